"""What was found in files becomes the files of an article's folder."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from triptych.imports.found import Entry, Found

ORDER = (
    *("id", "type", "title", "deck", "language", "status", "source-article"),
    *("date", "headline", "label", "value", "basis", "summary", "weight", "lane", "attribution", "standing"),
)
"""The order in which fields are written; others follow."""


class _Dumper(yaml.SafeDumper):
    """Writes YAML as an author would: no aliases, lists indented."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        return super().increase_indent(flow, False)


def whole(found: Found) -> dict[str, bytes]:
    """The files of a new article, by name."""
    head = {"title": found.title, "status": "draft", **found.head}
    files = {"article.md": f"---\n{mapping(head)}---\n\n{found.prose}".rstrip() + "\n"}
    if found.events or found.eras:
        lists = {"events": found.events, "eras": found.eras}
        files["timeline.yaml"] = "\n".join(listed(name, entries) for name, entries in lists.items() if entries)
    if found.figures:
        files["figures.yaml"] = listed("figures", found.figures)
    if found.references:
        files["sources.yaml"] = listed("references", found.references)
    return {name: text.encode() for name, text in files.items()} | found.pictures


def mapping(fields: Mapping[str, Any]) -> str:
    """Fields as YAML."""
    return _dumped(_ordered(fields))


def listed(name: str, entries: Iterable[Entry]) -> str:
    """A list of entries as YAML, an empty line between them."""
    texts = [re.sub(r"^(?=.)", "  ", _dumped([_ordered(entry)]), flags=re.MULTILINE) for entry in entries]
    texts = [re.sub(r"^    - ", "  - ", text) for text in texts]
    return f"{name}:\n" + "\n".join(texts)


def _ordered(fields: Mapping[str, Any]) -> Entry:
    first = {name: fields[name] for name in ORDER if name in fields}
    return first | {name: value for name, value in fields.items() if name not in first}


def _dumped(value: Any) -> str:
    return yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100_000)
