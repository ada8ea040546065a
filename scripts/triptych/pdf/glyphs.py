"""Joined letters of a PDF read as what they stand for.

The typesetter gives each glyph the text of the cluster in which it saw it first; of a cluster of several glyphs only
one gets any. The font itself says from which letters each form of a letter was made.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import pikepdf

from triptych.content.letters import RIGHT_TO_LEFT
from triptych.design.faces import BEHIND, FACES, Face

_ENTRY = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
_SINGLE, _MULTIPLE, _LIGATURE, _EXTENSION = 1, 2, 4, 7
"""Kinds of substitution (OpenType, GSUB)."""
_NOTHING = "\u200b"
"""For a glyph without a text of its own, of which a reader would else take the number for a character."""
_COMMON = {*map(chr, range(0x0620, 0x0653))}
"""The letters and vowels of the Arabic language: a form that serves letters of other languages too is theirs."""
_FORMS = re.compile("[\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc]")
_WEIGHTS = {400: "", 500: "-Medium", 600: "-Semi-Bold", 700: "-Bold"}
_PAIRS = "()[]{}<>\u00ab\u00bb\u2039\u203a"
MIRRORED = str.maketrans(_PAIRS, "".join(second + first for first, second in zip(*[iter(_PAIRS)] * 2, strict=True)))
"""Signs that look the other way in a line from right to left."""
_JOINED = "Arabic"
"""The families whose letters join begin with this."""


def reread(document: pikepdf.Pdf) -> bool:
    """Give each glyph of another script a text, for all who copy, search or listen; where letters join, by the font.

    Says whether there is any. Where some are written from right to left, each bracket gets the text of what it looks
    like: readers of a PDF turn it round then.
    """
    found = [(font, face) for font, face in ours(document) if "/ToUnicode" in font]
    if all(face not in BEHIND for _, face in found):
        return False
    mirrored = any(True for _ in turned(document))
    for font, face in found:
        known = _texts(face.path) if face.family.startswith(_JOINED) else _brackets(face.path) if mirrored else {}
        if known or face in BEHIND:
            font.ToUnicode.write(_ENTRY.sub(partial(_corrected, known=known), font.ToUnicode.read_bytes()))
    return True


@cache
def _brackets(path: Path) -> Mapping[int, str]:
    """The signs of a face that look the other way in a line from right to left, by the number of the glyph."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        known = font.getBestCmap()
        return {font.getGlyphID(known[sign]): chr(sign) for sign in MIRRORED if sign in known}


def turned(document: pikepdf.Pdf) -> Iterator[Any]:
    """The fonts of a PDF whose letters are written from right to left."""
    names = {_named(face) for face, script in BEHIND.items() if re.match(f"[{RIGHT_TO_LEFT}]", script.letters)}
    return (font for font in _fonts(document) if name(font) in names and "/ToUnicode" in font)


def ours(document: pikepdf.Pdf) -> Iterator[tuple[Any, Face]]:
    """The fonts of a PDF that are faces of ours, each with its face."""
    named = {_named(face): face for face in FACES}
    whole = (font for font in _fonts(document) if "/DescendantFonts" in font)
    return ((font, named[name(font)]) for font in whole if name(font) in named)


def name(font: Any) -> str:
    """The name of a font of a PDF, without that of its choice of glyphs."""
    return re.sub(r"^/([A-Z]{6}\+)?", "", str(font.BaseFont))


def _named(face: Face) -> str:
    """The name that the typesetter gives a face in a PDF."""
    return face.family.replace(" ", "-") + _WEIGHTS[face.weight] + ("-Italic" if face.italic else "")


def _fonts(document: pikepdf.Pdf) -> Iterator[Any]:
    return (item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font")


def widths(table: Any) -> Iterator[tuple[int, float]]:
    """The width of each glyph, from the table of a font: the number of the first of several, and their widths."""
    for at in range(0, len(table), 2):
        yield from ((int(table[at]) + index, float(width)) for index, width in enumerate(table[at + 1]))


def texts(font: Any) -> dict[int, str]:
    """What the glyphs of a font of a PDF stand for, by their numbers."""
    return {int(entry[1], 16): _read(entry[2]) for entry in _ENTRY.finditer(font.ToUnicode.read_bytes())}


def written(text: str) -> bytes:
    """A text as a font of a PDF has it."""
    return text.encode("utf-16-be").hex().encode()


def _read(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be", "replace")


def _corrected(entry: re.Match[bytes], known: Mapping[int, str]) -> bytes:
    return b"<%s> <%s>" % (entry[1], written(known.get(int(entry[1], 16)) or _read(entry[2]) or _NOTHING))


@cache
def _texts(path: Path) -> Mapping[int, str]:
    """The letters that each glyph of a face stands for, by the number of the glyph."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        letters = {glyph: typed(chr(letter)) for letter, glyph in sorted(font.getBestCmap().items(), reverse=True)}
        steps = [step for lookup in font["GSUB"].table.LookupList.Lookup for step in _steps(lookup)]
        common = _made({glyph: letter for glyph, letter in letters.items() if letter[0] in _COMMON}, steps)
        found = _made(common | letters, steps)
        return {font.getGlyphID(glyph): text for glyph, text in found.items()}


def typed(text: str) -> str:
    """A text as it is typed: Unicode has characters for the forms of Arabic letters, and for some joined ones, too."""
    return _FORMS.sub(lambda form: unicodedata.normalize("NFKC", form[0]).strip(), text)


def _made(texts: Mapping[str, str], steps: Sequence[tuple[list[str], list[str]]]) -> dict[str, str]:
    """The texts of these glyphs, and of all that the steps make of them."""
    found, known = dict(texts), -1
    while len(found) > known:
        known = len(found)
        for made_of, into in steps:
            if all(glyph in found for glyph in made_of):
                found.setdefault(into[0], "".join(found[glyph] for glyph in made_of))
    return found


def _steps(lookup: Any) -> Iterator[tuple[list[str], list[str]]]:
    """What a lookup makes of glyphs: those before, and those after."""
    for table in lookup.SubTable:
        part = table.ExtSubTable if table.LookupType == _EXTENSION else table
        if part.LookupType == _SINGLE:
            yield from (([before], [after]) for before, after in part.mapping.items())
        elif part.LookupType == _MULTIPLE:
            yield from (([before], after) for before, after in part.mapping.items() if after)
        elif part.LookupType == _LIGATURE:
            for first, ligatures in part.ligatures.items():
                yield from (([first, *one.Component], [one.LigGlyph]) for one in ligatures)
