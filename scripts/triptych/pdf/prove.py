"""A finished PDF becomes the list of promises that it breaks: a lost word, a link too small, a strange face.

Reads the PDF with programs that did not make it: PDFium for the words, pikepdf for the faces.
"""

import re
import unicodedata
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from ctypes import addressof, c_double
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import pikepdf
import pypdfium2

from triptych.content.letters import RIGHT_TO_LEFT
from triptych.content.units import MM_PER_POINT
from triptych.design.faces import FACES
from triptych.pdf import embedded, glyph_order, tags, things
from triptych.pdf.opened import Leaf, Opened, opened

_INLINE = {"a", "abbr", "b", "bdi", "cite", "code", "em", "i", "span", "strong", "sub", "sup"}
_UNSEEN = {"head", "style", "title"}
_IGNORED = re.compile(r"[\s\u00ad\u064b-\u065f\u0670\u200b\u2060\u0640\ufe0e\ufe0f\ufeff\ufffe\x02\u2010\u2011-]+")
"""What a line break may add or take: white space, joiners, hyphens, lengthened joins; what has no ink, the choice of a
picture; and the vowels of Arabic, which readers of a PDF give to the wrong letter."""


def lost_words(body: Any, pdf: bytes | Opened) -> list[str]:
    """Every text of the composed document that is not inside the trim box of a page.

    `body` is the document's parsed HTML. A text may run over from one page to the next. Of a text with letters that are
    written from right to left, and of all texts of a document in such a language, each word is looked for by itself:
    PDFium moves numbers, signs and Latin words within a line. A word that it takes apart is looked for as it is drawn.
    """
    with opened(pdf) as found:
        return _lost(body, found)


def _lost(body: Any, pdf: Opened) -> list[str]:
    written = [*_written(pdf)]
    words = {bare(word) for page in written for word in page.split()}
    texts, every = [*_texts(body)], body.get("dir") == "rtl"
    apart = [text for text in texts if every or _RTL.search(text)]
    whole = [] if every else [text for text in map(bare, texts) if text and not _RTL.search(text)]
    pages = [_read(page, bool(apart)) for page in written]
    lost = [word for text in apart for word in words_in(text) if not any(word in page for page in pages)]
    if lost:
        lines = [*map(bare, glyph_order.backwards(pdf.pdf))]
        lost = [word for word in lost if not (_RTL.match(word) and any(word in page for page in lines))]
    missed = [text for text in whole if not _is_on(_read(text, bool(apart)), pages, words)]
    if missed and apart:  # PDFium takes lines of two columns for one, and turns all of it
        drawn = [_read("".join(page), turned=True) for page in glyph_order.drawn(pdf.pdf)]
        missed = [text for text in missed if not _is_on(_read(text, turned=True), drawn, words)]
    lost += missed
    wanted = [_read(text, bool(apart)) for text in texts]
    if not lost and (missing := Counter("".join(wanted)) - Counter("".join(pages))):
        lost = [f"{sum(missing.values())} characters: {''.join(sorted(missing))}"]
    return lost


def _read(text: str, turned: bool) -> str:
    return bare(text).translate(_TURNED) if turned else bare(text)


TOUCH = 0.25
"""Boxes of text may overlap by so many mm before they collide: a descender into a line set close."""
_Edges = tuple[float, float, float, float]
"""Left, bottom, right and top, in pt."""


def collisions(pdf: bytes | Opened) -> list[str]:
    """Every two lines of text that lie on each other, with their page."""
    with opened(pdf) as found:
        lines = cache(partial(glyph_order.lines, found.pdf))
        return [one for leaf in found.leaves for one in _collisions(leaf, lines)]


def _collisions(leaf: Leaf, lines: Callable[[], list[list[int]]]) -> Iterator[str]:
    turned = _turned(leaf, lines()[leaf.number - 1]) if _RTL.search(leaf.text.get_text_range()) else None
    boxes = sorted(leaf.lines)
    inked = cache(partial(_inked, cache(partial(_middles, leaf))))
    for index, box in enumerate(boxes):
        for other in boxes[index + 1 :]:
            if other[0] > box[2]:
                break
            if _touch(box, other) and _collide(inked(box), inked(other), turned):
                yield "page {}: `{}` and `{}`".format(leaf.number, *(leaf.words(edges)[:40] for edges in (box, other)))


