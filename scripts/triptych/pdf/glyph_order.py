"""The text of a PDF in the order in which its letters are drawn, for lines that are written from right to left.

PDFium orders such a line by its own guess. The typesetter draws each line from its left edge to its right: read
backwards, with each number and each Latin word forwards, it is as it was written.
"""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import pikepdf

from triptych.content.letters import ARABIC, LEFT_TO_RIGHT, RIGHT_TO_LEFT
from triptych.pdf import glyphs, instructions

_Texts = tuple[int, Mapping[int, str]]
"""How many bytes of a string are a glyph of a font, and the text of each glyph."""
_Line = Sequence[Sequence[str]]
"""The texts of a line, each as those of its glyphs."""
_OF_TEXTS = "BT Tf TJ Tj ET Do"
"""The instructions that draw texts, or drawings with texts."""


def backwards(pdf: bytes) -> list[str]:
    """The text of each page, each line from its last glyph to its first.

    Numbers and Latin words are the wrong way round. It has what is drawn outside the edges of the page too.
    """
    return ["\n".join("".join(reversed([*chain(*line)])) for line in page) for page in _pages(pdf)]


def drawn(pdf: bytes) -> list[list[str]]:
    """For each page, its texts in the order of drawing, each with its letters from left to right.

    A text is what PDFium has as one: what stands in one face at one height.
    """
    return [["".join(text) for line in page for text in line if text] for page in _pages(pdf)]


def whole(text: str) -> str:
    """A text with whole characters: PDFium gives the halves of an emoji one by one, and in a turned line backwards."""
    ordered = _HALVES.sub(lambda halves: "".join(sorted(halves[0])), text)
    return ordered.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]|[\udc00-\udfff][\ud800-\udbff]")
"""The two halves of a character, in either order. The first has the smaller number."""
_TURNED = re.compile(f"[{RIGHT_TO_LEFT}]")
_BETWEEN = f"[^{RIGHT_TO_LEFT}]*"
_LATIN = rf"(?:[0-9]{_BETWEEN})?[{LEFT_TO_RIGHT}](?:{_BETWEEN}[{LEFT_TO_RIGHT}])?[#@]?"
_SIGNS = "[%$\u20a0-\u20c0\u00b0+\u2212\u00b1-]*"
_NUMBER = rf"{_SIGNS}[0-9](?:[.,:/\u00a0+\u2212-]?[0-9])*{_SIGNS}"
_AFTER_ARABIC = re.compile("[0-9](?:[.,:/\u00a0]?[0-9])*")
_INDIC = "[\u0660-\u0669\u06f0-\u06f9](?:[.,:/\u00a0\u066b\u066c]?[\u0660-\u0669\u06f0-\u06f9])*"
_FORWARDS = re.compile(f"({_LATIN}|{_NUMBER}|{_INDIC})")
"""What keeps its direction within a line from right to left, backwards: Latin words with the numbers after them, and
numbers, each of which may have signs within and around it. After Arabic letters, and with Arabic digits, signs are no
part of a number (Unicode Standard Annex 9, W2 to W5)."""
_LETTER = re.compile(f"[{RIGHT_TO_LEFT}{LEFT_TO_RIGHT}]")
_ARABIC_LETTER = re.compile(f"[{ARABIC}]")
_REFERENCE = re.compile(rf"\[[^{RIGHT_TO_LEFT}]*[0-9][^{RIGHT_TO_LEFT}]*\]")
"""One that stands alone is isolated: it has the direction of Latin."""


def as_written(line: str, turned: bool) -> str:
    """A line as it was written, from how it is drawn from its left to its right.

    `turned` says that the text around it is written from right to left.
    """
    if not _TURNED.search(line) and (not turned or _REFERENCE.fullmatch(line) or re.search(f"[{LEFT_TO_RIGHT}]", line)):
        return line
    found = ""
    for index, part in enumerate(_FORWARDS.split(line[::-1])):
        found += _forwards(part, found) if index % 2 else part.translate(glyphs.MIRRORED)
    return found


def _forwards(run: str, before: str) -> str:
    """A run of Latin or a number the other way round; `before` is what stands before it in the line."""
    letters = _LETTER.findall(before)
    if letters and _ARABIC_LETTER.match(letters[-1]) and not _LETTER.search(run):
        return _AFTER_ARABIC.sub(lambda number: number[0][::-1], run)
    return run[::-1]


def lines(pdf: bytes) -> list[list[int]]:
    """For each page, in the order in which its texts are drawn, the number of the line to which each belongs.

    A text is what stands in one face at one height: a line of Arabic with a raised vowel is three.
    """
    return [[number for number, line in enumerate(page) for text in line if text] for page in _pages(pdf)]


def _pages(pdf: bytes) -> Iterator[Iterator[_Line]]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        known: dict[tuple[int, int], _Texts] = {}
        for page in document.pages:
            yield _lines(page, known)


def _lines(holder: Any, known: dict[tuple[int, int], _Texts]) -> Iterator[_Line]:
    """The lines that a page, or a drawing on it, holds."""
    resources = holder.get("/Resources", {})
    line: list[list[str]] = []
    texts: _Texts = (2, {})
    for one in instructions.read(holder, _OF_TEXTS):
        match str(one.operator):
            case "BT":
                line = []
            case "Tf":
                texts = _texts(resources.Font[str(one.operands[0])], known)
            case "TJ" | "Tj":
                line.append([*_shown(one.operands[0], texts)])
            case "ET":
                yield line
            case "Do" if (drawing := resources.XObject[str(one.operands[0])]).get("/Subtype") == "/Form":
                yield from _lines(drawing, known)


def _shown(operand: Any, texts: _Texts) -> Iterator[str]:
    """The text of each glyph of a string, or of the strings of an array."""
    length, known = texts
    for part in operand if isinstance(operand, pikepdf.Array) else [operand]:
        if isinstance(part, pikepdf.String):
            codes = bytes(part)
            for at in range(0, len(codes) - length + 1, length):
                yield known.get(int.from_bytes(codes[at : at + length]), "")


def _texts(font: Any, known: dict[tuple[int, int], _Texts]) -> _Texts:
    """What the glyphs of a font stand for. A font whose codes are no numbers of glyphs draws pictures: it has none."""
    if "/ToUnicode" not in font or font.Subtype != "/Type0":
        return 1, {}
    if font.objgen not in known:
        known[font.objgen] = 2, {glyph: glyphs.typed(text) for glyph, text in glyphs.texts(font).items()}
    return known[font.objgen]
