from pathlib import Path

import pytest

from tests.conftest import ArticleCopy
from triptych.check import rules
from triptych.content.errors import Problem

SUPPORT = """\
support:
  note: Checked on 14 March 2025.
  resources:
    - name: Library desk
      contact: 01234 567890
      url: https://example.org/
      description: {}
      sources: [{}]
paper: a4"""

# Code, file, what stands there, what a careless author writes, where the problem is, and what is said of it.
CASES = [
    (
        "unknown-source",
        "article.md",
        "[@hcc-consultation, table 4]",
        "[@hcc-consultations, table 4]",
        "In the published results",
        "source `hcc-consultations` is cited but not in sources.yaml\n    Did you mean `hcc-consultation`?",
    ),
    (
        "unknown-source",
        "article.md",
        "before November 2018. [@hl-timetable]",
        "before November 2018. [@hl-timetabel]",
        "- No Harrowby branch",
        "`hl-timetabel` is cited",
    ),
    (
        "unknown-source",
        "article.md",
        "not each person.",
        "not each person. [@nowhere]",
        "[^counters]: A",
        "`nowhere` is cited",
    ),
    (
        "unknown-source",
        "figures.yaml",
        "sources: [hcc-workforce]",
        "sources: [nowhere]",
        "sources: [nowhere]",
        "`nowhere` is cited",
    ),
    (
        "unknown-source",
        "timeline.yaml",
        "sources: [hl-report-2017]",
        "sources: [nowhere]",
        "sources: [nowhere]",
        "`nowhere` is cited",
    ),
    (
        "unknown-source",
        "positions.yaml",
        "sources: [jcp-agreement]",
        "sources: [nowhere]",
        "sources: [nowhere]",
        "`nowhere` is cited",
    ),
    # The same where a text, not a list, cites it.
    (
        "unknown-source",
        "article.md",
        "The cost is in dispute.",
        "The cost is in dispute. [@nowhere]",
        "factsheet-deck",
        "`nowhere` is cited",
    ),
    (
        "unknown-source",
        "article.md",
        "a numbered source.",
        "a source. [@nowhere]",
        "method:",
        "`nowhere` is cited",
    ),
    (
        "unknown-source",
        "timeline.yaml",
        "gives the year but not the month.",
        "gives the year. [@nowhere]",
        "summary: One branch",
        "`nowhere` is cited",
    ),
    (
        "unknown-source",
        "figures.yaml",
        "Door counts, all trial branches",
        "Door counts [@nowhere]",
        "basis: Door counts",
        "`nowhere` is cited",
    ),
    (
        "unknown-source",
        "positions.yaml",
        "The trial rota was voluntary.",
        "The trial rota was voluntary. [@nowhere]",
        "- text: The trial rota",
        "`nowhere` is cited",
    ),
    (
        "unknown-source",
        "article.md",
        "paper: a4",
        SUPPORT.format("by day [@nowhere]", ""),
        "description: by day",
        "`nowhere` is cited",
    ),
    (
        "unknown-source",
        "article.md",
        "paper: a4",
        SUPPORT.format("by day", "nowhere"),
        "sources: [nowhere]",
        "`nowhere` is cited",
    ),
    (
        "unknown-passage",
        "timeline.yaml",
        "passages: [pilot]",
        "passages: [pilots]",
        "passages: [pilots]",
        "passage `pilots` is not in article.md\n    Did you mean `pilot`?",
    ),
    (
        "unknown-passage",
        "figures.yaml",
        "passages: [posts]",
        "passages: [nowhere]",
        "passages: [nowhere]",
        "passage `nowhere` is not in article.md",
    ),
    (
        "unknown-passage",
        "positions.yaml",
        "passages: [pilot]",
        "passages: [nowhere]",
        "passages: [nowhere]",
        "passage `nowhere` is not in article.md",
    ),
    (
        "repeated-id",
        "timeline.yaml",
        "id: full-year",
        "id: permanent",
        "id: permanent\n    date: 2024",
        "id `permanent` is used twice\n    Give each its own id.",
    ),
    (
        "repeated-id",
        "figures.yaml",
        "id: posts",
        "id: vote",
        "id: vote\n    value: 31",
        "id `vote` is used twice",
    ),
    (
        "repeated-id",
        "sources.yaml",
        "id: jcp-agreement",
        "id: jcp-note",
        "id: jcp-note\n    type: document\n    title: Interim",
        "id `jcp-note` is used twice",
    ),
    (
        "repeated-passage",
        "article.md",
        "{#posts}",
        "{#branches}",
        "The present hours",
        "passage name `branches` is used twice\n    Give each its own name.",
    ),
    (
        "too-long",
        "article.md",
        "title: Sunday",
        f"title: {'a' * 16} Sunday",
        "title:",
        "`title` has 62 characters; 60 are planned\n    Cut 2.",
    ),
    (
        "too-long",
        "article.md",
        "  How one city's",
        "  How a a a a a a a a a a one city's",
        "deck: >-",
        "`deck` has 36 words; 35 are planned\n    Cut 1.",
    ),
    (
        "too-long",
        "article.md",
        "deck: Since",
        f"deck: {'a ' * 21}Since",
        "factsheet-deck:",
        "`factsheet-deck` has 36 words; 35 are planned",
    ),
    (
        "too-long",
        "timeline.yaml",
        "All branches close",
        "a" * 56,
        "headline: aaa",
        "`headline` has 56 characters; 55 are planned",
    ),
    (
        "too-long",
        "timeline.yaml",
        "Fourteen branches open",
        "a a a a a a a a a a a a a a a a a a",
        "summary: a a",
        "`summary` has 29 words; 28 are planned",
    ),
    (
        "too-long",
        "figures.yaml",
        "Council vote on the trial",
        "a b c d e f g",
        "label: a b",
        "`label` has 7 words; 6 are planned",
    ),
    (
        "too-long",
        "figures.yaml",
        "Door counts, all trial branches",
        "a b c d e f g h i j k l m",
        "basis: a b",
        "`basis` has 13 words; 12 are planned",
    ),
]


