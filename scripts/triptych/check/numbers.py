"""The numbers in a text, as its language groups them: 1,234,567 and 1.234.567, 1 234 567, 1'234'567, 12,34,567."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from babel import Locale, UnknownLocaleError

from triptych.check import number_words

SPACES = " \u00a0\u2007"
"""Spaces that may also part two numbers: a no-break space stands between a number and its next word."""
_WITHIN = "\u2009\u202f'’٬"
"""Thin spaces and signs that stand within a number alone, between its groups."""
_RUN = re.compile(rf"\d+(?:[,.٫{SPACES}{_WITHIN}]\d+)*")


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers in a text, by their digits, each as the text first writes it."""

    whole: dict[str, str]
    """Those that can only be read in one way."""
    pairs: dict[str, tuple[str, str, str]]
    """Those that a space parts and that may be two, as in `on day 21 300 came`: as written, the first, the second."""

    def states(self, number: str) -> bool:
        """Whether the text has a number, in one of the ways in which it can be read."""
        return number in self.whole or number in self.pairs or any(number in pair[1:] for pair in self.pairs.values())

    def lacks(self, claimed: "Numbers") -> Iterator[str]:
        """The numbers of another text that this text does not have, each as the other text writes it."""
        yield from (written for number, written in claimed.whole.items() if not self.states(number))
        for number, (written, *parts) in claimed.pairs.items():
            if number not in self.whole and number not in self.pairs and not self.whole.keys() >= set(parts):
                yield written


@dataclass(frozen=True, slots=True)
class Digits:
    """One number in digits, and where it stands in its text."""

    number: str
    """Its digits, with a point before the decimals."""
    start: int
    end: int
    parts: tuple[str, str] | None = None
    """The two numbers that it may be instead, where a space parts it."""


@lru_cache(maxsize=200)
def numbers(text: str, language: str) -> Numbers:
    """The numbers in a text: in digits, and from two to a hundred in words. Leading zeros do not count.

    `language` is a language tag. It decides whether `1,234` is more than a thousand, or a little more than one.
    """
    found = Numbers({}, {})
    for one in digits(text, language):
        written = text[one.start : one.end]
        if one.parts:
            found.pairs.setdefault(one.number, (written, *one.parts))
        else:
            found.whole.setdefault(one.number, written)
    for number, start, end in number_words.numbers(text, language):
        found.whole.setdefault(str(number), text[start:end])
    return found


def digits(text: str, language: str) -> Iterator[Digits]:
    """The numbers in digits in a text, in order."""
    for run in _RUN.finditer(text):
        parts = list(re.finditer(r"\d+", run.group()))
        signs = [run.group()[one.end() : two.start()] for one, two in pairwise(parts)]
        at = 0
        while at < len(parts):
            last, end = _ends([part.group() for part in parts], signs, at, language)
            yield _number(run, parts[at : end + 1], signs[at:end], last - at, language)
            at = end + 1


def _ends(parts: Sequence[str], signs: Sequence[str], start: int, language: str) -> tuple[int, int]:
    """Of the number that starts with one part of a run of digits: the last part of its whole, and its last part."""
    last = _grouped(parts, signs, start, language)
    return last, last + _has_decimals(signs, start, last, language)


def _number(
    run: re.Match[str], parts: Sequence[re.Match[str]], signs: Sequence[str], last: int, language: str
) -> Digits:
    """The number of some parts of a run, of which one is the last of the whole, and the next its decimals."""
    texts = [part.group() for part in parts]
    decimals = f".{_ascii(texts[-1])}" if len(texts) > last + 1 else ""
    start, end = run.start() + parts[0].start(), run.start() + parts[-1].end()
    may_be_two = last == 1 and signs[0] in SPACES and not group_sign(language).isspace()
    two = (_plain(texts[0]), _plain(texts[1]) + decimals) if may_be_two else None
    return Digits(_plain("".join(texts[: last + 1])) + decimals, start, end, two)


def _grouped(parts: Sequence[str], signs: Sequence[str], start: int, language: str) -> int:
    """Index of the last part that belongs to the same whole number as the first one."""
    if start == len(signs) or len(parts[start]) > 3 or parts[start].startswith("0"):
        return start
    sign, last = signs[start], start
    while last < len(signs) and signs[last] == sign and len(parts[last + 1]) in (2, 3):
        last += 1
    lengths = [len(part) for part in parts[start + 1 : last + 1]]
    if sign == "," and len(parts[start]) < 3 and 3 in lengths[1:] and set(lengths[: lengths.index(3)]) == {2}:
        return start + lengths.index(3) + 1  # 12,34,567, as in India
    threes = next((count for count, length in enumerate(lengths) if length != 3), len(lengths))
    return start if threes == 1 and sign == decimal_sign(language) else start + threes


def _has_decimals(signs: Sequence[str], start: int, last: int, language: str) -> bool:
    """Whether the next part is the decimals of a whole number: not in 9.10.2018, nor after a comma in English."""
    if last == len(signs) or signs[last] not in ",.٫":
        return False
    if signs[last] in signs[last + 1 : last + 2] or (last == start > 0 and signs[last] == signs[last - 1]):
        return False
    if last > start and signs[start] in ",.":
        return signs[last] != signs[start]
    return signs[last] != "," or decimal_sign(language) == ","


def _ascii(digits: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(int(digit)) for digit in digits)


def _plain(digits: str) -> str:
    return _ascii(digits).lstrip("0") or "0"


@cache
def decimal_sign(language: str) -> str:
    """What stands before the decimals of a number in a language."""
    return _signs(language).get("decimal", ".")


@cache
def group_sign(language: str) -> str:
    """What stands between the groups of three digits of a number in a language."""
    return _signs(language).get("group", ",")


def _signs(language: str) -> dict[str, str]:
    try:
        return dict(Locale.parse(language, sep="-").number_symbols.get("latn", {}))
    except (UnknownLocaleError, ValueError):
        return {}
