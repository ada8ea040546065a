import io
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Object

from tests.conftest import HARROWBY, TEMPLATES, Page, printed
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.content.errors import StyleError
from triptych.design.where import Templates
from triptych.pdf import prove
from triptych.typeset.pages import Typesetter


@pytest.mark.parametrize(
    ("body", "lost"),
    [
        pytest.param("<p>Kept<p style='position: absolute; left: 200mm'>Gone", "Gone", id="beside the page"),
        pytest.param("<p>Kept<p style='position: absolute; top: 200mm'>Gone", "Gone", id="below the page"),
        pytest.param(
            "<p>Kept<p style='left: 85mm; position: absolute; white-space: nowrap'>Half gone", "Half", id="half out"
        ),
        pytest.param("<p>Twice<p style='position: absolute; left: 200mm'>Twice", "5 characters", id="one of two"),
    ],
)
def test_a_word_that_is_not_on_paper_is_found(typesetter: Typesetter, page: Page, body: str, lost: str) -> None:
    pages = typesetter.pages(page(body))
    (found,) = prove.lost_words(pages.body, typesetter.pdf(pages))
    assert found.startswith(lost)


@pytest.mark.parametrize(
    ("body", "clipped"),
    [
        ("<div style='height: 11mm; overflow: hidden'><p>Kept<p>Cut off</div>", ["Cut off"]),
        ("<p style='height: 6mm; overflow: hidden'>Kept<br>Cut off half way", ["Cut off half way"]),
        ("<p style='height: 4mm'>Kept<br>Kept as well", []),
        ("<p style='overflow: hidden; width: 20mm'>Kept", []),
    ],
)
def test_a_text_that_its_box_cuts_off_is_found(
    typesetter: Typesetter, page: Page, body: str, clipped: list[str]
) -> None:
    assert list(typesetter.pages(page(body)).clipped()) == clipped


@pytest.mark.parametrize(
    ("body", "count"),
    [
        ("<p>One line<p style='margin-top: -8mm'>Another line", 1),
        ("<p>One line<p style='margin-top: -8mm; margin-left: 40mm'>Another line", 0),
        ("<p>One line<p>Another line", 0),
        ("<p style='font-size: 40pt; line-height: .6'>Qgjpy<br>Ådgh", 1),
    ],
)
def test_texts_that_lie_on_each_other_are_found(typesetter: Typesetter, page: Page, body: str, count: int) -> None:
    assert len(prove.collisions(typesetter.pdf(typesetter.pages(page(body))))) == count


@pytest.mark.parametrize(("left", "outside"), [("10mm", []), ("85mm", ["Half gone"])])
def test_a_text_that_runs_off_the_paper_is_found(
    typesetter: Typesetter, page: Page, left: str, outside: list[str]
) -> None:
    pages = typesetter.pages(page(f"<p>Kept<p style='left: {left}; position: absolute; white-space: nowrap'>Half gone"))
    assert prove.outside(typesetter.pdf(pages)) == outside


TO = "<a href='https://example.org'"


@pytest.mark.parametrize(
    ("body", "small"),
    [
        pytest.param(f"<p>See {TO}>there</a>", [], id="as high as its line"),
        pytest.param(f"<p>See <sup style='line-height: 0'>{TO}>1</a></sup>", ["1"], id="of no height"),
        pytest.param(f"<p>See <span style='line-height: .4'>{TO}>1</a>, {TO}>2</a></span>", ["1", "2"], id="too low"),
        pytest.param(f"<p>See <span style='line-height: .7'>{TO}>1</a></span>", [], id="as high as figures"),
        pytest.param(f"<p>See <span style='line-height: 1'>{TO}>gypsy</a></span>", [], id="all but tips of descenders"),
        pytest.param(f"<p>See {TO} style='line-height: 0'><em>there</em></a>", ["there"] * 2, id="with emphasis"),
        pytest.param(
            f"<p>{TO} style='font-size: 3pt; line-height: 1'>a<b style='font-size: 40pt'>B</b></a>", ["B"], id="in part"
        ),
        pytest.param(f"<p>See {TO}>over<br>two lines</a>", [], id="over two lines"),
        pytest.param(f"<p>See<br>{TO} style='line-height: 0'>over<br><br>two</a>", ["over", "two"], id="both lines"),
        pytest.param(f"<p>{'Words ' * 300}{TO} style='line-height: 0'>there</a>", ["there"], id="on another page"),
        pytest.param("<p>No link at all", [], id="none"),
    ],
)
def test_a_link_that_is_smaller_than_its_text_is_found(
    typesetter: Typesetter, page: Page, body: str, small: list[str]
) -> None:
    found = prove.small_links(typesetter.pdf(typesetter.pages(page(body))))
    assert [line.split("`")[1] for line in found] == small


