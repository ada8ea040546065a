"""An article becomes a fact sheet: one page with every word on it, or an error."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from triptych.compose import placed
from triptych.compose.html import MeasuredPart
from triptych.compose.placed import TimelineView
from triptych.compose.views import ArticleView
from triptych.content.cite import Source
from triptych.content.errors import FitError
from triptych.content.kinds import Paper
from triptych.content.units import MM_PER_POINT
from triptych.design.sheets import mm
from triptych.documents.workshop import SLACK, Document, Fit, Workshop, checked, crowded
from triptych.timeline import spine
from triptych.timeline.columns import FACTSHEET_LEADING, factsheet_columns
from triptych.timeline.drawing import Drawing
from triptych.timeline.plan import Crowded, Overfull
from triptych.typeset.pages import Pages

MARGINS = {Paper.A4: (13.0, 15.0, 11.0), Paper.LETTER: (11.0, 15.0, 9.0)}
"""Top, side and bottom margin, in mm."""
LEDGER_WIDTH = 80.0
"""Width of the column of key figures, in mm."""
COLUMNS_GAP = 7.0
"""White space between the column of key figures and the timeline, in mm."""
BASIS_LEADING = 11.4
"""Leading of a key figure's basis, in pt."""
LEADS = ((19.0, 25.0), (17.0, 22.5), (15.5, 21.0), (14.0, 19.0), (12.5, 17.0), (11.0, 15.0))
"""Size and leading of the sentences in brief on a page with few figures, in pt, from the largest."""
GROWTHS = (1.5, 1.35, 1.2, 1.1, 1.0)
"""Sizes of the timeline's type on such a page, as multiples of the design's."""
ROOMY, FAR = 0.6, 0.06
"""The timeline's type grows while its cards fill this share of the height, and stand as near to their dates."""
FIGURES_RULE, GROUNDS_GAP = 6.0, 7.0
"""White space above the figures below the leads, and least space above the method and the sources, in mm."""


def factsheet(workshop: Workshop) -> Document:
    """The fact sheet: one page. Leaves out optional parts to fit.

    Raises FitError when even the shortest form is longer than one page or a text is lost, StyleError for an unknown
    typeface.
    """
    over = "needs a second page"
    for cut, view, grounded in _tries(workshop.view):
        try:
            pages, spare = _factsheet_pages(workshop, view, grounded)
        except Overfull as error:
            over = f"is {error.over:.0f} mm too long for one page"
            continue
        if pages.count == 1:
            return workshop.finished("factsheet", pages, cut, _fit(workshop, spare))
    raise FitError(
        f"the fact sheet {over}, even without its optional parts\n"
        "    Shorten the longest summaries of key figures, or remove an event or a status line."
    )


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
    if any(len(column.statements) > 2 for column in view.status):
        view = replace(view, status=tuple(replace(column, statements=column.statements[:2]) for column in view.status))
        cut += ("the third line of agreed, disputed and not known",)
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
    """The meaning of the marks, in short."""
    grounded: bool
    """Whether the left column ends with the method and the sources in full."""

    @property
    def live(self) -> float:
        """Width between the margins."""
        return self.workshop.paper.width - 2 * MARGINS[self.workshop.paper_name][1]

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
        return self.view.words.key_figures if self.view.figures else ""

    @property
    def left_width(self) -> float:
        """Width of the left column: all where there is no timeline."""
        if not self.left_title:
            return 0.0
        return LEDGER_WIDTH if self.view.events else self.live

    @property
    def right_width(self) -> float:
        """Width of the timeline: all where there is nothing on its left."""
        return self.live - (self.left_width + COLUMNS_GAP if self.left_title else 0.0)

    @property
    def properties(self) -> dict[str, str]:
        """Its measures as CSS custom properties."""
        top, side, bottom = MARGINS[self.workshop.paper_name]
        alone = {} if self.left_title else {"happened-rise": "0mm", "happened-left": "0mm"}
        return {
            "margin-top": mm(top),
            "margin-side": mm(side),
            "margin-bottom": mm(bottom),
            "ledger-width": mm(self.left_width),
            "columns-gap": mm(COLUMNS_GAP),
            "row-extra": "0mm",
            "basis-leading": f"{BASIS_LEADING:g}pt",
            **alone,
        }

    def around(self) -> Iterator[MeasuredPart]:
        """The parts above and below the columns, to measure."""
        part, live = self.workshop.composer.part, mm(self.live)
        below = () if self.grounded else self.sources
        yield MeasuredPart("head", part("factsheet", "head", self.view), live)
        title = self.left_title or self.view.words.drawn_to_scale
        yield MeasuredPart("column-head", part("factsheet", "column_head", title), mm(self.left_width or self.live))
        if self.view.status:
            yield MeasuredPart("status", part("positions", "status_columns", self.view), live)
        yield MeasuredPart("foot", part("factsheet", "foot", self.view, below, self.key), live)

    def rows(self) -> Iterator[MeasuredPart]:
        """The parts of the left column below its heading, but for the leads, to measure."""
        part, width = self.workshop.composer.part, mm(self.left_width)
        for figure in self.view.figures:
            yield MeasuredPart(f"figure-{figure.id}", part("factsheet", "figure_row", figure), width)
        if self.grounded:
            yield MeasuredPart("grounds", part("factsheet", "grounds", self.view, self.sources), width)

    def heights(self, properties: Mapping[str, str], parts: Iterable[MeasuredPart]) -> Mapping[str, float]:
        """Heights in mm of parts, by name."""
        return self.workshop.heights(
            "factsheet", self.view, self.workshop.paper, {**self.properties, **properties}, [*parts]
        )


