"""The dates, weekdays and times of day that a text names, and the text without them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from babel import Locale, UnknownLocaleError

from triptych.check import number_words
from triptych.check.months import named, wide, worded

NOON = 12
HOURS, MINUTES = 24, 60
_GAP = "¦"
"""Stands where a date or a time was."""
Day = tuple[int | None, int | None, int | None]
"""Year, month and day; None where the text does not say."""


@dataclass(frozen=True, slots=True)
class Moments:
    """What a text says about when. Each with how the text writes it."""

    days: Mapping[Day, str] = field(default_factory=dict)
    weekdays: Mapping[int, str] = field(default_factory=dict)
    """From 0 for Monday."""
    times: Mapping[frozenset[int], str] = field(default_factory=dict)
    """Minutes since midnight; two where a text does not say whether before noon."""
    rest: str = ""
    """The text without its dates and times, as long as before."""

    @property
    def years(self) -> frozenset[int]:
        return frozenset(year for year, _, _ in self.days if year)

    @property
    def months(self) -> frozenset[int]:
        return frozenset(month for _, month, _ in self.days if month)


@lru_cache(maxsize=1_000)
def moments(text: str, language: str) -> Moments:
    """What a text says about when. In a language whose dates in words we do not read, only dates in digits."""
    days: dict[Day, str] = {}
    times: dict[frozenset[int], str] = {}
    rest = text
    for pattern in _clocks(language):
        for found in pattern.finditer(rest):
            if minutes := _minutes(found, language):
                times.setdefault(minutes, found.group().strip())
                rest = _without(rest, found)
    for pattern in (*_written(language), _ISO, _DOTTED):
        for found in pattern.finditer(rest):
            read = list(_read(found, language))
            if read:
                days |= {day: found.group().strip(" .") for day in read if day not in days}
                rest = _without(rest, found)
    return Moments(days, dict(_weekdays(text, language)), times, rest)


def _without(text: str, found: re.Match[str]) -> str:
    return text[: found.start()] + _GAP * len(found.group()) + text[found.end() :]


_ISO = re.compile(r"(?<![\d-])(?P<year>\d{4})-(?P<number>\d{1,2})(?:-(?P<days>\d{1,2}))?(?![\d-])")
_DOTTED = re.compile(r"(?<![\d.])(?P<days>\d{1,2})\.\s?(?P<number>\d{1,2})\.\s?(?P<year>\d{4})?(?!\d)")
_DAY = r"\d{1,2}(?:st|nd|rd|th|er|º|ᵉʳ|\.(?=\s))?"
_LINK = r"(?:\s*[,–-]\s*|\s+(?:and|or|to|und|oder|bis|et|ou|au|à|y|o|al|e|en|of|i)\s+|\s*,\s+)"
_DAYS = rf"(?P<days>(?<![\d.,]){_DAY}(?:{_LINK}{_DAY})*)"
_YEAR = r"(?:,?\s+(?:de\s+|del\s+)?(?P<year>\d{4})(?!\d))"


@cache
def _written(language: str) -> Sequence[re.Pattern[str]]:
    """Dates in words, the longest first: day and month in either order, a month with its year, a month alone."""
    if not (names := worded(language)):
        return ()
    month = rf"(?P<month>{names})\.?(?!\w)"
    found = [rf"{_DAYS}\s+(?:of\s+|de\s+|di\s+|d[’'])?{month}{_YEAR}?"]
    if language.split("-")[0] == "en":
        end = r"(?=\s*[,.;:)–]|\s*$|\s+(?:and|or|at|in|to|by|as|the|when)\b)"
        found += [rf"(?<!\w){month}\s+{_DAYS}(?!\d)(?:{_YEAR}|{end})"]
    found += [rf"(?<!\w){month}(?:,?\s+(?:of\s+|de\s+|del\s+)?(?P<year>\d{{4}})(?!\d))", rf"(?<!\w){month}"]
    flags = 0 if language.split("-")[0] in ("en", "de") else re.IGNORECASE
    return [re.compile(pattern, flags) for pattern in found]


_UNSURE = {"en": {"May", "March"}, "fr": {"mars"}}
"""Months that are other words too, as short forms are: they need a day, a year or a little word before them."""
_SURE = re.compile(
    r"(?:\b(?:in|of|by|since|until|from|late|early|mid|to|last|next|and|end|during|before|after|en|de|au|dès|fin|à)"
    r"|(?:mid|late|early)[-–])\s*$",
    re.IGNORECASE,
)
"""What stands before a month that is another word too."""


def _read(found: re.Match[str], language: str) -> Iterator[Day]:
    """The days of a match; none if it is no date."""
    groups = found.groupdict()
    year = int(groups["year"]) if groups.get("year") else None
    months = {int(groups["number"])} if groups.get("number") else named(groups["month"], language)
    numbers = [int(day) for day in re.findall(r"\d+", groups.get("days") or "")]
    if len(months) != 1 or not all(0 < day <= 31 for day in numbers) or not 0 < (month := min(months)) <= 12:
        return
    word = groups.get("month") or ""
    unsure = word in _UNSURE.get(language.split("-")[0], ()) or word.lower() not in wide(language)
    if word and not numbers and not year and unsure and not _SURE.search(found.string[: found.start()]):
        return
    yield from ((year, month, day) for day in (numbers or (None,)))


def _weekdays(text: str, language: str) -> Iterator[tuple[int, str]]:
    for found in _weekday_pattern(language).finditer(text):
        yield _weekday_names(language)[found[1].lower()], found.group()


@cache
def _weekday_names(language: str) -> Mapping[str, int]:
    try:
        days = Locale.parse(language, sep="-").days
    except (UnknownLocaleError, ValueError):
        return {}
    return {name.lower(): day for context in ("format", "stand-alone") for day, name in days[context]["wide"].items()}


@cache
def _weekday_pattern(language: str) -> re.Pattern[str]:
    if not worded(language) or not (names := _weekday_names(language)):
        return re.compile("(?!)")
    joined = "|".join(map(re.escape, names))
    return re.compile(rf"(?<!\w)({joined})(?:s|en)?(?!\w)", 0 if not joined else re.IGNORECASE)


_HALF_DAY = r"(?P<half>a\.?m\.?|p\.?m\.?)(?!\w)"
_HOUR, _MINUTE = r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4])", r"(?P<minute>[0-5]\d)(?![\d:])"


@cache
def _hours(language: str) -> Sequence[str]:
    """The hours of a clock in words, from one."""
    return [number_words.word(hour, language) for hour in range(1, NOON + 1)]


@cache
def _clocks(language: str) -> Sequence[re.Pattern[str]]:
    """Times of day, the longest first."""
    base = language.split("-")[0]
    plain = [rf"{_HOUR}:{_MINUTE}"]
    hour = rf"(?P<hour>\d{{1,2}}|{'|'.join(_hours(base))})"
    words: dict[str, list[str]] = {
        "en": [
            rf"{_HOUR}[:.]{_MINUTE}\s*{_HALF_DAY}",
            rf"{_HOUR}\s*{_HALF_DAY}",
            rf"\b(?P<part>half|quarter)\s+(?P<side>past|to)\s+{hour}\b",
            rf"\b{hour}\s+o[’']clock",
            r"(?<=at )(?P<word>noon|midday|midnight)\b",
        ],
        "de": [
            rf"{_HOUR}(?:[.:]{_MINUTE})?\s+Uhr(?:\s+(?P<after>[0-5]?\d)(?!\w))?",
            rf"\b(?P<part>halb)\s+{hour}\b",
            r"\b(?P<word>Mittag|Mitternacht)\b",
        ],
        "fr": [rf"{_HOUR}\s*h(?:eures?)?(?!\w)(?:\s*(?P<after>[0-5]\d)(?!\d))?", rf"{_HOUR}h{_MINUTE}",
               r"(?<=à )(?P<word>midi|minuit)\b"],
        "es": [rf"(?:las|la)\s+{_HOUR}[.:]{_MINUTE}(?:\s*h\b)?", rf"{_HOUR}[.:]{_MINUTE}\s*h\b"],
    }  # fmt: skip
    return [re.compile(pattern, re.IGNORECASE) for pattern in (*words.get(base, []), *plain)]


_WORDS = {"noon": 12, "midday": 12, "midnight": 0, "mittag": 12, "mitternacht": 0, "midi": 12, "minuit": 0}


def _minutes(found: re.Match[str], language: str) -> frozenset[int]:
    """The minutes since midnight that a match may mean; none if it is no time."""
    groups = found.groupdict()
    if word := groups.get("word"):
        return frozenset({_WORDS[word.lower()] * MINUTES})
    hour = _hour(groups["hour"], language)
    minute = int(groups.get("minute") or groups.get("after") or 0)
    if part := groups.get("part"):
        minute = {"half": 30, "quarter": 15, "halb": -30}[part.lower()]
        minute = -minute if (groups.get("side") or "").lower() == "to" else minute
    if half := (groups.get("half") or "").lower()[:1]:
        hours = {hour % NOON + (NOON if half == "p" else 0)} if hour <= NOON else set[int]()
    else:
        sure = hour > NOON or found.group().lstrip().startswith("0") or language.split("-")[0] not in ("en", "es")
        hours = {hour % HOURS} if sure and not part else {hour % NOON, hour % NOON + NOON}
    return frozenset((one * MINUTES + minute) % (HOURS * MINUTES) for one in hours)


def _hour(text: str, language: str) -> int:
    return int(text) if text.isdigit() else _hours(language).index(text.lower()) + 1
