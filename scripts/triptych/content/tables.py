"""A table becomes the nodes of the YAML file in whose place it stands, so that all else treats it like YAML.

Each node is marked with its cell. What a cell cannot mean is a problem with its name, all of them at once.
"""

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import yaml
from babel import Locale, UnknownLocaleError

from triptych.content import columns, dates, disk, grids, timelinejs, typed_dates
from triptych.content.columns import LISTS, Column, Holds, Table
from triptych.content.dates import BadDate
from triptych.content.errors import ContentError, Problem
from triptych.content.grids import Cell, Grid, Row, Unreadable
from triptych.content.kinds import TABLES
from triptych.content.marked import LineColumn, Loc, Tabled
from triptych.content.typed_dates import Order

MOST_ROWS = 20_000
"""Most rows of a table."""
HEAD_WITHIN = 10
"""The row of titles is among the first rows, as many as this."""
WORKBOOKS = (".xlsx", ".ods")
"""Endings of tables that are no text."""
_OTHERS = (".xls", ".xlsm", ".xlsb", ".numbers", ".tsv")
"""Endings of tables that are not read."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the author of an article writes."""

    language: str = "en"
    order: Order | None = None
    """Of day and month in dates of numbers."""

    @property
    def locale(self) -> Locale:
        """That of the language; English where its tag is wrong, which is a problem of the head."""
        return _locale(self.language)


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def forms(folder: Path, name: str) -> Sequence[str]:
    """The names of the files that stand for a content file such as `timeline.yaml`: itself, and tables.

    Files that a spreadsheet program makes while it is open are none of them.
    """
    stem = Path(name).stem
    wanted = {f"{stem}{ending}" for ending in (*TABLES, *_OTHERS)} if stem in columns.TABLES else set()
    found = sorted(path.name for path in folder.iterdir() if path.name.lower() in wanted) if wanted else []
    own = [name] if (folder / name).exists() or (folder / name).is_symlink() else []
    readable = [one for one in found if is_table(one)]
    return own + readable or found


def is_table(name: str) -> bool:
    """Whether a file has the ending of a table that is read."""
    return name.lower().endswith(TABLES)


def table(path: Path, dialect: Dialect) -> tuple[Tabled, Sequence[Problem]]:
    """The nodes of a table, and what is wrong with its cells. Raises ContentError if it cannot be read at all."""
    about = columns.TABLES[path.stem.lower()]
    return _tabled(path, about, _chosen(_sheets(path, dialect), about), dialect)


def every(path: Path, dialect: Dialect) -> tuple[Mapping[str, Tabled], Sequence[Problem], Sequence[str]]:
    """The nodes of all tables in a file of any name, by the names of the content files without their ending.

    Also what is wrong with the cells, and the names of the sheets that hold no table. A sheet is known by its name or
    else by its titles. Raises ContentError if the file cannot be read at all.
    """
    grids_of: dict[str, list[Grid]] = {}
    others = []
    for grid in _sheets(path, dialect):
        if about := _about(grid, dialect.language):
            grids_of.setdefault(about.stem, []).append(grid)
        elif grid.rows:
            others.append(grid.sheet)
    found: dict[str, Tabled] = {}
    problems: list[Problem] = []
    for stem, some in grids_of.items():
        about = columns.TABLES[stem]
        chosen = _chosen(some, about)
        others += [grid.sheet for grid in some if grid not in chosen]
        found[stem], faults = _tabled(path, about, chosen, dialect)
        problems += faults
    return found, problems, others


def _sheets(path: Path, dialect: Dialect) -> Sequence[Grid]:
    """The sheets of a table. Raises ContentError."""
    try:
        if not is_table(path.name):
            hint = "Save it as .xlsx, .ods or .csv."
            raise Unreadable(f"`{path.name}` is a table of a form that is not read", hint)
        disk.check_file(path, grids.LARGEST)
        return grids.grids(path, path.read_bytes(), dialect.locale)
    except Unreadable as error:
        raise ContentError([Problem(path, error.line, 1, error.code, str(error), error.hint)]) from None


def _about(grid: Grid, language: str) -> Table | None:
    """The table that a sheet holds, by its name or else by its titles; None where it is none."""
    name = grid.sheet.strip().casefold()
    for about in columns.TABLES.values():
        if name in (about.sheet.casefold(), about.stem) or (name == "eras" and about is columns.TIMELINE):
            return about
    counts = {}
    for about in columns.TABLES.values():
        known = columns.titles(about, language)
        row = grid.rows[_head(grid.rows, known)] if grid.rows else ()
        found = [column for cell in row if cell.text and (column := known.get(columns.named(cell.text)))]
        whole = timelinejs.is_sheet(found) or not _missing(about, found)
        counts[about.stem] = len(found) * whole
    best = max(counts, key=lambda stem: counts[stem])
    return columns.TABLES[best] if counts[best] else None


