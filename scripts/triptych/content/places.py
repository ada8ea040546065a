"""A table of places, `places.csv`, becomes those that hand an article out, each checked."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from babel import Locale
from pydantic import ValidationError

from triptych.content import grids, typed
from triptych.content.errors import ContentError, Problem, UsageError
from triptych.content.grids import Cell, Unreadable
from triptych.content.model import Place

FILE = "places.csv"
HEAD = "article.md"
"""The file of an article that names its place."""
COLUMNS = ("name", "address", "telephone", "url")


def read(folder: Path) -> Mapping[str, Place]:
    """The places of an article, by the names of their folders. Raises UsageError, and ContentError with each fault."""
    path = folder / FILE
    if not path.is_file():
        raise UsageError(
            f"{path} is missing\n    Write it with a spreadsheet program: a column each for {', '.join(COLUMNS)}, "
            "and a line for each place."
        )
    try:
        (grid,) = grids.grids(path, path.read_bytes(), Locale("en"))
    except Unreadable as error:
        raise ContentError([Problem(path, error.line, 1, error.code, str(error), error.hint)]) from None
    head, *rows = [row for row in grid.rows if any(cell.text for cell in row)] or [()]
    titles = {number: cell.text.lower() for number, cell in enumerate(head) if cell.text}
    faults = [*_titles(path, head)]
    found: dict[str, Place] = {}
    for row in () if faults else rows:
        place, wrong = _place(path, titles, row)
        faults += wrong
        if place and (name := named(place)) in found:
            cell = row[next(number for number, title in titles.items() if title == "name")]
            message = f"`{place.name}` would be written into the folder `{name}`, as `{found[name].name}` is"
            faults.append(_problem(path, cell, "repeated-id", message, "Give each place a name of its own."))
        elif place:
            found[name] = place
    faults = faults or [*_without_address(path, titles, rows)]
    if faults:
        raise ContentError(faults)
    if not found:
        raise ContentError([Problem(path, 1, 1, "missing-field", f"`{FILE}` has no places", "Add a line for each.")])
    return found


def named(place: Place) -> str:
    """The name of the folder of a place: its own in small letters, with hyphens."""
    folded = unicodedata.normalize("NFKD", place.name.lower())
    plain = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return re.sub(r"[^\w]+", "-", plain).strip("-_") or "place"


def given(text: bytes, place: Place) -> bytes:
    """The file `article.md` of the copy of a place, which it names in its head. Raises UsageError for one without."""
    first, end, rest = text.partition(b"\n")
    if first.strip().removeprefix(b"\xef\xbb\xbf") != b"---":
        raise UsageError(f"`{HEAD}` has no head, which starts with a line `---`: it must, to name a place")
    fields = json.dumps(place.model_dump(exclude_none=True, by_alias=True), ensure_ascii=False)
    return first + end + f"place: {fields}\n".encode() + rest


def _titles(path: Path, head: Sequence[Cell]) -> Iterator[Problem]:
    """Every title that is not known, or lacks."""
    known = ", ".join(f"`{name}`" for name in COLUMNS)
    seen = [cell.text.lower() for cell in head if cell.text]
    for cell in head:
        if cell.text and cell.text.lower() not in COLUMNS:
            yield _problem(path, cell, "unknown-field", f"`{cell.text}` is no title here", f"Write one of {known}.")
    if "name" not in seen:
        yield Problem(
            path, 1, 1, "missing-field", "the column `name` is missing", f"Write {known} into the first line."
        )


def _without_address(path: Path, titles: Mapping[int, str], rows: Sequence[Sequence[Cell]]) -> Iterator[Problem]:
    """Every cell without a web address in a table that has some: a sheet with a QR code has less room for the rest."""
    number = next((number for number, title in titles.items() if title == "url"), None)
    if number is None or not any(row[number].text for row in rows if number < len(row)):
        return
    for row in rows:
        if number >= len(row) or not row[number].text:
            cell = row[min(number, len(row) - 1)]
            hint = "Give each place a web address, or none: else the rest of the sheet would not be the same."
            yield _problem(path, cell, "missing-field", "`url` is missing, which other places have", hint)


def _place(path: Path, titles: Mapping[int, str], row: Sequence[Cell]) -> tuple[Place | None, Sequence[Problem]]:
    """The place of a row, or its faults."""
    cells = {title: row[number] for number, title in titles.items() if number < len(row)}
    try:
        return Place.model_validate({title: cell.text for title, cell in cells.items() if cell.text}), ()
    except ValidationError as error:
        faults = typed.invalid(path, error, Place, lambda name: 1)
        names = [str(fault["loc"][0]) for fault in error.errors()]
        places = [cells.get(name) or row[0] for name in names]
        return None, [
            replace(fault, line=cell.line, column=cell.column, cell=cell.name, hint=fault.hint or "Correct this cell.")
            for fault, cell in zip(faults, places, strict=True)
        ]


def _problem(path: Path, cell: Cell, code: str, message: str, hint: str = "") -> Problem:
    return Problem(path, cell.line, cell.column, code, message, hint, cell=cell.name)
