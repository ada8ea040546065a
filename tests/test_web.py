"""The page for the screen, in a real browser."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import weasyprint  # noqa: TID251 - it prints the page for its picture, as no part of the project does
from syrupy.assertion import SnapshotAssertion

from tests.conftest import HARROWBY, TEMPLATES, barriers
from tests.test_snapshots import HtmlSnapshot, PageSnapshot
from triptych.build import finish, pipeline
from triptych.build.pipeline import Order
from triptych.documents.screen import page
from triptych.review import record

pytestmark = pytest.mark.xdist_group("web")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("web")
    finish.fill(target, page(pipeline.workshop(HARROWBY, Order(()), TEMPLATES), HARROWBY, TEMPLATES))
    return target


@pytest.fixture
def screen(chromium: Any, folder: Path) -> Iterator[Any]:
    """The page, which asks for nothing elsewhere and breaks nowhere."""
    page = chromium.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: faults.append(request.url))
    page.on(
        "request", lambda request: None if request.url.startswith(("file:", "data:")) else faults.append(request.url)
    )
    page.goto((folder / "index.html").as_uri())
    yield page
    assert faults == []
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_keeps_nobody_out(screen: Any, width: int) -> None:
    screen.set_viewport_size({"width": width, "height": 800})
    assert barriers(screen) == ""
    assert screen.evaluate("document.documentElement.scrollWidth") <= width


def test_the_validator_sees_a_seeded_defect(screen: Any) -> None:
    screen.evaluate("document.querySelector('main img').removeAttribute('alt')")
    assert "image-alt" in barriers(screen)


def test_events_open_one_by_one_and_all_at_once(screen: Any) -> None:
    summaries = screen.locator(".events details p")
    assert [summaries.nth(number).is_visible() for number in range(13)] == [False] * 13
    screen.locator(".events summary").nth(2).click()
    assert summaries.nth(2).is_visible()
    screen.locator(".all button").click()
    assert [summaries.nth(number).is_visible() for number in range(13)] == [True] * 13


def test_a_dot_leads_to_its_event_and_opens_it(screen: Any) -> None:
    screen.set_viewport_size({"width": 1280, "height": 800})
    screen.locator(".scale a").nth(4).click()
    assert screen.locator("#event-vote details p").is_visible()


def test_dots_do_not_lie_on_each_other(screen: Any) -> None:
    screen.set_viewport_size({"width": 1280, "height": 800})
    boxes = [screen.locator(".scale a").nth(number).bounding_box() for number in range(13)]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = abs(one["x"] - other["x"]) >= one["width"] - 1 or abs(one["y"] - other["y"]) >= one["height"] - 1
            assert apart, (one, other)


def test_pictures_are_beside_the_page(screen: Any) -> None:
    assert screen.locator("main img").evaluate_all("all => all.map(one => one.naturalWidth)") == [440]


def test_it_works_without_a_script(chromium: Any, folder: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / "index.html").as_uri())
    assert not page.locator(".all").is_visible()
    page.locator(".events summary").first.click()
    assert page.locator(".events details p").first.is_visible()
    context.close()


def test_search_engines_are_told_what_it_is(folder: Path) -> None:
    html = (folder / "index.html").read_text(encoding="utf-8")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    facts = json.loads(found.group(1))
    assert (facts["@type"], facts["inLanguage"], facts["datePublished"]) == ("Article", "en-GB", "2025-03-14")
    assert len(facts["citation"]) == 17


def test_it_is_as_it_was_accepted(folder: Path, snapshot: SnapshotAssertion) -> None:
    assert (folder / "index.html").read_text(encoding="utf-8") == snapshot.use_extension(HtmlSnapshot)


def test_its_first_printed_page_is_as_it_was_accepted(folder: Path, snapshot: SnapshotAssertion) -> None:
    """As our typesetter prints it, in our faces: a browser's differ from one machine to the next."""
    pdf = weasyprint.HTML(folder / "index.html").write_pdf(presentational_hints=False)
    assert record.png(next(record.pictures(pdf))) == snapshot.use_extension(PageSnapshot)


def test_every_reference_leads_to_its_source(folder: Path) -> None:
    html = (folder / "index.html").read_text(encoding="utf-8")
    names = set(re.findall(r'id="([^"]+)"', html))
    assert set(re.findall(r'href="#([^"]+)"', html)) - names == set()


def test_an_open_start_leaves_the_other_dots_apart(folder: Path) -> None:
    """The first event's date is `[..2014]`: its dot stands at the end of that year, the others true to time."""
    places = [float(place) for place in re.findall(r"--at: ([\d.]+)%", (folder / "index.html").read_text())]
    assert places[:2] == [0.0, 1.73]  # 61.5 of 3,562.5 days, to noon on 2 March 2015
    assert (places[4], places[-1]) == (38.69, 100.0)
