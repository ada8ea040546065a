"""The static faces that documents use, the characters that they have, and the width of a text in a face.

The faces have new names, because the fonts' licences reserve the old ones for unmodified copies.
"""

import hashlib
import importlib.metadata
import importlib.util
import math
import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from triptych.content.units import MM_PER_POINT
from triptych.design import scripts, where
from triptych.design.scripts import Behind


@dataclass(frozen=True, slots=True)
class Face:
    """One static face: its CSS family, weight and slant, and its optical size in pt, an axis of the variable font."""

    family: str
    weight: int
    italic: bool
    optical_size: int | None = None
    wide: int | None = None
    """Width in per cent of the usual one, an axis of the variable font."""

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
        return {"wght": self.weight, **optical, **({} if self.wide is None else {"wdth": self.wide})}


def _set(serif: str, sans: str, wide: int | None = None) -> Iterator[Face]:
    """The faces of a set, named after its serif and its sans; `wide` is the width of the sans."""
    uprights, light = ((400, False), (400, True), (600, False), (600, True)), ((400, False), (400, True), (600, False))
    yield from (Face(f"{serif} Text", weight, italic, 11) for weight, italic in uprights)
    yield from (Face(f"{serif} Subhead", weight, italic, 18) for weight, italic in light)
    yield from (Face(f"{serif} Display", weight, italic, 48) for weight, italic in light)
    yield from (Face(f"{sans} Sans", weight, False, wide=wide) for weight in (400, 500, 600, 700))
    yield from (Face(f"{sans} Sans", weight, True, wide=wide) for weight in (400, 600))


HOUSE = "house"
"""The set of faces of an article whose theme names none."""
SETS: Mapping[str, tuple[str, str, int | None]] = {
    HOUSE: ("Serif", "Label", None),
    "almanac": ("Almanac", "Almanac", 92),
    "gazette": ("Gazette", "Gazette", 80),
}
"""The sets of faces by name: the names of serif and sans, and the width of the sans that is no wider than ours."""
TEXT_FACES = tuple(face for one in SETS.values() for face in _set(*one))
"""The faces that a style names."""
SIGNS = tuple(Face(f"Sign {name}", 400, False) for name in ("Sans", "Maths", "Symbols", "Emoji"))
"""The faces of the signs that the others do not have, in the order in which they are asked."""
EMOJI = SIGNS[-1]
"""The face of emoji: with letters, digits and joiners, which are parts of flags, keys and families."""
BEHIND = {Face(script.family, weight, False): script for script in scripts.FAMILIES for weight in script.files}
"""The faces of other scripts, behind the text faces of the same kind and weight. They have no italic."""
FACES = (*TEXT_FACES, *BEHIND, *SIGNS)
"""All faces that a document can embed."""
_FONTS = {
    "Label Sans": ("fontpkg_source_sans_3", "files/*.ttf"),
    "Almanac Sans": ("fontpkg_instrument_sans", "files/*.ttf"),
    "Gazette Sans": ("fontpkg_ibm_plex_sans", "files/*.ttf"),
    "Sign Sans": ("ziafont", "fonts/DejaVuSans.ttf"),
    "Sign Maths": ("ziamath", "fonts/STIXTwoMath-Regular.ttf"),
    "Sign Symbols": ("manimgx_fonts", "NotoSansSymbols*.ttf"),
    "Sign Emoji": ("manimgx_fonts", "NotoEmoji*.ttf"),
}
"""The package and the file of the font of each text face and face of signs; the serifs have their own."""
_SERIFS = {"Serif": "fontpkg_source_serif_4", "Almanac": "fontpkg_literata", "Gazette": "fontpkg_newsreader"}
_SPACES = frozenset((0x20, 0xA0))
"""Every face of letters has these, so that the words of a line are one run."""
_LETTERS_OF_MATHS = (range(0x2100, 0x2150), range(0x1D400, 0x1D800), range(0x20D0, 0x20F1))
_PICTURES = range(0x1F300, 0x1FB00)
"""Characters that the face of emoji draws, and no other face of signs."""


