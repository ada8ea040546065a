"""The measured texts of a briefing become designs: those whose forecast has few enough pages."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from itertools import pairwise

from markupsafe import Markup

from triptych.compose import movable, placed, tables
from triptych.compose.html import MeasuredPart
from triptych.compose.placed import SourcesView
from triptych.compose.views import ArticleView, FigureView
from triptych.content import pictures
from triptych.content.kinds import Paper
from triptych.content.prose import Block
from triptych.content.units import MM_PER_POINT
from triptych.design import floating, values
from triptych.design.floating import Piece
from triptych.design.galley import Galley, galley
from triptych.design.pagination import Pagination, Text, paginated
from triptych.design.sheets import SourceColumns, mm
from triptych.design.sizes import BRIEFING_LARGER, BRIEFING_TYPE, BriefingType, in_script
from triptych.documents import abreast, margin, moving, paragraphs
from triptych.documents.listed import Listing
from triptych.documents.paragraphs import Paragraphs
from triptych.documents.workshop import Workshop
from triptych.timeline.columns import Columns

MARGINS = {Paper.A4: (24.0, 18.0, 22.0), Paper.LETTER: (18.0, 18.0, 16.0)}
"""Top, side and bottom margin of every page after the first, in mm."""
FIRST_TOP = {Paper.A4: 16.0, Paper.LETTER: 14.0}
"""Top margin of the first page, in mm."""
INDENT = 49.0
"""Width of the margin column and the white space beside it, in mm: `--text-indent` of templates/styles/briefing.css."""
SOURCE_COLUMNS, SOURCE_GAP = 2, 7.0
"""Number of columns of sources, and the white space between two, in mm."""
BELOW_SOURCE = 0.8
"""White space below a source, in pt."""
HEAD = (31.0, 33.5)
"""Size and leading of the title, in pt."""
NOTES_ON_A_PAGE = 3
"""Most margin notes on one page."""
MOST_PAGES = 6
"""Most pages of a briefing."""
ORDERS: tuple[tuple[str, ...], ...] = tuple(
    (*order, "support", "sources", "data", "colophon")
    for order in (
        ("figures", "timeline", "parties", "status"),
        ("figures", "parties", "timeline", "status"),
        ("timeline", "figures", "parties", "status"),
        ("figures", "parties", "status", "timeline"),
    )
)
"""Possible orders of the sections after the prose. The first is used unless another needs less space."""
LAST = ("figures", "parties", "status", "support", "sources", "data", "colophon", "timeline")
"""A further order, for a timeline that takes whole pages: no text has to share a page with it."""
PART = 150.0
"""Greatest height of a timeline that takes a part of a page, in mm."""
SHORT = 4
"""A briefing of up to this many pages is composed to end with a full page, or at least half of one."""
HALF = 0.55
"""A larger type is used up to this share of a page."""
STEP = 3.0
"""Difference between two heights of a timeline that are tried, in mm."""
FULL_PAGE = 0.96
"""A page filled to this share is full: a forecast is not exact."""
DOUBTFUL = 0.3
"""Skip a type size whose estimate is this many pages over the limit."""
LONG = 9000
"""An article with more characters than this probably needs more than six pages in the largest type."""
SECTION = "section:"
"""Prefix for the name of a section in the flow. The name of a passage cannot contain a colon."""
LIST = f"{SECTION}list"
"""Name in the flow of the list of sources, without its heading."""
FAR_TOO_LONG = 36_000
"""An article with more characters than this needs many more than six pages in any type: skip measuring its text."""
WHOLE = 6
"""A paragraph of fewer lines than this that introduces a table stays whole with it, in the forecast."""
TABLE_ROW = 4.0
"""Height of a row of the figures as tables, in mm: there the section may break."""
LEAST_UNNAMED = 2.5
"""A space of more lines than this between two named blocks of prose contains a block without a name."""

Edges = Mapping[str, tuple[float, float]]
"""Upper and lower edge of each measured part, in mm, by its name."""
Order = Sequence[str]
"""The sections after the prose, in the order in which they are set."""
Flow = Mapping[str, Sequence[Text]]
"""The texts of each section, by the section's name."""
Notes = Mapping[str, FigureView]
"""Key figures for the margin, by the name of the passage beside them."""


