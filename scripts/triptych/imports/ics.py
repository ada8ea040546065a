"""A calendar in iCalendar becomes events: each of its entries once, with its place and its address."""

import re
from datetime import date, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

from triptych.content import dates, notation
from triptych.content.errors import MissingTool
from triptych.imports import found as files
from triptych.imports import moments, slides
from triptych.imports.found import BadImport, Entry, Found


def library() -> Any:
    """The package that reads and writes calendars. Raises MissingTool."""
    try:
        import icalendar
    except ModuleNotFoundError:
        raise MissingTool("calendars need a package that is missing: run `make import`, which installs it") from None
    return icalendar


def read(path: Path) -> Found:
    """What a calendar holds. Raises BadImport."""
    try:
        calendar: Any = library().Calendar.from_ical(files.text(path))
        entries = list(calendar.walk("VEVENT"))
    except (ValueError, IndexError, KeyError) as error:
        raise BadImport(f"{path} is not a calendar: {' '.join(str(error)[:100].split())}") from None
    if not entries:
        raise BadImport(f"{path} is a calendar without events")
    found = Found(title=str(calendar.get("X-WR-CALNAME") or files.named_after(path)))
    zones = {_zoned(entry.decoded("DTSTART", None)) for entry in entries}
    for place, entry in enumerate(entries, start=1):
        _add(found, f"{path}: event {place}", entry, keep_zone=zones <= {True, None})
    if zones >= {True, False}:
        found.notes.append("some times have a zone and others have none: all are printed as written, without a zone")
    found.counts["event"] = len(found.events)
    return found


def _zoned(moment: Any) -> bool | None:
    """Whether a time has a zone; None for a day."""
    return moment.tzinfo is not None if isinstance(moment, datetime) else None


def _add(found: Found, where: str, entry: Any, keep_zone: bool) -> None:
    headline = " ".join(str(entry.get("SUMMARY") or "").split())
    if str(entry.get("STATUS", "")).upper() == "CANCELLED":
        found.notes.append(f"{where}, `{headline}`, is cancelled: it was left out")
        return
    if not headline:
        found.notes.append(f"{where} has no summary: it was left out")
        return
    if entry.get("RRULE"):
        found.notes.append(f"{where}, `{headline}`, is repeated: only its first day was kept")
    text = _plain(str(entry.get("DESCRIPTION") or ""))
    place = " ".join(str(entry.get("LOCATION") or "").split())
    if own := _own(entry, headline, text):
        found.events.append(own)
        return
    event: Entry = {"id": moments.name(headline, moments.taken(found.events))}
    event["date"] = moments.checked(where, _when(where, entry, keep_zone))
    event["headline"] = _escaped(headline)
    moments.summarized(found, event, _escaped(" ".join(filter(None, (place and f"{place.rstrip('.')}.", text)))))
    found.events.append(event)


def _own(entry: Any, headline: str, text: str) -> Entry:
    """The fields that we wrote in an export, where the entry still says the same; else none."""
    known = slides.unpacked(str(entry.get("X-TRIPTYCH") or ""))
    if not known or "date" not in known:
        return {}
    try:
        start, end = slides.ends(dates.parsed(str(known["date"])))
        first, after = slides.span(start, end)
    except (dates.BadDate, ValueError):
        return {}
    said = (slides.plain(str(known.get("headline", ""))), slides.plain(str(known.get("summary", ""))))
    same = said == (headline, text) and (first, after) == (entry.decoded("DTSTART", None), entry.decoded("DTEND", None))
    return known if same else {}


def _when(where: str, entry: Any, keep_zone: bool) -> str:
    start, end = (entry.decoded(name, None) for name in ("DTSTART", "DTEND"))
    if start is None:
        raise BadImport(f"{where} has no start")
    if end is None and entry.get("DURATION"):
        end = start + entry.decoded("DURATION")
    if isinstance(end, date) and not isinstance(end, datetime):
        end -= timedelta(days=1)  # a calendar gives the day after the last
    written = _point(start, keep_zone)
    return moments.reach(written, _point(end, keep_zone)) if end is not None and end > start else written


def _point(moment: date, keep_zone: bool) -> str:
    if not isinstance(moment, datetime):
        return notation.written(moment.year, moment.month, moment.day)
    zone = _offset(moment).replace("+00:00", "Z") if keep_zone else ""
    return notation.written(moment.year, moment.month, moment.day, f"{moment:%H:%M}") + zone


def _offset(moment: datetime) -> str:
    offset = moment.utcoffset()
    if offset is None:
        return ""
    minutes = int(offset.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"


def _plain(text: str) -> str:
    """A description in one line; Google's are HTML."""
    if re.search(r"</?(?:br|p|b|i|u|a|ul|li|span|div)\b[^>]*>", text):
        text = unescape(re.sub(r"<[^>]*>", " ", text))
        text = re.sub(r"\s+([.,;:!?])", r"\1", text)
    return " ".join(text.split())


def _escaped(text: str) -> str:
    """Plain text as Markdown."""
    return re.sub(r"([\\`*_\[\]<>@^~])", r"\\\1", text)
