"""An EDTF date becomes its first and last day, its certainty, and the words that print it.

EDTF is ISO 8601-2:2019, annex A. Day 1 is 1 January of year 1 in the proleptic Gregorian calendar, as in
`datetime.date.toordinal`. Day numbers continue below 1 for earlier dates (year 0 is 1 BCE).
"""

import io
import math
import re
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from functools import cache
from typing import Any

import edtf
from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton

Civil = tuple[int, int, int]
"""Year (astronomical: 0 is 1 BCE), month, day."""


class Precision(StrEnum):
    """How precisely a date is known."""

    TIME = "time"
    DAY = "day"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    SPAN = "span"


_SKELETON = {Precision.DAY: ("yMMMd", "yMMMd"), Precision.MONTH: ("yMMMM", "yMMM")}
"""CLDR skeletons of a day and a month, long and short."""


@dataclass(frozen=True, slots=True)
class When:
    """A date that may be uncertain, approximate, open at one end, or an interval."""

    edtf: str
    """The date as the author wrote it."""
    start: float
    """First moment, in days; minus infinity for an open start."""
    end: float
    """The moment after the last day, in days; infinity for an open end."""
    precision: Precision
    lasted: bool = False
    """True for an interval: it lasted from start to end. False for one moment between start and end."""
    approximate: bool = False
    uncertain: bool = False

    @property
    def exact(self) -> bool:
        """Whether the date is neither approximate nor uncertain."""
        return not (self.approximate or self.uncertain)

    @property
    def days(self) -> float:
        """Length in days; infinite for an open date."""
        return self.end - self.start


