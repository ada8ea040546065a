"""Dates become marks on an axis. Spans that overlap go into separate lanes."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from triptych.content.dates import Precision, When
from triptych.timeline.plan import Crowded, Frame, Mark, Shape
from triptych.timeline.scale import Scale


def middle(when: When) -> float:
    """The moment, in days, that sets a date's position; minus infinity for a moment on or before a day."""
    if math.isinf(when.start):
        return when.end - 1 if when.lasted else -math.inf
    return when.start if math.isinf(when.end) else (when.start + when.end) / 2


def tick(when: When, axis: Scale) -> Mark:
    """The mark on the main axis of a date that a magnifier shows in detail."""
    y = axis.y(middle(when))
    return Mark(Shape.TICK, y, y)


def mark(when: When, axis: Scale, frame: Frame) -> Mark:
    """The mark of a date. A span that continues beyond the scale ends there with an arrowhead."""
    if when.precision in (Precision.DAY, Precision.TIME) and when.exact:
        y = axis.y(middle(when))
        return Mark(Shape.DOT, y, y)
    open_start, open_end = when.start < axis.first, when.end > axis.last
    top = max(axis.top - frame.open_zone, frame.insets[0]) if open_start else axis.y(when.start)
    bottom = min(axis.bottom + frame.open_zone, frame.height - frame.insets[1]) if open_end else axis.y(when.end)
    lacking = max(0.0, frame.least_mark - (bottom - top)) / 2
    return Mark(
        shape=Shape.LASTED if when.lasted else Shape.WITHIN,
        top=top - lacking,
        bottom=bottom + lacking,
        dashed=not when.exact,
        open_start=open_start,
        open_end=open_end,
    )


def with_lanes(marks: Sequence[Mark], frame: Frame) -> tuple[Mark, ...]:
    """Put each span, from top to bottom, into the first lane where it touches no other mark (first-fit).

    Spans of the same date share one bar. Raises Crowded when the lanes of the frame are not enough.
    """
    points = sorted(point.top for point in marks if point.shape in (Shape.DOT, Shape.TICK))
    radius = frame.least_mark / 2
    ends = [-math.inf] * frame.lanes
    lanes: dict[Mark, int] = {}
    for span in sorted(dict.fromkeys(marks), key=lambda mark: (mark.top, mark.bottom)):
        if span.shape in (Shape.DOT, Shape.TICK):
            continue
        pointed = bisect_left(points, span.top - radius) < bisect_right(points, span.bottom + radius)
        lane = next((n for n in range(frame.lanes) if ends[n] <= span.top and not (n == 0 and pointed)), None)
        if lane is None:
            raise Crowded
        ends[lane] = span.bottom
        lanes[span] = lane
    return tuple(replace(found, lane=lanes.get(found, 0)) for found in marks)
