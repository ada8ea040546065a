"""An article becomes a fact sheet: one page with every word on it, or an error."""

from collections.abc import Iterator
from dataclasses import replace

from triptych.compose import placed
from triptych.compose.html import MeasuredPart
from triptych.compose.views import ArticleView
from triptych.content.errors import FitError
from triptych.content.kinds import Paper
from triptych.content.units import MM_PER_POINT
from triptych.design.sheets import mm
from triptych.documents.workshop import SLACK, Document, Fit, Workshop, checked, crowded
from triptych.timeline import spine
from triptych.timeline.columns import factsheet_columns
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


def factsheet(workshop: Workshop) -> Document:
    """The fact sheet: one page. Leaves out optional parts to fit.

    Raises FitError when even the shortest form is longer than one page or a text is lost, StyleError for an unknown
    typeface.
    """
    over = "needs a second page"
    for cut, view in _shorter(workshop.view):
        try:
            pages, spare = _factsheet_pages(workshop, view)
        except Overfull as error:
            over = f"is {error.over:.0f} mm too long for one page"
            continue
        if pages.count == 1:
            return workshop.finished("factsheet", pages, cut, _fit(workshop, spare))
    raise FitError(
        f"the fact sheet {over}, even without its optional parts\n"
        "    Shorten the longest summaries of key figures, or remove an event or a status line."
    )


def _shorter(view: ArticleView) -> Iterator[tuple[tuple[str, ...], ArticleView]]:
    """The article, first complete, then with one more part left out each time; and the names of the parts left out."""
    cut: tuple[str, ...] = ()
    yield cut, view
    if any(len(column.statements) > 2 for column in view.status):
        view = replace(view, status=tuple(replace(column, statements=column.statements[:2]) for column in view.status))
        cut += ("the third line of agreed, disputed and not known",)
        yield cut, view
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


def _factsheet_pages(workshop: Workshop, view: ArticleView) -> tuple[Pages, float]:
    """Lay out the fact sheet: its two columns fill the height that the other parts leave.

    Returns the pages and the spare height in mm, which is spread over the rows. Raises Overfull, FitError.
    """
    paper = workshop.paper
    top, side, bottom = MARGINS[workshop.paper_name]
    live = paper.width - 2 * side
    columns = factsheet_columns(live - LEDGER_WIDTH - COLUMNS_GAP)
    sources = view.sources_of(
        view.events, view.figures, [line for column in view.status for line in column.statements], view.resources
    )
    key = " ".join(mark.short for mark in workshop.marks if mark.short)
    properties = {
        "margin-top": mm(top),
        "margin-side": mm(side),
        "margin-bottom": mm(bottom),
        "ledger-width": mm(LEDGER_WIDTH),
        "columns-gap": mm(COLUMNS_GAP),
        "row-extra": "0mm",
        "basis-leading": f"{BASIS_LEADING:g}pt",
    }
    part = workshop.composer.part
    rows = [
        MeasuredPart(f"figure-{figure.id}", part("factsheet", "figure_row", figure), mm(LEDGER_WIDTH))
        for figure in view.figures
    ]
    measured = [
        MeasuredPart("head", part("factsheet", "head", view), mm(live)),
        MeasuredPart("column-head", part("factsheet", "column_head", view.words.key_figures), mm(LEDGER_WIDTH)),
        MeasuredPart("status", part("positions", "status_columns", view), mm(live)),
        MeasuredPart("foot", part("factsheet", "foot", view, sources, key), mm(live)),
        *rows,
        *workshop.cards(columns, "stacked", "headline"),
    ]
    heights = workshop.heights("factsheet", view, paper, properties | columns.properties, measured)
    around = heights["head"] + heights["status"] + heights["foot"]
    room = paper.height - top - bottom - around - heights["column-head"] - SLACK
    spare = room - sum(heights[row.name] for row in rows)
    if spare < 0:
        raise Overfull(-spare)
    columns = columns.resized(room)
    try:
        plan = checked(spine.plan(workshop.article.events, heights, columns.frame))
    except Crowded as error:
        raise crowded("fact sheet") from error
    timeline, drawings = placed.timeline(view, plan, columns, "stacked")
    properties |= columns.properties | {
        "columns-height": mm(room + heights["column-head"]),
        "row-extra": mm(spare / (2 * len(rows) - 1)),
    }
    values = {"sources": sources, "key": key, "timeline_view": timeline}
    composed = workshop.composed("factsheet", view, paper, properties, drawings=drawings, **values)
    return workshop.typesetter.pages(composed), spare
