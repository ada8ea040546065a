"""A stretch of time becomes a scale: whole units from first to last day, and the graduations that there is room for.

Pure. Times are days as in dates.py, lengths are mm. Scales run from minutes to a hundred thousand years; between
1 BCE and 1 CE lies no year, and years before the common era are graduated by their own numbers (500 BC, not 501).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from triptych.content.dates import MINUTES, civil, ordinal


@dataclass(frozen=True, slots=True)
class Unit:
    """So many minutes, days, weeks, months or years."""

    kind: str
    step: int
    days: float
    """Its length, about."""

    def start(self, day: float) -> float:
        """The last beginning of this unit that is not after a day."""
        if self.kind == "minute":
            return math.floor(day * MINUTES / self.step + ROUNDING) * self.step / MINUTES
        if self.kind in ("day", "week"):
            return float(math.floor(day) - ((math.floor(day) - 1) % 7 if self.kind == "week" else 0))
        year, month, _ = civil(math.floor(day))
        if self.kind == "month":
            return float(ordinal(year, (month - 1) // self.step * self.step + 1, 1))
        return float(ordinal(_first_year(year, self.step), 1, 1))

    def after(self, start: float) -> float:
        """The next beginning after one."""
        if self.kind == "minute":
            return (round(start * MINUTES) + self.step) / MINUTES
        if self.kind in ("day", "week"):
            return start + self.days
        year, month, _ = civil(math.floor(start))
        if self.kind == "month":
            months = year * 12 + month - 1 + self.step
            return float(ordinal(months // 12, months % 12 + 1, 1))
        return float(ordinal(self.step if year == 1 and self.step > 1 else year + self.step, 1, 1))

    def starts(self, first: float, last: float) -> Iterator[float]:
        """Every beginning from one day to another, both included."""
        day = self.start(first)
        while day <= last:
            if day >= first:
                yield day
            day = self.after(day)


ROUNDING = 1e-6
"""Of a step of minutes, since a day's fraction is not exact."""


def _first_year(year: int, step: int) -> int:
    """First year of a group of years; groups before the common era end with year 0, which is 1 BCE."""
    if year < 1:
        return 1 + (year - 1) // step * step
    return max(year // step * step, 1)


UNITS = (
    *(Unit("minute", step, step / MINUTES) for step in (5, 15, 30, 60, 180, 360, 720)),
    Unit("day", 1, 1),
    Unit("week", 1, 7),
    *(Unit("month", step, step * 30.4) for step in (1, 3)),
    *(Unit("year", step * power, step * power * 365.24) for power in (1, 10, 100, 1000, 10_000) for step in (1, 2, 5)),
)
"""From fine to coarse; each may be graduated by one before it."""
HOUR, DAY, MONTH, YEAR, DECADE, CENTURY = (UNITS[index] for index in (3, 7, 9, 11, 14, 17))


def fitting(days: float, times: bool) -> Unit:
    """The unit in whose wholes a stretch of time is best read; minutes only where times of day are known."""
    if days <= 2 and times:
        return HOUR
    if days <= 45:
        return DAY
    if days <= 450:
        return MONTH
    return next(
        (
            unit
            for unit in UNITS
            if unit.kind == "year" and unit.step in (1, 10, 100, 1000, 10_000) and days <= unit.days * 150
        ),
        UNITS[-1],
    )


def enlarged(days: float, times: bool) -> Unit:
    """The unit in whose wholes a magnifier shows a short stretch of time."""
    if days <= 2 and times:
        return next(unit for unit in UNITS if days <= unit.days * 8)
    if days <= 12:
        return DAY
    return MONTH if days <= 450 else fitting(days, times)


@dataclass(frozen=True, slots=True)
class Scale:
    """Days to mm, linear and unbroken."""

    first: float
    last: float
    top: float
    bottom: float
    unit: Unit
    """The scale begins and ends with one of these."""

    def y(self, day: float) -> float:
        """Height of a moment."""
        return self.top + (day - self.first) * (self.bottom - self.top) / (self.last - self.first)

    def length(self, days: float) -> float:
        """Length of a span of days."""
        return days * (self.bottom - self.top) / (self.last - self.first)

    def labelled(self, room: float) -> Unit:
        """The finest unit, the scale's own or coarser, whose beginnings are so far apart that a label fits."""
        coarser = UNITS[UNITS.index(self.unit) :]
        return next((unit for unit in coarser if self.length(unit.days) >= room), coarser[-1])

    def between(self, major: Unit, room: float) -> Unit | None:
        """The coarsest finer unit that divides a labelled one, if its beginnings are far enough apart to be seen."""
        finer = [unit for unit in UNITS[: UNITS.index(major)] if _divides(unit, major)]
        return next((unit for unit in reversed(finer) if self.length(unit.days) >= room), None)


def whole(first: float, last: float, top: float, bottom: float, unit: Unit) -> Scale:
    """A scale from a day to another, widened to whole units."""
    start, end = unit.start(first), unit.start(last)
    return Scale(start, end if end == last and end > start else unit.after(end), top, bottom, unit)


def _divides(unit: Unit, major: Unit) -> bool:
    if unit.kind == major.kind:
        return major.step % unit.step == 0
    return (unit.kind, major.kind) in {("minute", "day"), ("day", "week"), ("week", "month"), ("month", "year")}
