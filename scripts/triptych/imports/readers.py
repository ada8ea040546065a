"""A file to import becomes what it holds, by the end of its name and its first words."""

from pathlib import Path

from triptych.content.errors import UsageError
from triptych.content.tables import Dialect
from triptych.imports import found, ics, markwhen, sources, tables, texts, timelinejs
from triptych.imports.found import Found

TIMELINES = {".csv": timelinejs.read_csv, ".mw": markwhen.read, ".ics": ics.read}
"""What reads a timeline, by the end of the file's name."""
LISTED = (*texts.FORMS, *sources.FORMS, *TIMELINES, *tables.FORMS)
"""The ends of the names of files that can be imported."""
_USUAL = Dialect()


def read(path: Path, address: str = "", dialect: Dialect = _USUAL) -> Found:
    """What a file holds. `address` is where it comes from, `dialect` how the tables of the article are written.

    Raises BadImport, ContentError, UsageError and MissingTool.
    """
    end = path.suffix.lower()
    if end in texts.FORMS:
        return texts.read(path, address)
    if end in tables.FORMS or (end == ".csv" and not timelinejs.is_sheet(path)):
        return tables.read(path, dialect)
    if end in TIMELINES:
        return TIMELINES[end](path)
    if end == ".json" and timelinejs.is_one(sources.json_of(path, found.text(path))):
        return timelinejs.read_json(path)
    if end in sources.FORMS:
        return sources.read_file(path)
    raise UsageError(
        f"{path} is of no kind that can be imported: its name must end in {', '.join(sorted(set(LISTED)))}"
    )
