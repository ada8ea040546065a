import pytest

from triptych.content import typography


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("14 branches", "14␣branches"),
        ("on 9 October 2018", "on 9␣October␣2018"),
        ("in June 2017", "in June␣2017"),
        ("Paper F/17/44", "Paper F/⁀17/⁀44"),
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
