"""The months that a text names, in its language: in all cases, after prefixes, and as numbers."""

import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

_UNCHANGED = frozenset(
    (
        *("af", "bg", "ca", "da", "de", "en", "es", "fr", "gl", "id", "is"),
        *("it", "lb", "mk", "ms", "nb", "nl", "nn", "no", "pt", "ro", "sv"),
    )
)
"""Languages whose months have one form, but for an `s` at the end."""
_ENDINGS = {**dict.fromkeys(("cs", "el", "hr", "lt", "pl", "ru", "sk", "uk"), 3), "fi": 5, "hu": 5}
"""Languages that change the ends of months, and how many letters a new end has at most."""
_SUFFIXED = {"tr": ("ocağ", 1, "aralığ", 12)}
"""Languages that add endings to whole names, and names that change before one."""
_PREFIXES = {"he": "[ובלמשכה]{0,3}", "ar": "[وفبكل]{0,2}(?:ال)?"}
"""Little words that stand before a month without a space."""
_COUNTED = {"ja": "{}月", "ko": "{}월", "vi": "tháng {}", "zh": "{}月"}
"""Languages that count their months."""
LEAST_STEM = 3
"""Letters that must stay the same in all cases of a month."""
_Names = dict[str, frozenset[int]]


def names_month(text: str, year: int, month: int, language: str) -> bool:
    """Whether a text has a month, by its name or in a date of digits.

    True where we cannot say: in a language whose months we do not know in all their forms.
    """
    named = _named(text, language)
    return named is None or month in named or _in_digits(text, year, month, language)


def _in_digits(text: str, year: int, month: int, language: str) -> bool:
    """Whether a text has a date of digits in a month: 2018-10-09, 9.10.2018, 9/10/2018, or 10/9/2018 in America."""
    text = _decimal(text)
    if str(abs(year)) not in text:
        return False
    number, years = rf"0?{month}", rf"{'-' if year < 0 else ''}0*{abs(year)}"
    slashes = rf"{number}/\d\d?" if language in ("en", "en-US") else rf"\d\d?/{number}"
    patterns = (rf"{years}[-/.]{number}(?!\d)", rf"(?<!\d)(?:\d\d?\.\s?{number}\.\s?|{slashes}/){years}(?!\d)")
    return any(re.search(pattern, text) for pattern in patterns)


@lru_cache(maxsize=200)
def _decimal(text: str) -> str:
    """A text with its digits in the form of 0 to 9."""
    return "".join(str(int(one)) if one.isdecimal() else one for one in text)


@lru_cache(maxsize=200)
def _named(text: str, language: str) -> frozenset[int] | None:
    """The months that a text names; None in a language whose months we do not know in all their forms."""
    base = language.split("-")[0]
    if base in _COUNTED:
        return frozenset(_counted(unicodedata.normalize("NFKC", text), base))
    if not knows(language):
        return None
    plain = folded(text)
    found = {month for word in set(re.findall(r"[^\W\d_]+", plain)) for month in _of(word, language)}
    for name, months in _names(language).items():
        if " " in name and re.search(rf"(?<!\w)(?:{_PREFIXES.get(base, '')}){re.escape(name)}(?!\w)", plain):
            found |= months
    return frozenset(found)


def knows(language: str) -> bool:
    """Whether we know the months of a language in all their forms."""
    return language.split("-")[0] in {*_COUNTED, *_UNCHANGED, *_ENDINGS, *_PREFIXES, *_SUFFIXED}


@cache
def worded(language: str) -> str:
    """A regular expression for the names of the months; empty in a language that changes their ends."""
    base = language.split("-")[0]
    if base not in {*_UNCHANGED, "ar"}:
        return ""
    names = {name.rstrip(".") for _, name in _written(language)}
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if name[:1].isalpha())


@cache
def wide(language: str) -> frozenset[str]:
    """The full names of the months, in small letters."""
    months = Locale.parse(language, sep="-").months
    return frozenset(name.lower() for context in ("format", "stand-alone") for name in months[context]["wide"].values())


