"""An article becomes a fact sheet: one page with every word on it, or an error."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice

from triptych.compose import placed
from triptych.compose.html import MeasuredPart
from triptych.compose.placed import TimelineView
from triptych.compose.views import ArticleView, ChartView
from triptych.content.cite import Source
from triptych.content.errors import FitError
from triptych.content.kinds import KINDS, Paper
from triptych.content.model import Event
from triptych.content.units import MM_PER_POINT
from triptych.design import values
from triptych.design.sheets import mm
from triptych.documents import back as backs
from triptych.documents import cards, chosen, foot, titles
from triptych.documents.back import BackView
from triptych.documents.chosen import Others
from triptych.documents.workshop import SLACK, TRACKS, Document, Fit, Workshop, checked, judged, left_out, proved
from triptych.timeline import spine
from triptych.timeline.columns import FACTSHEET_LEADING, Crowd, factsheet_columns, page_size
from triptych.timeline.drawing import Drawing
from triptych.timeline.plan import Crowded, Frame, Overfull, Plan
from triptych.typeset.pages import Pages

NAME = "factsheet"
"""Its name."""
MARGINS = {Paper.A4: (13.0, 15.0, 11.0), Paper.LETTER: (11.0, 15.0, 9.0)}
"""Top, side and bottom margin, in mm."""
PUNCHED = 18.0
"""Margin on the side where the lines start, in mm: holes of ISO 838 reach 15 mm into the sheet, those of Letter 17."""
LEDGER_WIDTHS = (79.5, 83.0, 86.0, 90.0)
"""Widths of the column of key figures, in mm: the first that holds all parts, before one of them is left out."""
NEARLY = 12.0
"""A page that is longer by more than this, in mm, fits in no wider column of figures."""
COLUMNS_GAP = 5.5
"""White space between the column of key figures and the timeline, in mm."""
BASIS_LEADING = 11.4
"""Leading of a key figure's basis, in pt."""
LEADS = ((19.0, 25.0), (17.0, 22.5), (15.5, 21.0), (14.0, 19.0), (12.5, 17.0), (11.0, 15.0))
"""Size and leading of the sentences in brief on a page with few figures, in pt, from the largest."""
GROWTHS = (1.5, 1.35, 1.2, 1.1, 1.0)
"""Sizes of the timeline's type on such a page, as multiples of the design's."""
ROWS = (14, 11, 8)
"""Numbers of figures to keep of more, before another part of the sheet is left out."""
CHART_TAKES, CHART_GROWS = 0.6, 45.0
"""Share of the height that is left, which a chart of lines takes, and the most, in mm."""
STATUS_LINES = (8, 5, 3, 2)
"""Numbers of lines of agreed, disputed and not known to keep of more, each column alike."""
LARGER = {
    **{"deck-size": "14pt", "deck-leading": "19.5pt"},
    **{"grounds-size": "10pt", "grounds-leading": "13pt", "sources-size": "10pt", "sources-leading": "13pt"},
    "figure-growth": "1.2",
}
"""The type of title, figures, method and sources on such a page, if it leaves the sentences in brief large."""
HEADS = {False: (27.0, 29.0), True: (31.0, 33.5)}
"""Size and leading of the title in pt, by whether the page is such."""
LARGE_LEAD = LEADS[2]
"""The least size of these sentences with it."""
PAGE_GROWTHS = (2.0, 1.8, 1.6, 1.45, 1.3, 1.15, 1.0)
"""Sizes of the type of a page without a timeline, as multiples of the design's."""
AIRY = 0.15
"""Least share of the height that stays white on such a page, between the rows of figures or below the status lines."""
ROOMY, FAR = 0.6, 0.06
"""The timeline's type grows while its cards fill this share of the height, and stand as near to their dates."""
VALUE_GAP = 2.0
"""Least white space between a key figure's value and its label, in mm."""
LOWEST, HIGHEST, NARROWEST = 45.0, 107.0, 50.0
"""Least and greatest height of the picture, and its least width, in mm."""
BELOW_PICTURE = 4.0
"""White space below the caption of the picture, in mm."""
FIGURES_RULE, GROUNDS_GAP = 6.0, 7.0
"""White space above the figures below the leads, and least space above the method and the sources, in mm."""


