"""Series over time: one or two on one scale, or each by itself before all others. Lengths in mm."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from typing import TypeVar

from triptych.charts.plot import AFTER_BAR, APART, INK, SMALL, Label, Plot, Segment, Touching, crosses, free
from triptych.charts.ticks import ticks
from triptych.content import customs, prose
from triptych.content.calendars import Calendar
from triptych.content.charted import Numbers, middle
from triptych.content.dates import Precision
from triptych.content.model import Charted, ChartRow, Event
from triptych.design.faces import TEXT
from triptych.design.lines import at_signs, balanced
from triptych.timeline import placing, scale
from triptych.timeline.drawing import Path, box, circle, course, line
from triptych.timeline.plan import Overfull
from triptych.timeline.scale import Scale, Unit

HEIGHT, LEAST = 30.0, 24.0
"""Height of the scale of a chart of lines, and the least."""
TALLER = (0.0, 6.0, 12.0, 18.0)
"""By how much a chart with events may be taller, to have room for their words."""
HEAD, FOOT = 5.2, 5.0
"""Space above the scale for labels, and below it for years."""
DOT, LAST = 0.85, 2.2
"""Radius of a dot, and the space between the last one and its label."""
TICK, SHORT_TICK = 3.6, 1.1
"""Length of the tick at a year, and at a shorter unit."""
AFTER_TICK = 0.8
"""Space between a tick and its year."""
YEAR, FINER = 9.0, 2.2
"""Least distance of labelled ticks, and of those between."""
GAP = 1.5
"""Height of the bar on the axis where nothing was measured."""
LOW = 0.5
"""The scale starts at zero while the least value is under this share of the greatest."""
FINE, MOST_WORD_LINES = 0.5, 4
"""Distance of the places that are tried for the words of an event, and most lines of its headline."""
FEWEST_TICKS = 4
"""Fewest numbers of a scale."""
STYLES = (("series", "knob"), ("second", "ring"))
"""The line and the dots of the first series and of the second."""
PANEL_GAP, PANEL, PANEL_NAME = 5.0, 22.0, 5.0
"""Space between two panels, height of the scale of one, and of its name."""
ABOVE_PANEL, BETWEEN_PANELS = 4.0, 3.0
"""Space below the name of a panel, and between two rows of panels."""
AFTER_PANEL, AFTER_LAST, AFTER_SCALE = 7.5, 0.8, 1.6
"""Room for a year past the end of a scale; space before the value of a last dot, and after the scale's numbers."""
COMMA = 0.5
"""How far a comma reaches below the letters of its line."""
OVER_AXIS = 2.0
"""Least height of the middle of a value over the axis, which no value crosses."""
NARROW, NARROW_PANEL = 40.0, 12.0
"""Least width of the scale of a chart, and of a panel."""

Point = tuple[float, float]
Gap = tuple[float, float]
"""Where a stretch without values begins and ends, along a chart."""
P = TypeVar("P", Point, ChartRow)


@dataclass(frozen=True, slots=True)
class _Frame:
    """The scales of a chart: days along, values up."""

    time: Scale
    ticks: Sequence[float]
    most: float
    """The greatest value that it holds: it may lie above the last tick."""
    top: float
    bottom: float

    def x(self, day: float) -> float:
        return self.time.y(day)

    def y(self, value: float) -> float:
        low, high = self.ticks[0], max(self.ticks[-1], self.most)
        return self.bottom - (value - low) / (high - low) * (self.bottom - self.top)

    def over(self, y: float) -> float:
        """Where the middle of a value stands that is to be at a height: over the axis."""
        return min(y, self.bottom - OVER_AXIS)

    def at(self, row: ChartRow, series: int) -> Point | None:
        """Where a value stands; None where nothing was measured."""
        cell = row.cells[series]
        return (self.x(row.day), self.y(cell.value)) if cell else None


