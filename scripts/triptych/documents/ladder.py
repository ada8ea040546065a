"""The fit ladder of a poster: ways to set its cards, in order of preference, and the first one on which they fit."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from markupsafe import Markup

from triptych.compose import placed
from triptych.compose.html import MeasuredPart
from triptych.compose.placed import SourcesView
from triptych.compose.views import ArticleView, EventView
from triptych.content.cite import Source
from triptych.content.units import MM_PER_POINT
from triptych.design import faces
from triptych.design.faces import Face
from triptych.design.galley import galley
from triptych.design.sheets import POSTER_MARGIN, Sheet, SourceColumns, mm, sans_width
from triptych.design.sizes import HEAVIEST, PosterType, poster_type
from triptych.documents.workshop import SLACK, Workshop, checked
from triptych.timeline import labels, spine
from triptych.timeline.columns import MOST_LANES, Columns, Spread, poster_columns
from triptych.timeline.plan import Crowded, LabelledEra, Overfull, Plan

FULL = 0.92
"""Largest share of the box that the cards may fill, except on the last rung."""
ROOMY = 0.6
"""Below this share the sheet looks empty: its type is enlarged, and the author gets a note."""
FAR = 0.2
"""A card farther from its date than this share of the axis is too far: the next rung is tried."""
SOURCE_COLUMNS, SOURCE_GAP = 4, 6.0
"""Number of columns of sources, and the white space between two in mm at the scale of A3."""
ASIDE = 0.27
"""Share of a landscape sheet's width for title, deck and key, beside the timeline."""
SURE = 0.9
"""Safety factor on the width of a text: its references are set smaller than the rest."""
WIDEST_DATE = 0.45
"""Largest width of a date beside its headline, as a share of the width of a card's text."""
LANES = 2
"""Lanes of span marks to leave room for, before it is known how many a timeline needs."""
NUMBER_WHITE = 1.0
"""White space after an event's number, at the scale of A3, in mm."""
LEAST_TEXT = 7.5
"""Least width of a card's text, as a multiple of the headline's size."""
KEY, TITLE_GAP = 62.0, 8.0
"""Width of the key beside the title, and the white space between them, at the scale of A3, in mm."""
LANDSCAPE_TITLE, LEAST_TITLE = 0.8, 0.5
"""Size of the title on a landscape sheet, and the least size that makes room for a long word, as shares of its own."""
WHITE = 8.0
"""White space between the head and the timeline, at the scale of A3, in mm."""


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
    headline: float = 0.0
    """Size of the headlines, as `factor`, where it is another; else 0."""


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
ENLARGED = (Rung(1.3, 1, "summary", "columns", fill=0.85), Rung(1.15, 1, "summary", "columns", fill=0.85))
"""Rungs for few events on a large sheet."""
SPARSE = 0.4
"""A sheet whose cards fill less than this share of the height gets type that grows as far as its title allows."""
SPARSE_LABEL = 0.8
"""Smallest label of the scale on such a sheet, as a share of the size of a year."""
GROWTHS = (1.0, 0.92, 0.85, 0.77, 0.7)
"""Sizes of that type, as shares of the largest."""
SPARSE_TITLE = 1.35
"""Size of title and deck on such an upright sheet, as a multiple of the design's: the key stands at its foot."""
LARGEST_HEADLINE = 0.75
"""Largest headline on such a sheet, as a share of the title's size."""


@dataclass(frozen=True, slots=True)
class Sized:
    """A sheet for the poster, and the lengths that follow from it, in mm."""

    workshop: Workshop
    name: str
    sheet: Sheet
    sparse: bool = False
    """Whether its cards have type that grows with the room: what stands around them does not."""

    @property
    def key_below(self) -> bool:
        """Whether the key stands at the foot, and the title has all the width."""
        return self.sparse and not self.sheet.landscape

    @property
    def margin(self) -> float:
        """Margin on each side."""
        return POSTER_MARGIN * self.sheet.scale

    @property
    def live(self) -> float:
        """Width between the margins."""
        return self.sheet.width - 2 * self.margin

    @property
    def aside(self) -> float:
        """Width of the column beside a landscape timeline, with the white space after it; 0 on an upright sheet."""
        return self.live * ASIDE if self.sheet.landscape else 0.0

    @property
    def source_columns(self) -> SourceColumns:
        """Columns of the list of sources."""
        return SourceColumns(SOURCE_COLUMNS, SOURCE_GAP * self.sheet.scale, self.live)

    @property
    def spread(self) -> Spread:
        """Use of the timeline's width, before a rung is chosen."""
        return Spread(eras=bool(self.workshop.article.eras))


