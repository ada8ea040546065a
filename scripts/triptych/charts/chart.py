"""A chart with its numbers becomes a plot of a width."""

from triptych.charts import bars, cells, dots, lines, slopes, units
from triptych.charts.plot import Plot, Touching, checked
from triptych.content.calendars import Calendar
from triptych.content.charted import Numbers
from triptych.content.model import Charted, ChartKind
from triptych.content.texts import OVER_TIME

WIDE = 150.0
"""Small multiples stand four in a row where there is so much room, in mm; else two."""


def plot(data: Charted, width: float, calendar: Calendar, taller: float = 0.0) -> Plot:
    """The chart in so many mm, with all its promises kept; lines may be taller by so many mm. Raises Touching."""
    numbers = Numbers(calendar.locale, data.chart.unit)
    match data.chart.kind:
        case ChartKind.BARS:
            found = bars.bars(data, width)
        case ChartKind.GROUPED_BARS:
            found = bars.pairs(data, width)
        case ChartKind.RANGES:
            found = dots.ranges(data, width, numbers, calendar.words["span"])
        case ChartKind.LINES:
            found = _lines(data, width, numbers, calendar, lines.HEIGHT + taller)
        case ChartKind.SMALL_MULTIPLES:
            found = lines.panels(data, width, numbers, calendar, across=4 if width >= WIDE else 2)
        case ChartKind.WAFFLE:
            found = units.waffle(data, width)
        case ChartKind.SLOPE:
            found = slopes.slope(data, width)
        case ChartKind.TABLE:
            found = cells.table(data, width)
    return checked(found)


def _lines(data: Charted, width: float, numbers: Numbers, calendar: Calendar, height: float) -> Plot:
    """Lines in so much height, or in more where the events on them need it. Raises Touching."""
    for more in lines.TALLER if data.marked else lines.TALLER[:1]:
        try:
            return lines.lines(data, width, numbers, calendar, height + more)
        except Touching:
            if not data.marked or more == lines.TALLER[-1]:
                raise
    raise AssertionError


def is_whole(data: Charted, found: Plot) -> bool:
    """Whether every number of a chart is printed in it."""
    return not data.chart.small_lines and (data.chart.kind not in OVER_TIME or not lines.unprinted(data, found))