def _tabled(path: Path, about: Table, chosen: Sequence[Grid], dialect: Dialect) -> tuple[Tabled, Sequence[Problem]]:
    """The nodes of one table. Raises ContentError if it is too long."""
    if any(len(grid.rows) > MOST_ROWS for grid in chosen):
        message, hint = f"`{path.name}` has more than {MOST_ROWS} rows", "Split it into several articles."
        raise ContentError([Problem(path, 1, 1, "not-a-table", message, hint)])
    reading = _Reading(path, about, dialect)
    for grid, kind in zip(chosen, (about.usual, "era"), strict=False):
        _read(reading, grid, kind)
    return reading.tabled(), reading.problems


def lines(path: Path) -> Sequence[str]:
    """The lines of a CSV file; none if it cannot be read. Raises OSError."""
    try:
        return re.split(r"\r\n|\r|\n", grids.decoded(path, path.read_bytes()))
    except Unreadable:
        return ()


def excerpt(path: Path, cell: str, row: int, column: int) -> tuple[str, int]:
    """A row of a workbook as a line of text, and the character at which one of its cells starts."""
    sheet = cell.rpartition("!")[0]
    for grid in _opened(path):
        for line in grid.rows if grid.sheet == sheet else ():
            if line[0].line == row:
                texts = [_CONTROL.sub(" ", cell.text) for cell in line]
                before = [text for cell, text in zip(line, texts, strict=True) if cell.column < column]
                return _PARTED.join(texts), len(_PARTED.join([*before, ""])) + 1
    return "", 1


_CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f]*[\x00-\x1f\x7f-\x9f][\x00-\x20\x7f-\x9f]*")
"""Line breaks and other signs without ink, which a paragraph cannot have, with the spaces around them."""
_PARTED = " | "
"""What stands between the cells of a row in an excerpt."""


def _opened(path: Path) -> Sequence[Grid]:
    try:
        return grids.grids(path, path.read_bytes(), Locale("en"))
    except (OSError, Unreadable):
        return ()


def _chosen(every: Sequence[Grid], about: Table) -> Sequence[Grid]:
    """The sheet named after the table, or else the first; and that of the eras beside it."""
    named = {grid.sheet.strip().casefold(): grid for grid in reversed(every)}
    names = (about.sheet.casefold(), about.stem)
    first = next((named[name] for name in names if name in named), next(iter(every), Grid(())))
    eras = named.get("eras") if about is columns.TIMELINE else None
    return (first, eras) if eras and eras is not first else (first,)


@dataclass(slots=True)
class _Reading:
    """Results so far, while a table is read."""

    path: Path
    about: Table
    dialect: Dialect
    lists: dict[str, list[yaml.Node]] = field(default_factory=dict)
    singles: dict[str, Cell] = field(default_factory=dict)
    """Fields of YAML that hold one value, such as the title of a timeline."""
    cells: dict[LineColumn, str] = field(default_factory=dict)
    gaps: dict[Loc, LineColumn] = field(default_factory=dict)
    known: set[Loc] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    sheet: str = ""

    def problem(self, cell: Cell, code: str, message: str, hint: str = "") -> None:
        place = cell.line, cell.column
        self.problems.append(Problem(self.path, *place, code, message, hint, cell=self.cells.get(place, cell.name)))

    def tabled(self) -> Tabled:
        """All rows as the nodes of one YAML document."""
        pairs: list[tuple[yaml.Node, yaml.Node]] = [
            (_scalar(name, cell), _scalar(_CONTROL.sub(" ", cell.text), cell)) for name, cell in self.singles.items()
        ]
        for name, items in self.lists.items():
            mark = items[0].start_mark
            pairs.append((_node(yaml.ScalarNode, name, mark), _node(yaml.SequenceNode, items, mark)))
        start = pairs[0][0].start_mark if pairs else _mark(1, 1)
        node = _node(yaml.MappingNode, pairs, start) if pairs else None
        return Tabled(node, 1, self.sheet, self.cells, self.gaps, frozenset(self.known))


# Titles of columns.


