"""Dates against the lists of other EDTF programs: understood, printed by what they mean, or refused."""

import datetime
import re
import time
from pathlib import Path

import pytest
import yaml
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import calendar
from triptych.content import dates
from triptych.content.calendars import Calendar
from triptych.content.dates import BadDate

LISTS = yaml.safe_load((Path(__file__).parent / "edtf" / "lists.yaml").read_text(encoding="utf-8"))
ABBREVIATED = re.compile(r"-?\d{2,3}[?~%]?")
"""Centuries and decades of two and three digits: ISO 8601-2 has them, EDTF has not, and authors mean a year by them."""
NOT_OURS = {"2016-05-02T24:00:00": "midnight is 00:00 of the next day"}
ACCEPTED = {
    "2005-07-25T10:10:10Z/2006-01-01T10:10:10Z": "intervals of times are ISO 8601-1, and events have them",
    "[1667,1668, 1670..1672]": "three of the four lists have spaces after commas as valid",
    "{-1667,1668, 1670..1672}": "the same",
    "2012-21/2012-22": "another list has intervals of seasons as valid",
}
"""Strings that one list has as invalid."""


def printed(text: str) -> str:
    return calendar("en-GB").text(dates.parsed(text)).replace("\u2009", " ")


def understood(text: str) -> bool:
    try:
        return bool(printed(text))
    except BadDate:
        return False


def test_nearly_all_that_other_programs_call_valid_is_understood() -> None:
    valid = {text for found in LISTS.values() for text in found["valid"]}
    refused = {text for text in valid if not understood(text)}
    assert refused == {text for text in valid if ABBREVIATED.fullmatch(text)} | set(NOT_OURS)
    assert len(refused) <= 0.05 * len(valid)


@pytest.mark.parametrize(
    "text", sorted({text for found in LISTS.values() for text in found["invalid"]} - set(ACCEPTED))
)
def test_all_that_other_programs_call_invalid_is_refused(text: str) -> None:
    with pytest.raises(BadDate, match=r"write |1 BC is 0000"):
        dates.parsed(text)


