"""What counts as said: which numbers, names, quotations and dates of a claim its passages must have."""

from collections.abc import Sequence

import pytest

from tests import tiny
from tests.conftest import ArticleCopy
from triptych.check import names, rules, tracing
from triptych.content.errors import Problem
from triptych.content.model import Article, Style

RECORD = {
    "id": "minutes",
    "title": "Minutes of Item 31",
    "author": [{"given": "Ada", "family": "Moss"}],
    "issued": "2018-10-09",
    "publisher": "Harrowby Press",
    "URL": "https://example.org/4711/Zebra",
}


def problems(article: Article, style: Style | None = None) -> list[Problem]:
    return list(tracing.untraced(tiny.files(article), style or Style()))


def missing(article: Article, style: Style | None = None) -> list[str]:
    """What is not in the passages, as an author is told: `the number 9`."""
    return [problem.message.split(" of ")[0].replace("`", "") for problem in problems(article, style)]


def event(passage: str, summary: str, sources: Sequence[str] = (), language: str = "en-GB", dated: str = "") -> Article:
    """An event that rests on one passage."""
    return tiny.article(
        f"in 2018 it opened\n\n{passage} {{#passage}}",
        front={"language": language},
        events=[{"date": dated or "2018", "summary": summary, "passages": ["passage"], "sources": sources}],
        references=[RECORD],
    )


@pytest.mark.parametrize(
    ("passage", "summary", "told"),
    [
        ("nine opened", "9 opened", []),
        ("9 opened", "nine opened", []),
        ("7 opened", "007 opened", []),
        ("1940 opened", "1,940 opened", []),
        ("ten opened", "nine opened, not 11", ["the number nine", "the number 11"]),
        ("22.9 per cent", "22 per cent", ["the number 22 per cent"]),
        ("it opened", "one opened", []),
        ("3 397 m high", "3 397 m high", []),
        ("3\u00a0397 m high", "3,397 m high", []),
        ("3 397 m high", "3 398 m high", ["the number 3 398 m"]),
        ("3 397 m high", "7 397 m high", ["the number 7 397 m"]),
        ("3 397 m and 7 dogs", "7 397 m high", ["the number 7 397 m"]),
        ("in 2018 300 opened", "300 opened", []),
        ("in 2018 300 opened", "2,018,300 opened", ["the number 2,018,300"]),
        ("on day 9 300 opened", "300 opened", []),
        ("9 rooms, then 300", "day 9 300 opened", []),
        ("1,234,567 opened", "1 234 567 opened", []),
        ("1,234,567 opened", "1 234 568 opened", ["the number 1 234 568"]),
        ("1 of 234 and 567", "1 234 567 opened", ["the number 1 234 567"]),
    ],
)
def test_a_number_must_stand_in_the_passage(passage: str, summary: str, told: list[str]) -> None:
    assert missing(event(passage, summary)) == told


@pytest.mark.parametrize(
    ("text", "sure", "perhaps"),
    [
        pytest.param("Mary Smith spoke", ["Smith"], ["Mary"], id="the first word of a sentence may be a name"),
        pytest.param("The Senate voted", ["Senate"], ["The"], id="the word after the article is one"),
        pytest.param("Members voted. Others left", [], ["Members", "Others"], id="each sentence begins anew"),
        pytest.param("it said: Members voted; Others left", [], ["Members", "Others"], id="after a colon too"),
        pytest.param("Visits · Door counts", [], ["Visits", "Door"], id="each part of a claim begins anew"),
        pytest.param("by R. E. Moss", ["R.", "E.", "Moss"], [], id="but not after an initial"),
        pytest.param("near St. Helier", ["St.", "Helier"], [], id="nor after a title"),
        pytest.param("#MeToo and #metoo", ["#MeToo", "#metoo"], [], id="a hashtag names, wherever it stands"),
        pytest.param("NPR said. MPs did", ["NPR", "MPs"], [], id="two capitals name, wherever they stand"),
        pytest.param("A child, X too", ["X"], [], id="one capital at the start does not"),
        pytest.param("in Saint-Cloud, O’Hara’s", ["Saint-Cloud", "O’Hara’s"], [], id="a hyphen or an apostrophe"),
        pytest.param("war II, nobody", [], [], id="roman numerals and small letters"),
    ],
)
def test_which_words_of_a_text_are_names(text: str, sure: list[str], perhaps: list[str]) -> None:
    found = list(names.names(text, "en"))
    assert [name for name, is_sure in found if is_sure] == sure
    assert [name for name, is_sure in found if not is_sure] == perhaps


