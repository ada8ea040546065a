"""An article becomes a briefing: six pages, if one of its type sizes makes that possible, or else as many as needed."""

from collections.abc import Iterable
from dataclasses import replace

from triptych.compose.html import Composed
from triptych.content.units import MM_PER_POINT
from triptych.design.sizes import BriefingType
from triptych.documents import chosen, copyfit, figure
from triptych.documents.copyfit import MARGINS, MOST_PAGES, SHORT, Design
from triptych.documents.figure import Figure1
from triptych.documents.workshop import Document, Fit, Workshop
from triptych.typeset.pages import Pages

COLOPHON = "section-colophon"
"""Anchor of method, corrections and licence."""
MOVED = 5
"""One source in so many goes to the page of a colophon that would stand there alone."""


def briefing(workshop: Workshop) -> Document:
    """Set the briefing in the largest type that keeps it to six pages, or in the smallest if none does.

    Its timeline takes a part of a page, a whole page, or several; where these do not hold all events, the weightiest
    have cards, by the rule of `chosen`, which the page prints. Raises FitError when a text is lost, StyleError for an
    unknown typeface.
    """
    columns = figure.columns_of(workshop)
    edges = copyfit.measured(workshop, columns, figure.measured(workshop, columns))
    drawn = figure.figure_1(workshop, edges)
    design, pages = _best(workshop, copyfit.designs(workshop, edges, columns, drawn.heights), drawn)
    while crowded := copyfit.too_many((name, number) for name, number in pages.anchors() if name in design.notes):
        design = replace(design, notes={name: note for name, note in design.notes.items() if name not in crowded})
        pages = workshop.typesetter.pages(_composed(workshop, design, drawn))
    if _lonely(pages):
        design = replace(design, sources=None, moved=len(workshop.view.sources) // MOVED)
        pages = workshop.typesetter.pages(_composed(workshop, design, drawn))
    longer = [f"longer than {MOST_PAGES} pages, the limit for a briefing"] if pages.count > MOST_PAGES else []
    left_out = chosen.note(drawn.shown, len(workshop.view.events))
    return workshop.finished("briefing", pages, [*longer, *left_out], _fit(workshop, pages, design.text))


def _best(workshop: Workshop, designs: Iterable[Design], drawn: Figure1) -> tuple[Design, Pages]:
    """The first design with few enough pages and, if it is short, as few as forecast; else that with the fewest.

    Designs that differ only in what the article does not have are laid out once.
    """
    tried: list[tuple[Design, Pages]] = []
    laid: dict[str, Pages] = {}
    for design in designs:
        composed = _composed(workshop, design, drawn)
        if composed.html not in laid:
            laid[composed.html] = workshop.typesetter.pages(composed)
        pages = laid[composed.html]
        tried.append((design, pages))
        if pages.count <= MOST_PAGES and (design.pages > SHORT or pages.count <= design.pages):
            return tried[-1]
    fewest = min(pages.count for _, pages in tried)
    return next(one for one in (tried if fewest <= MOST_PAGES else tried[::-1]) if one[1].count == fewest)


def _lonely(pages: Pages) -> bool:
    """Whether the sources end on the page before the colophon, which stands alone on its own."""
    found = dict(pages.anchors())
    ends = [number for name, number in found.items() if name.startswith("source-")]
    return bool(ends) and found.get(COLOPHON, 0) > max(ends)


def _fit(workshop: Workshop, pages: Pages, text: BriefingType) -> Fit:
    _, _, bottom = MARGINS[workshop.paper_name]
    if not workshop.view.has_colophon:
        return Fit(pages=pages.count)
    page, end = pages.end_of(COLOPHON)
    left = workshop.paper.height - bottom - end if page == pages.count else 0.0
    return Fit(pages=pages.count, lines=max(0, int(left / (text.leading * MM_PER_POINT))))


def _composed(workshop: Workshop, design: Design, drawn: Figure1) -> Composed:
    sources = workshop.view.sources
    kept = len(sources) - design.moved
    return workshop.composed(
        "briefing",
        workshop.view,
        workshop.paper,
        {**copyfit.properties(workshop, design.text), **drawn.properties},
        drawings=drawn.drawings,
        order=design.order,
        notes=design.notes,
        sources=design.sources,
        source_parts=[part for part in (sources[:kept], sources[kept:]) if part],
        **drawn.values,
    )
