"""Dates as people type them become EDTF, or are refused: none is guessed."""

import contextlib
import datetime

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from triptych.content import dates, typed_dates
from triptych.content.dates import BadDate
from triptych.content.typed_dates import Order

READ = """
2016 = 2016 | 2018-10-06? = 2018-10-06? | [..2015] = [..2015] | 1921-24 = 1921-24 | Y-43000 = Y-43000
March 1994 = 1994-03 | Mar. 1994 = 1994-03 | Sept 1994 = 1994-09 | MARCH, 1994 = 1994-03 | Mar-1994 = 1994-03
12 March 1994 = 1994-03-12 | 12th of March 1994 = 1994-03-12 | March 12, 1994 = 1994-03-12 | 12-Mar-1994 = 1994-03-12
Sunday, 12 March 1994 = 1994-03-12 | 1994 March 12 = 1994-03-12 | 7 Oct, 2018 = 2018-10-07
1994-3-5 = 1994-03-05 | 1994/03/12 = 1994-03-12 | 1994.03.12 = 1994-03-12 | 3/1994 = 1994-03 | 1994年3月5日 = 1994-03-05
13/03/1994 = 1994-03-13 | 03/13/1994 = 1994-03-13 | 3/3/1994 = 1994-03-03 | 12.03.1994 = 1994-03-12
2018.0 = 2018 | 2018-10-06 00:00:00 = 2018-10-06
c. 1890 = 1890~ | c.1890 = 1890~ | ca 1890 = 1890~ | circa March 1890 = 1890-03~ | about 1890 = 1890~
ca. 500 BC = -0499~
1890 (?) = 1890? | possibly 1890 = 1890? | c. 1890? = 1890% | c. 1890s = 189X~
1890s = 189X | the 1890s = 189X | 19th century = 18XX | 5th century BC = -04XX | 1st century AD = [0001..0099]
spring 1921 = 1921-21 | Fall, 1921 = 1921-23 | spring of 1921 = 1921-21 | winter 1921/22 = 1921-24
Q3 2020 = 2020-35 | first quarter of 2020 = 2020-33 | second half of 1999 = 1999-41
44 BC = -0043 | 44 B.C.E. = -0043 | 15 March 44 BC = -0043-03-15 | AD 79 = 0079 | 79 CE = 0079
500–400 BC = -0499/-0399
before 1900 = [..1899] | before March 1994 = [..1994-02] | before 1 March 1994 = [..1994-02-28] | by 1900 = [..1900]
after 1900 = [1901..] | after 31 December 1999 = [2000-01-01..] | since 1900 = 1900/.. | until 1900 = ../1900
1914–1918 = 1914/1918 | 1914 - 1918 = 1914/1918 | from 1914 to 1918 = 1914/1918 | 1914–18 = 1914/1918
1914-18 = 1914/1918
27-28 January 1910 = 1910-01-27/1910-01-28 | 27th-28th January 1910 = 1910-01-27/1910-01-28
27/28 January 1910 = 1910-01-27/1910-01-28 | from 1902 = 1902/.. | c1880 = 1880~ | ca1880 = 1880~
1994/95 = 1994/1995 | c. 1914–1918 = 1914~/1918~ | 1890–1900? = 1890/1900? | 2010–present = 2010/..
March–May 1994 = 1994-03/1994-05 | March-May 1994 = 1994-03/1994-05 | 3–5 March 1994 = 1994-03-03/1994-03-05
March 3–5, 1994 = 1994-03-03/1994-03-05 | 3 March – 5 April 1994 = 1994-03-03/1994-04-05
3 March 1994 – 5 April 1995 = 1994-03-03/1995-04-05 | 18th–19th century = 17XX/18XX
between 1914 and 1918 = [1914..1918] | between March and May 1994 = [1994-03..1994-05] | 1990 or 1991 = [1990,1991]
12 March 1994, 14:30 = 1994-03-12T14:30 | 12 March 1994 2:30 pm = 1994-03-12T14:30
12 March 1994 at 12 am = 1994-03-12T00:00
"""
PAIRS = [tuple(pair.split(" = ")) for line in READ.strip().splitlines() for pair in line.split(" | ")]


@pytest.mark.parametrize(("typed", "edtf"), PAIRS)
def test_what_people_type_is_read(typed: str, edtf: str) -> None:
    assert typed_dates.edtf(typed) == edtf
    dates.parsed(edtf)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        pytest.param("12/03/1994", "1994-03-12 or 1994-12-03", id="day or month first"),
        pytest.param("12-03-1994", "1994-03-12 or 1994-12-03", id="the same with hyphens"),
        pytest.param("3–5/4/1994", "ambiguous", id="a range of numbers"),
        pytest.param("12/03/94", "year in two digits", id="a short year"),
        pytest.param("Mar-94", "year in two digits", id="a short year after a month"),
        pytest.param("1901/02", "is not a date", id="a month or two years"),
        pytest.param("1900s", "is not a date", id="ten years or a hundred"),
        pytest.param("mid-1990s", "199X", id="a part of ten years"),
        pytest.param("early 1921", "is not a date", id="a part of a year that is not sure"),
        pytest.param("79", "0079", id="a year of two digits"),
        pytest.param("43160", "number of days", id="a day without its format"),
        pytest.param("31 February 1994", "day that does not exist", id="no such day"),
        pytest.param("1914–1910", "ends before it starts", id="ends first"),
        pytest.param("May", "is not a date", id="no year"),
        pytest.param("undated", "March 1994", id="no date"),
        pytest.param("5 Smarch 1994", "is not a date", id="no such month"),
        pytest.param("spring 1921/23", "is not a date", id="a season of several years"),
    ],
)
def test_what_is_not_sure_is_refused(typed: str, says: str) -> None:
    with pytest.raises(BadDate) as refused:
        typed_dates.edtf(typed)
    assert says in f"{refused.value} {refused.value.hint}"


@pytest.mark.parametrize(
    ("typed", "language", "edtf"),
    [
        ("12 mars 1994", "fr", "1994-03-12"),
        ("3 de marzo de 1994", "es", "1994-03-03"),
        ("5. März 1994", "de", "1994-03-05"),
        ("Januar 1994", "de-AT", "1994-01"),
        ("12 марта 1994", "ru", "1994-03-12"),
    ],
)
def test_months_have_the_names_of_the_language_too(typed: str, language: str, edtf: str) -> None:
    assert typed_dates.edtf(typed, locale=Locale.parse(language, sep="-")) == edtf


@pytest.mark.parametrize(("order", "edtf"), [(Order.DAY_FIRST, "1994-03-12"), (Order.MONTH_FIRST, "1994-12-03")])
def test_an_order_that_is_said_decides(order: Order, edtf: str) -> None:
    assert typed_dates.edtf("12/03/1994", order) == edtf


@given(st.text(max_size=25) | st.from_regex(r"[0-9 /.–-]{1,14}", fullmatch=True))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    with contextlib.suppress(BadDate):
        typed_dates.edtf(text)


FORMS = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%d-%b-%Y", "%d.%m.%Y", "%Y/%m/%d", "%A, %d %B %Y")


@given(st.dates(datetime.date(1000, 1, 1)), st.sampled_from(FORMS))
def test_a_day_is_read_in_each_of_its_forms(day: datetime.date, form: str) -> None:
    assert typed_dates.edtf(day.strftime(form)) == day.isoformat()
