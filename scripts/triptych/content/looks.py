"""The XML of a workbook becomes what its reader does not give: how numbers and dates look, errors and lost results.

A spreadsheet program stores 22.9 % as 0.229 and “March 1994” as a day; only the look of the cell says what was meant.
"""

import datetime
import io
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import ZipFile

from lxml import etree

At = tuple[int, int]
"""Row and column of a cell, from 1."""
MOST_CELLS = 500_000
"""Most cells of a sheet, from its first to the last that is filled, also where those between are empty."""


class TooLarge(ValueError):
    """A sheet has too many rows and columns; the message names its last cell."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a cell looks."""

    code: str = ""
    """The number format of Excel, such as 0.0%."""
    shown: str | None = None
    """The text that stands in the cell, where the file has it."""
    error: str = ""
    """The error in place of a result, such as #REF!."""
    lost: bool = False
    """Whether it is a formula whose result is not in the file."""
    precision: int = 3
    """Of a date: 1 if it shows only its year, 2 if it shows no day."""
    early: datetime.date | None = None
    """A day before 1900, which LibreOffice writes into a file of Excel and its reader does not read."""
    spanned: int = 1
    """Number of rows that it covers, as the first of merged cells."""


Looks = Mapping[At, Look]


def looks(archive: ZipFile) -> Mapping[str, Looks]:
    """The looks of the cells of each sheet, by its name. Raises TooLarge, and other errors for damaged XML."""
    return _of_ods(archive) if "content.xml" in archive.namelist() else _of_xlsx(archive)