def font(face: Face) -> Path:
    """The font from which a face is cut, in its package."""
    if script := BEHIND.get(face):
        package, pattern = script.module, script.files[face.weight]
    else:
        package, pattern = _FONTS.get(face.family) or (_SERIFS[face.family.split()[0]], "files/*.ttf")
    found = importlib.util.find_spec(package)
    folders = found.submodule_search_locations if found else None
    (path,) = (
        path
        for folder in folders or ()
        for path in Path(folder).glob(pattern)
        if ("Italic" in path.name) == face.italic
    )
    return path


def signs(face: Face) -> frozenset[int]:
    """The characters that a face of signs is cut to, and the space, which is set in the face of the sign before it."""
    known = _characters(font(face))
    return known if face is EMOJI else frozenset(one for one in known if one == ord(" ") or _is_sign(one))


def letters(face: Face) -> frozenset[int]:
    """The characters that a face of another script is cut to: its Latin comes from the face before it."""
    known = _characters(font(face))
    found = re.findall(f"[{BEHIND[face].letters}]", "".join(map(chr, known)))
    return frozenset(map(ord, found)) | (_SPACES & known)


def kind(face: Face) -> str:
    """Whether a text face is a sans or a serif."""
    return scripts.SANS if face.family.endswith("Sans") else scripts.SERIF


def companions(face: Face) -> tuple[Face, ...]:
    """The faces behind a text face, in the order in which they are asked: of the same kind, and the nearest weight."""
    near = (
        min((one for one in BEHIND if BEHIND[one] is script), key=lambda one: abs(one.weight - face.weight))
        for script in scripts.FAMILIES
        if script.kind == kind(face)
    )
    return tuple(near)


def _is_sign(character: int) -> bool:
    """Whether a character is a sign, and no letter of a script that needs a face of its own."""
    named = unicodedata.category(chr(character))[0] in "SPN" or any(character in some for some in _LETTERS_OF_MATHS)
    return named and character not in _PICTURES


@cache
def characters() -> frozenset[int]:
    """Every character that a face has."""
    text = (_characters(font(face)) for face in TEXT_FACES)
    return frozenset().union(*text, *map(letters, BEHIND), *map(signs, SIGNS))


@cache
def _characters(path: Path) -> frozenset[int]:
    import uharfbuzz

    return frozenset(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))).unicodes)


_RECIPE = ("design/scripts.py", "design/faces.py", "typeset/fonts.py")
"""The code that cuts the faces."""


def _key() -> str:
    """A hash that changes with the packages or the code that cut the faces."""
    behind = sorted({script.package for script in scripts.FAMILIES})
    latin = ("ibm-plex-sans", "instrument-sans", "literata", "newsreader", "source-sans-3", "source-serif-4")
    ours = (*(f"fontpkg-{name}" for name in latin), "manimgx-fonts", "ziafont", "ziamath")
    versions = [importlib.metadata.version(name) for name in (*behind, *ours, "fonttools", "uharfbuzz")]
    recipe = [(where.PACKAGE / name).read_bytes() for name in _RECIPE]
    return hashlib.sha256(repr((versions, recipe)).encode()).hexdigest()[:12]


FOLDER = where.faces(_key())
LABELS = Face("Label Sans", 600, False)
"""The face of the labels on a timeline's scales."""
TITLE = Face("Serif Display", 600, False, 48)
"""The face of a poster's title."""
DECK = Face("Serif Subhead", 400, False, 18)
"""The face of a poster's deck."""
HEADLINES = Face("Serif Subhead", 600, False, 18)
"""The face of a card's headline."""
TEXT = Face("Label Sans", 400, False)
"""The face of a card's text."""
PROSE = Face("Serif Text", 400, False, 11)
"""The face of the prose of a briefing."""


_worn = [HOUSE]
"""The set of faces that the documents print in; a process makes those of one article at a time."""


def wear(name: str) -> None:
    """Measure from now on in a set of faces, by its name. Raises KeyError for an unknown one."""
    SETS[name]
    _worn[:] = [name]


def set_worn() -> str:
    """The name of the set of faces that is worn."""
    return _worn[0]


@contextmanager
def wearing(name: str) -> Iterator[None]:
    """Measure in a set of faces for a while, then in the one before. Raises KeyError for an unknown one."""
    (before,) = _worn
    wear(name)
    try:
        yield
    finally:
        wear(before)


