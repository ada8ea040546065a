"""The article as a timeline poster: the first rung of the fit ladder on which the events stand without touching."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from triptych import compose, crowd, marks, spine
from triptych.cite import Source
from triptych.compose import Part, SourcesView
from triptych.crowd import Selection
from triptych.drawing import Drawing
from triptych.errors import FitError
from triptych.galley import galley
from triptych.geometry import Crowded, Era, Overfull, Plan
from triptych.sheets import (
    POSTER_MARGIN,
    SHEETS,
    Columns,
    PosterType,
    Sheet,
    Spread,
    mm,
    poster_columns,
    poster_type,
    sans_width,
    sheet,
)
from triptych.views import ArticleView
from triptych.workshop import SLACK, Document, Fit, Workshop, checked, crowded

FULL = 0.92
"""The share of the box that the cards may fill, but on the last rung."""
ROOMY = 0.6
"""Under this share the sheet looks empty: its type is enlarged, and an author is told."""
FAR = 0.2
"""Cards further from their dates than this share of the axis call for a rung that keeps them nearer."""
MOST_PANELS = 4
SOURCE_COLUMNS = 4
SOURCE_GAP = 6.0
"""Between columns of sources, at the scale of A3, in mm."""
ASIDE = 0.27
"""Share of a landscape sheet's width that title, deck and key take beside the timeline."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One way to set the cards: their size, the sides of the spine they stand on, how much of each event is told."""

    factor: float
    """Size of the cards' type, as a share of the design's."""
    sides: int
    detail: str
    arrangement: str
    """Of a card's texts: columns, stacked or row."""
    fill: float = FULL


LADDER = (
    Rung(1.0, 1, "summary", "columns"),
    Rung(0.0, 1, "summary", "columns"),
    Rung(1.0, 2, "summary", "stacked"),
    Rung(0.0, 2, "summary", "stacked"),
    Rung(1.0, 2, "headline", "stacked"),
    Rung(1.0, 2, "headline", "row"),
    Rung(0.0, 2, "headline", "row", fill=1.0),
)
"""From the design's own to the tightest; a factor of 0 is the floor of the type."""
ENLARGED = (Rung(1.3, 1, "summary", "columns", fill=0.85), Rung(1.15, 1, "summary", "columns", fill=0.85))
"""For few events on a large sheet."""


@dataclass(frozen=True, slots=True)
class Sized:
    """A sheet, and all that it decides."""

    workshop: Workshop
    name: str
    sheet: Sheet

    @property
    def margin(self) -> float:
        return POSTER_MARGIN * self.sheet.scale

    @property
    def live(self) -> float:
        """Width between the margins."""
        return self.sheet.width - 2 * self.margin

    @property
    def aside(self) -> float:
        """Width of the column beside a landscape timeline, with the white after it."""
        return self.live * ASIDE if self.sheet.landscape else 0.0

    @property
    def source_gap(self) -> float:
        return SOURCE_GAP * self.sheet.scale

    @property
    def source_width(self) -> float:
        return (self.live - (SOURCE_COLUMNS - 1) * self.source_gap) / SOURCE_COLUMNS

    @property
    def spread(self) -> Spread:
        return Spread(eras=bool(self.workshop.article.eras))


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a timeline."""

    left: float
    """Height that it leaves for the timeline, in mm."""
    sources: SourcesView | None
    """None where the events cite none."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A timeline laid out on a rung."""

    rung: Rung
    text: PosterType
    columns: Columns
    plan: Plan
    around: Around


def poster(workshop: Workshop) -> Document:
    """The poster on the sheet asked for, on a larger one if that is allowed, or on panels. Raises FitError."""
    errors: list[Overfull] = []
    try:
        if len(workshop.article.events) >= crowd.MANY:
            return _with_histogram(Sized(workshop, workshop.sheet_name, workshop.sheet))
        for sized in _sheets(workshop):
            try:
                return _document(sized, [_laid_out(sized)])
            except Overfull as error:
                errors.append(error)
        sized = Sized(workshop, workshop.sheet_name, workshop.sheet)
        if panels := _panels(sized):
            return _document(sized, panels)
    except Crowded as error:
        raise crowded("poster") from error
    raise _too_long(workshop, errors[0].over)


