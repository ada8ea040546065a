"""A date as people type it, such as “c. 1890” or “spring 1921”, becomes EDTF. Nothing is guessed.

Months may be named in English or in the language of the article.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from babel import Locale

from triptych.content import dates, notation
from triptych.content.dates import BadDate, When


class Order(StrEnum):
    """What stands first in a date of numbers, such as 12/03/1994."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


EXAMPLES = "Write it as 1994-03-12, 12 March 1994, March 1994, c. 1890, 1890s, spring 1921 or 1914–1918."
_ABOUT = ("c.", "ca.", "ca", "c", "circa", "about", "around", "approx.", "approx", "approximately", "roughly", "~")
_SHORT = ("c", "ca")
"""Those of them that may stand right before the year, as in c1890."""
_PERHAPS = ("possibly", "probably", "perhaps", "maybe", "?")
_NOW = ("present", "now", "today", "ongoing")
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}


@dataclass(frozen=True, slots=True)
class _Reading:
    """How texts of one article are read."""

    months: Mapping[str, int]
    order: Order | None


@cache
def edtf(text: str, order: Order | None = None, locale: Locale | None = None) -> str:
    """A date of a person, or one that is EDTF already, as EDTF. Raises BadDate for what means no one date."""
    if _known(text) and not _YEARS.fullmatch(text):
        return text
    plain = _MIDNIGHT.sub("", " ".join(_plain(text).split())).strip(" .,;")
    found = _date(plain, _Reading(months(locale or Locale("en"), Locale("en")), order))
    if not found:
        raise BadDate(f"`{text}` is not a date", hint=_hint(text))
    dates.parsed(found)
    return found


_YEARS = re.compile(r"\d{4}-(1[3-9]|20|4[2-9]|[5-9]\d)")
"""1914-18: two years, since EDTF has no such month or part of a year."""
_MIDNIGHT = re.compile(r"[ t]00:00(:00)?(\.0+)?$|\.0$")
"""What programs add to a day or a year that has no time and no decimals."""


def _hint(text: str) -> str:
    if re.fullmatch(r"[1-9]\d{4}", text):
        return "It is a number of days: give the cell the format of a date."
    try:
        dates.parsed(text)
    except BadDate as error:
        return error.hint or EXAMPLES
    return EXAMPLES


_SIGNS = re.compile(r"[\dXYESTZ:+?~%./\[\]{}, -]+")
"""The signs of EDTF."""


def _known(text: str) -> bool:
    if not _SIGNS.fullmatch(text):
        return False
    try:
        notation.read(text)
    except notation.Malformed:
        return False
    return True


