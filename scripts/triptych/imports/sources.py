"""Lists of sources, in CSL-JSON, CSL-YAML, BibTeX, BibLaTeX and RIS, become entries of `sources.yaml`."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import HttpUrl, ValidationError

from triptych.content import issued, names, nodes
from triptych.content.dates import BadDate
from triptych.imports import found, mediawiki, pandoc, tree
from triptych.imports.found import BadImport, Entry, Found

FORMS = {".json": "csljson", ".bib": "biblatex", ".bibtex": "bibtex", ".ris": "ris", ".yaml": "yaml", ".yml": "yaml"}
"""Pandoc's name of the form of a file, by the end of the file's name."""
_BIBTEX = re.compile(r"^\s*@(?!comment|preamble|string)\w+\s*\{\s*([^,\s]+)\s*,", re.IGNORECASE | re.MULTILINE)


@dataclass(slots=True)
class Cited:
    """The sources that templates in a text cite, each with a key."""

    entries: list[Entry] = field(default_factory=list)

    def key(self, template: str) -> str | None:
        """The key of the source that a template cites; None if it cites none."""
        if not (entry := mediawiki.source(template)):
            return None
        if same := next((one for one in self.entries if {**one, "id": ""} == {**entry, "id": ""}), None):
            return str(same["id"])
        people = entry.get("author") or [{"literal": entry["title"]}]
        name = re.findall(r"\w+", (people[0].get("family") or people[0]["literal"]).lower())[0]
        year = next(iter(re.findall(r"\d{4}", str(entry.get("issued", "")))), "")
        taken = {one["id"] for one in self.entries}
        key = next(
            key
            for letter in ("", *map(str, range(2, 9999)))
            if (key := f"{name}{year}{letter and '-'}{letter}") not in taken
        )
        self.entries.append({"id": key, **entry})
        return key


def read_file(path: Path) -> Found:
    """What a list of sources holds. Raises BadImport."""
    form = FORMS[path.suffix.lower()]
    text = found.text(path)
    if form == "yaml":
        given = nodes.plain(path)
        listed = given.get("references", given) if isinstance(given, dict) else given
    elif form == "csljson":
        listed = json_of(path, text)
    else:
        listed = read_json(path, pandoc.converted(path, text.encode(), form, "csljson"))
        _check_whole(path, form, text, listed)
    if isinstance(listed, dict):
        listed = listed.get("items", listed.get("references"))
    if not isinstance(listed, list) or not all(isinstance(one, dict) and "id" in one for one in listed):
        raise BadImport(f"{path} is not a list of sources: each must have an `id`, as in CSL")
    result = Found()
    result.references = completed(listed, {}, result.notes)
    result.counts["source"] = len(result.references)
    return result


def json_of(path: Path, text: str) -> Any:
    """A JSON text. Raises BadImport with the line."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise BadImport(f"{path}:{error.lineno}:{error.colno} is not JSON: {error.msg.lower()}") from None
    except RecursionError:
        raise BadImport(f"{path} is nested too deep") from None


def read_json(path: Path, given: bytes) -> list[Entry]:
    """CSL-JSON as pandoc writes it."""
    listed = json_of(path, given.decode())
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _check_whole(path: Path, form: str, text: str, listed: list[Entry]) -> None:
    """Raise BadImport where pandoc read fewer entries than the file has."""
    if form in ("biblatex", "bibtex"):
        keys = _BIBTEX.findall(text)
        missing = [key for key in keys if key not in {one.get("id") for one in listed}]
        if missing:
            line = text.count("\n", 0, text.index(missing[0])) + 1
            raise BadImport(f"{path}:{line}: the source `{missing[0]}` cannot be read: close each of its braces")
    if not listed:
        raise BadImport(f"{path} has no sources in it")


