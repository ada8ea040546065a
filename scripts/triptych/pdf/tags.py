"""A finished PDF becomes its tree of tags, as a screen reader finds it: each tag with its text and its place on paper.

Reads the PDF with libraries that did not make it: the tree with pikepdf, text and places with PDFium.
"""

import io
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2

from triptych.content.units import MM_PER_POINT

_INLINE = {"Code", "Em", "Lbl", "Link", "NonStruct", "Quote", "Reference", "Span", "Strong", "Sub"}
_LINE_END_HYPHEN = "\x02"
"""PDFium's character for a hyphen at a line end. Our texts are not hyphenated, so the hyphen belongs to the word."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page, in mm from the upper left corner of the page's trim box."""

    left: float
    top: float
    right: float
    bottom: float


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around all boxes. Raises ValueError without a box."""
    lefts, tops, rights, bottoms = zip(*((box.left, box.top, box.right, box.bottom) for box in boxes), strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


def on_page(bounds: Sequence[float], trim: Sequence[float]) -> Box:
    """The box of PDFium's bounds. `bounds` and `trim` are left, bottom, right and top in points."""
    left, bottom, right, top = bounds
    return Box(
        (left - trim[0]) * MM_PER_POINT,
        (trim[3] - top) * MM_PER_POINT,
        (right - trim[0]) * MM_PER_POINT,
        (trim[3] - bottom) * MM_PER_POINT,
    )


@dataclass(frozen=True, slots=True)
class Piece:
    """A text object of the PDF: text in one typeface and size."""

    text: str
    box: Box
    face: str
    """Name of the typeface."""
    size: float
    """Type size, in pt."""


@dataclass(frozen=True, slots=True)
class Element:
    """One tag with its content."""

    role: str
    page: int
    """Number of its page, from 1; 0 if it is empty."""
    pieces: tuple[Piece, ...]
    """The texts of a block, in reading order; empty if it contains other blocks."""
    children: tuple["Element", ...]
    """The blocks in it; empty if it is a block itself."""
    alt: str = ""
    """Alternative text of a picture."""
    language: str = ""
    """Language tag, if it differs from that of the document."""

    @property
    def text(self) -> str:
        """The text of a block, with its lines joined."""
        return joined(self.pieces)

    def blocks(self) -> Iterator["Element"]:
        """This element and each one below it, if it has text or alternative text, in reading order."""
        if self.pieces or self.alt:
            yield self
        for child in self.children:
            yield from child.blocks()

    def units(self) -> Iterator["Element"]:
        """Each list item, table row, and block outside of them, in reading order."""
        if self.role in ("LI", "TR") or self.pieces or self.alt:
            yield self
        else:
            for child in self.children:
                yield from child.units()


@dataclass(frozen=True, slots=True)
class Tagged:
    """The content of a PDF: inside and outside its tags."""

    elements: tuple[Element, ...]
    """The elements at the top of the tag tree."""
    outside_tags: tuple[tuple[int, Piece], ...]
    """Page number and text of everything printed that is not in the tag tree: running heads and folios."""

    def blocks(self) -> Iterator[Element]:
        """Each block with text or alternative text, in reading order."""
        for element in self.elements:
            yield from element.blocks()

    def units(self) -> Iterator[Element]:
        """Each list item, table row, and block outside of them, in reading order."""
        for element in self.elements:
            yield from element.units()


Content = Mapping[int, tuple[Piece, ...]]
"""The texts of a page, by the number of their marked content (MCID); -1 for text without one."""


def joined(pieces: Iterable[Piece]) -> str:
    """The texts of a block as one text: lines joined by a space, or directly after a hyphen; white space collapsed."""
    text = ""
    last: Piece | None = None
    for piece in pieces:
        if (
            last is not None
            and piece.box.bottom - last.box.bottom > last.size * MM_PER_POINT / 2
            and not text.endswith("-")
        ):
            text += " "
        text += piece.text
        last = piece
    return " ".join(text.split())


def read(pdf: bytes) -> Tagged:
    """The tag tree of a PDF with its texts, and the texts outside it. An untagged PDF has no elements."""
    contents = contents_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = {page.objgen: number for number, page in enumerate(document.pages, start=1)}
        root: Any = document.Root.get("/StructTreeRoot", {})
        order = _from_right if _is_mirrored(document) else tuple
        elements = tuple(_element(child, pages, contents, order) for child in inner(root))
    tagged = {id(piece) for element in elements for block in element.blocks() for piece in block.pieces}
    outside_tags = (
        (number, piece)
        for number, content in enumerate(contents, start=1)
        for pieces in content.values()
        for piece in pieces
        if id(piece) not in tagged
    )
    return Tagged(elements, tuple(outside_tags))


