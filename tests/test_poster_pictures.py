"""Pictures on the cards of a poster: whole, beside no text, and never in the way of words."""

import io
from collections.abc import Mapping
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any, cast

import pypdfium2
import pytest
import yaml
from markupsafe import Markup
from PIL import Image
from pypdfium2 import raw

from tests.conftest import TEMPLATES, written
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.compose.html import Composed, MeasuredPart
from triptych.compose.views import PictureView
from triptych.content import read
from triptych.content.pictures import Proportions
from triptych.design.sheets import sheet
from triptych.design.sizes import poster_type
from triptych.documents import ladder, pictured, poster
from triptych.documents.workshop import Document
from triptych.preview import draft
from triptych.preview.news import Task
from triptych.typeset.pages import Typesetter

SHOWN = {"lock.png": (900, 600), "boat.png": (600, 900), "plan.png": (1200, 400)}
"""Pictures by name, with their dots."""
YEARS = [1817, 1831, 1846, 1868, 1884, 1918]
Box = tuple[float, float, float, float]


def png(width: int, height: int) -> bytes:
    target = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(target, "PNG")
    return target.getvalue()


def article(path: Path, years: list[int], shown: dict[int, str], **own: Any) -> Path:
    """An article with an event in each year, of which some have a picture."""
    events = [
        {
            "id": f"in-{year}",
            "date": year,
            "headline": f"What came {number}",
            "summary": "Forty boats pass the top lock.",
        }
        | ({"image": shown[year], "alt": "A lock", "caption": "The lock", "credit": "Museum"} if year in shown else {})
        | own
        for number, year in enumerate(years, start=1)
    ]
    texts = {
        "article.md": "---\ntitle: The canal\nlanguage: en-GB\n---\n",
        "timeline.yaml": yaml.safe_dump({"events": events}),
    }
    return written(path / "canal", texts | {name: png(*dots) for name, dots in SHOWN.items()})


def printed(folder: Path, name: str = "a3") -> Document:
    (document,) = pipeline.documents(folder, Order(("poster",), sheet=name), TEMPLATES)
    return document


def boxes(document: Document, kind: int) -> list[Box]:
    """The boxes of the pictures or the texts on the first page, in pt."""
    page = pypdfium2.PdfDocument(document.pdf)[0]
    return [found.get_bounds() for found in page.get_objects([kind], max_depth=3)]


def apart(one: Box, other: Box) -> bool:
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


@pytest.mark.slow
def test_a_picture_on_a_card_is_whole_and_touches_no_text(tmp_path: Path) -> None:
    folder = article(tmp_path, YEARS, {1831: "lock.png", 1846: "plan.png", 1884: "boat.png"})
    document = printed(folder)
    shown, texts = boxes(document, raw.FPDF_PAGEOBJ_IMAGE), boxes(document, raw.FPDF_PAGEOBJ_TEXT)
    width, height = sheet("a3").width * 72 / 25.4, sheet("a3").height * 72 / 25.4
    sizes = [
        tuple(round(side * 25.4 / 72) for side in (right - left, top - bottom)) for left, bottom, right, top in shown
    ]
    (boat, plan, lock) = sorted(sizes)
    assert boat[1] / boat[0] == pytest.approx(3 / 2, abs=0.05), "whole"
    assert plan[0] / plan[1] == pytest.approx(3, abs=0.1)
    assert lock[0] / lock[1] == pytest.approx(3 / 2, abs=0.05)
    assert lock > (75, 50), "the sheet has room for more than 45 by 30 mm"
    assert all(left >= 0 and bottom >= 0 and right <= width and top <= height for left, bottom, right, top in shown)
    assert all(apart(picture, text) for picture in shown for text in texts)
    assert not any("left out" in note for note in document.notes)


@pytest.mark.slow
def test_the_room_for_a_picture_is_known_before_it_is_set(tmp_path: Path) -> None:
    shop = pipeline.workshop(article(tmp_path, YEARS, {1846: "plan.png"}), Order(("poster",), sheet="a3"), TEMPLATES)
    laid = poster._setting(shop).panels[0]
    shown = ladder.card_pictures(laid.sized, laid.rung, laid.text, laid.columns)
    assert set(shown) == {"in-1846"}
    with_picture, without = (
        ladder.card_heights(one, laid.rung, laid.text, laid.columns)["in-1846"]
        for one in (laid.sized, replace(laid.sized, pictured=frozenset()))
    )
    assert with_picture - without == pytest.approx(shown["in-1846"].height, abs=0.2)


