import pytest

from triptych.content import typography


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("14 branches", "14␣branches"),
        ("on 9 October 2018", "on 9␣October␣2018"),
        ("in June 2017", "in June␣2017"),
        ("Paper F/17/44", "Paper F/⁀17/⁀44"),
        ("call +44 20 7946 0958 or (020) 7946 0958", "call +44␣20␣7946␣0958 or (020)␣7946␣0958"),
        ("no number here", "no number here"),
    ],
)
def test_numbers_dates_and_codes_are_held_together(text: str, held: str) -> None:
    assert typography.unbroken(text).replace("\u00a0", "␣").replace("\u2060", "⁀") == held


@pytest.mark.parametrize(
    ("text", "over", "held"),
    [
        ("Council consults on longer hours", 20, "Council consults on longer␣hours"),
        ("Council consults on longer hours", 60, "Council consults on longer hours"),
        ("Budget review in committee rooms", 20, "Budget review in committee␣rooms"),
        ("The first of many consultations", 20, "The first of many consultations"),
    ],
)
def test_a_short_last_word_does_not_stand_alone(text: str, over: int, held: str) -> None:
    assert typography.last_words_joined(text, over).replace("\u00a0", "␣") == held


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("in 2018 it met", "in 2018 it met"),
        ("4,812 people", "4,812␣people"),
        ("22.9 per cent", "22.9␣per cent"),
        ("1 234 567 visites, 12,5 %", "1␣234␣567␣visites, 12,5␣%"),
        ("1'234'567 francs", "1'234'567␣francs"),
        ("at 3397 m, 1200 km/h", "at 3397␣m, 1200␣km/⁀h"),
        ("in 2018 m’lud met", "in 2018 m’lud met"),
        ("9.1 ± 0.2 µg/m³", "9.1␣±␣0.2␣µg/⁀m³"),
        ("US$ 5, § 3", "US$␣5, §␣3"),
        ("2015 people, 12015 people", "2015 people, 12015␣people"),
        ("7 – 9", "7 – 9"),
        ("about June 2017", "about June␣2017"),
        ("about june 2017", "about june 2017"),
        ("Harrowby 20175", "Harrowby 20175"),
        ("and/or", "and/⁀or"),
        ("and / or", "and / or"),
        ("ISO-IEC, well-known, Paris-based", "ISO-⁀IEC, well-known, Paris-based"),
        ("pages 8–9, here–there", "pages 8–⁀9, here–there"),
    ],
    ids=[
        *("a year may stand at the end of a line", "a grouped number", "a decimal"),
        *("groups with spaces", "groups with apostrophes", "a unit after four digits", "no unit after a year"),
        *("plus or minus", "a sign before its number", "five digits are no year"),
        *("a dash is no word", "a month and its year", "small letters are no name", "five digits after a name"),
        *("a slash", "a slash between spaces", "a hyphen between capitals alone", "a range of numbers alone"),
    ],
)
def test_what_a_line_break_may_not_part(text: str, held: str) -> None:
    assert typography.unbroken(text).replace("\u00a0", "␣").replace("\u2060", "⁀") == held


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        (f"{'a' * 50} lastwords", False),
        (f"{'a' * 42} joinable lastwords", True),
        (f"{'a' * 51} last words", True),
        (f"{'a' * 51} tenletters", False),
        (f"{'a' * 42} joinable lastwords  ", True),
        (f"{'a' * 42} ninewords lastwords", False),
    ],
    ids=[
        *("60 characters are short", "61 are long", "of many words", "ten letters may stand alone"),
        *("spaces at the end", "more than 15 per cent of a line of 60"),
    ],
)
def test_the_last_words_of_a_text_over_60_characters_stay_together(text: str, joined: bool) -> None:
    held = typography.last_words_joined(text)
    assert (held.count("\u00a0") == 1) == joined
    assert held.replace("\u00a0", " ") == text


@pytest.mark.parametrize(
    ("text", "curled"),
    [
        ("\"Why\" and 'how'", "“Why” and ‘how’"),
        ('("Why") ["how"]', "(“Why”) [“how”]"),
        ("\"'Why' he said\"", "“‘Why’ he said”"),
        ("the city's, the 90's", "the city’s, the 90’s"),
        ("8-9, well-known", "8–9, well-known"),
        ("now - then -- soon", "now – then – soon"),
    ],
    ids=["pairs", "in brackets", "within each other", "apostrophes", "ranges alone", "dashes"],
)
def test_the_marks_of_a_record_become_typographic(text: str, curled: str) -> None:
    assert typography.curled(text) == curled


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("one two", 7, "one two"),
        ("one two three", 9, "one two …"),
        ("one two three", 12, "one two …"),
        ("a" * 80, 80, "a" * 80),
    ],
    ids=["short enough", "whole words", "never a part of one", "as long as may be"],
)
def test_a_text_is_shortened_to_whole_words(text: str, most: int, shown: str) -> None:
    assert typography.shortened(text, most) == shown
    assert typography.shortened("word " * 16 + "x") == "word " * 16 + "…"


def test_machines_get_plain_spaces() -> None:
    assert typography.plain("9\u00a0May F/\u206017") == "9 May F/17"
