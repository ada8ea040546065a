"""The columns of a table become a workbook to fill in: titles, notes and drop-downs. Sole importer of XlsxWriter."""

import datetime
import io
from collections.abc import Iterator, Sequence
from typing import Any

import xlsxwriter

from triptych.content import columns
from triptych.content.columns import LISTS, Column, Table
from triptych.content.model import Model

WIDTHS = {"summary": 60, "headline": 40, "text": 60, "title": 40, "basis": 40}
"""Widths of columns in characters, by their names; others have `WIDTH`."""
WIDTH = 18
ROWS = 1000
"""Rows that have drop-downs."""
HELP = "Read me"
"""The name of the sheet that explains the columns; it is not read."""
_LONG_AGO = datetime.datetime(1980, 1, 1)
_KINDS = {name: kind for kind, name in LISTS.items()}
_RENAMED = {"eras": {"headline": "label"}, "parties": {"text": "says"}}
"""The fields of entries that have another name than their column."""


def workbook(about: Table, language: str, rows: Sequence[Sequence[str]] = ()) -> bytes:
    """A workbook of XLSX with rows, or without any. The same input gives the same bytes."""
    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": _LONG_AGO})
        _write_table(book, about, language, rows)
        _write_help(book, about, language)
    return target.getvalue()


def _write_table(book: Any, about: Table, language: str, rows: Sequence[Sequence[str]]) -> None:
    sheet = book.add_worksheet(about.sheet)
    sheet.freeze_panes(1, 0)
    head, text = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "@", "text_wrap": True})
    text.set_align("top")
    for place, column in enumerate(about.columns):
        sheet.set_column(place, place, WIDTHS.get(column.name, WIDTH), text)
        sheet.write_string(0, place, columns.title(column, language), head)
        sheet.write_comment(0, place, _note(column), {"author": "Triptych", "x_scale": 2})
        if column.choices:
            rule = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            sheet.data_validation(1, place, ROWS, place, rule)
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            if value:
                sheet.write_string(number, place, value, text)


def _write_help(book: Any, about: Table, language: str) -> None:
    sheet = book.add_worksheet(HELP)
    sheet.set_column(0, 0, WIDTH)
    sheet.set_column(1, 2, WIDTHS["summary"])
    bold = book.add_format({"bold": True})
    for number, column in enumerate(about.columns):
        sheet.write_string(number, 0, columns.title(column, language), bold)
        sheet.write_string(number, 1, _note(column))
        sheet.write_string(number, 2, f"For example: {column.example}")


def _note(column: Column) -> str:
    return f"{'Needed. ' * column.needed}{column.meaning}"


def rows(about: Table, content: Model) -> Iterator[Sequence[str]]:
    """The content of a YAML file as the rows of its table."""
    for name in type(content).model_fields:
        entries = getattr(content, name)
        for entry in entries if isinstance(entries, tuple) else ():
            yield tuple(_cell(entry, column, name.replace("_", "-")) for column in about.columns)


def _cell(entry: Any, column: Column, name: str) -> str:
    if column.name == "type" and name in _KINDS:
        return "" if _KINDS[name] == "event" else _KINDS[name]
    field = _RENAMED.get(name, {}).get(column.field, column.field)
    value = getattr(entry, field.replace("-", "_"), None)
    if field not in entry.model_fields_set and field.replace("-", "_") not in entry.model_fields_set:
        return ""
    if isinstance(value, tuple):
        return "; ".join(one if isinstance(one, str) else _person(one) for one in value)
    return str(getattr(value, "edtf", value) or "")


def _person(one: dict[str, str]) -> str:
    """A name as a table has it; a body whose name has a comma in braces."""
    if "literal" in one:
        return f"{{{one['literal']}}}" if ", " in one["literal"] else one["literal"]
    return ", ".join(filter(None, (one.get("family"), one.get("given"))))
