"""The fit ladder of a poster: ways to set its cards, in order of preference, and the first one on which they fit."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache, lru_cache, partial

from markupsafe import Markup

from triptych.compose import charts, placed
from triptych.compose.html import MeasuredPart
from triptych.compose.placed import CardPicture, MarkView, SourcesView
from triptych.compose.views import ArticleView, EventView
from triptych.content.cite import Source
from triptych.content.dates import When
from triptych.content.units import MM_PER_POINT
from triptych.design import faces, lines
from triptych.design.faces import Face
from triptych.design.galley import Galley, galley
from triptych.design.sheets import Sheet, SourceColumns, mm, sans_width
from triptych.design.sizes import PosterType
from triptych.documents import cards, pictured, titles
from triptych.documents.cards import Cards
from triptych.documents.listed import Listing
from triptych.documents.room import KEY, KEY_BELOW_TITLE, TITLE_GAP, Room, subject
from triptych.documents.workshop import SLACK, Workshop, checked
from triptych.timeline import labels, spine
from triptych.timeline.columns import ERA, ERA_LEADING, INSET, MOST_LANES, Columns, Spread, poster_columns
from triptych.timeline.plan import FULL, Card, Crowded, LabelledEra, Overfull, Plan

ROOMY = 0.6
"""Below this share the sheet looks empty, and the author gets a note."""
FAR = 0.2
"""A card farther from its date than this share of the axis is too far: the next rung is tried."""
SOURCE_COLUMNS, SOURCE_GAP = 4, 6.0
"""Number of columns of sources, and the white space between two in mm at the scale of A3."""
CODE, LEAST_CODE = 16.0, 20.0
"""Width of a QR code at the scale of A3, and its least width on any sheet, in mm."""
WIDEST_ADDRESS = 45.0
"""Greatest width of a web address in one line, at the scale of A3, in mm."""
SURE = 0.9
"""Safety factor on the width of a text: its references are set smaller than the rest."""
WIDEST_DATE = 0.45
"""Largest width of a date beside its headline, as a share of the width of a card's text."""
LANES = 2
"""Lanes of span marks to leave room for, before it is known how many a timeline needs."""
NUMBER_WHITE = 2.0
"""White space after an event's number, at the scale of A3, in mm."""
LEAST_TEXT = 7.5
"""Least width of a card's text, as a multiple of the headline's size."""
FOOT_WHITE = 3.0
"""White space between the timeline's box and the foot, at the scale of A3, in mm."""
EDGE = 3.0
"""White space inside the outer edge of a card left of the spine, at the scale of A3, in mm."""
WHITE = 7.0 - INSET
"""White space between the head and the timeline's box, at the scale of A3, in mm."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One way to set the cards: type size, sides of the spine, and how much of each event is printed."""

    factor: float
    """Size of the cards' type, as a multiple of the design's; 0 for the smallest type allowed."""
    sides: int
    """Sides of the spine with cards: 1 or 2."""
    detail: str
    """What a card prints: summary (with the headline) or headline."""
    arrangement: str
    """Arrangement of a card's texts: columns, stacked or row."""
    fill: float = FULL
    """Largest share of the box that the cards may fill."""
    lanes: int = 1
    """Number of lanes, each with its axis."""


LADDER = (
    Rung(1.0, 1, "summary", "columns"),
    Rung(0.0, 1, "summary", "columns"),
    Rung(1.0, 2, "summary", "stacked"),
    Rung(0.0, 2, "summary", "stacked"),
    Rung(1.0, 2, "headline", "stacked"),
    Rung(1.0, 2, "headline", "row"),
    Rung(0.0, 2, "headline", "row", fill=1.0),
)
"""The rungs, from the design's own to the one that needs the least room."""
WIDEST_DECK = (160.0, 220.0)
"""Usual width of the deck beside the key, and where the key stands at the foot, at the scale of A3, in mm."""
BESIDE_TITLE = (1.4, 2.0)
"""Greatest size of the deck and the key beside a timeline, and of those of a banner, as multiples of the design's."""
BESIDE_FULL = 0.9
"""Share of the height of the timeline that title, deck and key may take beside it."""


