"""Pages are placed on other pages: a poster under its tiles, or two pages side by side for folding. Uses pikepdf."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Name

from triptych.content.units import MM_PER_POINT
from triptych.pdf.polish import saved
from triptych.pdf.tags import Box

POINTS_PER_MM = 1 / MM_PER_POINT
"""One mm in PDF points."""


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A part of one page, placed on another page. Lengths in mm from the upper left corner of a page."""

    left: float
    top: float
    """Upper left corner of the part on the other page."""
    scale: float
    window: Box
    """The part of the page."""


def under(pages: bytes, picture: bytes, placed: Sequence[PlacedPage]) -> bytes:
    """Put a part of the first page of `picture` under each page of `pages`. The result has no tags and no links."""
    with pikepdf.open(io.BytesIO(pages)) as target, pikepdf.open(io.BytesIO(picture)) as source:
        _without_tags(target)
        form = target.copy_foreign(source.pages[0].as_form_xobject())
        for page, place in zip(target.pages, placed, strict=True):
            _draw(target, page, form, place, _trim(source.pages[0]))
        return saved(target)


Pair = tuple[int | None, int | None]
"""Index, from 0, of the pages on the left and right half of a sheet; None for a blank half."""


def spreads(pdf: bytes, pairs: Sequence[Pair], width: float, height: float, creep: float) -> bytes:
    """Put two pages on each side of a sheet of this width and height, in mm; a page on its side is turned upright.

    `creep`: how far the pages of each sheet move towards the fold, in mm, relative to the sheet outside it.
    """
    with pikepdf.new() as target, pikepdf.open(io.BytesIO(pdf)) as source:
        forms: dict[int, Any] = {}
        for number, pair in enumerate(pairs):
            page = target.add_blank_page(page_size=(width * POINTS_PER_MM, height * POINTS_PER_MM))
            inwards = creep * (number // 2)
            for side, index in enumerate(pair):
                if index is not None:
                    trim = _trim(source.pages[index])
                    if turned := trim[2] - trim[0] > trim[3] - trim[1] and width / 2 < height:
                        trim = [0.0, 0.0, trim[3] - trim[1], trim[2] - trim[0]]
                    if index not in forms:
                        if turned:
                            source.pages[index].rotate(270, relative=False)
                        forms[index] = target.copy_foreign(source.pages[index].as_form_xobject())
                    _draw(target, page, forms[index], _half(trim, side, width, height, inwards), trim)
        for name in ("/Title", "/Author", "/Subject", "/Creator", "/Producer", "/CreationDate", "/ModDate"):
            if name in source.docinfo:
                target.docinfo[name] = source.docinfo[name]
        return saved(target)


def _half(trim: Sequence[float], side: int, width: float, height: float, inwards: float) -> PlacedPage:
    """A page centred on one half of a sheet (0 left, 1 right), then moved towards the fold. Lengths in mm."""
    page_width, page_height = (trim[2] - trim[0]) / POINTS_PER_MM, (trim[3] - trim[1]) / POINTS_PER_MM
    scale = min(width / 2 / page_width, height / page_height)
    left = side * width / 2 + (width / 2 - page_width * scale) / 2 + (inwards if side == 0 else -inwards)
    return PlacedPage(left, (height - page_height * scale) / 2, scale, Box(0, 0, page_width, page_height))


def _trim(page: pikepdf.Page) -> list[float]:
    return [float(edge) for edge in page.trimbox]


def _draw(document: pikepdf.Pdf, page: pikepdf.Page, form: Any, place: PlacedPage, trim: Sequence[float]) -> None:
    """Draw the window of a form below the content of a page, clipped to the window."""
    height = float(page.mediabox[3])
    x, y = place.left * POINTS_PER_MM, height - place.top * POINTS_PER_MM
    wide = (place.window.right - place.window.left) * POINTS_PER_MM * place.scale
    tall = (place.window.bottom - place.window.top) * POINTS_PER_MM * place.scale
    dx = x - (trim[0] + place.window.left * POINTS_PER_MM) * place.scale
    dy = y - (trim[3] - place.window.top * POINTS_PER_MM) * place.scale
    number = len(page.resources.get("/XObject", {}))
    name = page.add_resource(form, Name.XObject, Name(f"/Page{number}"))  # pikepdf's own is random
    drawing = (
        f"/Artifact BMC q {x:.4f} {y - tall:.4f} {wide:.4f} {tall:.4f} re W n "
        f"{place.scale:.6f} 0 0 {place.scale:.6f} {dx:.4f} {dy:.4f} cm {name} Do Q EMC"
    )
    page.contents_add(document.make_stream(drawing.encode()), prepend=True)


def _without_tags(document: pikepdf.Pdf) -> None:
    """Remove the tags and everything that declares them: the accessible PDF is that of the whole poster."""
    for name in ("/StructTreeRoot", "/MarkInfo", "/Metadata"):
        if name in document.Root:
            del document.Root[name]
    for page in document.pages:
        for name in ("/StructParents", "/Tabs", "/Annots"):
            if name in page.obj:
                del page.obj[name]


def saddle(count: int, mirrored: bool = False) -> Iterator[Pair]:
    """The pairs of pages of a saddle-stitched booklet: front and back of each sheet, from the outermost inwards.

    The sheets are printed on both sides, flipped on the short edge, stacked and folded. `mirrored`: the booklet is read
    from right to left, with its fold on the right of its first page.
    """
    whole = -(-count // 4) * 4

    def page(number: int) -> int | None:
        return number if number < count else None

    for sheet in range(whole // 4):
        front = page(whole - 1 - 2 * sheet), page(2 * sheet)
        back = page(2 * sheet + 1), page(whole - 2 - 2 * sheet)
        for left, right in (front, back):
            yield (right, left) if mirrored else (left, right)