def test_a_small_link_is_named_with_its_page_and_where_it_leads(typesetter: Typesetter, page: Page) -> None:
    body = f"<p>One<p style='break-before: page'>{TO} style='line-height: 0'>there</a> <a href='#x' id='x'>here</a>"
    (found,) = prove.small_links(typesetter.pdf(typesetter.pages(page(body))))
    assert found == "page 2: `there`, a link to https://example.org"


@pytest.mark.xdist_group("sample")
@pytest.mark.parametrize("name", pipeline.DOCUMENTS)
def test_every_citation_can_be_clicked(name: str) -> None:
    pdf = printed(HARROWBY)[name].pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        links = [link for page in document.pages for link in page.obj.get("/Annots", [])]
        assert sum("source-" in str(link.get("/Dest", "")) for link in links) > 10
    assert prove.small_links(pdf) == []


@pytest.mark.slow
def test_a_stylesheet_that_makes_links_too_small_is_refused(tmp_path: Path) -> None:
    templates = Path(shutil.copytree(TEMPLATES.folders[0], tmp_path / "templates"))
    style = templates / "styles" / "references.css"
    style.write_text(style.read_text().replace("line-height: 1;", "line-height: 0;"))
    with pytest.raises(
        StyleError, match=r"factsheet: links smaller than their text: 35, first on page 1: `\d+`, a link"
    ):
        pipeline.documents(HARROWBY, Order(("factsheet",)), Templates((templates,)))


@pytest.mark.parametrize(
    ("body", "count"),
    [
        pytest.param(
            "<p>Plain <em>and</em> <sup>raised</sup>, soft\u00adhyphened, no\u00a0break, F/\u206017", 1, id="plain"
        ),
        pytest.param(f"<p>{'Several words over two pages. ' * 18}", 2, id="over two pages"),
        pytest.param(f"<p>{'Several words over three pages. ' * 33}", 3, id="over three pages"),
        pytest.param("<ol><li>One<li>Two</ol><table><tr><td>a<td>b</table>", 1, id="lists and tables"),
    ],
)
def test_a_text_that_is_whole_is_not_lost(typesetter: Typesetter, page: Page, body: str, count: int) -> None:
    pages = typesetter.pages(page(body))
    assert pages.count == count
    assert prove.lost_words(pages.body, typesetter.pdf(pages)) == []


@pytest.mark.parametrize("name", ["/Helvetica", "/ABCDEF+Serif-Text", "/Label-Sans-Bold"])
def test_a_face_that_is_not_embedded_is_strange(name: str) -> None:
    assert prove.strange_faces(with_face(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(name)))) != []


@pytest.mark.parametrize(("name", "strange"), [("/ABCDEF+Helvetica", ["Helvetica"]), ("/ABCDEF+Serif-Text", [])])
def test_an_embedded_face_is_strange_unless_it_is_ours(name: str, strange: list[str]) -> None:
    with pikepdf.new() as document:
        program = document.make_stream(b"")
        descriptor = Dictionary(Type=Name.FontDescriptor, FontName=Name(name), FontFile2=program)
        face = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(name), FontDescriptor=descriptor)
        assert prove.strange_faces(saved(document, face)) == strange


def with_face(face: Dictionary) -> bytes:
    with pikepdf.new() as document:
        return saved(document, face)


def saved(document: pikepdf.Pdf, face: Dictionary) -> bytes:
    page = document.add_blank_page()
    page.obj.Resources = Dictionary(Font=Dictionary(F1=document.make_indirect(face)))
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


PLACED = "line-height: 1; margin: 0; position: absolute; white-space: nowrap"
"""Of a text whose place a test gives."""


