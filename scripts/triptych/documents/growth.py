"""A poster's type grows to its room by one number, as far as its cards stay near their dates.

Most tries are not set: the lines of each text follow from the widths of its words, which are linear in the size. The
typesetter measures the largest type that holds, and the next smaller ones if it does not hold there.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from triptych.compose.views import EventView
from triptych.design import faces, lines
from triptych.design.sizes import TIERS, PosterType, poster_type
from triptych.documents import ladder
from triptych.documents.ladder import FULL, Around, Laid, Rung, Sized
from triptych.documents.workshop import checked
from triptych.timeline.columns import Columns, Spread
from triptych.timeline.plan import Crowded, Overfull, Plan

STEP, DOWN = 0.01, 0.03
"""Steps of the growth of type in a search by estimate, and from one size that the typesetter measures to the next."""
LARGEST = 0.75
"""Largest headline, as a share of the title's size."""
BESIDE = 0.62
"""From this share of the title's size on, the summary stands under the headline: side by side they waste the sheet."""
SHARES = (0.44, 0.38, 0.41, 0.47, 0.5, 0.55)
"""Widths of headlines beside their summaries to try, as shares of the text's width, in order of preference."""
TRIES = 4
"""Most sizes that the typesetter measures."""
LABEL = 0.8
"""Smallest label of the scale, as a share of the size of a year."""
STACKED = Rung(1.0, 1, "summary", "stacked")
WAYS = (Rung(1.0, 1, "summary", "columns"), STACKED, Rung(1.0, 2, "summary", "stacked"))
"""Ways to set the cards whose type grows, in order of preference."""


@dataclass(frozen=True, slots=True)
class Try:
    """A way to set the cards, with its room."""

    sized: Sized
    rung: Rung
    spread: Spread
    around: Around

    def type(self, growth: float) -> PosterType:
        """The type that has grown by so much."""
        return poster_type(self.sized.sheet).grown(growth)


def laid_out(sized: Sized) -> Laid | None:
    """The layout in the largest type that holds; None where a text would be smaller than it may be on the sheet.

    A type holds when the cards fill at most `FULL` of the height, none stands far from its date, no word and no date is
    wider than its column, and headlines are not larger than `LARGEST` of the title.
    """
    around = ladder.around_timeline(sized, poster_type(sized.sheet))
    if laid := _very_large(sized, around):
        return laid
    for rung in WAYS:
        shares = SHARES if rung.arrangement == "columns" else (0.0,)
        tries = [_try(sized, rung, around, share, close) for close in _closeness(rung) for share in shares]
        if laid := _largest(tries, poster_type(sized.sheet).least_growth):
            return laid
    return None


def _very_large(sized: Sized, around: Around) -> Laid | None:
    """The layout in type so large that the summary stands under the headline; None where it does not hold.

    On an upright sheet the key stands at the foot then, and the title has all the width.
    """
    below = replace(sized, key_below=not sized.sheet.landscape)
    least = _growth_to(below, BESIDE)
    if _estimated(_try(below, STACKED, around), least) is None:
        return None
    if below.key_below:
        around = ladder.around_timeline(below, poster_type(sized.sheet))
    return _largest([_try(below, STACKED, around, close=close) for close in _closeness(STACKED)], least)


def _growth_to(sized: Sized, share: float) -> float:
    """The growth at which the largest headline is this share of the title's size."""
    weight = max((event.weight for event in sized.workshop.view.events), default=1)
    return share * ladder.title_size(sized) / (poster_type(sized.sheet).headline * TIERS[weight - 1])


def _closeness(rung: Rung) -> Sequence[bool]:
    """Whether to try cards close to the axis, without magnifiers, and cards that leave room for these."""
    return (True, False) if rung.sides == 1 else (False,)


def _try(sized: Sized, rung: Rung, around: Around, share: float = 0.0, close: bool = False) -> Try:
    spread = ladder.spread_of(sized, rung, poster_type(sized.sheet))
    return Try(sized, rung, replace(spread, headline=share, close=close), around)


