"""A stretch of time becomes a scale: whole units from first to last day, with as many graduations as fit.

Pure functions. Times are days as in dates.py; lengths are mm. Units range from minutes to fifty thousand million years.
There is no year between 1 BCE and 1 CE, and graduations before the common era fall on round years (500 BC, not 501).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass

from triptych.content.dates import MINUTES, civil, ordinal


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of time: `step` minutes, days, weeks, months or years."""

    kind: str
    """minute, day, week, month or year."""
    step: int
    days: float
    """Its approximate length, in days."""

    def start(self, day: float) -> float:
        """The start of the unit that contains a moment, in days."""
        if self.kind == "minute":
            return math.floor(day * MINUTES / self.step + STEP_ROUNDING) * self.step / MINUTES
        if self.kind in ("day", "week"):
            return float(math.floor(day) - ((math.floor(day) - 1) % 7 if self.kind == "week" else 0))
        year, month, _ = civil(math.floor(day))
        if self.kind == "month":
            return float(ordinal(year, (month - 1) // self.step * self.step + 1, 1))
        return float(ordinal(_first_year(year, self.step), 1, 1))

    def after(self, start: float) -> float:
        """The start of the next unit, given the start of one, in days."""
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
        """The start of each unit from `first` to `last`, both included, in days."""
        day = self.start(first)
        while day <= last:
            if day >= first:
                yield day
            day = self.after(day)


STEP_ROUNDING = 1e-6
"""Tolerance in steps of minutes: a fraction of a day is not an exact number."""


def _first_year(year: int, step: int) -> int:
    """First year of a group of `step` years. Groups before the common era end with year 0, which is 1 BCE."""
    if year < 1:
        return 1 + (year - 1) // step * step
    return max(year // step * step, 1)


_POWERS = tuple(10**power for power in range(11))
"""Years in a unit: one to ten thousand million, since the universe is about 14 thousand million years old."""
UNITS = (
    *(Unit("minute", step, step / MINUTES) for step in (5, 15, 30, 60, 180, 360, 720)),
    Unit("day", 1, 1),
    Unit("week", 1, 7),
    *(Unit("month", step, step * 30.4) for step in (1, 3)),
    *(Unit("year", step * power, step * power * 365.24) for power in _POWERS for step in (1, 2, 5)),
)
"""All units, from fine to coarse. A unit can be divided by units before it."""
HOUR, DAY, MONTH, YEAR, DECADE, CENTURY = (UNITS[index] for index in (3, 7, 9, 11, 14, 17))


def years(step: int) -> Unit:
    """The unit of so many years: a power of ten, twice or five times one. Raises StopIteration for another number."""
    return next(unit for unit in UNITS if unit.kind == "year" and unit.step == step)


def fitting(days: float, times: bool) -> Unit:
    """The unit for a scale of this many days. `times`: whether times of day are known; only then is it an hour."""
    if days <= 2 and times:
        return HOUR
    if days <= 45:
        return DAY
    if days <= 450:
        return MONTH
    return next(
        (unit for unit in UNITS if unit.kind == "year" and unit.step in _POWERS and days <= unit.days * 150),
        UNITS[-1],
    )


def enlarged(days: float, times: bool) -> Unit:
    """The unit for a magnifier of this many days. `times`: whether times of day are known."""
    if days <= 2 and times:
        return next(unit for unit in UNITS if days <= unit.days * 8)
    if days <= 12:
        return DAY
    return MONTH if days <= 450 else fitting(days, times)


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps days to mm, linearly and without breaks."""

    first: float
    last: float
    """First and last moment, in days."""
    top: float
    bottom: float
    """Height of the first and last moment, in mm."""
    unit: Unit
    """The finest unit that its labels stand for."""

    def y(self, day: float) -> float:
        """Height of a moment, in mm."""
        return self.top + (day - self.first) * (self.bottom - self.top) / (self.last - self.first)

    def length(self, days: float) -> float:
        """Length of a span of days, in mm."""
        return days * (self.bottom - self.top) / (self.last - self.first)

    def days(self, length: float) -> float:
        """Days in a length of mm."""
        return length * (self.last - self.first) / (self.bottom - self.top)

    def labelled(self, room: float) -> Unit:
        """The finest unit, the scale's own or coarser, that leaves `room` mm for each label."""
        coarser = UNITS[UNITS.index(self.unit) :]
        return next((unit for unit in coarser if self.length(unit.days) >= room), coarser[-1])

    def between(self, major: Unit, room: float) -> Unit | None:
        """The coarsest finer unit that divides `major` and is at least `room` mm long; None if there is none."""
        finer = [unit for unit in UNITS[: UNITS.index(major)] if _divides(unit, major)]
        return next((unit for unit in reversed(finer) if self.length(unit.days) >= room), None)


def whole(first: float, last: float, top: float, bottom: float, unit: Unit) -> Scale:
    """A scale from `first` to `last` in days, widened to whole units. `top` and `bottom` in mm."""
    start, end = unit.start(first), unit.start(last)
    return Scale(start, end if end == last and end > start else unit.after(end), top, bottom, unit)


def _divides(unit: Unit, major: Unit) -> bool:
    if unit.kind == major.kind:
        return major.step % unit.step == 0
    return (unit.kind, major.kind) in {("minute", "day"), ("day", "week"), ("week", "month"), ("month", "year")}
