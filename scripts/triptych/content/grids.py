"""A table in a file becomes a grid of cells, each with its text and its place. Sole importer of python-calamine.

A file may come from anybody: no link is followed, no macro and no formula is run, and sizes are limited.
"""

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import python_calamine
from babel import Locale

from triptych.content import looks, number_formats
from triptych.content.looks import Look, Looks

LARGEST, LARGEST_UNPACKED = 20_000_000, 60_000_000
"""Most bytes of a file, and of what is packed in it."""
_OLD = b"\xd0\xcf\x11\xe0"
"""The first bytes of an old Excel file, and of one with a password."""
_ENCRYPTED = 1
"""The flag of a part of an archive that needs a password."""
Value = int | float | str | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta


class Unreadable(ValueError):
    """A file is no table that can be read. The message and `hint` are for the author."""

    def __init__(self, message: str, hint: str = "", code: str = "not-a-table", line: int = 1) -> None:
        super().__init__(message)
        self.line = line
        self.hint = hint
        self.code = code


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell."""

    text: str
    """As a person sees it, without spaces at its ends; a date as EDTF."""
    name: str
    """Such as B7."""
    line: int
    """Its line in a CSV file, or its row in a sheet, from 1."""
    column: int
    """Its first character in the line, or its column in the sheet, from 1."""
    plain: str = ""
    """The same, a number without groups of digits: 2018."""
    fault: str = ""
    """Why it has no value; otherwise empty."""
    is_date: bool = False
    """Whether it is a date of the spreadsheet program, and no text."""


Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table."""

    rows: Sequence[Row]
    """Without rows that are empty."""
    sheet: str = ""
    """The name of its sheet; empty for CSV."""


def grids(path: Path, data: bytes, locale: Locale) -> Sequence[Grid]:
    """The visible tables of a CSV, XLSX or ODS file, in their order. Raises Unreadable."""
    if len(data) > LARGEST:
        raise Unreadable(
            f"`{path.name}` has more than {LARGEST // 1_000_000} MB", "Leave out pictures and other sheets."
        )
    if path.suffix.lower() == ".csv":
        return (_of_csv(path, data),)
    return _of_workbook(path, data, locale)


# CSV.

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
DELIMITERS = ",;\t|"


def decoded(path: Path, data: bytes) -> str:
    """The text of a CSV file, in UTF-8, UTF-16 or Windows-1252. Raises Unreadable."""
    known = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    wide = ["utf-16-le"] if data[1:2] == b"\0" else ["utf-16-be"] if data[:1] == b"\0" else []
    for encoding in [known] if known else [*wide, "utf-8", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    hint = "Save it again as “CSV UTF-8”, or as .xlsx."
    raise Unreadable(f"`{path.name}` is not text in UTF-8, UTF-16 or Windows-1252", hint, "not-utf-8")


def _of_csv(path: Path, data: bytes) -> Grid:
    text = decoded(path, data)
    lines = re.split(r"\r\n|\r|\n", text)
    delimiter, skipped = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True, strict=True)
    rows, line = [], 1
    try:
        for number, values in enumerate(reader, start=1):
            if number > skipped and any(value.strip() for value in values):
                rows.append(tuple(_csv_cells(values, number, line, lines[line - 1] if line <= len(lines) else "")))
            line = reader.line_num + 1
    except csv.Error as error:
        hint = "Check the quotes: a text that starts with one ends with one, and one within it is doubled."
        raise Unreadable(f"`{path.name}` is not CSV: {error}", hint, line=line) from None
    return Grid(rows)


def _delimiter(text: str) -> tuple[str, int]:
    """What parts the fields, and how many lines at the start only say so."""
    if named := re.match(r"sep=(.)\r?\n", text, re.IGNORECASE):
        return named[1], 1
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=bare.count), 0


def _csv_cells(values: Sequence[str], row: int, line: int, text: str) -> Iterator[Cell]:
    at = 0
    for number, value in enumerate(values, start=1):
        first = value.split("\n")[0].replace('"', '""').strip()
        found = text.find(first, at)
        at = at if found < 0 else found
        yield Cell(value.strip(), f"{looks.letters(number)}{row}", line, at + 1, value.strip())
        at = min(at + len(first) + 1, len(text))


# Workbooks.


@lru_cache(maxsize=16)
def _of_workbook(path: Path, data: bytes, locale: Locale) -> Sequence[Grid]:
    """The visible sheets of a workbook. Raises Unreadable, whatever is wrong with it.

    A build reads an article several times: the last workbooks are kept.
    """
    if data.startswith(_OLD):
        message = f"`{path.name}` is protected by a password, or is a workbook of the old form .xls"
        raise Unreadable(message, "Save it as .xlsx or .ods, without a password.")
    try:
        packed = _unpacked(path, data)
        return tuple(_sheets(path, packed, locale))
    except Unreadable:
        raise
    except looks.TooLarge as error:
        message = f"`{path.name}` has a sheet that is too large: its last cell is {error}"
        raise Unreadable(message, "Remove what stands far from the table.") from None
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException:  # a damaged file raises many kinds, and a panic of calamine is no Exception
        message = f"`{path.name}` is damaged, or is not a workbook"
        raise Unreadable(message, "Open it in a spreadsheet program and save it again, as .xlsx or .ods.") from None


