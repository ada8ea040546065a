"""The whole pipeline on whole articles."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest

from tests.conftest import HARROWBY, PROJECT, TEMPLATES, ArticleCopy, printed
from triptych.__main__ import main
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.content.errors import FitError
from triptych.content.kinds import Paper
from triptych.design.sheets import SHEETS
from triptych.documents.workshop import Document
from triptych.review import revision

HIMTOO = PROJECT / "content" / "himtoo"


def made(folder: Path, *names: str, paper: Paper | None = None, sheet: str | None = None) -> tuple[Document, ...]:
    return pipeline.documents(folder, Order(names, paper, sheet), TEMPLATES)


@pytest.fixture
def documents() -> dict[str, Document]:
    return dict(printed(HIMTOO))


together = pytest.mark.xdist_group("printed")
"""Tests that share the documents of the first article, made once."""
sample = pytest.mark.xdist_group("sample")
"""Tests that share the documents of the sample, made once."""


@together
def test_the_first_article_fits_its_pages_and_leaves_out_nothing(documents: dict[str, Document]) -> None:
    assert 4 <= documents["briefing"].pages <= 6
    assert documents["briefing"].notes == documents["factsheet"].notes == ()
    assert documents["factsheet"].pages == documents["poster"].pages == 1


@pytest.mark.slow
@pytest.mark.parametrize(("name", "pages"), [("briefing", 6), ("factsheet", 1)])
def test_the_first_article_fits_letter_paper_too(name: str, pages: int) -> None:
    (document,) = made(HIMTOO, name, paper=Paper.LETTER)
    assert (document.pages, document.notes) == (pages, ())


@pytest.mark.parametrize("sheet", [*(pytest.param(name, marks=pytest.mark.slow) for name in ("a3", "a0", "tabloid"))])
def test_the_poster_is_one_sheet_of_the_size_asked_for(sheet: str) -> None:
    (poster,) = made(HARROWBY, "poster", sheet=sheet)
    assert poster.pages == 1
    with pikepdf.open(io.BytesIO(poster.pdf)) as pdf:
        width, height = (round(float(side) / 72 * 25.4, 1) for side in pdf.pages[0].trimbox[2:])
    assert (width, height) == pytest.approx((SHEETS[sheet].width, SHEETS[sheet].height), abs=0.1)


@together
def test_a_source_has_one_number_in_all_documents(documents: dict[str, Document]) -> None:
    numbers: dict[str, set[str]] = {}
    for document in documents.values():
        with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
            for page in pdf.pages:
                for link in page.get("/Annots", []):
                    if str(link.get("/Dest", "")).startswith("source-"):
                        numbers.setdefault(str(link.Dest), set()).add(str(link.Contents).strip("[] \u00a0"))
    assert len(numbers) > 20
    assert {key: found for key, found in numbers.items() if len(found) > 1} == {}


@together
def test_every_document_is_tagged_named_and_dated(documents: dict[str, Document]) -> None:
    for document in documents.values():
        with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
            assert pdf.Root.MarkInfo.Marked
            assert str(pdf.Root.Lang) == "en-GB"
            assert str(pdf.docinfo.Title).startswith("#HimToo: one hashtag, several meanings")
            assert str(pdf.docinfo.CreationDate).startswith("D:20261128")
            metadata = bytes(pdf.Root.Metadata.read_bytes())
            assert b'pdfaid:part="3"' in metadata
            assert b"<pdfuaid:part>1</pdfuaid:part>" in metadata
            assert len(pdf.open_outline().root) > 0


@pytest.mark.slow
@sample
def test_the_same_article_gives_the_same_bytes_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In another folder, at another revision, whatever the hash seed, the time zone and how Python is optimized."""
    project = tmp_path / "elsewhere"
    shutil.copytree(HARROWBY, project / "harrowby")
    for name in ("scripts", "templates"):
        (project / name).symlink_to(PROJECT / name)
    for command in ("init", "add --all", "-c user.name=A -c user.email=a@example.org commit --message=One"):
        subprocess.run(["git", *command.split()], cwd=project, check=True, capture_output=True)
    (project / "harrowby" / "timeline.yaml").write_text("changed since", encoding="utf-8")
    monkeypatch.setenv("PYTHONHASHSEED", "1")
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    elsewhere = revision.documents(project, "HEAD", Path("harrowby"))
    assert elsewhere == {name: printed(HARROWBY)[name].pdf for name in ("briefing", "factsheet", "poster")}


@pytest.mark.slow
def test_source_date_epoch_dates_the_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1000000000")
    assert main(["build", str(HARROWBY), "--only", "factsheet", "--output", str(tmp_path)]) == 0
    with pikepdf.open(tmp_path / "factsheet.pdf") as pdf:
        assert str(pdf.docinfo.CreationDate).startswith("D:20010909014640")


def lengthened(article: ArticleCopy, share: int) -> Path:
    """A copy whose lines of agreed, disputed and not known are longer, so that the fact sheet is too long."""
    path = article.folder / "positions.yaml"
    more = " and so on at some length" * share
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"(- text: .*?)(\.?\"?)$", rf"\1{more}\2", text, flags=re.MULTILINE), encoding="utf-8")
    return article.folder


@pytest.mark.slow
def test_what_a_fact_sheet_leaves_out_to_fit_is_said(article_copy: ArticleCopy) -> None:
    (factsheet,) = made(lengthened(article_copy, 2), "factsheet")
    assert factsheet.pages == 1
    assert factsheet.notes[0] == "left out, for lack of room: the third line of agreed, disputed and not known"


@pytest.mark.slow
def test_a_fact_sheet_that_cannot_fit_says_by_how_much_even_beside_others(article_copy: ArticleCopy) -> None:
    order = Order(("factsheet", "poster"))
    with pytest.raises(FitError, match=r"\d+ mm too long for one page"):
        pipeline.documents(lengthened(article_copy, 12), order, TEMPLATES, processes=2)


@pytest.mark.slow
@sample
def test_documents_made_beside_each_other_are_the_same_to_the_byte() -> None:
    order = Order(("factsheet", "poster"))
    told: list[str] = []
    beside = pipeline.documents(HARROWBY, order, TEMPLATES, told.append, processes=2)
    assert sorted(told) == sorted(order.documents)
    assert [(document.name, document.pdf) for document in beside] == [
        (name, printed(HARROWBY)[name].pdf) for name in order.documents
    ]
