"""The review of what changed on paper: its words, and its report in a real browser."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.conftest import PROJECT, TEMPLATES, Page, barriers
from triptych.__main__ import main
from triptych.build import finish
from triptych.content.errors import UsageError
from triptych.review import accepted, record, report, revision
from triptych.review.record import Record
from triptych.review.report import Reviewed
from triptych.typeset.pages import Typesetter

BEFORE = "<h1>Hours</h1><p>Nine branches open on Sundays.<p style='break-before: page'>The second page stays."
AFTER = "<h1>Hours</h1><p>Ten branches open on Sundays.<p style='break-before: page'>The second page stays."


def recorded(typesetter: Typesetter, page: Page, body: str) -> Record:
    return record.record(typesetter.pdf(typesetter.pages(page(body))))


@pytest.fixture
def changed(typesetter: Typesetter, page: Page) -> Reviewed:
    return report.reviewed("fact sheet", recorded(typesetter, page, BEFORE), recorded(typesetter, page, AFTER))


@pytest.mark.parametrize(
    ("after", "summary"),
    [
        (BEFORE, "unchanged"),
        (AFTER, "1 paragraph changed under “Hours”"),
        (BEFORE.replace("<p>Nine", "<p>More.<p>Nine"), "1 paragraph added under “Hours”"),
        (BEFORE.replace("<p>Nine branches open on Sundays.", ""), "1 paragraph removed under “Hours”"),
        (BEFORE.replace("<p>Nine", "<p style='margin-left: 1mm'>Nine"), "the same words; some in other places"),
        (
            BEFORE.replace("<p>Nine", "<p style='color: #333'>Nine"),
            "the same words in the same places; it looks different",
        ),
        (BEFORE.replace("h1>", "h2>"), "1 heading removed under “Hours”, 1 heading added under “Hours”"),
    ],
)
def test_a_change_is_told_in_a_line(typesetter: Typesetter, page: Page, after: str, summary: str) -> None:
    document = report.reviewed("poster", recorded(typesetter, page, BEFORE), recorded(typesetter, page, after))
    assert report.summary([document]) == f"poster: {summary}"


def test_a_document_that_was_not_there_is_new(typesetter: Typesetter, page: Page) -> None:
    document = report.reviewed("poster", None, recorded(typesetter, page, AFTER))
    assert report.summary([document]) == "poster: new"
    assert "poster-2-after.png" in report.files("hours", "nothing", "today", [document], TEMPLATES)


def test_only_pages_that_changed_are_pictured(changed: Reviewed) -> None:
    files = report.files("hours", "before", "today", [changed], TEMPLATES)
    assert sorted(name for name in files if name.endswith(".png")) == [
        f"fact-sheet-1-{kind}.png" for kind in ("after", "before", "difference")
    ]


def test_the_report_holds_no_older_picture(changed: Reviewed, tmp_path: Path) -> None:
    finish.fill(tmp_path, {"poster-1-after.png": b"of an earlier run"})
    files = report.files("hours", "before", "today", [changed], TEMPLATES)
    finish.fill(tmp_path, files)
    assert {path.name for path in tmp_path.glob("[!.]*")} == {*files}


def test_a_picture_keeps_every_pixel(changed: Reviewed, tmp_path: Path) -> None:
    for name, picture in zip(("palette", "colours"), (changed.after.pages[0], rainbow()), strict=True):
        (tmp_path / f"{name}-1.png").write_bytes(record.png(picture))
        (tmp_path / f"{name}.yaml").write_text("", encoding="utf-8")
        (tmp_path / f"{name}.txt").write_text("", encoding="utf-8")
        kept = accepted.read(tmp_path, name)
        assert kept
        assert kept.pages[0].tobytes() == picture.tobytes()


def rainbow() -> Image.Image:
    """More colours than a palette holds."""
    return Image.merge("RGB", [Image.linear_gradient("L").rotate(turn) for turn in (0, 90, 180)])


def test_an_article_that_was_not_there_is_told(tmp_path: Path) -> None:
    (tmp_path / "README").touch()
    for command in ("init", "add --all", "-c user.name=A -c user.email=a@example.org commit --message=One"):
        subprocess.run(["git", *command.split()], cwd=tmp_path, check=True, capture_output=True)
    with pytest.raises(UsageError, match="there is no `harrowby` in the revision `HEAD`"):
        revision.documents(tmp_path, "HEAD", Path("harrowby"))


def test_pages_of_today_are_not_accepted_by_comparing_with_a_revision(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["review", str(PROJECT / "content" / "himtoo"), "--accept", "--since", "HEAD"]) == 2
    assert "leave --since out" in capsys.readouterr().err


class TestReport:
    """In a real browser, from the file system."""

    @pytest.fixture
    def report(self, changed: Reviewed, tmp_path: Path) -> str:
        finish.fill(tmp_path, report.files("hours", "before", "today", [changed], TEMPLATES))
        return (tmp_path / "index.html").as_uri()

    @pytest.fixture
    def screen(self, chromium: Any, report: str) -> Any:
        screen = chromium.new_page(viewport={"width": 1280, "height": 800})
        errors: list[str] = []
        screen.on("pageerror", lambda error: errors.append(str(error)))
        screen.on("requestfailed", lambda request: errors.append(request.url))
        screen.goto(report)
        yield screen
        assert errors == []
        screen.close()

    def test_keys_choose_how_to_look_at_a_page(self, screen: Any) -> None:
        screen.emulate_media(reduced_motion="reduce")  # else the third way swaps by itself
        seen = {}
        for key in "1234":
            screen.keyboard.press(key)
            seen[key] = [screen.locator(f".page .{kind}").is_visible() for kind in ("before", "after", "difference")]
        assert seen == {"1": [True] * 3, "2": [True, True, False], "3": [True, True, False], "4": [False, False, True]}
        assert screen.locator("input[value=difference]").is_checked()

    def test_keys_go_from_page_to_page(self, screen: Any) -> None:
        screen.keyboard.press("n")
        assert screen.evaluate("document.activeElement.id") == "fact-sheet-1"

    def test_the_slider_wipes_from_before_to_after(self, screen: Any) -> None:
        screen.keyboard.press("2")
        slider = screen.locator(".wipe input")
        slider.focus()
        screen.keyboard.press("End")
        assert (
            screen.locator(".after .sheet").evaluate("sheet => getComputedStyle(sheet).clipPath")
            == "inset(0px 0px 0px 100%)"
        )

    def test_space_swaps_before_and_after(self, screen: Any) -> None:
        screen.emulate_media(reduced_motion="reduce")
        screen.keyboard.press("3")
        screen.keyboard.press(" ")
        assert not screen.locator(".after").is_visible()
        screen.keyboard.press(" ")
        assert screen.locator(".after").is_visible()

    def test_the_words_are_told(self, screen: Any) -> None:
        assert screen.locator(".words del").inner_text() == "Nine"
        assert screen.locator(".words ins").inner_text() == "Ten"
        assert screen.locator("#summary").input_value().endswith("fact sheet: 1 paragraph changed under “Hours”")

    def test_it_works_without_a_script(self, chromium: Any, report: str) -> None:
        context = chromium.new_context(java_script_enabled=False)
        screen = context.new_page()
        screen.goto(report)
        assert [screen.locator(f".{kind} img").is_visible() for kind in ("before", "after")] == [True, True]
        assert not screen.locator(".modes").is_visible()
        context.close()

    def test_nothing_keeps_anyone_out(self, screen: Any) -> None:
        for key in "124":
            screen.keyboard.press(key)
            assert barriers(screen) == ""

    @pytest.mark.parametrize("width", [320, 1280])
    def test_it_is_as_wide_as_the_screen(self, screen: Any, width: int) -> None:
        screen.set_viewport_size({"width": width, "height": 800})
        assert screen.evaluate("document.documentElement.scrollWidth") <= width


def test_review_is_a_command(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["review", str(PROJECT / "content" / "himtoo"), "--since", "no-such-revision"]) == 2
    assert "git does not know the revision" in capsys.readouterr().err