def _plain(text: str) -> str:
    """Small letters, with one kind of dash and of space."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[‐‑‒–—―−]", "–", folded)


@cache
def months(*languages: Locale) -> Mapping[str, int]:
    """The numbers of the months by every name that they have in some languages, in small letters without a point."""
    names: dict[str, int] = {"sept": 9}
    for one in languages:
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in one.months[use][width].items():
                    names.setdefault(_plain(str(name)).rstrip("."), number)
    return names


# The forms, from the widest to one point.


def _date(text: str, reading: _Reading) -> str:
    """A text as EDTF; empty where it is none."""
    return next((found for form in _FORMS if (found := form(text, reading))), "")


def _between(text: str, reading: _Reading) -> str:
    matched = re.fullmatch(r"(?:some time |sometime )?between (.+) and (.+)", text)
    return _set(reading, *matched.groups()) if matched else ""


def _either(text: str, reading: _Reading) -> str:
    ends = [_point(end, reading) for end in text.split(" or ")]
    return f"[{','.join(ends)}]" if len(ends) > 1 and all(ends) else ""


def _set(reading: _Reading, first: str, last: str) -> str:
    start, end = _points(reading, first, last)
    return f"[{start}..{end}]" if start and end else ""


def _bounded(text: str, reading: _Reading) -> str:
    """One moment before or after a date, or a time that starts or ends with it."""
    for words, form, neighbour in (
        (("before", "prior to"), "[..{}]", -1),
        (("by", "no later than", "in or before"), "[..{}]", 0),
        (("after",), "[{}..]", 1),
        (("in or after", "no earlier than"), "[{}..]", 0),
        (("since", "from"), "{}/..", 0),
        (("until", "till", "up to"), "../{}", 0),
    ):
        for word in words:
            if text.startswith(f"{word} ") and (found := _point(text[len(word) + 1 :], reading)):
                end = next_to(dates.parsed(found), neighbour) if neighbour else found
                return form.format(end) if end else ""
    return ""


def next_to(when: When, step: int) -> str:
    """The day, month or year before a date, or after it where `step` is 1; empty where that is not sure."""
    if not when.exact or when.precision not in (dates.Precision.DAY, dates.Precision.MONTH, dates.Precision.YEAR):
        return ""
    year, month, day = dates.civil(int(when.end) if step > 0 else int(when.start) - 1)
    parts = {"day": (month, day), "month": (month,), "year": ()}[when.precision.value]
    return "-".join([_year(year), *(f"{part:02}" for part in parts)])


def _range(text: str, reading: _Reading) -> str:
    text = re.sub(r"^from ", "", text)
    if within := re.fullmatch(r"(\D+) (\d{1,2}) ?[–-] ?(\d{1,2}),? (\d{4})", text):
        text = "{1} {0} {3} – {2} {0} {3}".format(*within.groups())
    text = re.sub(r"^(\d{1,2})(?:st|nd|rd|th)?[-/](?=\d{1,2}(?:st|nd|rd|th|\.)? [^\W\d])", r"\1–", text)
    text = re.sub(r"^(\d{4}|\w*[^\W\d])-(?=(\d{2}|\d{4})\b[^-]*$|[^\W\d])", r"\1–", text)
    for parted in (r"\s+(?:to|until|till|–|-)\s+", r"\s*–\s*"):
        ends = re.split(parted, text)
        if len(ends) == 2:
            first, last = _points(reading, *ends)
            if first and last and not {"/", "["} & set(first + last):
                return f"{first}/{last}" + ("~" if first.endswith("~") and last[-1].isdigit() else "")
    return ""


def _points(reading: _Reading, first: str, last: str) -> tuple[str, str]:
    """The two ends of a range. The first takes from the last what it does not say: “3–5 March 1994”."""
    if last in _NOW:
        return _point(first, reading), ".."
    if re.fullmatch(r"\d{4}", first) and re.fullmatch(r"\d{2}", last):
        end = first[:2] + last
        return (first, end) if end > first else ("", "")
    end = _point(last, reading)
    start = _point(first, reading) or next(
        (found for rest in _tails(last) if (found := _point(f"{first} {rest}", reading))), ""
    )
    if start and end and re.search(r"\bb\.? ?c\.?", last) and not re.search(r"\bb\.? ?c\.?", first):
        start = _point(f"{first} bc", reading)
    return start, end


def _tails(text: str) -> Sequence[str]:
    """The ends of a text, from the longest, after each of its words."""
    words = text.split()
    return [" ".join(words[index:]) for index in range(1, len(words))]


def _one(text: str, reading: _Reading) -> str:
    return _point(text, reading)


_FORMS: Sequence[Callable[[str, _Reading], str]] = (_between, _bounded, _one, _range, _either)


def _point(text: str, reading: _Reading) -> str:
    """One date with its doubts as EDTF; empty where it is none."""
    text, doubt = text.strip(" ,"), ""
    for sign, words in (("~", _ABOUT), ("?", _PERHAPS)):
        for word in words:
            bare = text.removeprefix(word)
            close = word[-1] in ".~?" or bare[:1] in (" ", "") or (word in _SHORT and bare[0].isdigit())
            if bare != text and close and bare.strip():
                text, doubt = bare.strip(), doubt or sign
    if asked := re.fullmatch(r"(.+?) ?\(?\?\)?", text):
        text, doubt = asked[1], "?" if doubt in ("", "?") else "%"
    found = _sure(text, reading)
    if not found or not doubt:
        return found
    return found + doubt if not {"T", "["} & set(found) else ""


def _sure(text: str, reading: _Reading) -> str:
    """A date without doubts."""
    if timed := re.fullmatch(r"(.+?),? (?:at )?(\d{1,2})(?::(\d{2}))?(?::\d{2})? ?([ap])?\.?(?:m\.?)?", text):
        day, clock = _sure(timed[1], reading), time(timed[2], timed[3] or "", timed[4] or "")
        if clock and re.fullmatch(r"-?\d{4}-\d\d-\d\d", day):
            return f"{day}T{clock}"
    text, era = _era(text)
    return next((found for form in _PLAIN if (found := form(text, era, reading))), "")


def time(hour: str, minute: str, half: str) -> str:
    """A time of day in 24 hours; empty where it is none."""
    if not minute and not half:
        return ""
    if half and not 1 <= int(hour) <= 12:
        return ""
    number = int(hour) % 12 + 12 * (half == "p") if half else int(hour)
    return f"{number:02}:{minute or '00'}"


def _era(text: str) -> tuple[str, int]:
    """A date without its era, and -1 for years before Christ, 1 for years after that say so, else 0."""
    if before := re.fullmatch(r"(.+?) ?(?:b\.? ?c\.?(?: ?e\.?)?)", text):
        return before[1], -1
    if after := re.fullmatch(r"(?:a\.? ?d\.?) ?(.+)|(.+?) ?(?:a\.? ?d\.?|c\.? ?e\.?)", text):
        return after[1] or after[2], 1
    return text, 0


def _of_year(text: str, era: int) -> str:
    """A year in EDTF; empty where it has fewer than four digits and no era."""
    if not re.fullmatch(r"\d{1,4}", text) or (len(text) < 4 and not era) or int(text) == 0:
        return ""
    return _year(1 - int(text) if era < 0 else int(text))


def _year(year: int) -> str:
    return f"{'-' * (year < 0)}{abs(year):04}"


def _years(text: str, era: int, _reading: _Reading) -> str:
    """A year, a decade or a century."""
    text = text.removeprefix("the ").removeprefix("year ")
    if year := _of_year(text, era):
        return year
    if (decade := re.fullmatch(r"(\d{3})0['’]?s", text)) and era >= 0 and decade[1][-1] != "0":
        return f"{decade[1]}X"
    if century := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th) (?:century|c\.?)", text):
        number = int(century[1]) - 1
        if not number and era >= 0:
            return "[0001..0099]"
        return f"{'-' * (era < 0)}{number:02}XX" if number else "[-0099..0000]"
    return ""


def _parts_of_year(text: str, era: int, _reading: _Reading) -> str:
    """A season, a quarter or a half of a year."""
    matched = re.fullmatch(r"(?:the )?(.+?)(?:,| of| in)? (\d{1,4})(?:[/–-](\d{2}|\d{4}))?", text)
    if not matched or not (year := _of_year(matched[2], era)):
        return ""
    name, after = matched[1], matched[3]
    number = notation.SEASONS.get(name, 0)
    if after and not (name == "winter" and int(matched[2][: 4 - len(after)] + after) == int(matched[2]) + 1):
        return ""
    if quarter := re.fullmatch(r"q([1-4])|(\w+) quarter", name):
        number = 32 + (int(quarter[1]) if quarter[1] else _ORDINALS.get(quarter[2], -32))
    if half := re.fullmatch(r"h([12])|(first|1st|second|2nd) half", name):
        number = 39 + (int(half[1]) if half[1] else _ORDINALS[half[2]])
    return f"{year}-{number}" if number > 20 else ""


_DAY = r"(\d{1,2})(?:st|nd|rd|th|\.)?(?: of)?"
_NAMED = (
    (rf"(?:\w+,? )?{_DAY} (\D+?),? (\d{{1,4}})", (3, 2, 1)),
    (rf"(?:\w+, )?(\D+?) {_DAY},? (\d{{3,4}})", (3, 1, 2)),
    (rf"(\d{{4}}),? (\D+?) {_DAY}", (1, 2, 3)),
    (r"(\D+?),? (\d{1,4})", (2, 1, 0)),
    (r"(\d{4}),? (\D+)", (1, 2, 0)),
    (r"(\d{1,2})-(\D+?)-(\d{4})", (3, 2, 1)),
    (r"(\D+?)-(\d{4})", (2, 1, 0)),
)
"""Dates with the name of a month, and which group is the year, the month and the day."""


def _named_months(text: str, era: int, reading: _Reading) -> str:
    for pattern, (year, month, day) in _NAMED:
        if matched := re.fullmatch(pattern, text):
            name = re.sub(r"^(?:(?:de|of) |d[’'])| (?:de|of)$", "", matched[month].strip(" .,")).rstrip(".")
            number, found = reading.months.get(name, 0), _of_year(matched[year], era)
            if number and found:
                return f"{found}-{number:02}" + (f"-{int(matched[day]):02}" if day else "")
    return ""


def _of_numbers(text: str, era: int, reading: _Reading) -> str:
    """A date of numbers alone. Raises BadDate where the day and the month could change places."""
    if _YEARS.fullmatch(text):
        return ""
    if matched := re.fullmatch(r"(\d{4})[-/.年] ?(\d{1,2})(?:[-/.月] ?(\d{1,2})日?|月)?", text):
        year, month, day = matched.groups("")
        if day or not re.fullmatch(r"\d{4}/\d+", text):
            return f"{_of_year(year, era or 1)}-{int(month):02}" + (f"-{int(day):02}" if day else "")
        first, last = int(year[2:]), int(month)
        return f"{year}/{year[:2]}{month}" if len(month) == 2 and last > max(first, 12) else ""
    if matched := re.fullmatch(r"(\d{1,2})[/.](\d{4})", text):
        return f"{_of_year(matched[2], era or 1)}-{int(matched[1]):02}"
    if matched := re.fullmatch(r"(\d{1,2})([/.-]) ?(\d{1,2})\2 ?(\d{4})", text):
        return _ordered(text, int(matched[1]), int(matched[3]), int(matched[4]), matched[2], reading)
    if re.fullmatch(r"\d{1,2}([/.-])\d{1,2}\1\d{2}|[^\W\d]+-\d{2}", text):
        raise BadDate(f"`{text}` gives the year in two digits", hint="Write the year in four digits.")
    return ""


def _ordered(text: str, first: int, second: int, year: int, sign: str, reading: _Reading) -> str:
    """A date of day and month in an order that must be known. Between points, the day is first everywhere."""
    if sign == "." or first > 12 or first == second:
        order: Order | None = Order.DAY_FIRST
    else:
        order = Order.MONTH_FIRST if second > 12 else reading.order
    if not order:
        ways = " or ".join(f"{year:04}-{month:02}-{day:02}" for day, month in ((first, second), (second, first)))
        message = f"`{text}` is ambiguous: it can be {ways}"
        hint = "Write one of these, or `dates: day-first` or `month-first` in the head of article.md or in house.yaml."
        raise BadDate(message, hint=hint)
    day, month = (first, second) if order == Order.DAY_FIRST else (second, first)
    return f"{year:04}-{month:02}-{day:02}"


_PLAIN: Sequence[Callable[[str, int, _Reading], str]] = (_years, _parts_of_year, _named_months, _of_numbers)
