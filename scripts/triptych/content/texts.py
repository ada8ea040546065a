"""The texts of an article's YAML: what a translation has of its own, each with a key that both languages share."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import yaml

from triptych.content.marked import LineColumn, Loc, Marked
from triptych.content.model import Chart, ChartKind

IN_PROSE = "prose."
"""Start of the key of each portion of the prose."""
EACH = "*"
"""In the name of a field: each entry of a list."""
_PICTURE = {"alt": True, "caption": True, "credit": False, "licence": False}


def _of(start: str, fields: Mapping[str, bool]) -> dict[str, bool]:
    return {f"{start}.{name}": needed for name, needed in fields.items()}


_HEAD = {
    **dict.fromkeys(("title", "deck", "factsheet-deck", "in-brief.*", "method", "corrections", "questions.*"), True),
    **dict.fromkeys(("publisher", "number", "version", "contact", "licence.name"), False),
    **_of("source-article", dict.fromkeys(("title", "publisher", "licence", "revision"), False)),
    **{"support.note": True, "support.resources.*.name": False, "support.resources.*.contact": False},
    "support.resources.*.description": True,
    **_of("lead", _PICTURE),
}
_CHART = {
    **dict.fromkeys(("title", "subtitle", "gap", "not-shown", "source", "columns.*", "names.*"), True),
    "unit": False,
}
FIELDS: Mapping[str, Mapping[str, bool]] = MappingProxyType(
    {
        "article.md": _HEAD,
        "timeline.yaml": {
            "title": True,
            **_of("events.*", {"headline": True, "summary": True, "lane": True, **_PICTURE}),
            "eras.*.label": True,
        },
        "figures.yaml": _of(
            "figures.*", {"value": False, "label": True, "basis": True, "of": True, "attribution": True}
        ),
        "charts.yaml": _of("charts.*", _CHART),
        "positions.yaml": {
            **_of("parties.*", {"party": True, "says": True}),
            **{f"{name}.*.text": True for name in ("agreed", "disputed", "not-known")},
        },
        "sources.yaml": _of(
            "references.*",
            dict.fromkeys(("title", "title-short", "note", "genre", "annote", "abstract", "issued.literal"), False),
        ),
    }
)
"""The fields that hold texts, of each file; and whether a reader of the translation misses one that stays as it is."""
OWN = ("language", "status")
"""What the head of a translation says itself, besides its texts."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text of an article or of a translation."""

    key: str
    """Its name, such as `events.opening.headline`: the same in each language."""
    file: str
    """The content file that has it, such as timeline.yaml."""
    loc: Loc
    """Its keys and indices in the YAML; empty in prose."""
    place: LineColumn
    words: str
    """In Markdown."""
    needed: bool
    """Whether a translation without it is not complete."""

    @property
    def name(self) -> str:
        """Its key as a person names it: that of a passage without `prose.`."""
        return self.key.removeprefix(IN_PROSE)

    @property
    def in_prose(self) -> bool:
        """Whether it is a portion of the prose."""
        return self.key.startswith(IN_PROSE)

    @property
    def bare(self) -> str:
        """Its words as they decide whether it has changed."""
        return bare(self.words)


def bare(words: str) -> str:
    """A text with single spaces, however its lines break."""
    return " ".join(words.split())


@dataclass(frozen=True, slots=True)
class Leaf:
    """A single value in a file of YAML."""

    loc: Loc
    key: str
    """With the id, or the number, of each entry of a list."""
    field: str
    """With `*` for each entry."""
    name: yaml.Node
    """Its key; for an entry of a list, the entry."""
    node: yaml.Node


def texts(file: str, marked: Marked) -> dict[str, Text]:
    """The texts of a file of YAML, by their keys."""
    fields = FIELDS.get(file, {})
    return {
        leaf.key: Text(leaf.key, file, leaf.loc, marked.place(leaf.loc), leaf.node.value, fields[leaf.field])
        for leaf in leaves(marked.node)
        if leaf.field in fields and leaf.node.value
    }


def of_chart(chart: Chart, head: Sequence[str], rows: Sequence[Sequence[str]], place: LineColumn) -> Iterator[Text]:
    """The texts of a chart, with the titles of its columns and the names of its rows; dates and numbers are none."""
    start, file = f"charts.{chart.id}", "charts.yaml"
    for name in _CHART:
        words = getattr(chart, name.replace("-", "_"), None)
        if isinstance(words, str) and words:
            yield Text(f"{start}.{name}", file, ("charts", 0, name), place, words, _CHART[name])
    names = [] if chart.kind in OVER_TIME else [row[0] for row in rows]
    for field, listed in (("columns", head), ("names", names)):
        for number, words in enumerate(listed, start=1):
            loc: Loc = "charts", 0, field, number - 1
            if words:
                yield Text(f"{start}.{field}.{number}", file, loc, place, words, bool(_WORD.search(words)))


_WORD = re.compile(r"[^\W\d_]{2}")


def in_translation(
    chart: Chart, head: Sequence[str], rows: Sequence[Sequence[str]], words: Mapping[str, str]
) -> tuple[Chart, Sequence[str], Sequence[Sequence[str]]]:
    """A chart, the titles of its columns and its rows with the texts of a translation, as far as it has them."""
    start = f"charts.{chart.id}"
    titles = [words.get(f"{start}.columns.{number}", title) for number, title in enumerate(head, start=1)]
    named = [(words.get(f"{start}.names.{number}", row[0]), *row[1:]) for number, row in enumerate(rows, start=1)]
    columns = dict(zip(head, titles, strict=True))
    names = {row[0]: new[0] for row, new in zip(rows, named, strict=True)}
    own = {name.replace("-", "_"): words[f"{start}.{name}"] for name in _CHART if f"{start}.{name}" in words}
    changed = {
        **own,
        "bars": tuple(columns.get(one, one) for one in chart.bars),
        "small_lines": tuple(columns.get(one, one) for one in chart.small_lines),
        "outlined": tuple(names.get(one, one) for one in chart.outlined),
    }
    return chart.model_copy(update=changed), titles, named


OVER_TIME = (ChartKind.LINES, ChartKind.SMALL_MULTIPLES)
"""The kinds of chart whose rows are dates."""


def leaves(node: yaml.Node | None, loc: Loc = (), key: str = "", field: str = "") -> Iterator[Leaf]:
    """Each single value below a node, in the order of the file."""
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            below = (*loc, name.value), _joined(key, name.value), _joined(field, name.value)
            yield from _leaf(name, value, *below)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            below = (*loc, index), _joined(key, named(value) or str(index + 1)), _joined(field, EACH)
            yield from _leaf(value, value, *below)


def _leaf(name: yaml.Node, value: yaml.Node, loc: Loc, key: str, field: str) -> Iterator[Leaf]:
    if isinstance(value, yaml.ScalarNode):
        yield Leaf(loc, key, field, name, value)
    else:
        yield from leaves(value, loc, key, field)


def named(entry: yaml.Node) -> str:
    """The id of an entry of a list; empty if it has none."""
    pairs: Sequence[tuple[yaml.Node, yaml.Node]] = entry.value if isinstance(entry, yaml.MappingNode) else ()
    return next((str(value.value) for name, value in pairs if name.value == "id" and value.value), "")


def _joined(start: str, name: str) -> str:
    return f"{start}.{name}" if start else name