def _page(workshop: Workshop, view: ArticleView, grounded: bool) -> _Page:
    status = [line for column in view.status for line in column.statements]
    sources = view.sources_of(view.events, view.figures, status, view.resources, view.leads)
    shorts = (*(mark.short for mark in workshop.marks), workshop.view.scale.zone)
    key = " ".join(filter(None, shorts))
    return _Page(workshop, view, sources, key, grounded and bool(sources or view.method_html or view.corrections_html))


def _factsheet_pages(workshop: Workshop, view: ArticleView, grounded: bool) -> tuple[Pages, float]:
    """Lay out the fact sheet: its two columns fill the height that the other parts leave.

    Returns the pages and the spare height in mm, which is spread over the left column. Raises Overfull, FitError.
    """
    page = _page(workshop, view, grounded)
    columns = factsheet_columns(page.right_width)
    cards = [] if page.roomy else [*workshop.cards(columns, "stacked", "headline")]
    heights = page.heights(columns.properties, [*page.around(), *page.rows(), *cards])
    top, _, bottom = MARGINS[workshop.paper_name]
    around = heights["head"] + heights.get("status", 0.0) + heights["foot"]
    room = workshop.paper.height - top - bottom - around - heights["column-head"] - SLACK
    spare, properties = _left(page, room - sum(heights[row.name] for row in page.rows()))
    values: dict[str, Any] = {"timeline_view": None}
    drawings: Mapping[str, Drawing] = {}
    if view.events:
        values["timeline_view"], drawings, more = _right(page, room, heights)
        properties |= more
    composed = workshop.composed(
        "factsheet",
        view,
        workshop.paper,
        page.properties | {"columns-height": mm(room + heights["column-head"])} | properties,
        drawings=drawings,
        sources=page.sources,
        key=page.key,
        left_title=page.left_title,
        grounded=page.grounded,
        **values,
    )
    return workshop.typesetter.pages(composed), spare


def _left(page: _Page, room: float) -> tuple[float, dict[str, str]]:
    """The left column in the largest type of its leads that fits, with its spare height in mm. Raises Overfull.

    `room`: the height that its other parts leave, in mm. The spare height stands between the rows of figures, or above
    the method and the sources.
    """
    if not page.view.leads:
        if room < 0:
            raise Overfull(-room)
        count = len(page.view.figures)
        return room, {"row-extra": mm(room / (2 * count - 1))} if count else {}
    room -= (FIGURES_RULE if page.view.figures else 0.0) + (GROUNDS_GAP if page.grounded else 0.0)
    html = page.workshop.composer.part("factsheet", "leads", page.view.leads)
    for size, leading in LEADS:
        properties = {"lead-size": f"{size:g}pt", "lead-leading": f"{leading:g}pt"}
        spare = room - page.heights(properties, [MeasuredPart("leads", html, mm(page.left_width))])["leads"]
        if spare >= 0:
            return spare, {**properties, "grounds-space": mm(spare + GROUNDS_GAP)}
    raise Overfull(-spare)


def _right(
    page: _Page, room: float, heights: Mapping[str, float]
) -> tuple[TimelineView, Mapping[str, Drawing], dict[str, str]]:
    """The timeline, its drawings and its CSS custom properties; on a roomy page in the largest type that fits.

    Raises Overfull, FitError.
    """
    for growth in GROWTHS if page.roomy else (1.0,):
        columns = factsheet_columns(page.right_width, growth).resized(room)
        own = columns.properties | (_grown(growth) if growth > 1 else {})
        if page.roomy:
            heights = page.heights(own, page.workshop.cards(columns, "stacked", "headline"))
        try:
            plan = checked(spine.plan(page.workshop.article.events, heights, columns.frame))
        except Crowded as error:
            raise crowded("fact sheet") from error
        except Overfull:
            if growth == GROWTHS[-1]:
                raise
            continue
        if growth == GROWTHS[-1] or (plan.fill <= ROOMY and plan.drift <= FAR * room):
            break
    view, drawings = placed.timeline(page.view, plan, columns, "stacked")
    return view, drawings, own


def _grown(growth: float) -> dict[str, str]:
    """The type of the timeline on a page with few figures, as CSS custom properties."""
    leading = f"{FACTSHEET_LEADING * growth:g}pt"
    return {
        "event-type": f"600 {11 * growth:g}pt/{leading} var(--subhead)",
        "date-size": f"{9 * growth:g}pt",
        "scale-size": f"{9 * min(growth, 1.2):g}pt",
    }
