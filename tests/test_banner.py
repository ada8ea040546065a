"""A poster on which time runs from left to right."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import HARROWBY, TEMPLATES
from tests.plans import TWO_SIDED, laid
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.content.errors import FitError
from triptych.content.model import BadValue, sheet_name
from triptych.design.sheets import Sheet, sheet
from triptych.documents import banner, ladder
from triptych.documents.ladder import Laid
from triptych.pdf import prove
from triptych.timeline import drawing, lying
from triptych.timeline.plan import FULL


@pytest.mark.parametrize(
    ("name", "found"),
    [
        pytest.param("banner", Sheet(1200, 420, banner=True), id="the usual one"),
        pytest.param("600x200mm-banner", Sheet(600, 200, banner=True), id="the smallest"),
        pytest.param("100x20in-banner", Sheet(2540, 508, banner=True), id="in inches"),
        pytest.param("1200x420mm", Sheet(1200, 420), id="without the word, time runs down the sheet"),
    ],
)
def test_a_banner_is_a_sheet_with_its_name_or_size(name: str, found: Sheet) -> None:
    assert sheet(sheet_name(name)) == found


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        pytest.param("a1-banner", "write banner, or its size first, as in 1200x420mm-banner", id="no size"),
        pytest.param("500x200mm-banner", "600 to 3000 mm wide", id="too short"),
        pytest.param("800x500mm-banner", "at most half as high", id="too high"),
        pytest.param("800x150mm-banner", "at least 200 mm", id="too low"),
    ],
)
def test_no_other_sheet_is_a_banner(name: str, problem: str) -> None:
    with pytest.raises(BadValue, match=re.escape(problem)):
        sheet_name(name)


def test_a_plan_on_its_side_is_the_same_plan_turned() -> None:
    plan = laid(["2003", "2010-05-06"], frame=TWO_SIDED)
    upright = drawing.timeline(plan)
    turned = lying.timeline(plan, {card.id: card.height for card in plan.cards}, 4.0)
    assert (turned.width, turned.height) == (plan.frame.height, plan.frame.width)
    assert len(turned.paths) == len(upright.paths) + len(plan.sides[1].cards), "and a line up to each number above"
    lines = [path.d for path in upright.paths if path.style == "leader"]
    assert lines[0].startswith("M110 ")
    x, y = lines[0].removeprefix("M").partition("H")[0].split(" ")
    assert turned.paths[[path.style for path in upright.paths].index("leader")].d.startswith(f"M{y} {x}V113L")


def laid_out(folder: Path, name: str) -> Laid:
    shop = pipeline.workshop(folder, Order(("poster",), sheet=name), TEMPLATES)
    found = banner.laid_out(ladder.on_sheet(shop, shop.sheet_name, shop.sheet))
    assert found
    return found


@pytest.mark.slow
def test_columns_and_type_are_as_large_as_they_can_be() -> None:
    laid = laid_out(HARROWBY, "2000x600mm-banner")
    (plan,) = laid.plans
    assert plan.fill <= FULL
    assert ladder.is_near(plan)
    assert laid.text.size("headline-3") <= 0.75 * laid.sized.title_size + 0.01
    for side in plan.sides:
        assert [one.end for one in side.leaders] == sorted(one.end for one in side.leaders)
        for first, second in pairwise(side.cards):
            assert first.top + first.height + plan.frame.gap <= second.top + 1e-6
    weights = {event.id: event.weight for event in laid.sized.workshop.view.events}
    widths = {weights[card.id]: card.height for card in plan.cards}
    assert widths[1] / widths[2] == pytest.approx(0.9 / 1.05)


@pytest.mark.slow
def test_every_word_of_a_banner_is_on_paper() -> None:
    (document,) = pipeline.documents(HARROWBY, Order(("poster",), sheet="2000x600mm-banner"), TEMPLATES)
    assert document.pages == 1
    assert prove.outside(document.pdf) == []
    assert prove.collisions(document.pdf) == []
    assert "Distancealongtheaxisistime" in prove.page_texts(document.pdf)[0], "the key of a sheet says: down the page"


def timeline(folder: Path, events: list[dict[str, Any]]) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "timeline.yaml").write_text(yaml.safe_dump({"title": "A school", "events": events}), "utf-8")
    return folder


def test_too_many_events_are_refused_with_what_to_do(tmp_path: Path) -> None:
    folder = timeline(tmp_path, [{"date": str(1900 + n), "headline": f"Meeting {n}"} for n in range(60)])
    with pytest.raises(FitError, match="the 60 events do not fit on 600x200mm-banner, even without summaries"):
        pipeline.documents(folder, Order(("poster",), sheet="600x200mm-banner"), TEMPLATES)


@pytest.mark.slow
def test_cards_of_a_crowded_year_stand_as_far_from_their_dates_as_lets_type_grow(tmp_path: Path) -> None:
    """Up to a fifth of the axis: the columns of a sheet that is not full may be wider. Deck and key grow too."""
    dates = ["2015", "2016", *(f"2018-{month:02}-06" for month in range(4, 12)), "2019-09-05"]
    events = [{"date": date, "headline": "The board met in the hall", "weight": 3} for date in dates]
    laid = laid_out(timeline(tmp_path, events), "2000x600mm-banner")
    assert 0.16 < laid.drift / laid.columns.frame.height <= 0.2
    assert laid.text.size("headline-3") >= 55
    assert float(laid.around.properties["key-growth"]) >= 1.4


@st.composite
def timelines(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Events of a century, with texts of any length."""
    words = "The council met on a Sunday and opened the branch for readers"
    years = st.one_of(
        st.integers(1900, 1990).map(str),
        st.integers(1900, 1980).map(lambda year: f"{year}/{year + 9}"),
        st.integers(1900, 1990).map(lambda year: f"{year}-05-06"),
        st.sampled_from(["../1900", "1990/.."]),
    )
    return [
        {"id": f"e{n}", "date": date, "headline": words[: draw(st.integers(1, 50))].strip(), "weight": n % 3 + 1}
        | ({"summary": words} if n % 2 else {})
        for n, date in enumerate(draw(st.lists(years, min_size=1, max_size=16)))
    ]


@pytest.mark.slow
@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=timelines(), name=st.sampled_from(["banner", "600x200mm-banner", "3000x900mm-banner"]))
def test_no_text_of_any_banner_lies_on_another(tmp_path: Path, events: list[dict[str, Any]], name: str) -> None:
    folder = timeline(tmp_path / "school", events)
    try:
        (document,) = pipeline.documents(folder, Order(("poster",), sheet=name), TEMPLATES)
    except FitError:
        return
    assert prove.outside(document.pdf) == []
    assert prove.collisions(document.pdf) == []
    assert laid_out(folder, name).plans == laid_out(folder, name).plans
