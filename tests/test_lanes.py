"""Events of a poster in lanes."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import TEMPLATES
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.content.errors import FitError
from triptych.documents import ladder, lanes
from triptych.documents.ladder import Laid
from triptych.imports import timelinejs
from triptych.pdf import prove
from triptych.timeline import labels

CANAL = [
    ("1772", "Building", "A route is surveyed"),
    ("1817-05-26", "Building", "The Canal Act is passed"),
    ("1818-09", "People", "Diggers camp at Coldley"),
    ("1832-04", "Trade", "Coal comes by water"),
    ("1834", "People", "Lock-keepers get houses"),
    ("1846-07-03", "Trade", "The railway buys half"),
    ("1853/1856", "Trade", "Iron boats are tried"),
    ("1868-11-09", "Building", "The locks are rebuilt"),
    ("1911", "Building", "The last dredging"),
    ("1918-05-11", "People", "The last family moves ashore"),
]


def article(folder: Path, events: list[dict[str, Any]], **more: Any) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "timeline.yaml").write_text(yaml.safe_dump({"title": "A canal", "events": events} | more), "utf-8")
    return folder


def canal(folder: Path, *names: str) -> Path:
    """The canal's events, in its own lanes or in turn in those of these names; an empty one names no lane."""
    events = [
        {"date": date, "headline": headline, "lane": names[number % len(names)] if names else lane}
        for number, (date, lane, headline) in enumerate(CANAL)
    ]
    return article(folder, [{key: value for key, value in event.items() if value} for event in events])


def laid_out(folder: Path, sheet: str = "a2") -> Laid | None:
    shop = pipeline.workshop(folder, Order(("poster",), sheet=sheet), TEMPLATES)
    return lanes.laid_out(ladder.on_sheet(shop, shop.sheet_name, shop.sheet))


def test_each_lane_has_an_axis_of_its_own_on_one_scale(tmp_path: Path) -> None:
    laid = laid_out(canal(tmp_path))
    assert laid
    assert [lane.name for lane in laid.lanes] == ["Building", "People", "Trade"], "as the events name them first"
    assert len({(plan.axis, plan.graduation) for plan in laid.plans}) == 1
    lefts = [lane.left + lane.columns.frame.axes[0] for lane in laid.lanes]
    ends = [lane.left + lane.columns.frame.width for lane in laid.lanes]
    assert all(end < left for end, left in zip(ends, lefts[1:], strict=False)), "no leader passes another lane"
    assert sorted(card.number for card in laid.cards) == list(range(1, 11)), "numbered by date across all lanes"
    assert min(lane.columns.label_size for lane in laid.lanes) >= laid.text.size("caption"), "and each year reads"


def test_an_outlier_stands_above_the_scale_of_all_lanes(tmp_path: Path) -> None:
    laid = laid_out(canal(tmp_path))
    assert laid
    assert [bool(plan.outlier) for plan in laid.plans] == [True, False, False]
    first, *others = laid.plans
    assert all(plan.axis[0] == first.axis[0] > first.cards[0].height for plan in others)


OPENED = [("1831-03-14", "The bank bursts"), ("1831-05-02", "Tunnel ends meet"), ("1831-08", "Water is let in")]


def test_a_dense_run_of_a_lane_has_a_magnifier(tmp_path: Path) -> None:
    """Its lane alone has room for one; the cards of all lanes stay equally wide, and no label leaves its room."""
    events = [{"date": date, "lane": lane, "headline": headline} for date, lane, headline in CANAL]
    events += [{"date": date, "lane": "Trade", "headline": headline} for date, headline in OPENED]
    laid = laid_out(article(tmp_path, events))
    assert laid
    assert [len(plan.lenses) for plan in laid.plans] == [0, 0, 1]
    assert [card.number for card in laid.cards if card.in_lens] == [4, 5, 6, 7], "with the one a few months later"
    assert len({round(lane.columns.date_width, 6) for lane in laid.lanes}) == 1
    for lane in laid.lanes:
        assert labels.lacking(lane.plan, lane.columns, laid.sized.workshop.view.calendar, lane.columns.label_size) == 0


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(
            ("City", "Union", ""), ["City", "Union", "Other events"], id="those without a lane have their own"
        ),
        pytest.param(("City",), None, id="one lane is a timeline"),
        pytest.param(("a", "b", "c", "d", "e"), None, id="more than four have no room"),
        pytest.param(("a", "b", "c", "d"), ["a", "b", "c", "d"], id="four have"),
    ],
)
def test_up_to_four_groups_are_lanes(tmp_path: Path, names: tuple[str, ...], expected: list[str] | None) -> None:
    laid = laid_out(canal(tmp_path, *names), "a0")
    assert (laid and [lane.name for lane in laid.lanes]) == expected