@dataclass(frozen=True, slots=True)
class Design:
    """A way to set the briefing."""

    text: BriefingType
    order: Order
    notes: Notes
    sources: SourcesView | None
    """The sources with their positions, if one page holds them; None lets the typesetter split the list, slowly."""
    pages: int
    """Number of pages in the forecast."""
    moved: int = 0
    """Number of the last sources that are a list of their own, on the page of the colophon."""
    beside: frozenset[str] | None = None
    """Names of the passages beside the contents, which have no margin note; None where the contents have no room."""
    blocks: tuple[Block, ...] | None = None
    """The prose with some pictures or tables elsewhere or smaller; None where it stands as it was written."""
    length: float = 0.0
    """The forecast in pages, the last as a fraction; infinite where the text is so long that it is not measured."""

    @property
    def is_far_too_long(self) -> bool:
        """Whether it needs more than the limit of pages, as surely as a forecast says so."""
        return self.length > MOST_PAGES + DOUBTFUL

    @property
    def is_unmeasured(self) -> bool:
        """Whether its text is so long that no forecast was made."""
        return math.isinf(self.length)

    @property
    def has_contents(self) -> bool:
        """Whether the first page has contents in its margin."""
        return self.beside is not None and self.pages >= margin.LEAST_PAGES

    @property
    def margin_notes(self) -> Notes:
        """The margin notes that are not in the way of the contents."""
        taken = self.beside if self.beside and self.has_contents else frozenset()
        return {name: note for name, note in self.notes.items() if name not in taken}


def live(workshop: Workshop) -> float:
    """Width between the side margins, in mm."""
    return workshop.paper.width - 2 * MARGINS[workshop.paper_name][1]


def properties(workshop: Workshop, text: BriefingType) -> dict[str, str]:
    """The page's margins and type as CSS custom properties."""
    front = workshop.view.front
    gap = {} if front.publisher and front.number else {"running-gap": '""'}
    names = ("margin-top", "margin-side", "margin-bottom", "first-top")
    figures = [figure.value for figure in workshop.view.figures]
    table = values.table(figures)
    margins = (*MARGINS[workshop.paper_name], FIRST_TOP[workshop.paper_name])
    size, leading = _body(workshop, text)
    return {
        **text.properties,
        "head-size": f"{HEAD[0]:g}pt",
        "head-leading": f"{HEAD[1]:g}pt",
        "body-size": f"{size:g}pt",
        "body-leading": f"{leading:g}pt",
        **dict(zip(names, map(mm, margins), strict=True)),
        **_source_columns(workshop).properties,
        "value-column": mm(table.width + values.TABLE_PADDING),
        "value-size": f"{table.size_for(figures):g}pt",
        "margin-column": mm(values.NOTE.width),
        "table-size": f"{tables.SIZE:g}pt",
        "table-leading": f"{tables.LEADING:g}pt",
        "cell-padding": mm(tables.PADDING),
        "picture-height": mm(pictures.HEIGHT),
        "lead-height": mm(pictures.LEAD[1]),
        "note-size": f"{values.NOTE.size:g}pt",
        **abreast.PROPERTIES,
        **gap,
    }


def _source_columns(workshop: Workshop) -> SourceColumns:
    return SourceColumns(SOURCE_COLUMNS, SOURCE_GAP, live(workshop))