def plans(workshop: Workshop) -> tuple[Plan, ...]:
    """The geometry of the poster's timeline, one plan for each panel. Raises Overfull or Crowded."""
    sized = Sized(workshop, workshop.sheet_name, workshop.sheet)
    try:
        return (_laid_out(sized).plan,)
    except Overfull:
        if panels := _panels(sized):
            return tuple(panel.plan for panel in panels)
        raise


def _sheets(workshop: Workshop) -> Iterator[Sized]:
    """The sheet asked for and, when that is allowed, each larger one."""
    yield Sized(workshop, workshop.sheet_name, workshop.sheet)
    if workshop.larger:
        yield from (Sized(workshop, name, sheet(name)) for name in _larger(workshop))


def _larger(workshop: Workshop) -> Iterator[str]:
    """Names of the sheets of the ISO series that are larger, lying as the one asked for."""
    suffix = "-landscape" if workshop.sheet.landscape else ""
    area = workshop.sheet.width * workshop.sheet.height
    for name in ("a3", "a2", "a1", "a0"):
        if SHEETS[name].width * SHEETS[name].height > area * 1.01:
            yield name + suffix


def _laid_out(sized: Sized) -> Laid:
    """The first rung that fits and keeps its cards near their dates; else the one that keeps them nearest.

    A rung that tells less is tried only when none that tells more fits.
    """
    fitting: list[Laid] = []
    shortages = [math.inf]
    around = cache(partial(_around, sized))
    for rung in LADDER:
        if fitting and rung.detail != fitting[0].rung.detail:
            break
        try:
            laid = _on_rung(sized, rung, around)
        except Overfull as error:
            shortages.append(error.over)
            continue
        if laid.plan.fill <= rung.fill:
            if not fitting and laid.plan.fill < ROOMY:
                return _enlarged(sized, laid, around)
            fitting.append(laid)
            if laid.plan.drift <= FAR * laid.columns.frame.height:
                return laid
        else:
            shortages.append((laid.plan.fill - rung.fill) * laid.columns.frame.height)
    if not fitting:
        raise Overfull(min(shortages))
    return min(fitting, key=lambda laid: laid.plan.drift)


def _enlarged(sized: Sized, laid: Laid, around: Callable[[PosterType], Around]) -> Laid:
    """The same with larger type, if the cards still stand well."""
    for rung in ENLARGED:
        try:
            larger = _on_rung(sized, rung, around)
        except Overfull:
            continue
        if larger.plan.fill <= rung.fill and larger.plan.drift <= FAR * larger.columns.frame.height:
            return larger
    return laid


def _on_rung(sized: Sized, rung: Rung, around: Callable[[PosterType], Around]) -> Laid:
    """Lay out on a rung, with room for as many lanes of span marks as turn out to be needed. Raises Overfull.

    `around` tells what stands around a timeline, by its type.
    """
    text = poster_type(sized.sheet).cards_in(rung.factor)
    spread = replace(sized.spread, sides=rung.sides, date=_date_width(sized, text, rung))
    while True:
        columns = _columns(sized, text, spread).resized(around(text).left)
        heights = _card_heights(sized, rung, text, columns)
        if spread.date and not _has_room_for_dates(columns):
            raise Overfull(math.inf)
        plan = spine.plan(sized.workshop.article.events, heights, columns.frame, _eras(sized))
        if plan.lanes <= spread.lanes:
            return Laid(rung, text, columns, checked(plan), around(text))
        spread = replace(spread, lanes=plan.lanes)


WIDEST_DATE = 0.45
"""Share of a card's text that a date beside the headline may take."""


def _date_width(sized: Sized, text: PosterType, rung: Rung) -> float:
    """Width of the longest date, with the white after it; 0 where dates are stacked."""
    if rung.arrangement != "row":
        return 0.0
    longest = max(len(event.short_date) for event in sized.workshop.view.events)
    return sans_width(longest, text.size("date")) + 3 * sized.sheet.scale


def _has_room_for_dates(columns: Columns) -> bool:
    return columns.date_width <= WIDEST_DATE * (columns.date_width + columns.detail_width)


def _tightest(sized: Sized) -> tuple[Rung, PosterType, Spread]:
    """The last rung on which a date has room beside its headline, its type, and room for all lanes of marks."""
    for rung in (LADDER[-1], replace(LADDER[-1], arrangement="stacked")):
        text = poster_type(sized.sheet).cards_in(rung.factor)
        date = _date_width(sized, text, rung)
        spread = replace(sized.spread, sides=rung.sides, lanes=marks.LANES - 1, date=date)
        columns = poster_columns(sized.sheet, sized.live - sized.aside, text, replace(spread, histogram=True))
        if _has_room_for_dates(columns):
            break
    return rung, text, spread


