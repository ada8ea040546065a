"""Any timeline becomes a poster on any sheet, or is refused in words for its author."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.conftest import TEMPLATES, written
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.content.errors import FitError
from triptych.documents.workshop import Document
from triptych.pdf import prove

LETTERS = "The council met on a Sunday and opened the branch for readers of old maps, as the board had asked it to "


def poster(folder: Path, events: list[dict[str, Any]], sheet: str, sources: int = 0) -> Document:
    """The poster of an article that has a title and these events, and as many sources as asked for."""
    (folder / "article.md").write_text("---\ntitle: What the council did\nlanguage: en-GB\n---\n", encoding="utf-8")
    (folder / "timeline.yaml").write_text(yaml.safe_dump({"events": events}), encoding="utf-8")
    references = [{"id": f"s{n}", "type": "report", "title": f"Minutes, volume {n} " + LETTERS} for n in range(sources)]
    if references:
        (folder / "sources.yaml").write_text(yaml.safe_dump({"references": references}), encoding="utf-8")
    (document,) = pipeline.documents(folder, Order(("poster",), sheet=sheet), TEMPLATES)
    return document


def met(dates: list[str], length: int = 30) -> list[dict[str, Any]]:
    """Events of these dates, with headlines of so many characters."""
    return [
        {"id": f"e{n}", "date": date, "headline": LETTERS[:length].strip(), "weight": n % 3 + 1}
        for n, date in enumerate(dates)
    ]


@st.composite
def timelines(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Events in a cluster, of one date, far apart, side by side or by the hour, with texts of any length."""
    days = st.builds(
        lambda year, month, day: f"{year}-{month:02}-{day:02}", st.integers(2015, 2019), *([st.integers(1, 12)] * 2)
    )
    spans = st.builds(lambda start, length: f"{start}/{start + length}", st.integers(1800, 1990), st.integers(1, 90))
    hours = st.builds(lambda hour, minute: f"2019-05-06T{hour:02}:{minute:02}", *([st.integers(10, 23)] * 2))
    ages = st.builds(lambda year: f"-{year:04}", st.integers(1, 9000))
    opened = st.sampled_from(["[..1940]", "1960/..", "../1950", "[1970..]", "1955~"])
    near = draw(st.sampled_from([days, spans, hours, ages, opened, st.just("2016"), st.just("2016-05")]))
    dates = draw(st.lists(near, min_size=1, max_size=60))
    dates += draw(st.lists(st.sampled_from(["1210", "-3000", "Y-13800000000", "2024"]), max_size=2))
    lengths = st.integers(1, 55)
    words = draw(st.sampled_from([0, 1, 12, 28]))
    return [
        {"id": f"e{n}", "date": date, "headline": LETTERS[: draw(lengths)].strip(), "weight": draw(st.integers(1, 3))}
        | ({"summary": " ".join((LETTERS * 2).split()[:words])} if words else {})
        for n, date in enumerate(dates)
    ]


SHEETS = ["a3", "a2", "a1", "a0", "11x17in", "24x36in", "a3-landscape", "a1-landscape", "200x220mm", "1000x400mm"]


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=timelines(), sheet=st.sampled_from(SHEETS))
def test_any_events_become_a_poster_on_any_sheet(tmp_path: Path, events: list[dict[str, Any]], sheet: str) -> None:
    try:
        document = poster(tmp_path, events, sheet)
    except FitError:
        return
    assert prove.outside(document.pdf) == []
    assert prove.collisions(document.pdf) == []


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=timelines(), language=st.sampled_from(["en-GB", "de", "ar"]))
@example(events=met([f"{1800 + n}/{1990 + n}" for n in range(120)]), language="en-GB")
@example(events=met(["Y-13800000000", "-0745", *map(str, range(1200, 2000, 60))]), language="en-GB")
def test_any_events_become_a_fact_sheet_and_a_briefing(
    tmp_path: Path, events: list[dict[str, Any]], language: str
) -> None:
    article = f"---\ntitle: What the council did\nlanguage: {language}\n---\nThe council met.\n"
    folder = written(tmp_path / "tale", {"article.md": article, "timeline.yaml": yaml.safe_dump({"events": events})})
    sheet, *_ = pipeline.documents(folder, Order(("factsheet", "briefing")), TEMPLATES)
    assert sheet.pages == 1


@pytest.mark.slow
@pytest.mark.parametrize(
    ("dates", "shown"),
    [
        pytest.param(["1966-05-04"], 1, id="one event"),
        pytest.param(["1966-05-04"] * 2, 2, id="two on a day"),
        pytest.param(["1966-05-04"] * 30, 30, id="thirty on a day"),
        pytest.param(["2016"] * 4, 4, id="four of a year"),
        pytest.param([f"{1950 + n}/{1975 + n}" for n in range(12)], 12, id="twelve spans at a time"),
        pytest.param(["../1950", "[..1940]", "1960/..", "[1970..]", "1900/1980"], 5, id="open spans"),
        pytest.param(["Y-13800000000", *(f"2019-{n % 12 + 1:02}-{n + 1:02}" for n in range(20))], 21, id="an outlier"),
        pytest.param(["2021-03-04T10:00/2021-03-04T12:30", "2021-03-04T11:00"], 2, id="a span of hours"),
    ],
)
def test_each_event_has_a_card(tmp_path: Path, dates: list[str], shown: int) -> None:
    document = poster(tmp_path, met(dates), "a3")
    assert document.pages == 1
    (page,) = prove.page_texts(document.pdf)
    assert page.count("Thecouncilmet") == shown


@pytest.mark.slow
@pytest.mark.parametrize(
    ("dates", "sheet"),
    [
        pytest.param(["2016"] * 70, "a3", id="seventy of a year"),
        pytest.param([f"{1900 + n}/{1975 + n // 2}" for n in range(60)], "a3", id="sixty spans at a time"),
        pytest.param([f"{1700 + n // 4}-{n % 12 + 1:02}" for n in range(1000)], "a2", id="a thousand"),
    ],
)
def test_the_weightiest_of_too_many_have_cards_and_all_are_listed(tmp_path: Path, dates: list[str], sheet: str) -> None:
    document = poster(tmp_path, met(dates), sheet)
    first, *index = prove.page_texts(document.pdf)
    assert f"eventsthatweighmost,of{len(dates):,};" in first
    assert "".join(index).count("Thecouncilmet") == len(dates)


@pytest.mark.slow
def test_sources_without_room_on_the_sheet_follow_the_list_of_events(tmp_path: Path) -> None:
    events = [event | {"sources": [f"s{n}"]} for n, event in enumerate(met([str(1800 + n) for n in range(120)]))]
    document = poster(tmp_path, events, "a3", sources=120)
    first, *index = prove.page_texts(document.pdf)
    assert "Minutes,volume" not in first
    assert all(f"Minutes,volume{n}" in "".join(index) for n in (0, 60, 119))
