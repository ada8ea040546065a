"""Pinned fonts become the static faces that we print with. They are cut once and checked at each start.

Cutting them for each document would take 0.3 s. They have new names, because the fonts' licences reserve the old ones
for unmodified copies. Fontconfig finds these faces and no others.
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
from typing import Any
from xml.sax.saxutils import escape

from triptych.content.errors import StyleError, TriptychError
from triptych.design import faces, scripts
from triptych.design.faces import BEHIND, EMOJI, FACES, SIGNS, TEXT, TEXT_FACES, Face

CONFIG, DIGESTS, CACHE = "fonts.conf", "digests.json", "cache"
"""Files beside the faces: Fontconfig's configuration, the digest of each face, and Fontconfig's cache folder."""
_CONFIG_TEXT = """\
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><dir>{folder}</dir><cachedir>{folder}/cache</cachedir><config><rescan><int>0</int></rescan></config>
{aliases}
{languages}
<alias binding="same"><family>emoji</family><prefer><family>{emoji}</family></prefer></alias>
</fontconfig>
"""
_ALIAS = '<alias binding="same"><family>{family}</family><accept>{others}</accept></alias>'
"""The faces that are asked, in this order, for a character that a family does not have."""
_LANGUAGE = """\
<match><test name="lang" compare="contains"><string>{language}</string></test>\
<test name="family"><string>{family}</string></test>\
<edit name="family" mode="append" binding="same"><string>{other}</string></edit></match>"""
"""The family that is asked before those, for a text in a language."""
_PICTURE = 0xFE0F
"""The selector after a character that is to be a picture (Unicode, variation selector 16)."""
_ASCENT, _DESCENT = 0.75, 0.25
"""Height of a face of signs over and below its base line, in em: lower than the text faces, so that no line grows."""
_TATWEEL, _MARK = 0x0640, 3
"""The character that lengthens a join of Arabic, and the class of glyphs that stand over or below another."""
_FAMILY, _STYLE, _UNIQUE, _FULL, _POSTSCRIPT = 1, 2, 3, 4, 6
_LEGAL = (0, 5, 7, 13, 14)
"""Name records that we keep: copyright, version, trademark, licence and its address."""


@contextmanager
def shown() -> Iterator[None]:
    """Set the environment in which WeasyPrint is imported: Fontconfig, which reads it once, finds only our faces.

    In the language of the user it and Pango would take other forms of ideographs than on the next machine. Cuts the
    faces if there are none. `PATH` is empty meanwhile: otherwise ctypes runs a C compiler to find libraries, which
    takes 0.1 s. Raises StyleError if a face is missing or damaged.
    """
    ready()
    os.environ["FONTCONFIG_FILE"] = str(faces.FOLDER / CONFIG)
    os.environ["PANGO_LANGUAGE"] = os.environ["FC_LANG"] = "en"
    programs = os.environ.get("PATH", "")
    os.environ["PATH"] = ""
    try:
        yield
    finally:
        os.environ["PATH"] = programs


def ready() -> None:
    """Cut the faces if there are none, and again if one is missing or damaged. Raises StyleError and TriptychError."""
    if not faces.FOLDER.exists():
        cut()
        return
    try:
        check()
    except StyleError:
        with suppress(OSError), _all_cut() as whole:  # where they cannot be written, the check says what to do
            for path in whole.iterdir():
                path.replace(faces.FOLDER / path.name)
        check()


def cut() -> None:
    """Write the folder with all faces and the Fontconfig configuration, whole or not at all. Raises TriptychError."""
    try:
        with _all_cut() as whole, suppress(FileExistsError):  # another process was faster, with the same faces
            _place(whole)
    except OSError as error:
        raise TriptychError(
            f"the faces cannot be written to {faces.FOLDER.parent}: {error.strerror or error}\n"
            "    Let this folder be written, or name another with the variable XDG_CACHE_HOME."
        ) from None


@contextmanager
def _all_cut() -> Iterator[Path]:
    """A folder with all faces and the Fontconfig configuration, beside the one of the faces. Raises OSError."""
    files = {face.file: _named(face, _instance(face)) for face in FACES}
    files[CONFIG] = _config(faces.FOLDER).encode()
    files[DIGESTS] = json.dumps({name: _digest(data) for name, data in files.items()}, indent=2).encode()
    faces.FOLDER.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=faces.FOLDER.parent, prefix=".cutting-") as name:
        whole = Path(name) / "fonts"
        whole.mkdir()
        for file, data in files.items():
            (whole / file).write_bytes(data)
        yield whole


def _config(folder: Path) -> str:
    """Fontconfig's configuration: the folder of our faces, and the faces of signs behind each of the others."""
    families = {face.family: faces.kind(face) for face in TEXT_FACES}
    signs = [face.family for face in SIGNS]
    aliases, languages = [], []
    for family, kind in families.items():
        behind = [one for one in scripts.FAMILIES if one.kind == kind]
        others = (*(one.family for one in behind), TEXT.family, *signs)
        aliases.append(_ALIAS.format(family=family, others="".join(f"<family>{one}</family>" for one in others)))
        own = (one for one in behind if one.language)
        languages += [_LANGUAGE.format(language=one.language, family=family, other=one.family) for one in own]
    return _CONFIG_TEXT.format(
        folder=escape(str(folder)),
        aliases="\n".join(aliases),
        languages="\n".join(languages),
        emoji=EMOJI.family,
    )


