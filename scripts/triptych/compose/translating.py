"""Catalogues are brought up to date with the model of the words: new words come empty, removed ones go."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, write_po
from pydantic.fields import FieldInfo

from triptych.compose import words
from triptych.content import catalogues, described
from triptych.content.catalogues import Entry
from triptych.content.errors import StyleError, UsageError
from triptych.design.where import Templates

HEAD = """# The words of the documents that no article brings. Open this file with a program for gettext, as Poedit.
# Each {} or {0} stays: a value goes there."""
_SINCE = datetime(2025, 1, 1, tzinfo=UTC)
"""The date in the head of a new catalogue: fixed, so that a file is the same whenever it is made."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """A catalogue as it should be."""

    text: bytes
    empty: int
    """Words without a translation."""
    fuzzy: int
    """Words whose English has changed since they were translated."""


def renewed(path: Path, templates: Templates) -> Renewed:
    """A catalogue, made or brought up to date; writes nothing. Raises UsageError and StyleError.

    A catalogue that is there and only changes words of a more general one gets no new words.
    """
    language = catalogues.language_of(path)
    catalog = _read(path, language)
    general = [one for one in words.files(language, templates) if one.resolve() != path.resolve()]
    known = {message.context for message in catalog if message.context}
    template = _template(templates.file(f"words/{catalogues.SOURCE}.po"), known if known and general else None)
    _rename(catalog, template)
    catalog.update(template, no_fuzzy_matching=True, update_creation_date=False)
    messages = [message for message in catalog if message.context]
    for message in messages:  # Babel reads `#| msgid "…"`, the English before, as a remark
        message.user_comments = [remark for remark in message.user_comments if not remark.startswith("|")]
    for message in messages if language == catalogues.SOURCE else ():
        message.string = message.string if any(catalogues.parts(message.string)) else message.id
    empty = sum(not all(catalogues.parts(message.string) or [""]) for message in messages)
    return Renewed(_written(catalog), empty, sum(message.fuzzy for message in messages))


def _read(path: Path, language: str) -> Catalog:
    """A catalogue of a file, or an empty one. Raises UsageError and StyleError."""
    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        raise UsageError(f"{path.name} names no language: write for example words.ga.po for Irish") from None
    if not path.is_file():
        return Catalog(locale, project="Triptych", creation_date=_SINCE, header_comment=HEAD, fuzzy=False)
    _, problems = catalogues.read(path)
    try:
        return catalogues.parsed(path.read_text(encoding="utf-8-sig"), language)
    except (PoFileError, ValueError):
        raise StyleError("\n".join(map(str, problems))) from None


def _template(source: Path, names: set[str] | None) -> Catalog:
    """Every word of the model, or those of some names, with its English and what its placeholders are.

    Raises StyleError for a word that has no English.
    """
    catalog, (english, _) = Catalog(project="Triptych", creation_date=_SINCE), catalogues.read(source)
    about = described.texts(words.Words)
    for name, info in words.fields().items():
        text = _english(info, english.entries.get(name))
        if text is None and info.is_required():
            hint = f'Write it there: msgctxt "{name}", and msgid "its English".'
            raise StyleError(f"{source}: the word `{name}` of the model is missing\n    {hint}")
        if text and (names is None or name in names):
            catalog.add(text, context=name, auto_comments=list(comments(info, about.get(name))))
    return catalog


def _english(info: FieldInfo, entry: Entry | None) -> Any:
    if entry:
        return entry.source if entry.counts else entry.source[0]
    return info.default if isinstance(info.default, str) and info.default else None


def comments(info: FieldInfo, about: str | None) -> Iterator[str]:
    """What a translator must know of a word: what is said about it, and its placeholders."""
    holds = next((found for one in info.metadata if isinstance(found := getattr(one, "func", None), words.Holds)), None)
    if about:
        yield " ".join(about.split())
    if holds:
        for number, value in enumerate(holds.values):
            yield f"{{{number}}}: {value}{'' if number < holds.needed else ', which may be left out'}"
    if isinstance(holds, words.Counts):
        yield f"{{{holds.by}}} decides the form."


def _rename(catalog: Catalog, template: Catalog) -> None:
    """Give words whose English has changed the new English, and mark them: they must be looked over."""
    new = {str(message.context): message.id for message in template if message.context}
    for message in [message for message in catalog if message.context in new]:
        wanted = new[str(message.context)]
        if message.id == wanted:
            continue
        catalog.delete(message.id, message.context)
        if any(catalogues.parts(message.string)):
            kept = Message(wanted, _fitting(message, wanted, catalog), flags={*message.flags, "fuzzy"})
            kept.context, kept.user_comments = message.context, message.user_comments
            catalog[wanted] = kept


def _fitting(message: Message, wanted: Any, catalog: Catalog) -> Any:
    """A translation as one text, or as forms for numbers, as the new English asks."""
    forms = catalogues.parts(message.string)
    if isinstance(wanted, str):
        return forms[-1]
    return forms if len(forms) == catalog.num_plurals else (*forms[:1],) * catalog.num_plurals


def _written(catalog: Catalog) -> bytes:
    target = io.BytesIO()
    write_po(target, catalog, width=0, ignore_obsolete=True)
    return target.getvalue()
