"""Mistakes that authors make, seeded one at a time into a copy of the first article: each is told where it is."""

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import PROJECT, ArticleCopy
from triptych.check import rules
from triptych.content import prose

HIMTOO = PROJECT / "content" / "himtoo"

# File, what stands there, what a careless author writes, the kind of problem, and a text on the line that is named.
MISTAKES = [
    ("article.md", "---\n# yaml-language-server", "# yaml-language-server", "no-front-matter", "# yaml"),
    ("article.md", "sheet: a2\n---\n", "sheet: a2\n", "no-front-matter", "---"),
    ("article.md", 'title: "#HimToo: one hashtag, several meanings"\n', "", "missing-field", "---"),
    ("article.md", 'title: "#HimToo: one hashtag', "title: #HimToo: one hashtag", "wrong-value", "title:"),
    ("article.md", "publisher: Triptych", "publishers: Triptych", "unknown-field", "publishers"),
    ("article.md", "publisher: Triptych", "publisher: Triptych\npublisher: Us", "repeated-key", "publisher: Us"),
    ("article.md", "publisher: Triptych", "publisher: Triptych #1", "cut-text", "#1"),
    ("article.md", "publisher: Triptych", "publisher: [Triptych", "not-yaml", "number: 1"),
    ("article.md", "publisher: Triptych", "\tpublisher: Triptych", "not-yaml", "\tpublisher"),
    ("article.md", "date: 2026-11-28\nevid", "date: 28 November\nevid", "wrong-value", "date: 28"),
    ("article.md", "evidence-to: 2024-12-31", "evidence-to: 2024-12-32", "wrong-value", "evidence-to"),
    ("article.md", "language: en-GB", "language: English please", "bad-language", "language: English"),
    ("article.md", "sheet: a2", "sheet: a9", "bad-sheet", "sheet: a9"),
    ("article.md", "sheet: a2", "sheet: 5x5mm", "bad-sheet", "sheet: 5x5mm"),
    ("article.md", "paper: a4", "paper: a5", "wrong-value", "paper: a5"),
    ("article.md", "https://rainn.org", "rainn.org", "bad-address", "url: rainn.org"),
    ("article.md", "among other uses. [@npr]", "among other uses. [@nrp]", "unknown-source", "among other uses"),
    ("article.md", "in 2015. [@lake]", "in 2015. [@lakes]", "unknown-source", "only began in 2015"),
    ("article.md", "{#everyday-use}", "{#meanings}", "repeated-passage", "By about 2015"),
    ("article.md", "No archive", "No [archive](#archives)", "broken-link", "archives"),
    ("article.md", "No archive", "No [archive](htp://x)", "broken-link", "htp://x"),
    ("article.md", "## Figures", "![A map](map.png)\n\n## Figures", "missing-picture", "map.png"),
    ("article.md", "{#lifetime-survey}", "{#lifetime-survey .disputed}", "one-sided", "{#lifetime-survey"),
    (
        "article.md",
        "widely used around Brett Kavanaugh's",
        "used by 90 per cent around Brett Kavanaugh's",
        "untraced-number",
        "90 per",
    ),
    ("article.md", "around Brett Kavanaugh's", "around Brett Cavanaugh's", "untraced-name", "Cavanaugh"),
    (
        "article.md",
        "had been sexually assaulted. [@npr] {#men",
        "were hit by a perpetrator. [@npr] {#men",
        "avoided-word",
        "perpetrator",
    ),
    (
        "article.md",
        "Police called it a hoax",
        "made it public as a hoax",
        "unattributed-term",
        "made it public as a hoax",
    ),
    (
        "article.md",
        "one hashtag, several meanings",
        "one hashtag, and its several different meanings over time",
        "too-long",
        "title:",
    ),
    ("article.md", "How one hashtag has stood", f"{'Very ' * 30}briefly, how it stood", "too-long", "deck: >-"),
    ("timeline.yaml", 'date: "2017-10-15"', 'date: "15 October 2017"', "bad-date", "15 October 2017"),
    ("timeline.yaml", 'date: "2017-10-15"', 'date: "2017-10-35"', "bad-date", "2017-10-35"),
    ("timeline.yaml", 'date: "2017-10-15"', 'date: "2017-10-14"', "untraced-date", "2017-10-14"),
    ("timeline.yaml", 'date: "2018-11-17"', 'date: "2017-11-17"', "untraced-date", "2017-11-17"),
    ("timeline.yaml", "[2018-10-08..2018-10-09]", "2018-10-09/2018-10-08", "impossible-interval", "2018-10-09/2018"),
    ("timeline.yaml", "[2018-10-08..2018-10-09]", "../..", "impossible-interval", '"../.."'),
    ("timeline.yaml", "  - id: metoo", "  - id: Me Too", "wrong-value", "Me Too"),
    ("timeline.yaml", "  - id: metoo", "  - id: election", "repeated-id", 'election\n    date: "2017'),
    (
        "timeline.yaml",
        "    headline: The Senate confirmed",
        "    headlne: The Senate confirmed",
        "unknown-field",
        "headlne",
    ),
    (
        "timeline.yaml",
        "    headline: The Senate confirmed",
        "   headline: The Senate confirmed",
        "not-yaml",
        "   headline: The Senate",
    ),
    ("timeline.yaml", "summary: A mother wrote that", "summary: A mother wrote: that", "not-yaml", "A mother wrote:"),
    (
        "timeline.yaml",
        "headline: Portland saw two rallies",
        "headline: Portland saw nine rallies",
        "untraced-number",
        "nine",
    ),
    ("timeline.yaml", "50 votes to 48", "51 votes to 48", "untraced-number", "51 votes"),
    ("timeline.yaml", "over 277,000", "over 227,000", "untraced-number", "227,000"),
    ("timeline.yaml", "Tim Kaine. Some", "Tom Kaine. Some", "untraced-name", "Tom Kaine"),
    ("timeline.yaml", "#MeToo became a mass", "#MeTo became a mass", "untraced-name", "#MeTo "),
    ("timeline.yaml", "The son replied; parody", "Pieter Hanson replied; parody", "barred-name", "Pieter Hanson"),
    (
        "timeline.yaml",
        "Some used it for male survivors",
        f"Some used it for male survivors{' and others' * 3}",
        "too-long",
        "and others",
    ),
    (
        "timeline.yaml",
        "passages: [election-2016]\n\n",
        "passages: [election-2015]\n\n",
        "unknown-passage",
        "election-2015",
    ),
    ("timeline.yaml", "sources: [makers]", "sources: [maker]", "unknown-source", "[maker]"),
    ("timeline.yaml", "sources: [makers]", "sources: []", "no-source", "- id: metoo"),
    ("timeline.yaml", "sources: [makers]", "sources: makers", "wrong-value", "sources: makers"),
    ("timeline.yaml", "sources: [makers]", "sources: [makers]\n    standing: disputed", "unfit-standing", "standing"),
    ("timeline.yaml", "sources: [makers]", "sources: [makers]\n    standing: likely", "wrong-value", "likely"),
    ("figures.yaml", "value: 22.9%", "value: 29.2%", "untraced-number", "29.2"),
    ("figures.yaml", "value: 2–10%", "value: 2–20%", "untraced-number", "2–20"),
    ("figures.yaml", "value: 22.9%\n", "value:\n", "wrong-value", "value:\n"),
    ("figures.yaml", "1,927 to", "1,972 to", "untraced-number", "1,972"),
    ("figures.yaml", "label: Tweets studied", "label: Tweets that were studied by two people", "too-long", "that were"),
    (
        "figures.yaml",
        "label: Women / men, sexual assault",
        "label: Women / men, any harassment",
        "two-values",
        "27% / 7%",
    ),
    (
        "figures.yaml",
        "attribution: Boyle and Rathnayake",
        "attribution: Boyle and Rathnayaka",
        "untraced-name",
        "Rathnayaka",
    ),
    ("figures.yaml", "passages: [unfounded]", "passages: []", "no-passage", "- id: unfounded-1996"),
    ("figures.yaml", "    sources: [nre]\n", "", "no-source", "- id: exonerations"),
    ("positions.yaml", "order: first involvement", "order: by size", "wrong-value", "by size"),
    (
        "positions.yaml",
        "who say they were falsely accused.",
        'who say they were "wrongly accused".',
        "untraced-quotation",
        "wrongly",
    ),
    ("positions.yaml", ", and asked for due process", "", "unequal-positions", 'says: "Said the post'),
    ("positions.yaml", "Police reported six arrests", "Police reported seven arrests", "untraced-number", "seven"),
    (
        "sources.yaml",
        "type: post-weblog\n    title: How Many",
        "type: post-weblog\n    titel: How Many",
        "missing-field",
        "- id: lohr",
    ),
    ("sources.yaml", "issued: 2018-09-24", "issued: September last", "bad-date", "September last"),
    ("sources.yaml", "  - id: makers", "  - id: lohr", "repeated-id", "lohr\n    type: article-magazine"),
    (
        "sources.yaml",
        "references:\n",
        "references:\n  - {id: spare, type: book, title: Spare}\n",
        "unused-source",
        "spare",
    ),
]


