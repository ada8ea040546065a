"""Texts in order become columns, the highest of them as low as can be."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

SUM_ROUNDING = 1e-6
"""Room in mm for the rounding of sums."""


@dataclass(frozen=True, slots=True)
class Galley:
    """Columns of texts."""

    height: float
    """Of the highest column, in mm."""
    columns: tuple[int, ...]
    """Of each text: the number of its column, from 0."""
    rises: tuple[float, ...]
    """Of each text: the height in mm of the column before, if it is the first of the next, or 0."""


def galley(heights: Sequence[float], columns: int) -> Galley:
    """Set texts of these heights in mm one after the other, in so many columns or fewer.

    The least height is the least sum of neighbours within which filling each column to the end needs no more columns
    (the linear partition problem: S. Skiena, The Algorithm Design Manual, 8.5).
    """
    if not heights:
        return Galley(0.0, (), ())
    sums = [total for first in range(len(heights)) for total in accumulate(heights[first:])]
    highest = max(heights)
    limits = sorted(limit for limit in sums if limit >= highest)
    least = limits[bisect_left(limits, True, key=lambda limit: _columns(heights, limit) <= columns)]
    filled = list(_filled(heights, least))
    return Galley(least, tuple(column for column, _ in filled), tuple(rise for _, rise in filled))


def _columns(heights: Sequence[float], limit: float) -> int:
    """Columns that are needed."""
    return max(column for column, _ in _filled(heights, limit)) + 1


def _filled(heights: Sequence[float], limit: float) -> Iterator[tuple[int, float]]:
    """Each text's column, and the height of the column before if it begins one, where none is above the limit."""
    column, above = 0, 0.0
    for height in heights:
        full = above > 0 and above + height > limit + SUM_ROUNDING
        yield column + full, above if full else 0.0
        column, above = column + full, height if full else above + height
