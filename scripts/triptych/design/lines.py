"""Lines of a text in a column, from the widths of its words: without setting it. Widths in mm, sizes in pt."""

from functools import cache

from triptych.design import faces
from triptych.design.faces import Face

LONG = 28
"""Fewest characters of an address in which a line may end: a shorter one goes to the next line as a whole."""
REFERENCE = 0.8
"""Size of a reference, as a share of that of its text."""


def count(text: str, face: Face, size: float, width: float) -> int:
    """Number of lines of a text, each as full as its words permit."""
    number, end = 1, 0.0
    space = _width(" ", face) * size
    for word in _words(text, face):
        over = end + (space if end else 0.0) + word * size
        if end and over > width:
            number, over = number + 1, word * size
        end = over
    return number


def widest(text: str, face: Face) -> float:
    """Width of the widest word of a text in a type of 1 pt; a long run counts as so many characters."""
    return max(_words(text, face), default=0.0)


@cache
def _words(text: str, face: Face) -> tuple[float, ...]:
    """Widths of the words in a type of 1 pt. A no-break space does not end a word."""
    return tuple(_width(word[:LONG], face) * (REFERENCE if word.startswith("[") else 1.0) for word in text.split(" "))


@cache
def _width(word: str, face: Face) -> float:
    return faces.width(word, face, 1.0)
