"""A finished PDF becomes the list of what is not seen as it should be: texts, pictures, drawings, lines and boxes.

Each is a sentence with its page, such as "page 2: `The library opens` has a line through it".
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from triptych.pdf import framed, overlaps, tags
from triptych.pdf.opened import Leaf, Opened, opened
from triptych.pdf.things import Ink

SHORT = 40
"""Most letters of a text that are quoted."""


def faults(pdf: bytes | Opened, sizes: Sequence[tuple[float, float]]) -> list[str]:
    """All that is not seen as it should be. `sizes` are the width and height of each page, in mm."""
    with opened(pdf) as found:
        if len(found.leaves) != len(sizes):
            return [f"there are {len(found.leaves)} pages instead of {len(sizes)}"]
        elements = tags.parents(found.objects) if "/StructTreeRoot" in found.objects.Root else None
        return [
            f"page {leaf.number}: {fault}"
            for leaf, page, size in zip(found.leaves, found.objects.pages, sizes, strict=True)
            for fault in _on(leaf, page, size, elements)
        ]


def _on(leaf: Leaf, page: Any, size: tuple[float, float], elements: Mapping[int, Any] | None) -> Iterator[str]:
    if wrong := framed.wrong_sheet(page, size):
        yield wrong
    yield from framed.off_the_sheet(leaf.things, leaf.trim, leaf.page.get_bleedbox())
    yield from framed.cut(leaf.things)
    if elements is not None:
        marked = elements.get(int(page.obj.get("/StructParents", -1)), ())
        yield from framed.without_words(leaf.things, dict(enumerate(marked)))
    if any(note.get("/Subtype") != "/Link" for note in page.obj.get("/Annots", [])):
        yield "a note lies on the page"
    with Ink(leaf.page, leaf.things) as ink:
        for text, why in overlaps.unseen(leaf.things, ink):
            if words := leaf.words(text.box):
                yield f"`{' '.join(words.split())[:SHORT]}` {why}"
