"""The units of a scale: where they begin, which suits a stretch of time, which are labelled."""

import pytest

from tests.plans import day
from triptych.content import dates
from triptych.timeline import scale
from triptych.timeline.scale import Scale, Unit

UNITS = {f"{unit.step} {unit.kind}": unit for unit in scale.UNITS}


@pytest.mark.parametrize(
    ("unit", "moment", "start", "after"),
    [
        ("15 minute", "2018-10-04T09:29", "2018-10-04T09:15", "2018-10-04T09:30"),
        ("60 minute", "2018-10-04T09:00", "2018-10-04T09:00", "2018-10-04T10:00"),
        ("720 minute", "2018-10-04T13:00", "2018-10-04T12:00", "2018-10-05"),
        ("1 day", "2018-10-04T13:00", "2018-10-04", "2018-10-05"),
        ("1 week", "2018-10-04", "2018-10-01", "2018-10-08"),  # a Thursday; weeks begin on Monday
        ("1 week", "2018-10-01", "2018-10-01", "2018-10-08"),
        ("1 week", "2018-10-07", "2018-10-01", "2018-10-08"),
        ("1 month", "2018-12-31", "2018-12", "2019-01"),
        ("3 month", "2018-12-31", "2018-10", "2019-01"),
        ("3 month", "2018-03-31", "2018-01", "2018-04"),
        ("1 year", "2018-12-31", "2018", "2019"),
        ("10 year", "2019", "2010", "2020"),
        ("100 year", "1999", "1900", "2000"),
        ("10 year", "0005", "0001", "0010"),  # there is no year 0: the first group is one year shorter
        ("100 year", "0099", "0001", "0100"),
        ("10 year", "0000", "-0009", "0001"),  # 1 BC is in the ten years from 10 BC
        ("10 year", "-0010", "-0019", "-0009"),
        ("1 year", "0000", "0000", "0001"),
        ("1 year", "0001", "0001", "0002"),
    ],
)
def test_a_unit_begins_where_people_begin_to_count_it(unit: str, moment: str, start: str, after: str) -> None:
    found = UNITS[unit].start(day(moment))
    assert found == pytest.approx(day(start))
    assert UNITS[unit].after(found) == pytest.approx(day(after))


@pytest.mark.parametrize(
    ("days", "times", "fitting", "enlarged"),
    [
        (0.2, True, "60 minute", "60 minute"),
        (0.02, True, "60 minute", "5 minute"),
        (2, True, "60 minute", "360 minute"),
        (2, False, "1 day", "1 day"),
        (2.1, True, "1 day", "1 day"),
        (12, False, "1 day", "1 day"),
        (13, False, "1 day", "1 month"),
        (45, False, "1 day", "1 month"),
        (46, False, "1 month", "1 month"),
        (450, False, "1 month", "1 month"),
        (451, False, "1 year", "1 year"),
        (150 * 365, False, "1 year", "1 year"),
        (151 * 366, False, "10 year", "10 year"),
        (1500 * 365, False, "10 year", "10 year"),
        (1510 * 366, False, "100 year", "100 year"),
        (15_100 * 366, False, "1000 year", "1000 year"),
        (151_000 * 366, False, "10000 year", "10000 year"),
        (9e9, False, "1000000 year", "1000000 year"),
        (9e12, False, "1000000000 year", "1000000000 year"),
    ],
)
def test_a_stretch_of_time_is_read_in_the_unit_that_suits_it(
    days: float, times: bool, fitting: str, enlarged: str
) -> None:
    assert (scale.fitting(days, times), scale.enlarged(days, times)) == (UNITS[fitting], UNITS[enlarged])


def test_a_scale_ends_with_a_unit_and_takes_one_at_least() -> None:
    year, first, last = UNITS["1 year"], day("2015"), day("2018")
    assert [scale.whole(first, last, 0, 9, year).last, scale.whole(first, first, 0, 9, year).last] == [
        last,
        day("2016"),
    ]
    assert scale.whole(first + 1, last + 1, 0, 9, year) == Scale(first, day("2019"), 0, 9, year)


DECADE = Scale(day("2010"), day("2020"), 20, 120, UNITS["1 year"])
"""Ten years of 10 mm."""


def test_a_scale_is_linear_and_starts_at_its_top() -> None:
    assert [DECADE.y(DECADE.first), DECADE.y(DECADE.last)] == [20, 120]
    assert DECADE.y((DECADE.first + DECADE.last) / 2) == pytest.approx(70)
    assert DECADE.length(DECADE.last - DECADE.first) == pytest.approx(100)


@pytest.mark.parametrize(
    ("room", "unit"),
    [(0, "1 year"), (9.9, "1 year"), (10.1, "2 year"), (30, "5 year"), (80, "10 year"), (1e9, "100000000 year")],
)
def test_the_finest_unit_whose_labels_have_room_is_labelled(room: float, unit: str) -> None:
    assert DECADE.labelled(room) == UNITS[unit]


@pytest.mark.parametrize(
    ("labelled", "room", "finer"),
    [
        ("1 year", 1, "3 month"),
        ("1 year", 2.6, None),  # a quarter takes 2.5 mm
        ("1 year", 0.6, "3 month"),
        ("10 year", 1, "5 year"),
        ("5 year", 1, "1 year"),  # two years do not divide five
        ("2 year", 1, "1 year"),  # nor do months divide two years
        ("2 year", 11, None),
    ],
)
def test_between_labels_the_coarsest_unit_that_divides_theirs_is_graduated(
    labelled: str, room: float, finer: str | None
) -> None:
    assert DECADE.between(UNITS[labelled], room) == (UNITS[finer] if finer else None)


@pytest.mark.parametrize(
    ("labelled", "finer"),
    [
        ("1 week", "1 day"),
        ("1 month", "1 week"),
        ("3 month", "1 month"),
        ("1 day", "720 minute"),
        ("60 minute", "30 minute"),
        ("5 minute", None),
    ],
)
def test_each_kind_of_unit_is_divided_by_the_one_below_it(labelled: str, finer: str | None) -> None:
    long = Scale(0, 1, 0, 1e6, UNITS["5 minute"])
    assert long.between(UNITS[labelled], 1) == (UNITS[finer] if finer else None)


def test_units_are_listed_from_fine_to_coarse() -> None:
    lengths = [unit.days for unit in scale.UNITS]
    assert lengths == sorted(lengths)
    assert all(unit.days == pytest.approx(true(unit), rel=0.02) for unit in scale.UNITS)


def true(unit: Unit) -> float:
    start = unit.start(dates.ordinal(2000, 1, 3))
    return unit.after(start) - start