@dataclass(frozen=True, slots=True)
class Sized(Room):
    """A sheet for the poster of a workshop, and what stands around its timeline. Lengths in mm."""

    workshop: Workshop
    name: str
    chart: float = field(default=1.0, kw_only=True)
    """Size of its charts, as a multiple of that at the sheet's scale."""

    @property
    def room(self) -> Room:
        """The values on which the estimate of its timeline depends, and no others."""
        return Room(**{one.name: getattr(self, one.name) for one in fields(Room)})

    @property
    def source_columns(self) -> SourceColumns:
        """Columns of the list of sources."""
        gap = SOURCE_GAP * self.sheet.scale
        beside = self.address_width + gap if self.workshop.view.address else 0.0
        return SourceColumns(SOURCE_COLUMNS, gap, self.live - beside)

    @property
    def address_width(self) -> float:
        """Width of the web address beside the sources: in one line, if it is not too long."""
        size = self.type.size("sources")
        line = faces.width(self.workshop.view.address, faces.TEXT, size)
        return max(self.code_width, min(line, WIDEST_ADDRESS * self.sheet.scale))

    @property
    def code_width(self) -> float:
        """Width of the QR code of the web address."""
        return max(LEAST_CODE, CODE * self.sheet.scale)


def on_sheet(workshop: Workshop, name: str, paper: Sheet) -> Sized:
    """A sheet for the poster of a workshop, by its name."""
    return Sized(subject(workshop), paper, workshop, name)


@dataclass(frozen=True, slots=True)
class Around:
    """Everything on the sheet above and below the timeline."""

    left: float
    """Height left for the timeline, in mm."""
    sources: SourcesView | None
    """None where nothing on the poster cites a source."""
    credits: Markup
    """The line that says whose pictures stand on the poster; empty if none says so."""
    lead: CardPicture | None
    """The article's picture beside the title; None where it has no room there."""
    properties: dict[str, str]
    """The size of deck and key as CSS custom properties, where they have grown."""


@dataclass(frozen=True, slots=True)
class Lane:
    """An axis with its events. `left` is the distance from the left of the timeline to its left edge, in mm."""

    columns: Columns
    plan: Plan
    left: float = 0.0
    name: str = ""
    """Printed at its head; empty where it is the only one."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A timeline layout and the rung it uses."""

    sized: Sized
    rung: Rung
    text: PosterType
    lanes: tuple[Lane, ...]
    around: Around

    @property
    def columns(self) -> Columns:
        """The columns of the first lane."""
        return self.lanes[0].columns

    @property
    def plans(self) -> tuple[Plan, ...]:
        """The plan of each lane."""
        return tuple(lane.plan for lane in self.lanes)

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards of all lanes."""
        return tuple(card for plan in self.plans for card in plan.cards)

    @property
    def fill(self) -> float:
        """Fill of the fullest lane, as a share of the box's height."""
        return max(plan.fill for plan in self.plans)

    @property
    def drift(self) -> float:
        """Distance of the card farthest from its date, in mm."""
        return max(plan.drift for plan in self.plans)


class Hopeless(Overfull):
    """The cards are too high even at their least possible height. `over` is a lower bound in mm."""


