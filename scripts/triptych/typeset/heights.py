"""Lines of a short text in a column, as the typesetter breaks it: without setting it.

Break positions are Pango's (Unicode Standard Annex 14), widths HarfBuzz's, and a line takes as many words as it holds:
so WeasyPrint does too (`split_first_line`). What it does beyond that (hyphens, faces behind the first, text of another
direction) raises Unsure, and so does a line that is full to within `DOUBT`: such a text must be measured.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from html import unescape
from operator import add, sub

from triptych.content.units import MM_PER_POINT
from triptych.design import faces
from triptych.design.faces import Face
from triptych.typeset import fonts, libraries

with libraries.needed(), fonts.shown():
    from weasyprint.text import line_break

DOUBT = 0.004
"""By how much less or more than full a line is in doubt, in em: the typesetter rounds each letter."""
REFERENCES = Face("Label Sans", 500, False)
"""The face of references: see templates/styles/references.css."""
_TAG = re.compile(r"(<[^>]*>)")
_REFERENCES = '<span class="references">'
_TOGETHER = '<span class="together">'
_WEIGHTS = {"strong": 600, "b": 600}
_SLANTED = frozenset(("em", "i"))
_FOREIGN = re.compile(r'<bdi class="as-typed" lang="([^"]*)">')
_LINK = re.compile(r'<a (class="(?:address|footnote-ref)" )?href="[^"]*">')
_RAISED = re.compile(r"<sup(?: [^>]*)?>")
_PLAIN = re.compile(r"[\u0000-\u02af\u0370-\u052f\u1e00-\u1fff\u2000-\u206f\u20a0-\u20bf\u2100-\u214f\u2190-\u22ff]*")
"""Latin, Greek and Cyrillic letters, and signs."""
_UNSURE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2066-\u206f\t\r\f\v]")
"""Places for a hyphen or a line end, signs of direction, and white space that does not collapse into a space."""


class Unsure(Exception):
    """A text whose lines do not follow from widths."""


_Place = tuple[float, float]
"""A place in a text: the length of what stands before it, in em of the text and in em of its references."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: its face, size in pt, and the size of its references in pt."""

    face: Face
    size: float
    references: float = 0.0
    raised: float = 0.0
    """Size of raised marks as a share of its own; 0 where they are not sure."""


def count(html: str, style: Style, width: float, language: str, indent: float = 0.0) -> int:
    """Number of lines of a text in a column of a width in mm, the first with an indent in mm. Raises Unsure."""
    words = _words(html, faces.worn(style.face), faces.worn(REFERENCES), language, style.raised)
    starts, ends = _lengths(words.starts, style), _lengths(words.ends, style)
    doubts = [one * style.size * MM_PER_POINT for one in words.doubts]
    early, late = list(map(sub, ends, doubts)), list(map(add, ends, doubts))
    number, at = 0, 0
    while at < len(ends):
        before, full = at, starts[at] + width - (0.0 if number else indent)
        at = bisect_right(late, full, lo=before)
        if at == before or at != bisect_right(early, full, lo=before):
            raise Unsure
        number += 1
    return number


def length(text: str, face: Face, language: str) -> float:
    """Length of a plain text in one line, in em. Raises Unsure."""
    return _advances(text, faces.worn(face), language)[-1]


def _lengths(places: tuple[_Place, ...], style: Style) -> list[float]:
    """Distances from the start of a text in mm, from those in em of the text and of its references."""
    text, references = style.size * MM_PER_POINT, style.references * MM_PER_POINT
    return [own * text + other * references for own, other in places]


@dataclass(frozen=True, slots=True)
class _Words:
    """Where the parts that no line end divides start and end, each without the space after it."""

    starts: tuple[_Place, ...]
    ends: tuple[_Place, ...]
    doubts: tuple[float, ...]
    """By how much each end is in doubt, in em."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A part of a text that is set in one face, and in one language."""

    text: str
    face: Face
    language: str
    is_reference: bool = False
    share: float = 1.0
    """Its size as a share of that of the text, or of the references."""
    together: bool = False
    """Whether no line ends within it."""


