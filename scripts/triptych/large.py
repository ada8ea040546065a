"""The article in large print: each document as one column of 18 point type, on as many pages as that takes."""

from triptych import compose
from triptych.sheets import mm
from triptych.workshop import Document, Workshop

MARGIN = 20.0
"""On every side, in mm."""


def large(workshop: Workshop, name: str) -> Document:
    """One of the three documents in large print. Raises StyleError, FitError."""
    view = workshop.view
    parts = (view.events, view.figures, [line for column in view.status for line in column.statements], view.resources)
    cited = {
        "briefing": view.sources,
        "factsheet": view.sources_of(*parts),
        "poster": view.sources_of(view.events, view.eras, view.resources),
    }
    composed = workshop.composed(
        "large",
        view,
        workshop.paper,
        {"margin": mm(MARGIN)},
        kind=name,
        sources=cited[name],
        drawings=compose.key_drawings(1.0),
    )
    return workshop.finished(name, workshop.typesetter.pages(composed))
