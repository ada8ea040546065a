"""Two records of a document become a list of changes, each with page and position."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import yaml
from PIL import Image, ImageChops
from pixelmatch.contrib.PIL import pixelmatch

from triptych.content import differing
from triptych.content.typography import shortened
from triptych.content.units import MM_PER_INCH
from triptych.pdf.tags import Box, around
from triptych.review.record import DPI, Placement, Record

try:
    from yaml import CSafeLoader as SafeLoader  # in C: a tenth of the time
except ImportError:
    from yaml import SafeLoader  # type: ignore[assignment]

MM_PER_DOT = MM_PER_INCH / DPI
"""Size of one pixel of a page's picture, in mm."""
TILE = 64
"""Side in pixels of the squares that two pictures are compared in."""
THRESHOLD = 0.015
"""Least difference of two colours, on pixelmatch's scale from 0 to 1: about 16 of 255 levels of one colour."""
BUDGET = 4
"""Pixels of a page that may differ, not counting those of smoothed edges."""
LEAST_MOVE = 0.15
"""Least reported move, in mm. Positions are rounded to 0.1 mm, so rounding alone may cause a move of 0.1 mm."""


@dataclass(frozen=True, slots=True)
class TextChange:
    """A list item, row or paragraph with other words. `before` is empty if it is new, `after` if it is gone."""

    page: int
    section: str
    """The heading above it."""
    kind: str
    """item, row, paragraph, heading, picture or text."""
    before: str
    after: str

    @property
    def verb(self) -> str:
        """The kind of change: changed, added or removed."""
        return "changed" if self.before and self.after else "added" if self.after else "removed"

    def words(self) -> Iterator[tuple[str, str]]:
        """Each run of words with its fate: kept, removed or added."""
        return differing.runs(self.before, self.after)

    def __str__(self) -> str:
        head = f"page {self.page}: {self.kind} {self.verb} under “{self.section}”"
        replaced = f": {'; '.join(differing.replacements(self.before, self.after))}" if self.verb == "changed" else ""
        return f"{head}: `{shortened(self.before or self.after)}`{replaced}"


