"""The article as a timeline poster: the first rung of the fit ladder on which the events stand without touching."""

from collections.abc import Mapping

from triptych import spine
from triptych.cite import Source
from triptych.compose import Part
from triptych.errors import FitError
from triptych.sheets import POSTER_MARGIN, SHEETS, Columns, PosterType, mm, poster_columns, poster_type
from triptych.spine import Overfull, Plan
from triptych.views import ArticleView
from triptych.workshop import SLACK, Document, Workshop, timeline

FULL = 0.92
"""The share of the box that the cards of a poster may fill, but on the last rung."""


def poster(workshop: Workshop) -> Document:
    """The poster: the first rung of the ladder on which the events fit. Raises FitError."""
    text = poster_type(workshop.sheet)
    rungs = ((text, "summary", FULL), (text.at_floor, "summary", FULL), (text, "headline", 1.0))
    over = 0.0
    for rung, detail, fill in rungs:
        try:
            plan, columns, properties = _poster_plan(workshop, rung, detail)
        except Overfull as error:
            over = error.over
            continue
        if plan.fill <= fill:
            return _poster(workshop, plan, columns, properties, detail)
    lightest = sorted(workshop.article.events, key=lambda event: event.weight)[:3]
    larger = [name for name, sheet in SHEETS.items() if sheet.height > workshop.sheet.height]
    hint = f", or use a larger sheet: {', '.join(larger)}" if larger else ""
    raise FitError(
        f"the poster does not fit on {workshop.sheet_name}: {over:.0f} mm over with headlines alone\n"
        f"    Take out the events that weigh least, such as {', '.join(f'`{event.id}`' for event in lightest)}{hint}."
    )


def _poster_plan(workshop: Workshop, text: PosterType, detail: str) -> tuple[Plan, Columns, dict[str, str]]:
    view, sheet = workshop.view, workshop.sheet
    margin = POSTER_MARGIN * sheet.scale
    columns = poster_columns(sheet, text)
    live = mm(columns.frame.width)
    properties = text.properties | columns.properties | {"margin": mm(margin), "scale": f"{sheet.scale:.4f}"}
    part = workshop.composer.part
    measured = [
        Part("head", part("poster", "head", view, workshop.marks), live),
        Part("foot", part("poster", "foot", view, _poster_sources(view)), live),
        *workshop.cards(columns, detail),
    ]
    heights = workshop.heights("poster", view, sheet, properties | {"key-mark": mm(4 * sheet.scale)}, measured)
    columns = columns.resized(sheet.height - 2 * margin - heights["head"] - heights["foot"] - SLACK)
    return spine.plan(workshop.article.events, heights, columns.frame), columns, properties


def _poster(workshop: Workshop, plan: Plan, columns: Columns, properties: Mapping[str, str], detail: str) -> Document:
    view = workshop.view
    spine_part = timeline(workshop, plan, columns)
    composed = workshop.composed(
        "poster",
        view,
        workshop.sheet,
        {**properties, **spine_part.properties},
        drawings=spine_part.drawings,
        detail=detail,
        marks=workshop.marks,
        sources=_poster_sources(view),
        **spine_part.values,
    )
    pages = workshop.typesetter.pages(composed)
    if pages.count != 1:
        raise FitError(
            f"the poster takes {pages.count} pages of {workshop.sheet_name}; shorten its title, deck or sources"
        )
    notes = [f"cards stand at most {plan.drift:.0f} mm from their dates; {plan.fill:.0%} full"]
    return workshop.finished("poster", pages, notes)


def _poster_sources(view: ArticleView) -> tuple[Source, ...]:
    return view.sources_of(view.events, view.resources)