def measured(workshop: Workshop, columns: Columns, timeline: Iterable[MeasuredPart]) -> Edges:
    """Measure every part of the briefing, in the type it will probably have, and the parts of its timeline."""
    text, fixed = _likely_type(workshop.view), [*_fixed(workshop), *timeline]
    if not _unmeasured(workshop.view):
        return _running_edges(workshop, text, columns, fixed)
    opening = movable.measurable(margin.opening(workshop.view.blocks))
    return _edges(workshop, text, columns, [*_beginning(workshop, opening), *fixed])


def _likely_type(view: ArticleView) -> BriefingType:
    """The largest type, or the smallest for a long article."""
    return BRIEFING_TYPE[-1 if _length(view) > LONG else 0]


def _unmeasured(view: ArticleView) -> bool:
    """Whether the text of an article is not measured: it is far too long, and no block of it can stand elsewhere."""
    return _length(view) > FAR_TOO_LONG and not any(moving.floats(view, block) for block in view.blocks)


def _length(view: ArticleView) -> float:
    """Number of characters of an article. Those of sources count half, since their type is smaller."""
    prose = sum(len(block.html.striptags()) for block in view.blocks)
    sources = sum(len(source.text_html.striptags()) for source in view.sources)
    return prose + sources / 2


@dataclass(frozen=True, slots=True)
class Measured:
    """The measurements of a briefing in one type."""

    view: ArticleView
    text: BriefingType
    edges: Edges
    figure: Sequence[float]
    """Height in mm of each page of the timeline: of the first without its heading."""
    galley: Galley
    """The sources in columns."""
    pieces: Sequence[Piece] = ()
    """The blocks of prose in their order; empty where it is as it was written."""

    @property
    def orders(self) -> Sequence[Order]:
        """The orders to try."""
        return (*ORDERS, LAST) if len(self.figure) > 1 or self.figure[0] > PART else ORDERS


def designs(workshop: Workshop, edges: Edges, columns: Columns, figure: Sequence[float]) -> Iterator[Design]:
    """Designs in the order in which to try them: those with a forecast of six pages or fewer, then the smallest type.

    `edges` are the result of `measured`; `figure` is the height in mm of each page of the timeline, of the first
    without its heading.
    """
    base, tightest = _likely_type(workshop.view), BRIEFING_TYPE[-1]
    noted = margin_notes(workshop.view)
    if _unmeasured(workshop.view):
        yield Design(tightest, ORDERS[0], noted, None, MOST_PAGES, beside=_beside(workshop, edges), length=math.inf)
        return
    known = _moved(workshop, _known(workshop, base, edges, figure), noted)
    for text in _types(workshop, known, noted):
        own = known
        if text is not base:
            again = _running_edges(workshop, text, columns)
            own = _moved(workshop, _known(workshop, text, {**edges, **again}, figure), noted)
        yield from _designs_in(workshop, own, noted, last=text is tightest)


def _designs_in(workshop: Workshop, known: Measured, noted: Notes, last: bool) -> Iterator[Design]:
    """The designs in one type: with the notes that push no heading, with those that push nothing, in other orders.

    `last`: also one that is too long.
    """
    unpushed = _without_pushing(workshop, known, noted, set(noted))
    tries = [
        (notes, _ranked(workshop, known.orders, _flow(known, notes)))
        for notes in (_without_pushing(workshop, known, noted, _below_headings(workshop.view)), unpushed)
    ]
    ranked = [(notes, one) for notes, found in tries for one in found[:1]]
    ranked += [(notes, one) for notes, found in tries for one in found[1:]]
    for notes, (order, pagination) in ranked:
        if pagination.length <= MOST_PAGES or (last and notes is unpushed):
            sources = _sources(workshop, known, pagination)
            beside = _beside(workshop, known.edges)
            blocks = moving.blocks(workshop.view.blocks, known.pieces) if known.pieces else None
            kept = _with_room(notes, pagination)
            length = pagination.length
            yield Design(known.text, order, kept, sources, pagination.count, 0, beside, blocks, length)


