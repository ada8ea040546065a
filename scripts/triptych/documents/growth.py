"""A poster's type grows to its room by one number, as far as its cards stay near their dates.

Most tries are not set: the lines of each text follow from the widths of its words, which are linear in the size. The
typesetter measures the largest type that holds, and the next smaller ones if it does not hold there.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from typing import Protocol, TypeVar

from triptych.compose import placed
from triptych.compose.placed import CardPicture
from triptych.compose.views import EventView
from triptych.content.units import MM_PER_POINT
from triptych.design import faces, lines
from triptych.design.sizes import CROWDED, HEADLINE_WHITE, TIERS, PosterType
from triptych.documents import ladder
from triptych.documents.ladder import Around, Laid, Lane, Rung, Sized
from triptych.documents.room import LANDSCAPE_TITLE, Room
from triptych.documents.workshop import checked
from triptych.timeline.columns import Columns, Spread
from triptych.timeline.plan import FULL, Crowded, Overfull, Plan

STEP = 0.0025
"""Step of the growth of type in a search by estimate."""
DOWN = (0.0, 0.01, 0.02, 0.04, 0.07, 0.1)
"""How far below its result the typesetter measures a type, until one holds."""
ALIKE = 0.01
"""Of ways whose type is alike up to this share, the one whose sheet is fullest is taken."""
LARGEST = 0.75
"""Largest headline, as a share of the title's size."""
BESIDE = 0.62
"""From this share of the title's size on, the summary stands under the headline: side by side they waste the sheet."""
SHARES = tuple(sorted((step / 100 for step in range(38, 56)), key=lambda share: abs(share - 0.44)))
"""Widths of headlines beside their summaries to try, as shares of the text's width, in order of preference."""
WELL_FULL = 0.9
"""A way that fills less than this share of the sheet gives way to a fuller one whose type is as large."""
LABEL = 0.8
"""Smallest label of the scale, as a share of the size of a year."""
CHARTS = (2.2, 2.0, 1.85, 1.7, 1.55, 1.4, 1.2, 1.0)
"""Sizes of charts on a poster with room for very large type, as multiples of that at the sheet's scale."""
LEAST_TIMELINE = 0.45
"""Least height of a timeline over larger charts, as a share of the sheet's."""
STACKED = Rung(1.0, 1, "summary", "stacked")
WAYS = (Rung(1.0, 1, "summary", "columns"), STACKED, Rung(1.0, 2, "summary", "stacked"))
"""Ways to set the cards whose type grows, in order of preference."""
HEADLINES = (Rung(1.0, 2, "headline", "stacked"), Rung(1.0, 2, "headline", "row"))
"""The ways to set them where no way has room for summaries: dates above headlines, and beside them."""


Lay = Callable[[float, bool], Laid | None]
"""Lays out a sheet in type that has grown by so much; the second argument says whether the typesetter measures it.

Returns None where it does not hold.
"""
KEPT = 128
"""So many searches stay in memory: a poster with pictures makes dozens, and a preview comes back to them at each save.

A search depends on its arguments alone: see `room`.
"""
Heights = Callable[[Columns], Mapping[str, float]]
"""From columns to the heights of the cards in mm, by event id."""


