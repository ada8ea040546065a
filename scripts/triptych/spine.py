"""Dated items with measured heights become a timeline true to time: axis, marks, cards, leaders, magnifiers.

Pure geometry. Lengths are mm from the top left corner of the timeline's box, times are days. The same input gives
the same numbers: nothing is random, nothing is searched.

Order of anchors and order of ports are the same, and all leaders cross one shared zone: at any x in it a leader's y
is (1 - t) * anchor + t * port with one t for all, so two leaders cannot cross.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Protocol, TypeVar

from triptych.dates import Precision, When, civil, ordinal

TOLERANCE = 1e-6


class Dated(Protocol):
    """What the spine needs of an event."""

    @property
    def id(self) -> str: ...

    @property
    def date(self) -> When: ...


@dataclass(frozen=True, slots=True)
class Frame:
    """The box of a timeline and its fixed columns. Every length is in mm."""

    width: float
    height: float
    axis: float
    """x of the axis."""
    zone: tuple[float, float]
    """x of the start and end of the zone that leaders cross."""
    lens_axis: float
    """x of a magnifier's own axis."""
    number: float
    """x of the cards' left edge, where their number stands."""
    gap: float
    """Least white between two cards."""
    port: float
    """From a card's top to the height at which its leader ends."""
    pitch: float
    """Marks nearer than this are a dense run."""
    lens_head: float
    """Height of a magnifier's heading."""
    lens_pad: float
    """White above the first and below the last card of a magnifier."""
    open_zone: float
    """Length of the axis beyond the scale for a date with an open start or end."""
    lane: float
    """Width of a lane of span marks."""
    least_mark: float
    """Least length of a span mark."""
    year_label: float
    """Height that a label of the scale takes."""


class Shape(StrEnum):
    """How a mark shows what is known of its date."""

    DOT = "dot"
    """Known to the day."""
    WITHIN = "within"
    """Happened once within this span."""
    LASTED = "lasted"
    """Lasted for this span."""
    TICK = "tick"
    """A date that a magnifier shows in full."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on an axis, from top to bottom; a dot has both the same."""

    shape: Shape
    top: float
    bottom: float
    lane: int = 0
    """0 is on the axis, 1 and up lie to its left."""
    dashed: bool = False
    """The date is approximate or uncertain."""
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Leader:
    """From a height on an axis to a height beside a card."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Card:
    """Where an event's text stands."""

    id: str
    number: int
    top: float
    height: float
    in_lens: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A graduation of a scale."""

    y: float
    day: int
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class Lens:
    """A magnifier: a stretch of the axis drawn larger, between top and bottom."""

    start: float
    end: float
    """The stretch, in days."""
    edges: tuple[Leader, Leader]
    top: float
    bottom: float
    zoom: float
    axis: tuple[float, float]
    months: tuple[Tick, ...]
    weeks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    leaders: tuple[Leader, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A timeline laid out."""

    frame: Frame
    axis: tuple[float, float]
    """Top and bottom of the scale; open zones lie beyond it."""
    years: tuple[Tick, ...]
    quarters: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    leaders: tuple[Leader, ...]
    cards: tuple[Card, ...]
    lenses: tuple[Lens, ...]
    fill: float
    """Height of all that stands beside the axis, as a share of the box."""
    drift: float
    """Largest distance between an anchor and its port."""

    @property
    def lanes(self) -> int:
        """Lanes used to the left of the axis."""
        return max((mark.lane for mark in self.marks), default=0)


class Overfull(Exception):
    """The cards do not fit the box."""

    def __init__(self, over: float) -> None:
        super().__init__(f"{over:.0f} mm over")
        self.over = over
        """How many mm are missing."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days to mm, linear and unbroken."""

    first: float
    last: float
    top: float
    bottom: float

    def y(self, day: float) -> float:
        return self.top + (day - self.first) * (self.bottom - self.top) / (self.last - self.first)

    def length(self, days: float) -> float:
        return days * (self.bottom - self.top) / (self.last - self.first)


