"""A timeline's plan becomes strokes and fills: SVG path data in mm, each path with the name of its style."""

import math
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from triptych.timeline.columns import BAR_WIDTH, BRACKET, LIGHT_TICK, STRETCH, TICK
from triptych.timeline.eras import FOOT
from triptych.timeline.plan import Bracket, Frame, Leader, Lens, Mark, Plan, Shape, Side

ART = "asset://art/"
"""Prefix of the address of a document's drawings during typesetting."""


@dataclass(frozen=True, slots=True)
class Path:
    """One path and its style."""

    style: str
    """Name of a rule in `parts/drawing.svg.jinja`."""
    d: str
    """SVG path data, in mm."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of a histogram. Lengths in mm, y from the top of the timeline's box."""

    top: float
    bottom: float
    length: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Paths in painting order, and the box that holds them, in mm."""

    left: float
    top: float
    width: float
    height: float
    stroke: float
    """Factor for every stroke width: 1 at the scale of A3."""
    paths: tuple[Path, ...]

    @property
    def styles(self) -> Set[str]:
        """The names of the styles of its paths."""
        return {path.style for path in self.paths}


FEW_LANES = 2
"""With more lanes, leaders are drawn over the bars that they pass, each from a knot on its own bar."""
KNOT_RADIUS = 0.7
MINOR_TICK = 1.7
STROKE = 3.6
OUTLIER_WHITE = 2.0
DOT_RADIUS = 1.15
"""Sizes of marks in mm at the scale of A3. Multiply by the frame's unit for other scales."""


def timeline(plan: Plan, bars: Sequence[Bar] = (), strokes: Sequence[float] = ()) -> Drawing:
    """The drawing of a timeline: everything but its words.

    The bars, and the strokes at these heights in mm, lie on the inner side of the first axis,
    beside its lanes of marks.
    """
    frame, unit = plan.frame, plan.frame.unit
    beyond = frame.open_zone
    paths = [
        *_apart(plan, unit),
        *_spine(plan, bars, unit),
        *_strokes(plan.frame, strokes, unit),
        *(path for n, side in enumerate(plan.sides) for path in _side(plan, n, side, unit)),
    ]
    grounds = [path for path in paths if path.style == "ground"]
    rest = [path for path in paths if path.style != "ground"]
    return Drawing(0, -beyond, frame.width, frame.height + 2 * beyond, unit, (*grounds, *rest))


SAMPLE = 4.0
"""Side of the square that shows a mark in a key, at the scale of A3, in mm."""


def sample(shape: Mark, unit: float) -> Drawing:
    """The drawing of one mark, for a key. `unit` is 1 at the scale of A3."""
    side = SAMPLE * unit
    return Drawing(-side / 2, 0, side, side, unit, tuple(_mark(shape, _Outward(0.0, 1), unit)))


@dataclass(frozen=True, slots=True)
class _Outward:
    """Converts a distance outwards from an axis to x in the box. Outwards is right (sign 1) or left (sign -1)."""

    axis: float
    sign: int

    def x(self, distance: float) -> str:
        return _n(self.axis + self.sign * distance)


def _spine(plan: Plan, bars: Sequence[Bar], unit: float) -> Iterator[Path]:
    """Histogram, eras, graduations."""
    frame = plan.frame
    foot = frame.lane * max((mark.lane for mark in plan.sides[0].marks), default=0)
    for bar in bars:
        out = _Outward(frame.axes[0] - foot, 1)
        yield Path("bar", f"M{out.x(0)} {_n(bar.top)}H{out.x(-bar.length)}V{_n(bar.bottom)}H{out.x(0)}Z")
    for bracket in plan.brackets:
        x = frame.eras - BRACKET * unit
        yield Path("bracket", _bracket(bracket, x, unit))
        if bracket.leader:
            yield from _beside(bracket, bracket.leader, x)
    for axis, sign, side in zip(frame.axes, (1, -1), plan.sides, strict=False):
        out = _Outward(axis, sign)
        spans = [mark for mark in side.marks if mark.lane == 0 and mark.bottom > mark.top]
        for tick in plan.graduation.minor:
            if any(mark.top < tick.y < mark.bottom for mark in spans):
                continue
            yield Path("minor-tick", f"M{out.x(0)} {_n(tick.y)}H{out.x(-MINOR_TICK * unit)}")
        lanes = max((mark.lane for mark in side.marks), default=0)
        beside = lanes * frame.lane if lanes > FEW_LANES else 0.0
        for tick in plan.graduation.major:
            length = TICK * unit * (LIGHT_TICK if frame.light else 1.0)
            yield Path("year-tick", f"M{out.x(0)} {_n(tick.y)}H{out.x(-length - beside)}")


