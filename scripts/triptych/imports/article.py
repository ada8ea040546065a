"""Files of other programs become an article's folder; a newer version of the same files updates it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from triptych.build import finish
from triptych.content import disk, read, tables
from triptych.content.errors import ContentError, UsageError
from triptych.imports import again, found, origin, proposals, readers, sources, ticked
from triptych.imports import folder as folders
from triptych.imports import texts as texts_of
from triptych.imports.found import Found

TEXTS = tuple(texts_of.FORMS)
"""Ends of the names of files that hold a text."""
BASE = ".imported.json"
"""The hidden file, in the article's folder, with what was imported; the build ignores it."""

_NO_HEAD = "---\n---\n\n"
"""The head of an article that has no fields."""


class _Base(BaseModel):
    """What was imported last, from files that were given together."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    names: tuple[str, ...]
    """The names of the imported files."""
    files: dict[str, str]
    """The text of each content file, as it was imported; of what was added later only what came with it."""
    more: tuple["_Base", ...] = ()
    """What was added later, from other files."""

    def of(self, names: Sequence[str]) -> "_Base | None":
        """What was imported from files of these names."""
        return next((one for one in (self, *self.more) if one.names == tuple(names)), None)

    def updated(self, part: "_Base") -> "_Base":
        """The same, with what one import has now."""
        if part.names == self.names:
            return part.model_copy(update={"more": self.more})
        others = tuple(one for one in self.more if one.names != part.names)
        return self.model_copy(update={"more": (*others, part)})


@dataclass(frozen=True, slots=True)
class Report:
    """What an import did."""

    written: tuple[Path, ...]
    counts: str
    """What the files have: `3 headings, 1 table`."""
    notes: tuple[str, ...]
    """What was left out or changed, or meets a change of the author's."""
    proposes: bool
    """Whether it proposed something."""


def imported(paths: Sequence[Path], to: Path, given: Mapping[str, str], language: str = "") -> Report:
    """Import files into a folder. `given` has fields of `source-article` that the user gave, by name.

    Raises BadImport, ContentError, UsageError and MissingTool; then nothing is written.
    """
    disk.check_name(to.resolve().name)
    names = tuple(sorted(path.name for path in paths))
    base = _base(to, names)
    usual = read.dialect(to)
    dialect = replace(usual, language=language or usual.language)
    whole = joined([readers.read(path, given.get("url", ""), dialect) for path in paths], to.name)
    _complete(whole, given, language)
    files = folders.whole(whole)
    texts = {name: data.decode() for name, data in files.items() if name not in whole.pictures}
    if base and names != base.names:
        texts = _without_head(texts, whole.prose)
    if base:
        before = base.of(names)
        merged = _merged(to, before, texts, whole.notes) if before else _added(to, texts, whole.notes)
        files = {**whole.pictures, **merged}
    part = _Base(names=names, files=texts)
    kept = (base.updated(part) if base else part).model_dump_json(indent=2).encode()
    finish.replace(to, {**files, BASE: kept})
    notes = (*whole.notes, *origin.demands(whole.origin.get("licence", "")))
    if whole.prose:
        notes = (*notes, proposed(to))
    return Report(tuple(to / name for name in files), found.counted(whole.counts), notes, bool(whole.prose))


def _without_head(texts: Mapping[str, str], prose: str) -> dict[str, str]:
    """The content files of what is added to an article: the head is the article's own."""
    others = {name: text for name, text in texts.items() if name != "article.md"}
    return others | ({"article.md": f"{_NO_HEAD}{prose}\n"} if prose else {})


def _added(to: Path, texts: Mapping[str, str], notes: list[str]) -> dict[str, bytes]:
    """The content files with what is added from further files. Raises UsageError where a table is in the way."""
    files = {}
    for name, new in texts.items():
        forms = [form for form in tables.forms(to, name) if form != name]
        if forms:
            raise UsageError(f"{to / forms[0]} is there already: add to it by hand, or import into another folder")
        mine = (to / name).read_text(encoding="utf-8-sig") if (to / name).is_file() else ""
        if name == "article.md":
            text = f"{mine.rstrip()}\n\n{new.removeprefix(_NO_HEAD)}"
        else:
            merge = again.Merge(name)
            text = merge.text("", mine, new)
            notes += merge.notes
        files[name] = text.encode()
    return files