@pytest.mark.parametrize(
    ("passage", "summary", "told"),
    [
        pytest.param("Moss spoke", "there Moss spoke", [], id="said"),
        pytest.param("she spoke", "there Moss spoke", ["the name Moss"], id="not said"),
        pytest.param("she spoke", "there Ada Moss spoke", ["the names Ada, Moss"], id="both at once"),
        pytest.param("she spoke", "Mary spoke. Critics left", [], id="a first word that is common is none"),
        pytest.param("she spoke", "Okafor spoke", ["the name Okafor"], id="one that is not common is one"),
        pytest.param("she spoke", "Okafor spoke, as okafor do", [], id="unless it stands in small letters"),
        pytest.param("Ada Moss and Jo Wilk met", "Ada Wilk met", ["the name Ada Wilk"], id="a name of two people"),
        pytest.param("the United Kingdom met", "the UK and the U.K. met", [], id="initials of names"),
        pytest.param("the UK met", "the United Kingdom met", [], id="and names of initials"),
        pytest.param("Prof. R. Moss spoke", "Ruth Moss spoke", ["the name Ruth"], id="an initial is no name"),
        pytest.param("in Nevada", "in Nev.", [], id="a place made short"),
        pytest.param("Ada spoke", "then Ada's and Ada’s view", [], id="a genitive"),
        pytest.param("Moss spoke", "then Moss's, Moss’s and Moss’ view", [], id="a genitive of a name that ends in s"),
        pytest.param("the girls met", "the Girls’ rota", [], id="a genitive of many"),
        pytest.param("a Republican spoke", "many Republicans spoke", [], id="a plural"),
        pytest.param("the senate met", "then the Senate met", [], id="capitals do not count"),
        pytest.param("Moss Ltd. spoke", "then Moss Ltd spoke", [], id="nor does the point of an abbreviation"),
        pytest.param("a Gas man spoke", "then Ga spoke", ["the name Ga"], id="a short word has no plural"),
        pytest.param("it met", "it met on the Sept list of Mon", [], id="days and months are no names"),
        pytest.param("it met", "it met in Opening Hours of the Plain Record", [], id="title and publisher are known"),
    ],
)
def test_a_name_must_stand_in_the_passage(passage: str, summary: str, told: list[str]) -> None:
    assert missing(event(passage, summary)) == told


def test_an_in_brief_sentence_rests_on_all_of_the_prose_named_or_not() -> None:
    prose = "It opened. {#named}\n\nNo fine of 12,000 pounds is charged.\n\n- one of Ada Moss"
    lines = {"in-brief": ["no fine of 12,000 pounds, and Moss", "a fine of 13,000 pounds"]}
    assert missing(tiny.article(prose, front=lines)) == ["the number 13,000 pounds"]


def test_a_house_may_know_names_that_need_no_passage() -> None:
    assert missing(event("it met", "there Congress met"), Style(titles=("Congress",))) == []


def test_a_language_that_writes_every_noun_with_a_capital_has_no_names_to_look_for() -> None:
    summary = "dort sprach Moss"
    assert missing(event("sie sprach", summary, language="de")) == []
    assert missing(event("elle parla", summary, language="fr-CA")) == ["the name Moss"]


@pytest.mark.parametrize(
    ("language", "passage", "summary", "told"),
    [
        pytest.param("fr", "le vote de l’essai", "L'essai commence: l'Essai", [], id="an article without its vowel"),
        pytest.param("fr", "le vote", "selon l'Équipe", ["the name Équipe"], id="the name after it"),
        pytest.param("fr", "à Harrebourg", "maire d'Harrebourg, aujourd'hui", [], id="of a name"),
        pytest.param("it", "il voto di Orvieto", "il sindaco d'Orvieto", [], id="in Italian"),
        pytest.param("en", "he spoke", "then O'Hara spoke", ["the name O'Hara"], id="English has none"),
    ],
)
def test_a_name_after_a_word_without_its_vowel(language: str, passage: str, summary: str, told: list[str]) -> None:
    assert missing(event(passage, summary, language=language)) == told