def _beside(workshop: Workshop, edges: Edges) -> frozenset[str] | None:
    """Names of the passages beside the contents; None where the contents have no room."""
    _, _, bottom = MARGINS[workshop.paper_name]
    room = workshop.paper.height - bottom - FIRST_TOP[workshop.paper_name]
    return margin.passages_beside(workshop.view, edges, room)


def _types(workshop: Workshop, known: Measured, notes: Notes) -> Sequence[BriefingType]:
    """The types to try, from the largest: those with few enough pages, and the smallest.

    For a short article, those that end well come first; for one of less than half a page, larger types.
    """
    base, tightest = known.text, BRIEFING_TYPE[-1]
    guesses = {}
    for text in (*BRIEFING_LARGER, *BRIEFING_TYPE):
        _, guess = _best(workshop, known.orders, _relative(_flow(known, notes), text, base))
        most = HALF if text in BRIEFING_LARGER else MOST_PAGES + DOUBTFUL
        if text is tightest or guess.length <= most:
            guesses[text] = guess
    return sorted(guesses, key=lambda text: guesses[text].length <= MOST_PAGES and not guesses[text].ends_well)


def suited(workshop: Workshop, edges: Edges, height: float, least: float, greatest: float) -> float:
    """The height in mm of a timeline on a part of a page with which a short briefing ends best; else the given one.

    It is less only where that saves a page, and more where the last page has room. One that is set in the smallest type
    and still longer than the limit has a lower timeline, if that brings it to the limit.
    """

    def forecast(tried: float, notes: Notes) -> Pagination:
        known = _known(workshop, _likely_type(workshop.view), edges, (tried,))
        return _best(workshop, ORDERS, _flow(known, notes))[1]

    if _length(workshop.view) > FAR_TOO_LONG:
        return height
    noted = margin_notes(workshop.view)
    now = forecast(height, noted)
    if now.count > MOST_PAGES and _length(workshop.view) > LONG:
        lower = (tried for tried in (height, *_steps(least, height)[::-1]) if forecast(tried, {}).count <= MOST_PAGES)
        return next(lower, height)
    if now.length > SHORT:
        return height
    tries = {tried: forecast(tried, noted) for tried in (height, *_steps(least, greatest))}
    best = min(found.count for tried, found in tries.items())
    fitting = [tried for tried, found in tries.items() if found.count == best and found.filled <= FULL_PAGE]
    return max(fitting, key=lambda tried: (tries[tried].length, -tried), default=height)


def _steps(least: float, greatest: float) -> Sequence[float]:
    """Heights from the least to the greatest, in mm."""
    return [least + STEP * number for number in range(int((greatest - least) / STEP) + 1)]


def _known(workshop: Workshop, text: BriefingType, edges: Edges, figure: Sequence[float]) -> Measured:
    heights = [height(edges, f"source-{source.key}") for source in workshop.view.sources]
    return Measured(workshop.view, text, edges, figure, galley(heights, SOURCE_COLUMNS))


def _moved(workshop: Workshop, known: Measured, notes: Notes) -> Measured:
    """The same, with pictures, charts and short tables where they leave no large white space."""
    if not any(moving.floats(known.view, block) for block in known.view.blocks):
        return known
    flow = _flow(known, notes)
    order, _ = _best(workshop, known.orders, flow)
    first, other = _rooms(workshop)
    pieces = moving.pieces(known.view, flow["prose"], known.edges)
    after = [text for name in order for text in flow[name]]

    def forecast(texts: Sequence[Text]) -> Pagination:
        return paginated([*flow["front"], *texts, *after], first, other)

    found = floating.arranged(pieces, forecast) if pieces else []
    return replace(known, pieces=found) if floating.moved(found) else known


def _below_headings(view: ArticleView) -> Set[str]:
    """Names of the passages right below a heading."""
    return {below.name for above, below in pairwise(view.blocks) if above.html.startswith("<h")}


