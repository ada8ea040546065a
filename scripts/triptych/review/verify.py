"""A handout becomes a verdict: whether its pages and all else in it are what its content gives."""

import importlib.metadata
import io
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pikepdf

from triptych.content.errors import UsageError
from triptych.pdf import carried, hashes
from triptych.pdf.carried import Carried, Manifest
from triptych.review import bounded, compare, handouts, parts, record
from triptych.review.compare import Comparison
from triptych.review.handouts import Verdict
from triptych.review.parts import Differing


def pages(handout: Path, make: Callable[[Carried, Path], bytes]) -> Verdict:
    """Whether a handout has the pages that its content gives on this machine.

    `make` makes the PDF again, from the attachments and the folder with the unpacked content. Raises UsageError.
    """
    given = bounded.read(handout, partial(_given, handout))
    found = given.carried
    with handouts.unpacked(handout, found) as folder:
        made = make(found, folder)
    name = f"{found.manifest.article}, {found.document}"
    if made == handout.read_bytes():
        return Verdict(True, (f"{name}: the handout is the same, byte for byte, as its content gives here",))
    expected = _made(made)
    others = tuple(_other_makers(found, expected.manifest))
    differing = parts.differing(given.hashes, expected.hashes)
    lines = [*_unlisted(given, expected)]
    if not differing and not lines:
        return Verdict(
            True, (f"{name}: the handout is the same as its content gives here, saved by another program", *others)
        )
    told = _details(handout, made, differing)
    if others and not differing.lines and given.is_sealed and not lines and not told.words:
        return Verdict(True, (f"{name}: {_AS_MADE}", *others))
    return Verdict(False, (f"{name}: the pages differ from what its content gives here", *others, *lines, *told.lines))


_AS_MADE = (
    "its words and links are the same as its content gives here, and by its manifest nothing was changed since it was "
    "made; how it looks can be compared only with the versions that made it"
)


@dataclass(frozen=True, slots=True)
class Given:
    """What a handout carries, and the hashes of its parts."""

    carried: Carried
    hashes: Mapping[str, str]
    attached: tuple[str, ...]
    """The names of its attachments."""

    @property
    def is_sealed(self) -> bool:
        """Whether it is as it was when its manifest was written. Anybody can write another manifest."""
        return self.carried.manifest.hashes == self.hashes


def _given(handout: Path) -> Given:
    """A handout as it is. Raises UsageError."""
    found = carried.read(handout)
    with pikepdf.open(handout) as document:
        try:
            return Given(found, hashes.hashes(document), tuple(sorted(document.attachments)))
        except UsageError as error:
            raise UsageError(f"{handout} {error}") from None


@dataclass(frozen=True, slots=True)
class Made:
    """The hashes of a PDF that was made here, and the manifest in it."""

    hashes: Mapping[str, str]
    manifest: Manifest | None


def _made(pdf: bytes) -> Made:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return Made(hashes.hashes(document), carried.manifest(document))


def _other_makers(found: Carried, made: Manifest | None) -> Iterator[str]:
    """A line for each library that has another version here than when the handout was made, and for the templates."""
    for library, version in found.manifest.libraries.items():
        try:
            here = importlib.metadata.version(library)
        except importlib.metadata.PackageNotFoundError:
            here = "none"
        if here != version:
            yield f"made with {library} {version}; the version here is {here}"
    if made and made.templates != found.manifest.templates:
        yield "made with other templates than those here"


def _unlisted(given: Given, made: Made) -> Iterator[str]:
    """What the attachments say that nobody wrote: other files, and another command."""
    for name in given.attached:
        if name not in (carried.CONTENT, carried.MANIFEST):
            yield f"another file is attached: `{name}`"
    if made.manifest and made.manifest.command != given.carried.manifest.command:
        yield f"its manifest names another command: `{given.carried.manifest.command}`"


MOST_LINES = 200
"""Most differences that are listed."""


@dataclass(frozen=True, slots=True)
class Details:
    """What differs between two PDFs, in lines."""

    words: tuple[str, ...] = ()
    """Words and links."""
    looks: tuple[str, ...] = ()
    """Anything else."""
    parts: tuple[str, ...] = ()
    """The names of the pages and of the parts that differ."""

    @property
    def lines(self) -> tuple[str, ...]:
        """All of it, or as much as anybody reads."""
        found = (*self.parts, *self.words, *self.looks)
        left = len(found) - MOST_LINES
        return (*found[:MOST_LINES], f"and {left} more differences") if left > 0 else found


def _details(handout: Path, made: bytes, differing: Differing) -> Details:
    """What differs, as far as it can be compared: not with pages too many, of another size, or too slow to read."""
    named = (*differing.lines, *_named(differing))
    if differing.lines or any(part == hashes.SIZE for *_, part in differing.pairs):
        return Details(parts=named)
    try:
        found = bounded.read(handout, partial(_compared, handout, made, {page for page, *_ in differing.pairs}))
    except UsageError as error:
        return Details(parts=(*named, str(error)))
    structure = [*found.structure]
    links = [line for line in structure if line.startswith("links: ")]
    looks = (*(line for line in structure if line not in links), *found.geometry, *map(str, found.pictures))
    return Details((*map(str, found.text), *links), looks, named)


def _named(differing: Differing) -> Iterator[str]:
    """A line for each part that differs."""
    for page, _, part in differing.pairs:
        yield f"page {page}: its {part} {'differ' if part.endswith('s') else 'differs'}"
    yield from (f"its {part} {'differ' if part.endswith('s') else 'differs'}" for part in differing.parts)


def _compared(handout: Path, made: bytes, shown: Collection[int]) -> Comparison:
    return compare.compared(record.record(handout.read_bytes(), shown), record.record(made, shown))
