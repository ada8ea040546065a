"""The faces that are fetched only when an article needs them: a package for each script.

`scripts/remake.py` loads this module by itself, so it imports nothing of ours.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pack:
    """The faces of one script."""

    languages: tuple[str, ...]
    """The tags of its languages; the first stands in messages."""
    script: str
    package: str
    files: tuple[tuple[int, str], ...]
    """The file of each weight, below the package."""
    size: str
    """How much is fetched."""
    first: str
    last: str
    """The first and the last character of the script."""

    @property
    def module(self) -> str:
        return self.package.replace("-", "_")

    @property
    def letters(self) -> str:
        """Its characters, as they stand within the brackets of a regular expression."""
        return f"{self.first}-{self.last}"

    def is_in(self, text: str) -> bool:
        """Whether a text has a character of the script."""
        return any(self.first <= character <= self.last for character in set(text))


_NOTO = ((400, "files/*.ttf"), (600, "files/*.ttf"))
_HIND = ((400, "files/HindSiliguri-Regular.ttf"), (600, "files/HindSiliguri-SemiBold.ttf"))
PACKS = (
    Pack(("hi", "mr", "ne", "sa"), "Devanagari", "fontpkg-noto-sans-devanagari", _NOTO, "0.4 MB", "\u0900", "\u097f"),
    Pack(("bn", "as"), "Bengali", "fontpkg-hind-siliguri", _HIND, "0.6 MB", "\u0980", "\u09ff"),
    Pack(("ta",), "Tamil", "fontpkg-noto-sans-tamil", _NOTO, "0.2 MB", "\u0b80", "\u0bff"),
    Pack(("te",), "Telugu", "fontpkg-noto-sans-telugu", _NOTO, "0.4 MB", "\u0c00", "\u0c7f"),
    Pack(("th",), "Thai", "fontpkg-noto-sans-thai", _NOTO, "0.1 MB", "\u0e00", "\u0e7f"),
)


def needed(text: str) -> Iterator[Pack]:
    """The packs that a text needs."""
    return (pack for pack in PACKS if pack.is_in(text))


def of_language(tag: str) -> Pack | None:
    """The pack of a language, by its tag; None where the ordinary faces have it, or none has."""
    return next((pack for pack in PACKS if tag.lower().split("-")[0] in pack.languages), None)