def _without_pushing(workshop: Workshop, known: Measured, notes: Notes, passages: Set[str]) -> Notes:
    """The margin notes, except those that would push one of these passages, beside them, to the next page."""
    _, without = _best(workshop, known.orders, _flow(known, {}))
    begins = {name: page for name, page, _ in without.pages}
    kept = dict(notes)
    while True:
        _, pagination = _best(workshop, known.orders, _flow(known, kept))
        pushing = next(
            (name for name, page, _ in pagination.pages if name in kept and name in passages and page > begins[name]),
            None,
        )
        if pushing is None:
            return kept
        del kept[pushing]


def _with_room(notes: Notes, pagination: Pagination) -> Notes:
    """The margin notes, at most `NOTES_ON_A_PAGE` on each page."""
    crowded = too_many((name, page) for name, page, _ in pagination.pages if name in notes)
    return {name: note for name, note in notes.items() if name not in crowded}


def too_many(notes: Iterable[tuple[str, int]]) -> set[str]:
    """Names of the passages whose margin note has no room.

    `notes` are names of passages with a note and their page numbers, in order. A note belongs to the first page of its
    passage, and a page has room for the first `NOTES_ON_A_PAGE`.
    """
    first: dict[str, int] = {}
    for name, number in notes:
        first.setdefault(name, number)
    on_page: dict[int, list[str]] = {}
    for name, number in first.items():
        on_page.setdefault(number, []).append(name)
    return {name for names in on_page.values() for name in names[NOTES_ON_A_PAGE:]}


def margin_notes(view: ArticleView) -> Notes:
    """The first key figure of each passage that has one, by the name of the passage."""
    notes: dict[str, FigureView] = {}
    for figure in view.figures:
        if figure.passage:
            notes.setdefault(figure.passage, figure)
    return notes


def _best(workshop: Workshop, orders: Sequence[Order], flow: Flow) -> tuple[Order, Pagination]:
    """The order of sections that needs the fewest pages, and its forecast."""
    return _ranked(workshop, orders, flow)[0]


def _ranked(workshop: Workshop, orders: Sequence[Order], flow: Flow) -> list[tuple[Order, Pagination]]:
    """The order of sections that needs the fewest pages, and its forecast; for a short one, the next ones too."""
    first, other = _rooms(workshop)
    found = []
    for order in orders:
        names = ("front", "prose", *order)
        found.append((order, paginated([text for name in names for text in flow[name]], first, other)))
    found.sort(key=lambda one: round(one[1].length, 2))
    least = found[0][1]
    if least.count > MOST_PAGES:
        return found[:1]
    same = [one for one in found if one[1].count == least.count]
    return sorted(same, key=lambda one: not one[1].ends_well)


def _rooms(workshop: Workshop) -> tuple[float, float]:
    """Height in mm of the first page between its margins, and of every other."""
    top, _, bottom = MARGINS[workshop.paper_name]
    return workshop.paper.height - bottom - FIRST_TOP[workshop.paper_name], workshop.paper.height - bottom - top


def _running_edges(
    workshop: Workshop, text: BriefingType, columns: Columns, others: Sequence[MeasuredPart] = ()
) -> Edges:
    """Edges of the parts whose type size varies, running text and sources, and of the others."""
    view, part = workshop.view, workshop.composer.part
    sections = {"sources": part("sources", "source_list", (), view.words.sources)} if view.sources else {}
    sources = listing(workshop, text).parts(view.sources)
    blocks = movable.measurable(view.blocks)
    known = _paragraphs(workshop, text).known(blocks)
    beginning = _beginning(workshop, paragraphs.shortened(blocks, known))
    edges = _edges(workshop, text, columns, [*beginning, *_across(workshop, sections), *sources, *others])
    return paragraphs.stretched(edges, known)


def listing(workshop: Workshop, text: BriefingType) -> Listing:
    """How the list of sources is set, in a type."""
    return Listing(workshop, _source_columns(workshop), text.sources, text.sources_leading, BELOW_SOURCE)


