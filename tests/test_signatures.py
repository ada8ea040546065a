"""Who accepted which statement, and what takes a signature away."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest

from tests.conftest import TEMPLATES, ArticleCopy
from triptych.__main__ import main
from triptych.build import inspection
from triptych.content import read
from triptych.content.errors import ContentError, UsageError
from triptych.review import signatures, statements
from triptych.review.statements import Row

DAY = date(2025, 3, 1)


def rows(folder: Path) -> tuple[Row, ...]:
    found = statements.rows(read.whole(folder), TEMPLATES.file("sources.csl"))
    return signatures.signed(found, signatures.read(folder))


def sign(folder: Path, *names: str, only: tuple[str, ...] = ()) -> None:
    for name in names:
        signatures.keep(folder, signatures.sign(rows(folder), signatures.read(folder), name, DAY, only))


def unsigned(folder: Path) -> list[str]:
    return [f"{row.kind} {row.name}" for row in signatures.lacking(rows(folder), 1)]


def test_a_signature_accepts_each_statement_as_it_is(article_copy: ArticleCopy) -> None:
    assert len(unsigned(article_copy.folder)) > 50
    sign(article_copy.folder, "Ada Moss")
    assert unsigned(article_copy.folder) == []
    assert {one for row in signatures.needed(rows(article_copy.folder)) for one in row.signatures} == {
        "Ada Moss, 2025-03-01"
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "lost"),
    [
        ("figures.yaml", "value: £412,000", "value: £421,000", ["figure council-cost"]),
        (
            *("article.md", "An amendment limiting", "A motion limiting"),
            ["figure vote", "event vote", "event dispute", "party", "disputed", "passage vote-and-dispute"],
        ),
        ("sources.yaml", "title-short: HCC workforce return", "title-short: HCC return", []),
        ("article.md", "It takes no position", "It takes a position", []),
        ("timeline.yaml", "date: 2020-03-21", "date: 2020-03-22", ["event closure"]),
    ],
    ids=["itself", "its passage", "a short title", "what is ours", "its date"],
)
def test_a_statement_that_changes_loses_its_signature(
    article_copy: ArticleCopy, file: str, old: str, new: str, lost: list[str]
) -> None:
    sign(article_copy.folder, "Ada Moss")
    article_copy.replace(file, old, new)
    assert list(dict.fromkeys(re.sub(r" \d+$", "", name) for name in unsigned(article_copy.folder))) == lost


@pytest.mark.slow
def test_a_statement_that_moves_keeps_it(article_copy: ArticleCopy) -> None:
    sign(article_copy.folder, "Ada Moss")
    path = article_copy.folder / "positions.yaml"
    text = path.read_text(encoding="utf-8")
    head, first, *others = re.split(r"(?m)^(?=  - text:)", text)
    agreed = [first, *others[: text.split("disputed:")[0].count("  - text:") - 1]]
    assert len(agreed) > 1
    path.write_text(text.replace("".join(agreed[:2]), agreed[1].rstrip() + "\n" + agreed[0]), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    assert head
    assert unsigned(article_copy.folder) == []


def test_some_statements_may_be_signed_alone_and_by_several(article_copy: ArticleCopy) -> None:
    sign(article_copy.folder, "Ada Moss", "Ben Orme", only=("figure vote",))
    sign(article_copy.folder, "Ada Moss", "Ada  Moss", only=("party", "figure vote"))
    with (article_copy.folder / signatures.FILE).open(encoding="utf-8", newline="") as file:
        lines = [(line["signed by"], line["statement"]) for line in csv.DictReader(file)]
    parties = [("Ada Moss", f"party {row.name}") for row in rows(article_copy.folder) if row.kind == "party"]
    assert lines == [("Ada Moss", "figure vote"), ("Ben Orme", "figure vote"), *parties]
    with pytest.raises(UsageError, match="no statement is `book`"):
        sign(article_copy.folder, "Ada Moss", only=("book",))


@pytest.mark.slow
def test_a_final_article_needs_as_many_as_its_house_asks_for(article_copy: ArticleCopy) -> None:
    def told() -> list[tuple[str, bool]]:
        return [(one.code, one.warning) for one in inspection.problems(article_copy.folder, TEMPLATES)[1]]

    (article_copy.folder / "house.yaml").write_text("signatures: 2\n", encoding="utf-8")
    assert told() == [("not-signed", False)]
    sign(article_copy.folder, "Ada Moss")
    assert told() == [("not-signed", False)]
    article_copy.replace("article.md", "language:", "status: draft\nlanguage:")
    assert told() == [("not-signed", True)]
    sign(article_copy.folder, "Ben Orme")
    assert told() == []


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("name,day\n", 1, "must begin with the line"),
        ("hash,signed by,day,statement\n1,Ada Moss\n", 2, "has 2 cells on this line, not 4"),
        ('hash,signed by,day,statement\n"1,Ada\n', 1, "is no table of signatures"),
    ],
)
def test_a_file_of_signatures_that_is_damaged_is_told_by_its_line(
    article_copy: ArticleCopy, text: str, line: int, message: str
) -> None:
    path = article_copy.folder / signatures.FILE
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=re.escape(f"{path}:{line}:1: wrong-value `signatures.csv` {message}")):
        signatures.read(article_copy.folder)


def test_the_command_signs_and_shows_who_signed(
    article_copy: ArticleCopy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["claims", str(article_copy.folder), "--output", str(tmp_path / "claims")]
    assert main([*command, "--sign", "Ada Moss", "--only", "figure vote"]) == 0
    assert "1 of 85 that need a signature have one: Ada Moss" in capsys.readouterr().out
    assert "Ada Moss, " in (tmp_path / "claims" / "claims.html").read_text(encoding="utf-8")
    assert main([*command, "--sign", " "]) == 2
    assert main([*command, "--only", "figure"]) == 2