def problems(folder: Path) -> tuple[Problem, ...]:
    return rules.problems(folder)[1]


def test_a_clean_article_has_no_problem(harrowby: Path) -> None:
    assert problems(harrowby) == ()


@pytest.mark.sampled(3)
@pytest.mark.parametrize(("code", "name", "old", "new", "at", "message"), CASES)
def test_a_fault_is_told_with_its_place(
    article_copy: ArticleCopy, code: str, name: str, old: str, new: str, at: str, message: str
) -> None:
    article_copy.replace(name, old, new)
    (problem,) = (problem for problem in problems(article_copy.folder) if problem.code == code)
    assert (problem.path.name, problem.line) == (name, article_copy.line(name, at))
    assert message in str(problem)


def test_marks_and_citations_do_not_count_against_a_budget(article_copy: ArticleCopy) -> None:
    article_copy.replace("timeline.yaml", "All branches close", f"'*{'a' * 55}* [@hcc-closure, p. 4; @jcp-note]'")
    assert problems(article_copy.folder) == ()


def test_shape_and_references_are_told_at_once(article_copy: ArticleCopy) -> None:
    """An entry without its shape hides no fault of another, and makes none."""
    article_copy.replace("timeline.yaml", "2018-11-17", "2018-13-17")
    article_copy.replace("sources.yaml", "    type: report\n    title: Paper", "    type: report\n    titel: Paper")
    article_copy.replace(
        "figures.yaml", "passages: [two-estimates]\n\n  - id: union", "passages: [none]\n\n  - id: union"
    )
    assert [(problem.path.name, problem.code) for problem in problems(article_copy.folder)] == [
        ("figures.yaml", "unknown-passage"),
        ("sources.yaml", "missing-field"),
        ("timeline.yaml", "bad-date"),
    ]


@pytest.mark.sampled(3)
@pytest.mark.parametrize("text", ["- a", "a: b", "events: x", "events: [1]", "[", "\x00", "events: [{}]", "~"])
@pytest.mark.parametrize("name", ["article.md", "timeline.yaml", "figures.yaml", "positions.yaml", "sources.yaml"])
def test_whatever_a_file_holds_is_told_and_never_a_crash(article_copy: ArticleCopy, name: str, text: str) -> None:
    (article_copy.folder / name).write_text(text, encoding="utf-8")
    assert {problem.path.name for problem in problems(article_copy.folder)} >= {name}


def test_a_warning_stops_no_build(article_copy: ArticleCopy) -> None:
    article_copy.replace("sources.yaml", "references:\n", "references:\n  - {id: spare, type: report, title: Spare}\n")
    (warning,) = rules.checked(article_copy.folder)[1]
    assert (warning.code, warning.warning) == ("unused-source", True)


def test_house_rules_may_stand_beside_all_articles(article_copy: ArticleCopy) -> None:
    (article_copy.folder.parent / "style.yaml").write_text("avoid: {permanent: lasting}", encoding="utf-8")
    assert {problem.code for problem in problems(article_copy.folder)} == {"avoided-word"}


def test_faulty_house_rules_are_told(article_copy: ArticleCopy) -> None:
    (article_copy.folder / "style.yaml").write_text("avoids: {}", encoding="utf-8")
    (problem,) = problems(article_copy.folder)
    assert str(problem).endswith(
        "style.yaml:1:1: unknown-field `avoids` is not a field here\n    Did you mean `avoid`?"
    )
