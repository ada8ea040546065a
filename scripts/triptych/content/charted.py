"""The rows of a chart become numbers, each with the text that is printed; what they cannot mean is a fault."""

import difflib
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from typing import Any

from babel import Locale
from babel.numbers import NumberFormatError, parse_decimal

from triptych.content import customs, dates, numerals, typed_dates
from triptych.content.dates import BadDate, When
from triptych.content.model import Chart, Charted, ChartKind, ChartRow, Datum, Event
from triptych.content.texts import OVER_TIME
from triptych.content.typed_dates import Order
from triptych.content.typography import NO_BREAK


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind of chart asks of its table: fewest and most columns and rows."""

    columns: tuple[int, int]
    rows: tuple[int, int]


SHAPES = {
    ChartKind.BARS: Shape((2, 2), (2, 9)),
    ChartKind.GROUPED_BARS: Shape((3, 3), (1, 6)),
    ChartKind.RANGES: Shape((4, 4), (1, 9)),
    ChartKind.LINES: Shape((2, 3), (3, 400)),
    ChartKind.SMALL_MULTIPLES: Shape((3, 10), (3, 400)),
    ChartKind.WAFFLE: Shape((2, 2), (1, 2)),
    ChartKind.SLOPE: Shape((3, 3), (2, 6)),
    ChartKind.TABLE: Shape((2, 7), (1, 12)),
}
LEAST_POINTS = 2
"""Fewest numbers of a small line."""
_FROM_ZERO = (ChartKind.BARS, ChartKind.GROUPED_BARS, ChartKind.WAFFLE)
_CURRENCY_FIRST = re.compile("[\u200e\u200f]?¤([ \u00a0\u202f]?)")
"""A pattern of CLDR that writes £5, or € 5, and not 5 £."""
_NONE = re.compile(r"|[-–—.…]|n/?a", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a table, and the row and column where: the titles are row 0."""

    row: int
    column: int
    message: str
    hint: str = ""


