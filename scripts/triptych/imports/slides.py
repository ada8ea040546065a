"""Events and eras become slides of TimelineJS, rows of its sheet, or entries of a calendar.

What those cannot hold goes into a field of ours: the date as EDTF, the texts in Markdown, weight, sources and passages.
An import uses it only for what was not changed since in the other program.
"""

import json
import math
import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

from triptych.content import citations, dates, prose
from triptych.content.dates import When
from triptych.content.model import Era, Event

OURS = "triptych"
"""The name of our field."""
Entry = dict[str, Any]


def own(entry: Event | Era) -> Entry:
    """An event or an era with its fields as in YAML, without those that it leaves to their defaults."""
    fields = entry.model_dump(by_alias=True, exclude_defaults=True, mode="python")
    fields["date"] = entry.date.edtf
    return {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}


def slide(fields: Mapping[str, Any]) -> Entry:
    """A slide of TimelineJS, of the fields of an event or an era."""
    when = dates.parsed(str(fields["date"]))
    start, end = ends(when)
    text = {"headline": html(str(fields.get("headline") or fields.get("label") or ""))}
    if fields.get("summary"):
        text["text"] = html(str(fields["summary"]))
    known = {"start_date": start, "end_date": end, "text": text, "group": fields.get("lane")}
    known["unique_id"] = fields.get("id")
    return {name: value for name, value in known.items() if value} | {OURS: dict(fields)}


def ends(when: When) -> tuple[dict[str, int], dict[str, int]]:
    """The first and the last date, as year, month and day with the hour and minute; no last one of a plain date."""
    first, last = when.start, when.end
    if math.isinf(first):
        first = last - 1
    points = when.points
    length = dates.GIVEN.get(dates.precision(points[0]), 1) if len(points) == 1 or when.lasted else 3
    start = _parts(first, length) | _clock(when, 0)
    if when.lasted and not math.isinf(last):
        return start, _parts(last - 1e-9, dates.GIVEN.get(dates.precision(points[-1]), 1)) | _clock(when, -1)
    plain = len(points) == 1 and not points[0].season and not points[0].masked
    if plain or math.isinf(last) or math.isinf(when.start):
        return start, {}
    final = _parts(last - 1e-9, 2)
    return _parts(first, 2), final if final != _parts(first, 2) else {}


def _parts(day: float, length: int) -> dict[str, int]:
    year, month, of_month = dates.civil(math.floor(day))
    parts = {"year": year - 1 if year < 1 else year, "month": month, "day": of_month}
    return dict(list(parts.items())[:length])


def _clock(when: When, end: int) -> dict[str, int]:
    point = when.points[end]
    if not point.time:
        return {}
    hour, minute, _ = dates.clock(point)
    return {"hour": hour, "minute": minute}


def span(start: Mapping[str, int], end: Mapping[str, int]) -> tuple[date, date]:
    """The first moment of a stretch and the one after its last: times where they are known, else days."""
    first = date(start["year"], start.get("month", 1), start.get("day", 1))
    last = end or start
    if "hour" in start:
        begin = datetime(first.year, first.month, first.day, start["hour"], start["minute"])
        if "hour" not in end:
            return begin, begin + timedelta(minutes=1)
        return begin, datetime(end["year"], end["month"], end["day"], end["hour"], end["minute"])
    if "day" in last:
        after = date(last["year"], last["month"], last["day"]) + timedelta(1)
    elif "month" in last:
        after = date(last["year"] + last["month"] // 12, last["month"] % 12 + 1, 1)
    else:
        after = date(last["year"] + 1, 1, 1)
    return first, after


def html(text: str) -> str:
    """A text in Markdown as HTML, without its citations."""
    return str(prose.renderer(()).line(citations.without(text)))


def plain(text: str) -> str:
    """A text in Markdown as plain words, without its citations."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html(text))).split())


def restored(given: Mapping[str, Any], known: Mapping[str, Any] | None) -> Entry:
    """The fields of ours that still say what a slide says: a text or a date that was changed since is left out."""
    if not isinstance(known, Mapping) or "date" not in known:
        return {}
    try:
        expected = slide(known)
    except (dates.BadDate, ValueError, TypeError):
        return {}
    fields = dict(known)
    if any(_normal(given.get(name)) != _normal(expected.get(name)) for name in ("start_date", "end_date")):
        del fields["date"]
    texts = given.get("text") if isinstance(given.get("text"), Mapping) else {}
    for name, ours in (("headline", "headline" if "headline" in known else "label"), ("text", "summary")):
        if str((texts or {}).get(name) or "").strip() != str(expected["text"].get(name) or "").strip():
            fields.pop(ours, None)
    return fields


def _normal(day: Any) -> dict[str, str]:
    return {name: str(value) for name, value in day.items() if str(value)} if isinstance(day, Mapping) else {}


def packed(fields: Mapping[str, Any]) -> str:
    """Our field as text, for what holds only text."""
    return json.dumps(fields, ensure_ascii=False, sort_keys=True)


def unpacked(text: str) -> Entry | None:
    """Our field from its text; None if it is none."""
    try:
        found = json.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
