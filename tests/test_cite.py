import re
from pathlib import Path

import pytest

from tests import tiny
from tests.conftest import TEMPLATES, ArticleCopy
from triptych.check import rules
from triptych.content import cite, read
from triptych.content.cite import Source
from triptych.content.errors import Problem
from triptych.content.model import Article

STYLE = TEMPLATES.file("sources.csl")


def article(folder: Path) -> Article:
    return read.files(folder)[0].article


def source(folder: Path, key: str) -> Source:
    found = cite.sources(article(folder), cite.numbers(article(folder)), STYLE)
    return next(item for item in found if item.key == key)


def problems(folder: Path) -> tuple[Problem, ...]:
    return rules.problems(folder)[1]


def test_sources_are_numbered_by_first_citation(harrowby: Path) -> None:
    numbers = cite.numbers(article(harrowby))
    assert list(numbers.values()) == list(range(1, 18))
    assert list(numbers)[:9] == [
        *("hl-timetable", "hcc-minutes-2018", "finance-paper", "lsu-submission"),  # in brief
        *("hcc-closure", "hl-timetable-2021", "hcc-minutes-2023"),
        *("hcc-consultation", "hl-report-2017"),  # prose
    ]


SUPPORT = """\
support:
  note: Checked in March.
  resources:
    - name: A line
      contact: by letter
      url: https://example.org/line
      description: open always
      sources: [line]
in-brief:
"""


def test_what_the_parties_cite_moves_no_number_of_the_poster(article_copy: ArticleCopy) -> None:
    with (article_copy.folder / "sources.yaml").open("a", encoding="utf-8") as file:
        for key in ("line", "letter"):
            file.write(f"  - id: {key}\n    type: webpage\n    title: A {key}\n    URL: https://example.org/{key}\n")
    article_copy.replace("article.md", "in-brief:\n", SUPPORT)
    article_copy.replace("positions.yaml", "sources: [culture-minutes]", "sources: [letter, culture-minutes]")
    assert list(cite.numbers(article(article_copy.folder)))[-2:] == ["line", "letter"]


def test_sources_are_listed_in_the_order_of_their_numbers(harrowby: Path) -> None:
    numbers = cite.numbers(article(harrowby))
    found = cite.sources(article(harrowby), numbers, STYLE)
    assert {item.key: item.number for item in found} == numbers
    assert [item.number for item in found] == list(range(1, 18))


def test_a_source_that_nobody_cites_is_not_listed(article_copy: ArticleCopy) -> None:
    for name, text in (
        ("article.md", " [@hcc-workforce, table 2]"),
        ("figures.yaml", "    sources: [hcc-workforce]\n"),
    ):
        article_copy.replace(name, text, "")
    assert "hcc-workforce" not in cite.numbers(article(article_copy.folder))


def test_a_source_that_only_a_summary_cites_has_a_number(article_copy: ArticleCopy) -> None:
    for name, text in (
        ("article.md", " [@hcc-workforce, table 2]"),
        ("figures.yaml", "    sources: [hcc-workforce]\n"),
    ):
        article_copy.replace(name, text, "")
    article_copy.replace("timeline.yaml", "not the month.", "not the month. [@hcc-workforce]")
    assert "hcc-workforce" in cite.numbers(article(article_copy.folder))


@pytest.mark.parametrize(
    ("issued", "entry", "short"),
    [
        ("issued: 2018-10-11", ", 11 October 2018.", "JCP agreement 2018"),
        ("issued: 2018-10", ", October 2018.", "JCP agreement 2018"),
        ("issued: 2018", ", 2018.", "JCP agreement 2018"),
        ("issued: {date-parts: [[2018, 10]]}", ", October 2018.", "JCP agreement 2018"),
        ("issued: {date-parts: [['2018', '10', '11']]}", ", 11 October 2018.", "JCP agreement 2018"),
        ("issued: [{year: 2018, month: 10}]", ", October 2018.", "JCP agreement 2018"),
        ("issued: {year: 2018}", ", 2018.", "JCP agreement 2018"),
        ("issued: {raw: 2018-10-11}", ", 11 October 2018.", "JCP agreement 2018"),
        ("language: en", ", undated.", "JCP agreement"),
    ],
)
def test_a_date_of_issue_is_read_in_every_form(article_copy: ArticleCopy, issued: str, entry: str, short: str) -> None:
    article_copy.replace("sources.yaml", "issued: 2018-11-17", issued)
    found = source(article_copy.folder, "jcp-agreement")
    assert found.text_html.replace("&nbsp;", " ").endswith(entry)
    assert found.short == short


