from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ArticleCopy
from triptych.compose import words
from triptych.content import read
from triptych.content.errors import Problem, TriptychError
from triptych.design.where import Templates


def problems(folder: Path) -> tuple[Problem, ...]:
    return tuple(sorted(read.files(folder)[1]))


def test_an_article_is_read_whole(harrowby: Path) -> None:
    article = read.files(harrowby)[0].article
    assert article.slug == "harrowby"
    assert [len(article.events), len(article.figures), len(article.references)] == [13, 8, 17]
    assert article.prose.lstrip().startswith("## Background {#background}")


@pytest.mark.parametrize(
    ("name", "old", "new", "at", "message"),
    [
        pytest.param(
            "timeline.yaml",
            "weight: 1\n    sources: [hl-report-2017]",
            "wieght: 1\n    sources: [hl-report-2017]",
            "wieght",
            "`wieght` is not a field here\n    Did you mean `weight`?",
            id="unknown field",
        ),
        pytest.param(
            "article.md",
            "number: 7",
            "number: 7\nzeal: free",
            "zeal",
            "`zeal` is not a field here\n    Remove it",
            id="unknown field, nothing near",
        ),
        pytest.param(
            "figures.yaml", "    value: 63%\n", "", "id: consultation", "`value` is missing", id="missing field"
        ),
        pytest.param(
            "timeline.yaml",
            "2018-11-17",
            "2018-13-17",
            "2018-13-17",
            "bad-date date `2018-13-17` names the month 13, which does not exist",
            id="wrong date",
        ),
        pytest.param(
            "article.md", "date: 2025-03-14", "date: 14 March", "date: 14", "`date` is `14 March`", id="wrong day"
        ),
        pytest.param(
            "timeline.yaml",
            "    headline: Budget review begins\n",
            "    headline: Budget review begins\n    headline: Again\n",
            "Again",
            "`headline` is given twice, first on line 27\n    Remove one of the two.",
            id="key given twice",
        ),
        pytest.param(
            "timeline.yaml",
            "    headline: Budget review begins",
            " headline: Budget review begins",
            "Budget review begins",
            "not YAML: ",
            id="broken indent",
        ),
        pytest.param(
            "figures.yaml",
            "label: Sunday visits in 2019",
            "label: Visits: in 2019",
            "Visits: in 2019",
            "put quotes around a text that has a colon",
            id="bare colon",
        ),
        pytest.param(
            "timeline.yaml", "Budget review begins", "Budget \x07begins", "\x07", "not YAML", id="control character"
        ),
        pytest.param(
            "positions.yaml",
            "order: alphabetical",
            "order: &a [*a]",
            "order: &a",
            "a value contains itself",
            id="anchor in itself",
        ),
        pytest.param("article.md", "---\ntitle:", "title:", "title:", "the front matter is missing", id="no head"),
        pytest.param(
            "article.md", "sheet: a3\n---", "sheet: a3", "---", "the front matter does not end", id="unended head"
        ),
        pytest.param(
            "timeline.yaml",
            "headline: First self-service pilot",
            "headline: First #pilot",
            "#pilot",
            "the text ends before `#pilot`: in YAML, a space and # start a comment\n    Put quotes",
            id="hashtag cut",
        ),
        pytest.param(
            "article.md",
            "publisher: Plain Record",
            "publisher: Plain #Record",
            "#Record",
            "the text ends before `#Record`",
            id="hashtag cut in the head",
        ),
        pytest.param("article.md", "sheet: a3", "sheet: a5", "a5", "`a5` is not a sheet: write a3, tabloid", id="enum"),
        pytest.param(
            "positions.yaml", "order: alphabetical", "order: by size", "by size", "`order` is `by size`", id="literal"
        ),
        pytest.param(
            "timeline.yaml",
            "weight: 1\n    sources: [hl-report-2017]",
            "weight: 5\n    sources: [hl-report-2017]",
            "weight: 5",
            "`weight` is `5`: it must be at most 3",
            id="number too large",
        ),
        pytest.param(
            "article.md",
            "https://creativecommons.org/licenses/by/4.0/",
            "creativecommons.org",
            "creativecommons.org",
            "`creativecommons.org` is not a web address: it must start with",
            id="wrong address",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(
    article_copy: ArticleCopy, name: str, old: str, new: str, at: str, message: str
) -> None:
    article_copy.replace(name, old, new)
    found = [problem for problem in problems(article_copy.folder) if message in str(problem)]
    assert [(problem.path, problem.line) for problem in found] == [
        (article_copy.folder / name, article_copy.line(name, at))
    ]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        pytest.param(
            lambda path: (path.unlink(), path.symlink_to("gone.yaml")),
            "`positions.yaml` is a link to a file that is missing",
            id="link to nothing",
        ),
        pytest.param(
            lambda path: path.write_bytes("order: détente".encode("latin-1")),
            "byte 8 is not UTF-8 text\n    Save the file as UTF-8.",
            id="not UTF-8",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    article_copy: ArticleCopy, spoil: Callable[[Path], object], message: str
) -> None:
    path = article_copy.folder / "positions.yaml"
    spoil(path)
    (problem,) = problems(article_copy.folder)
    assert (problem.path, problem.line) == (path, 1)
    assert message in str(problem)


def test_an_absent_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(TriptychError, match="nowhere: no such article folder"):
        read.files(tmp_path / "nowhere")


def test_a_byte_order_mark_does_no_harm(article_copy: ArticleCopy) -> None:
    for path in article_copy.folder.glob("*.[my]*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert read.files(article_copy.folder)[0].article.front.title == "Sunday opening at Harrowby's public libraries"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("id: budget-review", "id: Budget Review", id="pattern"),
        pytest.param("events:\n", "events: []\nmore:\n", id="empty list"),
        pytest.param("events:\n", "", id="list for fields"),
        pytest.param("headline: Budget review begins", "headline:", id="empty text"),
        pytest.param("headline: Budget review begins", "headline: [Budget, review]", id="list for text"),
    ],
)
def test_a_message_is_for_an_author_not_a_programmer(article_copy: ArticleCopy, old: str, new: str) -> None:
    article_copy.replace("timeline.yaml", old, new)
    message = str(problems(article_copy.folder)[0])
    for word in ("``", "string", "tuple", "dictionary", "instance", "validation", "pattern", "^["):
        assert word not in message


def test_all_problems_are_told_at_once_in_file_order(article_copy: ArticleCopy) -> None:
    article_copy.replace("timeline.yaml", "2024-10-01", "2024-13-01")
    article_copy.replace("timeline.yaml", "2015-03-02", "2015-03-32")
    title = article_copy.line("article.md", "title:")
    article_copy.replace("article.md", "title: Sunday", "titel: Sunday")
    (article_copy.folder / "sources.yaml").write_text("references: none", encoding="utf-8")
    found = problems(article_copy.folder)
    assert [(problem.path.name, problem.line) for problem in found] == [
        ("article.md", 1),
        ("article.md", title),
        ("sources.yaml", 1),
        ("timeline.yaml", article_copy.line("timeline.yaml", "2015-03-32")),
        ("timeline.yaml", article_copy.line("timeline.yaml", "2024-13-01")),
    ]


@pytest.mark.parametrize("text", ["2016", "no", "1.0", "007", "1e3", "~"])
def test_a_value_is_the_text_that_the_author_wrote(article_copy: ArticleCopy, text: str) -> None:
    article_copy.replace("article.md", "number: 7", f"number: {text}")
    article_copy.replace("figures.yaml", "value: 63%", f"value: {text}")
    article = read.files(article_copy.folder)[0].article
    assert (article.front.number, article.figures[4].value) == (text, text)


def test_a_language_without_words_names_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "en.po").touch()
    with pytest.raises(TriptychError, match="there are no words for the language `fr`; known: en\n"):
        words.words("fr", Templates((tmp_path,)))
