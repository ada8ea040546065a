"""A translation compared with its original: what is missing, what is out of date, and what says something else."""

import difflib
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from babel import Locale

from triptych.check import number_words
from triptych.check.months import names_month
from triptych.check.numbers import decimal_sign, group_sign, numbers
from triptych.content import portions, prose, record
from triptych.content.errors import ContentError, Problem
from triptych.content.portions import Portion
from triptych.content.read import Files, Translation
from triptych.content.texts import Text
from triptych.content.typography import shortened


class State(StrEnum):
    """How a text of a translation stands to its original."""

    CURRENT = "up to date"
    STALE = "out of date"
    """The original has changed since."""
    UNSEEN = "not accepted"
    """Nobody has said that it translates the words of the original."""
    MISSING = "missing"
    EXTRA = "not in the original"


@dataclass(frozen=True, slots=True)
class Standing:
    """A text in both languages."""

    key: str
    state: State
    original: Text | None
    """None if only the translation has it."""
    text: Text | None
    """None if it is missing."""
    was: str = ""
    """The words that it translates, if the original has others now."""

    @property
    def change(self) -> str:
        """What has changed in the original, as `before` → `now`."""
        return "; ".join(_replaced(self.was, self.original.bare if self.original else ""))


def standings(files: Files) -> tuple[Standing, ...]:
    """Every text of a translation, and those that it lacks, in the order of the original. Raises ContentError."""
    found = files.translation
    if not found:
        return ()
    kept = record.words(found.folder)
    known = [_standing(text, found, kept.get(key)) for key, text in found.originals.items()]
    extra = [Standing(key, State.EXTRA, None, text) for key, text in found.texts.items() if key not in found.originals]
    return (*(one for one in known if one), *extra)


def _standing(original: Text, found: Translation, kept: str | None) -> Standing | None:
    """The standing of one text; None if a translation may do without it."""
    text = found.texts.get(original.key)
    if not text:
        needed = original.needed or _is_printed_otherwise(original, found.source, found.language)
        return Standing(original.key, State.MISSING, original, None) if needed else None
    if kept is None:
        return Standing(original.key, State.UNSEEN, original, text)
    changed = " ".join(kept.split()) != original.bare
    return Standing(original.key, State.STALE if changed else State.CURRENT, original, text, kept if changed else "")


def _is_printed_otherwise(original: Text, language: str, other: str) -> bool:
    """Whether the value of a figure has signs that the other language does not use so, as 22.9 in French."""
    signs = [(decimal_sign(one), group_sign(one)) for one in (language, other)]
    return original.file == "figures.yaml" and bool(re.search(r"\d[.,]\d", original.words)) and signs[0] != signs[1]


def problems(files: Files) -> Iterator[Problem]:
    """What is wrong with a translation as a whole; nothing of an article."""
    if not files.translation:
        return
    try:
        found = standings(files)
    except ContentError as error:
        yield from error.problems
        return
    yield from _missing(files.translation, [one for one in found if one.original and _is_read(files, one.original)])
    yield from _stale(files.translation, found)
    for one in found:
        if one.original and one.text:
            yield from _compared(files.translation, one.original, one.text)
    yield from _passages(files.translation)


def _is_read(files: Files, original: Text) -> bool:
    """Whether the file that a text belongs to could be read in both languages."""
    return original.file not in files.faulty


def _missing(translation: Translation, found: Sequence[Standing]) -> Iterator[Problem]:
    """The texts that are not translated; a file of which none is, once."""
    for file in dict.fromkeys(one.original.file for one in found if one.original):
        ours = [one for one in found if one.original and one.original.file == file]
        lacking = [one for one in ours if one.state == State.MISSING]
        path = translation.path(file)
        if lacking and len(lacking) == len(ours):
            message = f"none of the texts of `{file}` is translated, {len(lacking)} in all"
            yield Problem(path, 1, 1, "not-translated", message, _EXPORT, warning=True)
            continue
        for one in lacking:
            message = f"`{one.key.removeprefix(portions.KEY)}` is not translated"
            hint = f"The original has “{_excerpt(one)}”."
            yield Problem(path, *_before(one, ours), "not-translated", message, hint, warning=True)


