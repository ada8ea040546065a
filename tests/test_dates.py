import datetime
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import calendar
from triptych.content import dates
from triptych.content.dates import BadDate, Precision


@pytest.mark.parametrize(
    ("edtf", "precision", "long", "short", "german"),
    [
        ("2018-10-09", "day", "9 October 2018", "9 Oct 2018", "9. Oktober 2018"),
        ("2017-06", "month", "June 2017", "Jun 2017", "Juni 2017"),
        ("2016", "year", "2016", "2016", "2016"),
        ("201X", "decade", "2010s", "2010s", "2010s"),
        ("19XX", "century", "within 1900 to 1999", "within 1900 to 1999", "within 1900 to 1999"),
        ("2018-XX", "year", "2018", "2018", "2018"),
        ("2018-10-XX", "month", "October 2018", "Oct 2018", "Oktober 2018"),
        ("2018-21", "season", "spring 2018", "spring 2018", "spring 2018"),
        ("2018-24", "season", "winter 2018", "winter 2018", "winter 2018"),
        ("2018-10-06?", "day", "possibly 6 October 2018", "possibly 6 Oct 2018", "possibly 6. Oktober 2018"),
        ("2021-07~", "month", "about July 2021", "about Jul 2021", "about Juli 2021"),
        ("2021-07%", "month", "possibly about July 2021", "possibly about Jul 2021", "possibly about Juli 2021"),
        ("[..2014]", "span", "before 2015", "before 2015", "before 2015"),
        ("[..2015-03]", "span", "before April 2015", "before Apr 2015", "before April 2015"),
        ("[..2015-03-02]", "span", "by 2 March 2015", "by 2 Mar 2015", "by 2. März 2015"),
        ("2018-10-06T10:30", "time", "6 October 2018, 10:30", "6 Oct 2018, 10:30", "6. Oktober 2018, 10:30"),
        ("-0043-03-15", "day", "15 March 44 BC", "15 Mar 44 BC", "15. März 44 v. Chr."),
        ("[2016-03..]", "span", "March 2016 or later", "Mar 2016 or later", "März 2016 or later"),
        ("../2014", "span", "until 2014", "until 2014", "until 2014"),
        ("2014-05-01/..", "span", "since 1 May 2014", "since 1 May 2014", "since 1. Mai 2014"),
        ("2016/2018", "span", "2016 to 2018", "2016 to 2018", "2016 to 2018"),
        ("2016-03/2018", "span", "March 2016 to 2018", "Mar 2016 to 2018", "März 2016 to 2018"),
        ("2018-10-08/2018-10-09", "span", "8–9 October 2018", "8–9 Oct 2018", "8.–9. Oktober 2018"),
        (
            "2018-10-30/2018-11-02",
            "span",
            "30 October – 2 November 2018",
            "30 Oct – 2 Nov 2018",
            "30. Oktober – 2. November 2018",
        ),
        (
            "2019-09/2020-02",
            "span",
            "September 2019 – February 2020",
            "Sept 2019 – Feb 2020",
            "September 2019 – Februar 2020",
        ),
        ("[2016-03..2016-05]", "span", "within March – May 2016", "within Mar – May 2016", "within März–Mai 2016"),
        ("-0043", "year", "44 BC", "44 BC", "44 v. Chr."),
        ("0000", "year", "1 BC", "1 BC", "1 v. Chr."),
        ("-0010/0010", "span", "11 BC to 10", "11 BC to 10", "11 v. Chr. to 10"),
        ("-0043-03", "month", "March 44 BC", "Mar 44 BC", "März 44 v. Chr."),
        ("0050", "year", "50", "50", "50"),
        ("0050-03-01", "day", "1 March 50", "1 Mar 50", "1. März 50"),
        ("0001-01-01", "day", "1 January 1", "1 Jan 1", "1. Januar 1"),
        ("9999-12", "month", "December 9999", "Dec 9999", "Dezember 9999"),
        ("Y12018", "year", "12018", "12018", "12018"),
        ("01XX", "century", "within 100 to 199", "within 100 to 199", "within 100 to 199"),
        ("2018-22", "season", "summer 2018", "summer 2018", "summer 2018"),
        ("2018-23", "season", "autumn 2018", "autumn 2018", "autumn 2018"),
        ("2020-02-29", "day", "29 February 2020", "29 Feb 2020", "29. Februar 2020"),
        ("2018-10-06T09:05", "time", "6 October 2018, 09:05", "6 Oct 2018, 09:05", "6. Oktober 2018, 09:05"),
        (
            "2018-10-06T10:30:45",
            "time",
            "6 October 2018, 10:30:45",
            "6 Oct 2018, 10:30:45",
            "6. Oktober 2018, 10:30:45",
        ),
    ],
)
def test_a_date_prints_in_words(edtf: str, precision: str, long: str, short: str, german: str) -> None:
    when = dates.parsed(edtf)
    printed = [calendar("en-GB").text(when), calendar("en-GB").text(when, short=True), calendar("de").text(when)]
    assert when.precision == precision
    assert [text.replace("\u2009", " ") for text in printed] == [long, short, german]