def _touch(one: _Edges, other: _Edges) -> bool:
    least = TOUCH / MM_PER_POINT
    return _overlap(one, other, 1) > least and _overlap(one, other, 0) > least


KERNED = 0.5
"""Letters that follow each other may lie on each other by this share of the narrower one: an f leans over its next."""


APART = 0.8
"""Lines from right to left that are so far apart, as a share of their size, meet by tails and stems alone."""


@dataclass(frozen=True, slots=True)
class _Turned:
    """What is written from right to left on a page. A character is its place in the page's text."""

    lines: Mapping[int, int]
    """The number of the line, as it is drawn, of each character of a line that has such letters."""
    letters: Mapping[int, tuple[float, float]]
    """Where each letter stands, from the foot of the page, and its size; both in pt."""
    vowels: Set[int]

    def meet(self, one: int, other: int) -> bool:
        """Whether a font may set two characters over each other: of one line, or a vowel or a stem among its tails.

        The box of a letter with a tail is white for the most part.
        """
        among = (one in self.vowels and other in self.letters) or (other in self.vowels and one in self.letters)
        return among or self._are_apart(one, other) or (one in self.lines and self.lines[one] == self.lines.get(other))

    def _are_apart(self, one: int, other: int) -> bool:
        """Whether two letters are of lines that stand far enough from each other."""
        if not {one, other} <= self.letters.keys():
            return False
        (height, size), (other_height, other_size) = self.letters[one], self.letters[other]
        return abs(height - other_height) >= APART * max(size, other_size)


def _turned(leaf: Leaf, lines: Sequence[int]) -> _Turned:
    """What is written from right to left on a page; `lines` are those of its texts, in the order of drawing."""
    raw = pypdfium2.raw
    drawn_as = dict(zip(map(_address, leaf.page.get_objects([raw.FPDF_PAGEOBJ_TEXT])), lines, strict=True))
    texts = ((index, raw.FPDFText_GetTextObject(leaf.text, index)) for index in range(len(leaf.letters)))
    found = {index: drawn_as[addressof(text.contents)] for index, text in texts if text}
    named = {index: unicodedata.category(one) for index, (one, _) in enumerate(leaf.letters) if _RTL.match(one)}
    turned = {found.get(index) for index in named}
    return _Turned(
        {index: line for index, line in found.items() if line in turned},
        {index: _set(leaf.text, index) for index, category in named.items() if category == "Lo"},
        {index for index, category in named.items() if category == "Mn"},
    )


def _set(textpage: pypdfium2.PdfTextPage, index: int) -> tuple[float, float]:
    """Where the line of a character stands, and the size of the character, in pt."""
    left, foot = c_double(), c_double()
    pypdfium2.raw.FPDFText_GetCharOrigin(textpage, index, left, foot)
    return foot.value, pypdfium2.raw.FPDFText_GetFontSize(textpage, index)


def _address(item: Any) -> int:
    return addressof(item.raw.contents)


def _collide(one: Mapping[int, _Edges], other: Mapping[int, _Edges], turned: _Turned | None) -> bool:
    """Whether a character of one box lies on one of another box; each has its place in the page's text.

    Lines set close may overlap as boxes, with a descender beside a tall sign: that is no collision. Boxes that share
    characters hold parts of one line, whose letters may be kerned.
    """
    shared = bool(one.keys() & other.keys())
    return any(
        i != j
        and _touch(a, b)
        and not (shared and abs(i - j) == 1 and _kerned(a, b))
        and not (turned and turned.meet(i, j))
        for i, a in one.items()
        for j, b in other.items()
    )


def _kerned(one: _Edges, other: _Edges) -> bool:
    """Whether two letters stand side by side on a line, or nearly so."""
    level = abs(one[1] - other[1]) < TOUCH / MM_PER_POINT
    return level and _overlap(one, other, 0) <= KERNED * min(one[2] - one[0], other[2] - other[0])


def _overlap(one: _Edges, other: _Edges, axis: int) -> float:
    """By how much two boxes overlap in width (axis 0) or in height (axis 1), in pt; less than 0 for a gap."""
    return min(one[axis + 2], other[axis + 2]) - max(one[axis], other[axis])


