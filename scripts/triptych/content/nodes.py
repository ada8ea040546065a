"""A text in YAML becomes its nodes with their places; what nobody can read, or what would not end, becomes a problem.

Sole importer of python-frontmatter. Every value is read as text and converted by the model, so `2016`, `no` and `1.0`
keep the meaning that the author gave them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from frontmatter.default_handlers import YAMLHandler

from triptych.content import disk, oversized
from triptych.content.errors import ContentError, Problem
from triptych.content.marked import LineColumn, Marked


@dataclass(frozen=True, slots=True)
class Opened:
    """A file of an article as text: its YAML, and the prose that it heads."""

    path: Path
    text: str
    first_line: int = 1
    """Line of the file on which the YAML starts."""
    prose: str = ""
    prose_line: int = 1

    def composed(self) -> tuple[Marked, tuple[Problem, ...]]:
        """Its nodes, and what is wrong with them. Raises ContentError if it has no valid YAML."""
        found = marked(self.path, self.text, self.first_line)
        return found, tuple(_cut_texts(self.path, self.text, found.node, self.first_line))


def opened(path: Path, headed: bool) -> Opened:
    """A file of YAML, or a text with a head. Raises ContentError if it is no text of the folder, or has no head."""
    disk.check_inside(path)
    text = disk.text(path)
    if not headed:
        return Opened(path, text)
    found = _parted(path, text)
    if faults := [*_too_nested(path, found)] or [*oversized.found(path, found.prose, found.prose_line)]:
        raise ContentError(faults)
    return found


def place(path: Path, field: str) -> LineColumn:
    """Line and column of a field in a YAML file, or of its start. Raises ContentError."""
    return marked(path, disk.text(path), 1).place((field,))


def plain(path: Path) -> Any:
    """A YAML file as dicts, lists and text. Raises ContentError."""
    return marked(path, disk.text(path), 1).plain()


def _parted(path: Path, text: str) -> Opened:
    """A text with its head."""
    handler = YAMLHandler()
    if not handler.detect(text):
        hint = "Start the file with a line `---`, the fields, and a line `---`."
        raise ContentError([Problem(path, 1, 1, "no-front-matter", "the front matter is missing", hint)])
    try:
        front, prose = handler.split(text)
    except ValueError:
        hint = "Write a line `---` after its last field."
        raise ContentError([Problem(path, 1, 1, "no-front-matter", "the front matter does not end", hint)]) from None
    first_line, prose_line = (text.count("\n", 0, end) + 1 for end in (text.index(front), len(text) - len(prose)))
    return Opened(path, front, first_line, prose, prose_line)


def marked(path: Path, text: str, first_line: int) -> Marked:
    """A text in YAML, which starts on a line of its file. Raises ContentError if it is none, or would not end."""
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (first_line + mark.line, mark.column + 1) if mark else (first_line, 1)
        hint = "Check the indent, and put quotes around a text that has a colon or starts with # or [."
        message = f"not YAML: {error.problem or error.context}"
        raise ContentError([Problem(path, *place, "not-yaml", message, hint)]) from None
    except yaml.reader.ReaderError as error:
        before = text[: int(error.position)]
        place = first_line + before.count("\n"), len(before) - before.rfind("\n")
        message = "not YAML: the line has a control character"
        raise ContentError([Problem(path, *place, "not-yaml", message, "Type the line again.")]) from None
    swollen = [_swollen] if "&" in text else []  # only a value that has a name is repeated
    for rule in (_endless, *swollen, _keys_no_text, _repeated_keys):
        if faults := list(rule(path, node, first_line)):
            raise ContentError(faults)
    return Marked(node, first_line)


_MARKS = re.compile(r"(?:[ \t]|>|(?:[*+-]|\d{1,9}[.)])(?=[ \t]))*")
"""The marks of quotations and lists at the start of a line, with its indent."""
_BRACKETS = re.compile(r"\\.|[][]|\n[ \t]*\n")
"""Brackets, with what is none since it is escaped, and the ends of paragraphs."""


def _too_nested(path: Path, opened: Opened) -> Iterator[Problem]:
    """The first place where the prose has more quotations, lists or brackets within each other than can be read."""
    for number, line in enumerate(opened.prose.splitlines(), start=opened.prose_line):
        marks = _MARKS.match(line)
        if marks and _levels(marks[0]) > DEEPEST:
            yield _nested(path, (number, marks.end()), "quotations or lists")
            return
    depth = 0
    for one in _BRACKETS.finditer(opened.prose):
        depth = 0 if one[0].startswith("\n") else max(0, depth + {"[": 1, "]": -1}.get(one[0], 0))
        if depth > DEEPEST:
            before = opened.prose[: one.start()]
            place = opened.prose_line + before.count("\n"), one.start() - before.rfind("\n")
            yield _nested(path, place, "brackets")
            return


def _levels(marks: str) -> int:
    """How many quotations and lists the marks and the indent of a line are in: a list takes two columns or more."""
    quotations = marks.count(">")
    rest = marks.expandtabs(4).replace("> ", "").replace(">", "")
    return quotations + (len(rest) // 2 if rest.strip() else 0)


def _nested(path: Path, place: LineColumn, what: str) -> Problem:
    message = f"{what} are nested more than {DEEPEST} deep"
    return Problem(path, *place, "too-deep", message, "Write it without so many within each other.")


DEEPEST = 50
"""Most levels of nesting in a file, and in a prose."""
MOST_REPEATED = 10_000
"""Most values that the aliases of a file repeat."""


def _endless(path: Path, node: yaml.Node | None, first_line: int) -> Sequence[Problem]:
    """Values that contain themselves, through an anchor and its alias, or that are nested too deep."""
    found: list[Problem] = []
    above: set[int] = set()
    done: set[int] = set()

    def enter(node: yaml.Node | None) -> None:
        above.add(id(node))
        for key, value in _pairs(node):
            place = first_line + key.start_mark.line, key.start_mark.column + 1
            if id(value) in above:
                problem = Problem(
                    path, *place, "endless-value", "a value contains itself", "Remove the `*` and its name."
                )
                found.append(problem)
            elif len(above) >= DEEPEST:
                found.append(_too_deep(path, place))
            elif id(value) not in done and not isinstance(value, yaml.ScalarNode):
                enter(value)
        above.remove(id(node))
        done.add(id(node))

    enter(node)
    return found


def _too_deep(path: Path, place: LineColumn) -> Problem:
    message = f"not YAML that can be read: values are nested more than {DEEPEST} deep"
    return Problem(path, *place, "not-yaml", message, "Close each `[` and `{`.")


def _swollen(path: Path, node: yaml.Node | None, first_line: int) -> Iterator[Problem]:
    """Values that become too large or too deep through aliases of aliases."""
    sizes: dict[int, tuple[int, int]] = {}

    def size(node: yaml.Node) -> tuple[int, int]:
        """Number of values in a node, with itself, and its depth."""
        if id(node) not in sizes:
            inner = [size(value) for _, value in _pairs(node)]
            sizes[id(node)] = 1 + sum(count for count, _ in inner), 1 + max((depth for _, depth in inner), default=0)
        return sizes[id(node)]

    count, depth = size(node) if node else (0, 0)
    if count - len(sizes) <= MOST_REPEATED and depth <= DEEPEST:
        return
    key, _ = max(_pairs(node), key=lambda pair: size(pair[1]))
    place = first_line + key.start_mark.line, key.start_mark.column + 1
    if count - len(sizes) > MOST_REPEATED:
        message = f"a value grows through its aliases: they repeat more than {MOST_REPEATED} values"
        yield Problem(path, *place, "endless-value", message, "Write out the value in place of each `*` and its name.")
    else:
        yield _too_deep(path, place)


def _keys_no_text(path: Path, node: yaml.Node | None, first_line: int) -> Iterator[Problem]:
    """Keys that are not text, as in `title: {{ title }}`."""
    for mapping in _of_kind(yaml.MappingNode, node):
        for key, _ in mapping.value:
            if not isinstance(key, yaml.ScalarNode):
                place = first_line + key.start_mark.line, key.start_mark.column + 1
                hint = "Put quotes around a text that starts with { or [."
                yield Problem(path, *place, "not-yaml", "not YAML that can be read: a field has no name", hint)


N = TypeVar("N", bound=yaml.Node)


def _of_kind(kind: type[N], node: yaml.Node | None) -> Iterator[N]:
    """The nodes of a kind in a node: itself, its keys and its values, in the order of the text."""
    waiting = [] if node is None else [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, kind):
            yield one
        if isinstance(one, yaml.MappingNode):
            waiting.extend(part for pair in reversed(one.value) for part in reversed(pair))
        elif isinstance(one, yaml.SequenceNode):
            waiting.extend(reversed(one.value))


def _pairs(node: yaml.Node | None) -> Sequence[tuple[yaml.Node, yaml.Node]]:
    """The (key, value) pairs of a mapping; for a list, each item as (item, item)."""
    if isinstance(node, yaml.MappingNode):
        return tuple(node.value)
    return tuple((item, item) for item in node.value) if isinstance(node, yaml.SequenceNode) else ()


def _repeated_keys(path: Path, node: yaml.Node | None, first_line: int) -> Iterator[Problem]:
    for mapping in _of_kind(yaml.MappingNode, node):
        seen: dict[str, int] = {}
        for key, _ in mapping.value:
            line = first_line + key.start_mark.line
            if key.value in seen:
                message = f"`{key.value}` is given twice, first on line {seen[key.value]}"
                yield Problem(path, line, key.start_mark.column + 1, "repeated-key", message, "Remove one of the two.")
            seen.setdefault(key.value, line)


_CUT = re.compile(r"\s+(#\w+)")


def _cut_texts(path: Path, text: str, node: yaml.Node | None, first_line: int) -> Iterator[Problem]:
    """Texts that YAML cuts off before a hashtag: a space and `#` start a comment."""
    lines = text.splitlines()
    for scalar in scalars(node) if _CUT.search(text) else ():
        mark = scalar.end_mark
        rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
        if not scalar.style and (found := _CUT.match(rest)):
            place = first_line + mark.line, mark.column + found.start(1) + 1
            message = f"the text ends before `{found.group(1)}`: in YAML, a space and # start a comment"
            yield Problem(path, *place, "cut-text", message, "Put quotes around the whole text.")


def scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """The single values below a node, and the names of fields."""
    return _of_kind(yaml.ScalarNode, node)