def completed(listed: Iterable[Mapping[str, Any]], keys: Mapping[str, str], notes: list[str]) -> list[Entry]:
    """Sources with what Triptych needs, and one for each cited key that has none; `keys` are the cited ones."""
    entries = unique([_entry(one, keys, notes) for one in listed], notes)
    known = {entry["id"] for entry in entries}
    for key in dict.fromkeys(keys.values()):
        if key not in known:
            notes.append(f"the source `{key}` is cited, but not in the file: write its title in sources.yaml")
            entries.append({"id": key, "title": key})
    return entries


def _entry(given: Mapping[str, Any], keys: Mapping[str, str], notes: list[str]) -> Entry:
    named = str(given["id"])
    title = re.findall(r"\w+", str(given.get("title", "")).lower())
    key = keys.get(named, tree.allowed_key(named or "-".join(title[:4])))
    if named and key != named:
        notes.append(f"the key `{named}` became `{key}`")
    entry: Entry = {
        "id": key,
        **{name: value for name, value in given.items() if name != "id" and value not in ("", [], {}, None)},
    }
    if not entry.get("title"):
        entry["title"] = str(entry.get("container-title") or entry.get("URL") or key)
        notes.append(f"the source `{key}` has no title: it is called `{entry['title']}`")
    known = entry.get("custom")
    if isinstance(known, dict) and isinstance(known.get("triptych"), dict):
        entry |= known["triptych"]
        del entry["custom"]
    for name in (*issued.DATES, "issued"):
        if name in entry:
            _set_date(entry, name, notes)
    for name in names.NAMES:
        if name in entry:
            _set_people(entry, name, notes)
    if "URL" in entry and not _is_address(entry["URL"]):
        notes.append(
            f"the source `{key}` has the address `{entry.pop('URL')}`, which is none of the web: it was left out"
        )
    return entry


def _set_date(entry: Entry, name: str, notes: list[str]) -> None:
    try:
        when = issued.read(entry[name])
    except BadDate:
        written = entry.pop(name)
        shown = f"`{written}` was" if isinstance(written, str | int) else "it was"
        notes.append(f"the source `{entry['id']}` has no readable date in `{name}`: {shown} left out")
        return
    entry[name] = when.when.edtf if when.when else {"literal": when.words}


def _set_people(entry: Entry, name: str, notes: list[str]) -> None:
    people = [
        {part: str(value) for part, value in one.items()} if isinstance(one, dict) else one for one in entry[name]
    ]
    try:
        entry[name] = [dict(one) for one in names.read(people)]
    except ValueError as error:
        notes.append(f"the source `{entry['id']}` has the name `{error}` in `{name}`, which is none: it was left out")
        del entry[name]


def _is_address(value: object) -> bool:
    try:
        HttpUrl(str(value))
    except ValidationError:
        return False
    return True


def unique(entries: Iterable[Entry], notes: list[str]) -> list[Entry]:
    """Sources without those that repeat the key of another; those of the same DOI or address are noted."""
    kept: dict[str, Entry] = {}
    seen: dict[str, str] = {}
    for entry in entries:
        if entry["id"] in kept:
            if kept[entry["id"]] != entry:
                notes.append(f"the key `{entry['id']}` is given twice: the first source is kept")
            continue
        kept[entry["id"]] = entry
        for mark in _marks(entry):
            if seen.get(mark, entry["id"]) != entry["id"]:
                notes.append(f"the sources `{seen[mark]}` and `{entry['id']}` seem to be one: both have {mark}")
                break
            seen.setdefault(mark, entry["id"])
    return list(kept.values())


def _marks(entry: Entry) -> Iterable[str]:
    """The DOI and the address of a source, each in one form."""
    if doi := re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", str(entry.get("DOI", "")).strip().lower()):
        yield f"the DOI {doi}"
    if address := str(entry.get("URL", "")):
        parts = urlsplit(address.lower())
        if (site := (parts.hostname or "").removeprefix("www.")) in ("doi.org", "dx.doi.org"):
            yield f"the DOI {parts.path.strip('/')}"
        elif site:
            query = f"?{parts.query}" if parts.query else ""
            yield f"the address {site}{parts.path.rstrip('/')}{query}"