def _place(whole: Path) -> None:
    """Move a folder to the place of the faces. Raises FileExistsError if they exist."""
    try:
        whole.rename(faces.FOLDER)
    except OSError as error:
        if error.errno in (errno.ENOTEMPTY, errno.EEXIST):
            raise FileExistsError from None
        raise


def check() -> None:
    """Check that the folder has every face, unchanged, and no other. Raises StyleError."""
    files = [entry for entry in os.scandir(faces.FOLDER) if entry.name != CACHE and entry.name[0] != "."]
    _check(faces.FOLDER, tuple(sorted((one.name, one.stat().st_size, one.stat().st_mtime_ns) for one in files)))


@cache
def _check(folder: Path, stamps: tuple[tuple[str, int, int], ...]) -> None:
    """Check the files. Cached by their names, sizes and times."""
    names = {face.file: f"the face {face.family} {face.style}" for face in FACES} | {CONFIG: "the font configuration"}
    try:
        known = json.loads((folder / DIGESTS).read_bytes())
        wrong = [*_wrong(folder, names, known), *_strangers({name for name, _, _ in stamps} - {*names, DIGESTS})]
    except (OSError, ValueError, TypeError, AttributeError):
        wrong = [f"the list of the faces, {DIGESTS}, is missing or damaged"]
    if wrong:
        raise StyleError(
            f"{'; '.join(wrong)}\n    Delete the folder {folder} and run the command again: it cuts the faces again."
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
    """One hash of all faces. Raises StyleError if one is missing or damaged."""
    check()
    known = json.loads((faces.FOLDER / DIGESTS).read_bytes())
    return _digest("".join(known[face.file] for face in FACES).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _instance(face: Face) -> bytes:
    import uharfbuzz

    font = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(faces.font(face))))
    subset = uharfbuzz.SubsetInput()
    subset.keep_everything()
    if face in SIGNS or face in BEHIND:
        subset.glyph_set.clear()
        subset.unicode_set.clear()
        subset.unicode_set.update(faces.signs(face) if face in SIGNS else faces.letters(face))
        subset.flags |= uharfbuzz.SubsetFlags.NO_HINTING
    for axis in font.axis_infos:
        subset.pin_axis_location(font, axis.tag, face.axes.get(axis.tag, axis.default_value))
    return bytes(uharfbuzz.subset(font, subset).blob.data)


def _named(face: Face, data: bytes) -> bytes:
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(data), lazy=True, recalcTimestamp=False, recalcBBoxes=False)
    for table in ("STAT", "DSIG", "FFTM", "MATH"):
        if table in font:
            del font[table]
    if face in SIGNS:
        _lower(font)
    if face in BEHIND:
        _unstretch(font)
        _match(font, face)
        font["OS/2"].usWeightClass = face.weight
    if face is EMOJI:
        _choose(font)
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


