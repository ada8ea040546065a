"""The text of a PDF in the order in which its letters are drawn, for lines that are written from right to left.

PDFium orders such a line by its own guess: a vowel set a little higher is a line of its own to it, and parts a word in
two. The typesetter draws each line from its left edge to its right: read backwards, it is as it was written.
"""

import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import pikepdf

from triptych.pdf.glyphs import ENTRY

_Texts = Mapping[int, str]
"""The text of each glyph of a font."""
_Line = Sequence[Sequence[str]]
"""The texts of a line, each as those of its glyphs."""


def backwards(pdf: bytes) -> list[str]:
    """The text of each page, each line from its last glyph to its first.

    Numbers and Latin words are the wrong way round. It has what is drawn outside the edges of the page too.
    """
    return ["\n".join("".join(reversed([*chain(*line)])) for line in page) for page in _pages(pdf)]


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
    texts: _Texts = {}
    instructions: Any = pikepdf.parse_content_stream(holder)
    for operands, operator in instructions:
        match str(operator):
            case "BT":
                line = []
            case "Tf":
                texts = _texts(resources.Font[str(operands[0])], known)
            case "TJ" | "Tj":
                line.append([*_shown(operands[0], texts)])
            case "ET":
                yield line
            case "Do" if (drawing := resources.XObject[str(operands[0])]).get("/Subtype") == "/Form":
                yield from _lines(drawing, known)


def _shown(operand: Any, texts: _Texts) -> Iterator[str]:
    """The text of each glyph of a string, or of the strings of an array."""
    for part in operand if isinstance(operand, pikepdf.Array) else [operand]:
        if isinstance(part, pikepdf.String):
            codes = bytes(part)
            for at in range(0, len(codes) - 1, 2):
                yield texts.get(int.from_bytes(codes[at : at + 2]), "")


def _texts(font: Any, known: dict[tuple[int, int], _Texts]) -> _Texts:
    """What the glyphs of a font stand for. A font whose codes are no numbers of glyphs draws pictures: it has none."""
    if "/ToUnicode" not in font or font.Subtype != "/Type0":
        return {}
    if font.objgen not in known:
        entries = ENTRY.finditer(font.ToUnicode.read_bytes())
        known[font.objgen] = {int(entry[1], 16): _typed(bytes.fromhex(entry[2].decode())) for entry in entries}
    return known[font.objgen]


def _typed(text: bytes) -> str:
    """The letters of a glyph as they are typed: Unicode has characters for the forms of Arabic letters too."""
    return unicodedata.normalize("NFKC", text.decode("utf-16-be", "replace"))
