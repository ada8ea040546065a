"""The names in a text, and which of them other texts do not have."""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from babel import Locale

from triptych.check import common
from triptych.check.months import folded

_WORD = re.compile(r"#?\w[\w’'.-]*\w\.?|\w\.?")
_SENTENCE = re.compile(r"(?<=[.!?:;])(?<!\b[A-Z]\.)(?<!\b(?:Dr|Mr|Ms|St)\.)(?<!\b(?:Mrs)\.)\s+|\s·\s")
LEAST_SHARED = 2
"""Letters that all cases of a name share at least, as Київ and Києві do."""
_INFLECTED = {"cs", "el", "fi", "pl", "uk"}
"""Languages in which names change their ends."""
NAMES_BY_CAPITALS = {"en", "fr", "es", "it", "nl", "pt", "sv", "da", "nb", "tr", *_INFLECTED}
"""Languages in which names begin with a capital letter and other nouns do not."""
_TITLES = frozenset(
    {
        *("mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady", "rev"),
        *("m", "mm", "mme", "mlle", "maître", "sr", "sra", "srta", "don", "doña"),
    }
)
"""What may be added before a name."""
_ROMAN = re.compile(r"[IVX]{2,}")


@dataclass(frozen=True, slots=True)
class Known:
    """The words of some texts in which names are sought."""

    words: frozenset[str]
    """In the form in which names are compared."""
    capitals: frozenset[str]
    """Those that begin with a capital letter, as written."""
    runs: tuple[tuple[str, ...], ...]
    """The words with capitals that follow each other."""
    small: frozenset[str] = frozenset()
    """Those that stand in small letters somewhere."""


@lru_cache(maxsize=400)
def known(text: str, language: str) -> Known:
    """The words of a text."""
    words = _parted(text, language)
    parts = [part for word in words for part in re.split("-", word) if part]
    return Known(
        frozenset(map(_name, (*words, *parts))),
        frozenset(word.rstrip(".") for word in (*words, *parts) if word[0].isupper()),
        tuple(_runs(text, language)),
        frozenset(_name(word) for word in words if word[0].islower()),
    )


def names(text: str, language: str) -> Iterator[tuple[str, bool]]:
    """The names in a text: capitalised words, hashtags, and abbreviations; and whether each is sure to be one.

    The first word of a sentence is not: its capital says nothing.
    """
    for sentence in _SENTENCE.split(text):
        words = _parted(sentence, language)
        for index, word in enumerate(words):
            word = word if _is_short(word) else word.rstrip(".")
            abbreviation = len(word.rstrip(".")) > 1 and word[:2].isupper()
            if _ROMAN.fullmatch(word):
                continue
            if word.startswith("#") or abbreviation or (index > 0 and word[0].isupper()):
                yield word, True
            elif word[0].isupper() and len(word) > 1:
                yield word, False


def missing(text: str, found: Sequence[Known], prose: Known, language: str) -> list[str]:
    """The names of a text that none of some others have. `prose` tells which words are no names."""
    everywhere = prose.small
    lacking: list[str] = []
    parts = list(names(text, language))
    for index, (name, sure) in enumerate(parts):
        if any(_stands(name, one, language) for one in found) or _is_title(name, parts[index + 1 :], text):
            continue
        if sure or _is_name(name, prose, everywhere, language):
            lacking.append(name)
    if lacking:
        spelled = _spelled_out(text, found, language)
        lacking = [name for name in lacking if name not in spelled]
    return lacking or list(_mixed(text, found, language))


def _is_title(name: str, following: Sequence[tuple[str, bool]], text: str) -> bool:
    """Whether a word is a title before a name."""
    return name.rstrip(".").lower() in _TITLES and bool(following) and following[0][0] in text.partition(name)[2][:40]


def _is_name(word: str, prose: Known, small: Set[str], language: str) -> bool:
    """Whether the first word of a sentence is a name: no common word, and nowhere in small letters."""
    plain = _name(word)
    if plain in small or not common.knows(language) or not plain.replace("'", "").replace("-", "").isalpha():
        return False
    parts = word.casefold().replace("’", "'").removesuffix("'s").split("-")
    return not all(common.is_common(part, language) for part in parts)


def _is_short(word: str) -> bool:
    """Whether a word may be a short form whose point belongs to it."""
    return word.endswith(".") and len(word) <= LONGEST_SHORT


LONGEST_SHORT = 6
"""Most letters of a short form, with its point: Calif."""


