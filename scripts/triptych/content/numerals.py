"""The digits of a language, and the signs that stand with them: one custom for a whole document.

A language has the numbering system that CLDR 47 gives its tag: `ar-LB` and `ar-EG` write ٢٠١٨, `ar` and `ar-MA` 2018.
"""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal, get_decimal_symbol, get_group_symbol

from triptych.content.letters import LEFT_TO_RIGHT, RIGHT_TO_LEFT, Inside

_ZEROS = {"arab": "\u0660", "arabext": "\u06f0", "beng": "\u09e6", "deva": "\u0966", "mymr": "\u1040"}
"""The digit for 0 of each numbering system of CLDR that a language has by default."""
STYLES = {"arab": "arabic-indic", "arabext": "persian", "beng": "bengali", "deva": "devanagari", "mymr": "myanmar"}
"""The name of each in CSS."""
_IN_LATIN = rf"(?![{RIGHT_TO_LEFT}\ufffc])"  # nor what stands as it was typed
_REST = rf"(?:{_IN_LATIN}(?:[^\s.,;:!?()\[\]«»“”]|[.,:](?=[\w/])))*"
_LATIN_RUN = re.compile(
    rf"(?:[0-9A-Za-z-]+[./:@])*[{LEFT_TO_RIGHT}](?:{_IN_LATIN}(?:[{LEFT_TO_RIGHT}0-9]|[\W_]))*(?<=[{LEFT_TO_RIGHT}])"
    rf"{_REST}(?:[ \u00a0][0-9]{_REST})*"
)
"""From the first to the last Latin letter, with the numbers that follow, such as ISO 15489 and MARC 21."""
_GROUPED = re.compile(r"(?<![\d.,٬٫])(?:\d{1,3}(?:[,٬]\d{3})+|\d+)(?:[.٫]\d+)?(?:\s?[%٪])?(?![.,٬٫]?\d)")
"""A number with its groups, its decimals and its per cent sign."""
_PARTS = re.compile(r"(<[^>]*>|&#?\w+;)")
_OPAQUE = re.compile(r'<(code|pre|kbd|samp|head|script|style|a(?= class="address")|(?:span|bdi)(?= class="as-typed))\b')
_READ_ALOUD = re.compile(
    r'((?<= alt=")|(?<= aria-label=")|(?<= data-version=")|(?<= data-name=")|(?<= data-line="))([^"]*)'
)
"""Texts in attributes: those that are read aloud, and those of running lines."""


@cache
def system(language: str) -> str:
    """The numbering system of a language by CLDR, such as `latn` or `arab`."""
    try:
        return str(Locale.parse(language.replace("_", "-"), sep="-").default_numbering_system)
    except (UnknownLocaleError, ValueError):
        return "latn"


@cache
def _own(language: str) -> dict[int, int]:
    """Each Latin digit as a digit of the language; empty where they are the same."""
    zero = ord(_ZEROS.get(system(language), "0"))
    return {} if zero == ord("0") else {ord("0") + digit: zero + digit for digit in range(10)}


@cache
def _latin(language: str) -> dict[int, int]:
    """Each digit of Arabic as a Latin one, for a language of that script which has Latin digits."""
    if system(language) != "latn" or language.replace("_", "-").split("-")[0] != "ar":
        return {}
    return {ord("\u0660") + digit: ord("0") + digit for digit in range(10)}


def has(language: str) -> bool:
    """Whether the digits of a language are not those that everybody types."""
    return bool(_own(language) or _latin(language))


def digits(text: str, language: str) -> str:
    """A date or a number of ours with the digits of its language."""
    return text.translate(_own(language))


def decimal(number: float | Decimal, locale: Locale, pattern: str | None = None) -> str:
    """A number in the digits, the groups and the decimals of a language, or of a pattern of CLDR."""
    return digits(str(format_decimal(number, pattern, locale, numbering_system="default")), str(locale))


def style(language: str) -> str:
    """The counters of a language in CSS; empty for those of Latin."""
    return STYLES.get(system(language), "")


def outside_latin(text: str, change: Callable[[str], str]) -> str:
    """A text changed but for its Latin runs. What surrounds a run is changed by itself, and must keep its length."""
    found, at = [], 0
    for run in _LATIN_RUN.finditer(text):
        found += [change(text[at : run.start()]), run.group()]
        at = run.end()
    return "".join([*found, change(text[at:])])


def native(text: str, language: str) -> str:
    """A text of an author with the digits and the signs of its language, of the same length. Latin runs keep theirs."""
    if not has(language):
        return text
    return outside_latin(text, lambda part: _signs(part, language))


def native_html(html: str, language: str) -> str:
    """A whole document with the digits of its language; code and addresses keep theirs."""
    if not has(language):
        return html
    parts, opaque = _PARTS.split(html), Inside(_OPAQUE)
    for index, part in enumerate(parts):
        if part.startswith("<"):
            opaque.passed(part)
            parts[index] = _READ_ALOUD.sub(lambda found: _digits_alone(found[2], language), part)
        elif not opaque and index % 2 == 0:
            parts[index] = _digits_alone(part, language)
    return "".join(parts)


def _digits_alone(text: str, language: str) -> str:
    table = _own(language) or _latin(language)
    return outside_latin(text, lambda part: part.translate(table))


def _signs(text: str, language: str) -> str:
    """A text without Latin, with the digits of a language and the signs at its numbers."""
    typed = "٬٫٪" if _latin(language) else ",.%"
    signs = dict(zip(map(ord, typed), _symbols(language), strict=True))
    text = _GROUPED.sub(lambda found: found.group().translate(signs), text)
    return text.translate(_own(language) or _latin(language))


@cache
def _symbols(language: str) -> tuple[str, str, str]:
    """What stands between thousands, before decimals, and for per cent."""
    locale = Locale.parse(language.replace("_", "-"), sep="-")
    group, point = (symbol(locale, numbering_system="default") for symbol in (get_group_symbol, get_decimal_symbol))
    return str(group), str(point), "٪" if system(language).startswith("arab") else "%"
