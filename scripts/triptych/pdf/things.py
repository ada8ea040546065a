"""A page of a PDF becomes the things that it draws, in the order of drawing: texts, pictures, boxes and lines.

PDFium gives each with the box around it and with what clips it, and draws one alone, so that a claim about its ink is
seen and not computed. Lengths are in pt, from the lower left corner of the page.
"""

from collections.abc import Iterator, Sequence
from ctypes import byref, c_float, c_int, c_uint, c_ulong, c_ushort, sizeof
from dataclasses import dataclass
from typing import Any

import pypdfium2
from PIL import Image, ImageChops

raw = pypdfium2.raw
Edges = tuple[float, float, float, float]
"""Left, bottom, right and top, in pt."""
Matrix = tuple[float, float, float, float, float, float]
EVERYWHERE: Edges = (-1e9, -1e9, 1e9, 1e9)
_AS_IT_IS: Matrix = (1, 0, 0, 1, 0, 0)
_HIDDEN = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
TEXT, PATH, PICTURE, SHADING, DRAWING = (
    *(raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE),
    *(raw.FPDF_PAGEOBJ_SHADING, raw.FPDF_PAGEOBJ_FORM),
)
"""What a thing is."""
THIN = 2.0
"""A box no thicker than so many pt is a line."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a page draws."""

    item: Any
    """It, as PDFium has it."""
    within: Any
    """The drawing of which it is a part, as PDFium has it; None for a part of the page itself."""
    what: int
    box: Edges
    """The box around it."""
    clips: tuple[Edges, ...]
    """The boxes of all that clips it, the outermost first."""
    colour: str | None
    """Its colour as CSS writes it; None for one that shows no single colour."""
    opacity: int
    """From 0 to 255."""
    stroked: bool = False
    """Whether it is drawn by lines alone."""

    def of_one_drawing(self, other: "Thing") -> bool:
        """Whether it and another are parts of one drawing."""
        return self.within is not None and self.within is other.within

    @property
    def name(self) -> str:
        """What it is, in words."""
        return "a line" if self.line else _NAMES[self.what]

    @property
    def is_ornament(self) -> bool:
        """Whether it is there for the eye alone: what it shows stands in words too."""
        return "Artifact" in self.marks

    @property
    def mark(self) -> int:
        """The number of the marked content to which it belongs, by which the tags name it; -1 without one."""
        return int(raw.FPDFPageObj_GetMarkedContentID(self.item))

    @property
    def marks(self) -> list[str]:
        """The names of the marks around it, such as `Artifact` for what is there for the eye alone."""
        found = (raw.FPDFPageObj_GetMark(self.item, at) for at in range(raw.FPDFPageObj_CountMarks(self.item)))
        return [_name(mark) for mark in found]

    @property
    def shown(self) -> Edges:
        """The box around what its clips leave of it."""
        return common(self.box, *self.clips)

    @property
    def line(self) -> bool:
        """Whether it is a line, or as thin as one."""
        left, bottom, right, top = self.shown
        return self.what == PATH and (self.stroked or min(right - left, top - bottom) <= THIN)


def common(*boxes: Edges) -> Edges:
    """The part that boxes have in common; its right edge is left of its left one if there is none."""
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return max(lefts), max(bottoms), min(rights), min(tops)


def reach(box: Edges, window: Edges) -> float:
    """By how many pt a box reaches out of a window; less than 0 within it."""
    return max(window[0] - box[0], window[1] - box[1], box[2] - window[2], box[3] - window[3])


def has_size(box: Edges) -> bool:
    """Whether a box has width and height."""
    return box[2] > box[0] and box[3] > box[1]


def drawn(page: pypdfium2.PdfPage) -> list[Thing]:
    """The things that a page draws; what draws nothing is left out."""
    count = raw.FPDFPage_CountObjects(page)
    return [*_drawn((raw.FPDFPage_GetObject(page, index) for index in range(count)), None, _AS_IT_IS, ())]


def _drawn(items: Iterator[Any], within: Any, matrix: Matrix, clips: tuple[Edges, ...]) -> Iterator[Thing]:
    for item in items:
        what = raw.FPDFPageObj_GetType(item)
        found = _thing(item, what, within, matrix, clips)
        if found:
            yield found
        if what == DRAWING:
            parts = (raw.FPDFFormObj_GetObject(item, index) for index in range(raw.FPDFFormObj_CountObjects(item)))
            yield from _drawn(parts, item, _after(_matrix(item), matrix), found.clips if found else ())


