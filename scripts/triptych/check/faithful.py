"""Where a text of a translation says something else than its original: numbers, months, sources, standing."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from babel import Locale

from triptych.check import number_words, roman
from triptych.check.months import names_month
from triptych.check.numbers import numbers
from triptych.content import portions, prose
from triptych.content.model import Standing
from triptych.content.texts import Text


def differences(original: Text, text: Text, language: str, other: str) -> Iterator[str]:
    """The numbers, dates, sources and standing that differ between a text and its translation into another language."""
    ours, theirs = plain(original), plain(text)
    yield from _numbers(ours, theirs, language, other)
    yield from _months(ours, theirs, language, other)
    yield from _sources(original, text)
    if text.in_prose:
        yield from _standing(original, text)


@cache
def plain(text: Text) -> str:
    """A text without marks, citations and the signs of notes."""
    bare = re.sub(r"\[\^[^\]]*\]:?", " ", text.words)
    if not text.in_prose:
        return prose.plain(bare)
    return " ".join(prose.whole(re.sub(r"\s*\{#[^{}]*\}", "", bare)).split())


def _numbers(ours: str, theirs: str, language: str, other: str) -> Iterator[str]:
    """The numbers that only one of two texts has."""
    words = {ours[start:end]: number for number, start, end in number_words.numbers(ours, language)}
    for written in numbers(theirs, other).lacks(numbers(ours, language)):
        said = words.get(written)
        known = said is None or (said >= LEAST_COUNTED and number_words.reads(said, other))
        if known and not _is_said(written, ours, theirs, other):
            yield f"the number `{written}` of the original is missing"
    for written in numbers(ours, language).lacks(numbers(theirs, other)):
        if re.search(r"\d", written) and not _is_said(written, theirs, ours, language):
            yield f"the original does not have the number `{written}`"


LEAST_COUNTED = 3
"""The least number in words that a translation must have: languages with a dual have no word for two."""


def _is_said(written: str, ours: str, theirs: str, language: str) -> bool:
    """Whether another text has a number in Roman figures, as centuries, or the hour of it after noon."""
    if not written.isdecimal():
        return False
    number = int(written)
    hours = {number % 12 + 12, number - 12} if re.search(_NOON, f"{ours} {theirs}") else set()
    later = any(re.search(rf"(?<!\d){hour}(?!\d)", theirs) for hour in hours if hour > 0)
    return later or number in (roman.value(word, language) for word in re.findall(r"\w+", theirs))


_NOON = re.compile(r"\d\s?[ap]\.?\s?m\b", re.IGNORECASE)


def _months(ours: str, theirs: str, language: str, other: str) -> Iterator[str]:
    """The months that only one of two texts has in its dates."""
    for month in _dated(ours, language):
        if not _has_month(theirs, month, other):
            yield f"{_ENGLISH[month]}, the month of a date of the original, is missing"
    for month in _dated(theirs, other):
        if not _has_month(ours, month, language):
            yield f"the original has no date in {_ENGLISH[month]}"


def _dated(text: str, language: str) -> Iterator[int]:
    """The months beside a number in a text."""
    beside = [
        word
        for found in _BESIDE.finditer(text)
        for word in re.findall(r"[^\W\d_]+", found.group())
        if language.split("-")[0] not in ("en", "de") or word[0].isupper()
    ]
    return (month for month in range(1, 13) if any(_names(word, month, language) for word in set(beside)))


_ENGLISH: Mapping[int, str] = Locale("en").months["format"]["wide"]
_BESIDE = re.compile(r"(?:[^\W\d_]+[.,]?\s){0,2}\d+\S*(?:\s[^\W\d_]+){0,2}")
"""A number, and two words on each side of it."""


def _names(word: str, month: int, language: str) -> bool:
    """Whether a word is a month, in a language whose months we know, where it is not any month."""
    return names_month(word, 1, month, language) and not names_month(word, 1, month % 12 + 1, language)


def _has_month(text: str, month: int, language: str) -> bool:
    years = {int(year) for year in re.findall(r"\d{4}", text)} or {1}
    return any(names_month(text, year, month, language) for year in years)


def _sources(original: Text, text: Text) -> Iterator[str]:
    """The sources that one text cites more often than the other."""
    ours, theirs = portions.cited(original.words), portions.cited(text.words)
    for key in sorted({*ours, *theirs}):
        if ours.count(key) != theirs.count(key):
            yield f"the source `{key}` is cited {_times(theirs.count(key))}, in the original {_times(ours.count(key))}"


def _standing(original: Text, text: Text) -> Iterator[str]:
    """The passages that only one text names, or that it marks otherwise."""
    ours, theirs = portions.names(original.words), portions.names(text.words)
    if ours != theirs:
        yield f"it is marked {_marked(theirs)}, in the original {_marked(ours)}"


def _times(count: int) -> str:
    return "not" if not count else "once" if count == 1 else f"{count} times"


def _marked(names: Mapping[str, Standing]) -> str:
    supported = Standing.SUPPORTED
    found = " and ".join(f"`{{#{name}{'' if how == supported else f' .{how}'}}}`" for name, how in names.items())
    return found or "with no name"
