"""The parts of a timeline laid out: its frame, marks, leaders, cards, magnifiers, eras.

Lengths are mm: y from the top of the timeline's box, x outwards from a side's axis, so that a left side is the mirror
of a right one. Times are days.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from triptych.content.dates import When
from triptych.timeline.scale import Unit

TOLERANCE = 1e-6
"""In mm: two lengths that differ by less are equal, since sums round."""


class Dated(Protocol):
    """What the spine needs of an event."""

    @property
    def id(self) -> str: ...

    @property
    def date(self) -> When: ...


LANE = 2.9
"""Width of a lane of span marks at the scale of A3, in mm."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The box of a timeline and the columns of its sides. Every length is in mm."""

    width: float
    height: float
    axes: tuple[float, ...]
    """x of each side's axis from the left of the box: the right side's, then the left side's where there is one."""
    zone: tuple[float, float]
    """Start and end of the zone that leaders cross, outwards from an axis."""
    lens_axis: float
    """A magnifier's own axis, outwards from the axis."""
    number: float
    """The cards' inner edge, where their number stands, outwards from the axis."""
    reach: float
    """The cards' outer edge, outwards from the axis."""
    gap: float
    """Least white between two cards."""
    port: float
    """From a card's top to the height at which its leader ends."""
    pitch: float
    """Marks nearer than this are a dense run."""
    lens_head: float
    """Height of a magnifier's heading."""
    lens_pad: float
    """White above the first and below the last card of a magnifier."""
    open_zone: float
    """Length of the axis beyond the scale for a date with an open start or end."""
    lane: float
    """Width of a lane of span marks."""
    least_mark: float
    """Least length of a span mark."""
    label: float
    """Height that a label of the scale takes."""
    lens_label: float
    """Height that a label of a magnifier's scale takes."""
    eras: float = 0.0
    """Width of the strip of eras at the left of the box."""

    @property
    def unit(self) -> float:
        """Factor for the size of marks and ticks: 1 for A3."""
        return self.lane / LANE


class Shape(StrEnum):
    """How a mark shows what is known of its date."""

    DOT = "dot"
    """Known to the day."""
    WITHIN = "within"
    """Happened once within this span."""
    LASTED = "lasted"
    """Lasted for this span."""
    TICK = "tick"
    """A date that a magnifier shows in full."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on an axis, from top to bottom; a dot has both the same."""

    shape: Shape
    top: float
    bottom: float
    lane: int = 0
    """0 is on the axis, 1 and up lie on its inner side."""
    dashed: bool = False
    """The date is approximate or uncertain."""
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Leader:
    """From a height on an axis to a height beside a card."""

    start: float
    end: float
    lane: int = 0
    """Lane of the mark that it starts from."""


@dataclass(frozen=True, slots=True)
class Card:
    """Where an event's text stands."""

    id: str
    number: int
    top: float
    height: float
    in_lens: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A graduation of a scale."""

    y: float
    day: float
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class Graduation:
    """The graduations of a scale."""

    major: tuple[Tick, ...]
    minor: tuple[Tick, ...]
    unit: Unit
    """The unit that is labelled."""


@dataclass(frozen=True, slots=True)
class Lens:
    """A magnifier: a stretch of the axis drawn larger, between top and bottom."""

    first: float
    last: float
    """The stretch, in days."""
    edges: tuple[Leader, Leader]
    top: float
    bottom: float
    zoom: float
    axis: tuple[float, float]
    graduation: Graduation
    marks: tuple[Mark, ...]
    leaders: tuple[Leader, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """All that stands beside one axis."""

    marks: tuple[Mark, ...]
    leaders: tuple[Leader, ...]
    cards: tuple[Card, ...]
    lenses: tuple[Lens, ...]
    fill: float
    """Height of all that stands there, as a share of the box."""
    drift: float
    """Largest distance between an anchor and its port."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """An era along the spine, and where the middle of its label stands."""

    label: str
    top: float
    bottom: float
    middle: float
    length: float
    """Length of the label along the spine."""
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A timeline laid out."""

    frame: Frame
    axis: tuple[float, float]
    """Top and bottom of the scale; open zones lie beyond it."""
    graduation: Graduation
    sides: tuple[Side, ...]
    brackets: tuple[Bracket, ...] = ()

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards of all sides, by number."""
        return tuple(sorted((card for side in self.sides for card in side.cards), key=lambda card: card.number))

    @property
    def lenses(self) -> tuple[Lens, ...]:
        return tuple(lens for side in self.sides for lens in side.lenses)

    @property
    def fill(self) -> float:
        """Fill of the fullest side."""
        return max(side.fill for side in self.sides)

    @property
    def drift(self) -> float:
        """Largest distance between an anchor and its port on any side, in mm."""
        return max(side.drift for side in self.sides)

    @property
    def lanes(self) -> int:
        """Lanes used on the inner side of an axis."""
        return max((mark.lane for side in self.sides for mark in side.marks), default=0)


class Overfull(Exception):
    """The cards do not fit the box."""

    def __init__(self, over: float) -> None:
        super().__init__(f"{over:.0f} mm over")
        self.over = over
        """How many mm are missing; infinite where the width is."""


class Crowded(Exception):
    """More spans lie beside each other than there are lanes."""


@dataclass(frozen=True, slots=True)
class LabelledEra:
    """A phase of the time shown, its label and the length that the label takes along the spine."""

    label: str
    date: When
    length: float