OPEN_DATES = [
    # A moment on or before a year or a month is before the next one; a day counts itself.
    ("[..2014]", "before 2015"),
    ("[..2014-12]", "before January 2015"),
    ("[..2014-12-31]", "by 31 December 2014"),
    ("[..-0043]", "before 43 BC"),
    ("[..-0001]", "before 1 BC"),
    ("[..0000]", "before 1"),
    # What went on until a year went on in it.
    ("../2014", "until 2014"),
    ("../2014-12", "until December 2014"),
    ("../2014-12-31", "until 31 December 2014"),
    ("../-0043", "until 44 BC"),
    # A moment on or after, and what went on from then on.
    ("[2016..]", "2016 or later"),
    ("[2016-03-02..]", "2 March 2016 or later"),
    ("[-0043..]", "44 BC or later"),
    ("2014/..", "since 2014"),
    ("2014-21/..", "since spring 2014"),
    ("-0043/..", "since 44 BC"),
    # Doubt stands before the words of the open end, and the year is the one that the author wrote.
    ("../2014?", "possibly until 2014"),
    ("../2014~", "about until 2014"),
    ("../2014%", "possibly about until 2014"),
    ("2014?/..", "possibly since 2014"),
    ("2014-05~/..", "about since May 2014"),
    ("2014-05-01%/..", "possibly about since 1 May 2014"),
]


@pytest.mark.parametrize(("edtf", "printed"), OPEN_DATES)
def test_an_open_date_prints_what_is_known_of_its_open_end(edtf: str, printed: str) -> None:
    assert calendar("en-GB").text(dates.parsed(edtf)) == printed


@pytest.mark.parametrize(
    ("edtf", "printed"),
    [("[..?2014]", "possibly by 2014"), ("[..~2014]", "about by 2014"), ("[..2014]", "before 2015")],
)
def test_an_open_moment_in_doubt_names_its_own_year(edtf: str, printed: str) -> None:
    """Before 2015 is as good as in 2014 or before, but about before 2015 is not."""
    assert calendar("en-GB").text(dates.parsed(edtf)) == printed


@pytest.mark.parametrize(
    ("edtf", "printed"),
    [
        ("2018/2018", "2018"),
        ("2018-10-08/2018-10-08", "8 October 2018"),
        ("2018-10/2018-11", "October – November 2018"),
        ("2018-12-30/2019-01-02", "30 December 2018 – 2 January 2019"),
        ("2018-10-08/2018-11", "8 October 2018 to November 2018"),
        ("2018-21/2018-22", "spring 2018 to summer 2018"),
        ("2018-22/2019", "summer 2018 to 2019"),
        ("18XX/19XX", "1800–1899 to 1900–1999"),
        ("-0099/-0001", "100 BC to 2 BC"),
        ("-0043-03-15/-0043-03-17", "15 March 44 BC to 17 March 44 BC"),
        ("-0043-03/0001-02", "March 44 BC to February 1"),
        ("2018-10?/2019", "possibly October 2018, to 2019"),
        ("2018-10/2019~", "October 2018, to about 2019"),
        ("[2016,2018]", "2016 or 2018"),
        ("[2016-03,2018]", "March 2016 or 2018"),
        ("[2016-03,2016-05]", "March 2016 or May 2016"),
        ("[2016-03-01,2016-03-05]", "1 March 2016 or 5 March 2016"),
        ("[201X,2030]", "2010s or 2030"),
        ("[2016..2018]", "within 2016 to 2018"),
        ("[2016-03,2017..2018]", "March 2016 or within 2017 to 2018"),
        ("2018-12-XX/2019-01-XX", "December 2018 – January 2019"),
        ("201X/2020", "2010s to 2020"),
        ("[2000,201X]", "2000 or 2010s"),
        ("-00XX", "within 100 BC to 2 BC"),
        ("2018-10-XX/2019", "October 2018 to 2019"),
        ("0001-03/0001-05", "March – May 1"),
        ("9999-03/9999-05", "March – May 9999"),
        ("-0004-02-29/-0003", "29 February 5 BC to 4 BC"),
    ],
)
def test_a_span_prints_each_end_as_finely_as_it_was_written(edtf: str, printed: str) -> None:
    assert calendar("en-GB").text(dates.parsed(edtf)).replace("\u2009", " ") == printed


