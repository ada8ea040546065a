"""An estimate of each row as a dot in its range, on a scale that may start anywhere. Lengths in mm."""

from triptych.charts.plot import AFTER_NAMES, SMALL, Label, Plot, Touching
from triptych.charts.ticks import ticks
from triptych.content.charted import Numbers
from triptych.content.model import Charted
from triptych.timeline.drawing import Path, circle, line

PITCH, HEAD, FOOT = 4.55, 4.6, 4.6
"""Distance from one row to the next; height of the heads of columns and of the scale's numbers."""
DOT, CAP = 1.3, 1.0
"""Radius of a dot, and half the height of the end of a range."""
BETWEEN = 4.0
"""Space between columns of numbers, and before the first."""
LEAST, NARROW = 30.0, 110.0
"""Least width of the scale; under this width of the chart, ranges are drawn and not printed."""


def ranges(data: Charted, width: float, numbers: Numbers, span: str) -> Plot:
    """Dots with their ranges; the numbers at the right. `span` joins the ends of a range in words."""
    middles = [HEAD + PITCH * (number + 0.5) for number in range(len(data.rows))]
    names = [Label(row.name, 0.0, middle) for row, middle in zip(data.rows, middles, strict=True)]
    columns = [(data.head[1], [row.cells[0].text for row in data.rows], True)]
    if width >= NARROW:
        both = [span.format(row.cells[1].bare, row.cells[2].bare) for row in data.rows]
        columns.append((data.head[2], both, False))
    placed: list[list[Label]] = []
    right = width
    for head, texts, strong in reversed(columns):
        cells = [Label(text, 0, middle, strong=strong) for text, middle in zip(texts, middles, strict=True)]
        title = Label(head, 0, HEAD / 2 - 0.4, SMALL, strong=True)
        left = right - max(one.width for one in (title, *cells))
        placed.insert(0, [Label(one.text, left, one.middle, one.size, one.strong) for one in (title, *cells)])
        right = left - BETWEEN
    start = max(one.width for one in names) + AFTER_NAMES + DOT
    marks = ticks(min(row.cells[1].value for row in data.rows), max(row.cells[2].value for row in data.rows))
    labels = [Label(numbers.text(one, last=one == marks[-1]), 0, 0, SMALL, quiet=True) for one in marks]
    right -= labels[-1].width / 2
    if right - start < LEAST:
        raise Touching("the names of its rows leave no room for a scale")

    def x(value: float) -> float:
        return start + (value - marks[0]) / (marks[-1] - marks[0]) * (right - start)

    foot = HEAD + PITCH * len(data.rows)
    scale = tuple(
        Label(one.text, 0, foot + FOOT / 2 + 0.3, SMALL, quiet=True).around(x(at))
        for one, at in zip(labels, marks, strict=True)
    )
    paths = [Path("grid", line((x(at), HEAD, x(at), foot))) for at in marks]
    paths.append(Path("foot", line((x(marks[0]), foot, x(marks[-1]), foot))))
    for row, middle in zip(data.rows, middles, strict=True):
        value, low, high = (x(cell.value) for cell in row.cells)
        paths.append(Path("reach", line((low, middle, high, middle))))
        paths += [Path("cap", line((end, middle - CAP, end, middle + CAP))) for end in (low, high)]
        paths.append(Path("knob", circle(value, middle, DOT)))
    head = (None, *(column[0] for column in placed))
    rows = tuple((name, *(column[n + 1] for column in placed)) for n, name in enumerate(names))
    return Plot(width, foot + FOOT, rows, tuple(paths), head, scale)
