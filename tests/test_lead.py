"""The pictures of an article and its events: described, credited, sharp enough, and never in the way of words."""

import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from tests.conftest import TEMPLATES, written
from triptych.build import editions, inspection, pipeline
from triptych.build.pipeline import Order
from triptych.compose import logo
from triptych.content import pictures, read, uses
from triptych.content.errors import Problem
from triptych.content.model import Theme
from triptych.preview import draft
from triptych.preview.news import Task

HEAD = "---\ntitle: Opening\n{lead}---\n\nThe library opened on 6 October 2018. {{#opened}}\n"
LEAD = "lead: {image: lead.png, alt: A door, caption: The door, credit: 'Archive, 4/17', licence: CC BY 4.0}\n"
EVENTS = "events:\n  - {date: 2018-10-06, headline: It opened, passages: [opened]%s}\n"


def png(width: int, height: int, colour: str = "teal") -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(target, "PNG")
    return target.getvalue()


def pdf(width: float, height: float) -> bytes:
    document, target = pypdfium2.PdfDocument.new(), io.BytesIO()
    document.new_page(width, height)
    document.save(target)
    return target.getvalue()


def folder(path: Path, head: str = LEAD, about: str = "", /, **files: bytes) -> Path:
    """An article with an event, and pictures by their names without ending."""
    given = {f"{name}.png": body for name, body in files.items()}
    texts: Mapping[str, str | bytes] = {"article.md": HEAD.format(lead=head), "timeline.yaml": EVENTS % about}
    return written(path / "opening", {**texts, **given})


def found(path: Path) -> list[tuple[str, str, str]]:
    def told(problem: Problem) -> tuple[str, str, str]:
        return problem.path.name, problem.code, problem.message

    return [told(problem) for problem in inspection.problems(path, TEMPLATES)[1]]


@pytest.mark.parametrize(
    ("lead", "event", "file", "code"),
    [
        ("lead: {image: lead.png}\n", "", "article.md", "no-alternative"),
        ("", ", image: lead.png", "timeline.yaml", "no-alternative"),
        ("", ", credit: Archive", "timeline.yaml", "missing-field"),
        ("lead: {image: gone.png, alt: A door}\n", "", "article.md", "missing-picture"),
        ("", ", image: gone.png, alt: A door", "timeline.yaml", "missing-picture"),
    ],
    ids=["no description", "none of an event", "no picture to credit", "no file", "no file of an event"],
)
def test_a_faulty_picture_is_a_problem(tmp_path: Path, lead: str, event: str, file: str, code: str) -> None:
    path = folder(tmp_path, lead, event, lead=png(800, 400))
    assert [one[:2] for one in found(path)] == [(file, code)]


def test_a_picture_has_enough_dots_for_each_place_and_sheet(tmp_path: Path) -> None:
    event = ", image: event.png, alt: A door"
    path = folder(tmp_path, LEAD + "sheet: a1\n", event, lead=png(300, 200), event=png(400, 300))
    told = found(path)
    assert [one[:2] for one in told] == [("article.md", "coarse-picture"), ("timeline.yaml", "coarse-picture")]
    assert told[0][2].endswith("has 300 dots across: at the head of the briefing it prints only 51 mm wide")
    assert told[1][2].endswith("has 400 dots across: on a poster of a1 it prints only 68 mm wide")
    smaller = path / "article.md"
    smaller.write_text(smaller.read_text("utf-8").replace("sheet: a1", "sheet: a3"), "utf-8")
    assert [one[0] for one in found(path)] == ["article.md"]


def test_the_pictures_are_carried_and_sent_with_the_article(tmp_path: Path) -> None:
    path = folder(tmp_path, LEAD, ", image: event.png, alt: A door", lead=png(800, 400), event=png(800, 400))
    assert uses.pictures(path) == ("event.png", "lead.png")


def test_credits_are_collected_once(tmp_path: Path) -> None:
    event = ", image: event.png, alt: A door, credit: 'Archive, 4/17', licence: CC BY 4.0"
    path = folder(tmp_path, LEAD, event, lead=png(800, 400), event=png(800, 400))
    view = pipeline.workshop(path, Order(), TEMPLATES).view
    assert view.credits_html == view.lead_credit_html == "Pictures: Archive, 4/\u206017, CC BY 4.0."
    assert view.lead is not None
    assert view.lead.caption_html == "The door. Archive, 4/\u206017."


def test_a_table_has_columns_for_the_picture_of_an_event(tmp_path: Path) -> None:
    path = folder(tmp_path, "", "", door=png(800, 400))
    (path / "timeline.yaml").unlink()
    rows = "date,headline,passages,image,alt,credit\n2018-10-06,It opened,opened,door.png,A door,Archive\n"
    (path / "timeline.csv").write_text(rows, "utf-8")
    (event,) = pipeline.workshop(path, Order(), TEMPLATES).article.events
    assert (event.image, event.alt, event.credit) == ("door.png", "A door", "Archive")