@dataclass(frozen=True, slots=True)
class Area:
    """A part of a page that looks different."""

    page: int
    box: Box

    def __str__(self) -> str:
        width, height = self.box.right - self.box.left, self.box.bottom - self.box.top
        return f"{place(self.page, self.box)}: {width:.0f} × {height:.0f} mm look different"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The changes of one document, tier by tier. False if there are none."""

    text: tuple[TextChange, ...]
    structure: tuple[str, ...]
    geometry: tuple[str, ...]
    pictures: tuple[Area, ...]

    def __bool__(self) -> bool:
        return bool(self.text or self.structure or self.geometry or self.pictures)

    @property
    def summary(self) -> str:
        """The changes in a few words, for an email, such as: 2 items changed under “Key figures”."""
        counts = Counter((change.kind, change.verb, change.section) for change in self.text)
        parts = [
            f"{count} {kind}{'s' if count > 1 else ''} {verb} under “{section}”"
            for (kind, verb, section), count in counts.items()
        ]
        if not parts and self.structure:
            parts = ["the same words; other tags, bookmarks, links or metadata"]
        if not parts and self.geometry:
            parts = ["the same words; some in other places"]
        if not parts and self.pictures:
            parts = ["the same words in the same places; it looks different"]
        return ", ".join(parts) or "unchanged"


def compared(before: Record, after: Record) -> Comparison:
    """The changes between two records."""
    old, new = (yaml.load(one.structure, Loader=SafeLoader) for one in (before, after))
    return Comparison(
        tuple(text(old["text"], new["text"])),
        tuple(structure(old, new)),
        tuple(geometry(before.geometry, after.geometry)),
        tuple(pictures(before.pages, after.pages)),
    )


def place(page: int, box: Box) -> str:
    """A position in words, as a person measures it with a ruler."""
    return f"page {page}, {box.left:.0f} mm from the left and {box.top:.0f} mm from the top"


_ABOVE = " › "
_KINDS = {"LI": "item", "TR": "row", "Figure": "picture", "P": "paragraph"}


def text(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> Iterator[TextChange]:
    """The list items, rows and paragraphs whose words changed, from the texts of two records by page."""
    old, new = list(_entries(before)), list(_entries(after))
    same = SequenceMatcher(None, [entry[2:] for entry in old], [entry[2:] for entry in new], autojunk=False)
    for tag, i, j, k, m in same.get_opcodes():
        if tag != "equal":
            yield from (_change(*pair) for pair in _pairs(old[i:j], new[k:m]))


_Entry = tuple[int, str, str, str]
"""Page, section, role and text."""


def _entries(pages: Mapping[str, Sequence[str]]) -> Iterator[_Entry]:
    section = ""
    for name, lines in pages.items():
        for line in lines:
            role, _, words = line.partition(": ")
            if role in ("H1", "H2"):
                section = words
            yield int(name.removeprefix("page ")), section, role, words


def _pairs(old: Sequence[_Entry], new: Sequence[_Entry]) -> Iterator[tuple[_Entry | None, _Entry | None]]:
    """Pair each old entry, in order, with the next new one that is similar; None for the missing one of a pair."""
    start = 0
    for entry in old:
        found = next((n for n in range(start, len(new)) if _alike(entry, new[n])), None)
        if found is None:
            yield entry, None
            continue
        yield from ((None, added) for added in new[start:found])
        yield entry, new[found]
        start = found + 1
    yield from ((None, added) for added in new[start:])


def _alike(old: _Entry, new: _Entry) -> bool:
    return old[2] == new[2] and SequenceMatcher(None, old[3].split(), new[3].split(), autojunk=False).ratio() > 0.4


def _change(old: _Entry | None, new: _Entry | None) -> TextChange:
    page, section, role, _ = new or old or (0, "", "", "")
    kind = _KINDS.get(role, "heading" if re.fullmatch(r"H\d?", role) else "text")
    return TextChange(page, section, kind, old[3] if old else "", new[3] if new else "")


def structure(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[str]:
    """Other differences of two structures, such as a lost bookmark, link, tag or typeface."""
    for name in after:
        if name == "text":
            continue
        old, new = ([_last(line, name) for line in _lines(facts.get(name, []))] for facts in (before, after))
        for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                yield from (f"{name}: lost `{line}`" for line in old[i:j])
                yield from (f"{name}: new `{line}`" for line in new[k:m])


def _last(line: str, name: str) -> str:
    """A line with the last three names above it. A bookmark stands alone: it includes its page."""
    return _ABOVE.join(line.split(_ABOVE)[-1 if name == "bookmarks" else -4 :])


def _lines(fact: Any, path: str = "") -> Iterator[str]:
    """The lines of a nested fact, each with the names above it."""
    if isinstance(fact, Mapping):
        for name, value in fact.items():
            if isinstance(value, list | Mapping):
                yield f"{path}{name}"
            yield from _lines(value, f"{path}{name}: " if not isinstance(value, list) else f"{path}{name}{_ABOVE}")
    elif isinstance(fact, list):
        for value in fact:
            yield from _lines(value, path)
    else:
        yield f"{path}{fact}"


def geometry(before: str, after: str) -> Iterator[str]:
    """Blocks and shapes that moved, changed size, appeared or disappeared, from the geometries of two records."""
    old, new = _places(before), _places(after)
    for page in sorted({*old, *new}):
        ours, theirs = old.get(page, []), new.get(page, [])
        matcher = SequenceMatcher(None, [one.what for one in ours], [one.what for one in theirs], autojunk=False)
        for tag, i, j, k, m in matcher.get_opcodes():
            if tag == "equal":
                yield from itertools.chain.from_iterable(map(_move, ours[i:j], theirs[k:m]))
            else:
                yield from (f"{place(page, one.box)}: lost `{one.what}`" for one in ours[i:j])
                yield from (f"{place(page, one.box)}: new `{one.what}`" for one in theirs[k:m])


def _places(text: str) -> dict[int, list[Placement]]:
    found: dict[int, list[Placement]] = {}
    for line in text.splitlines():
        page, left, top, right, bottom, what = line.split(maxsplit=5)
        box = Box(float(left), float(top), float(right), float(bottom))
        found.setdefault(int(page), []).append(Placement(int(page), box, what))
    return found


def _move(old: Placement, new: Placement) -> Iterator[str]:
    right, down = new.box.left - old.box.left, new.box.top - old.box.top
    wider = (new.box.right - new.box.left) - (old.box.right - old.box.left)
    taller = (new.box.bottom - new.box.top) - (old.box.bottom - old.box.top)
    moves = (
        (right, "to the right", "to the left"),
        (down, "down", "up"),
        (wider, "wider", "narrower"),
        (taller, "taller", "shorter"),
    )
    changes = [f"{abs(by):.1f} mm {more if by > 0 else less}" for by, more, less in moves if abs(by) > LEAST_MOVE]
    if changes:
        yield f"{place(old.page, old.box)}: `{old.what}` now {', '.join(changes)}"


def pictures(before: Sequence[Image.Image], after: Sequence[Image.Image]) -> Iterator[Area]:
    """The parts of pages that look different: the whole page if it is new, gone or of another size."""
    for number, (old, new) in enumerate(itertools.zip_longest(before, after), start=1):
        if old is None or new is None or old.size != new.size:
            width, height = (new or old).size
            yield Area(number, Box(0, 0, width * MM_PER_DOT, height * MM_PER_DOT))
        else:
            yield from (Area(number, box) for box in _areas(old, new))


def _areas(old: Image.Image, new: Image.Image) -> list[Box]:
    """The boxes in mm where two pictures of a page differ; empty if at most `BUDGET` pixels differ."""
    differing = 0
    boxes = []
    for tile in _tiles(ImageChops.difference(old, new)):
        if differing <= BUDGET:
            differing += _differing(old, new, tile)
        boxes.append(Box(*(edge * MM_PER_DOT for edge in tile)))
    return _joined(boxes) if differing > BUDGET else []


def _differing(old: Image.Image, new: Image.Image, tile: tuple[int, int, int, int]) -> int:
    """Number of pixels that differ in a part of two pictures, not counting those of smoothed edges."""
    left, top, right, bottom = tile
    window = (max(left - 2, 0), max(top - 2, 0), min(right + 2, old.width), min(bottom + 2, old.height))
    return pixelmatch(old.crop(window), new.crop(window), threshold=THRESHOLD)


def _tiles(difference: Image.Image) -> Iterator[tuple[int, int, int, int]]:
    """The bounds in pixels of the non-black part of each square of a picture."""
    if not difference.getbbox():
        return
    for top in range(0, difference.height, TILE):
        for left in range(0, difference.width, TILE):
            if box := difference.crop((left, top, left + TILE, top + TILE)).getbbox():
                yield left + box[0], top + box[1], left + box[2], top + box[3]


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """The boxes, with those close to each other merged."""
    found: list[Box] = []
    for box in boxes:
        near = [one for one in found if _near(one, box)]
        found = [one for one in found if one not in near]
        found.append(around([box, *near]))
    return found


def _near(one: Box, other: Box) -> bool:
    gap = TILE * MM_PER_DOT / 4
    return (
        one.left - gap < other.right
        and other.left - gap < one.right
        and one.top - gap < other.bottom
        and other.top - gap < one.bottom
    )
