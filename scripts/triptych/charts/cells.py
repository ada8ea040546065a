"""A table with bars and small lines in its cells. Lengths in mm."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from triptych.charts.bars import SHORTEST, ZERO, hollow, solid
from triptych.charts.plot import AFTER_BAR, SMALL, Label, Plot, Touching
from triptych.content.model import Charted, Datum
from triptych.timeline.drawing import Path, box, circle, line

PITCH, HEAD, THICK = 6.1, 6.6, 2.9
"""Height of a row and of the titles, and thickness of a bar."""
BETWEEN, LEAST = 6.0, 14.0
"""Space between columns, and least length of the longest bar."""
SMALL_LINE, ABOVE_LINE, SMALL_DOT = 24.0, 1.2, 0.6
"""Width of a small line, the white space above its greatest value, and the radius of its last dot."""


@dataclass(frozen=True, slots=True)
class _Column:
    """The cells of a column below its title."""

    title: str
    cells: Sequence[Datum | str | None]
    drawn: bool

    @property
    def texts(self) -> list[str]:
        return [one.text if isinstance(one, Datum) else one or "" for one in self.cells]

    @property
    def numbers(self) -> bool:
        return any(isinstance(one, Datum) for one in self.cells)

    @property
    def lined(self) -> bool:
        """Whether its cells have small lines."""
        return any(isinstance(one, Datum) and one.series for one in self.cells)

    @property
    def width(self) -> float:
        """Width of its longest text or title, with the small lines before it."""
        texts = max(Label(one, 0, 0).width for one in self.texts)
        before = SMALL_LINE + SMALL_DOT + AFTER_BAR if self.lined else 0.0
        return max(Label(self.title, 0, 0, SMALL, strong=True).width, texts + before)


def table(data: Charted, width: float) -> Plot:
    """Rows between rules. Bars start at a zero line; a value less than zero is outlined, on its left."""
    columns = [*_columns(data)]
    drawn = [one for one in columns if one.drawn]
    least = [0.0 if one.drawn else one.width for one in columns]
    room = (width - sum(least) - BETWEEN * (len(columns) - 1)) / max(len(drawn), 1)
    bottom = HEAD + PITCH * len(data.rows)
    paths = [Path("under-head", line((0, HEAD, width, HEAD)))]
    paths += [Path("row", line((0, y, width, y))) for y in (HEAD + PITCH * (n + 1) for n in range(len(data.rows)))]
    middles = [HEAD + PITCH * (n + 0.5) for n in range(len(data.rows))]
    placed: list[list[Label | None]] = []
    left = 0.0
    for number, (column, wide) in enumerate(zip(columns, least, strict=True)):
        size = room if column.drawn else wide
        if column.drawn:
            labels, marks = _drawn(column, left, size, middles, bottom)
            paths += marks
        elif column.lined:
            labels = _texts(column, left + SMALL_LINE + SMALL_DOT + AFTER_BAR, size, middles, by_end=False)
            labels[0] = Label(column.title, left, HEAD / 2, SMALL, strong=True)
            paths += [
                path for cell, middle in zip(column.cells, middles, strict=True) for path in _line(cell, left, middle)
            ]
        else:
            labels = _texts(column, left, size, middles, by_end=number > 0 and column.numbers)
        placed.append(labels)
        left += size + BETWEEN
    head, *rows = zip(*placed, strict=True)
    return Plot(width, bottom + 0.2, tuple(rows), tuple(paths), head)


def _columns(data: Charted) -> Sequence[_Column]:
    named = [_Column(data.head[0], [row.name for row in data.rows], drawn=False)]
    given = [_Column(title, [row.cells[n] for row in data.rows], drawn=False) for n, title in enumerate(data.head[1:])]
    wanted = data.chart.bars or tuple(one.title for one in given if one.numbers and not one.lined)[:1]
    return named + [
        _Column(one.title, one.cells, one.title in wanted and one.numbers and not one.lined) for one in given
    ]


def _texts(column: _Column, left: float, width: float, middles: Sequence[float], by_end: bool) -> list[Label | None]:
    labels = [Label(column.title, left, HEAD / 2, SMALL, strong=True)]
    labels += [Label(text, left, middle) for text, middle in zip(column.texts, middles, strict=True)]
    return [(one.ending(left + width) if by_end else one) if one.text else None for one in labels]


def _line(cell: Datum | str | None, left: float, middle: float) -> list[Path]:
    """A small line from zero, at the rule below its row, to the greatest of its own values; it stops at gaps."""
    if not isinstance(cell, Datum):
        return []
    most = max((value for value in cell.series if value is not None), default=0.0)
    least = min(0.0, *(value for value in cell.series if value is not None))
    bottom, top = middle + PITCH / 2, middle - PITCH / 2 + ABOVE_LINE
    step = SMALL_LINE / max(len(cell.series) - 1, 1)
    points = [
        None if value is None else (left + n * step, bottom - (value - least) / ((most - least) or 1) * (bottom - top))
        for n, value in enumerate(cell.series)
    ]
    parts = [Path("series", line((*one, *other))) for one, other in pairwise(points) if one and other]
    last = next(point for point in reversed(points) if point)
    return [*parts, Path("knob", circle(*last, SMALL_DOT))]


def _drawn(
    column: _Column, left: float, width: float, middles: Sequence[float], bottom: float
) -> tuple[list[Label | None], list[Path]]:
    """The values of a column past the ends of their bars. Raises Touching."""
    values = [one.value if isinstance(one, Datum) else 0.0 for one in column.cells]
    widths = [Label(text, 0, 0).width + AFTER_BAR if text else 0.0 for text in column.texts]
    sized = [*zip(values, widths, strict=True)]
    falls = [(-value, wide) for value, wide in sized if value < 0] or [(0.0, 0.0)]
    rises = [one for one in sized if one[0] >= 0] or [(0.0, 0.0)]
    pairs = [(fall + rise, width - before - after) for fall, before in falls for rise, after in rises]
    scale = min((room / length for length, room in pairs if length), default=0.0)
    if scale * max(map(abs, values)) < LEAST and any(values):
        raise Touching("its columns leave no room for bars")
    zero = left + max(fall * scale + before for fall, before in falls)
    labels: list[Label | None] = [Label(column.title, left, HEAD / 2, SMALL, strong=True)]
    marks = []
    for text, value, middle in zip(column.texts, values, middles, strict=True):
        length = max(abs(value) * scale, SHORTEST if value else 0.0)
        edges = middle - THICK / 2, middle + THICK / 2
        if value < 0:
            marks.append(hollow(zero - length, edges[0], zero, edges[1]))
            label = Label(text, 0, middle).ending(zero - length - AFTER_BAR)
        else:
            if value:
                marks.append(solid(zero, edges[0], zero + length, edges[1]))
            label = Label(text, zero + length + AFTER_BAR, middle)
        labels.append(label if text else None)
    marks.append(Path("zero", box(zero - ZERO / 2, HEAD, zero + ZERO / 2, bottom)))
    return labels, marks
