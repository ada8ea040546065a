"""A timeline of TimelineJS, as JSON or as the CSV of its published sheet, becomes events, eras and sources."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from triptych.content import notation
from triptych.content.kinds import MOST_LANES
from triptych.content.timelinejs import as_shown
from triptych.imports import found as files
from triptych.imports import moments, phrases, slides, sources
from triptych.imports.found import BadImport, Entry, Found

_DATE = (("year", "Year"), ("month", "Month"), ("day", "Day"))


def is_one(given: Any) -> bool:
    """Whether JSON is a timeline."""
    return isinstance(given, dict) and (
        isinstance(given.get("events"), list) or isinstance(given.get("timeline"), dict)
    )


def is_sheet(path: Path) -> bool:
    """Whether a CSV file has the columns of its published sheet. Raises BadImport."""
    return {"Year", "Headline"} <= set(files.rows(path)[0])


def read_json(path: Path) -> Found:
    """A timeline in JSON. Raises BadImport."""
    given = sources.json_of(path, files.text(path))
    return _Reader(path).read(_modern(given))


def read_csv(path: Path) -> Found:
    """A timeline in the CSV of a published sheet. Raises BadImport."""
    return _Reader(path, rows=True).read(_from_sheet(path))


def _modern(given: dict[str, Any]) -> dict[str, Any]:
    """A timeline of an earlier version in the form of today: `slides`, or `date` and `asset` of the first version."""
    old = given.get("timeline")
    if not isinstance(old, dict):
        return given
    if isinstance(old.get("slides"), list):
        return {"events": old["slides"]}
    title = {"text": {"headline": old.get("headline"), "text": old.get("text")}}
    events, eras = (list(map(_modern_slide, old.get(name) or ())) for name in ("date", "era"))
    return {"title": title, "events": events, "eras": eras}


def _modern_slide(slide: Any) -> Any:
    if not isinstance(slide, dict):
        return slide
    asset = slide.get("asset") if isinstance(slide.get("asset"), dict) else {}

    def day(written: object) -> dict[str, str]:
        return dict(zip(("year", "month", "day", "hour", "minute"), str(written or "").split(","), strict=False))

    return {
        "start_date": day(slide.get("startDate")),
        "end_date": day(slide.get("endDate")),
        "text": {"headline": slide.get("headline"), "text": slide.get("text")},
        "media": {"url": (asset or {}).get("media"), **(asset or {})},
        "group": slide.get("tag", ""),
    }


def _from_sheet(path: Path) -> dict[str, Any]:
    """A sheet in the form of the JSON."""
    _, rows = files.rows(path)
    whole: dict[str, Any] = {"events": [], "eras": []}
    for line, cells in rows:
        slide = _slide(cells) | {"line": line}
        kind = cells.get("Type", "").lower()
        if kind == "title":
            whole["title"] = slide
        else:
            whole["eras" if kind == "era" else "events"].append(slide)
    return whole


def _slide(cells: Mapping[str, str]) -> dict[str, Any]:
    """A row in the form of the JSON."""

    def day(prefix: str) -> dict[str, str]:
        parts = {name: cells.get(f"{prefix}{column}", "") for name, column in _DATE}
        hour, _, rest = cells.get(f"{prefix}Time", "").partition(":")
        return parts | {"hour": hour, "minute": rest.partition(":")[0]}

    media = {"url": "Media", "credit": "Media Credit", "caption": "Media Caption", "alt": "Alt Text"}
    own = slides.unpacked(cells.get("Triptych", ""))
    return {
        "start_date": day(""),
        "end_date": day("End "),
        "display_date": cells.get("Display Date", ""),
        "text": {"headline": cells.get("Headline", ""), "text": cells.get("Text", "")},
        "media": {name: cells.get(column, "") for name, column in media.items()},
        "group": cells.get("Group", ""),
        **({slides.OURS: own} if own else {}),
    }


@dataclass(slots=True)
class _Reader:
    """Reads one timeline."""

    path: Path
    rows: bool = False
    """Whether slides have the line of a row."""
    found: Found = field(default_factory=Found)
    lanes: bool = False
    """Whether the groups of the slides are few enough to be lanes."""

    def read(self, given: Mapping[str, Any]) -> Found:
        every = [self._slide(slide, "event", place) for place, slide in enumerate(given["events"], start=1)]
        slides = [slide for slide in every if self._dated(slide)]
        eras = [self._slide(slide, "era", place) for place, slide in enumerate(given.get("eras") or (), start=1)]
        title = given.get("title") if isinstance(given.get("title"), dict) else {}
        texts = self._texts([*slides, *eras, title or {}])
        self._title(texts[-1])
        self.lanes = 1 < len({_group(slide) for slide in slides}) <= MOST_LANES
        for slide, (headline, text) in zip(slides, texts, strict=False):
            self._event(slide, headline, text)
        for slide, (headline, _) in zip(eras, texts[len(slides) :], strict=False):
            self.found.eras.append({**self._own(slide), "label": headline or "Era", "date": self._when(slide)})
        self.found.counts["event"] = len(self.found.events)
        self.found.counts["era"] = len(self.found.eras)
        self.found.counts["media source"] = sum(bool(_media(slide).get("url")) for slide in slides)
        return self.found

    def _dated(self, slide: Mapping[str, Any]) -> bool:
        """Whether a slide has a date; one without, which TimelineJS shows nowhere, is noted."""
        start = slide.get("start_date")
        dated = slides.OURS in slide or (isinstance(start, dict) and bool(_cell(start, "year")))
        if not dated:
            self.found.notes.append(f"{slide['where']} has no start date: it was left out")
        return dated

    def _slide(self, slide: Any, kind: str, place: int) -> dict[str, Any]:
        if not isinstance(slide, dict):
            raise BadImport(f"{self.path}: {kind} {place} is not a slide")
        where = f"{self.path}:{slide['line']}" if self.rows else f"{self.path}: {kind} {place}"
        return slide | {"where": where}

    def _texts(self, slides: list[dict[str, Any]]) -> list[tuple[str, str]]:
        """Headline and text of each slide, in Markdown; those that we exported are already."""
        pieces: list[str] = []
        for slide in slides:
            given = slide.get("text") if isinstance(slide.get("text"), dict) else {}
            pieces += [str((given or {}).get(name) or "") for name in ("headline", "text")]
        done = iter(moments.lines(self.path, pieces))
        pairs = list(zip(done, done, strict=True))
        return [
            (str(own.get("headline", own.get("label", headline))), str(own.get("summary", text)))
            for (headline, text), own in zip(pairs, map(self._own, slides), strict=True)
        ]

    def _title(self, texts: tuple[str, str]) -> None:
        headline, text = texts
        self.found.title = headline or files.named_after(self.path)
        self.found.prose = text

    def _own(self, slide: Mapping[str, Any]) -> Entry:
        """The fields that we wrote in an export and that still say what the slide says."""
        return slides.restored(slide, slide.get(slides.OURS))

    def _event(self, slide: Mapping[str, Any], headline: str, text: str) -> None:
        own = self._own(slide)
        if not headline and (headline := moments.opening(text, 20)):
            text = text.removeprefix(headline).strip()
        headline = headline or _plain(_media(slide).get("caption", ""))
        if not headline:
            self.found.notes.append(f"{slide['where']} has no headline and no text: it was left out")
            return
        name = str(own.get("id") or slide.get("unique_id") or headline)
        event: Entry = {"id": moments.name(name, moments.taken(self.found.events)), **own}
        event |= {"date": self._when(slide), "headline": headline}
        if self.lanes and _group(slide):
            event["lane"] = _group(slide)
        if slides.OURS in slide:
            event |= {"summary": text} if text else {}
        else:
            moments.summarized(self.found, event, " ".join(filter(None, (*self._before(slide, event), text))))
            self._medium(slide, event)
        self.found.events.append(event)

    def _before(self, slide: Mapping[str, Any], event: Entry) -> Iterator[str]:
        """What is printed before the text: the group, and a date in words that says more than the date."""
        if (group := _group(slide)) and not self.lanes:
            yield f"*{group.rstrip('.')}.*"
        shown = _shown(slide)
        if date := as_shown(event["date"], shown):
            event["date"] = date
        elif phrases.says_more(shown, "en"):
            yield f"{shown.rstrip('.')}."

    def _medium(self, slide: Mapping[str, Any], event: Entry) -> None:
        """The picture or other medium of an event as a source, with its caption as title and its credit as author."""
        media = _media(slide)
        if not media.get("url"):
            return
        address = media["url"].strip()
        caption, credit = (_plain(media.get(name, "")) for name in ("caption", "credit"))
        key = f"media-{event['id']}"
        title = caption or _plain(media.get("alt", "")) or event["headline"]
        source: Entry = {"id": key, "type": "graphic", "title": title}
        if credit:
            source["author"] = [{"literal": credit}]
        if re.match(r"https?://", address):
            source["URL"] = address
        self.found.references += sources.completed([source], {}, self.found.notes)
        event["sources"] = [key]

    def _when(self, slide: Mapping[str, Any]) -> str:
        if own := self._own(slide).get("date"):
            return moments.checked(slide["where"], str(own))
        start, end = (self._point(slide, name) for name in ("start_date", "end_date"))
        if not start:
            raise BadImport(f"{slide['where']} has no start date: give at least its year")
        if end and "Y" in start + end and start != end:
            self.found.notes.append(f"{slide['where']} lasts longer than dates can say: only its start was kept")
            end = ""
        return moments.checked(slide["where"], moments.reach(start, end))

    def _point(self, slide: Mapping[str, Any], name: str) -> str:
        given = slide.get(name)
        if not isinstance(given, dict):
            return ""

        def number(part: str) -> int:
            text = _cell(given, part).removesuffix(".0").replace("−", "-")
            if not re.fullmatch(r"-?\d{0,12}", text):
                raise BadImport(f"{slide['where']} has the {part} `{text[:40]}`: it must be a number")
            return int(text) if text.strip("-") else 0

        if not _cell(given, "year"):
            return ""
        year = number("year")
        time = f"{number('hour'):02}:{number('minute'):02}" if _cell(given, "hour") else ""
        return notation.written(year, number("month"), number("day"), time)


def _cell(given: Mapping[str, Any], part: str) -> str:
    """A part of a date as text; empty where it is not given."""
    return "" if given.get(part) is None else str(given[part]).strip()


def _media(slide: Mapping[str, Any]) -> dict[str, str]:
    media = slide.get("media")
    return {name: str(value) for name, value in media.items() if value} if isinstance(media, dict) else {}


def _group(slide: Mapping[str, Any]) -> str:
    return _plain(str(slide.get("group") or ""))


def _shown(slide: Mapping[str, Any]) -> str:
    """The date in words."""
    start = slide.get("start_date")
    inner = start.get("display_date") if isinstance(start, dict) else ""
    return _plain(str(slide.get("display_date") or inner or ""))


def _plain(text: str) -> str:
    """HTML as plain text."""
    return " ".join(re.sub(r"<[^>]*>", " ", text).replace("&amp;", "&").replace("&nbsp;", " ").split())
