"""Tables of a spreadsheet become events, eras, key figures and sources. A source may be typed in words."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import yaml
from babel import Locale

from triptych.content import issued, tables, typed_dates
from triptych.content import read as content
from triptych.content.dates import BadDate
from triptych.content.errors import ContentError
from triptych.content.marked import Tabled
from triptych.content.tables import Dialect
from triptych.imports import found as files
from triptych.imports import moments, sources, tree
from triptych.imports.found import BadImport, Entry, Found

FORMS = tables.WORKBOOKS
"""Ends of the names of workbooks."""


def read(path: Path, dialect: Dialect) -> Found:
    """What the tables of a file hold. Raises BadImport, and ContentError with each cell that cannot be read."""
    files.data(path)
    given, problems, others = tables.every(path, dialect)
    found = Found(title=files.named_after(path))
    typed = _Sources(given.get("sources"), dialect.locale)
    for table in given.values():
        typed.replace(table)
    faults = [*problems, *(one for stem in given for one in content.faults(path, f"{stem}.yaml", given[stem]))]
    if faults:
        raise ContentError(faults)
    _fill(found, {stem: table.plain() for stem, table in given.items()}, typed.entries)
    found.notes += [
        f"the sheet `{name}` was left out: it has no columns of events, figures or sources" for name in others
    ]
    if not (found.events or found.eras or found.figures or found.references):
        raise BadImport(
            f"{path} has no events, figures or sources: `triptych columns timeline` lists the titles to give"
        )
    return found


def _fill(found: Found, given: Mapping[str, Entry], typed: list[Entry]) -> None:
    timeline = given.get("timeline", {})
    found.title = str(timeline.get("title") or found.title)
    found.events, found.eras = timeline.get("events", []), timeline.get("eras", [])
    found.figures = given.get("figures", {}).get("figures", [])
    listed = [*given.get("sources", {}).get("references", []), *typed]
    found.references = sources.completed(listed, _cited(found), found.notes)
    for entries, names, otherwise in ((found.events, "headline", "event"), (found.figures, "label", "figure")):
        for place, entry in enumerate(entries):
            entries[place] = {"id": moments.name(entry[names], moments.taken(entries[:place]), otherwise), **entry}
            if "weight" in entry:
                entries[place]["weight"] = int(entry["weight"])
    found.counts.update(event=len(found.events), era=len(found.eras))
    found.counts.update({"key figure": len(found.figures), "source": len(found.references)})
    if "positions" in given:
        found.notes.append("the positions were left out: save the workbook as positions.xlsx beside article.md too")


def _cited(found: Found) -> dict[str, str]:
    """The sources that entries name."""
    entries = (*found.events, *found.eras, *found.figures)
    return {key: key for entry in entries for key in entry.get("sources", [])}


class _Sources:
    """The names of sources as people type them, and the ids that they get."""

    def __init__(self, listed: Tabled | None, locale: Locale) -> None:
        self._locale = locale
        self.entries: list[Entry] = []
        """Sources that are typed in words, and that no table lists."""
        self._ids: dict[str, str] = {}
        rows = listed.plain().get("references", []) if listed and listed.node else []
        for row in rows:
            for name in ("id", "title", "title-short"):
                if row.get(name):
                    self._ids.setdefault(row[name].casefold(), tree.allowed_key(row.get("id") or row[name]))

    def replace(self, table: Tabled) -> None:
        """Put ids in the place of the names that a table has."""
        for node, cited in _named(table.node):
            node.value = self._id(node.value) if cited else tree.allowed_key(node.value)

    def _id(self, name: str) -> str:
        if known := self._ids.get(name.casefold()):
            return known
        if " " not in name:
            return tree.allowed_key(name)
        key = moments.name(name, set(self._ids.values()), "source")
        self._ids[name.casefold()] = key
        self.entries.append({"id": key, **_dated(name, self._locale)})
        return key


def _dated(name: str, locale: Locale) -> Entry:
    """The title of a source typed in words, and the date after its last comma, if there is one."""
    title, _, when = name.rpartition(",")
    try:
        written = typed_dates.edtf(when.strip(), None, locale)
        issued.read(written)
    except BadDate:
        return {"title": name}
    return {"title": title.strip(), "issued": written} if title.strip() else {"title": name}


def _named(node: yaml.Node | None) -> Iterator[tuple[yaml.ScalarNode, bool]]:
    """The names of sources in a table: the ids of those that it lists, and True with those that it cites."""
    for name, entries in node.value if isinstance(node, yaml.MappingNode) else ():
        for entry in entries.value if isinstance(entries, yaml.SequenceNode) else ():
            for field, value in entry.value:
                if field.value == "sources":
                    yield from ((one, True) for one in value.value)
                elif name.value == "references" and field.value == "id":
                    yield value, False
