"""Sources in columns: in order, none over another, no higher than need be."""

from itertools import accumulate, combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triptych.design.galley import SUM_ROUNDING, galley, pages

HEIGHTS = st.lists(st.floats(0.5, 40), min_size=1, max_size=9)


@given(HEIGHTS, st.integers(1, 4))
def test_columns_follow_each_other_and_none_is_higher_than_is_told(heights: list[float], columns: int) -> None:
    made = galley(heights, columns)
    assert set(made.columns) == set(range(max(made.columns) + 1)) <= set(range(columns))
    assert list(made.columns) == sorted(made.columns)
    for column in set(made.columns):
        assert sum(h for h, c in zip(heights, made.columns, strict=True) if c == column) <= made.height + SUM_ROUNDING


@given(HEIGHTS, st.integers(1, 4))
def test_the_first_of_a_column_rises_by_the_height_of_the_column_before(heights: list[float], columns: int) -> None:
    made = galley(heights, columns)
    tops = [0.0, *accumulate(heights)]
    risen = [top - rise for top, rise in zip(tops, accumulate(made.rises), strict=False)]
    firsts = [made.columns.index(column) for column in set(made.columns)]
    assert all(abs(risen[first]) <= SUM_ROUNDING for first in firsts)


@given(HEIGHTS, st.integers(1, 4))
def test_no_other_columns_are_lower(heights: list[float], columns: int) -> None:
    count = len(heights)
    divisions = combinations(range(1, count), min(columns, count) - 1)
    best = min(max(sum(heights[first:end]) for first, end in pairwise((0, *division, count))) for division in divisions)
    assert galley(heights, columns).height <= best + SUM_ROUNDING


@pytest.mark.parametrize(
    ("heights", "columns", "height", "of_each"),
    [
        ([], 3, 0, ()),
        ([10, 10, 10], 3, 10, (0, 1, 2)),
        ([10, 10, 10], 2, 20, (0, 0, 1)),  # the first columns are filled first
        ([10, 10, 10], 1, 30, (0, 0, 0)),
        ([30, 10, 10, 10], 2, 30, (0, 1, 1, 1)),
        ([10, 10, 30], 3, 30, (0, 0, 1)),  # as few columns as that height needs
        ([20, 5, 5, 20], 2, 25, (0, 0, 1, 1)),
    ],
)
def test_texts_in_order_fill_columns_as_low_as_can_be(
    heights: list[float], columns: int, height: float, of_each: tuple[int, ...]
) -> None:
    made = galley(heights, columns)
    assert (made.height, made.columns) == (height, of_each)


def test_the_first_text_of_a_column_names_how_far_it_rises() -> None:
    assert galley([10, 10, 10, 15], 2).rises == (0, 0, 20, 0)
    assert galley([12, 10, 9], 3).rises == (0, 12, 10)


@given(st.lists(st.floats(0.5, 10), max_size=40), st.integers(1, 3), st.floats(10, 30), st.floats(10, 40))
def test_pages_are_filled_in_order_and_the_last_as_low_as_can_be(
    heights: list[float], columns: int, first: float, other: float
) -> None:
    made, left = [*pages(heights, columns, first, other)], heights
    for number, page in enumerate(made):
        room, here, left = other if number else first, left[: len(page.columns)], left[len(page.columns) :]
        needed = galley(here, columns)
        assert needed.height <= room + SUM_ROUNDING
        if left:
            assert galley([*here, left[0]], columns).height > room
            assert page.height == room
        else:
            assert page == needed
    assert not left