LEAST_CARDS = 3
"""Leave out other parts before the timeline has fewer cards, if there are more events."""


class TooMany(Overfull):
    """The timeline has no room for all cards; it has for `fit` of them."""

    def __init__(self, over: float, fit: int) -> None:
        super().__init__(over)
        self.fit = fit


def factsheet(workshop: Workshop) -> Document:
    """The fact sheet: one page. Raises FitError, StyleError."""
    return sheet(workshop, None)


def duplex(workshop: Workshop) -> Document:
    """The fact sheet with its back: two pages. Raises FitError, StyleError."""
    top, _, bottom = MARGINS[workshop.paper_name]
    front = _Page(workshop, workshop.view, (), "", grounded=False)
    return sheet(workshop, backs.back(workshop, front.properties, (top, bottom)))


def sheet(workshop: Workshop, back: BackView | None) -> Document:
    """The fact sheet, with its back or without. Raises FitError, StyleError."""
    return judged(partial(_sheet, back=back), workshop)


def _sheet(workshop: Workshop, back: BackView | None) -> Document:
    """The same. Leaves out optional parts to fit.

    Where not all events fit, the weightiest have cards, by the rule of `chosen`; the sheet prints how many of all, and
    the others are strokes or bars on the axis. All else stays. Raises FitError when even the shortest form is longer
    than one page or a text is lost, StyleError for an unknown typeface, Misjudged if a height is not what follows from
    the widths of words.
    """
    over = "needs a second page"
    for least, (cut, view, grounded) in ((least, one) for least in (LEAST_CARDS, 1) for one in _tries(workshop.view)):
        try:
            pages, spare, shown = _in_some_width(workshop, view, grounded, least, back)
        except Overfull as error:
            over = f"is {error.over:.0f} mm too long for one page"
            continue
        if pages.count == (2 if back else 1):
            parts = (*cut, *(f"{one} on the back" for one in back.cut)) if back else cut
            notes = (*map(left_out, parts), *chosen.note(shown, len(workshop.view.events)))
            return workshop.finished("factsheet", pages, notes, _fit(workshop, spare))
    raise FitError(f"the fact sheet {over}, even without its optional parts\n    Shorten {_longest(workshop.view)}.")


def _in_some_width(
    workshop: Workshop, view: ArticleView, grounded: bool, least: int, back: BackView | None
) -> tuple[Pages, float, int]:
    """Lay out the fact sheet in the first width of the figures in which it fits. Raises FitError, Overfull.

    A wider column of figures takes no event from the timeline.
    """
    usual, *wider = LEDGER_WIDTHS
    try:
        return _factsheet_pages(workshop, view, grounded, least, back, usual)
    except TooMany:
        raise
    except Overfull as error:
        if not (view.figures and view.events and error.over <= NEARLY):
            raise
        for width in wider:
            with suppress(Overfull):
                return _factsheet_pages(workshop, view, grounded, len(view.events), back, width)
        raise


def _longest(view: ArticleView) -> str:
    """The parts to shorten, for the author: those that the sheet has."""
    given = {
        "the deck": view.factsheet_deck_html,
        "the sentences in brief": view.leads and view.leads[0].name,
        "the first paragraphs": view.leads and not view.leads[0].name,
        "the summaries of key figures": view.figures,
        "the status lines": view.status,
        "the places of help": view.resources,
    }
    return ", or ".join(name for name, value in given.items() if value) or "the title"


def _tries(view: ArticleView) -> Iterator[tuple[tuple[str, ...], ArticleView, bool]]:
    """The article, ever shorter, and whether the left column ends with the method and the sources in full."""
    if view.leads and not view.status:
        yield (), view, True
    for cut, shorter in _shorter(view):
        yield cut, shorter, False