@pytest.mark.parametrize(
    ("edtf", "first", "after"),
    [
        ("2018", (2018, 1, 1), (2019, 1, 1)),
        ("2018-12", (2018, 12, 1), (2019, 1, 1)),
        ("2018-02", (2018, 2, 1), (2018, 3, 1)),
        ("2018-12-31", (2018, 12, 31), (2019, 1, 1)),
        ("2018-22", (2018, 6, 1), (2018, 9, 1)),
        ("201X", (2010, 1, 1), (2020, 1, 1)),
        ("19XX", (1900, 1, 1), (2000, 1, 1)),
        ("2016/2018", (2016, 1, 1), (2019, 1, 1)),
        ("[2016-03,2018]", (2016, 3, 1), (2019, 1, 1)),
        ("-0043-03-15", (-43, 3, 15), (-43, 3, 16)),
        ("0000", (0, 1, 1), (1, 1, 1)),
        ("2000-02-29", (2000, 2, 29), (2000, 3, 1)),
        ("1600-02-29", (1600, 2, 29), (1600, 3, 1)),
        ("1900-02-28", (1900, 2, 28), (1900, 3, 1)),
    ],
)
def test_a_date_takes_its_first_day_to_the_day_after_its_last(
    edtf: str, first: dates.Civil, after: dates.Civil
) -> None:
    when = dates.parsed(edtf)
    assert (when.start, when.end) == (dates.ordinal(*first), dates.ordinal(*after))
    assert (dates.civil(int(when.start)), dates.civil(int(when.end))) == (first, after)
    assert when.days == when.end - when.start


def test_a_time_of_day_takes_a_minute_of_its_day() -> None:
    when, midnight = dates.parsed("2018-10-06T10:30"), dates.ordinal(2018, 10, 6)
    assert (when.start - midnight) * 24 == pytest.approx(10.5)
    assert when.days * 24 * 60 == pytest.approx(1)


@pytest.mark.parametrize(
    ("first", "after", "long", "short"),
    [
        # Days below four weeks, months to a thousand days, years from there on.
        ((2018, 10, 6), (2018, 10, 7), "6 October 2018", "6 Oct 2018"),
        ((2018, 10, 6), (2018, 10, 8), "6–7 October 2018", "6–7 Oct 2018"),
        ((2018, 10, 30), (2018, 11, 3), "30 October – 2 November 2018", "30 Oct – 2 Nov 2018"),
        ((2018, 10, 1), (2018, 10, 28), "1–27 October 2018", "1–27 Oct 2018"),
        ((2018, 10, 1), (2018, 10, 29), "October 2018", "Oct 2018"),
        ((2018, 10, 1), (2018, 11, 1), "October 2018", "Oct 2018"),
        ((2018, 10, 1), (2018, 12, 1), "October and November 2018", "Oct and Nov 2018"),
        ((2018, 11, 1), (2019, 1, 1), "November and December 2018", "Nov and Dec 2018"),
        ((2018, 8, 1), (2018, 11, 1), "August to October 2018", "Aug to Oct 2018"),
        ((2018, 12, 1), (2019, 2, 1), "December 2018 – January 2019", "Dec 2018 – Jan 2019"),
        ((2018, 10, 1), (2021, 6, 27), "October 2018 – June 2021", "Oct 2018 – Jun 2021"),
        ((2018, 10, 1), (2021, 6, 28), "2018 to 2021", "2018 to 2021"),
        ((1990, 1, 1), (2021, 1, 1), "1990 to 2020", "1990 to 2020"),
        ((1, 1, 1), (1, 1, 9), "1–8 January 1", "1–8 Jan 1"),
        ((3, 10, 6), (3, 10, 9), "6–8 October 3", "6–8 Oct 3"),
        ((1, 1, 1), (1, 3, 1), "January and February 1", "Jan and Feb 1"),
        # Years alone where the calendar library ends.
        ((-43, 3, 1), (-43, 3, 9), "44 BC to 44 BC", "44 BC to 44 BC"),
        ((0, 12, 24), (1, 1, 3), "1 BC to 1", "1 BC to 1"),
        ((9999, 12, 24), (10000, 1, 3), "9999 to 10000", "9999 to 10000"),
        ((9999, 12, 1), (10000, 3, 1), "9999 to 10000", "9999 to 10000"),
        ((9999, 12, 1), (10000, 1, 1), "December 9999", "Dec 9999"),
        ((9999, 12, 1), (9999, 12, 9), "1–8 December 9999", "1–8 Dec 9999"),
        # A month of which it takes one day is named.
        ((2018, 10, 1), (2018, 11, 2), "October and November 2018", "Oct and Nov 2018"),
        ((2018, 8, 1), (2018, 11, 2), "August to November 2018", "Aug to Nov 2018"),
    ],
)
def test_a_magnified_stretch_is_named_in_days_months_or_years(
    first: dates.Civil, after: dates.Civil, long: str, short: str
) -> None:
    stretch = dates.ordinal(*first), dates.ordinal(*after)
    words = calendar("en-GB")
    assert [words.stretch(*stretch).replace("\u2009", " "), words.stretch(*stretch, True).replace("\u2009", " ")] == [
        long,
        short,
    ]


