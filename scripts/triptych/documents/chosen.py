"""More events than a page holds: the weightiest have cards, and the others stand on the axis as strokes or bars.

The rule of choice is that of the poster, `crowd.in_order`; an outlier comes first, whatever its weight.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from triptych.content.calendars import Calendar
from triptych.content.dates import civil
from triptych.content.model import Event
from triptych.design import faces
from triptych.documents import crowd
from triptych.timeline import apart, spine
from triptych.timeline.columns import FEW, PAGE_HISTOGRAM, Crowd
from triptych.timeline.drawing import Bar
from triptych.timeline.labels import LEAST_SIZE
from triptych.timeline.plan import Crowded, Frame, Overfull, Plan
from triptych.timeline.scale import Scale

MOST_STROKES = 80
"""With more events, strokes would merge: the axis has a histogram instead."""
FULL = 0.92
"""Largest share of the box that the chosen cards may fill."""
BARS_WHITE = 1.5
"""White space between the longest bar of a histogram and the labels of the scale, in mm."""


def few_of(events: Sequence[Event], calendar: Calendar) -> Crowd:
    """What a timeline of all these events leaves room for: their years may be long."""
    if not events:
        return FEW
    lone, scaled = apart.without_outlier(spine.ordered(events))
    first, last = spine.domain_of([event.date for event in scaled])
    before = [event.date.start for event in lone]
    years = (calendar.year(civil(int(moment))[0]) for moment in (first, last, *before) if math.isfinite(moment))
    told = [calendar.words["outlier"].format(calendar.duration(first - start)) for start in before]
    return Crowd(label=max(faces.width(year, faces.HEADLINES, LEAST_SIZE) for year in years), told="".join(told))


def crowd_of(events: Sequence[Event], calendar: Calendar) -> Crowd:
    """What a timeline of chosen events, of all these, leaves room for."""
    return replace(few_of(events, calendar), histogram=has_histogram(events), digits=len(str(len(events))))


def has_histogram(events: Sequence[Event]) -> bool:
    """Whether a histogram stands for the events, of all these, that have no card."""
    return len(events) > MOST_STROKES


def note(shown: int, count: int) -> Iterator[str]:
    """The note for the author of events without a card; nothing where all have one."""
    if shown < count:
        yield f"the timeline names {shown} of {count} events: those of highest weight"


@dataclass(frozen=True, slots=True)
class Others:
    """What stands on the axis for the events without cards."""

    strokes: tuple[float, ...] = ()
    """Height of each of them, in mm; empty where there is a histogram."""
    bars: tuple[Bar, ...] = ()
    """The histogram of all events; empty where there are strokes."""
    bin: str = ""
    """The unit of time of a bar: a key of `crowd.BINS`."""
    most: int = 0
    """Number of events in the longest bar."""


NOTHING = Others()
"""What stands for no events."""


def in_order(events: Sequence[Event]) -> Iterator[Event]:
    """The events in the order in which they get a card. Without a card, an outlier would stretch the scale."""
    lone, scaled = apart.without_outlier(spine.ordered(events))
    return chain(lone, crowd.in_order(scaled))


def fitting(
    events: Sequence[Event], order: Sequence[Event], heights: Mapping[str, float], frame: Frame
) -> tuple[Plan, int]:
    """The timeline with cards for as many events as fit, and their number.

    `events` are all that the axis stands for; `order` is the beginning of `in_order`, and `heights` are those of its
    cards in mm. The scale and the numbers are those of all events; an outlier has the first card, above the scale.
    Raises Overfull when not a single card fits.
    """
    ordered = spine.ordered(events)
    numbers = {event.id: number for number, event in enumerate(ordered, start=1)}
    lone, scaled = apart.without_outlier(ordered)
    domain = spine.periods([event.date for event in scaled], 1)[0]
    order = [*lone, *(event for event in order if event not in lone)]
    for count in range(len(order), len(lone), -1):
        try:
            plan = spine.plan(order[:count], heights, frame, (), numbers, domain, bool(lone))
        except (Overfull, Crowded):
            continue
        if plan.fill <= FULL:
            return replace(plan, graduation=replace(plan.graduation, minor=())), count
    raise Overfull(max(min(heights.values()) - frame.height, 0.0))


def others(events: Sequence[Event], plan: Plan) -> Others:
    """What stands on the axis of a plan for the events, of all these, that have no card on it."""
    if plan.outlier:
        events = [event for event in events if event.id != plan.outlier.id]
    if has_histogram(events):
        counts = crowd.counted(events, plan, PAGE_HISTOGRAM - BARS_WHITE)
        return Others(bars=counts.bars, bin=counts.bin, most=counts.most)
    ticks = plan.graduation.major
    axis = Scale(ticks[0].day, ticks[-1].day, *plan.axis, plan.graduation.unit)
    shown = {card.id for card in plan.cards}
    return Others(strokes=tuple(axis.y(crowd.moment_of(event)) for event in events if event.id not in shown))