def lines(data: Charted, width: float, numbers: Numbers, calendar: Calendar, height: float = HEIGHT) -> Plot:
    """One series or two, each named at its end with its last value; the first and the greatest where they have room."""
    series = range(len(data.head) - 1)
    finals = [next(row.cells[n] for row in reversed(data.rows) if row.cells[n]) for n in series]
    beside = width >= 100
    ends = [
        [Label(name, 0, 0, strong=not n), Label(final.text, 0, 0, strong=not n)]
        for n, (name, final) in enumerate(zip(data.head[1:], finals, strict=True))
    ]
    names = max(pair[0].width for pair in ends)
    values = max(pair[1].width for pair in ends)
    room = names + 2 * AFTER_BAR + values if beside else max(names, values)
    frame = _frame(data, numbers, (0.0, width - room - LAST - DOT), (HEAD, HEAD + height))
    if frame.time.bottom - frame.time.top < NARROW:
        raise Touching("the names of its series leave no room for lines")
    labels, paths = _scale(frame, numbers, 0.0, frame.time.bottom, gaps=list(_gaps(data, frame)))
    grounds = len(paths)
    segments = [*_bars(data, frame)]
    runs = [[*_runs([frame.at(row, n) for row in data.rows])] for n in series]
    for n in reversed(series):
        drawn, dots = STYLES[n]
        paths += [Path(drawn, course(run)) for run in runs[n] if len(run) > 1]
        paths += [Path(dots, circle(*end, DOT)) for run in runs[n] for end in dict.fromkeys((run[0], run[-1]))]
        segments += [(*one, *other) for run in runs[n] for one, other in pairwise(run)]
        segments += [part for run in runs[n] for x, y in (run[0], run[-1]) for part in _cross(x, y)]
    named = _ends(ends, [run[-1][-1][1] for run in runs], frame, beside, names)
    years, more = _time(frame, calendar)
    taken = [*labels, *years, *(one for pair in named for one in pair)]
    paths += more
    gap = _gap(data, frame, taken, segments)
    paths += gap[1]
    taken += gap[0]
    marked: list[Label] = []
    for event in data.marked:
        found = _event(event, frame, runs, calendar, taken, segments, width)
        marked += found.labels
        taken += found.labels
        segments.append(found.stem)
        paths[grounds:grounds] = [_ground(one) for one in found.labels]
        paths += found.paths
    rows = []
    for n in series:
        printed = []
        for label in _inner(data, n, frame, taken, segments):
            if any(label.ink[0] < frame.y(tick) < label.ink[1] for tick in frame.ticks):
                paths.insert(grounds, _ground(label))
            taken.append(label)
            printed.append(label)
        rows.append((named[n][0], *printed, named[n][1]))
    most = max(map(len, rows))
    full = tuple((*row[:-1], *[None] * (most - len(row)), row[-1]) for row in rows)
    return Plot(
        width, HEAD + height + FOOT, full, tuple(paths), (), (*labels, *gap[0], *years, *marked), tuple(segments)
    )


@dataclass(frozen=True, slots=True)
class _Event:
    """An event on a chart: its words, and the line from the axis up to the series."""

    labels: Sequence[Label]
    stem: Segment
    paths: Sequence[Path]


def _event(
    event: Event,
    frame: _Frame,
    runs: Sequence[Sequence[Sequence[Point]]],
    calendar: Calendar,
    taken: Sequence[Label],
    segments: Sequence[Segment],
    width: float,
) -> _Event:
    """An event at its date, with its words where they touch nothing. Raises Touching."""
    x = frame.x(middle(event.date))
    tops = [y for series in runs for run in series for y in _crossed(run, x)]
    stem = (x, frame.bottom, x, min(tops, default=frame.top))
    headline = customs.kept(prose.plain(event.headline), str(calendar.locale).replace("_", "-"))
    blocks = [*_blocks(calendar.text(event.date, short=True), headline)]
    barriers = [*segments, stem]

    def has_room(labels: Sequence[Label]) -> bool:
        return all(free([one], taken, barriers, width) for one in labels)

    for top in (stem[3], frame.top):
        for block in blocks:
            for side in (1, -1):
                if labels := _beside(block, side, x, (top, frame.bottom - GAP / 2), frame, has_room):
                    reaching = (x, frame.bottom, x, min(stem[3], labels[0].ink[0]))
                    paths = [Path("leader", line(reaching)), Path("knob", circle(x, frame.bottom, DOT))]
                    return _Event(labels, reaching, paths)
    raise Touching(f"the event `{event.headline}` has no room beside its lines")


