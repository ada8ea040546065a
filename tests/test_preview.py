"""The preview, in a real browser, on a copy of an article that is edited while it is looked at."""

import asyncio
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import HARROWBY, ArticleCopy, barriers
from triptych.__main__ import main
from triptych.preview import server

pytestmark = pytest.mark.xdist_group("preview")
WAIT = 120_000


@dataclass(frozen=True)
class Running:
    article: ArticleCopy
    address: str

    @property
    def host(self) -> str:
        return self.address.split("/")[2]


@contextmanager
def preview(folder: Path, document: str) -> Iterator[Running]:
    """A preview of one document of a copy of an article."""
    shutil.copytree(HARROWBY, folder)
    options = ["--only", document, "--port", "0", "--no-browser"]
    command = [sys.executable, "-m", "triptych", "preview", str(folder), *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield Running(ArticleCopy(folder), process.stdout.readline().strip())
        process.send_signal(2)
        _, complaints = process.communicate(timeout=10)
        assert (process.returncode, complaints) == (0, "")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with preview(tmp_path_factory.mktemp("preview") / "harrowby", "factsheet") as found:
        yield found


def status(address: str, method: str = "GET", **headers: str) -> int:
    request = urllib.request.Request(
        address, method=method, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code


def test_only_the_page_itself_is_answered(running: Running) -> None:
    address, host = running.address, running.host
    assert status(address) == 200
    assert status(address, Host="evil.example") == 403
    assert status(f"http://{host}/") == 403
    assert status(f"http://{host}/{'A' * 32}/") == 403
    assert status(address, Sec_Fetch_Site="cross-site") == 403
    assert status(address + "events", Origin="http://evil.example") == 403
    assert status(address + "view", "POST") == 403
    assert status(address + "view") == 404
    assert status(address + "view", "POST", Origin=f"http://{host}") == 204
    assert status(address + "tile/factsheet/99/1?width=100&left=0&top=0") == 404


def test_a_port_that_is_taken_is_told_in_a_line(running: Running, capsys: pytest.CaptureFixture[str]) -> None:
    port = running.host.split(":")[1]
    assert main(["preview", str(running.article.folder), "--port", port, "--no-browser"]) == 2
    assert capsys.readouterr().err == f"port {port} is in use: choose another with --port, or end the other preview\n"


@pytest.fixture(scope="module")
def screen(chromium: Any, running: Running) -> Iterator[Any]:
    """The page, which breaks nowhere and asks for nothing elsewhere."""
    page = chromium.new_page(viewport={"width": 1280, "height": 800}, device_scale_factor=2, reduced_motion="reduce")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: faults.append(request.url) if running.host not in request.url else None)
    page.goto(running.address)
    settled(page)
    yield page
    assert [fault for fault in faults if not fault.startswith("data:")] == []
    page.close()


def settled(screen: Any) -> str:
    """Wait until all is proven and on the screen; returns the number of the save that is shown."""
    screen.locator('#factsheet[data-phase="proven"] .sheet[data-version]').wait_for(timeout=WAIT)
    return str(screen.locator(".sheet").get_attribute("data-version"))


def changed(screen: Any, version: str) -> None:
    screen.locator(f'.sheet[data-version]:not([data-version="{version}"])').wait_for(timeout=WAIT)
    settled(screen)


@pytest.mark.slow
def test_a_page_is_as_sharp_as_the_screen_and_its_fit_is_told(screen: Any) -> None:
    img = screen.locator(".layer img").first
    natural, shown = img.evaluate("img => [img.naturalWidth, img.getBoundingClientRect().width * devicePixelRatio]")
    assert abs(natural - shown) <= 1
    assert re.fullmatch(r"\d+ % full, \d+ lines? left", screen.locator(".fit").inner_text())


@pytest.mark.slow
def test_a_save_swaps_the_page_and_keeps_scroll_and_zoom(screen: Any, running: Running) -> None:
    screen.locator("#zoom").select_option("150")
    screen.locator(".desk").evaluate("desk => { desk.scrollTop = 9999; }")
    screen.wait_for_timeout(300)
    version, before = settled(screen), screen.locator(".desk").screenshot()
    place = screen.locator(".desk").evaluate("desk => [desk.scrollLeft, desk.scrollTop]")
    running.article.replace("article.md", 'version: "1.2"', 'version: "1.3"')
    changed(screen, version)
    assert screen.locator(".desk").evaluate("desk => [desk.scrollLeft, desk.scrollTop]") == place
    assert place[1] > 0
    assert screen.locator("#zoom").input_value() == "150"
    assert screen.locator(".desk").screenshot() != before


SWAPS = """() => {
    window.swaps = [];
    const sheets = [...document.querySelectorAll(".sheet")];
    new MutationObserver((records) => records.forEach(({ target }) => window.swaps.push([
        sheets.indexOf(target) + 1, target.dataset.version, document.querySelector(".document").dataset.phase,
    ]))).observe(document.querySelector(".desk"), { subtree: true, attributeFilter: ["data-version"] });
}"""
"""Notes the page, the save and the phase each time that pixels are replaced."""


@pytest.mark.slow
def test_the_page_in_view_comes_before_the_others(chromium: Any, tmp_path: Path) -> None:
    with preview(tmp_path / "harrowby", "briefing") as found:
        page = chromium.new_page(viewport={"width": 1280, "height": 800})
        page.goto(found.address)
        proven = page.locator('#briefing[data-phase="proven"]')
        proven.wait_for(timeout=WAIT)
        page.locator(".sheet").nth(2).scroll_into_view_if_needed()
        page.locator(".sheet").nth(2).evaluate("sheet => sheet.scrollIntoView({ block: 'start' })")
        page.locator(".sheet[data-version]").nth(2).wait_for(timeout=WAIT)
        page.wait_for_timeout(500)  # the server knows what is in view
        page.evaluate(SWAPS)
        found.article.replace("article.md", 'version: "1.2"', 'version: "1.3"')
        page.locator('.sheet[data-version="2"]').nth(2).wait_for(timeout=WAIT)
        page.wait_for_function("window.swaps.length > 1")
        swaps = page.evaluate("window.swaps")
        page.close()
    assert swaps[0] == [3, "2", "setting"]
    assert all(version == "2" and phase != "setting" for _, version, phase in swaps[1:])


@pytest.mark.slow
def test_an_error_stands_over_the_last_good_page_until_it_is_mended(screen: Any, running: Running) -> None:
    version = settled(screen)
    running.article.replace("timeline.yaml", "date: 2018-11-17", "date: [2018-11-17")
    message = screen.locator(".message")
    message.wait_for(timeout=WAIT)
    assert "timeline.yaml:" in message.inner_text()
    assert message.inner_text().startswith("The pages below are the last good ones.")
    assert screen.locator(".problems .error").count() == 1
    assert screen.locator(".layer img").first.is_visible()
    running.article.replace("timeline.yaml", "date: [2018-11-17", "date: 2018-11-17")
    changed(screen, version)
    assert not message.is_visible()
    assert screen.locator(".problems .error").count() == 0


@pytest.mark.slow
def test_the_newest_pages_are_shown_with_the_problems_beside_them(screen: Any, running: Running) -> None:
    version = settled(screen)
    running.article.replace("timeline.yaml", "2018-11-17", "2018-13-17")
    running.article.replace("article.md", 'version: "1.3"', 'version: "1.4"')
    screen.locator(f'.sheet[data-version]:not([data-version="{version}"])').wait_for(timeout=WAIT)
    screen.locator('#factsheet[data-phase="refused"]').wait_for(timeout=WAIT)
    line = running.article.line("timeline.yaml", "2018-13-17")
    assert screen.locator(".problems .error a").inner_text().endswith(f"timeline.yaml:{line}")
    assert not screen.locator(".message").is_visible()
    assert screen.locator("#state").inner_text() == "Up to date; errors stop a build."
    running.article.replace("timeline.yaml", "2018-13-17", "2018-11-17")
    screen.locator('#factsheet[data-phase="proven"]').wait_for(timeout=WAIT)
    assert screen.locator(".problems .error").count() == 0


@pytest.mark.slow
def test_a_place_leads_to_its_line_and_a_line_to_its_place(screen: Any, running: Running) -> None:
    screen.keyboard.press("f")
    screen.locator('[data-place="factsheet event vote"]').click()
    line = running.article.line("timeline.yaml", "  - id: vote")
    assert screen.locator(".where code").inner_text().endswith(f"harrowby/timeline.yaml:{line}")
    box = screen.locator(".outline").bounding_box()
    screen.keyboard.press("Escape")
    assert screen.locator(".outline").count() == 0
    screen.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert screen.locator(".outline").bounding_box() == box
    assert screen.locator("#editor").get_attribute("href").endswith(f"/harrowby/timeline.yaml:{line}:1")


@pytest.mark.slow
def test_a_click_counts_while_a_page_is_replaced(screen: Any) -> None:
    screen.keyboard.press("Escape")
    box = screen.locator(".sheet").first.bounding_box()
    screen.mouse.move(box["x"] + box["width"] / 2, box["y"] + min(box["height"], 300) / 2)
    screen.mouse.down()
    screen.evaluate("for (const one of document.querySelectorAll('.layer')) one.replaceWith(one.cloneNode(true))")
    screen.mouse.up()
    screen.locator(".outline").first.wait_for(timeout=WAIT)


@pytest.mark.slow
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_keeps_nobody_out(screen: Any, width: int) -> None:
    screen.set_viewport_size({"width": width, "height": 800})
    assert barriers(screen) == ""
    assert screen.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.slow
def test_a_folder_that_is_deleted_and_restored_is_watched_again(tmp_path: Path) -> None:
    folder = tmp_path / "tale"
    folder.mkdir()
    found: list[Path] = []

    async def watch() -> None:
        async for paths in server._changes(folder):
            found.extend(paths)

    async def seen(path: Path) -> None:
        while path not in found:
            await asyncio.sleep(0.05)

    async def edited() -> None:
        watching = asyncio.ensure_future(watch())
        await asyncio.sleep(1)
        folder.rmdir()
        await asyncio.sleep(3)
        found.clear()
        folder.mkdir()
        await asyncio.wait_for(seen(folder), 10)
        await asyncio.sleep(1)
        (folder / "article.md").write_text("again")
        await asyncio.wait_for(seen(folder / "article.md"), 10)
        watching.cancel()

    with ThreadPoolExecutor(1) as beside_the_browser:
        beside_the_browser.submit(asyncio.run, edited()).result()


def test_the_page_sends_no_more_than_names(running: Running) -> None:
    sent = urllib.request.Request(f"{running.address}view", b"x" * 2000, {"Origin": f"http://{running.host}"})
    with pytest.raises(urllib.error.HTTPError) as error, urllib.request.urlopen(sent, timeout=10):
        pass
    assert error.value.code == 413
    error.value.close()
