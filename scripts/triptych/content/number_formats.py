"""A number and its format become the text that stands in the cell of a spreadsheet, with the signs of a language."""

import re
from collections.abc import Sequence
from decimal import Decimal

from babel import Locale, numbers

from triptych.content import numerals

_SECTION = re.compile(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*')
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|\[\$([^-\]]*)[^\]]*\]|\[[^\]]*\]|_.|\*.')
_DIGITS = re.compile(r"[#0?][#0?,.]*")


def shown(value: float, code: str, locale: Locale) -> str:
    """A number as it stands in a cell with a format, such as 0.0%. One whose format we do not know is shown whole."""
    sections = [found for found in _SECTION.findall(code) if found]
    section = sections[1] if value < 0 and len(sections) > 1 else sections[0] if sections else ""
    parts = _LITERAL.sub(lambda found: f"\0{''.join(filter(None, found.groups()))}\0", section).split("\0")
    bare = "".join(parts[::2])
    digits = _DIGITS.findall(bare)
    if len(digits) != 1 or re.search(r"[^#0?,.%+\-() €£$¥]", bare):
        return _whole(value, locale)
    return _formatted(abs(value) if len(sections) > 1 else value, parts, digits[0], locale)


def _formatted(value: float, parts: Sequence[str], digits: str, locale: Locale) -> str:
    """A number in the one place for digits of a format, with the texts around it."""
    value *= 100 if any("%" in part for part in parts[::2]) else 1
    value /= 1000 ** (len(digits) - len(digits.rstrip(",")))
    whole, _, decimals = digits.rstrip(",").partition(".")
    least = decimals.count("0")
    pattern = ("#,##0" if "," in whole else "0") + f".{'0' * least}{'#' * (len(decimals) - least)}" * bool(decimals)
    text = numerals.decimal(_exact(value), locale, pattern)
    outside = (_DIGITS.sub("\1", part, count=1) if index % 2 == 0 else part for index, part in enumerate(parts))
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    return sign + "".join(outside).replace("\1", text).strip()


def _whole(value: float, locale: Locale) -> str:
    return numerals.digits(plain(value).replace(".", _point(locale)), str(locale))


def _point(locale: Locale) -> str:
    return str(numbers.get_decimal_symbol(locale, numbering_system="default"))


def plain(value: float) -> str:
    """A number as text, with a point and without groups: 2018, not 2018.0."""
    return f"{_exact(value):f}"


def _exact(value: float) -> Decimal:
    """A number of the 15 digits that a spreadsheet program keeps."""
    return Decimal(f"{value:.15g}").normalize() + 0
