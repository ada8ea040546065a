"""The charts of the prose and of charts.yaml become charts with their numbers, which stand there or in a table."""

import difflib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from triptych.content import charted, disk, fences, grids, nodes, tables, typed
from triptych.content.errors import ContentError, Problem
from triptych.content.files import PROSE
from triptych.content.marked import LineColumn, Loc, Marked
from triptych.content.model import Chart, Charted
from triptych.content.reading import Reading


def add(folder: Path, reading: Reading) -> None:
    """The charts of the prose and of `charts.yaml` with their numbers."""
    reading.prose, found = fences.taken(reading.prose)
    path = folder / "article.md"
    for fence in (one for one in found if one.yaml):
        first = reading.prose_line + fence.line - 1
        before = len(reading.problems)
        try:
            marked = nodes.marked(path, fence.yaml, first)
        except ContentError as error:
            reading.problems.extend(error.problems)
        else:
            chart = typed.typed(path, marked, Chart, reading.problems).model_copy(update={"id": fences.name_of(fence)})
            if len(reading.problems) == before:
                _chart(path, chart, marked, reading, ("article.md", (PROSE, fence.line, 1)))
        if len(reading.problems) > before:
            reading.faulty.add("article.md")
    path = folder / "charts.yaml"
    given = reading.models.get("charts.yaml") if "charts.yaml" not in reading.faulty else None
    for index, chart in enumerate(getattr(given, "charts", ())):
        loc = "charts", index
        _chart(path, chart, reading.nodes["charts.yaml"], reading, ("charts.yaml", loc), loc)
    known = {one.chart.id for one in reading.charts}
    for fence in (one for one in found if not one.yaml and one.name not in known):
        message = f"`{fence.name}` is not a chart of charts.yaml"
        near = difflib.get_close_matches(fence.name, known, n=1)
        hint = f"Did you mean `{near[0]}`?" if near else "Write the fields of the chart here."
        place = folder / "article.md", reading.prose_line + fence.line - 1, 1
        reading.problems.append(Problem(*place, "bad-data", message, hint))
        reading.faulty.add("article.md")


def _chart(path: Path, chart: Chart, marked: Marked, reading: Reading, place: tuple[str, Loc], loc: Loc = ()) -> None:
    """Add a chart with its numbers. Each fault is a problem in its row and column, of the YAML or of the table."""
    places: Mapping[tuple[int, int], Problem] = {}
    head, rows = chart.columns, chart.rows
    try:
        if chart.data:
            head, rows, places = _data(path, chart.data, marked.place((*loc, "data")), reading)
        read = charted.table(chart, head, rows, reading.dialect.locale, reading.dialect.order)
        read = _with_events(path, read, marked, reading, loc)
        reading.charts.append(replace(read, file=place[0], loc=place[1]))
        reading.cells.append((head, rows))
    except ContentError as error:
        reading.problems.extend(error.problems)
        reading.faulty.add(place[0])
    except charted.Faulty as error:
        reading.faulty.add(place[0])
        for fault in error.faults:
            steps: Loc = ("columns", fault.column) if fault.row == 0 else ("rows", fault.row - 1, fault.column)
            at = path, *marked.place((*loc, *steps))
            cell = places.get((fault.row, fault.column))
            problem = replace(cell, message=fault.message, hint=fault.hint) if cell else None
            reading.problems.append(problem or Problem(*at, "bad-data", fault.message, fault.hint))


def _with_events(path: Path, read: Charted, marked: Marked, reading: Reading, loc: Loc) -> Charted:
    """A chart with the events that it marks, or without where these cannot be read. Raises ContentError."""
    if "timeline.yaml" in reading.faulty:
        return read
    try:
        return charted.marking(read, getattr(reading.models.get("timeline.yaml"), "events", ()))
    except charted.Faulty as error:
        places = ((fault, marked.place((*loc, "marked", fault.column))) for fault in error.faults)
        problems = [Problem(path, *place, "bad-data", fault.message, fault.hint) for fault, place in places]
        raise ContentError(problems) from None


def place(one: Charted, reading: Reading) -> LineColumn:
    """The place of a chart in its file."""
    if one.loc[:1] == (PROSE,):
        return reading.prose_line + int(one.loc[1]) - 1, 1
    return reading.nodes[one.file].place(one.loc)


def _data(
    path: Path, name: str, place: LineColumn, reading: Reading
) -> tuple[Any, Any, Mapping[tuple[int, int], Problem]]:
    """The titles and rows of a chart's table, and an empty problem at each cell. Raises ContentError."""
    table = path.parent / name
    if not (tables.is_table(name) and table.is_file() and disk.inside(path.parent, name)):
        message = (
            f"the table `{name}` is not in the article's folder" if tables.is_table(name) else f"`{name}` is no table"
        )
        raise ContentError([Problem(path, *place, "missing-file", message, "Put a .csv, .xlsx or .ods file there.")])
    disk.check_file(table, grids.LARGEST)
    try:
        found = [one for one in grids.grids(table, table.read_bytes(), reading.dialect.locale) if one.rows]
    except grids.Unreadable as error:
        raise ContentError([Problem(table, error.line, 1, error.code, str(error), error.hint)]) from None
    if not found:
        raise ContentError([Problem(table, 1, 1, "bad-data", f"`{name}` has no rows", "Write titles, then rows.")])
    width = max(at for row in found[0].rows for at, cell in enumerate(row, start=1) if cell.text)
    prefix = f"{found[0].sheet}!" if found[0].sheet else ""
    cells = {
        (number, at): Problem(table, cell.line, cell.column, "bad-data", "", cell=prefix + cell.name)
        for number, row in enumerate(found[0].rows)
        for at, cell in enumerate(row)
    }
    texts = [tuple(cell.text for cell in (*row[:width], *[_BLANK] * (width - len(row)))) for row in found[0].rows]
    return texts[0], texts[1:], cells


_BLANK = grids.Cell("", "", 1, 1)
