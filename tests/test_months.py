"""Which months a text names, in each language as people write it."""

import pytest

from triptych.check.months import names_month


@pytest.mark.parametrize(
    ("language", "text", "months"),
    [
        pytest.param("en", "from March to Dec. 2018, maybe in a decent year", {3, 12}, id="in full and short"),
        pytest.param("en-GB", "in Sept 2018", {9}, id="a short name of Britain"),
        pytest.param("de", "Ende Januars, im März und im Dez. 2018", {1, 3, 12}, id="German, with an s"),
        pytest.param("fr", "le 1er février, en août 2018", {2, 8}, id="French"),
        pytest.param("ca", "el 3 de febrer, d’abril", {2, 4}, id="Catalan, with a word before"),
        pytest.param("el", "στις 3 Φεβρουαρίου, τον Δεκέμβριο, ο Μάιος", {2, 5, 12}, id="Greek cases"),
        pytest.param("ru", "в декабре, 3 июня, августом", {6, 8, 12, 5}, id="Russian cases; May is not sure"),
        pytest.param("pl", "w marcu i lutym, w maju; Maria", {2, 3, 5}, id="Polish cases"),
        pytest.param("cs", "v červnu", {6}, id="June in Czech"),
        pytest.param("cs", "v červenci, ledna", {1, 7}, id="is not July"),
        pytest.param("uk", "у січні та лютому", {1, 2}, id="Ukrainian cases"),
        pytest.param("fi", "joulukuussa, toukokuun", {5, 12}, id="Finnish cases"),
        pytest.param("hu", "decemberben, májusig", {5, 12}, id="Hungarian cases"),
        pytest.param("he", "3 בפברואר, בדצמבר ולמרץ", {2, 3, 12}, id="Hebrew prefixes"),
        pytest.param("ar", "في ديسمبر ومارس", {3, 12}, id="Arabic prefixes"),
        pytest.param("ja", "2024年12月に、１月、2月3日", {1, 2, 12}, id="Japanese"),
        pytest.param("zh", "二〇二四年十二月", {12}, id="Chinese in words"),
        pytest.param("ko", "2024년 11월에", {11}, id="Korean"),
        pytest.param("vi", "tháng 12 năm 2024", {12}, id="Vietnamese"),
        pytest.param("sw", "", set(range(1, 13)), id="not checked in a language that we do not know"),
    ],
)
def test_which_months_a_text_names(language: str, text: str, months: set[int]) -> None:
    assert {month for month in range(1, 13) if names_month(text, 2018, month, language)} == months


@pytest.mark.parametrize(
    ("language", "text", "months"),
    [
        ("en-GB", "2018-10-09", {10}),
        ("en-GB", "on 9/10/2018", {10}),
        ("en-US", "on 9/10/2018", {9}),
        ("de", "am 9.10.2018 und 3. 2. 2018", {2, 10}),
        ("de", "Version 1.11.20185, 2018-101", set()),
    ],
)
def test_a_date_of_digits_names_its_month(language: str, text: str, months: set[int]) -> None:
    assert {month for month in range(1, 13) if names_month(text, 2018, month, language)} == months


@pytest.mark.parametrize(
    ("language", "text", "month"),
    [
        ("tr", "Karar 9 Ekim’de alındı.", 10),
        ("tr", "aralığın sonunda", 12),
        ("pl", "w październiku 2018 r.", 10),
        ("uk", "у жовтні 2018 року", 10),
        ("el", "στις 9 Οκτωβρίου", 10),
        ("ar", "في ٩ تشرين الأول ٢٠١٨", 10),  # the Levant
        ("ar", "وفي أكتوبر", 10),  # Egypt
        ("ar", "تشرين الثاني/نوفمبر", 11),  # both, as international papers write
        ("ar", "في غشت", 8),  # Morocco
        ("he", "באוקטובר 2018", 10),
        ("ar", "٢٠١٨-١٠-٠٩", 10),
    ],
)
def test_a_month_is_found_in_the_cases_of_its_language(language: str, text: str, month: int) -> None:
    assert names_month(text, 2018, month, language)
    assert not names_month(text, 2018, month % 12 + 3 if month < 10 else month - 7, language)
