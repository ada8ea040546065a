"""Very many events: which have cards, and how the histogram counts them all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

import pytest

from tests.plans import ROUND, day
from triptych.content import dates
from triptych.content.model import Event
from triptych.documents import crowd
from triptych.documents.crowd import Selection
from triptych.timeline.columns import HISTOGRAM
from triptych.timeline.plan import LANE, Frame, Overfull

A3 = replace(ROUND, lane=LANE)


@dataclass(frozen=True)
class Weighed:
    id: str
    date: dates.When
    weight: int


def events(texts: Sequence[str], weights: Sequence[int] = ()) -> list[Event]:
    found = [
        Weighed(f"e{number:03}", dates.parsed(text), weights[number] if weights else 1)
        for number, text in enumerate(texts)
    ]
    return cast(list[Event], found)


def selected(found: Sequence[Event], height: float = 10.0, fill: float = 1.0, frame: Frame = A3) -> Selection:
    return crowd.selection(found, lambda some: {event.id: height for event in some}, frame, (), fill)


def shown(selection: Selection) -> list[str]:
    return [card.id for card in selection.plan.cards]


YEARS = [str(year) for year in range(1961, 2021)]


@pytest.mark.parametrize(
    ("height", "fill", "count"),
    [
        pytest.param(10, 1.0, 14, id="14 cards of 10 mm and their white take 192 of 200 mm"),
        pytest.param(10, 0.9, 13, id="less where less of the box may be filled"),
        pytest.param(0.5, 1.0, 45, id="more than twice as many as are tried first"),
        pytest.param(150, 1.0, 1, id="a single one"),
    ],
)
def test_as_many_events_have_cards_as_fill_the_box(height: float, fill: float, count: int) -> None:
    assert len(shown(selected(events(YEARS), height, fill))) == count


def test_from_two_hundred_events_on_a_poster_counts_them() -> None:
    assert crowd.MANY == 200


def test_all_have_cards_where_all_fit() -> None:
    assert len(shown(selected(events(YEARS[:20]), 2))) == 20
    assert len(shown(selected(events(YEARS[:16]), 2))) == 16


def test_the_weightiest_have_cards_and_of_one_weight_the_earliest() -> None:
    weights = [3 if number in (40, 50) else 2 if number == 59 else 1 for number in range(60)]
    assert shown(selected(events(YEARS, weights), 40)) == ["e000", "e040", "e050", "e059"]


def test_a_card_has_its_number_among_all_events() -> None:
    weights = [2 if number in (10, 30) else 1 for number in range(60)]
    assert [card.number for card in selected(events(YEARS, weights), 90).plan.cards] == [11, 31]


def test_the_scale_is_that_of_all_events() -> None:
    weights = [2 if number in (20, 30) else 1 for number in range(60)]
    major = selected(events(YEARS, weights), 90).plan.graduation.major
    assert (major[0].day, major[-1].day) == (day("1961"), day("2021"))


def test_where_not_even_one_fits_its_height_is_named() -> None:
    with pytest.raises(Overfull) as caught:
        selected(events(["2001", "2002"]), 250)
    assert caught.value.over == 250


def test_a_card_is_measured_once() -> None:
    measured: list[str] = []

    def heights_of(some: Sequence[Event]) -> Mapping[str, float]:
        measured.extend(event.id for event in some)
        return {event.id: 10.0 for event in some}

    crowd.selection(events(YEARS), heights_of, A3, (), 1.0)
    assert len(measured) == len(set(measured)) == crowd.FEW


@pytest.mark.parametrize(
    ("first", "last", "counted"),
    [
        ("2018-10-04T09:00", "2018-10-04T20:00", "hour"),
        ("2018-10-04", "2018-11-12", "day"),
        ("2010-01-01", "2019-12-31", "month"),
        ("2001", "2020", "year"),
        ("1841", "2019", "year"),
        ("1811", "2019", "decade"),
        ("0001", "1999", "decade"),
        ("-0999", "2019", "century"),
        ("-9999", "2019", "century"),
        ("Y-13800000000", "2019", "years_8"),
    ],
)
def test_a_bar_counts_the_shortest_time_that_takes_a_millimetre(first: str, last: str, counted: str) -> None:
    assert selected(events([first, last])).bin == counted


def test_bars_count_all_events_with_a_card_or_without() -> None:
    found = selected(events(["2001", "2001", "2001", "2005", "2020", "2020"]), 90)
    assert len(shown(found)) == 2
    assert found.most == 3
    longest = HISTOGRAM - 1.5
    assert [bar.length for bar in found.bars] == pytest.approx([longest, longest / 3, longest * 2 / 3])
    assert [(bar.top, bar.bottom) for bar in found.bars] == [
        pytest.approx(pair, abs=0.1) for pair in ((0, 10), (40, 50), (190, 200))
    ]


def test_a_moment_with_an_open_start_counts_in_the_first_bar() -> None:
    first, second = selected(events(["[..2001]", "2002", "2020"])).bars
    assert first.length == pytest.approx(2 * second.length)
