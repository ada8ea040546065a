"""The back of a fact sheet, for those who check it: one page, whole sources, and addresses that can be typed."""

from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pytest

from tests.conftest import HARROWBY, TEMPLATES, ArticleCopy, written
from triptych.__main__ import main
from triptych.build import editions, pipeline
from triptych.build.pipeline import Order
from triptych.content.errors import FitError
from triptych.content.kinds import Paper
from triptych.documents import back as backs
from triptych.documents.back import BackView
from triptych.exports import redirects

HEAD = "---\ntitle: Opening\nquestions: [Who opened it?]\nin-brief: ['It opened. [@a]']\n%s---\n\nIt opened. [@b; @a]\n"
SOURCES = """\
references:
  - {id: a, title: The log, URL: "https://www.example.org/a/long/way/to/the-log?year=2018"}
  - {id: b, title: The survey, URL: "https://example.net/b"}
"""
SHORT = "address: https://short.example/1\nredirects: true\n"


def folder(path: Path, more: str = "", sources: str = SOURCES) -> Path:
    return written(path / "opening", {"article.md": HEAD % more, "sources.yaml": sources})


def view(path: Path) -> BackView:
    shop = pipeline.workshop(path, Order(), TEMPLATES)
    return backs.back(shop, {"page-margin": "0mm"}, (13.0, 11.0))


def test_each_source_has_its_whole_address(tmp_path: Path) -> None:
    found = view(folder(tmp_path))
    assert [source.address for source in found.sources] == ["www.example.org/a/long/way/to/the-log?year=2018"]
    assert (found.rule, found.size) == ("", (9.5, 11.6))


def test_with_redirects_one_rule_says_how_to_open_a_source_by_its_number(tmp_path: Path) -> None:
    found = view(folder(tmp_path, SHORT))
    assert [source.address for source in found.sources] == ["example.org"]
    assert found.rule == "To open source 1, type short.example/1/1, and so for each number."


@pytest.mark.parametrize(
    ("heights", "size", "questions"),
    [
        ([200.0], 9.5, 1),
        ([260.0, 200.0], 9.0, 1),
        ([260.0, 260.0, 260.0, 200.0], 8.5, 0),
    ],
    ids=["it fits", "smaller type", "no questions"],
)
def test_a_long_back_is_set_smaller_and_then_without_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heights: list[float], size: float, questions: int
) -> None:
    measured = iter(heights)

    def told(*_: object) -> Mapping[str, float]:
        return {"back-head": 20.0, "back-left": 10.0, "back-right": next(measured), "back-foot": 10.0}

    monkeypatch.setattr("triptych.documents.workshop.Workshop.heights", told)
    found = view(folder(tmp_path))
    assert (found.size[0], len(found.questions)) == (size, questions)


def test_one_that_is_longer_than_a_page_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = dict.fromkeys(("back-head", "back-left", "back-right", "back-foot"), 100.0)
    monkeypatch.setattr("triptych.documents.workshop.Workshop.heights", lambda *_: told)
    with pytest.raises(FitError, match="the back of the fact sheet is 27 mm too long"):
        view(folder(tmp_path))


@pytest.mark.parametrize(
    ("form", "first"),
    [
        ("plain", "/1/1 https://www.example.org/a/long/way/to/the-log?year=2018 302"),
        ("apache", 'Redirect 302 "/1/1" "https://www.example.org/a/long/way/to/the-log?year=2018"'),
        ("nginx", 'location = "/1/1" { return 302 "https://www.example.org/a/long/way/to/the-log?year=2018"; }'),
    ],
)
def test_the_short_addresses_are_listed_for_a_server(
    tmp_path: Path, form: str, first: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["redirects", str(folder(tmp_path, SHORT)), "--form", form]) == 0
    found = capsys.readouterr().out.splitlines()
    assert (found[0], len(found)) == (first, 2)


def test_without_a_short_address_there_are_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["redirects", str(folder(tmp_path))]) == 2
    assert "has no `address`" in capsys.readouterr().err


def test_an_address_ends_no_value_in_the_file_of_a_server(tmp_path: Path) -> None:
    sources = SOURCES.replace("to/the-log?year=2018", 'to/$1\\" }')
    (first, _) = redirects.lines(folder(tmp_path, SHORT, sources), "nginx")
    assert first == 'location = "/1/1" { return 302 "https://www.example.org/a/long/way/to/%241%22%20}"; }'


def test_a_short_back_has_its_foot_at_the_foot_of_the_page(tmp_path: Path) -> None:
    pdf = editions.duplex(folder(tmp_path, "version: '1.0'\n"), Order(), TEMPLATES)["factsheet.pdf"]
    with pypdfium2.PdfDocument(pdf) as document:
        text = document[1].get_textpage()
        version = text.search("Version 1.0").get_next()
        assert version
        assert text.get_charbox(version[0])[1] * 25.4 / 72 < 20


@pytest.mark.slow
@pytest.mark.parametrize("paper", Paper)
def test_the_fact_sheet_and_its_back_are_two_pages(article_copy: ArticleCopy, paper: Paper) -> None:
    pdf = editions.duplex(article_copy.folder, Order(paper=paper), TEMPLATES)["factsheet.pdf"]
    front, back = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    assert "Key figures" in front
    assert "How to check this sheet" in back
    (alone,) = pipeline.documents(HARROWBY, Order(("factsheet",), paper=paper), TEMPLATES)
    assert pypdfium2.PdfDocument(alone.pdf)[0].get_textpage().get_text_range() == front