@pytest.mark.parametrize(
    "issued",
    ["soon", "{date-parts: []}", "{date-parts: [[soon]]}", "{date-parts: [2018, 11]}", "2018-13-40", "{circa: true}"],
)
def test_a_date_of_issue_that_cannot_be_read_is_a_problem(article_copy: ArticleCopy, issued: str) -> None:
    article_copy.replace("sources.yaml", "issued: 2018-11-17", f"issued: {issued}")
    assert any("issued" in problem.message for problem in problems(article_copy.folder))


def test_an_ampersand_is_escaped_once(harrowby: Path) -> None:
    assert "timetable &amp; first-day counts" in source(harrowby, "hl-counts").text_html


def test_emphasis_is_all_the_markup_that_an_entry_keeps(article_copy: ArticleCopy) -> None:
    article_copy.replace("sources.yaml", "title: Interim", "title: <b>Interim</b> <a href='https://example.org'>x</a>")
    entry = source(article_copy.folder, "jcp-agreement").text_html
    assert "Sunday opening in Harrowby: an evaluation</i>" in source(article_copy.folder, "cps-evaluation").text_html
    assert set(re.findall(r"</?(\w+)", entry)) <= {"i", "b", "em", "sup", "sub"}


def test_straight_quotes_of_a_source_are_curled_wherever_it_is_printed(article_copy: ArticleCopy) -> None:
    article_copy.replace(
        "sources.yaml",
        "title: Branch timetable\n    title-short: HL timetable\n",
        "title: City's timetable\n    title-short: HL's timetable\n",
    )
    article_copy.replace("sources.yaml", "note: Undated, before 2015", "note: It's undated")
    found = source(article_copy.folder, "hl-timetable")
    assert ("City’s" in found.text_html, found.short[:4], found.note[:4]) == (True, "HL’s", "It’s")


@pytest.mark.parametrize(
    ("url", "printed"),
    [
        ("https://www.example.org/", "example.org"),
        ("http://example.org/a/b?c=d", "example.org/a/b?c=d"),
        ("", ""),
    ],
)
def test_an_address_is_printed_without_what_nobody_types(url: str, printed: str) -> None:
    assert cite.printed_address(url) == printed


def test_sources_are_numbered_by_where_they_are_first_cited() -> None:
    """Prose before lists, what the poster prints before positions; of one entry its words before its list."""
    place = {"name": "a", "contact": "b", "url": "https://example.org/"}
    help_ = place | {"description": "c [@help-words]", "sources": ["help"]}
    article = tiny.article(
        "a [@prose]",
        front={
            "support": {"note": "a [@help-note]", "resources": [help_]},
            "corrections": "a [@corrections]",
            "method": "a [@method]",
            "in-brief": ["a [@in-brief]"],
            "factsheet-deck": "a [@factsheet-deck]",
            "deck": "a [@deck]",
        },
        positions={
            "not-known": [{"text": "a", "sources": ["not-known"]}],
            "disputed": [{"text": "a", "sources": ["disputed"]}],
            "agreed": [{"text": "a", "sources": ["agreed"]}],
            "parties": [{"party": "a", "says": "b [@party-words]", "sources": ["party"]}],
        },
        eras=[{"date": "2015", "sources": ["era"]}],
        events=[{"date": "2016", "summary": "a [@event-words]", "sources": ["event"]}],
        figures=[{"basis": "a [@figure-words]", "sources": ["figure"]}],
    )
    assert list(cite.numbers(article)) == [
        *("deck", "factsheet-deck", "in-brief", "prose"),
        *("figure-words", "figure", "event-words", "event", "era"),
        *("method", "corrections", "help-note", "help-words", "help"),
        *("party-words", "party", "agreed", "disputed", "not-known"),
    ]


def test_a_source_keeps_its_first_number_and_keys_of_one_citation_their_order() -> None:
    article = tiny.article("b [@two; @one] c [@one; @three]", front={"deck": "a [@one]"})
    assert cite.numbers(article) == {"one": 1, "two": 2, "three": 3}


LONG = "https://www.example.org/archive/of-the-town/2019/"