@pytest.mark.parametrize(
    ("passage", "summary", "told"),
    [
        ("refer to “mid-July”", 'it says "mid July"', []),
        ("In the *Middle* of July", "it says “in the middle of july!”", []),
        ("refer to July", "it says “mid-July”", ["the quotation “mid-July”"]),
        ("refer to July", "it says “no”", []),
        ("refer to July", "it says “not”", ["the quotation “not”"]),
        ("refer to July", "its 'yes' is one too", ["the quotation “yes”"]),
        ("refer to “July or ‘later’ on”", "refer to ‘later’, «July» and „or“", []),
        ("refer to “July”", "the girls' and the boys' July, or ’tis", []),
        ("refer to “July or later on”", "refer to “July … on”", []),
    ],
    ids=[
        *("said", "marks and capitals do not count", "not said", "two letters", "three letters", "single quotes"),
        *("nested, and marks of others", "apostrophes", "left out"),
    ],
)
def test_a_quotation_must_stand_in_the_passage(passage: str, summary: str, told: list[str]) -> None:
    assert missing(event(passage, summary)) == told


@pytest.mark.parametrize(
    ("summary", "told"),
    [
        ("after item 31 of October", []),
        ("there Ada Moss of Harrowby Press spoke", []),
        ("it cites 4711 Zebra", ["the number 4711", "the name Zebra"]),
    ],
    ids=["title", "author and publisher", "not the address"],
)
def test_the_record_of_a_source_says_it_too(summary: str, told: list[str]) -> None:
    assert missing(event("it met", summary, ["minutes"])) == told


def test_the_record_of_a_source_that_is_not_named_does_not() -> None:
    assert missing(event("it met", "after item 31")) == ["the number 31"]


DATES = [
    pytest.param("2018-10-09", "it met on 9 October 2018", [], id="in words"),
    pytest.param("2018-10-09", "it met on 9 Oct", [], id="month in short, year elsewhere in the section"),
    pytest.param("2018-10-09", "it met on 09 October", ["the day"], id="a day has no zero in print"),
    pytest.param("2018-10-09", "it met on 2018-10-9", [], id="in digits"),
    pytest.param("2018-10-09", "it met on 9/10", ["the month"], id="a bare 10 is no month"),
    pytest.param("2018-01-09", "it met on 9, see 2018-10", ["the month"], id="the first month is not the tenth"),
    pytest.param("2018-10-09", "it met on 9 Octopus Street", ["the month"], id="a month is a whole word"),
    pytest.param("2018-10-09", "it met in October", ["the day"], id="the day is lacking"),
    pytest.param("2018-10-09", "it met in October, 19 spoke", ["the day"], id="19 is not 9"),
    pytest.param("2018-10-09", "it met on the 9th", ["the month"], id="the month is lacking"),
    pytest.param("2018-10", "it met in october", [], id="a month alone"),
    pytest.param("2018", "it met", [], id="a year elsewhere in the section"),
    pytest.param("2017", "it met", ["the year"], id="another year"),
    pytest.param("2018-21", "it met", [], id="a season has no month"),
    pytest.param("2018-10-09?", "it met on 9 October", [], id="uncertain"),
    pytest.param("2018-09/2018-11", "from September", ["the month"], id="both ends of a span"),
    pytest.param("2018-09/2018-11", "from September to November", [], id="both are there"),
    pytest.param("[..2017]", "it met", [], id="open until 2017 prints as before 2018"),
    pytest.param("[..2016]", "it met", ["the year"], id="open until 2016 does not"),
    pytest.param("[2017..]", "it met", ["the year"], id="an open end allows no other year"),
    pytest.param("-0043-03-15", "on 15 March 44", [], id="before the common era, as it is counted there"),
    pytest.param("-0043-03-15", "on 15 March 43", ["the year"], id="not as it is written in digits"),
    pytest.param("-1043-03-15", "on 15 March 1044", [], id="a thousand years before"),
    pytest.param("0000-03-15", "on 15 March 1", [], id="the year before the first"),
    pytest.param("0001-03-15", "on 15 March 1", [], id="the first year"),
    pytest.param("-0043-03-15", "15, -0043-03, 44", [], id="in digits with the sign of the year"),
    pytest.param("-0043-03-15", "15, 0043-03, 44", ["the month"], id="another sign is another year"),
    pytest.param("0000-03-15", "15, 0000-03, 1", [], id="the year 0 in digits has no sign"),
    pytest.param("0001-03-15", "15, 0001-03, 1", [], id="nor has the first"),
    pytest.param("2018-12", "it met", ["the month"], id="December is a month"),
]


