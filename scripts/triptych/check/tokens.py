"""A text becomes its tokens: numbers in digits, words, and signs, each with its place."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from triptych.check.numbers import digits

_PART = re.compile(r"(?P<word>[^\W\d_]+)|(?P<sign>\S)")


@dataclass(frozen=True, slots=True)
class Token:
    """A number, a word or a sign."""

    text: str
    start: int
    end: int
    value: Decimal | None = None
    """Of a number."""
    parts: tuple[Decimal, Decimal] | None = None
    """The two numbers that a number with a space may be instead."""
    is_word: bool = False

    @property
    def low(self) -> str:
        """In small letters."""
        return self.text.lower()


@lru_cache(maxsize=1_000)
def tokens(text: str, language: str) -> Sequence[Token]:
    """The tokens of a text, in order."""
    found: list[Token] = []
    at = 0
    for one in digits(text, language):
        found += _words(text, at, one.start)
        parts = (Decimal(one.parts[0]), Decimal(one.parts[1])) if one.parts else None
        found.append(Token(text[one.start : one.end], one.start, one.end, Decimal(one.number), parts))
        at = one.end
    return (*found, *_words(text, at, len(text)))


def _words(text: str, start: int, end: int) -> list[Token]:
    """The words and signs between two places."""
    parts = _PART.finditer(text, start, end)
    return [Token(part.group(), part.start(), part.end(), is_word=part.lastgroup == "word") for part in parts]