def _ground(label: Label) -> Path:
    """The white below a label, on which no gridline goes on."""
    top, bottom = label.ink
    return Path("halo", box(label.left - APART, top - APART, label.right + APART, bottom + APART))


def _crossed(run: Sequence[Point], x: float) -> Iterator[float]:
    """Where a stretch of a series crosses an upright line."""
    for (x1, y1), (x2, y2) in pairwise(run):
        if x1 <= x <= x2 and x1 < x2:
            yield y1 + (y2 - y1) * (x - x1) / (x2 - x1)


def _blocks(date: str, headline: str) -> Iterator[Sequence[Sequence[Label]]]:
    """The words of an event as lines of labels: on one line, or below the date on up to four."""
    dated = Label(date, 0, 0, SMALL, strong=True, dated=True)
    text = Label(headline, dated.width + AFTER_BAR, 0, SMALL)
    yield [[dated, text]]
    for count in range(1, MOST_WORD_LINES + 1):
        yield [[dated], *([Label(part, 0, 0, SMALL)] for part in balanced(headline, TEXT, count))]


def _beside(
    block: Sequence[Sequence[Label]],
    side: int,
    x: float,
    down: tuple[float, float],
    frame: _Frame,
    has_room: Callable[[Sequence[Label]], bool],
) -> list[Label]:
    """The lines of a block along one side of the line of its event, in the middle of the longest free stretch.

    A stretch where they cover no gridline comes first. Nothing if they have no room.
    """
    height = block[0][0].height
    grid = [frame.y(tick) for tick in frame.ticks[1:]]
    places = []
    for step in range(int((down[1] - down[0]) / FINE)):
        labels = _set_beside(block, side, x, down[0] + step * FINE + height * INK / 2)
        fits = labels[-1].ink[1] <= down[1] - APART and has_room(labels)
        clear = not any(labels[0].ink[0] - APART < y < labels[-1].ink[1] + APART for y in grid)
        places.append((fits, fits and clear, labels))
    for kind in (1, 0):
        stretches = [[*found] for is_free, found in groupby(places, key=lambda one: one[kind]) if is_free]
        if stretches:
            longest = max(stretches, key=len)
            return longest[len(longest) // 2][2]
    return []


def _set_beside(block: Sequence[Sequence[Label]], side: int, x: float, middle: float) -> list[Label]:
    """The lines of a block from a height down: right of a place they begin there, left of it they end there."""
    return [
        replace(
            label,
            left=label.left + (x + LAST if side > 0 else x - LAST - line_of[-1].right),
            middle=middle + number * label.height,
        )
        for number, line_of in enumerate(block)
        for label in line_of
    ]


def panels(data: Charted, width: float, numbers: Numbers, calendar: Calendar, across: int) -> Plot:
    """Each series by itself, before thin lines of all others; all have one scale."""
    each = (width - PANEL_GAP * (across - 1)) / across
    count = len(data.head) - 1
    finals = [next(row.cells[n] for row in reversed(data.rows) if row.cells[n]) for n in range(count)]
    beside = max(Label(one.text, 0, 0, strong=True).width for one in finals) + DOT + AFTER_LAST
    step = PANEL_NAME + PANEL + FOOT + BETWEEN_PANELS
    found = []
    for n in range(count):
        left, top = n % across * (each + PANEL_GAP), n // across * step
        down = top + PANEL_NAME + ABOVE_PANEL, top + PANEL_NAME + PANEL
        frame = _frame(data, numbers, (left, left + each - beside), down, whole=True)
        if frame.time.bottom - frame.time.top < NARROW_PANEL:
            raise Touching("its numbers leave no room for lines")
        labels, paths = _scale(frame, numbers, left, frame.time.bottom, words=n % across == 0)
        years, ticks_at = _time(frame, calendar, ends=True)
        name = Label(data.head[n + 1], left, top + PANEL_NAME / 2, strong=True)
        panel = _panel(data, n, frame, name, Label(finals[n].text, 0, 0, strong=True), [*labels, *years])
        found.append(_Panel(panel.row, panel.scale, (*paths, *ticks_at, *panel.paths)))
    return Plot(
        width,
        math.ceil(count / across) * step - BETWEEN_PANELS,
        tuple(one.row for one in found),
        tuple(path for one in found for path in one.paths),
        scale=tuple(label for one in found for label in one.scale),
    )


@dataclass(frozen=True, slots=True)
class _Panel:
    """One series: its name with its first and last value, the words of its scale, and what is drawn."""

    row: tuple[Label, Label | None, Label]
    scale: Sequence[Label]
    paths: Sequence[Path]


def _panel(data: Charted, series: int, frame: _Frame, name: Label, final: Label, scale: Sequence[Label]) -> _Panel:
    """The lines of a panel, its first value where that has room, and its last; in the first panel the word of a gap."""
    every = [[*_runs([frame.at(row, n) for row in data.rows])] for n in range(len(data.head) - 1)]
    own = every[series]
    others = [run for n, runs in enumerate(every) if n != series for run in runs if len(run) > 1]
    unmeasured = [*_bars(data, frame)]
    segments = [*unmeasured, *((*one, *other) for run in (*others, *own) for one, other in pairwise(run))]
    (x, y), (x1, y1) = own[-1][-1], own[0][0]
    last = _lifted(replace(final, left=x + DOT + AFTER_LAST, middle=frame.over(y)), unmeasured)
    text = next(row.cells[series].text for row in data.rows if row.cells[series])
    beside = Label(text, 0, frame.over(y1), SMALL).ending(x1 - DOT - AFTER_LAST)
    above = Label(text, x1, y1 - DOT - beside.height / 2, SMALL)
    first = free((beside, above), [name, last, *scale], segments, last.right)
    words, bars = _gap(data, frame, [name, last, *scale, *([first] if first else [])], segments)
    paths = [Path("context", course(run)) for run in others]
    paths += [Path("series", course(run)) for run in own if len(run) > 1]
    paths += [Path("knob", circle(*end, DOT)) for end in ([(x1, y1)] if first else []) + [(x, y)]]
    return _Panel((name, first, last), [*scale, *(words if not series else ())], [*paths, *bars])


def _lifted(label: Label, bars: Sequence[Segment]) -> Label:
    """A label over the bars on which it would lie."""
    below = [label.ink[1] - bar[1] for bar in bars if crosses(label, bar)]
    return replace(label, middle=label.middle - max(below)) if below else label


def unprinted(data: Charted, plot: Plot) -> bool:
    """Whether a chart has points whose value is not printed."""
    printed = sum(label is not None for row in plot.rows for label in row[1:])
    return printed < sum(cell is not None for row in data.rows for cell in row.cells)


def _frame(
    data: Charted, numbers: Numbers, across: tuple[float, float], down: tuple[float, float], whole: bool = False
) -> _Frame:
    """The scales between two edges. The lines start right of the numbers of the scale.

    The lines may rise above the last gridline, unless the scale is `whole`.
    """
    values = [cell.value for row in data.rows for cell in row.cells if cell]
    least = min(values) if min(values) >= LOW * max(values) or min(values) < 0 else 0.0
    first, last = data.rows[0].day, data.rows[-1].day
    unit = scale.fitting(last - first, times=False)
    marks = ticks(least, max(values))
    marks = marks if whole else _below(marks, max(values))
    shown = numbers.for_ticks(marks)
    named = max(Label(shown.text(one), 0, 0, SMALL).width for one in marks)
    return _Frame(Scale(first, last, across[0] + named + AFTER_SCALE, across[1], unit), marks, max(values), *down)


def _below(marks: tuple[float, ...], most: float) -> tuple[float, ...]:
    """The round numbers without one above all values, where enough of them are left for a scale."""
    return marks[:-1] if marks[-1] > most and len(marks) > FEWEST_TICKS else marks


def _scale(
    frame: _Frame, numbers: Numbers, left: float, right: float, words: bool = True, gaps: Sequence[Gap] = ()
) -> tuple[list[Label], list[Path]]:
    """The numbers on their gridlines, and the lines, which stop at the gaps of the data."""
    starts, ends = [left, *(end for _, end in gaps)], [*(start for start, _ in gaps), right]
    shown = numbers.for_ticks(frame.ticks)
    labels, paths = [], []
    every = frame.ticks if frame.bottom - frame.top >= LEAST else (frame.ticks[0], frame.ticks[-1])
    for tick in every:
        y = frame.y(tick)
        if words:
            label = Label(shown.text(tick, last=tick == frame.ticks[-1]), left, 0, SMALL, quiet=True)
            labels.append(Label(label.text, left, y - label.height / 2 + 0.4, SMALL, quiet=True))
        if tick != frame.ticks[0]:
            paths += [Path("grid", line((one, y, other, y))) for one, other in zip(starts, ends, strict=True)]
    paths.append(Path("foot", line((left, frame.bottom, right, frame.bottom))))
    return labels, paths


def _time(frame: _Frame, calendar: Calendar, ends: bool = False) -> tuple[list[Label], list[Path]]:
    """Ticks and years below the axis; with `ends`, only the first and the last year."""
    unit = frame.time.labelled(FINER if ends else YEAR)
    starts = [*unit.starts(frame.time.first, frame.time.last)]
    labels: list[Label] = []
    named = {starts[0], starts[-1]} if ends and starts else set(starts)
    for day in starts:
        label = Label(_name(calendar, unit, day), frame.x(day) + AFTER_TICK, frame.bottom + 2.6, SMALL, strong=True)
        free_from = labels[-1].right + AFTER_TICK if labels else -math.inf
        if day in named and free_from < label.left and label.right <= frame.time.bottom + AFTER_PANEL:
            labels.append(label)
    long = {label.left - AFTER_TICK for label in labels}
    ticks_at = [(x, TICK if any(abs(x - one) < 1e-6 for one in long) else SHORT_TICK) for x in map(frame.x, starts)]
    paths = [Path("time", line((x, frame.bottom, x, frame.bottom + length))) for x, length in ticks_at]
    if finer := frame.time.between(unit, FINER):
        between = [day for day in finer.starts(frame.time.first, frame.time.last) if day not in starts]
        paths += [Path("time", line((x, frame.bottom, x, frame.bottom + SHORT_TICK))) for x in map(frame.x, between)]
    return labels, paths


def _name(calendar: Calendar, unit: Unit, day: float) -> str:
    if unit.kind == "year":
        return calendar.part(math.floor(day), Precision.YEAR)
    return calendar.part(math.floor(day), Precision.MONTH if unit.kind == "month" else Precision.DAY)


def _runs(points: Sequence[P | None]) -> Iterator[list[P]]:
    """The stretches of a series without a gap."""
    run: list[P] = []
    for point in points:
        if point:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _ends(
    ends: Sequence[Sequence[Label]], wanted: Sequence[float], frame: _Frame, beside: bool, names: float
) -> list[tuple[Label, Label]]:
    """The name and the last value of each series, at its end: side by side, or one below the other."""
    height = ends[0][0].height * (1 if beside else 2)
    order = sorted(range(len(ends)), key=lambda n: wanted[n])
    span = (0.0, frame.bottom + 1)
    try:
        tops = placing.placed([wanted[n] for n in order], [height] * len(order), [height / 2] * len(order), 0.2, span)
    except Overfull:
        raise Touching("the names of its series have no room below each other") from None
    places = dict(zip(order, tops, strict=True))
    left, found = frame.time.bottom + LAST + DOT, []
    for n, (name, value) in enumerate(ends):
        middle = places[n] + name.height / 2
        at = (left + names + 2 * AFTER_BAR, middle) if beside else (left, middle + name.height)
        found.append((Label(name.text, left, middle, strong=not n), Label(value.text, *at, strong=not n)))
    return found


def _gaps(data: Charted, frame: _Frame) -> Iterator[Gap]:
    """The stretches between values where no series has one."""
    measured = [row.day for row in data.rows if any(row.cells)]
    days = [row.day for row in data.rows]
    for one, other in pairwise(measured):
        if days.index(other) > days.index(one) + 1:
            yield frame.x(one) + DOT, frame.x(other) - DOT


def _gap(
    data: Charted, frame: _Frame, taken: Sequence[Label], segments: Sequence[Segment]
) -> tuple[list[Label], list[Path]]:
    """A bar on the axis where no series has a value, with words above the first that has room for them."""
    gaps = [*_gaps(data, frame)]
    bars = [Path("share", box(x1, frame.bottom - GAP / 2, x2, frame.bottom + GAP / 2)) for x1, x2 in gaps]
    for lines_of in (_gap_words(data.chart.gap, gap, frame) for gap in gaps if data.chart.gap):
        for labels in lines_of:
            if all(free([one], taken, segments, frame.time.bottom) for one in labels):
                return labels, bars
    return [], bars


def _gap_words(words: str, gap: Gap, frame: _Frame) -> Iterator[list[Label]]:
    """Places of the words of a gap: right above its bar, within it on as few lines as they need, then beside it."""
    x1, x2 = gap[0] + APART, gap[1]
    blocks = [(words,), at_signs(words, TEXT, SMALL, x2 - x1)]
    blocks = [*filter(None, blocks), *(balanced(words, TEXT, count) for count in range(2, MOST_WORD_LINES + 1))]
    sets = [[Label(part, x1, 0, SMALL) for part in parts] for parts in blocks]
    within = [one for one in sets if max(label.right for label in one) <= x2]
    for lines_of in (*within, *sets):
        middles = [frame.bottom - GAP / 2 - 2.4 - line_of.height * n for n, line_of in enumerate(reversed(lines_of))]
        above = [replace(one, middle=at) for one, at in zip(lines_of, reversed(middles), strict=True)]
        over = max(0.0, max(one.right for one in above) - x2)
        yield from ([replace(one, left=one.left - move) for one in above] for move in (0.0, over / 2, over))
    for y in (frame.bottom - 8, frame.top + 4, frame.top):
        yield [replace(sets[0][0], middle=y)]


def _bars(data: Charted, frame: _Frame) -> Iterator[Segment]:
    """Lines over those bars, for labels that may not lie on them with a comma either."""
    top = frame.bottom - GAP / 2 - COMMA
    return ((x1, top, x2, top) for x1, x2 in _gaps(data, frame))


def _cross(x: float, y: float) -> tuple[Segment, Segment]:
    """Two lines in place of a dot, for labels that may not lie on it."""
    return (x - DOT, y, x + DOT, y), (x, y - DOT, x, y + DOT)


def _notable(data: Charted, series: int) -> Iterator[ChartRow]:
    """The rows whose values should be printed besides the last."""
    runs = [*_runs([row if row.cells[series] else None for row in data.rows])]
    for number, run in enumerate(runs):
        if number or len(runs) == 1:
            yield run[0]
        greatest = max(run, key=lambda row: float(row.cells[series].value))
        if run is not runs[-1] and (greatest is not run[0] or not number):
            yield greatest


def _inner(
    data: Charted, series: int, frame: _Frame, taken: Sequence[Label], segments: Sequence[Segment]
) -> Iterator[Label]:
    """The first value after each gap, and the greatest before it, each where it has room, in the order of time."""
    for row in _notable(data, series):
        cell = row.cells[series]
        x, y = frame.x(row.day), frame.y(cell.value)
        label = Label(cell.text, 0, 0, SMALL)
        places = [
            Label(label.text, 0, y - DOT - label.height / 2, SMALL).around(x),
            Label(label.text, 0, frame.over(y), SMALL).ending(x - DOT - 0.6),
            Label(label.text, x + DOT + 0.6, frame.over(y), SMALL),
            Label(label.text, 0, frame.over(y + DOT + label.height / 2), SMALL).around(x),
        ]
        above = [one for one in places if one.ink[1] <= frame.bottom - GAP / 2]
        if found := free(above, taken, segments, frame.time.bottom):
            yield found
