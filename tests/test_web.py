"""The page for the screen, in a real browser."""

import io
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import weasyprint  # noqa: TID251 - it prints the page for its picture, as no part of the project does
from PIL import Image
from syrupy.assertion import SnapshotAssertion

from tests import validators
from tests.conftest import HARROWBY, PROJECT, TEMPLATES, ArticleCopy, barriers
from tests.test_snapshots import HtmlSnapshot, PageSnapshot
from triptych.build import finish, pipeline
from triptych.build.pipeline import Order
from triptych.documents import browser
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


@pytest.mark.parametrize(
    ("width", "scheme"), [(320, "light"), (1280, "light"), pytest.param(1280, "dark", marks=pytest.mark.slow)]
)
def test_the_page_keeps_nobody_out(screen: Any, width: int, scheme: str) -> None:
    screen.emulate_media(color_scheme=scheme)
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
    assert facts["author"] == {"@type": "Organization", "name": "Plain Record"}
    assert facts["dateModified"] == "2025-03-14"
    assert not re.search(r"<|&\w+;|\\u003c|\u00a0", found.group(1))


@pytest.mark.slow
def test_arabic_facts_have_no_elements() -> None:
    kiosk = PROJECT / "tests/articles/kiosk/ar"
    html = page(pipeline.workshop(kiosk, Order(()), TEMPLATES), kiosk, TEMPLATES)["index.html"].decode()
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert found
    assert not re.search(r"<|\\u003c", found.group(1))


def test_a_link_to_it_has_a_picture(folder: Path, snapshot: SnapshotAssertion) -> None:
    html = (folder / "index.html").read_text(encoding="utf-8")
    facts = dict(re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]+)">', html))
    assert (facts["og:image"], facts["twitter:card"]) == ("card.png", "summary_large_image")
    assert facts["og:title"] == facts["twitter:title"] == "Sunday opening at Harrowby’s public libraries"
    picture = (folder / "card.png").read_bytes()
    assert Image.open(io.BytesIO(picture)).size == (1200, 630)
    assert picture == snapshot.use_extension(PageSnapshot)


@pytest.mark.slow
def test_with_an_address_the_picture_has_a_whole_one(article_copy: ArticleCopy) -> None:
    article_copy.replace("article.md", "paper: a4", "address: https://example.org/h7\npaper: a4")
    shop = pipeline.workshop(article_copy.folder, Order(()), TEMPLATES)
    html = page(shop, article_copy.folder, TEMPLATES)["index.html"].decode()
    assert '<meta property="og:image" content="https://example.org/h7/card.png">' in html
    assert '<link rel="canonical" href="https://example.org/h7">' in html


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("+1 800 656 4673", "+18006564673"),
        ("1-800-656-4673 (US)", "18006564673"),
        ("call 020 7946 0018, day and night", "02079460018"),
        ("116 123", "116123"),
        ("help@example.org", ""),
        ("room 12, 9 to 5", ""),
    ],
)
def test_a_telephone_calls_a_number(contact: str, link: str) -> None:
    found = browser.callable_numbers(f'<strong class="contact"> {contact}</strong>')
    assert re.findall(r'href="tel:([^"]+)"', found) == ([link] if link else [])
    assert re.sub("<[^>]+>", "", found) == f" {contact}"


def test_what_is_copied_has_ordinary_spaces(screen: Any) -> None:
    assert not re.search("[\u00a0\u202f\u2060\u00ad]", screen.evaluate("document.body.textContent"))


def test_the_timeline_stands_after_in_brief_with_its_years(folder: Path) -> None:
    html = (folder / "index.html").read_text(encoding="utf-8")
    assert html.index("No Harrowby branch opened") < html.index('id="timeline"') < html.index("Harrowby runs")
    assert re.findall(r'class="mark"[^>]*>(\d+)<', html) == ["2016", "2018", "2020", "2022", "2024"]


def test_no_heading_is_printed_alone_at_the_foot_of_a_page(screen: Any) -> None:
    screen.emulate_media(media="print")
    breaks = "all => all.map(one => getComputedStyle(one).breakAfter)"
    assert set(screen.locator("h1, h2, h3").evaluate_all(breaks)) == {"avoid"}


@pytest.mark.slow
class TestValid:
    """By programs of others, each of which sees a seeded defect."""

    def test_it_keeps_to_the_standard(self, folder: Path) -> None:
        assert validators.vnu(folder / "index.html") == []

    def test_an_element_in_the_wrong_place_is_found(self, folder: Path, tmp_path: Path) -> None:
        html = (folder / "index.html").read_text(encoding="utf-8")
        (tmp_path / "broken.html").write_text(html.replace("<h1>", "<h1><p>"), encoding="utf-8")
        assert validators.vnu(tmp_path / "broken.html")

    def test_it_is_well_written(self, folder: Path) -> None:
        assert validators.html_validate(folder / "index.html") == []

    def test_a_name_that_comes_twice_is_found(self, folder: Path, tmp_path: Path) -> None:
        html = (folder / "index.html").read_text(encoding="utf-8")
        twice = html.replace('id="timeline"', 'id="article"')
        (tmp_path / "broken.html").write_text(twice, encoding="utf-8")
        assert "no-dup-id" in validators.html_validate(tmp_path / "broken.html")

    def test_lighthouse_has_nothing_to_say(self, folder: Path, tmp_path: Path) -> None:
        with served(folder) as address:
            assert validators.lighthouse(address, tmp_path) == dict.fromkeys(validators.CATEGORIES, 100)

    def test_lighthouse_sees_a_picture_without_its_text(self, folder: Path, tmp_path: Path) -> None:
        html = (folder / "index.html").read_text(encoding="utf-8")
        for path in folder.iterdir():
            if path.is_file():
                (tmp_path / path.name).write_bytes(path.read_bytes())
        broken = re.sub(r'(<img [^>]*?) alt="[^"]*"', r"\1", html).replace(' lang="en-GB"', "")
        (tmp_path / "index.html").write_text(broken, encoding="utf-8")
        with served(tmp_path) as address:
            assert validators.lighthouse(address, tmp_path)["accessibility"] < 100


class Quiet(SimpleHTTPRequestHandler):
    log_message = staticmethod(lambda *said: None)  # type: ignore[assignment]


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder, on this machine alone."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()
        thread.join()


def test_it_is_as_it_was_accepted(folder: Path, snapshot: SnapshotAssertion) -> None:
    assert (folder / "index.html").read_text(encoding="utf-8") == snapshot.use_extension(HtmlSnapshot)


@pytest.mark.slow
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
    places = [float(place) for place in re.findall(r'<a [^>]*"--at: ([\d.]+)%', (folder / "index.html").read_text())]
    assert places[:2] == [0.0, 1.73]  # 61.5 of 3,562.5 days, to noon on 2 March 2015
    assert (places[4], places[-1]) == (38.69, 100.0)