@dataclass(frozen=True, slots=True)
class Around:
    """Everything on the sheet above and below the timeline."""

    left: float
    """Height left for the timeline, in mm."""
    sources: SourcesView | None
    """None where nothing on the poster cites a source."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A timeline layout and the rung it uses."""

    rung: Rung
    text: PosterType
    columns: Columns
    plan: Plan
    around: Around


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
        if laid.plan.fill <= rung.fill:
            near = laid.plan.drift <= FAR * laid.columns.frame.height
            if near and not fitting and laid.plan.fill < ROOMY:
                return _enlarged(sized, laid, around)
            fitting.append(laid)
            if near:
                return laid
        else:
            shortages.append((laid.plan.fill - rung.fill) * laid.columns.frame.height)
    if not fitting:
        raise Overfull(min(shortages) if min(shortages) < math.inf else min(hopeless))
    return min(fitting, key=lambda laid: laid.plan.drift)


def _enlarged(sized: Sized, laid: Laid, around: Callable[[PosterType], Around]) -> Laid:
    """The layout with larger type, if the cards still fit near their dates; otherwise the layout as it is."""
    sparse = replace(sized, sparse=True)
    tries = [(sized, rung, around) for rung in ENLARGED]
    if laid.plan.fill < SPARSE:
        around_sparse = cache(partial(around_timeline, sparse))
        tries = [*((sparse, rung, around_sparse) for rung in _sparse(sparse)), *tries]
    for one, rung, around_one in tries:
        try:
            larger = _on_rung(one, rung, around_one)
        except (Overfull, Crowded):
            continue
        if larger.plan.fill <= rung.fill and larger.plan.drift <= FAR * larger.columns.frame.height:
            return larger
    return laid


def _sparse(sized: Sized) -> Iterator[Rung]:
    """Rungs for a sheet that is nearly empty: headlines to read from afar, above summaries that grow half as much."""
    text = poster_type(sized.sheet)
    title = text.title * (SPARSE_TITLE if sized.key_below else 1.0)
    largest = LARGEST_HEADLINE * title / (text.headline * HEAVIEST)
    for share in GROWTHS:
        growth = share * largest
        if growth > 1:
            yield Rung((1 + growth) / 2, 1, "summary", "stacked", fill=0.85, headline=growth)


def _on_rung(sized: Sized, rung: Rung, around: Callable[[PosterType], Around]) -> Laid:
    """Lay out the timeline on a rung, with as many lanes of span marks and as wide labels as it needs.

    `around` returns everything around the timeline for a type. Raises Overfull, Crowded.
    """
    text = poster_type(sized.sheet).cards_in(rung.factor, rung.headline)
    spread = spread_of(sized, rung, text)
    columns = columns_of(sized, text, spread).resized(around(text).left)
    if spread.date and not _has_room_for_dates(columns):
        raise Overfull(math.inf)
    spread = replace(spread, lanes=_likely_lanes(sized, rung, text, columns))
    while True:
        columns = columns_of(sized, text, spread).resized(around(text).left)
        if narrow(columns, text):
            raise Overfull(math.inf)
        heights = card_heights(sized, rung, text, columns)
        plan = spine.plan(sized.workshop.article.events, heights, columns.frame, eras(sized, text))
        wider = widened(sized, plan, columns, spread, SPARSE_LABEL * text.year if rung.headline else labels.LEAST_SIZE)
        if wider == spread:
            return Laid(rung, text, columns, checked(plan), around(text))
        spread = wider


def widened(sized: Sized, plan: Plan, columns: Columns, spread: Spread, size: float = labels.LEAST_SIZE) -> Spread:
    """The use of the width with room for all lanes of span marks of a plan, and for the labels of its scale.

    `size` is the smallest type of these labels, in pt.
    """
    return replace(
        spread,
        lanes=max(plan.lanes, spread.lanes),
        label=max(labels.lacking(plan, columns, sized.workshop.view.calendar, size), spread.label),
    )