def _lower(font: Any, ascent: float = _ASCENT, descent: float = _DESCENT) -> None:
    """Give a face a height, in em, that makes no line higher, whatever stands in it."""
    em = font["head"].unitsPerEm
    head, windows = font["hhea"], font["OS/2"]
    head.ascent = windows.sTypoAscender = windows.usWinAscent = round(ascent * em)
    head.descent = windows.sTypoDescender = -round(descent * em)
    windows.usWinDescent = round(descent * em)
    head.lineGap = windows.sTypoLineGap = 0


def _unstretch(font: Any) -> None:
    """Let no letter of Arabic draw its join longer: who copies the word would get a tatweel that nobody typed.

    Amiri does so before a swash kaf. Behind a vowel below its line it stays: there it makes room.
    """
    drawn = font.getBestCmap().get(_TATWEEL)
    if not drawn or "GSUB" not in font:
        return
    marks = {glyph for glyph, kind in font["GDEF"].table.GlyphClassDef.classDefs.items() if kind == _MARK}
    parts = [part for lookup in font["GSUB"].table.LookupList.Lookup for part in _parts(lookup)]
    joins = {drawn, *(part.mapping[drawn] for part in parts if part.LookupType == 1 and drawn in part.mapping)}
    for part in parts:
        if part.LookupType == 2:
            longer = (one for one, made in part.mapping.items() if made[0] == one and one not in marks)
            part.mapping |= {one: [one] for one in longer if joins.issuperset(part.mapping[one][1:])}


def _parts(lookup: Any) -> Iterator[Any]:
    """The tables of a lookup of an OpenType face."""
    return (getattr(table, "ExtSubTable", table) for table in lookup.SubTable)


def _match(font: Any, face: Face) -> None:
    """Set a face in the size, and with the height, that goes with the text face before it.

    WeasyPrint has no `size-adjust`: fewer units in an em make the letters larger at the same size of type.
    """
    from fontTools.ttLib import TTFont

    script = BEHIND[face]
    before = next(one for one in TEXT_FACES if faces.kind(one) == script.kind)
    with TTFont(faces.font(before), lazy=True) as latin:
        em, height = latin["head"].unitsPerEm, latin["hhea"]
        ascent, descent, below = height.ascent / em, -height.descent / em, _below(latin) / em
    font["head"].unitsPerEm = round(font["head"].unitsPerEm / script.larger)
    _lower(font, ascent, descent)
    _align(font, round(below * font["head"].unitsPerEm))


def _below(font: Any) -> int:
    """Where a face says that the lower edge of an ideograph stands, over its base line."""
    axis = font["BASE"].table.HorizAxis
    values = axis.BaseScriptList.BaseScriptRecord[0].BaseScript.BaseValues
    return int(values.BaseCoord[axis.BaseTagList.BaselineTag.index("ideo")].Coordinate)


def _align(font: Any, below: int) -> None:
    """Say where the lower edge of an ideograph stands. Pango lowers the Latin that follows one, by the difference."""
    from fontTools.feaLib.builder import addOpenTypeFeaturesFromString

    table = f"table BASE {{HorizAxis.BaseTagList ideo romn; HorizAxis.BaseScriptList DFLT romn {below} 0;}} BASE;"
    addOpenTypeFeaturesFromString(font, table, tables={"BASE"})


def _choose(font: Any) -> None:
    """Make a character and the selector of its picture one glyph: two would leave the words of a PDF without it."""
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    chosen = CmapSubtable.newSubtable(14)
    chosen.platformID, chosen.platEncID, chosen.language, chosen.cmap = 0, 5, 0, {}
    chosen.uvsDict = {_PICTURE: [(character, None) for character in sorted(font.getBestCmap())]}
    font["cmap"].tables.append(chosen)


if __name__ == "__main__":
    if not faces.FOLDER.exists():
        cut()
    print(faces.FOLDER)
