"""What ties an entry to its passage and its source, what changed beside the statements, and what a person accepts."""

import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import tiny
from tests.conftest import ArticleCopy
from triptych.check import rules, ties
from triptych.content.errors import Problem

SOURCES = [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]
EVENT = {"date": "2018", "headline": "It met", "passages": ["one"]}


def loose(prose: str, **entries: Any) -> list[tuple[str, int]]:
    """The code and the line of each problem."""
    article = tiny.article(prose, references=SOURCES, **entries)
    return [(problem.code, problem.line) for problem in ties.loose(tiny.files(article))]


@pytest.mark.parametrize(
    ("prose", "sources", "told"),
    [
        pytest.param("it met [@a] {#one}", ["a"], [], id="cited"),
        pytest.param("it met [@a] {#one}", ["a", "b"], ["uncited-source"], id="not cited"),
        pytest.param("it met [@b]\n\nin May [@a] {#one}", ["b"], [], id="cited in the paragraph before, of one name"),
        pytest.param("it met {#one}\n\nso [@a; @b]", ["a"], [], id="a passage that cites nothing refuses nothing"),
    ],
)
def test_each_source_of_an_entry_is_cited_in_its_passage(prose: str, sources: list[str], told: list[str]) -> None:
    assert [code for code, _ in loose(prose, events=[EVENT | {"sources": sources}])] == told


@pytest.mark.parametrize(("standing", "told"), [("unconfirmed", ["unconfirmed-figure"]), ("disputed", [])])
def test_a_key_figure_rests_on_no_unconfirmed_passage(standing: str, told: list[str]) -> None:
    prose = f"nine met [@a] {{#one .{standing}}}"
    figures = [{"id": "met", "value": "9", "label": "Met", "passages": ["one"]}]
    assert [code for code, _ in loose(prose, figures=figures)] == told


@pytest.mark.parametrize(
    ("prose", "lines"),
    [
        pytest.param("so [@a] {#one}\n\nand so\n\n## Now\n\nso [@b]", [3], id="neither a name nor a source"),
        pytest.param("and so\n\nso [@a] {#one}", [], id="a name after it covers it too"),
        pytest.param("so [@a] {#one}\n\nas here:\n\n- so", [], id="words before a list"),
        pytest.param("and so", [], id="an article without names has none to give"),
    ],
)
def test_each_paragraph_has_a_name_or_a_source(prose: str, lines: list[int]) -> None:
    assert loose(prose) == [("untied-paragraph", line) for line in lines]


def committed(folder: Path) -> None:
    for words in ("init -q", "add -A", "-c user.name=a -c user.email=a@example.org commit -qm a"):
        subprocess.run(["git", *words.split()], cwd=folder, check=True)


def test_an_event_of_another_weight_or_place_than_in_the_last_commit_is_told(article_copy: ArticleCopy) -> None:
    article_copy.replace("timeline.yaml", "date: 2018-11-17", "date: 2018-11-04")
    text = (article_copy.folder / "timeline.yaml").read_text(encoding="utf-8")
    committed(article_copy.folder)
    assert changed(article_copy) == []
    content = yaml.safe_load(text)
    events = content["events"]
    places = [place for place, event in enumerate(events) if str(event["date"]) == "2018-11-04"]
    events[places[0]], events[places[1]] = events[places[1]], events[places[0]]
    next(event for event in events if event["id"] == "vote")["weight"] = 1
    (article_copy.folder / "timeline.yaml").write_text(yaml.safe_dump(content), encoding="utf-8")
    weight, order = sorted(changed(article_copy), key=lambda problem: "weight" not in problem.message)
    assert weight.message == "the weight of event `vote` is `1`, and `3` in the last commit"
    assert "of the same day, and after it in the last commit" in order.message
    article_copy.replace("article.md", "paper: a4", "status: final\npaper: a4")
    assert all(problem.warning for problem in changed(article_copy)), "only a person can judge it"


def changed(article_copy: ArticleCopy) -> list[Problem]:
    return [problem for problem in rules.problems(article_copy.folder)[1] if problem.code == "changed-event"]


def accepting(article_copy: ArticleCopy, **entry: str) -> list[Problem]:
    """The problems of an article that says 3,128 visits, with one more acceptance."""
    article_copy.replace("timeline.yaml", "record 3,127 visits", "record 3,128 visits")
    given = {"code": "untraced-number", "at": "event first-sunday", "about": "3,128", "by": "Ada", "reason": "Seen."}
    article_copy.replace(
        "article.md",
        "accept:\n",
        f"accept:\n  - {yaml.safe_dump({**given, **entry}).replace(chr(10), chr(10) + '    ')}\n",
    )
    return list(rules.problems(article_copy.folder)[1])


def test_an_accepted_problem_is_told_no_more(article_copy: ArticleCopy) -> None:
    assert accepting(article_copy) == []


@pytest.mark.parametrize(
    "entry",
    [{"about": "3,129"}, {"at": "event second-sunday"}, {"code": "untraced-name"}],
    ids=["words", "place", "kind"],
)
def test_an_acceptance_of_another_problem_is_told_beside_it(article_copy: ArticleCopy, entry: dict[str, str]) -> None:
    assert {problem.code for problem in accepting(article_copy, **entry)} == {"untraced-number", "unused-accept"}


def test_what_is_surely_wrong_cannot_be_accepted(article_copy: ArticleCopy) -> None:
    found = [problem.message for problem in accepting(article_copy, code="bad-date") if problem.code == "unused-accept"]
    assert found == ["`bad-date` cannot be accepted"]
