"""The timeline's promises, for any events that fit: order, no overlap, no crossing, nothing outside, same numbers."""

import math
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.conftest import calendar
from triptych.content import dates
from triptych.content.dates import Calendar
from triptych.content.units import MM_PER_POINT
from triptych.design.sheets import sheet
from triptych.design.sizes import poster_type
from triptych.timeline import labels, promises, scale, spine
from triptych.timeline.columns import Columns, Spread, briefing_columns, factsheet_columns, poster_columns
from triptych.timeline.plan import Crowded, LabelledEra, Mark, Overfull, Plan, Shape


@dataclass(frozen=True)
class Event:
    id: str
    date: dates.When


def on_sheet(name: str, sides: int = 1, lanes: int = 0) -> Columns:
    """The columns of a poster's timeline that takes six tenths of a sheet's height."""
    size = sheet(name)
    spread = Spread(sides=sides, lanes=lanes, eras=True)
    return poster_columns(size, size.width - 30 * size.scale, poster_type(size), spread).resized(size.height * 0.62)


A3 = on_sheet("a3").frame
COLUMNS = st.one_of(
    st.builds(
        on_sheet,
        st.sampled_from(["a3", "a2", "a1-landscape", "a0", "tabloid", "arch-d-landscape", "500x700mm", "18x24in"]),
        st.sampled_from([1, 2]),
        st.integers(0, 2),
    ),
    st.just(factsheet_columns(93).resized(150)),
    st.just(briefing_columns(174, 150)),
)


@st.composite
def edtf(draw: st.DrawFn) -> str:
    """Dates of every kind; many near each other, so that clusters are common."""
    year = draw(st.one_of(st.integers(1990, 2024), st.integers(-3000, 2024).filter(lambda year: year != 0)))
    month, day = draw(st.integers(1, 12)), draw(st.integers(1, 28))
    written = f"{'-' if year < 0 else ''}{abs(year):04}"
    forms = [
        f"{written}-{month:02}-{day:02}",
        f"{written}-{month:02}",
        written,
        f"{written}~",
        f"{written}-{month:02}-{day:02}?",
        f"{written}-2{1 + month % 4}",
        f"{max(year, 1):04}/{max(year, 1) + draw(st.integers(1, 40)):04}",
        f"[..{written}]",
        f"{written}/..",
        f"{max(year, 1000) // 10}X",
        f"{max(year, 1000) // 100}XX",
        f"2018-10-{day:02}",
        f"2018-10-04T{month:02}:{day:02}",
        f"[2018-{month:02}-{day:02}..2019-01-05]",
    ]
    return draw(st.sampled_from(forms))


def events_of(texts: list[str]) -> list[Event]:
    return [Event(f"e{number:03}", dates.parsed(text)) for number, text in enumerate(texts)]


@given(
    texts=st.lists(edtf(), min_size=1, max_size=30),
    height=st.floats(4, 30),
    spread=st.lists(st.floats(0.5, 1.5), min_size=30, max_size=30),
    columns=COLUMNS,
    eras=st.lists(st.sampled_from(["2010/2014", "1990/..", "2018-10/2019", "-0200/0300"]), max_size=3),
    language=st.sampled_from(["en-GB", "de", "fr", "es"]),
)
def test_whatever_fits_keeps_every_promise(
    texts: list[str], height: float, spread: list[float], columns: Columns, eras: list[str], language: str
) -> None:
    events, frame = events_of(texts), columns.frame
    heights = {event.id: height * factor for event, factor in zip(events, spread, strict=False)}
    named = [LabelledEra(text, dates.parsed(text), 12.0) for text in eras]
    try:
        plan = spine.plan(events, heights, frame, named)
    except (Overfull, Crowded):
        return
    assert list(promises.found(plan)) == []
    assert [card.number for card in plan.cards] == list(range(1, len(events) + 1))
    assert spine.plan(list(reversed(events)), heights, frame, named) == plan
    assert len(plan.sides) == len(frame.axes)
    for lens in plan.lenses:
        assert lens.zoom >= spine.LEAST_ZOOM
        assert lens.edges[0].start <= lens.edges[1].start
    assert_labels_keep_apart(plan, columns, calendar(language))
    assert_labels_are_eras_in_the_box(plan)


def assert_labels_keep_apart(plan: Plan, columns: Columns, words: Calendar) -> None:
    years = [label for label in labels.labels(plan, columns, words) if label.role == "year"]
    for above, below in pairwise(years):
        assert below.top >= above.top + above.height - 1e-6
    for label in years:
        assert label.size >= labels.LEAST_SIZE
        assert label.text


