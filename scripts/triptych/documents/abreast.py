"""Two small charts of a briefing that follow each other directly stand side by side."""

from dataclasses import replace

from markupsafe import Markup

from triptych.charts.plot import Touching
from triptych.compose import charts
from triptych.compose.views import ArticleView, ChartView
from triptych.content.model import ChartKind
from triptych.content.prose import Block
from triptych.design import faces, lines
from triptych.design.sheets import mm

WIDTH = 59.5
"""Width in mm of each; the space between them is what the column leaves."""
KINDS = frozenset({ChartKind.BARS, ChartKind.GROUPED_BARS, ChartKind.SLOPE, ChartKind.WAFFLE})
"""The kinds of chart that can be read in so much room."""
TITLE, SUBTITLE = 11.5, 9.0
"""Sizes of the title and the subtitle of a chart, in pt."""


PROPERTIES = {
    "half-chart": mm(WIDTH),
    "chart-title-size": f"{TITLE:g}pt",
    "chart-subtitle-size": f"{SUBTITLE:g}pt",
}
"""These measures as CSS custom properties."""


def paired(view: ArticleView) -> ArticleView:
    """The article with such charts in one block each, in the width that they have there."""
    charts_of, blocks = dict(view.charts), list[Block]()
    waiting = list(view.blocks)
    while waiting:
        block = waiting.pop(0)
        blocks.append(block)
        pair = (charts_of.get(one.name) for one in (block, *waiting[:1]))
        if found := _side_by_side(view, *pair):
            waiting.pop(0)
            charts_of |= {one.name: one for one in found}
    return replace(view, charts=charts_of, blocks=tuple(blocks))


def _side_by_side(
    view: ArticleView, one: ChartView | None = None, other: ChartView | None = None
) -> tuple[ChartView, ChartView] | None:
    """Two charts in the width of a half, the first with the second; None where they cannot stand so."""
    if not one or not other or not {one.data.chart.kind, other.data.chart.kind} <= KINDS:
        return None
    try:
        first, second = (_narrow(view, chart) for chart in (one, other))
    except Touching:
        return None
    return replace(first, abreast=second, head=_head(first, second)), second


def _narrow(view: ArticleView, chart: ChartView) -> ChartView:
    plot = charts.plotted_in(chart.data, WIDTH, view.calendar)
    return replace(chart, plots={**chart.plots, "briefing": charts.view(chart.data, "briefing", plot)})


def _head(*both: ChartView) -> tuple[int, int]:
    """Numbers of lines for which the titles and the subtitles of both have room."""
    titles = max(_count(one.title_html, faces.HEADLINES, TITLE) for one in both)
    return titles, max(_count(one.subtitle_html, faces.TEXT, SUBTITLE) for one in both)


def _count(text: Markup, face: faces.Face, size: float) -> int:
    return lines.count(text.striptags(), face, lines.WIDER * size, WIDTH) if text else 0
