"""Records before and after a change become a report for people: what changed on paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps

from triptych.compose.html import Composer
from triptych.design.where import Templates
from triptych.review import compare, record
from triptych.review.compare import MM_PER_DOT, Area, Comparison
from triptych.review.record import Record

MODES = (
    ("beside", "side by side", "1"),
    ("wipe", "wipe", "2"),
    ("blink", "blink", "3"),
    ("difference", "difference", "4"),
)
"""Ways to compare a page: name, label and key."""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A document before and after a change."""

    name: str
    """Its name in the report."""
    before: Record | None
    """None if the document is new."""
    after: Record
    changed: Comparison

    @property
    def summary(self) -> str:
        """The changes in a few words, for an email."""
        return self.changed.summary if self.before else "new"


def reviewed(name: str, before: Record | None, after: Record) -> Reviewed:
    """A document compared with its earlier record."""
    nothing = Record("text: {}", "", ())
    return Reviewed(name, before, after, compare.compared(before or nothing, after))


def summary(documents: Sequence[Reviewed]) -> str:
    """One line for each document, to paste into an email."""
    return "\n".join(f"{document.name}: {document.summary}" for document in documents)


def files(
    title: str, before: str, after: str, documents: Sequence[Reviewed], templates: Templates
) -> Mapping[str, bytes]:
    """The report's files by name: `index.html`, its style sheet and script, and the pictures of the changed pages.

    `before` and `after` name the two versions in words, such as “the last accepted version” and “today's content”.
    """
    pictures: dict[str, bytes] = {}
    views = [_document(document, pictures) for document in documents]
    html = Composer(templates).report(
        "review/index.html.jinja",
        title=title,
        before=before,
        after=after,
        summary=f"{title}: {after} compared with {before}\n{summary(documents)}",
        modes=MODES,
        documents=views,
    )
    fixed = {name: templates.file(f"review/{name}").read_bytes() for name in ("review.css", "review.js")}
    return {"index.html": html.encode(), **fixed, **pictures}


def _document(document: Reviewed, pictures: dict[str, bytes]) -> dict[str, Any]:
    """A document for the template. Adds the pictures of its pages to `pictures`."""
    areas: dict[int, list[Area]] = {}
    for area in document.changed.pictures:
        areas.setdefault(area.page, []).append(area)
    same = [str(number) for number in range(1, len(document.after.pages) + 1) if number not in areas]
    slug = document.name.replace(" ", "-")
    return {
        "id": slug,
        "name": document.name.capitalize(),
        "summary": document.summary[:1].upper() + document.summary[1:],
        "unchanged": f"page{'s' if len(same) > 1 else ''} {', '.join(same)}" if same else "",
        "changes": document.changed.text,
        "lists": [
            (f"{name} ({len(lines)})", lines)
            for name, lines in (("Structure", document.changed.structure), ("Places", document.changed.geometry))
        ],
        "pages": [_page(document, slug, number, found, pictures) for number, found in sorted(areas.items())],
    }


def _page(
    document: Reviewed, slug: str, number: int, areas: Sequence[Area], pictures: dict[str, bytes]
) -> dict[str, Any]:
    views = []
    for kind, name, picture in _views(document, number):
        file = f"{slug}-{number}-{kind}.png"
        pictures[file] = record.png(picture)
        views.append((kind, name, file, f"{document.name.capitalize()}, page {number}: {name.lower()}"))
    width, height = _page_size(document, number)
    return {
        "id": f"{slug}-{number}",
        "number": number,
        "areas": list(map(str, areas)),
        "views": views,
        "frames": [_frame(area, width, height) for area in areas],
    }


def _views(document: Reviewed, number: int) -> Iterator[tuple[str, str, Image.Image]]:
    """Kind, caption and picture of each view of a page."""
    before = _of(document.before.pages if document.before else (), number)
    after = _of(document.after.pages, number)
    if before:
        yield "before", "Before", before
    if after:
        yield "after", "After", after
    if before and after and before.size == after.size:
        yield "difference", "Difference: orange was removed, blue is new", _difference(before, after)


def _of(pages: Sequence[Image.Image], number: int) -> Image.Image | None:
    return pages[number - 1] if number <= len(pages) else None


def _difference(before: Image.Image, after: Image.Image) -> Image.Image:
    """Two pages in one picture: grey where they agree, orange where ink was removed, blue where ink is new."""
    old, new = (ImageOps.grayscale(picture) for picture in (before, after))
    return Image.merge("RGB", (new, Image.blend(old, new, 0.5), old))


def _page_size(document: Reviewed, number: int) -> tuple[float, float]:
    """Width and height of a page, in mm."""
    before = document.before.pages if document.before else ()
    page = _of(document.after.pages, number) or _of(before, number)
    assert page
    return page.width * MM_PER_DOT, page.height * MM_PER_DOT


def _frame(area: Area, width: float, height: float) -> str:
    """The position of an area on its page as CSS, with 1 mm around it. Width and height of the page in mm."""
    box, room = area.box, 1.0
    left, top = max(box.left - room, 0), max(box.top - room, 0)
    right, bottom = min(box.right + room, width), min(box.bottom + room, height)
    shares = {
        "left": left / width,
        "top": top / height,
        "width": (right - left) / width,
        "height": (bottom - top) / height,
    }
    return "; ".join(f"{name}: {share:.2%}" for name, share in shares.items())
