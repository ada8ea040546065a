"""A poster becomes sheets for an office printer: positions of the cuts, and the words on each sheet.

A cut lies in the middle of the strip that two sheets share and, where possible, between lines of text.
"""

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2

from triptych.content import typography
from triptych.content.errors import FitError
from triptych.design.sheets import Sheet, mm
from triptych.documents.workshop import Document, Workshop
from triptych.pdf import impose, polish
from triptych.pdf.impose import PlacedPage
from triptych.pdf.tags import Box, on_page

MARGIN = 10.0
"""Margin of each sheet, in mm: an office printer cannot print there."""
OVERLAP = 12.0
"""Width in mm of the strip that two neighbouring sheets share, for gluing."""
LARGE = 3
"""A line of type twice as large counts as two to this power."""
EDGE, MARK = 6.0, 3.5
"""Least distance of a mark and a label from the edge of the sheet, and the length of a mark, in mm: a printer may leave
6 mm white."""
STEP = 0.5
"""Distance between two positions tried for a cut, in mm."""
_PLAN_HEIGHT = 150.0
"""Largest height of the poster on the assembly plan, in mm."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One sheet of paper with a part of the poster."""

    row: int
    column: int
    """Row and column of the sheet, from 1."""
    window: Box
    """The part of the poster on this sheet, in mm from the poster's upper left corner."""
    cuts: tuple[float | None, float | None, float | None, float | None]
    """Left, top, right and bottom cut, in mm from the poster's upper left corner; None at the poster's own edge."""


@dataclass(frozen=True, slots=True)
class Tiling:
    """A poster cut into sheets."""

    sheet: Sheet
    columns: tuple[float, ...]
    """Cuts between columns, in mm from the left edge."""
    rows: tuple[float, ...]
    """Cuts between rows, in mm from the top edge."""
    tiles: tuple[Tile, ...]


def tiling(width: float, height: float, paper: Sheet, texts: Sequence[Box]) -> Tiling:
    """Cut a poster into the fewest sheets, upright or landscape, through as few lines of text as possible.

    Width and height of the poster in mm; `texts` are its lines of text.
    """
    sheets = (paper, Sheet(paper.height, paper.width))
    sheet = min(sheets, key=lambda one: _count(width, _printed(one.width)) * _count(height, _printed(one.height)))
    sizes = [min(text.right - text.left, text.bottom - text.top) for text in texts]
    columns = _cuts(width, _printed(sheet.width), [(text.left, text.right) for text in texts], sizes)
    rows = _cuts(height, _printed(sheet.height), [(text.top, text.bottom) for text in texts], sizes)
    tiles = (
        Tile(row, column, Box(x[0], y[0], x[1], y[1]), (x[2], y[2], x[3], y[3]))
        for (row, y), (column, x) in itertools.product(
            enumerate(_spans(rows, height), start=1), enumerate(_spans(columns, width), start=1)
        )
    )
    return Tiling(sheet, columns, rows, tuple(tiles))


def _printed(length: float) -> float:
    """Printable length of a sheet's side, in mm."""
    return length - 2 * MARGIN


def _count(length: float, printed: float) -> int:
    """Number of sheets for a length when each prints `printed` mm."""
    return max(1, math.ceil((length - OVERLAP) / (printed - OVERLAP) - 1e-9))


def _cuts(
    length: float, printed: float, spans: Sequence[tuple[float, float]], sizes: Sequence[float]
) -> tuple[float, ...]:
    """Positions of the cuts, in mm. Each cut crosses as few spans as possible, of which a large one counts as many
    small ones; on a tie it is as late as possible. `sizes` are those of the type of the spans.
    """
    weights = [size**LARGE for size in sizes]
    count = _count(length, printed)
    cuts: list[float] = []
    for left in range(count - 1, 0, -1):
        latest = (cuts[-1] + printed - OVERLAP) if cuts else printed - OVERLAP / 2
        earliest = length - printed * left + OVERLAP * (left - 1) + OVERLAP / 2
        tries = [latest - STEP * step for step in range(int((latest - earliest) / STEP) + 1)]
        cuts.append(min(tries, key=lambda cut: _crossed(cut, spans, weights)))
    return tuple(cuts)


def _crossed(cut: float, spans: Sequence[tuple[float, float]], weights: Sequence[float]) -> float:
    """What a cut crosses: the sum of the weights of the spans around it."""
    return sum(weight for (start, end), weight in zip(spans, weights, strict=True) if start < cut < end)


