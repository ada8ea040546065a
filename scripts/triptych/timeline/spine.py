"""Dated items with measured heights become a timeline true to time: axis, marks, cards, leaders, magnifiers.

Pure geometry. Lengths are mm: y from the top of the timeline's box, x outwards from a side's axis, so that a left side
is the mirror of a right one. Times are days. The same input gives the same numbers: nothing is random, nothing is
searched.

Order of anchors and order of ports are the same, and all leaders of a side cross one shared zone: at any x in it a
leader's y is (1 - t) * anchor + t * port with one t for all, so two leaders cannot cross.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from triptych.content.dates import Precision, When
from triptych.timeline import marks, scale
from triptych.timeline.marks import middle
from triptych.timeline.plan import (
    TOLERANCE,
    Bracket,
    Card,
    Dated,
    Frame,
    Graduation,
    LabelledEra,
    Leader,
    Lens,
    Mark,
    Overfull,
    Plan,
    Shape,
    Side,
    Tick,
)
from triptych.timeline.scale import Scale, Unit

ONE_DAY = 1.0


@dataclass(frozen=True, slots=True)
class _Item:
    """Something to place beside an axis: a card, or a magnifier with the cards in it."""

    events: tuple[Dated, ...]
    anchor: float
    height: float
    port: float
    domain: Scale | None = None
    """The magnifier's scale, at the top of the box until it is placed."""


D = TypeVar("D", bound=Dated)


def ordered(events: Sequence[D]) -> tuple[D, ...]:
    """Events in the order in which they are numbered: by middle, first day, last day, name."""
    return tuple(sorted(events, key=lambda event: (middle(event.date), event.date.start, event.date.end, event.id)))


def periods(dates: Sequence[When], count: int) -> list[tuple[float, float]]:
    """The time that dates take, in whole units, cut into so many consecutive periods of one length, in days."""
    first, last = _reach(dates)
    unit = scale.fitting(last - first, any(date.precision is Precision.TIME for date in dates))
    whole = scale.whole(first, last, 0, 1, unit)
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
) -> Plan:
    """Lay out a timeline of at least one event, on as many sides as the frame has axes.

    `heights` gives each card's height by its event's id; an event without one has a mark and no card. `numbers` are
    those of the events where more exist than are shown; `domain` is the first and last day of the scale where it must
    be the same as elsewhere. Raises Overfull when the cards do not fit the frame, Crowded when spans overlap in more
    lanes than there are.
    """
    events = ordered(events)
    axis = _scale([*(event.date for event in events), *(era.date for era in eras)], frame, domain)
    carded = [event for event in events if event.id in heights]
    numbers = numbers or {event.id: number for number, event in enumerate(events, start=1)}
    items = _items(carded, heights, axis, frame)
    return Plan(
        frame=frame,
        axis=(axis.top, axis.bottom),
        graduation=_graduation(axis, frame.label, frame.least_mark * 0.75),
        sides=tuple(_side(part, heights, numbers, axis, frame) for part in _dealt(items, frame)),
        brackets=_brackets(eras, axis, frame),
    )


def placed(
    anchors: Sequence[float],
    heights: Sequence[float],
    ports: Sequence[float],
    gap: float,
    box: tuple[float, float],
) -> tuple[float, ...]:
    """Tops of items in the order given that lie nearest to their anchors without touching.

    Minimises the sum of (top + port - anchor)² subject to top[i + 1] >= top[i] + height[i] + gap and the box. Exact,
    in linear time: isotonic regression by pool-adjacent-violators (Ayer et al. 1955) on the tops less the packed
    offsets, then clamped to the box. Raises Overfull.
    """
    offsets, packed = [], 0.0
    for height in heights:
        offsets.append(packed)
        packed += height + gap
    slack = box[1] - box[0] - (packed - gap)
    if anchors and slack < -TOLERANCE:
        raise Overfull(-slack)
    pools: list[tuple[float, int]] = []
    for anchor, port, offset in zip(anchors, ports, offsets, strict=True):
        total, count = anchor - port - offset, 1
        while pools and pools[-1][0] * count >= total * pools[-1][1]:
            more, many = pools.pop()
            total, count = total + more, count + many
        pools.append((total, count))
    free = [total / count for total, count in pools for _ in range(count)]
    return tuple(
        min(max(value, box[0]), box[0] + max(slack, 0.0)) + offset for value, offset in zip(free, offsets, strict=True)
    )


def _scale(dates: Sequence[When], frame: Frame, domain: tuple[float, float] | None) -> Scale:
    """Whole units from the first to the last known moment, less the zones for open dates."""
    first, last = _reach(dates)
    times = any(date.precision is Precision.TIME for date in dates)
    unit = scale.YEAR if len(dates) == 1 and not times else scale.fitting(last - first, times)
    if domain:
        (first, last), unit = domain, scale.fitting(domain[1] - domain[0], times)
    return scale.whole(
        first,
        last,
        frame.open_zone * any(math.isinf(date.start) for date in dates),
        frame.height - frame.open_zone * any(math.isinf(date.end) for date in dates),
        unit,
    )


def _reach(dates: Sequence[When]) -> tuple[float, float]:
    """First and last known moment; a day where dates that are open know only one."""
    first = min(date.start if math.isfinite(date.start) else date.end for date in dates)
    last = max(date.end if math.isfinite(date.end) else date.start for date in dates)
    return first, last if last > first else first + ONE_DAY


def _graduation(axis: Scale, label: float, minor: float) -> Graduation:
    """Labelled units with room for a label each, the ends of the scale, and finer ones between."""
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
    """Height on the axis from which the leader of a date starts."""
    if math.isinf(when.start) and not when.lasted:
        return axis.top - frame.open_zone / 2
    return min(max(axis.y(middle(when)), 0.0), frame.height)


