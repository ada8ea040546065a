"""Pictures on a poster: how large each prints on its card or beside the title, and how many there is no room for."""

import math
from collections.abc import Iterable, Iterator, Mapping, Set

from triptych.compose.placed import CardPicture
from triptych.compose.views import PictureView
from triptych.content.pictures import CARD, Proportions
from triptych.design import faces, lines
from triptych.design.sheets import mm
from triptych.design.sizes import PosterType
from triptych.documents.workshop import Workshop
from triptych.timeline.plan import Plan

WHITE, CAPTION_WHITE = 3.0, 0.8
"""White space above a picture and above its caption, in mm at the scale of A3."""
CAPTION, CAPTION_AT_HEAD = "picture", "sources"
"""The type of a caption on a card, which grows with the cards, and of one beside the title."""
LEAST = (24.0, 16.0)
"""Least width and height of a picture beside the title, in mm at the scale of A3."""
WIDEST = 0.5
"""Greatest width of such a picture, as a share of the title's room."""
SURE = 0.97
"""A line that is filled to this share by estimate holds as the typesetter sets it."""


Printable = tuple[str, PictureView, Proportions]
"""The id of an event, its picture, and how large that may print."""


def printable(workshop: Workshop) -> Iterator[Printable]:
    """The pictures of the events that can be printed."""
    for event in workshop.view.events:
        if event.picture and event.picture.source in workshop.proportions:
            yield event.id, event.picture, workshop.proportions[event.picture.source]


def on_cards(
    pictures: Iterable[Printable], ids: Set[str], text: PosterType, scale: float, width: float, follow: float = 0.0
) -> Mapping[str, CardPicture]:
    """The pictures of these events on cards whose text is `width` mm wide, by the events' ids.

    `follow`: the share of the growth of headlines that they follow.
    """
    larger = 1 + follow * (text.larger - 1)
    return {
        key: of_size(picture, proportions, text, scale, width, larger)
        for key, picture, proportions in pictures
        if key in ids
    }


def of_size(
    picture: PictureView, proportions: Proportions, text: PosterType, scale: float, width: float, larger: float = 1.0
) -> CardPicture:
    """A picture as large as its place, its dots and its text permit; its credit on a line of its own if need be.

    `larger`: size of its place, as a multiple of that at the sheet's scale.
    """
    place = [side * scale * larger for side in CARD]
    across = min(place[0], place[1] / proportions.ratio, width, proportions.widest)
    return _with_caption(picture, across, proportions.ratio, (text, CAPTION), scale, width)


def widths_at_head(proportions: Proportions, scale: float, room: float) -> tuple[int, int]:
    """Widths of a picture beside the title, in whole mm: one that is too small, and one that is too large."""
    least = max(LEAST[0] * scale, LEAST[1] * scale / proportions.ratio)
    return math.ceil(least) - 1, math.floor(min(WIDEST * room, proportions.widest)) + 1


def at_head(
    picture: PictureView, proportions: Proportions, text: PosterType, scale: float, width: float
) -> CardPicture:
    """A picture of a width beside the title, with its caption."""
    return _with_caption(picture, width, proportions.ratio, (text, CAPTION_AT_HEAD), scale, width)


def _with_caption(
    picture: PictureView, across: float, ratio: float, caption: tuple[PosterType, str], scale: float, width: float
) -> CardPicture:
    """A picture `across` mm wide with its caption in a width, on one line if that holds it.

    `ratio`: its height as a share of its width. `caption`: the type sizes, and the name of that of the caption.
    """
    text, name = caption
    height, below = WHITE * scale + across * ratio, picture.lines_html
    size, room = text.size(name), SURE * width
    if lines.count(picture.caption_html.striptags(), faces.TEXT, size, room) == 1:
        below = (picture.caption_html,) if picture.caption_html else ()
    if below:
        count = sum(lines.count(line.striptags(), faces.TEXT, size, room) for line in below)
        height += CAPTION_WHITE * scale + count * text.leading(name)
    return CardPicture(picture, across, height, below)


def properties(scale: float) -> dict[str, str]:
    """The white space of pictures as CSS custom properties."""
    return {"picture-white": mm(WHITE * scale), "picture-caption-white": mm(CAPTION_WHITE * scale)}


def without_place(plan: Plan) -> Iterator[str]:
    """The ids of the events whose cards never have a picture: those in a magnifier, and an outlier."""
    yield from (card.id for card in plan.cards if card.in_lens)
    if plan.outlier:
        yield plan.outlier.id


def weightiest(workshop: Workshop, without: Set[str]) -> list[str]:
    """The ids of the events with a picture, in the order in which they get one, by weight and time; but for some."""
    found = {event.id: (-event.weight, event.number) for event in workshop.view.events}
    return sorted({key for key, _, _ in printable(workshop)} - without, key=found.__getitem__)


def note(shown: int, count: int) -> Iterator[str]:
    """The note for the author of pictures that are left out; nothing where all are shown."""
    if shown < count:
        yield f"{count - shown} of {count} pictures left out: no room on the cards"
