"""Pages are placed on other pages: a poster under its tiles, or two pages side by side for folding. Uses pikepdf."""

import io
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name

from triptych.content.units import MM_PER_POINT
from triptych.pdf import crop, instructions, tags
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
    told: bool = True
    """Whether a screen reader is told what it says; else it is an ornament."""


def under(pages: bytes, picture: bytes, placed: Sequence[PlacedPage]) -> bytes:
    """Put a part of the first page of `picture` under each page of `pages`, without what lies outside it, and without
    its links. The tags of a part are those of what it shows.
    """
    with pikepdf.open(io.BytesIO(pages)) as target, pikepdf.open(io.BytesIO(picture)) as source:
        parts = _Parts(target, source)
        for number, (page, place) in enumerate(zip(target.pages, placed, strict=True)):
            parts.put(number, page, place)
        return saved(target)


_AS = {"Link": "Span", "TH": "P", "TD": "P", **dict.fromkeys(("Table", "TR", "THead", "TBody"), "Div")}
"""The role of what is no whole table, or no link, on a sheet that shows a part."""


@dataclass(frozen=True, slots=True)
class _Parts:
    """Puts parts of the first page of a document under the pages of another."""

    target: pikepdf.Pdf
    source: pikepdf.Pdf
    read: crop.Read = field(default_factory=crop.Read)

    def put(self, number: int, page: pikepdf.Page, place: PlacedPage) -> None:
        """Put a part under a page, the one of this number from 0."""
        whole, trim = self.source.pages[0], _trim(self.source.pages[0])
        tree = "/StructTreeRoot" in self.target.Root
        marks: list[Any] = list(tags.parents(self.target)[int(page.obj.StructParents)]) if tree else []
        x, y, wide, tall, dx, dy = _placed(page, place, trim)
        left, top = trim[0] + place.window.left * POINTS_PER_MM, trim[3] - place.window.top * POINTS_PER_MM
        window = left, top - tall / place.scale, left + wide / place.scale, top
        part = crop.cropped(whole, window, len(marks), "P", self.read)
        moved = f"{place.scale:.6f} 0 0 {place.scale:.6f} {dx:.4f} {dy:.4f} cm"
        clip = f"q {x:.4f} {y:.4f} {wide:.4f} {tall:.4f} re W n {moved}"
        told = place.told and tree and "/StructTreeRoot" in self.source.Root
        shown = part.instructions if told else list(_unmarked(part.instructions))
        drawing = b"%s\n%s\nQ" % (clip.encode(), pikepdf.unparse_content_stream(shown))
        drawing = drawing if told else b"/Artifact BMC\n" + drawing + b"\nEMC"
        page.contents_add(self.target.make_stream(drawing), prepend=True)
        self._give_resources(page, part)
        if told:
            found = _Told(self.target, page, whole.objgen, part.marks, len(marks), marks)
            found.add(self.source.Root.StructTreeRoot)
            nums = self.target.Root.StructTreeRoot.ParentTree.Nums
            at = [int(key) for key in list(nums)[::2]].index(int(page.obj.StructParents))
            nums[2 * at + 1] = Array(marks)

    def _give_resources(self, page: pikepdf.Page, part: crop.Cropped) -> None:
        """The page's own resources, and those of the part."""
        more = crop.resources(self.target, part, self._copied)
        own: Any = page.obj.Resources
        page.obj.Resources = Dictionary(
            {
                kind: Dictionary({**own.get(kind, Dictionary()), **more.get(kind, Dictionary())})
                if isinstance(own.get(kind, Dictionary()), Dictionary)
                else own[kind]
                for kind in {**own, **more}
            }
        )

    def _copied(self, thing: Any) -> Any:
        return self.target.copy_foreign(thing if thing.is_indirect else self.source.make_indirect(thing))


@dataclass(frozen=True, slots=True)
class _Told:
    """Copies the tags of what a sheet shows."""

    document: pikepdf.Pdf
    page: pikepdf.Page
    whole: Any
    """The object of the page of which a part is shown."""
    shown: Set[int]
    first: int
    """What is added to the numbers of marked contents."""
    marks: list[Any]
    """The elements of the marked contents of the sheet, which grow."""

    def add(self, tree: Any) -> None:
        """Put the tags of another document, as far as their content is shown, into the section of the page."""
        self.marks.extend([None] * (1 + max(self.shown, default=-1)))
        (root,) = tags.inner(self.document.Root.StructTreeRoot)
        sections = (item for item in tags.inner(root) if "/Pg" in item and item.Pg.objgen == self.page.objgen)
        section = next(sections, root)
        found = [copy for whole in tags.inner(tree) for one in tags.inner(whole) if (copy := self._copy(one, section))]
        section.K = Array([*found, *tags.kids(section)])

    def _copy(self, element: Any, parent: Any) -> Any:
        """An element with what is shown of it; None if nothing is."""
        role = tags.role(element)
        copy = self.document.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name(f"/{_AS.get(role, role)}"), P=parent, Pg=self.page.obj)
        )
        for name in ("/Alt", "/Lang", "/ActualText"):
            if name in element:
                copy[name] = pikepdf.String(str(element[name]))
        kids: list[Any] = []
        here = "/Pg" not in element or element.Pg.objgen == self.whole
        for kid in tags.kids(element):
            if isinstance(kid, int):
                if here and kid in self.shown:
                    self.marks[self.first + kid] = copy
                    kids.append(self.first + kid)
            elif "/S" in kid and (below := self._copy(kid, copy)):
                kids.append(below)
        if role == "L" and "/A" in element:
            copy.A = Dictionary(O=Name.List, ListNumbering=Name(str(element.A.ListNumbering)))
        copy.K = Array(kids)
        return copy if kids else None


