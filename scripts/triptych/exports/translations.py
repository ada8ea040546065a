"""The texts of an article and of a translation become a file for a translator."""

from collections.abc import Iterator
from pathlib import Path

from triptych.check import translations
from triptych.check.translations import Standing, State
from triptych.content import disk, kin, read
from triptych.content.errors import UsageError
from triptych.content.files import Files
from triptych.content.texts import Text
from triptych.imports import exchange
from triptych.imports.exchange import Exchange, Unit


def exported(folder: Path, language: str, ending: str) -> bytes:
    """The file of a kind, by the end of its name. Raises UsageError and ContentError."""
    files = begun(folder, language)
    units = tuple(_units(files))
    found = Exchange(folder.resolve().name, files.translation.source if files.translation else "", language, units)
    return exchange.written(found, ending)


def begun(folder: Path, language: str) -> Files:
    """An article with a translation, which may not be there yet. Raises UsageError."""
    disk.exists(folder)
    if kin.original(folder):
        raise UsageError(f"{folder} is a translation: give the folder of its original")
    if not kin.is_language(language):
        raise UsageError(f"`{language}` is not a known language: write a tag such as fr or pt-BR")
    if language == read.files(folder)[0].article.front.language:
        raise UsageError(f"{folder} is in `{language}` itself: give another language")
    return read.begun(folder, language)


def _units(files: Files) -> Iterator[Unit]:
    standings = {one.key: one for one in translations.standings(files)}
    assert files.translation
    for key, original in files.translation.originals.items():
        text = files.translation.texts.get(key)
        optional = original.file in ("article.md", "figures.yaml", "charts.yaml") and not original.in_prose
        if text or key in standings or optional:
            yield _unit(original, text, standings.get(key))


def _unit(original: Text, text: Text | None, standing: Standing | None) -> Unit:
    state = standing.state if standing else State.MISSING
    return Unit(
        key=original.key,
        original=original.words,
        translation=text.words if text else "",
        unsure=bool(text) and state in (State.STALE, State.UNSEEN),
        before=standing.was if standing else "",
        remark="" if standing else "It may stay empty: then it is as in the original.",
        where=f"{original.file}:{original.place[0]}",
    )