MEANINGS = """
1985-04-12T23:20:30+04:30 = 12 April 1985, 23:20:30 UTC+4:30
2016-05-02T16:54:59-12:00 = 2 May 2016, 16:54:59 UTC−12
2016-05-02T16:54:59.042Z = 2 May 2016, 16:54:59.042 UTC
2016-05-02T16:54:59+0000 = 2 May 2016, 16:54:59 UTC
-1985-04-12T23:20:30 = 12 April 1986 BC, 23:20:30
2024-11-12T10:00/2024-11-12T12:30 = 12 November 2024, 10:00–12:30
2024-11-12T23:00Z/2024-11-13T01:30Z = 12 November 2024, 23:00 UTC to 13 November 2024, 01:30 UTC
0000 = 1 BC
-0999 = 1000 BC
0042 = 42
1964/2008 = 1964 to 2008
2004-02-01/2005 = 1 February 2004 to 2005
0000-01/0000-01-03 = January 1 BC to 3 January 1 BC
-2005/-1999-02 = 2006 BC to February 2000 BC
1984?/1990 = possibly 1984, to 1990
1984/2004-06~ = 1984, to about June 2004
1984?/2004% = possibly 1984, to possibly about 2004
2004-06-~01/2004-06-~20 = 1 June 2004 (day approximate), to 20 June 2004 (day approximate)
1984?-06/2004-08? = June 1984 (year uncertain), to possibly August 2004
1985-04-12/ = from 12 April 1985, end not known
/1985-04 = until April 1985, start not known
1984-06-02?/ = possibly from 2 June 1984, end not known
1985/.. = since 1985
../2006 = until 2006
../.. = start and end not known
/ = start and end not known
%2001 = possibly about 2001
?2004-06% = possibly about June 2004
?2019-?04-?01 = possibly 1 April 2019
2004?-06-11 = 11 June 2004 (year uncertain)
2004-06~-11 = 11 June 2004 (year and month approximate)
2004-06-~11 = 11 June 2004 (day approximate)
2004-?06-?11 = 11 June 2004 (month and day uncertain)
2004?-%06 = June 2004 (year uncertain, month uncertain and approximate)
2004?-06-~11 = 11 June 2004 (year uncertain, day approximate)
?2004-06-04~ = 4 June 2004 (year uncertain and approximate, month and day approximate)
2003-23% = possibly about autumn 2003
2001?-23 = autumn 2001 (year uncertain)
201X = 2010s
190X = within 1900 to 1909
19XX = within 1900 to 1999
1XXX = within 1000 to 1999
-01XX = within 200 BC to 101 BC
-004X = within 50 BC to 41 BC
2004-XX = 2004
1985-04-XX = April 1985
XXXX = year not known
XXXX-12-XX = December, year not known
XXXX-12-25 = 25 December, year not known
XXXX-XX-23 = day 23 of a month, year not known
1560-XX-25 = day 25 of a month in 1560
156X-12-25 = 25 December, in a year from 1560 to 1569
15XX-XX-25 = day 25 of a month, in a year from 1500 to 1599
-1XXX-12 = December, in a year from 2000 BC to 1001 BC
1984-1X = within October – December 1984
1984-X1 = January 1984 or November 1984
1500-1X-25 = 25 October 1500, 25 November 1500 or 25 December 1500
1930-X0-10 = 10 October 1930
1602-10-0X = within 1–9 October 1602
2015-02-X8 = 8 February 2015, 18 February 2015 or 28 February 2015
1919-07-3X = within 30–31 July 1919
20X0-10-02 = 20X0-10-02 (X: not known)
15XX-X2 = 15XX-X2 (X: not known)
Y170000002 = 170,000,002
Y-17E7 = 170,000,001 BC
Y17E8 = 1,700,000,000
1950S2 = about 1950, within 1900 to 1999
Y3388E2S3 = about 338,800, within 338,000 to 338,999
-1859S5 = 1860 BC
2001-24 = winter 2001
2001-26 = summer 2001 (northern hemisphere)
2001-30 = summer 2001 (southern hemisphere)
2001-34 = 2nd quarter 2001
-2001-36 = 4th quarter 2002 BC
2001-38 = middle four months of 2001
2001-40 = first half of 2001
2001-41 = second half of 2001
[1667,1668,1670..1672] = 1667, 1668 or within 1670 to 1672
[-1667,1760-12] = 1668 BC or December 1760
[..1760-12-03] = by 3 December 1760
[..1984] = before 1985
[1760-12..] = December 1760 or later
[1760-01, 1760-02, 1760-12..] = January 1760, February 1760 or December 1760 or later
{1667,1668,1670..1672} = 1667, 1668 and each of 1670 to 1672
{1960,1961-12} = 1960 and December 1961
{..1984} = 1984 and all before
{1760-12..} = December 1760 and all after
198X/1999 = 1980s to 1999
18XX/1950 = 1800–1899 to 1950
2003-22/2004-22 = summer 2003 to summer 2004
2004-06-XX/2004-07-03 = June 2004 to 3 July 2004
156X-12-25/1570 = 25 December, in a year from 1560 to 1569, to 1570
"""
"""What the standard says that a date means, and the English words for it, written by hand."""