@pytest.fixture(scope="module")
def edges(typesetter: Typesetter) -> bytes:
    """A sheet of 100 by 100 mm with texts at its edges, in margins of 10 mm."""
    places = {
        "within the left edge": "left: -9.5mm; top: 10mm",
        "over the left edge": "left: -10.5mm; top: 20mm",
        "within the right edge": "right: -9.5mm; top: 30mm",
        "over the right edge": "right: -10.5mm; top: 40mm",
        "within the upper edge": "left: 20mm; top: -10mm",
        "over the upper edge": "left: 60mm; top: -10.7mm",
        "within the lower edge": "left: 20mm; bottom: -9.5mm",
        "over the lower edge": "left: 60mm; bottom: -10.7mm",
    }
    body = "".join(f"<p style='{PLACED}; font-size: 6pt; {place}'>{text}</p>" for text, place in places.items())
    return typesetter.pdf(typesetter.pages(Page()(body)))


@pytest.mark.parametrize("edge", ["left", "right", "upper", "lower"])
def test_a_text_over_any_one_edge_of_the_sheet_runs_off_it(edges: bytes, edge: str) -> None:
    assert [text for text in prove.outside(edges) if edge in text] == [f"over the {edge} edge"]


def test_the_edge_of_a_sheet_is_where_it_is_cut(typesetter: Typesetter, page: Page) -> None:
    """What stands in the bleed is cut off, though it is in the file."""
    body = f"<p style='{PLACED}; left: 0'>Kept<p style='{PLACED}; left: -12mm; top: 20mm'>In the bleed"
    pages = typesetter.pages(page(body, "@page { bleed: 5mm; marks: crop }"))
    pdf = typesetter.pdf(pages)
    assert prove.outside(pdf) == ["In the bleed"]
    assert prove.page_texts(pdf)[0].startswith("Kept")
    assert prove.lost_words(pages.body, pdf) == ["Inthebleed"]


@pytest.mark.parametrize("edge", ["left", "right", "top", "bottom"])
@pytest.mark.parametrize(("over", "clipped"), [("0.1mm", []), ("0.4mm", ["Some text"]), ("3mm", ["Some text"])])
def test_a_box_may_cut_off_no_more_than_the_typesetter_rounds(
    typesetter: Typesetter, page: Page, edge: str, over: str, clipped: list[str]
) -> None:
    box = "height: 30mm; overflow: hidden; position: relative; width: 60mm"
    body = f"<div style='{box}'><p style='{PLACED}; {edge}: -{over}'>Some text</div>"
    assert list(typesetter.pages(page(body)).clipped()) == clipped


def test_a_box_in_a_box_cuts_off_what_either_does(typesetter: Typesetter, page: Page) -> None:
    outer = "height: 30mm; overflow: hidden; position: relative; width: 20mm"
    inner = "height: 10mm; overflow: hidden; width: 60mm"
    body = (
        f"<div style='{outer}'><div style='{inner}'><p style='margin: 0; white-space: nowrap'>Wider than it</div></div>"
    )
    assert list(typesetter.pages(page(body)).clipped()) == ["Wider than it"]


@pytest.mark.parametrize(
    ("place", "count"),
    [
        ("left: 0; top: 22mm", 0),
        ("left: 0; top: 21.7mm", 1),
        ("left: 0; top: 21mm", 1),
        ("left: 9.8mm; top: 21mm", 0),
        ("left: 9.4mm; top: 21mm", 1),
        ("left: 5mm; top: 21mm", 1),
        ("left: 5mm; top: 30mm", 0),
    ],
    ids=[
        *("0.15 mm of height is a touch", "0.45 mm is a collision", "most of the height"),
        *("0.1 mm of width is a touch", "0.5 mm is a collision", "half of the width", "one below the other"),
    ],
)
def test_texts_collide_where_they_share_more_than_a_quarter_of_a_mm_each_way(
    typesetter: Typesetter, page: Page, place: str, count: int
) -> None:
    body = f"<p style='{PLACED}; left: 0; top: 20mm'>xxxx<p style='{PLACED}; {place}'>zzzz"
    assert len(prove.collisions(typesetter.pdf(typesetter.pages(page(body))))) == count