@pytest.mark.parametrize(
    ("first", "last", "printed"),
    [
        (0.25, 0.5, "6 October 2018"),
        (0.25, 1.0, "6 October 2018"),
        (0.75, 1.25, "6–7 October 2018"),
        (0.5, 2.5, "6–8 October 2018"),
    ],
)
def test_a_stretch_of_hours_names_each_day_that_it_touches(first: float, last: float, printed: str) -> None:
    day = dates.ordinal(2018, 10, 6)
    assert calendar("en-GB").stretch(day + first, day + last) == printed


@pytest.mark.parametrize("text", ["2018", "2018-10-06", "2018-10-06?", "2016/2018", "2018-10-06T10:30"])
def test_a_date_keeps_what_its_author_wrote(text: str) -> None:
    assert dates.parsed(text).edtf == text


def test_months_and_days_print_without_their_year() -> None:
    day, words = dates.ordinal(2018, 3, 6), calendar("de")
    assert [words.month(day), words.month(day, short=True), words.day(day)] == ["März", "Mär", "6. März"]
    assert calendar("en-GB").day(dates.ordinal(-43, 3, 15)) == "15 Mar"
    assert calendar("en-GB").month(dates.ordinal(2018, 12, 31)) == "December"


@pytest.mark.parametrize(("hour", "printed"), [(0, "00:00"), (9 + 5 / 60, "09:05"), (23 + 59 / 60, "23:59")])
def test_a_time_of_day_has_two_figures_for_hours_and_minutes(hour: float, printed: str) -> None:
    assert calendar("en-GB").clock(dates.ordinal(2018, 10, 6) + hour / 24) == printed


@pytest.mark.parametrize(
    ("language", "edtf", "printed"),
    [
        ("hu", "0001-03-01", "1. március 1."),
        ("hu", "9999-03-01", "9999. március 1."),
        ("hu", "2018-03", "2018. március"),
        ("fi", "2018-03-06T09:05", "6. maaliskuuta 2018, 9.05"),
    ],
)
def test_a_language_orders_the_parts_of_a_date_in_its_own_way(language: str, edtf: str, printed: str) -> None:
    assert calendar(language).text(dates.parsed(edtf)) == printed


def test_a_span_of_years_and_months_prints_short_months_where_told() -> None:
    assert calendar("en-GB").text(dates.parsed("2016/2018-10"), short=True) == "2016 to Oct 2018"


def test_a_part_of_a_date_prints_in_full_unless_told() -> None:
    assert calendar("en-GB").part(dates.ordinal(2018, 10, 6), Precision.DAY) == "6 October 2018"


def test_a_century_and_its_first_decade_print_differently() -> None:
    assert calendar("en-GB").text(dates.parsed("19XX")) != calendar("en-GB").text(dates.parsed("190X"))


def test_an_interval_lasted_and_a_lone_date_did_not() -> None:
    assert [dates.parsed(text).lasted for text in ("2019-09/2020-02", "../2014", "2016", "[..2014]")] == [
        *(True, True),
        *(False, False),
    ]


def test_only_a_date_without_reserve_is_exact() -> None:
    assert [dates.parsed(text).exact for text in ("2016", "2016?", "2016~", "2016%")] == [True, False, False, False]


