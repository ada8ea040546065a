"""A file to import becomes what it holds, by the end of its name and its first words."""

from pathlib import Path

from triptych.content.errors import UsageError
from triptych.imports import figures, found, ics, markwhen, sources, texts, timelinejs
from triptych.imports.found import Found

TIMELINES = {".csv": timelinejs.read_csv, ".mw": markwhen.read, ".ics": ics.read}
"""What reads a timeline, by the end of the file's name."""
LISTED = (*texts.FORMS, *sources.FORMS, *TIMELINES)
"""The ends of the names of files that can be imported."""


def read(path: Path, address: str) -> Found:
    """What a file holds. `address` is where it comes from. Raises BadImport, UsageError and MissingTool."""
    end = path.suffix.lower()
    if end in texts.FORMS:
        return texts.read(path, address)
    if end == ".csv" and figures.is_one(path):
        return figures.read(path)
    if end in TIMELINES:
        return TIMELINES[end](path)
    if end == ".json" and timelinejs.is_one(sources.json_of(path, found.text(path))):
        return timelinejs.read_json(path)
    if end in sources.FORMS:
        return sources.read_file(path)
    raise UsageError(
        f"{path} is of no kind that can be imported: its name must end in {', '.join(sorted(set(LISTED)))}"
    )