def laid_out(sized: Sized) -> Laid:
    """The layout on the first rung that fits with all cards near their dates, else on the one with the least drift.

    Rungs without summaries are tried only when no rung with summaries fits. Raises Overfull when no rung fits, with the
    smallest missing height; a rung on which more spans overlap than there are lanes does not fit.
    """
    fitting: list[Laid] = []
    shortages, hopeless = [math.inf], [math.inf]
    around = cache(partial(around_timeline, sized))
    for rung in LADDER:
        if fitting and rung.detail != fitting[0].rung.detail:
            break
        try:
            laid = _on_rung(sized, rung, around)
        except Hopeless as error:
            hopeless.append(error.over)
            continue
        except Overfull as error:
            shortages.append(error.over)
            continue
        except Crowded:
            continue
        if laid.fill <= rung.fill:
            if is_near(laid.plans[0]):
                return laid
            fitting.append(laid)
        else:
            shortages.append((laid.fill - rung.fill) * laid.columns.frame.height)
    if not fitting:
        raise Overfull(min(shortages) if min(shortages) < math.inf else min(hopeless))
    return min(fitting, key=lambda laid: laid.drift)


def is_near(plan: Plan) -> bool:
    """Whether every card stands near its date."""
    return plan.drift <= FAR * plan.frame.room


def _on_rung(sized: Sized, rung: Rung, around: Callable[[PosterType], Around]) -> Laid:
    """Lay out the timeline on a rung, with as many lanes of span marks and as wide labels as it needs.

    `around` returns everything around the timeline for a type. Raises Overfull, Crowded.
    """
    text = sized.type.cards_in(rung.factor)
    spread = spread_of(sized, rung, text)
    columns = columns_of(sized, text, spread).resized(around(text).left)
    if spread.date and not has_room_for_dates(columns):
        raise Overfull(math.inf)
    spread = replace(spread, lanes=_likely_lanes(sized, rung, text, columns))
    plan, columns, _ = settled(sized, text, spread, around(text).left, partial(card_heights, sized, rung, text))
    return Laid(sized, rung, text, (Lane(columns, checked(plan)),), around(text))


def settled(
    room: Room,
    text: PosterType,
    spread: Spread,
    height: float,
    heights_of: Callable[[Columns], Mapping[str, float]],
    size: float = labels.LEAST_SIZE,
) -> tuple[Plan, Columns, Spread]:
    """The plan in a frame of this height in mm, with room for all lanes of span marks and the scale's labels.

    `heights_of` returns the heights of the cards in columns; `size` is the smallest type of these labels, in pt. Raises
    Overfull, Crowded.
    """
    while True:
        columns = columns_of(room, text, spread).resized(height)
        if narrow(columns, text):
            raise Overfull(math.inf)
        plan = spine.plan(room.subject.events, heights_of(columns), columns.frame, eras(room, era_size(text)))
        wider = widened(room, plan, columns, spread, size)
        if wider == spread:
            return plan, columns, spread
        spread = wider


def widened(room: Room, plan: Plan, columns: Columns, spread: Spread, size: float = labels.LEAST_SIZE) -> Spread:
    """The use of the width with room for all lanes of span marks of a plan, and for the labels of its scale.

    `size` is the smallest type of these labels, in pt.
    """
    return replace(
        spread,
        lanes=max(plan.lanes, spread.lanes),
        lens=max([spread.lens, *(mark.lane for lens in plan.lenses for mark in lens.marks)]),
        eras=max([spread.eras, *(bracket.lines for bracket in plan.brackets)]),
        label=max(labels.lacking(plan, columns, room.subject.calendar, size), spread.label),
    )


def narrow(columns: Columns, text: PosterType) -> bool:
    """Whether the lanes and labels leave the cards' texts too little width."""
    least = LEAST_TEXT * text.size("headline-2") * MM_PER_POINT
    return min(columns.date_width + columns.detail_width, columns.detail_width or math.inf) < least


def spread_of(room: Room, rung: Rung, text: PosterType) -> Spread:
    """How a rung uses the width, without lanes for span marks."""
    digits = len(str(len(room.subject.events)))
    return replace(
        room.spread,
        sides=rung.sides,
        date=_date_width(room, text, rung),
        number=sans_width(digits, text.size("date")) + NUMBER_WHITE * room.sheet.scale,
    )