def _shorter(view: ArticleView) -> Iterator[tuple[tuple[str, ...], ArticleView]]:
    """The article, first complete, then with one more part left out each time; and the names of the parts left out."""
    cut: tuple[str, ...] = ()
    yield cut, view
    if view.charts_of(NAME):
        view = view.without_charts(NAME)
        cut = ("the chart",)
        yield cut, view
    if view.has_tracks:
        view = view.without_tracks()
        cut += (TRACKS,)
        yield cut, view
    every, bare_rows = len(view.figures), cut
    for count in (rows for rows in ROWS if rows < every):
        view = replace(view, figures=view.figures[:count])
        cut = (*bare_rows, f"{every - count} of {every} figures: the last by date")
        yield cut, view
    most = max((len(column.statements) for column in view.status), default=0)
    fewer = cut
    for count in (lines for lines in STATUS_LINES if lines < most):
        view = replace(view, status=tuple(replace(one, statements=one.statements[:count]) for one in view.status))
        lines = "the third line" if most == 3 else f"the lines after the first {count}"
        cut = (*fewer, f"{lines} of agreed, disputed and not known")
        yield cut, view
    while len(view.leads) > 1 and not view.leads[0].name:
        view = replace(view, leads=view.leads[:-1])
        yield cut, view
    if not view.figures:
        return
    longest = max(view.figures, key=lambda figure: len(figure.basis_html))
    bare = replace(longest, basis_html=longest.basis_html[:0])
    view = replace(view, figures=tuple(bare if figure is longest else figure for figure in view.figures))
    cut += (f"the basis of the figure {longest.value}",)
    yield cut, view
    while len(view.figures) > 6:
        cut += (f"the figure {view.figures[-1].value}",)
        view = replace(view, figures=view.figures[:-1])
        yield cut, view