def assert_labels_are_eras_in_the_box(plan: Plan) -> None:
    for first, second in pairwise(sorted(plan.brackets, key=lambda bracket: bracket.middle)):
        assert second.middle - second.length / 2 >= first.middle + first.length / 2 - 1e-6
    for bracket in plan.brackets:
        assert bracket.middle - bracket.length / 2 >= -1e-6
        assert bracket.middle + bracket.length / 2 <= plan.frame.height + 1e-6


@given(
    anchors=st.lists(st.floats(0, 200), min_size=1, max_size=12).map(sorted),
    height=st.floats(1, 20),
    gap=st.floats(0, 5),
)
def test_cards_lie_nearest_to_their_dates(anchors: list[float], height: float, gap: float) -> None:
    heights, ports = [height] * len(anchors), [2.0] * len(anchors)
    assume(sum(heights) + gap * (len(anchors) - 1) <= 250)
    tops = spine.placed(anchors, heights, ports, gap, (0, 250))
    cost = sum((top + 2 - anchor) ** 2 for top, anchor in zip(tops, anchors, strict=True))
    for index in range(len(tops)):
        for step in (-0.01, 0.01):
            moved = [*tops[:index], tops[index] + step, *tops[index + 1 :]]
            fits = all(below >= above + height + gap - 1e-9 for above, below in pairwise(moved))
            if fits and moved[0] >= 0 and moved[-1] + height <= 250:
                assert sum((top + 2 - anchor) ** 2 for top, anchor in zip(moved, anchors, strict=True)) >= cost - 1e-6


def test_a_card_alone_stands_at_its_date() -> None:
    plan = spine.plan(events_of(["2015-07-02"]), {"e000": 10}, A3)
    (side,) = plan.sides
    (card,), (leader,) = side.cards, side.leaders
    assert leader.start == pytest.approx(leader.end)
    assert card.top + A3.port == pytest.approx(A3.height * 182.5 / 365, abs=0.5)


def test_cards_that_do_not_fit_say_by_how_much() -> None:
    with pytest.raises(Overfull, match="mm over") as caught:
        spine.plan(events_of(["2015", "2016"]), {"e000": A3.height, "e001": 10}, A3)
    assert caught.value.over == pytest.approx(10 + A3.gap)


def test_a_dense_run_is_enlarged_and_the_axis_stays_linear() -> None:
    texts = ["2015-03-01", "2018-10-01", "2018-10-05", "2018-10-09", "2018-10-20", "2021-03-01"]
    plan = spine.plan(events_of(texts), {f"e00{n}": 10.0 for n in range(6)}, A3)
    (lens,) = plan.lenses
    assert [card.in_lens for card in plan.cards] == [False, True, True, True, True, False]
    assert (lens.first, lens.last) == (dates.ordinal(2018, 10, 1), dates.ordinal(2018, 11, 1))
    years = [tick.y for tick in plan.graduation.major]
    steps = [below - above for above, below in pairwise(years)]
    assert max(steps) < 1.01 * min(steps)
    assert [mark.shape for mark in plan.sides[0].marks].count(Shape.TICK) == 4


def test_two_dense_runs_have_a_magnifier_each() -> None:
    texts = ["1990-05-01", "1990-05-02", "1990-05-03", "2018-10-01", "2018-10-05", "2018-10-09"]
    plan = spine.plan(events_of(texts), {f"e00{n}": 10.0 for n in range(6)}, A3)
    assert len(plan.lenses) == 2


@pytest.mark.parametrize(
    ("text", "shape", "dashed"),
    [
        ("2018-10-06", Shape.DOT, False),
        ("2018-10-06T10:30", Shape.DOT, False),
        ("2018-10-06?", Shape.WITHIN, True),
        ("2018-10", Shape.WITHIN, False),
        ("2018-10~", Shape.WITHIN, True),
        ("2018-10/2019-02", Shape.LASTED, False),
        ("[2018-10-05..2018-10-08]", Shape.WITHIN, False),
    ],
)
def test_a_mark_shows_what_is_known(text: str, shape: Shape, dashed: bool) -> None:
    (mark,) = spine.plan(events_of([text]), {"e000": 10}, A3).sides[0].marks
    assert (mark.shape, mark.dashed) == (shape, dashed)


def test_spans_that_overlap_take_lanes_of_their_own() -> None:
    plan = spine.plan(events_of(["2015/2018", "2016/2017", "2016"]), {f"e00{n}": 10.0 for n in range(3)}, A3)
    assert sorted(mark.lane for mark in plan.sides[0].marks) == [0, 1, 2]
    assert {leader.lane for leader in plan.sides[0].leaders} == {0, 1, 2}


def test_a_fourth_span_beside_three_is_an_error() -> None:
    texts = ["2015/2018", "2015/2019", "2016/2017", "2016"]
    with pytest.raises(Crowded):
        spine.plan(events_of(texts), {f"e00{n}": 10.0 for n in range(4)}, A3)