def _read(reading: _Reading, grid: Grid, kind: str) -> None:
    """Add the rows of a sheet, each as what its type says, or else as `kind`."""
    prefix = f"{grid.sheet}!" if grid.sheet else ""
    reading.sheet = reading.sheet or grid.sheet
    reading.cells |= {(cell.line, cell.column): prefix + cell.name for row in grid.rows for cell in row}
    if not grid.rows:
        return
    known = columns.titles(reading.about, reading.dialect.language)
    head = _head(grid.rows, known)
    found = _columns(reading, grid.rows[head], grid.rows[head + 1 :], known)
    foreign = timelinejs.is_sheet(found.values())
    if missing := [] if foreign else _missing(reading.about, found.values()):
        for column in missing:
            message, hint = f"the table has no column `{column.name}`", _see(reading.about)
            reading.problem(grid.rows[head][0], "missing-field", message, f"Add one with this title. {hint}")
        return
    for row in grid.rows[head + 1 :]:
        given = {column.field: (column, row[at]) for at, column in found.items() if at < len(row)}
        if any(cell.text or cell.fault for _, cell in given.values()):
            _add(reading, timelinejs.row(given) if foreign else given, row, kind)


def _head(rows: Sequence[Row], known: Mapping[str, Column]) -> int:
    """The index of the row of titles: the first in which most cells are titles; else the one that has most of them."""
    counts: list[int] = []
    for row in rows[:HEAD_WITHIN]:
        given = [columns.named(cell.text) for cell in row if cell.text]
        titles = sum(title in known for title in given) if len(given) > 1 else 0
        if titles * 2 >= len(given) > 1:
            return len(counts)
        counts.append(titles)
    return counts.index(max(counts))


def _columns(reading: _Reading, head: Row, rows: Sequence[Row], known: Mapping[str, Column]) -> Mapping[int, Column]:
    """The column at each place. A title that is not known is a problem, if there is anything below it."""
    found: dict[int, Column] = {}
    left_out = columns.LEFT_OUT if reading.about is columns.TIMELINE else ()
    for at in range(max(len(row) for row in (head, *rows))):
        cell = head[at] if at < len(head) else None
        below = next((row[at] for row in rows if at < len(row) and row[at].text), None)
        title = cell.text if cell else ""
        if title.startswith("#") or columns.named(title) in left_out:
            continue
        column = known.get(columns.named(title))
        if column and column.field in {one.field for one in found.values()}:
            first = next(place for place, one in found.items() if one.field == column.field)
            message = f"`{title}` is a second column for `{column.name}`, first in {head[first].name}"
            reading.problem(head[at], "repeated-key", message, "Remove one of the two, or put # before its title.")
        elif column:
            found[at] = column
        elif below:
            _unknown(reading, cell if cell and title else below, title, known)
    return found


def _unknown(reading: _Reading, cell: Cell, title: str, known: Mapping[str, Column]) -> None:
    message = f"`{title}` is not a column here" if title else f"`{cell.text}` stands in a column without a title"
    near = difflib.get_close_matches(columns.named(title), known, n=1)
    hint = f"Did you mean `{known[near[0]].name}`? " if near else ""
    keep = "Put # before a title to keep its column for yourself. "
    reading.problem(cell, "unknown-field", message, hint + keep + _see(reading.about))


def _missing(about: Table, found: Iterable[Column]) -> Sequence[Column]:
    have = {column.field for column in found}
    return [column for column in about.columns if column.needed and column.field not in have]


def _see(about: Table) -> str:
    return f"`triptych columns {about.stem}` lists all."


# Rows.

Given = Mapping[str, tuple[Column, Cell]]
"""The cells of a row by their fields in YAML, each with its column."""


_SINGLES = {"title": "headline", "order": "text"}
"""The types of rows that hold one value for the whole file, and the column in which it stands."""


def _add(reading: _Reading, given: Given, row: Row, kind: str) -> None:
    """Add a row to the list of its type."""
    kind = _kind(reading, given, kind)
    if kind in _SINGLES:
        reading.singles.setdefault(kind, given[_SINGLES[kind]][1])
        return
    name = LISTS.get(kind, kind)
    items = reading.lists.setdefault(name, [])
    loc = name, len(items)
    pairs: list[tuple[yaml.Node, yaml.Node]] = []
    for one, (column, cell) in _renamed(given, kind).items():
        at = (*loc, one)
        if cell.fault:
            reading.problem(cell, "wrong-value", f"`{column.name}` has no value: {cell.fault}", _RESULT)
            reading.known.add(at)
        elif cell.text:
            pairs.append((_scalar(one, cell), _value(reading, column, cell, at)))
        else:
            reading.gaps[at] = cell.line, cell.column
    if (*loc, "end") in reading.known:
        reading.known.add((*loc, "date"))
    pairs = _with_end(pairs)
    first = next((cell for cell in row if cell.text), row[0])
    items.append(_node(yaml.MappingNode, pairs, _mark(first.line, first.column)))


_RESULT = "Mend the formula, or type the value in its place."


