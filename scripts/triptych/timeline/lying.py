"""A timeline that lies on its side: time runs from left to right, and cards stand above and below a ruler.

It is a plan of two sides, turned: its y becomes x, and what lies outwards of its first axis lies below. So every
promise of a plan holds for it: no leader crosses another, and no card touches another. Lengths in mm.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from triptych.content.calendars import Calendar
from triptych.content.units import MM_PER_POINT
from triptych.timeline import drawing, labels
from triptych.timeline.columns import ERA_LEADING, TICK
from triptych.timeline.drawing import Drawing, Path
from triptych.timeline.labels import Label
from triptych.timeline.plan import Plan


@dataclass(frozen=True, slots=True)
class Ruler:
    """The words on a ruler: their type sizes in pt."""

    year: float
    era: float


_TURNED = {"M": "M", "L": "L", "H": "V", "V": "H", "h": "v", "v": "h", "a": "a", "Z": "Z"}
_PART = re.compile(r"([MLHVhvaZ])([^MLHVhvaZ]*)")


def timeline(plan: Plan, heights: Mapping[str, float], number: float) -> Drawing:
    """The drawing of a plan that lies on its side.

    `heights` are those of the cards in mm, by event id: a leader to a card above the ruler runs up beside its text to
    its number, which is so high.
    """
    found = drawing.timeline(plan)
    foot = plan.frame.axes[1] - plan.frame.number
    risers = (
        Path("leader", f"M{_n(leader.end)} {_n(foot + plan.frame.unit)}V{_n(foot - heights[card.id] + number)}")
        for leader, card in zip(plan.sides[1].leaders, plan.sides[1].cards, strict=True)
    )
    turned = (replace(path, d=_turned(path.d)) for path in found.paths)
    return Drawing(0.0, 0.0, plan.frame.height, plan.frame.width, found.stroke, (*turned, *risers))


def _turned(d: str) -> str:
    """Path data with x and y exchanged."""
    return "".join(f"{_TURNED[sign]}{_exchanged(sign, numbers)}" for sign, numbers in _PART.findall(d))


def _exchanged(sign: str, numbers: str) -> str:
    if sign in "ML":
        x, y = numbers.split(" ")
        return f"{y} {x}"
    if sign == "a":
        *arc, x, y = numbers.split(" ")
        return " ".join((*arc, y, x))
    return numbers


OF_TICK, OF_TICK_RTL = 1.0, 2.4
"""White space between a tick and its words, at the scale of A3, in mm: letters of Arabic reach out of their width."""


LOWER_RTL = 0.13
"""Such words stand lower by this share of their size: an alef with a hamza is higher than a capital."""


def ruler_labels(plan: Plan, ruler: Ruler, calendar: Calendar) -> Iterator[Label]:
    """The words on the ruler: years below their ticks of the upper edge, eras above their brackets."""
    unit, upper = plan.frame.unit, plan.frame.axes[1]
    height = ruler.year * MM_PER_POINT
    mirrored = calendar.locale.text_direction == "rtl"
    white, top = (OF_TICK_RTL * unit, LOWER_RTL * height) if mirrored else (OF_TICK * unit, 0.0)
    for tick, text in labels.texts(plan.graduation, calendar):
        yield Label("year", text, tick.y + white, upper + TICK * unit * 0.6 + top, 0.0, height, size=ruler.year)
    for bracket in plan.brackets:
        height = bracket.lines * ruler.era * MM_PER_POINT * ERA_LEADING
        left, top = bracket.middle - bracket.length / 2, plan.frame.eras - 3.2 * unit - height
        yield Label("era-flat", bracket.label, left, top, bracket.length, height, "center", ruler.era)


def _n(value: float) -> str:
    return f"{round(value, 3) + 0.0:g}"
