"""Bars from a zero line: one for each row, or two of which the second is outlined. Lengths in mm."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from triptych.charts.plot import AFTER_BAR, AFTER_NAMES, Label, Plot, Touching
from triptych.content.model import Charted, ChartRow
from triptych.timeline.drawing import Path, box

THICK, PITCH = 2.9, 4.55
"""Thickness of a bar, and the distance from one to the next."""
PAIR_THICK, PAIR_STEP, PAIR_PITCH = 2.7, 3.9, 8.4
"""The same for two bars of a row, with the distance between these two."""
LEAST = 12.0
"""Least length of the longest bar."""
SHORTEST = 0.4
"""Length at which a value that is not zero is still seen."""
ZERO, OUTLINE = 0.265, 0.265
"""Width of the zero line and of the outline of a bar."""
BEYOND = 0.6
"""How far the zero line runs past the first and the last bar."""


def bars(data: Charted, width: float) -> Plot:
    """A bar for each row, with its name before the zero line and its value past its end."""
    middles = [BEYOND + THICK / 2 + PITCH * number for number in range(len(data.rows))]
    names = [Label(row.name, 0.0, middle) for row, middle in zip(data.rows, middles, strict=True)]
    zero = max(label.width for label in names) + AFTER_NAMES
    values = [Label(row.cells[0].text, zero, middle) for row, middle in zip(data.rows, middles, strict=True)]
    lengths = _lengths([row.cells[0].value for row in data.rows], [one.width for one in values], width - zero)
    outlined = [row.name in data.chart.outlined for row in data.rows]
    marks = [
        _bar(zero, middle, length, THICK, hollow)
        for middle, length, hollow in zip(middles, lengths, outlined, strict=True)
    ]
    placed = [_past(one, zero + length) for one, length in zip(values, lengths, strict=True)]
    height = middles[-1] + THICK / 2 + BEYOND
    rows = tuple(zip(names, placed, strict=True))
    return Plot(width, height, rows, (*marks, zero_line(zero, height)))


def pairs(data: Charted, width: float) -> Plot:
    """Two bars for each row: solid and outlined. Their names stand once, beside those of the first row."""
    firsts = [BEYOND + PAIR_THICK / 2 + PAIR_PITCH * number for number in range(len(data.rows))]
    names = [
        Label(row.name, 0.0, middle + PAIR_STEP / 2 - (PAIR_STEP - PAIR_THICK) / 2)
        for row, middle in zip(data.rows, firsts, strict=True)
    ]
    zero = max(label.width for label in names) + AFTER_NAMES
    flat = [*_pairs(data.rows, firsts)]
    values = [Label(text, zero, middle, strong=not second) for text, middle, second, _ in flat]
    heads = [Label(name, zero, values[second].middle, strong=not second) for second, name in enumerate(data.head[1:])]
    gap = Label("0", 0, 0).width
    rooms = [one.width + (heads[n].width + gap if n < 2 else 0.0) for n, one in enumerate(values)]
    lengths = _lengths([value for *_, value in flat], rooms, width - zero)
    placed = [_past(one, zero + length) for one, length in zip(values, lengths, strict=True)]
    named = [replace(one, left=at.right + gap) for one, at in zip(heads, placed, strict=False)]
    marks = [
        _bar(zero, middle, length, PAIR_THICK, second)
        for (_, middle, second, _), length in zip(flat, lengths, strict=True)
    ]
    height = firsts[-1] + PAIR_STEP + PAIR_THICK / 2 + BEYOND
    rows = tuple((name, placed[2 * n], placed[2 * n + 1]) for n, name in enumerate(names))
    return Plot(width, height, rows, (*marks, zero_line(zero, height)), (None, *named))


def _past(value: Label, end: float) -> Label:
    """The value past the end of its bar."""
    return replace(value, left=end + AFTER_BAR)


def zero_line(x: float, height: float) -> Path:
    """The line from which bars start."""
    return Path("zero", box(x - ZERO / 2, 0.0, x + ZERO / 2, height))


def solid(left: float, top: float, right: float, bottom: float) -> Path:
    """A filled bar."""
    return Path("share", box(left, top, right, bottom))


def hollow(left: float, top: float, right: float, bottom: float) -> Path:
    """An outlined bar: the outside of its outline is its value."""
    half = min(OUTLINE / 2, (right - left) / 2)
    return Path("outlined", box(left + half, top + OUTLINE / 2, right - half, bottom - OUTLINE / 2))


def _bar(zero: float, middle: float, length: float, thick: float, outlined: bool) -> Path:
    draw = hollow if outlined else solid
    return draw(zero, middle - thick / 2, zero + length, middle + thick / 2)


def _pairs(rows: Sequence[ChartRow], firsts: Sequence[float]) -> Iterator[tuple[str, float, bool, float]]:
    """Text, height, whether it is the second, and value of each bar."""
    for row, middle in zip(rows, firsts, strict=True):
        for second, cell in enumerate(row.cells):
            yield cell.text, middle + second * PAIR_STEP, bool(second), cell.value


def _lengths(values: Sequence[float], rooms: Sequence[float], width: float) -> list[float]:
    """The length of each bar, on one scale, so that the text past its end has room. Raises Touching."""
    most = max(values)
    if not most:
        return [0.0] * len(values)
    scale = min((width - AFTER_BAR - room) / value for value, room in zip(values, rooms, strict=True) if value)
    if scale * most < LEAST:
        raise Touching("the names of its rows leave no room for bars")
    return [max(value * scale, SHORTEST if value else 0.0) for value in values]
