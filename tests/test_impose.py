"""Where a page lies on another: its scale, its middle, its creep, its window, and what is left out."""

import io

import pikepdf
import pypdfium2
import pytest

from tests.conftest import Page
from triptych.content.units import MM_PER_POINT
from triptych.pdf import impose, prove, tags
from triptych.pdf.impose import PlacedPage
from triptych.pdf.polish import polished
from triptych.pdf.tags import Box
from triptych.typeset.pages import Typesetter

NAMES = ("One", "Two", "Three", "Four", "Five", "Six")
BODY = "".join(f"<p style='break-after: page'><a href='https://example.org/'>{name}</a></p>" for name in NAMES)
LEFT, TOP = 10.2, 11.4
"""Of each page's word, in mm."""


@pytest.fixture(scope="module")
def pages(typesetter: Typesetter) -> bytes:
    """Six tagged pages of 100 by 100 mm, with a word and a link in the upper left corner of each."""
    return polished(typesetter.pdf(typesetter.pages(Page()(BODY, "* { margin: 0 }"))))


def places(pdf: bytes, page: int = 1) -> dict[str, tuple[float, float]]:
    """Left and upper edge of each word that is seen on a page, in mm."""
    with pypdfium2.PdfDocument(pdf) as document:
        text, height = document[page - 1].get_textpage(), document[page - 1].get_height()
        boxes = [text.get_rect(index) for index in range(text.count_rects())]
        return {
            text.get_text_bounded(*box).strip(): (box[0] * MM_PER_POINT, (height - box[3]) * MM_PER_POINT)
            for box in boxes
        }


def at(left: float, top: float) -> object:
    return pytest.approx((left, top), abs=0.3)


@pytest.mark.parametrize(
    ("size", "scale", "margins"),
    [
        ((200, 100), 1.0, (0.0, 0.0)),
        ((200, 140), 1.0, (0.0, 20.0)),
        ((300, 100), 1.0, (25.0, 0.0)),
        ((100, 100), 0.5, (0.0, 25.0)),
        ((400, 400), 2.0, (0.0, 100.0)),
    ],
    ids=["it fits", "a higher sheet", "a wider one", "a smaller one", "a larger one"],
)
def test_a_page_is_as_large_as_half_a_sheet_allows_and_lies_in_its_middle(
    pages: bytes, size: tuple[float, float], scale: float, margins: tuple[float, float]
) -> None:
    found = places(impose.spreads(pages, [(0, 1)], *size, creep=0.0))
    left, top = margins[0] + LEFT * scale, margins[1] + TOP * scale
    assert found == {"One": at(left, top), "Two": at(size[0] / 2 + left, top)}


def test_pages_creep_towards_the_fold_sheet_by_sheet_and_as_far_on_both_sides_of_one(pages: bytes) -> None:
    sides = impose.spreads(pages, [(0, 1), (2, 3), (4, 5), (0, None)], 200, 100, creep=3.0)
    assert [places(sides, number) for number in (1, 2, 3, 4)] == [
        {"One": at(LEFT, TOP), "Two": at(100 + LEFT, TOP)},
        {"Three": at(LEFT, TOP), "Four": at(100 + LEFT, TOP)},
        {"Five": at(LEFT + 3, TOP), "Six": at(100 + LEFT - 3, TOP)},
        {"One": at(LEFT + 3, TOP)},
    ]


BOOKLET = [(5, 0), (1, 4), (3, 2)]
"""The pages of three sides."""


def test_sheets_are_told_in_the_order_of_the_pages_and_keep_name_and_language(pages: bytes) -> None:
    sheets = impose.spreads(pages, BOOKLET, 200, 100, creep=0.0)
    assert [block.text for block in tags.read(sheets).blocks()] == [*NAMES]
    assert tags.read(sheets).outside_tags == ()
    with pikepdf.open(io.BytesIO(sheets)) as found:
        assert (len(found.pages), str(found.docinfo["/Title"]), str(found.Root.Lang)) == (3, "Page", "en")
        assert "/Metadata" in found.Root


def test_a_link_lies_on_its_text_on_the_sheet(pages: bytes) -> None:
    with pikepdf.open(io.BytesIO(impose.spreads(pages, BOOKLET, 200, 100, creep=0.0))) as found:
        lefts = [[float(note.Rect[0]) * MM_PER_POINT for note in page.Annots] for page in found.pages]
    assert lefts == [[pytest.approx(LEFT + side * 100, abs=0.3) for side in (0, 1)]] * 3


def test_a_page_that_is_on_a_sheet_twice_is_told_once(pages: bytes) -> None:
    sheets = tags.read(impose.spreads(pages, [(0, 0), (1, 2), (3, 4), (5, None)], 200, 100, creep=0.0))
    assert [block.text for block in sheets.blocks()] == [*NAMES]
    assert [piece.text for _, piece in sheets.outside_tags] == ["One"]