def test_an_open_start_lies_beyond_the_scale() -> None:
    plan = spine.plan(events_of(["[..2014]", "2016"]), {"e000": 10, "e001": 10}, A3)
    assert plan.axis[0] == A3.open_zone
    assert min(mark.top for mark in plan.sides[0].marks) == 0


def test_on_two_sides_each_card_stands_where_it_is_displaced_least() -> None:
    frame = on_sheet("a3", sides=2).frame
    plan = spine.plan(events_of(["2015-01-01", "2015-02-01", "2019"]), {f"e00{n}": 30.0 for n in range(3)}, frame)
    assert [[card.number for card in side.cards] for side in plan.sides] == [[1, 3], [2]]


def test_periods_are_consecutive_and_of_one_length_in_units() -> None:
    found = spine.periods([dates.parsed("2001-05"), dates.parsed("2010-02")], 3)
    assert [dates.civil(int(day))[:2] for period in found for day in period] == [
        *((2001, 1), (2005, 1)),
        *((2005, 1), (2009, 1)),
        *((2009, 1), (2013, 1)),
    ]


def test_events_without_a_card_are_marked_all_the_same() -> None:
    plan = spine.plan(events_of(["2015", "2016"]), {"e000": 10}, A3)
    assert [card.id for card in plan.cards] == ["e000"]


def test_a_fault_is_found_when_a_plan_is_tampered_with() -> None:
    plan = spine.plan(events_of(["2015-03-01", "2016-03-01"]), {"e000": 10, "e001": 10}, A3)
    (side,) = plan.sides
    first, second = side.cards
    for change, word in (
        ({"cards": (first, replace(second, top=first.top + 5))}, "touch"),
        ({"cards": (second, first)}, "stands after"),
        ({"cards": (first, replace(second, top=A3.height))}, "leaves"),
        ({"leaders": (replace(side.leaders[0], end=math.inf), side.leaders[1])}, "cross"),
        ({"marks": (Mark(Shape.WITHIN, 0, 9), Mark(Shape.WITHIN, 5, 12))}, "spans touch"),
    ):
        broken = replace(plan, sides=(replace(side, **change),))
        assert any(word in fault for fault in promises.found(broken))
    near = replace(plan.graduation, major=tuple(replace(tick, y=tick.y / 20) for tick in plan.graduation.major))
    assert any("labels" in fault for fault in promises.found(replace(plan, graduation=near)))


@pytest.mark.parametrize(
    ("first", "last", "times", "unit"),
    [
        ("2018-10-04T09:00", "2018-10-04T18:00", True, scale.HOUR),
        ("2018-10-04", "2018-10-20", False, scale.DAY),
        ("2018-10-04", "2019-06-20", False, scale.MONTH),
        ("1990", "2020", False, scale.YEAR),
        ("1100", "2020", False, scale.DECADE),
        ("-2999", "2020", False, scale.CENTURY),
    ],
)
def test_a_scale_picks_units_that_suit_its_length(first: str, last: str, times: bool, unit: scale.Unit) -> None:
    assert scale.fitting(dates.parsed(last).end - dates.parsed(first).start, times) == unit


def test_a_day_told_by_the_minute_is_not_drawn_longer_than_it_was() -> None:
    plan = spine.plan(events_of(["2018-11-04T07:30", "2018-11-04T18:20"]), {"e000": 10, "e001": 10}, A3)
    assert [round(plan.graduation.major[end].day % 1 * 24) for end in (0, -1)] == [7, 19]


def test_years_before_the_common_era_are_graduated_by_their_own_numbers() -> None:
    words = calendar("en-GB")
    starts = scale.UNITS[16].starts(dates.ordinal(-120, 1, 1), dates.ordinal(130, 1, 1))
    assert [words.year(dates.civil(int(day))[0]) for day in starts] == ["100 BC", "50 BC", "1", "50", "100"]


@given(first=st.floats(-1e6, 8e5), days=st.floats(0.1, 1e6), unit=st.sampled_from(scale.UNITS[3:]))
def test_a_whole_scale_holds_what_it_is_made_for(first: float, days: float, unit: scale.Unit) -> None:
    assume(days / unit.days < 1000)
    found = scale.whole(first, first + days, 0, 100, unit)
    assert found.first <= first + 1e-5
    assert found.last >= first + days - 1e-5
    assert unit.start(found.first) == pytest.approx(found.first)
    starts = list(unit.starts(found.first, found.last))
    assert starts == sorted(set(starts))


def test_room_for_a_label_is_four_characters_of_its_size() -> None:
    columns = on_sheet("a3")
    left, right = columns.label_room
    assert right - left >= 4 * labels.WIDTH * columns.label_size * MM_PER_POINT
