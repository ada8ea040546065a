"""Joined letters of a PDF read as what they stand for.

The typesetter gives each glyph the text of the cluster in which it saw it first; of a cluster of several glyphs only
one gets any. The font itself says from which letters each form of a letter was made.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

import pikepdf

from triptych.design.faces import BEHIND, Face

ENTRY = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
_SINGLE, _MULTIPLE, _LIGATURE, _EXTENSION = 1, 2, 4, 7
"""Kinds of substitution (OpenType, GSUB)."""
_NOTHING = "\u200b"
"""For a glyph without a text of its own, of which a reader would else take the number for a character."""
_COMMON = range(0x0620, 0x0653)
"""The letters and vowels of the Arabic language: a form that serves letters of other languages too is theirs."""
_WEIGHTS = {400: "", 500: "-Medium", 600: "-Semi-Bold", 700: "-Bold"}
_JOINED = "Arabic"
"""The families whose letters join begin with this."""


def reread(document: pikepdf.Pdf) -> None:
    """Give each glyph of another script a text, for all who copy, search or listen; where letters join, by the font."""
    named = {_named(face): face for face in BEHIND}
    for font in _fonts(document):
        face = named.get(re.sub(r"^/([A-Z]{6}\+)?", "", str(font.BaseFont)))
        if face and "/ToUnicode" in font:
            corrected = partial(_corrected, texts=_texts(face.path) if face.family.startswith(_JOINED) else {})
            font.ToUnicode.write(ENTRY.sub(corrected, font.ToUnicode.read_bytes()))


def _named(face: Face) -> str:
    """The name that the typesetter gives a face in a PDF."""
    return face.family.replace(" ", "-") + _WEIGHTS[face.weight]


def _fonts(document: pikepdf.Pdf) -> Iterator[Any]:
    return (item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font")


def _corrected(entry: re.Match[bytes], texts: Mapping[int, str]) -> bytes:
    text = texts.get(int(entry[1], 16)) or bytes.fromhex(entry[2].decode()).decode("utf-16-be") or _NOTHING
    return b"<%s> <%s>" % (entry[1], text.encode("utf-16-be").hex().encode())


@cache
def _texts(path: Path) -> Mapping[int, str]:
    """The letters that each glyph of a face stands for, by the number of the glyph."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        letters = {glyph: chr(letter) for letter, glyph in sorted(font.getBestCmap().items(), reverse=True)}
        steps = [step for lookup in font["GSUB"].table.LookupList.Lookup for step in _steps(lookup)]
        common = _made({glyph: letter for glyph, letter in letters.items() if ord(letter) in _COMMON}, steps)
        found = _made(common | letters, steps)
        return {font.getGlyphID(glyph): text for glyph, text in found.items()}


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
