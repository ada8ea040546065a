"""A share of a hundred becomes a track: an outline as long as the whole, filled as far as the share. Lengths in mm."""

from collections.abc import Iterator
from decimal import Decimal

from triptych.content.drawn import WHOLE, Drawn
from triptych.content.units import MM_PER_POINT
from triptych.timeline.drawing import Drawing, Path, box

HEIGHT = 2.6
"""Height of a track."""
PAIR_HEIGHT, PAIR_GAP = 2.0, 0.7
"""Height of each of two tracks, and the space between them."""
RULE, ZERO, TICK = 0.4 * MM_PER_POINT, 0.6 * MM_PER_POINT, MM_PER_POINT
"""Width of the outline, of the line at zero, and of the tick at an estimate."""


def height(drawn: Drawn) -> float:
    """The height of what is drawn."""
    return 2 * PAIR_HEIGHT + PAIR_GAP if len(drawn.values) > 1 else HEIGHT


def track(drawn: Drawn, width: float) -> Drawing:
    """The track of a share or a range, or those of two shares, one below the other."""
    if len(drawn.values) < 2:
        paths = [*_track(drawn, width, 0.0, HEIGHT)]
    else:
        tops = (0.0, PAIR_HEIGHT + PAIR_GAP)
        paths = [
            path
            for top, value in zip(tops, drawn.values, strict=True)
            for path in _track(Drawn((value,)), width, top, PAIR_HEIGHT)
        ]
    return Drawing(0, 0, width, height(drawn), 1, tuple(paths))


def _track(drawn: Drawn, width: float, top: float, height: float) -> Iterator[Path]:
    """One track: dark to its value or the low end of its range, light to the high end, a tick at the estimate."""
    bottom, half = top + height, RULE / 2
    low = drawn.values[0] if drawn.low is None else drawn.low
    if drawn.high is not None:
        yield Path("range", box(_at(low, width), top, _at(drawn.high, width), bottom))
    yield Path("share", box(0, top, _at(low, width), bottom))
    yield Path("track", box(half, top + half, width - half, bottom - half))
    yield Path("zero", box(0, top, ZERO, bottom))
    if drawn.high is not None:
        for value in drawn.values:
            left = min(max(_at(value, width) - TICK / 2, 0), width - TICK)
            yield Path("estimate", box(left, top, left + TICK, bottom))


def _at(value: Decimal, width: float) -> float:
    return float(value) / WHOLE * width
