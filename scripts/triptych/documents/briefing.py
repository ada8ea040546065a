"""An article becomes a briefing: six pages, if one of its type sizes makes that possible, or else as many as needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from triptych.compose import placed
from triptych.content.errors import FitError
from triptych.content.units import MM_PER_POINT
from triptych.design.sizes import BriefingType
from triptych.documents import copyfit
from triptych.documents.copyfit import MARGINS, MOST_PAGES, Design, Edges
from triptych.documents.workshop import Document, Fit, Workshop, checked, crowded
from triptych.timeline import spine
from triptych.timeline.columns import Columns, briefing_columns
from triptych.timeline.drawing import Drawing
from triptych.timeline.plan import Crowded, Overfull, Plan
from triptych.typeset.pages import Pages

FIGURE_HEIGHTS = (90.0, 150.0)
"""Least and greatest height of the briefing's timeline, in mm."""
FIGURE_FILL = 0.8
"""The share of the timeline's height that its cards should fill."""


NO_TIMELINE: Mapping[str, Any] = {"timeline_view": None, "figure_title": "", "marks": ()}
"""The values of the template, of an article without events."""


@dataclass(frozen=True, slots=True)
class Figure1:
    """The briefing's timeline, ready for the template."""

    height: float
    """Height of the timeline without its heading, in mm."""
    properties: Mapping[str, str]
    values: Mapping[str, Any]
    drawings: Mapping[str, Drawing]


def briefing(workshop: Workshop) -> Document:
    """Set the briefing in the largest type that keeps it to six pages, or in the smallest if none does.

    Raises FitError when the events do not fit the timeline or a text is lost, StyleError for an unknown typeface.
    """
    columns = briefing_columns(copyfit.live(workshop), FIGURE_HEIGHTS[1])
    edges = copyfit.measured(workshop, columns)
    figure = _figure_1(workshop, edges, columns)
    for design in copyfit.designs(workshop, edges, columns, figure.height):
        pages = _laid_out(workshop, design, figure)
        if pages.count <= MOST_PAGES:
            break
    while crowded := copyfit.too_many((name, number) for name, number in pages.anchors() if name in design.notes):
        design = replace(design, notes={name: note for name, note in design.notes.items() if name not in crowded})
        pages = _laid_out(workshop, design, figure)
    longer = [f"longer than {MOST_PAGES} pages, the limit for a briefing"] if pages.count > MOST_PAGES else []
    return workshop.finished("briefing", pages, longer, _fit(workshop, pages, design.text))


def _fit(workshop: Workshop, pages: Pages, text: BriefingType) -> Fit:
    _, _, bottom = MARGINS[workshop.paper_name]
    if not workshop.view.has_colophon:
        return Fit(pages=pages.count)
    page, end = pages.end_of("section-colophon")
    left = workshop.paper.height - bottom - end if page == pages.count else 0.0
    return Fit(pages=pages.count, lines=max(0, int(left / (text.leading * MM_PER_POINT))))


def _laid_out(workshop: Workshop, design: Design, figure: Figure1) -> Pages:
    composed = workshop.composed(
        "briefing",
        workshop.view,
        workshop.paper,
        {**copyfit.properties(workshop, design.text), **figure.properties},
        drawings=figure.drawings,
        order=design.order,
        notes=design.notes,
        sources=design.sources,
        **figure.values,
    )
    return workshop.typesetter.pages(composed)


def _figure_1(workshop: Workshop, edges: Edges, columns: Columns) -> Figure1:
    if not workshop.view.events:
        return Figure1(0.0, columns.properties, NO_TIMELINE, {})
    heights = {event.id: copyfit.height(edges, event.id) for event in workshop.view.events}
    least, greatest = FIGURE_HEIGHTS
    tight = min(max(sum(heights.values()) / FIGURE_FILL, least), greatest)
    try:
        columns, plan = _planned(workshop, heights, columns, (tight, greatest))
    except Crowded as error:
        raise crowded("briefing") from error
    view, drawings = placed.timeline(workshop.view, plan, columns, "row")
    return Figure1(
        height=columns.frame.height,
        properties=columns.properties | placed.key_properties(columns.frame.unit),
        values={"timeline_view": view, "figure_title": workshop.view.scale.title, "marks": workshop.marks},
        drawings={**drawings, **placed.key_drawings(columns.frame.unit)},
    )


def _planned(
    workshop: Workshop, heights: Mapping[str, float], columns: Columns, tries: Sequence[float]
) -> tuple[Columns, Plan]:
    """The timeline at the first height, in mm, at which its cards fit. Raises FitError, Crowded."""
    over = 0.0
    for height in tries:
        columns = columns.resized(height)
        try:
            return columns, checked(spine.plan(workshop.article.events, heights, columns.frame))
        except Overfull as error:
            over = error.over
    lightest = sorted(workshop.article.events, key=lambda event: event.weight)[:3]
    raise FitError(
        f"the briefing's timeline is {over:.0f} mm too long for its figure\n"
        f"    Remove events of low weight, such as {', '.join(f'`{event.id}`' for event in lightest)}."
    )