def _apart(plan: Plan, unit: float) -> Iterator[Path]:
    """The line from an outlier to the scale, and the line beside the longest stretch without an entry."""
    axis = plan.frame.axes[0]
    if plan.outlier:
        start, end = plan.outlier.mark.bottom + unit, plan.outlier.foot - OUTLIER_WHITE * unit
        yield Path("dotted", f"M{_n(axis)} {_n(start)}V{_n(max(start, end))}")
    if plan.stretch:
        yield Path("stretch", f"M{_n(axis + STRETCH * unit)} {_n(plan.stretch.top)}V{_n(plan.stretch.bottom)}")


def _strokes(frame: Frame, strokes: Sequence[float], unit: float) -> Iterator[Path]:
    """A stroke for each event without a card."""
    out = _Outward(frame.axes[0], 1)
    for y in strokes:
        yield Path("stroke", f"M{out.x(0)} {_n(y)}H{out.x(-STROKE * unit)}")


def _beside(bracket: Bracket, leader: tuple[float, float], x: float) -> Iterator[Path]:
    """The line beside a label that goes past its bracket."""
    for start, end in ((leader[0], bracket.top), (bracket.bottom, leader[1])):
        if end > start:
            yield Path("leader", f"M{_n(x)} {_n(start)}V{_n(end)}")


def _bracket(bracket: Bracket, x: float, unit: float) -> str:
    top, bottom = bracket.top + FOOT * unit, bracket.bottom - FOOT * unit
    foot = f"h{_n(1.4 * unit)}"
    start = f"M{_n(x)} {_n(top)}" if bracket.open_start else f"M{_n(x + 1.4 * unit)} {_n(top)}h{_n(-1.4 * unit)}"
    return f"{start}V{_n(bottom)}{'' if bracket.open_end else foot}"


def _side(plan: Plan, number: int, side: Side, unit: float) -> Iterator[Path]:
    frame = plan.frame
    out = _Outward(frame.axes[number], (1, -1)[number])
    for lens in side.lenses:
        yield Path("ground", _ground(lens, frame, out))
        for edge in lens.edges:
            yield Path("band" if frame.band else "edge", _line(edge, -frame.band, frame.zone, frame.reach, out))
    lines = [_line(leader, -leader.lane * frame.lane, frame.zone, frame.number - unit, out) for leader in side.leaders]
    many = max((mark.lane for mark in side.marks), default=0) > FEW_LANES
    for line in () if many else lines:
        yield Path("leader", line)
    axis = "lens-axis" if frame.light else "axis"
    yield Path(axis, f"M{out.x(0)} {_n(plan.axis[0])}V{_n(plan.axis[1])}")
    for mark in side.marks:
        yield from _mark(mark, _Outward(frame.axes[number] - out.sign * mark.lane * frame.lane, out.sign), unit)
    if many:
        for leader, line in zip(side.leaders, lines, strict=True):
            yield Path("under", line)
            yield Path("leader", line)
            at = _Outward(frame.axes[number] - out.sign * leader.lane * frame.lane, out.sign)
            yield Path("halo", circle(at.axis, leader.start, KNOT_RADIUS * unit))
    for lens in side.lenses:
        yield from _lens(lens, frame, out, unit)


