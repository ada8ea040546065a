"""Pictures, charts and short tables of the prose find places at which they leave no large white space on a page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from triptych.design.pagination import Pagination, Text

FULL = 0.85
"""A page that is filled to this share has no hole."""
LOOSE = 0.75
"""A block moves where the page before it is filled to less than this share."""
FARTHEST = 6
"""Most blocks that one moves past."""
SMALLER = (1.0, 0.9, 0.8, 0.7, 0.6)
"""Sizes in which a picture may print, as shares of its largest."""
PAST, BACK, SECTION, SHRUNK = 0.01, 0.02, 0.1, 0.15
"""What it costs, in shares of a page that stay white: a block passed, one passed backwards, a heading, a size."""
ROUNDS = 2
"""How many times each block looks for a place."""

Forecast = Callable[[Sequence[Text]], Pagination]
"""From the texts of the prose to the pages of the whole document."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of the prose, with its measured text."""

    number: int
    """Its place in the prose as it was written, from 0."""
    text: Text
    floats: bool = False
    """Whether it may stand elsewhere: a picture, a chart, a table that never breaks."""
    heading: bool = False
    introduces: bool = False
    """Whether it is a paragraph that stays with the block written after it, while this comes next."""
    tied: bool = False
    """Whether the block written after it must come next."""
    sinks: bool = False
    """Whether it never moves backwards: it would stand across the margin of the first page."""
    image: float = 0.0
    """Height of its picture, which may print smaller, in mm."""
    size: float = 1.0
    """Size of its picture, as a share of the largest."""

    @property
    def set_text(self) -> Text:
        """Its text in its size."""
        return replace(self.text, height=self.text.height - self.image * (1 - self.size))


def arranged(pieces: Sequence[Piece], forecast: Forecast) -> list[Piece]:
    """The pieces in an order in which pages before a block that stays whole are as full as they can be.

    Blocks that move keep their order among each other. A page that is nearly full stays as it is.
    """
    found = list(pieces)
    for _ in range(ROUNDS):
        for number in [piece.number for piece in pieces if piece.floats]:
            found = _better(found, number, forecast)
    return found


def texts(pieces: Sequence[Piece]) -> list[Text]:
    """The texts of the pieces in their order and sizes."""
    following = [piece.number for piece in pieces[1:]]
    return [
        replace(piece.set_text, keeps=piece.heading or (piece.introduces and after == piece.number + 1))
        for piece, after in zip(pieces, [*following, -1], strict=True)
    ]


def _better(pieces: list[Piece], number: int, forecast: Forecast) -> list[Piece]:
    """The order with one piece at its best place, in its best size."""
    at = next(index for index, piece in enumerate(pieces) if piece.number == number)
    now = forecast(texts(pieces))
    if not _leaves_white(pieces[at], now):
        return pieces
    tries = [(_holes(now), pieces)]
    for cost, index in _places(pieces, at):
        for size in SMALLER if pieces[at].image else SMALLER[:1]:
            moved = [*pieces[:at], *pieces[at + 1 :]]
            moved.insert(index, replace(pieces[at], size=size))
            tries.append((_holes(forecast(texts(moved))) + cost + SHRUNK * (1 - size), moved))
    return min(tries, key=lambda one: one[0])[1]


def _leaves_white(piece: Piece, found: Pagination) -> bool:
    """Whether the page before the one on which a piece begins has room left."""
    begins = next((begins for name, begins, _ in found.pages if name == piece.text.name), 1)
    return begins > 1 and found.fills[begins - 2] < LOOSE


def _holes(found: Pagination) -> float:
    """What stays white on all pages but the last, in shares of a page."""
    return sum(max(0.0, FULL - fill) for fill in found.fills)


def _places(pieces: Sequence[Piece], at: int) -> Iterator[tuple[float, int]]:
    """The costs and indexes of the places of a piece: where it is, before and after some of its neighbours."""
    yield 0.0, at
    if pieces[at - 1].tied and pieces[at - 1].number == pieces[at].number - 1:
        return
    cost = 0.0
    for index in range(at - 1, 0 if pieces[at].sinks else max(0, at - FARTHEST), -1):
        passed = pieces[index]
        if passed.heading or passed.floats or pieces[at].sinks:
            break
        cost += PAST + BACK
        if not pieces[index - 1].tied:
            yield cost, index
    cost = 0.0
    for index in range(at + 1, min(len(pieces), at + 1 + FARTHEST)):
        passed = pieces[index]
        if passed.floats:
            break
        cost += PAST + SECTION * passed.heading
        if not (passed.heading or passed.tied):
            yield cost, index


def moved(pieces: Sequence[Piece]) -> bool:
    """Whether a piece stands elsewhere, or is smaller, than it was written."""
    return any(piece.size < 1 for piece in pieces) or any(one.number > other.number for one, other in pairwise(pieces))
