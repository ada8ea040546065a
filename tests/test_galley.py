"""Sources in columns: in order, none over another, no higher than need be."""

from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from triptych.galley import ROUNDING, galley

HEIGHTS = st.lists(st.floats(0.5, 40), min_size=1, max_size=9)


@given(HEIGHTS, st.integers(1, 4))
def test_texts_follow_each_other_within_the_columns_and_their_height(heights: list[float], columns: int) -> None:
    made = galley(heights, columns)
    assert all(column < columns for column, _ in made.places)
    assert all(top + height <= made.height + ROUNDING for height, (_, top) in zip(heights, made.places, strict=True))
    for (column, top), (next_column, next_top), height in zip(made.places, made.places[1:], heights, strict=False):
        assert (next_column, next_top) in ((column, top + height), (column + 1, 0.0))


@given(HEIGHTS, st.integers(1, 4))
def test_no_other_columns_are_lower(heights: list[float], columns: int) -> None:
    count = len(heights)
    divisions = combinations(range(1, count), min(columns, count) - 1)
    best = min(max(sum(heights[first:end]) for first, end in pairwise((0, *division, count))) for division in divisions)
    assert galley(heights, columns).height <= best + ROUNDING
