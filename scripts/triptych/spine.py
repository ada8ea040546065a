"""Dated items with measured heights become a timeline true to time: axis, marks, cards, leaders, magnifiers.

Pure geometry. Lengths are mm: y from the top of the timeline's box, x outwards from a side's axis, so that a left side
is the mirror of a right one. Times are days. The same input gives the same numbers: nothing is random, nothing is
searched.

Order of anchors and order of ports are the same, and all leaders of a side cross one shared zone: at any x in it a
leader's y is (1 - t) * anchor + t * port with one t for all, so two leaders cannot cross.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise
from typing import Protocol, TypeVar

from triptych import scale
from triptych.dates import Precision, When
from triptych.scale import Scale, Unit

TOLERANCE = 1e-6
ONE_DAY = 1.0


class Dated(Protocol):
    """What the spine needs of an event."""

    @property
    def id(self) -> str: ...

    @property
    def date(self) -> When: ...


@dataclass(frozen=True, slots=True)
class Frame:
    """The box of a timeline and the columns of its sides. Every length is in mm."""

    width: float
    height: float
    axes: tuple[float, ...]
    """x of each side's axis from the left of the box: the right side's, then the left side's where there is one."""
    zone: tuple[float, float]
    """Start and end of the zone that leaders cross, outwards from an axis."""
    lens_axis: float
    """A magnifier's own axis, outwards from the axis."""
    number: float
    """The cards' inner edge, where their number stands, outwards from the axis."""
    reach: float
    """The cards' outer edge, outwards from the axis."""
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
    label: float
    """Height that a label of the scale takes."""
    lens_label: float
    """Height that a label of a magnifier's scale takes."""
    eras: float = 0.0
    """Width of the strip of eras at the left of the box."""


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
    """0 is on the axis, 1 and up lie on its inner side."""
    dashed: bool = False
    """The date is approximate or uncertain."""
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Leader:
    """From a height on an axis to a height beside a card."""

    start: float
    end: float
    lane: int = 0
    """Lane of the mark that it starts from."""


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
    day: float
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class Graduation:
    """The graduations of a scale."""

    major: tuple[Tick, ...]
    minor: tuple[Tick, ...]
    unit: Unit
    """The unit that is labelled."""