def test_a_collision_is_told_by_page_and_words(typesetter: Typesetter, page: Page) -> None:
    long = "Many words of a very long line that goes on"
    body = f"<p>First<p style='break-before: page; margin: 0'>{long}<p style='margin: -5mm 0 0'>{long}"
    (told,) = prove.collisions(typesetter.pdf(typesetter.pages(page(body))))
    assert told.startswith("page 2: `")
    assert max(len(text) for text in told.split("`")[1::2]) <= 40


@pytest.fixture(scope="module")
def paper(typesetter: Typesetter) -> bytes:
    """Two pages: `abcdefghij`, and `klmnop` beside `qrst`."""
    return typesetter.pdf(typesetter.pages(Page()("<p>abcdefghij<p style='break-before: page'>klmnop qrst")))


@pytest.mark.parametrize(
    ("body", "lost"),
    [
        pytest.param("<p>abcdefghij</p><p>klmnop</p>", [], id="each on its page"),
        pytest.param("<p>klmnop</p>", [], id="not all need be wanted"),
        pytest.param("<p>abcdefghijklmnop</p>", [], id="over both pages"),
        pytest.param("<p>fghijkl</p>", [], id="pieces of five letters, and a short last one"),
        pytest.param("<p>ghijklmnop</p>", ["ghijklmnop"], id="a first piece of four"),
        pytest.param("<p>qrstabcdefghij</p>", [], id="unless it is a word"),
        pytest.param("<p>abcdefghijqrsxyz</p>", ["abcdefghijqrsxyz"], id="that stands at the start"),
        pytest.param("<p>Abcdefghij</p>", ["Abcdefghij"], id="a capital is another letter"),
        pytest.param("<p>ab-cde fg\u00adhi\u2060j\u2010</p>", [], id="spaces, hyphens and joiners may come and go"),
        pytest.param("<p>abcde.fghij</p>", ["abcde.fghij"], id="other marks may not"),
        pytest.param("<p>abcd<b>ef</b>ghij</p>", [], id="emphasis parts no text"),
        pytest.param("<p>xyz<b>abcde</b>fghij</p>", ["xyzabcdefghij"], id="nor hides what stands before it"),
        pytest.param("<p>abcde<b>f</b>xyz</p><p>klmno<b>p</b></p>", ["abcdefxyz"], id="nor what stands after it"),
        pytest.param("<div>abcdefghij<p>klmn</p>op</div>", [], id="a block does"),
        pytest.param("<p>abcdefghij<!-- x -->klmnop</p>", [], id="a comment is not printed, what follows it is"),
        pytest.param("<p>abcdefghij</p><style>x {}</style>", [], id="nor is a style"),
        pytest.param("<p>x</p><p>abcdefghij</p><p>y</p>", ["x", "y"], id="each lost text is told"),
        pytest.param("<p>klmnop</p><p>klmnop</p>", ["6 characters: klmnop"], id="printed once, wanted twice"),
    ],
)
def test_every_text_must_stand_on_the_paper(paper: bytes, body: str, lost: list[str]) -> None:
    parser = ElementTree.XMLParser(target=ElementTree.TreeBuilder(insert_comments=True))
    assert prove.lost_words(ElementTree.fromstring(f"<body>{body}</body>", parser), paper) == lost


def test_a_face_is_named_with_how_it_is_there(paper: bytes) -> None:
    assert set(prove.faces(paper)) == {("Serif-Text", "subset")}
    name: dict[str, Object] = {
        "/Type": Name.Font,
        "/Subtype": Name.TrueType,
        "/BaseFont": Name("/Serif-Text"),
    }
    assert list(prove.faces(with_face(Dictionary(name)))) == [("Serif-Text", "not embedded")]
    with pikepdf.new() as document:
        descriptor = Dictionary(Type=Name.FontDescriptor, FontFile3=document.make_stream(b""))
        whole = Dictionary(name | {"/FontDescriptor": descriptor})
        assert list(prove.faces(saved(document, whole))) == [("Serif-Text", "whole")]
    nameless = Dictionary(Type=Name.Font, Subtype=Name.Type3)
    assert prove.strange_faces(with_face(nameless)) == ["Type3"]


