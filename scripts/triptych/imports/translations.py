"""A file of a translator becomes the files of a translation, with the record of what each text translates."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from triptych.content import disk, kin, read, record
from triptych.content.errors import UsageError
from triptych.content.files import Files, Translation
from triptych.content.texts import IN_PROSE, OWN, Text, bare
from triptych.imports import exchange, folder
from triptych.imports.exchange import Unit


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file gives to a translation."""

    folder: Path
    files: Mapping[str, bytes]
    """The files of the translation that change, by name."""
    notes: tuple[str, ...]


def imported(article: Path, path: Path) -> Imported:
    """The files of a translation with the texts of a file of a translator. Raises UsageError, ContentError, OSError."""
    disk.exists(article)
    found = exchange.received(path)
    if kin.original(article) or read.files(article)[0].article.front.language == found.language:
        raise UsageError(f"{path} is in `{found.language}`: give the folder of an article in another language")
    files = read.begun(article, found.language)
    translation = files.translation
    assert translation
    given = {unit.key: unit for unit in found.units if unit.translation and unit.key in translation.originals}
    if not given:
        raise UsageError(f"{path} has no translated text of {article}: export it from there")
    texts = {key: text.words for key, text in translation.texts.items()}
    texts |= {key: unit.translation for key, unit in given.items()}
    own = _own(files)
    names = {translation.originals[key].file for key in given}
    changed = {name: _written(name, translation, texts, own) for name in sorted(names)}
    if not (translation.folder / "article.md").exists():
        changed["article.md"] = _written("article.md", translation, texts, own)
    kept = _accepted(record.words(translation.folder), given, translation)
    changed[kin.RECORD] = record.written(kept)
    return Imported(translation.folder, changed, tuple(_notes(found.units, given, translation)))


def _own(files: Files) -> Mapping[str, str]:
    """What the head of a translation says itself: its language, if it is no other than the folder, and its status."""
    marked = files.nodes.get("article.md")
    front = files.article.front
    said = {"language": front.language, "status": str(front.status or "draft")}
    own = {name: said[name] for name in OWN if marked and marked.path((name,)) and name != "language"}
    language = said["language"] if front.language != files.given.name else ""
    return {**({"language": language} if language else {}), "status": "draft", **own}


def _accepted(kept: Mapping[str, str], given: Mapping[str, Unit], translation: Translation) -> dict[str, str]:
    """The record, with the words that each imported text translates, but for those that a translator is not sure of."""
    words = {**kept, **{key: bare(unit.original) for key, unit in given.items() if not unit.unsure}}
    return {key: words[key] for key in translation.originals if key in words}


def _notes(units: Sequence[Unit], given: Mapping[str, Unit], translation: Translation) -> list[str]:
    counts = Counter(
        "have no translation yet"
        if not unit.translation
        else "are not of this article, and were left out"
        if unit.key not in translation.originals
        else "are marked to be looked at again"
        if unit.unsure
        else ""
        for unit in units
    )
    return [f"{len(given)} texts imported", *(f"{count} texts {what}" for what, count in counts.items() if what)]


def _written(name: str, translation: Translation, texts: Mapping[str, str], own: Mapping[str, str]) -> bytes:
    """One file of a translation, in the order of the original."""
    ours = [text for text in translation.originals.values() if text.file == name and not text.in_prose]
    tree: dict[str, Any] = {}
    for text in ours:
        if words := texts.get(text.key):
            _put(tree, text, words)
    if name != "article.md":
        return "\n".join(_list(field, value) for field, value in tree.items()).encode()
    prose = "\n\n".join(texts[key] for key in _in_order(translation, texts))
    return f"---\n{folder.mapping({**tree, **own})}---\n\n{prose}".rstrip().encode() + b"\n"


def _in_order(translation: Translation, texts: Mapping[str, str]) -> list[str]:
    """The keys of the portions of the prose, as in the original; those that it does not have stand last."""
    known = [key for key, text in translation.originals.items() if key in texts and text.in_prose]
    return [*known, *(key for key in texts if key.startswith(IN_PROSE) and key not in translation.originals)]


def _list(field: str, value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, dict) for one in value):
        return folder.listed(field, value)
    return folder.mapping({field: value})


def _put(tree: dict[str, Any], text: Text, words: str) -> None:
    """Put a text into the fields of a file; what stands before it in a list, and is not translated, is empty."""
    names = text.key.split(".")
    names[1:-1] = [".".join(names[1:-1])] if len(names) > len(text.loc) else names[1:-1]  # an id with a full stop
    node: Any = tree
    for step, name, after in zip(text.loc, names, (*text.loc[1:], None), strict=True):
        held: Any = words if after is None else [] if isinstance(after, int) else {}
        node = _entry(node, step, name, held) if isinstance(step, int) else node.setdefault(step, held)


def _entry(entries: list[Any], index: int, name: str, held: Any) -> Any:
    """The entry of a list: that with an id, or else that in a place."""
    if isinstance(held, dict) and not name.isdecimal():
        found = next((one for one in entries if one.get("id") == name), None)
        if found is None:
            entries.append(found := {"id": name})
        return found
    while len(entries) <= index:
        entries.append({} if isinstance(held, dict) else "")
    if not isinstance(held, dict):
        entries[index] = held
    return entries[index]
