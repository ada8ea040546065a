"""Claims become problems of tracing: numbers, dates, names and quotations that their passages do not contain."""

import math
import re
from collections.abc import Iterator
from functools import cache, lru_cache

from babel import Locale

from triptych.check.months import names_month
from triptych.check.numbers import numbers
from triptych.content import claims, customs, prose
from triptych.content.claims import Claim, Evidence
from triptych.content.dates import When, civil_parts
from triptych.content.errors import Problem
from triptych.content.model import Style
from triptych.content.read import Files
from triptych.content.typography import shortened

LEAST_QUOTED = 3
"""Fewest characters of a quotation that is traced."""
_WORD = re.compile(r"#?\w[\w’'.-]*\w|\w")
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+|\s·\s")
NAMES_BY_CAPITALS = {"en", "fr", "es", "it", "nl", "pt", "sv", "da", "nb", "fi", "pl", "cs"}
"""Languages in which names begin with a capital letter and other nouns do not."""


def untraced(files: Files, style: Style) -> Iterator[Problem]:
    """Every number, date, name and quotation of a claim that its evidence does not contain.

    The evidence of a claim: the passages that it names, and the records of its sources.
    """
    article = files.article
    known = claims.evidence(article)
    language = article.front.language.split("-")[0]
    for claim in claims.claims(article):
        whole = claim.file == "article.md" or claim.kind == "chart"
        if not (known.passages if whole else _has_evidence(claim, known)):
            continue  # `references` reports that; an article without named passages is not traced
        yield from _quantities(files, claim, known, article.front.language)
        yield from _dates(files, claim, known, article.front.language)
        yield from _quotations(files, claim, known)
        if language in NAMES_BY_CAPITALS:
            yield from _names(files, claim, known, style, article.front.language)
    yield from _two_values(files)


def _has_evidence(claim: Claim, known: Evidence) -> bool:
    """Whether a claim names a passage, and every passage and source that it names exists."""
    known_names = all(name in known.passages for name in claim.passages) and all(
        key in known.sources for key in claim.sources
    )
    return bool(claim.passages) and known_names


def _quantities(files: Files, claim: Claim, known: Evidence, language: str) -> Iterator[Problem]:
    found = numbers(known.of(claim), language)
    for field, text in claim.texts.items():
        for written in found.lacks(numbers(prose.plain(text), language)):
            yield _untraced(files, claim, field, "untraced-number", f"the number `{written}`", known)


def _dates(files: Files, claim: Claim, known: Evidence, language: str) -> Iterator[Problem]:
    """The first part of a claim's date that its evidence does not contain.

    Month and day are in a passage of the claim or a record of its sources; the year may be elsewhere in its section.
    """
    if claim.date is None or claim.kind == "figure":
        return
    near, around = known.of(claim), known.around(claim)
    days = list(civil_parts(claim.date))
    for year, month, day in days[:1] if claim.kind == "era" and _is_followed(files, claim.date) else days:
        years = (year, year + 1) if math.isinf(claim.date.start) else (year,)  # `[..2014]` prints as before 2015
        found = (
            any(_has_number(around, one if one > 0 else 1 - one) for one in years),
            not month or names_month(near, year, month, language),
            not day or _has_number(near, day),
        )
        if not all(found):
            missing = ("year", "month", "day")[found.index(False)]
            yield _untraced(files, claim, "date", "untraced-date", f"the {missing} of `{claim.date.edtf}`", known)
            return


def _is_followed(files: Files, date: When) -> bool:
    """Whether another era starts within a day of this date's end. Then the end of this era needs no trace."""
    return any(0 <= era.date.start - date.end <= 1 for era in files.article.eras)


def _has_number(text: str, number: int) -> bool:
    return str(number) in _digits(text)


@lru_cache(maxsize=200)
def _digits(text: str) -> frozenset[str]:
    return frozenset("".join(str(int(digit)) for digit in number) for number in re.findall(r"\d+", text))


