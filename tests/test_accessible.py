"""What a screen reader meets, and what a validator that did not make the PDF says of it."""

import io
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Name

from tests.conftest import HARROWBY, TEMPLATES, Failures, Page, printed, written
from triptych.build import pipeline
from triptych.pdf import reading, tags
from triptych.pdf.polish import Told, polished
from triptych.typeset.pages import Typesetter

pytestmark = pytest.mark.xdist_group("sample")
DOCUMENTS = ("briefing", "factsheet", "poster")


def pdf_of(name: str) -> bytes:
    return printed(HARROWBY)[name].pdf


def polished_page(typesetter: Typesetter, page: Page, body: str, style: str = "") -> bytes:
    return polished(typesetter.pdf(typesetter.pages(page(body, style))))


def told(pdf: bytes) -> list[str]:
    return list(reading.lines(tags.read(pdf)))


def attributes(pdf: bytes, role: str, name: str) -> list[str]:
    """An attribute of each element of a role, in the order of the file."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = (item for item in document.objects if isinstance(item, pikepdf.Dictionary))
        return [str(item.A[name]) for item in found if item.get("/S") == Name(role)]


@pytest.mark.parametrize(
    "name", ["factsheet", *(pytest.param(one, marks=pytest.mark.slow) for one in ("briefing", "poster"))]
)
def test_every_marked_content_is_told_or_an_artefact(name: str) -> None:
    """Text that no tag holds is a running head, a folio or a drawing's scale, marked as such."""
    with pikepdf.open(io.BytesIO(pdf_of(name))) as pdf:
        parents = pdf.Root.StructTreeRoot.ParentTree.Nums
        by_number = {int(parents[index]): parents[index + 1] for index in range(0, len(parents), 2)}
        for page in pdf.pages:
            instructions: Any = pikepdf.parse_content_stream(page)
            marks = [
                int(operands[1].MCID)
                for operands, operator in instructions
                if str(operator) == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]
            ]
            assert [mark for mark in marks if by_number[int(page.StructParents)][mark] is None] == []


def test_headers_of_a_table_say_what_they_head(typesetter: Typesetter, page: Page) -> None:
    body = "<table><thead><tr><th>Year<th>Visits<tbody><tr><th>2019<td>7</table>"
    pdf = polished_page(typesetter, page, body)
    assert attributes(pdf, "/TH", "/Scope") == ["/Column", "/Column", "/Row"]


def test_lists_say_how_they_are_numbered(typesetter: Typesetter, page: Page) -> None:
    pdf = polished_page(typesetter, page, "<ol><li>One</ol><ul style='list-style: none'><li>Two</ul>")
    assert attributes(pdf, "/L", "/ListNumbering") == ["/Decimal", "/None"]


def test_foreign_words_have_their_language(typesetter: Typesetter, page: Page) -> None:
    pages = typesetter.pages(page("<p>She said <em lang='de'>guten Tag</em>, and left.<p lang='fr'>Bonne nuit."))
    pdf = polished(typesetter.pdf(pages), Told(pages.foreign()))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item]
        assert sorted({str(item.Lang) for item in found if "/Lang" in item}) == ["de", "fr"]


def test_running_heads_are_not_told(typesetter: Typesetter, page: Page) -> None:
    pdf = polished_page(typesetter, page, "<p>Told", "@page { @top-left { content: 'Running head' } }")
    assert told(pdf) == ["— page 1 —", "Told"]
    assert [piece.text for _, piece in tags.read(pdf).outside_tags] == ["Running head"]


def test_a_pdf_is_told_in_the_order_of_its_tags(typesetter: Typesetter, page: Page) -> None:
    body = """
    <h1>Hours</h1><p>Nine branches <em>open</em>.
    <div style="position: relative"><span style="position: absolute; top: 40mm">2019</span>
    <ol style="list-style: none"><li><h3>Closed</h3><p>All of them.<li>Open</ol></div>
    <table><thead><tr><th>Year<th>Visits<tbody><tr><td>2019<td>7<tr><td>2020<td>9</table>"""
    assert told(polished_page(typesetter, page, body, "html { font-size: 6pt }")) == [
        "— page 1 —",
        "heading 1: Hours",
        "Nine branches open.",
        "list of 2",
        "  • Closed. All of them",
        "  • Open",
        "table of 2 rows: Year, Visits",
        "  | Year: 2019; Visits: 7",
        "  | Year: 2020; Visits: 9",
    ]


def test_the_timeline_is_told_as_a_list_with_dates_in_words() -> None:
    lines = told(pdf_of("poster"))
    start = lines.index("list of 13")
    assert lines[start + 5].startswith("  • 5. 9 October 2018 Council approves a trial, 21 to 19. Members back")
    assert "2018" not in lines


def test_polishing_twice_changes_nothing_more(typesetter: Typesetter, page: Page) -> None:
    pdf = polished_page(typesetter, page, "<ol><li>One</ol>", "@page { @top-left { content: 'Head' } }")
    assert polished(pdf) == polished(polished(pdf))


class TestValidated:
    """By a program that did not make the PDF."""

    @pytest.mark.parametrize("profile", ["ua1", "3a"])
    @pytest.mark.parametrize("name", DOCUMENTS)
    def test_every_document_conforms(self, failures: Failures, name: str, profile: str) -> None:
        assert failures(pdf_of(name), profile) == []

    @pytest.mark.parametrize(
        ("lost", "profile"),
        [
            ("Lang", "ua1"),
            ("MarkInfo", "ua1"),
            ("StructTreeRoot", "ua1"),
            ("OutputIntents", "3a"),
            ("Metadata", "3a"),
        ],
    )
    def test_a_seeded_defect_fails(self, failures: Failures, lost: str, profile: str) -> None:
        with pikepdf.open(io.BytesIO(pdf_of("factsheet"))) as pdf:
            del pdf.Root[f"/{lost}"]
            target = io.BytesIO()
            pdf.save(target)
        assert failures(target.getvalue(), profile) != []


def test_no_level_of_headings_is_skipped(typesetter: Typesetter, page: Page) -> None:
    """A sparse poster has its key at the foot, so that no heading stands between its title and its events."""
    pdf = polished_page(typesetter, page, "<h1>A</h1><h3>B</h3><h3>C</h3><h2>D</h2><h3>E</h3><h4>F</h4>")
    assert [element.role for element in tags.read(pdf).blocks()] == ["H1", "H2", "H2", "H2", "H3", "H4"]


def test_the_key_at_the_foot_is_a_list_of_entries_only(tmp_path: Path) -> None:
    """White space between them would be an element of its own, which PDF/UA does not allow in a list."""
    events = "title: A family\nevents:\n  - {date: 1901-05-02, headline: Born}\n  - {date: 1984, headline: Dead}\n"
    folder = written(tmp_path / "family", {"timeline.yaml": events})
    (document,) = pipeline.documents(folder, pipeline.Order(("poster",)), TEMPLATES)
    with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
        lists = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/L"]
        assert {str(entry.S) for one in lists for entry in tags.inner(one)} == {"/LI"}
