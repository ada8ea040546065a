"""A share of a hundred as a hundred squares. Lengths in mm."""

from triptych.charts.plot import NAME, Label, Plot
from triptych.content.model import Charted
from triptych.timeline.drawing import Path, box

SIDE, STEP, ACROSS = 2.45, 2.95, 10
"""Side of a square, the distance from one to the next, and their number in a row."""
LINE, GAP = 0.12, 2.0
"""Width of the outline of an empty square, and the space between the squares and their words."""
BETWEEN = 0.9
"""Space between the words of the two parts."""


def waffle(data: Charted, width: float) -> Plot:
    """The squares of the first row filled, the others empty; beside them the number and name of each part."""
    side = ACROSS * STEP - (STEP - SIDE)
    marks, start, rows, below = [], 0, [], 0.0
    for number, row in enumerate(data.rows):
        count = round(row.cells[0].value)
        marks += [_square(place, filled=not number) for place in range(start, start + count)]
        value = Label(row.cells[0].text, side + GAP, 0.0, strong=True)
        top = max(start // ACROSS * STEP, below)
        value = Label(value.text, value.left, top + value.height / 2, NAME, strong=True)
        name = Label(row.name, value.left, value.middle + value.height)
        rows.append((name, value))
        below, start = name.middle + name.height / 2 + BETWEEN, start + count
    if start < ACROSS * ACROSS:
        marks += [_square(place, filled=False) for place in range(start, ACROSS * ACROSS)]
    return Plot(width, max(side, below - BETWEEN), tuple(rows), tuple(marks))


def _square(place: int, filled: bool) -> Path:
    left, top = place % ACROSS * STEP, place // ACROSS * STEP
    inset = 0.0 if filled else LINE / 2
    edges = left + inset, top + inset, left + SIDE - inset, top + SIDE - inset
    return Path("share" if filled else "empty", box(*edges))