def _likely_lanes(sized: Sized, rung: Rung, text: PosterType, columns: Columns) -> int:
    """Number of lanes for cards of the least possible height. Raises Hopeless when even these are too high.

    The last rung never raises Hopeless: its exact excess height goes into the message for the author.
    """
    least = {event.id: least_height(event, rung, text, columns) for event in sized.workshop.view.events}
    over = (sum(least.values()) + columns.frame.gap * (len(least) - rung.sides)) / rung.sides - columns.frame.height
    if over > 0 and rung is not LADDER[-1]:
        raise Hopeless(over)
    try:
        return spine.plan(sized.workshop.article.events, least, columns.frame, eras(sized, era_size(text))).lanes
    except Overfull:
        return 0


def least_height(event: EventView, rung: Rung, text: PosterType, columns: Columns) -> float:
    """Lower bound for a card's height in mm, from the widths of its texts set in one line."""

    def height(html: Markup, name: str, face: Face, width: float) -> float:
        length = SURE * faces.width(html.striptags(), face, text.size(name))
        return max(1, math.ceil(length / width)) * text.leading(name)

    def summary(width: float) -> float:
        return height(event.summary_html, "body", faces.TEXT, width) if event.summary_html else 0.0

    date, headline = text.leading("date"), f"headline-{event.weight}"
    beside = {"columns": columns.date_width - columns.column_gap, "stacked": columns.date_width}
    title = height(event.headline_html, headline, faces.HEADLINES, beside.get(rung.arrangement, columns.detail_width))
    if rung.detail == "headline":
        return max(date, title) if rung.arrangement == "row" else date + title
    if rung.arrangement == "columns":
        return max(date + title, summary(columns.detail_width))
    return date + title + summary(columns.date_width)


def _date_width(room: Room, text: PosterType, rung: Rung) -> float:
    """Width in mm of the longest date and the white space after it; 0 where dates stand above the headlines."""
    if rung.arrangement != "row":
        return 0.0
    longest = max(len(event.short_date) for event in room.subject.views)
    return sans_width(longest, text.size("date")) + 3 * room.sheet.scale


def has_room_for_dates(columns: Columns) -> bool:
    """Whether dates beside their headlines leave these enough of the width."""
    return columns.date_width <= WIDEST_DATE * (columns.date_width + columns.detail_width)


def tightest(room: Room) -> tuple[Rung, PosterType, Spread]:
    """The rung that needs the least room, its type, and its use of the width with two lanes of span marks.

    Dates stand above the headlines if they have no room beside them.
    """
    for rung in (LADDER[-1], replace(LADDER[-1], arrangement="stacked")):
        text = room.type.cards_in(rung.factor)
        spread = replace(spread_of(room, rung, text), lanes=LANES)
        if has_room_for_dates(columns_of(room, text, replace(spread, histogram=True))):
            break
    return rung, text, spread


def laned(room: Room) -> tuple[Rung, PosterType, Spread]:
    """The smallest rung with cards on one side, its type, and its use of the width with all lanes of span marks."""
    rung = LADDER[1]
    text = room.type.cards_in(rung.factor)
    return rung, text, replace(spread_of(room, rung, text), lanes=MOST_LANES - 1)


def era_size(text: PosterType) -> float:
    """Type size of the names of eras along the spine, in pt."""
    return ERA * text.size("caption")


def eras(room: Room, size: float) -> list[LabelledEra]:
    """The article's eras, with their labels in one line and in two, in a type size in pt."""
    return [_era(date, label, size) for date, label in room.subject.eras]


def _era(date: When, label: str, size: float) -> LabelledEra:
    return LabelledEra(date, *_in_lines(label, size, faces.worn(faces.TEXT)))


@lru_cache(512)
def _in_lines(label: str, size: float, face: Face) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """A label in one line and in two, and the lengths of both in mm, in a face that is worn; `size` in pt."""
    texts = tuple(dict.fromkeys((label, "\n".join(lines.balanced(label, face, 2)))))
    widths = [max(faces.width(line, face, size) for line in text.split("\n")) for text in texts]
    return texts, tuple(lines.WIDER * width for width in widths)


