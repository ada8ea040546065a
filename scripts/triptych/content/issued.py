"""A date of a source, in any form of CSL, becomes an EDTF date or a text, and goes back to CSL-JSON."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from triptych.content import dates, notation
from triptych.content.dates import BadDate, When
from triptych.content.notation import Point

DATES = ("accessed", "available-date", "event-date", "original-date", "submitted")
"""The fields of CSL that are dates, besides `issued`."""
EXAMPLES = "2018-10-11, 2018-10, 2018, 1850~ or 2018/2019"


@dataclass(frozen=True, slots=True)
class Issued:
    """A date of a source: either one of EDTF, or words that name no date, such as `in press`."""

    when: When | None
    words: str = ""

    @property
    def years(self) -> tuple[int | None, ...]:
        """The first and the last year, astronomical, once if they are the same; None for an open end."""
        ends = [parts[0] for parts in csl(self).get("date-parts", ())]
        return tuple(dict.fromkeys(year + (year < 0) if year else None for year in ends))

    def __str__(self) -> str:
        return self.when.edtf if self.when else self.words


def read(given: Any) -> Issued:
    """A date as EDTF, as CSL's or Zotero's fields, or as their `literal` or `raw` text. Raises BadDate."""
    if isinstance(given, Issued):
        return given
    value = given[0] if isinstance(given, list) and len(given) == 1 else given
    words = isinstance(value, dict) and (value.get("literal") or value.get("raw"))
    try:
        return Issued(dates.placed(dates.parsed(_edtf(value))))
    except (BadDate, OverflowError, ValueError, TypeError):
        if words and isinstance(words, str):
            return Issued(None, words)
    raise BadDate(f"is `{given}`: it must be a date, such as {EXAMPLES}", hint="Write words as `{literal: in press}`.")


def _edtf(value: Any) -> str:
    if isinstance(value, list):
        return "/".join(map(_edtf, value))
    if not isinstance(value, dict):
        return _point([value]) if re.fullmatch(r"-?[1-9]\d{0,2}", str(value)) else str(value)
    doubt = "~" if str(value.get("circa", "")).lower() in ("true", "1", "yes") else ""
    if "date-parts" in value:
        ends = [list(parts) for parts in value["date-parts"]]
        return "/".join(_end([*parts, *_season(value, parts)], doubt) for parts in ends)
    if "year" in value:
        parts = [value[name] for name in ("year", "month", "day") if name in value]
        return _end([*parts, *_season(value, parts)], doubt)
    return _edtf(value.get("raw") or value.get("literal"))


def _end(parts: list[Any], doubt: str) -> str:
    """One end of a date; in CSL an end without a year, or of the year 0, is open."""
    return _point(parts) + doubt if parts and str(parts[0]) not in ("", "0") else ".."


def _season(value: Mapping[str, Any], parts: Sequence[Any]) -> tuple[int, ...]:
    """The season in EDTF, 21 to 24, of a date that gives no month."""
    name = str(value.get("season", "")).lower()
    number = notation.SEASONS.get(name) or (int(name[-1]) + 20 if re.fullmatch(r"(season-0)?[1-4]", name) else 0)
    return (number,) if number and len(parts) == 1 else ()


def _point(parts: Sequence[Any]) -> str:
    """CSL's year, month and day as an EDTF date. In CSL the year -44 is 44 BC, which EDTF writes as -0043."""
    year = int(parts[0])
    year += year < 0
    return "-".join([f"{'-' * (year < 0)}{abs(year):04}", *(str(part).zfill(2) for part in parts[1:])])


def csl(issued: Issued) -> dict[str, Any]:
    """The date in CSL-JSON. What CSL has no form for is a range from its first to its last year, month or day."""
    when = issued.when
    if not when:
        return {"literal": issued.words}
    points = [point for item in when.written.items for point in notation.ends(item)]
    circa = {"circa": True} if not when.exact else {}
    first, last = points[0], points[-1]
    if len(points) <= 2 and all(map(_plain, points)):
        season = {"season": (first.season - 21) % 4 + 1} if first and first.season else {}
        parts = [_parts(first), *([_parts(last)] if first != last else [])]
        length = min(len(part) for part in parts if part)
        distinct = dict.fromkeys(tuple(part[:length]) or (0,) * length for part in parts)
        return {"date-parts": list(map(list, distinct))} | season | circa
    return {"date-parts": _range(when, 2 if all(point and point.season > 32 for point in points) else 1)} | circa


def _plain(point: Point | None) -> bool:
    """Whether CSL has a form for it: a year, month or day, one of the seasons, or an open end."""
    return point is None or not (point.masked or point.significant or point.season > 32)


def _parts(point: Point | None) -> list[int]:
    if point is None:
        return []
    year, *rest = dates.civil(math.floor(dates.stretch(point)[0]))
    return [_year(year), *rest][: 1 if point.season else dates.GIVEN.get(dates.precision(point), 1)]


def _range(when: When, length: int) -> list[list[int]]:
    ends = (dates.civil(day) for day in (math.floor(when.start), math.ceil(when.end) - 1))
    return [list(parts) for parts in dict.fromkeys((_year(year), *rest)[:length] for year, *rest in ends)]


def _year(year: int) -> int:
    return year - 1 if year < 1 else year
