"""The timeline's promises, for any events that fit: order, no overlap, no crossing, nothing outside, same numbers."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.conftest import calendar
from tests.plans import ROUND, TWO_SIDED, Event, day, events_of, laid
from triptych.content import dates
from triptych.content.calendars import Calendar
from triptych.content.units import MM_PER_POINT
from triptych.design.sheets import sheet
from triptych.design.sizes import poster_type
from triptych.timeline import labels, placing, promises, scale, spine
from triptych.timeline.columns import Columns, Spread, briefing_columns, factsheet_columns, poster_columns
from triptych.timeline.plan import Crowded, Frame, LabelledEra, Leader, Mark, Overfull, Plan, Shape, Tick


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
    named = [LabelledEra(dates.parsed(text), (text,), (12.0,)) for text in eras]
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


@st.composite
def crowds(draw: st.DrawFn) -> list[str]:
    """A cluster in one year, many events of one date, outliers far from them, and spans of any length."""
    year = draw(st.sampled_from([2019, 1066, -500]))
    written = f"{'-' if year < 0 else ''}{abs(year):04}"
    days = st.builds(lambda month, day: f"{written}-{month:02}-{day:02}", st.integers(1, 12), st.integers(1, 28))
    months = st.builds(lambda month: f"{written}-{month:02}", st.integers(1, 12))
    cluster = draw(st.lists(st.one_of(days, months, st.just(written)), max_size=24))
    same = [draw(st.one_of(days, months, st.just(written)))] * draw(st.integers(1, 12))
    outliers = ["Y-13800000000", "-3000", "1210", "1903-04-05", "2024", "2024-05-06T07:08"]
    apart = draw(st.lists(st.sampled_from(outliers), max_size=3))
    spans = st.builds(lambda start, length: f"{start}/{start + length}", st.integers(1000, 2000), st.integers(1, 300))
    opened = st.sampled_from(["../1950", "[..1940]", "1960/..", "[1970..]", "1700~/1900"])
    return [*cluster, *same, *apart, *draw(st.lists(st.one_of(spans, opened), max_size=12))]


@given(
    texts=crowds(),
    heights=st.lists(st.floats(2, 20), min_size=51, max_size=51),
    columns=COLUMNS,
    language=st.sampled_from(["en-GB", "de"]),
)
def test_outliers_clusters_and_many_spans_keep_every_promise(
    texts: list[str], heights: list[float], columns: Columns, language: str
) -> None:
    events = events_of(texts)
    taken = {event.id: height for event, height in zip(events, heights, strict=False)}
    try:
        plan = spine.plan(events, taken, columns.frame)
    except (Overfull, Crowded):
        return
    assert list(promises.found(plan)) == []
    assert plan.lanes < columns.frame.lanes
    assert_labels_keep_apart(plan, columns, calendar(language))


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(["2016-05-04"] * 20, id="all on one day"),
        pytest.param([*["2016-05-04"] * 19, "2016-05-06"], id="too many of one day for a magnifier on one side"),
    ],
)
def test_events_of_one_day_stand_on_both_sides_without_a_magnifier(texts: list[str]) -> None:
    plan = laid(texts, 12, TWO_SIDED)
    assert plan.lenses == ()
    assert [len(side.cards) for side in plan.sides] == [10, 10]


def test_the_parts_of_a_long_run_do_not_overlap() -> None:
    """Two magnifiers one below the other: their edges on the axis do not cross."""
    days = [("03-09", 9), ("02-08", 20), ("01-03", 23), ("01-08", 16), ("03-10", 9), ("01-06", 22), ("02-12", 19)]
    events = events_of(["1210", *(f"2019-{day}" for day, _ in days), "2019-02-04", "2019-02-11"])
    heights = dict(zip((event.id for event in events), (17, *(height for _, height in days), 9, 23), strict=True))
    plan = spine.plan(events, heights, TWO_SIDED)
    assert len(plan.lenses) == 3
    assert list(promises.found(plan)) == []


def test_a_date_that_lasts_beyond_the_next_ones_stays_in_one_part_with_them() -> None:
    """A magnifier shows all of each of its dates: it ends after the longest, not after the last."""
    run = ["2016-01-01", "[2018-01-01..2019-01-05]", *["2018-10-01"] * 2, "2018-10-04T01:01", *["2019-01-01"] * 3]
    events = events_of([*["0001-01-01"] * 2, *["1990-01-01"] * 7, *run])
    plan = spine.plan(events, {event.id: 12 for event in events}, on_sheet("a3", 2).frame)
    assert [len(lens.marks) for side in plan.sides for lens in side.lenses] == [8]
    assert list(promises.found(plan)) == []


@given(
    anchors=st.lists(st.floats(0, 200), min_size=1, max_size=12).map(sorted),
    height=st.floats(1, 20),
    gap=st.floats(0, 5),
)
def test_cards_lie_nearest_to_their_dates(anchors: list[float], height: float, gap: float) -> None:
    heights, ports = [height] * len(anchors), [2.0] * len(anchors)
    assume(sum(heights) + gap * (len(anchors) - 1) <= 250)
    tops = placing.placed(anchors, heights, ports, gap, (0, 250))
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
    assert card.top + A3.port == pytest.approx(A3.insets[0] + A3.room * 182.5 / 365, abs=0.5)


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


def test_one_span_more_than_the_sheet_has_lanes_is_an_error() -> None:
    texts = ["2015/2018", "2015/2019", "2016/2017", "2016"]
    heights = {f"e00{n}": 10.0 for n in range(4)}
    assert spine.plan(events_of(texts), heights, A3).lanes == 3
    with pytest.raises(Crowded):
        spine.plan(events_of(texts), heights, replace(A3, lanes=3))


def test_events_of_one_date_share_one_mark_and_each_has_its_leader() -> None:
    plan = spine.plan(events_of(["2016"] * 40), {f"e0{n:02}": 2.0 for n in range(40)}, A3)
    assert plan.lanes == 0
    assert len(set(plan.sides[0].marks)) == 1
    assert len({leader.start for leader in plan.sides[0].leaders}) == 1
    assert list(promises.found(plan)) == []


def test_an_open_start_lies_beyond_the_scale() -> None:
    plan = spine.plan(events_of(["[..2014]", "2016"]), {"e000": 10, "e001": 10}, A3)
    assert plan.axis[0] == A3.insets[0] + A3.open_zone
    assert min(mark.top for mark in plan.sides[0].marks) == A3.insets[0]


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


def plain() -> Plan:
    """Two cards of 10 mm, at 38 and 88 mm."""
    return laid(["2005-01-01", "2010-01-01"])


def tampered(**changes: Any) -> list[str]:
    """Faults of a plain timeline when something of its side is changed."""
    return list(promises.found(replace(plain(), sides=(replace(plain().sides[0], **changes),))))


@pytest.mark.parametrize(
    ("tops", "faults"),
    [
        ((38, 88), []),
        ((38, 52), []),
        ((38, 51.9), ["cards 1 and 2 touch"]),
        ((0, 190), []),
        ((-0.1, 190), ["card 1 leaves the box"]),
        ((0, 190.1), ["card 2 leaves the box"]),
    ],
)
def test_cards_that_touch_or_leave_the_box_are_found(tops: tuple[float, float], faults: list[str]) -> None:
    cards = tuple(replace(card, top=top) for card, top in zip(plain().sides[0].cards, tops, strict=True))
    assert tampered(cards=cards) == faults


def test_cards_out_of_order_are_found() -> None:
    first, second = plain().sides[0].cards
    cards = (replace(first, number=2), replace(second, number=1))
    assert tampered(cards=cards) == ["card 1 stands after card 2"]
    assert tampered(cards=(first, replace(second, number=1))) == ["card 1 stands after card 1"]


@pytest.mark.parametrize(
    ("ends", "faults"),
    [((40, 90), []), ((60, 60), []), ((60, 59), ["leaders cross at 90.0 mm"])],
)
def test_leaders_that_cross_are_found(ends: tuple[float, float], faults: list[str]) -> None:
    assert tampered(leaders=(Leader(40, ends[0]), Leader(90, ends[1]))) == faults


def test_a_leader_that_crosses_the_edge_of_a_magnifier_or_another_in_it_is_found() -> None:
    dense = laid(["2010-03-01", "2010-03-03", "2010-03-05"])
    (side,), (lens,) = dense.sides, dense.lenses
    for changed in (
        replace(side, leaders=(Leader(lens.edges[0].start - 1, lens.edges[0].end + 1),)),
        replace(side, lenses=(replace(lens, leaders=(*lens.leaders[:1], Leader(199, 0))),)),
    ):
        (fault,) = promises.found(replace(dense, sides=(changed,)))
        assert fault.startswith("leaders cross")
    (fault,) = promises.found(replace(dense, sides=(replace(side, lenses=(replace(lens, marks=OVERLAPPING),)),)))
    assert fault.startswith("spans touch")


OVERLAPPING = (Mark(Shape.WITHIN, 0, 9), Mark(Shape.LASTED, 8.9, 12))


@pytest.mark.parametrize(
    ("marks", "faults"),
    [
        (OVERLAPPING, ["spans touch at 8.9 mm"]),
        ((OVERLAPPING[0], replace(OVERLAPPING[1], top=9)), []),
        ((OVERLAPPING[0], replace(OVERLAPPING[1], lane=1)), []),
        ((OVERLAPPING[0], Mark(Shape.DOT, 5, 5), Mark(Shape.TICK, 6, 6)), []),
    ],
)
def test_spans_that_touch_in_a_lane_are_found(marks: tuple[Mark, ...], faults: list[str]) -> None:
    assert tampered(marks=marks) == faults


def test_labels_of_the_scale_that_touch_are_found() -> None:
    ticks = tuple(Tick(y, 0, labelled) for y, labelled in ((0, True), (9.9, False), (10, True), (19.9, True)))
    found = promises.found(replace(plain(), graduation=replace(plain().graduation, major=ticks)))
    assert list(found) == ["labels of the scale touch at 19.9 mm"]


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


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(["2015", "2016"], id="the earlier year"),
        pytest.param(["2016-07-01", "2016"], id="a day before the middle of its year"),
        pytest.param(["2016", "2016-07-02"], id="a day after the middle of its year"),
        pytest.param(["2016-05/2016-08", "2016-06/2016-07"], id="of one middle, what starts first"),
        pytest.param(["[..2013]", "[..2014]"], id="of two open starts, what ends first"),
        pytest.param(["[..2019]", "2001"], id="a moment with an open start before all"),
        pytest.param(["2013-12-30", "../2013", "2014-01-01"], id="what lasted until a year, at the year's end"),
        pytest.param(["2015-12-31", "2016/..", "2016-01-02"], id="what has an open end, at its start"),
        pytest.param(["2016", "2016", "2016"], id="of one date, by name"),
    ],
)
def test_events_are_numbered_by_the_middle_of_their_dates(texts: list[str]) -> None:
    """Whatever their names are, unless nothing else tells them apart."""
    events = events_of(texts)
    assert spine.ordered(events[::-1]) == tuple(events)
    if len(set(texts)) > 1:
        renamed = [replace(event, id=f"e{9 - number}") for number, event in enumerate(events)]
        assert spine.ordered(renamed) == tuple(renamed)


@pytest.mark.parametrize(
    ("texts", "cards"),
    [
        # Three millimetres of pitch are 109 days on this scale.
        pytest.param(["2010-03-01", "2010-03-20"], 0, id="two dates are no run"),
        pytest.param(["2010-03-01", "2010-03-20", "2010-04-10"], 3, id="three are"),
        pytest.param(["2010-03-01", "2010-03-20", "2010-04-10", "2010-09-01"], 3, id="a date farther than the pitch"),
        pytest.param(["2010-03-01", "2010-06-01", "2010-09-30"], 0, id="three, two of them farther than the pitch"),
        pytest.param(["2010-03-01", "2010-03", "2010-03-20"], 3, id="a month is finer than the pitch"),
        pytest.param(["2009-12", "2010-01/2010-05", "2010-04"], 0, id="a span longer than the pitch is in no run"),
        pytest.param(["2010-03-01", "[2010-03-05..]", "2010-03-09"], 0, id="an open date is in no run"),
        pytest.param(["2009", "2010", "2011"], 0, id="years"),
        pytest.param(["2010-03-01?", "2010-03-20~", "2010-04-10"], 3, id="doubtful days are days"),
    ],
)
def test_three_fine_dates_nearer_than_the_pitch_are_magnified(texts: list[str], cards: int) -> None:
    plan = laid(texts)
    assert sum(card.in_lens for card in plan.cards) == cards
    assert len(plan.lenses) == bool(cards)


@pytest.mark.parametrize(("height", "magnified"), [(4.0, False), (4.2, True)])
def test_a_run_that_would_be_enlarged_less_than_four_times_is_not(height: float, magnified: bool) -> None:
    """February to August takes 5.8 mm: 3 cards of 4 mm with their white 23, of 4.2 mm 23.6."""
    plan = laid(["2010-02-10", "2010-05-20", "2010-08-30"], height)
    assert bool(plan.lenses) == magnified


@pytest.mark.parametrize(
    ("texts", "first", "last"),
    [
        # Two years on 200 mm: the pitch is 11 days.
        pytest.param(["10-03", "10-10", "10-17"], "10-01", "11-01", id="months where the run is longer than 12 days"),
        pytest.param(["10-03", "10-08", "10-14"], "10-03", "10-15", id="days where it is not"),
        pytest.param(["10-02", "10-14", "10-21", "10-28"], "10-08T06:00", "11-01", id="half way to the date before"),
        pytest.param(["10-03", "10-10", "10-17", "10-29"], "10-01", "10-23T18:00", id="half way to the date after"),
        pytest.param(
            ["09-25/2018-10-28", "10-10/2018-10-19", "10-20", "10-25"], "10-12", "11-01", id="a date before within it"
        ),
        pytest.param(
            ["10-06", "10-12", "10-14/2018-10-22", "10-03/2018-11-05"], "10-01", "10-20", id="a date after within it"
        ),
    ],
)
def test_a_magnifier_shows_whole_units_but_goes_only_half_way_to_a_neighbour(
    texts: list[str], first: str, last: str
) -> None:
    (lens,) = laid([f"2018-{text}" for text in texts], years=(2018, 2020)).lenses
    assert (lens.first, lens.last) == pytest.approx((day(f"2018-{first}"), day(f"2018-{last}")))


WEEK = [f"2010-03-{number:02}" for number in range(1, 7)]


@pytest.mark.parametrize(
    ("texts", "height", "frame", "cards"),
    [
        pytest.param(WEEK, 10, TWO_SIDED, [6], id="84 mm of cards go into one"),
        pytest.param(WEEK, 12, TWO_SIDED, [3, 3], id="96 mm are more than 0.45 of the box, and go into two"),
        pytest.param(WEEK, 12, ROUND, [6], id="with one side alone they go into one"),
        pytest.param(WEEK[:5], 20, TWO_SIDED, [5], id="a part has three cards at least"),
        pytest.param([*WEEK, "2010-03-07"], 12, TWO_SIDED, [3, 4], id="parts are even"),
        pytest.param(
            [*WEEK[:3], "2010-03-03/2010-03-05", *WEEK[4:]], 12, TWO_SIDED, [6], id="dates that overlap stay together"
        ),
    ],
)
def test_a_long_run_is_cut_where_the_other_side_can_take_a_part(
    texts: list[str], height: float, frame: Frame, cards: list[int]
) -> None:
    plan = laid(texts, height, frame)
    assert sorted(len(lens.marks) for lens in plan.lenses) == cards


def test_a_magnifier_has_its_heading_white_and_scale() -> None:
    plan = laid(["2010-03-01", "2010-03-03", "2010-03-05"])
    (lens,) = plan.lenses
    first, _, last = plan.cards
    assert (first.id, last.id) == ("e000", "e002")
    assert lens.bottom - lens.top == pytest.approx(9 + 3 * 10 + 2 * 4 + 2 * 3)
    assert lens.axis == pytest.approx((lens.top + 9, lens.bottom - 3))
    assert first.top >= lens.axis[0]
    assert last.top + last.height <= lens.axis[1] + 1e-6
    assert lens.zoom == pytest.approx((41 / 5) / (200 / 7305))
    assert [edge.end for edge in lens.edges] == [lens.top, lens.bottom]
    assert [edge.start for edge in lens.edges] == pytest.approx(
        [(bound - day("2001")) * 200 / 7305 for bound in (lens.first, lens.last)]
    )


def test_a_magnifier_stands_at_the_middle_of_what_it_shows() -> None:
    """Of October, in two years on 200 mm."""
    (lens,) = laid(["2018-10-03", "2018-10-10", "2018-10-17"], years=(2018, 2020)).lenses
    assert (lens.top + lens.bottom) / 2 == pytest.approx((273 + 31 / 2) * 200 / 730)


def test_in_a_magnifier_a_date_is_marked_in_full_and_on_the_axis_by_a_tick() -> None:
    plan = laid(["2010-03-01", "2010-03-02/2010-03-03", "2010-03-05?"])
    (lens,), (side,) = plan.lenses, plan.sides
    assert [mark.shape for mark in lens.marks] == [Shape.DOT, Shape.LASTED, Shape.WITHIN]
    assert [mark.shape for mark in side.marks] == [Shape.TICK] * 3
    assert [mark.top for mark in side.marks] == pytest.approx(
        [
            (middle - day("2001")) * 200 / 7305
            for middle in (day("2010-03-01") + 0.5, day("2010-03-03"), day("2010-03-05") + 0.5)
        ]
    )
    assert side.leaders == ()
    assert [leader.end for leader in lens.leaders] == [card.top + ROUND.port for card in plan.cards]
    day_mm = (lens.axis[1] - lens.axis[0]) / 5
    assert [leader.start for leader in lens.leaders] == pytest.approx(
        [lens.axis[0] + days * day_mm for days in (0.5, 2, 4.5)]
    )


def test_periods_of_a_day_are_whole_hours_where_times_are_known() -> None:
    moments = [dates.parsed("2018-10-04T09:20"), dates.parsed("2018-10-04T12:40")]
    assert spine.periods(moments, 2) == [
        pytest.approx((day("2018-10-04T09:00"), day("2018-10-04T11:00"))),
        pytest.approx((day("2018-10-04T11:00"), day("2018-10-04T13:00"))),
    ]
    assert spine.periods([dates.parsed("2018-10-04")], 1) == [(day("2018-10-04"), day("2018-10-05"))]


def test_spans_that_overlap_in_a_magnifier_have_lanes_and_leaders_from_there() -> None:
    (lens,) = laid(["2010-03-01/2010-03-06", "2010-03-02/2010-03-09", "2010-03-08/2010-03-11"]).lenses
    assert [mark.lane for mark in lens.marks] == [0, 1, 0]
    assert [leader.lane for leader in lens.leaders] == [0, 1, 0]


@pytest.mark.parametrize(("least_mark", "hours"), [(5.4, {12}), (5.6, set())])
def test_the_finer_ticks_of_a_magnifier_are_three_quarters_of_the_least_mark_apart(
    least_mark: float, hours: set[int]
) -> None:
    """Half a day takes 4.1 mm."""
    (lens,) = laid(["2010-03-01", "2010-03-03", "2010-03-05"], frame=replace(ROUND, least_mark=least_mark)).lenses
    assert {round((below.day - above.day) * 24) for above, below in pairwise(lens.graduation.minor)} == hours


def test_the_days_of_a_magnifier_are_graduated_where_a_label_has_room() -> None:
    (lens,) = laid(["2010-03-01", "2010-03-03", "2010-03-05"]).lenses
    assert lens.graduation.unit == scale.DAY
    assert [tick.day for tick in lens.graduation.major if tick.labelled] == [day(f"2010-03-0{n}") for n in range(1, 6)]
    (narrow,) = laid(["2010-03-01", "2010-03-03", "2010-03-05"], frame=replace(ROUND, lens_label=9)).lenses
    assert narrow.graduation.unit.kind == "week"


@pytest.mark.parametrize(
    ("height", "tops"),
    [
        # At 2005, 2010 and 2015 stand 40, 90 and 140 mm; a leader ends 2 mm below the top of its card.
        (10, [38, 88, 138]),
        (60, [12, 76, 140]),
    ],
)
def test_cards_stand_at_their_dates_and_give_way_evenly(height: float, tops: list[float]) -> None:
    plan = laid(["2005-01-01", "2010-01-01", "2015-01-01"], height)
    assert [card.top for card in plan.cards] == pytest.approx(tops, abs=0.1)


def test_cards_stay_in_the_box_at_either_end() -> None:
    plan = laid(["2001-01-01", "2020-12-31"], 20)
    assert [card.top for card in plan.cards] == [0, 180]
    assert [leader.start for leader in plan.sides[0].leaders] == pytest.approx([0, 200], abs=0.02)


def test_fill_is_the_share_of_the_box_and_drift_the_longest_way_from_a_date_to_its_card() -> None:
    plan = laid(["2010-01-01", "2010-12-31"], 20)
    assert plan.fill == pytest.approx((20 + 4 + 20) / 200)
    assert plan.drift == pytest.approx((20 + 4 - 10) / 2, abs=0.05)
    assert laid(["2010-07-01"], 50).drift == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("texts", "sides"),
    [
        pytest.param(["2003", "2009", "2015"], [[1, 3], [2]], id="where none is displaced, the sides alternate"),
        pytest.param(["2003", "2003-08", "2004"], [[1, 3], [2]], id="the side whose last card ends first"),
        pytest.param(["2003", "2009", "2009-08", "2010"], [[1, 3], [2, 4]], id="a side is free again further down"),
    ],
)
def test_a_card_goes_to_the_side_where_it_is_displaced_least(texts: list[str], sides: list[list[int]]) -> None:
    plan = laid(texts, 12, TWO_SIDED)
    assert [[card.number for card in side.cards] for side in plan.sides] == sides


def test_a_side_that_is_filled_up_sends_its_cards_to_the_other() -> None:
    events = events_of(["2003", "2004", "2005", "2006"])
    heights = dict(zip((event.id for event in events), (60.0, 8.0, 8.0, 8.0), strict=True))
    plan = spine.plan(events, heights, TWO_SIDED, domain=(day("2001"), day("2021")))
    assert [[card.number for card in side.cards] for side in plan.sides] == [[1], [2, 3, 4]]


@pytest.mark.parametrize(
    ("texts", "axis"),
    [
        pytest.param(["2003", "2009"], (0, 200), id="known dates take the whole box"),
        pytest.param(["[..2003]", "2009"], (10, 200), id="an open start"),
        pytest.param(["2003", "2009/.."], (0, 190), id="an open end"),
        pytest.param(["../2003", "2009/.."], (10, 190), id="both"),
    ],
)
def test_an_open_date_takes_a_zone_beyond_the_scale(texts: list[str], axis: tuple[float, float]) -> None:
    assert laid(texts).axis == axis


def test_the_leader_of_a_moment_with_an_open_start_leaves_from_the_middle_of_the_zone() -> None:
    plan = laid(["[..2005]", "2010"])
    assert plan.sides[0].leaders[0].start == 5
    assert laid(["../2005", "2010"]).sides[0].leaders[0].start == pytest.approx(10 + 190 * 5 / 20, abs=0.1)


@pytest.mark.parametrize(
    ("texts", "first", "last"),
    [
        (["2003-05", "2009-02"], "2003", "2010"),
        (["2009-02-03"], "2009", "2010"),
        (["2018-10-04", "2018-10-20"], "2018-10-04", "2018-10-21"),
        (["2018-02-10", "2018-11-05"], "2018-02", "2018-12"),
        (["[..2003]", "2009"], "2004", "2010"),
        (["2003", "2009/.."], "2003", "2009"),
        (["2018-10-04T09:20", "2018-10-04T17:50"], "2018-10-04T09:00", "2018-10-04T18:00"),
        (["2018-10-04T09:20"], "2018-10-04T09:00", "2018-10-04T10:00"),
    ],
)
def test_a_scale_takes_whole_units_from_the_first_known_day_to_the_last(
    texts: list[str], first: str, last: str
) -> None:
    plan = spine.plan(events_of(texts), {"e000": 10}, ROUND)
    ends = plan.graduation.major[0].day, plan.graduation.major[-1].day
    assert ends == pytest.approx((day(first), day(last)))


def test_a_scale_may_be_that_of_others_and_holds_eras_as_well() -> None:
    assert laid(["2010"]).graduation.major[-1].day == day("2021")
    plan = spine.plan(
        events_of(["2010", "2012"]), {"e000": 10}, ROUND, [LabelledEra(dates.parsed("1990/2000"), ("Before",), (20,))]
    )
    assert plan.graduation.major[0].day == day("1990")


@pytest.mark.parametrize(
    ("label", "years"),
    [(10, range(2001, 2021)), (10.1, range(2002, 2021, 2)), (21, [2005, 2010, 2015]), (51, [2010])],
)
def test_years_are_labelled_as_closely_as_their_labels_have_room(label: float, years: Sequence[int]) -> None:
    plan = laid(["2010"], frame=replace(ROUND, label=label, height=201))
    found = [dates.civil(int(tick.day))[0] for tick in plan.graduation.major if tick.labelled]
    assert found == list(years)


def test_the_ends_of_a_scale_are_graduated_and_labelled_where_there_is_room() -> None:
    major = laid(["2010"], frame=replace(ROUND, label=21)).graduation.major
    assert [(dates.civil(int(tick.day))[0], tick.labelled) for tick in major] == [
        *((2001, False), (2005, True), (2010, True), (2015, True), (2020, False)),
        (2021, False),
    ]


def test_finer_graduations_are_apart_by_three_quarters_of_the_least_mark() -> None:
    assert len(laid(["2010"], frame=replace(ROUND, label=21)).graduation.minor) == 21
    assert len(laid(["2010"], frame=replace(ROUND, label=21, least_mark=13.2)).graduation.minor) == 21
    assert len(laid(["2010"], frame=replace(ROUND, label=21, least_mark=13.5)).graduation.minor) == 0
    (lens,) = laid(["2010-03-01", "2010-03-03", "2010-03-05"], frame=replace(ROUND, least_mark=2)).lenses
    assert {round((below.day - above.day) * 24) for above, below in pairwise(lens.graduation.minor)} == {12}


def test_a_label_has_room_where_a_unit_is_shorter_than_others() -> None:
    """Months of 28 to 31 days on 200 mm; February takes 31 of the 33 that a label needs."""
    plan = spine.plan(events_of(["2018-01-10", "2018-06-20"]), {}, replace(ROUND, label=33))
    assert [dates.civil(int(tick.day))[1] for tick in plan.graduation.major if tick.labelled] == [1, 3, 4, 5, 6]


def test_a_scale_of_years_is_not_labelled_more_finely_than_that() -> None:
    assert laid(["2010"], frame=replace(ROUND, label=0.5)).graduation.unit == scale.YEAR


def test_finer_graduations_stand_at_their_days() -> None:
    minor = laid(["2010"], frame=replace(ROUND, label=21)).graduation.minor
    assert [(tick.y, dates.civil(int(tick.day))[0]) for tick in (minor[0], minor[10], minor[-1])] == [
        *((0, 2001), (pytest.approx(100, abs=0.1), 2011)),
        (200, 2021),
    ]


def test_times_of_day_are_magnified_to_minutes_on_a_scale_of_hours() -> None:
    events = events_of(["2018-10-04T09:02", "2018-10-04T09:04", "2018-10-04T09:06"])
    plan = spine.plan(
        events, {event.id: 10.0 for event in events}, ROUND, domain=(day("2018-10-04"), day("2018-10-05"))
    )
    (lens,) = plan.lenses
    assert (lens.first, lens.last) == pytest.approx((day("2018-10-04T09:00"), day("2018-10-04T09:10")))
    assert plan.graduation.unit.kind == "minute"


def test_eras_are_cut_at_the_ends_of_the_scale_and_open_where_they_are() -> None:
    eras = [
        LabelledEra(dates.parsed("1990/2005"), ("Long",), (20,)),
        LabelledEra(dates.parsed("2011/.."), ("Now",), (20,)),
    ]
    first, second = laid(["2010"], eras=eras).brackets
    assert (first.top, first.bottom) == pytest.approx((0, 50 * 190 / 200), abs=0.1)
    assert (second.top, second.bottom) == pytest.approx((95, 190), abs=0.1)
    assert [(bracket.open_start, bracket.open_end) for bracket in (first, second)] == [(False, False), (False, True)]
    assert [(bracket.label, bracket.length) for bracket in (first, second)] == [("Long", 20), ("Now", 20)]
    (since,) = laid(["2010"], eras=[LabelledEra(dates.parsed("../2011"), ("Until",), (20,))]).brackets
    assert (since.open_start, since.open_end) == (True, False)


def test_an_open_era_reaches_to_the_next_one_without_a_foot() -> None:
    texts = ["../2002", "2004/..", "2012?/2013", "2014/.."]
    found = laid(["2010"], eras=[LabelledEra(dates.parsed(text), (text,), (9,)) for text in texts]).brackets
    assert [(one.open_start, one.open_end) for one in found] == [
        (True, False),
        (False, True),
        (False, False),
        (False, True),
    ]
    assert all(above.bottom <= below.top for above, below in pairwise(found))
    assert found[1].bottom == found[2].top
    assert found[3].bottom > found[2].bottom


@pytest.mark.parametrize(
    ("spans", "length", "middles"),
    [
        pytest.param(["2003/2006", "2013/2016"], 19, [40, 140], id="each at the middle of its era"),
        pytest.param(
            ["2009/2010", "2011/2012"],
            48,
            [54, 146],
            id="past its bracket on the side that is free, half the gap of cards apart",
        ),
        pytest.param(["2001/2002"], 40, [42], id="inside the box"),
        pytest.param(["2011/2012", "2003/2006"], 19, [40, 110], id="in the order of time"),
    ],
)
def test_labels_of_eras_stand_as_near_to_the_middle_as_they_can(
    spans: list[str], length: float, middles: list[float]
) -> None:
    plan = laid(["2010"], eras=[LabelledEra(dates.parsed(span), (span,), (length,)) for span in spans])
    assert [bracket.middle for bracket in plan.brackets] == pytest.approx(middles, abs=0.1)


def test_cards_are_numbered_as_elsewhere_where_more_events_exist_than_are_shown() -> None:
    events = events_of(["2015", "2016"])
    plan = spine.plan(events, {"e000": 10.0, "e001": 10.0}, ROUND, numbers={"e000": 7, "e001": 12})
    assert [card.number for card in plan.cards] == [7, 12]


@pytest.mark.parametrize(
    ("texts", "count", "years"),
    [
        (["2001-05", "2010-02"], 1, [2001, 2011]),
        (["2001-05", "2010-02"], 2, [2001, 2006, 2011]),
        (["2001-05", "2010-02"], 4, [2001, 2004, 2007, 2010, 2013]),
        (["1203", "1990"], 2, [1200, 1600, 2000]),
        (["Y-13800000000", "2019"], 1, [-13800000000, 2020]),
        (["[..2003]", "2006"], 1, [2004, 2007]),
        (["2018-12-31T09:00", "2019-01-01T10:30"], 1, [2018, 2019]),
    ],
)
def test_periods_take_the_time_in_whole_units(texts: list[str], count: int, years: list[int]) -> None:
    found = spine.periods([dates.parsed(text) for text in texts], count)
    assert [dates.civil(int(start))[0] for start, _ in found] == years[:-1]
    assert [dates.civil(int(end))[0] for _, end in found] == years[1:]


def dealt(*cards: tuple[float, float]) -> list[list[int]]:
    """Numbers of cards on the right and the left side, each by its date's place and its height in mm."""
    first, mm = day("2001"), 7305 / 200
    events = [
        Event(f"e{number}", dates.When("", first + (at * mm) - 60, first + (at * mm) + 60, dates.Precision.SPAN))
        for number, (at, _) in enumerate(cards)
    ]
    heights = {event.id: height for event, (_, height) in zip(events, cards, strict=True)}
    plan = spine.plan(events, heights, TWO_SIDED, domain=(first, day("2021")))
    return [[card.number for card in side.cards] for side in plan.sides]


