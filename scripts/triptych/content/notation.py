"""The text of an EDTF date becomes its parts, points in time, intervals and sets; and numbers become such a text.

EDTF is of level 0 to 2, ISO 8601-2:2019. Beyond it, an interval may have times of day at both ends, as in ISO 8601-1.
`dates.py` gives the parts their days.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from lark import Lark, Token, Transformer
from lark.exceptions import LarkError, VisitError

GRAMMAR = r"""
start: point | interval | one_of | all_of

interval: side "/" side
side: point | OPEN | -> empty
one_of: "[" items "]"
all_of: "{" items "}"
items: item (/ *, */ item)*
item: point | OPEN point -> earlier | point OPEN -> later | point OPEN point -> range

point: year SIGNIFICANT? | year "-" two | year "-" two "-" two TIME? | LONG_YEAR SIGNIFICANT?
year: DOUBT? YEAR DOUBT?
two: DOUBT? TWO DOUBT?

OPEN: ".."
DOUBT: /[?~%]/
YEAR: /-?[0-9X]{4}/
TWO: /[0-9X]{2}/
LONG_YEAR: /Y-?[1-9][0-9]*E[0-9]+|Y-?[1-9][0-9]{4,}/
SIGNIFICANT: /S[1-9][0-9]*/
TIME: /T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?/
"""


SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
"""The English names of the seasons, each with its number in the place of a month."""


class Malformed(ValueError):
    """The text is not written as EDTF writes a date."""


@dataclass(frozen=True, slots=True)
class Point:
    """One date, as finely as it is given. `X` stands for a digit that is not known."""

    year: str
    """Digits, with - before an astronomical year below 0."""
    month: str = ""
    """01 to 12; or a season, quarter or other part of a year, 21 to 41."""
    day: str = ""
    time: str = ""
    """Time of day, hh:mm, hh:mm:ss or with a fraction of a second."""
    zone: str = ""
    """Z, or the offset from UTC as written; empty if none is given."""
    significant: int = 0
    """Number of the year's digits that are sure; 0 if all are."""
    doubts: tuple[str, ...] = ("",)
    """Of the year, the month and the day as far as given: ? uncertain, ~ approximate, % both, or empty."""

    @property
    def season(self) -> int:
        """The part of the year, 21 to 41; 0 for a month or none."""
        return int(self.month) if self.month.isdigit() and int(self.month) > 20 else 0

    @property
    def masked(self) -> bool:
        """Whether a digit is not known."""
        return "X" in self.year + self.month + self.day

    @property
    def doubt(self) -> str:
        """All doubts about its parts, as one."""
        found = set(self.doubts) - {""}
        return "" if not found else found.pop() if len(found) == 1 else "%"


@dataclass(frozen=True, slots=True)
class Reach:
    """From one point to another. An end is None where it is open, or not known."""

    first: Point | None
    last: Point | None
    known: tuple[bool, bool] = (True, True)
    """False for an end that nobody knows; an end that is None and known is open."""


Item = Point | Reach


def ends(item: Item) -> tuple[Point | None, Point | None]:
    """The first and the last point of an item; both are the point itself where it is one."""
    return (item.first, item.last) if isinstance(item, Reach) else (item, item)


@dataclass(frozen=True, slots=True)
class Notation:
    """A date's parts. One item, unless it is a set."""

    kind: str
    """point, interval, one (of a set) or all."""
    items: tuple[Item, ...]