def _lens(lens: Lens, frame: Frame, out: _Outward, unit: float) -> Iterator[Path]:
    axis = frame.lens_axis
    zone = (axis + 1.6 * unit, frame.number - 1.8 * unit)
    for leader in lens.leaders:
        yield Path("leader", _line(leader, axis - leader.lane * frame.lane, zone, frame.number - unit, out))
    top, bottom = lens.axis
    yield Path("lens-axis", f"M{out.x(axis)} {_n(top)}V{_n(bottom)}")
    for y in (top, bottom, *(tick.y for tick in lens.graduation.major)):
        yield Path("lens-tick", f"M{out.x(axis)} {_n(y)}H{out.x(axis - 2.6 * unit)}")
    for tick in lens.graduation.minor:
        yield Path("minor-tick", f"M{out.x(axis)} {_n(tick.y)}H{out.x(axis - 1.2 * unit)}")
    for mark in lens.marks:
        inner = _Outward(out.axis + out.sign * (axis - mark.lane * frame.lane), out.sign)
        yield from _mark(mark, inner, unit)


def _ground(lens: Lens, frame: Frame, out: _Outward) -> str:
    first, last = lens.edges
    x1, x2 = frame.zone
    inner = -frame.band if frame.band else x1
    return (
        f"M{out.x(inner)} {_n(first.start)}H{out.x(x1)}L{out.x(x2)} {_n(first.end)}H{out.x(frame.reach)}"
        f"V{_n(last.end)}H{out.x(x2)}L{out.x(x1)} {_n(last.start)}H{out.x(inner)}Z"
    )


def _line(leader: Leader, start: float, zone: tuple[float, float], end: float, out: _Outward) -> str:
    enters = f"L{out.x(zone[0])} {_n(leader.enters)}" if leader.enters != leader.start else f"H{out.x(zone[0])}"
    return f"M{out.x(start)} {_n(leader.start)}{enters}L{out.x(zone[1])} {_n(leader.end)}H{out.x(end)}"


def _mark(mark: Mark, out: _Outward, unit: float) -> Iterator[Path]:
    half = BAR_WIDTH / 2 * unit
    if mark.shape is Shape.TICK:
        yield Path("tick", f"M{out.x(-1.3 * unit)} {_n(mark.top)}H{out.x(1.3 * unit)}")
    elif mark.shape is Shape.DOT:
        yield Path("halo", circle(out.axis, mark.top, (DOT_RADIUS + 0.35) * unit))
        yield Path("dot", circle(out.axis, mark.top, DOT_RADIUS * unit))
    else:
        style = ("solid" if mark.shape is Shape.LASTED else "hollow") + ("-dashed" if mark.dashed else "")
        head = 2.6 * unit
        top = mark.top + head * mark.open_start
        bottom = mark.bottom - head * mark.open_end
        yield Path(style, f"M{out.x(-half)} {_n(top)}H{out.x(half)}V{_n(bottom)}H{out.x(-half)}Z")
        if mark.open_start:
            yield Path("hollow", _arrowhead(out.axis, mark.top, half, head))
        if mark.open_end:
            yield Path("hollow", _arrowhead(out.axis, mark.bottom, half, -head))


def _arrowhead(x: float, tip: float, half: float, head: float) -> str:
    return f"M{_n(x)} {_n(tip)}L{_n(x + 2 * half)} {_n(tip + head)}H{_n(x - 2 * half)}Z"


def box(left: float, top: float, right: float, bottom: float) -> str:
    """A rectangle as path data. Lengths in mm."""
    return f"M{_n(left)} {_n(top)}H{_n(right)}V{_n(bottom)}H{_n(left)}Z"


def line(ends: tuple[float, float, float, float]) -> str:
    """A line as path data: x and y of its start, and of its end, in mm."""
    x1, y1, x2, y2 = map(_n, ends)
    return f"M{x1} {y1}L{x2} {y2}"


def course(points: Sequence[tuple[float, float]]) -> str:
    """A line through points as path data, in mm."""
    return "".join(f"{'L' if number else 'M'}{_n(x)} {_n(y)}" for number, (x, y) in enumerate(points))


def circle(x: float, y: float, radius: float) -> str:
    """A circle as path data, in mm."""
    r, d = _n(radius), _n(2 * radius)
    return f"M{_n(x - radius)} {_n(y)}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z"


def _n(value: float) -> str:
    """A coordinate in mm, rounded to a micrometre."""
    assert math.isfinite(value)
    return f"{round(value, 3) + 0.0:g}"
