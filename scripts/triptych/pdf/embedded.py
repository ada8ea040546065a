"""The faces in a PDF become the list of those whose letters are not drawn as in the files of our faces."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

import pikepdf

from triptych.design.faces import BEHIND, Face
from triptych.pdf import glyphs

_Shape = tuple[Any, Any]
"""The points of a glyph, and where its contours end."""


def altered(document: pikepdf.Pdf) -> Iterator[str]:
    """The name of each face of a PDF of which a glyph is damaged, lost or of another face."""
    for font, face in glyphs.ours(document):
        if not _is_whole(font.DescendantFonts[0], face):
            yield glyphs.name(font)


def _is_whole(below: Any, face: Face) -> bool:
    from fontTools.ttLib import TTLibError

    try:
        outlines = _opened(io.BytesIO(below.FontDescriptor.FontFile2.read_bytes()))
        kept = _file(face.path)
        alike = cache(partial(_is_alike, outlines, kept))
        numbers = (number for number, _ in glyphs.widths(below.W))
        return all(_is_same(outlines, kept, number, face, alike) for number in numbers)
    except (TTLibError, pikepdf.PdfError, AttributeError, LookupError, ValueError, AssertionError):
        return False


def _is_same(outlines: "_Outlines", kept: "_Outlines", number: int, face: Face, alike: Callable[[int], bool]) -> bool:
    """Whether a glyph looks as in the file of its face, or is a part of one that was moved to its place."""
    data = outlines.data(number)
    if data == kept.data(number) or (not data and face in BEHIND) or alike(number):
        return True
    part = outlines.moved(number) if face in BEHIND else None
    return part is not None and alike(part)


def _is_alike(outlines: "_Outlines", kept: "_Outlines", number: int) -> bool:
    """Whether the outline of a glyph is that in the file of its face, which may not have it."""
    shape = kept.shape(number)
    return shape is not None and shape == outlines.shape(number)


@dataclass(frozen=True, slots=True)
class _Outlines:
    """The outlines of a font file."""

    font: Any
    places: Any
    """Where the data of each glyph starts in those of all."""
    all: bytes

    def data(self, number: int) -> bytes | None:
        """The data of a glyph, without what fills them up to an even number of bytes; None if there is no such."""
        if number + 1 >= len(self.places):
            return None
        return self.all[self.places[number] : self.places[number + 1]].rstrip(b"\0")

    def shape(self, number: int) -> _Shape | None:
        """The outline of a glyph, with that of its parts; None if the file has no such glyph."""
        if number + 1 >= len(self.places):
            return None
        table = self.font["glyf"]
        points, ends, _ = table[str(number)].getCoordinates(table)
        return [*points], [*ends]

    def moved(self, number: int) -> int | None:
        """The number of the one glyph of which a glyph consists; None for one of its own."""
        glyph = self.font["glyf"][str(number)]
        if not glyph.isComposite() or len(glyph.components) != 1:
            return None
        return int(glyph.components[0].glyphName)


def _opened(file: Any) -> _Outlines:
    from fontTools.ttLib import TTFont

    font = TTFont(file, lazy=True)
    places = font["loca"].locations
    font.setGlyphOrder([*map(str, range(len(places) - 1))])  # to read the names takes longer than all else
    return _Outlines(font, places, font.reader["glyf"])


@lru_cache(maxsize=64)
def _file(path: Path) -> _Outlines:
    """The outlines of the file of a face, which were checked when the program started."""
    return _opened(io.BytesIO(path.read_bytes()))
