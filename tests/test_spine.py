"""The timeline's promises, for any events that fit: order, no overlap, no crossing, nothing outside, same numbers."""

import math
from dataclasses import dataclass, replace
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from triptych import dates, spine
from triptych.sheets import SHEETS, briefing_columns, factsheet_columns, poster_columns, poster_type
from triptych.spine import Frame, Overfull, Shape


@dataclass(frozen=True)
class Event:
    id: str
    date: dates.When


FRAMES = [
    *(poster_columns(sheet, poster_type(sheet)).resized(sheet.height * 0.62).frame for sheet in SHEETS.values()),
    factsheet_columns(93).resized(150).frame,
    briefing_columns(174, 150).frame,
]
A3 = FRAMES[0]


@st.composite
def edtf(draw: st.DrawFn) -> str:
    year = draw(st.integers(1990, 2024))
    month, day = draw(st.integers(1, 12)), draw(st.integers(1, 28))
    forms = [
        f"{year}-{month:02}-{day:02}",
        f"{year}-{month:02}",
        f"{year}",
        f"{year}-{month:02}~",
        f"{year}-{month:02}-{day:02}?",
        f"{year}/{year + draw(st.integers(1, 2))}",
        f"[..{year}]",
        f"{year}/..",
        f"2018-10-{day:02}",
        f"2018-{month:02}-{day:02}",
    ]
    return draw(st.sampled_from(forms))


def events_of(texts: list[str]) -> list[Event]:
    return [Event(f"e{number}", dates.parsed(text)) for number, text in enumerate(texts)]


@given(
    texts=st.lists(edtf(), min_size=1, max_size=30),
    height=st.floats(4, 30),
    spread=st.lists(st.floats(0.5, 1.5), min_size=30, max_size=30),
    frame=st.sampled_from(FRAMES),
)
def test_whatever_fits_keeps_every_promise(texts: list[str], height: float, spread: list[float], frame: Frame) -> None:
    events = events_of(texts)
    heights = {event.id: height * factor for event, factor in zip(events, spread, strict=False)}
    try:
        plan = spine.plan(events, heights, frame)
    except Overfull:
        return
    assert list(spine.faults(plan)) == []
    assert sorted(card.id for card in plan.cards) == sorted(event.id for event in events)
    assert spine.plan(list(reversed(events)), heights, frame) == plan
    for lens in plan.lenses:
        assert lens.zoom >= spine.LEAST_ZOOM
        assert lens.edges[0].start <= lens.edges[1].start


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
            fits = all(b >= a + height + gap - 1e-9 for a, b in pairwise(moved))
            if fits and moved[0] >= 0 and moved[-1] + height <= 250:
                assert sum((top + 2 - anchor) ** 2 for top, anchor in zip(moved, anchors, strict=True)) >= cost - 1e-6


def test_a_card_alone_stands_at_its_date() -> None:
    plan = spine.plan(events_of(["2015-07-02"]), {"e0": 10}, A3)
    (card,), (leader,) = plan.cards, plan.leaders
    assert leader.start == pytest.approx(leader.end)
    assert card.top + A3.port == pytest.approx(A3.height * 182.5 / 365, abs=0.5)


def test_cards_that_do_not_fit_say_by_how_much() -> None:
    with pytest.raises(Overfull, match="mm over") as caught:
        spine.plan(events_of(["2015", "2016"]), {"e0": A3.height, "e1": 10}, A3)
    assert caught.value.over == pytest.approx(10 + A3.gap)


def test_a_dense_run_is_enlarged_and_the_axis_stays_linear() -> None:
    texts = ["2015-03-01", "2018-10-01", "2018-10-05", "2018-10-09", "2018-10-20", "2021-03-01"]
    plan = spine.plan(events_of(texts), {f"e{n}": 10.0 for n in range(6)}, A3)
    (lens,) = plan.lenses
    assert [card.in_lens for card in plan.cards] == [False, True, True, True, True, False]
    assert (lens.start, lens.end) == (dates.ordinal(2018, 10, 1), dates.ordinal(2018, 11, 1))
    years = [tick.y for tick in plan.years]
    assert max(b - a for a, b in pairwise(years)) < 1.01 * min(b - a for a, b in pairwise(years))
    assert [mark.shape for mark in plan.marks].count(Shape.TICK) == 4


@pytest.mark.parametrize(
    ("text", "shape", "dashed"),
    [
        ("2018-10-06", Shape.DOT, False),
        ("2018-10-06?", Shape.WITHIN, True),
        ("2018-10", Shape.WITHIN, False),
        ("2018-10~", Shape.WITHIN, True),
        ("2018-10/2019-02", Shape.LASTED, False),
        ("[2018-10-05..2018-10-08]", Shape.WITHIN, False),
    ],
)
def test_a_mark_shows_what_is_known(text: str, shape: Shape, dashed: bool) -> None:
    (mark,) = spine.plan(events_of([text]), {"e0": 10}, A3).marks
    assert (mark.shape, mark.dashed) == (shape, dashed)


def test_spans_that_overlap_take_lanes_of_their_own() -> None:
    plan = spine.plan(events_of(["2015/2018", "2016/2017", "2016"]), {f"e{n}": 10.0 for n in range(3)}, A3)
    assert sorted(mark.lane for mark in plan.marks) == [0, 1, 2]


def test_an_open_start_lies_beyond_the_scale() -> None:
    plan = spine.plan(events_of(["[..2014]", "2016"]), {"e0": 10, "e1": 10}, A3)
    assert plan.axis[0] == A3.open_zone
    assert min(mark.top for mark in plan.marks) == 0


def test_a_fault_is_found_when_a_plan_is_tampered_with() -> None:
    plan = spine.plan(events_of(["2015-03-01", "2016-03-01"]), {"e0": 10, "e1": 10}, A3)
    first, second = plan.cards
    touching = replace(plan, cards=(first, replace(second, top=first.top + 5)))
    crossing = replace(plan, leaders=(replace(plan.leaders[0], end=math.inf), plan.leaders[1]))
    outside = replace(plan, cards=(first, replace(second, top=A3.height)))
    for broken, word in ((touching, "touch"), (crossing, "cross"), (outside, "leaves")):
        assert any(word in fault for fault in spine.faults(broken))
