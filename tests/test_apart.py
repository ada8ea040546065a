"""What stands apart on a timeline: an outlier, and the longest stretch without an entry."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from babel import Locale

from tests.conftest import TEMPLATES
from tests.plans import ROUND, Event, events_of
from triptych.compose.words import words
from triptych.content import dates
from triptych.content.calendars import Calendar
from triptych.timeline import labels, promises, spine
from triptych.timeline.columns import Columns, briefing_columns, factsheet_columns
from triptych.timeline.plan import LabelledEra, Plan, Shape

APART = replace(ROUND, stretch=20.0, outlier=30.0)


def laid(texts: Sequence[str], height: float = 10.0, eras: Sequence[LabelledEra] = ()) -> Plan:
    events = [Event(f"e{number:03}", dates.parsed(text)) for number, text in enumerate(texts)]
    plan = spine.plan(events, {event.id: height for event in events}, APART, eras)
    assert list(promises.found(plan)) == []
    return plan


def day(text: str) -> float:
    return dates.parsed(text).start


@pytest.mark.parametrize(
    ("texts", "days"),
    [
        pytest.param(["2024-01-13", "2024-03-01", "2024-06-08", "2024-09-21"], 105, id="from one day to another"),
        pytest.param(["1900", "1911/1950", "1960", "1990"], day("1990") - day("1961"), id="not within a span"),
        pytest.param(["1900/1980", "1905", "1990"], None, id="nor where a span covers the time between two others"),
        pytest.param(["1900", "1910", "1920", "1930", "1940"], None, id="not less than a quarter of the axis"),
        pytest.param(["1900", "1950", "2000"], 49 * 365 + 12, id="the first of two that are equally long"),
    ],
)
def test_the_longest_stretch_without_an_entry_is_stated(texts: list[str], days: float | None) -> None:
    stretch = laid(texts).stretch
    assert (stretch and stretch.days) == (days and pytest.approx(days))


def test_it_reaches_from_mark_to_mark_and_its_words_keep_clear_of_cards() -> None:
    plan = laid(["2001-01-01", "2001-02-01", "2008-01-01", "2010-12-31"], height=20)
    assert plan.stretch
    starts = [leader.start for leader in plan.sides[0].leaders]
    assert (plan.stretch.top, plan.stretch.bottom) == pytest.approx((starts[1], starts[2]))


def test_it_is_not_stated_where_cards_leave_its_words_no_room() -> None:
    assert laid(["2001", "2001", "2009", "2010"], height=46).stretch is None


CANAL = ["1772", "1817-05-26", "1831-03-14", "1868-11-09", "1911"]


@pytest.mark.parametrize(
    ("texts", "lone"),
    [
        pytest.param(CANAL, True, id="farther than a third of what the others reach"),
        pytest.param(["1790", *CANAL[1:]], False, id="nearer than that"),
        pytest.param(CANAL[:3], False, id="too few events to tell"),
        pytest.param(["../1772", *CANAL[1:]], False, id="a date that is open has no distance"),
        pytest.param(["2015"] * 4, False, id="all at one time"),
    ],
)
def test_an_event_far_before_the_others_stands_above_the_scale(texts: list[str], lone: bool) -> None:
    plan = laid(texts)
    assert bool(plan.outlier) == lone
    if plan.outlier:
        first, second = plan.cards[:2]
        assert first.top + first.height < plan.axis[0] < second.top + second.height
        assert plan.axis[0] >= APART.outlier
        assert len(plan.cards) == len(texts)


def test_an_era_that_reaches_back_keeps_it_on_the_scale() -> None:
    assert laid(CANAL, eras=[LabelledEra(dates.parsed("1770/1820"), ("Plans",), (10,))]).outlier is None


def test_its_mark_has_the_shape_of_its_date_at_its_leader() -> None:
    outlier = laid(["1772-05-04", *CANAL[1:]]).outlier
    assert outlier
    assert (outlier.mark.shape, outlier.mark.top) == (Shape.DOT, APART.port)
    assert outlier.days == pytest.approx(day("1817") - day("1772-05-04"))


def test_without_room_for_the_words_every_event_stands_on_the_scale() -> None:
    plan = spine.plan(events_of(CANAL), {f"e{n:03}": 10 for n in range(5)}, ROUND)
    assert (plan.outlier, plan.stretch) == (None, None)


@pytest.mark.parametrize("columns", [briefing_columns(170, 120), factsheet_columns(90).resized(150)])
def test_on_a_page_an_outlier_and_the_words_of_its_distance_stand_above_the_scale(columns: Columns) -> None:
    plan = spine.plan(events_of(CANAL), {f"e{n:03}": 10 for n in range(5)}, columns.frame)
    calendar = Calendar(Locale.parse("en"), words("en", TEMPLATES).by_name)
    (told,) = (label for label in labels.labels(plan, columns, calendar) if label.role == "outlier")
    assert told.text == "45 years before the scale begins"
    assert plan.cards[0].top + plan.cards[0].height <= told.top <= told.top + told.height < plan.axis[0]
    assert plan.axis[0] < plan.cards[1].top + columns.frame.port


@pytest.mark.parametrize(
    ("days", "language", "said"),
    [
        pytest.param(1.5, "en", "36 hours", id="hours"),
        pytest.param(9, "en", "9 days", id="days up to two weeks"),
        pytest.param(105, "en", "15 weeks", id="whole weeks"),
        pytest.param(183, "en", "6 months", id="months over 26 weeks"),
        pytest.param(16436, "en", "45 years", id="years over two"),
        pytest.param(105, "fr", "15 semaines", id="in French"),
        pytest.param(7000 * 365.2425, "de", "7.000 Jahre", id="in German"),
    ],
)
def test_a_length_of_time_is_said_in_whole_units(days: float, language: str, said: str) -> None:
    calendar = Calendar(Locale.parse(language), words(language, TEMPLATES).by_name)
    assert calendar.duration(days) == said
