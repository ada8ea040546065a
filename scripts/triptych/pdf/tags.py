"""A finished PDF becomes what a screen reader meets: its tree of tags, each with its text and its place on paper.

Reads with programs that did not make the PDF: pikepdf the tree, PDFium the text and the places.
"""

import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2

MM = 25.4 / 72
"""One PDF point in mm."""
_INLINE = {"Code", "Em", "Lbl", "Link", "NonStruct", "Quote", "Reference", "Span", "Strong", "Sub"}
_LINE_END_HYPHEN = "\x02"
"""PDFium's character for a hyphen at the end of a line; ours are all written, none is put in."""


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a page, in mm from the upper left corner of its trim box."""

    left: float
    top: float
    right: float
    bottom: float


def around(boxes: Iterable[Box]) -> Box:
    """The least box around all of some; there must be one."""
    lefts, tops, rights, bottoms = zip(*((box.left, box.top, box.right, box.bottom) for box in boxes), strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


@dataclass(frozen=True, slots=True)
class Piece:
    """A text that is set in one go."""

    text: str
    box: Box
    face: str
    size: float
    """Of its type, in pt."""


@dataclass(frozen=True, slots=True)
class Element:
    """One tag, with what it holds."""

    role: str
    page: int
    """Number of the page on which it stands; 0 where it is empty."""
    pieces: tuple[Piece, ...]
    """The texts of a block, in reading order; empty where it holds other blocks."""
    children: tuple["Element", ...]
    """The blocks that it holds."""
    alt: str = ""
    language: str = ""

    @property
    def text(self) -> str:
        """The text of a block, its lines joined as a reader joins them."""
        return joined(self.pieces)

    def blocks(self) -> Iterator["Element"]:
        """Each block below, and this one, that has text or stands for a picture, in reading order."""
        if self.pieces or self.alt:
            yield self
        for child in self.children:
            yield from child.blocks()

    def units(self) -> Iterator["Element"]:
        """Each entry of a list, row of a table, and block outside these."""
        if self.role in ("LI", "TR") or self.pieces or self.alt:
            yield self
        else:
            for child in self.children:
                yield from child.units()


@dataclass(frozen=True, slots=True)
class Tagged:
    """A PDF as its tags tell it."""

    elements: tuple[Element, ...]
    """From the document's down."""
    untold: tuple[tuple[int, Piece], ...]
    """Number of the page, and text, of all that is printed and no tag claims: running heads and folios."""

    def blocks(self) -> Iterator[Element]:
        """Each block that has text or stands for a picture, in reading order."""
        for element in self.elements:
            yield from element.blocks()

    def units(self) -> Iterator[Element]:
        """Each entry of a list, row of a table, and block outside these, in reading order."""
        for element in self.elements:
            yield from element.units()


Content = Mapping[int, tuple[Piece, ...]]
"""The texts of a page by the number of their marked content; -1 for those that have none."""


def joined(pieces: Iterable[Piece]) -> str:
    """The texts of a block as one, its lines joined as a reader joins them."""
    text = ""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and piece.box.bottom - last.box.bottom > last.size * MM / 2 and not text.endswith("-"):
            text += " "
        text += piece.text
        last = piece
    return " ".join(text.split())


def read(pdf: bytes) -> Tagged:
    """The tags of a PDF and the texts that they claim; no element where it is not tagged."""
    contents = contents_of(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = {page.objgen: number for number, page in enumerate(document.pages, start=1)}
        root: Any = document.Root.get("/StructTreeRoot", {})
        elements = tuple(_element(child, pages, contents) for child in inner(root))
    told = {id(piece) for element in elements for block in element.blocks() for piece in block.pieces}
    untold = (
        (number, piece)
        for number, content in enumerate(contents, start=1)
        for pieces in content.values()
        for piece in pieces
        if id(piece) not in told
    )
    return Tagged(elements, tuple(untold))


def contents_of(pdf: bytes) -> list[Content]:
    """The texts of each page of a PDF."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_content(document[number]) for number in range(len(document))]


def _content(page: Any) -> Content:
    found: dict[int, list[Piece]] = {}
    textpage = page.get_textpage()
    left, _, _, top = page.get_trimbox()
    for item in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_TEXT], textpage=textpage):
        bounds = item.get_bounds()
        box = Box((bounds[0] - left) * MM, (top - bounds[3]) * MM, (bounds[2] - left) * MM, (top - bounds[1]) * MM)
        matrix = item.get_matrix()
        size = item.get_font_size() * math.hypot(matrix.b, matrix.d)
        mark = pypdfium2.raw.FPDFPageObj_GetMarkedContentID(item)
        face = item.get_font().get_base_name().split("+")[-1]
        text = item.extract().replace(_LINE_END_HYPHEN, "-")
        found.setdefault(mark, []).append(Piece(text, box, face, round(size, 1)))
    textpage.close()
    page.close()
    return {mark: tuple(pieces) for mark, pieces in found.items()}


def _element(item: Any, pages: Mapping[Any, int], contents: Sequence[Content], page: int = 0) -> Element:
    page = pages[item.Pg.objgen] if "/Pg" in item else page
    within = inner(item)
    is_block = all(map(_is_inline, within))
    return Element(
        role=role(item),
        page=page,
        pieces=tuple(_pieces(item, pages, contents, page)) if is_block else (),
        children=() if is_block else tuple(_element(child, pages, contents, page) for child in within),
        alt=str(item.get("/Alt", "")),
        language=str(item.get("/Lang", "")),
    )


def role(item: Any) -> str:
    """Name of an element's role."""
    return str(item.S).removeprefix("/")


def kids(item: Any) -> list[Any]:
    """What an element holds: elements, and numbers of marked content."""
    held = item.get("/K")
    return list(held) if isinstance(held, pikepdf.Array) else [] if held is None else [held]


def inner(item: Any) -> list[Any]:
    """The elements directly below one."""
    return [kid for kid in kids(item) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]


def _is_inline(item: Any) -> bool:
    return role(item) in _INLINE and all(map(_is_inline, inner(item)))


def _pieces(item: Any, pages: Mapping[Any, int], contents: Sequence[Content], page: int) -> Iterator[Piece]:
    """The texts below an element."""
    page = pages[item.Pg.objgen] if "/Pg" in item else page
    for kid in kids(item):
        if isinstance(kid, int):
            yield from contents[page - 1].get(kid, ())
        elif kid.get("/Type") == "/MCR":
            number = pages[kid.Pg.objgen] if "/Pg" in kid else page
            yield from contents[number - 1].get(int(kid.MCID), ())
        elif "/S" in kid:
            yield from _pieces(kid, pages, contents, page)