def _eras(sized: Sized) -> list[Era]:
    """Eras with the length of their labels."""
    size = poster_type(sized.sheet).size("caption")
    return [Era(era.label, era.date, sans_width(len(era.label), size)) for era in sized.workshop.article.eras]


def _columns(sized: Sized, text: PosterType, spread: Spread) -> Columns:
    return poster_columns(sized.sheet, sized.live - sized.aside, text, spread)


def _card_heights(sized: Sized, rung: Rung, text: PosterType, columns: Columns) -> Mapping[str, float]:
    """Heights of the events' cards on a rung."""
    workshop = sized.workshop
    cards = [*workshop.cards(columns, f"{rung.arrangement} {'right' if rung.sides == 1 else 'left'}", rung.detail)]
    return workshop.heights("poster", workshop.view, sized.sheet, _properties(sized, text, columns), cards)


def _around(sized: Sized, text: PosterType, note: str = "") -> Around:
    """What stands around a timeline in a type."""
    workshop, view = sized.workshop, sized.workshop.view
    part, live = workshop.composer.part, mm(sized.live)
    sources = _sources(view)
    unset = compose.sources_in_columns((), galley((), SOURCE_COLUMNS), 0) if sources else None
    measured = [
        Part("masthead", part("masthead", "masthead", view, view.words["poster"]), live),
        Part("title", part("poster", "title_block", view, workshop.marks), live),
        Part("foot", part("poster", "foot", view, unset, note), live),
        *workshop.sources(sources, sized.source_width),
    ]
    properties = _properties(sized, text, _columns(sized, text, sized.spread))
    heights = workshop.heights("poster", view, sized.sheet, properties, measured)
    above = heights["masthead"] + (0.0 if sized.sheet.landscape else heights["title"])
    set_sources = galley([heights[f"source-{source.key}"] for source in sources], SOURCE_COLUMNS)
    step = sized.source_width + sized.source_gap
    below = heights["foot"] + set_sources.height
    return Around(
        left=sized.sheet.height - 2 * sized.margin - above - WHITE * sized.sheet.scale - below - SLACK,
        sources=compose.sources_in_columns(sources, set_sources, step) if sources else None,
    )


WHITE = 8.0
"""White between the head and the timeline, at the scale of A3, in mm."""


def _properties(sized: Sized, text: PosterType, columns: Columns) -> dict[str, str]:
    return {
        **text.properties,
        **columns.properties,
        "margin": mm(sized.margin),
        "scale": f"{sized.sheet.scale:.4f}",
        "white": mm(WHITE * sized.sheet.scale),
        "source-width": mm(sized.source_width),
        "aside-width": mm(sized.aside),
        "key-mark": mm(4 * sized.sheet.scale),
    }


def _panels(sized: Sized) -> list[Laid]:
    """The timeline cut into consecutive periods of one length, a sheet each, as few as fit; or nothing."""
    events = spine.ordered(sized.workshop.article.events)
    numbers = {event.id: number for number, event in enumerate(events, start=1)}
    rung, text, spread = _tightest(sized)
    around = _around(sized, text, sized.workshop.view.words["panel"])
    columns = _columns(sized, text, spread).resized(around.left)
    heights = _card_heights(sized, rung, text, columns)
    for count in range(2, MOST_PANELS + 1):
        periods = spine.periods([event.date for event in events], count)
        try:
            panels = []
            for first, last in periods:
                part = [event for event in events if first <= max(marks.middle(event.date), periods[0][0]) < last]
                carded = {event.id: heights[event.id] for event in part}
                eras = [era for era in _eras(sized) if era.date.start < last and era.date.end > first]
                plan = spine.plan(part, carded, columns.frame, eras, numbers, (first, last))
                panels.append(Laid(rung, text, columns, checked(plan), around))
            return panels
        except Overfull:
            continue
    return []


def _with_histogram(sized: Sized) -> Document:
    """Cards for the weightiest of very many events, a histogram of all, and an index that lists them."""
    workshop = sized.workshop
    rung, text, spread = _tightest(sized)
    spread = replace(spread, histogram=True)
    around = _around(sized, text, workshop.view.words["selection"] + "0" * 12)
    columns = _columns(sized, text, spread).resized(around.left)
    heights = _card_heights(sized, rung, text, columns)
    chosen = crowd.selection(workshop.article.events, heights, columns.frame, _eras(sized), FULL)
    return _document(sized, [Laid(rung, text, columns, checked(chosen.plan), around)], chosen)