@dataclass(frozen=True, slots=True)
class Lens:
    """A magnifier: a stretch of the axis drawn larger, between top and bottom."""

    first: float
    last: float
    """The stretch, in days."""
    edges: tuple[Leader, Leader]
    top: float
    bottom: float
    zoom: float
    axis: tuple[float, float]
    graduation: Graduation
    marks: tuple[Mark, ...]
    leaders: tuple[Leader, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """All that stands beside one axis."""

    marks: tuple[Mark, ...]
    leaders: tuple[Leader, ...]
    cards: tuple[Card, ...]
    lenses: tuple[Lens, ...]
    fill: float
    """Height of all that stands there, as a share of the box."""
    drift: float
    """Largest distance between an anchor and its port."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """An era along the spine, and where the middle of its label stands."""

    label: str
    top: float
    bottom: float
    middle: float
    length: float
    """Length of the label along the spine."""
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A timeline laid out."""

    frame: Frame
    axis: tuple[float, float]
    """Top and bottom of the scale; open zones lie beyond it."""
    graduation: Graduation
    sides: tuple[Side, ...]
    brackets: tuple[Bracket, ...] = ()

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards of all sides, by number."""
        return tuple(sorted((card for side in self.sides for card in side.cards), key=lambda card: card.number))

    @property
    def lenses(self) -> tuple[Lens, ...]:
        return tuple(lens for side in self.sides for lens in side.lenses)

    @property
    def fill(self) -> float:
        """Fill of the fullest side."""
        return max(side.fill for side in self.sides)

    @property
    def drift(self) -> float:
        """Largest distance between an anchor and its port on any side, in mm."""
        return max(side.drift for side in self.sides)

    @property
    def lanes(self) -> int:
        """Lanes used on the inner side of an axis."""
        return max((mark.lane for side in self.sides for mark in side.marks), default=0)


class Overfull(Exception):
    """The cards do not fit the box."""

    def __init__(self, over: float) -> None:
        super().__init__(f"{over:.0f} mm over")
        self.over = over
        """How many mm are missing."""


class Crowded(Exception):
    """More spans lie beside each other than there are lanes."""


@dataclass(frozen=True, slots=True)
class Era:
    """A phase of the time shown, its label and the length that the label takes along the spine."""

    label: str
    date: When
    length: float


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


def middle(when: When) -> float:
    """The moment by which a date is placed; minus infinity for a moment on or before a day."""
    if math.isinf(when.start):
        return when.end - 1 if when.lasted else -math.inf
    return when.start if math.isinf(when.end) else (when.start + when.end) / 2


def periods(dates: Sequence[When], count: int) -> list[tuple[float, float]]:
    """The time that dates take, in whole units, cut into so many consecutive periods of one length, in days."""
    first = min(date.start if math.isfinite(date.start) else date.end for date in dates)
    last = max(first + ONE_DAY, *(date.end if math.isfinite(date.end) else date.start for date in dates))
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
    eras: Sequence[Era] = (),
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


def faults(laid: Plan) -> Iterator[str]:
    """Every promise that a plan breaks; none, for any plan that `plan` returns."""
    for side in laid.sides:
        yield from _card_faults(side, laid.frame)
        edges = [edge for lens in side.lenses for edge in lens.edges]
        for group in ([*side.leaders, *edges], *(lens.leaders for lens in side.lenses)):
            yield from _crossings(group)
        for marks in (side.marks, *(lens.marks for lens in side.lenses)):
            yield from _touching_spans(marks)
    for above, below in pairwise(sorted(laid.graduation.major, key=lambda tick: tick.y)):
        if above.labelled and below.labelled and below.y - above.y < laid.frame.label - TOLERANCE:
            yield f"labels of the scale touch at {below.y:.1f} mm"


def _card_faults(side: Side, frame: Frame) -> Iterator[str]:
    for above, below in pairwise(side.cards):
        if above.number >= below.number:
            yield f"card {below.number} stands after card {above.number}"
        if below.top < above.top + above.height + frame.gap - TOLERANCE:
            yield f"cards {above.number} and {below.number} touch"
    for card in side.cards:
        if card.top < -TOLERANCE or card.top + card.height > frame.height + TOLERANCE:
            yield f"card {card.number} leaves the box"


def _crossings(leaders: Iterable[Leader]) -> Iterator[str]:
    for first, second in pairwise(sorted(leaders, key=lambda leader: (leader.start, leader.end))):
        if second.end < first.end - TOLERANCE:
            yield f"leaders cross at {second.start:.1f} mm"


def _touching_spans(marks: Sequence[Mark]) -> Iterator[str]:
    for first, second in pairwise(sorted(_spans(marks), key=lambda mark: (mark.lane, mark.top))):
        if first.lane == second.lane and second.top < first.bottom - TOLERANCE:
            yield f"spans touch at {second.top:.1f} mm"


def _spans(marks: Iterable[Mark]) -> list[Mark]:
    return [mark for mark in marks if mark.shape in (Shape.WITHIN, Shape.LASTED)]


def _scale(dates: Sequence[When], frame: Frame, domain: tuple[float, float] | None) -> Scale:
    """Whole units from the first to the last known moment, less the zones for open dates."""
    first = min(date.start if math.isfinite(date.start) else date.end for date in dates)
    last = max(first + ONE_DAY, *(date.end if math.isfinite(date.end) else date.start for date in dates))
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
    marks: list[Mark] = []
    for item, top in zip(items, tops, strict=True):
        if item.domain is None:
            (event,) = item.events
            cards.append(Card(event.id, numbers[event.id], top, item.height))
            leaders.append(Leader(item.anchor, top + item.port))
            marks.append(_mark(event.date, axis, frame))
        else:
            lens, inner = _lens(item, item.domain, top, heights, numbers, axis, frame)
            lenses.append(lens)
            cards.extend(inner)
            marks.extend(_tick(event.date, axis) for event in item.events)
    used = sum(item.height for item in items) + frame.gap * max(len(items) - 1, 0)
    laned = _with_lanes(marks, frame)
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
    marks = _with_lanes([_mark(event.date, inner, frame) for event in item.events], frame)
    lens = Lens(
        first=inner.first,
        last=inner.last,
        edges=(Leader(axis.y(inner.first), top), Leader(axis.y(inner.last), top + item.height)),
        top=top,
        bottom=top + item.height,
        zoom=inner.length(1) / axis.length(1),
        axis=(inner.top, inner.bottom),
        graduation=_graduation(inner, frame.lens_label, frame.least_mark * 0.75),
        marks=marks,
        leaders=tuple(
            Leader(anchor, card.top + frame.port, mark.lane)
            for anchor, card, mark in zip(anchors, cards, marks, strict=True)
        ),
    )
    return lens, cards


def _tick(when: When, axis: Scale) -> Mark:
    y = axis.y(middle(when))
    return Mark(Shape.TICK, y, y)


def _mark(when: When, axis: Scale, frame: Frame) -> Mark:
    """The mark of a date; a span that goes on beyond the scale is cut there, with an arrowhead."""
    if when.precision in (Precision.DAY, Precision.TIME) and when.exact:
        y = axis.y(middle(when))
        return Mark(Shape.DOT, y, y)
    open_start, open_end = when.start < axis.first, when.end > axis.last
    top = max(axis.top - frame.open_zone, 0.0) if open_start else axis.y(when.start)
    bottom = min(axis.bottom + frame.open_zone, frame.height) if open_end else axis.y(when.end)
    lacking = max(0.0, frame.least_mark - (bottom - top)) / 2
    return Mark(
        shape=Shape.LASTED if when.lasted else Shape.WITHIN,
        top=top - lacking,
        bottom=bottom + lacking,
        dashed=not when.exact,
        open_start=open_start,
        open_end=open_end,
    )


LANES = 3


def _with_lanes(marks: Sequence[Mark], frame: Frame) -> tuple[Mark, ...]:
    """Each span in the first lane where it touches no other mark, from top to bottom; raises Crowded for a fourth."""
    points = sorted(mark.top for mark in marks if mark.shape in (Shape.DOT, Shape.TICK))
    radius = frame.least_mark / 2
    ends = [-math.inf] * LANES
    lanes: dict[int, int] = {}
    for index in sorted(range(len(marks)), key=lambda n: (marks[n].top, marks[n].bottom, n)):
        mark = marks[index]
        if mark.shape in (Shape.DOT, Shape.TICK):
            continue
        pointed = bisect_left(points, mark.top - radius) < bisect_right(points, mark.bottom + radius)
        lane = next((n for n in range(LANES) if ends[n] <= mark.top and not (n == 0 and pointed)), None)
        if lane is None:
            raise Crowded
        ends[lane] = mark.bottom
        lanes[index] = lane
    return tuple(replace(mark, lane=lanes.get(index, 0)) for index, mark in enumerate(marks))


def _brackets(eras: Sequence[Era], axis: Scale, frame: Frame) -> tuple[Bracket, ...]:
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