def _items(events: Sequence[Dated], heights: Mapping[str, float], axis: Scale, frame: Frame) -> list[_Item]:
    items: list[_Item] = []
    runs = _shared_out(_runs(events, axis, frame), events, heights, frame)
    index = 0
    while index < len(events):
        event, end = events[index], runs.get(index, index)
        lens = _lens_item(events, index, end, heights, axis, frame) if end > index else None
        items.append(lens or _Item((event,), _anchor(event.date, axis, frame), heights[event.id], frame.port))
        index = end if lens else index + 1
    return items


def _runs(events: Sequence[Dated], axis: Scale, frame: Frame) -> dict[int, int]:
    """Start to end (exclusive) of each maximal run of at least three fine dates nearer than the pitch.

    A date is fine when its span is shorter on this scale than the pitch.
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
"""Share of the box that one magnifier may take where there are two sides; a longer run is cut into even parts."""


def _shared_out(
    runs: Mapping[int, int], events: Sequence[Dated], heights: Mapping[str, float], frame: Frame
) -> dict[int, int]:
    """Runs short enough for both sides of a spine to take their part."""
    if len(frame.axes) == 1:
        return dict(runs)
    parts: dict[int, int] = {}
    for start, end in runs.items():
        total = sum(heights[event.id] + frame.gap for event in events[start:end])
        count = max(min(math.ceil(total / (LARGEST_LENS * frame.height)), (end - start) // 3), 1)
        even = (start + (end - start) * n // count for n in range(1, count))
        cuts = [cut for cut in even if events[cut - 1].date.end <= events[cut].date.start]
        parts |= dict(pairwise([start, *cuts, end]))
    return parts


LEAST_ZOOM = 4
"""A stretch enlarged less than this is not worth a magnifier."""


def _lens_item(
    events: Sequence[Dated], start: int, end: int, heights: Mapping[str, float], axis: Scale, frame: Frame
) -> _Item | None:
    run = tuple(events[start:end])
    first, last, unit = _domain(events, start, end)
    inner = sum(heights[event.id] for event in run) + frame.gap * (len(run) - 1) + frame.lens_pad
    if last <= first or inner / axis.length(last - first) < LEAST_ZOOM:
        return None
    height = frame.lens_head + inner + frame.lens_pad
    domain = Scale(first, last, frame.lens_head, frame.lens_head + inner, unit)
    return _Item(run, axis.y((first + last) / 2), height, height / 2, domain)


def _domain(events: Sequence[Dated], start: int, end: int) -> tuple[float, float, Unit]:
    """The run widened to whole units, but not past the middle between it and a neighbour.

    A neighbour whose anchor lies within a span of the run bounds it there, so that its leader stays outside.
    """
    run = [event.date for event in events[start:end]]
    first, last = min(date.start for date in run), max(date.end for date in run)
    times = any(date.precision is Precision.TIME for date in run)
    unit = scale.enlarged(last - first, times)
    widened = scale.whole(first, last, 0, 1, unit)
    before = middle(events[start - 1].date) if start else -math.inf
    after = middle(events[end].date) if end < len(events) else math.inf
    return (
        max(widened.first, min(first, (before + first) / 2), before),
        min(widened.last, max(last, (after + last) / 2), after),
        unit,
    )


def _dealt(items: Sequence[_Item], frame: Frame) -> list[list[_Item]]:
    """Items on the sides: each, in order of date, where it is displaced least; ties to the side not used last."""
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
    items: Sequence[_Item], heights: Mapping[str, float], numbers: Mapping[str, int], axis: Scale, frame: Frame
) -> Side:
    tops = placed(
        [item.anchor for item in items],
        [item.height for item in items],
        [item.port for item in items],
        frame.gap,
        (0.0, frame.height),
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
    used = sum(item.height for item in items) + frame.gap * max(len(items) - 1, 0)
    laned = marks.with_lanes(found, frame)
    lone = (mark.lane for mark in laned if mark.shape is not Shape.TICK)
    return Side(
        marks=laned,
        leaders=tuple(replace(leader, lane=lane) for leader, lane in zip(leaders, lone, strict=True)),
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
    tops = placed(anchors, card_heights, [frame.port] * len(anchors), frame.gap, (inner.top, inner.bottom))
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
        leaders=tuple(
            Leader(anchor, card.top + frame.port, mark.lane)
            for anchor, card, mark in zip(anchors, cards, laned, strict=True)
        ),
    )
    return lens, cards


def _brackets(eras: Sequence[LabelledEra], axis: Scale, frame: Frame) -> tuple[Bracket, ...]:
    """Eras beside the scale; their labels, along the spine, stand as near to the middle of each as they can."""
    ends = [(max(era.date.start, axis.first), min(era.date.end, axis.last)) for era in eras]
    spans = [(axis.y(first), axis.y(last)) for first, last in ends]
    order = sorted(range(len(eras)), key=lambda n: (sum(spans[n]), spans[n]))
    middles = placed(
        [sum(spans[n]) / 2 for n in order],
        [eras[n].length for n in order],
        [eras[n].length / 2 for n in order],
        frame.gap / 2,
        (0.0, frame.height),
    )
    return tuple(
        Bracket(
            label=eras[n].label,
            top=spans[n][0],
            bottom=spans[n][1],
            middle=top + eras[n].length / 2,
            length=eras[n].length,
            open_start=math.isinf(eras[n].date.start),
            open_end=math.isinf(eras[n].date.end),
        )
        for n, top in zip(order, middles, strict=True)
    )