def _kind(reading: _Reading, given: Given, usual: str) -> str:
    column, cell = given.get("type", (None, None))
    if not column or not cell or column.holds != Holds.KIND or not cell.text:
        return usual
    kind = columns.named(cell.text)
    if kind in column.choices:
        return kind
    message = f"`{column.name}` is `{cell.text}`: it must be empty, or {' or '.join(column.choices)}"
    reading.problem(cell, "wrong-value", message)
    return usual


def _renamed(given: Given, kind: str) -> Given:
    """The cells by the fields of what the row is: of an era the name stands in `headline`, of a party all in `text`."""
    other = {"era": {"headline": "label"}, "party": {"text": "says"}}.get(kind, {})
    return {
        other.get(one, one): (column, cell)
        for one, (column, cell) in given.items()
        if column.holds != Holds.KIND
        and one not in _DROPPED.get(kind, ())
        and (kind == "party" or one != "party" or cell.text)
    }


_DROPPED = {"era": ("summary", "weight", "lane", "id", "image", "alt", "caption", "credit", "licence")}
"""Columns that a row of a type does not have."""


def _with_end(pairs: list[tuple[yaml.Node, yaml.Node]]) -> list[tuple[yaml.Node, yaml.Node]]:
    """The same, with the first and the last day of what lasted as one date."""
    by_name = {key.value: value for key, value in pairs}
    start, end = by_name.get("date"), by_name.get("end")
    if not start or not end:
        return [(_named(key, "date") if key.value == "end" else key, value) for key, value in pairs]
    both = _node(yaml.ScalarNode, f"{start.value}/{end.value}", start.start_mark)
    return [(key, both if key.value == "date" else value) for key, value in pairs if key.value != "end"]


def _named(key: yaml.Node, name: str) -> yaml.Node:
    return _node(yaml.ScalarNode, name, key.start_mark)


# Values.


def _value(reading: _Reading, column: Column, cell: Cell, at: Loc) -> yaml.Node:
    if column.holds == Holds.DATE:
        return _date(reading, column, cell, at)
    if column.holds == Holds.LIST:
        return _list(cell, _names(cell.text))
    if column.holds == Holds.PEOPLE:
        return _list(cell, re.split(r"[;\n]", cell.text))
    text = _CONTROL.sub(" ", cell.text if column.holds == Holds.TEXT else cell.plain)
    return _scalar(text.casefold() if column.choices else text, cell)


def _date(reading: _Reading, column: Column, cell: Cell, at: Loc) -> yaml.Node:
    """A date as EDTF. What is none is a problem here; in a source, words such as `in press` are kept."""
    source = reading.about is columns.SOURCES
    if source and not re.search(r"\d", cell.plain):
        return _literal(cell.text, cell)
    if cell.is_date:
        return _scalar(cell.plain, cell)
    try:
        found = typed_dates.edtf(cell.plain, reading.dialect.order, reading.dialect.locale)
        if source:
            dates.placed(dates.parsed(found))
        return _scalar(found, cell)
    except BadDate as error:
        reading.problem(cell, error.code, str(error), error.hint)
        reading.known |= {at, at[:2]} if source else {at}
        return _scalar(cell.plain, cell)


def _names(text: str) -> Sequence[str]:
    """The names in a cell. A comma parts names alone: `Mercury, 8 June 1872` is one."""
    parts = re.split(r"[;\n]", text)
    return [one for part in parts for one in (part.split(",") if _KEYS.fullmatch(part) else [part])]


_KEYS = re.compile(r"\s*[^\s,]+(?:\s*,\s*[^\s,]+)*\s*,?\s*")
"""Names without spaces, parted by commas."""


def _list(cell: Cell, texts: Sequence[str]) -> yaml.Node:
    items = [_person(" ".join(text.split()), cell) for text in texts if text.strip()]
    return _node(yaml.SequenceNode, items, _mark(cell.line, cell.column))


def _person(text: str, cell: Cell) -> yaml.Node:
    """One value of several. A body whose name has a comma stands in braces: {Smith, Jones and Partners}."""
    return _literal(text[1:-1], cell) if text.startswith("{") and text.endswith("}") else _scalar(text, cell)


def _literal(text: str, cell: Cell) -> yaml.Node:
    pair = _scalar("literal", cell), _scalar(text, cell)
    return _node(yaml.MappingNode, [pair], _mark(cell.line, cell.column))


def _mark(line: int, column: int) -> yaml.Mark:
    return yaml.Mark("", 0, line - 1, column - 1, None, 0)


def _node(kind: type[yaml.Node], value: object, mark: yaml.Mark) -> yaml.Node:
    return kind("", value, mark, mark)


def _scalar(text: str, cell: Cell) -> yaml.Node:
    return _node(yaml.ScalarNode, text, _mark(cell.line, cell.column))
