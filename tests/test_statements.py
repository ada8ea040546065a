"""The table of claims has a row for each sentence that an article prints, with what it rests on."""

from pathlib import Path

import pytest

from tests.conftest import HARROWBY, PROJECT, TEMPLATES
from triptych.content import prose, read
from triptych.pdf import prove
from triptych.review import plainly, statements

HIMTOO = PROJECT / "content" / "himtoo"


@pytest.mark.parametrize("folder", [HARROWBY, pytest.param(HIMTOO, marks=pytest.mark.slow)], ids=["harrowby", "himtoo"])
def test_each_sentence_of_the_prose_is_in_one_row(folder: Path) -> None:
    files = read.whole(folder)
    rows = statements.rows(files, TEMPLATES.file("sources.csl"))
    told = "".join(row.statement for row in rows if row.kind in ("passage", "heading"))
    assert prove.bare(told.replace(" · ", "")) == prove.bare(_without_notes(prose.whole(files.article.prose)))


def _without_notes(text: str) -> str:
    return text.replace(" 1 ", " ")


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<p>It met. It voted.</p>", [("It met.", ()), ("It voted.", ())]),
        (
            '<p>It met.<span class="references">&nbsp;[<a href="#source-a">0</a>,&nbsp;p.&nbsp;4]</span> It voted.</p>',
            [("It met.", ("a",)), ("It voted.", ())],
        ),
        ("<p>The vote of 9.5 to 3 p.m. on a Sunday</p>", [("The vote of 9.5 to 3 p.m. on a Sunday", ())]),
        ("<ul><li>One</li><li><p>Two</p><ul><li>Three</li></ul></li></ul>", [("One", ()), ("Two", ()), ("Three", ())]),
        ("<table><tr><th>A</th><td>1</td></tr></table>", [("A · 1", ())]),
        ("<p>“It is over.” <em>She</em> left!</p>", [("“It is over.”", ()), ("She left!", ())]),
    ],
    ids=["sentences", "a source", "points within", "lists", "a row", "quotations"],
)
def test_a_text_becomes_its_sentences(html: str, told: list[tuple[str, tuple[str, ...]]]) -> None:
    assert list(plainly.sentences(html)) == told


def test_each_row_says_what_it_rests_on() -> None:
    rows = statements.rows(read.whole(HARROWBY), TEMPLATES.file("sources.csl"))
    rests = {(row.kind, row.name): str(row.basis) for row in rows}
    assert rests["passage", "pilot 1"] == "by its passage"
    assert rests["passage", "pilot 2"] == "sourced"
    assert rests["deck", "deck"] == "by the article"
    assert rests["figure", "vote"] == "sourced"
    assert rests["declared", "method 2"] == "ours"
    assert rests["heading", "trial"] == "ours"