def _merged(to: Path, before: _Base, texts: Mapping[str, str], notes: list[str]) -> dict[str, bytes]:
    """The content files with what is new in the imported files, and what the author changed."""
    merged = {}
    for name in texts.keys() | before.files.keys():
        merge = again.Merge(name)
        base, new = before.files.get(name, ""), texts.get(name, "")
        mine = (to / name).read_text(encoding="utf-8-sig") if (to / name).is_file() else None
        if mine is None and name in before.files:
            notes.append(f"{name} is not in the folder any more: it stays away, as you left it")
            continue
        merged[name] = merge.text(base, mine or "", new).encode()
        notes += merge.notes
    return merged


def proposed(to: Path) -> str:
    """Write the proposals of an article's prose beside it, and add those that are ticked to its content.

    Returns a sentence about them. Raises ContentError and UsageError; then nothing is written.
    """
    files, problems = read.files(to)
    if faults := [problem for problem in problems if not problem.warning]:
        raise ContentError(faults)
    path = to / proposals.FILE
    before = ticked.kept(path.read_text(encoding="utf-8-sig")) if path.is_file() else {}
    lists = ticked.joined(ticked.of(files.article), before, files.article)
    added = ticked.accepted(to, files.article, lists)
    texts = {**added, proposals.FILE: ticked.file(lists)}
    finish.replace(to, {name: text.encode() for name, text in texts.items()})
    open_ones = {name: sum(not one.ticked for one in listed) for name, listed in lists.items()}
    counts = found.counted({"event": open_ones["events"], "key figure": open_ones["figures"]}) or "nothing"
    told = f"{counts} proposed in {path}"
    return f"what you ticked is in {' and '.join(added)}; {told}" if added else told


def _base(to: Path, names: Sequence[str]) -> _Base | None:
    """What was imported into a folder so far. Raises UsageError where files of these names cannot be added to it."""
    if not to.exists() and not to.is_symlink():
        return None
    try:
        base = _Base.model_validate_json((to / BASE).read_bytes())
    except (OSError, ValidationError, json.JSONDecodeError):
        raise UsageError(f"{to} is there already, and was not imported: give another name with --to") from None
    for one in (base, *base.more):
        if set(one.names) & set(names) and one.names != tuple(names):
            raise UsageError(f"{to} was imported from {', '.join(one.names)}: give all of these again, and no other")
    if not base.of(names) and (text := next((name for name in names if Path(name).suffix.lower() in TEXTS), None)):
        raise UsageError(
            f"{to} was imported from {', '.join(base.names)}: give that too, to add the text {text}, or another name "
            "with --to"
        )
    return base


def joined(parts: Sequence[Found], otherwise: str) -> Found:
    """What several files hold, as one: the title of the first text, or of the first that has one, or another name."""
    whole = Found()
    for part in sorted(parts, key=lambda part: not part.prose):
        whole.title = whole.title or part.title
        whole.prose = f"{whole.prose}\n\n{part.prose}".strip()
        whole.head = part.head | whole.head
        whole.origin = part.origin | whole.origin
        whole.events += part.events
        whole.eras += part.eras
        whole.figures += part.figures
        whole.pictures |= part.pictures
        whole.counts += part.counts
        whole.notes += part.notes
    whole.title = whole.title or otherwise.replace("-", " ").capitalize()
    whole.references = _joined_sources(parts, whole.notes)
    whole.notes = list(dict.fromkeys(whole.notes))
    if not (whole.prose or whole.events or whole.figures):
        whole.notes.append("there is nothing to print yet: import a text or a timeline too, or write the prose")
    return whole


def _joined_sources(parts: Sequence[Found], notes: list[str]) -> list[found.Entry]:
    """The sources of several files; one that a file lists takes the place of one that another only cites."""
    every = [entry for part in parts for entry in part.references]
    full = {entry["id"] for entry in every if set(entry) > {"id", "title"}}
    for key in sorted(full):
        notes[:] = [note for note in notes if not note.startswith(f"the source `{key}` is cited, but")]
    return sources.unique([one for one in every if set(one) > {"id", "title"} or one["id"] not in full], notes)


def _complete(whole: Found, given: Mapping[str, str], language: str) -> None:
    """Add what the user gave, and check that the language is one."""
    if language:
        whole.head["language"] = language
    whole.origin = origin.whole(whole.title, whole.origin, given)
    if whole.origin:
        whole.head["source-article"] = whole.origin
