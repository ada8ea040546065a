"""A draft says so on each page, takes no more room than the final article, and prints what can be printed."""

import re
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tests.conftest import TEMPLATES, ArticleCopy, written
from tests.test_problems import ELSEWHERE, PAGES, sample, spoil
from triptych.__main__ import main
from triptych.build import editions, inspection, pipeline
from triptych.build.pipeline import Order
from triptych.check import messages, rules
from triptych.content import kin
from triptych.content.errors import PREVENTING, ContentError, Problem
from triptych.content.kinds import Edition, Paper
from triptych.design.sheets import PAPERS
from triptych.review import statements

__all__ = ["sample"]
HEAD = "---\ntitle: Our new book drop\nlanguage: en-GB\nstatus: {}\ndate: 2025-03-14\nversion: '3'\n---\n"
PROSE = "\nYou can return books at any hour, through the flap beside the door.\n" * 25
EVENTS = "events:\n  - {date: 2024-12, headline: The council pays}\n  - {date: 2025-02-03, headline: It opens}\n"
LINE = "Draft of 14 March 2025, not yet checked; do not quote."


def drop(folder: Path, status: str) -> Path:
    return written(folder, {"article.md": HEAD.format(status) + PROSE, "timeline.yaml": EVENTS})


def pages(pdf: bytes) -> list[list[tuple[str, float, float]]]:
    """The words of each page, each with the place of its first letter."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            text = page.get_textpage()
            whole = text.get_text_range()
            words = [(match.group(), match.start()) for match in re.finditer(r"\S+", whole.replace("\xa0", " "))]
            found.append([(word, *(round(edge) for edge in text.get_charbox(at)[:2])) for word, at in words])
            text.close()
    return found


@pytest.mark.slow
def test_each_page_of_a_draft_says_so_and_nothing_else_moves(tmp_path: Path) -> None:
    draft = pipeline.documents(drop(tmp_path / "draft", "draft"), Order(), TEMPLATES)
    final = pipeline.documents(drop(tmp_path / "final", "final"), Order(), TEMPLATES)
    assert [document.pages for document in draft] == [document.pages for document in final] == [2, 1, 1]
    for one, other in zip(draft, final, strict=True):
        for drafted, clean in zip(pages(one.pdf), pages(other.pdf), strict=True):
            said = " ".join(word for word, *_ in drafted)
            assert LINE in said
            assert said.count("Draft") == 2
            assert "Draft" not in {word for word, *_ in clean}
            assert {word for word, *_ in {*clean} - {*drafted}} <= {"Version", "3."}
            assert {word for word, *_ in {*drafted} - {*clean}} <= {*LINE.split(), "Draft", "Version", "3."}


@pytest.mark.slow
@pytest.mark.parametrize("edition", [Edition.LARGE, Edition.TILES, Edition.BOOKLET, Edition.PAIR, Edition.MONO])
@pytest.mark.parametrize("paper", PAPERS)
def test_each_page_of_an_edition_says_so(tmp_path: Path, edition: Edition, paper: Paper) -> None:
    folder = drop(tmp_path / "drop", "draft")
    for pdf in editions.editions()[edition](folder, Order(paper=paper), TEMPLATES).values():
        for page in pages(pdf):
            assert not page or "Draft" in {word for word, *_ in page}


def test_the_page_for_the_screen_says_so(tmp_path: Path) -> None:
    files = editions.on_screen(drop(tmp_path / "drop", "draft"), Order(), TEMPLATES)
    assert re.sub(r"</?span[^>]*>", "", files["index.html"].decode()).count(LINE) == 2


LATER = [path for path in PAGES if path.stem not in {*PREVENTING, *ELSEWHERE}]
"""Without those of ELSEWHERE, which the sample article cannot have."""


@pytest.mark.slow
@pytest.mark.parametrize(
    "path",
    LATER,
    ids=lambda path: path.stem,
)
def test_what_does_not_prevent_printing_is_a_warning_in_a_draft(sample: ArticleCopy, path: Path) -> None:
    spoil(sample, path.read_text(encoding="utf-8"))
    sample.replace("article.md", "language:", "status: final\nlanguage:")
    (folder,) = kin.translations(sample.folder) or (sample.folder,)
    final = [problem.code for problem in inspection.problems(folder, TEMPLATES)[1] if not problem.warning]
    sample.replace("article.md", "status: final", "status: draft")
    files, draft = inspection.checked(folder, TEMPLATES)
    assert [problem.code for problem in draft if problem.draft] == final
    assert path.stem in {problem.code for problem in draft}
    assert statements.rows(files, TEMPLATES.file("sources.csl"))
    assert pipeline.documents(folder, Order(("briefing",)), TEMPLATES)


def test_what_prevents_printing_is_an_error_in_a_draft_too(article_copy: ArticleCopy) -> None:
    article_copy.replace("article.md", "language:", "status: draft\nlanguage:")
    article_copy.replace("timeline.yaml", "2018-11-17", "2018-13-17")
    with pytest.raises(ContentError):
        rules.checked(article_copy.folder)


def test_every_problem_that_prevents_printing_has_a_page() -> None:
    assert {path.stem for path in PAGES} >= PREVENTING


ERROR = Problem(Path("a.yaml"), 1, 1, "bad-date", "wrong")
WARNING = Problem(Path("a.yaml"), 2, 1, "unused-source", "spare", warning=True)
LATE = Problem(Path("a.yaml"), 3, 1, "no-source", "bare", warning=True, draft=True)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([ERROR], "1 error"),
        ([ERROR, ERROR, WARNING], "2 errors, 1 warning"),
        ([LATE], "1 warning; status: final would refuse it"),
        ([LATE, LATE, LATE], "3 warnings; status: final would refuse them"),
        ([ERROR, LATE, WARNING], "1 error, 2 warnings; status: final would refuse 1 of them"),
    ],
)
def test_the_problems_are_counted(found: list[Problem], words: str) -> None:
    assert messages.counted(found) == words


@pytest.mark.slow
def test_check_and_build_count_the_warnings_of_a_draft(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = drop(tmp_path / "drop", "draft")
    (folder / "timeline.yaml").unlink()
    with (folder / "article.md").open("a", encoding="utf-8") as file:
        file.write("\n![A map](small.png)\n")
    Image.new("L", (500, 80), 255).save(folder / "small.png")
    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr().out.endswith("1 warning; status: final would refuse it\n")
    assert main(["build", str(folder), "--only", "factsheet", "--output", str(tmp_path / "out"), "-j", "1"]) == 0
    assert capsys.readouterr().err.endswith("1 warning; status: final would refuse it\n")
    text = (folder / "article.md").read_text(encoding="utf-8")
    (folder / "article.md").write_text(text.replace("status: draft\n", ""), encoding="utf-8")
    assert main(["check", str(folder)]) == 0
    assert capsys.readouterr().out.endswith("1 warning; status: final would refuse it\n")
    (folder / "article.md").write_text(text.replace("status: draft", "status: final"), encoding="utf-8")
    assert main(["check", str(folder)]) == 3
    assert re.search(r"^1 error\n\Z", capsys.readouterr().out, re.MULTILINE)
