"""What an article printed then and prints now becomes a list of changes, each with the documents that print it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from triptych.content import differing
from triptych.content.claims import DOCUMENTS
from triptych.content.typography import shortened
from triptych.review.printed import Field, Part, Printed

_NOTHING = Field("", ())
ALIKE = 0.4
"""Share of words that two parts without names have in common at least, if one has become the other."""
FEW = 3
"""So many sources with other numbers are named one by one."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change, in a line to print."""

    line: str
    documents: tuple[str, ...]
    """Those that print it; empty if none does."""


def changes(then: Printed, now: Printed) -> Iterator[Change]:
    """What has changed between two states of an article."""
    for name in then:
        pairs = list(_pairs(then[name], now[name]))
        for before, after in pairs:
            yield from _changed(before, after, name == "sources")
        yield from _renumbered(pairs) if name == "sources" else _moved(pairs, now[name], name)


_Pair = tuple[Part | None, Part | None]


def _pairs(then: Sequence[Part], now: Sequence[Part]) -> Iterator[_Pair]:
    """Each part with what has become of it, in the order of before; then what is new."""
    found = _matched(then, now)
    yield from ((before, now[found[i]] if i in found else None) for i, before in enumerate(then))
    yield from ((None, after) for j, after in enumerate(now) if j not in found.values())


def _matched(then: Sequence[Part], now: Sequence[Part]) -> dict[int, int]:
    """The places of parts that are the same: by their own names, then by their texts, then by most of their words."""
    found: dict[int, int] = {}
    tests: tuple[Callable[[Part, Part], bool], ...] = (
        lambda one, other: one.known and other.known and one.name == other.name and one.kind == other.kind,
        lambda one, other: one.text == other.text and one.kind == other.kind,
        _alike,
    )
    for same in tests:
        for i, before in enumerate(then):
            free = (j for j in range(len(now)) if j not in found.values())
            if i not in found and (match := next((j for j in free if same(before, now[j])), None)) is not None:
                found[i] = match
    return found


def _alike(one: Part, other: Part) -> bool:
    if one.kind != other.kind:
        return False
    return SequenceMatcher(None, one.text.split(), other.text.split(), autojunk=False).ratio() > ALIKE


def _title(part: Part) -> str:
    name = part.name if part.name.startswith("“") or " " in part.name else f"`{part.name}`"
    return f"{part.kind} {name}" if part.name else part.kind


def _changed(before: Part | None, after: Part | None, source: bool) -> Iterator[Change]:
    """The changes of one part, field by field."""
    part = after or before
    assert part
    if not before or not after:
        yield Change(f"{_title(part)} is {'new' if after else 'gone'}: {shortened(part.text)}", part.documents)
        return
    for name in {**before.fields, **after.fields}:
        old, new = before.fields.get(name, _NOTHING), after.fields.get(name, _NOTHING)
        if old.text != new.text and not (source and name == "number"):
            told = ", ".join(filter(None, (_title(before), name)))
            yield Change(f"{told} {_verb(old.text, new.text)}", _either(old, new))
        yield from _elsewhere(before, name, old, new)


def _elsewhere(part: Part, name: str, old: Field, new: Field) -> Iterator[Change]:
    """That a text that has stayed the same is now in other documents."""
    if not (old.text == new.text != "" and old.documents != new.documents) or not (old.documents or new.documents):
        return
    told = ", ".join(filter(None, (_title(part), name)))
    for verb, one, other in (("no longer", old, new), ("now", new, old)):
        if left := tuple(sorted({*one.documents} - {*other.documents})):
            yield Change(f"{told} {verb} stands here: {shortened(old.text)}", left)


def _either(old: Field, new: Field) -> tuple[str, ...]:
    """The documents that print a field before or after."""
    printing = {*(old.documents if old.text else ()), *(new.documents if new.text else ())}
    return tuple(name for name in DOCUMENTS if name in printing)


def _verb(old: str, new: str) -> str:
    """What has happened to a text."""
    if not old or not new:
        return f"is {'new' if new else 'gone'}: {shortened(new or old)}"
    return f"changed: {'; '.join(differing.replacements(old, new))}"


def _moved(pairs: Sequence[_Pair], now: Sequence[Part], name: str) -> Iterator[Change]:
    """The parts that have changed places; not those with another date, which say so themselves."""
    stayed = {id(after): before for before, after in pairs if before and after and not _dated_anew(before, after)}
    old = [id(after) for _, after in pairs if id(after) in stayed]
    new = [id(part) for part in now if id(part) in stayed]
    titles = {id(part): _title(part) for part in now}
    for tag, i, j, *_ in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for one in old[i:j] if tag in ("delete", "replace") else ():
            place = new.index(one)
            where = f"after {titles[new[place - 1]]}" if place else f"first among the {name}"
            yield Change(f"{_title(stayed[one])} stands elsewhere: {where}", stayed[one].documents)


def _dated_anew(before: Part, after: Part) -> bool:
    return before.fields.get("date", _NOTHING).text != after.fields.get("date", _NOTHING).text


def _renumbered(pairs: Sequence[_Pair]) -> Iterator[Change]:
    """The sources with other numbers: each by itself if they are few, else the first of them."""
    found = [(before, after) for before, after in pairs if before and after and _number(before) != _number(after)]
    told = [f"`{before.name}` {_number(before)} → {_number(after)}" for before, after in found]
    if len(found) > FEW:
        told = [f"{', '.join(told[:FEW])} and {len(found) - FEW} more"]
    for line in told:
        yield Change(f"sources have other numbers: {line}", _all_of([after for _, after in found]))


def _number(part: Part) -> str:
    return part.fields["number"].text


def _all_of(parts: Sequence[Part]) -> tuple[str, ...]:
    return tuple(name for name in DOCUMENTS if any(name in part.documents for part in parts))
