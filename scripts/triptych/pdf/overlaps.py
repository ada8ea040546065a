"""What a page draws becomes the list of its texts that are not seen as they should be, each in a sentence.

A line runs through a text, a box or a picture lies over it, the edge of a box runs through it, it has the colour of
what is behind it, or something cuts it off. A box behind a text is no fault, nor is a line that a box hides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PIL import ImageChops

from triptych.content import colours
from triptych.pdf import things
from triptych.pdf.things import DRAWING, PATH, TEXT, Edges, Ink, Thing

PAPER = "#ffffff"
LEAST = 2.0
"""A text with less contrast is not seen. How much it should have is checked with the colours of a theme."""
FAINT, VISIBLE = 1.25, 1.5
"""A line with less contrast is not seen, and the edge of a box with less does not disturb: it is that of a tint."""
NEAR = 0.3
"""The boxes around two things must have so many pt in common before their ink is compared."""
SPECKS = 12.0
"""So many pixels of ink may meet: edges that touch. There are 16 in a square pt."""
ALL = 0.97
"""A text lies wholly on a box if this share of its ink does."""
OPAQUE, CLEAR = 250, 12
"""From so much opacity on, of 255, nothing shows through, and up to so much nothing is seen."""
CUT = 0.5
"""A clip may take so many pt of the box around a text: the typesetter rounds."""
THICK = 0.15
"""Such a line may be as thick as this share of the height of the text."""
OWN, BEARING = 1.5, 0.2
"""A line below a text, or through it, may be so many pt longer, or so many times the height of the text."""
_OVER = "has a line through it"
_Near = Sequence[tuple[int, Thing]]
"""Things near a text, each with its place in the order of drawing."""


def unseen(drawn: Sequence[Thing], ink: Ink) -> Iterator[tuple[Thing, str]]:
    """Each text of a page that is not seen as it should be, with why."""
    others = [(*thing.shown, order, thing) for order, thing in enumerate(drawn) if _covers(thing)]
    for order, text in enumerate(drawn):
        if text.what == TEXT and things.has_size(text.box):
            left, bottom, right, top = text.box
            near = [
                one[4:]
                for one in others
                if one[0] < right - NEAR and one[2] > left + NEAR and one[1] < top - NEAR and one[3] > bottom + NEAR
            ]
            if why := _Text(text, order, [one for one in near if not text.of_one_drawing(one[1])], ink).why():
                yield text, why


def _covers(thing: Thing) -> bool:
    return thing.what not in (TEXT, DRAWING) and thing.opacity > CLEAR


@dataclass(frozen=True, slots=True)
class _Text:
    """A text with what is drawn near it."""

    text: Thing
    order: int
    near: _Near
    ink: Ink

    def why(self) -> str:
        """Why it is not seen as it should be; empty if it is."""
        if self.text.opacity <= CLEAR:
            return "is invisible"
        if any(things.reach(self.text.box, clip) > CUT for clip in self.text.clips):
            return "is cut off"
        return self._under() or self._over()

    def _under(self) -> str:
        """What is wrong with what lies under it."""
        ground: str | None = PAPER
        for place, thing in self._from_ground():
            box = thing.what == PATH and not thing.line
            if not _apart(thing, ground, VISIBLE if box else FAINT):
                continue
            if box and self._share(thing) >= ALL:
                ground = _mixed(thing, ground)
            elif self._meet(thing, place):
                return "stands half on a box" if box else _OVER if thing.line else "stands on a picture"
        if ground and not self.text.within and not _apart(self.text, ground, LEAST):
            return f"is {self.text.colour} on {ground}, which nobody can see"
        return ""

    def _over(self) -> str:
        """What is wrong with what lies over it."""
        for place, thing in self.near:
            if place > self.order and not self._is_own(thing) and self._meet(thing, place):
                return _OVER if thing.line else f"is behind {thing.name}"
        return ""

    def _from_ground(self) -> Iterator[tuple[int, Thing]]:
        """What lies under it, from the last box on which the whole of it stands."""
        below = [(place, thing) for place, thing in self.near if place < self.order and not self._is_own(thing)]
        whole = (at for at in reversed(range(len(below))) if self._is_ground(below[at][1]))
        yield from below[next(whole, 0) :]

    def _is_ground(self, thing: Thing) -> bool:
        """Whether a thing is a plain box around the whole text."""
        plain = thing.what == PATH and not thing.line and thing.opacity >= OPAQUE
        return plain and things.reach(self.text.box, thing.shown) <= 0 and things.is_rectangle(thing)

    def _is_own(self, thing: Thing) -> bool:
        """Whether a line is the text's own: one below it or through it, in its colour and as long as it."""
        (left, bottom, right, top), (start, low, end, high) = self.text.box, thing.shown
        level = high - low <= max(things.THIN, THICK * (top - bottom)) and bottom - (top - bottom) <= low
        longer = max(OWN, BEARING * (top - bottom))
        own = start >= left - longer and end <= right + longer
        return thing.line and level and thing.colour == self.text.colour and own

    def _share(self, thing: Thing) -> float:
        """The share of the text's ink that lies on a box."""
        if self._is_ground(thing):
            return 1.0
        whole = things.area(self.ink.of([self.text], self.text.box))
        return self._common(thing, self.text.box) / whole if whole else 0.0

    def _meet(self, thing: Thing, place: int) -> bool:
        """Whether the ink of the text and of a thing meet where nothing lies between them."""
        window = things.common(self.text.box, thing.shown)
        if thing.what == PATH and not things.passes_through(thing, window):
            return False
        least, most = sorted((place, self.order))
        between = [one for at, one in self.near if least < at < most and one.opacity >= OPAQUE and not one.line]
        return self._common(thing, window, between) > SPECKS

    def _common(self, thing: Thing, window: Edges, between: Sequence[Thing] = ()) -> float:
        """The ink in a window that the text and a thing have in common, without that of the things between them."""
        found = things.shared(self.ink.of([self.text], window), self.ink.of([thing], window))
        if between and things.area(found) > SPECKS:
            found = ImageChops.subtract(found, self.ink.of(between, window))
        return things.area(found)


def _apart(thing: Thing, ground: str | None, least: float) -> bool:
    """Whether the colour of a thing differs from that of the ground by a contrast; also if one is of many colours."""
    seen = _mixed(thing, ground)
    return not seen or not ground or colours.contrast(seen, ground) >= least


def _mixed(thing: Thing, ground: str | None) -> str | None:
    """The colour in which a thing is seen on a ground; None if one of both is of many colours."""
    if not thing.colour or thing.opacity >= OPAQUE or not ground:
        return thing.colour
    return colours.mixed(thing.colour, ground, thing.opacity / 255)