def _spans(cuts: Sequence[float], length: float) -> Iterator[tuple[float, float, float | None, float | None]]:
    """Start and end of each part with its overlaps, and the cuts before and after it, in mm."""
    for before, after in itertools.pairwise((None, *cuts, None)):
        start = 0.0 if before is None else before - OVERLAP / 2
        end = length if after is None else after + OVERLAP / 2
        yield start, end, before, after


def texts(pdf: bytes) -> list[Box]:
    """The box of each line of text on the first page of a PDF, in mm, as PDFium finds it."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        textpage = page.get_textpage()
        trim = page.get_trimbox()
        found = [textpage.get_rect(index) for index in range(textpage.count_rects())]
        textpage.close()
        return [on_page(bounds, trim) for bounds in found]


def tiles(workshop: Workshop, poster: Document, paper: Sheet) -> Document:
    """A poster cut for an office printer: an assembly plan, then each sheet.

    Raises FitError when the poster itself has more than one sheet.
    """
    if poster.pages > 1:
        raise FitError("the poster is on more than one sheet\n    Choose a larger sheet, and tile that poster.")
    width, height = workshop.sheet.width, workshop.sheet.height
    found = tiling(width, height, paper, texts(poster.pdf))
    scale = min(_PLAN_HEIGHT / height, _printed(found.sheet.width) / width)
    composed = workshop.composed(
        "tiles",
        workshop.view,
        found.sheet,
        {"margin": mm(MARGIN), "edge": mm(EDGE), "plan-width": mm(width * scale), "plan-height": mm(height * scale)},
        tiles=[_view(tile, found, workshop) for tile in found.tiles],
        plan=[_on_plan(tile, width, height, workshop) for tile in found.tiles],
        facts=_facts(found, workshop),
    )
    pages = workshop.typesetter.pages(composed)
    top = pages.start_of("plan")
    start = found.sheet.width - MARGIN - width * scale if workshop.view.mirrored else MARGIN
    placed = [PlacedPage(start, top, scale, Box(0, 0, width, height), told=False)]
    placed += [PlacedPage(MARGIN, MARGIN, 1.0, tile.window) for tile in found.tiles]
    pdf = impose.under(polish.polished(workshop.typesetter.pdf(pages)), poster.pdf, placed)
    return Document("poster-tiles", len(placed), pdf)


def _facts(found: Tiling, workshop: Workshop) -> str:
    counts = len(found.tiles), len(found.rows) + 1, len(found.columns) + 1
    return workshop.view.words.tiles_facts.format(*map(workshop.view.count, counts))


def _view(tile: Tile, found: Tiling, workshop: Workshop) -> dict[str, object]:
    """A sheet for its template: its name, and marks at its cuts."""
    left, top, right, bottom = tile.cuts
    edges = MARGIN + tile.window.right - tile.window.left, MARGIN + tile.window.bottom - tile.window.top
    xs = [MARGIN + cut - tile.window.left for cut in (left, right) if cut is not None]
    ys = [MARGIN + cut - tile.window.top for cut in (top, bottom) if cut is not None]
    after = MARGIN - EDGE - MARK
    marks = [*(_mark(x, y, upright=True) for x in xs for y in (EDGE, edges[1] + after))]
    marks += [*(_mark(x, y, upright=False) for y in ys for x in (EDGE, edges[0] + after))]
    return {"label": _label(tile, workshop), "marks": marks}


def _mark(x: float, y: float, upright: bool) -> str:
    width, height = (0.2, MARK) if upright else (MARK, 0.2)
    return f"left: {mm(x)}; top: {mm(y)}; width: {mm(width)}; height: {mm(height)}"


def _label(tile: Tile, workshop: Workshop) -> str:
    label = workshop.view.words.tile.format(tile.row, tile.column)
    return typography.NO_BREAK.join((label, workshop.view.draft)) if workshop.view.draft else label


def _on_plan(tile: Tile, width: float, height: float, workshop: Workshop) -> dict[str, str]:
    """A sheet on the assembly plan: its cuts as shares of the poster, and its name."""
    left, top, right, bottom = (
        edge if cut is None else cut for cut, edge in zip(tile.cuts, (0.0, 0.0, width, height), strict=True)
    )
    shares = {
        "left": left / width,
        "top": top / height,
        "width": (right - left) / width,
        "height": (bottom - top) / height,
    }
    style = "; ".join(f"{name}: {share:.3%}" for name, share in shares.items())
    return {"style": style, "label": _label(tile, workshop)}
