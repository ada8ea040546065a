"""The back of a fact sheet, for those who check it: one page, whole sources, and addresses that can be typed."""

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
    assert (found.rule, found.size[0]) == ("", 9.5)


def test_with_redirects_one_rule_says_how_to_open_a_source_by_its_number(tmp_path: Path) -> None:
    found = view(folder(tmp_path, SHORT))
    assert [source.address for source in found.sources] == ["example.org"]
    assert found.rule == "To open source 1, type short.example/1/1, and so for each number."


LONG = "https://example.org/" + "a-long-way-to-it/" * 5


def many(path: Path, count: int, words: int = 1) -> Path:
    """An article whose fact sheet cites so many sources, with long addresses and titles."""
    path = folder(path)
    keys = [f"s{number}" for number in range(count)]
    groups = [keys[start : start + 8] for start in range(0, count, 8)]
    sentences = ", ".join(f"'It opened. [@{'; @'.join(some)}]'" for some in groups)
    (path / "article.md").write_text((HEAD % "").replace("'It opened. [@a]'", sentences), "utf-8")
    sources = "".join(
        f"  - {{id: {key}, title: {'The log ' * words}, URL: '{LONG}{key}'}}\n" for key in (*keys, "a", "b")
    )
    (path / "sources.yaml").write_text(f"references:\n{sources}", "utf-8")
    return path


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("count", "words", "size", "begun", "cut"),
    [
        pytest.param(9, 1, 9.5, False, (), id="in the second column"),
        pytest.param(22, 1, 9.5, True, (), id="from the foot of the first"),
        pytest.param(22, 14, 9.0, True, (), id="in smaller type", marks=pytest.mark.slow),
        pytest.param(30, 12, 9.5, True, (backs.SITES,), id="sites", marks=pytest.mark.slow),
        pytest.param(
            *(30, 20, 8.5, True, (backs.SITES, backs.QUESTIONS, backs.TITLES)),
            id="short titles",
            marks=pytest.mark.slow,
        ),
    ],
)
def test_a_long_back_begins_its_sources_in_the_first_column_and_then_says_less(
    tmp_path: Path, count: int, words: int, size: float, begun: bool, cut: tuple[str, ...]
) -> None:
    found = view(many(tmp_path, count, words))
    assert (found.size[0], found.begun > 0, found.cut) == (size, begun, cut)
    assert len((*found.before, *found.after)) == count
    assert (found.rule, bool(found.questions)) == (
        "Where only a site is named, search it for the title." if cut else "",
        backs.QUESTIONS not in cut,
    )


@pytest.mark.slow
def test_what_has_no_room_on_the_back_is_told(tmp_path: Path) -> None:
    files = editions.duplex(many(tmp_path, 30, 12), Order(), TEMPLATES)
    assert "left out, for lack of room: long addresses on the back" in files.notes
    assert len(pypdfium2.PdfDocument(files["factsheet.pdf"])) == 2


@pytest.mark.slow
def test_one_that_is_longer_than_a_page_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FitError, match=r"the back of the fact sheet is \d+ mm too long"):
        view(many(tmp_path, 44, 24))


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


def test_the_foot_of_the_back_of_a_draft_leaves_that_to_the_line_below_it(article_copy: ArticleCopy) -> None:
    article_copy.replace("article.md", 'version: "1.2"', 'version: "1.2"\nstatus: draft')
    shop = pipeline.workshop(article_copy.folder, Order(()), TEMPLATES)
    foot = shop.composer.part("back", "back_foot", shop.view)
    assert shop.view.version_line in foot
    assert shop.view.draft_line
    assert shop.view.draft_line not in foot


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
