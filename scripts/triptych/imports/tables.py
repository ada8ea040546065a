"""A table of figures in CSV, as we export it, becomes entries of `figures.yaml`."""

import csv
from pathlib import Path

from triptych.imports import found as files
from triptych.imports import moments, timelinejs
from triptych.imports.found import BadImport, Entry, Found

COLUMNS = ("id", "value", "label", "basis", "date", "attribution", "standing", "sources", "passages")
"""The columns of the figures."""
_LISTS = ("sources", "passages")


def read(path: Path) -> Found:
    """What a table in CSV holds: figures, or the timeline of a published sheet. Raises BadImport."""
    text = files.text(path)
    rows = csv.DictReader(text.splitlines(keepends=True), strict=True)
    if not {"value", "label"} <= set(rows.fieldnames or ()):
        return timelinejs.read_csv(path)
    found = Found()
    try:
        for row in rows:
            found.figures.append(_figure(path, rows.line_num, row))
    except csv.Error as error:
        raise BadImport(f"{path}:{rows.line_num} is not CSV: {error}") from None
    found.counts["figure"] = len(found.figures)
    return found


def _figure(path: Path, line: int, row: dict[str, str]) -> Entry:
    figure: Entry = {name: row[name] for name in COLUMNS if row.get(name)}
    if not {"value", "label"} <= set(figure):
        raise BadImport(f"{path}:{line} has no value or no label: a figure needs both")
    if "date" in figure:
        moments.checked(f"{path}:{line}", figure["date"])
    return figure | {name: figure[name].split() for name in _LISTS if name in figure}