@pytest.mark.parametrize(
    ("cards", "sides"),
    [
        # A card begins 2 mm above its date, and 4 mm below the one before it.
        pytest.param([(20, 60), (40, 8), (83.6, 8)], [[1], [2, 3]], id="0.4 mm below its date, or at it on the other"),
        pytest.param([(20, 60), (40, 8), (80, 8)], [[1], [2, 3]], id="the white between cards counts"),
        pytest.param([(20, 60), (40, 8), (84.1, 8)], [[1, 3], [2]], id="at its date on either: the side not used last"),
        pytest.param([(100, 60), (101, 8), (112, 8)], [[1], [2, 3]], id="a card keeps its side taken from its date on"),
        pytest.param(
            [(100, 20), (101, 20), (102, 20), (128, 14), (143, 8)], [[1, 3], [2, 4, 5]], id="one pushed down, farther"
        ),
        pytest.param([(0.2, 60), (30, 8), (64.5, 8)], [[1], [2, 3]], id="the first one stands inside the box"),
        pytest.param([(1.7, 60), (30, 8), (66.5, 8)], [[1, 3], [2]], id="at its upper edge"),
    ],
)
def test_of_many_a_side_is_taken_as_far_as_its_last_card_goes(
    monkeypatch: pytest.MonkeyPatch, cards: list[tuple[float, float]], sides: list[list[int]]
) -> None:
    monkeypatch.setattr(spine, "MOST_DEALT", 0)
    monkeypatch.setattr(spine, "FEW", 0)  # the plan of these rules is not kept: other tests lay out the same cards
    assert dealt(*cards) == sides


