"""Texts become columns, in order, with the shortest tallest column."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, takewhile

SUM_ROUNDING = 1e-6
"""Tolerance in mm for the rounding of sums."""


@dataclass(frozen=True, slots=True)
class Galley:
    """Texts set in columns."""

    height: float
    """Height of the tallest column, in mm."""
    columns: tuple[int, ...]
    """Column number of each text, from 0."""
    rises: tuple[float, ...]
    """For the first text of a column: the height in mm of the column before. For every other text: 0."""


def galley(heights: Sequence[float], columns: int) -> Galley:
    """Set texts of these heights in mm in order, in at most this many columns, with the shortest tallest column.

    This is the linear partition problem (S. Skiena, The Algorithm Design Manual, 8.5). The height of the tallest column
    is a sum of neighbouring heights. A binary search finds the smallest such sum within which filling column after
    column needs no more than `columns`.
    """
    if not heights:
        return Galley(0.0, (), ())
    sums = [total for first in range(len(heights)) for total in accumulate(heights[first:])]
    highest = max(heights)
    limits = sorted(limit for limit in sums if limit >= highest)
    least = limits[bisect_left(limits, True, key=lambda limit: _columns(heights, limit) <= columns)]
    filled = list(_filled(heights, least))
    return Galley(least, tuple(column for column, _ in filled), tuple(rise for _, rise in filled))


def pages(heights: Sequence[float], columns: int, first: float, other: float) -> Iterator[Galley]:
    """Set texts of these heights in mm in order on pages, in columns as high as a page has room for, in mm.

    The columns of the last page are as `galley` sets them. `first`: the room on the first page; `other`: on each other.
    """
    room = first
    while heights:
        filled = [*takewhile(lambda one: one[0] < columns, _filled(heights, room))]
        here, heights = heights[: len(filled)], heights[len(filled) :]
        yield Galley(room, *zip(*filled, strict=True)) if heights else galley(here, columns)
        room = other


def _columns(heights: Sequence[float], limit: float) -> int:
    """Number of columns needed when none is taller than the limit."""
    return max(column for column, _ in _filled(heights, limit)) + 1


def _filled(heights: Sequence[float], limit: float) -> Iterator[tuple[int, float]]:
    """Fill column after column up to the limit: each text's column, and its rise (see `Galley.rises`)."""
    column, above = 0, 0.0
    for height in heights:
        full = above > 0 and above + height > limit + SUM_ROUNDING
        yield column + full, above if full else 0.0
        column, above = column + full, height if full else above + height