def _middles(leaf: Leaf) -> list[tuple[float, float, int, _Edges]]:
    """The middle of each character of a page that is no space, its place in the text and its box.

    The hook of an f may lie over the space after it.
    """
    return [
        ((edges[0] + edges[2]) / 2, (edges[1] + edges[3]) / 2, index, edges)
        for index, (one, edges) in enumerate(leaf.letters)
        if not one.isspace()
    ]


def _inked(middles: Callable[[], list[tuple[float, float, int, _Edges]]], box: _Edges) -> Mapping[int, _Edges]:
    """The boxes of the characters in a box."""
    left, bottom, right, top = box
    return {index: edges for x, y, index, edges in middles() if bottom <= y <= top and left <= x <= right}


def outside(pdf: bytes | Opened) -> list[str]:
    """Every line of text that is not wholly within the trim box of its page."""
    with opened(pdf) as found:
        return [leaf.words(box) for leaf in found.leaves for box in leaf.lines if things.reach(box, leaf.trim) > 0]


COVERED = 0.75
"""Share of the ink of a text that a link must cover: all but the descenders."""


def small_links(pdf: bytes | Opened) -> list[str]:
    """Every link that is smaller than its text, with its page and where it leads. A picture's link has no text."""
    with opened(pdf) as found:
        links = [_links(page) for page in found.objects.pages]
        parents = tags.parents(found.objects) if any(links) else {}
        return [
            f"page {leaf.number}: `{text}`, a link to {_target(link)}"
            for leaf, several in zip(found.leaves, links, strict=True)
            if several
            for link, text in _small_links(leaf, several, parents)
        ]


def _links(page: pikepdf.Page) -> list[Any]:
    annotations: Any = page.obj.get("/Annots", [])
    return [annotation for annotation in annotations if annotation.Subtype == "/Link"]


def _small_links(leaf: Leaf, links: Sequence[Any], parents: Mapping[int, Any]) -> Iterator[tuple[Any, str]]:
    """The links of a page that are too small, each with the text that it does not cover."""
    inks: dict[int, list[_Edges]] = {}
    for thing in leaf.things:
        if thing.what == things.TEXT:
            inks.setdefault(thing.mark, []).append(thing.box)
    for link in links:
        place = pikepdf.Rectangle(link.Rect)
        edges = place.llx, place.lly, place.urx, place.ury
        for ink in (ink for mark in _marks(parents[int(link.StructParent)]) for ink in inks.get(mark, ())):
            if _common(edges, ink) >= COVERED * _common(ink, ink):
                continue
            text = leaf.words(ink)
            if bare(text) or not text:
                yield link, text
                break


def _marks(element: Any) -> Iterator[int]:
    """The marked contents below an element."""
    for kid in tags.kids(element):
        if isinstance(kid, int):
            yield kid
        elif "/S" in kid:
            yield from _marks(kid)


def _common(one: _Edges, other: _Edges) -> float:
    """The area in square pt that two boxes share."""
    return max(_overlap(one, other, 0), 0.0) * max(_overlap(one, other, 1), 0.0)


def _target(link: Any) -> str:
    """Where a link leads: an address, or a name in the document."""
    return str(link.A.URI) if "/A" in link else f"#{link.Dest}"


def strange_faces(pdf: bytes | Opened) -> list[str]:
    """Every face in the PDF that is not embedded, is not one of ours, or is not as in our file of it."""
    ours = {face.family.replace(" ", "-") for face in FACES}
    with opened(pdf) as found:
        strange = [
            family
            for family, how in _faces(found.objects)
            if how == "not embedded" or not any(family == own or family.startswith(own + "-") for own in ours)
        ]
        return strange or [*embedded.altered(found.objects)]


def faces(pdf: bytes) -> list[tuple[str, str]]:
    """Name of each face in the PDF, and how it is there: as a subset, embedded whole, or not embedded."""
    with opened(pdf) as found:
        return [*_faces(found.objects)]


