"""The axis of the timeline on a screen: where a date stands on it, and its years."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from triptych.compose import spaces
from triptych.compose.views import ArticleView
from triptych.content.dates import When, civil, ordinal
from triptych.content.model import Event
from triptych.timeline import marks as middles

MOST = 7
"""Most years that are named on the axis."""
STEPS = (1, 2, 5)
"""Years from one to the next, and these times ten, a hundred and so on."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A year on the axis, or the date of its first or last event."""

    text: str
    place: str
    """From the start of the scale, as CSS."""


def day(when: When) -> float:
    """Where the dot of a date stands; that of a moment on or before a day stands on it."""
    middle = middles.middle(when)
    return when.end - 1 if math.isinf(middle) else middle


def marks(view: ArticleView, events: Sequence[Event]) -> tuple[Mark, ...]:
    """The years on the axis; if it holds the start of fewer than two, the first and the last date."""
    if not events:
        return ()
    days = [day(event.date) for event in events]
    first, last = min(days), max(days)
    length = (last - first) or 1.0
    years = [*_years(first, last)]
    if len(years) < 2:
        ends = {0.0: view.events[0].short_date, 1.0: view.events[-1].short_date}
        return tuple(_mark(text, at) for at, text in ends.items())
    return tuple(_mark(view.calendar.year(year), (ordinal(year, 1, 1) - first) / length) for year in years)


def _years(first: float, last: float) -> Iterator[int]:
    start, end = civil(math.ceil(first))[0], civil(math.floor(last))[0]
    steps = (factor * 10**power for power in range(12) for factor in STEPS)
    step = next(step for step in steps if (end - start) / step < MOST)
    year = -(-start // step) * step
    while year <= end:
        if ordinal(year, 1, 1) >= first:
            yield year
        year += step


def _mark(text: str, at: float) -> Mark:
    return Mark(spaces.plain(text), f"--at: {at:.2%}")
