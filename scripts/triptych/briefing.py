"""The article as a briefing: as many pages as it needs, six if its type can be brought to that."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from triptych import compose, spine
from triptych.drawing import Drawing
from triptych.errors import FitError
from triptych.geometry import Crowded, Overfull, Plan
from triptych.model import Paper
from triptych.sheets import BRIEFING_TYPE, BriefingType, Columns, briefing_columns, mm
from triptych.typeset import Pages
from triptych.views import ArticleView, FigureView
from triptych.workshop import Document, Fit, Workshop, checked, crowded

MARGINS = {Paper.A4: (24.0, 18.0, 22.0), Paper.LETTER: (18.0, 18.0, 16.0)}
"""Top, side and bottom, after the first page."""
FIRST_TOP = {Paper.A4: 16.0, Paper.LETTER: 14.0}
"""Top margin of the first page."""
FIGURE_HEIGHTS = (90.0, 150.0)
"""Least and greatest height of its timeline."""
FIGURE_FILL = 0.8
"""The share of the timeline's height that its cards should take."""
NOTES_ON_A_PAGE = 3
MOST_PAGES = 6
ORDERS: tuple[tuple[str, ...], ...] = (
    ("figures", "timeline", "parties", "status"),
    ("figures", "parties", "timeline", "status"),
    ("timeline", "figures", "parties", "status"),
    ("figures", "parties", "status", "timeline"),
)
"""Orders of the sections after the prose: the first, unless another leaves less of a page white."""
LEAST_OF_A_TABLE = 50.0
"""A table starts on a page when this much of it fits there, in mm."""


def briefing(workshop: Workshop) -> Document:
    """Set the briefing in the design's type, or in the first smaller one that keeps it to six pages."""
    laid_out = _setter(workshop, _figure_1(workshop))
    notes = _margin_notes(workshop.view)
    text, order = BRIEFING_TYPE[0], ORDERS[0]
    pages = laid_out(text, order, notes)
    for smaller in _likely_types(pages, workshop):
        if smaller is not text:
            text, order = smaller, _best_order(pages, workshop, text, smaller)
            pages = laid_out(text, order, notes)
        if (best := _best_order(pages, workshop, text, text)) != order:
            order = best
            pages = laid_out(text, order, notes)
        if pages.count <= MOST_PAGES:
            break
    kept = notes
    while crowded := _crowded(pages, kept):
        kept = {name: note for name, note in kept.items() if name not in crowded}
        pages = laid_out(text, order, kept)
    longer = [f"longer than the {MOST_PAGES} pages that a briefing should have"] if pages.count > MOST_PAGES else []
    return workshop.finished("briefing", pages, longer, _fit(workshop, pages, text))


def _fit(workshop: Workshop, pages: Pages, text: BriefingType) -> Fit:
    _, _, bottom = MARGINS[workshop.paper_name]
    page, end = pages.end_of("section-colophon")
    left = workshop.paper.height - bottom - end if page == pages.count else 0.0
    return Fit(pages=pages.count, lines=max(0, int(left / (text.leading / 72 * 25.4))))


@dataclass(frozen=True, slots=True)
class Figure1:
    """The briefing's timeline."""

    properties: Mapping[str, str]
    values: Mapping[str, Any]
    drawings: Mapping[str, Drawing]


def _figure_1(workshop: Workshop) -> Figure1:
    least, greatest = FIGURE_HEIGHTS
    columns = briefing_columns(workshop.paper.width - 2 * MARGINS[workshop.paper_name][1], greatest)
    cards = list(workshop.cards(columns, "row", "headline"))
    properties = BRIEFING_TYPE[0].properties | _margins(workshop.paper_name) | columns.properties
    heights = workshop.heights("briefing", workshop.view, workshop.paper, properties, cards)
    tight = min(max(sum(heights.values()) / FIGURE_FILL, least), greatest)
    try:
        columns, plan = _planned(workshop, heights, columns, (tight, greatest))
    except Crowded as error:
        raise crowded("briefing") from error
    view, drawings = compose.timeline(workshop.view, plan, columns, "row")
    title = workshop.view.words["figure_1"].format(*compose.years(plan, workshop.view.calendar))
    return Figure1(
        properties={**columns.properties, "key-mark": mm(4 * columns.frame.unit)},
        values={"timeline_view": view, "figure_title": title, "marks": workshop.marks},
        drawings={**drawings, **compose.key_drawings(columns.frame.unit)},
    )