def _faces(document: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    for name, font in _fonts(document):
        family = re.sub(r"^/([A-Z]{6}\+)?", "", name)
        descendant = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        inside = any(key in descendant.get("/FontDescriptor", {}) for key in ("/FontFile2", "/FontFile3"))
        subset = name.removeprefix("/") != family
        yield family, ("subset" if subset else "whole") if inside else "not embedded"


def _fonts(document: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/DescendantFonts" in item:
            yield str(item.BaseFont), item
        elif isinstance(item, pikepdf.Dictionary) and item.get("/Subtype") in ("/Type1", "/TrueType", "/Type3"):
            yield str(item.get("/BaseFont", "/Type3")), item


def page_texts(pdf: bytes) -> list[str]:
    """The characters that lie within each page's trim box, line by line, without white space."""
    with opened(pdf) as found:
        return [*map(bare, _written(found))]


def _written(pdf: Opened) -> Iterator[str]:
    """The characters that lie within each page's trim box, line by line."""
    for leaf in pdf.leaves:
        yield glyph_order.whole("".join(_characters(leaf)))


def _characters(leaf: Leaf) -> Iterator[str]:
    trim = leaf.trim
    for one, (left, bottom, right, top) in leaf.letters:
        if trim[0] <= left and trim[1] <= bottom and right <= trim[2] and top <= trim[3]:
            yield one


def bare(text: str) -> str:
    """A text without what a line break may add or take."""
    return _IGNORED.sub("", text)


LEAST_PIECE = 5
"""Characters that a piece of a text must have to be found on its own, but for the last."""
_RTL = re.compile(f"[{RIGHT_TO_LEFT}]")
_APART = "\\d\u0600-\u060f\u061b-\u061f\u066a-\u066d\u06d4"
"""The digits and marks of Arabic: PDFium moves them to the other side of the word beside them."""
_RUN = re.compile(f"(?:(?![{_APART}])[{RIGHT_TO_LEFT}])+|[A-Za-z\u00c0-\u024f]+|\\d+")
"""A word of Hebrew or Arabic letters, a word of Latin letters, or a number."""
_BETWEEN = re.compile("[\\s\u2010\u2011-]+")
_TURNED: dict[int, int | str] = {**str.maketrans("”’)]}»›>", "“‘([{«‹<"), ord("≠"): "=/"}
"""Signs in pairs, of which PDFium may read one as the other within a line from right to left; and one that it parts."""


def page_words(pdf: bytes) -> list[str]:
    """For each page, a text in which each word of `words_in` stands that it prints, whichever way its lines run."""
    with opened(pdf) as found:
        written = [*_written(found)]
    drawn = zip(written, glyph_order.backwards(pdf), strict=True)
    return [f"{_read(page, turned=True)}\n{bare(lines)}" for page, lines in drawn]


def words_in(text: str) -> Iterator[str]:
    """The words and numbers of a text: what a reader of a PDF keeps together whichever way its lines run.

    PDFium turns the two halves of a Latin word with a hyphen round.
    """
    return (found.group() for part in _BETWEEN.split(text) for found in _RUN.finditer(bare(part)))


def _is_on(text: str, pages: Sequence[str], words: Set[str]) -> bool:
    """Whether a text stands on the pages, whole or in pieces. `words` are those of the pages.

    PDFium reads by lines: what stands beside a line, or a foot line between two pages, comes between its pieces. The
    first may be one short word: the number of a card stands beside its first line. That no piece is taken for another
    is the business of the count of all characters.
    """
    left = text
    while left:
        if any(left in page for page in pages):
            return True
        longest = max(_longest(left, page) for page in pages)
        if longest < LEAST_PIECE:
            starts = (left[:length] for length in range(longest, 0, -1))
            longest = len(next((start for start in starts if start in words), "")) if left == text else 0
        if not longest:
            return False
        left = left[longest:]
    return True


def _longest(text: str, page: str) -> int:
    """Length of the longest beginning of a text that stands on a page."""
    return bisect(range(1, len(text) + 1), 0, key=lambda length: 0 if text[:length] in page else 1)


def _texts(element: Any) -> Iterable[str]:
    """The texts of an HTML tree, one for each block."""
    found: list[str] = [""]
    _gather(element, found)
    return found


def _gather(element: Any, found: list[str]) -> None:
    if not isinstance(element.tag, str) or element.tag in _UNSEEN:
        return
    block = element.tag not in _INLINE
    if block:
        found.append("")
    found[-1] += element.text or ""
    for child in element:
        _gather(child, found)
        found[-1] += child.tail or ""
    if block:
        found.append("")
