import io
import shutil
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from tests.conftest import HARROWBY, PROJECT, Page, printed
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
    pdf = printed(HARROWBY)[name].document.pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        links = [link for page in document.pages for link in page.obj.Annots]
        assert sum("source-" in str(link.get("/Dest", "")) for link in links) > 10
    assert prove.small_links(pdf) == []


def test_a_stylesheet_that_makes_links_too_small_is_refused(tmp_path: Path) -> None:
    templates = Path(shutil.copytree(PROJECT / "templates", tmp_path / "templates"))
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