@pytest.mark.parametrize(("dated", "passage", "told"), DATES)
def test_a_date_must_stand_in_the_passage_or_its_year_in_the_section(dated: str, passage: str, told: list[str]) -> None:
    assert missing(event(passage, "it met", dated=dated)) == told


@pytest.mark.parametrize(
    ("language", "passage", "told"),
    [
        ("fr", "en octobre", []),
        ("fr", "en oct. dit-il", []),
        ("fr", "en oct", []),
        ("fr", "in October", ["the month"]),
        ("en", "en octobre", ["the month"]),
    ],
)
def test_months_are_named_in_the_language_in_full_or_short(language: str, passage: str, told: list[str]) -> None:
    assert missing(event(passage, "il ferma", language=language, dated="2018-10")) == told


def test_a_year_in_another_section_does_not_count() -> None:
    prose = "## Then\n\nin 2018\n\n## Now\n\nit met {#passage}"
    assert missing(tiny.article(prose, events=[{"date": "2018", "passages": ["passage"]}])) == ["the year"]


def test_a_date_may_stand_in_the_record_of_its_source() -> None:
    prose = "it met {#passage}"
    entry = {"date": "2018-10-09", "passages": ["passage"], "sources": ["minutes"]}
    assert missing(tiny.article(prose, events=[entry], references=[RECORD])) == []


@pytest.mark.parametrize(("day", "told"), [(9, []), (8, ["the date 8 أكتوبر 2018"])])
def test_a_date_in_arabic_is_one_date_and_may_be_that_of_its_source(day: int, told: list[str]) -> None:
    assert missing(event("في عام 2018", f"في {day} أكتوبر 2018", ["minutes"], language="ar")) == told


def test_the_title_of_a_source_may_be_in_english() -> None:
    entry = {"date": "2018", "summary": "19 مليون", "passages": ["passage"], "sources": ["minutes"]}
    record = RECORD | {"title": "19 Million Items"}
    article = tiny.article("في 2018 {#passage}", front={"language": "ar"}, events=[entry], references=[record])
    assert missing(article) == []


def test_the_date_of_a_figure_only_orders_it() -> None:
    article = tiny.article("it met {#passage}", figures=[{"date": "1999-01-01", "passages": ["passage"]}])
    assert missing(article) == []


@pytest.mark.parametrize(
    ("following", "told"),
    [
        pytest.param("2018-10-01/..", "untraced-end", id="on the next day"),
        pytest.param("2018-10-02/..", "untraced-end", id="on the day after"),
        pytest.param("2018-10-03/..", "untraced-date", id="two days later"),
        pytest.param("2018-11/..", "untraced-date", id="a month later"),
        pytest.param("2018-09/..", "untraced-date", id="before it ends"),
    ],
)
def test_the_end_of_an_era_is_a_claim_and_a_mild_one_where_another_follows_at_once(following: str, told: str) -> None:
    prose = "in 2018, from June {#start}\n\nfrom 1, 2, or 3 October, September or November {#other}"
    eras = [
        {"date": "2018-06/2018-09", "passages": ["start"]},
        {"date": following, "passages": ["other"]},
    ]
    (problem,) = problems(tiny.article(prose, eras=eras))
    assert (problem.code, problem.warning) == (told, told == "untraced-end")


