"""The dates of claims, and the dates and times in their texts, become problems where their evidence has them not."""

import datetime
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from triptych.check import reporting
from triptych.check.moments import Day, Moments, moments
from triptych.check.months import names_month
from triptych.content import prose
from triptych.content.claims import Claim, Evidence, Texts
from triptych.content.dates import When, civil_parts
from triptych.content.errors import Problem
from triptych.content.files import Files


def named_years(claim: Claim, known: Evidence, language: str) -> frozenset[int]:
    """The years that the evidence of a claim names, in its section too, and those of its own date."""
    own = {year for year, _, _ in civil_parts(claim.date)} if claim.date else set()
    return _years(known.of(claim), language) | own


@lru_cache(maxsize=200)
def _years(evidence: Texts, language: str) -> frozenset[int]:
    """The years that some evidence names, in its section too."""
    near = (*evidence.said, *evidence.sections)
    named = {year for text in near for year in moments(text, language).years}
    return frozenset(named).union(*(_of_four_digits(text) for text in near))


def _of_four_digits(text: str) -> frozenset[int]:
    return frozenset(int(found) for found in re.findall(r"(?<!\d)\d{4}(?!\d|s\b)", text))


def undated(files: Files, claim: Claim, known: Evidence) -> Iterator[Problem]:
    """The first part of a claim's date that its evidence does not contain.

    Month and day are in a passage of the claim or a record of its sources; the year may be elsewhere in its section.
    """
    if claim.date is None or claim.kind == "figure":
        return
    language = files.article.front.language
    near, around = known.of(claim).all, known.of(claim).around
    days = list(civil_parts(claim.date))
    for index, (year, month, day) in enumerate(days):
        years = (year, year + 1) if math.isinf(claim.date.start) else (year,)  # `[..2014]` prints as before 2015
        found = (
            any(_has_number(around, one if one > 0 else 1 - one) for one in years),
            not month or names_month(near, year, month, language) or _has_english(near, month, day),
            not day or _has_number(near, day),
        )
        if not all(found):
            missing = ("year", "month", "day")[found.index(False)]
            if index and claim.kind == "era" and _is_followed(files, claim.date):
                yield _open_end(files, claim, claim.date)
                return
            yield reporting.untraced(
                files, claim, "date", "untraced-date", f"the {missing} of `{claim.date.edtf}`", known
            )
            return


def _has_english(text: str, month: int, day: int) -> bool:
    """Whether a text in another language has a whole date in English, as one does that quotes an English source."""
    return any(one[1] == month and (not day or one[2] == day) for one in moments(text, "en").days if one[0] and one[2])


def _open_end(files: Files, claim: Claim, date: When) -> Problem:
    """The problem of an era that ends where the next one starts, and not where a passage says so."""
    message = f"no passage says that {claim.title} ends at `{date.edtf}`: it ends where the next one starts"
    hint = f"Let it end where a passage says so, or write `{date.edtf.partition('/')[0]}/..`."
    return files.problem(claim.file, (*claim.loc, "date"), "untraced-end", message, hint, warning=True)


def unsaid(files: Files, claim: Claim, known: Evidence) -> Iterator[Problem]:
    """The dates, weekdays and times in the texts of a claim that its evidence does not have."""
    if claim.kind == "chart":
        return
    language = files.article.front.language
    named = {field: moments(prose.plain(text), language) for field, text in claim.texts.items()}
    if not any(one.days or one.weekdays or one.times for one in named.values()):
        return
    said = _said(files, claim, known, language)
    for field, here in named.items():
        for what, written in _lacking(here, said):
            yield reporting.untraced(files, claim, field, "untraced-date", f"the {what} `{written}`", known)


@dataclass(frozen=True, slots=True)
class _Said:
    """What the evidence of a claim says about when."""

    days: frozenset[Day]
    """Those of the claim's own date too."""
    months: frozenset[int]
    """Those of the sections of its passages too: a section often gives the month once."""
    numbers: frozenset[int]
    """Numbers that may be days of a month that stands elsewhere: on the 9th."""
    years: frozenset[int]
    weekdays: frozenset[int | None]
    times: tuple[frozenset[int], ...]


def _said(files: Files, claim: Claim, known: Evidence, language: str) -> _Said:
    said = _said_by(known.of(claim), files.article.front.title, language)
    own = {(year, month or None, day or None) for year, month, day in (civil_parts(claim.date) if claim.date else ())}
    return replace(
        said,
        days=said.days | own,
        months=said.months | {month for _, month, _ in own if month},
        years=named_years(claim, known, language),
        weekdays=said.weekdays | {_weekday(day) for day in own},
    )


@lru_cache(maxsize=200)
def _said_by(evidence: Texts, title: str, language: str) -> _Said:
    """What evidence and the title of the article say about when: once for all claims that rest on the same."""
    near = [moments(text, language) for text in (*evidence.said, *evidence.records, title)]
    days = frozenset(day for one in near for day in one.days)
    around = [moments(text, language).months for text in evidence.sections]
    return _Said(
        days=days,
        months=frozenset(month for _, month, _ in days if month).union(*around),
        numbers=frozenset(int(one) for text in near for one in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text.rest)),
        years=frozenset(),
        weekdays=frozenset(day for one in near for day in one.weekdays) | {_weekday(day) for day in days},
        times=tuple(time for one in near for time in one.times),
    )


def _lacking(here: Moments, said: _Said) -> Iterator[tuple[str, str]]:
    """What a text says about when and its evidence does not, and how the text writes it."""
    for (year, month, day), written in here.days.items():
        of_month = {one[2] for one in said.days if one[1] == month}
        has_day = day in of_month | said.numbers and bool(of_month) if day else month in said.months
        if not has_day or (year and year not in said.years):
            yield "date", written
    yield from (("weekday", written) for day, written in here.weekdays.items() if day not in said.weekdays)
    yield from (("time", written) for time, written in here.times.items() if not any(time & one for one in said.times))


def _weekday(day: Day) -> int | None:
    """The weekday of a whole date, from 0 for Monday."""
    year, month, number = day
    try:
        return datetime.date(year, month, number).weekday() if year and month and number else None
    except ValueError:
        return None


def _is_followed(files: Files, date: When) -> bool:
    """Whether another era starts within a day of this date's end. Then the end of this era needs no trace."""
    return any(0 <= era.date.start - date.end <= 1 for era in files.article.eras)


def _has_number(text: str, number: int) -> bool:
    return str(number) in _digits(text)


@lru_cache(maxsize=200)
def _digits(text: str) -> frozenset[str]:
    return frozenset("".join(str(int(digit)) for digit in number) for number in re.findall(r"\d+", text))
