"""How hard an article is to read is counted in its sentences, by a formula of its language."""

import pytest

from tests import tiny
from tests.conftest import HARROWBY, PROJECT
from triptych.__main__ import main
from triptych.content import read
from triptych.review import reading_level

HIMTOO = PROJECT / "content" / "himtoo"
PROSE = """\
## It {#it}

On 9.5.2018 it opened, at 8.30 a.m. in the hall. [@record]
It closed. {#when}

- One thing,
  over two lines.
- Another thing.

| A | B |
| - | - |
| 1 | 2 |
"""


def test_sentences_are_counted_with_their_lines_and_not_headings_or_tables() -> None:
    files = tiny.files(tiny.article(PROSE, references=[{"id": "record", "title": "Record"}]))
    told = reading_level.statistics(files).sentences
    places = [(one.text, int(one.place.rsplit(":", 1)[1]), one.words) for one in told if "article.md" in one.place]
    first = files.written("article.md", "prose", 3, 1)[1][0]
    assert [(text, line - first, words) for text, line, words in places if line >= first] == [
        ("On 9.5.2018 it opened, at 8.30 a.m. in the hall.", 0, 10),
        ("It closed.", 1, 2),
        ("One thing, over two lines.", 3, 5),
        ("Another thing.", 5, 2),
    ]


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("language", "easy", "hard", "name"),
    [
        (
            "en-GB",
            "The dog ran to the old mill.",
            "Considerable organisational difficulties.",
            "Flesch–Kincaid",
        ),
        ("de", "Der Hund lief zum Haus.", "Organisationsschwierigkeiten beeinträchtigten Verwaltungen.", "Amstad"),
        ("fr", "Le chien va au lac le soir.", "Considérablement organisée, l’administration collaborait.", "Kandel"),
        ("es", "El pan es de ayer y no hay más.", "Organizaciones internacionales colaboraban.", "Huerta"),
        ("it", "Il cane va al lago con me.", "Organizzazioni internazionali collaboravano.", "Gulpease"),
        ("nl", "De hond liep naar het huis.", "Organisatorische moeilijkheden beïnvloedden administraties.", "Douma"),
    ],
)
def test_a_formula_of_the_language_tells_easy_from_hard(language: str, easy: str, hard: str, name: str) -> None:
    values = []
    for text in (easy, hard):
        told = reading_level.Statistics(language, (reading_level.Sentence("article.md:1", text),))
        formula, value = told.levels[0]
        assert name in formula.shown
        values.append(-value if "grade" in formula.name else value)
    assert values[0] > values[1] + 20 - 15 * (language == "en-GB")


def test_a_language_without_a_formula_is_said() -> None:
    told = reading_level.Statistics("pl", (reading_level.Sentence("article.md:1", "Pies pobiegł do domu."),))
    assert "no reading level: we know no formula for `pl`" in [*reading_level.lines(told)]


@pytest.mark.slow
def test_our_article_is_no_harder_to_read_than_that_of_the_tests() -> None:
    (_, ours), (_, other) = (reading_level.statistics(read.whole(folder)).levels[0] for folder in (HIMTOO, HARROWBY))
    assert ours <= other


def test_check_prints_statistics_only_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(HARROWBY), "--statistics", "--format", "json"]) == 2
    assert "leave --format out" in capsys.readouterr().err
