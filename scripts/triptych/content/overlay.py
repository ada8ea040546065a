"""The texts of a translation in the place of those of its original: one document, each value with its own place."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from triptych.content import texts
from triptych.content.errors import Problem
from triptych.content.marked import LineColumn, Loc, Marked, child
from triptych.content.model import House
from triptych.content.texts import FIELDS, OWN, Leaf

HOUSE_TEXTS = {field.partition(".")[0] for field in FIELDS["article.md"]} & House.model_fields.keys()
"""The fields of a house that hold texts: a translation may say each in its language."""
Origin = tuple[Path, int]
"""A file, and the line on which its YAML starts."""


@dataclass(frozen=True, slots=True)
class Overlaid(Marked):
    """A document of an original, with nodes of other files in it."""

    under: Marked = field(default_factory=lambda: Marked(None))
    """The document of the original, alone."""
    origins: Mapping[int, Origin] = field(default_factory=dict)
    """Where the nodes of other files come from, by their id."""

    def place(self, loc: Sequence[int | str]) -> LineColumn:
        """Line and column of a value, in the file that it comes from."""
        origin, key, node = self._found(loc)
        if not origin or not node or not key:
            return self.under.place(loc)
        on_line = isinstance(node, yaml.ScalarNode) and node.start_mark.line == key.start_mark.line
        mark = node.start_mark if on_line else key.start_mark
        return origin[1] + mark.line, mark.column + 1

    def path(self, loc: Sequence[int | str]) -> Path | None:
        """The file that a value comes from; None for that of the original."""
        origin, _, _ = self._found(loc)
        return origin[0] if origin else None

    def cell(self, place: LineColumn) -> str:
        """The name of the cell at a place in the table of the original."""
        return self.under.cell(place)

    def reported(self, loc: Loc) -> bool:
        """Whether a problem of this value is known already."""
        return self.path(loc) is None and self.under.reported(loc)

    def _found(self, loc: Sequence[int | str]) -> tuple[Origin | None, yaml.Node | None, yaml.Node | None]:
        """The origin of a value, its key and its node; the nearest parent that exists in its place."""
        key, node = None, self.node
        for step in loc:
            found = child(node, step)
            if found is None:
                return None, None, None
            key, node = found
        return self.origins.get(id(node)) or self.origins.get(id(key)), key, node


def lent(head: Marked, house: Marked | None) -> frozenset[str]:
    """The names of the fields with texts that a house gives, and the head of an article does not."""
    return frozenset(name for name in HOUSE_TEXTS if house and house.has(name) and not head.has(name))


def with_house(head: Marked, house: Marked | None, path: Path) -> Overlaid:
    """The head of an article, with the texts of its house that it does not give itself."""
    node = _copy(head.node) if head.node else _mapping()
    if not isinstance(node, yaml.MappingNode):
        return Overlaid(node, head.first_line, head)
    names, count = lent(head, house), len(node.value)
    pairs = house.node.value if house and house.node and names else ()
    node.value.extend((key, _copy(value)) for key, value in pairs if key.value in names)
    origin = path, house.first_line if house else 1
    origins = {id(one): origin for pair in node.value[count:] for part in pair for one in _below(part)}
    return Overlaid(node, head.first_line, head, origins)


def laid(file: str, under: Marked, over: Marked, path: Path) -> tuple[Overlaid, list[Problem]]:
    """A document of an original with the texts of a translation, and what is wrong with the translation's file."""
    node = _copy(under.node)
    known = {leaf.key: leaf.loc for leaf in texts.leaves(node)}
    entries = {key.rpartition(".")[0] for key in known}
    origins = dict(under.origins) if isinstance(under, Overlaid) else {}
    found: list[Problem] = []
    for leaf in texts.leaves(over.node):
        if not leaf.node.value:
            continue  # not translated yet
        own = file == "article.md" and leaf.field in OWN
        if leaf.field.rpartition(".")[2] == "id" and leaf.field not in FIELDS[file]:
            continue
        if not own and (fault := _fault(file, leaf, known, entries)):
            found.append(Problem(path, *over.place(leaf.loc), *fault))
            continue
        _put(node, known.get(leaf.key, leaf.loc), leaf)
        origins |= {id(one): (path, over.first_line) for one in (leaf.name, leaf.node)}
    return Overlaid(node, under.first_line, under, origins), _once(found)


def with_lanes(under: Marked, over: Marked) -> Marked:
    """A timeline of a translation in which each event has the name of its lane, where another event gives it."""
    ours, theirs = (texts.texts("timeline.yaml", one) for one in (under, over))
    lanes = {one.words: theirs[key] for key, one in ours.items() if key.endswith(".lane") and key in theirs}
    events = child(over.node, "events")
    for entry in events[1].value if events and isinstance(events[1], yaml.SequenceNode) else ():
        lane = ours.get(f"events.{texts.named(entry)}.lane")
        if lane and lane.words in lanes and isinstance(entry, yaml.MappingNode) and not child(entry, "lane"):
            given: Any = over.node
            for step in lanes[lane.words].loc[:-1]:
                given = child(given, step)[1]  # type: ignore[index]
            entry.value.extend(pair for pair in given.value if pair[0].value == "lane")
    return over


