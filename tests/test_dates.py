import datetime
from dataclasses import replace

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
        ("19XX", "century", "1900 to 1999", "1900 to 1999", "1900 to 1999"),
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
    ],
)
def test_a_date_prints_in_words(edtf: str, precision: str, long: str, short: str, german: str) -> None:
    when = dates.parsed(edtf)
    printed = [calendar("en-GB").text(when), calendar("en-GB").text(when, short=True), calendar("de").text(when)]
    assert when.precision == precision
    assert [text.replace("\u2009", " ") for text in printed] == [long, short, german]


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
        *("2018-13", "2018-02-30", "2018-10-9", "09.10.2018", "yesterday"),  # no dates
        *("2020/2018", "../.."),  # nowhere on a timeline
        *("{2016,2017}", "156X-12-25"),  # more than one
        *("2014/", "/2014"),  # an end that nobody knows, and that no library may make up
    ],
)
def test_a_bad_date_is_named_in_its_message(text: str) -> None:
    with pytest.raises(BadDate) as caught:
        dates.parsed(text)
    assert f"`{text}`" in str(caught.value)


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


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_a_plain_date_is_read_as_the_whole_of_edtf_reads_it(day: datetime.date, length: int) -> None:
    text = day.isoformat()[:length]
    assert dates.parsed(text) == replace(dates.parsed(f"{text}?"), edtf=text, uncertain=False)