def test_a_place_that_a_link_leads_to_moves_with_its_page(typesetter: Typesetter) -> None:
    body = "<p><a href='#there'>Go</a></p><p id='there' style='break-before: page; margin: 40mm 0 0 20mm'>There</p>"
    pdf = polished(typesetter.pdf(typesetter.pages(Page()(body, "* { margin: 0 }"))))
    with pikepdf.open(io.BytesIO(impose.spreads(pdf, [(0, 1)], 200, 100, creep=0.0))) as found:
        _, target = found.Root.Names.Dests.Names
        assert target[0].objgen == found.pages[0].objgen
        assert [float(edge) * MM_PER_POINT for edge in (target[2], target[3])] == [
            pytest.approx(130, abs=0.5),
            pytest.approx(50, abs=0.5),
        ]


@pytest.mark.parametrize(
    ("placed", "seen"),
    [
        (PlacedPage(20, 40, 1.0, Box(0, 0, 100, 100)), at(20 + LEFT, 40 + TOP)),
        (PlacedPage(20, 40, 1.0, Box(5, 8, 50, 50)), at(20 + LEFT - 5, 40 + TOP - 8)),
        (PlacedPage(20, 40, 0.5, Box(0, 0, 100, 100)), at(20 + LEFT / 2, 40 + TOP / 2)),
        (PlacedPage(20, 40, 2.0, Box(5, 8, 50, 50)), at(20 + (LEFT - 5) * 2, 40 + (TOP - 8) * 2)),
    ],
    ids=["whole", "a part of it", "smaller", "a part, larger"],
)
def test_a_part_of_a_page_lies_where_it_is_placed(
    pages: bytes, typesetter: Typesetter, page: Page, placed: PlacedPage, seen: object
) -> None:
    blank = typesetter.pdf(typesetter.pages(page("<p style='margin: 70mm 0 0'>Label")))
    found = places(impose.under(blank, pages, [placed]))
    assert found["One"] == seen
    assert "Label" in found


def test_what_lies_outside_the_window_is_not_seen(pages: bytes, typesetter: Typesetter, page: Page) -> None:
    blank = typesetter.pdf(typesetter.pages(page("")))
    for window, inked in ((Box(0, 0, 50, 50), True), (Box(50, 50, 100, 100), False)):
        sheet = impose.under(blank, pages, [PlacedPage(0, 0, 1.0, window)])
        with pypdfium2.PdfDocument(sheet) as document:
            levels = document[0].render(scale=1).to_pil().convert("L").getextrema()
        assert (levels[0] != 255) == inked


def test_a_page_tells_of_the_one_under_it_what_it_shows(pages: bytes, typesetter: Typesetter) -> None:
    body = "<p style='margin: 70mm 0 0; break-after: page'>Label</p><p>Label</p>"
    labels = polished(typesetter.pdf(typesetter.pages(Page()(body, "* { margin: 0 }"))))
    shown = [PlacedPage(0, 0, 1.0, Box(0, 0, 100, 100)), PlacedPage(0, 0, 1.0, Box(50, 50, 100, 100))]
    found = impose.under(labels, pages, shown)
    assert [(block.page, block.text) for block in tags.read(found).blocks()] == [(1, "One"), (1, "Label"), (2, "Label")]
    assert prove.page_texts(found) == ["OneLabel", "Label"]


def test_of_a_line_that_is_cut_only_the_letters_that_are_seen_are_left(typesetter: Typesetter) -> None:
    style = "* { margin: 0 } @page { size: 100mm 100mm; margin: 0 }"
    line = "<p style='font: 10mm/1 \"Label Sans\"; white-space: nowrap'>nnnnnnnnnnnnnnn</p>"
    whole = polished(typesetter.pdf(typesetter.pages(Page()(line, style))))
    blank = typesetter.pdf(typesetter.pages(Page()("", style)))
    texts = [
        prove.page_texts(impose.under(blank, whole, [PlacedPage(0, 0, 1.0, Box(left, 0, left + 40, 50))]))[0]
        for left in (0, 40)
    ]
    assert 15 <= sum(map(len, texts)) <= 17
    assert max(map(len, texts)) <= 9


def test_a_page_on_its_side_is_turned_and_as_large_as_the_others(typesetter: Typesetter) -> None:
    style = "* { margin: 0 } @page { size: 160mm 100mm; margin: 0 }"
    wide = typesetter.pdf(typesetter.pages(Page()("<p style='font: 10mm/1 \"Serif Text\"'>One</p>", style)))
    with pypdfium2.PdfDocument(impose.spreads(wide, [(0, None)], 200, 160, creep=0.0)) as document:
        text = document[0].get_textpage()
        letters = [text.get_charbox(index) for index in range(3)]
    (left, bottom, right, _), _, (_, _, _, top) = letters
    assert (right - left) * MM_PER_POINT < 12
    assert top - bottom > right - left  # it is read from the foot of the sheet to its head
    assert (left * MM_PER_POINT, bottom * MM_PER_POINT) == (pytest.approx(2, abs=3), pytest.approx(0, abs=2))
