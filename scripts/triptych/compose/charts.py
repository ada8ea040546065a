"""Charts become values for templates: the words of each by the cells of its table, and its marks as a drawing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from babel import Locale

from triptych.charts import chart as charting
from triptych.charts.plot import Label, Plot, Touching
from triptych.compose import words
from triptych.content.calendars import Calendar
from triptych.content.errors import Problem
from triptych.content.files import Files
from triptych.content.model import Charted, ChartKind, Datum
from triptych.content.texts import OVER_TIME
from triptych.design.sheets import mm
from triptych.design.where import Templates
from triptych.timeline.drawing import ART, Drawing

ROOMS: Mapping[str, float] = {"briefing": 125.0, "factsheet": 80.0, "poster": 125.0}
"""Width in mm of a chart in each document; on a poster, at the scale of A3."""
ACROSS = 174.0
"""Width of small multiples, and of a table with small lines, in the briefing, where they stand across the page."""


@dataclass(frozen=True, slots=True)
class LabelView:
    """A word or number of a chart."""

    text: str
    classes: str
    place: str
    """Position and type size as CSS custom properties."""


Cells = tuple[LabelView | None, ...]


@dataclass(frozen=True, slots=True)
class PlotView:
    """A chart in one room."""

    style: str
    """Its size and its drawing as CSS custom properties."""
    head: Cells
    """Heads of the columns; empty where none is printed."""
    rows: tuple[Cells, ...]
    scale: tuple[LabelView, ...]
    name: str
    """File name of its drawing."""
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class TableView:
    """All numbers of a chart."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def across(data: Charted, room: str) -> bool:
    """Whether a chart stands across the page, over the margin too."""
    wide = data.chart.kind == ChartKind.SMALL_MULTIPLES or data.chart.small_lines
    return bool(wide) and room == "briefing"


def plotted(data: Charted, room: str, calendar: Calendar, taller: float = 0.0) -> Plot:
    """A chart in a room; lines may be `taller` by so many mm. Raises Touching.

    Events that have no room beside its lines are marked in the briefing alone.
    """
    width = ACROSS if across(data, room) else ROOMS[room]
    if not data.marked or room == "briefing":
        return charting.plot(data, width, calendar, taller)
    try:
        return charting.plot(data, width, calendar, taller)
    except Touching:
        return charting.plot(replace(data, marked=()), width, calendar, taller)


def plotted_in(data: Charted, width: float, calendar: Calendar) -> Plot:
    """A chart in so many mm. Raises Touching."""
    return charting.plot(data, width, calendar)


def whole(data: Charted, found: Plot) -> bool:
    """Whether every number of a chart is printed in a plot of it."""
    return charting.is_whole(data, found)


def view(data: Charted, room: str, found: Plot) -> PlotView:
    """A chart for the template of a room."""
    name = f"chart-{data.chart.id}-{room}.svg"
    drawing = found.drawing
    size = f"--plot-width: {mm(found.width)}; --plot-height: {mm(found.height)}; --chart: url({ART}{name})"
    place = f"--marks-left: {mm(drawing.left)}; --marks-top: {mm(drawing.top)}"
    place += f"; --marks-width: {mm(drawing.width)}; --marks-height: {mm(drawing.height)}"
    return PlotView(
        f"{size}; {place}",
        tuple(map(_label, found.head)),
        tuple(tuple(map(_label, row)) for row in found.rows),
        tuple(one for one in map(_label, found.scale) if one),
        name,
        drawing,
    )


def table(data: Charted, calendar: Calendar) -> TableView:
    """All numbers of a chart as a table."""
    rows = tuple((_name(data, number, calendar), *map(_text, row.cells)) for number, row in enumerate(data.rows))
    return TableView(data.head, rows)


def problems(files: Files, templates: Templates) -> Iterator[Problem]:
    """Every chart whose labels touch in one of its documents."""
    language = files.article.front.language
    if not files.article.charts or list(words.problems(files, templates)):
        return
    calendar = Calendar(Locale.parse(language, sep="-"), words.words(language, templates).by_name)
    for data in files.article.charts:
        for room in ("briefing", *data.chart.also):
            try:
                plotted(data, room, calendar)
            except Touching as error:
                message = f"the chart `{data.chart.title}` does not fit: {error}"
                hint = "Shorten the names of its rows or columns, or leave out a row."
                yield files.problem(data.file, data.loc, "does-not-fit", message, hint)
                break


def _name(data: Charted, number: int, calendar: Calendar) -> str:
    row = data.rows[number]
    return calendar.text(row.date) if data.chart.kind in OVER_TIME and row.date else row.name


def _text(cell: Datum | str | None) -> str:
    return cell.whole if isinstance(cell, Datum) else cell or "–"


def _label(label: Label | None) -> LabelView | None:
    if label is None:
        return None
    place = f"--left: {mm(label.left)}; --top: {mm(label.top)}; --size: {label.size:g}pt"
    classes = " ".join(["label", *["strong"] * label.strong, *["quiet"] * label.quiet, *["dated"] * label.dated])
    return LabelView(label.text, classes, place)


def drawings(plots: Sequence[PlotView]) -> dict[str, Drawing]:
    """The drawings of charts by file name."""
    return {plot.name: plot.drawing for plot in plots}
