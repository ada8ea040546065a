"""The hashes of two PDFs become the pages that are missing, new or elsewhere, and the other parts that differ."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from triptych.pdf.hashes import DRAWING

_OF_PAGE = re.compile(r"page (\d+): (.+)")
Hashes = Mapping[str, str]
_Numbers = Sequence[int]


@dataclass(frozen=True, slots=True)
class Differing:
    """What differs between a PDF and the one that it should be."""

    lines: tuple[str, ...]
    """On whole pages: which are missing, which are not of the document, which stand elsewhere."""
    pairs: tuple[tuple[int, int, str], ...]
    """The number of a page, the number that it should have, and which of its parts differs."""
    parts: tuple[str, ...]
    """The other parts of the file that differ."""

    def __bool__(self) -> bool:
        return bool(self.lines or self.pairs or self.parts)


def differing(given: Hashes, made: Hashes) -> Differing:
    """What of a given PDF is not as in the one that was made."""
    ours, theirs = _drawings(made), _drawings(given)
    pairs, missing, strange = _paired(ours, theirs)
    lines = [*_missing(missing, strange, ours, theirs), *_strange(strange, missing, ours, theirs)]
    other = [name for name in {**made, **given} if not _OF_PAGE.fullmatch(name) and made.get(name) != given.get(name)]
    return Differing(tuple(lines), tuple(_unlike(pairs, given, made)), tuple(other))


def _drawings(hashes: Hashes) -> list[str]:
    """What is drawn on each page, in order."""
    pages = {int(match[1]): hashes[match[0]] for match in _matches(hashes) if match[2] == DRAWING}
    return [pages[number] for number in sorted(pages)]


def _matches(hashes: Hashes) -> Iterator[re.Match[str]]:
    return (match for name in hashes if (match := _OF_PAGE.fullmatch(name)))


def _paired(ours: Sequence[str], theirs: Sequence[str]) -> tuple[list[tuple[int, int]], list[int], list[int]]:
    """The pages that stand in each other's place, theirs first; those of ours without one, and those of theirs."""
    pairs: list[tuple[int, int]] = []
    missing: list[int] = []
    strange: list[int] = []
    for _, i, j, k, m in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        both = min(j - i, m - k)
        pairs += [(k + step + 1, i + step + 1) for step in range(both)]
        missing += range(i + both + 1, j + 1)
        strange += range(k + both + 1, m + 1)
    return pairs, missing, strange


def _missing(numbers: _Numbers, strange: _Numbers, ours: Sequence[str], theirs: Sequence[str]) -> Iterator[str]:
    for number in numbers:
        place = next((one for one in strange if theirs[one - 1] == ours[number - 1]), 0)
        yield f"page {number} stands as page {place}" if place else f"page {number} is missing"


def _strange(numbers: _Numbers, missing: _Numbers, ours: Sequence[str], theirs: Sequence[str]) -> Iterator[str]:
    """The pages too many: those that repeat one of the document, and those that are none of it."""
    moved = {ours[number - 1] for number in missing}
    places = {drawing: place for place, drawing in reversed([*enumerate(ours, start=1)])}
    named = [(number, places.get(theirs[number - 1], 0)) for number in numbers if theirs[number - 1] not in moved]
    for first, last, place in _runs(named):
        pages, several = (f"page {first}", False) if first == last else (f"pages {first} to {last}", True)
        if place:
            yield f"{pages} {'repeat' if several else 'repeats'} page {place}"
        else:
            yield f"{pages} {'are' if several else 'is'} not of the document"


def _runs(named: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, int]]:
    """First and last of the pages that follow each other and have the same other number."""
    start = 0
    for index, (number, place) in enumerate(named):
        if index + 1 == len(named) or named[index + 1] != (number + 1, place):
            yield named[start][0], number, place
            start = index + 1


def _unlike(pairs: Sequence[tuple[int, int]], given: Hashes, made: Hashes) -> Iterator[tuple[int, int, str]]:
    """The parts of pages that differ."""
    places = {ours: theirs for theirs, ours in pairs}
    for match in _matches(made):
        theirs, part = places.get(int(match[1])), match[2]
        if theirs and given.get(f"page {theirs}: {part}") != made[match[0]]:
            yield theirs, int(match[1]), part