def test_a_map_may_be_a_pdf(tmp_path: Path) -> None:
    page = Image.open(io.BytesIO(pictures.printable(pdf(200, 100))))
    assert page.size == (1667, 834)
    (tmp_path / "map.pdf").write_bytes(pdf(200, 100))
    assert pictures.ratio(tmp_path / "map.pdf") == pytest.approx(0.5, abs=0.001)
    with pytest.raises(pictures.Faulty, match="not a whole PDF"):
        pictures.check(Path("map.pdf"), b"%PDF-1.7 and no more")


def test_the_web_page_shows_the_pictures_and_a_pdf_as_one(tmp_path: Path) -> None:
    path = folder(tmp_path, "", ", image: map.pdf, alt: The plan, caption: The plan")
    (path / "map.pdf").write_bytes(pdf(200, 100))
    files = editions.on_screen(path, Order(), TEMPLATES)
    assert files["map.pdf.png"].startswith(b"\x89PNG")
    assert b'<img src="map.pdf.png" alt="The plan">' in files["index.html"]


def test_in_one_ink_a_picture_has_no_colours() -> None:
    page = Image.open(io.BytesIO(pictures.printable(png(4, 4, "#ff8000"), pictures.BLACK)))
    assert (page.mode, page.getpixel((0, 0))) == ("L", 151)
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><path fill="#ff8000" stroke="none"/></svg>'
    assert b'fill="#979797" stroke="none"' in logo.in_shades(svg, pictures.BLACK)


def test_a_picture_prints_in_shades_of_the_accent() -> None:
    page = Image.open(io.BytesIO(pictures.printable(png(4, 4, "#000000"), "#0F4C55")))
    assert (page.mode, page.getpixel((0, 0))) == ("RGB", (15, 76, 85))
    svg = b'<svg xmlns="http://www.w3.org/2000/svg"><path fill="#000000" stroke="#ffffff"/></svg>'
    assert b'fill="#0f4c55" stroke="#ffffff"' in logo.in_shades(svg, "#0F4C55")


@pytest.mark.parametrize(
    ("theme", "one_ink", "tone"),
    [
        ({}, False, ""),
        ({"pictures": "duotone"}, False, "#0F4C55"),
        ({"pictures": "duotone", "accent": "#7A1F3D"}, False, "#7A1F3D"),
        ({"pictures": "duotone"}, True, pictures.BLACK),
        ({"one-ink": "#1D4E89"}, True, pictures.BLACK),
        ({"one-ink": "#1D4E89"}, False, ""),
    ],
)
def test_the_theme_says_in_which_tone_pictures_print(theme: dict[str, str], one_ink: bool, tone: str) -> None:
    assert Theme.model_validate(theme).tone(one_ink) == tone


NEVER: Any = None
"""The press of a preview that draws nothing."""


def test_a_preview_and_a_press_have_the_pictures_in_that_tone_too(tmp_path: Path) -> None:
    path = folder(tmp_path, LEAD, "", lead=png(800, 400))
    written(path, {"theme.yaml": "pictures: duotone\n"})
    task = Task(path, "factsheet", Order(), TEMPLATES)
    shown = draft._drafting(pipeline.workshop(path, Order(), TEMPLATES), read.files(path)[0], task, NEVER)
    printed = editions.press_workshop(Path("press.icc"), path, Order(), TEMPLATES)
    assert [shop.typesetter.tone for shop in (shown, printed)] == ["#0F4C55"] * 2


@pytest.mark.slow
@pytest.mark.parametrize(("figures", "shown"), [(1, True), (13, False)], ids=["room", "no room"])
def test_no_word_gives_way_to_the_picture_on_the_fact_sheet(tmp_path: Path, figures: int, shown: bool) -> None:
    rows = "".join(f"  - {{value: '{n}', label: Books lent {n}, basis: {'In a year ' * 9}}}\n" for n in range(figures))
    words = {}
    for lead in (LEAD, ""):
        path = folder(tmp_path / str(len(lead)), f"status: draft\n{lead}", lead=png(1200, 800))
        (path / "figures.yaml").write_text(f"figures:\n{rows}", "utf-8")
        (document,) = pipeline.documents(path, Order(("factsheet",)), TEMPLATES)
        page = pypdfium2.PdfDocument(document.pdf)[0]
        words[lead] = page.get_textpage().get_text_range().split()
    caption = ["The", "door.", "Archive,", "4/17.", "CC", "BY", "4.0."]
    assert sorted(words[LEAD]) == sorted(words[""] + (caption if shown else []))
