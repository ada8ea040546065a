"""The statements of an article are looked for on the pages of a PDF: where each stands, and where the page differs."""

import re
import unicodedata
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from triptych.content import claims, prose, typography
from triptych.content.letters import RIGHT_TO_LEFT
from triptych.pdf import prove, tags
from triptych.review.statements import Row

_REFERENCE = re.compile(r"\s*\[[^\]\[]*\d[^\]\[]*\]")
_MARKS = re.compile(r"[†≠?]$")
"""The marks of standing, after the last word."""
SHORT = 12
"""A text of fewer characters is looked for as a word, not within others."""
ALIKE = 0.5
"""Share of words in common from which a text of the page is taken for another form of a statement."""
_DASH = re.compile("[\u2010\u2011\u2013]")
_QUOTE = re.compile("[\"'\u2018-\u201f\u2039\u203a\u00ab\u00bb]")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+")
_RTL = re.compile(f"[{RIGHT_TO_LEFT}]")


@dataclass(frozen=True)
class Pages:
    """What a PDF prints, block by block."""

    blocks: Sequence[tuple[int, str]]
    """Page and text of each block, in reading order, without references."""
    drawn: Sequence[str]
    """All texts of each page as they are drawn."""
    words: Sequence[str]
    """The words of each page, for lines from right to left."""

    @cached_property
    def turned(self) -> bool:
        """Whether most of it is written from right to left."""
        return 2 * sum(bool(_RTL.search(text)) for _, text in self.blocks) > len(self.blocks)

    @cached_property
    def whole(self) -> Sequence[str]:
        """All texts of each page, in reading order."""
        pages = [""] * len(self.drawn)
        for number, text in self.blocks:
            pages[number - 1] += _bare(text)
        return pages

    @cached_property
    def bare(self) -> Sequence[tuple[int, str]]:
        return [(number, _bare(text)) for number, text in self.blocks]

    def of(self, text: str, alone: bool = False) -> tuple[int, ...]:
        """The pages that print a text; the first, of one that runs over. `alone`: as a block of its own."""
        text = typography.plain(typography.curled(text))
        sought = _bare(text)
        if not sought:
            return ()
        if self.turned or _RTL.search(text):
            return self._by_words(text)
        if alone:
            return tuple(dict.fromkeys(number for number, block in self.bare if sought == _MARKS.sub("", block)))
        if len(sought) < SHORT:
            letters = r"\s*".join(re.escape(letter) for letter in _level(text) if not letter.isspace())
            word = re.compile(rf"(?<!\w){letters}(?!\w)", re.IGNORECASE)
            return tuple(dict.fromkeys(number for number, block in self.blocks if word.search(_level(block))))
        found = {number for whole in (self.whole, self.drawn) for number, page in enumerate(whole, 1) if sought in page}
        return tuple(sorted(found)) or self._running_over(sought)

    def _running_over(self, sought: str) -> tuple[int, ...]:
        """The page on which a text begins that ends on the next: a figure in the margin may stand between."""
        for number, (page, following) in enumerate(zip(self.whole, self.whole[1:], strict=False), start=1):
            length = bisect(range(1, len(sought) + 1), 0, key=lambda length: 0 if sought[:length] in page else 1)
            if length and sought[length:] in following:
                return (number,)
        return ()

    def _by_words(self, text: str) -> tuple[int, ...]:
        """The pages with every word of a text whose lines PDFium may read in another order."""
        words = [_western(word) for word in prove.words_in(text)]
        pages = map(_western, self.words)
        return tuple(n for n, page in enumerate(pages, start=1) if all(word in page for word in words))

    def has(self, number: str) -> bool:
        """Whether a number stands anywhere, even within a range: 62 in 62–79 %."""
        digits = re.sub(r"[^\d.,]", "", number).strip(".,")
        within = re.compile(rf"(?<![\d.,]){re.escape(digits)}(?![\d]|[.,]\d)")
        return any(within.search(_level(block)) for _, block in self.blocks)

    def nearest(self, text: str) -> tuple[int, str]:
        """The page and the text most like a statement that no page prints; 0 if none is like it."""
        by_letters = " " not in text
        sought = list(text) if by_letters else text.split()
        best, found = ALIKE, (0, "")
        for number, block in self.blocks:
            for part in dict.fromkeys((block, *_SENTENCE.split(block))):
                matcher = SequenceMatcher(None, sought, list(part) if by_letters else part.split(), autojunk=False)
                if matcher.real_quick_ratio() > best and matcher.quick_ratio() > best and matcher.ratio() > best:
                    best, found = matcher.ratio(), (number, part)
        return found


def _western(text: str) -> str:
    """A text with the digits 0 to 9 in place of those of another script."""
    return "".join(str(unicodedata.digit(one, one)) for one in text)


def _bare(text: str) -> str:
    return prove.bare(_level(_REFERENCE.sub("", text))).casefold()