def _paragraphs(workshop: Workshop, text: BriefingType) -> Paragraphs:
    """How the paragraphs are set, in a type."""
    size, leading = _body(workshop, text)
    return Paragraphs(workshop, size, leading, live(workshop) - INDENT)


def _body(workshop: Workshop, text: BriefingType) -> tuple[float, float]:
    """Size and leading of the running text in pt, in its script and theme."""
    larger, higher = in_script(workshop.view.front.language)
    return text.body * larger * (workshop.composer.theme.text_ratio or 1.0), text.leading * higher


def known_heights(workshop: Workshop, text: BriefingType) -> Mapping[str, float]:
    """Heights of the sources and paragraphs that follow from widths, in mm by the names of their elements."""
    sources = listing(workshop, text).known(workshop.view.sources)
    return {**sources, **_paragraphs(workshop, text).known(movable.measurable(workshop.view.blocks))}


def _beginning(workshop: Workshop, blocks: Sequence[Block]) -> list[MeasuredPart]:
    """The front, these blocks of the prose, each with a name, and the contents."""
    view, part = workshop.view, workshop.composer.part
    sections = {"front": part("briefing", "front", view)}
    if blocks:
        named = replace(view, blocks=tuple(blocks))
        sections["prose"] = part("briefing", "prose", named, margin_notes(view))
        sections["contents"] = part("briefing", "contents_list", view.contents(ORDERS[0]))
    return _across(workshop, sections)


def _across(workshop: Workshop, sections: Mapping[str, Markup]) -> list[MeasuredPart]:
    """Sections to measure, each as wide as the page."""
    return [MeasuredPart(name, html, mm(live(workshop))) for name, html in sections.items()]


def _fixed(workshop: Workshop) -> list[MeasuredPart]:
    """The parts whose type size is always the same."""
    view, part = workshop.view, workshop.composer.part
    sections = {"support": part("support", "support", view), "colophon": part("briefing", "closing", view)}
    if view.unprinted_charts:
        sections["data"] = part("charts", "chart_tables", view)
    if view.figures:
        sections["figures"] = part("figures", "figure_table", view)
    if view.events:
        sections["timeline"] = part("timeline", "figure_1", view, (), workshop.marks, view.scale.title)
    if view.parties:
        sections["parties"] = part("positions", "party_table", view)
    if view.status:
        sections["status"] = part("positions", "status", view)
    return _across(workshop, sections)


def _edges(workshop: Workshop, text: BriefingType, columns: Columns, parts: Sequence[MeasuredPart]) -> Edges:
    own = properties(workshop, text) | columns.properties | placed.key_properties(columns.frame.unit)
    return workshop.edges("briefing", workshop.view, workshop.paper, own, parts)


def _sources(workshop: Workshop, known: Measured, pagination: Pagination) -> SourcesView | None:
    """The sources in columns, if they begin and end on one page in the forecast."""
    begins, ends = next(((begins, ends) for name, begins, ends in pagination.pages if name == LIST), (0, 1))
    if begins != ends:
        return None
    return placed.sources_in_columns(known.view.sources, known.galley, _source_columns(workshop).step)


def _flow(known: Measured, notes: Notes) -> Flow:
    """The measured texts of each section."""
    view, text, edges = known.view, known.text, known.edges
    parties = [f"claim-party-{number}" for number, _ in enumerate(view.parties, start=1)]
    figures = [f"claim-figure-{figure.id}" for figure in view.figures]
    sources = Text(LIST, known.galley.height, leading=text.sources_leading * MM_PER_POINT)
    return {
        "front": _whole(edges, "front"),
        "prose": _in_order(known, list(_prose(view, edges, text, notes))) if view.blocks else [],
        "figures": list(_table(edges, "figures", figures)) if figures else [],
        "timeline": list(_figure(_whole(edges, "timeline"), known.figure)),
        "parties": list(_table(edges, "parties", parties)) if parties else [],
        "status": _whole(edges, "status"),
        "support": _whole(edges, "support") if view.resources else [],
        "sources": [item for one in _whole(edges, "sources") for item in (replace(one, keeps=True), sources)],
        "data": [replace(one, leading=TABLE_ROW) for one in _whole(edges, "data")],
        "colophon": _whole(edges, "colophon") if view.has_colophon else [],
    }