def columns_of(room: Room, text: PosterType, spread: Spread) -> Columns:
    """The columns of cards on a sheet."""
    return poster_columns(room.sheet, room.live - room.aside, text, spread)


def card_heights(
    sized: Sized, rung: Rung, text: PosterType, columns: Columns, events: Sequence[EventView] | None = None
) -> Mapping[str, float]:
    """Heights in mm of the cards on a rung, by event id: of all events, or of the given ones.

    The typesetter measures those that do not follow from widths.
    """
    workshop = sized.workshop
    arrangement = f"{rung.arrangement} {'right' if rung.sides == 1 else 'left'}"
    shown = card_pictures(sized, rung, text, columns)
    asked = workshop.view.events if events is None else events
    found = dict(_known(sized, rung, text, columns, [event for event in asked if event.id not in shown]))
    if rest := [event for event in asked if event.id not in found]:
        parts = [*workshop.cards(columns, arrangement, rung.detail, rest, shown)]
        found |= workshop.heights("poster", workshop.view, sized.sheet, properties(sized, text, columns), parts)
    return {event.id: found[event.id] for event in asked}


def _known(
    sized: Sized, rung: Rung, text: PosterType, columns: Columns, events: Sequence[EventView]
) -> Mapping[str, float]:
    """Heights in mm of cards without pictures that follow from the widths of their texts, by event id."""
    settings, widths = cards.on_poster(text, rung.arrangement), text_widths(rung, columns)
    return Cards(sized.workshop, columns, rung.arrangement, rung.detail, widths, settings).known(events)


def known_heights(laid: Laid) -> Mapping[str, float]:
    """Heights of the cards of a layout that follow from widths, in mm by the names of their elements."""
    return cards.by_element(dict(_known_cards(laid)))


def _known_cards(laid: Laid) -> Iterator[tuple[str, float]]:
    """The heights of cards in mm by event id: right of two axes a card has more width than was counted on."""
    views = {event.id: event for event in laid.sized.workshop.view.events if event.id not in laid.sized.pictured}
    for lane in laid.lanes:
        for side, rung in zip(lane.plan.sides, (replace(laid.rung, sides=1), laid.rung), strict=False):
            events = [views[card.id] for card in side.cards if card.id in views]
            yield from _known(laid.sized, rung, laid.text, lane.columns, events).items()


def card_pictures(room: Room, rung: Rung, text: PosterType, columns: Columns) -> Mapping[str, CardPicture]:
    """The pictures on the cards, by event id; none on cards without summaries."""
    ids = room.pictured if rung.detail == "summary" else frozenset[str]()
    width = text_widths(rung, columns)[1]
    return pictured.on_cards(room.subject.pictures, ids, text, room.sheet.scale, width, room.follow)


def text_widths(rung: Rung, columns: Columns) -> tuple[float, float]:
    """Widths in mm of a card's headline and of its summary."""
    if rung.arrangement == "columns":
        return columns.date_width - columns.column_gap, columns.detail_width
    if rung.arrangement == "row":
        return columns.detail_width, columns.detail_width
    width = columns.date_width + columns.detail_width - EDGE * columns.frame.unit * (rung.sides > 1)
    return width, width


def _credits(sized: Sized, lead: CardPicture | None) -> Markup:
    """The line that says whose pictures stand on the poster."""
    shown = [picture for key, picture, _ in sized.subject.pictures if key in sized.pictured]
    return sized.workshop.view.credits_of([*([lead.view] if lead else []), *shown])