class Faulty(ValueError):
    """A chart cannot be drawn; holds every fault."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(faults[0].message)
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Numbers:
    """How the numbers of a chart are printed."""

    locale: Locale
    unit: str = ""
    decimals: int = 0

    def bare(self, value: float | Decimal) -> str:
        """A number without its unit."""
        digits = f"0.{'0' * self.decimals}" if self.decimals else "0"
        return _MINUS.sub("−", numerals.decimal(value, self.locale, f"#,##{digits}"))

    def text(self, value: float | Decimal, last: bool = True) -> str:
        """A number with its unit; of a scale, only the `last` has it."""
        return self._with_unit(self.bare(value)) if last else self.bare(value)

    def _with_unit(self, bare: str) -> str:
        if not self.unit:
            return bare
        language = str(self.locale).replace("_", "-")
        if unicodedata.category(self.unit[0]) == "Sc" and (first := _CURRENCY_FIRST.match(self._currency)):
            return customs.kept(f"{self.unit}{first[1] and NO_BREAK}{bare}", language)
        return customs.kept(f"{bare}{self.unit}" if self.unit in ("%", "٪") else f"{bare}\u00a0{self.unit}", language)

    @property
    def _currency(self) -> str:
        """The pattern of CLDR for a sum of money."""
        return str(self.locale.currency_formats["standard"].pattern)

    def for_ticks(self, ticks: Iterable[float]) -> "Numbers":
        """The same, with as many decimals as round numbers need."""
        most = max((_decimals(Decimal(str(one)).normalize()) for one in ticks), default=0)
        return Numbers(self.locale, self.unit, most)


def table(
    chart: Chart,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    locale: Locale,
    order: Order | None,
    printed: Locale | None = None,
) -> Charted:
    """A chart with the numbers of its table, printed as another language writes them if one is given. Raises Faulty."""
    faults = [*_misshapen(chart, head, rows)]
    if faults:
        raise Faulty(faults)
    reading = _Reading(chart, locale, order, faults, printed or locale)
    drawn = [n for n in range(1, len(head)) if chart.kind != ChartKind.TABLE or _is_numeric(rows, n, reading)]
    cells: dict[int, Sequence[Any]] = {n: [row[n] or None for row in rows] for n in range(1, len(head))}
    cells |= {n: reading.column(rows, n) for n in drawn if head[n] not in chart.small_lines}
    cells |= {n: reading.small_lines(rows, n) for n in range(1, len(head)) if head[n] in chart.small_lines}
    found = tuple(
        ChartRow(row[0], tuple(cells[n][number] for n in range(1, len(head))), reading.date(row[0], number))
        for number, row in enumerate(rows)
    )
    faults = faults or [*_unfit(chart, head, found)]
    if faults:
        raise Faulty(faults)
    if chart.kind in OVER_TIME:
        found = tuple(sorted(found, key=lambda row: row.day))
    return Charted(chart, tuple(head), found)


def marking(data: Charted, events: Sequence[Event]) -> Charted:
    """The chart with the events that it marks. Raises Faulty: `column` is the place in the list, from 0."""
    known = {event.id: event for event in events}
    faults = [*_unmarked(data, known)]
    if faults:
        raise Faulty(faults)
    return replace(data, marked=tuple(known[name] for name in data.chart.marked))


def middle(date: When) -> float:
    """The middle of a date, in days."""
    return (date.start + date.end) / 2


def _unmarked(data: Charted, known: Mapping[str, Event]) -> Iterator[Fault]:
    """The events that a chart cannot mark."""
    for number, name in enumerate(data.chart.marked):
        if data.chart.kind != ChartKind.LINES:
            yield Fault(0, number, f"`{data.chart.kind}` marks no events", "Use `kind: lines`, or leave out `marked`.")
        elif name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"Did you mean `{near[0]}`?" if near else "Write the `id` of an event of timeline.yaml."
            yield Fault(0, number, f"`{name}` is not an event of timeline.yaml", hint)
        elif not data.rows[0].day <= middle(known[name].date) <= data.rows[-1].day:
            hint = "Mark an event between the first and the last date of the chart."
            yield Fault(0, number, f"the event `{name}` is not within the chart", hint)


def _misshapen(chart: Chart, head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[Fault]:
    shape = SHAPES[chart.kind]
    few, most = shape.columns
    if not few <= len(head) <= most:
        wanted = f"{few}" if few == most else f"{few} to {most}"
        yield Fault(0, 0, f"the chart has {len(head)} columns; `{chart.kind}` has {wanted}, first the names")
        return
    for number, row in enumerate(rows, start=1):
        if len(row) != len(head):
            yield Fault(number, 0, f"row {number} has {len(row)} cells; there are {len(head)} columns")
        elif not row[0].strip():
            yield Fault(number, 0, f"row {number} has no name")
    few, most = shape.rows
    if not few <= len(rows) <= most:
        hint = "Sum the smallest as one row." if len(rows) > most else "Write a sentence instead."
        yield Fault(0, 0, f"the chart has {len(rows)} rows; `{chart.kind}` has {few} to {most}", hint)


def _unfit(chart: Chart, head: Sequence[str], rows: Sequence[ChartRow]) -> Iterator[Fault]:
    """Numbers that the kind of chart cannot draw, and names that are not there."""
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row.cells, start=1):
            if cell is None and chart.kind not in (*OVER_TIME, ChartKind.TABLE):
                hint = "Leave out the row, or give it a number."
                yield Fault(number, column, f"`{head[column]}` of `{row.name}` has no number", hint)
            elif isinstance(cell, Datum) and cell.value < 0 and chart.kind in _FROM_ZERO:
                hint = "Use `kind: table` for rises and falls."
                yield Fault(number, column, f"`{cell.text}` is less than zero", hint)
        if chart.kind == ChartKind.RANGES and all(row.cells):
            value, low, high = row.cells
            if not low.value <= value.value <= high.value:
                yield Fault(number, 1, f"`{value.text}` is not between `{low.text}` and `{high.text}`")
    shares = [row.cells[0].value for row in rows if row.cells[0]] if chart.kind == ChartKind.WAFFLE else []
    if any(one != round(one) for one in shares) or sum(shares) > 100 or (len(shares) == 2 and sum(shares) != 100):
        hint = "Give whole numbers: one share, or two that make 100."
        yield Fault(1, 1, f"its parts are {' and '.join(f'`{one:g}`' for one in shares)} of a hundred", hint)
    for column in range(1, len(head)):
        if chart.kind in OVER_TIME and sum(row.cells[column - 1] is not None for row in rows) < 2:
            yield Fault(0, column, f"`{head[column]}` has fewer than two numbers")
    names = {row.name for row in rows}
    for name in chart.outlined:
        if name not in names:
            yield Fault(0, 0, f"`{name}` is to be outlined, and no row has that name")
    for name in (*chart.bars, *chart.small_lines):
        if name not in head[1:]:
            yield Fault(0, 0, f"`{name}` is to be drawn, and no column has that title")


@dataclass(frozen=True, slots=True)
class _Reading:
    chart: Chart
    locale: Locale
    order: Order | None
    faults: list[Fault]
    printed: Locale

    def column(self, rows: Sequence[Sequence[str]], column: int) -> list[Datum | str | None]:
        """The numbers of a column, with as many decimals each as the one with the most; words in a table stay."""
        words = [self.chart.kind == ChartKind.TABLE and row[column][:1].isalpha() for row in rows]
        given = [
            None if said else self.number(row[column], number, column)
            for number, (row, said) in enumerate(zip(rows, words, strict=True), start=1)
        ]
        most = max((_decimals(one) for one in given if one is not None), default=0)
        unit = "" if self.chart.kind == ChartKind.TABLE else self.chart.unit
        numbers = Numbers(self.printed, unit, most)
        return [
            row[column] if said else self._datum(one, row[column], numbers)
            for one, row, said in zip(given, rows, words, strict=True)
        ]

    def small_lines(self, rows: Sequence[Sequence[str]], column: int) -> list[Datum | None]:
        """The cells of a column of small lines, each with its last number as the one that is printed."""
        found: list[Datum | None] = []
        for number, row in enumerate(rows, start=1):
            written = row[column].split()
            values = [self.number(one, number, column) for one in written]
            known = [(value, text) for value, text in zip(values, written, strict=True) if value is not None]
            if len(known) < LEAST_POINTS and known:
                self.faults.append(Fault(number, column, f"`{row[column]}` has fewer than {LEAST_POINTS} numbers"))
            series = tuple(None if value is None else float(value) for value in values)
            last = Datum(float(known[-1][0]), known[-1][1], " ".join(written), series) if known else None
            found.append(last)
        return found

    def _datum(self, number: Decimal | None, written: str, numbers: Numbers) -> Datum | None:
        if number is None:
            return None
        if self.chart.kind == ChartKind.TABLE and self.printed != self.locale:
            own = Numbers(self.printed, "", _decimals(number)).bare(number)
            return Datum(float(number), own, own)
        if self.chart.kind == ChartKind.TABLE:
            return Datum(float(number), written.replace("-", "−"), written)
        return Datum(float(number), numbers.text(number), numbers.bare(number))

    def number(self, text: str, row: int, column: int) -> Decimal | None:
        """A number as the language writes it, or as a program does; None of an empty cell."""
        if _NONE.fullmatch(text.strip()):
            return None
        found = self.parsed(text)
        if found is None:
            hint = "Write a number, or leave the cell empty where nothing was measured."
            self.faults.append(Fault(row, column, f"`{text}` is not a number", hint))
        return found

    def parsed(self, text: str) -> Decimal | None:
        bare = _plain(text).strip().replace("−", "-").lstrip("+")
        for unit in filter(None, ("%", self.chart.unit)):
            bare = bare.removesuffix(unit).removeprefix(unit).strip(" \u00a0\u202f")
        try:
            local = not _ARABIC_DIGIT.search(text)
            found = Decimal(parse_decimal(bare, locale=self.locale, strict=True) if local else bare)
        except (NumberFormatError, InvalidOperation, ValueError):
            try:
                found = Decimal(bare)
            except InvalidOperation:
                return None
        return found if found.is_finite() and abs(found) < Decimal("1e15") else None

    def date(self, text: str, number: int) -> When | None:
        """The date of a row over time."""
        if self.chart.kind not in OVER_TIME:
            return None
        try:
            found = dates.placed(dates.parsed(typed_dates.edtf(text, self.order, self.locale)))
        except BadDate as error:
            self.faults.append(Fault(number + 1, 0, str(error), error.hint))
            return None
        if math.isinf(found.start) or math.isinf(found.end):
            self.faults.append(Fault(number + 1, 0, f"`{text}` has no end", "Give each row one date."))
            return None
        return found


def _is_numeric(rows: Sequence[Sequence[str]], column: int, reading: _Reading) -> bool:
    """Whether a column of a table holds numbers, and nothing else but gaps."""
    given = [row[column] for row in rows if not _NONE.fullmatch(row[column].strip())]
    return bool(given) and sum(reading.parsed(text) is not None for text in given) * 2 > len(given)


_MINUS = re.compile("[\u061c\u200e\u200f]?[-−]")
"""The minus sign of CLDR, with the mark of direction that some languages have before it."""
_ARABIC_DIGIT = re.compile("[\u0660-\u0669]")
_ARABIC = str.maketrans({"٬": None, "٫": ".", "٪": "%", **{chr(0x660 + n): str(n) for n in range(10)}})


def _plain(text: str) -> str:
    """A number in digits of Arabic as one in those of Latin, as a program writes it."""
    return text.translate(_ARABIC) if _ARABIC_DIGIT.search(text) else text


def _decimals(number: Decimal) -> int:
    exponent: Any = number.as_tuple().exponent
    return max(0, -int(exponent))