@pytest.mark.slow
def test_pictures_give_way_before_words_do(tmp_path: Path) -> None:
    years = list(range(1800, 1812))
    document = printed(article(tmp_path, years, dict.fromkeys(years, "lock.png")))
    text = pypdfium2.PdfDocument(document.pdf)[0].get_textpage().get_text_bounded()
    assert text.count("Forty boats pass the top lock.") == len(years)
    shown = len(boxes(document, raw.FPDF_PAGEOBJ_IMAGE))
    assert 0 < shown < len(years)
    assert f"{len(years) - shown} of {len(years)} pictures left out: no room on the cards" in document.notes


@pytest.mark.parametrize(
    ("proportions", "width", "expected"),
    [
        (Proportions(2 / 3, inf), 200.0, (45, 30)),
        (Proportions(1.5, inf), 200.0, (20, 30)),
        (Proportions(1 / 3, inf), 200.0, (45, 15)),
        (Proportions(2 / 3, 30.0), 200.0, (30, 20)),
        (Proportions(0.5, inf), 40.0, (40, 20)),
    ],
    ids=["as its place", "upright", "wide", "of few dots", "on a narrow card"],
)
@pytest.mark.parametrize("larger", [1.0, 1.5])
def test_a_picture_is_as_large_as_its_place_allows(
    proportions: Proportions, width: float, expected: tuple[float, float], larger: float
) -> None:
    """Its place grows with the type of the cards, its dots and its card do not."""
    view = PictureView("lock.png", "A lock", Markup(), Markup(), (), Markup())
    found = pictured.of_size(view, proportions, poster_type(sheet("a3")), 1.0, width, larger)
    allowed = min(larger, proportions.widest / expected[0], width / expected[0])
    assert (found.width, found.height - pictured.WHITE) == pytest.approx([allowed * side for side in expected])


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("title", "sheet_name", "stands"),
    [
        ("The canal", "a3", True),
        ("The canal", "a3-landscape", False),
        ("The canal, its locks, its boats and all the people who lived by it till 1918", "a3", False),
    ],
    ids=["a short title", "on its side", "a long title"],
)
def test_the_picture_of_the_article_stands_beside_a_short_title(
    tmp_path: Path, title: str, sheet_name: str, stands: bool
) -> None:
    folder = article(tmp_path, YEARS, {})

    def around(lead: str) -> ladder.Around:
        written(folder, {"article.md": f"---\ntitle: {title}\nlanguage: en-GB\n{lead}---\n"})
        shop = pipeline.workshop(folder, Order(("poster",), sheet=sheet_name), TEMPLATES)
        return ladder.around_timeline(ladder.on_sheet(shop, shop.sheet_name, shop.sheet), poster_type(shop.sheet))

    found = around("lead: {image: lock.png, alt: A lock}\n")
    assert (found.lead is not None) == stands
    assert found.left == around("").left, "it takes no height"


class Quiet:
    """The press of a preview whose drafts nobody gives up."""

    def check(self) -> None: ...


def test_a_preview_measures_a_picture_again_only_if_its_file_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, sets = article(tmp_path, YEARS, {1831: "lock.png"}), list[str]()
    edges = Typesetter.edges

    def counted(self: Typesetter, composed: Composed) -> Mapping[str, tuple[float, float]]:
        sets.append(composed.html)
        return edges(self, composed)

    monkeypatch.setattr(Typesetter, "edges", counted)

    def height() -> float:
        task, quiet = Task(folder, "poster", Order(), TEMPLATES), cast(Any, Quiet())
        shop = draft._drafting(pipeline.workshop(folder, Order(), TEMPLATES), read.files(folder)[0], task, quiet)
        sized = ladder.on_sheet(shop, shop.sheet_name, shop.sheet)
        own = ladder.properties(sized, sized.type, ladder.columns_of(sized, sized.type, sized.spread))
        part = MeasuredPart(
            "card", Markup('<img src="asset://article/lock.png" alt="" style="display: block; width: 60mm">'), "80mm"
        )
        return shop.heights("poster", shop.view, shop.sheet, own, [part])["card"]

    assert [height() for _ in range(2)] == [pytest.approx(40, abs=0.1)] * 2
    assert len(sets) == 1
    written(folder, {"lock.png": png(900, 300)})
    assert height() == pytest.approx(20, abs=0.1)
    assert len(sets) == 2
