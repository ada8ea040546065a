"""A row of a sheet of TimelineJS, with a column for each part of a date, becomes a row of ours."""

import html
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

import nh3

from triptych.content import columns, dates, notation, typed_dates
from triptych.content.columns import Column
from triptych.content.dates import BadDate
from triptych.content.grids import Cell

Given = Mapping[str, tuple[Column, Cell]]
_DATE = next(column for column in columns.TIMELINE.columns if column.field == "date")
_PARTS = {prefix: tuple(f"{prefix}{part}" for part in ("year", "month", "day", "time")) for prefix in ("", "end ")}
_OWN = ("headline", "summary", "type")


def is_sheet(found: Iterable[Column]) -> bool:
    """Whether the columns are those of TimelineJS: the year has a column of its own."""
    return "year" in {column.field for column in found}


def row(given: Given) -> Given:
    """The cells of a row by our fields. What has no place on paper, such as media, is left out.

    The years that TimelineJS prints as `44 BCE` are -44 there.
    """
    own = {field: (column, _text(cell)) for field, (column, cell) in given.items() if field not in _FOREIGN}
    start, end = _date(given, ""), _date(given, "end ")
    if start and not end and "display date" in given:
        shown = as_shown(start.text, given["display date"][1].text) or start.text
        start = replace(start, text=shown, plain=shown)
    if start and end:
        start = replace(start, text=f"{start.text}/{end.text}", plain=f"{start.plain}/{end.plain}")
    return {"date": (_DATE, start or given["year"][1]), **_headed(own)}


_FOREIGN = {columns.named(name) for name in columns.TIMELINEJS} - {*_OWN, "text"}


def _headed(own: dict[str, tuple[Column, Cell]]) -> Given:
    """The same; a row that has only a text has it as its headline."""
    headline, summary = own.get("headline"), own.get("summary")
    if headline and summary and not headline[1].text and summary[1].text:
        return {**own, "headline": (headline[0], summary[1]), "summary": (summary[0], headline[1])}
    return own


def _date(given: Given, prefix: str) -> Cell | None:
    """The cell of a year, with the whole date as its text; None where there is no year."""
    parts = [given[name][1].plain if name in given else "" for name in _PARTS[prefix]]
    if not parts[0]:
        return None
    cell = given[f"{prefix}year"][1]
    text = _edtf(*parts)
    return replace(cell, text=text, plain=text)


def _edtf(year: str, month: str, day: str, time: str) -> str:
    """The parts of a date as EDTF; as they are written, where they are no numbers."""
    if not re.fullmatch(r"-?[\d,]+", year) or not all(re.fullmatch(r"\d{0,2}", part) for part in (month, day)):
        return " ".join(filter(None, (day, month, year, time)))
    clock = re.fullmatch(r"(\d{1,2})(?::(\d{2}))?(?::\d{2}(?:\.\d+)?)? ?([ap])?\.?(?:m\.?)?", time.strip().casefold())
    hour = typed_dates.time(clock[1], clock[2] or "", clock[3] or "") if clock else ""
    return notation.written(int(year.replace(",", "")), int(month or 0), int(day or 0), hour)


def as_shown(written: str, words: str) -> str:
    """The date that a display date says, where it is wider or finer than the date in EDTF: `c. 1890`, `1890s`.

    Empty where its words are no date, or one of another time.
    """
    try:
        found = typed_dates.edtf(words)
        one, other = dates.parsed(found), dates.parsed(written)
    except BadDate:
        return ""
    first, last = max(one.start, other.start), min(one.end, other.end)
    return found if (first, last) in ((one.start, one.end), (other.start, other.end)) else ""


_LINK = re.compile(r"<a\b[^>]*?href=[\"']?(https?://[^\"'\s>]+)[^>]*>(.*?)</a>", re.DOTALL | re.IGNORECASE)


def _text(cell: Cell) -> Cell:
    """A text without HTML, which TimelineJS allows: its links and emphasis in Markdown."""
    if "<" not in cell.text and "&" not in cell.text:
        return cell
    marked = _LINK.sub(r"[\2](\1)", cell.text)
    for tag, sign in (("b|strong", "**"), ("i|em", "*")):
        marked = re.sub(rf"</?(?:{tag})\s*>", sign, marked, flags=re.I)
    marked = re.sub(r"<(?:br|/p|/div|/li)\b[^>]*>", " ", marked, flags=re.I)
    plain = " ".join(html.unescape(nh3.clean(marked, tags=set())).split())
    return replace(cell, text=plain, plain=plain)