@pytest.mark.parametrize(
    ("cards", "sides"),
    [
        pytest.param(
            [(100, 20), (101, 20), (102, 20), (128, 14), (143, 8)], [[1, 3, 5], [2, 4]], id="a later one has room"
        ),
        pytest.param(
            [(150, 20), (160, 20), (170, 20), (180, 60), (190, 20)],
            [[2, 3, 5], [1, 4]],
            id="a high one stands with one other",
        ),
    ],
)
def test_few_cards_are_dealt_to_move_least_by_the_sum_of_squares(
    cards: list[tuple[float, float]], sides: list[list[int]]
) -> None:
    assert dealt(*cards) == sides

    def moved(division: Sequence[Sequence[int]]) -> float:
        total = 0.0
        for side in division:
            shown, ports = [cards[number - 1] for number in side], [TWO_SIDED.port] * len(side)
            anchors, heights = [at for at, _ in shown], [height for _, height in shown]
            tops = placing.placed(anchors, heights, ports, TWO_SIDED.gap, (0, TWO_SIDED.height))
            total += sum((top + TWO_SIDED.port - at) ** 2 for top, at in zip(tops, anchors, strict=True))
        return total

    numbers = range(1, len(cards) + 1)
    divisions = [
        ([number for number in numbers if number in right], [number for number in numbers if number not in right])
        for count in numbers
        for right in combinations(numbers, count)
    ]
    assert moved(sides) == pytest.approx(min(map(moved, divisions)), abs=0.01)