@pytest.fixture
def himtoo(tmp_path: Path) -> ArticleCopy:
    return ArticleCopy(Path(shutil.copytree(HIMTOO, tmp_path / "himtoo")))


def test_there_are_sixty_of_more_than_thirty_kinds() -> None:
    assert len(set(MISTAKES)) >= 60
    assert len({code for _, _, _, code, _ in MISTAKES}) > 30


def test_the_first_article_has_no_error() -> None:
    assert [problem for problem in rules.problems(HIMTOO)[1] if not problem.warning] == []


@pytest.mark.sampled(6)
@pytest.mark.parametrize(("name", "old", "new", "code", "at"), MISTAKES)
def test_a_mistake_is_told_where_it_is(himtoo: ArticleCopy, name: str, old: str, new: str, code: str, at: str) -> None:
    himtoo.replace(name, old, new)
    found = [problem for problem in rules.problems(himtoo.folder)[1] if problem.code == code]
    assert (himtoo.folder / name, himtoo.line(name, at)) in [(problem.path, problem.line) for problem in found]
    for problem in found:
        assert problem.message
        for word in ("Traceback", "pydantic", "NoneType", "validation", "Input should"):
            assert word not in str(problem)


def test_the_table_of_statements_names_passages_with_their_marks() -> None:
    table = (PROJECT / "docs" / "himtoo-statements.md").read_text(encoding="utf-8").partition("| --- |")[2]
    passages = prose.texts(rules.problems(HIMTOO)[0].article.prose)
    named = re.findall(r"`([a-z0-9-]+)`(?: ([≠†?]))?", table)
    assert len(named) > 80
    assert {(name, mark) for name, mark in named if mark and mark != prose.MARKS.get(passages[name].standing)} == set()
    assert {name for name, _ in named} <= passages.keys()
    doubtful = [row for row in table.splitlines() if re.search(r"\| not (found|verified) \|", row)]
    assert len(doubtful) == 5
    assert [row for row in doubtful if not re.search(r"` \?", row)] == []