@pytest.mark.slow
@pytest.mark.parametrize("sheet", ["a2", "a2-landscape"])
def test_lanes_are_named_on_paper_and_their_words_are_all_there(tmp_path: Path, sheet: str) -> None:
    (document,) = pipeline.documents(canal(tmp_path), Order(("poster",), sheet=sheet), TEMPLATES)
    (page,) = prove.page_texts(document.pdf)
    assert all(name in page for name in ("Building", "People", "Trade", "1772", "beforethescalebegins"))


@pytest.mark.slow
def test_without_room_for_lanes_there_is_one_timeline_and_a_note(tmp_path: Path) -> None:
    folder = canal(tmp_path, "a", "b", "c", "d", "e")
    (document,) = pipeline.documents(folder, Order(("poster",), sheet="a3"), TEMPLATES)
    assert "the lanes of the events do not fit on a3: set as one timeline" in document.notes


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        pytest.param(["City", "Union", ""], ["City", "Union", None], id="groups become lanes"),
        pytest.param(["City", "City", "City"], [None, None, None], id="one group is no lane"),
        pytest.param(list("abcde"), [None] * 5, id="nor are more than four"),
    ],
)
def test_groups_of_timelinejs_become_lanes(tmp_path: Path, groups: list[str], expected: list[str | None]) -> None:
    pytest.importorskip("pypandoc", reason="no pandoc to import with: run `make import`")
    slides = [
        {"start_date": {"year": f"19{number}0"}, "text": {"headline": f"Meeting {number}"}, "group": group}
        for number, group in enumerate(groups, start=1)
    ]
    (tmp_path / "one.json").write_text(json.dumps({"events": slides}), "utf-8")
    found = timelinejs.read_json(tmp_path / "one.json").events
    assert [event.get("lane") for event in found] == expected
    assert all(
        event.get("lane") or not group or group in event["summary"] for event, group in zip(found, groups, strict=True)
    )


@st.composite
def timelines(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Events of a century in up to four lanes, with texts of any length."""
    names = draw(
        st.lists(st.sampled_from(["City", "Trade union", "The people of the town", ""]), min_size=2, unique=True)
    )
    years = st.one_of(
        st.integers(1900, 1990).map(str),
        st.integers(1900, 1980).map(lambda year: f"{year}/{year + 9}"),
        st.integers(10, 28).map(lambda day: f"1950-03-{day}"),
    )
    words = "The council met on a Sunday and opened the branch for readers"
    return [
        {"id": f"e{n}", "date": date, "headline": words[: draw(st.integers(1, 50))].strip(), "weight": n % 3 + 1}
        | ({"lane": lane} if (lane := draw(st.sampled_from(names))) else {})
        for n, date in enumerate(draw(st.lists(years, min_size=2, max_size=24)))
    ]


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=timelines(), sheet=st.sampled_from(["a3", "a2", "a1", "a1-landscape", "24x36in"]))
def test_no_text_of_any_lanes_lies_on_another(tmp_path: Path, events: list[dict[str, Any]], sheet: str) -> None:
    folder = article(tmp_path / "lanes", events)
    try:
        (document,) = pipeline.documents(folder, Order(("poster",), sheet=sheet), TEMPLATES)
    except FitError:
        return
    assert prove.outside(document.pdf) == []
    assert prove.collisions(document.pdf) == []
    once, again = laid_out(folder, sheet), laid_out(folder, sheet)
    assert (once and once.plans) == (again and again.plans)