def spoken(marked: Overlaid, language: str, path: Path, line: int) -> Overlaid:
    """The head of a translation that does not name its language: that of its folder."""
    mark: Any = yaml.Mark("", 0, 0, 0, None, 0)
    key, value = (yaml.ScalarNode("tag:yaml.org,2002:str", text, mark, mark) for text in ("language", language))
    _put(marked.node, ("language",), Leaf(("language",), "language", "language", key, value))
    origins = {**marked.origins, id(key): (path, line), id(value): (path, line)}
    return Overlaid(marked.node, marked.first_line, marked.under, origins)


def faults(file: str, known: Mapping[str, Loc], over: Marked, path: Path) -> list[Problem]:
    """What is wrong with a translation's file; `known` are the texts of the original by their keys."""
    entries = {key.rpartition(".")[0] for key in known}
    entries |= {key.rpartition(".")[0] for key in entries}
    found = [
        Problem(path, *over.place(leaf.loc), *fault)
        for leaf in texts.leaves(over.node)
        if leaf.field.rpartition(".")[2] != "id" and (fault := _fault(file, leaf, known, entries))
    ]
    return _once(found)


def _fault(file: str, leaf: Leaf, known: Mapping[str, Loc], entries: set[str]) -> tuple[str, str, str] | None:
    """Code, message and hint for a value that no translation has, or that has nothing to translate."""
    name = next((str(step) for step in reversed(leaf.loc) if isinstance(step, str)), file)
    if leaf.field not in FIELDS[file]:
        fields = sorted({field.rpartition(".")[2] for field in FIELDS[file]} - {texts.EACH})
        near = difflib.get_close_matches(name, fields, n=1)
        hint = f"Did you mean `{near[0]}`?" if near else "Remove it."
        return "not-a-text", f"`{name}` is no text: a translation takes it from the original", hint
    if leaf.key in known:
        return None
    entry = leaf.key.rpartition(".")[0]
    if entry in entries or "." not in leaf.key:
        return "no-original", f"`{name}` has no text in the original to translate", "Remove it, or add it there."
    known_names = sorted({one.rpartition(".")[2] for one in entries if one.count(".") == entry.count(".")})
    near = difflib.get_close_matches(entry.rpartition(".")[2], known_names, n=1)
    hint = f"Did you mean `{near[0]}`?" if near else "Give each entry the `id`, or the place, that it has there."
    return "no-original", f"`{entry}` is no entry of the original", hint


def _once(found: Sequence[Problem]) -> list[Problem]:
    """Problems, each entry that the original does not have only once."""
    return list({(problem.code, problem.message): problem for problem in reversed(found)}.values())[::-1]


def _put(root: yaml.Node | None, loc: Loc, leaf: Leaf) -> None:
    """Put a value in its place; what holds it is there."""
    node = root
    for step in loc[:-1]:
        found = child(node, step)
        node = found[1] if found else None
    if isinstance(node, yaml.SequenceNode) and isinstance(loc[-1], int):
        node.value[loc[-1]] = leaf.node
    elif isinstance(node, yaml.MappingNode):
        kept = [pair for pair in node.value if pair[0].value != leaf.name.value]
        at = next((at for at, pair in enumerate(node.value) if pair[0].value == leaf.name.value), len(kept))
        node.value[:] = [*kept[:at], (leaf.name, leaf.node), *kept[at:]]


def _copy(node: yaml.Node | None) -> Any:
    """A node whose lists and fields can be changed; its single values are the same."""
    if isinstance(node, yaml.MappingNode):
        pairs = [(key, _copy(value)) for key, value in node.value]
        return yaml.MappingNode(node.tag, pairs, node.start_mark, node.end_mark, node.flow_style)
    if isinstance(node, yaml.SequenceNode):
        items = [_copy(value) for value in node.value]
        return yaml.SequenceNode(node.tag, items, node.start_mark, node.end_mark, node.flow_style)
    return node


def _mapping() -> yaml.MappingNode:
    mark: Any = yaml.Mark("", 0, 0, 0, None, 0)
    return yaml.MappingNode("tag:yaml.org,2002:map", [], mark, mark)


def _below(node: yaml.Node) -> Iterator[yaml.Node]:
    """A node, and all in it."""
    yield node
    if isinstance(node, yaml.MappingNode):
        yield from (one for pair in node.value for part in pair for one in _below(part))
    elif isinstance(node, yaml.SequenceNode):
        yield from (one for part in node.value for one in _below(part))