_EXPORT = "Write them here, or export them for a translator with `triptych translations --export`."


def _before(one: Standing, ours: Sequence[Standing]) -> tuple[int, int]:
    """The place of the last translated text before one that is missing."""
    earlier = [other.text for other in ours[: ours.index(one)] if other.text]
    return earlier[-1].place if earlier else (1, 1)


def _stale(translation: Translation, found: Sequence[Standing]) -> Iterator[Problem]:
    """The texts that translate other words than the original has now, or that nobody has accepted."""
    accept = f"`triptych translations {translation.folder} --accept"
    given = [(one, one.text) for one in found if one.text]
    if given and not any(one.state in (State.CURRENT, State.STALE) for one, _ in given):
        message = "nobody has accepted that its texts translate the words of the original"
        first, hint = translation.path(given[0][1].file), f"Compare them, then run {accept}`."
        yield Problem(first, 1, 1, "stale-translation", message, hint, warning=True)
        return
    for one, text in given:
        name = one.key.removeprefix(portions.KEY)
        said = {
            State.STALE: f"`{name}` translates words that have changed in the original: {one.change}",
            State.UNSEEN: f"`{name}` is new: nobody has accepted that it translates “{_excerpt(one)}”",
        }
        if message := said.get(one.state, ""):
            hint = f"Compare them, then run {accept} {name}`."
            path = translation.path(text.file)
            yield Problem(path, *text.place, "stale-translation", message, hint, warning=True)


def _excerpt(one: Standing) -> str:
    return shortened(_plain(one.original)) if one.original else ""


def _replaced(before: str, after: str) -> Iterator[str]:
    """Each run of words that was replaced, removed or added."""
    old, new = before.split(), after.split()
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = shortened(" ".join(old[i:j])), shortened(" ".join(new[k:m]))
        if tag == "replace":
            yield f"`{gone}` → `{come}`"
        elif tag != "equal":
            yield f"without `{gone}`" if gone else f"with `{come}`"


# What a text says.


def _compared(translation: Translation, original: Text, text: Text) -> Iterator[Problem]:
    """The numbers, dates, sources and standing that differ between the two languages."""
    languages = translation.source, translation.language
    name = text.key.removeprefix(portions.KEY)
    reasons = _numbers(original, text, *languages), _months(original, text, *languages), _sources(original, text)
    for reason in itertools.chain(*reasons):
        hint = f"The original has “{shortened(_plain(original), 160)}”."
        path = translation.path(text.file)
        yield Problem(path, *text.place, "differing-translation", f"`{name}`: {reason}", hint)


@cache
def _plain(text: Text) -> str:
    """A text without marks, citations and the signs of notes."""
    bare = re.sub(r"\[\^[^\]]*\]:?", " ", text.words)
    if text.loc:
        return prose.plain(bare)
    return " ".join(prose.whole(re.sub(r"\s*\{#[^{}]*\}", "", bare)).split())


def _numbers(original: Text, text: Text, language: str, other: str) -> Iterator[str]:
    """The numbers that only one of two texts has."""
    ours, theirs = _plain(original), _plain(text)
    words = {ours[start:end]: number for number, start, end in number_words.numbers(ours, language)}
    for written in numbers(theirs, other).lacks(numbers(ours, language)):
        said = words.get(written)
        known = said is None or (said >= LEAST_COUNTED and number_words.reads(said, other))
        if known and not _is_said(written, ours, theirs):
            yield f"the number `{written}` of the original is missing"
    for written in numbers(ours, language).lacks(numbers(theirs, other)):
        if re.search(r"\d", written) and not _is_said(written, theirs, ours):
            yield f"the original does not have the number `{written}`"


LEAST_COUNTED = 3
"""The least number in words that a translation must have: languages with a dual have no word for two."""