def narrow(columns: Columns, text: PosterType) -> bool:
    """Whether the lanes and labels leave the cards' texts too little width."""
    least = LEAST_TEXT * text.headline * MM_PER_POINT
    return min(columns.date_width + columns.detail_width, columns.detail_width or math.inf) < least


def spread_of(sized: Sized, rung: Rung, text: PosterType) -> Spread:
    """How a rung uses the width, without lanes for span marks."""
    digits = len(str(len(sized.workshop.article.events)))
    return replace(
        sized.spread,
        sides=rung.sides,
        date=_date_width(sized, text, rung),
        number=sans_width(digits, text.size("date")) + NUMBER_WHITE * sized.sheet.scale,
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
        return spine.plan(sized.workshop.article.events, least, columns.frame, eras(sized, text)).lanes
    except Overfull:
        return 0


def least_height(event: EventView, rung: Rung, text: PosterType, columns: Columns) -> float:
    """Lower bound for a card's height in mm, from the widths of its texts set in one line."""

    def lines(html: Markup, name: str, face: Face, width: float) -> float:
        length = SURE * faces.width(html.striptags(), face, text.size(name))
        return max(1, math.ceil(length / width)) * text.leading(name)

    def summary(width: float) -> float:
        return lines(event.summary_html, "body", faces.TEXT, width) if event.summary_html else 0.0

    date, headline = text.leading("date"), f"headline-{event.weight}"
    beside = {"columns": columns.date_width - columns.column_gap, "stacked": columns.date_width}
    title = lines(event.headline_html, headline, faces.HEADLINES, beside.get(rung.arrangement, columns.detail_width))
    if rung.detail == "headline":
        return max(date, title) if rung.arrangement == "row" else date + title
    if rung.arrangement == "columns":
        return max(date + title, summary(columns.detail_width))
    return date + title + summary(columns.date_width)


def _date_width(sized: Sized, text: PosterType, rung: Rung) -> float:
    """Width in mm of the longest date and the white space after it; 0 where dates stand above the headlines."""
    if rung.arrangement != "row":
        return 0.0
    longest = max(len(event.short_date) for event in sized.workshop.view.events)
    return sans_width(longest, text.size("date")) + 3 * sized.sheet.scale


def _has_room_for_dates(columns: Columns) -> bool:
    return columns.date_width <= WIDEST_DATE * (columns.date_width + columns.detail_width)


def tightest(sized: Sized) -> tuple[Rung, PosterType, Spread]:
    """The rung that needs the least room, its type, and its use of the width with two lanes of span marks.

    Dates stand above the headlines if they have no room beside them.
    """
    for rung in (LADDER[-1], replace(LADDER[-1], arrangement="stacked")):
        text = poster_type(sized.sheet).cards_in(rung.factor)
        spread = replace(spread_of(sized, rung, text), lanes=LANES)
        if _has_room_for_dates(columns_of(sized, text, replace(spread, histogram=True))):
            break
    return rung, text, spread


def laned(sized: Sized) -> tuple[Rung, PosterType, Spread]:
    """The smallest rung with cards on one side, its type, and its use of the width with all lanes of span marks."""
    rung = LADDER[1]
    text = poster_type(sized.sheet).cards_in(rung.factor)
    return rung, text, replace(spread_of(sized, rung, text), lanes=MOST_LANES - 1)


def eras(sized: Sized, text: PosterType) -> list[LabelledEra]:
    """The article's eras, with the length of their labels in mm."""
    size = max(text.size("caption"), poster_type(sized.sheet).size("caption"))
    return [LabelledEra(era.label, era.date, sans_width(len(era.label), size)) for era in sized.workshop.article.eras]


def columns_of(sized: Sized, text: PosterType, spread: Spread) -> Columns:
    """The columns of cards on a sheet."""
    return poster_columns(sized.sheet, sized.live - sized.aside, text, spread)


def card_heights(
    sized: Sized, rung: Rung, text: PosterType, columns: Columns, events: Sequence[EventView] | None = None
) -> Mapping[str, float]:
    """Heights in mm of the cards on a rung, by event id: of all events, or of the given ones."""
    workshop = sized.workshop
    arrangement = f"{rung.arrangement} {'right' if rung.sides == 1 else 'left'}"
    cards = [*workshop.cards(columns, arrangement, rung.detail, events)]
    return workshop.heights("poster", workshop.view, sized.sheet, properties(sized, text, columns), cards)


def around_timeline(sized: Sized, text: PosterType, note: str = "", listed: bool = True) -> Around:
    """Measure everything around the timeline, set in a type.

    `note` is the line that a sheet prints about itself. `listed`: whether the sheet lists its sources.
    """
    workshop, view = sized.workshop, sized.workshop.view
    part, live = workshop.composer.part, mm(sized.live)
    sources = cited(view) if listed else ()
    unset = placed.sources_in_columns((), galley((), SOURCE_COLUMNS), 0) if sources else None
    above_marks, below_marks = ((), workshop.marks) if sized.key_below else (workshop.marks, ())
    measured = [
        MeasuredPart("masthead", part("masthead", "masthead", view, view.words.poster), live),
        MeasuredPart("title", part("poster", "title_block", view, above_marks), live),
        MeasuredPart("foot", part("poster", "foot", view, unset, note, below_marks), live),
        *workshop.sources(sources, sized.source_columns),
    ]
    own = properties(sized, text, columns_of(sized, text, sized.spread))
    heights = workshop.heights("poster", view, sized.sheet, own, measured)
    above = heights["masthead"] + (0.0 if sized.sheet.landscape else heights["title"])
    set_sources = galley([heights[f"source-{source.key}"] for source in sources], SOURCE_COLUMNS)
    below = heights["foot"] + set_sources.height
    return Around(
        left=sized.sheet.height - 2 * sized.margin - above - WHITE * sized.sheet.scale - below - SLACK,
        sources=placed.sources_in_columns(sources, set_sources, sized.source_columns.step) if sources else None,
    )


def properties(sized: Sized, text: PosterType, columns: Columns) -> dict[str, str]:
    """The sheet's lengths, type and columns as CSS custom properties."""
    return {
        **text.properties,
        **columns.properties,
        **_around(sized, text),
        **_title(sized, text),
        "title-gap": f"calc({TITLE_GAP:g}mm * var(--scale))",
        "key-width": f"calc({KEY:g}mm * var(--scale))",
        "margin": mm(sized.margin),
        "scale": f"{sized.sheet.scale:.4f}",
        "white": mm(WHITE * sized.sheet.scale),
        "source-width": mm(sized.source_columns.width),
        "index-width": mm(sized.workshop.paper.width),
        "index-height": mm(sized.workshop.paper.height),
        "aside-width": mm(sized.aside),
        **placed.key_properties(sized.sheet.scale),
    }


def _around(sized: Sized, text: PosterType) -> dict[str, str]:
    """The type around the timeline as CSS custom properties: on a sparse sheet it does not grow with the cards."""
    if not sized.sparse:
        return {"head-size": f"{text.size('date'):g}pt"}
    base = poster_type(sized.sheet)
    names = ("caption-size", "caption-leading", "sources-size", "sources-leading")
    deck = replace(base, deck=base.deck * (SPARSE_TITLE if sized.key_below else 1.0)).properties
    return {
        "head-size": f"{base.size('date'):g}pt",
        **{name: base.properties[name] for name in names},
        **{name: deck[name] for name in ("deck-size", "deck-leading")},
    }


def _title(sized: Sized, text: PosterType) -> dict[str, str]:
    """The title's size and leading as CSS custom properties: smaller where a word is wider than its column."""
    scale, landscape = sized.sheet.scale, sized.sheet.landscape
    room = (sized.aside if landscape else sized.live - KEY * scale) - TITLE_GAP * scale
    share = LANDSCAPE_TITLE if landscape else 1.0
    if sized.key_below:
        room, share = sized.live, SPARSE_TITLE
    words = sized.workshop.view.title_html.striptags().split(" ")
    widest = max(faces.width(word, faces.TITLE, text.title) for word in words)
    share = max(min(share, room / widest), LEAST_TITLE)
    return {
        "title-size": f"{text.title * share:.2f}pt",
        "title-leading": f"{text.leading('title') / MM_PER_POINT * share:.2f}pt",
    }


def cited(view: ArticleView) -> tuple[Source, ...]:
    """The sources that the poster's events, eras and resources cite."""
    return view.sources_of(view.events, view.eras, view.resources, view.charts_of("poster"))
