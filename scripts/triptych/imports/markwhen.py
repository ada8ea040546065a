"""A timeline of markwhen becomes events; its sections and groups become eras where they give a stretch of time."""

import re
from pathlib import Path

from triptych.content import dates, notation, typed_dates
from triptych.content.dates import BadDate
from triptych.imports import found as files
from triptych.imports import moments
from triptych.imports.found import BadImport, Found

_HEAD = re.compile(r"^(title|description|author|dateFormat|timezone|view|key|edit|\w+)\s*:\s*(.*)$")
_GROUP = re.compile(r"^\s*(?:section|group)\s+(.*)$|^#{1,6}\s+(.*)$", re.IGNORECASE)
_END = re.compile(r"^\s*end ?(?:section|group)?\s*$", re.IGNORECASE)
_LEANING = re.compile(r"^(?:now|(?:(?:after|before|by) )?(?:!?[\w.]+ )?\d+ ?(?:min|hour|day|week|month|year)\w*)\s*:\s")
"""A date that leans on another event or on today."""
_TAG = re.compile(r"(?:^|\s)#([\w-]+)")
_COLOUR = re.compile(r"^#[\w-]+\s*:\s*\S+\s*$")
_SPAN = re.compile(r"\s+(?:-|–|/|to)\s+|/|(?<=\d)–(?=\d)")


def read(path: Path) -> Found:
    """What a timeline of markwhen holds. Raises BadImport with the line."""
    found, text = Found(), files.text(path)
    day_first = bool(re.search(r"^dateFormat\s*:\s*d", text, re.MULTILINE))
    group: list[str] = []
    texts: list[list[str]] = []
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.strip()
        if not words or words.startswith("//") or words == "---" or _COLOUR.match(words):
            continue
        if _END.match(words):
            group = group[:-1]
        elif (named := _GROUP.match(words)) and not _event(words, day_first):
            group = [*(group if not words.startswith("#") else []), _TAG.sub("", named[1] or named[2] or "").strip()]
        elif parts := _event(words, day_first):
            when, headline = parts
            found.events.append({"date": moments.checked(f"{path}:{number}", when)})
            texts.append([headline, *([f"*{group[-1]}.*"] if group and group[-1] else [])])
        elif _LEANING.match(words):
            found.notes.append(f"line {number}, `{words[:60]}`, has a date that leans on another: it was left out")
        elif texts:
            texts[-1].append(words)
        elif head := _HEAD.match(words):
            _take_head(found, head[1], head[2])
        else:
            raise BadImport(f"{path}:{number}: `{words[:60]}` has no date and colon, as in `2018-10-09: The vote`")
    if not texts:
        raise BadImport(f"{path} has no events: each is a line such as `2018-10-09: The vote`")
    _fill(path, found, texts)
    found.title = found.title or files.named_after(path)
    found.counts["event"] = len(found.events)
    return found


def _take_head(found: Found, name: str, value: str) -> None:
    if name == "title":
        found.title = value.strip().strip("\"'")
    elif name == "description":
        found.prose = value.strip()


def _fill(path: Path, found: Found, texts: list[list[str]]) -> None:
    """Give each event its name, its headline, which stands after the date, and its summary, which stands below."""
    pieces: list[str] = []
    for headline, *rest in texts:
        plain = _TAG.sub("", headline).strip() or (rest.pop(0) if rest else ", ".join(_TAG.findall(headline)))
        pieces += [plain, " ".join(re.sub(r"^[-*] (\[[ x]\] )?", "", line) for line in rest)]
    done = iter(moments.lines(path, pieces, "commonmark+fenced_divs+attributes"))
    for event, headline, summary in zip(found.events, done, done, strict=True):
        event["headline"] = headline or event["date"]
        event["id"] = moments.name(headline, {str(one.get("id")) for one in found.events})
        moments.summarized(found, event, summary)


def _event(line: str, day_first: bool) -> tuple[str, str] | None:
    """The date of an event, as EDTF, and its text; None if a line is no event."""
    for colon in (found.start() for found in re.finditer(r":(?=\s|$)", line)):
        if when := _when(line[:colon].strip(), day_first):
            return when, line[colon + 1 :].strip()
    return None


def _when(text: str, day_first: bool) -> str:
    """A date or a stretch of markwhen as EDTF; empty if it is none."""
    if whole := _point(text, day_first):
        return whole
    for found in _SPAN.finditer(text):
        start, end = _point(text[: found.start()], day_first), _end(text[found.end() :], day_first)
        if start and end:
            return moments.reach(start, end)
    return ""


def _end(text: str, day_first: bool) -> str:
    return ".." if text.strip().lower() == "now" else _point(text, day_first)


def _point(text: str, day_first: bool) -> str:
    """One date as EDTF."""
    text = text.strip()
    if slashed := re.fullmatch(r"(?:(\d{1,2})/)?(\d{1,2})/(\d{4})", text):
        first, second, year = slashed.groups()
        day, month = (first, second) if day_first else (second, first)
        return notation.written(int(year), int(month), int(day)) if first else notation.written(int(year), int(second))
    if "/" in text:
        return ""
    for candidate in (text, re.sub(r"(T\d\d:\d\d).*", r"\1", text)):
        try:
            return dates.placed(dates.parsed(typed_dates.edtf(candidate))).edtf
        except BadDate:
            continue
    return ""
