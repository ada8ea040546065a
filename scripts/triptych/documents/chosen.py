"""More events than a page holds: the weightiest have cards, and the others stand on the axis as strokes or bars.

The rule of choice: by weight. Of one weight, the event that is farthest in time from those already chosen, so that the
cards are spread over the whole time; on a tie, the first in time. The first card is the first event of the highest
weight.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from triptych.content.model import Event
from triptych.documents import crowd
from triptych.timeline import marks, spine
from triptych.timeline.columns import PAGE_HISTOGRAM, Crowd
from triptych.timeline.drawing import Bar
from triptych.timeline.plan import Crowded, Frame, Overfull, Plan
from triptych.timeline.scale import Scale

MOST_STROKES = 80
"""With more events, strokes would merge: the axis has a histogram instead."""
FULL = 0.92
"""Largest share of the box that the chosen cards may fill."""
BARS_WHITE = 1.5
"""White space between the longest bar of a histogram and the labels of the scale, in mm."""


def crowd_of(events: Sequence[Event]) -> Crowd:
    """What a timeline of chosen events, of all these, leaves room for."""
    return Crowd(histogram=len(events) > MOST_STROKES, digits=len(str(len(events))))


def note(shown: int, count: int) -> Iterator[str]:
    """The note for the author of events without a card; nothing where all have one."""
    if shown < count:
        yield f"the timeline names {shown} of {count} events: those of highest weight"


def in_order(events: Sequence[Event]) -> Iterator[Event]:
    """The events in the order in which they get a card, by the rule of choice."""
    found: list[float] = []
    heaviest = sorted(spine.ordered(events), key=lambda event: -event.weight)
    for _, group in groupby(heaviest, key=lambda event: event.weight):
        equal = list(group)
        moments = [_moment(event) for event in equal]
        apart = [min((abs(moment - other) for other in found), default=math.inf) for moment in moments]
        while equal:
            best = max(range(len(equal)), key=apart.__getitem__)
            yield equal.pop(best)
            moment = moments.pop(best)
            apart.pop(best)
            found.append(moment)
            apart = [min(old, abs(other - moment)) for old, other in zip(apart, moments, strict=True)]


def _moment(event: Event) -> float:
    """Where an event stands in time, in days; one on or before a day stands at the end of that day."""
    moment = marks.middle(event.date)
    return moment if math.isfinite(moment) else event.date.end


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


def fitting(
    events: Sequence[Event], order: Sequence[Event], heights: Mapping[str, float], frame: Frame
) -> tuple[Plan, int]:
    """The timeline with cards for as many events as fit, and their number.

    `events` are all that the axis stands for; `order` is the beginning of `in_order`, and `heights` those of its cards
    in mm. The scale and the numbers are those of all events. Raises Overfull when not a single card fits.
    """
    numbers = {event.id: number for number, event in enumerate(spine.ordered(events), start=1)}
    domain = spine.periods([event.date for event in events], 1)[0]
    for count in range(len(order), 0, -1):
        try:
            plan = spine.plan(order[:count], heights, frame, (), numbers, domain)
        except (Overfull, Crowded):
            continue
        if plan.fill <= FULL:
            return replace(plan, graduation=replace(plan.graduation, minor=())), count
    raise Overfull(max(min(heights.values()) - frame.height, 0.0))


def others(events: Sequence[Event], plan: Plan) -> Others:
    """What stands on the axis of a plan for the events, of all these, that have no card on it."""
    if crowd_of(events).histogram:
        counts = crowd.counted(events, plan, PAGE_HISTOGRAM - BARS_WHITE)
        return Others(bars=counts.bars, bin=counts.bin, most=counts.most)
    ticks = plan.graduation.major
    axis = Scale(ticks[0].day, ticks[-1].day, *plan.axis, plan.graduation.unit)
    shown = {card.id for card in plan.cards}
    return Others(strokes=tuple(axis.y(_moment(event)) for event in events if event.id not in shown))