def families(name: str) -> Mapping[str, str]:
    """The families of a set of faces by their tokens: text, subhead, display and sans."""
    serif, sans, _ = SETS[name]
    return {
        "text": f"{serif} Text",
        "subhead": f"{serif} Subhead",
        "display": f"{serif} Display",
        "sans": f"{sans} Sans",
    }


def worn(face: Face) -> Face:
    """The face of the set that is worn in the place of one of ours."""
    return _of_set(_worn[0], face)


@cache
def _of_set(name: str, face: Face) -> Face:
    ours, theirs = families(HOUSE), families(name)
    names = {ours[token]: theirs[token] for token in ours}
    wide = SETS[name][2] if face.family == ours["sans"] else None
    return replace(face, family=names[face.family], wide=wide) if face.family in names else face


def width(text: str, face: Face, size: float, *, tabular: bool = False) -> float:
    """Width of a text in a face, in mm; `size` in pt. Letters that it does not have stand in the faces behind it.

    `tabular`: its figures are all equally wide.

    It is measured in the set of faces that is worn, and kept here: who kept it by its text alone would give the width
    in one theme to the next.
    """
    return sum(em * size * MM_PER_POINT for em in _ems(text, worn(face), tabular))


@lru_cache(maxsize=20_000)
def _ems(text: str, face: Face, tabular: bool) -> tuple[float, ...]:
    """Widths in em of the parts of a text, of which each has a face of its own."""
    return tuple(_em(run, own, _TABULAR if tabular else {}) for run, own in _runs(text, face))


def _runs(text: str, face: Face) -> Iterator[tuple[str, Face]]:
    """The parts of a text, each with the face in which it is set. A space stands in the face of the word before it."""
    found, at = _scripts(kind(face)), 0
    for run in found.finditer(text):
        if run.start() > at:
            yield text[at : run.start()], face
        yield run.group(), _companions(face)[run.lastgroup or ""]
        at = run.end()
    if at < len(text):
        yield text[at:], face


@cache
def _scripts(of: str) -> re.Pattern[str]:
    """A run of letters of each family behind the faces of a kind, as a group of the name of its place among them."""
    families = [script for script in scripts.FAMILIES if script.kind == of and not script.language]
    return re.compile("|".join(f"(?P<{_group(one)}>[{one.letters}][{one.letters} \u00a0]*)" for one in families))


def _group(script: Behind) -> str:
    return script.family.replace(" ", "_")


@cache
def _companions(face: Face) -> Mapping[str, Face]:
    return {_group(BEHIND[one]): one for one in companions(face)}


def reading_distance(face: Face, size: float) -> float:
    """The distance in m from which a text reads: its x-height is 0.2 degrees of visual angle there; `size` in pt."""
    font = _shaper(worn(face))
    extents = font.get_glyph_extents(font.get_nominal_glyph(ord("x")))
    height = extents.y_bearing / font.face.upem * size * MM_PER_POINT
    return float(height / math.tan(math.radians(READING_ANGLE)) / 1000)


READING_ANGLE = 0.2
"""Least visual angle of the x-height of a text that reads well, in degrees."""


_TABULAR = {"lnum": True, "tnum": True}


def _em(text: str, face: Face, features: Mapping[str, bool]) -> float:
    """Width in em of a text in a face that has all of it, with OpenType features. HarfBuzz shapes it, as WeasyPrint."""
    import uharfbuzz

    font = _shaper(face)
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, dict(features))
    return float(sum(glyph.x_advance for glyph in buffer.glyph_positions) / font.face.upem)


def advances(text: str, face: Face, language: str) -> tuple[float, ...] | None:
    """Distances in em from the start of a text to each of its characters and to its end, with lining figures.

    The face is one that is worn. None if it does not have all of the text.
    """
    import uharfbuzz

    font = _shaper(face)
    if any(font.get_nominal_glyph(ord(one)) is None for one in set(text) - _UNDRAWN):
        return None
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = language
    uharfbuzz.shape(font, buffer, {"lnum": True})
    widths = [0] * (len(text) + 1)
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        widths[glyph.cluster + 1] += place.x_advance
    return tuple(one / font.face.upem for one in accumulate(widths))


_UNDRAWN = frozenset("\u2009\u202f\u2060")
"""White space that no face needs to have: HarfBuzz makes it of a space."""


@cache
def _shaper(face: Face) -> Any:
    import uharfbuzz

    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(face.path))))