@pytest.mark.parametrize(("text", "words"), [line.split(" = ") for line in MEANINGS.strip().splitlines()])
def test_a_date_prints_what_it_means(text: str, words: str) -> None:
    assert printed(text) == words


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("2001-24", (2001, 12, 1), (2002, 3, 1)),
        ("2001-29", (2001, 9, 1), (2001, 12, 1)),
        ("2001-30", (2001, 12, 1), (2002, 3, 1)),
        ("2001-32", (2001, 6, 1), (2001, 9, 1)),
        ("2001-36", (2001, 10, 1), (2002, 1, 1)),
        ("2001-38", (2001, 5, 1), (2001, 9, 1)),
        ("2001-41", (2001, 7, 1), (2002, 1, 1)),
        ("1950S2", (1900, 1, 1), (2000, 1, 1)),
        ("-1950S2", (-1999, 1, 1), (-1899, 1, 1)),
        ("156X-12-25", (1560, 12, 25), (1569, 12, 26)),
        ("200X-02-29", (2000, 2, 29), (2008, 3, 1)),
        ("-004X", (-49, 1, 1), (-39, 1, 1)),
        ("1984-1X", (1984, 10, 1), (1985, 1, 1)),
        ("2015-02-X8", (2015, 2, 8), (2015, 3, 1)),
        ("[2018,2016-03]", (2016, 3, 1), (2019, 1, 1)),
        ("Y-170000002", (-170000002, 1, 1), (-170000001, 1, 1)),
    ],
)
def test_a_date_takes_all_days_that_it_may_mean(text: str, first: dates.Civil, after: dates.Civil) -> None:
    when = dates.parsed(text)
    assert (when.start, when.end) == (dates.ordinal(*first), dates.ordinal(*after))


DOUBT = st.sampled_from(["", "?", "~", "%"])


@given(st.dates(), st.integers(1, 3), st.tuples(DOUBT, DOUBT, DOUBT))
def test_the_words_name_each_given_part_and_no_other(day: datetime.date, count: int, signs: tuple[str, ...]) -> None:
    """A date with a doubt of its own for each part."""
    digits = day.isoformat().split("-")[:count]
    words = printed("-".join(sign + part for sign, part in zip(signs, digits, strict=False)))
    doubts = "".join(signs[:count])
    assert re.findall(r"\d+", words) == [str(int(part)) for part in (*digits[2:], digits[0])]
    assert (day.strftime("%B") in words) == (count > 1)
    assert bool(re.search("uncertain|possibly", words)) == ("?" in doubts or "%" in doubts)
    assert bool(re.search("approximate|about", words)) == ("~" in doubts or "%" in doubts)


@given(st.dates(), st.dates(), st.sampled_from([4, 7, 10]))
def test_an_interval_names_both_ends(one: datetime.date, other: datetime.date, length: int) -> None:
    first, last = (day.isoformat()[:length] for day in sorted((one, other)))
    words = printed(f"{first}/{last}")
    numbers = set(re.findall(r"\d+", words))
    assert numbers == {str(int(part)) for text in (first, last) for part in text.split("-")[::2]}


@pytest.mark.parametrize(
    ("language", "found"),
    [("en-GB", "one, two"), ("es", "one y two"), ("he", "one, two"), ("ar", "one وtwo"), ("tr", "one two")],
)
def test_two_doubts_are_listed_once_each(language: str, found: str) -> None:
    """CLDR names of a list only what differs from the more general one; Babel takes it for the whole."""
    words = {"doubt": "{1}", "doubt_uncertain": "one", "doubt_both": "two", "part_year": "", "part_month": ""}
    assert Calendar(Locale.parse(language, sep="-"), words).text(dates.parsed("2004?-%06")) == found


def test_a_time_of_a_day_that_is_not_known_is_refused() -> None:
    with pytest.raises(BadDate, match="`X016-05-02T16:54` is a time of a day that is not known: write the whole day"):
        dates.parsed("X016-05-02T16:54")


def test_a_day_that_no_year_has_is_refused_at_once() -> None:
    """Only two of the ten thousand years that it names are looked at."""
    before = time.process_time()
    for text in ("XXXX-XX-46", "-XXXX-04-31", "XXX1-02-29", "XXXX-1X-39"):
        with pytest.raises(BadDate, match="names a day that does not exist"):
            dates.parsed(text)
    assert time.process_time() - before < 1
