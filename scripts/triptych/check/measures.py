"""Units, currencies and powers of ten as a language writes them, by CLDR, and what two units have in common."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import cache
from itertools import product

from babel import Locale, UnknownLocaleError
from babel.numbers import format_compact_decimal, get_currency_name, get_currency_symbol
from babel.units import format_unit

from triptych.check import lexicon

_UNITS = (
    *("concentr-percent", "concentr-permille", "temperature-celsius", "temperature-fahrenheit", "angle-degree"),
    *("length-millimeter", "length-centimeter", "length-meter", "length-kilometer"),
    *("length-inch", "length-foot", "length-yard", "length-mile", "length-nautical-mile"),
    *("area-square-meter", "area-square-kilometer", "area-hectare", "area-acre", "area-square-mile"),
    *("volume-milliliter", "volume-centiliter", "volume-liter", "volume-cubic-meter", "volume-gallon"),
    *("mass-milligram", "mass-gram", "mass-kilogram", "mass-tonne", "mass-ton", "mass-ounce", "mass-pound"),
    *("duration-second", "duration-minute", "duration-hour", "duration-day", "duration-week", "duration-month"),
    *("duration-year", "duration-decade", "duration-century", "duration-night"),
    *("speed-kilometer-per-hour", "speed-mile-per-hour", "speed-meter-per-second", "speed-knot"),
    *("energy-kilowatt-hour", "energy-calorie", "energy-kilocalorie", "energy-joule", "electric-volt"),
    *("power-watt", "power-kilowatt", "power-megawatt", "power-gigawatt", "frequency-hertz"),
    *("digital-megabyte", "digital-gigabyte", "digital-terabyte"),
)
_CURRENCIES = (
    *("EUR", "USD", "GBP", "CHF", "JPY", "CNY", "CAD", "AUD", "NZD", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF"),
    *("INR", "RUB", "TRY", "UAH", "ILS", "BRL", "MXN", "ZAR", "EGP", "MAD", "KRW"),
)
_DOLLARS = frozenset({"USD", "CAD", "AUD", "NZD"})
SIGNS: Mapping[str, frozenset[str]] = {
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "$": _DOLLARS,
    "us$": frozenset({"USD"}),
    "¥": frozenset({"JPY", "CNY"}),
    "₹": frozenset({"INR"}),
    "₽": frozenset({"RUB"}),
    "₺": frozenset({"TRY"}),
    "₴": frozenset({"UAH"}),
    "₪": frozenset({"ILS"}),
    "%": frozenset({"concentr-percent"}),
    "‰": frozenset({"concentr-permille"}),
    "°": frozenset({"temperature-celsius", "temperature-fahrenheit", "angle-degree"}),
}
"""Signs of units and currencies in every language."""
_FACTORS: Mapping[str, tuple[str, str]] = {
    "concentr-percent": ("share", "0.01"),
    "concentr-permille": ("share", "0.001"),
    "length-millimeter": ("length-meter", "0.001"),
    "length-centimeter": ("length-meter", "0.01"),
    "length-kilometer": ("length-meter", "1000"),
    "area-hectare": ("area-square-meter", "10000"),
    "area-square-kilometer": ("area-square-meter", "1000000"),
    "volume-milliliter": ("volume-liter", "0.001"),
    "volume-centiliter": ("volume-liter", "0.01"),
    "volume-cubic-meter": ("volume-liter", "1000"),
    "mass-milligram": ("mass-gram", "0.001"),
    "mass-kilogram": ("mass-gram", "1000"),
    "mass-tonne": ("mass-gram", "1000000"),
    "duration-minute": ("duration-second", "60"),
    "duration-hour": ("duration-second", "3600"),
    "duration-day": ("duration-second", "86400"),
    "duration-week": ("duration-second", "604800"),
    "duration-fortnight": ("duration-second", "1209600"),
    "duration-year": ("duration-month", "12"),
    "duration-decade": ("duration-month", "120"),
    "power-kilowatt": ("power-watt", "1000"),
    "power-megawatt": ("power-watt", "1000000"),
    "power-gigawatt": ("power-watt", "1000000000"),
    "GBP-cent": ("GBP", "0.01"),
    "USD-cent": ("USD", "0.01"),
    "EUR-cent": ("EUR", "0.01"),
}
"""Units that are an exact multiple of another one. Pint knows them too, and takes 0.25 s to load."""
_NO_UNITS = frozenset({"c", "in", "t", "v", "yr", "wk"})
"""Short forms of CLDR that are other words too."""
MONEY = frozenset({*_CURRENCIES, "GBP-cent", "USD-cent", "EUR-cent"})
Words = tuple[str, ...]
LONGEST = 4
"""Most words and signs of a unit."""
_PARTS = re.compile(r"[^\W\d_]+|\S")
_COUNTS = (1, 2, 5)


def base(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """A value in the unit that others are multiples of. A part of a whole is a `share` from 0 to 1."""
    name, factor = _FACTORS.get(unit, (unit, "1"))
    return value * Decimal(factor), name


@cache
def units(language: str) -> Mapping[Words, frozenset[str]]:
    """The units and currencies that each run of words or signs may mean, in small letters."""
    found: dict[Words, set[str]] = {}
    for text, unit in _named(language):
        words = tuple(_PARTS.findall(re.sub(r"[\d\s]+", " ", text).lower()))
        if words and not (len(words) == 1 and words[0] in _NO_UNITS | lexicon.of(language).stop):
            found.setdefault(words, set()).add(unit)
    own = {tuple(phrase.split()): set(names.split()) for phrase, names in lexicon.of(language).units.items()}
    signs = {tuple(_PARTS.findall(sign)): set(names) for sign, names in SIGNS.items()}
    return {words: frozenset(names) for words, names in {**found, **own, **signs}.items()}


def _named(language: str) -> Iterator[tuple[str, str]]:
    """Each way to write a unit or a currency, with a number or without, and what it is."""
    for tag in dict.fromkeys((language, *_SPELLINGS.get(language.split("-")[0], ()))):
        with suppress(UnknownLocaleError, ValueError):
            yield from _named_in(Locale.parse(tag, sep="-"))


_SPELLINGS = {"en": ("en", "en-GB")}
"""Languages of which a text may have any spelling."""


def _named_in(locale: Locale) -> Iterator[tuple[str, str]]:
    for unit in _UNITS:
        for length in ("long", "short"):
            yield from ((format_unit(count, unit, length, locale=locale), unit) for count in _COUNTS)
    for code in _CURRENCIES:
        yield from ((get_currency_name(code, count, locale), code) for count in _COUNTS)
        yield from ((code, code), (get_currency_symbol(code, locale), code))


@cache
def scales(language: str) -> Mapping[Words, int]:
    """The powers of ten that each run of words may mean, in small letters: million, Mio."""
    found: dict[Words, int] = {}
    with suppress(UnknownLocaleError, ValueError):
        locale = Locale.parse(language, sep="-")
        # Chinese, Japanese and Korean have no long form.
        lengths = [length for length in ("long", "short") if length in locale.compact_decimal_formats]
        for power, length, count in product((3, 6, 9, 12), lengths, _COUNTS):
            text = _compact(format_compact_decimal, count * 10**power, length, locale)
            words = tuple(_PARTS.findall(re.sub(r"[\d\s.]+", " ", text).lower()))
            if words and len(re.findall(r"\d", text)) == 1:
                found[words] = 10**power
    return {**found, **{(word,): value for word, value in lexicon.of(language).scales.items()}}


def _compact(form: Callable[..., str], number: int, length: str, locale: Locale) -> str:
    return form(number, format_type=length, locale=locale)


def longest(table: Mapping[Words, object], words: Sequence[str]) -> int:
    """How many of some words, from the first, are an entry of a table; 0 if none are."""
    return next((length for length in range(min(LONGEST, len(words)), 0, -1) if tuple(words[:length]) in table), 0)
