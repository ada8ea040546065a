"""The static faces that documents use, and the width of a text in a face.

The faces have new names, because the fonts' licence (OFL) reserves the old ones for unmodified copies.
"""

import hashlib
import importlib.metadata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from triptych.content.units import MM_PER_POINT
from triptych.design import where


@dataclass(frozen=True, slots=True)
class Face:
    """One static face: its CSS family, weight and slant, and its optical size in pt, an axis of the variable font."""

    family: str
    weight: int
    italic: bool
    optical_size: int | None = None

    @property
    def style(self) -> str:
        return f"{self.weight}{'italic' if self.italic else ''}"

    @property
    def postscript_name(self) -> str:
        return f"{self.family.replace(' ', '')}-{self.style}"

    @property
    def file(self) -> str:
        return f"{self.postscript_name}.ttf"

    @property
    def path(self) -> Path:
        return FOLDER / self.file

    @property
    def axes(self) -> Mapping[str, int]:
        optical = {} if self.optical_size is None else {"opsz": self.optical_size}
        return {"wght": self.weight, **optical}


FACES = (
    *(Face("Serif Text", weight, italic, 11) for weight in (400, 600) for italic in (False, True)),
    *(Face("Serif Subhead", weight, italic, 18) for weight, italic in ((400, False), (400, True), (600, False))),
    *(Face("Serif Display", weight, italic, 48) for weight, italic in ((400, False), (400, True), (600, False))),
    *(Face("Label Sans", weight, False) for weight in (400, 500, 600, 700)),
    *(Face("Label Sans", weight, True) for weight in (400, 600)),
)
"""All faces that a document can embed."""


def _key() -> str:
    """A hash that changes with the packages or the code that cut the faces."""
    packages = ("fontpkg-source-sans-3", "fontpkg-source-serif-4", "fonttools", "uharfbuzz")
    versions = [importlib.metadata.version(name) for name in packages]
    recipe = [Path(__file__).read_bytes(), (where.PACKAGE / "typeset" / "fonts.py").read_bytes()]
    return hashlib.sha256(repr((versions, recipe)).encode()).hexdigest()[:12]


FOLDER = where.faces(_key())
LABELS = Face("Label Sans", 600, False)
"""The face of the labels on a timeline's scales."""
TITLE = Face("Serif Display", 600, False, 48)
"""The face of a poster's title."""
HEADLINES = Face("Serif Subhead", 600, False, 18)
"""The face of a card's headline."""
TEXT = Face("Label Sans", 400, False)
"""The face of a card's text."""


def width(text: str, face: Face, size: float) -> float:
    """Width of a text in a face, in mm; `size` in pt. HarfBuzz shapes it, as WeasyPrint does."""
    import uharfbuzz

    font = _shaper(face)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    advance = sum(glyph.x_advance for glyph in buffer.glyph_positions)
    return float(advance / font.face.upem * size * MM_PER_POINT)


@cache
def _shaper(face: Face) -> Any:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path))))