def _whole(edges: Edges, name: str) -> list[Text]:
    """A section that stays on one page, as one text; none where it was not measured, since nothing is in it."""
    if f"part-{name}" not in edges:
        return []
    outer = edges[f"part-{name}"]
    top, _ = edges.get(f"section-{name}", outer)
    return [Text(SECTION + name, outer[1] - top, space=top - outer[0])]


def _figure(heading: Sequence[Text], pages: Sequence[float]) -> Iterator[Text]:
    """The pages of the timeline, the first with its heading; nothing without a heading."""
    for one in heading:
        yield replace(one, height=one.height + pages[0])
        yield from (Text(f"{one.name}-{number}", page) for number, page in enumerate(pages[1:], start=2))


def _in_order(known: Measured, texts: list[Text]) -> list[Text]:
    """The texts of the prose in the order and sizes of the pieces, if some have moved."""
    if not known.pieces:
        return texts
    by_name = {text.name: text for text in texts}
    return floating.texts([replace(piece, text=by_name[piece.text.name]) for piece in known.pieces])


def _prose(view: ArticleView, edges: Edges, text: BriefingType, notes: Notes) -> Iterator[Text]:
    """The named blocks of the prose; everything between two of them is one text without a name."""
    leading = text.leading * in_script(view.front.language)[1] * MM_PER_POINT
    end, (_, last) = edges["part-prose"][0], edges["section-prose"]
    for block in movable.measurable(view.blocks):
        if block.name not in edges:
            continue
        top, bottom = edges[block.name]
        if top - end > LEAST_UNNAMED * leading:
            yield Text("", top - end, leading=leading)
            end = top
        beside = height(edges, f"note-{notes[block.name].id}", "") if block.name in notes else 0.0
        keeps = block.html.startswith("<h") or (tables.introduces(block) and bottom - top < WHOLE * leading)
        line = 0.0 if moving.floats(view, block) else leading
        yield Text(block.name, bottom - top, top - end, line, keeps=keeps, beside=beside)
        end = bottom
    if last > end:
        yield Text("", last - end, leading=leading)


def _table(edges: Edges, name: str, rows: Sequence[str]) -> Iterator[Text]:
    """A short table, whole; or everything above its first row, then its rows. Its head is repeated on each page."""
    (top, _), (table, _), (first, _) = (edges[anchor] for anchor in (f"section-{name}", f"table-{name}", rows[0]))
    outer, bottom = edges[f"part-{name}"]
    if len(rows) <= tables.SHORT:
        yield Text(SECTION + name, bottom - top, space=top - outer)
        return
    yield Text(SECTION + name, first - top, space=top - outer, keeps=True)
    for row in rows:
        yield Text(row, edges[row][1] - edges[row][0], repeated=first - table)


def _relative(flow: Flow, text: BriefingType, base: BriefingType) -> Flow:
    """A flow measured in the type `base`, estimated for the type `text`."""
    prose = [one.relative(text.relative(base)) for one in flow["prose"]]
    ratio = text.sources_leading / base.sources_leading
    sources = [one.relative(ratio) if one.name == LIST else one for one in flow["sources"]]
    return {**flow, "prose": prose, "sources": sources}


def height(edges: Edges, name: str, kind: str = "part-") -> float:
    """Height in mm of a measured part. Raises KeyError for an unknown one."""
    top, bottom = edges[f"{kind}{name}"]
    return bottom - top