def _planned(
    workshop: Workshop, heights: Mapping[str, float], columns: Columns, tries: Sequence[float]
) -> tuple[Columns, Plan]:
    """The timeline at the first height on which its cards fit."""
    over = 0.0
    for height in tries:
        columns = columns.resized(height)
        try:
            return columns, checked(spine.plan(workshop.article.events, heights, columns.frame))
        except Overfull as error:
            over = error.over
    raise FitError(f"the briefing's timeline is {over:.0f} mm too long for its figure\n    Take out events.")


def _margins(paper: Paper) -> dict[str, str]:
    names = ("margin-top", "margin-side", "margin-bottom", "first-top")
    return dict(zip(names, map(mm, (*MARGINS[paper], FIRST_TOP[paper])), strict=True))


def _setter(
    workshop: Workshop, figure: Figure1
) -> Callable[[BriefingType, Sequence[str], Mapping[str, FigureView]], Pages]:
    """A function that sets the briefing in a type, an order of its sections, and with margin notes by passage."""

    def laid_out(text: BriefingType, order: Sequence[str], notes: Mapping[str, FigureView]) -> Pages:
        composed = workshop.composed(
            "briefing",
            workshop.view,
            workshop.paper,
            {**text.properties, **_margins(workshop.paper_name), **figure.properties},
            drawings=figure.drawings,
            order=order,
            notes=notes,
            **figure.values,
        )
        return workshop.typesetter.pages(composed)

    return laid_out


def _margin_notes(view: ArticleView) -> dict[str, FigureView]:
    """The first key figure of each passage that has one."""
    notes: dict[str, FigureView] = {}
    for figure in view.figures:
        if figure.passage:
            notes.setdefault(figure.passage, figure)
    return notes


def _crowded(pages: Pages, notes: Mapping[str, FigureView]) -> set[str]:
    """Passages whose note is one too many on its page."""
    on_page: dict[int, list[str]] = {}
    for name, number in pages.anchors():
        if name in notes:
            on_page.setdefault(number, []).append(name)
    return {name for names in on_page.values() for name in names[NOTES_ON_A_PAGE:]}


def _likely_types(draft: Pages, workshop: Workshop) -> Sequence[BriefingType]:
    """Types from the loosest that is likely to have six pages, judged by a draft in the loosest."""
    base = BRIEFING_TYPE[0]
    for number, text in enumerate(BRIEFING_TYPE):
        order = _best_order(draft, workshop, base, text)
        if _length(draft, workshop, base, text, order) <= MOST_PAGES:
            return BRIEFING_TYPE[number:]
    return BRIEFING_TYPE[-1:]


def _best_order(draft: Pages, workshop: Workshop, base: BriefingType, text: BriefingType) -> tuple[str, ...]:
    return min(ORDERS, key=lambda order: _length(draft, workshop, base, text, order))


def _length(draft: Pages, workshop: Workshop, base: BriefingType, text: BriefingType, order: Sequence[str]) -> float:
    """Pages, in fractions, that the briefing would have in a type and an order, judged by a draft in another type."""
    top, _, bottom = MARGINS[workshop.paper_name]
    live = workshop.paper.height - top - bottom
    page, end = draft.end_of("section-prose")
    y = (page - 1) * live + end - top
    if text is not base:
        y = draft.start_of("section-prose") - top + draft.height_of("section-prose") * text.relative(base)
    for name in order:
        height, left = draft.height_of(f"section-{name}"), live - y % live
        breaks = name in ("figures", "parties") and left > LEAST_OF_A_TABLE
        y += height if height <= left or breaks else left + height
    y += draft.height_of("section-support")
    y += draft.height_of("section-sources") * text.sources_leading / base.sources_leading
    colophon, left = draft.height_of("section-colophon"), live - y % live
    return (y + (colophon if colophon <= left else left + colophon)) / live
