"""The words on a timeline's scales: which, how large and where."""

from dataclasses import replace

import pytest

from tests.conftest import calendar
from tests.plans import ROUND, TWO_SIDED, events_of, laid
from triptych.content import dates
from triptych.content.units import MM_PER_POINT
from triptych.design import faces
from triptych.timeline import labels, spine
from triptych.timeline.columns import LENS_LEADING, Columns
from triptych.timeline.labels import Label
from triptych.timeline.plan import LabelledEra, Plan

COLUMNS = Columns(
    frame=ROUND,
    number_width=8,
    date_width=40,
    detail_width=60,
    column_gap=2,
    month_width=7,
    label_room=(10, 45),
    label_size=20,
)


def found(plan: Plan, role: str, columns: Columns = COLUMNS, language: str = "en-GB") -> list[Label]:
    return [label for label in labels.labels(plan, columns, calendar(language)) if label.role == role]


@pytest.mark.parametrize(
    ("years", "texts"),
    [
        ((2001, 2021), ["2001", "2002", "2003"]),
        ((-399, -99), ["400 BC", "380 BC", "360 BC"]),
        ((-39, 161), ["40 BC", "30 BC", "20 BC", "10 BC", "1", "10", "20"]),
    ],
)
def test_years_are_labelled_as_people_number_them(years: tuple[int, int], texts: list[str]) -> None:
    plan = laid(["0001"], years=years, frame=replace(ROUND, label=8))
    assert [label.text for label in found(plan, "year")][: len(texts)] == texts


@pytest.mark.parametrize(
    ("first", "last", "texts"),
    [
        ("2018-11-10", "2019-02-10", ["Nov 2018", "Dec", "Jan 2019", "Feb"]),
        ("2018-10-04", "2018-10-07", ["4 Oct", "5 Oct", "6 Oct", "7 Oct"]),
        ("2018-10-04T22:10", "2018-10-05T01:20", ["22:00", "23:00", "5 Oct", "01:00"]),
        ("2018", "2020", ["2018", "2019", "2020"]),
    ],
)
def test_a_label_names_the_larger_unit_where_a_new_one_begins(first: str, last: str, texts: list[str]) -> None:
    plan = spine.plan(events_of([first, last]), {}, ROUND)
    assert [label.text for label in found(plan, "year")] == texts


@pytest.mark.parametrize(
    ("room", "size"),
    [
        pytest.param(35, 20, id="the size of the style where there is room"),
        pytest.param(12, 12 / (4 * 0.56 * MM_PER_POINT), id="smaller where four figures are too wide"),
        pytest.param(3, 9, id="never below nine points"),
    ],
)
def test_the_scale_is_set_as_large_as_its_room_lets_it(room: float, size: float) -> None:
    columns = replace(COLUMNS, label_room=(10, 10 + room))
    label = found(laid(["2010"]), "year", columns)[0]
    assert label.size == pytest.approx(size)
    assert label.height == pytest.approx(size * MM_PER_POINT)
    assert (label.left, label.width) == (10, room)


def test_a_label_hangs_below_its_tick() -> None:
    plan = laid(["2010"])
    ticks = [tick.y for tick in plan.graduation.major if tick.labelled]
    tops = [label.top for label in found(plan, "year")]
    assert all(0 < top - tick < 1 for tick, top in zip(ticks, tops, strict=True))


def test_the_ends_of_a_poster_s_scale_are_labelled_smaller_where_they_have_no_label() -> None:
    plan = laid(["2010"], years=(2001, 2021), frame=replace(ROUND, label=60))
    first, last = found(plan, "year-end", replace(COLUMNS, end_size=10))
    assert [(label.text, label.size) for label in (first, last)] == [("2001", 10), ("2021", 10)]
    assert first.top + first.height < plan.axis[0] < plan.axis[1] < last.top
    assert found(plan, "year-end") == [], "other documents have no such labels"


def test_labels_stand_at_the_axis_or_between_two() -> None:
    assert {label.align for label in found(laid(["2010"]), "year")} == {"right"}
    assert {label.align for label in found(laid(["2010"], frame=TWO_SIDED), "year")} == {"center"}


def test_the_label_of_an_era_is_centred_on_its_place() -> None:
    plan = laid(["2010"], eras=[LabelledEra(dates.parsed("2008/2009"), ("The trial",), (30,))])
    (label,) = found(plan, "era")
    assert (label.text, label.width, label.align) == ("The trial", 30, "center")
    assert label.top + label.height / 2 == pytest.approx(plan.brackets[0].middle)
    assert 0 < label.left + label.width / 2 < ROUND.eras / 2


OCTOBER = ["2018-10-03", "2018-10-10", "2018-10-17"]