def _is_said(written: str, ours: str, theirs: str) -> bool:
    """Whether another text has a number in Roman figures, as centuries, or the hour of it after noon."""
    if not written.isdecimal():
        return False
    number = int(written)
    hours = {number % 12 + 12, number - 12} if re.search(_NOON, f"{ours} {theirs}") else set()
    later = any(re.search(rf"(?<!\d){hour}(?!\d)", theirs) for hour in hours if hour > 0)
    return later or (0 < number <= len(_ROMAN) and bool(re.search(rf"\b{_ROMAN[number - 1]}(?![A-Z])", theirs)))


_NOON = re.compile(r"\d\s?[ap]\.?\s?m\b", re.IGNORECASE)
_ROMAN = tuple(
    tens + ones for tens in ("", "X", "XX") for ones in ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
)[1:]


def _months(original: Text, text: Text, language: str, other: str) -> Iterator[str]:
    """The months that only one of two texts has in its dates."""
    ours, theirs = _plain(original), _plain(text)
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
    """The sources that one text cites more often than the other, and the standing of its passages."""
    ours, theirs = portions.cited(original.words), portions.cited(text.words)
    for key in sorted({*ours, *theirs}):
        if ours.count(key) != theirs.count(key):
            yield f"the source `{key}` is cited {_times(theirs.count(key))}, in the original {_times(ours.count(key))}"
    if not text.loc:
        ours_named, theirs_named = _portion(original).names, _portion(text).names
        if dict(ours_named) != dict(theirs_named):
            yield f"it is marked {_marked(theirs_named)}, in the original {_marked(ours_named)}"


def _times(count: int) -> str:
    return "not" if not count else "once" if count == 1 else f"{count} times"


def _marked(names: Iterable[tuple[str, object]]) -> str:
    found = " and ".join(f"`{{#{name}{'' if str(how) == 'supported' else f' .{how}'}}}`" for name, how in names)
    return found or "with no name"


def _portion(text: Text) -> Portion:
    return Portion(text.key, 1, 1, text.words)


def _passages(translation: Translation) -> Iterator[Problem]:
    """The parts of the prose that the original does not have, or has in another order."""
    ours = [key for key in translation.originals if key.startswith(portions.KEY)]
    theirs = [key for key in translation.texts if key.startswith(portions.KEY)]
    for key in theirs:
        if key not in translation.originals:
            message = f"the original has no passage `{key.removeprefix(portions.KEY)}`"
            near = difflib.get_close_matches(key, ours, n=1)
            hint = f"Did you mean `{near[0].removeprefix(portions.KEY)}`?" if near else "Remove it, or add it there."
            yield _at(translation, translation.texts[key], message, hint, "no-original")
    shared = [key for key in theirs if key in translation.originals]
    wanted = [key for key in ours if key in shared]
    if moved := next((key for key, other in zip(shared, wanted, strict=True) if key != other), None):
        before = wanted[wanted.index(moved) - 1] if wanted.index(moved) else ""
        where = f"after `{before.removeprefix(portions.KEY)}`" if before else "first"
        message = f"`{moved.removeprefix(portions.KEY)}` stands {where} in the original"
        yield _at(translation, translation.texts[moved], message, "Move it there.", "differing-translation")


def _at(translation: Translation, text: Text, message: str, hint: str, code: str) -> Problem:
    return Problem(translation.path(text.file), *text.place, code, message, hint)


def accepted(found: Sequence[Standing], names: Sequence[str], kept: Mapping[str, str]) -> dict[str, str]:
    """The record of a translation in which some texts are accepted as they are, or all where none is named."""
    chosen = {one.key for one in found if one.text and one.original and (not names or is_named(one.key, names))}
    listed = ((one.key, one.original.bare if one.key in chosen else kept.get(one.key)) for one in found if one.original)
    return {key: words for key, words in listed if words is not None}


def is_named(key: str, names: Sequence[str]) -> bool:
    """Whether a text is one of those that a person names: by its key, or by the passage, the event and so on in it."""
    parts = key.split(".")
    return any(name == key or name in parts or key.startswith(f"{name}.") for name in names)
