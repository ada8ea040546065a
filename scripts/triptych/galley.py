"""Texts in order become columns, the highest of them as low as can be."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

ROUNDING = 1e-6
"""Room in mm for the rounding of sums."""


@dataclass(frozen=True, slots=True)
class Galley:
    """Columns of texts."""

    height: float
    """Of the highest column, in mm."""
    places: tuple[tuple[int, float], ...]
    """Of each text: the number of its column, from 0, and its upper edge in mm from the top."""


def galley(heights: Sequence[float], columns: int) -> Galley:
    """Set texts of these heights in mm one after the other, in so many columns or fewer.

    The least height is the least sum of neighbours within which filling each column to the end needs no more columns
    (the linear partition problem: S. Skiena, The Algorithm Design Manual, 8.5).
    """
    if not heights:
        return Galley(0.0, ())
    sums = [total for first in range(len(heights)) for total in accumulate(heights[first:])]
    limits = sorted(limit for limit in sums if limit >= max(heights))
    least = limits[bisect_left(limits, True, key=lambda limit: _columns(heights, limit) <= columns)]
    return Galley(least, tuple(_filled(heights, least)))


def _columns(heights: Sequence[float], limit: float) -> int:
    """Columns that are needed."""
    return max(column for column, _ in _filled(heights, limit)) + 1


def _filled(heights: Sequence[float], limit: float) -> Iterator[tuple[int, float]]:
    """Each text's column and its upper edge, where no column is higher than the limit."""
    column, top = 0, 0.0
    for height in heights:
        if top and top + height > limit + ROUNDING:
            column, top = column + 1, 0.0
        yield column, top
        top += height
