"""A timeline's plan becomes the words on its scales, each with its position and size."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from triptych.content import customs
from triptych.content.calendars import Calendar
from triptych.content.dates import MINUTES, Precision, civil
from triptych.content.units import MM_PER_POINT
from triptych.design import faces
from triptych.timeline.columns import (
    BAR_WHITE,
    BAR_WIDTH,
    BRACKET,
    ERA_LEADING,
    ERA_WHITE,
    LENS_LEADING,
    STRETCH,
    TICK,
    Columns,
)
from triptych.timeline.plan import TOLERANCE, Graduation, Lens, Outlier, Plan, Stretch, Tick
from triptych.timeline.scale import Unit


@dataclass(frozen=True, slots=True)
class Label:
    """Words on a timeline and their box, in mm from the timeline's upper left corner."""

    role: str
    """What the words label: year, era, lens-heading or month."""
    text: str
    left: float
    top: float
    width: float
    height: float
    align: str = "left"
    size: float = 0.0
    """Type size in pt; 0 where the style sheet sets it."""


WIDTH = 0.56
"""Assumed width of a character, as a share of the type size: the digits and capitals of our serif are narrower."""
EDGE_WHITE = 0.7
"""White space before a label of a magnifier's scale that has just room, at the scale of A3, in mm."""
LEAST_SIZE = 9.0
"""Smallest type size of a label, in pt."""


def labels(plan: Plan, columns: Columns, calendar: Calendar) -> Iterator[Label]:
    """Every label of a plan: those of the scale, the eras and the magnifiers."""
    if plan.outlier:
        yield from _outlier(plan.outlier, plan, columns, calendar)
    yield from _scale(plan, columns, calendar)
    yield from _eras(plan, columns)
    if plan.stretch:
        yield _stretch(plan.stretch, plan, columns, calendar)
    for number, side in enumerate(plan.sides):
        for lens in side.lenses:
            yield _heading(plan, lens, number, columns, calendar)
            yield from _lens(plan, lens, number, columns, calendar)


def _scale(plan: Plan, columns: Columns, calendar: Calendar) -> Iterator[Label]:
    left, right = _room(plan, columns)
    unit = plan.frame.unit
    shown, size = list(texts(plan.graduation, calendar)), _size(plan, columns, calendar)
    align = "right" if len(plan.sides) == 1 else "center"
    for tick, text in shown:
        top = tick.y + 0.6 * unit
        yield Label("year", text, left, top, right - left, size * MM_PER_POINT, align, size)
    if columns.end_size:
        yield from _ends(plan, columns, calendar, align, min(size, columns.end_size))


def _room(plan: Plan, columns: Columns) -> tuple[float, float]:
    """Where the labels of the scale begin and end: before the bars of spans beside the axis, and the histogram."""
    left, right = columns.label_room
    lanes = max((mark.lane for mark in plan.sides[0].marks), default=0)
    spans = (BAR_WIDTH / 2 + BAR_WHITE) * plan.frame.unit if lanes else 0.0
    return left, min(right, plan.frame.axes[0] - lanes * plan.frame.lane - (columns.histogram or spans))


def _ends(plan: Plan, columns: Columns, calendar: Calendar, align: str, size: float) -> Iterator[Label]:
    """Smaller labels of the first and the last tick, where these have none: above the first, below the last."""
    left, right = _room(plan, columns)
    height, unit = size * MM_PER_POINT, plan.frame.unit
    first, last = plan.graduation.major[0], plan.graduation.major[-1]
    for tick, top in ((first, first.y - height - 0.2 * unit), (last, last.y + 0.6 * unit)):
        text = _text(tick.day, plan.graduation.unit, calendar, first=True)
        if not tick.labelled and len(text) * WIDTH * height <= right - left:
            yield Label("year-end", text, left, top, right - left, height, align, size)


def _size(plan: Plan, columns: Columns, calendar: Calendar) -> float:
    """Type size of the scale's labels in pt: as large as the longest has room for."""
    left, right = _room(plan, columns)
    return max(min(columns.label_size, LEAST_SIZE * (right - left) / (_longest(plan, calendar) or 1)), LEAST_SIZE)


def lacking(plan: Plan, columns: Columns, calendar: Calendar, size: float = LEAST_SIZE) -> float:
    """Width in mm that the scale's longest label needs in a type size in pt; 0 if it has that room."""
    left, right = _room(plan, columns)
    longest = _longest(plan, calendar) * size / LEAST_SIZE
    return longest if longest > right - left + TOLERANCE else 0.0


def _longest(plan: Plan, calendar: Calendar) -> float:
    """Width in mm of the scale's longest label in the smallest type."""
    found = [text for _, text in texts(plan.graduation, calendar)]
    if plan.outlier:
        found.append(calendar.part(plan.outlier.first, Precision.YEAR))
    longest = max(map(len, found), default=0)
    return longest * WIDTH * MM_PER_POINT * LEAST_SIZE


def texts(graduation: Graduation, calendar: Calendar, named: bool = False) -> Iterator[tuple[Tick, str]]:
    """Each labelled tick and its words. The first month includes its year, unless a heading already names it."""
    for tick in graduation.major:
        if tick.labelled:
            yield tick, _text(tick.day, graduation.unit, calendar, first=not named)
            named = True