@dataclass(frozen=True, slots=True)
class _Item:
    """Something to place beside an axis: a card, or a magnifier with the cards in it."""

    events: tuple[Dated, ...]
    anchor: float
    height: float
    port: float
    domain: tuple[float, float] | None = None


D = TypeVar("D", bound=Dated)


def ordered(events: Sequence[D]) -> tuple[D, ...]:
    """Events in the order in which they are numbered: by middle, first day, last day, name."""
    return tuple(sorted(events, key=lambda event: (_middle(event.date), event.date.start, event.date.end, event.id)))


def plan(events: Sequence[Dated], heights: Mapping[str, float], frame: Frame) -> Plan:
    """Lay out a timeline of at least one event.

    `heights` gives each card's height by its event's id. Raises Overfull when the cards do not fit the frame.
    """
    events = ordered(events)
    scale = _scale(events, frame)
    items = _items(events, heights, scale, frame)
    tops = placed(
        [item.anchor for item in items],
        [item.height for item in items],
        [item.port for item in items],
        frame.gap,
        (0.0, frame.height),
    )
    numbers = {event.id: number for number, event in enumerate(events, start=1)}
    cards: list[Card] = []
    leaders: list[Leader] = []
    lenses: list[Lens] = []
    for item, top in zip(items, tops, strict=True):
        if item.domain is None:
            (event,) = item.events
            cards.append(Card(event.id, numbers[event.id], top, item.height))
            leaders.append(Leader(item.anchor, top + item.port))
        else:
            lens, inner = _lens(item, top, heights, numbers, scale, frame)
            lenses.append(lens)
            cards.extend(inner)
    used = sum(item.height for item in items) + frame.gap * (len(items) - 1)
    return Plan(
        frame=frame,
        axis=(scale.top, scale.bottom),
        years=tuple(_years(scale, frame)),
        quarters=tuple(_quarters(scale, frame)),
        marks=_marks(events, lenses, scale, frame),
        leaders=tuple(leaders),
        cards=tuple(cards),
        lenses=tuple(lenses),
        fill=used / frame.height,
        drift=max(abs(top + item.port - item.anchor) for item, top in zip(items, tops, strict=True)),
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
    if slack < -TOLERANCE:
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


def faults(laid: Plan) -> Iterator[str]:
    """Every promise that a plan breaks; none, for any plan that `plan` returns."""
    for above, below in pairwise(laid.cards):
        if above.number >= below.number:
            yield f"card {below.number} stands after card {above.number}"
        if below.top < above.top + above.height + laid.frame.gap - TOLERANCE:
            yield f"cards {above.number} and {below.number} touch"
    for card in laid.cards:
        if card.top < -TOLERANCE or card.top + card.height > laid.frame.height + TOLERANCE:
            yield f"card {card.number} leaves the box"
    leaders = sorted(
        (*laid.leaders, *(edge for lens in laid.lenses for edge in lens.edges)),
        key=lambda leader: (leader.start, leader.end),
    )
    for group in (leaders, *(lens.leaders for lens in laid.lenses)):
        for first, second in pairwise(group):
            if second.end < first.end - TOLERANCE:
                yield f"leaders cross at {second.start:.1f} mm"


def _middle(when: When) -> float:
    if math.isinf(when.start):
        return when.end - 1 if when.lasted else -math.inf
    return when.start if math.isinf(when.end) else (when.start + when.end) / 2


def _scale(events: Sequence[Dated], frame: Frame) -> _Scale:
    """Whole years from the first to the last known day, less the zones for open dates."""
    starts = [event.date.start if math.isfinite(event.date.start) else event.date.end - 1 for event in events]
    ends = [event.date.end if math.isfinite(event.date.end) else event.date.start + 1 for event in events]
    opens_above = any(math.isinf(event.date.start) for event in events)
    opens_below = any(math.isinf(event.date.end) for event in events)
    return _Scale(
        first=ordinal(civil(int(min(starts)))[0], 1, 1),
        last=ordinal(civil(math.ceil(max(ends)) - 1)[0] + 1, 1, 1),
        top=frame.open_zone * opens_above,
        bottom=frame.height - frame.open_zone * opens_below,
    )


def _anchor(when: When, scale: _Scale, frame: Frame) -> float:
    """Height on the axis from which the leader of a date starts."""
    if math.isinf(when.start):
        return scale.top - frame.open_zone / 2
    return scale.y(_middle(when))


def _items(events: Sequence[Dated], heights: Mapping[str, float], scale: _Scale, frame: Frame) -> list[_Item]:
    items: list[_Item] = []
    runs = _runs(events, scale, frame)
    index = 0
    while index < len(events):
        event = events[index]
        end = runs.get(index, index)
        lens = _lens_item(events, index, end, heights, scale, frame) if end > index else None
        if lens is None:
            items.append(_Item((event,), _anchor(event.date, scale, frame), heights[event.id], frame.port))
            index += 1
        else:
            items.append(lens)
            index = end
    return items


def _runs(events: Sequence[Dated], scale: _Scale, frame: Frame) -> dict[int, int]:
    """Start to end (exclusive) of each maximal run of at least three fine dates nearer than the pitch."""
    fine = [event.date.precision in (Precision.DAY, Precision.MONTH) or event.date.days <= 31 for event in events]
    runs, start = {}, 0
    for index in range(1, len(events) + 1):
        joined = (
            index < len(events)
            and fine[index - 1]
            and fine[index]
            and scale.length(_middle(events[index].date) - _middle(events[index - 1].date)) < frame.pitch
        )
        if not joined:
            if index - start >= 3:
                runs[start] = index
            start = index
    return runs


LEAST_ZOOM = 4
"""A stretch enlarged less than this is not worth a magnifier."""


def _lens_item(
    events: Sequence[Dated], start: int, end: int, heights: Mapping[str, float], scale: _Scale, frame: Frame
) -> _Item | None:
    run = tuple(events[start:end])
    first, last = _domain(events, start, end)
    inner = sum(heights[event.id] for event in run) + frame.gap * (len(run) - 1)
    if inner / scale.length(last - first) < LEAST_ZOOM:
        return None
    height = frame.lens_head + inner + 2 * frame.lens_pad
    return _Item(run, scale.y((first + last) / 2), height, height / 2, (first, last))


def _domain(events: Sequence[Dated], start: int, end: int) -> tuple[float, float]:
    """The run widened to whole months, but not past the middle between it and a neighbour."""
    first = min(event.date.start for event in events[start:end])
    last = max(event.date.end for event in events[start:end])
    year, month, _ = civil(int(first))
    until_year, until_month, until_day = civil(math.ceil(last))
    widened_first = float(ordinal(year, month, 1))
    months = until_year * 12 + until_month - 1 + (until_day > 1)
    widened_last = float(ordinal(months // 12, months % 12 + 1, 1))
    if start > 0:
        widened_first = max(widened_first, min(first, (_middle(events[start - 1].date) + first) / 2))
    if end < len(events):
        widened_last = min(widened_last, max(last, (_middle(events[end].date) + last) / 2))
    return widened_first, widened_last


def _lens(
    item: _Item, top: float, heights: Mapping[str, float], numbers: Mapping[str, int], scale: _Scale, frame: Frame
) -> tuple[Lens, list[Card]]:
    assert item.domain is not None
    first, last = item.domain
    box = (top + frame.lens_head, top + item.height - frame.lens_pad)
    inner = _Scale(first, last, *box)
    anchors = [inner.y(_middle(event.date)) for event in item.events]
    card_heights = [heights[event.id] for event in item.events]
    tops = placed(anchors, card_heights, [frame.port] * len(anchors), frame.gap, box)
    cards = [
        Card(event.id, numbers[event.id], card_top, height, in_lens=True)
        for event, card_top, height in zip(item.events, tops, card_heights, strict=True)
    ]
    lens = Lens(
        start=first,
        end=last,
        edges=(Leader(scale.y(first), top), Leader(scale.y(last), top + item.height)),
        top=top,
        bottom=top + item.height,
        zoom=inner.length(1) / scale.length(1),
        axis=(inner.top, inner.bottom),
        months=tuple(Tick(inner.y(day), day, labelled=True) for day in _month_starts(first, last)),
        weeks=tuple(Tick(inner.y(day), day) for day in range(math.ceil(first), math.floor(last) + 1) if day % 7 == 1),
        marks=_with_lanes([_mark(event.date, inner, frame) for event in item.events], frame),
        leaders=tuple(Leader(anchor, card.top + frame.port) for anchor, card in zip(anchors, cards, strict=True)),
    )
    return lens, cards


def _month_starts(first: float, last: float) -> Iterator[int]:
    year, month, _ = civil(int(first))
    while (day := ordinal(year, month, 1)) < last:
        if day >= first:
            yield day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def _marks(events: Sequence[Dated], lenses: Sequence[Lens], scale: _Scale, frame: Frame) -> tuple[Mark, ...]:
    """Marks on the main axis; what a magnifier shows in full is a plain tick here."""
    marks = []
    for event in events:
        middle = _middle(event.date)
        if any(lens.start <= middle < lens.end for lens in lenses):
            marks.append(Mark(Shape.TICK, scale.y(middle), scale.y(middle)))
        else:
            marks.append(_mark(event.date, scale, frame))
    return _with_lanes(marks, frame)


def _mark(when: When, scale: _Scale, frame: Frame) -> Mark:
    if when.precision is Precision.DAY and when.exact:
        y = scale.y(_middle(when))
        return Mark(Shape.DOT, y, y)
    top = scale.top - frame.open_zone if math.isinf(when.start) else scale.y(when.start)
    bottom = scale.bottom + frame.open_zone if math.isinf(when.end) else scale.y(when.end)
    lacking = max(0.0, frame.least_mark - (bottom - top)) / 2
    return Mark(
        shape=Shape.LASTED if when.lasted else Shape.WITHIN,
        top=top - lacking,
        bottom=bottom + lacking,
        dashed=not when.exact,
        open_start=math.isinf(when.start),
        open_end=math.isinf(when.end),
    )


LANES = 3


def _with_lanes(marks: Sequence[Mark], frame: Frame) -> tuple[Mark, ...]:
    """Each span in the first lane where it touches no other mark; raises Overfull for a fourth at one time."""
    radius = frame.least_mark / 2
    taken: list[list[tuple[float, float]]] = [[] for _ in range(LANES)]
    taken[0] = [(mark.top - radius, mark.bottom + radius) for mark in marks if mark.shape in (Shape.DOT, Shape.TICK)]
    laned = []
    for mark in marks:
        if mark.shape in (Shape.WITHIN, Shape.LASTED):
            lane = next(
                (
                    n
                    for n, spans in enumerate(taken)
                    if all(mark.bottom <= top or bottom <= mark.top for top, bottom in spans)
                ),
                None,
            )
            if lane is None:
                raise Overfull(frame.lane)
            taken[lane].append((mark.top, mark.bottom))
            mark = replace(mark, lane=lane)
        laned.append(mark)
    return tuple(laned)


_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000)


def _step(scale: _Scale, frame: Frame) -> int:
    """Years between two labels, so that each has room for itself."""
    return next((step for step in _STEPS if scale.length(step * 365.25) >= frame.year_label), _STEPS[-1])


def _years(scale: _Scale, frame: Frame) -> Iterator[Tick]:
    """The first and last year of the scale and those between at an even step; labelled below their tick."""
    step = _step(scale, frame)
    first, last = civil(int(scale.first))[0], civil(int(scale.last))[0]
    for year in range(first, last + 1):
        if year % step == 0 or year in (first, last):
            day = ordinal(year, 1, 1)
            yield Tick(scale.y(day), day, labelled=year < last and (year % step == 0 or step == 1))


def _quarters(scale: _Scale, frame: Frame) -> Iterator[Tick]:
    """Quarters of a year while they can be told apart, else single years."""
    step = _step(scale, frame)
    for year in range(civil(int(scale.first))[0], civil(int(scale.last))[0]):
        months = (
            (4, 7, 10) if step == 1 else (1,) if year % step and scale.length(365.25) >= frame.least_mark / 2 else ()
        )
        for month in months:
            day = ordinal(year, month, 1)
            yield Tick(scale.y(day), day)
