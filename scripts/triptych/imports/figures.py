"""A table of figures in CSV, as we export it, becomes entries of `figures.yaml`."""

import re
from collections.abc import Mapping
from pathlib import Path

from triptych.imports import found as files
from triptych.imports import moments
from triptych.imports.found import BadImport, Entry, Found

COLUMNS = ("id", "value", "label", "basis", "date", "attribution", "standing", "sources", "passages")
"""The columns of the figures."""
_LISTS = ("sources", "passages")


def is_one(path: Path) -> bool:
    """Whether a CSV file has the columns of figures. Raises BadImport."""
    return {"value", "label"} <= set(files.rows(path)[0])


def read(path: Path) -> Found:
    """What a table of figures holds. Raises BadImport."""
    found = Found(figures=[_figure(f"{path}:{line}", row) for line, row in files.rows(path)[1]])
    found.counts["figure"] = len(found.figures)
    return found


def _figure(where: str, row: Mapping[str, str]) -> Entry:
    figure: Entry = {name: row[name] for name in COLUMNS if row.get(name)}
    if not {"value", "label"} <= set(figure):
        raise BadImport(f"{where} has no value or no label: a figure needs both")
    if "date" in figure:
        moments.checked(where, figure["date"])
    return figure | {name: re.findall(r"[^\s;,]+", figure[name]) for name in _LISTS if name in figure}