@lru_cache(maxsize=400)
def _runs(text: str, language: str) -> tuple[tuple[str, ...], ...]:
    """The words with capitals that follow each other, two or more, in the form in which names are compared."""
    capital = r"[A-ZÀ-ÖØ-Þ][\w.-]*(?:[’'](?!s\b)\w+)*"
    run = rf"\b{capital}(?:\s+(?:(?:of|of the|de|du|des|la|del)\s+)?{capital})+"
    found = [one for sentence in _SENTENCE.split(text) for one in re.findall(run, sentence)]
    runs = ([_name(word) for word in _parted(run, language) if word[0].isupper()] for run in found)
    return tuple(tuple(run[run[0] in _FIRST :]) for run in runs)


_FIRST = frozenset({"the", "a", "an", "in", "on", "at", "by", "for", "as", "when", "if", "but", "and", "le", "les"})
"""Words that begin a sentence before a name."""


def _spelled_out(text: str, found: Sequence[Known], language: str) -> frozenset[str]:
    """The names that are the whole of a short form in some texts, or a short form of a whole there: UK."""
    initials = {_initials(run[at:end]) for one in found for run in one.runs
                for at in range(len(run)) for end in range(at + 2, len(run) + 1)}  # fmt: skip
    short = {name for name, _ in names(text, language) if _name(name) in initials}
    whole = {_initials(run): run for run in _runs(text, language)}
    told = {word for short_form, run in whole.items() if any(short_form in one.words for one in found) for word in run}
    return frozenset(short | {name for name, _ in names(text, language) if _name(name) in told})


def _initials(run: Sequence[str]) -> str:
    return "".join(word[:1] for word in run)


def _mixed(text: str, found: Sequence[Known], language: str) -> Iterator[str]:
    """Names of which one part belongs to one person in some texts, and the next part to another."""
    runs = [frozenset(run) for one in found for run in one.runs]
    for run in _runs(text, language):
        for one, two in pairwise(run):
            apart = any(one in other for other in runs) and any(two in other for other in runs)
            if apart and not any({one, two} <= other for other in runs):
                yield f"{one.capitalize()} {two.capitalize()}"


_ELIDED = {
    "fr": re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)[’'](?=\w)", re.IGNORECASE),
    "it": re.compile(r"\b(?:l|un|d|c|s|m|t|v|gl|qu|quest|quell|(?:d|n|s)?[aeou]ll|com|dov)[’'](?=\w)", re.IGNORECASE),
}
"""Little words that lose their vowel and stand before the next word without a space, by language."""


def _parted(text: str, language: str) -> list[str]:
    """The words of a text. `L'essai` is two words, of which the first is no name."""
    if elided := _ELIDED.get(language.split("-")[0]):
        text = elided.sub(lambda found: f"{found.group()[:-1].lower()} ", text)
    return _WORD.findall(text)


def _stands(name: str, found: Known, language: str) -> bool:
    """Whether a name is among some words, in any of its cases, whole or short, or as the half of a double name."""
    base, plain = language.split("-")[0], _name(name)
    if base == "tr":
        plain = _name(re.sub(r"[’'].*", "", name))
    if plain in found.words or all(part in found.words for part in plain.split("-")):
        return True
    short = _is_short(name) or len(plain) <= LONGEST_INITIALS
    if short and any(_shortens(plain, word.casefold(), name) for word in found.capitals):
        return True
    if base not in {"tr", *_INFLECTED}:
        return False
    stem = plain if base == "tr" else plain[: max(LEAST_SHARED, len(plain) - (3 if len(plain) > 6 else 2))]
    return any(folded(word).startswith(folded(stem)) for word in found.words)


LONGEST_INITIALS = 2
"""Most letters of a short form that needs no point: St."""


def _shortens(short: str, word: str, written: str) -> bool:
    """Whether a short form is one of a word: an initial, or letters of it in order, as Ore., Va. and St are."""
    if len(short) == 1:
        return word.startswith(short)
    if not written.endswith(".") and short not in _USUAL:
        return False
    letters = iter(word[1:])
    return len(word) > len(short) and word[0] == short[0] and all(sign in letters for sign in short[1:])


_USUAL = frozenset({"st", "mt", "ft", "dr"})
"""Short forms that are written without a point too."""


@lru_cache(maxsize=20_000)
def _name(word: str) -> str:
    """A word in the form in which names are compared: small letters without accents, and without the ending
    of a genitive or a plural.
    """
    word = re.sub(r"'s?$", "", word.replace("’", "'").replace(".", ""))
    return folded(re.sub(r"(?<=\w\w\w)s$", "", word))


@cache
def calendar(language: str) -> Known:
    """The names of months and days, which need no passage as names."""
    locale = Locale.parse(language, sep="-")
    words = [
        name
        for table in (locale.months, locale.days)
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in table[context][width].values()
    ]
    return known(" · ".join(words), language)
