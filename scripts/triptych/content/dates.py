"""An EDTF date becomes its first and last day, its certainty and its parts; `calendars.py` prints it.

EDTF is ISO 8601-2:2019, annex A. Day 1 is 1 January of year 1 in the proleptic Gregorian calendar, as in
`datetime.date.toordinal`. Day numbers continue below 1 for earlier dates (year 0 is 1 BCE).
"""

import math
import re
from calendar import isleap
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from itertools import product

from triptych.content import notation
from triptych.content.notation import Item, Notation, Point, Reach

Civil = tuple[int, int, int]
"""Year (astronomical: 0 is 1 BCE), month, day."""
Stretch = tuple[float, float]
"""A first moment and the moment after the last, in days."""


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


GIVEN = {Precision.DAY: 3, Precision.TIME: 3, Precision.MONTH: 2}
"""How many of year, month and day a date of a precision gives; of any other, the year alone."""
NOTHING = Notation("point", ())
"""The parts of a date that nobody wrote."""


@dataclass(frozen=True, slots=True)
class When:
    """A date that may be uncertain, approximate, open at one end, an interval or a set."""

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
    written: Notation = NOTHING
    """The parts of the date, as the author wrote them."""

    @property
    def exact(self) -> bool:
        """Whether the date is neither approximate nor uncertain."""
        return not (self.approximate or self.uncertain)

    @property
    def days(self) -> float:
        """Length in days; infinite for an open date."""
        return self.end - self.start

    @property
    def points(self) -> tuple[Point, ...]:
        """Each date that the author wrote, in this order."""
        written = self.written.items
        ends = ((one,) if isinstance(one, Point) else dict.fromkeys(notation.ends(one)) for one in written)
        return tuple(point for pair in ends for point in pair if point)

    @property
    def timed(self) -> bool:
        """Whether a time of day is known."""
        return any(point.time for point in self.points)