def _fit(workshop: Workshop, spare: float) -> Fit:
    top, _, bottom = MARGINS[workshop.paper_name]
    return Fit(
        full=1 - spare / (workshop.paper.height - top - bottom), lines=int(spare / (BASIS_LEADING * MM_PER_POINT))
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """What is on the page around the two columns, and how wide these are, in mm."""

    workshop: Workshop
    view: ArticleView
    sources: Sequence[Source]
    key: str
    """The meaning of the marks, in short, how events were chosen, and that status lines were left out."""
    grounded: bool
    """Whether the left column ends with the method and the sources in full."""
    order: Sequence[Event] = ()
    """The events that may have a card, in the order of choice; empty where all have one."""
    growth: float = 1.0
    """Size of its type, as a multiple of the design's."""
    back: BackView | None = None
    """What the back prints, if there is one."""
    larger: bool = False
    """Whether its title, figures and sources are larger."""
    ledger: float = LEDGER_WIDTHS[0]
    """Width of the column of figures beside a timeline."""

    @property
    def live(self) -> float:
        """Width between the margins."""
        return self.workshop.paper.width - PUNCHED - MARGINS[self.workshop.paper_name][1]

    @property
    def roomy(self) -> bool:
        """Whether the page has few figures: its type grows to fill it."""
        return bool(self.view.leads) or not self.left_title

    @property
    def left_title(self) -> str:
        """The heading of the left column; empty where nothing stands in it."""
        if self.view.leads and self.view.leads[0].name:
            return self.view.words.in_brief
        if self.view.leads:
            return self.view.words.opening
        return self.view.words.key_figures if self.view.figures or self.chart else ""

    @property
    def chart(self) -> ChartView | None:
        """The chart below the figures."""
        return next(iter(self.view.charts_of(NAME)), None)

    @property
    def left_width(self) -> float:
        """Width of the left column: all where there is no timeline."""
        if not self.left_title:
            return 0.0
        return self.ledger if self.view.events else self.live

    @property
    def right_width(self) -> float:
        """Width of the timeline: all where there is nothing on its left."""
        return self.live - (self.left_width + COLUMNS_GAP if self.left_title else 0.0)

    @property
    def properties(self) -> dict[str, str]:
        """Its measures as CSS custom properties."""
        top, side, bottom = MARGINS[self.workshop.paper_name]
        left, right = (side, PUNCHED) if self.view.mirrored else (PUNCHED, side)
        alone = {} if self.left_title else {"happened-rise": "0mm", "happened-left": "0mm"}
        return {
            "page-margin": " ".join(map(mm, (top, right, bottom, left))),
            "ledger-width": mm(self.left_width),
            "columns-gap": mm(COLUMNS_GAP),
            "row-extra": "0mm",
            **({"growth": f"{self.growth:g}"} if self.growth != 1 else {}),
            "basis-leading": f"{BASIS_LEADING:g}pt",
            "value-size": f"{values.LEDGER.size_for(figure.value for figure in self.view.figures):g}pt",
            "value-column": mm(values.LEDGER.width + VALUE_GAP),
            **alone,
            "head-size": f"{HEADS[self.larger][0]:g}pt",
            "head-leading": f"{HEADS[self.larger][1]:g}pt",
            **foot.PROPERTIES,
            **(LARGER if self.larger else {}),
        }

    def titled(self, growth: float, larger: bool) -> "_Page":
        """The page in a size of its type, with the lines of its title for it."""
        size = HEADS[larger][0] * growth * (self.workshop.composer.theme.title_ratio or 1.0)
        title = titles.ended_at_signs(self.workshop.view, size, self.live).title_html
        return replace(self, growth=growth, larger=larger, view=replace(self.view, title_html=title))

    @property
    def wide(self) -> frozenset[str]:
        """Ids of the figures whose value stands above its label."""
        return frozenset(figure.id for figure in self.view.figures if not values.LEDGER.holds(figure.value))

    def around(self) -> Iterator[MeasuredPart]:
        """The parts above and below the columns, to measure."""
        part, live = self.workshop.composer.part, mm(self.live)
        below = () if self.grounded else self.sources
        yield MeasuredPart("head", part("factsheet", "head", self.view), live)
        title = self.left_title or self.view.words.drawn_to_scale
        head = part("factsheet", "column_head", title, self.tracks_note)
        yield MeasuredPart("column-head", head, mm(self.left_width or self.live))
        if self.view.status:
            yield MeasuredPart("status", part("positions", "status_columns", self.view), live)
        shown = (self.view.unversioned, below, "") if self.version_lines else (self.view, below, self.key)
        yield MeasuredPart("foot", part("factsheet", "foot", *shown), live)
        if self.order:
            note = part("factsheet", "chosen_note", *self.note(len(self.order), self.others_before))
            yield MeasuredPart("note", note, mm(self.right_width))

    @property
    def version_lines(self) -> int:
        """Lines of the version and the key; 0 where the foot is measured with them, and not with one line."""
        return foot.lines(self.workshop, self.view, self.key, self.live)

    @property
    def foot_beyond(self) -> float:
        """By how much the foot is higher in mm than it is measured."""
        return foot.height(self.version_lines) - foot.height(1) if self.version_lines else 0.0

    @property
    def others_before(self) -> Others:
        """What stands on the axis for the events without cards, before it is counted: as long in words."""
        return Others(bin="century", most=len(self.workshop.article.events)) if self.crowd.histogram else Others()

    @property
    def figures_note(self) -> str:
        """The line above the figures that says how many of all they are; empty where they are all."""
        article, words = self.workshop.article, self.view.words
        shown, every = len(self.view.figures), len(article.figures)
        if shown == every:
            return ""
        elsewhere = KINDS["briefing"].needs & article.parts
        return (words.chosen_figures_in_briefing if elsewhere else words.chosen_figures).format(
            *map(self.view.count, (shown, every))
        )

    @property
    def tracks_note(self) -> str:
        """What a bar is, beside the heading of the figures; empty where none is drawn."""
        return self.view.words.tracks_note if self.view.has_tracks and not self.view.leads else ""

    @property
    def crowd(self) -> Crowd:
        """What its timeline leaves room for."""
        events, calendar = self.workshop.article.events, self.view.calendar
        return chosen.crowd_of(events, calendar) if self.order else chosen.few_of(events, calendar)

    def note(self, shown: int, others: Others) -> tuple[str, str]:
        """The two lines above a timeline of chosen events: how many of all, and what stands for the others."""
        words, count = self.view.words, self.view.count
        counts = count(shown), count(len(self.workshop.article.events))
        if not others.bin:
            return words.chosen.format(*counts), words.chosen_strokes
        return words.chosen.format(*counts), words.chosen_bars.format(words[f"bin_{others.bin}"], count(others.most))

    def rows(self) -> Iterator[MeasuredPart]:
        """The left column below its heading and leads, to measure; its picture comes later."""
        part, width = self.workshop.composer.part, mm(self.left_width)
        args = self.figures_note, self.wide, None, self.chart, self.grounded, self.sources
        if html := part("factsheet", "rows", self.view, *args).strip():
            yield MeasuredPart("rows", html, width)

    def heights(self, properties: Mapping[str, str], parts: Iterable[MeasuredPart]) -> Mapping[str, float]:
        """Heights in mm of parts, by name."""
        return self.workshop.heights(
            "factsheet", self.view, self.workshop.paper, {**self.properties, **properties}, [*parts]
        )


def _page(
    workshop: Workshop,
    view: ArticleView,
    grounded: bool,
    back: BackView | None,
    width: float,
    order: Sequence[Event] = (),
) -> _Page:
    """The page with all events, or only with those in `order`."""
    if order:
        ids = {event.id for event in order}
        view = replace(view, events=tuple(event for event in view.events if event.id in ids))
    status = [line for column in view.status for line in column.statements]
    charts = view.charts_of(NAME)[:1]
    sources = view.sources_of(view.events, view.figures, status, view.resources, view.leads, charts)
    marks = placed.mark_key(view, (event.date for event in order or workshop.article.events))
    key = [*(mark.short for mark in marks), view.scale.zone, view.words.chosen_rule if order else ""]
    if sum(len(column.statements) for column in view.status) < len([*workshop.article.statements]):
        key.append(view.words.chosen_lines)
    grounded = grounded and bool(sources or view.method_html or view.corrections_html)
    return _Page(workshop, view, sources, " ".join(filter(None, key)), grounded, order, back=back, ledger=width)


def _factsheet_pages(
    workshop: Workshop, view: ArticleView, grounded: bool, least: int, back: BackView | None, width: float
) -> tuple[Pages, float, int]:
    """Lay out the fact sheet with all events, or else with as many of the weightiest as fit.

    Returns the pages, the spare height in mm, and the number of events with a card. Raises FitError, and Overfull when
    fewer than `least` of more events fit.
    """
    events = workshop.article.events
    most, over = _most_cards(workshop), 0.0
    if len(events) <= most:
        try:
            return (*_set(_page(workshop, view, grounded, back, width)), len(events))
        except TooMany as error:
            over = error.over
    order = list(islice(chosen.in_order(events), most))
    while len(order) >= min(least, len(events)) > 0:
        try:
            return (*_set(_page(workshop, view, grounded, back, width, order)), len(order))
        except TooMany as error:
            over, fit = error.over, error.fit
        order = order[: min(len(order) - 1, max(fit, len(order) // 2))]
    raise Overfull(over)


def _most_cards(workshop: Workshop) -> int:
    """Upper bound of the number of cards on the page: each takes two lines and the gap at least."""
    frame = factsheet_columns(0).frame
    return int(workshop.paper.height / (2 * FACTSHEET_LEADING * MM_PER_POINT + frame.gap))


def _set(page: _Page) -> tuple[Pages, float]:
    """Lay out the page: its two columns fill the height that the other parts leave.

    Returns the pages and the spare height in mm, which is spread over the left column. Raises Overfull where the other
    parts do not fit, TooMany where the timeline does not, FitError, Misjudged.
    """
    page, heights, room, spare, properties = _grown_page(page)
    workshop, view = page.workshop, page.view
    if picture := _picture(page, spare):
        spare -= picture["height"]
        properties |= _spread(page, spare, picture=True) | {"picture-height": mm(picture["image"])}
    right = _right(page, room - heights.get("note", 0.0), heights) if view.events else _Right()
    properties |= right.properties
    drawings = right.drawings
    if page.back:
        properties |= page.back.properties
        drawings = {**drawings, **page.back.drawings}
    composed = workshop.composed(
        "factsheet",
        view,
        workshop.paper,
        page.properties | {"columns-height": mm(room + heights["column-head"])} | properties,
        drawings={**drawings, **replace(workshop, view=view).art},
        back=page.back,
        sources=page.sources,
        key=page.key,
        left_title=page.left_title,
        figures_note=page.figures_note,
        tracks_note=page.tracks_note,
        chart_view=page.chart,
        grounded=page.grounded,
        wide=page.wide,
        picture=view.lead if picture else None,
        timeline_view=right.timeline,
        note=right.note,
    )
    pages = workshop.typesetter.pages(composed)
    version = {foot.NAME: foot.height(page.version_lines)} if page.version_lines else {}
    proved(pages, {**right.known, **version})
    return pages, spare


def _grown_page(page: _Page) -> tuple[_Page, Mapping[str, float], float, float, dict[str, str]]:
    """The page, without a timeline in the largest type that fits; heights of its parts, and of its columns, in mm.

    Returns its spare height in mm and its CSS custom properties too. Raises Overfull.
    """
    columns = factsheet_columns(page.right_width, crowd=page.crowd)
    carded = [] if page.roomy else [*cards.on_page(page.workshop, columns, "stacked").parts(page.view.events)]
    top, _, bottom = MARGINS[page.workshop.paper_name]
    sizes = [(1.0, True), (1.0, False)] if page.roomy else [(1.0, False)]
    for growth, larger in sizes if page.view.events else [(growth, False) for growth in PAGE_GROWTHS]:
        page = page.titled(growth, larger)
        heights = page.heights(columns.properties, [*page.around(), *page.rows(), *carded])
        around = heights["head"] + heights.get("status", 0.0) + heights["foot"] + page.foot_beyond
        room = page.workshop.paper.height - top - bottom - around - heights["column-head"] - SLACK
        free = room - heights.get("rows", 0.0)
        grown, taller = _with_taller_chart(page, free)
        try:
            spare, properties = _left(grown, free - taller)
        except Overfull:
            if growth == PAGE_GROWTHS[-1] and not larger:
                raise
            continue
        if larger and _points(properties) < LARGE_LEAD[0]:
            continue
        if growth == PAGE_GROWTHS[-1] or page.view.leads or spare >= AIRY * page.workshop.paper.height:
            break
    return grown, heights, room, spare, properties


def _points(properties: Mapping[str, str]) -> float:
    """Size in pt of the sentences in brief; infinite where there are none."""
    return float(properties.get("lead-size", "inf").removesuffix("pt"))


def _with_taller_chart(page: _Page, free: float) -> tuple[_Page, float]:
    """The page with a chart of lines that takes a part of the height that is left, and by how much it grew, in mm."""
    taller = min(free * CHART_TAKES, CHART_GROWS)
    if not page.chart or not page.chart.grows or taller <= 0:
        return page, 0.0
    chart = page.chart.grown(NAME, taller, page.view.calendar)
    return replace(page, view=replace(page.view, charts={**page.view.charts, chart.name: chart})), taller


def _left(page: _Page, room: float) -> tuple[float, dict[str, str]]:
    """The left column in the largest type of its leads that fits, with its spare height in mm. Raises Overfull.

    `room`: the height that its other parts leave, in mm. The spare height stands between the rows of figures, or above
    the method and the sources.
    """
    if not page.view.leads:
        if room < 0:
            raise Overfull(-room)
        return room, _spread(page, room)
    room -= (FIGURES_RULE if page.view.figures else 0.0) + (GROUNDS_GAP if page.grounded else 0.0)
    html = page.workshop.composer.part("factsheet", "leads", page.view.leads)

    def spare(lead: Mapping[str, str]) -> float:
        return room - page.heights(lead, [MeasuredPart("leads", html, mm(page.left_width))])["leads"]

    leads = [
        {"lead-size": f"{size * page.growth:g}pt", "lead-leading": f"{leading * page.growth:g}pt"}
        for size, leading in (LEADS if page.growth == 1 else LEADS[:1])
    ]
    if (least := spare(leads[-1])) < 0:
        raise Overfull(-least)
    lead, left = next((lead, left) for lead in leads if (left := spare(lead)) >= 0)
    return left, lead | _spread(page, left)


def _spread(page: _Page, spare: float, picture: bool = False) -> dict[str, str]:
    """The spare height of the left column, in mm: above the method and the sources, or between the rows of figures.

    A row has it above and below, but for the first above and the last below, where nothing follows. A chart has it
    above.
    """
    if page.view.leads:
        return {"grounds-space": mm(spare + GROUNDS_GAP)}
    rows = len(page.view.figures)
    shares = 2 * rows - 2 + (2 if page.chart else int(picture))
    return {"row-extra": mm(spare / shares)} if rows and shares else {}


def _picture(page: _Page, spare: float) -> dict[str, float]:
    """Height in mm of the article's picture in the spare height of the left column, as `image`, and with its caption.

    Empty where it has no room: no other text gives way to it.
    """
    if not (page.view.lead and page.left_title):
        return {}
    html = page.workshop.composer.part("factsheet", "lead_picture", page.view.lead)
    caption = page.heights({}, [MeasuredPart("lead", html, mm(page.left_width))])["lead"] + BELOW_PICTURE
    natural = page.left_width * page.workshop.lead_ratio
    image = min(natural, HIGHEST, spare - caption)
    if image < min(LOWEST, natural) or image / page.workshop.lead_ratio < NARROWEST:
        return {}
    return {"image": image, "height": image + caption}


@dataclass(frozen=True, slots=True)
class _Right:
    """The right column: the timeline with its note, its drawings and its CSS custom properties."""

    timeline: TimelineView | None = None
    note: Sequence[str] = ()
    drawings: Mapping[str, Drawing] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, float] = field(default_factory=dict)
    """Heights of cards that follow from widths, in mm by the names of their elements."""


def _right(page: _Page, room: float, heights: Mapping[str, float]) -> _Right:
    """The timeline; on a roomy page in the largest type that fits. Raises TooMany, FitError."""
    for growth in GROWTHS if page.roomy and not page.order else (1.0,):
        columns = factsheet_columns(page.right_width, growth, page.crowd).resized(room)
        own = columns.properties | (grown(growth) if growth > 1 else {})
        way = cards.on_page(page.workshop, columns, "stacked", growth)
        if page.roomy:
            heights = page.heights(own, way.parts(page.view.events))
        try:
            plan = _planned(page, heights, columns.frame)
        except TooMany:
            if growth == GROWTHS[-1]:
                raise
            continue
        if growth == GROWTHS[-1] or (plan.fill <= ROOMY and plan.drift <= FAR * room):
            break
    others = chosen.others(page.workshop.article.events, plan) if page.order else Others()
    note = page.note(len(plan.cards), others) if page.order else ()
    view, drawings = placed.timeline(page.view, plan, columns, "stacked", bars=others.bars, strokes=others.strokes)
    return _Right(view, note, drawings, own, cards.by_element(way.known(page.view.events)))


def _planned(page: _Page, heights: Mapping[str, float], frame: Frame) -> Plan:
    """The timeline of all events of the page. Raises TooMany, FitError."""
    events = page.workshop.article.events
    try:
        if not page.order:
            return checked(spine.plan(events, heights, frame))
        plan, count = chosen.fitting(events, page.order, heights, frame)
    except (Overfull, Crowded) as error:
        raise TooMany(getattr(error, "over", 0.0), 0) from error
    if count < len(page.order):
        raise TooMany(0.0, count)
    return checked(plan)


def grown(growth: float) -> dict[str, str]:
    """The type of the timeline on a page with few figures, as CSS custom properties."""
    leading = f"{FACTSHEET_LEADING * growth:g}pt"
    return {
        "event-type": f"600 {11 * growth:g}pt/{leading} var(--subhead)",
        "date-size": f"{9 * growth:g}pt",
        "scale-size": f"{page_size(growth):g}pt",
    }