def _level(text: str) -> str:
    """A text without what a language sets in its own way: quotation marks, dashes, raised letters."""
    return _QUOTE.sub("", _DASH.sub("-", unicodedata.normalize("NFKC", text)))


def pages(pdf: bytes) -> Pages:
    """What a PDF prints."""
    tagged = tags.read(pdf)
    blocks = [(block.page, _REFERENCE.sub("", block.text)) for block in tagged.blocks() if block.text]
    outside = [(number, piece.text) for number, piece in tagged.outside_tags]
    blocks = [(number, typography.plain(text)) for number, text in (*blocks, *outside)]
    return Pages(blocks, [_bare(text) for text in prove.page_texts(pdf)], prove.page_words(pdf))


@dataclass(frozen=True, slots=True)
class Traced:
    """A statement with its pages, and what they print in place of a part of it."""

    row: Row
    pages: tuple[int, ...]
    """All that print it; those with what is most like it, if it differs."""
    text: str
    differing: tuple[tuple[str, str], ...] = ()
    """Each text that no page prints, with what one prints instead; empty if none prints anything like it."""
    tabled: int = 0
    """The other page that prints the numbers of a chart as a table; 0 if none does."""
    drawn: tuple[str, ...] = ()
    """The numbers of a chart that are drawn, and printed nowhere."""


def traced(found: Sequence[Row], document: str, pdf: bytes) -> Iterator[Traced]:
    """Each statement of a document, in the order of its pages."""
    printed = pages(pdf)
    told = (_traced(row, row.fields(document), printed) for row in found if document in row.documents)
    yield from sorted(told, key=lambda one: one.pages[:1] or (len(printed.drawn) + 1,))


def _traced(row: Row, fields: Sequence[str], printed: Pages) -> Traced:
    whole = claims.BETWEEN.join(fields)
    parts = [part for text in fields for part in text.split(claims.BETWEEN)]
    alone = parts[0] if row.kind == "figure" and parts else ""
    places = {part: printed.of(part, alone=part == alone) for part in parts}
    missing = [part for part, numbers in places.items() if not numbers]
    if row.claim and row.kind == "figure":
        missing = [part for part in missing if part != prose.plain(row.claim.texts.get("of", ""))]  # it may lack room
    shown = [set(numbers) for numbers in places.values() if numbers]
    points = _points(row)
    tabled = _tabled(points, places)
    drawn = tuple(part for part in points if not places[part] and not printed.has(part))
    if row.kind == "chart":
        missing = [part for part in missing if len(part) >= SHORT or (tabled and part in drawn)]
    near = {part: printed.nearest(part) for part in missing}
    common = set.intersection(*shown[:2]) if shown else set()
    numbers = common or {n for one in shown[:1] for n in one} or {number for number, _ in near.values() if number}
    differing = tuple((part, near[part][1]) for part in missing)
    return Traced(row, tuple(sorted(numbers)), whole, differing, tabled, () if tabled else drawn)


_NUMBER = re.compile(r"[-+\u2212]?[€£$]?\d[\d.,\u00a0\u202f]*\s?[^\W\d]{0,3}%?")
"""A cell of a chart that is a number, with a sign and a short unit."""


def _points(row: Row) -> tuple[str, ...]:
    """The numbers of a chart."""
    data = row.claim.data if row.claim and row.kind == "chart" else ""
    return tuple(dict.fromkeys(part for part in data.split(claims.BETWEEN) if _NUMBER.fullmatch(part)))


def _tabled(points: Sequence[str], places: Mapping[str, tuple[int, ...]]) -> int:
    """The page with the numbers of a chart as a table, under its title again; 0 if its own page prints them all."""
    titled = next((numbers for numbers in places.values() if numbers), ())
    lacking = any(titled[0] not in places[part] for part in points) if titled else False
    return titled[1] if lacking and len(titled) > 1 else 0


def lines(found: Sequence[Traced]) -> Iterator[str]:
    """Lines with each statement by page, what the page prints where it differs, its passages and sources."""
    for one in found:
        row = one.row
        pages = f"page{'s' * (len(one.pages) > 1)} {', '.join(map(str, one.pages))}" if one.pages else "no page"
        yield f"{pages}  {row.kind} {row.name}: {one.text}"
        for text, instead in one.differing:
            yield f"        differs: the page prints “{instead}”" if instead else f"        no page prints “{text}”"
        if one.tabled:
            yield f"        its numbers stand as a table on page {one.tabled}"
        if one.drawn:
            yield f"        drawn only, not printed: {', '.join(one.drawn)}"
        for name, place, _ in row.passages if row.kind != "passage" else ():
            yield f"        passage {name}, {place}"
        for source in row.sources:
            yield f"        [{source.number}] {source.short} {source.url}".rstrip()
        if not row.sources:
            yield f"        {row.basis}{': ' * bool(row.why)}{row.why}"