def contents_of(pdf: bytes) -> list[Content]:
    """The texts of each page of a PDF, page by page."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_content(document[number]) for number in range(len(document))]


def _content(page: Any) -> Content:
    found: dict[int, list[Piece]] = {}
    textpage = page.get_textpage()
    trim = page.get_trimbox()
    for item in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=textpage):
        box = on_page(item.get_bounds(), trim)
        matrix = item.get_matrix()
        size = item.get_font_size() * math.hypot(matrix.b, matrix.d)
        mark = pypdfium2.raw.FPDFPageObj_GetMarkedContentID(item)
        face = item.get_font().get_base_name().split("+")[-1]
        text = item.extract().replace(_LINE_END_HYPHEN, "-")
        found.setdefault(mark, []).append(Piece(text, box, face, round(size, 1)))
    textpage.close()
    page.close()
    return {mark: tuple(pieces) for mark, pieces in found.items()}


def _is_mirrored(document: pikepdf.Pdf) -> bool:
    """Whether its language is written from right to left."""
    preferences: Any = document.Root.get("/ViewerPreferences", {})
    return str(preferences.get("/Direction", "")) == "/R2L"


def _from_right(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """The texts of a block in the order of a language written from right to left: each line is drawn from its left."""
    lines: list[list[Piece]] = []
    for piece in pieces:
        if not lines or not _beside(lines[-1], piece):
            lines.append([])
        lines[-1].append(piece)
    return tuple(piece for line in lines for piece in sorted(line, key=lambda piece: -piece.box.right))


def _beside(line: Sequence[Piece], piece: Piece) -> bool:
    """Whether a text stands in a line: its middle, or that of the line, is at the height of the other."""
    top, bottom = min(one.box.top for one in line), max(one.box.bottom for one in line)
    middle, other = (piece.box.top + piece.box.bottom) / 2, (top + bottom) / 2
    return top <= middle <= bottom or piece.box.top <= other <= piece.box.bottom


def _element(
    item: Any,
    pages: Mapping[Any, int],
    contents: Sequence[Content],
    order: Callable[[Iterable[Piece]], tuple[Piece, ...]],
    page: int = 0,
) -> Element:
    page = pages[item.Pg.objgen] if "/Pg" in item else page
    within = inner(item)
    is_block = all(map(_is_inline, within))
    return Element(
        role=role(item),
        page=page,
        pieces=order(_pieces(item, pages, contents, page)) if is_block else (),
        children=() if is_block else tuple(_element(child, pages, contents, order, page) for child in within),
        alt=str(item.get("/Alt", "")),
        language=str(item.get("/Lang", "")),
    )


def parents(document: pikepdf.Pdf) -> dict[int, Any]:
    """The parent tree: by number, the elements of a page's marked contents, or the one element of a link."""
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    return {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}


def role(item: Any) -> str:
    """Role of a structure element, such as `P` or `H1`."""
    return str(item.S).removeprefix("/")


def kids(item: Any) -> list[Any]:
    """The direct content of a structure element: elements, references, and numbers of marked content."""
    held = item.get("/K")
    return list(held) if isinstance(held, pikepdf.Array) else [] if held is None else [held]


def inner(item: Any) -> list[Any]:
    """The structure elements directly below one."""
    return [kid for kid in kids(item) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _is_inline(item: Any) -> bool:
    return role(item) in _INLINE and all(map(_is_inline, inner(item)))


def _pieces(item: Any, pages: Mapping[Any, int], contents: Sequence[Content], page: int) -> Iterator[Piece]:
    """The texts of an element and of all elements below it, in reading order."""
    page = pages[item.Pg.objgen] if "/Pg" in item else page
    for kid in kids(item):
        if isinstance(kid, int):
            yield from contents[page - 1].get(kid, ())
        elif kid.get("/Type") == "/MCR":
            number = pages[kid.Pg.objgen] if "/Pg" in kid else page
            yield from contents[number - 1].get(int(kid.MCID), ())
        elif "/S" in kid:
            yield from _pieces(kid, pages, contents, page)
