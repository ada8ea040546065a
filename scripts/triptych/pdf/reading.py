"""A PDF's tags become lines of text, in the order and roughly the words in which a screen reader reads them."""

import re
from collections.abc import Iterator, Sequence

from triptych.pdf.tags import Element, Tagged

_SILENT = {"Document", "Div", "Part", "Sect", "Art", "NonStruct", "LBody", "THead", "TBody", "Span"}
"""Roles that a screen reader does not announce."""


def lines(tagged: Tagged) -> Iterator[str]:
    """The lines: headings with level, lists with length, table rows with headers, pictures with alternative text."""
    page = 0
    for element in tagged.elements:
        for number, line in _read(element, 0):
            if number > page:
                page = number
                yield f"— page {page} —"
            yield line


def _read(element: Element, depth: int) -> Iterator[tuple[int, str]]:
    """Page number and text of each line of an element, indented by its depth."""
    indent = "  " * depth
    if element.alt:
        yield element.page, f"{indent}picture: {element.alt}"
    elif level := re.fullmatch(r"H(\d)", element.role):
        yield element.page, f"{indent}heading {level.group(1)}: {element.text}"
    elif element.role == "L":
        entries = list(_entries(element))
        yield element.page, f"{indent}list of {sum(entry.role == 'LI' for entry in entries)}"
        for entry in entries:
            if entry.role == "L":
                yield from _read(entry, depth + 2)
            else:
                yield entry.page, f"{indent}  • {_joined(entry)}"
    elif element.role == "Table":
        yield from _table(element, indent)
    elif element.pieces:
        yield element.page, f"{indent}{element.text}"
    else:
        for child in element.children:
            yield from _read(child, depth + (element.role not in _SILENT))


def _entries(element: Element) -> Iterator[Element]:
    """The items of a list, over all its columns and pages, each before the list within it."""
    for child in element.children:
        if child.role in ("LI", "L"):
            yield child
        else:
            yield from _entries(child)


def _table(element: Element, indent: str) -> Iterator[tuple[int, str]]:
    """The rows of a table, each cell after the head of its column; a table of one number a row has none."""
    rows = [row for part in element.children for row in (part.children if part.role != "TR" else (part,))]
    heads = [_joined(cell) for cell in rows[0].children] if rows and _heads(rows[0]) else []
    below = rows[1:] if heads else rows
    named = ", ".join(filter(None, heads))
    yield element.page, f"{indent}table of {len(below)} rows{f': {named}' if heads else ''}"
    for row in below:
        texts = [_joined(cell) for cell in row.children]
        pairs = zip(heads or [""] * len(texts), texts, strict=False)
        yield row.page, f"{indent}  | {'; '.join(f'{head}: {text}' if head else text for head, text in pairs)}"


def _heads(row: Element) -> bool:
    """Whether the first row of a table has the heads of columns, and not its own head before its data."""
    first, *others = row.children
    return first.role != "TH" or not any(cell.role == "TD" and _joined(cell) for cell in others)


def _joined(element: Element) -> str:
    """The texts of a list item or a cell, as sentences one after the other."""
    texts: Sequence[str] = [block.text or block.alt for block in element.blocks()]
    return ". ".join(text.rstrip(".") for text in texts if text)
