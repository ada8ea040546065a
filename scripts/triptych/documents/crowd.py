"""Very many events become a selection with cards and a histogram of them all."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from triptych.content.model import Event
from triptych.timeline import marks, scale, spine
from triptych.timeline.columns import HISTOGRAM
from triptych.timeline.drawing import Bar
from triptych.timeline.plan import Crowded, Frame, LabelledEra, Overfull, Plan
from triptych.timeline.scale import Scale, Unit

MANY = 200
"""From so many events on, a poster shows the weightiest and counts the rest."""


BINS: Mapping[str, Unit] = {
    "hour": scale.HOUR,
    "day": scale.DAY,
    "month": scale.MONTH,
    "year": scale.YEAR,
    "decade": scale.DECADE,
    "century": scale.CENTURY,
}
"""What a bar of the histogram may count, by the word that says so."""
FEW = 16
"""Cards that are tried first; twice as many while they fit."""
LEAST_BAR = 1.0
"""Least height of a bar at the scale of A3, in mm."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The events that have cards, laid out, and the histogram of all."""

    plan: Plan
    bars: tuple[Bar, ...]
    bin: str
    """What a bar counts: month, year and so on."""
    most: int
    """Events in the fullest bar."""


def selection(
    events: Sequence[Event],
    heights_of: Callable[[Sequence[Event]], Mapping[str, float]],
    frame: Frame,
    eras: Sequence[LabelledEra],
    fill: float,
) -> Selection:
    """As many of the weightiest events as fill the frame, ties by date, by bisection. Raises Overfull.

    `heights_of` measures cards, in mm by the events' names: of as many as may be needed.

    Events are never left out in silence: all are counted in the histogram and listed in the index.
    """
    order = spine.ordered(events)
    numbers = {event.id: number for number, event in enumerate(order, start=1)}
    weightiest = sorted(order, key=lambda event: (-event.weight, numbers[event.id]))
    domain = spine.periods([event.date for event in events], 1)[0]
    heights: dict[str, float] = {}

    def planned(count: int) -> Plan | None:
        chosen = weightiest[:count]
        if unmeasured := [event for event in chosen if event.id not in heights]:
            heights.update(heights_of(unmeasured))
        carded = {event.id: heights[event.id] for event in chosen}
        try:
            plan = spine.plan(chosen, carded, frame, eras, numbers, domain)
        except (Overfull, Crowded):
            return None
        return plan if plan.fill <= fill else None

    few, many = 0, FEW
    while many <= len(weightiest) and planned(many):
        few, many = many, 2 * many
    many = min(many, len(weightiest) + 1)
    while many - few > 1:
        count = (few + many) // 2
        few, many = (count, many) if planned(count) else (few, count)
    plan = planned(few) if few else None
    if plan is None:
        raise Overfull(min(heights.values()))
    return _with_bars(events, plan)


def _with_bars(events: Sequence[Event], plan: Plan) -> Selection:
    """Bars of the finest kind that can be told apart, the longest as long as there is room."""
    ticks, mm = plan.graduation.major, plan.frame.unit
    axis = Scale(ticks[0].day, ticks[-1].day, *plan.axis, plan.graduation.unit)
    name, unit = next(
        (item for item in BINS.items() if axis.length(item[1].days) >= LEAST_BAR * mm), [*BINS.items()][-1]
    )
    days = [*unit.starts(unit.start(axis.first), axis.last)]
    counts = [0] * len(days)
    for event in events:
        counts[max(bisect_right(days, marks.middle(event.date)) - 1, 0)] += 1
    most, longest = max(counts), (HISTOGRAM - 1.5) * mm
    bars = (
        Bar(max(axis.y(day), axis.top), min(axis.y(unit.after(day)), axis.bottom), longest * count / most)
        for day, count in zip(days, counts, strict=True)
        if count
    )
    return Selection(plan, tuple(bars), name, most)
