"""A timeline's plan becomes strokes and fills, as SVG path data in mm with the name of their style."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from triptych.spine import Frame, Leader, Lens, Mark, Plan, Shape


@dataclass(frozen=True, slots=True)
class Path:
    """One path and the style that draws it."""

    style: str
    d: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Paths in painting order, in a box of mm."""

    left: float
    top: float
    width: float
    height: float
    stroke: float
    """Factor for the width of every stroke: 1 for A3."""
    paths: tuple[Path, ...]


YEAR_TICK = 4.6
QUARTER_TICK = 1.7
DOT_RADIUS = 1.15
BAR_WIDTH = 2.2
"""In mm at the scale of A3; other sizes follow the frame's lane of 2.9 mm."""


def timeline(plan: Plan) -> Drawing:
    """Everything of a timeline but its words."""
    frame, unit = plan.frame, plan.frame.lane / 2.9
    beyond = frame.open_zone
    return Drawing(0, -beyond, frame.width, frame.height + 2 * beyond, unit, tuple(_timeline(plan, unit)))


def sample(shape: Mark, unit: float) -> Drawing:
    """One mark alone, for a key: 4 by 4 mm at the scale of A3."""
    side = 4 * unit
    return Drawing(-side / 2, 0, side, side, unit, tuple(_mark(shape, 0.0, unit)))


def _timeline(plan: Plan, unit: float) -> Iterator[Path]:
    frame = plan.frame
    for lens in plan.lenses:
        yield Path("ground", _ground(lens, frame))
        for edge in lens.edges:
            x1, x2 = frame.zone
            yield Path("edge", f"M{_n(frame.axis)} {_n(edge.start)}H{_n(x1)}L{_n(x2)} {_n(edge.end)}H{_n(frame.width)}")
    for leader in plan.leaders:
        yield Path("leader", _leader(leader, frame.axis, frame.zone, frame.number - unit))
    yield Path("axis", f"M{_n(frame.axis)} {_n(plan.axis[0])}V{_n(plan.axis[1])}")
    for tick in plan.years:
        yield Path("year-tick", f"M{_n(frame.axis)} {_n(tick.y)}h{_n(-YEAR_TICK * unit)}")
    for tick in plan.quarters:
        yield Path("minor-tick", f"M{_n(frame.axis)} {_n(tick.y)}h{_n(-QUARTER_TICK * unit)}")
    for mark in plan.marks:
        yield from _mark(mark, frame.axis - mark.lane * frame.lane, unit)
    for lens in plan.lenses:
        yield from _lens(lens, frame, unit)


def _lens(lens: Lens, frame: Frame, unit: float) -> Iterator[Path]:
    axis = frame.lens_axis
    zone = (axis + 1.6 * unit, frame.number - 2.2 * unit)
    for leader in lens.leaders:
        yield Path("leader", _leader(leader, axis, zone, frame.number - unit))
    top, bottom = lens.axis
    yield Path("lens-axis", f"M{_n(axis)} {_n(top)}V{_n(bottom)}")
    for y in (top, bottom, *(tick.y for tick in lens.months)):
        yield Path("lens-tick", f"M{_n(axis)} {_n(y)}h{_n(-2.6 * unit)}")
    for tick in lens.weeks:
        yield Path("minor-tick", f"M{_n(axis)} {_n(tick.y)}h{_n(-1.2 * unit)}")
    for mark in lens.marks:
        yield from _mark(mark, axis - mark.lane * frame.lane, unit)


def _ground(lens: Lens, frame: Frame) -> str:
    first, last = lens.edges
    x1, x2 = frame.zone
    return (
        f"M{_n(x1)} {_n(first.start)}L{_n(x2)} {_n(first.end)}H{_n(frame.width)}"
        f"V{_n(last.end)}H{_n(x2)}L{_n(x1)} {_n(last.start)}Z"
    )


def _leader(leader: Leader, axis: float, zone: tuple[float, float], end: float) -> str:
    return f"M{_n(axis)} {_n(leader.start)}H{_n(zone[0])}L{_n(zone[1])} {_n(leader.end)}H{_n(end)}"


def _mark(mark: Mark, x: float, unit: float) -> Iterator[Path]:
    half = BAR_WIDTH / 2 * unit
    if mark.shape is Shape.TICK:
        yield Path("tick", f"M{_n(x - 1.3 * unit)} {_n(mark.top)}h{_n(2.6 * unit)}")
    elif mark.shape is Shape.DOT:
        yield Path("halo", _circle(x, mark.top, (DOT_RADIUS + 0.35) * unit))
        yield Path("dot", _circle(x, mark.top, DOT_RADIUS * unit))
    else:
        style = ("solid" if mark.shape is Shape.LASTED else "hollow") + ("-dashed" if mark.dashed else "")
        head = 2.6 * unit
        top = mark.top + head * mark.open_start
        bottom = mark.bottom - head * mark.open_end
        yield Path(style, f"M{_n(x - half)} {_n(top)}H{_n(x + half)}V{_n(bottom)}H{_n(x - half)}Z")
        if mark.open_start:
            yield Path("hollow", _arrowhead(x, mark.top, half, head))
        if mark.open_end:
            yield Path("hollow", _arrowhead(x, mark.bottom, half, -head))


def _arrowhead(x: float, tip: float, half: float, head: float) -> str:
    return f"M{_n(x)} {_n(tip)}L{_n(x + 2 * half)} {_n(tip + head)}H{_n(x - 2 * half)}Z"


def _circle(x: float, y: float, radius: float) -> str:
    r, d = _n(radius), _n(2 * radius)
    return f"M{_n(x - radius)} {_n(y)}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z"


def _n(value: float) -> str:
    """A coordinate to a micrometre."""
    assert math.isfinite(value)
    return f"{round(value, 3) + 0.0:g}"
