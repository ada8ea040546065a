"""Dated events with measured heights become a timeline to scale: axis, marks, cards, leaders, magnifiers.

Pure geometry. Lengths are in mm: y from the top of the timeline's box, x outwards from a side's axis, so a left side is
the mirror image of a right side. Times are in days. The same input always gives the same numbers: the code uses neither
random numbers nor a search.

Why leaders never cross: anchors and ports are in the same order, and all leaders of a side cross one shared zone. At
any x in the zone, the y of each leader is (1 - t) * anchor + t * port, with the same t for all.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TypeVar

from triptych.content.dates import When
from triptych.timeline import apart, marks, scale
from triptych.timeline.bundles import ported
from triptych.timeline.eras import brackets
from triptych.timeline.marks import middle
from triptych.timeline.placing import placed
from triptych.timeline.plan import (
    FULL,
    TOLERANCE,
    Card,
    Dated,
    Frame,
    Graduation,
    LabelledEra,
    Leader,
    Lens,
    Mark,
    Outlier,
    Plan,
    Shape,
    Side,
    Tick,
)
from triptych.timeline.scale import Scale, Unit

ONE_DAY = 1.0
"""Least length of a scale, in days."""


@dataclass(frozen=True, slots=True)
class _Item:
    """An item to place beside an axis: a card, or a magnifier with its cards. Lengths in mm."""

    events: tuple[Dated, ...]
    anchor: float
    height: float
    port: float
    domain: Scale | None = None
    """The magnifier's scale, with y from the magnifier's top; None for a card."""


@dataclass(frozen=True, slots=True)
class Bare:
    """An event without its texts."""

    id: str
    date: When


def bare(events: Sequence[Dated]) -> tuple[Bare, ...]:
    """The events without their texts."""
    return tuple(Bare(event.id, event.date) for event in events)


D = TypeVar("D", bound=Dated)


def ordered(events: Sequence[D]) -> tuple[D, ...]:
    """Events in the order of their numbers: sorted by middle, first day, last day, id."""
    return tuple(sorted(events, key=lambda event: (middle(event.date), event.date.start, event.date.end, event.id)))


def periods(dates: Sequence[When], count: int) -> list[tuple[float, float]]:
    """Divide the time from the first to the last date into `count` consecutive periods of whole units.

    Each period has the same number of units, and is given by its first and last moment in days. The units of a single
    period are years or shorter.
    """
    first, last = reach(dates)
    unit = scale.fitting(last - first, any(date.timed for date in dates))
    whole = scale.whole(first, last, 0, 1, scale.YEAR if count == 1 and unit.kind == "year" else unit)
    if count == 1:
        return [(whole.first, whole.last)]
    starts = list(unit.starts(whole.first, whole.last))
    each = math.ceil((len(starts) - 1) / count)
    while len(starts) <= each * count:
        starts.append(unit.after(starts[-1]))
    return [(starts[n * each], starts[(n + 1) * each]) for n in range(count)]


def plan(
    events: Sequence[Dated],
    heights: Mapping[str, float],
    frame: Frame,
    eras: Sequence[LabelledEra] = (),
    numbers: Mapping[str, int] | None = None,
    domain: tuple[float, float] | None = None,
    lone: bool | None = None,
) -> Plan:
    """Lay out a timeline of at least one event, with one side for each axis of the frame.

    `heights`: height of each card in mm, by event id. An event without a height gets a mark but no card.
    `numbers`: number of each event, by id, where `events` is only a selection; without it, events are numbered from 1.
    `domain`: first and last day of the scale, where several timelines share a scale.
    `lone`: whether the first event stands above the scale, where that does not follow from these events alone.

    Raises Overfull when the cards do not fit the frame, Crowded when more spans overlap than there are lanes.
    """
    few = len(events) <= FEW
    given: tuple[Dated, ...] = bare(events) if few else tuple(events)
    rest = tuple(heights.items()), frame, tuple(eras), tuple((numbers or {}).items()), domain, lone
    return (_plan if few else _plan.__wrapped__)(given, *rest)


FEW, KEPT = 60, 512
"""So many plans of so few events stay in memory: a search comes back to one, and so does a preview at each save."""


@lru_cache(KEPT)
def _plan(
    given: tuple[Dated, ...],
    card_heights: tuple[tuple[str, float], ...],
    frame: Frame,
    eras: tuple[LabelledEra, ...],
    numbered: tuple[tuple[str, int], ...],
    domain: tuple[float, float] | None,
    lone: bool | None,
) -> Plan:
    """The plan, from values by which it can be found again. Raises Overfull, Crowded."""
    events, heights = ordered(given), dict(card_heights)
    numbers = dict(numbered) or {event.id: number for number, event in enumerate(events, start=1)}
    if lone is None:
        lone = bool((frame.outlier or frame.told) and not domain and apart.first_is_outlier(events, eras))
    above = max(frame.head, above_scale(frame, heights[events[0].id]) if lone else 0.0)
    scaled = events[lone:]
    axis = _scale([*(event.date for event in scaled), *(era.date for era in eras)], frame, domain, above)
    carded = [event for event in scaled if event.id in heights]
    items = _items(carded, heights, axis, frame)
    sides = [_side(part, heights, numbers, axis, frame, above) for part in _dealt(items, frame)]
    outlier = apart.outlier(events[0], axis, frame) if lone else None
    if outlier:
        sides[0] = _with_outlier(sides[0], outlier, heights[outlier.id], numbers[outlier.id], frame)
    stated = frame.stretch and len(sides) == 1
    return Plan(
        frame=frame,
        axis=(axis.top, axis.bottom),
        graduation=_graduation(axis, frame.label, frame.least_mark * 0.75),
        sides=tuple(sides),
        brackets=brackets(eras, axis, frame),
        outlier=outlier,
        stretch=apart.stretch([event.date for event in scaled], sides[0], axis, frame) if stated else None,
    )


def above_scale(frame: Frame, height: float) -> float:
    """The height that an outlier takes above the scale, with a card of this height."""
    return max(height, frame.outlier) + frame.told + frame.gap


def domain_of(dates: Sequence[When]) -> tuple[float, float]:
    """First and last moment of the scale of these dates, in days."""
    unit = unit_of(dates)
    whole = scale.whole(*reach(dates), 0.0, 1.0, scale.YEAR if unit.kind == "year" else unit)
    return whole.first, whole.last


def _with_outlier(side: Side, outlier: Outlier, height: float, number: int, frame: Frame) -> Side:
    """The side with the card of an outlier as its first."""
    return replace(
        side,
        marks=(outlier.mark, *side.marks),
        leaders=(Leader(frame.port, frame.port), *side.leaders),
        cards=(Card(outlier.id, number, 0.0, height), *side.cards),
    )


def _scale(dates: Sequence[When], frame: Frame, domain: tuple[float, float] | None, above: float = 0.0) -> Scale:
    """The main scale: from the first to the last known moment, with zones for open dates beyond it.

    `above` is the height in mm that an outlier takes above it. It takes whole years, or whole units that are shorter
    than a year.
    """
    if domain:
        (first, last), unit = domain, scale.fitting(domain[1] - domain[0], any(date.timed for date in dates))
    else:
        (first, last), unit = reach(dates), unit_of(dates)
    opens = [
        any(math.isinf(end) for end in ends) for ends in zip(*((date.start, date.end) for date in dates), strict=True)
    ]
    opens = [one or other for one, other in zip(opens or (False, False), frame.opens, strict=True)]
    whole = scale.whole(
        first,
        last,
        max(frame.insets[0], above) + frame.open_zone * opens[0],
        frame.height - frame.insets[1] - frame.open_zone * opens[1],
        scale.YEAR if unit.kind == "year" else unit,
    )
    return replace(whole, unit=unit)


def unit_of(dates: Sequence[When]) -> Unit:
    """The finest unit that the labels of a scale of these dates stand for: a year, if there is one date only."""
    first, last = reach(dates)
    times = any(date.timed for date in dates)
    alone = len({(date.start, date.end) for date in dates}) == 1
    return scale.YEAR if alone and not times else scale.fitting(last - first, times)


def reach(dates: Sequence[When]) -> tuple[float, float]:
    """First and last known moment, in days, at least one day apart."""
    first = min(date.start if math.isfinite(date.start) else date.end for date in dates)
    last = max(date.end if math.isfinite(date.end) else date.start for date in dates)
    if last > first:
        return first, last
    return (first, first + ONE_DAY) if any(date.start == first for date in dates) else (last - ONE_DAY, last)


def _graduation(axis: Scale, label: float, minor: float) -> Graduation:
    """Major graduations have `label` mm for each label and include the ends; minor ones are `minor` mm or longer."""
    major = axis.labelled(label)
    finer = axis.between(major, minor)
    days = set(major.starts(axis.first, axis.last))
    major_ticks: list[Tick] = []
    next_label = axis.bottom + label * 0.2
    for day in sorted(days | {axis.first, axis.last}, reverse=True):
        y = axis.y(day)
        labelled = day in days and next_label - y >= label - TOLERANCE
        next_label = y if labelled else next_label
        major_ticks.append(Tick(y, day, labelled))
    return Graduation(
        major=tuple(reversed(major_ticks)),
        minor=tuple(Tick(axis.y(day), day) for day in finer.starts(axis.first, axis.last)) if finer else (),
        unit=major,
    )


def _anchor(when: When, axis: Scale, frame: Frame) -> float:
    """Height on the axis where the leader of a date starts, in mm."""
    if math.isinf(when.start) and not when.lasted:
        return axis.top - frame.open_zone / 2
    return min(max(axis.y(middle(when)), 0.0), frame.height)


def _items(events: Sequence[Dated], heights: Mapping[str, float], axis: Scale, frame: Frame) -> list[_Item]:
    """A magnifier for each dense run that is worth one, a card for each other event."""
    items: list[_Item] = []
    runs = _shared_out(_runs(events, axis, frame), events, heights, frame)
    index = 0
    while index < len(events):
        event, end = events[index], runs.get(index, index)
        lens = _lens_item(events, index, runs, heights, axis, frame) if end > index else None
        items.append(lens or _Item((event,), _anchor(event.date, axis, frame), heights[event.id], frame.port))
        index = end if lens else index + 1
    return items


def _runs(events: Sequence[Dated], axis: Scale, frame: Frame) -> dict[int, int]:
    """The dense runs: start index to end index (exclusive) of each longest run of three or more close, fine dates.

    Two dates are close when their marks are nearer than the pitch. A date is fine when its span on this scale is
    shorter than the pitch.
    """
    fine = [math.isfinite(event.date.days) and axis.length(event.date.days) < frame.pitch for event in events]
    runs, start = {}, 0
    for index in range(1, len(events) + 1):
        joined = (
            index < len(events)
            and fine[index - 1]
            and fine[index]
            and axis.length(middle(events[index].date) - middle(events[index - 1].date)) < frame.pitch
        )
        if not joined:
            if index - start >= 3:
                runs[start] = index
            start = index
    return runs


LARGEST_LENS = 0.45
"""Largest height of a magnifier on a two-sided spine, as a share of the box. A longer run is cut into equal parts."""


def _shared_out(
    runs: Mapping[int, int], events: Sequence[Dated], heights: Mapping[str, float], frame: Frame
) -> dict[int, int]:
    """The runs, on a two-sided spine cut into parts for both sides; a cut never separates dates that overlap."""
    if len(frame.axes) == 1:
        return dict(runs)
    parts: dict[int, int] = {}
    for start, end in runs.items():
        total = sum(heights[event.id] + frame.gap for event in events[start:end])
        count = max(min(math.ceil(total / (LARGEST_LENS * frame.height)), (end - start) // 3), 1)
        even = (start + (end - start) * n // count for n in range(1, count))
        cuts = [cut for cut in even if _last(events[start:cut]) <= _first(events[cut:end])]
        parts |= dict(pairwise([start, *cuts, end]))
    return parts


MOST_DEALT = 11
"""Most items of which each division to two sides is tried."""
LEAST_ZOOM = 4
"""Smallest enlargement of a magnifier: with less, the events get plain cards."""


def _lens_item(
    events: Sequence[Dated],
    start: int,
    runs: Mapping[int, int],
    heights: Mapping[str, float],
    axis: Scale,
    frame: Frame,
) -> _Item | None:
    """The magnifier of a run; None where it would show one date only, enlarge too little or be higher than the box."""
    run = tuple(events[start : runs[start]])
    first, last, unit = _domain(events, start, runs)
    inner = sum(heights[event.id] for event in run) + frame.lens_gap * (len(run) - 1) + frame.lens_pad
    if last <= first or inner / axis.length(last - first) < LEAST_ZOOM:
        return None
    height = frame.lens_head + inner + frame.lens_pad
    if height > frame.height or len({(event.date.start, event.date.end) for event in run}) == 1:
        return None
    domain = Scale(first, last, frame.lens_head, frame.lens_head + inner, unit)
    return _Item(run, axis.y((first + last) / 2), height, height / 2, domain)


def _domain(events: Sequence[Dated], start: int, runs: Mapping[int, int]) -> tuple[float, float, Unit]:
    """First and last moment of a magnifier, and its unit.

    The run is widened to whole units, but only up to halfway to its neighbours: to the anchor of an event, or to the
    end of another run, so that two magnifiers never overlap. A neighbour whose anchor lies within a span of the run
    limits the magnifier at that anchor, so that the neighbour's leader stays outside.
    """
    end = runs[start]
    run = events[start:end]
    first, last = _first(run), _last(run)
    unit = scale.enlarged(last - first, any(event.date.timed for event in run))
    widened = scale.whole(first, last, 0, 1, unit)
    earliest, latest = widened.first, widened.last
    if start:
        ended = _last(events[{after: begin for begin, after in runs.items()}.get(start, start) : start])
        nearest = ended if -math.inf < ended <= first else middle(events[start - 1].date)
        earliest = max(earliest, nearest, min(first, (nearest + first) / 2))
    if end < len(events):
        begun = _first(events[end : runs.get(end, end)])
        nearest = begun if last <= begun < math.inf else middle(events[end].date)
        latest = min(latest, nearest, max(last, (nearest + last) / 2))
    return earliest, latest, unit


def _first(events: Sequence[Dated]) -> float:
    """The first moment of some events, in days; infinity for none."""
    return min((event.date.start for event in events), default=math.inf)


def _last(events: Sequence[Dated]) -> float:
    """The last moment of some events, in days; minus infinity for none."""
    return max((event.date.end for event in events), default=-math.inf)


def _dealt(items: Sequence[_Item], frame: Frame) -> list[list[_Item]]:
    """Deal the items, in order of date, to the sides: each division is tried while they are few.

    That which moves them least, by the sum of squares, is taken, with no side fuller than `FULL`; the first on a tie.
    """
    dealt = _walked(items, frame)
    if len(frame.axes) == 1 or not MOST_DEALT >= len(items) > 1:
        return dealt
    divisions = ([1 & mask >> n for n in range(len(items))] for mask in range(2 ** (len(items) - 1)))
    parted = (
        [[item for item, side in zip(items, sides, strict=True) if side == n] for n in (0, 1)] for sides in divisions
    )
    best = _moves(dealt, frame)
    for division in parted:
        if (moves := _moves(division, frame)) < best:
            dealt, best = division, moves
    return dealt


def _moves(sides: Sequence[Sequence[_Item]], frame: Frame) -> tuple[float, float]:
    """How much too full the fullest side is, as a share of the box, and the sum of squares of how far items move."""
    over, moved = 0.0, 0.0
    for side in sides:
        used = sum(item.height for item in side) + frame.gap * max(len(side) - 1, 0)
        over = max(over, used / frame.height - FULL)
        if used <= frame.height:
            moved += sum(shift * shift for shift in _shifts(side, frame))
    return round(over, 6), round(moved, 3)


def _shifts(side: Sequence[_Item], frame: Frame) -> Iterator[float]:
    """How far each item of a side moves from its place on the axis, in mm."""
    anchors, ports = [item.anchor for item in side], [item.port for item in side]
    tops = placed(anchors, [item.height for item in side], ports, frame.gap, (0.0, frame.height))
    return (top + port - anchor for top, port, anchor in zip(tops, ports, anchors, strict=True))


def _walked(items: Sequence[_Item], frame: Frame) -> list[list[_Item]]:
    """Deal the items, in order of date, to the sides: each to the side that moves it least.

    On a tie, an item goes to the side that did not get the item before it.
    """
    sides: list[list[_Item]] = [[] for _ in frame.axes]
    ends = [-math.inf] * len(sides)
    last = len(sides) - 1
    for item in items:
        wanted = item.anchor - item.port
        side = min(range(len(sides)), key=lambda n: (round(max(0.0, ends[n] + frame.gap - wanted), 6), n == last, n))
        sides[side].append(item)
        ends[side] = max(wanted, ends[side] + frame.gap, 0.0) + item.height
        last = side
    return sides


def _side(
    items: Sequence[_Item],
    heights: Mapping[str, float],
    numbers: Mapping[str, int],
    axis: Scale,
    frame: Frame,
    above: float = 0.0,
) -> Side:
    """The items beside an axis, below the height in mm that an outlier takes."""
    tops = placed(
        [item.anchor for item in items],
        [item.height for item in items],
        [item.port for item in items],
        frame.gap,
        (above, frame.height),
    )
    cards: list[Card] = []
    leaders: list[Leader] = []
    lenses: list[Lens] = []
    found: list[Mark] = []
    for item, top in zip(items, tops, strict=True):
        if item.domain is None:
            (event,) = item.events
            cards.append(Card(event.id, numbers[event.id], top, item.height))
            leaders.append(Leader(item.anchor, top + item.port))
            found.append(marks.mark(event.date, axis, frame))
        else:
            lens, inner = _lens(item, item.domain, top, heights, numbers, axis, frame)
            lenses.append(lens)
            cards.extend(inner)
            found.extend(marks.tick(event.date, axis) for event in item.events)
    used = above + sum(item.height for item in items) + frame.gap * max(len(items) - 1, 0)
    laned = marks.with_lanes(found, frame)
    lone = (mark.lane for mark in laned if mark.shape is not Shape.TICK)
    edges = [edge for lens in lenses for edge in lens.edges]
    return Side(
        marks=laned,
        leaders=ported(
            [replace(leader, lane=lane) for leader, lane in zip(leaders, lone, strict=True)],
            edges,
            frame.bundle,
            (0.0, frame.height),
        ),
        cards=tuple(cards),
        lenses=tuple(lenses),
        fill=used / frame.height,
        drift=max((abs(top + item.port - item.anchor) for item, top in zip(items, tops, strict=True)), default=0.0),
    )


def _lens(
    item: _Item,
    domain: Scale,
    top: float,
    heights: Mapping[str, float],
    numbers: Mapping[str, int],
    axis: Scale,
    frame: Frame,
) -> tuple[Lens, list[Card]]:
    inner = replace(domain, top=domain.top + top, bottom=domain.bottom + top)
    anchors = [inner.y(middle(event.date)) for event in item.events]
    card_heights = [heights[event.id] for event in item.events]
    tops = placed(anchors, card_heights, [frame.port] * len(anchors), frame.lens_gap, (inner.top, inner.bottom))
    cards = [
        Card(event.id, numbers[event.id], card_top, height, in_lens=True)
        for event, card_top, height in zip(item.events, tops, card_heights, strict=True)
    ]
    laned = marks.with_lanes([marks.mark(event.date, inner, frame) for event in item.events], frame)
    lens = Lens(
        first=inner.first,
        last=inner.last,
        edges=(Leader(axis.y(inner.first), top), Leader(axis.y(inner.last), top + item.height)),
        top=top,
        bottom=top + item.height,
        zoom=inner.length(1) / axis.length(1),
        axis=(inner.top, inner.bottom),
        graduation=_graduation(inner, frame.lens_label, frame.least_mark * 0.75),
        marks=laned,
        leaders=ported(
            [
                Leader(anchor, card.top + frame.port, mark.lane)
                for anchor, card, mark in zip(anchors, cards, laned, strict=True)
            ],
            (),
            frame.bundle,
            (inner.top, inner.bottom),
        ),
    )
    return lens, cards
