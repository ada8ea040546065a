"""A handout becomes a verdict: whether its pages match its content, and what has changed since."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from triptych.check.rules import problems
from triptych.content import claims, prose, read, typography
from triptych.content.errors import MissingTool, TriptychError, UsageError
from triptych.content.kinds import KINDS, Prints
from triptych.content.model import Article
from triptych.pdf import carried
from triptych.pdf.carried import Carried
from triptych.review import compare, record


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result, in lines to print."""

    holds: bool
    lines: tuple[str, ...]


@contextmanager
def unpacked(handout: Path, found: Carried) -> Iterator[Path]:
    """A temporary folder with the article in a handout. Raises UsageError if its documents cannot be made here."""
    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        article = found.unpacked(Path(folder))
        try:
            yield article
        except MissingTool:
            raise
        except TriptychError as error:
            first = str(error).replace(f"{article.resolve()}/", "").replace(f"{article}/", "").splitlines()[0]
            raise UsageError(f"{handout} carries an article that cannot be made here: {first}") from error


def pages(handout: Path, make: Callable[[Carried, Path], bytes]) -> Verdict:
    """Whether a handout has the pages that its content gives on this machine.

    `make` makes the PDF again, from the attachments and the folder with the unpacked content. Raises UsageError.
    """
    found = carried.read(handout)
    with unpacked(handout, found) as folder:
        made = make(found, folder)
    given = handout.read_bytes()
    name = f"{found.manifest.article}, {found.document}"
    if made == given:
        return Verdict(True, (f"{name}: the handout is the same, byte for byte, as its content gives here",))
    with carried.readable(handout):
        before = record.record(given)
    changed = compare.compared(before, record.record(made))
    others = tuple(_other_makers(found))
    if not changed:
        return Verdict(
            True, (f"{name}: the pages are the same as its content gives here; other parts of the file differ", *others)
        )
    differences = (*map(str, changed.text), *changed.structure, *changed.geometry, *map(str, changed.pictures))
    return Verdict(False, (f"{name}: the pages differ from what its content gives here", *others, *differences))


def _other_makers(found: Carried) -> Iterator[str]:
    """A line for each library that has another version here than when the handout was made."""
    import importlib.metadata

    for library, version in found.manifest.libraries.items():
        try:
            here = importlib.metadata.version(library)
        except importlib.metadata.PackageNotFoundError:
            here = "none"
        if here != version:
            yield f"made with {library} {version}; the version here is {here}"


def content(handout: Path, folder: Path) -> Verdict:
    """Whether the content has changed since a handout was made, with the changed statements. Raises UsageError."""
    found = carried.read(handout)
    with unpacked(handout, found) as temporary:
        then = read.whole(temporary).article
    now = problems(folder)[0].article
    lines = [
        f"{document}: {line}"
        for document in ((found.document,) if KINDS[found.document].unread else claims.DOCUMENTS)
        for line in _changes(_printed(then, document), _printed(now, document))
    ]
    if lines:
        return Verdict(False, tuple(lines))
    own, reads = f"{found.manifest.translation}/", KINDS[found.document].reads
    files = {name: data for name, data in carried.content(folder).items() if reads(name.removeprefix(own))}
    differing = sorted(name for name in {*files, *found.content} if files.get(name) != found.content.get(name))
    if differing:
        return Verdict(True, (f"no statement has changed, but these files differ: {', '.join(differing)}",))
    return Verdict(True, ("the content is the same as in the handout",))


def _printed(article: Article, document: str) -> Mapping[str, str]:
    """Each statement that a document prints, by its name: claims, and passages in a document with prose."""
    found = {
        claim.title: _statement(claim.printed(document), str(claim.date.edtf if claim.date else ""), claim.sources)
        for claim in claims.claims(article)
        if document in claim.documents
    }
    if Prints.PROSE in KINDS[document].prints:
        passages = [passage for passage in prose.texts(article.prose).values() if not passage.is_section]
        found |= {f"passage `{passage.name}`": _statement(passage.text, "", passage.sources) for passage in passages}
    return found


def _statement(text: str, date: str, sources: Sequence[str]) -> str:
    return " ".join(" ".join((text, date, f"[{', '.join(sources)}]" if sources else "")).split())


def _changes(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in {**then, **now}:
        before, after = then.get(name, ""), now.get(name, "")
        if before and after and before != after:
            replaced = compare.TextChange(0, "", "", before, after).replacements()
            yield f"{name} changed: {'; '.join(replaced)}"
        elif before != after:
            yield f"{name} is {'new' if after else 'gone'}: {typography.shortened(after or before)}"
