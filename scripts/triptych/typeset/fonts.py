"""Pinned variable fonts become the few static faces that we print with, once, and are what they were when we do.

Cutting a face each time a document is typeset would cost 0.3 s a document. The faces carry names of our own,
because the fonts' licence (OFL) reserves theirs for unmodified copies. Fontconfig is shown these faces and no others.
"""

import errno
import hashlib
import io
import json
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from triptych.content.errors import StyleError
from triptych.design import faces
from triptych.design.faces import FACES, Face

CONFIG, DIGESTS, CACHE = "fonts.conf", "digests.json", "cache"
"""Beside the faces: what Fontconfig reads, the digest of each file as it was cut, and what Fontconfig keeps there."""
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
    They are cut where they have never been. Raises StyleError where one is missing or damaged.
    """
    if not faces.FOLDER.exists():
        cut()
    check()
    os.environ["FONTCONFIG_FILE"] = str(faces.FOLDER / CONFIG)
    programs = os.environ.get("PATH", "")
    os.environ["PATH"] = ""
    try:
        yield
    finally:
        os.environ["PATH"] = programs


def cut() -> None:
    """Write each face, and the font configuration that shows nothing but them: the whole folder, or none."""
    files = {face.file: _named(face, _instance(face)) for face in FACES}
    files[CONFIG] = _CONFIG_TEXT.format(folder=escape(str(faces.FOLDER))).encode()
    files[DIGESTS] = json.dumps({name: _digest(data) for name, data in files.items()}, indent=2).encode()
    faces.FOLDER.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=faces.FOLDER.parent, prefix=".cutting-") as name:
        whole = Path(name) / "fonts"
        whole.mkdir()
        for file, data in files.items():
            (whole / file).write_bytes(data)
        with suppress(FileExistsError):  # another program was first, with the same faces
            _place(whole)


def _place(whole: Path) -> None:
    """Put a folder where the faces are. Raises FileExistsError where they are there already."""
    try:
        whole.rename(faces.FOLDER)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
            raise FileExistsError from None
        raise


def check() -> None:
    """Raise StyleError unless every face is there as it was cut, and no other."""
    files = [entry for entry in os.scandir(faces.FOLDER) if entry.name != CACHE and entry.name[0] != "."]
    _check(faces.FOLDER, tuple(sorted((one.name, one.stat().st_size, one.stat().st_mtime_ns) for one in files)))


@cache
def _check(folder: Path, stamps: tuple[tuple[str, int, int], ...]) -> None:
    """Look at the files, once for each state that they are in."""
    names = {face.file: f"the face {face.family} {face.style}" for face in FACES} | {CONFIG: "the font configuration"}
    try:
        known = json.loads((folder / DIGESTS).read_bytes())
        wrong = [*_wrong(folder, names, known), *_strangers({name for name, _, _ in stamps} - {*names, DIGESTS})]
    except (OSError, ValueError, TypeError, AttributeError):
        wrong = [f"the list of the faces, {DIGESTS}, is missing or damaged"]
    if wrong:
        raise StyleError(
            f"{'; '.join(wrong)}\n    Delete the folder {folder} and run the command again: it cuts the faces anew."
        )


def _wrong(folder: Path, names: Mapping[str, str], known: Mapping[str, str]) -> Iterator[str]:
    for file, name in names.items():
        if not (folder / file).is_file():
            yield f"{name} is missing: {file}"
        elif known.get(file) != _digest((folder / file).read_bytes()):
            yield f"{name} is damaged: {file}"


def _strangers(names: set[str]) -> Iterator[str]:
    return (f"{name} is not one of our faces" for name in sorted(names))


def digest() -> str:
    """One hash of all faces as they were cut. Raises StyleError where one is missing or damaged."""
    check()
    return _digest(b"".join(face.path.read_bytes() for face in FACES))


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


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
    if not faces.FOLDER.exists():
        cut()
    print(faces.FOLDER)
