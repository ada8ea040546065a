"""More events than a page holds: the weightiest have cards, and the others stand on the axis as strokes or bars.

The rule of choice is that of the poster, `crowd.in_order`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from triptych.content.model import Event
from triptych.documents import crowd
from triptych.timeline import spine
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

    `events` are all that the axis stands for; `order` is the beginning of `crowd.in_order`, and `heights` are those of
    its cards in mm. The scale and the numbers are those of all events. Raises Overfull when not a single card fits.
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
    return Others(strokes=tuple(axis.y(crowd.moment_of(event)) for event in events if event.id not in shown))
