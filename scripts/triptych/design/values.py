"""The type of key figures: each value stands on one line of its room, in smaller type if need be."""

from collections.abc import Iterable
from dataclasses import dataclass

from triptych.design import faces
from triptych.design.faces import HEADLINES, Face

_DISPLAY = Face("Serif Display", 600, False, 48)
_STEP = 0.5
"""Step between two type sizes, in pt."""


@dataclass(frozen=True, slots=True)
class Room:
    """The room of a value."""

    width: float
    """In mm."""
    size: float
    """Type size of the design, in pt."""
    least: float
    """Smallest type size, in pt."""
    face: Face = _DISPLAY

    def holds(self, value: str) -> bool:
        """Whether a value fits on one line, at least in the smallest type."""
        return self._width(value, self.least) <= self.width

    def size_for(self, values: Iterable[str]) -> float:
        """The largest type size, in pt, in which each of these values fits that fits at all."""
        size = self.size
        for value in filter(self.holds, values):
            while self._width(value, size) > self.width:
                size -= _STEP
        return size

    def _width(self, value: str, size: float) -> float:
        return faces.width(value, self.face, size)


LEDGER = Room(27.0, 15, 13)
"""On the fact sheet, on the left of the label; a value that does not fit stands above its label."""
TRACKS = {"ledger": 26.0, "note": 41.0, "table": 44.0}
"""Width in mm of the track of a share: on the fact sheet, in the margin of the briefing, in its table."""
NOTE = Room(41.0, 19, 13)
"""In the margin of the briefing."""
TABLE = Room(22.5, 12, 10, HEADLINES)
"""In the first column of the briefing's table."""
WIDE_TABLE = Room(43.5, 12, 10, HEADLINES)
"""In the same column where a value is too wide for it."""
TABLE_PADDING = 1.5
"""Least white space after a value in the table, in mm."""


def table(values: Iterable[str]) -> Room:
    """The room of the first column of the table of these values."""
    return TABLE if all(map(TABLE.holds, values)) else WIDE_TABLE