def named(word: str, language: str) -> frozenset[int]:
    """The months that a name may mean."""
    return _of(folded(word).rstrip("."), language)


def _counted(text: str, language: str) -> Iterator[int]:
    names = _names(language)
    for month in range(1, 13):
        written = _COUNTED[language].format(rf"(?<!\d)0?{month}(?!\d)")
        words = "|".join(re.escape(name) for name, months in names.items() if month in months and not name[0].isdigit())
        if re.search(written, text) or (words and re.search(rf"(?<![十\d])(?:{words})(?!\d)", text)):
            yield month


@lru_cache(maxsize=20_000)
def _of(word: str, language: str) -> frozenset[int]:
    """The months that a word may name."""
    base = language.split("-")[0]
    names = _names(language)
    if base in _PREFIXES:
        pattern = re.compile(_PREFIXES[base])
        bare = [word[end:] for end in range(len(word)) if pattern.fullmatch(word[:end])]
        return frozenset().union(*(names.get(one, frozenset()) for one in bare))
    if base in _SUFFIXED:
        return frozenset().union(*(months for name, months in names.items() if _starts(word, name)))
    if word in names or base in _UNCHANGED:
        return names.get(word) or names.get(word.removesuffix("s"), frozenset())
    stems = {stem for stem in _stems(language) if word.startswith(stem) and len(word) - len(stem) <= _ENDINGS[base]}
    unsure = frozenset(month for month in range(1, 13) if month not in frozenset().union(*_stems(language).values()))
    return unsure | (_stems(language)[max(stems, key=len)] if stems else frozenset())


def _starts(word: str, name: str) -> bool:
    """Whether a word is a name with an ending, or a short name by itself."""
    return word.startswith(name) if len(name) >= LEAST_SUFFIXED else word == name


LEAST_SUFFIXED = 4
"""Letters of a name that may have an ending."""
_REGIONS = {"ar": ("ar", "ar-LB", "ar-MA", "ar-DZ", "ar-IQ"), "en": ("en", "en-GB")}
"""Languages whose months differ by country; a text may have those of any, or both beside each other."""


@cache
def _names(language: str) -> _Names:
    """The months by each of their names: within a date or alone, in full or short."""
    base = language.split("-")[0]
    found: _Names = {}
    for month, name in _written(language):
        name = folded(name).rstrip(".")
        found[name] = found.get(name, frozenset()) | {month}
    changed = _SUFFIXED.get(base, ())
    return found | {
        folded(str(name)): frozenset({int(month)}) for name, month in zip(changed[::2], changed[1::2], strict=True)
    }


def _written(language: str) -> Iterator[tuple[int, str]]:
    """Each month with each of its names: within a date or alone, in full or short, here and in other countries."""
    for tag in dict.fromkeys((language, *_REGIONS.get(language.split("-")[0], ()))):
        with suppress(UnknownLocaleError, ValueError):
            tables = Locale.parse(tag, sep="-").months
            for context in ("format", "stand-alone"):
                for width in ("wide", "abbreviated"):
                    yield from tables[context][width].items()


@cache
def _stems(language: str) -> _Names:
    """The months by the starts of their names, without the letters that change."""
    tables = Locale.parse(language, sep="-").months
    found: _Names = {}
    for context in ("format", "stand-alone"):
        for month, name in tables[context]["wide"].items():
            stem = folded(name)[: -2 if len(name) > 5 else -1]
            if len(stem) >= LEAST_STEM:
                found[stem] = found.get(stem, frozenset()) | {month}
    return found


@lru_cache(maxsize=200)
def folded(text: str) -> str:
    """A text in small letters without accents."""
    parted = unicodedata.normalize("NFD", text.casefold().replace("ı", "i"))
    return "".join(one for one in parted if unicodedata.category(one) != "Mn")
