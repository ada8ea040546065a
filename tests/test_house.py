"""What a house gives to all its articles: its logo, its contact and its web address, in the masthead."""

from pathlib import Path

import pytest

from tests.conftest import TEMPLATES, written
from triptych.build import inspection, pipeline
from triptych.build.pipeline import Order
from triptych.compose import logo as logos
from triptych.compose.html import MeasuredPart
from triptych.content import logos as house_logos
from triptych.content.pictures import Faulty
from triptych.design.sizes import BRIEFING_TYPE
from triptych.documents import copyfit
from triptych.documents.workshop import Workshop
from triptych.pdf import carried

ARTICLE = "---\ntitle: Opening\naddress: https://example.org/1\n---\n\nThe library opened.\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}">{parts}</svg>'
LOGO = SVG.format(size="80 80", parts='<rect width="80" height="80" fill="#0F4C55"/><path d="M0 0h9v9z" fill="#FFF"/>')
HOUSE = "publisher: Northgate\ncontact: desk@northgate.example\nweb: https://northgate.example/\nlogo: logo.svg\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An article below a house with a logo."""
    written(tmp_path, {"house.yaml": HOUSE, "logo.svg": LOGO})
    return written(tmp_path / "opening", {"article.md": ARTICLE})


def workshop(folder: Path, theme: str = "") -> Workshop:
    return pipeline.workshop(folder, Order(theme=theme), TEMPLATES)


def test_the_masthead_has_a_second_line_with_logo_contact_and_web_address(folder: Path) -> None:
    shop = workshop(folder)
    html = shop.composer.part("masthead", "masthead", shop.view, "Fact sheet")
    assert 'src="asset://art/logo.svg"' in html
    assert html.striptags().split("Fact sheet")[1].split() == ["desk@northgate.example", "northgate.example"]


def test_a_house_without_logo_and_web_address_has_one_line(folder: Path) -> None:
    (folder.parent / "house.yaml").write_text("publisher: Northgate\ncontact: desk@northgate.example\n", "utf-8")
    shop = workshop(folder)
    assert "reach" not in shop.composer.part("masthead", "masthead", shop.view, "Fact sheet")


def test_a_long_contact_stands_only_where_corrections_do(folder: Path) -> None:
    house = folder.parent / "house.yaml"
    house.write_text(HOUSE.replace("desk@northgate.example", "a letter " * 8), "utf-8")
    assert (workshop(folder).view.reach, "a letter" in workshop(folder).view.corrections_html) == ("", True)


@pytest.mark.parametrize(("theme", "colour"), [("", "#0F4C55"), ("mono", "#000000"), ("press", "device-cmyk(0 0 0 1)")])
def test_the_logo_has_the_inks_of_the_edition(folder: Path, theme: str, colour: str) -> None:
    shop = workshop(folder, theme)
    drawn = shop.composed("factsheet", shop.view, shop.paper, {}, template="measure", parts=()).art["logo.svg"]
    assert f'fill="{colour}"' in drawn
    assert 'fill="#FFF"' in drawn


def test_a_logo_drawn_for_one_ink_is_taken_in_one_ink(folder: Path) -> None:
    (folder.parent / "one.svg").write_text(LOGO.replace("80 80", "40 40"), "utf-8")
    (folder.parent / "house.yaml").write_text(f"{HOUSE}logo-one-ink: one.svg\n", "utf-8")
    shop = workshop(folder, "mono")
    art = shop.composed("factsheet", shop.view, shop.paper, {}, template="measure", parts=()).art
    assert 'viewBox="0 0 40 40"' in art["logo.svg"]


