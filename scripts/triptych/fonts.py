"""Pinned variable fonts become the few static faces that we print with, once, at set-up.

Cutting a face each time a document is typeset would cost 0.3 s a document. The faces carry names of our own,
because the fonts' licence (OFL) reserves theirs for unmodified copies. Fontconfig is shown these faces and no others.
"""

import hashlib
import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(sys.prefix) / "share" / "triptych" / "fonts"
CONFIG = FOLDER / "fonts.conf"

_CONFIG_TEXT = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir><config><rescan><int>0</int></rescan></config></fontconfig>
"""
_FAMILY, _STYLE, _UNIQUE, _FULL, _POSTSCRIPT = 1, 2, 3, 4, 6
_LEGAL = (0, 5, 7, 13, 14)
"""Name records kept: copyright, version, trademark, licence and its address."""


@dataclass(frozen=True, slots=True)
class Face:
    """One static face: a CSS family, weight and slant, and where on the variable font's axes it is cut."""

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
    def path(self) -> Path:
        return FOLDER / f"{self.postscript_name}.ttf"

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
"""Every face that a document may embed."""


LABELS = Face("Label Sans", 600, False)
"""The face of words on a timeline's scales."""
HEADLINES = Face("Serif Subhead", 600, False, 18)
"""The face of a card's headline."""
TEXT = Face("Label Sans", 400, False)
"""The face of a card's text."""


@contextmanager
def shown() -> Iterator[None]:
    """While the typesetter is loaded: Fontconfig, which reads its configuration once, is shown our faces and no others.

    No program is found meanwhile: ctypes would ask a C compiler for the libraries, 0.1 s, where one is installed.
    Raises ImportError before set-up.
    """
    if not CONFIG.is_file():
        raise ImportError("the fonts are not cut yet: run scripts/setup")
    os.environ["FONTCONFIG_FILE"] = str(CONFIG)
    programs = os.environ.get("PATH", "")
    os.environ["PATH"] = ""
    try:
        yield
    finally:
        os.environ["PATH"] = programs


def width(text: str, face: Face, size: float) -> float:
    """Width in mm of a text in a face, by its type size in pt: HarfBuzz shapes it, as the typesetter will."""
    import uharfbuzz

    font = _shaper(face)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    advance = sum(glyph.x_advance for glyph in buffer.glyph_positions)
    return float(advance / font.face.upem * size * 25.4 / 72)


@cache
def _shaper(face: Face) -> Any:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path))))


def cut() -> None:
    """Write each face and the font configuration that shows nothing but them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        face.path.write_bytes(_named(face, _instance(face)))
    CONFIG.write_text(_CONFIG_TEXT.format(folder=FOLDER), encoding="utf-8")


def digest() -> str:
    """One hash of all faces as they were cut."""
    return hashlib.sha256(b"".join(face.path.read_bytes() for face in FACES)).hexdigest()


def _variable_font(face: Face) -> Path:
    import fontpkg_source_sans_3 as sans
    import fontpkg_source_serif_4 as serif

    package = sans if face.family == "Label Sans" else serif
    (path,) = (path for path in (package.ROOT / "files").glob("*.ttf") if ("Italic" in path.name) == face.italic)
    return Path(path)


def _instance(face: Face) -> bytes:
    import uharfbuzz

    font = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(_variable_font(face))))
    subset = uharfbuzz.SubsetInput()
    subset.keep_everything()
    for axis, value in face.axes.items():
        subset.pin_axis_location(font, axis, value)
    return bytes(uharfbuzz.subset(font, subset).blob.data)


def _named(face: Face, data: bytes) -> bytes:
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    for table in ("STAT", "DSIG"):
        if table in font:
            del font[table]
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in _LEGAL]
    for number, text in {
        _FAMILY: face.family,
        _STYLE: "Italic" if face.italic else "Regular",
        _UNIQUE: face.postscript_name,
        _FULL: f"{face.family} {face.style}",
        _POSTSCRIPT: face.postscript_name,
    }.items():
        names.setName(text, number, 3, 1, 0x409)
    target = io.BytesIO()
    font.save(target, reorderTables=False)
    return target.getvalue()


if __name__ == "__main__":
    cut()