class BadDate(ValueError):
    """The text is not a date that a timeline can show. The message is for the author."""

    def __init__(self, message: str, code: str = "bad-date", hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


@cache
def parsed(text: str) -> When:
    """Read an EDTF date of level 0 or 1, or of level 2 if a timeline can show it.

    Raises BadDate for anything else: an impossible day, an interval that ends before it starts, a set of several dates
    (`{2016, 2018}`), or a date that is open at both ends.
    """
    text = text.strip()
    if plain := _plain(text):
        return plain
    if text.startswith("/") or text.endswith("/"):
        raise BadDate(f"date `{text}` has an empty end: write .. for an open end")
    tree = _tree(text)
    kind = type(tree).__name__
    if kind == "Level2Season":
        raise BadDate(
            f"date `{text}` is not a season: write 21 (spring) to 24 (winter), or the first and the last month"
        )
    if kind in ("MultipleDates", "PartialUnspecified", "ExponentialYear") or "XXXX" in text:
        raise BadDate(f"date `{text}` does not fit on a timeline: write one event for each date")
    if kind == "DateAndTime":
        return _moment(text, tree)
    start, end = _day(text, tree.lower_strict(), 0), _day(text, tree.upper_strict(), 1)
    if math.isinf(start) and math.isinf(end):
        message = f"date `{text}` is open at both ends: give the first or the last known day"
        raise BadDate(message, "impossible-interval")
    if start >= end:
        first, last = text.split("/") if "/" in text else (text, text)
        hint = f"Did you mean `{last}/{first}`?" if first != last else ""
        message = f"date `{text}` ends before it starts: write the earlier date first"
        raise BadDate(message, "impossible-interval", hint)
    both = bool(getattr(tree, "is_uncertain_and_approximate", False))
    return When(
        edtf=text,
        start=start,
        end=end,
        precision=_precision(kind, start, end),
        lasted="Interval" in kind,
        approximate=both or bool(tree.is_approximate),
        uncertain=both or bool(tree.is_uncertain),
    )


_PLAIN = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")


def _plain(text: str) -> When | None:
    """A plain year, month or day, as most dates are; None for any other. Fast: the full EDTF parser takes 10 ms."""
    match = _PLAIN.fullmatch(text)
    if not match:
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    try:
        start = date(year, month or 1, day or 1).toordinal()
    except ValueError:
        return None
    if day:
        return When(text, start, start + 1, Precision.DAY)
    if month:
        return When(text, start, ordinal(year + month // 12, month % 12 + 1, 1), Precision.MONTH)
    return When(text, start, ordinal(year + 1, 1, 1), Precision.YEAR)


_WITHOUT_SECONDS = re.compile(r"(T\d\d:\d\d)$")


def _moment(text: str, tree: Any) -> When:
    """A day with a time of day, to the minute. Ignores the time zone: a timeline has only one."""
    hour, minute = (int(part) for part in str(tree.time)[:5].split(":"))
    start = _day(text, tree.lower_strict(), 0) + (hour * 60 + minute) / MINUTES
    return When(edtf=text, start=start, end=start + 1 / MINUTES, precision=Precision.TIME)


MINUTES = 24 * 60
"""Minutes in a day."""
SHORT_STRETCH = 28
"""A stretch of fewer days than this prints its first and last day."""
LONG_STRETCH = 1000
"""A stretch of more days than this prints its first and last year."""


_FAILURES = (edtf.EDTFParseException, AttributeError, TypeError, ValueError)
"""What edtf raises for a text that is not a date; it fails with its own faults on some, and prints a line."""


def _tree(text: str) -> Any:
    try:
        with redirect_stdout(io.StringIO()):
            return edtf.parse_edtf(_WITHOUT_SECONDS.sub(r"\1:00", text))
    except _FAILURES:
        raise BadDate(
            f"`{text}` is not an EDTF date: write for example 2016, 2017-10, 2017-10-15, 2018-10-06? (uncertain),"
            " 2021-07~ (approximate), 2018-10-08/2018-10-09 (from, to) or [..2015] (in 2015 or before)",
            hint=_nearest(text),
        ) from None


def _nearest(text: str) -> str:
    """A hint with the date that the author probably meant, from a date in English words; empty if none is found."""
    try:
        found = edtf.text_to_edtf(text)
        return f"Did you mean `{parsed(found).edtf}`?" if found else ""
    except (BadDate, *_FAILURES):
        return ""


def _day(text: str, moment: Any, offset: int) -> float:
    """Day number of a moment that edtf found; it takes 29 February for a day of any year."""
    if isinstance(moment, float):
        return moment
    year, month, day = moment[:3]
    found = ordinal(year, month, day)
    if civil(found) != (year, month, day):
        raise BadDate(f"date `{text}` names a day that does not exist: that year has no 29 February")
    return found + offset


def _precision(kind: str, start: float, end: float) -> Precision:
    if "Interval" in kind or math.isinf(start) or math.isinf(end):
        return Precision.SPAN
    if "Season" in kind:
        return Precision.SEASON
    first, after = civil(int(start)), civil(int(end))
    years = after[0] - first[0]
    if end - start == 1:
        return Precision.DAY
    if first[1:] == (1, 1) == after[1:] and years in (1, 10, 100) and first[0] % years == 0:
        return {1: Precision.YEAR, 10: Precision.DECADE, 100: Precision.CENTURY}[years]
    if first[2] == 1 == after[2] and years * 12 + after[1] - first[1] == 1:
        return Precision.MONTH
    return Precision.SPAN


def ordinal(year: int, month: int, day: int) -> int:
    """Day number of a civil date in any year (algorithm: Howard Hinnant, days_from_civil)."""
    year -= month <= 2
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * (month - 3 if month > 2 else month + 9) + 2) // 5 + day - 1
    return era * 146097 + year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year - 305


def civil(day: int) -> Civil:
    """Civil date of a day number (algorithm: Howard Hinnant, civil_from_days)."""
    era, day_of_era = divmod(day + 305, 146097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    return era * 400 + year_of_era + (month <= 2), month, day_of_year - (153 * shifted + 2) // 5 + 1


_ENDS = re.compile(r"/|,|\.\.")
_AS_END = {Precision.CENTURY: Precision.YEAR, Precision.SPAN: Precision.YEAR, Precision.TIME: Precision.DAY}
"""As what an end of a span prints that has more than one end itself, or a time of day."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Dates in the words of one language. Methods take days, and return text."""

    locale: Locale
    words: Mapping[str, str]
    """Patterns that CLDR lacks, with placeholders in braces: about, possibly, before, by, after, since, until, within,
    at, and, span, decade, season-1 to season-4."""

    def text(self, when: When, short: bool = False) -> str:
        """The date in words. `short` abbreviates months, for narrow columns and tables."""
        words = self._bare(when, short)
        if when.approximate:
            words = self.words["about"].format(words)
        if when.uncertain:
            words = self.words["possibly"].format(words)
        return words

    def _bare(self, when: When, short: bool) -> str:
        if math.isinf(when.start):
            last, precision = self._end(when, -1)
            if not when.lasted and when.exact and precision in (Precision.YEAR, Precision.MONTH):
                return self.words["before"].format(self.part(when.end, precision, short))
            return self.words["until" if when.lasted else "by"].format(self.part(last, precision, short))
        if math.isinf(when.end):
            pattern = "since" if when.lasted else "after"
            return self.words[pattern].format(self.part(*self._end(when, 0), short))
        if when.precision is Precision.SPAN:
            return self._span(when, short)
        if when.precision is Precision.TIME:
            day = self.part(when.start, Precision.DAY, short)
            return self.words["at"].format(day, self.clock(when.start))
        return self.part(when.start, when.precision, short)

    def clock(self, day: float) -> str:
        """The time of day, to the minute."""
        minutes = round(day % 1 * MINUTES)
        return str(format_skeleton("Hm", time(minutes // 60, minutes % 60), locale=self.locale))

    def _span(self, when: When, short: bool) -> str:
        (first, first_precision), (last, last_precision) = self._end(when, 0), self._end(when, -1)
        skeleton = _SKELETON.get(first_precision) if first_precision is last_precision else None
        if skeleton and civil(first)[0] >= 1 and civil(last)[0] <= 9999:
            words = self._interval(date.fromordinal(first), date.fromordinal(last), skeleton[short])
            words = words if short else self._in_full(words)
        else:
            words = self.words["span"].format(
                self.part(first, first_precision, short), self.part(last, last_precision, short)
            )
        return words if when.lasted else self.words["within"].format(words)

    def _interval(self, first: date, last: date, skeleton: str) -> str:
        return str(format_interval(first, last, skeleton, locale=self.locale))

    def _in_full(self, words: str) -> str:
        """Words with months in full: for intervals of days, CLDR has only abbreviated months."""
        names = self.locale.months["format"]
        full = {names["abbreviated"][month]: names["wide"][month] for month in range(1, 13)}
        pattern = "|".join(re.escape(name) for name in sorted(full, key=len, reverse=True))
        return re.sub(rf"(?<!\w)({pattern})(?!\w)", lambda found: str(full[found.group()]), words)

    def _end(self, when: When, end: int) -> tuple[int, Precision]:
        """First (`end` 0) or last (`end` -1) day of a span, and the precision that the author gave for it."""
        one = parsed(_ENDS.split(when.edtf.strip("[]"))[end])
        return int(one.start if end == 0 else one.end - 1), _AS_END.get(one.precision, one.precision)

    def part(self, day: float, precision: Precision, short: bool = False) -> str:
        """The day, month, season, year, decade or century that contains a day."""
        year, month, _ = civil(int(day))
        if precision in _SKELETON and 1 <= year <= 9999:
            if precision is Precision.DAY and not short:
                return str(format_date(date.fromordinal(int(day)), "long", locale=self.locale))
            return str(format_skeleton(_SKELETON[precision][short], date.fromordinal(int(day)), locale=self.locale))
        if precision in _SKELETON:
            return f"{self._without_year(day, precision, short)} {self.year(year)}"
        if precision is Precision.SEASON:
            return self.words[f"season-{(month % 12) // 3 + 1}"].format(self.year(year))
        if precision is Precision.DECADE:
            return self.words["decade"].format(self.year(year // 10 * 10))
        if precision is Precision.CENTURY:
            return self.words["span"].format(self.year(year), self.year(year + 99))
        return self.year(year)

    def _without_year(self, day: float, precision: Precision, short: bool) -> str:
        """Day and month of a date in any year. Formats the same day of 2000, since `date` has only years 1 to 9999."""
        _, month, number = civil(int(day))
        if precision is Precision.MONTH:
            return self.month(day, short)
        return str(format_skeleton("MMMd" if short else "MMMMd", date(2000, month, number), locale=self.locale))

    def year(self, year: int) -> str:
        """An astronomical year as people write it: years before 1 have an era, and there is no year 0."""
        return str(year) if year > 0 else f"{1 - year} {self.locale.eras['abbreviated'][0]}"

    def month(self, day: float, short: bool = False) -> str:
        """The month's name alone."""
        width = "abbreviated" if short else "wide"
        return str(self.locale.months["stand-alone"][width][civil(int(day))[1]])

    def stretch(self, first: float, last: float, short: bool = False) -> str:
        """A stretch of whole units: 6 October 2018; October and November 2018; August - October 2018; 1990 to 2020.

        `first` is its first moment and `last` the moment after its end, in days.
        """
        start, end = civil(math.floor(first)), civil(math.ceil(last) - 1)
        if start == end:
            return self.part(first, Precision.DAY, short)
        if last - first < SHORT_STRETCH and 1 <= start[0] <= end[0] <= 9999:
            words = self._interval(date(*start), date(*end), _SKELETON[Precision.DAY][short])
            return words if short else self._in_full(words)
        if start[0] < 1 or end[0] > 9999 or last - first > LONG_STRETCH:
            return self.words["span"].format(self.year(start[0]), self.year(end[0]))
        if start[0] == end[0] and end[1] - start[1] == 1:
            last_month = self.part(last - 1, Precision.MONTH, short)
            return self.words["and"].format(self.month(first, short), last_month)
        if start[0] == end[0] and end[1] > start[1]:
            last_month = self.part(last - 1, Precision.MONTH, short)
            return self.words["span"].format(self.month(first, short), last_month)
        return self._interval(date(*start), date(*end), _SKELETON[Precision.MONTH][short])

    def day(self, day: float) -> str:
        """Day and abbreviated month, without the year."""
        return self._without_year(day, Precision.DAY, short=True)