@pytest.mark.parametrize(
    ("parts", "inked"),
    [
        ("<path/>", 'fill="black"'),
        ('<path stroke="red" fill="none"/>', '<path stroke="black" fill="none"/>'),
        ('<path style="fill: #123; stroke:rgb(1 2 3)"/>', "fill: black; stroke:black"),
        ("<style>.a { fill: teal }</style>", ".a { fill: black}"),
        (
            '<path fill="url(#g)"/><linearGradient id="g"><stop stop-color="red"/></linearGradient>',
            'stop-color="black"',
        ),
        ('<path fill="white"/>', '<path fill="white"/>'),
    ],
    ids=["no colour", "a line", "a style", "a style sheet", "a gradient", "white"],
)
def test_in_one_ink_every_colour_but_white_is_that_ink(parts: str, inked: str) -> None:
    assert inked in logos.in_one_ink(SVG.format(size="1 1", parts=parts).encode(), "black")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (SVG.format(size="80 80", parts="<text>N</text>"), "turn its letters into outlines"),
        (SVG.format(size="80 80", parts=LOGO).replace("viewBox", "view"), "it has no `viewBox`"),
        (SVG.format(size="310 100", parts=""), "it is 3.1 times as wide as high"),
        ("<svg", "it is not a whole drawing"),
    ],
    ids=["text", "no size", "too wide", "broken"],
)
def test_a_logo_that_cannot_be_printed_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    written(tmp_path, {"logo.svg": text})
    with pytest.raises(Faulty, match=reason):
        house_logos.drawn(tmp_path / "logo.svg")


def test_a_logo_that_is_missing_is_a_problem_of_the_house(folder: Path) -> None:
    (folder.parent / "logo.svg").unlink()
    (found,) = inspection.problems(folder, TEMPLATES)[1]
    assert (found.path, found.line, found.code) == (folder.parent / "house.yaml", 4, "missing-picture")


def test_a_logo_with_the_name_of_a_file_of_the_article_is_a_problem(folder: Path) -> None:
    (folder / "logo.svg").write_text(LOGO.replace("80", "90"), "utf-8")
    (found,) = inspection.problems(folder, TEMPLATES)[1]
    assert "has the name of another file" in found.message


def test_a_pdf_carries_the_logo(folder: Path) -> None:
    assert carried.content(folder)["logo.svg"] == LOGO.encode()


def test_a_machine_of_a_cluster_gets_the_logo(folder: Path) -> None:
    cluster = pytest.importorskip("triptych.build.cluster")
    assert cluster.parcel(folder, TEMPLATES).files["logo.svg"] == LOGO.encode()


def test_the_briefing_ends_with_the_code_of_its_address(folder: Path) -> None:
    shop = workshop(folder)
    assert "asset://art/qr.svg" in shop.composer.part("briefing", "closing", shop.view)


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["", "mono"])
def test_every_document_of_a_house_with_a_logo_is_proven(folder: Path, theme: str) -> None:
    (folder / "timeline.yaml").write_text("events:\n  - {date: 2018-10-06, headline: It opened}\n", "utf-8")
    made = pipeline.documents(folder, Order(theme=theme), TEMPLATES)
    assert [document.name for document in made] == ["briefing", "factsheet", "poster"]


@pytest.mark.parametrize("document", ["briefing", "factsheet"])
def test_the_second_line_of_the_masthead_takes_no_room_from_the_text(folder: Path, document: str) -> None:
    heights = []
    for house in (HOUSE, "publisher: Northgate\n"):
        (folder.parent / "house.yaml").write_text(house, "utf-8")
        shop = workshop(folder)
        macro = "front" if document == "briefing" else "head"
        parts = [MeasuredPart("front", shop.composer.part(document, macro, shop.view), "174mm")]
        own = copyfit.properties(shop, BRIEFING_TYPE[0]) | {"page-margin": "0mm"}
        heights.append(shop.heights(document, shop.view, shop.paper, own, parts)["front"])
    assert heights[0] <= heights[1] + (0.05 if document == "briefing" else 2.0)


def test_a_contact_of_the_masthead_is_not_said_again_below_corrections(folder: Path) -> None:
    assert "northgate" in workshop(folder).view.corrections_html
    written(folder, {"article.md": ARTICLE.replace("title:", "corrections: Write to us.\ntitle:")})
    assert workshop(folder).view.corrections_html == "Write to us."