def _lead(sized: Sized, text: PosterType, marks: Sequence[MarkView]) -> CardPicture | None:
    """The article's picture beside the title of an upright sheet, where it takes no height; else None."""
    workshop, view = sized.workshop, titled(sized)
    lead = view.lead
    if sized.sheet.landscape or not lead or lead.source not in workshop.proportions:
        return None
    own = properties(sized, text, columns_of(sized, text, sized.spread))

    def height(picture: CardPicture | None = None) -> float:
        html = workshop.composer.part("poster", "title_block", view, marks, picture)
        return workshop.heights("poster", view, sized.sheet, own, [MeasuredPart("title", html, mm(sized.live))])[
            "title"
        ]

    proportions, scale, alone = workshop.proportions[lead.source], sized.sheet.scale, height()
    found, (few, many) = None, pictured.widths_at_head(proportions, scale, sized.title_room)
    while many - few > 1:
        half = (few + many) // 2
        larger = pictured.at_head(lead, proportions, text, scale, half)
        found, few, many = (larger, half, many) if height(larger) <= alone + SLACK else (found, few, half)
    return found


def around_timeline(sized: Sized, text: PosterType, note: str = "", listed: bool = True) -> Around:
    """Measure everything around the timeline, set in a type.

    `note` is the line that a sheet prints about itself. `listed`: whether the sheet lists its sources.
    """
    workshop, view = sized.workshop, titled(sized)
    part, live = workshop.composer.part, mm(sized.live)
    sources = cited(view) if listed else ()
    above_marks, below_marks = ((), workshop.marks) if sized.key_below else (workshop.marks, ())
    lead = _lead(sized, text, above_marks)
    credits_line = _credits(sized, lead)
    unset = _in_columns(sized, (), galley((), SOURCE_COLUMNS)) if sources else None
    measured = [
        MeasuredPart("masthead", part("masthead", "masthead", view, view.words.poster), live),
        MeasuredPart("title", part("poster", "title_block", view, above_marks, lead), live),
        MeasuredPart("foot", part("poster", "foot", view.unversioned, unset, note, below_marks, credits_line), live),
        *_listing(sized, text).parts(sources),
    ]
    own = properties(sized, text, columns_of(sized, text, sized.spread))
    heights = workshop.heights("poster", view, sized.sheet, own, measured)
    above = heights["masthead"] + (0.0 if sized.sheet.landscape else heights["title"])
    set_sources = galley([heights[f"source-{source.key}"] for source in sources], SOURCE_COLUMNS)
    below = heights["foot"] + set_sources.height
    left = sized.sheet.height - 2 * sized.margin - above - WHITE * sized.sheet.scale - below - SLACK
    return Around(
        left=left,
        sources=_in_columns(sized, sources, set_sources) if sources else None,
        lead=lead,
        credits=credits_line,
        properties=_beside(sized, own, above_marks, BESIDE_FULL * left) if sized.sheet.landscape else {},
    )


def _listing(sized: Sized, text: PosterType) -> Listing:
    """How the list of sources is set, in a type: measured, since the timeline takes what it leaves to a micrometre."""
    size, leading = text.size("sources"), round(text.leading("sources") / MM_PER_POINT, 2)
    measured = replace(sized.workshop, shaped=False)
    return Listing(measured, sized.source_columns, size, leading, short=sized.workshop.view.lists_elsewhere)


def _beside(sized: Sized, own: Mapping[str, str], marks: Sequence[MarkView], most: float) -> dict[str, str]:
    """The deck and the key beside a timeline, as large as a height in mm has room for."""
    workshop, view = sized.workshop, titled(sized)
    html, width = workshop.composer.part("poster", "title_block", view, marks, None, True), mm(sized.aside)
    part = [MeasuredPart("beside", html, width)]
    for step in range(round(10 * BESIDE_TITLE[sized.sheet.banner]), 10, -1):
        found = _in_size(sized, step / 10)
        if workshop.heights("poster", view, sized.sheet, {**own, **found}, part)["beside"] <= most:
            return found
    return {}


def _in_size(sized: Sized, growth: float) -> dict[str, str]:
    """Deck and key in a size, as a multiple of the design's, as CSS custom properties."""
    return {
        **_larger_deck(sized, growth),
        "key-growth": f"{growth:g}",
        **placed.key_properties(sized.sheet.scale * growth),
    }


