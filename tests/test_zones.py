"""Times of several time zones stand at their moments on one scale, and each prints with its own zone."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from babel import Locale

from tests import tiny
from tests.conftest import TEMPLATES
from triptych.compose import views, words
from triptych.content import dates
from triptych.content.calendars import Calendar
from triptych.content.dates import MINUTES
from triptych.content.model import Timeline

DAY = dates.ordinal(2018, 10, 6)


def timeline(texts: Sequence[str]) -> Timeline:
    events = [{"id": f"e{number}", "date": text, "headline": "x"} for number, text in enumerate(texts)]
    return Timeline.model_validate({"events": events})


@pytest.mark.parametrize(
    ("texts", "zone", "hours"),
    [
        pytest.param(["2018-10-06T23:30-04:00", "2018-10-06T12:00-04:00"], "", [23.5, 12], id="one zone"),
        pytest.param(["2018-10-06T12:00Z", "2018-10-06T12:00+00:00"], "", [12, 12], id="two names of one zone"),
        pytest.param(["2018-10-06T23:30", "2018-10-06T12:00"], "", [23.5, 12], id="no zone"),
        pytest.param(["2018-10-06T12:00-04:00", "2018-10-06T18:00+02:00"], "-04:00", [12, 12], id="the first of two"),
        pytest.param(
            ["2018-10-06T12:00Z", "2018-10-06T12:00+02", "2018-10-06T13:00+0530", "2018-10-06T08:00+02:00"],
            "+02",
            [14, 12, 9.5, 8],
            id="that of most",
        ),
        pytest.param(
            ["2018-10-06T12:00Z", "2018-10-06", "2018-10-06T00:00-01:00"], "Z", [12, 0, 1], id="a day has none"
        ),
    ],
)
def test_times_stand_at_their_moments_in_the_zone_of_most(texts: list[str], zone: str, hours: list[float]) -> None:
    found = [event.date for event in timeline(texts).events]
    assert dates.common_zone(found) == zone
    assert [(when.start - DAY) * 24 for when in found] == pytest.approx(hours)


def test_an_interval_may_start_in_one_zone_and_end_in_another() -> None:
    texts = ["2018-10-06T10:00-04:00/2018-10-06T17:00+02:00", "2018-10-06T11:00-04:00"]
    when = timeline(texts).events[0].date
    assert ((when.start - DAY) * 24, (when.end - DAY) * 24) == pytest.approx((10, 11 + 24 / MINUTES))


def test_each_time_prints_its_own_zone_and_the_scale_names_its() -> None:
    calendar = Calendar(Locale("en", "GB"), words.words("en-GB", TEMPLATES).by_name)
    texts = ["2018-10-06T23:30-04:00", "2018-10-06T12:00Z", "2018-10-06T12:00+0530"]
    assert [calendar.text(event.date) for event in timeline(texts).events] == [
        "6 October 2018, 23:30 UTC−4",
        "6 October 2018, 12:00 UTC",
        "6 October 2018, 12:00 UTC+5:30",
    ]
    article = tiny.article(events=[{"date": text} for text in texts])
    article = replace(article, events=timeline(texts).events)
    scale = views.printable(article, words.words("en-GB", TEMPLATES), TEMPLATES.file("sources.csl")).scale
    assert scale.zone == "Times on the scale are UTC−4."
    assert scale.note.endswith(scale.zone)
    assert scale.how_to_read.endswith(scale.zone)


def test_times_with_and_without_a_zone_are_refused_together() -> None:
    with pytest.raises(ValueError, match=r"have none \(Z in `e0`, none in `e1`\): they cannot stand on one scale"):
        timeline(["2018-10-06T12:00Z", "2018-10-06T12:00"])
