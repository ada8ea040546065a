"""A finished PDF becomes its record, which people can read and programs can compare.

A record has three tiers: structure and text as YAML, without coordinates; positions in mm; pages as pictures.
"""

import ctypes
import io
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
import yaml
from PIL import Image

from triptych.content.typography import shortened
from triptych.content.units import MM_PER_POINT
from triptych.pdf import prove, tags
from triptych.pdf.tags import Box, Element, Tagged

DPI = 100
"""Resolution of the pictures of pages, in dots per inch: the smallest type is about ten pixels high."""
LEVELS = 32
"""Levels of each colour in the pictures: few enough that a typical page has at most 256 colours."""
_PDFA, _PDFUA = "http://www.aiim.org/pdfa/ns/id/", "http://www.aiim.org/pdfua/ns/id/"
BETWEEN = " | "
"""Separates the blocks of one item or row."""
FIRST_WORDS = 48
"""Most characters of a text in the structure and the geometry."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The position of one block or shape."""

    page: int
    """Number of the page, from 1."""
    box: Box
    what: str
    """Role, typefaces and first words of a block, or colours of a shape."""

    def __str__(self) -> str:
        box = self.box
        numbers = (box.left, box.top, box.right, box.bottom)
        return f"{self.page:2}" + "".join(f" {round(number, 1) + 0.0:7.1f}" for number in numbers) + f"  {self.what}"


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that a document shows on paper and to a screen reader."""

    structure: str
    """YAML: page boxes, metadata, typefaces, bookmarks, links, tags, the text of each page in reading order, and the
    text outside the tags."""
    geometry: str
    """A line for each block and shape: page; left, top, right and bottom edge in mm; what it is."""
    pages: tuple[Image.Image, ...]
    """Pictures of the pages, at `DPI` dots per inch."""


def record(pdf: bytes, shown: Collection[int] | None = None) -> Record:
    """The record of a PDF, with pictures of these pages alone where `shown` names some."""
    tagged = tags.read(pdf)
    places = [*_blocks(tagged), *_shapes(pdf)]
    geometry = "".join(f"{place}\n" for place in sorted(places, key=lambda place: place.page))
    return Record(structure(pdf, tagged), geometry, tuple(pictures(pdf, shown)))


def pictures(pdf: bytes, shown: Collection[int] | None = None) -> Iterator[Image.Image]:
    """Each page as an RGB picture at `DPI` dots per inch, rendered by PDFium; a dot for each that is not shown."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            if shown is not None and number + 1 not in shown:
                yield Image.new("RGB", (1, 1))
                continue
            picture = document[number].render(scale=DPI / 72).to_pil().convert("RGB")
            yield picture.point(lambda level: round(level * (LEVELS - 1) // 255 * 255 / (LEVELS - 1)))


def png(picture: Image.Image) -> bytes:
    """A picture as PNG, without loss; with a palette if it has at most 256 colours."""
    target = io.BytesIO()
    if picture.getcolors(256):
        picture = picture.quantize(palette=_palette(picture), dither=Image.Dither.NONE)
    picture.save(target, "PNG", optimize=True)
    return target.getvalue()


def _palette(picture: Image.Image) -> Image.Image:
    colours = sorted(colour for _, colour in picture.getcolors(256) or () if isinstance(colour, tuple))
    palette = Image.new("P", (1, 1))
    palette.putpalette([level for colour in colours for level in colour])
    return palette


def structure(pdf: bytes, tagged: Tagged) -> str:
    """Everything about a PDF except positions, as YAML."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        facts: dict[str, Any] = {
            "pages": [_boxes(page) for page in document.pages],
            "language": str(document.Root.get("/Lang", "")),
            "metadata": {str(name)[1:]: str(value) for name, value in sorted(document.docinfo.items())},
            "conformance": _conformance(document),
            "faces": sorted({f"{name}, {how}" for name, how in prove.faces(pdf)}),
            "bookmarks": _bookmarks(document),
            "links": [f"page {number}: {link}" for number, link in _links(document)],
        }
    facts["tags"] = [_outline(element) for element in tagged.elements]
    facts["text"] = _texts(tagged)
    facts["outside tags"] = [f"page {number}: {piece.text}" for number, piece in tagged.outside_tags]
    return yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=110)


def _texts(tagged: Tagged) -> dict[str, list[str]]:
    """The text of each page in reading order: one line for each list item, table row, and block outside of them."""
    pages: dict[str, list[str]] = {}
    for unit in tagged.units():
        texts = [block.text or f"[{block.alt}]" for block in unit.blocks()]
        page = next((block.page for block in unit.blocks()), unit.page)
        pages.setdefault(f"page {page}", []).append(f"{unit.role}: {BETWEEN.join(texts)}")
    return pages


def _boxes(page: pikepdf.Page) -> str:
    """Trim, bleed and media size of a page, in mm, as text."""
    sizes = []
    for name, box in (("trim", page.trimbox), ("bleed", page.bleedbox), ("media", page.mediabox)):
        left, bottom, right, top = (float(edge) for edge in box)
        sizes.append(f"{name} {(right - left) * MM_PER_POINT:.1f} × {(top - bottom) * MM_PER_POINT:.1f}")
    return ", ".join(sizes)


def _conformance(document: pikepdf.Pdf) -> list[str]:
    with document.open_metadata() as metadata:
        part, level = (metadata.get(f"{{{_PDFA}}}{name}", "") for name in ("part", "conformance"))
        accessible = metadata.get(f"{{{_PDFUA}}}part", "")
    return [f"PDF/A-{part}{level.lower()}"] * bool(part) + [f"PDF/UA-{accessible}"] * bool(accessible)


def _bookmarks(document: pikepdf.Pdf) -> list[Any]:
    pages = {page.objgen: number for number, page in enumerate(document.pages, start=1)}
    with document.open_outline() as outline:
        return [_bookmark(item, pages) for item in outline.root]


def _bookmark(item: Any, pages: Mapping[Any, int]) -> Any:
    name = f"page {pages[item.destination[0].objgen]}, {item.title}"
    return {name: [_bookmark(child, pages) for child in item.children]} if item.children else name


def _links(document: pikepdf.Pdf) -> Iterator[tuple[int, str]]:
    for number, page in enumerate(document.pages, start=1):
        for note in page.get("/Annots", []):
            action: Any = note.get("/A", {})
            yield number, str(action.get("/URI") or note.get("/Dest") or action.get("/D") or "nowhere")


def _outline(element: Element) -> Any:
    """An element for YAML: its role, with its first words or the elements in it."""
    role = f"{element.role} ({element.language})" if element.language else element.role
    if element.alt:
        return {role: f"page {element.page}, alt: {element.alt}"}
    if element.children:
        return {role: [_outline(child) for child in element.children]}
    return {role: shortened(element.text, FIRST_WORDS)} if element.text else role


def _blocks(tagged: Tagged) -> Iterator[Placement]:
    for block in tagged.blocks():
        if block.pieces:
            sizes = " ".join(sorted({f"{piece.face} {piece.size:g}" for piece in block.pieces}))
            what = f"{block.role}, {sizes}: {shortened(block.text, FIRST_WORDS)}"
            yield Placement(block.page, tags.around(piece.box for piece in block.pieces), what)
    for number, piece in tagged.outside_tags:
        yield Placement(number, piece.box, f"outside tags, {piece.face} {piece.size:g}: {piece.text}")


def _shapes(pdf: bytes) -> Iterator[Placement]:
    """Each drawn path and picture, including those in embedded drawings."""
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(len(document)):
            page = document[number]
            trim = page.get_trimbox()
            for bounds, what in _objects(page, page, pypdfium2.PdfMatrix()):
                yield Placement(number + 1, tags.on_page(bounds, trim), what)
            page.close()


def _objects(page: Any, form: Any, matrix: Any) -> Iterator[tuple[tuple[float, float, float, float], str]]:
    """Bounds in points on the page, and appearance, of each path and picture of a page or of a form on it."""
    raw = pypdfium2.raw
    for item in page.get_objects(max_depth=1, form=None if form is page else form):
        if item.type == raw.FPDF_PAGEOBJ_FORM:
            yield from _objects(page, item, item.get_matrix().multiply(matrix))
        elif item.type in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield matrix.on_rect(*item.get_bounds()), _looks(item)


def _looks(item: Any) -> str:
    raw = pypdfium2.raw
    if item.type == raw.FPDF_PAGEOBJ_IMAGE:
        return "picture"
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(item, fill, stroke)
    looks = []
    if fill.value:
        looks.append(f"filled {_colour(item, raw.FPDFPageObj_GetFillColor)}")
    if stroke.value:
        looks.append(f"drawn {_colour(item, raw.FPDFPageObj_GetStrokeColor)}")
    return "shape " + (", ".join(looks) or "unseen")


def _colour(item: Any, function: Any) -> str:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    function(item, red, green, blue, alpha)
    return f"#{red.value:02X}{green.value:02X}{blue.value:02X}"
