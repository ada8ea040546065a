"""The places of a chart's words and marks, and the promises that they keep. Lengths in mm, from the top left."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from triptych.content.units import MM_PER_POINT
from triptych.design import faces
from triptych.design.faces import LABELS, TEXT
from triptych.timeline.drawing import Drawing, Path

NAME, SMALL = 10.0, 9.0
"""Type sizes of names and values, and of scales and notes, in pt."""
LINE = 1.2
"""Height of a line, in type sizes."""
APART = 0.4
"""Least space between two labels, and between a label and a line that may not cross it."""
AFTER_NAMES, AFTER_BAR = 2.6, 1.4
"""Space between the longest name and the zero line, and between a bar and its value."""
MARGIN = 3.0
"""White space around the drawing of a chart, since an SVG drawing is cut at its edge."""
INK = 0.6
"""Height of the letters of a line, as a share of the line; the rest is white."""
_ROUNDING = 0.01

Segment = tuple[float, float, float, float]
"""x and y of the start of a line, and of its end."""


class Touching(ValueError):
    """Two labels of a chart touch, or one crosses a line or the edge. The message names them, for the author."""


@dataclass(frozen=True, slots=True)
class Label:
    """A word or number on a chart, in one line."""

    text: str
    left: float
    middle: float
    """Height of the middle of its line."""
    size: float = NAME
    """In pt."""
    strong: bool = False
    quiet: bool = False
    """Whether it belongs to a scale: in lighter ink."""
    dated: bool = False
    """Whether it is the date of an event that the chart marks."""

    @property
    def width(self) -> float:
        return faces.width(self.text, LABELS if self.strong else TEXT, self.size, tabular=True)

    @property
    def height(self) -> float:
        return LINE * self.size * MM_PER_POINT

    @property
    def top(self) -> float:
        return self.middle - self.height / 2

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def ink(self) -> tuple[float, float]:
        """Upper and lower edge of its letters."""
        half = self.height * INK / 2
        return self.middle - half, self.middle + half

    def ending(self, right: float) -> "Label":
        """The same, which ends at a place."""
        return replace(self, left=right - self.width)

    def around(self, x: float) -> "Label":
        """The same, with its middle at a place."""
        return replace(self, left=x - self.width / 2)


@dataclass(frozen=True, slots=True)
class Plot:
    """A chart ready to print: its words by the cells of its table, and its marks."""

    width: float
    height: float
    rows: tuple[tuple[Label | None, ...], ...]
    """A label for each cell; the first of a row is its head."""
    paths: tuple[Path, ...]
    head: tuple[Label | None, ...] = ()
    """The heads of the columns; empty where no word of them is printed."""
    scale: tuple[Label, ...] = ()
    """Words beside the table: ticks, and what stands in gaps."""
    lines: tuple[Segment, ...] = ()
    """Lines that no label may cross."""

    @property
    def labels(self) -> Iterator[Label]:
        """All its labels."""
        for row in (self.head, *self.rows, self.scale):
            yield from (label for label in row if label)

    @property
    def drawing(self) -> Drawing:
        """Its marks, with the white space around them."""
        size = self.width + 2 * MARGIN, self.height + 2 * MARGIN
        return Drawing(-MARGIN, -MARGIN, *size, 1, self.paths)


def checked(plot: Plot) -> Plot:
    """The same plot. Raises Touching where two labels touch, or one crosses a line or the edge."""
    labels = list(plot.labels)
    for label in labels:
        if label.left < -_ROUNDING or label.right > plot.width + _ROUNDING:
            raise Touching(f"`{label.text}` has no room beside the marks")
        if any(crosses(label, line) for line in plot.lines):
            raise Touching(f"`{label.text}` lies on a line")
    for one, other in combinations(labels, 2):
        if touch(one, other):
            raise Touching(f"`{one.text}` and `{other.text}` touch")
    return plot


def touch(one: Label, other: Label) -> bool:
    """Whether two labels are nearer to each other than they may be."""
    beside = one.right + APART > other.left + _ROUNDING and other.right + APART > one.left + _ROUNDING
    (top, bottom), (upper, lower) = one.ink, other.ink
    return beside and bottom > upper + _ROUNDING and lower > top + _ROUNDING


def crosses(label: Label, line: Segment) -> bool:
    """Whether a line passes through the letters of a label."""
    x1, y1, x2, y2 = line
    top, bottom = label.ink
    enter, leave = 0.0, 1.0
    for start, change, low, high in (
        (x1, x2 - x1, label.left, label.right),
        (y1, y2 - y1, top, bottom),
    ):
        if abs(change) < 1e-9:
            if not low < start < high:
                return False
            continue
        ends = sorted(((low - start) / change, (high - start) / change))
        enter, leave = max(enter, ends[0]), min(leave, ends[1])
    return enter < leave


def free(candidates: Sequence[Label], labels: Sequence[Label], lines: Sequence[Segment], width: float) -> Label | None:
    """The first of some places of a label at which it touches nothing; None if there is none."""
    return next(
        (
            one
            for one in candidates
            if one.left >= 0
            and one.right <= width
            and one.top >= -APART
            and not any(touch(one, other) for other in labels)
            and not any(crosses(one, line) for line in lines)
        ),
        None,
    )
