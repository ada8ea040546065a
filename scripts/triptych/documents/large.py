"""An article becomes large print: each document as one column of 18 point type, on as many pages as it needs."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from lxml import html
from markupsafe import Markup

from triptych.compose import placed
from triptych.compose.views import ArticleView, Citing
from triptych.content.kinds import KINDS, Prints
from triptych.content.prose import Block
from triptych.design.sheets import mm
from triptych.documents.workshop import Document, Workshop

MARGIN = 20.0
"""Margin on every side, in mm."""
LEADINGS = {16: 22, 18: 25}
"""The leading of each of the smallest sizes of type, in pt."""


@dataclass(frozen=True, slots=True)
class LargeBlock:
    """A block of the prose: unchanged, or a table printed row by row."""

    html: Markup
    """The block; empty for a table."""
    rows: tuple[tuple[tuple[str, str], ...], ...] = ()
    """The rows of a table: heading and text of each cell."""
    caption: str = ""
    """The caption of a table."""
    name: str = ""
    """Its name in the prose."""


def part(block: Block) -> LargeBlock:
    """A block in large print. A table becomes rows, since its columns have no room."""
    if not block.is_table:
        return LargeBlock(block.html, name=block.name)
    table = html.fragment_fromstring(block.html)
    head, *rows = (["".join(cell.itertext()).strip() for cell in row.iter("th", "td")] for row in table.iter("tr"))
    caption = "".join("".join(one.itertext()).strip() for one in table.iter("caption"))
    return LargeBlock(Markup(), tuple(tuple(zip(head, row, strict=False)) for row in rows), caption)


def large(workshop: Workshop, name: str) -> Document:
    """The document of this name in large print. Raises StyleError for an unknown typeface, FitError for a lost text."""
    view, prints = workshop.view, KINDS[name].prints
    composed = workshop.composed(
        "large",
        view,
        workshop.paper,
        {"margin": mm(MARGIN), **_least(view.front.large_print)},
        kind=KINDS[name],
        parts=tuple(map(part, view.blocks)),
        brief=_brief(view, prints),
        sources=view.sources if Prints.PROSE in prints else view.sources_of(*_citing(view, name, prints)),
        drawings=placed.key_drawings(1.0),
    )
    return workshop.finished(name, workshop.typesetter.pages(composed))


def _least(size: int) -> dict[str, str]:
    """The smallest type, in pt, and its leading as CSS custom properties."""
    return {"least-size": f"{size}pt", "least-leading": f"{LEADINGS[size]}pt"}


def _brief(view: ArticleView, prints: Set[Prints]) -> Sequence[Markup]:
    """The sentences in brief, or what a fact sheet with few figures prints instead."""
    if Prints.IN_BRIEF in prints:
        return view.in_brief_html
    return [lead.text_html for lead in view.leads] if Prints.SHORT_DECK in prints else ()


def _citing(view: ArticleView, name: str, prints: Set[Prints]) -> Iterator[Sequence[Citing]]:
    """The parts of a document without prose that cite sources."""
    yield view.resources
    yield view.charts_of(name)
    if Prints.SHORT_DECK in prints:
        yield view.leads
    if Prints.EVENTS in prints:
        yield view.events
    if Prints.ERAS in prints:
        yield view.eras
    if Prints.FIGURES in prints:
        yield view.figures
    if Prints.STATUS in prints:
        yield [line for column in view.status for line in column.statements]
