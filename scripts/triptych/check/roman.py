"""Numbers in Roman figures. Those with L, C, D and M are short forms of words more often."""

import re

from triptych.check import lexicon

_FIGURES = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_VALUES = {"I": 1, "V": 5, "X": 10}


def value(word: str, language: str) -> int | None:
    """The value of a word that is a number from I to XXXIX, also with the ending of an ordinal, as in XIXe."""
    ends = lexicon.of(language).ordinals if language.split("-")[0] == "fr" else ()
    bare = next((word.removesuffix(end) for end in ends if word.endswith(end)), word)
    if not bare or not _FIGURES.fullmatch(bare):
        return None
    values = [_VALUES[sign] for sign in bare]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))
