"""The quotations in a text, in the marks of any language, and which of them other texts do not have."""

import re
from collections.abc import Iterator
from functools import lru_cache

from triptych.content import customs, prose

LEAST_QUOTED = 3
"""Fewest characters of a quotation that is traced."""
_SINGLE = re.compile(
    r"(?<!\w)[‘‚](?P<single>[^‘‚]*?)[’‘](?!\w)|(?<![\w>])'(?P<straight>[^']{3,}?)'(?!\w)|‹(?P<angle>[^‹›]+)›"
)
_LEFT_OUT = re.compile(r"\[[^\]]*\]|…|\.\.\.")
"""Where a quotation leaves words out, or puts its own."""
_LETTERS_ONLY = re.compile(r"^(?:[nst]|\d\ds?)\b")


def missing(text: str, known: str) -> Iterator[str]:
    """The quotations of a text, nested ones too, whose words another text does not have in this order."""
    found = bare(known)
    for quoted in quotations(text):
        pieces = [piece for piece in map(bare, _LEFT_OUT.split(quoted)) if piece]
        if len(quoted) >= LEAST_QUOTED and not all(_stands(piece, found) for piece in pieces):
            yield quoted


def _stands(piece: str, found: str) -> bool:
    """Whether some words stand in a text as whole words; in a script without small letters, anywhere."""
    if piece.upper() == piece.lower():
        return piece in found
    return f" {piece} " in f" {found} "


def quotations(text: str) -> Iterator[str]:
    """The words within each pair of quotation marks. An apostrophe opens none."""
    for pattern in (customs.QUOTATION, _SINGLE):
        for found in pattern.finditer(text):
            quoted = found[found.lastgroup or 0].strip()
            if not _LETTERS_ONLY.match(quoted):
                yield quoted


@lru_cache(maxsize=400)
def bare(text: str) -> str:
    """A text without marks and capitals, to compare its words."""
    plain = prose.plain(text).replace("’", "'")
    return re.sub(r"\W+", " ", re.sub(r"(?<=\w)'(?=\w)", "", plain)).strip().casefold()
