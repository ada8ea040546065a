"""The prose becomes portions that are translated one by one: each heading, and each passage with its name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from triptych.content import citations
from triptych.content.model import Standing
from triptych.content.texts import IN_PROSE

_NAME = re.compile(r"\{:?\s*#([A-Za-z][\w-]*)(?:\s+\.(\w+))?\s*\}\s*$")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CHART = re.compile(r"(`{3,}|~{3,})[ \t]*chart[ \t]*\n")
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]")


@dataclass(frozen=True, slots=True)
class Portion:
    """A part of the prose: a heading, or a passage with the paragraphs without a name before it."""

    key: str
    """`prose.vote` for the passage `vote`; else by its section and place, as `prose.2.1`."""
    line: int
    """Its first line in the prose, from 1."""
    last: int
    """Its last line."""
    text: str
    """Its Markdown, with the name."""

    @property
    def is_chart(self) -> bool:
        """Whether it is the place of a chart, which has its words elsewhere."""
        return bool(_CHART.match(self.text))


def names(text: str) -> Mapping[str, Standing]:
    """The passages that a text names, with their standing."""
    found = (_NAME.search(line) for line in text.splitlines())
    return {one[1]: _standing(one[2]) for one in found if one}


def cited(text: str) -> tuple[str, ...]:
    """The keys of the sources that a text cites, sorted, as often as it cites them."""
    return tuple(sorted(one.key for one in citations.cited(text)))


def _standing(name: str | None) -> Standing:
    return Standing(name) if name in list(Standing) else Standing.SUPPORTED


def portions(prose: str) -> Mapping[str, Portion]:
    """The portions of the prose by their keys, in order."""
    found: dict[str, Portion] = {}
    for portion in _joined(prose):
        found.setdefault(portion.key, portion)
    return found


def _joined(prose: str) -> Iterator[Portion]:
    """Each heading, each named block with those before it, and each other block of a section."""
    section, number = 0, 0
    waiting: list[_Block] = []
    for block in [*_blocks(prose), None]:
        if block and not block.heading:
            waiting.append(block)
            if block.name:
                yield _portion(block.name, waiting)
                waiting = []
            continue
        for one in waiting:
            number += 1
            yield _portion(f"{section}.{number}", [one])
        waiting = []
        if block:
            section, number = section + 1, 0
            yield _portion(block.name or str(section), [block])


@dataclass(frozen=True, slots=True)
class _Block:
    first: int
    last: int
    lines: tuple[str, ...]

    @property
    def heading(self) -> bool:
        return bool(_HEADING.match(self.lines[0]))

    @property
    def name(self) -> str:
        """The name of its passage, or of the first in it; empty without one."""
        return next((found[1] for line in self.lines if (found := _NAME.search(line))), "")


def _portion(name: str, blocks: list[_Block]) -> Portion:
    text = "\n\n".join("\n".join(block.lines) for block in blocks)
    return Portion(f"{IN_PROSE}{name}", blocks[0].first, blocks[-1].last, text)


def _blocks(prose: str) -> Iterator[_Block]:
    """The runs of lines between blank lines; a heading stands alone, and a fence with all its lines."""
    lines: list[str] = []
    start, fence = 1, ""
    for number, line in enumerate([*prose.split("\n"), ""], start=1):
        ends = not fence and (not line.strip() or bool(_HEADING.match(line)))
        if lines and (ends or (not fence and _HEADING.match(lines[0]))):
            yield _Block(start, start + len(lines) - 1, tuple(lines))
            lines = []
        if line.strip() or (fence and lines):
            start = start if lines else number
            lines.append(line)
        if found := _FENCE.match(line):
            fence = "" if fence and found[1].startswith(fence) else fence or found[1]
    if lines:
        yield _Block(start, start + len(lines) - 1, tuple(lines))