def _thing(item: Any, what: int, within: Any, matrix: Matrix, clips: tuple[Edges, ...]) -> Thing | None:
    filled, stroked = what != PATH, False
    if what == PATH:
        fill, stroke = c_int(), c_int()
        raw.FPDFPath_GetDrawMode(item, byref(fill), byref(stroke))
        filled, stroked = bool(fill.value), bool(stroke.value)
        if not filled and not stroked:
            return None
    left, bottom, right, top = (c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, byref(left), byref(bottom), byref(right), byref(top)):
        return None
    box = _moved((left.value, bottom.value, right.value, top.value), matrix)
    colour, opacity = _paint(item, what, filled)
    return Thing(item, within, what, box, (*clips, *_clips(item, matrix)), colour, opacity, not filled)


def _paint(item: Any, what: int, filled: bool) -> tuple[str | None, int]:
    """The colour and the opacity of a thing."""
    if what not in (TEXT, PATH):
        return None, 255
    if what == TEXT and raw.FPDFTextObj_GetTextRenderMode(item) in _HIDDEN:
        return None, 0
    red, green, blue, opacity = (c_uint() for _ in range(4))
    ask = raw.FPDFPageObj_GetFillColor if filled else raw.FPDFPageObj_GetStrokeColor
    if not ask(item, byref(red), byref(green), byref(blue), byref(opacity)):
        return None, 255
    return f"#{red.value:02x}{green.value:02x}{blue.value:02x}", opacity.value


def _clips(item: Any, matrix: Matrix) -> Iterator[Edges]:
    path = raw.FPDFPageObj_GetClipPath(item)
    for index in range(raw.FPDFClipPath_CountPaths(path)):
        count = raw.FPDFClipPath_CountPathSegments(path, index)
        points = [_point(raw.FPDFClipPath_GetPathSegment(path, index, number)) for number in range(count)]
        if points:
            across, up = zip(*points, strict=True)
            yield _moved((min(across), min(up), max(across), max(up)), matrix)


def _name(mark: Any) -> str:
    held, length = (c_ushort * _LONGEST)(), c_ulong()
    raw.FPDFPageObjMark_GetName(mark, held, sizeof(held), byref(length))
    return bytes(held)[: length.value].decode("utf-16-le").rstrip("\0")


def extent(thing: Thing) -> Edges:
    """The box around a path as it is drawn: PDFium leaves room around it for corners that it does not have.

    A line may end where it is clipped: half its width does not count.
    """
    if thing.what != PATH:
        return thing.box
    a, b, c, d, e, f = _whole_matrix(thing)
    count = raw.FPDFPath_CountSegments(thing.item)
    ends = (_point(raw.FPDFPath_GetPathSegment(thing.item, index)) for index in range(count))
    across, up = zip(*((a * x + c * y + e, b * x + d * y + f) for x, y in ends), strict=True)
    width = c_float()
    raw.FPDFPageObj_GetStrokeWidth(thing.item, byref(width))
    half = 0.0 if thing.stroked else width.value * abs(a * d - b * c) ** 0.5 / 2
    drawn_at = min(across) - half, min(up) - half, max(across) + half, max(up) + half
    return common(drawn_at, thing.box)


def _whole_matrix(thing: Thing) -> Matrix:
    matrix = _matrix(thing.item)
    return _after(matrix, _matrix(thing.within)) if thing.within else matrix


def pieces(thing: Thing) -> list[Edges] | None:
    """The ends of each straight piece of the outline of a path, as x and y of both; None for one that is curved."""
    a, b, c, d, e, f = _whole_matrix(thing)
    found: list[Edges] = []
    start = before = 0.0, 0.0
    for index in range(raw.FPDFPath_CountSegments(thing.item)):
        segment = raw.FPDFPath_GetPathSegment(thing.item, index)
        x, y = _point(segment)
        point = a * x + c * y + e, b * x + d * y + f
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_BEZIERTO:
            return None
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        else:
            found.append((*before, *point))
        if raw.FPDFPathSegment_GetClose(segment):
            found.append((*point, *start))
        before = point
    return found


def is_rectangle(thing: Thing) -> bool:
    """Whether a path is one rectangle with upright sides: it fills the box around it."""
    if thing.what != PATH or raw.FPDFPath_CountSegments(thing.item) > _RECTANGLE:
        return False
    return all(x == end or y == height for x, y, end, height in pieces(thing) or [(0, 0, 1, 1)])


