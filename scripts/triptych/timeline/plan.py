"""The parts of a finished timeline layout: frame, marks, leaders, cards, magnifiers, eras.

Lengths are in mm. y counts from the top of the timeline's box; x counts outwards from a side's axis, so a left side is
the mirror image of a right side. Times are in days.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from triptych.content.dates import When
from triptych.timeline.scale import Unit

TOLERANCE = 1e-6
"""Lengths that differ by less than this, in mm, are equal: sums have rounding errors."""
FULL = 0.92
"""Largest share of the box that the cards of a side should fill."""


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
    """The box of a timeline and the columns of its sides. Lengths in mm."""

    width: float
    height: float
    axes: tuple[float, ...]
    """x of each side's axis, from the left of the box: first the right side, then the left side if there is one."""
    zone: tuple[float, float]
    """Start and end of the zone that leaders cross, outwards from an axis."""
    lens_axis: float
    """Distance of a magnifier's axis from the main axis, outwards."""
    number: float
    """Distance of the cards' inner edge, where the number stands, from the axis."""
    reach: float
    """Distance of the cards' outer edge from the axis."""
    gap: float
    """Least white space between two cards."""
    port: float
    """Distance from a card's top down to the end of its leader."""
    pitch: float
    """Marks that are closer together than this form a dense run."""
    lens_head: float
    """Height of a magnifier's heading."""
    lens_pad: float
    """White space above the first and below the last card of a magnifier."""
    open_zone: float
    """Length that the axis continues beyond the scale, for dates with an open start or end."""
    lane: float
    """Width of a lane of span marks."""
    least_mark: float
    """Least length of a span mark."""
    label: float
    """Height of a label of the scale."""
    lens_label: float
    """Height of a label of a magnifier's scale."""
    eras: float = 0.0
    """Distance of the inner edge of the strip of eras from the left of the box; 0 without eras."""
    lanes: int = 3
    """Most lanes of span marks beside one axis."""
    insets: tuple[float, float] = (0.0, 0.0)
    """White space between each end of the box and of the axis: cards may stand beyond the axis."""
    closeness: float = 1.0
    """Least white space between two cards of a magnifier, as a share of that between others."""

    bundle: float = 0.0
    """Least distance between two leaders where they enter the zone that they cross."""
    band: float = 0.0
    """How far a magnifier's ground reaches inwards of the axis, over the stretch that it shows."""
    stretch: float = 0.0
    """Height of the words that state the longest stretch without an entry, with their white space; 0 for none."""
    outlier: float = 0.0
    """Height that the words beside an outlier above the scale need; 0 where they do not stand there."""
    told: float = 0.0
    """Height of these words where they stand below its card instead; with neither, every event stands on the scale."""

    head: float = 0.0
    """Least height above the scale, where an outlier stands above that of another lane."""
    opens: tuple[bool, bool] = (False, False)
    """Whether the axis continues beyond the scale at either end for dates of other lanes."""
    light: bool = False
    """Whether the axis repeats that of the first lane: thinner, with short ticks."""

    @property
    def room(self) -> float:
        """Height of the axis with its open zones."""
        return self.height - sum(self.insets)

    @property
    def lens_gap(self) -> float:
        """Least white space between two cards of a magnifier."""
        return self.closeness * self.gap

    @property
    def unit(self) -> float:
        """Factor for the size of marks and ticks: 1 at the scale of A3."""
        return self.lane / LANE


class Shape(StrEnum):
    """How a mark shows what is known of its date."""

    DOT = "dot"
    """The date is known to the day."""
    WITHIN = "within"
    """The event happened once, at some moment within this span."""
    LASTED = "lasted"
    """The event lasted for this whole span."""
    TICK = "tick"
    """A magnifier shows this date in detail."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on an axis. Top and bottom are equal for a dot."""

    shape: Shape
    top: float
    bottom: float
    lane: int = 0
    """0 is on the axis; 1 and up lie on the axis's inner side."""
    dashed: bool = False
    """The date is approximate or uncertain."""
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Leader:
    """A line from a height on an axis (start) to a height beside a card (end)."""

    start: float
    end: float
    lane: int = 0
    """Lane of the mark at its start."""
    port: float | None = None
    """Height at which it enters the zone that leaders cross; None for that of its start."""

    @property
    def enters(self) -> float:
        """Height at which it enters the zone that leaders cross."""
        return self.start if self.port is None else self.port


