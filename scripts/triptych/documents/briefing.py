"""An article becomes a briefing: six pages, if one of its type sizes makes that possible, or else as many as needed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from triptych.compose.html import Composed
from triptych.content.units import MM_PER_POINT
from triptych.design.sizes import BriefingType, in_script
from triptych.documents import abreast, chosen, copyfit, figure, titles
from triptych.documents.copyfit import MARGINS, MOST_PAGES, SHORT, Design
from triptych.documents.figure import Figure1
from triptych.documents.workshop import TRACKS, Document, Fit, Workshop, judged, left_out, proved
from triptych.typeset.pages import Pages

COLOPHON = "section-colophon"
"""Anchor of method, corrections and licence."""
LEAST_FULL = 0.6
"""The sources fill their page to this share, or stand at the end."""
MOVED = 5
"""One source in so many goes to the page of a colophon that would stand there alone."""


def briefing(workshop: Workshop) -> Document:
    """Set the briefing in the largest type that keeps it to six pages, or in the smallest if none does.

    Its timeline takes a part of a page, a whole page, or several; where these do not hold all events, the weightiest
    have cards, by the rule of `chosen`, which the page prints. It leaves out the tracks of key figures if six pages
    hold it only without. Raises FitError when a text is lost, StyleError for an unknown typeface.
    """
    return judged(_briefing, workshop)


def _briefing(workshop: Workshop) -> Document:
    """The same. Raises Misjudged if a height is not what follows from the widths of words."""
    size = copyfit.HEAD[0] * (workshop.composer.theme.title_ratio or 1.0)
    view = titles.ended_at_signs(abreast.paired(workshop.view), size, copyfit.live(workshop))
    workshop, drawn, design, pages = _laid_out(replace(workshop, view=view))
    undrawn = [left_out(TRACKS)] if view.has_tracks and not workshop.view.has_tracks else []
    while (found := _corrected(design, pages)) != design:
        if (composed := _composed(workshop, found, drawn)).html != _composed(workshop, design, drawn).html:
            pages = workshop.typesetter.pages(composed)
        design = found
    design, pages = _ended(workshop, design, drawn, pages)
    if _lonely(pages) and not workshop.view.unprinted_charts:
        design = replace(design, sources=None, moved=len(workshop.view.sources) // MOVED)
        pages = workshop.typesetter.pages(_composed(workshop, design, drawn))
    pages = _numbered(workshop, design, drawn, pages)
    cards = figure.known_heights(workshop, figure.room_of(workshop))
    proved(pages, {**copyfit.known_heights(workshop, design.text), **cards})
    longer = [f"longer than {MOST_PAGES} pages, the limit for a briefing"] if pages.count > MOST_PAGES else []
    uncarded = chosen.note(drawn.shown, len(workshop.view.events))
    return workshop.finished("briefing", pages, [*longer, *undrawn, *uncarded], _fit(workshop, pages, design.text))


@dataclass(frozen=True, slots=True)
class _Forecast:
    """An article with the designs that are worth trying."""

    workshop: Workshop
    drawn: Figure1
    designs: Iterator[Design]
    first: Design

    def best(self) -> "_LaidOut":
        """The article in the best of them, laid out. Call it once."""
        return self.workshop, self.drawn, *_best(self.workshop, chain([self.first], self.designs), self.drawn)


_LaidOut = tuple[Workshop, Figure1, Design, Pages]
"""What is printed, the timeline, the design, and its pages."""


def _laid_out(workshop: Workshop) -> _LaidOut:
    """The article in its best design; without the tracks of its key figures if only that is short enough.

    A forecast takes less time than a layout: with tracks or without, what is far too long by its forecast comes last.
    """
    whole = _forecast(workshop)
    if not workshop.view.has_tracks or whole.first.is_unmeasured:
        return whole.best()
    found = None if whole.first.is_far_too_long else whole.best()
    if found and found[-1].count <= MOST_PAGES:
        return found
    bare = _forecast(replace(workshop, view=workshop.view.without_tracks()))
    if not bare.first.is_far_too_long and (short := bare.best())[-1].count <= MOST_PAGES:
        return short
    return found or whole.best()


def _forecast(workshop: Workshop) -> _Forecast:
    room = figure.room_of(workshop)
    columns = figure.columns_of(workshop, room)
    edges = copyfit.measured(workshop, columns, figure.measured(workshop, columns, room))
    drawn = figure.figure_1(workshop, edges, room)
    designs = iter(copyfit.designs(workshop, edges, columns, drawn.heights))
    return _Forecast(workshop, drawn, designs, next(designs))


def _corrected(design: Design, pages: Pages) -> Design:
    """The design with the margin that its pages have room for: contents by their number, and notes beside them."""
    crowded = copyfit.too_many((name, number) for name, number in pages.anchors() if name in design.margin_notes)
    kept = {name: note for name, note in design.notes.items() if name not in crowded}
    return replace(design, notes=kept, pages=pages.count)


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


def _ended(workshop: Workshop, design: Design, drawn: Figure1, pages: Pages) -> tuple[Design, Pages]:
    """The design, or one that ends with the sources, if these leave a page white before a timeline of whole pages."""
    if design.order != copyfit.LAST or not workshop.view.has_colophon:
        return design, pages
    page, end = pages.end_of(COLOPHON)
    if page == pages.count or end > LEAST_FULL * workshop.paper.height:
        return design, pages
    for order in reversed(copyfit.ORDERS):
        ended = replace(design, order=order, sources=None)
        if (found := workshop.typesetter.pages(_composed(workshop, ended, drawn))).count <= pages.count:
            return ended, found
    return design, pages


def _lonely(pages: Pages) -> bool:
    """Whether the sources end on the page before the colophon, which stands alone on its own."""
    found = dict(pages.anchors())
    ends = [number for name, number in found.items() if name.startswith("source-")]
    return bool(ends) and found.get(COLOPHON, 0) > max(ends)


def _numbered(workshop: Workshop, design: Design, drawn: Figure1, pages: Pages) -> Pages:
    """The pages, laid out again if a number in their contents was known and is another one now."""
    if not (design.has_contents and workshop.numbers):
        return pages
    starts = pages.starts()
    anchors = [entry.anchor for entry in workshop.view.contents(design.order).entries]
    if all(workshop.numbers.get(anchor, starts[anchor]) == starts[anchor] for anchor in anchors):
        return pages
    return workshop.typesetter.pages(_composed(replace(workshop, numbers=starts), design, drawn))


def _fit(workshop: Workshop, pages: Pages, text: BriefingType) -> Fit:
    _, _, bottom = MARGINS[workshop.paper_name]
    if not workshop.view.has_colophon:
        return Fit(pages=pages.count)
    page, end = pages.end_of(COLOPHON)
    left = workshop.paper.height - bottom - end if page == pages.count else 0.0
    leading = text.leading * in_script(workshop.view.front.language)[1] * MM_PER_POINT
    return Fit(pages=pages.count, lines=max(0, int(left / leading)))


def _composed(workshop: Workshop, design: Design, drawn: Figure1) -> Composed:
    sources = workshop.view.sources
    kept = len(sources) - design.moved
    return workshop.composed(
        "briefing",
        replace(workshop.view, blocks=design.blocks) if design.blocks else workshop.view,
        workshop.paper,
        {**copyfit.properties(workshop, design.text), **drawn.properties},
        drawings={**drawn.drawings, **workshop.art},
        order=design.order,
        notes=design.margin_notes,
        contents=workshop.view.contents(design.order) if design.has_contents else None,
        numbers=workshop.numbers,
        sources=design.sources,
        source_parts=[part for part in (sources[:kept], sources[kept:]) if part],
        **drawn.values,
    )
