"""What stands apart on a timeline: an event far before all others, and the longest stretch without an entry.

Lengths in mm, times in days, as in `plan`.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from triptych.content.dates import When
from triptych.timeline import marks
from triptych.timeline.marks import middle
from triptych.timeline.plan import Dated, Frame, LabelledEra, Outlier, Shape, Side, Stretch
from triptych.timeline.scale import Scale

D = TypeVar("D", bound=Dated)

LONG = 0.25
"""Least length of a stretch without an entry that is stated, as a share of the axis."""
FAR = 3
"""An outlier stands farther from its neighbour than the rest reaches, divided by this."""
LEAST = 4
"""Fewest events of a timeline with an outlier."""


def first_is_outlier(events: Sequence[Dated], eras: Sequence[LabelledEra]) -> bool:
    """Whether the first of these events, in order, leaves the scale: by more than a third of what the others reach.

    It does not where an era reaches back to it, or where a date is open.
    """
    dates = [event.date for event in events]
    if len(dates) < LEAST or not all(math.isfinite(date.days) for date in dates):
        return False
    rest = [*dates[1:], *(era.date for era in eras)]
    start = min(date.start for date in rest)
    return FAR * (start - dates[0].end) > max(date.end for date in dates[1:]) - start > 0


def without_outlier(events: Sequence[D], eras: Sequence[LabelledEra] = ()) -> tuple[Sequence[D], Sequence[D]]:
    """The outlier of events in order, if there is one, and the events on the scale."""
    lone = first_is_outlier(events, eras)
    return events[:lone], events[lone:]


def outlier(event: Dated, axis: Scale, frame: Frame) -> Outlier:
    """An outlier above a scale. Its mark is as high as its leader, whatever its date."""
    y, half = frame.port, frame.least_mark / 2
    at = Scale(event.date.start, event.date.end, y - half, y + half, axis.unit)
    mark = replace(marks.mark(event.date, at, frame), top=y - half, bottom=y + half)
    if mark.shape is Shape.DOT:
        mark = replace(mark, top=y, bottom=y)
    return Outlier(event.id, mark, axis.top, event.date.start, axis.first - event.date.start)


def stretch(dates: Sequence[When], side: Side, axis: Scale, frame: Frame) -> Stretch | None:
    """The longest stretch without an entry, if it is long and the cards leave room to state it; the first on a tie."""
    first, last = max(_gaps(dates), key=lambda gap: gap[1] - gap[0], default=(0.0, 0.0))
    top, bottom = axis.y(first), axis.y(last)
    if bottom - top < LONG * frame.room:
        return None
    room = max(_free(side, top, bottom), key=lambda free: free[1] - free[0], default=(0.0, 0.0))
    if room[1] - room[0] < frame.stretch:
        return None
    return Stretch(top, bottom, sum(room) / 2, last - first)


def _gaps(dates: Sequence[When]) -> Iterator[tuple[float, float]]:
    """The stretches between marks, first and last moment in days: a day has its mark in its middle."""
    marked = [(middle(date),) * 2 if date.days <= 1 else (date.start, date.end) for date in dates]
    end = math.inf
    for first, last in sorted(marked):
        if first > end:
            yield end, first
        known = last if math.isfinite(last) else first
        end = known if end == math.inf else max(known, end)


def _free(side: Side, top: float, bottom: float) -> Iterator[tuple[float, float]]:
    """The parts between two heights that no card, no leader and no magnifier takes."""
    taken = [(card.top, card.top + card.height) for card in side.cards]
    taken += [(min(line.start, line.end), max(line.start, line.end)) for line in side.leaders]
    taken += [(min(lens.top, lens.edges[0].start), max(lens.bottom, lens.edges[1].start)) for lens in side.lenses]
    for upper, lower in sorted(taken):
        if upper > top:
            yield top, min(upper, bottom)
        top = max(top, lower)
        if top >= bottom:
            return
    yield top, bottom
