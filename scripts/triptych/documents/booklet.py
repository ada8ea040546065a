"""An article becomes a booklet: the briefing set anew for pages of half the paper, with help on its back."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from babel.numbers import get_decimal_symbol

from triptych.charts.plot import Touching
from triptych.compose import charts, placed, tables
from triptych.compose.html import Composed, MeasuredPart
from triptych.compose.views import ArticleView, ChartView
from triptych.content.kinds import Paper
from triptych.content.prose import Block
from triptych.design import values
from triptych.design.sheets import Sheet, mm
from triptych.design.sizes import BOOKLET_TYPE, BriefingType
from triptych.documents import copyfit, figure, large
from triptych.documents.copyfit import ORDERS, Order
from triptych.documents.figure import Figure1, Room
from triptych.documents.large import LargeBlock
from triptych.documents.workshop import Document, Workshop, judged, proved
from triptych.typeset.pages import Pages

PAGES = {Paper.A4: Sheet(148.0, 210.0), Paper.LETTER: Sheet(139.7, 215.9)}
"""Half a sheet of each paper."""
TOP, BOTTOM, OUTER, INNER = 15.0, 16.0, 12.0, 15.0
"""The margins of a page, in mm; the inner one is at the fold."""
LEAF = 4
"""A folded sheet has so many pages."""
MOSTLY_FULL = 0.6
"""The key figures fill the page before a timeline to this share, or the positions of the parties do."""
LONG = 32
"""A booklet of more pages than this is set once: a blank page or three are few among so many."""
LEAST_CONTENTS = 5
"""Fewest headings that have contents on the cover."""
PICTURE, LEAD = 130.0, 52.0
"""Greatest height of a picture in the prose, and of that on the cover, in mm."""
MOST_COLUMNS = 5
"""A chart of more columns has its numbers row by row, where they stand as a table."""


def booklet(workshop: Workshop) -> Document:
    """The pages of the booklet, in the order in which they are read, as many as a multiple of four.

    In the type with which fewest sheets have fewest blank pages. These stand before the last page, which says where to
    find help. Raises StyleError and FitError.
    """
    return judged(_booklet, workshop)


def _booklet(workshop: Workshop) -> Document:
    """The same. Raises Misjudged if a height is not what follows from the widths of words."""
    shop = _at_half(workshop)
    room = Room(shop.paper.width - INNER - OUTER, shop.paper.height - TOP - BOTTOM, stacked=True)
    drawn = _figure(shop, room)
    tried: list[tuple[_Design, Pages]] = []
    for text in BOOKLET_TYPE:
        tried.append(_ordered(shop, _Design(text), drawn, room))
        count = tried[-1][1].count
        if not _blanks(count) or count > LONG:
            break
    design, pages = min(tried, key=lambda one: (one[1].count + _blanks(one[1].count), _blanks(one[1].count)))
    if blanks := _blanks(pages.count):
        pages = shop.typesetter.pages(_composed(shop, replace(design, blanks=blanks), drawn, room))
    proved(pages, figure.known_heights(shop, room))
    return shop.finished("briefing", pages)


@dataclass(frozen=True, slots=True)
class _Design:
    """A way to set the booklet."""

    text: BriefingType
    order: Order = ORDERS[0]
    blanks: int = 0
    """Number of blank pages before the last."""


def _ordered(shop: Workshop, design: _Design, drawn: Figure1, room: Room) -> tuple[_Design, Pages]:
    """The design with its pages, in another order where the timeline would leave much of a page white before it."""
    pages = shop.typesetter.pages(_composed(shop, design, drawn, room))
    found = dict(pages.anchors())
    if not {"section-timeline", "section-figures"} <= set(found):
        return design, pages
    page, end = pages.end_of("section-figures")
    if found["section-timeline"] == page or end > MOSTLY_FULL * shop.paper.height or pages.count > LONG:
        return design, pages
    other = replace(design, order=ORDERS[1])
    again = shop.typesetter.pages(_composed(shop, other, drawn, room))
    return (other, again) if again.count <= pages.count else (design, pages)


def _blanks(count: int) -> int:
    """How many pages are blank in a booklet of so many."""
    return -count % LEAF


def _at_half(workshop: Workshop) -> Workshop:
    """The workshop with paper of half the size, and charts that have room on it."""
    paper = PAGES[workshop.paper_name]
    view = _narrowed(workshop.view, paper.width - INNER - OUTER)
    return replace(workshop, paper=paper, view=view, over=("booklet.css",))


def _narrowed(view: ArticleView, width: float) -> ArticleView:
    """The article with its charts in so many mm; those that have no room in it are told in words."""
    found = {name: _chart_in(chart, width, view) for name, chart in view.charts.items()}
    return replace(view, charts=found)


def _chart_in(chart: ChartView, width: float, view: ArticleView) -> ChartView:
    own = replace(chart, across=False, abreast=None)
    try:
        plot = charts.plotted_in(chart.data, width, view.calendar)
    except Touching:
        return replace(own, plots={})
    return replace(
        own, plots={"briefing": charts.view(chart.data, "briefing", plot)}, whole=charts.whole(chart.data, plot)
    )


def _figure(shop: Workshop, room: Room) -> Figure1:
    """The timeline on a page, or several."""
    columns = figure.columns_of(shop, room)
    parts = [*figure.measured(shop, columns, room), *_heading(shop, room)]
    own = _properties(shop, BOOKLET_TYPE[0], room) | columns.properties | placed.key_properties(columns.frame.unit)
    return figure.figure_1(shop, shop.edges("briefing", shop.view, shop.paper, own, parts), room)


def _heading(shop: Workshop, room: Room) -> Iterator[MeasuredPart]:
    """The title and the key of the timeline, to measure."""
    if shop.view.events:
        html = shop.composer.part("timeline", "figure_1", shop.view, (), shop.marks, shop.view.scale.title)
        yield MeasuredPart("timeline", html, mm(room.width))


def _properties(shop: Workshop, text: BriefingType, room: Room) -> dict[str, str]:
    """The page's margins and type as CSS custom properties."""
    ledger = values.LEDGER
    return {
        **copyfit.properties(shop, text),
        "margin-top": mm(TOP),
        "margin-bottom": mm(BOTTOM),
        "first-top": mm(TOP),
        "outer": mm(OUTER),
        "inner": mm(INNER),
        "live": mm(room.width),
        "picture-height": mm(PICTURE),
        "lead-height": mm(LEAD),
        "value-column": mm(ledger.width + values.TABLE_PADDING),
        "value-size": f"{ledger.size_for(one.value for one in shop.view.figures):g}pt",
    }


def _composed(shop: Workshop, design: _Design, drawn: Figure1, room: Room) -> Composed:
    view = shop.view
    contents = view.contents([name for name in design.order if name not in ("support", "colophon")] + ["support"])
    return shop.composed(
        "briefing",
        view,
        shop.paper,
        {**_properties(shop, design.text, room), **drawn.properties},
        template="booklet",
        drawings={**drawn.drawings, **shop.art},
        parts=[_part(block, shop, room) for block in view.blocks],
        ledger=[(one, not values.LEDGER.holds(one.value)) for one in view.figures],
        contents=contents if len(contents.entries) >= LEAST_CONTENTS else None,
        order=design.order,
        most_columns=MOST_COLUMNS,
        blanks=range(design.blanks),
        **drawn.values,
    )


def _part(block: Block, shop: Workshop, room: Room) -> LargeBlock:
    """A block as it is, a table with narrower columns, or row by row where these have no room."""
    if not block.is_table:
        return LargeBlock(block.html, name=block.name)
    found = tables.narrowed(block, room.width, get_decimal_symbol(shop.view.calendar.locale))
    return LargeBlock(found.html, name=found.name) if found else large.part(block)
