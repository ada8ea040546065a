from pathlib import Path

import pytest

from tests import tiny
from tests.conftest import TEMPLATES, ArticleCopy
from triptych.check import rules
from triptych.compose import views, words
from triptych.compose.views import ArticleView
from triptych.content import read

NB = "\u00a0"


def view(folder: Path) -> ArticleView:
    printed = words.words("en-GB", TEMPLATES)
    return views.printable(read.files(folder)[0].article, printed, TEMPLATES.file("sources.csl"))


@pytest.fixture
def harrowby_view(harrowby: Path) -> ArticleView:
    return view(harrowby)


def test_quotes_in_the_title_are_typographic(harrowby_view: ArticleView) -> None:
    title = harrowby_view.title_html.replace("&nbsp;", " ")
    assert title == "Sunday opening at Harrowby’s public libraries"


def test_events_are_numbered_in_the_order_of_time(harrowby_view: ArticleView) -> None:
    assert [event.number for event in harrowby_view.events] == list(range(1, 14))
    assert [event.id for event in harrowby_view.events][:4] == [
        "sunday-closing",
        "consultation",
        "pilot",
        "budget-review",
    ]
    assert [event.date.replace(NB, " ") for event in harrowby_view.events][:3] == [
        "Before 2015",
        "2 March 2015",
        "2016",
    ]


def test_figures_stand_in_the_order_of_their_dates(harrowby_view: ArticleView) -> None:
    assert [figure.id for figure in harrowby_view.figures] == [
        *("consultation", "council-cost", "union-cost", "vote"),
        *("trial-branches", "visits-2019", "visits-2024", "posts"),
    ]


def test_a_headline_has_its_references_only_where_no_summary_holds_them(harrowby_view: ArticleView) -> None:
    event = harrowby_view.events[3]
    assert "#source-" not in event.headline_html
    assert event.cited_headline_html.count("#source-") == event.summary_html.count("#source-") == 2


def test_the_fact_sheet_has_the_deck_where_it_has_none_of_its_own(article_copy: ArticleCopy) -> None:
    line = "factsheet-deck: Since a trial in 2018, nine branches open on Sundays. The cost is in dispute.\n"
    article_copy.replace("article.md", line, "")
    found = view(article_copy.folder)
    assert found.factsheet_deck_html == found.deck_html


def test_sources_of_parts_are_those_that_they_cite(harrowby_view: ArticleView) -> None:
    assert [source.number for source in harrowby_view.sources_of(harrowby_view.events[:2])] == [1, 8]


def test_a_language_that_no_calendar_knows_is_an_error_for_the_author(article_copy: ArticleCopy) -> None:
    article_copy.replace("article.md", "language: en-GB", "language: en-QQ")
    (problem,) = rules.problems(article_copy.folder)[1]
    assert (problem.code, "en-QQ" in problem.message) == ("bad-language", True)


@pytest.mark.parametrize(
    ("dates", "title", "same"),
    [
        pytest.param(["2016", "2019-05"], "from 2016 to 2019", "year", id="years"),
        pytest.param(["2018"], "of 2018", "year", id="one year"),
        pytest.param(["2018", "2018-06"], "of 2018", "day", id="a year and a month in it"),
        pytest.param(["2018-03", "2018-11-06"], "of March to November 2018", "day", id="months of a year"),
        pytest.param(["2018-12-30", "2019-01-02"], "from 2018 to 2019", "day", id="the turn of a year"),
        pytest.param(["2018-10-06", "2018-10-20"], "of 6–20 October 2018", "day", id="days of a month"),
        pytest.param(["2018-10-09T06:00", "2018-10-09T23:59"], "of 9 October 2018", "hour", id="hours of a day"),
        pytest.param(["-0043-03-15", "0012"], "from 44 BC to 12", "year", id="years before the common era"),
    ],
)
def test_what_is_said_of_a_scale_is_true_of_it(dates: list[str], title: str, same: str) -> None:
    article = tiny.article(events=[{"date": date} for date in dates])
    scale = views.printable(article, words.words("en-GB", TEMPLATES), TEMPLATES.file("sources.csl")).scale
    assert scale.title == f"Figure 1. Events {title}, drawn to scale"
    assert f"every {same} has the same length" in scale.note
    assert f"Every {same} has the same length" in scale.how_to_read
