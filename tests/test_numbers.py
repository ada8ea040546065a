"""Which numbers a text has, as each language groups them."""

import pytest
from babel.localedata import locale_identifiers

from triptych.check import measures
from triptych.check.numbers import numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("21 votes to 19", ["21", "19"], id="each number"),
        pytest.param("007 and 7", ["7"], id="zeros at the front do not count"),
        pytest.param("a score of 0, or 00", ["0"], id="nothing is a number"),
        pytest.param("1,940 of 1\u2009940 and 1\u202f940", ["1940"], id="thousands are grouped in three ways"),
        pytest.param("3,127,004", ["3127004"], id="millions too"),
        pytest.param("3 127 004 and 3\u00a0127\u00a0004", ["3127004"], id="millions with spaces"),
        pytest.param("3.127.004", ["3127004"], id="millions with points, as abroad"),
        pytest.param("3'127'004 and 3’127’004", ["3127004"], id="apostrophes"),
        pytest.param("12,34,567 and 1,00,000", ["1234567", "100000"], id="lakhs"),
        pytest.param("20,19", ["20", "19"], id="two digits after a comma are another number"),
        pytest.param("14, 15 and 2018, 300", ["14", "15", "2018", "300"], id="a list"),
        pytest.param("in 2018 300 people", ["2018", "300"], id="a year and a number"),
        pytest.param("14 12,000", ["14", "12000"], id="a number and a grouped one"),
        pytest.param("22.9%, F/17", ["22.9", "17"], id="a decimal is one number"),
        pytest.param("0.125 and 1,234.5", ["0.125", "1234.5"], id="three decimals, and a group with one"),
        pytest.param("9.10.2018", ["9", "10", "2018"], id="a date of points"),
        pytest.param("٣٬٤٥٦٫٧", ["3456.7"], id="digits of another script"),
        pytest.param("the 16th", ["16"], id="an ordinal has its number"),
        pytest.param("two of Nine", ["2", "9"], id="words are numbers, with a capital or not"),
        pytest.param("twenty-one", ["21"], id="a word with a hyphen is one number"),
        pytest.param("one of them, and once", [], id="one is a word, not a number"),
        pytest.param("often, tension", [], id="a number within a word is none"),
    ],
)
def test_which_numbers_an_english_text_has(text: str, found: list[str]) -> None:
    assert list(numbers(text, "en").whole) == found
    assert not numbers(text, "en").pairs


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("de", "1.234 und 1.234,5", ["1234", "1234.5"]),
        ("de", "1,234 und 12,5 %", ["1.234", "12.5"]),
        ("de", "2.0 und 0.125", ["2.0", "0.125"]),
        ("de-CH", "1’234.5 und 1'234", ["1234.5", "1234"]),
        ("fr", "1 234 567,5 visites en 2018, 1 234 de plus", ["1234567.5", "2018", "1234"]),
        ("sv", "21\u00a0300 besök", ["21300"]),
        ("en-IN", "12,34,567.50", ["1234567.50"]),
        ("en", "1.234 m", ["1.234"]),
    ],
)
def test_which_numbers_a_text_of_a_language_has(language: str, text: str, found: list[str]) -> None:
    assert list(numbers(text, language).whole) == found


def test_two_numbers_and_a_space_may_be_one_in_a_language_that_groups_with_commas() -> None:
    found = numbers("on day 21 300.5 came", "en")
    assert found.pairs == {"21300.5": ("21 300.5", "21", "300.5")}
    assert [number for number in ("21300.5", "21", "300.5", "300", "21300") if found.states(number)] == [
        *("21300.5", "21", "300.5")
    ]


def test_number_words_are_those_of_the_language() -> None:
    assert list(numbers("zwei of two", "de").whole) == ["2"]
    assert list(numbers("two and 3", "tlh").whole) == ["3"]
    assert "99" in numbers("ninety-nine", "en").whole


def test_a_number_is_told_as_it_is_first_written() -> None:
    assert numbers("1,940 and 1940, Nine and nine", "en").whole == {"1940": "1,940", "9": "Nine"}


@pytest.mark.parametrize(
    ("language", "text", "number"),
    [
        ("pl", "dwóch radnych", "2"),
        ("pl", "dwadzieścia dwie filie", "22"),
        ("uk", "п’ятьох бібліотек", "5"),
        ("uk", "двадцять одна", "20"),  # one is no number that is traced
        ("el", "τεσσάρων παραρτημάτων", "4"),
        ("el", "είκοσι δύο", "22"),
        ("tr", "yirmi iki şubenin ikisi", "22"),
        ("tr", "üçü kapandı", "3"),
        ("he", "בשלושה סניפים", "3"),
        ("ar", "وخمسة فروع", "5"),
        ("ar", "اثنان وعشرون فرعًا", "22"),
        ("pt", "duas filiais", "2"),
        ("pt", "vinte e duas filiais", "22"),
        ("es", "treinta y dos filiales", "32"),
        ("it", "ventidue sedi", "22"),
        ("nl", "tweeëntwintig filialen", "22"),
        ("de", "zweiundzwanzig Zweigstellen", "22"),
        ("en", "twenty-two branches", "22"),
    ],
)
def test_a_number_in_words_is_read_in_its_cases(language: str, text: str, number: str) -> None:
    assert number in numbers(text, language).whole


def test_each_language_has_its_words_for_powers_of_ten() -> None:
    """Those of Chinese, Japanese and Korean are short ones only."""
    assert measures.scales("de")["mio",] == measures.scales("de")["million",] == 10**6
    for language in {name.split("_")[0] for name in locale_identifiers()}:
        assert set(measures.scales(language).values()) <= {10**power for power in range(2, 13)}
