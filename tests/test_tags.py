"""How the texts of a PDF become lines, blocks and entries, as its tags hold them."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.conftest import Page
from triptych.pdf import prove, reading, tags
from triptych.pdf.polish import Told, polished
from triptych.pdf.tags import Box, Element, Piece, Tagged
from triptych.typeset.pages import Typesetter

BODY = """
<h1>A well-<wbr>known library</h1>
<p lang="de">Guten Tag
<p>One line<br>and <em>another</em>, well-known<br>self-<br>service.
<ul style="margin-left: 10mm"><li><p>Closed<p>all day</p><li>Open</ul>
<table><tr><th>Year<th>Visits<tr><td>2019<td>7</table>
<p style="break-before: page"><img alt="A map" src="asset://article/branches.png" style="width: 10mm">
<p style="font-size: 6pt">Small"""
STYLE = "@page { @top-left { content: 'Running head' } } body { margin: 0 } h1 { font-size: 12pt } * { margin: 1mm 0 }"


@pytest.fixture(scope="module")
def tagged(typesetter: Typesetter) -> Tagged:
    pages = typesetter.pages(Page()(BODY, STYLE))
    return tags.read(polished(typesetter.pdf(pages), Told(pages.foreign())))


def test_an_emoji_beside_hebrew_is_read_whole(typesetter: Typesetter) -> None:
    """PDFium gives its two halves the wrong way round."""
    pdf = typesetter.pdf(typesetter.pages(Page()("<p>ספרייה 👩 הספרייה")))
    assert "👩" in [piece.text.strip() for found in tags.contents_of(pdf) for part in found.values() for piece in part]
    assert "👩" in prove.page_texts(pdf)[0]


def test_a_link_with_bold_text_in_it_is_one_link(typesetter: Typesetter) -> None:
    """The typesetter makes one more for each part of its text, outside the tag of the link."""
    pages = typesetter.pages(Page()('<p>See <a href="https://example.org/">the <b>whole</b> list</a>.'))
    with pikepdf.open(io.BytesIO(polished(typesetter.pdf(pages)))) as document:
        (page,) = document.pages
        (note,) = page.Annots
        (link,) = (part for part in _elements(document.Root.StructTreeRoot) if tags.role(part) == "Link")
        links = [kid for kid in tags.kids(link) if not isinstance(kid, int) and "/Obj" in kid]
        assert [kid.Obj.objgen for kid in links] == [note.objgen]


def _elements(element: Any) -> Iterator[Any]:
    for part in tags.inner(element):
        yield part
        yield from _elements(part)


def line(text: str, top: float, left: float = 0.0, size: float = 12.0, height: float = 4.0) -> Piece:
    return Piece(text, Box(left, top, left + 10, top + height), "Serif-Text", size)


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ([line("one", 0), line("two", 6)], "one two"),
        ([line("one", 0), line("two", 0, 10)], "onetwo"),
        ([line("one ", 0), line("two", 0, 10)], "one two"),
        ([line("one  ", 0), line(" two", 6)], "one two"),
        ([line("well-", 0), line("known", 6)], "well-known"),
        ([line("8–", 0), line("9", 6)], "8– 9"),
        ([line("m", 0), line("2", -1.5, 10, 7, 3)], "m2"),
        ([line("H", 0), line("2", 1.2, 10, 7, 3), line("O", 0, 12)], "H2O"),
        ([line("one", 0), line("two", 2.2)], "one two"),
        ([line("one", 0), line("two", 2)], "onetwo"),
        ([line("right", 6), line("top", 0, 50)], "righttop"),
        ([], ""),
    ],
    ids=[
        *("a line below is parted by a space", "on one line nothing is added", "its own space is kept", "once"),
        *("a hyphen at the end of a line joins", "a dash does not", "a raised reference", "a lowered figure"),
        *(
            "more than half of the type size is a new line",
            "less is not",
            "what stands higher is no new line",
            "nothing",
        ),
    ],
)
def test_lines_are_joined_as_a_reader_joins_them(pieces: list[Piece], text: str) -> None:
    assert tags.joined(pieces) == text


def test_each_block_is_read_in_order_with_its_role_and_text(tagged: Tagged) -> None:
    assert [(block.role, block.text or f"[{block.alt}]") for block in tagged.blocks()] == [
        ("H1", "A well-known library"),
        ("P", "Guten Tag"),
        ("P", "One line and another, well-known self-service."),
        ("Lbl", "•"),
        ("P", "Closed"),
        ("P", "all day"),
        ("Lbl", "•"),
        ("LBody", "Open"),
        ("TH", "Year"),
        ("TH", "Visits"),
        ("TD", "2019"),
        ("TD", "7"),
        ("Figure", "[A map]"),
        ("P", "Small"),
    ]


def test_entries_and_rows_are_units_and_so_is_each_block_outside_them(tagged: Tagged) -> None:
    found = [(unit.role, " ".join(block.text for block in unit.blocks())) for unit in tagged.units()]
    assert found[3:] == [
        ("LI", "• Closed all day"),
        ("LI", "• Open"),
        ("TR", "Year Visits"),
        ("TR", "2019 7"),
        ("Figure", ""),
        ("P", "Small"),
    ]


def test_a_block_knows_its_page_and_its_language(tagged: Tagged) -> None:
    assert {(block.page, block.language) for block in tagged.blocks()} == {(1, ""), (1, "de"), (2, "")}
    assert [block.text for block in tagged.blocks() if block.language] == ["Guten Tag"]


def test_what_no_tag_claims_is_kept_apart_with_its_page(tagged: Tagged) -> None:
    assert [(page, piece.text) for page, piece in tagged.outside_tags] == [(1, "Running head"), (2, "Running head")]


def test_a_piece_has_its_face_its_size_and_its_place_from_the_upper_left(tagged: Tagged) -> None:
    *_, small = tagged.blocks()
    (piece,) = small.pieces
    assert (piece.face, piece.size) == ("Serif-Text", 6.0)
    assert piece.box.left == pytest.approx(10, abs=0.3)
    assert 10 < piece.box.top < piece.box.bottom < 40
    assert piece.box.bottom - piece.box.top == pytest.approx(1.5, abs=0.3)


def test_places_count_from_where_the_sheet_is_cut(typesetter: Typesetter, page: Page) -> None:
    pdf = typesetter.pdf(typesetter.pages(page("<p>Kept", "@page { bleed: 5mm; marks: crop } * { margin: 0 }")))
    (found,) = (piece for content in tags.contents_of(pdf) for pieces in content.values() for piece in pieces)
    assert found.box.left == pytest.approx(10, abs=0.3)
    assert 10 < found.box.top < 13


def test_a_pdf_without_tags_has_no_element_and_all_of_it_is_untold(typesetter: Typesetter, page: Page) -> None:
    found = tags.read(typesetter.sketch(typesetter.pages(page("<p>Text"))))
    assert (found.elements, [piece.text for _, piece in found.outside_tags]) == ((), ["Text"])


def test_the_box_around_boxes_is_the_least_that_holds_them() -> None:
    assert tags.around([Box(1, 2, 3, 4), Box(0, 3, 2, 9)]) == Box(0, 2, 3, 9)


def test_what_an_element_holds_is_one_thing_or_many() -> None:
    leaf = Dictionary(S=Name.P, K=7)
    with pikepdf.new():
        assert tags.kids(Dictionary(S=Name.P)) == []
        assert tags.kids(leaf) == [7]
        assert [tags.role(kid) for kid in tags.inner(Dictionary(S=Name.Sect, K=Array([leaf, 3, Dictionary()])))] == [
            "P"
        ]


def test_an_element_that_holds_nothing_is_read_as_empty(typesetter: Typesetter, page: Page) -> None:
    """A received PDF may hold what the typesetter does not write."""
    with pikepdf.open(io.BytesIO(polished(typesetter.pdf(typesetter.pages(page("<p>Text")))))) as pdf:
        (paragraph,) = (item for item in pdf.objects if isinstance(item, Dictionary) and item.get("/S") == Name.P)
        paragraph.K = Array([pdf.make_indirect(Dictionary(S=Name.Span)), *tags.kids(paragraph)])
        target = io.BytesIO()
        pdf.save(target)
    assert [block.text for block in tags.read(target.getvalue()).blocks()] == ["Text"]


def element(role: str, text: str = "", *children: Element, alt: str = "", page: int = 1) -> Element:
    return Element(role, page, (line(text, 0),) if text else (), children, alt)


def row(*cells: str) -> Element:
    return element("TR", "", *(element("TD", cell) for cell in cells))


@pytest.mark.parametrize(
    ("read", "told"),
    [
        (element("H3", "Hours"), ["heading 3: Hours"]),
        (element("H", "Hours"), ["Hours"]),
        (element("Figure", alt="A map"), ["picture: A map"]),
        (element("Sect", "", element("P", "one"), element("Div", "", element("P", "two"))), ["one", "two"]),
        (element("BlockQuote", "", element("P", "said")), ["  said"]),
        (
            element("L", "", element("LI", "", element("P", "one."), element("P", "two")), element("LI", "three")),
            ["list of 2", "  • one. two", "  • three"],
        ),
        (element("L", "", element("Div", "", element("LI", "one"))), ["list of 1", "  • one"]),
        (
            element("Table", "", row("Year", "Visits"), row("2019", "7")),
            ["table of 1 rows: Year, Visits", "  | Year: 2019; Visits: 7"],
        ),
        (
            element("Table", "", element("THead", "", row("Year")), element("TBody", "", row("2019"))),
            ["table of 1 rows: Year", "  | Year: 2019"],
        ),
        (element("Table", "", row("A", "B"), row("1")), ["table of 1 rows: A, B", "  | A: 1"]),
    ],
    ids=[
        *("a heading has its level", "one without is a text", "a picture is told in words", "sections are silent"),
        *("a quotation is set in", "a list has its length", "a list in columns", "a row has its headers"),
        *("a table in parts", "a short row"),
    ],
)
def test_a_screen_reader_tells_it_so(read: Element, told: list[str]) -> None:
    assert list(reading.lines(Tagged((read,), ()))) == ["— page 1 —", *told]


def test_each_page_is_told_once_and_none_twice() -> None:
    found = Tagged((element("P", "a", page=1), element("P", "b", page=3), element("P", "c", page=1)), ())
    assert list(reading.lines(found)) == ["— page 1 —", "a", "— page 3 —", "b", "c"]