@pytest.mark.parametrize(
    ("name", "ours"),
    [("Serif-Text", True), ("Serif-Text-Italic", True), ("Serif-Texture", False), ("My-Serif-Text", False)],
)
def test_a_style_of_a_face_of_ours_is_ours(name: str, ours: bool) -> None:
    with pikepdf.new() as document:
        descriptor = Dictionary(Type=Name.FontDescriptor, FontFile2=document.make_stream(b""))
        face = Dictionary(
            Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name(f"/ABCDEF+{name}"), FontDescriptor=descriptor
        )
        assert prove.strange_faces(saved(document, face)) == ([] if ours else [name])


def colliding(typesetter: Typesetter, *placed: tuple[str, float, float]) -> list[str]:
    """What collides of texts, each with its left and upper edge in mm within the margins."""
    texts = (
        f"<p style='{PLACED}; left: {left}mm; top: {top}mm; white-space: pre'>{text}" for text, left, top in placed
    )
    return prove.collisions(typesetter.pdf(typesetter.pages(Page()("".join(texts)))))


def test_texts_collide_anywhere_on_the_sheet(typesetter: Typesetter) -> None:
    for left, top in ((0, 0), (65, 0), (0, 75), (65, 75)):
        assert len(colliding(typesetter, ("xxxx", left, top), ("zzzz", left + 2, top + 1))) == 1


def test_each_pair_that_collides_is_told(typesetter: Typesetter) -> None:
    assert len(colliding(typesetter, ("xxxx", 0, 20), ("zzzz", 9, 21), ("vvvv", 16, 22))) == 2


def test_a_tall_sign_beside_a_descender_collides_with_nothing(typesetter: Typesetter) -> None:
    """The boxes of the two lines overlap; their letters do not."""
    assert colliding(typesetter, ("xxxxxy", 0, 20), ("✓ xxxx", 0, 23.5)) == []
    assert len(colliding(typesetter, ("xxxxxy", 0, 20), ("xxxxx✓", 0, 23.5))) == 1


def test_a_space_at_the_end_of_a_line_collides_with_nothing(typesetter: Typesetter) -> None:
    """Whatever stands on the same line or below it."""
    around = (("there", 50, 20), ("x", 10.5, 40), ("z", 0, 60))
    assert colliding(typesetter, ("xxxx ", 0, 20), ("zz", 10.2, 21), *around) == []
    assert len(colliding(typesetter, ("xxxx ", 0, 20), ("zz", 9.2, 21), *around)) == 1
    assert colliding(typesetter, ("xxxx ", 60, 70), ("zz", 70.2, 71)) == []


@pytest.mark.parametrize(
    ("outer", "inner", "clipped"),
    [
        ("margin: 0 0 0 10mm", "margin-left: -5mm", True),
        ("margin-top: 10mm", "margin-top: -5mm", True),
        ("margin: 0", "margin-left: 5mm", False),
    ],
    ids=["at the left", "at the top", "within"],
)
def test_a_box_that_reaches_out_of_another_is_cut_off_by_it(
    typesetter: Typesetter, page: Page, outer: str, inner: str, clipped: bool
) -> None:
    hidden = "height: 20mm; overflow: hidden; width: 60mm"
    body = f"<div style='{hidden}; {outer}'><div style='{hidden}; {inner}'><p style='margin: 0'>Text</div></div>"
    assert list(typesetter.pages(page(body)).clipped()) == ["Text"] * clipped


@pytest.mark.parametrize(
    ("size", "place", "whole"),
    [
        ("160mm 100mm", "left: 120mm", True),
        ("160mm 100mm", "top: 95mm", False),
        ("100mm 160mm", "top: 120mm", True),
        ("100mm 160mm", "left: 95mm", False),
    ],
    ids=["in a wide sheet", "below it", "in a tall sheet", "beside it"],
)
def test_width_and_height_of_a_sheet_are_two_things(
    typesetter: Typesetter, page: Page, size: str, place: str, whole: bool
) -> None:
    pages = typesetter.pages(page(f"<p>Kept<p style='{PLACED}; {place}'>Placed", f"@page {{ size: {size} }}"))
    pdf = typesetter.pdf(pages)
    assert (prove.outside(pdf) == []) == whole
    assert (prove.lost_words(pages.body, pdf) == []) == whole


def test_the_vowels_of_arabic_are_no_part_of_a_word() -> None:
    """A PDF reader gives them to the letters beside theirs, or leaves them out."""
    assert prove.bare("عدّ يُقرأ") == prove.bare("عد يقرأ")
