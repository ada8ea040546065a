"""A finished PDF becomes its tree of tags, as a screen reader finds it: each tag with its text and its place on paper.

Reads the PDF with libraries that did not make it: the tree with pikepdf, text and places with PDFium.
"""

import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
import pypdfium2

from triptych.content.letters import RIGHT_TO_LEFT, is_turned
from triptych.content.units import MM_PER_POINT
from triptych.pdf import glyph_order

_INLINE = {"Code", "Em", "Lbl", "Link", "NonStruct", "Quote", "Reference", "Span", "Strong", "Sub"}
_TURNED = re.compile(f"[{RIGHT_TO_LEFT}]")
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


def on_paper(box: Box, trim: Sequence[float]) -> list[float]:
    """A box as left, bottom, right and top in points. `trim` is that of the page."""
    left, right = (trim[0] + edge / MM_PER_POINT for edge in (box.left, box.right))
    bottom, top = (trim[3] - edge / MM_PER_POINT for edge in (box.bottom, box.top))
    return [round(edge, 4) for edge in (left, bottom, right, top)]


@dataclass(frozen=True, slots=True)
class Piece:
    """A text object of the PDF: text in one typeface and size."""

    text: str
    box: Box
    face: str
    """Name of the typeface."""
    size: float
    """Type size, in pt."""
    bare: bool = False
    """Whether no space stands for the room beside it: PDFium adds these."""


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
        if last is not None and not text.endswith("-"):
            text += " " if (_is_apart if piece.bare else _is_lower)(piece, last) else ""
        text += piece.text
        last = piece
    return " ".join(text.split())


def _is_lower(piece: Piece, last: Piece) -> bool:
    """Whether a text stands on a line below another."""
    return piece.box.bottom - last.box.bottom > last.size * MM_PER_POINT / 2


_SPACE = 0.2
"""Between two texts on a line there is a space if they are so far apart, as a share of their size."""


def _is_apart(piece: Piece, last: Piece) -> bool:
    """Whether a text stands away from another: beside it with a space between, or on another line.

    Letters of Arabic reach far below their line, and lines may be set closer than they reach.
    """
    box, other = piece.box, last.box
    gap, size = max(box.left - other.right, other.left - box.right), max(piece.size, last.size) * MM_PER_POINT
    if box.bottom - box.top > max(2 * size, box.right - box.left):  # written up the page
        return abs(box.left + box.right - other.left - other.right) > size
    middle, lower = (other.top + other.bottom) / 2, (box.top + box.bottom) / 2
    beside = other.top <= lower <= other.bottom or box.top <= middle <= box.bottom
    space = size * _SPACE
    below = box.top - other.bottom > size / 2 or lower - middle > size or (gap < -size and box.top >= middle)
    return gap > space or (gap < -space and not beside) or below


def read(pdf: bytes) -> Tagged:
    """The tag tree of a PDF with its texts, and the texts outside it. An untagged PDF has no elements."""
    contents = contents_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = {page.objgen: number for number, page in enumerate(document.pages, start=1)}
        root: Any = document.Root.get("/StructTreeRoot", {})
        turned = is_turned(str(document.Root.get("/Lang", "")))
        walk = _Walk(pages, contents)
        elements = tuple(walk.element(child, 0, turned) for child in inner(root))
    outside_tags = (
        (number, piece)
        for number, content in enumerate(contents, start=1)
        for mark, pieces in content.items()
        if (number, mark) not in walk.told
        for line in ([pieces] if mark >= 0 else [[piece] for piece in pieces])
        for piece in written(line, turned)
    )
    return Tagged(elements, tuple(outside_tags))


def contents_of(pdf: bytes) -> list[Content]:
    """The texts of each page of a PDF, page by page."""
    with pypdfium2.PdfDocument(pdf) as document:
        pages = [document[number] for number in range(len(document))]
        found = [[*_found(page)] for page in pages]
        for page in pages:
            page.close()
    if any(_TURNED.search(piece.text) for page in found for _, piece in page):
        found = [[*_as_drawn(page, drawn)] for page, drawn in zip(found, glyph_order.drawn(pdf), strict=True)]
    return [_grouped(page) for page in found]