def number_in(letters: str) -> int:
    """The number of a column from 1, by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def letters(number: int) -> str:
    """The letters of a column, by its number from 1."""
    return (letters((number - 1) // 26) if number > 26 else "") + chr(65 + (number - 1) % 26)


def _check(row: int, column: int) -> None:
    if row * column > MOST_CELLS:
        raise TooLarge(f"{letters(column)}{row}")


def _tree(archive: ZipFile, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(archive.read(name), parser)


# Excel.

_BUILT_IN = {
    **{1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??"},
    **{14: "d/m/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm"},
    **{21: "h:mm:ss", 22: "d/m/yyyy h:mm", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)"},
    **{40: "#,##0.00;(#,##0.00)", 49: "@"},
}
"""The formats of Excel that files name only by their number."""


def _of_xlsx(archive: ZipFile) -> Mapping[str, Looks]:
    parts = {one.get("Id"): one.get("Target") for one in _tree(archive, "xl/_rels/workbook.xml.rels")}
    codes = _codes(archive) if "xl/styles.xml" in archive.namelist() else []
    found = {}
    for sheet in _tree(archive, "xl/workbook.xml").iter("{*}sheet"):
        target = next(parts[value] for key, value in sheet.attrib.items() if key.endswith("}id"))
        part = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        found[str(sheet.get("name"))] = _of_sheet(archive.read(part), codes)
    return found


def _codes(archive: ZipFile) -> Sequence[str]:
    """The number format of each style, by its index."""
    tree = _tree(archive, "xl/styles.xml")
    own = {one.get("numFmtId"): one.get("formatCode") or "" for one in tree.iter("{*}numFmt")}
    numbers = [style.get("numFmtId", "0") for styles in tree.iter("{*}cellXfs") for style in styles]
    return [own.get(number) or _BUILT_IN.get(int(number), "") for number in numbers]


def _of_sheet(xml: bytes, codes: Sequence[str]) -> Looks:
    found: dict[At, Look] = {}
    last_row = last_column = 0
    row = 0
    for _, line in etree.iterparse(io.BytesIO(xml), tag="{*}row", resolve_entities=False):
        row, column = int(line.get("r") or row + 1), 0
        for node in line.iterchildren("{*}c"):
            own_row, own_column = _place(node.get("r"))
            column = own_column or column + 1
            if look := _of_cell(node, codes):
                found[row, column] = look
            if len(node):
                last_row, last_column = max(last_row, row, own_row), max(last_column, column)
        _check(last_row, last_column)
        line.clear()
    return found


def _place(reference: str | None) -> At:
    """Row and column of a reference such as B7; 0 without one. No program reads it more leniently."""
    named = re.match(r"([A-Za-z]*)(\d*)", reference or "")
    return (int(named[2] or 0), number_in(named[1])) if named else (0, 0)


def _of_cell(node: Any, codes: Sequence[str]) -> Look | None:
    value = node.find("{*}v")
    if node.get("t") == "e":
        return Look(error=str(value.text if value is not None else "#ERROR!"))
    if node.find("{*}f") is not None and value is None and node.find("{*}is") is None:
        return Look(lost=True)
    style = int(node.get("s") or 0)
    code = codes[style] if style < len(codes) else ""
    if not code or value is None:
        return None
    return Look(code, precision=_precision(code), early=_early(value.text or "", code))


def _early(value: str, code: str) -> datetime.date | None:
    """The day that a negative number means in a cell that shows the year; days are counted from 30 December 1899."""
    plain = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", code).lower()
    if not re.fullmatch(r"-\d{1,5}(\.0*)?", value) or "y" not in plain:
        return None
    day = datetime.date(1899, 12, 30) + datetime.timedelta(float(value))
    return day if day >= _GREGORIAN else None


_GREGORIAN = datetime.date(1582, 10, 15)
"""The first day of our calendar."""


def _precision(code: str) -> int:
    """How precisely a format shows a date: 1 for the year alone, 2 for year and month, else 3."""
    plain = re.sub(r'\[[^\]]*\]|"[^"]*"|\\.', "", code).lower()
    if "d" in plain or "y" not in plain or "h" in plain:
        return 3
    return 2 if "m" in plain else 1


# OpenDocument.


def _of_ods(archive: ZipFile) -> Mapping[str, Looks]:
    tree = _tree(archive, "content.xml")
    dates = {_named(style, "name"): _precision_of_style(style) for style in tree.iter("{*}date-style")}
    styles = {
        _named(style, "name"): dates[_named(style, "data-style-name")]
        for style in tree.iter("{*}style")
        if _named(style, "data-style-name") in dates
    }
    return {_named(table, "name"): _of_table(table, styles) for table in tree.iter("{*}table")}


def _named(node: Any, name: str) -> str:
    """An attribute, whatever its namespace; empty if there is none."""
    return next((str(value) for key, value in node.attrib.items() if etree.QName(key).localname == name), "")


def _precision_of_style(style: Any) -> int:
    parts = {etree.QName(part).localname for part in style.iterchildren() if isinstance(part.tag, str)}
    if parts & {"day", "hours"} or "year" not in parts:
        return 3
    return 2 if "month" in parts else 1


def _of_table(table: Any, styles: Mapping[str, int]) -> Looks:
    found: dict[At, Look] = {}
    row = last_column = 0
    for line in table.iter("{*}table-row"):
        rows, column = int(_named(line, "number-rows-repeated") or 1), 0
        for node in line.iterchildren("{*}table-cell", "{*}covered-table-cell"):
            columns = int(_named(node, "number-columns-repeated") or 1)
            if len(node) or _named(node, "value-type"):
                last_column = max(last_column, column + columns)
                _check(row + rows, last_column)
                look = _of_ods_cell(node, styles)
                found |= {(row + y, column + x): look for y in range(1, rows + 1) for x in range(1, columns + 1)}
            column += columns
        row += rows
    return found


def _of_ods_cell(node: Any, styles: Mapping[str, int]) -> Look:
    text = "\n".join("".join(paragraph.itertext()) for paragraph in node.iterchildren("{*}p"))
    spanned = int(_named(node, "number-rows-spanned") or 1)
    if any(value == "error" for key, value in node.attrib.items() if key.endswith("}value-type")):
        return Look(error=text or "#ERROR!")
    if _named(node, "formula") and not text and not _named(node, "value-type"):
        return Look(lost=True)
    return Look(shown=text, precision=styles.get(_named(node, "style-name"), 3), spanned=spanned)
