"""Dates in the words of one language: what a date gives, and no more."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache, lru_cache

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton

from triptych.content import customs, dates, numerals
from triptych.content.counts import Count
from triptych.content.dates import MINUTES, Precision, When, civil
from triptych.content.notation import Item, Point

SHORT_STRETCH = 28
"""A stretch of fewer days than this prints its first and last day."""
LONG_STRETCH = 1000
"""A stretch of more days than this prints its first and last year."""
MOST_CHOICES = 4
"""A date with digits that are not known prints at most this many choices, each by itself."""
GROUPED = 100_000
"""Years from this one on have separators between their thousands."""

_SKELETON = {Precision.DAY: ("yMMMd", "yMMMd"), Precision.MONTH: ("yMMMM", "yMMM")}
"""CLDR skeletons of a day and a month, long and short."""


_ZERO = re.compile(r"(?<![\d:/.])0(?=\d[\s–])")
"""A zero before a day, as in 09–12 ottobre."""
_LISTS = {"standard": ("standard",), "or": ("or",), "unit": ("standard", "unit-short", "unit")}
"""The patterns of CLDR for each kind of list; a later one has only what differs from those before it."""
_DOUBTS = {"?": "doubt_uncertain", "~": "doubt_approximate", "%": "doubt_both"}
"""The words that name what kind of doubt there is about a part of a date."""
_SEASONS = (2, 3, 4, 1)
"""The word of each season of EDTF, from spring to winter."""


_PARTS_OF_YEAR = {37: "third_1", 38: "third_2", 39: "third_3", 40: "half_1", 41: "half_2"}
"""The words of thirds and halves of a year, by their number in EDTF."""


def printed_number(number: int, locale: Locale) -> str:
    """A number in digits, grouped as the language groups them from ten thousand on."""
    return numerals.digits(str(number), str(locale)) if number < GROUPED else grouped(number, locale)


def grouped(number: int, locale: Locale) -> str:
    """A number in the digits and groups of its language."""
    return numerals.decimal(number, locale)


@lru_cache(maxsize=4096)
def printed_year(year: int, locale: Locale) -> str:
    """An astronomical year as people write it, the same wherever it prints."""
    number = year if year > 0 else 1 - year
    digits = printed_number(number, locale)
    if year > 0:
        return digits
    era = locale.eras["abbreviated"][0]
    return f"{era} {digits}" if str(locale.datetime_skeletons.get("Gy", "")).startswith("G") else f"{digits} {era}"


def in_case(text: str, locale: Locale) -> str:
    """A text whose months before a year are those of its language: one after a day, another alone.

    CSL has one case for both, and the months of Egypt for all of Arabic.
    """
    if not (found := _cases(locale)):
        return text
    after_day, alone, pattern = found
    return pattern.sub(lambda one: f"{one[1]}{after_day[one[2]]}" if one[1] else alone[one[2]], text)


@cache
def _cases(locale: Locale) -> tuple[Mapping[str, str], Mapping[str, str], re.Pattern[str]] | None:
    """The months after a day and alone, by each of their cases, and where they stand; None where they have one case."""
    within, alone = (locale.months[context]["wide"] for context in ("format", "stand-alone"))
    common = Locale(locale.language).months["format"]["wide"]
    if locale.language == "he":  # CLDR has the prefix in the pattern of a day
        within = {month: f"ב{name}" for month, name in alone.items()}
    elif within == alone == common:
        return None
    both = {name: month for names in (common, within, alone) for month, name in names.items()}
    names = "|".join(sorted(map(re.escape, both), key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(\d{{1,2}}(?:[ \u00a0]|&nbsp;))?({names})(?=(?:[ \u00a0]|&nbsp;)\d{{4}})")
    after_day = {name: within[month] for name, month in both.items()}
    return after_day, {name: alone[month] for name, month in both.items()}, pattern


def _listed(texts: Sequence[str], kind: str, locale: Locale) -> str:
    """Texts as a list in a language. Babel reads one kind of pattern alone, which may lack those of the others."""
    patterns: dict[str, str] = {}
    for name in _LISTS[kind]:
        patterns |= locale.list_patterns.get(name, {})
    if len(texts) == 2:
        return patterns["2"].format(*texts)
    *first, last = texts
    if not first:
        return last
    joined = patterns["start"].format(*first[:2])
    for text in first[2:]:
        joined = patterns["middle"].format(joined, text)
    return patterns["end"].format(joined, last)


def zone(written: str) -> str:
    """A time zone as people write it, after a space; empty if there is none."""
    if not written:
        return ""
    if not dates.offset(written):
        return " UTC"
    hours, minutes = divmod(abs(dates.offset(written)), 60)
    return f" UTC{'−' if written[0] == '-' else '+'}{hours}" + (f":{minutes:02}" if minutes else "")


def _date(day: float) -> date:
    return date.fromordinal(math.floor(day))


_DURATIONS = (
    ("length_hours", 1 / 24, 2.0),
    ("length_days", 1.0, 14.0),
    ("length_weeks", 7.0, 26 * 7.0),
    ("length_months", 365.25 / 12, 2 * 365.25),
    ("length_years", 365.2425, math.inf),
)
"""The words for a length of time: the days of their units, and the most days that are said in them."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Dates in the words of one language. Methods take days, and return text."""

    locale: Locale
    words: Mapping[str, str]
    """Patterns that CLDR lacks, with placeholders in braces: all words of the documents in `templates/words` up to
    `and`."""

    def __hash__(self) -> int:
        """That of the locale: words in a mapping have none, and equal calendars have one locale."""
        return hash(self.locale)

    def text(self, when: When, short: bool = False) -> str:
        """The date in words. `short` abbreviates months, for narrow columns and tables."""
        kind, items = when.written.kind, when.written.items
        if kind == "all":
            return self._list([self._every(item, short) for item in items], "standard")
        return self._list([self._item(item, when.lasted, short) for item in items], "or")

    def _list(self, texts: Sequence[str], style: str) -> str:
        return customs.prefixed(_listed(texts, style, self.locale), self.locale.language)

    def _item(self, item: Item, lasted: bool, short: bool) -> str:
        if isinstance(item, Point):
            return self._point(item, short)
        if item.first and item.last:
            return self._span(item.first, item.last, lasted, short)
        if item.first:
            pattern = ("since" if item.known[1] else "end_unknown") if lasted else "after"
            return self._open(pattern, item.first, short)
        if item.last:
            return self._until(item.last, lasted, item.known[0], short)
        return self.words["no_ends"]

    def _until(self, last: Point, lasted: bool, known: bool, short: bool) -> str:
        if lasted:
            return self._open("until" if known else "start_unknown", last, short)
        precision = dates.precision(last)
        if not last.doubt and precision in (Precision.YEAR, Precision.MONTH):
            after = dates.stretch(last)[1]
            return self._before("before", precision).format(self.part(after, precision, short))
        return self._open("by", last, short)

    def _open(self, pattern: str, point: Point, short: bool) -> str:
        """An open date. Doubt about all of it stands before the words of its open end."""
        words = self._before(pattern, dates.precision(point))
        if len(set(point.doubts)) > 1:
            return words.format(self._point(point, short))
        return self._doubtful(words.format(self._bare(point, short)), point.doubt)

    def _before(self, pattern: str, precision: Precision) -> str:
        """The words of an open end, which differ in some languages before a day, or before a year alone."""
        kind = {Precision.DAY: "day", Precision.TIME: "day", Precision.YEAR: "year"}.get(precision, "")
        return self.words.get(f"{pattern}_{kind}") or self.words[pattern]

    def _every(self, item: Item, short: bool) -> str:
        """An item of a set whose dates all are meant."""
        if isinstance(item, Point):
            return self._point(item, short)
        if item.first and item.last:
            return self.words["every"].format(self._span(item.first, item.last, True, short))
        if item.first:
            return self.words["every_after"].format(self._point(item.first, short))
        return self.words["every_before"].format(self._point(item.last, short)) if item.last else ""

    def _point(self, point: Point, short: bool) -> str:
        """One date, with its doubts: about all of it, or about the parts that are named."""
        words = self._bare(point, short)
        if len(set(point.doubts)) == 1:
            return self._doubtful(words, point.doubts[0])
        parts = ("part_year", "part_season" if point.season else "part_month", "part_day")
        doubts = []
        for sign in dict.fromkeys(filter(None, point.doubts)):
            names = [self.words[part] for part, doubt in zip(parts, point.doubts, strict=False) if doubt == sign]
            doubts.append(self.words[_DOUBTS[sign]].format(self._list(names, "standard")))
        return self.words["doubt"].format(words, self._list(doubts, "unit"))

    def _doubtful(self, words: str, sign: str) -> str:
        if sign in ("~", "%"):
            words = self.words["about"].format(words)
        return self.words["possibly"].format(words) if sign in ("?", "%") else words

    def _bare(self, point: Point, short: bool) -> str:
        """One date without its doubts."""
        if point.time:
            return self._timed(point, short)
        if point.season:
            return self._season(point, short)
        if "X" in point.year:
            return self._of_unknown_year(point, short)
        precision = dates.precision(point)
        if dates.rounded(point):
            first, last = map(self.year, dates.estimated(point))
            return self.words["estimated"].format(self.year(int(point.year)), first, last)
        if precision is not Precision.SPAN:
            return self.part(dates.stretch(point)[0], precision, short)
        return self._of_unknown_day(point, short)

    def _timed(self, point: Point, short: bool) -> str:
        start = dates.stretch(point)[0]
        return self.words["at"].format(self.part(start, Precision.DAY, short), self._clock(point) + zone(point.zone))

    def _clock(self, point: Point) -> str:
        """The time of day as finely as it is given."""
        hour, minute, second = dates.clock(point)
        skeleton = "Hms" if point.time.count(":") > 1 else "Hm"
        words = self._shown(format_skeleton(skeleton, time(hour, minute, int(second)), locale=self.locale))
        _, _, fraction = point.time.partition(".")
        return words + (f"{self.locale.number_symbols['latn']['decimal']}{fraction}" if fraction else "")

    def _season(self, point: Point, short: bool) -> str:
        number, year = point.season, int(point.year)
        if number <= 32:
            words = self.words[f"season-{_SEASONS[(number - 21) % 4]}"].format(self.year(year))
            pattern = {1: "northern", 2: "southern"}.get((number - 21) // 4)
            return self.words[pattern].format(words) if pattern else words
        if number <= 36:
            return self._quarter(year, number - 32, short)
        return self.words[_PARTS_OF_YEAR[number]].format(self.year(year))

    def _quarter(self, year: int, quarter: int, short: bool) -> str:
        if 1 <= year <= 9999:
            day = date(year, quarter * 3, 1)
            words = self._shown(format_skeleton("yQQQ" if short else "yQQQQ", day, locale=self.locale))
            return customs.kept(words, str(self.locale))
        width = "abbreviated" if short else "wide"
        return f"{self.locale.quarters['stand-alone'][width][quarter]} {self.year(year)}"

    def _of_unknown_year(self, point: Point, short: bool) -> str:
        """A date in a year of which digits are not known."""
        digits = point.year.lstrip("-")
        inner = self._in_any_year(point, short)
        if "X" in digits.rstrip("X") or inner is None or (digits == "XXXX" and point.year != digits):
            return self._as_written(point)
        if digits == "XXXX":
            return self.words["unknown_year"].format(inner) if inner else self.words["no_year"]
        first, last = dates.years(point)[0], dates.years(point)[-1]
        if inner:
            return self.words["of_years"].format(inner, self.year(first), self.year(last))
        if dates.precision(point) is Precision.DECADE and first % 100:
            return self.words["decade"].format(self.year(first))
        return self.words["within"].format(self.words["span"].format(self.year(first), self.year(last)))

    def _in_any_year(self, point: Point, short: bool) -> str | None:
        """The month and day alone; empty if none is given, None if only some of their digits are."""
        month, day = point.month, point.day
        if month in ("", "XX") and day in ("", "XX"):
            return ""
        if month == "XX" and day.isdigit():
            return self.words["day_of_month"].format(self._number(day))
        if not month.isdigit() or not (day in ("", "XX") or day.isdigit()):
            return None
        precision = Precision.DAY if day.isdigit() else Precision.MONTH
        return self._without_year(dates.ordinal(2000, int(month), int(day) if day.isdigit() else 1), precision, short)

    def _of_unknown_day(self, point: Point, short: bool) -> str:
        """A date in a known year, of whose month or day digits are not known."""
        runs = dates.candidates(point)
        precision = Precision.MONTH if point.day in ("", "XX") else Precision.DAY
        if point.month == "XX" and point.day.isdigit():
            day = self.words["day_of_month"].format(self._number(point.day))
            return self.words["of"].format(day, self.year(int(point.year)))
        if len(runs) == 1:
            return self.words["within"].format(self._days(runs[0][0], runs[0][1] - 1, precision, precision, short))
        choices = [dates.of_days(*run) for run in runs]
        if len(runs) > MOST_CHOICES or Precision.SPAN in choices:
            return self._as_written(point)
        return self._list([self.part(run[0], one, short) for run, one in zip(runs, choices, strict=True)], "or")

    def _as_written(self, point: Point) -> str:
        return self.words["as_written"].format("-".join(filter(None, (point.year, point.month, point.day))))

    def _span(self, first: Point, last: Point, lasted: bool, short: bool) -> str:
        """From one date to another. An event that did not last happened within the span."""
        ends = self._end(first, short), self._end(last, short)
        if first.time and dates.stretch(first)[0] // 1 == dates.stretch(last)[0] // 1 and first.zone == last.zone:
            day = self.part(dates.stretch(first)[0], Precision.DAY, short)
            return self.words["at"].format(day, f"{self._clock(first)}–{self._clock(last)}{zone(last.zone)}")
        if ends[0] == ends[1]:
            words = ends[0]
        elif first.doubt or last.doubt or self._has_clauses(first) or self._has_clauses(last):
            words = self.words["span_in_doubt"].format(*ends)
        elif (first.masked and "X" in first.year) or (last.masked and "X" in last.year):
            words = self.words["span"].format(*ends)
        else:
            stretches = dates.stretch(first)[0], dates.stretch(last)[1] - 1
            precisions = dates.precision(first), dates.precision(last)
            plain = set(precisions) <= set(_SKELETON)
            words = self._days(*stretches, *precisions, short) if plain else self.words["span"].format(*ends)
        return words if lasted else self.words["within"].format(words)

    def _has_clauses(self, point: Point) -> bool:
        """Whether the words of a date have commas or choices of their own, so that a span must part its ends."""
        return point.masked and dates.precision(point) is Precision.SPAN

    def _end(self, point: Point, short: bool) -> str:
        """An end of a span: a century as its first and last year, closed up."""
        if dates.precision(point) is Precision.CENTURY:
            found = dates.years(point)
            return self._doubtful(f"{self.year(found[0])}–{self.year(found[-1])}", point.doubt)
        return self._point(point, short)

    def _days(self, first: float, last: float, fine: Precision, also: Precision, short: bool) -> str:
        """From one day or month to another, as the language shortens it."""
        skeleton = _SKELETON[fine] if fine is also else None
        if skeleton and civil(math.floor(first))[0] >= 1 and civil(math.floor(last))[0] <= 9999:
            return self._interval(_date(first), _date(last), skeleton[short], in_full=not short)
        return self.words["span"].format(self.part(first, fine, short), self.part(last, also, short))

    def _interval(self, first: date, last: date, skeleton: str, *, in_full: bool) -> str:
        """From one date to another. Of most languages, CLDR has intervals of days with short months alone."""
        full = "yMMMMd" if in_full and skeleton == "yMMMd" else ""
        known = full if full in self.locale.interval_formats else skeleton
        words = self._ordinal(self._shown(format_interval(first, last, known, locale=self.locale)))
        return self._in_full(words) if full and known == skeleton else words

    def _shown(self, words: object) -> str:
        """What Babel formats, with the digits of the language and no zeros before days."""
        return numerals.digits(_ZERO.sub("", str(words)), str(self.locale))

    def _ordinal(self, words: str) -> str:
        """The words of days, where the first of a month is an ordinal in some languages."""
        return customs.first_of_month(words, str(self.locale))

    def _in_full(self, words: str) -> str:
        """Words with months in full: for intervals of days, CLDR has only abbreviated months."""
        names = self.locale.months["format"]
        full = {names["abbreviated"][month]: names["wide"][month] for month in range(1, 13)}
        pattern = "|".join(re.escape(name) for name in sorted(full, key=len, reverse=True))
        return re.sub(rf"(?<!\w)(ב?)({pattern})(?!\w)", lambda found: f"{found[1]}{full[found[2]]}", words)

    def clock(self, day: float) -> str:
        """The time of day of a moment in days, to the minute."""
        minutes = round(day % 1 * MINUTES)
        return self._shown(format_skeleton("Hm", time(minutes // 60, minutes % 60), locale=self.locale))

    def part(self, day: float, precision: Precision, short: bool = False) -> str:
        """The day, month or year that contains a day."""
        year = civil(math.floor(day))[0]
        if precision in _SKELETON and 1 <= year <= 9999:
            if precision is Precision.DAY and not short:
                return self._ordinal(self._shown(format_date(_date(day), "long", locale=self.locale)))
            words = self._shown(format_skeleton(_SKELETON[precision][short], _date(day), locale=self.locale))
            return self._ordinal(words) if precision is Precision.DAY else words
        if precision in _SKELETON:
            return f"{self._without_year(day, precision, short)} {self.year(year)}"
        return self.year(year)

    def _number(self, digits: str) -> str:
        return printed_number(int(digits), self.locale)

    def _without_year(self, day: float, precision: Precision, short: bool) -> str:
        """Day and month of a date in any year. Formats the same day of 2000, since `date` has only years 1 to 9999."""
        _, month, number = civil(math.floor(day))
        if precision is Precision.MONTH:
            return self.month(day, short)
        skeleton = "MMMd" if short else "MMMMd"
        return self._ordinal(self._shown(format_skeleton(skeleton, date(2000, month, number), locale=self.locale)))

    def year(self, year: int) -> str:
        """An astronomical year as people write it: years before 1 have an era, and there is no year 0."""
        return printed_year(year, self.locale)

    def times(self, zoom: float) -> Count:
        """How many times something is enlarged: a whole number, with two digits that count from ten thousand on."""
        whole = round(zoom)
        number = whole if whole < GROUPED else round(whole, 2 - len(str(whole)))
        return Count(number, printed_number(number, self.locale))

    def count(self, number: int) -> Count:
        """A number of things, grouped as the language groups it: 1,000."""
        return Count(number, grouped(number, self.locale))

    def duration(self, days: float) -> str:
        """A length of time in whole units, such as 15 weeks: weeks up to 26, months up to two years, else years."""
        name, length = next((name, length) for name, length, most in _DURATIONS if days <= most)
        number = math.floor(days / length + 1e-9)
        return self.words[name].format(self.count(number))

    def month(self, day: float, short: bool = False) -> str:
        """The month's name alone."""
        width = "abbreviated" if short else "wide"
        return str(self.locale.months["stand-alone"][width][civil(math.floor(day))[1]])

    def stretch(self, first: float, last: float, short: bool = False) -> str:
        """A stretch of whole units: 6 October 2018; October and November 2018; August - October 2018; 1990 to 2020.

        `first` is its first moment and `last` the moment after its end, in days.
        """
        start, end = civil(math.floor(first)), civil(math.ceil(last) - 1)
        if start == end:
            return self.part(first, Precision.DAY, short)
        if last - first < SHORT_STRETCH and 1 <= start[0] <= end[0] <= 9999:
            return self._interval(date(*start), date(*end), _SKELETON[Precision.DAY][short], in_full=not short)
        if start[0] < 1 or end[0] > 9999 or last - first > LONG_STRETCH:
            return self.words["span"].format(self.year(start[0]), self.year(end[0]))
        if start[0] == end[0] and end[1] - start[1] == 1:
            last_month = self.part(last - 1, Precision.MONTH, short)
            return self.words["and"].format(self.month(first, short), last_month)
        if start[0] == end[0] and end[1] > start[1]:
            last_month = self.part(last - 1, Precision.MONTH, short)
            return self.words["span"].format(self.month(first, short), last_month)
        return self._interval(date(*start), date(*end), _SKELETON[Precision.MONTH][short], in_full=False)

    def day(self, day: float) -> str:
        """Day and abbreviated month, without the year."""
        return self._without_year(day, Precision.DAY, short=True)