def _document(sized: Sized, panels: Sequence[Laid], chosen: Selection | None = None) -> Document:
    """Set the sheets, one for each panel, and the index of a selection."""
    workshop, view = sized.workshop, sized.workshop.view
    first = panels[0]
    sheets: list[dict[str, Any]] = []
    drawings: dict[str, Drawing] = compose.key_drawings(sized.sheet.scale)
    for number, laid in enumerate(panels, start=1):
        bars = chosen.bars if chosen else ()
        timeline, drawn = compose.timeline(
            view, laid.plan, laid.columns, laid.rung.arrangement, f"timeline-{number}", bars
        )
        drawings |= drawn
        note = _note(view, laid, number, len(panels), chosen)
        sources = laid.around.sources if number == len(panels) else None
        sheets.append({"timeline": timeline, "note": note, "sources": sources})
    composed = workshop.composed(
        "poster",
        view,
        sized.sheet,
        _properties(sized, first.text, first.columns),
        drawings=drawings,
        sheets=sheets,
        detail=first.rung.detail,
        marks=workshop.marks,
        landscape=sized.sheet.landscape,
        index=view.events if chosen else (),
    )
    pages = workshop.typesetter.pages(composed)
    index = [number for name, number in pages.anchors() if name == "section-index"]
    if (min(index) - 1 if index else pages.count) != len(panels):
        raise FitError(f"the poster takes {pages.count} pages of {sized.name}\n    Shorten its title, deck or sources.")
    fit = Fit(full=max(laid.plan.fill for laid in panels), drift=max(laid.plan.drift for laid in panels))
    return workshop.finished("poster", pages, _notes(sized, panels, chosen), fit)


def _note(view: ArticleView, laid: Laid, number: int, count: int, chosen: Selection | None) -> str:
    """What a sheet must say of itself: which part of the time it shows, or how its events were chosen."""
    if chosen:
        counted = view.words[f"bin_{chosen.bin}"]
        return view.words["selection"].format(len(chosen.plan.cards), len(view.events), counted, chosen.most)
    if count > 1:
        return view.words["panel"].format(number, count, *compose.years(laid.plan, view.calendar))
    return ""


def _notes(sized: Sized, panels: Sequence[Laid], chosen: Selection | None) -> list[str]:
    """What an author should know."""
    fill = max(laid.plan.fill for laid in panels)
    drift = max(laid.plan.drift for laid in panels)
    notes = [f"cards stand at most {drift:.0f} mm from their dates; the sheet is {fill:.0%} full"]
    if sized.name != sized.workshop.sheet_name:
        notes.append(f"set on {sized.name}, since the events do not fit on {sized.workshop.sheet_name}")
    if len(panels) > 1:
        notes.append(f"set on {len(panels)} sheets, each a part of the time")
    if chosen:
        notes.append(
            f"cards for the {len(chosen.plan.cards)} weightiest of {len(sized.workshop.article.events)} events"
        )
    if fill < ROOMY:
        notes.append("the sheet looks empty: a smaller sheet would do")
    if drift > FAR * panels[0].columns.frame.height:
        notes.append("some cards stand far from their dates: a larger sheet would bring them nearer")
    return notes


def _too_long(workshop: Workshop, over: float) -> FitError:
    """The last rung of the ladder: how much too long, what weighs least, which sheet would do."""
    lightest = sorted(workshop.article.events, key=lambda event: event.weight)[:3]
    for name in _larger(workshop):
        try:
            _laid_out(Sized(workshop, name, sheet(name)))
        except Overfull:
            continue
        hint = f"or use the sheet {name}, the smallest that works"
        break
    else:
        hint = "or tell the time in two articles: no sheet holds them all"
    short = "too narrow for any column" if math.isinf(over) else f"{math.ceil(over)} mm over with headlines alone"
    return FitError(
        f"the poster does not fit on {workshop.sheet_name}: {short}\n"
        f"    Take out events that weigh least, such as {', '.join(f'`{event.id}`' for event in lightest)}, {hint}."
    )


def _sources(view: ArticleView) -> tuple[Source, ...]:
    return view.sources_of(view.events, view.eras, view.resources)
