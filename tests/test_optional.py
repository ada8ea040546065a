"""Only a title and something to print are needed: what an article does not have is left out of the page."""

import io
import json
import shlex
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.conftest import TEMPLATES, read_aloud, written
from triptych.__main__ import main
from triptych.build import finish, pipeline
from triptych.build.pipeline import Order
from triptych.check import rules
from triptych.content import read
from triptych.content.errors import NothingToPrint
from triptych.content.kinds import KINDS
from triptych.content.model import Status
from triptych.documents import growth, ladder, room
from triptych.documents.workshop import Document
from triptych.pdf import carried
from triptych.typeset.pages import Pages

HEAD = "---\ntitle: Our new book drop\n---\n"
PROSE = HEAD + "\nYou can return books at any hour, through the flap beside the door.\n"
EVENTS = "events:\n  - {date: 2024-12, headline: The council pays}\n  - {date: 2025-02-03, headline: It opens}\n"
FIGURE = "figures:\n  - {value: any, label: hour}\n"
STATUS = "disputed:\n  - {text: Whether jigsaw puzzles may be returned.}\n"
PARTIES = "parties:\n  - {party: The library, says: It says that books are safe.}\n"
FIELDS = {
    "publisher": "Plain Record",
    "number": "7",
    "date": "2025-03-14",
    "version": "'3'",
    "evidence-to": "2025-02-28",
    "licence": "{name: CC BY 4.0}",
    "method": "We counted.",
}
PRINTED = {
    "publisher": "Plain Record",
    "number": "No. 7",
    "date": "14, 2025",
    "version": "Version",
    "evidence-to": "Evidence to",
    "licence": "Text and figures",
}
"""What the fact sheet prints of each field."""
BRIEF = HEAD.replace("\n---\n", "\nin-brief: [The drop is open.]\n---\n")


def made(folder: Path, *names: str) -> dict[str, Document]:
    return {document.name: document for document in pipeline.documents(folder, Order(names), TEMPLATES)}


@pytest.mark.sampled(3)
@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("files", "documents"),
    [
        pytest.param({"article.md": PROSE}, ["briefing", "factsheet"], id="prose"),
        pytest.param({"timeline.yaml": "title: A drop\n" + EVENTS}, ["factsheet", "poster"], id="events"),
        pytest.param({"article.md": PROSE, "timeline.yaml": EVENTS}, ["briefing", "factsheet", "poster"], id="both"),
        pytest.param({"article.md": HEAD, "figures.yaml": FIGURE}, ["factsheet"], id="figure"),
        pytest.param({"article.md": HEAD, "positions.yaml": STATUS}, ["factsheet"], id="status"),
        pytest.param({"article.md": HEAD, "positions.yaml": PARTIES}, ["briefing"], id="parties"),
        pytest.param({"article.md": BRIEF}, ["factsheet"], id="in brief"),
    ],
)
def test_an_article_gives_what_it_has_something_for(
    tmp_path: Path, files: Mapping[str, str], documents: list[str]
) -> None:
    folder = written(tmp_path / "drop", files)
    assert rules.problems(folder)[1] == ()
    skipped: list[str] = []
    found = pipeline.documents(folder, Order(), TEMPLATES, skip=skipped.append)
    assert [document.name for document in found] == documents
    assert len(skipped) == len(KINDS) - len(documents)
    told = "\n".join(read_aloud(document.pdf) for document in found)
    assert ("Key figures" in told) == ("figures.yaml" in files)
    assert ("Disputed" in told) == (files.get("positions.yaml") == STATUS)
    assert not any(words in told for words in ("Agreed by the sources", "Not known", "None"))


def test_a_document_that_was_asked_for_by_name_is_not_skipped(tmp_path: Path) -> None:
    folder = written(tmp_path / "drop", {"article.md": PROSE})
    with pytest.raises(NothingToPrint, match=r"no poster: the article has no events"):
        made(folder, "poster")