_NAMES = {TEXT: "a text", PATH: "a box", PICTURE: "a picture", SHADING: "a box of many colours", DRAWING: "a drawing"}
_RECTANGLE = 5
"""Pieces of a rectangle with the step to its start."""
_LONGEST = 50
"""Letters of the name of a mark that are read."""


def passes_through(thing: Thing, window: Edges) -> bool:
    """Whether a path may have ink within a window: none if it is a straight line that passes by."""
    found = pieces(thing) if thing.stroked else None
    return found is None or any(passes(piece, grown(window)) for piece in found)


def grown(box: Edges) -> Edges:
    """A box with room around it for half the width of a line."""
    return box[0] - THIN / 2, box[1] - THIN / 2, box[2] + THIN / 2, box[3] + THIN / 2


def passes(piece: Edges, box: Edges) -> bool:
    """Whether a straight piece from one point to another touches a box (by the way of Liang and Barsky)."""
    x, y, end, height = piece
    first, last = 0.0, 1.0
    for step, low, high in ((end - x, box[0] - x, box[2] - x), (height - y, box[1] - y, box[3] - y)):
        if not step:
            if low > 0 or high < 0:
                return False
            continue
        near, far = sorted((low / step, high / step))
        first, last = max(first, near), min(last, far)
    return first <= last


def _point(segment: Any) -> tuple[float, float]:
    x, y = c_float(), c_float()
    raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
    return x.value, y.value


def _matrix(item: Any) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, byref(found))
    return found.a, found.b, found.c, found.d, found.e, found.f


def _after(one: Matrix, other: Matrix) -> Matrix:
    """The matrix that does what one does, then what another does."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def _moved(box: Edges, matrix: Matrix) -> Edges:
    """The box around a box that a matrix moves and turns."""
    if matrix == _AS_IT_IS:
        return box
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    across, up = zip(*corners, strict=True)
    return min(across), min(up), max(across), max(up)


@dataclass(frozen=True, slots=True)
class Ink:
    """A page on which one thing can be drawn without the others."""

    page: pypdfium2.PdfPage
    things: Sequence[Thing]

    def __enter__(self) -> "Ink":
        self._show(self.things, shown=False)
        return self

    def __exit__(self, *_: object) -> None:
        self._show(self.things, shown=True)

    def of(self, things: Sequence[Thing], window: Edges) -> Image.Image:
        """The ink of some things within a window: white where there is ink, black where there is none."""
        self._show(things, shown=True)
        try:
            return _painted(self.page, window)
        finally:
            self._show(things, shown=False)

    def _show(self, things: Sequence[Thing], shown: bool) -> None:
        for thing in things:
            raw.FPDFPageObj_SetIsActive(thing.item, shown)
            if thing.within and shown:
                raw.FPDFPageObj_SetIsActive(thing.within, shown)


FINE, LARGEST = 4.0, 600
"""Pixels in a pt of a drawing of ink, and the most on a side."""


def _painted(page: pypdfium2.PdfPage, window: Edges) -> Image.Image:
    """The opacity of what a page draws within a window."""
    left, bottom, right, top = window
    scale = min(FINE, LARGEST / max(right - left, top - bottom))
    wide, high = (max(1, round(length * scale)) for length in (right - left, top - bottom))
    edge = raw.FS_RECTF()
    raw.FPDF_GetPageBoundingBox(page, byref(edge))
    across, up = page.get_size()
    bitmap = pypdfium2.PdfBitmap.new_native(wide, high, raw.FPDFBitmap_BGRA)
    bitmap.fill_rect((0, 0, 0, 0), 0, 0, wide, high)
    place = round((edge.left - left) * scale), round((top - edge.top) * scale), round(across * scale), round(up * scale)
    raw.FPDF_RenderPageBitmap(bitmap, page, *place, 0, 0)
    found: Image.Image = bitmap.to_pil().getchannel("A").copy()
    bitmap.close()
    return found


def shared(one: Image.Image, other: Image.Image) -> Image.Image:
    """Where there is ink in both of two drawings."""
    return ImageChops.darker(one, other)


def area(ink: Image.Image) -> float:
    """How much ink there is, in pixels."""
    return sum(level * count for level, count in enumerate(ink.histogram())) / 255