@lru_cache(maxsize=4_000)
def _words(html: str, face: Face, references: Face, language: str, raised: float) -> _Words:
    """The words of a text, in faces that are worn. Raises Unsure."""
    starts, ends, doubts = [(0.0, 0.0)], list[_Place](), list[float]()
    before = end = (0.0, 0.0)
    last: _Run | None = None
    for run in _runs(html, _Run("", face, language), references, raised):
        places = [_moved(before, length, run) for length in _advances(run.text, run.face, run.language)]
        whole = run.together and last is not None and last.together
        if last and not whole and _divided(last.text[-1] + run.text[0], run.language):
            starts.append(before)
            ends.append(end)
            doubts.append(_doubt(last.text, last))
        for place in () if run.together else _breaks(run.text, run.language):
            line = run.text[:place].rstrip(" ")
            starts.append(places[place])
            ends.append(places[len(line)])
            doubts.append(_doubt(line, run))
        last, before, end = run, places[-1], places[len(run.text.rstrip(" "))]
    return _Words(tuple(starts), (*ends, end), (*doubts, DOUBT))


def _doubt(line: str, run: _Run) -> float:
    """By how much the end of a line is in doubt, in em: kerning with the space after it may count or not."""
    last = line.rstrip(" ")[-1:]
    return DOUBT + (_kerning(last, run.face, run.language) if last else 0.0)


@cache
def _kerning(last: str, face: Face, language: str) -> float:
    """By how much a character is nearer to a space after it, or farther from it, than it is wide, in em."""
    pair, alone = _advances(last + " ", face, language), _advances(last, face, language)
    return abs(pair[-1] - alone[-1] - _advances(" ", face, language)[-1])


def _moved(before: _Place, length: float, run: _Run) -> _Place:
    own = length * run.share
    return (before[0], before[1] + own) if run.is_reference else (before[0] + own, before[1])


def _runs(html: str, plain: _Run, references: Face, raised: float) -> Iterator[_Run]:
    """The runs of a text whose tags are known; `plain` is how it is set outside of them. Raises Unsure."""
    within = [plain]
    for part in _TAG.split(html):
        if not part.startswith("<"):
            if text := re.sub(r"[ \n]+", " ", unescape(part)):
                yield replace(within[-1], text=text)
        elif part.startswith("</"):
            within.pop()
        else:
            within.append(_opened(part, within[-1], references, raised))


def _opened(tag: str, around: _Run, references: Face, raised: float) -> _Run:
    """How a text is set within a tag. Raises Unsure for one that may change more than is known."""
    name = tag[1:-1]
    if tag == _REFERENCES:
        return replace(around, face=references, is_reference=True)
    if tag == _TOGETHER:
        return replace(around, together=True)
    if raised and _RAISED.fullmatch(tag):
        return replace(around, share=raised)
    if foreign := _FOREIGN.fullmatch(tag):
        return replace(around, language=foreign[1])
    face = around.face
    if name in _WEIGHTS:
        face = replace(face, weight=_WEIGHTS[name])
    elif name in _SLANTED:
        face = replace(face, italic=True)
    elif not _LINK.fullmatch(tag):
        raise Unsure
    if face not in faces.TEXT_FACES:
        raise Unsure
    return replace(around, face=face)


@lru_cache(maxsize=8_000)
def _breaks(text: str, language: str) -> tuple[int, ...]:
    """Where a line may end within a text."""
    found = line_break.get_log_attrs(text, language)
    return tuple(place for place in range(1, len(text)) if found[place].is_line_break)


@cache
def _divided(pair: str, language: str) -> bool:
    """Whether a line may end between the last character of a run and the first of the next."""
    return bool(line_break.can_break_text(pair, language))


@lru_cache(maxsize=8_000)
def _advances(text: str, face: Face, language: str) -> tuple[float, ...]:
    """Distance from the start of a text to that of each character, and to its end, in em. Raises Unsure."""
    if not _PLAIN.fullmatch(text) or _UNSURE.search(text):
        raise Unsure
    found = faces.advances(text, face, language)
    if found is None:
        raise Unsure
    return found