def _largest(tries: Sequence[Try], least: float) -> Laid | None:
    """The layout of the try whose type grows most."""
    most = _growth_to(tries[0].sized, LARGEST)
    growth, tried = max(((_bisected(one, least, most), one) for one in tries), key=lambda found: found[0])
    for smaller in range(TRIES if growth else 0):
        if laid := _set(tried, max(growth - smaller * DOWN, least)):
            return laid
    return None


def _bisected(tried: Try, least: float, most: float) -> float:
    """The largest growth that holds by estimate, between two; 0 where the least does not hold."""
    if most < least or _estimated(tried, least) is None:
        return 0.0
    few, many = 0, math.floor((most - least) / STEP) + 1
    while many - few > 1:
        half = (few + many) // 2
        few, many = (half, many) if _estimated(tried, least + half * STEP) else (few, half)
    return least + few * STEP


def _estimated(tried: Try, growth: float) -> Plan | None:
    """The plan in a type, with cards as high as their texts are likely to be; None where it does not hold."""
    text = tried.type(growth)
    held = _held(tried, text, partial(_estimates, tried, text))
    return held[0] if held else None


def _set(tried: Try, growth: float) -> Laid | None:
    """The layout in a type, as the typesetter sets it; None where it does not hold."""
    text, sized = tried.type(growth), tried.sized
    held = _held(tried, text, partial(ladder.card_heights, sized, tried.rung, text))
    return Laid(sized, tried.rung, text, held[1], checked(held[0]), tried.around) if held else None


def _held(
    tried: Try, text: PosterType, heights_of: Callable[[Columns], Mapping[str, float]]
) -> tuple[Plan, Columns] | None:
    """The plan and its columns in a type; None where it does not hold. `heights_of` returns the heights of cards."""
    spread, left = tried.spread, tried.around.left
    try:
        plan, columns, _ = ladder.settled(tried.sized, text, spread, left, heights_of, LABEL * text.year)
    except (Overfull, Crowded):
        return None
    if plan.fill > FULL or not ladder.is_near(plan) or (spread.close and plan.lenses):
        return None
    return (plan, columns) if _has_room(tried, text, columns) else None


def _estimates(tried: Try, text: PosterType, columns: Columns) -> Mapping[str, float]:
    """Heights in mm of the cards by event id, from the widths of their words. Raises Overfull if they are too high."""
    heights = {event.id: estimate(event, tried.rung, text, columns) for event in tried.sized.workshop.view.events}
    over = sum(heights.values()) / tried.rung.sides - FULL * columns.frame.height
    if over > 0:
        raise Overfull(over)
    return heights


def estimate(event: EventView, rung: Rung, text: PosterType, columns: Columns) -> float:
    """Height of a card in mm, from the widths of its words."""
    beside, below = _widths(rung, columns)
    title = f"headline-{event.weight}"
    height = text.leading("date")
    height += text.leading(title) * lines.count(
        event.headline_html.striptags(), faces.HEADLINES, text.size(title), beside
    )
    if not event.summary_html:
        return height
    summary = text.leading("body") * lines.count(event.summary_html.striptags(), faces.TEXT, text.size("body"), below)
    return max(height, summary) if rung.arrangement == "columns" else height + summary


def _widths(rung: Rung, columns: Columns) -> tuple[float, float]:
    """Widths in mm of a card's headline and of its summary."""
    if rung.arrangement == "columns":
        return columns.date_width - columns.column_gap, columns.detail_width
    width = columns.date_width + columns.detail_width - ladder.EDGE * columns.frame.unit * (rung.sides > 1)
    return width, width


def _has_room(tried: Try, text: PosterType, columns: Columns) -> bool:
    """Whether no word and no date is wider than its column."""
    beside, below = _widths(tried.rung, columns)
    return all(
        faces.width(event.date, faces.LABELS, text.size("date")) <= beside
        and lines.widest(event.headline_html.striptags(), faces.HEADLINES) * text.size(f"headline-{event.weight}")
        <= beside
        and lines.widest(event.summary_html.striptags(), faces.TEXT) * text.size("body") <= below
        for event in tried.sized.workshop.view.events
    )