def test_a_side_without_cards_is_empty() -> None:
    left = laid(["2010"], frame=TWO_SIDED).sides[1]
    assert (left.fill, left.drift, left.cards) == (0, 0, ())


@pytest.mark.parametrize(
    ("dense", "height", "cards"),
    [
        pytest.param(6, 12, [3, 3, 3], id="a later run of six is cut in halves"),
        pytest.param(5, 20, [3, 5], id="of five not, however high"),
    ],
)
def test_a_long_run_is_cut_whatever_stands_before_it(dense: int, height: float, cards: list[int]) -> None:
    texts = [f"2005-03-{number:02}" for number in (1, 2, 3)] + [f"2015-03-{n:02}" for n in range(1, dense + 1)]
    plan = laid(texts, height, TWO_SIDED)
    assert sorted(len(lens.marks) for lens in plan.lenses) == cards


@pytest.mark.parametrize(
    ("anchors", "height", "tops"),
    [
        pytest.param([10, 22, 24], 6, [26 / 3, 26 / 3 + 10, 26 / 3 + 20], id="three give way together, evenly"),
        pytest.param([150, 190], 98, [0, 102], id="two fill the box to the last"),
        pytest.param([5, 150], 10, [5, 150], id="two at their dates"),
    ],
)
def test_tops_lie_nearest_to_their_dates(anchors: list[float], height: float, tops: list[float]) -> None:
    count = len(anchors)
    assert placing.placed(anchors, [height] * count, [0] * count, 4, (0, 200)) == pytest.approx(tops)


def test_a_moment_that_is_only_known_to_be_later_takes_a_day() -> None:
    assert spine.periods([dates.parsed("[2018-10-04..]")], 1) == [(day("2018-10-04"), day("2018-10-05"))]