@pytest.mark.parametrize(
    ("url", "title", "printed"),
    [
        ("https://example.org/" + 40 * "a", "", "example.org/" + 40 * "a"),
        (LONG + "sunday-opening-a-good-thing-12345", "Sunday opening: a good thing", "example.org"),
        (LONG + "sunday-opening-a-good-thing/12345", "Sunday opening: a good thing", "example.org"),
        (LONG + "sunday-12345-06789-01234", "Sunday opening", LONG[12:] + "sunday-12345-06789-01234"),
        (LONG + "2/000123-456789", "Sunday opening", LONG[12:] + "2/000123-456789"),
        (
            LONG + "sunday-opening/station=A1&format=csv",
            "Sunday opening",
            LONG[12:] + "sunday-opening/station=A1&format=csv",
        ),
        (LONG + "sunday-opening/branches", "Sunday opening", LONG[12:] + "sunday-opening/branches"),
        (LONG + "view?doc=sunday-opening&id=9", "Sunday opening", LONG[12:] + "view?doc=sunday-opening&id=9"),
    ],
    ids=[
        "52 characters are a line",
        "it ends with words of the title",
        "they are not at the end",
        "one word is too few",
        "numbers alone",
        "what is asked for in a path",
        "a page below it",
        "what is asked for is never cut off",
    ],
)
def test_a_long_address_is_whole_unless_the_title_leads_to_the_page(url: str, title: str, printed: str) -> None:
    assert cite.printed_address(url, title) == printed


@pytest.mark.parametrize(
    ("record", "short"),
    [
        ({"title": "Long title", "title-short": "Own", "container-title-short": "Jl", "issued": "2018"}, "Own 2018"),
        ({"title": "Long title", "container-title-short": "Jl", "issued": "2018-10"}, "Jl 2018"),
        ({"title": "Long title", "container-title": "The Journal", "issued": "2018"}, "Long title 2018"),
        ({"title": "Long title"}, "Long title"),
        ({"title": "Survey 2018", "issued": "2018-10"}, "Survey 2018"),
        ({"title": "Minutes, part 12", "issued": "2018"}, "Minutes, part 12, 2018"),
        ({"title": 'Its "title" 2-3'}, "Its “title” 2–3"),
    ],
    ids=[
        "its own short title first",
        "the short name of its journal",
        "else its title",
        "without a year",
        "its year once",
        "apart from a number before it",
        "typographic",
    ],
)
def test_a_source_has_a_short_name_and_its_year(record: dict[str, str], short: str) -> None:
    article = tiny.article("a [@one]", references=[{"id": "one", **record}])
    (found,) = cite.sources(article, cite.numbers(article), STYLE)
    assert found.short == short


def test_the_note_and_the_day_of_access_stand_apart_from_the_entry() -> None:
    record = {
        "id": "one",
        "title": "Title",
        "note": "Read as a copy",
        "accessed": "2024-07-05",
        "URL": "https://e.org/x",
    }
    article = tiny.article("a [@one]", references=[record])
    (found,) = cite.sources(article, cite.numbers(article), STYLE)
    assert (found.note, found.url, found.address) == ("Read as a copy", "https://e.org/x", "e.org/x")
    assert [word for word in ("copy", "2024", "e.org") if word in found.text_html] == []


@pytest.mark.parametrize(
    ("language", "spoken", "title", "entry"),
    [
        (
            "fr",
            "en",
            "Will it be: a “yes”?",
            '«\u00a0<bdi class="as-typed" lang="en">Will it be: a “yes”?</bdi>\u00a0»',
        ),
        ("fr", "en-GB", "Is it 63%!", '«\u00a0<bdi class="as-typed" lang="en-GB">Is it 63%!</bdi>\u00a0»'),
        ("fr", "", "Est-ce : oui ?", "«\u00a0Est-ce\u00a0: oui\u202f?\u00a0»"),
        ("fr", "fr-CA", "Est-ce: oui?", "«\u00a0Est-ce\u00a0: oui\u202f?\u00a0»"),
        ("ar", "en", "#Me, too?", '«<bdi class="as-typed" dir="ltr" lang="en">#Me, too?</bdi>»'),
        ("ar", "en", "Us, too", "IFLA، «"),
        ("en-GB", "fr", "Est-ce oui ?", "‘Est-ce oui\u202f?’"),
    ],
)
def test_a_title_in_another_language_keeps_its_signs(language: str, spoken: str, title: str, entry: str) -> None:
    record = {
        "id": "who",
        "title": title,
        "type": "article-journal",
        "author": [{"literal": "IFLA"}],
        **({"language": spoken} if spoken else {}),
    }
    article = tiny.article(front={"language": language}, references=[record], prose="It is so [@who].")
    (found,) = cite.sources(article, cite.numbers(article), STYLE)
    assert entry in found.text_html
    assert found.short == title or not entry.startswith("«\u00a0<bdi")
