"""How a date is marked on an axis, and in which lane."""

import math
from dataclasses import replace

import pytest

from tests.plans import ROUND
from triptych.content import dates
from triptych.timeline import marks
from triptych.timeline.plan import Crowded, Mark, Shape
from triptych.timeline.scale import DAY, Scale

OCTOBER = dates.ordinal(2018, 10, 1)
AXIS = Scale(OCTOBER, OCTOBER + 18, 10, 190, DAY)
"""Eighteen days of 10 mm, between two zones for open dates of 10 mm each."""


def at(day: float, shape: Shape = Shape.WITHIN, length: float = 10) -> Mark:
    return Mark(shape, day, day if shape in (Shape.DOT, Shape.TICK) else day + length)


@pytest.mark.parametrize(
    ("edtf", "shape", "top", "bottom"),
    [
        pytest.param("2018-10-03", Shape.DOT, 35, 35, id="a day is a dot at noon"),
        pytest.param("2018-10-03T06:00", Shape.DOT, 32.5, 32.5, id="a time of day is a dot at its time"),
        pytest.param("2018-10-03?", Shape.WITHIN, 30, 40, id="a doubtful day takes its day"),
        pytest.param("2018-10-03/2018-10-05", Shape.LASTED, 30, 60, id="a span takes its days"),
        pytest.param("[2018-10-03..2018-10-05]", Shape.WITHIN, 30, 60, id="a moment within a span"),
        pytest.param("[..2018-10-03]", Shape.WITHIN, 0, 40, id="an open start goes on to the edge of the box"),
        pytest.param("2018-10-03/..", Shape.LASTED, 30, 200, id="an open end goes on to the edge of the box"),
        pytest.param("2018-09/2018-10-03", Shape.LASTED, 0, 40, id="what starts before the scale is cut there"),
        pytest.param("2018-10-03/2018-11", Shape.LASTED, 30, 200, id="what ends after the scale is cut there"),
    ],
)
def test_a_mark_takes_the_time_that_is_known(edtf: str, shape: Shape, top: float, bottom: float) -> None:
    found = marks.mark(dates.parsed(edtf), AXIS, ROUND)
    assert found.shape == shape
    assert (found.top, found.bottom) == pytest.approx((top, bottom), abs=0.01)


def test_a_short_span_is_drawn_as_long_as_the_least_mark_around_its_middle() -> None:
    frame = replace(ROUND, least_mark=14)
    found = marks.mark(dates.parsed("2018-10-03?"), AXIS, frame)
    assert (found.top, found.bottom) == pytest.approx((28, 42))


@pytest.mark.parametrize(
    ("edtf", "open_start", "open_end"),
    [
        ("2018-10-03/2018-10-05", False, False),
        ("2018-10-01/2018-10-18", False, False),
        ("2018-09-30/2018-10-05", True, False),
        ("2018-10-05/2018-10-19", False, True),
        ("../2018-10-05", True, False),
        ("2018-10-05/..", False, True),
        ("2018", True, True),
    ],
)
def test_a_span_has_an_arrowhead_where_it_goes_on_beyond_the_scale(edtf: str, open_start: bool, open_end: bool) -> None:
    found = marks.mark(dates.parsed(edtf), AXIS, ROUND)
    assert (found.open_start, found.open_end) == (open_start, open_end)


@pytest.mark.parametrize(
    ("edtf", "dashed"),
    [("2018-10", False), ("2018-10?", True), ("2018-10~", True), ("2018-10%", True), ("2018-10-03?", True)],
)
def test_doubt_dashes_a_mark(edtf: str, dashed: bool) -> None:
    assert marks.mark(dates.parsed(edtf), AXIS, ROUND).dashed == dashed


@pytest.mark.parametrize(
    ("edtf", "days"),
    [
        ("2018-10-03", 2.5),
        ("2018-10-03/2018-10-06", 4),
        ("2018-10-03/..", 2),
        ("../2018-10-03", 2),
        ("[..2018-10-03]", -math.inf),
    ],
)
def test_a_date_is_placed_by_its_middle_or_by_the_end_that_is_known(edtf: str, days: float) -> None:
    assert marks.middle(dates.parsed(edtf)) - OCTOBER == days


def test_on_the_axis_a_magnified_date_is_a_tick_at_its_middle() -> None:
    assert marks.tick(dates.parsed("2018-10-03/2018-10-06"), AXIS) == Mark(Shape.TICK, 50, 50)


DOT, TICK = Shape.DOT, Shape.TICK


@pytest.mark.parametrize(
    ("found", "lanes"),
    [
        pytest.param([at(0), at(10)], [0, 0], id="spans that only meet share a lane"),
        pytest.param([at(0), at(9)], [0, 1], id="spans that overlap do not"),
        pytest.param([at(0), at(5), at(9)], [0, 1, 2], id="each in a lane of its own"),
        pytest.param([at(0), at(5), at(10)], [0, 1, 0], id="the first lane is taken again where it is free"),
        pytest.param([at(9), at(0)], [1, 0], id="from top to bottom, in whatever order they come"),
        pytest.param([at(0), at(0, length=5)], [1, 0], id="of two from one moment the shorter stands on the axis"),
        pytest.param([at(0), at(5, DOT)], [1, 0], id="a span that a dot lies on leaves the axis"),
        pytest.param([at(0), at(5, TICK)], [1, 0], id="and one that a tick lies on"),
        pytest.param([at(0), at(10.9, DOT)], [1, 0], id="a dot reaches half the least mark up"),
        pytest.param([at(0), at(11.1, DOT)], [0, 0], id="and no farther"),
        pytest.param([at(0), at(-0.9, DOT)], [1, 0], id="a dot reaches half the least mark down"),
        pytest.param([at(0), at(-1.1, DOT)], [0, 0], id="and no farther down"),
        pytest.param([at(5, DOT), at(5, DOT)], [0, 0], id="dots stay on the axis"),
        pytest.param([at(0), at(2), at(5, DOT)], [1, 2, 0], id="two spans beside a dot"),
    ],
)
def test_a_span_takes_the_first_lane_where_it_touches_nothing(found: list[Mark], lanes: list[int]) -> None:
    assert [mark.lane for mark in marks.with_lanes(found, ROUND)] == lanes


@pytest.mark.parametrize("found", [[at(0), at(1), at(2), at(3)], [at(0), at(1), at(2), at(5, DOT)]])
def test_there_are_three_lanes(found: list[Mark]) -> None:
    with pytest.raises(Crowded):
        marks.with_lanes(found, ROUND)
