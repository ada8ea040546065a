"""The accepted pages of an article: files by which its later pages are compared, as git keeps them.

Of each document: the HTML, the structure as YAML, the positions as text, and a picture of each page.
"""

import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from PIL import Image

from triptych.content.kinds import KINDS
from triptych.documents.workshop import Document
from triptych.review import record
from triptych.review.record import Record
from triptych.review.report import Reviewed

OURS = re.compile(rf"(?P<document>{'|'.join(KINDS)})(-(?P<page>\d+))?\.(html|yaml|txt|png)")
"""The name of a file with what was accepted of a document, or of one of its pages."""


def read(folder: Path, name: str) -> Record | None:
    """The accepted record of a document, from the folder of its article; None if there is none."""
    kept = folder / f"{name}.yaml"
    if not kept.is_file():
        return None
    numbers = itertools.takewhile(lambda number: _page_file(folder, name, number).is_file(), itertools.count(1))
    return Record(
        kept.read_text(encoding="utf-8"),
        (folder / f"{name}.txt").read_text(encoding="utf-8"),
        tuple(Image.open(_page_file(folder, name, number)).convert("RGB") for number in numbers),
    )


def _page_file(folder: Path, name: str, number: int) -> Path:
    return folder / f"{name}-{number}.png"


def changed(document: Document, found: Reviewed) -> Iterator[tuple[str, bytes]]:
    """The files that accept a document, by name: its HTML, and those of the others that differ from the accepted."""
    name, changes, is_new = document.name, found.changed, found.before is None
    yield f"{name}.html", document.html.encode()
    if is_new or changes.text or changes.structure:
        yield f"{name}.yaml", found.after.structure.encode()
    if is_new or changes.geometry:
        yield f"{name}.txt", found.after.geometry.encode()
    differing = {area.page for area in changes.pictures}
    for number, picture in enumerate(found.after.pages, start=1):
        if number in differing:
            yield f"{name}-{number}.png", record.png(picture)


def left_over(folder: Path, documents: Iterable[Document]) -> Iterator[Path]:
    """The files in a folder that were accepted of documents and pages that there are no longer; none of others."""
    pages = {document.name: document.pages for document in documents}
    for path in sorted(folder.glob("*")):
        if ours := OURS.fullmatch(path.name):
            name, number = ours["document"], int(ours["page"] or 1)
            if not 0 < number <= pages.get(name, 0):
                yield path
