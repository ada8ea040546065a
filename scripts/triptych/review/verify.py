"""A handout, with what it carries, becomes a verdict: whether its pages hold, and what has changed since."""

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
    """What was found, in lines for a person."""

    holds: bool
    lines: tuple[str, ...]


@contextmanager
def unpacked(handout: Path, found: Carried) -> Iterator[Path]:
    """A temporary folder with the article that a handout carries. Raises UsageError where nothing can be made of it."""
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
    """Whether a handout's pages are what its content gives here.

    `make` makes the PDF anew from what is carried and the folder into which that was unpacked.
    """
    found = carried.read(handout)
    with unpacked(handout, found) as folder:
        made = make(found, folder)
    given = handout.read_bytes()
    name = f"{found.manifest.article}, {found.document}"
    if made == given:
        return Verdict(True, (f"{name}: the handout is, to the byte, what its content gives here",))
    with carried.readable(handout):
        before = record.record(given)
    changed = compare.compared(before, record.record(made))
    others = tuple(_other_makers(found))
    if not changed:
        return Verdict(
            True, (f"{name}: the pages are what its content gives here; the files differ otherwise", *others)
        )
    told = (*map(str, changed.text), *changed.structure, *changed.geometry, *map(str, changed.pictures))
    return Verdict(False, (f"{name}: the pages are not what its content gives here", *others, *told))


def _other_makers(found: Carried) -> Iterator[str]:
    """Versions with which a handout was made that are not those here."""
    import importlib.metadata

    for library, version in found.manifest.libraries.items():
        try:
            here = importlib.metadata.version(library)
        except importlib.metadata.PackageNotFoundError:
            here = "none"
        if here != version:
            yield f"made with {library} {version}; here is {here}"


def content(handout: Path, folder: Path) -> Verdict:
    """Whether the content has changed since a handout was made: which statements, by document."""
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
    files = {name: data for name, data in carried.content(folder).items() if name not in KINDS[found.document].unread}
    differing = sorted(name for name in {*files, *found.content} if files.get(name) != found.content.get(name))
    if differing:
        return Verdict(True, (f"no statement has changed; the files {', '.join(differing)} differ otherwise",))
    return Verdict(True, ("the content is that of the handout",))


def _printed(article: Article, document: str) -> Mapping[str, str]:
    """Each statement that a document prints, by its name: claims, and in the briefing the passages."""
    found = {
        claim.title: _told(claim.printed(document), str(claim.date.edtf if claim.date else ""), claim.sources)
        for claim in claims.claims(article)
        if document in claim.documents
    }
    if Prints.PROSE in KINDS[document].prints:
        passages = [passage for passage in prose.texts(article.prose).values() if not passage.is_section]
        found |= {f"passage `{passage.name}`": _told(passage.text, "", passage.sources) for passage in passages}
    return found


def _told(text: str, date: str, sources: Sequence[str]) -> str:
    return " ".join(" ".join((text, date, f"[{', '.join(sources)}]" if sources else "")).split())


def _changes(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in {**then, **now}:
        before, after = then.get(name, ""), now.get(name, "")
        if before and after and before != after:
            replaced = compare.TextChange(0, "", "", before, after).replacements()
            yield f"{name} changed: {'; '.join(replaced)}"
        elif before != after:
            yield f"{name} is {'new' if after else 'gone'}: {typography.shortened(after or before)}"
