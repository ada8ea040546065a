from pathlib import Path

import pytest

from tests.conftest import ArticleCopy
from triptych import check, read

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

# Rule, file, what stands there, what a careless author writes, where the problem is, and what is said of it.
CASES = [
    (
        "citations_exist",
        "article.md",
        "[@hcc-consultation, table 4]",
        "[@hcc-consultations, table 4]",
        "In the published results",
        "source `hcc-consultations` is cited but not in sources.yaml\n    Did you mean `hcc-consultation`?",
    ),
    (
        "citations_exist",
        "article.md",
        "before November 2018. [@hl-timetable]",
        "before November 2018. [@hl-timetabel]",
        "- No Harrowby branch",
        "`hl-timetabel` is cited",
    ),
    (
        "citations_exist",
        "article.md",
        "not each person.",
        "not each person. [@nowhere]",
        "[^counters]: A",
        "`nowhere` is cited",
    ),
    (
        "citations_exist",
        "figures.yaml",
        "sources: [hcc-workforce]",
        "sources: [nowhere]",
        "sources: [nowhere]",
        "`nowhere` is cited",
    ),
    (
        "citations_exist",
        "timeline.yaml",
        "sources: [hl-report-2017]",
        "sources: [nowhere]",
        "sources: [nowhere]",
        "`nowhere` is cited",
    ),
    (
        "citations_exist",
        "positions.yaml",
        "sources: [jcp-agreement]",
        "sources: [nowhere]",
        "sources: [nowhere]",
        "`nowhere` is cited",
    ),
    # The same where a text, not a list, cites it.
    (
        "citations_exist",
        "article.md",
        "The cost is in dispute.",
        "The cost is in dispute. [@nowhere]",
        "factsheet-deck",
        "`nowhere` is cited",
    ),
    (
        "citations_exist",
        "article.md",
        "a numbered source.",
        "a source. [@nowhere]",
        "method:",
        "`nowhere` is cited",
    ),
    (
        "citations_exist",
        "timeline.yaml",
        "gives the year but not the month.",
        "gives the year. [@nowhere]",
        "summary: One branch",
        "`nowhere` is cited",
    ),
    (
        "citations_exist",
        "figures.yaml",
        "Door counts, all trial branches",
        "Door counts [@nowhere]",
        "basis: Door counts",
        "`nowhere` is cited",
    ),
    (
        "citations_exist",
        "positions.yaml",
        "The trial rota was voluntary.",
        "The trial rota was voluntary. [@nowhere]",
        "- text: The trial rota",
        "`nowhere` is cited",
    ),
    (
        "citations_exist",
        "article.md",
        "paper: a4",
        SUPPORT.format("by day [@nowhere]", ""),
        "description: by day",
        "`nowhere` is cited",
    ),
    (
        "citations_exist",
        "article.md",
        "paper: a4",
        SUPPORT.format("by day", "nowhere"),
        "sources: [nowhere]",
        "`nowhere` is cited",
    ),
    (
        "passages_exist",
        "timeline.yaml",
        "passages: [pilot]",
        "passages: [pilots]",
        "passages: [pilots]",
        "passage `pilots` is not in article.md\n    Did you mean `pilot`?",
    ),
    (
        "passages_exist",
        "figures.yaml",
        "passages: [posts]",
        "passages: [nowhere]",
        "passages: [nowhere]",
        "passage `nowhere` is not in article.md",
    ),
    (
        "passages_exist",
        "positions.yaml",
        "passages: [pilot]",
        "passages: [nowhere]",
        "passages: [nowhere]",
        "passage `nowhere` is not in article.md",
    ),
    (
        "names_are_unique",
        "timeline.yaml",
        "id: full-year",
        "id: permanent",
        "id: permanent\n    date: 2024",
        "id `permanent` is given twice\n    Give each its own.",
    ),
    (
        "names_are_unique",
        "figures.yaml",
        "id: posts",
        "id: vote",
        "id: vote\n    value: 31",
        "id `vote` is given twice",
    ),
    (
        "names_are_unique",
        "sources.yaml",
        "id: jcp-agreement",
        "id: jcp-note",
        "id: jcp-note\n    type: document\n    title: Interim",
        "id `jcp-note` is given twice",
    ),
    (
        "names_are_unique",
        "article.md",
        "{#posts}",
        "{#branches}",
        "The present hours",
        "passage `branches` is named twice\n    Give each its own name.",
    ),
    (
        "texts_keep_their_budget",
        "article.md",
        "title: Sunday",
        f"title: {'a' * 16} Sunday",
        "title:",
        "`title` has 62 characters; 60 are allowed\n    Cut 2.",
    ),
    (
        "texts_keep_their_budget",
        "article.md",
        "  How one city's",
        "  How a a a a a a a a a a one city's",
        "deck: >-",
        "`deck` has 36 words; 35 are allowed\n    Cut 1.",
    ),
    (
        "texts_keep_their_budget",
        "article.md",
        "deck: Since",
        f"deck: {'a ' * 21}Since",
        "factsheet-deck:",
        "`factsheet-deck` has 36 words; 35 are allowed",
    ),
    (
        "texts_keep_their_budget",
        "timeline.yaml",
        "All branches close",
        "a" * 56,
        "headline: aaa",
        "`headline` has 56 characters; 55 are allowed",
    ),
    (
        "texts_keep_their_budget",
        "timeline.yaml",
        "Fourteen branches open",
        "a a a a a a a a a a a a a a a a a a",
        "summary: a a",
        "`summary` has 29 words; 28 are allowed",
    ),
    (
        "texts_keep_their_budget",
        "figures.yaml",
        "Council vote on the trial",
        "a b c d e f g",
        "label: a b",
        "`label` has 7 words; 6 are allowed",
    ),
    (
        "texts_keep_their_budget",
        "figures.yaml",
        "Door counts, all trial branches",
        "a b c d e f g h i j k l m",
        "basis: a b",
        "`basis` has 13 words; 12 are allowed",
    ),
]


def test_a_clean_article_has_no_problem(harrowby: Path) -> None:
    assert check.problems(read.article(harrowby)) == ()


def test_every_rule_has_a_case() -> None:
    assert {case[0] for case in CASES} == {rule.__name__ for rule in check.RULES}


@pytest.mark.parametrize(("rule", "name", "old", "new", "at", "message"), CASES)
def test_a_broken_rule_is_told_with_its_place(
    article_copy: ArticleCopy, rule: str, name: str, old: str, new: str, at: str, message: str
) -> None:
    article_copy.replace(name, old, new)
    files = read.article(article_copy.folder)
    (generator,) = (generator for generator in check.RULES if generator.__name__ == rule)
    (problem,) = generator(files)
    assert problem in check.problems(files)
    assert (problem.path.name, problem.line) == (name, article_copy.line(name, at))
    assert message in str(problem)


def test_marks_and_citations_do_not_count_against_a_budget(article_copy: ArticleCopy) -> None:
    article_copy.replace("timeline.yaml", "All branches close", f"'*{'a' * 55}* [@hcc-closure, p. 4; @jcp-note]'")
    assert check.problems(read.article(article_copy.folder)) == ()
