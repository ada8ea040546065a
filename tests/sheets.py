"""Tables in each form that the program reads, from rows of values: what a spreadsheet program would save."""

import csv
import datetime
import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

import xlsxwriter

Value = str | float | datetime.date | tuple[str, str] | None
"""Of a cell; a pair is the attributes and the text of one in OpenDocument."""
Sheets = Mapping[str, Sequence[Sequence[Value]]]


def as_csv(rows: Sequence[Sequence[Value]], delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    target = io.StringIO(newline="")
    csv.writer(target, delimiter=delimiter).writerows(rows)
    return target.getvalue().encode(encoding)


def saved(form: str, rows: Sequence[Sequence[Value]], sheet: str = "Sheet1") -> bytes:
    """A table in one of the forms."""
    if form == "csv":
        return as_csv(rows)
    return as_xlsx({sheet: rows}) if form == "xlsx" else as_ods({sheet: rows})


def as_xlsx(
    sheets: Sheets,
    formats: Mapping[str, str] | None = None,
    date_1904: bool = False,
    hidden: Sequence[str] = (),
    merged: Mapping[str, str] | None = None,
) -> bytes:
    """A workbook; `formats` are those of cells, `merged` the texts of ranges of cells, by their names."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_urls": False, "date_1904": date_1904})
    looks = {name: book.add_format({"num_format": code}) for name, code in (formats or {}).items()}
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                look = looks.get(f"{chr(65 + x)}{y + 1}")
                if isinstance(value, datetime.date):
                    sheet.write_datetime(y, x, datetime.datetime(*value.timetuple()[:3]), look)
                elif isinstance(value, str):
                    sheet.write_string(y, x, value, look)
                elif isinstance(value, int | float):
                    sheet.write_number(y, x, value, look)
        for cells, text in (merged or {}).items():
            sheet.merge_range(cells, text)
        if name in hidden:
            sheet.hide()
    book.close()
    return target.getvalue()


ODS = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = (
    " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for short, name in {"office": "office", "table": "table", "text": "text", "style": "style"}.items()
    )
    + ' xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"'
)


def as_ods(sheets: Sheets, styles: str = "") -> bytes:
    """An OpenDocument workbook, as LibreOffice writes it: dates and numbers with the text that they show."""
    tables = "".join(
        f'<table:table table:name="{escape(name)}">'
        + "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
        + '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
        + ' table:number-columns-repeated="1024"/></table:table-row></table:table>'
        for name, rows in sheets.items()
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {SPACES} office:version="1.2">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>{body}</office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/></manifest:manifest>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", ODS)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return target.getvalue()


def _ods_cell(value: Value) -> str:
    if value is None or value == "":
        return "<table:table-cell/>"
    if isinstance(value, tuple):
        return f"<table:table-cell {value[0]}><text:p>{escape(value[1])}</text:p></table:table-cell>"
    if isinstance(value, datetime.date):
        kind, text = f'date" office:date-value="{value.isoformat()}', value.strftime("%d/%m/%y")
    elif isinstance(value, str):
        kind, text = "string", value
    else:
        kind, text = f'float" office:value="{value}', f"{value:g}"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="{kind}">{lines}</table:table-cell>'
