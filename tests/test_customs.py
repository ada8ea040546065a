"""A text in another language prints with the signs of that language: each value from the authority beside it."""

from functools import cache

import pytest
from babel import Locale

from tests.conftest import TEMPLATES
from triptych.compose import words
from triptych.content import customs, prose
from triptych.content.calendars import Calendar


@cache
def calendar(language: str) -> Calendar:
    return Calendar(Locale.parse(language, sep="-"), words.words(language, TEMPLATES).by_name)


def printed(text: str, language: str) -> str:
    """A line of an article as it prints, with ~ for a no-break space and ^ for a narrow one."""
    html = prose.Renderer({}, language=language).line(text)
    return html.replace("&nbsp;", "\u00a0").replace("\u00a0", "~").replace("\u202f", "^").replace("\u2060", "")


@pytest.mark.parametrize(
    ("language", "typed", "set_"),
    [
        # CLDR 47, delimiters; for French the Lexique of the Imprimerie nationale, which nests “ ” within « ».
        ("en-GB", "\"so 'it' is\"", "“so ‘it’ is”"),
        ("en-US", "\"so 'it' is\"", "“so ‘it’ is”"),
        ("fr", "parle d'\"une 'tempête'\"", "parle d’«~une “tempête”~»"),
        ("fr", "«Le dimanche», « dit-il »", "«~Le dimanche~», «~dit-il~»"),
        ("fr", '"[*ouvert*](https://a.example)"', '«~<a href="https://a.example"><em>ouvert</em></a>~»'),
        ("fr-CH", '"oui"', "«^oui^»"),
        ("es", "\"Dijo 'no' ayer\"", "«Dijo “no” ayer»"),
        ("de", "\"Wer sagt 'ja' dazu?\"", "„Wer sagt ‚ja‘ dazu?“"),
        ("de", "„Wer sagt ‚ja‘“, »wie« geht's", "„Wer sagt ‚ja‘“, „wie“ geht’s"),
        ("de", "„Wort zum “Sonntag”“, so", "„Wort zum ‚Sonntag‘“, so"),
        ("de-CH", "\"Wer sagt 'ja'\"", "«Wer sagt ‹ja›»"),
        # The same, Ponctuation: a narrow space before ; ! ?, a whole one before the colon.
        ("fr", "Quoi? Oui! a; b : c", "Quoi^? Oui^! a^; b~: c"),
        ("fr", "Quoi ?! (vrai?) à 10:30", "Quoi^?! (vrai^?) à 10:30"),
        ("fr", 'un « ? » et un "!"', "un «~?~» et un «~!~»"),
        ("fr", "`a ? b` est-ce `c`?", "<code>a ? b</code> est-ce <code>c</code>^?"),
        # Office québécois de la langue française: no space before ; ! ? in Canada.
        ("fr-CA", "Quoi? Oui! a; b : c", "Quoi? Oui! a; b~: c"),
        # Lexique, Abréviations: 1er, 1re, 2e and no with raised letters; a plain Ce or Le is no ordinal.
        ("fr", "le 1er, la 1re, les 2es, XIXe, no 3, Le 5e", "le 1ᵉʳ, la 1ʳᵉ, les 2ᵉˢ, XIXᵉ, nᵒ 3, Le 5ᵉ"),
        # CLDR 47: percentFormat and group; DIN 5008 for German.
        ("fr", "12,5% de 1 234 567", "12,5~% de 1^234^567"),
        ("es", "el 63% de todo", "el 63~% de todo"),
        ("de", "63% von 100 Leuten", "63~% von 100~Leuten"),
        ("en-GB", "63% of 100 people", "63% of 100~people"),
        # Duden, Abkürzungen and Ordnungszahlen.
        ("de", "z.B. im 3. Bericht, d. h. bald", "z.^B. im 3.~Bericht, d.^h. bald"),
        # An abbreviation stays with its number: DIN 5008; Lexique, Abréviations.
        ("de", "§ 4 Abs. 2, vgl. Art. 12 u. S. 9", "§~4~Abs.~2, vgl. Art.~12~u. S.~9"),
        ("fr", "art. 4, al. 2, p. 12", "art.~4, al.~2, p.~12"),
    ],
)
def test_a_language_has_its_own_signs(language: str, typed: str, set_: str) -> None:
    assert printed(typed, language) == set_


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_a_language_that_ships_has_every_word(language: str) -> None:
    english = words.words("en", TEMPLATES).by_name
    found = words.words(language, TEMPLATES).by_name
    same = {name for name, word in found.items() if word == english[name] and len(word) > 9}
    assert same <= {"corrections", "enlarged_short", "qr_code", "source_revision", "version_part"}


def test_the_spaces_of_a_language_stand_in_its_fixed_words_too() -> None:
    assert words.words("fr", TEMPLATES).draft_undated == "Épreuve non vérifiée\u00a0: ne pas citer."
    assert words.words("fr", TEMPLATES).number == "No {}"
    assert customs.kept("No 7", "fr") == "Nᵒ 7"


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("dit “non”", "non"),
        ('dit "non"', "non"),
        ("dit « non » hier", "non"),
        ("sagt „nein“ dazu", "nein"),
        ("sagt »nein« dazu", "nein"),
        ('צה"ל אמר "לא" אתמול', "לא"),
    ],
)
def test_a_quotation_is_known_in_the_marks_of_each_language(text: str, quoted: str) -> None:
    assert [found[found.lastgroup or 0] for found in customs.QUOTATION.finditer(text)] == [quoted]
