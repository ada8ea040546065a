"""Lines of a text in a column, from the widths of its words: without setting it. Widths in mm, sizes in pt."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, pairwise

from markupsafe import Markup

from triptych.content.typography import NO_BREAK
from triptych.design import faces
from triptych.design.faces import Face

LONG = 28
"""Fewest characters of an address in which a line may end: a shorter one goes to the next line as a whole."""
REFERENCE = 0.8
"""Size of a reference, as a share of that of its text."""

WIDER = 1.03
"""By how much a line may print wider than the sum of its measured words."""
TOLERANCE = 1e-6
"""A line that is longer than its column by less than this, in mm, fits: sums have rounding errors."""


@cache
def plain(html: Markup) -> str:
    """The text of HTML, with its no-break spaces."""
    return Markup(str(html).replace(NO_BREAK, "&nbsp;")).striptags()


def count(text: str, face: Face, size: float, width: float, reference: float = REFERENCE) -> int:
    """Number of lines of a text, each as full as its words permit; its references in a share of its size."""
    number, end = 1, 0.0
    space, words = _words(text, faces.worn(face), reference if "[" in text else REFERENCE)
    space *= size
    for word in words:
        over = end + (space if end else 0.0) + word * size
        if end and over > width + TOLERANCE:
            number, over = number + 1, word * size
        end = over
    return number


def widest(text: str, face: Face) -> float:
    """Width of the widest word of a text in a type of 1 pt; a long run counts as so many characters."""
    return _widest(text, faces.worn(face))


def balanced(text: str, face: Face, most: int) -> tuple[str, ...]:
    """The text in so many lines, or as many as it has words, so that its longest line is as short as possible."""
    face = faces.worn(face)
    return min(_ways(text, min(most, len(text.split(" ")))), key=lambda way: max(_width(line, face) for line in way))


def at_signs(text: str, face: Face, size: float, width: float) -> tuple[str, ...]:
    """The text in as few lines as its words permit, with line ends after a colon or a comma; else nothing.

    Lines of very unequal length do not count, nor a text of one line or of very many.
    """
    most = count(text, face, size, width)
    if not 1 < most <= MOST_LINES or len(text.split(" ")) > MOST_WORDS:
        return ()
    found, face = [], faces.worn(face)
    for way in _ways(text, most):
        widths = [_width(line, face) * size for line in way]
        ends = sum(line.endswith((":", ",")) for line in way[:-1])
        if ends and max(widths) <= width + TOLERANCE and min(widths) >= SHORTEST * max(widths):
            found.append((-ends, max(widths), way))
    return min(found)[2] if found else ()


MOST_LINES, MOST_WORDS = 4, 24
"""Most lines and words of a text whose line ends are chosen."""
SHORTEST = 0.3
"""Least length of a line of such a text, as a share of its longest."""


def _ways(text: str, number: int) -> Iterator[tuple[str, ...]]:
    """All ways to set a text in a number of lines."""
    words = text.split(" ")
    for inner in combinations(range(1, len(words)), number - 1):
        yield tuple(" ".join(words[first:last]) for first, last in pairwise((0, *inner, len(words))))


@cache
def _words(text: str, face: Face, reference: float) -> tuple[float, tuple[float, ...]]:
    """Widths of a space and of the words in a type of 1 pt, in a face that is worn.

    A no-break space does not end a word.
    """
    words = tuple(_word(*word.partition("["), face, reference) for word in text.split(" "))
    return _width(" ", face), words


@cache
def _widest(text: str, face: Face) -> float:
    return max(_words(text, face, REFERENCE)[1], default=0.0)


def _word(word: str, bracket: str, rest: str, face: Face, reference: float) -> float:
    """Width of a word, with the reference in brackets that no line end may part from it."""
    return _width(word[:LONG], face) + (reference * _width(bracket + rest[:LONG], face) if bracket else 0.0)


def _width(word: str, face: Face) -> float:
    return faces.width(word, face, 1.0)
