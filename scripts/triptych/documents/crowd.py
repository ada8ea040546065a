"""A great many events become a selection with cards, and a histogram of all of them."""

import math
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, groupby, islice

from triptych.content.model import Event
from triptych.timeline import apart, marks, scale, spine
from triptych.timeline.columns import HISTOGRAM
from triptych.timeline.drawing import Bar
from triptych.timeline.plan import Crowded, Frame, LabelledEra, Overfull, Plan
from triptych.timeline.scale import Scale, Unit

MANY = 200
"""From this number of events on, a poster has cards for those of highest weight only, and a histogram of all."""


BINS: Mapping[str, Unit] = {
    "hour": scale.HOUR,
    "day": scale.DAY,
    "month": scale.MONTH,
    "year": scale.YEAR,
    "decade": scale.DECADE,
    "century": scale.CENTURY,
    **{f"years_{power}": scale.years(10**power) for power in range(3, 9)},
}
"""The units of time that a bar of the histogram may stand for, by name, from fine to coarse."""
FEW = 16
"""Number of cards tried first. It doubles as long as they fit."""
LEAST_BAR = 1.0
"""Least height of a bar at the scale of A3, in mm."""


BIN_ROUNDING = 1.02
"""A year or a month may be this much longer than a unit's approximate length."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A histogram of events."""

    bars: tuple[Bar, ...]
    bin: str
    """The unit of time of a bar: a key of `BINS`."""
    most: int
    """Number of events in the longest bar."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The layout of the selected events, and the histogram of all events."""

    plan: Plan
    bars: tuple[Bar, ...]
    bin: str
    """The unit of time of a bar: a key of `BINS`."""
    most: int
    """Number of events in the longest bar."""
    crowded: bool = False
    """Whether the next event has no card because its span has no lane."""


def selection(
    events: Sequence[Event],
    heights_of: Callable[[Sequence[Event]], Mapping[str, float]],
    frame: Frame,
    eras: Sequence[LabelledEra],
    fill: float,
) -> Selection:
    """Select the events of highest weight, as many as fit, and count all in a histogram. For ties see `in_order`.

    `heights_of` measures the cards of events: heights in mm by event id. `fill` is the largest share of the frame's
    height that the cards may fill. The number of cards is found by doubling, then bisection.

    No event disappears: the histogram counts all of them, and the index lists all. Raises Overfull when no card fits.
    """
    order = spine.ordered(events)
    numbers = {event.id: number for number, event in enumerate(order, start=1)}
    lone, scaled = apart.without_outlier(order, eras) if frame.outlier else ((), order)
    following, weightiest = chain(lone, in_order(scaled)), list[Event]()
    domain = spine.periods([event.date for event in scaled], 1)[0]
    heights: dict[str, float] = {}
    without_lane = set[int]()

    def planned(count: int) -> Plan | None:
        weightiest.extend(islice(following, max(count - len(weightiest), 0)))
        chosen = weightiest[:count]
        if unmeasured := [event for event in chosen if event.id not in heights]:
            heights.update(heights_of(unmeasured))
        carded = {event.id: heights[event.id] for event in chosen}
        try:
            plan = spine.plan(chosen, carded, frame, eras, numbers, domain, bool(lone) and len(chosen) > 1)
        except Crowded:
            without_lane.add(count)
            return None
        except Overfull:
            return None
        return plan if plan.fill <= fill else None

    few, many = 0, FEW
    while many <= len(order) and planned(many):
        few, many = many, 2 * many
    many = min(many, len(order) + 1)
    while many - few > 1:
        count = (few + many) // 2
        few, many = (count, many) if planned(count) else (few, count)
    plan = planned(few) if few else None
    if plan is None:
        raise Overfull(min(heights.values()))
    counts = counted(scaled, plan, (HISTOGRAM - 1.5) * plan.frame.unit)
    return Selection(plan, counts.bars, counts.bin, counts.most, few + 1 in without_lane)


def in_order(events: Sequence[Event]) -> Iterator[Event]:
    """The events in the order in which they get a card: by weight.

    Of one weight, the event that is farthest in time from those already chosen, so that the cards are spread over the
    whole time; on a tie, the first in time.
    """
    found: list[float] = []
    heaviest = sorted(spine.ordered(events), key=lambda event: -event.weight)
    for _, group in groupby(heaviest, key=lambda event: event.weight):
        equal = list(group)
        moments = [moment_of(event) for event in equal]
        apart = [min((abs(moment - other) for other in found), default=math.inf) for moment in moments]
        while equal:
            best = max(range(len(equal)), key=apart.__getitem__)
            yield equal.pop(best)
            moment = moments.pop(best)
            apart.pop(best)
            found.append(moment)
            apart = [min(old, abs(other - moment)) for old, other in zip(apart, moments, strict=True)]


def moment_of(event: Event) -> float:
    """Where an event stands in time, in days; one on or before a day stands at the end of that day."""
    moment = marks.middle(event.date)
    return moment if math.isfinite(moment) else event.date.end


def counted(events: Sequence[Event], plan: Plan, longest: float) -> Counted:
    """The histogram in the finest unit whose bars are high enough; its longest bar is `longest` mm.

    A bar is at least `LEAST_BAR` high, and at least as long as most moments are known.
    """
    ticks, mm = plan.graduation.major, plan.frame.unit
    axis = Scale(ticks[0].day, ticks[-1].day, *plan.axis, plan.graduation.unit)
    known = sorted(event.date.days for event in events if not event.date.lasted) or [0.0]
    least = max(axis.days(LEAST_BAR * mm), min(known[len(known) // 2], axis.last - axis.first))
    name, unit = next((item for item in BINS.items() if item[1].days * BIN_ROUNDING >= least), [*BINS.items()][-1])
    days = [*unit.starts(unit.start(axis.first), axis.last)]
    counts = [0] * len(days)
    for event in events:
        counts[max(bisect_right(days, marks.middle(event.date)) - 1, 0)] += 1
    most = max(counts)
    bars = (
        Bar(max(axis.y(day), axis.top), min(axis.y(unit.after(day)), axis.bottom), longest * count / most)
        for day, count in zip(days, counts, strict=True)
        if count
    )
    return Counted(tuple(bars), name, most)
