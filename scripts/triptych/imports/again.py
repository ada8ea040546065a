"""A newer version of an imported file and the author's changes become one text, by a three-way merge.

The head of an article is merged by field, its prose by line, a list by the names of its entries and each entry by line.
Where both changed the same, the author's text stays, and a note gives both.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from triptych.content.errors import MissingTool

_DASH = "  - "
"""What an entry of a list starts with."""
_FIELD = re.compile(r"^(?=[\w-]+:)", re.MULTILINE)


@dataclass(slots=True)
class Merge:
    """Merges the texts of one file."""

    name: str
    """The file."""
    notes: list[str] = field(default_factory=list)
    """What the author and the file both changed, a sentence each."""

    def text(self, base: str, mine: str, new: str) -> str:
        """The author's text with what is new in the file since `base`."""
        if mine in (base, new):
            return new
        if new == base:
            return mine
        if self.name.endswith(".md"):
            return self._article(base, mine, new)
        return self._lists(base, mine, new)

    def _article(self, base: str, mine: str, new: str) -> str:
        (base_head, base_prose), (my_head, my_prose), (new_head, new_prose) = map(_split, (base, mine, new))
        head = self._parts(_fields(base_head), _fields(my_head), _fields(new_head))
        return f"---\n{head}---\n{self._lines('the prose', base_prose, my_prose, new_prose)}"

    def _lists(self, base: str, mine: str, new: str) -> str:
        whole = self._parts(*map(_entries, (base, mine, new)))
        return re.sub(r"\n{3,}", "\n\n", whole)

    def _parts(self, base: Mapping[str, str], mine: Mapping[str, str], new: Mapping[str, str]) -> str:
        """Named parts of a text, in the author's order; a new one stands after the one that it follows in the file."""
        order = list(mine)
        for before, name in zip([None, *new], new, strict=False):
            if name not in mine and name not in base:
                order.insert(order.index(before) + 1 if before in order else len(order), name)
        return "".join(self._part(name, base.get(name), mine.get(name), new.get(name)) for name in order)

    def _part(self, name: str, base: str | None, mine: str | None, new: str | None) -> str:
        if mine is None:
            return _ended(new or "")
        if base is None:
            if new is not None and new.strip() != mine.strip():
                self._both(name, mine, new)
            return mine
        if new is None:
            if mine.strip() == base.strip():
                self.notes.append(f"{self.name}: `{name}` is no longer in the file: it was removed")
                return ""
            self.notes.append(f"{self.name}: `{name}` is no longer in the file: it stays, since you changed it")
            return mine
        if mine.startswith(_DASH):
            return self._entry(name, base, mine, new)
        return _ended(self._lines(f"`{name}`", base, mine, new))

    def _entry(self, name: str, base: str, mine: str, new: str) -> str:
        """An entry of a list, merged by its fields."""
        fields = [{f"{name}, {field}": text for field, text in _lines_of(entry).items()} for entry in (base, mine, new)]
        merged = self._parts(*fields).strip("\n")
        return f"{_DASH}{merged.removeprefix('    ')}\n\n"

    def _lines(self, what: str, base: str, mine: str, new: str) -> str:
        lines: list[str] = []
        for kind, *parts in _groups(*(text.splitlines(keepends=True) for text in (base, mine, new))):
            if kind == "conflict":
                _, mine_lines, new_lines = parts
                self._both(what.strip("`"), "".join(mine_lines), "".join(new_lines))
                lines += mine_lines
            else:
                lines += parts[0]
        return "".join(lines)

    def _both(self, what: str, mine: str, new: str) -> None:
        yours, theirs = (" ".join(text.split())[:300] or "nothing" for text in (mine, new))
        both = f"{self.name}: you and the file both changed {what}"
        self.notes.append(f"{both}: yours stays, `{yours}`; the file has `{theirs}`")


def _groups(base: Sequence[str], mine: Sequence[str], new: Sequence[str]) -> Iterable[tuple[str, ...]]:
    try:
        from merge3 import Merge3
    except ModuleNotFoundError:
        raise MissingTool("an import again needs a package that is missing: run `make import`") from None
    groups: Iterable[tuple[str, ...]] = Merge3(base, mine, new).merge_groups()
    return groups


def _split(text: str) -> tuple[str, str]:
    """The head and the prose of an article."""
    found = re.match(r"\ufeff?---\n(.*?)^---\n", text, re.DOTALL | re.MULTILINE)
    return (found[1], text[found.end() :]) if found else ("", text)


def _fields(head: str) -> dict[str, str]:
    """The fields of a head by name, each with the lines below it."""
    parts = [part for part in _FIELD.split(head) if part]
    return {part.partition(":")[0] if re.match(r"[\w-]+:", part) else "": part for part in parts}


def _entries(text: str) -> dict[str, str]:
    """The entries of the lists of a file by list and name, and what stands before each list."""
    found: dict[str, str] = {}
    for section in re.split(r"^(?=\w[\w-]*:)", text, flags=re.MULTILINE):
        head, *entries = re.split(r"^(?=  - )", section, flags=re.MULTILINE)
        title = head.partition(":")[0].strip() if ":" in head else ""
        if head:
            found[f"{title}:"] = head
        for place, entry in enumerate(entries):
            named = re.search(r"^  (?:- |  )id: *['\"]?([^'\"\n]+?)['\"]? *$", entry, re.MULTILINE)
            label = re.search(r"^  (?:- |  )label: *(.+)$", entry, re.MULTILINE)
            name = named[1] if named else label[1] if label else str(place)
            found[f"{title} {name}".strip()] = entry if entry.endswith("\n\n") else f"{entry.rstrip()}\n\n"
    return found


def _lines_of(entry: str) -> dict[str, str]:
    """The fields of an entry by name, each with the lines below it, indented alike."""
    whole = f"    {entry.removeprefix(_DASH).strip()}\n"
    parts = [part for part in re.split(r"^(?=    [\w-]+:)", whole, flags=re.MULTILINE) if part]
    return {part.partition(":")[0].strip(): part for part in parts}


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"