@pytest.mark.parametrize(
    "text",
    [
        *("2018-13", "2018-02-30", "2018-10-9", "09.10.2018", "yesterday", " 2018 "),  # no dates
        *("2020/2018", "2018-10-09/2018-10", "[2018..2016]"),  # before they start
        *("2016-05-00", "2016-00", "1900-02-29", "2019-02-29?", "2019-02-29/2020", "[..2019-02-29]"),  # no such day
        *("000X", "00XX", "0XXX-12"),  # on both sides of the year 1
        *("201X-21", "2018-21-03", "2018-42"),  # no such part of a year
        *("[2016..,2018]", "{2016,..2018}", "[2018-10-06T10:30,2019]"),  # no such sets
        *("2018-10-06T10:30/2018-10-07", "2018-10-06?T10:30", "2018-10-06T25:00", "2018-10-06T10:30+15:00"),
        *("Y12018/..", "Y1E99", "-0000"),
        *("201XS3", "XXX2S3"),  # digits that are sure, and others that are not known
    ],
)
def test_a_bad_date_is_named_in_its_message(text: str) -> None:
    with pytest.raises(BadDate) as caught:
        dates.parsed(text)
    assert f"`{text}`" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "code", "message", "hint"),
    [
        ("9 October 2018", "bad-date", "is not an EDTF date: write for example 2016", "Did you mean `2018-10-09`?"),
        ("gibberish", "bad-date", "is not an EDTF date: write for example 2016", ""),
        (
            "gibberish",
            "bad-date",
            "(uncertain), 2021-07~ (approximate), 2018-10-08/2018-10-09 (from, to) or [..2015] (in",
            "",
        ),
        ("2018-10-09/2018-10", "impossible-interval", "write the earlier date first, and the end as finely as", ""),
        ("000X", "bad-date", "includes the year 0000, which is 1 BC: write the first and the last year", ""),
        ("2016-05-00", "bad-date", "names a day that does not exist: write 01 to 31, or leave the day out", ""),
        ("325", "bad-date", "is not an EDTF date", "Did you mean the year `0325`? The decade is `325X`."),
        ("12018", "bad-date", "is not an EDTF date", "Did you mean `Y12018`?"),
        ("2018-10 / 2019", "bad-date", "is not an EDTF date", "Did you mean `2018-10/2019`?"),
        ("2020/2018", "impossible-interval", "ends before it starts: write the earlier date", "mean `2018/2020`?"),
        ("2019-02-29", "bad-date", "names a day that does not exist: that year has no 29 February", ""),
        ("201XS3", "bad-date", "says how many are sure: write either, such as 201X or 2016S3", ""),
        ("2018-42", "bad-date", "names the month 42, which does not exist: write 01 to 12, 21 (spring) to 24", ""),
    ],
)
def test_a_bad_date_says_what_to_write(text: str, code: str, message: str, hint: str) -> None:
    with pytest.raises(BadDate) as caught:
        dates.parsed(text)
    assert caught.value.code == code
    assert message in str(caught.value)
    assert hint in caught.value.hint
    assert bool(hint) == bool(caught.value.hint)


def test_a_bad_date_prints_nothing_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BadDate):
        dates.parsed("../202XX")
    assert capsys.readouterr().out == ""


@given(st.dates())
def test_day_numbers_are_those_of_datetime(day: datetime.date) -> None:
    assert dates.ordinal(day.year, day.month, day.day) == day.toordinal()
    assert dates.civil(day.toordinal()) == (day.year, day.month, day.day)


@given(st.integers(-100_000_000, 100_000_000))
def test_day_numbers_and_civil_dates_are_inverse(day: int) -> None:
    year, month, day_of_month = dates.civil(day)
    assert 1 <= month <= 12
    assert 1 <= day_of_month <= 31
    assert dates.ordinal(year, month, day_of_month) == day


@given(st.integers(-9999, 9999))
def test_no_printed_year_is_zero(year: int) -> None:
    printed = calendar("en-GB").part(dates.ordinal(year, 7, 1), Precision.YEAR)
    assert printed == (str(year) if year > 0 else f"{1 - year} BC")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{2016,2017}", "write one event for each date"),
        ("XXXX-12-25", "names no year: a timeline needs one"),
        ("../..", "is open at both ends: give the first or the last known day"),
        ("/", "is open at both ends"),
    ],
)
def test_a_date_that_is_understood_may_have_no_place_on_a_timeline(text: str, message: str) -> None:
    with pytest.raises(BadDate, match=re.escape(message)):
        dates.placed(dates.parsed(text))


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_doubt_does_not_move_a_date(day: datetime.date, length: int) -> None:
    text = day.isoformat()[:length]
    sure, unsure = dates.parsed(text), dates.parsed(f"{text}?")
    assert (sure.start, sure.end, sure.precision, sure.exact) == (unsure.start, unsure.end, unsure.precision, True)
    assert not unsure.exact
