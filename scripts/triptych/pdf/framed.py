"""What a page draws becomes the list of what is off the sheet or cut, and of pictures without words, in sentences.

The ground of a page for a press may reach into the bleed, and crop marks stand outside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from triptych.content.units import MM_PER_POINT
from triptych.pdf import tags, things
from triptych.pdf.things import DRAWING, EVERYWHERE, PICTURE, TEXT, Edges, Thing

EDGE = 0.5
"""A thing may reach over the edge of the sheet, or of what clips it, by so many pt: the typesetter rounds."""
ROUNDED = 0.1
"""The edges of a sheet may be off by so many mm."""


def wrong_sheet(page: Any, size: tuple[float, float]) -> str:
    """What is wrong with the sheet of a page, as pikepdf reads it; `size` is its width and height in mm."""
    media, crop, bleed, trim = (_edges(box) for box in (page.mediabox, page.cropbox, page.bleedbox, page.trimbox))
    wide, high = ((trim[side + 2] - trim[side]) * MM_PER_POINT for side in (0, 1))
    if max(abs(wide - size[0]), abs(high - size[1])) > ROUNDED:
        return f"the sheet is {wide:.1f} × {high:.1f} mm instead of {size[0]:.1f} × {size[1]:.1f} mm"
    if things.reach(trim, bleed) > 0 or things.reach(bleed, media) > 0 or things.reach(bleed, crop) > 0:
        return "the sheet is not wholly on its page"
    turned = page.obj.get("/Rotate", 0) or page.obj.get("/UserUnit", 1) != 1
    return "the sheet is turned or enlarged" if turned else ""


def _edges(box: Any) -> Edges:
    left, bottom, right, top = (float(edge) for edge in box)
    return left, bottom, right, top


def off_the_sheet(drawn: Sequence[Thing], trim: Edges, bleed: Edges) -> Iterator[str]:
    """A sentence for each picture, line and box of which a part is not on the sheet."""
    for thing in drawn:
        shown = thing.shown
        if thing.what not in (TEXT, DRAWING) and things.has_size(shown) and not _is_crop_mark(shown, trim, bleed):
            window = bleed if bleed != trim and things.is_rectangle(thing) else trim
            if things.reach(shown, window) > EDGE and things.reach(_drawn(thing), window) > EDGE:
                yield f"{thing.name} runs off the sheet"


def _drawn(thing: Thing) -> Edges:
    return things.common(things.extent(thing), *thing.clips)


def _is_crop_mark(shown: Edges, trim: Edges, bleed: Edges) -> bool:
    return bleed != trim and not things.has_size(things.common(shown, bleed))


def cut(drawn: Sequence[Thing]) -> Iterator[str]:
    """A sentence for each picture or drawing of which something else than its own frame clips a part.

    What reaches over the frame of an author's drawing is not to be seen. Nothing does of ours, which have no words.
    """
    frames: dict[int, Edges] = {}
    for thing in drawn:
        if thing.what == PICTURE and not thing.within:
            parts = [thing.box]
        elif thing.what == DRAWING:
            frame = thing.clips[-1] if thing.clips else thing.box
            frames[id(thing.item)] = frame if thing.is_ornament else EVERYWHERE
            parts = [frame]
        else:
            frame = frames.get(id(thing.within), EVERYWHERE)
            if things.reach(thing.box, frame) > EDGE and things.reach(things.extent(thing), frame) > EDGE:
                yield f"{thing.name} of a drawing is cut off"
            continue
        if any(things.reach(part, clip) > EDGE for part in parts for clip in thing.clips):
            yield f"{thing.name} is cut off"


def without_words(drawn: Sequence[Thing], elements: Mapping[int, Any]) -> Iterator[str]:
    """A sentence for each picture of a page that has no alternative text, and is not marked as an ornament.

    `elements` are those of the tags, by the number of their marked content on the page.
    """
    for thing in drawn:
        shown = thing.what in (PICTURE, DRAWING) and not thing.within and not thing.is_ornament
        if shown and not _has_words(elements.get(thing.mark)):
            yield f"{thing.name} has no alternative text"


def _has_words(element: Any) -> bool:
    """Whether an element of the tags, or one around it, is a figure with an alternative text."""
    while element is not None and "/S" in element:
        if tags.role(element) == "Figure":
            return bool(str(element.get("/Alt", "")).strip())
        element = element.get("/P")
    return False
