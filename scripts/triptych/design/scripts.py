"""The scripts that the text faces do not have, and the fonts from which faces for them are cut."""

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass

from triptych.content.letters import ARABIC, EAST, HEBREW
from triptych.content.packs import PACKS, Pack

SANS, SERIF = "sans", "serif"


@dataclass(frozen=True, slots=True)
class Behind:
    """A family of faces that stands behind the text faces of its kind, for the letters of a script."""

    family: str
    kind: str
    """Behind which text faces: `SANS` or `SERIF`."""
    letters: str
    """Its characters, as they stand within the brackets of a regular expression."""
    package: str
    files: Mapping[int, str]
    """The file of each weight, below the package."""
    larger: float
    """How much larger it is set than the Latin around it."""
    language: str = ""
    """The language whose forms of letters these are, where another family has the same letters for all others."""

    @property
    def module(self) -> str:
        return self.package.replace("-", "_")


def _one(file: str, *weights: int) -> Mapping[int, str]:
    return dict.fromkeys(weights, file)


_ASSISTANT = _one("files/*.ttf", 400, 500, 600, 700)
_PLEX = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
_IPA = "matplotlib-fontja", _one("fonts/ipaexg.ttf", 400), 0.92
_WENQUANYI = "paperang-p2-fonts-cjk", _one("fonts/wqy-microhei.ttc", 400), 0.92


def _packed(pack: Pack) -> tuple[Behind, Behind]:
    """The families of a pack. Its one font, a sans, stands behind the serif too."""
    files = dict(pack.files)
    serif, sans = (
        Behind(f"{pack.script} {kind.title()}", kind, pack.letters, pack.package, files, 1.0) for kind in (SERIF, SANS)
    )
    return serif, sans


INSTALLED = tuple(pack for pack in PACKS if importlib.util.find_spec(pack.module))
"""The packs that are there."""
FAMILIES = (
    # An alef is midway from a small to a capital x.
    Behind("Hebrew Serif", SERIF, HEBREW, "fontpkg-frank-ruhl-libre", _one("files/*.ttf", 400, 600), 1.04),
    Behind("Hebrew Sans", SANS, HEBREW, "fontpkg-assistant", _ASSISTANT, 1.05),
    # A tooth is nearly as high as a small x, and an alef no higher than a capital.
    Behind(
        *("Arabic Serif", SERIF, ARABIC, "fontpkg-amiri"),
        {400: "files/Amiri-Regular.ttf", 600: "files/Amiri-Bold.ttf"},
        1.08,
    ),
    Behind(
        *("Arabic Sans", SANS, ARABIC, "fontpkg-ibm-plex-sans-arabic"),
        {weight: f"files/IBMPlexSansArabic-{name}.ttf" for weight, name in _PLEX.items()},
        1.04,
    ),
    # An ideograph reaches from the lower edge of a small g to a little above a capital. There is no serif for them.
    Behind("East Serif", SERIF, EAST, *_WENQUANYI),
    Behind("East Sans", SANS, EAST, *_WENQUANYI),
    Behind("Japanese Serif", SERIF, EAST, *_IPA, language="ja"),
    Behind("Japanese Sans", SANS, EAST, *_IPA, language="ja"),
    *(family for pack in INSTALLED for family in _packed(pack)),
)
"""All of them, in the order in which they are asked; those of a language first, where a text is in that language."""