def _unpacked(path: Path, data: bytes) -> bytes:
    """The XML of a workbook as an archive that is what it says: no part is larger than its entry names."""
    target, size = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as plain:
        for entry in given.infolist():
            if not entry.filename.endswith((".xml", ".rels", "mimetype")):
                continue
            size += entry.file_size
            if size > LARGEST_UNPACKED:
                raise Unreadable(f"`{path.name}` unpacks to more than {LARGEST_UNPACKED // 1_000_000} MB")
            locked = bool(entry.flag_bits & _ENCRYPTED)
            part = b"" if locked else given.read(entry)
            if locked or (entry.filename == "META-INF/manifest.xml" and b"encryption-data" in part):
                raise Unreadable(f"`{path.name}` is protected by a password", "Save it without a password.")
            if entry.filename in plain.namelist():
                raise zipfile.BadZipFile(entry.filename)  # two programs could read two different ones
            plain.writestr(entry.filename, part)
    return target.getvalue()


def _sheets(path: Path, packed: bytes, locale: Locale) -> Iterator[Grid]:
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        seen = looks.looks(archive)
    with python_calamine.load_workbook(io.BytesIO(packed)) as workbook:
        for sheet in workbook.sheets_metadata:
            if sheet.visible != python_calamine.SheetVisibleEnum.Visible:
                continue
            if sheet.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            found = workbook.get_sheet_by_name(sheet.name)
            look = _merged(seen.get(sheet.name, {}), found.merged_cell_ranges or ())
            values = found.to_python(skip_empty_area=False)
            yield Grid(tuple(_rows(values, look, locale)), sheet.name)


def _merged(seen: Looks, ranges: Sequence[tuple[tuple[int, int], tuple[int, int]]]) -> Looks:
    """The looks of cells, with the number of rows of merged ones."""
    more = dict(seen)
    for (first, column), (last, _) in ranges:
        at = first + 1, column + 1
        more[at] = replace(more.get(at, Look()), spanned=last - first + 1)
    return more


def _rows(values: Sequence[Sequence[Value]], seen: Looks, locale: Locale) -> Iterator[Row]:
    """The rows that are not empty. What stands in merged cells holds for each of their rows."""
    width = max((column for _, column in seen), default=0)
    below: dict[int, tuple[int, Cell]] = {}
    for row in range(1, max([len(values), *(row for row, look in _telling(seen))]) + 1):
        given = [*values[row - 1]] if row <= len(values) else []
        given += [""] * (width - len(given))
        cells = [_cell(value, row, column, seen, locale) for column, value in enumerate(given, start=1)]
        for column, cell in enumerate(cells, start=1):
            until, above = below.get(column, (0, cell))
            if row <= until:
                cells[column - 1] = replace(above, line=row, name=cell.name)
            elif (look := seen.get((row, column))) and look.spanned > 1:
                below[column] = row + look.spanned - 1, cell
        if any(cell.text or cell.fault for cell in cells):
            yield tuple(cells)


def _telling(seen: Looks) -> Iterator[tuple[int, Look]]:
    """The rows of cells that have no value, but something to report."""
    return ((row, look) for (row, _), look in seen.items() if look.error or look.lost)


def _cell(value: Value, row: int, column: int, seen: Mapping[tuple[int, int], Look], locale: Locale) -> Cell:
    look = seen.get((row, column), Look())
    name = f"{looks.letters(column)}{row}"
    if look.error:
        return Cell("", name, row, column, fault=f"the formula gives {look.error}")
    if look.lost:
        return Cell("", name, row, column, fault="the formula has no result in the file")
    value = look.early or value
    plain = _plain(value, look)
    text = plain
    if isinstance(value, int | float) and not isinstance(value, bool):
        text = look.shown if look.shown is not None else number_formats.shown(value, look.code, locale)
    is_date = isinstance(value, datetime.date)
    return Cell(text.strip(), name, row, column, plain, is_date=is_date)


def _plain(value: Any, look: Look) -> str:
    """A value as text: a date as precisely as its cell shows it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return number_formats.plain(value)
    if isinstance(value, datetime.datetime) and value.time() != datetime.time():
        return value.isoformat("T", "seconds").removesuffix(":00")
    if isinstance(value, datetime.date):
        return value.strftime("%Y-%m-%d")[: (4, 7, 10)[look.precision - 1]]
    if isinstance(value, datetime.time):
        return value.isoformat("minutes")
    if isinstance(value, datetime.timedelta):
        return str(value).removesuffix(":00")
    return str(value).strip()