def _text(day: float, unit: Unit, calendar: Calendar, first: bool) -> str:
    if unit.kind == "minute":
        return calendar.day(day) if day % 1 * MINUTES < 1 else calendar.clock(day)
    if unit.kind in ("day", "week"):
        return calendar.day(day)
    year, month, _ = civil(int(day))
    if unit.kind == "month":
        return (
            calendar.part(day, Precision.MONTH, short=True) if first or month == 1 else calendar.month(day, short=True)
        )
    return calendar.year(year)


def _eras(plan: Plan, columns: Columns) -> Iterator[Label]:
    """Labels along the brackets. The style sheet rotates each by 90 degrees about its centre."""
    size = columns.era_size
    for bracket in plan.brackets:
        height = bracket.lines * size * MM_PER_POINT * ERA_LEADING
        middle = (plan.frame.eras - (BRACKET + ERA_WHITE) * plan.frame.unit) - height / 2
        left, top = middle - bracket.length / 2, bracket.middle - height / 2
        yield Label("era", bracket.label, left, top, bracket.length, height, "center", size)


def _outlier(outlier: Outlier, plan: Plan, columns: Columns, calendar: Calendar) -> Iterator[Label]:
    """The year of an outlier, and below it or below its card how long before the scale it was."""
    left, right = _room(plan, columns)
    year, size = calendar.part(outlier.first, Precision.YEAR), _size(plan, columns, calendar)
    height = size * MM_PER_POINT
    top = max(plan.frame.port - height / 2, 0.0)
    yield Label("year", year, left, top, right - left, height, "right", size)
    text = calendar.words["outlier"].format(calendar.duration(outlier.days))
    if told := plan.frame.told:
        start = plan.frame.axes[0] + STRETCH * plan.frame.unit
        yield Label("outlier", text, start, outlier.foot - plan.frame.gap - told, plan.frame.width - start, told)
        return
    below = outlier.foot - plan.frame.gap - columns.end_size * MM_PER_POINT - (top + height)
    yield Label("outlier", text, left, top + height * 1.1, right - left, below, "right")


def _stretch(stretch: Stretch, plan: Plan, columns: Columns, calendar: Calendar) -> Label:
    """The words beside the longest stretch without an entry."""
    size, left = columns.stretch_size, plan.frame.axes[0] + 2 * STRETCH * plan.frame.unit
    height = size * MM_PER_POINT
    text = calendar.words["empty_stretch"].format(calendar.duration(stretch.days))
    width = faces.width(text, faces.HEADLINES, size)
    return Label("stretch", text, left, stretch.middle - height / 2, width, height, size=size)


def _heading(plan: Plan, lens: Lens, side: int, columns: Columns, calendar: Calendar) -> Label:
    """The heading of a magnifier, such as: October and November 2018, enlarged 16 times. Uses the longest that fits."""
    frame = plan.frame
    start = frame.axes[side] + frame.number + columns.number_width
    if side == 1:
        start = frame.axes[side] - frame.number - columns.card_width
    width = columns.card_width - columns.number_width
    texts = list(_headings(lens, columns, calendar))
    size = frame.lens_label / MM_PER_POINT / LENS_LEADING
    text = next((text for text in texts if faces.width(text, faces.LABELS, size) <= width), texts[-1])
    return Label("lens-heading", text, start, lens.top, width, frame.lens_head)


def _headings(lens: Lens, columns: Columns, calendar: Calendar) -> Iterator[str]:
    """The forms of a magnifier's heading, from the longest to the shortest."""
    for short, words in ((columns.short_months, "enlarged"), (True, "enlarged"), (True, "enlarged_short")):
        dates = calendar.stretch(lens.first, lens.last, short)
        text = calendar.words[words].format(dates, calendar.times(lens.zoom))
        yield customs.capital(text, calendar.locale.language)


def _lens(plan: Plan, lens: Lens, side: int, columns: Columns, calendar: Calendar) -> Iterator[Label]:
    """Labels of a magnifier's scale, those that have room between the leaders' zone and its axis."""
    frame, unit = plan.frame, plan.frame.unit
    end = frame.lens_axis - (TICK * 0.6 + 0.6) * unit - frame.lane * max((mark.lane for mark in lens.marks), default=0)
    room, design = end - frame.zone[1], frame.lens_label / MM_PER_POINT / LENS_LEADING
    if room < columns.month_width:
        return
    for tick, text in texts(lens.graduation, calendar, named=True):
        if lens.graduation.unit.kind in ("day", "week"):
            text = str(civil(int(tick.day))[2])
        elif lens.graduation.unit.kind == "month" and faces.width(text, faces.LABELS, design) > room:
            text = calendar.month(tick.day, short=True)
        size = _fitted(text, design, room - EDGE_WHITE * unit)
        width = max(columns.month_width, faces.width(text, faces.LABELS, size))
        left = frame.axes[0] + end - width if side == 0 else frame.axes[1] - end
        label = Label("month", text, left, tick.y, width, frame.lens_label, ("right", "left")[side])
        if width <= room + TOLERANCE:
            yield label if size == design else replace(label, size=size)


def _fitted(text: str, size: float, room: float) -> float:
    """The type size in pt, or a smaller one in which a text has this width in mm, but none below the smallest."""
    wide = faces.width(text, faces.LABELS, size)
    return size if wide <= room else min(size, max(LEAST_SIZE, size * room / wide))
