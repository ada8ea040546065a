"""A translation compared with its original: what is missing, what is out of date, and what says something else."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from triptych.check import faithful
from triptych.check.numbers import decimal_sign, group_sign
from triptych.content import differing, record
from triptych.content.errors import ContentError, Problem
from triptych.content.files import Files, Translation
from triptych.content.texts import IN_PROSE, Text, bare
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
        return "; ".join(differing.replacements(self.was, self.original.bare if self.original else "", shortened))


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
    changed = bare(kept) != original.bare
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
            yield from _differing(files.translation, one.original, one.text)
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
            message = f"`{one.key.removeprefix(IN_PROSE)}` is not translated"
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
        said = {
            State.STALE: f"`{text.name}` translates words that have changed in the original: {one.change}",
            State.UNSEEN: f"`{text.name}` is new: nobody has accepted that it translates “{_excerpt(one)}”",
        }
        if message := said.get(one.state, ""):
            hint = f"Compare them, then run {accept} {text.name}`."
            path = translation.path(text.file)
            yield Problem(path, *text.place, "stale-translation", message, hint, warning=True)


def _excerpt(one: Standing) -> str:
    return shortened(faithful.plain(one.original)) if one.original else ""


def _differing(translation: Translation, original: Text, text: Text) -> Iterator[Problem]:
    """What one text says otherwise than its original."""
    for reason in faithful.differences(original, text, translation.source, translation.language):
        hint = f"The original has “{shortened(faithful.plain(original), 160)}”."
        yield _at(translation, text, f"`{text.name}`: {reason}", hint, "differing-translation")


def _passages(translation: Translation) -> Iterator[Problem]:
    """The parts of the prose that the original does not have, or has in another order."""
    ours, theirs = (
        [one for one in found.values() if one.in_prose] for found in (translation.originals, translation.texts)
    )
    for text in theirs:
        if text.key not in translation.originals:
            near = difflib.get_close_matches(text.name, [one.name for one in ours], n=1)
            hint = f"Did you mean `{near[0]}`?" if near else "Remove it, or add it there."
            yield _at(translation, text, f"the original has no passage `{text.name}`", hint, "no-original")
    shared = [one for one in theirs if one.key in translation.originals]
    wanted = [one.name for one in ours if one.key in translation.texts]
    if moved := next((one for one, name in zip(shared, wanted, strict=True) if one.name != name), None):
        place = wanted.index(moved.name)
        where = f"after `{wanted[place - 1]}`" if place else "first"
        message = f"`{moved.name}` stands {where} in the original"
        yield _at(translation, moved, message, "Move it there.", "differing-translation")


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