@pytest.mark.parametrize(
    ("status", "warning", "draft"), [(None, True, True), ("draft", True, True), ("final", False, False)]
)
def test_the_end_of_an_era_is_refused_only_in_an_article_that_says_it_is_final(
    status: str | None, warning: bool, draft: bool
) -> None:
    eras = [{"date": "2018-06/2018-09", "passages": ["start"]}, {"date": "2018-10-01/..", "passages": ["other"]}]
    prose = "in 2018, from June {#start}\n\nfrom 1 October {#other}"
    files = tiny.files(tiny.article(prose, front={"status": status} if status else {}, eras=eras))
    (problem,) = rules.judged(files, tracing.untraced(files, Style()))
    assert (problem.code, problem.warning, problem.draft) == ("untraced-end", warning, draft)


def test_the_start_of_an_era_is_always_a_claim() -> None:
    eras = [
        {"date": "2018-06/2018-09", "passages": ["passage"]},
        {"date": "2018-10/..", "passages": ["passage"]},
    ]
    article = tiny.article("in 2018, from October {#passage}", eras=eras)
    assert missing(article) == ["the month"]


def test_in_brief_may_rest_on_all_the_prose_and_every_source() -> None:
    prose = "nine opened {#one}\n\nand ten closed"
    article = tiny.article(prose, front={"in-brief": ["nine of Moss, not 12"]}, references=[RECORD])
    (problem,) = problems(article)
    assert problem.message == "the number `12` of in brief `1` is not in the prose"
    assert problem.hint == "Correct it here or in the passage."


def test_a_claim_that_leads_nowhere_is_told_once_and_elsewhere() -> None:
    for broken in ({"passages": ["nowhere"]}, {"passages": ["one"], "sources": ["nowhere"]}, {}):
        article = tiny.article("it met {#one}", events=[{"date": "1999", "summary": "99 of Moss", **broken}])
        assert missing(article) == []


def test_an_author_reads_what_the_passage_says_and_where_it_was_sought() -> None:
    entry = {"date": "2018", "summary": "31 of Ada Moss", "passages": ["one", "two"], "sources": ["none"]}
    article = tiny.article(
        f"in 2018 {'word ' * 60} {{#one}}\n\nmore {{#two}}", events=[entry], references=[{"id": "none"}]
    )
    number, names = problems(article)
    where = "its passages `one`, `two` or the records of its sources"
    assert number.message == f"the number `31` of event `event-0` is not in {where}"
    assert names.message == f"the names `Ada`, `Moss` of event `event-0` are not in {where}"
    assert number.hint.startswith("Correct it here or in the passage: “in 2018 word")
    assert number.hint.endswith("word …”")
    assert len(number.hint) < 300


@pytest.mark.parametrize(
    ("label", "dated", "value", "told"),
    [
        ("Visits", "2018", "9", True),
        ("*visits*", "2018", "9", True),
        ("visits", "2018", "8", False),
        ("visits", "2019", "9", False),
        ("posts", "2018", "9", False),
    ],
    ids=["as it stands", "marks and capitals do not count", "same value", "another year", "another thing"],
)
def test_one_thing_has_one_value_at_one_time(label: str, dated: str, value: str, told: bool) -> None:
    figures = [
        {"label": "visits", "date": "2018", "value": "8"},
        {"label": label, "date": dated, "value": value},
    ]
    assert [problem.code for problem in problems(tiny.article(figures=figures))] == ["two-values"] * told


def test_the_value_of_a_figure_names_nobody_but_counts() -> None:
    figures = [{"value": "7 of Nobody", "passages": ["passage"]}]
    assert missing(tiny.article("it met {#passage}", figures=figures)) == ["the number 7"]


PLACES = [
    ("untraced-number", "timeline.yaml", "record 3,127 visits", "record 3,128 visits", "summary: Fourteen"),
    ("untraced-number", "figures.yaml", "value: 31\n", "value: 32\n", "value: 32"),
    ("untraced-number", "positions.yaml", "the 2023 list", "the 2022 list", "says: Support"),
    ("untraced-number", "article.md", "trial at 14 of 22", "trial at 15 of 22", "- A six-month trial at 15"),
    (
        "untraced-number",
        "article.md",
        "nine branches open on Sundays. The",
        "eight branches open. The",
        "factsheet-deck:",
    ),
    ("untraced-date", "timeline.yaml", "date: 2020-03-21", "date: 2020-03-22", "date: 2020-03-22"),
    ("untraced-quotation", "timeline.yaml", 'to "mid-July"', 'to "late July"', "summary: Sources differ"),
    (
        "untraced-name",
        "figures.yaml",
        "attribution: Workforce return",
        "attribution: A Workforce Tally",
        "attribution: A W",
    ),
]