def _quotations(files: Files, claim: Claim, known: Evidence) -> Iterator[Problem]:
    found = _bare(known.of(claim))
    for field, text in claim.texts.items():
        for quotation in customs.QUOTATION.finditer(text):
            quoted = quotation[quotation.lastgroup or 0]
            if len(quoted) >= LEAST_QUOTED and _bare(quoted) not in found:
                yield _untraced(files, claim, field, "untraced-quotation", f"the quotation “{quoted}”", known)


@lru_cache(maxsize=200)
def _bare(text: str) -> str:
    return re.sub(r"\W+", " ", prose.plain(text)).strip().casefold()


def _names(files: Files, claim: Claim, known: Evidence, style: Style, language: str) -> Iterator[Problem]:
    free = (files.article.front.title, files.article.front.publisher or "", *style.titles)
    found = _words(known.of(claim), language).union(
        *(_words(text, language) for text in free), _calendar_words(language)
    )
    for field, text in claim.texts.items():
        if field == "value":
            continue
        missing = [name for name in names(prose.plain(text), language) if _name(name) not in found]
        if missing:
            what = f"the name{'s' if len(missing) > 1 else ''} {', '.join(f'`{name}`' for name in missing)}"
            yield _untraced(files, claim, field, "untraced-name", what, known)


def names(text: str, language: str) -> Iterator[str]:
    """The names in a text: capitalised words after the first of a sentence, hashtags, and abbreviations."""
    for sentence in _SENTENCE.split(text):
        words = _parted(sentence, language)
        for index, word in enumerate(words):
            abbreviation = len(word) > 1 and word[:2].isupper()
            within = index > 0 and word[0].isupper()
            if word.startswith("#") or abbreviation or within:
                yield word


@lru_cache(maxsize=200)
def _words(text: str, language: str) -> frozenset[str]:
    """The words of a text, each in the form in which names are compared."""
    return frozenset(map(_name, _parted(text, language)))


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


@lru_cache(maxsize=20_000)
def _name(word: str) -> str:
    """A word in the form in which names are compared: lower case, without the ending of a genitive or a plural."""
    return re.sub(r"(?<=\w\w\w)s$", "", re.sub(r"[’']s?$", "", word)).rstrip(".").casefold()


@cache
def _calendar_words(language: str) -> frozenset[str]:
    locale = Locale.parse(language, sep="-")
    return frozenset(
        _name(name)
        for table in (locale.months, locale.days)
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for name in table[context][width].values()
    )


def _untraced(files: Files, claim: Claim, field: str, code: str, what: str, known: Evidence) -> Problem:
    loc = claim.loc if field == claim.loc[-1] or claim.file == "article.md" else (*claim.loc, field)
    named = ", ".join(f"`{name}`" for name in claim.passages)
    where = f"its passage{'s' if len(claim.passages) > 1 else ''} {named}" if named else "the prose"
    rests = " ".join(" ".join(known.passages[name].text for name in claim.passages if name in known.passages).split())
    shown = f" “{shortened(rests, 240)}”" if rests else ""
    verb = "are" if what.startswith("the names") else "is"
    message = (
        f"{what} of {claim.title} {verb} not in {where}{' or the records of its sources' if claim.sources else ''}"
    )
    hint = f"Correct it here or in the passage{':' if shown else '.'}{shown}"
    return files.problem(claim.file, loc, code, message, hint)


def _two_values(files: Files) -> Iterator[Problem]:
    """Figures with the same label and date as an earlier one, but another value."""
    seen: dict[tuple[str, str], str] = {}
    for index, figure in enumerate(files.article.figures):
        date = figure.date.edtf if figure.date else ""
        key = prose.plain(figure.label).casefold(), date
        first = seen.setdefault(key, figure.value)
        if first != figure.value:
            message = f"`{figure.label}` is `{figure.value}` here and `{first}` above, both of {date or 'no date'}"
            hint = "Correct one of them, or say in each label what it counts."
            yield files.problem("figures.yaml", ("figures", index, "value"), "two-values", message, hint)