class Filled(Protocol):
    """A layout by estimate."""

    @property
    def fill(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Way:
    """A way to set the cards, with the height in mm that the timeline has."""

    room: Room
    rung: Rung
    spread: Spread
    left: float

    def text(self, growth: float) -> PosterType:
        """The type that has grown by so much."""
        return self.room.type.grown(growth, self.rung.arrangement == "row")

    def estimated(self, growth: float) -> Plan | None:
        """The plan in a type by estimate; None where it does not hold."""
        text = self.text(growth)
        found = self.planned(text, partial(estimates, self.room, self.rung, text))
        return found[0] if found else None

    def planned(self, text: PosterType, heights_of: Heights) -> tuple[Plan, Columns] | None:
        """The plan in a type with these heights of cards, and its columns; None where it does not hold."""
        own = ladder.spread_of(self.room, self.rung, text)
        spread = replace(self.spread, date=own.date, number=own.number)
        try:
            plan, columns, _ = ladder.settled(self.room, text, spread, self.left, heights_of, LABEL * text.year)
        except (Overfull, Crowded):
            return None
        if plan.fill > FULL or not ladder.is_near(plan) or (spread.close and plan.lenses):
            return None
        return (plan, columns) if has_room(self.room.subject.views, self.rung, text, columns) else None


def laid_out(sized: Sized) -> Laid | None:
    """The layout in the largest type that holds; None where a text would be smaller than it may be on the sheet.

    A type holds when the cards fill at most `FULL` of the height, none stands far from its date, no word and no date is
    wider than its column, and headlines are not larger than `LARGEST` of the title.
    """
    around = ladder.around_timeline(sized, sized.type)
    if laid := _very_large(sized, around):
        return laid
    best: Laid | None = None
    for rung in WAYS:
        shares = SHARES if rung.arrangement == "columns" else (0.0,)
        ways = [_way(sized, rung, around, share, close) for close in _closeness(rung) for share in shares]
        laid = _in_largest(sized, ways, around, sized.type.least_growth)
        if laid and (not best or (laid.fill > best.fill and laid.text.growth >= best.text.growth)):
            best = laid
        if best and best.fill >= WELL_FULL:
            break
    return best


def headlines(sized: Sized) -> Laid | None:
    """The layout of headlines without summaries in the largest type that holds, if it is larger than on the ladder."""
    around = ladder.around_timeline(sized, sized.type)
    ways = [_way(sized, rung, around) for rung in HEADLINES]
    return _in_largest(sized, ways, around, least_headline(sized))


def least_headline(sized: Sized) -> float:
    """The growth at which a headline without summaries is as small as it may be on this sheet."""
    return min(CROWDED[0], sized.type.floor / sized.type.headline)


def _very_large(sized: Sized, around: Around) -> Laid | None:
    """The layout in type so large that the summary stands under the headline; None where it does not hold.

    On an upright sheet the key stands at the foot then, and the title has all the width. Charts are as large as leaves
    this room.
    """
    below = replace(sized, key_below=not sized.sheet.landscape)
    title = LANDSCAPE_TITLE * sized.type.title if sized.sheet.landscape else below.title_size
    least = _growth_to(below, BESIDE * title)
    if not any(_way(below, STACKED, around, close=close).estimated(least) for close in _closeness(STACKED)):
        return None
    for one in _with_charts(below):
        own = around if one == sized else ladder.around_timeline(one, sized.type)
        if one.chart > 1 and own.left < LEAST_TIMELINE * sized.sheet.height:
            continue
        ways = [_way(one, STACKED, own, close=close) for close in _closeness(STACKED)]
        if laid := _in_largest(one, ways, own, least):
            return laid
    return None


def _with_charts(sized: Sized) -> Iterator[Sized]:
    """The sheet with its charts in each size to try that the foot is wide enough for."""
    most = ladder.widest_charts(sized)
    return (replace(sized, chart=size) for size in dict.fromkeys(min(size, most) for size in CHARTS))


def _growth_to(room: Room, size: float) -> float:
    """The growth at which the largest headline has a size in pt."""
    weight = max((event.weight for event in room.subject.views), default=1)
    return size / (room.type.headline * TIERS[weight - 1])


def _most(room: Room) -> float:
    """The greatest growth to try."""
    return _growth_to(room, LARGEST * room.title_size)


def _closeness(rung: Rung) -> Sequence[bool]:
    """Whether to try cards close to the axis, without magnifiers, and cards that leave room for these."""
    return (True, False) if rung.sides == 1 else (False,)


def _way(sized: Sized, rung: Rung, around: Around, share: float = 0.0, close: bool = False) -> Way:
    spread = ladder.spread_of(sized, rung, sized.type)
    return Way(sized.room, rung, replace(spread, headline=share, close=close), around.left)


def _in_largest(sized: Sized, ways: Sequence[Way], around: Around, least: float) -> Laid | None:
    """The layout in the way whose type grows most, from a least growth on; None where none holds."""
    found = _searched(sized.room, around.left, tuple((way.rung, way.spread) for way in ways), least, faces.set_worn())
    if not found:
        return None
    growth, number = found
    return _measured(partial(_laid, sized, ways[number], around), growth, least)


def _laid(sized: Sized, way: Way, around: Around, growth: float) -> Laid | None:
    """The layout in a way, in type that has grown by so much, as measured; None where it does not hold."""
    text = way.text(growth)
    found = way.planned(text, partial(ladder.card_heights, sized, way.rung, text))
    if not found:
        return None
    return Laid(sized, way.rung, text, (Lane(found[1], checked(found[0])),), around)


@lru_cache(KEPT)
def _searched(
    room: Room, left: float, ways: tuple[tuple[Rung, Spread], ...], least: float, _worn: str
) -> tuple[float, int] | None:
    """The largest growth that holds by estimate, and the number of its way; None where none holds."""
    tries = [Way(room, rung, spread, left).estimated for rung, spread in ways]
    return _chosen(tries, least, _most(room))


def largest(sized: Sized, ways: Sequence[Lay], least: float) -> Laid | None:
    """The layout in the way whose type grows most, from a least growth on; None where none holds."""
    found = _chosen([_by_estimate(lay) for lay in ways], least, _most(sized))
    if not found:
        return None
    growth, number = found
    return _measured(_as_measured(ways[number]), growth, least)


def _chosen(ways: Sequence[Callable[[float], Filled | None]], least: float, most: float) -> tuple[float, int] | None:
    """The largest growth that holds by estimate, and the number of the fullest way whose type is alike."""
    best, found = 0.0, list[float]()
    for way in ways:
        found.append(_bisected(way, least, most, (1 - ALIKE) * best))
        best = max(best, found[-1])
    if not best:
        return None
    alike = [number for number, growth in enumerate(found) if growth >= (1 - ALIKE) * best]
    number = max(alike, key=lambda one: _fill(ways[one], found[one])) if len(alike) > 1 else alike[0]
    return found[number], number


T = TypeVar("T")


def held(sized: Sized, lay: Callable[[float, bool], T | None], least: float) -> T | None:
    """What is laid out in the largest type that holds, from a least growth on; None where none holds."""
    growth = _bisected(_by_estimate(lay), least, _most(sized))
    return _measured(_as_measured(lay), growth, least) if growth else None


def _by_estimate(lay: Callable[[float, bool], T | None]) -> Callable[[float], T | None]:
    return lambda growth: lay(growth, False)


def _as_measured(lay: Callable[[float, bool], T | None]) -> Callable[[float], T | None]:
    return lambda growth: lay(growth, True)


def _measured(lay: Callable[[float], T | None], growth: float, least: float) -> T | None:
    """The layout in a type, or else in the largest of a few smaller ones that holds; None where none holds."""
    sizes = dict.fromkeys(max(growth - smaller, least) for smaller in DOWN)
    return next((laid for size in sizes if (laid := lay(size))), None)


def _fill(way: Callable[[float], Filled | None], growth: float) -> float:
    """How full a sheet is by estimate, in a type and in a way that holds."""
    laid = way(growth)
    return round(laid.fill, 3) if laid else 0.0


def _bisected(lay: Callable[[float], object | None], least: float, most: float, other: float = 0.0) -> float:
    """The largest growth that holds by estimate, between two; 0 where the least does not hold, nor that of another."""
    few, many = max(0, math.floor((other - least) / STEP)), math.floor((most - least) / STEP) + 1
    if most < least or lay(least + few * STEP) is None:
        return 0.0
    while many - few > 1:
        half = (few + many) // 2
        few, many = (half, many) if lay(least + half * STEP) else (few, half)
    return least + few * STEP


def estimates(room: Room, rung: Rung, text: PosterType, columns: Columns) -> Mapping[str, float]:
    """Heights in mm of the cards by event id, from the widths of their words. Raises Overfull if they are too high."""
    shown = ladder.card_pictures(room, rung, text, columns)
    found = {event.id: estimate(event, rung, text, columns, shown.get(event.id)) for event in room.subject.views}
    over = sum(found.values()) / (rung.sides * rung.lanes) - FULL * columns.frame.height
    if over > 0:
        raise Overfull(over)
    return found


def estimate(
    event: EventView, rung: Rung, text: PosterType, columns: Columns, picture: CardPicture | None = None
) -> float:
    """Height of a card in mm, from the widths of its words, with its picture."""
    beside, below = ladder.text_widths(rung, columns)
    title, alone = f"headline-{event.weight}", not event.summary_html or rung.detail == "headline"
    headline = lines.plain(event.cited_headline_html if alone else event.headline_html)
    reference = lines.REFERENCE * text.size("body") / text.size(title)
    height = text.leading(title) * lines.count(headline, faces.HEADLINES, text.size(title), beside, reference)
    air = sum(text.air) + (HEADLINE_WHITE if rung.arrangement == "stacked" else 0.0)
    height += air * text.size(title) * MM_PER_POINT
    if rung.arrangement == "row":
        return max(text.leading("date"), height)
    height += text.leading("date")
    summary = picture.height if picture else 0.0
    if not alone:
        count = lines.count(lines.plain(event.summary_html), faces.TEXT, text.size("body"), below)
        summary += text.leading("body") * count
    return max(height, summary) if rung.arrangement == "columns" else height + summary


def has_room(events: Sequence[EventView], rung: Rung, text: PosterType, columns: Columns) -> bool:
    """Whether no word and no date is wider than its column."""
    beside, below = ladder.text_widths(rung, columns)
    size = text.size("date")
    in_row = rung.arrangement == "row"
    if in_row and not ladder.has_room_for_dates(columns):
        return False
    for event in events:
        title = lines.widest(lines.plain(event.headline_html), faces.HEADLINES) * text.size(f"headline-{event.weight}")
        summary = lines.widest(lines.plain(event.summary_html), faces.TEXT) * text.size("body")
        date = faces.width(placed.card_date(event, columns), faces.LABELS, size)
        if title > beside or date > (columns.date_width if in_row else beside) or summary > below:
            return False
    return True