def _found(page: Any) -> Iterator[tuple[int, Piece]]:
    """The texts of a page in the order of drawing, each with the number of its marked content."""
    textpage = page.get_textpage()
    trim = page.get_trimbox()
    for item in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=textpage):
        box = on_page(item.get_bounds(), trim)
        matrix = item.get_matrix()
        size = item.get_font_size() * math.hypot(matrix.b, matrix.d)
        mark = pypdfium2.raw.FPDFPageObj_GetMarkedContentID(item)
        face = item.get_font().get_base_name().split("+")[-1]
        text = _extracted(item).replace(_LINE_END_HYPHEN, "-")
        yield mark, Piece(text, box, face, round(size, 1))
    textpage.close()


def _extracted(item: Any) -> str:
    """The text of one object of a page."""
    try:
        return str(item.extract())
    except UnicodeDecodeError as error:
        return glyph_order.whole(bytes(error.object).decode("utf-16-le", "surrogatepass"))


def _grouped(page: Iterable[tuple[int, Piece]]) -> Content:
    found: dict[int, list[Piece]] = {}
    for mark, piece in page:
        found.setdefault(mark, []).append(piece)
    return {mark: tuple(pieces) for mark, pieces in found.items()}


def _as_drawn(page: Sequence[tuple[int, Piece]], drawn: Sequence[str]) -> Iterator[tuple[int, Piece]]:
    """The texts of a page as they are drawn from left to right: of some, PDFium guesses in which order they read."""
    for (mark, piece), text in zip(page, drawn, strict=True):
        yield mark, replace(piece, text=text, bare=True)


def written(pieces: Sequence[Piece], turned: bool) -> tuple[Piece, ...]:
    """The texts of a marked content, a line in one style, as they were written; those in several faces become one.

    `turned` says that their language is written from right to left.
    """
    line = "".join(piece.text for piece in pieces)
    if (text := glyph_order.as_written(line, turned)) == line:
        return tuple(pieces)
    return (replace(pieces[0], text=text, box=around(piece.box for piece in pieces)),)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Makes elements of the tags of a PDF."""

    pages: Mapping[Any, int]
    """Number of each page, from 1, by its object."""
    contents: Sequence[Content]
    told: set[tuple[int, int]] = field(default_factory=set)
    """Page and number of each marked content in the tags."""

    def element(self, item: Any, page: int, turned: bool) -> Element:
        """A tag with what it holds. `turned` says that the text around it is written from right to left."""
        page = self.pages[item.Pg.objgen] if "/Pg" in item else page
        language = str(item.get("/Lang", ""))
        turned = is_turned(language) if language else turned
        within = inner(item)
        is_block = all(map(_is_inline, within))
        return Element(
            role=role(item),
            page=page,
            pieces=tuple(self._pieces(item, page, turned)) if is_block else (),
            children=() if is_block else tuple(self.element(child, page, turned) for child in within),
            alt=str(item.get("/Alt", "")),
            language=language,
        )

    def _pieces(self, item: Any, page: int, turned: bool) -> Iterator[Piece]:
        """The texts of a tag and of all below it, in reading order."""
        page = self.pages[item.Pg.objgen] if "/Pg" in item else page
        turned = is_turned(str(item.Lang)) if "/Lang" in item else turned
        for kid in kids(item):
            if isinstance(kid, int):
                yield from self._marked(page, kid, turned)
            elif kid.get("/Type") == "/MCR":
                yield from self._marked(self.pages[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID), turned)
            elif "/S" in kid:
                yield from self._pieces(kid, page, turned)

    def _marked(self, page: int, mark: int, turned: bool) -> tuple[Piece, ...]:
        self.told.add((page, mark))
        return written(self.contents[page - 1].get(mark, ()), turned)


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