class BadDate(ValueError):
    """The text is not a date, or not one that a timeline can show. The message is for the author."""

    def __init__(self, message: str, code: str = "bad-date", hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self._hint = hint

    @property
    def hint(self) -> str:
        """What the author probably meant, or what to do; may be empty."""
        return self._hint


class Unread(BadDate):
    """The text is not written as a date. Its hint, which takes a tenth of a second, is found when it is asked for."""

    def __init__(self, text: str, message: str) -> None:
        super().__init__(message)
        self.text = text

    @property
    def hint(self) -> str:
        return _nearest(self.text)


@cache
def parsed(text: str) -> When:
    """Read an EDTF date of any level, or an interval of times of day.

    Raises BadDate for anything else: an impossible day, or an interval that ends before it starts.
    """
    written = _read(text)
    for item in written.items:
        _check(text, item)
    spans = [_reach(item) for item in written.items]
    start, end = min(first for first, _ in spans), max(last for _, last in spans)
    points = [point for item in written.items for point in notation.ends(item) if point]
    doubts = "".join(point.doubt for point in points)
    rough = any(rounded(point) for point in points)
    return When(
        edtf=text,
        start=start,
        end=end,
        precision=precision(points[0]) if written.kind == "point" else Precision.SPAN,
        written=written,
        lasted=written.kind == "interval",
        approximate=rough or "~" in doubts or "%" in doubts,
        uncertain="?" in doubts or "%" in doubts,
    )


def placed(when: When) -> When:
    """The same date, for a timeline. Raises BadDate if it has no place there."""
    text = when.edtf
    if any(set(point.year) <= {"X", "-"} for point in when.points):
        raise BadDate(f"date `{text}` names no year: a timeline needs one, such as 2016, 201X or 20XX")
    if when.written.kind == "all":
        raise BadDate(f"date `{text}` is several dates, which have no one place: write one event for each date")
    if math.isinf(when.start) and math.isinf(when.end):
        message = f"date `{text}` is open at both ends: give the first or the last known day"
        raise BadDate(message, "impossible-interval")
    return when


def offset(zone: str) -> int:
    """Minutes by which a time zone is ahead of UTC."""
    if zone in ("", "Z"):
        return 0
    minutes = int(zone[1:3]) * 60 + int(zone[3:].lstrip(":") or 0)
    return -minutes if zone[0] == "-" else minutes


def common_zone(whens: Iterable[When]) -> str:
    """The time zone of a scale on which times of several zones stand: that of most; empty where all are of one."""
    zones = [point.zone for when in whens for point in when.points if point.time]
    if len(set(map(offset, zones))) < 2:
        return ""
    return max(dict.fromkeys(zones), key=lambda zone: sum(offset(one) == offset(zone) for one in zones))


def moved(when: When, zone: str) -> When:
    """A date at its moment in another time zone, in which days start and end elsewhere. It prints as before."""
    ends = [notation.ends(item) for item in when.written.items]
    spans = [(_seen(first, 0, zone), _seen(last, 1, zone)) for first, last in ends]
    return replace(when, start=min(start for start, _ in spans), end=max(end for _, end in spans))


def _seen(point: Point | None, end: int, zone: str) -> float:
    """The first moment of a date, or the one after its last, by the clocks of a time zone. A day has no zone."""
    if not point:
        return math.inf if end else -math.inf
    return stretch(point)[end] + ((offset(zone) - offset(point.zone)) / MINUTES if point.time else 0)


MINUTES = 24 * 60
"""Minutes in a day."""
SECONDS = 24 * 60 * 60
"""Seconds in a day."""


def _read(text: str) -> Notation:
    try:
        return notation.read(text)
    except notation.Malformed as error:
        why = f" ({error})" if str(error) else ""
        raise Unread(
            text,
            f"`{text}` is not an EDTF date{why}: write for example 2016, 2017-10, 2017-10-15, 2018-10-06? (uncertain),"
            " 2021-07~ (approximate), 2018-10-08/2018-10-09 (from, to) or [..2015] (in 2015 or before)",
        ) from None


_WORD = re.compile(r"[^\W\d_]{3}")
"""Three letters of a word, as in the name of a month."""


def _nearest(text: str) -> str:
    """A hint with the date that the author probably meant; empty if none is found."""
    if re.fullmatch(r"-?\d{1,3}", text) and int(text):
        digits = text.lstrip("-")
        year = text.replace(digits, digits.zfill(4))
        return f"Did you mean the year `{year}`?" + (f" The decade is `{text}X`." if len(digits) == 3 else "")
    if re.fullmatch(r"-?\d{5,}", text):
        return f"Did you mean `Y{text}`?"
    try:
        closed = "".join(text.split())
        if not _is_date(closed) and not _WORD.search(text):
            return ""
        found = closed if _is_date(closed) else _found(text)
        return f"Did you mean `{parsed(found).edtf}`?" if found and "XX-" not in found else ""
    except BadDate:
        return ""


def _found(text: str) -> str:
    """The date that edtf finds in a text of words; empty if it finds none."""
    import edtf  # its grammar takes a tenth of a second: only a wrong date needs it

    try:
        return str(edtf.text_to_edtf(text) or "")
    except (edtf.EDTFParseException, AttributeError, TypeError, ValueError):
        return ""


def _is_date(text: str) -> bool:
    try:
        notation.read(text)
    except notation.Malformed:
        return False
    return True


def _check(text: str, item: Item) -> None:
    """Raise BadDate for a part that does not exist, or an end before its start."""
    first, last = notation.ends(item)
    for point in (first, last):
        if point:
            _check_point(text, point)
    if isinstance(item, Reach) and first and last and not _in_order(first, last):
        written, also = text.strip("[]{}").replace("..", "/").split("/")[:2] if "," not in text else ("", "")
        hint = f"Did you mean `{text.replace(written, '|').replace(also, written).replace('|', also)}`?"
        hint = hint if written != also and stretch(last)[1] <= stretch(first)[0] else ""
        message = f"date `{text}` ends before it starts: write the earlier date first"
        if not hint:
            message += ", and the end as finely as the start"
        raise BadDate(message, "impossible-interval", hint)


def _in_order(first: Point, last: Point) -> bool:
    """Whether an interval can start with one date and end with the other, by their first days where both are whole."""
    start, end = stretch(first), stretch(last)
    return start[0] < end[1] if last.masked else start[0] <= end[0]


def _check_point(text: str, point: Point) -> None:
    if re.fullmatch(r"-0+", point.year):
        raise BadDate(f"date `{text}` names the year {point.year}, which does not exist: 1 BC is 0000, 2 BC is -0001")
    if point.significant and "X" in point.year:
        raise BadDate(
            f"date `{text}` has digits that are not known and says how many are sure:"
            " write either, such as 201X or 2016S3"
        )
    month = point.month
    if month and "X" not in month and not (1 <= int(month) <= 12 or (21 <= int(month) <= 41 and not point.day)):
        raise BadDate(
            f"date `{text}` names the month {month}, which does not exist: write 01 to 12, 21 (spring) to 24 (winter),"
            " 33 (first quarter) to 36, or 40 (first half of the year) or 41"
        )
    if point.season and "X" in point.year:
        raise BadDate(f"date `{text}` is a season of a year that is not known: write the years alone, {point.year}")
    if _mixed_eras(point):
        raise BadDate(
            f"date `{text}` includes the year 0000, which is 1 BC: write the first and the last year,"
            " such as [0001..0009]"
        )
    if not point.season and not any(_candidates(point, year) for year in _unlike_years(point)):
        raise BadDate(f"date `{text}` names a day that does not exist: {_days_of_month(point)}")
    _check_time(text, point)


def _mixed_eras(point: Point) -> bool:
    """Whether not-known digits allow the year 0 and others, but do not leave the whole year open."""
    return "X" in point.year and not set(point.year) <= {"X"} and 0 in years(point)


def _days_of_month(point: Point) -> str:
    """What days the month of a date has, for a message."""
    if "X" in point.month or not 1 <= int(point.month) <= 12:
        return "write 01 to 12 for the month and 01 to 31 for the day, with X for a digit that is not known"
    if point.month == "02" and point.day == "29":
        return "that year has no 29 February"
    most = max(_month_end(year, int(point.month)) for year in _unlike_years(point))
    return f"write 01 to {most}, or leave the day out"


def _check_time(text: str, point: Point) -> None:
    if not point.time:
        return
    if point.masked:
        raise BadDate(f"date `{text}` is a time of a day that is not known: write the whole day, or no time")
    hour, minute, second = clock(point)
    if hour > 23 or minute > 59 or second >= 60:
        raise BadDate(f"date `{text}` names a time that does not exist: write 00:00 to 23:59, or the next day's 00:00")
    if point.zone in ("", "Z"):
        return
    offset = int(point.zone[1:3]) * 60 + int(point.zone[3:].lstrip(":") or 0)
    most = 14 * 60 if point.zone[0] == "+" else 12 * 60
    if offset > most or int(point.zone[3:].lstrip(":") or 0) > 59 or (offset == 0 and point.zone[0] == "-"):
        raise BadDate(f"date `{text}` names a time zone that does not exist: write Z, or -12:00 to +14:00")


def clock(point: Point) -> tuple[int, int, float]:
    """Hour, minute and second of a date's time; 0 where it gives none."""
    hour, minute, second = (*point.time.split(":"), "0", "0", "0")[:3]
    return int(hour), int(minute), float(second)


def _reach(item: Item) -> Stretch:
    """The first moment of an item and the moment after its last."""
    first, last = notation.ends(item)
    return (stretch(first)[0] if first else -math.inf), (stretch(last)[1] if last else math.inf)


@cache
def stretch(point: Point) -> Stretch:
    """The first moment that a date may mean, and the moment after the last."""
    if point.time:
        hour, minute, second = clock(point)
        start = ordinal(int(point.year), int(point.month), int(point.day)) + (hour * 60 + minute) / MINUTES
        return start + second / SECONDS, start + second / SECONDS + 1 / MINUTES
    if point.season:
        return _part_of_year(int(point.year), point.season)
    if rounded(point):
        first, last = estimated(point)
        return ordinal(first, 1, 1), ordinal(last + 1, 1, 1)
    found = years(point)
    first_days = next(days for year in found if (days := _candidates(point, year)))
    last_days = next(days for year in reversed(found) if (days := _candidates(point, year)))
    return first_days[0][0], last_days[-1][1]


def rounded(point: Point) -> bool:
    """Whether only the first digits of a year are sure."""
    return 0 < point.significant < len(point.year.lstrip("-0"))


def estimated(point: Point) -> tuple[int, int]:
    """The first and the last year that have the sure digits of an estimated year."""
    year = int(point.year)
    step = 10 ** (len(str(abs(year))) - point.significant)
    first = abs(year) // step * step
    return (first, first + step - 1) if year > 0 else (-first - step + 1, -first)


@cache
def years(point: Point) -> Sequence[int]:
    """Each year that a date may mean, from the first to the last."""
    if "X" not in point.year:
        return (int(point.year),)
    digits = ("0123456789" if digit == "X" else digit for digit in point.year.lstrip("-"))
    found = [int("".join(number)) for number in product(*digits)]
    return [-year for year in reversed(found) if year] if point.year.startswith("-") else found


def _unlike_years(point: Point) -> Collection[int]:
    """Of the years that a date may mean, one with a leap day and one without: all others have the same days."""
    return {isleap(year): year for year in years(point)}.values()


def matching(mask: str, numbers: Collection[int]) -> list[int]:
    """The numbers that have the two digits of a month or a day; X stands for any."""
    if "X" not in mask:
        return [int(mask)] if int(mask) in numbers else []
    return [number for number in numbers if all(m in ("X", d) for m, d in zip(mask, f"{number:02}", strict=True))]


def _candidates(point: Point, year: int) -> list[Stretch]:
    """Each day, month or year, as fine as a date is given, that it may mean in one of its years."""
    if not point.month:
        return [(ordinal(year, 1, 1), ordinal(year + 1, 1, 1))]
    found: list[Stretch] = []
    for month in matching(point.month, range(1, 13)):
        start, last = ordinal(year, month, 1), _month_end(year, month)
        if point.day in ("", "XX"):
            found.append((start, start + last))
        else:
            found += [(start + day - 1, start + day) for day in matching(point.day, range(1, last + 1))]
    return found


def candidates(point: Point) -> list[Stretch]:
    """What a date of one known year may mean: each unbroken stretch, in days."""
    runs: list[Stretch] = []
    for start, end in _candidates(point, int(point.year)):
        if runs and runs[-1][1] == start:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return runs


def _month_end(year: int, month: int) -> int:
    return ordinal(year + month // 12, month % 12 + 1, 1) - ordinal(year, month, 1)


_FIRST_MONTHS = {
    **dict(zip(range(21, 25), (3, 6, 9, 12), strict=True)),  # seasons, as in the north
    **dict(zip(range(25, 29), (3, 6, 9, 12), strict=True)),  # seasons of the northern hemisphere
    **dict(zip(range(29, 33), (9, 12, 3, 6), strict=True)),  # seasons of the southern hemisphere
    **dict(zip(range(33, 37), (1, 4, 7, 10), strict=True)),  # quarters
    **dict(zip(range(37, 40), (1, 5, 9), strict=True)),  # thirds
    **dict(zip(range(40, 42), (1, 7), strict=True)),  # halves
}
"""The month in which each part of a year starts, by its number in EDTF."""


def _part_of_year(year: int, part: int) -> Stretch:
    month = _FIRST_MONTHS[part]
    after = month + (3 if part < 37 else 4 if part < 40 else 6) - 1
    return ordinal(year, month, 1), ordinal(year + after // 12, after % 12 + 1, 1)


def precision(point: Point) -> Precision:
    """How precisely one date is known."""
    if point.time:
        return Precision.TIME
    if point.season:
        return Precision.SEASON
    if rounded(point):
        return Precision.SPAN
    if "X" in point.year:
        whole = point.month in ("", "XX") and point.day in ("", "XX")
        unknown = len(point.year) - len(point.year.rstrip("X"))
        regular = whole and "X" not in point.year.rstrip("X") and not point.year.startswith("-")
        return {1: Precision.DECADE, 2: Precision.CENTURY}.get(unknown * regular, Precision.SPAN)
    runs = candidates(point)
    return of_days(*runs[0]) if len(runs) == 1 else Precision.SPAN


def of_days(start: float, end: float) -> Precision:
    """As what a stretch of whole days prints: a day, month or year, or a span."""
    first, after = civil(math.floor(start)), civil(math.floor(end))
    if end - start == 1:
        return Precision.DAY
    if first[1:] == (1, 1) == after[1:]:
        return Precision.YEAR
    months = (after[0] - first[0]) * 12 + after[1] - first[1]
    return Precision.MONTH if first[2] == 1 == after[2] and months == 1 else Precision.SPAN


def civil_parts(when: When) -> Iterator[Civil]:
    """Year, month and day of each date that the author wrote, 0 for what it does not give; none without a year."""
    for point in when.points:
        if "X" not in point.year:
            month = int(point.month) if point.month.isdigit() and not point.season else 0
            yield int(point.year), month, int(point.day) if point.day.isdigit() else 0


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
