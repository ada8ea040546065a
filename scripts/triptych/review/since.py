"""A handout and its article as it is today become the list of what has changed of what is printed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from triptych.content import kin
from triptych.content.kinds import KINDS, TABLES
from triptych.pdf import carried
from triptych.pdf.carried import Carried
from triptych.review import changes, handouts
from triptych.review.changes import Change
from triptych.review.handouts import Verdict
from triptych.review.printed import Part, Printed


def content(handout: Path, folder: Path, look: "_Look") -> Verdict:
    """Whether what a handout prints has changed in its article since, and what else has.

    `look` gives what the documents print of an article in a folder, with its files. Raises UsageError for a handout
    that cannot be read, and ContentError for an article that cannot.
    """
    found = handouts.opened(handout)
    if found.manifest.beside is None:
        with handouts.unpacked(handout, found) as temporary:
            return _compared(found, found.content, temporary, folder, look)
    sides = (found.manifest.translation or "", found.manifest.beside)
    with handouts.unpacked(handout, found) as temporary:
        verdicts = [
            _compared(found, carried.content(then), then, kin.root(folder) / side, look)
            for side, then in ((side, kin.root(temporary) / side) for side in sides)
        ]
    lines = (
        f"{side or 'the original'}: {line}"
        for side, verdict in zip(sides, verdicts, strict=True)
        for line in verdict.lines
    )
    return Verdict(all(verdict.holds for verdict in verdicts), tuple(lines))


_Look = Callable[[Path, Mapping[str, bytes]], Printed]


def _compared(found: Carried, given: Mapping[str, bytes], unpacked: Path, folder: Path, look: _Look) -> Verdict:
    """The same for one language: `given` are the files of a handout, which are in the folder `unpacked`."""
    kind = KINDS[found.document]
    own = f"{kin.tag(folder)}/"
    then = look(unpacked, given)
    files = {name: data for name, data in carried.content(folder).items() if kind.reads(name.removeprefix(own))}
    now = look(folder, files)
    if kind.unread:
        then, now = (_without(UNREAD, one) for one in (then, now))
    differing = sorted(name for name in {*files, *given} if files.get(name) != given.get(name))
    told = [*changes.changes(then, now), *_pictures(differing, [*_entries(then), *_entries(now)])]
    return Verdict(not any(found.document in one.documents for one in told), tuple(_lines(told, found, differing)))


UNREAD = ("positions", "parties", "agreed", "disputed", "not known")
"""The lists that come from a file which not every handout carries."""


def _without(lists: Sequence[str], whole: Printed) -> Printed:
    return {name: () if name in lists else entries for name, entries in whole.items()}


def _entries(whole: Printed) -> Iterator[Part]:
    return (part for entries in whole.values() for part in entries)


COMPARED = (".md", ".yaml", ".po", ".csl", *TABLES)
"""The endings of the files whose words are compared; each other one has a picture, or a part of one."""


def _pictures(differing: Sequence[str], entries: Sequence[Part]) -> Iterator[Change]:
    """The files with another picture, by the documents that print it; all, for a file that a drawing uses."""
    for name in differing:
        if not name.lower().endswith(COMPARED):
            fields = [field for part in entries for field in part.fields.values() if name in field.text]
            documents = {document for field in fields for document in field.documents} or {*KINDS}
            yield Change(f"the picture `{name}` is another", tuple(one for one in KINDS if one in documents))


def _lines(told: Sequence[Change], found: Carried, differing: Sequence[str]) -> Iterator[str]:
    """The changes of this document, then those of others, and those that no page shows."""
    own = [change for change in told if found.document in change.documents]
    others = [change for change in told if change.documents and change not in own]
    unprinted = [change for change in told if not change.documents]
    if not differing and not told:
        yield "the content is the same as in the handout"
        return
    caption = f"this {KINDS[found.document].caption}"
    yield f"{caption}: {_counted(own)}" if own else f"{caption} prints nothing that has changed"
    yield from (f"    {change.line}" for change in own)
    for title, some in (("other documents", others), ("in no document", unprinted)):
        if some:
            yield f"{title}: {_counted(some)}"
        for change in some:
            captions = ", ".join(KINDS[name].caption for name in change.documents)
            yield f"    {captions}{': ' * bool(captions)}{change.line}"
    if not told:
        yield f"these files differ in no printed word: {', '.join(differing)}"


def _counted(some: Sequence[Change]) -> str:
    return f"{len(some)} change{'s' if len(some) > 1 else ''}"
