"""The translations of an article become a list: of each text whether it is up to date, for people."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel import Locale

from triptych.check import translations
from triptych.check.translations import Standing, State
from triptych.content import disk, kin, read, record
from triptych.content.errors import UsageError
from triptych.content.files import Files


def folders(folder: Path) -> Sequence[Path]:
    """The translations of an article, or the one that is named. Raises UsageError if there is none."""
    disk.exists(folder)
    if found := ((folder,) if kin.original(folder) else kin.translations(folder)):
        return found
    name = folder.resolve().name
    raise UsageError(
        f"{folder} has no translation: write one into {folder / 'fr'}, or start one for a translator with\n"
        f"    triptych translations {folder} --export fr --to {name}.fr.po"
    )


def lines(folder: Path) -> Iterator[str]:
    """How each text of a translation stands to its original, first in numbers. Raises ContentError."""
    files, _ = read.files(folder)
    found = translations.standings(files)
    counts = Counter(one.state for one in found)
    listed = ", ".join(f"{counts[state]} {state}" for state in State if counts[state])
    language = files.article.front.language
    name = Locale.parse(language, sep="-").get_display_name("en")
    yield f"{language}  {name}: {listed or 'nothing to translate'}"
    yield from (f"    {_line(files, one)}" for one in found if one.state != State.CURRENT)


def _line(files: Files, one: Standing) -> str:
    where = one.original.file if one.original else ""
    if one.text:
        where = f"{files.given.name}/{one.text.file}:{one.text.place[0]}"
    return "  ".join(filter(None, (f"{one.state}:", one.key, where, one.change if one.state == State.STALE else "")))


def accepted(folder: Path, names: Sequence[str]) -> tuple[bytes, int]:
    """The record of a translation with texts accepted as they stand, all where none is named; and how many are new.

    Raises ContentError, and UsageError if a name is that of no text.
    """
    files, _ = read.files(folder)
    found = translations.standings(files)
    translated = [one for one in found if one.text and one.original]
    for name in names:
        if not any(translations.is_named(one.key, [name]) for one in translated):
            raise UsageError(f"{folder} has no text `{name}`: give a key that `triptych translations {folder}` lists")
    before = record.words(folder)
    after = translations.accepted(found, names, before)
    return record.written(after), sum(before.get(key) != words for key, words in after.items())
