"""An article's timeline, figures or sources become a file of another program, by the end of its name."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from triptych.content import columns, issued, nodes, read
from triptych.content.dates import BadDate
from triptych.content.errors import UsageError
from triptych.content.model import Article, Era, Event
from triptych.imports import ics, pandoc, slides

Exported = tuple[bytes, tuple[str, ...]]
"""A file, and a sentence on each entry that it cannot hold."""
SHEET = (*columns.TIMELINEJS, "Triptych")
"""The columns of the sheet of TimelineJS, and our own."""
_STAMP = datetime(1980, 1, 1, tzinfo=UTC)
"""When calendars say that an entry was made: the same in each export of the same content."""


def exported(folder: Path, part: str, end: str) -> Exported:
    """A part of an article, timeline, figures or sources, as a file of the kind that ends so. Raises UsageError."""
    makers: Mapping[tuple[str, str], Callable[[Path], Exported]] = {
        ("timeline", ".json"): lambda folder: (_timelinejs(_article(folder)), ()),
        ("timeline", ".csv"): lambda folder: (_sheet(_article(folder)), ()),
        ("timeline", ".ics"): lambda folder: _calendar(_article(folder)),
        ("figures", ".csv"): lambda folder: (_figures(_article(folder)), ()),
        ("sources", ".json"): lambda folder: (_json(_csl(folder)), ()),
        ("sources", ".bib"): lambda folder: (_bibtex(folder), ()),
    }
    if (part, end) not in makers:
        known = ", ".join(f"{one} as {kind}" for one, kind in makers)
        raise UsageError(f"`{end}` is no form for the {part}: there are {known}")
    return makers[part, end](folder)


def _article(folder: Path) -> Article:
    return read.whole(folder).article


def _json(value: Any) -> bytes:
    return f"{json.dumps(value, indent=1, ensure_ascii=False)}\n".encode()


def _timelinejs(article: Article) -> bytes:
    whole: dict[str, Any] = {
        "title": {"text": {"headline": slides.html(article.front.title)}},
        "events": [slides.slide(slides.own(event)) for event in article.events],
    }
    if article.eras:
        whole["eras"] = [slides.slide(slides.own(era)) for era in article.eras]
    return _json(whole)


def _sheet(article: Article) -> bytes:
    title = {"Headline": slides.html(article.front.title), "Type": "title"}
    return _table(SHEET, [title, *map(_row, article.events), *(_row(era) | {"Type": "era"} for era in article.eras)])


def _row(entry: Event | Era) -> dict[str, str]:
    slide = slides.slide(slides.own(entry))
    row = {"Headline": slide["text"]["headline"], "Text": slide["text"].get("text", "")}
    row["Group"] = slide.get("group", "")
    for prefix, name in (("", "start_date"), ("End ", "end_date")):
        day = slide.get(name, {})
        row |= {f"{prefix}{part.title()}": str(day.get(part, "")) for part in ("year", "month", "day")}
        row[f"{prefix}Time"] = f"{day['hour']:02}:{day['minute']:02}" if "hour" in day else ""
    return row | {"Triptych": slides.packed(slide[slides.OURS])}


def _table(titles: Iterable[str], rows: Iterable[Mapping[str, str]]) -> bytes:
    text = io.StringIO()
    table = csv.DictWriter(text, tuple(titles), restval="", lineterminator="\r\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode()


def _figures(article: Article) -> bytes:
    rows = []
    for figure in article.figures:
        fields = figure.model_dump(exclude_defaults=True)
        fields["date"] = figure.date.edtf if figure.date else ""
        joined = {name: "; ".join(fields.get(name, ())) for name in ("sources", "passages")}
        rows.append({name: str(value) for name, value in (fields | joined).items()})
    return _table([column.name for column in columns.FIGURES.columns], rows)


def _calendar(article: Article) -> Exported:
    icalendar = ics.library()
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//Triptych//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", article.front.title)
    left = ["the eras are left out: calendars have none"] if article.eras else []
    for event in article.events:
        fields = slides.own(event)
        start, end = slides.ends(event.date)
        if not 1 <= start["year"] <= 9999:
            left.append(f"the event `{event.id}` is left out: calendars have no years before 1 or after 9999")
            continue
        entry = icalendar.Event()
        entry.add("uid", f"{event.id}@triptych")
        entry.add("dtstamp", _STAMP)
        entry.add("summary", slides.plain(event.headline))
        if event.summary:
            entry.add("description", slides.plain(event.summary))
        first, after = slides.span(start, end)
        entry.add("dtstart", first)
        entry.add("dtend", after)
        entry.add("x-triptych", slides.packed(fields))
        calendar.add_component(entry)
    return bytes(calendar.to_ical()), tuple(left)


def _csl(folder: Path) -> list[dict[str, Any]]:
    _article(folder)
    path = folder / "sources.yaml"
    given = nodes.plain(path) if path.is_file() else {}
    return [csl(entry) for entry in (given or {}).get("references") or ()]


def csl(entry: Mapping[str, Any]) -> dict[str, Any]:
    """A source in CSL-JSON; a date that CSL cannot hold whole is also kept as EDTF, in `custom`."""
    item, kept = dict(entry), {}
    for name in ("issued", *issued.DATES):
        if name in entry:
            known = issued.read(entry[name])
            item[name] = issued.csl(known)
            try:
                whole = str(issued.read(item[name])) == str(known)
            except BadDate:
                whole = False
            if not whole:
                kept[name] = str(known)
    return item | ({"custom": {slides.OURS: kept}} if kept else {})


def _bibtex(folder: Path) -> bytes:
    return pandoc.converted(folder / "sources.yaml", _json(_csl(folder)), "csljson", "biblatex")