def _in_columns(sized: Sized, sources: Sequence[Source], set_sources: Galley) -> SourcesView:
    short = sized.workshop.view.lists_elsewhere
    return placed.sources_in_columns(sources, set_sources, sized.source_columns.step, short)


def properties(sized: Sized, text: PosterType, columns: Columns) -> dict[str, str]:
    """The sheet's lengths, type and columns as CSS custom properties."""
    return {
        **text.properties,
        **columns.properties,
        **_deck(sized),
        "deck-width": mm(_deck_width(sized)),
        **_title(sized),
        "title-gap": f"calc({TITLE_GAP:g}mm * var(--scale))",
        "key-width": f"calc({KEY:g}mm * var(--scale))",
        "margin": mm(sized.margin),
        "scale": f"{sized.sheet.scale:.4f}",
        "chart-growth": f"{sized.chart:.4f}",
        "key-growth": "1",
        "address-width": mm(sized.address_width),
        "code-width": mm(sized.code_width),
        "address-gap": mm(SOURCE_GAP * sized.sheet.scale),
        "foot-white": mm(FOOT_WHITE * sized.sheet.scale),
        "era-leading": f"{ERA_LEADING:g}",
        "card-edge": mm(EDGE * sized.sheet.scale),
        "white": mm(WHITE * sized.sheet.scale),
        "source-width": mm(sized.source_columns.width),
        "aside-width": mm(sized.aside),
        **placed.key_properties(sized.sheet.scale),
        **(pictured.properties(sized.sheet.scale) if sized.workshop.proportions else {}),
    }


def widest_charts(sized: Sized) -> float:
    """Size of charts as wide as the foot, as a multiple of that at the sheet's scale; 1 without charts."""
    if not sized.workshop.view.charts_of("poster"):
        return 1.0
    return max(1.0, sized.source_columns.live / (charts.ROOMS["poster"] * sized.sheet.scale))


def _deck(sized: Sized) -> dict[str, str]:
    """The deck's size and leading as CSS custom properties, where they differ: as large as the title may be."""
    return _larger_deck(sized, KEY_BELOW_TITLE) if sized.key_below else {}


def _larger_deck(sized: Sized, growth: float) -> dict[str, str]:
    larger = replace(sized.type, deck=sized.type.deck * growth).properties
    return {name: larger[name] for name in ("deck-size", "deck-leading")}


def _deck_width(sized: Sized) -> float:
    """Greatest width of the deck in mm: that of a text to read, or all the title's room where that saves a line."""
    room, scale, base = sized.title_room, sized.sheet.scale, sized.type
    usual = min(WIDEST_DECK[sized.key_below] * scale, room)
    size = base.size("deck") * (KEY_BELOW_TITLE if sized.key_below else 1.0)
    deck = sized.workshop.view.deck_html.striptags()
    usual_lines, least_lines = (lines.count(deck, faces.DECK, lines.WIDER * size, width) for width in (usual, room))
    return room if least_lines < usual_lines else usual


def _title(sized: Sized) -> dict[str, str]:
    """The title's size and leading as CSS custom properties."""
    text = sized.type
    share = sized.title_size / text.title
    return {
        "title-size": f"{text.title * share:.2f}pt",
        "title-leading": f"{text.leading('title') / MM_PER_POINT * share:.2f}pt",
    }


def titled(sized: Sized) -> ArticleView:
    """The article with a title whose lines end after a colon or a comma, where that takes no more lines.

    On a banner, its key says that time runs along the axis.
    """
    view = sized.workshop.view
    if sized.sheet.banner:
        view = replace(view, scale=replace(view.scale, how_to_read=view.scale.along))
    return titles.ended_at_signs(view, sized.title_size, sized.title_room)


def cited(view: ArticleView) -> tuple[Source, ...]:
    """The sources that the poster's events, eras and resources cite."""
    return view.sources_of(view.events, view.eras, view.resources, view.charts_of("poster"))