@pytest.mark.parametrize(("code", "name", "old", "new", "at"), PLACES)
def test_an_author_is_led_to_the_line_of_the_field(
    article_copy: ArticleCopy, code: str, name: str, old: str, new: str, at: str
) -> None:
    article_copy.replace(name, old, new)
    (problem,) = rules.problems(article_copy.folder)[1]
    assert (problem.code, problem.path.name, problem.line) == (code, name, article_copy.line(name, at))


def test_two_values_of_one_thing_are_told_with_both_and_what_to_do(article_copy: ArticleCopy) -> None:
    article_copy.replace("figures.yaml", "id: posts\n    value: 31", "id: posts\n    value: 31\n    standing: reported")
    text = (article_copy.folder / "figures.yaml").read_text(encoding="utf-8")
    other = (
        text[text.index("  - id: posts") :].replace("id: posts", "id: other").replace("value: 31", "value: about 31")
    )
    (article_copy.folder / "figures.yaml").write_text(f"{text}\n{other}", encoding="utf-8")
    (problem,) = rules.problems(article_copy.folder)[1]
    assert (problem.code, problem.line) == ("two-values", article_copy.line("figures.yaml", "value: about 31"))
    said = "`Staff posts with changed contracts` is `about 31` here and `31` above, both of 2024-03-31"
    assert (problem.message, problem.hint) == (said, "Correct one of them, or say in each label what it counts.")


def test_a_claim_that_leads_nowhere_hides_no_other() -> None:
    events = [{"date": "2018", "passages": ["nowhere"]}, {"date": "2018", "summary": "9 met", "passages": ["one"]}]
    assert missing(tiny.article("in 2018 it met {#one}", events=events)) == ["the number 9"]


def test_the_words_of_a_figure_may_name_only_who_is_named_there() -> None:
    figures = [{"value": "7 of Nobody", "label": "counts of Moss", "passages": ["passage"]}]
    assert missing(tiny.article("seven met {#passage}", figures=figures)) == ["the name Moss"]


def test_the_hint_shows_the_passages_as_one_text_of_up_to_240_characters() -> None:
    entry = {"date": "2018", "summary": "31 met", "passages": ["one", "two"]}
    (short,) = problems(tiny.article("in 2018\nit met {#one}\n\nand more {#two}", events=[entry]))
    assert short.hint == "Correct it here or in the passage: “in 2018 it met and more”"
    for length, end in ((240, "word"), (241, "…")):
        prose = f"in 2018 {'a' * (length - 13)} word {{#one}}"
        (problem,) = problems(tiny.article(prose, events=[entry | {"passages": ["one"]}]))
        assert problem.hint.endswith(f"{end}”")
        assert problem.message == "the number `31` of event `event-0` is not in its passage `one`"


def test_a_date_in_the_digits_of_another_script_is_found() -> None:
    article = event("افتتح في ٣ فبراير ٢٠١٨", "x", language="ar", dated="2018-02-03")
    assert missing(article) == []
    assert missing(event("افتتح في ٤ فبراير ٢٠١٨", "x", language="ar", dated="2018-02-03")) == ["the day"]


@pytest.mark.parametrize(
    ("passage", "summary", "looks"),
    [
        ("The tag had no political meaning.", "The tag had an everyday meaning.", 0),
        ("Sunday opening was not in the draft.", "Sunday opening was in the draft.", 1),
        ("Moss and Wilk opened the hall.", "Wilk and Moss opened the hall.", 0),
        ("The clinic treated 340 patients.", "The clinic treated 340 people.", 0),
        ("The clinic treated 340 patients.", "The clinic treated 340 children.", 1),
    ],
)
def test_only_what_may_say_the_opposite_is_shown_to_a_person(passage: str, summary: str, looks: int) -> None:
    assert [problem.code for problem in problems(event(passage, summary))] == ["look-again"] * looks