class _Parts(Transformer[Token, Notation]):
    """Grammar rules become parts."""

    def start(self, found: list[Any]) -> Notation:
        one = found[0]
        return one if isinstance(one, Notation) else Notation("point", (one,))

    def interval(self, ends: list[Any]) -> Notation:
        first, last = (None if end in (None, "..") else end for end in ends)
        given = [end for end in (first, last) if end]
        if len({bool(end.time) for end in given}) > 1:
            raise Malformed("an interval has a time of day at both ends, or at neither")
        if any(len(end.year.lstrip("-")) > 4 for end in given):
            raise Malformed("a year of more than four digits stands alone, not in an interval")
        return Notation("interval", (Reach(first, last, (ends[0] is not None, ends[1] is not None)),))

    def side(self, found: list[Any]) -> Any:
        return found[0]

    def empty(self, _: list[Any]) -> None:
        return None

    def one_of(self, found: list[Any]) -> Notation:
        return Notation("one", found[0])

    def all_of(self, found: list[Any]) -> Notation:
        return Notation("all", found[0])

    def items(self, found: list[Any]) -> tuple[Item, ...]:
        found = found[::2]
        for index, item in enumerate(found):
            first, last = ends(item)
            if (first is None and index > 0) or (last is None and index < len(found) - 1):
                raise Malformed("in a set, .. may open only the first and the last date")
            if any(end and (end.time or end.significant) for end in (first, last)):
                raise Malformed("a set has no times of day and no significant digits")
        return tuple(found)

    def item(self, found: list[Any]) -> Any:
        return found[0]

    def earlier(self, found: list[Any]) -> Reach:
        return Reach(None, found[1])

    def later(self, found: list[Any]) -> Reach:
        return Reach(found[0], None)

    def range(self, found: list[Any]) -> Reach:
        return Reach(found[0], found[2])

    def year(self, found: list[Token]) -> tuple[str, str, str]:
        return _with_doubts(found)

    two = year

    def point(self, found: list[Any]) -> Point:
        significant = int(_token(found, "SIGNIFICANT")[1:] or 0)
        if long := _token(found, "LONG_YEAR"):
            return Point(_long(long), significant=significant)
        parts = [part for part in found if not isinstance(part, Token)]
        time, zone = _TIME.fullmatch(_token(found, "TIME")).groups("")  # type: ignore[union-attr]
        doubts = _spread([part[1:] for part in parts])
        if time and any(doubts):
            raise Malformed("a time of day takes no sign of doubt")
        digits = dict(zip(("year", "month", "day"), (part[0] for part in parts), strict=False))
        return Point(**digits, time=time, zone=zone, significant=significant, doubts=doubts)


_TIME = re.compile(r"(?:T([\d:.]+)(.*))?")


def _token(found: Sequence[Any], kind: str) -> str:
    """The text of the first token of a kind; empty if there is none."""
    return next((str(one) for one in found if isinstance(one, Token) and one.type == kind), "")


def _with_doubts(found: Sequence[Token]) -> tuple[str, str, str]:
    """A part's digits, the doubt before them and the doubt after them."""
    (place,) = (index for index, token in enumerate(found) if token.type != "DOUBT")
    before, after = "".join(found[:place]), "".join(found[place + 1 :])
    return str(found[place]), before, after


def _spread(doubts: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The doubt of each part: a sign before a part is about it alone, one after it also about all parts before it."""
    spread = []
    for index, (before, _) in enumerate(doubts):
        signs = {before, *(after for _, after in doubts[index:])} - {""}
        spread.append("" if not signs else signs.pop() if len(signs) == 1 else "%")
    return tuple(spread)


MOST_DIGITS = 11
"""A year has at most this many digits: the universe is about 14,000,000,000 years old."""


def _long(text: str) -> str:
    digits, _, power = text[1:].partition("E")
    if len(digits) + int(power or 0) > MOST_DIGITS + digits.startswith("-"):
        raise Malformed(f"a year has at most {MOST_DIGITS} digits")
    return digits + "0" * int(power or 0)


def written(year: int, month: int = 0, day: int = 0, time: str = "") -> str:
    """A date as EDTF. `year` counts as people do, without a year 0: -44 is 44 BC. `time` is hh:mm, or empty."""
    astronomical = year + (year < 0)
    sign, digits = ("-" if astronomical < 0 else ""), f"{abs(astronomical):04}"
    if len(digits) > 4:
        return f"Y{sign}{digits}"
    parts = [f"{sign}{digits}", *(f"{part:02}" for part in (month, day) if part)]
    return "-".join(parts) + (f"T{time}" if time and day else "")


LONGEST = 1000
"""Most characters of a date: a set of a hundred days."""


@cache
def _parser() -> Callable[[str], Any]:
    return Lark(GRAMMAR, parser="lalr").parse


def read(text: str) -> Notation:
    """The parts of a date. Raises Malformed; whether its days exist is not checked here."""
    if len(text) > LONGEST:
        raise Malformed(f"has more than {LONGEST} characters")
    try:
        return _Parts().transform(_parser()(text))
    except VisitError as error:
        raise Malformed(str(error.orig_exc)) from None
    except LarkError:
        raise Malformed from None