@pytest.mark.parametrize(
    ("width", "short_months", "text"),
    [
        pytest.param(100, False, "October 2018, enlarged 50 times", id="in full"),
        pytest.param(100, True, "Oct 2018, enlarged 50 times", id="months short where the column says so"),
        pytest.param(54, False, "Oct 2018, enlarged 50 times", id="months short where in full it is too wide"),
        pytest.param(40, False, "Oct 2018, ×50", id="a sign for the words where that is too wide"),
        pytest.param(5, False, "Oct 2018, ×50", id="no shorter than that"),
    ],
)
def test_a_magnifier_is_headed_by_what_it_shows_as_fully_as_there_is_room(
    width: float, short_months: bool, text: str
) -> None:
    plan = laid(OCTOBER)
    (lens,) = plan.lenses
    enlarged = replace(plan, sides=(replace(plan.sides[0], lenses=(replace(lens, zoom=49.7),)),))
    columns = replace(COLUMNS, date_width=width, detail_width=0, short_months=short_months)
    (label,) = found(enlarged, "lens-heading", replace(columns, frame=replace(ROUND, lens_label=5)))
    assert label.text == text
    assert (label.top, label.height, label.width) == (lens.top, ROUND.lens_head, width)


def test_the_heading_starts_with_a_capital_where_months_have_none() -> None:
    assert found(laid(OCTOBER), "lens-heading", language="fr")[0].text.startswith("Octobre 2018, ")


def test_the_heading_stands_over_the_texts_of_the_cards_on_either_side() -> None:
    right = laid(OCTOBER)
    (label,) = found(right, "lens-heading")
    assert label.left == ROUND.axes[0] + ROUND.number + COLUMNS.number_width
    both = laid(OCTOBER, frame=TWO_SIDED)
    left = replace(both, sides=both.sides[::-1])
    (label,) = found(left, "lens-heading")
    assert label.left + COLUMNS.card_width == TWO_SIDED.axes[1] - TWO_SIDED.number


def test_a_magnifier_of_days_is_labelled_with_their_numbers() -> None:
    plan = laid(["2018-10-30", "2018-11-01", "2018-11-02"])
    assert [label.text for label in found(plan, "month")] == ["30", "31", "1", "2"]


def test_a_magnifier_of_months_does_not_repeat_the_year_of_its_heading() -> None:
    plan = laid(["2018-10-03", "2018-10-10", "2018-11-20"], frame=replace(ROUND, lens_label=2))
    assert [label.text for label in found(plan, "month")][:2] == ["Oct", "Nov"]


@pytest.mark.parametrize(
    ("zone", "text"), [pytest.param(3, "Jan 2019", id="room for both"), pytest.param(21, "Jan", id="none for the year")]
)
def test_a_month_of_a_magnifier_has_its_year_where_there_is_room_before_its_axis(zone: float, text: str) -> None:
    frame = replace(ROUND, lens_label=3, zone=(3, zone))
    plan = laid(["2018-12-03", "2018-12-10", "2019-01-20"], frame=frame)
    (label,) = (one for one in found(plan, "month", replace(COLUMNS, frame=frame)) if one.text.startswith("Jan"))
    assert label.text == text
    assert label.left >= frame.axes[0] + zone
    assert label.width >= faces.width(text, faces.LABELS, 3 / MM_PER_POINT / LENS_LEADING)


def test_labels_of_a_magnifier_end_before_its_axis_on_either_side() -> None:
    right = laid(OCTOBER)
    for label in found(right, "month"):
        assert label.align == "right"
        assert ROUND.axes[0] + ROUND.zone[1] <= label.left
        assert label.left + label.width <= ROUND.axes[0] + ROUND.lens_axis - 2.6
    both = laid(OCTOBER, frame=TWO_SIDED)
    for label in found(replace(both, sides=both.sides[::-1]), "month"):
        assert label.align == "left"
        assert TWO_SIDED.axes[1] - TWO_SIDED.lens_axis + 2.6 <= label.left
        assert label.left + label.width <= TWO_SIDED.axes[1] - TWO_SIDED.zone[1]


@pytest.mark.parametrize(
    ("lens_label", "sizes"),
    [
        pytest.param(4, [0, 0], id="the size of the design where there is room"),
        pytest.param(6, [pytest.approx(10.5, abs=0.2), pytest.approx(12.4, abs=0.2)], id="smaller where there is not"),
        pytest.param(30, [], id="none below the smallest size"),
    ],
)
def test_a_month_without_a_short_name_takes_the_room_that_there_is(lens_label: float, sizes: list[float]) -> None:
    frame = replace(ROUND, lens_label=lens_label)
    plan = laid(["2018-09-03", "2018-09-10", "2018-10-20"], frame=frame)
    months = found(plan, "month", replace(COLUMNS, frame=frame), "ar")
    assert [label.size for label in months] == sizes


@pytest.mark.parametrize(("zone", "count"), [(20, True), (24, False)])
def test_a_magnifier_without_room_for_labels_has_none(zone: float, count: bool) -> None:
    plan = laid(OCTOBER, frame=replace(ROUND, zone=(3, zone)))
    assert bool(found(plan, "month")) == count