@dataclass(frozen=True, slots=True)
class Card:
    """The place of an event's text."""

    id: str
    number: int
    top: float
    height: float
    in_lens: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """One graduation of a scale: its height and its day."""

    y: float
    day: float
    labelled: bool = False


@dataclass(frozen=True, slots=True)
class Graduation:
    """The graduations of a scale."""

    major: tuple[Tick, ...]
    minor: tuple[Tick, ...]
    unit: Unit
    """The unit of the labelled graduations."""


@dataclass(frozen=True, slots=True)
class Lens:
    """A magnifier: a stretch of the axis drawn larger, between top and bottom."""

    first: float
    last: float
    """First and last moment of the stretch, in days."""
    edges: tuple[Leader, Leader]
    """Lines from the ends of the stretch on the axis to the magnifier's top and bottom."""
    top: float
    bottom: float
    zoom: float
    """Length of a day in the magnifier, divided by its length on the axis."""
    axis: tuple[float, float]
    """Top and bottom of the magnifier's own axis."""
    graduation: Graduation
    marks: tuple[Mark, ...]
    leaders: tuple[Leader, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """Everything beside one axis."""

    marks: tuple[Mark, ...]
    leaders: tuple[Leader, ...]
    cards: tuple[Card, ...]
    lenses: tuple[Lens, ...]
    fill: float
    """Height of all cards and magnifiers with their gaps, as a share of the box's height."""
    drift: float
    """Largest vertical distance between an item's place on the axis (anchor) and the end of its leader (port)."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """An era along the spine, with the middle of its label."""

    label: str
    top: float
    bottom: float
    middle: float
    length: float
    """Length of the label along the spine."""
    lines: int = 1
    """Number of lines of the label."""
    leader: tuple[float, float] | None = None
    """Ends of the line beside a label that does not stand within its bracket."""
    open_start: bool = False
    open_end: bool = False


@dataclass(frozen=True, slots=True)
class Outlier:
    """An event far before all others: it stands above the scale, tied to it by a dotted line."""

    id: str
    mark: Mark
    foot: float
    """Height at which the scale begins."""
    first: float
    """Its first moment, in days."""
    days: float
    """Time from there to the start of the scale, in days."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The longest stretch without an entry, from mark to mark."""

    top: float
    bottom: float
    middle: float
    """Height of the middle of the words that state it."""
    days: float
    """Its length in days."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A finished timeline layout."""

    frame: Frame
    axis: tuple[float, float]
    """Top and bottom of the scale. Open zones lie beyond it."""
    graduation: Graduation
    sides: tuple[Side, ...]
    brackets: tuple[Bracket, ...] = ()
    outlier: Outlier | None = None
    stretch: Stretch | None = None

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards of all sides, in the order of their numbers."""
        return tuple(sorted((card for side in self.sides for card in side.cards), key=lambda card: card.number))

    @property
    def lenses(self) -> tuple[Lens, ...]:
        """The magnifiers of all sides."""
        return tuple(lens for side in self.sides for lens in side.lenses)

    @property
    def fill(self) -> float:
        """Fill of the fullest side, as a share of the box's height."""
        return max(side.fill for side in self.sides)

    @property
    def drift(self) -> float:
        """Largest distance between an anchor and its port on any side, in mm: the card farthest from its date."""
        return max(side.drift for side in self.sides)

    @property
    def lanes(self) -> int:
        """Number of lanes used on the inner side of an axis."""
        return max((mark.lane for side in self.sides for mark in side.marks), default=0)


class Overfull(Exception):
    """The cards do not fit the box."""

    def __init__(self, over: float) -> None:
        super().__init__(f"{over:.0f} mm over")
        self.over = over
        """Missing height in mm; infinite where the width is too small."""


class Crowded(Exception):
    """More spans overlap than there are lanes."""


@dataclass(frozen=True, slots=True)
class LabelledEra:
    """An era, with its label in one line and, if it has several words, in two."""

    date: When
    texts: tuple[str, ...]
    lengths: tuple[float, ...]
    """Length of each of these along the spine, in mm."""
