"""The charts in the prose: each block of ```` ```chart ```` becomes its YAML, and a name in its place."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPENING = re.compile(r"(?P<fence>`{3,}|~{3,})[ \t]*chart[ \t]*$")
_NAME = re.compile(r"[a-z][a-z0-9-]*")
_BLOCK = re.compile(r'<pre><code class="language-chart">\s*([a-z][a-z0-9-]*)\s*</code></pre>')


@dataclass(frozen=True, slots=True)
class Fence:
    """A chart in the prose."""

    line: int
    """Line of its first field in the prose, from 1."""
    yaml: str
    """Its fields; empty where it only names a chart of `charts.yaml`."""
    name: str
    """The name of the chart, or the one that it gets if its fields give none."""


def taken(prose: str) -> tuple[str, list[Fence]]:
    """The prose with a name in the place of each chart, on as many lines as before; and the charts."""
    lines = prose.split("\n")
    found = list(_fences(lines))
    for fence, end in found:
        held = _of_field(fence) or fence.name
        lines[fence.line - 1 : end] = [held, *[""] * (end - fence.line)]
    return "\n".join(lines), [fence for fence, _ in found]


def name_of(fence: Fence) -> str:
    """The name of a chart in the prose."""
    return _of_field(fence) or fence.name


def chart_in(html: str) -> str:
    """The name of the chart whose place a block of the prose is; empty if it is none."""
    found = _BLOCK.fullmatch(html.strip())
    return found[1] if found else ""


def _of_field(fence: Fence) -> str:
    found = re.search(r"^id:[ \t]*[\"']?([a-z][a-z0-9-]*)", fence.yaml, re.MULTILINE)
    return found[1] if found else ""


def _fences(lines: list[str]) -> Iterator[tuple[Fence, int]]:
    """Each chart, and the number of lines up to its end. A block that does not end is none."""
    number, start, other = 0, 0, ""
    while start < len(lines):
        opening = _OPENING.match(lines[start])
        closing = re.compile(rf"{re.escape(opening['fence'])}+\s*$") if opening else None
        end = next((n for n in range(start + 1, len(lines)) if closing and closing.match(lines[n])), None)
        if other or end is None:
            other = _inside(lines[start], other)
            start += 1
            continue
        number += 1
        text = "\n".join(lines[start + 1 : end])
        names = _NAME.fullmatch(text.strip())
        yield Fence(start + 2, "" if names else text, text.strip() if names else f"chart-{number}"), end
        start = end + 1


def _inside(line: str, other: str) -> str:
    """The fence of the block of code in which the next line stands; empty outside of any."""
    found = re.match(r" {0,3}(`{3,}|~{3,})", line)
    if not found:
        return other
    return "" if other and found[1].startswith(other) else other or found[1]