def test_the_command_prints_what_it_skips(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = written(tmp_path / "drop", {"article.md": HEAD, "positions.yaml": STATUS})
    assert main(["build", str(folder), "--output", str(tmp_path / "out"), "-j", "1"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert told[1:] == [
        "no briefing: the article has no prose and no parties",
        "no poster: the article has no events",
    ]
    assert main(["build", str(folder), "--only", "poster"]) == 3
    assert capsys.readouterr().err == "no poster: the article has no events\n"


@pytest.mark.sampled(3)
@pytest.mark.parametrize("field", FIELDS)
def test_each_field_of_the_head_is_printed_only_if_given(tmp_path: Path, field: str) -> None:
    given = {name: value for name, value in FIELDS.items() if name != field}
    head = "".join(f"{name}: {value}\n" for name, value in given.items())
    folder = written(
        tmp_path / "drop", {"article.md": HEAD.replace("\n---\n", f"\n{head}---\n"), "figures.yaml": FIGURE}
    )
    told = read_aloud(made(folder, "factsheet")["factsheet"].pdf)
    assert "None" not in told
    assert {name for name, words in PRINTED.items() if words in told} == PRINTED.keys() - {field}


def test_a_document_without_a_date_has_the_same_bytes_whenever_it_is_made(tmp_path: Path) -> None:
    folder = written(tmp_path / "drop", {"article.md": PROSE})
    first, second = (made(folder, "factsheet")["factsheet"].pdf for _ in range(2))
    assert first == second
    assert b"D:19800101000000Z" in first


@pytest.mark.parametrize("figures", [0, 4])
def test_an_article_with_few_figures_prints_its_sentences_in_brief_on_the_fact_sheet(
    tmp_path: Path, figures: int
) -> None:
    folder = written(tmp_path / "drop", {"article.md": BRIEF, "positions.yaml": STATUS})
    if figures:
        (folder / "figures.yaml").write_text(FIGURE + FIGURE.partition("\n")[2] * (figures - 1), encoding="utf-8")
    told = read_aloud(made(folder, "factsheet")["factsheet"].pdf)
    assert ("In brief" in told) == (not figures)


@pytest.mark.slow
def test_nothing_is_laid_out_twice(tmp_path: Path, layouts: Sequence[Pages]) -> None:
    """Not while the fact sheet leaves out sentences, nor for orders of sections that the briefing does not have."""
    text = PROSE.partition("\n\n")[2]
    made(written(tmp_path / "drop", {"article.md": HEAD + f"\n{text}" * 25, "timeline.yaml": EVENTS}))
    assert len(layouts) == len({one.html for one in layouts})
    assert len(layouts) < 40


def test_a_poster_of_few_events_has_headlines_to_read_from_afar(tmp_path: Path) -> None:
    folder = written(tmp_path / "drop", {"timeline.yaml": "title: A drop\n" + EVENTS})
    shop = pipeline.workshop(folder, Order(), TEMPLATES)
    laid = growth.laid_out(ladder.on_sheet(shop, "a2", shop.sheet))
    assert laid
    assert laid.text.size("headline-3") > 0.74 * room.KEY_BELOW_TITLE * laid.text.size("title")


HOUSE = (
    "publisher: Plain Record\nlanguage: en-GB\nsheet: a3\nmethod: The house checks all.\ncorrections: Write to us.\n"
)


def test_an_article_takes_from_the_house_what_it_does_not_say(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(HOUSE, encoding="utf-8")
    folder = written(tmp_path / "drop", {"article.md": PROSE.replace("---\n\n", "publisher: Its own\n---\n\n")})
    front = read.whole(folder).article.front
    assert (front.publisher, front.language, front.sheet) == ("Its own", "en-GB", "a3")
    document = made(folder, "factsheet")["factsheet"]
    assert "The house checks all. Write to us." in read_aloud(document.pdf)


@pytest.mark.slow
def test_a_pdf_carries_the_house_file_that_it_used(tmp_path: Path) -> None:
    (tmp_path / "house.yaml").write_text(HOUSE, encoding="utf-8")
    folder = written(tmp_path / "drop", {"article.md": PROSE})
    pdf = tmp_path / "factsheet.pdf"
    pdf.write_bytes(made(folder, "factsheet")["factsheet"].pdf)
    found = carried.read(pdf)
    assert found.content["house.yaml"] == HOUSE.encode()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert pipeline.remade(found, found.unpacked(elsewhere), TEMPLATES) == pdf.read_bytes()
    (tmp_path / "house.yaml").unlink()
    pdf.write_bytes(made(folder, "factsheet")["factsheet"].pdf)
    assert "house.yaml" not in carried.read(pdf).content


def test_a_fault_of_the_house_is_told_with_its_place(tmp_path: Path) -> None:
    house = tmp_path / "house.yaml"
    house.write_text("publisher: Plain Record\nmethod: It was checked. [@gone]\npapr: a4\n", encoding="utf-8")
    folder = written(tmp_path / "drop", {"article.md": PROSE})
    found = [(problem.path, problem.line, problem.code) for problem in rules.problems(folder)[1]]
    assert found == [(house, 2, "unknown-source"), (house, 3, "unknown-field")]


def test_a_fact_sheet_begins_with_sentences_not_with_a_line_of_authors_or_a_note(tmp_path: Path) -> None:
    prose_text = "Ann Abel | Town Museum\n\nIt opened.[^1] It closed.\n\n[^1]: By hand.\n"
    folder = written(tmp_path / "drop", {"article.md": f"{HEAD}\n{prose_text}"})
    said = read_aloud(made(folder, "factsheet")["factsheet"].pdf)
    assert "It opened. It closed." in said
    assert "Town Museum" not in said


@pytest.mark.slow
def test_a_new_article_builds_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "oak"
    command = ["new", str(folder), "--title", "The oak: a life", "--language", "en-GB"]
    assert main(command) == 0
    assert [(problem.code, problem.warning) for problem in rules.problems(folder)[1]] == [("sample-contact", True)]
    front = read.whole(folder).article.front
    assert (front.title, front.status) == ("The oak: a life", Status.DRAFT)
    assert set(made(folder)) == set(KINDS)
    assert main(command) == 2
    assert "oak is there already" in capsys.readouterr().err


def test_ctrl_d_at_a_question_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    end = io.StringIO()
    monkeypatch.setattr(end, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", end)
    assert main(["new", str(tmp_path / "oak")]) == 2
    assert capsys.readouterr().err == "nothing was written: answer each question, or give --title and --language\n"
    assert not (tmp_path / "oak").exists()


@pytest.mark.parametrize("name", ["my article", "v1.2", "\u00f6ak \u6587", "it's"])
def test_a_new_article_may_have_any_name(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", str(tmp_path / name), "--title", "Oak", "--language", "en"]) == 0
    command = capsys.readouterr().out.splitlines()[-1].partition(" then run: ")[2]
    assert shlex.split(command) == ["triptych", "build", str(tmp_path / name)]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (".hidden", "'.hidden' is not a name for an article"),
        ("two\nlines", "`two<U+000A>lines` has a character that nobody sees"),
        ("cod\u202egpj", "`cod<U+202E>gpj` has a character that nobody sees"),
        ("CON", "`CON` is a name that Windows keeps for itself"),
        ("nul.old", "`nul.old` is a name that Windows keeps for itself"),
        ("../oak", "give the new article a name"),
        ("", "give the new article a name"),
        ("content", "give the new article a name"),
    ],
)
def test_what_is_no_name_is_refused(
    tmp_path: Path, name: str, message: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("triptych.design.where.project", lambda: tmp_path)
    assert main(["new", name, "--title", "Oak", "--language", "en"]) == 2
    assert message in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["content"]
    assert not [*(tmp_path / "content").iterdir()]


@pytest.mark.parametrize(("option", "value"), [("--language", "xx-nowhere"), ("--title", " ")])
def test_a_new_article_with_a_wrong_value_is_not_written(tmp_path: Path, option: str, value: str) -> None:
    assert main(["new", str(tmp_path / "oak"), option, value]) == 2
    assert not (tmp_path / "oak").exists()


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("ours", "only"), [(True, []), (True, ["--only", "factsheet", "poster"]), (False, [])])
def test_a_document_that_an_article_no_longer_has_is_removed_if_we_made_it(
    tmp_path: Path, ours: bool, only: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    folder = written(tmp_path / "drop", {"article.md": HEAD, "positions.yaml": STATUS, "figures.yaml": FIGURE})
    out = tmp_path / "out"
    finish.write({out: {"poster.pdf": b"made before"}})
    if not ours:
        (out / "poster.pdf").write_bytes(b"mine")
    build = ["build", str(folder), "--output", str(out), "-j", "1"]
    assert main([*build, "--only", "factsheet"]) == 0
    assert (out / "poster.pdf").exists()
    capsys.readouterr()
    assert main([*build, *only]) == 0
    assert ("poster.pdf  removed: the article no longer has what it prints" in capsys.readouterr().out) == ours
    assert (out / "poster.pdf").exists() != ours
    assert set(json.loads((out / finish.LIST).read_text(encoding="utf-8"))["files"]) == (
        {"factsheet.pdf"} if ours else {"factsheet.pdf", "poster.pdf"}
    )
