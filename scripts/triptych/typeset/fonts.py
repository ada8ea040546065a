"""Pinned variable fonts become the few static faces that we print with, once, at set-up.

Cutting a face each time a document is typeset would cost 0.3 s a document. The faces carry names of our own,
because the fonts' licence (OFL) reserves theirs for unmodified copies. Fontconfig is shown these faces and no others.
"""

import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from triptych.design import faces
from triptych.design.faces import FACES, Face

CONFIG = faces.FOLDER / "fonts.conf"
_CONFIG_TEXT = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir><config><rescan><int>0</int></rescan></config></fontconfig>
"""
_FAMILY, _STYLE, _UNIQUE, _FULL, _POSTSCRIPT = 1, 2, 3, 4, 6
_LEGAL = (0, 5, 7, 13, 14)
"""Name records kept: copyright, version, trademark, licence and its address."""


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


def cut() -> None:
    """Write each face and the font configuration that shows nothing but them."""
    faces.FOLDER.mkdir(parents=True, exist_ok=True)
    for face in FACES:
        face.path.write_bytes(_named(face, _instance(face)))
    CONFIG.write_text(_CONFIG_TEXT.format(folder=faces.FOLDER), encoding="utf-8")


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