Pair = tuple[int | None, int | None]
"""Index, from 0, of the pages on the left and right half of a sheet; None for a blank half."""


def spreads(pdf: bytes, pairs: Sequence[Pair], width: float, height: float, creep: float) -> bytes:
    """Put two pages on each side of a sheet of this width and height, in mm; a page on its side is turned upright.

    Tags, links, bookmarks and metadata stay; a page that stands on a sheet once more is an ornament there.
    `creep`: how far the pages of each sheet move towards the fold, in mm, relative to the sheet outside it.
    """
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = list(document.pages)
        sheets = Sheets(document, width, height)
        for number, pair in enumerate(pairs):
            inwards = creep * (number // 2)
            sheets.add([(pages[index], side, inwards) for side, index in enumerate(pair) if index is not None])
        sheets.finish(len(pages))
        return saved(document)


class Sheets:
    """The sheets of a document, on which its pages are drawn, with all that refers to a page."""

    def __init__(self, document: pikepdf.Pdf, width: float, height: float) -> None:
        """Width and height of a sheet in mm."""
        self._document, self._width, self._height = document, width, height
        self._moved: dict[Any, _Moved] = {}
        self._parents = tags.parents(document) if "/StructTreeRoot" in document.Root else {}
        self._marks: list[list[Any]] = []
        """The elements of the marked contents of each sheet."""

    def add(self, placed: Sequence[tuple[pikepdf.Page, int, float]]) -> None:
        """Add a sheet with these pages, each with its half of the sheet and how far it moves to the fold, in mm."""
        size = self._width * POINTS_PER_MM, self._height * POINTS_PER_MM
        sheet = self._document.add_blank_page(page_size=size)
        marks: list[Any] = []
        drawn = []
        for page, side, inwards in placed:
            matrix, clip = _on_half(page, side, self._width, self._height, inwards)
            sheet.obj.Resources = page.obj.Resources  # the typesetter gives all pages of a document the same
            if page.objgen in self._moved:
                drawn.append(_drawn(page, matrix, clip, None))
                continue
            self._moved[page.objgen] = _Moved(sheet, len(marks), matrix)
            drawn.append(_drawn(page, matrix, clip, len(marks)))
            if "/StructParents" in page.obj:
                marks += list(self._parents[int(page.obj.StructParents)])
            self._take_links(page, sheet, matrix)
        sheet.obj.Contents = self._document.make_stream(b"\n".join(drawn))
        if self._parents:
            sheet.obj.StructParents, sheet.obj.Tabs = len(self._marks), Name.S
        self._marks.append(marks)

    def _take_links(self, page: pikepdf.Page, sheet: pikepdf.Page, matrix: Matrix) -> None:
        notes: Any = page.obj.get("/Annots", Array())
        for note in notes:
            note.Rect = Array(matrix.transform(pikepdf.Rectangle(note.Rect)).as_array())
            if "/P" in note:
                note.P = sheet.obj
            if "/Annots" not in sheet.obj:
                sheet.obj.Annots = Array()
            sheet.obj.Annots.append(note)

    def finish(self, pages: int) -> None:
        """Let everything refer to the sheets, and remove the pages, so many at the beginning."""
        for item in [one for one in self._document.objects if isinstance(one, pikepdf.Dictionary)]:
            if isinstance(item.get("/Dest"), Array):
                self._lead(item.Dest)
        names: Any = self._document.Root.get("/Names", Dictionary())
        for target in list(names.get("/Dests", Dictionary()).get("/Names", Array()))[1::2]:
            self._lead(target)
        if self._parents:
            for element in tags.inner(self._document.Root.StructTreeRoot):
                self._retag(element, None)
            links = {key: value for key, value in self._parents.items() if key >= pages}
            numbers: list[Any] = []
            for number, marks in enumerate(self._marks):
                numbers += [number, Array(marks)]
            for key, value in sorted(links.items()):
                numbers += [key, value]
            self._document.Root.StructTreeRoot.ParentTree.Nums = Array(numbers)
        del self._document.pages[:pages]

    def _lead(self, target: Any) -> None:
        """Let a target on a page, with the place there, lead to the sheet."""
        if moved := self._moved.get(target[0].objgen):
            x, y = moved.matrix.transform((float(target[2]), float(target[3])))
            target[0], target[2], target[3] = moved.sheet.obj, round(x, 4), round(y, 4)

    def _retag(self, element: Any, moved: "_Moved | None") -> None:
        """Let an element and all below it refer to the contents of the sheets."""
        if "/Pg" in element:
            moved = self._moved.get(element.Pg.objgen, moved)
        if moved:
            element.Pg = moved.sheet.obj
        kids = []
        for kid in tags.kids(element):
            if isinstance(kid, int):
                kids.append(kid + moved.first if moved else kid)
                continue
            kids.append(kid)
            if "/S" in kid:
                self._retag(kid, moved)
                continue
            own = self._moved.get(kid.Pg.objgen) if "/Pg" in kid else moved
            if own and "/Pg" in kid:
                kid.Pg = own.sheet.obj
            if own and kid.get("/Type") == "/MCR":
                kid.MCID = int(kid.MCID) + own.first
        if kids:
            element.K = Array(kids)


@dataclass(frozen=True, slots=True)
class _Moved:
    """Where a page went."""

    sheet: pikepdf.Page
    first: int
    """What is added to the numbers of its marked contents."""
    matrix: Matrix


def _on_half(page: pikepdf.Page, side: int, width: float, height: float, inwards: float) -> tuple[Matrix, str]:
    """How a page comes to lie on its half of a sheet, and what is seen of it there, as an instruction."""
    trim = _trim(page)
    wide, tall = trim[2] - trim[0], trim[3] - trim[1]
    upright = Matrix(1, 0, 0, 1, -trim[0], -trim[1])
    if wide > tall and width / 2 < height:
        upright = upright @ Matrix(0, 1, -1, 0, tall, 0)
        wide, tall = tall, wide
    place = _half([0.0, 0.0, wide, tall], side, width, height, inwards)
    x, y = place.left * POINTS_PER_MM, height * POINTS_PER_MM - place.top * POINTS_PER_MM - tall * place.scale
    clip = f"{x:.4f} {y:.4f} {wide * place.scale:.4f} {tall * place.scale:.4f} re W n"
    return upright @ Matrix(place.scale, 0, 0, place.scale, x, y), clip


def _drawn(page: pikepdf.Page, matrix: Matrix, clip: str, first: int | None) -> bytes:
    """The drawing of a page on a sheet, the numbers of its marked contents higher by `first`; without any if None."""
    read = instructions.read(page)
    found = list(_unmarked(read) if first is None else _renumbered(read, first))
    place = " ".join(f"{value:.6f}" for value in matrix.shorthand)
    drawing = b"q %s %s cm\n%s\nQ" % (clip.encode(), place.encode(), pikepdf.unparse_content_stream(found))
    return b"/Artifact BMC " + drawing + b" EMC" if first is None else drawing


def _renumbered(read: Any, first: int) -> Iterator[Any]:
    for one in read:
        name = str(one.operator)
        operands = one.operands if name == "BDC" else ()
        if operands and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
            yield [operands[0], Dictionary({**operands[1], "/MCID": int(operands[1].MCID) + first})], one.operator
        else:
            yield instructions.kept(one, name)


def _unmarked(read: Any) -> Iterator[Any]:
    """Instructions without their marks."""
    return (one for one in read if str(one[1]) not in ("BDC", "BMC", "EMC"))


def _half(trim: Sequence[float], side: int, width: float, height: float, inwards: float) -> PlacedPage:
    """A page centred on one half of a sheet (0 left, 1 right), then moved towards the fold. Lengths in mm."""
    page_width, page_height = (trim[2] - trim[0]) / POINTS_PER_MM, (trim[3] - trim[1]) / POINTS_PER_MM
    scale = min(width / 2 / page_width, height / page_height)
    left = side * width / 2 + (width / 2 - page_width * scale) / 2 + (inwards if side == 0 else -inwards)
    return PlacedPage(left, (height - page_height * scale) / 2, scale, Box(0, 0, page_width, page_height))


def _trim(page: pikepdf.Page) -> list[float]:
    return [float(edge) for edge in page.trimbox]


def _placed(
    page: pikepdf.Page, place: PlacedPage, trim: Sequence[float]
) -> tuple[float, float, float, float, float, float]:
    """Left and lower edge, width and height of the part on the page, and how far the other page moves; in points."""
    height = float(page.mediabox[3])
    x, y = place.left * POINTS_PER_MM, height - place.top * POINTS_PER_MM
    wide = (place.window.right - place.window.left) * POINTS_PER_MM * place.scale
    tall = (place.window.bottom - place.window.top) * POINTS_PER_MM * place.scale
    dx = x - (trim[0] + place.window.left * POINTS_PER_MM) * place.scale
    dy = y - (trim[3] - place.window.top * POINTS_PER_MM) * place.scale
    return x, y - tall, wide, tall, dx, dy


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
