import io

import pikepdf
import pytest
from pikepdf import Dictionary, Name

from tests.conftest import Page
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
