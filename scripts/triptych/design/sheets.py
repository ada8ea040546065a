"""Sheets and their sizes, in mm."""

from collections.abc import Mapping
from dataclasses import dataclass

from triptych.content.model import Paper

POINT = 25.4 / 72
"""One point in mm."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: width and height in mm."""

    width: float
    height: float

    @property
    def scale(self) -> float:
        """Factor for geometry: 1 for A3."""
        return min(self.width, self.height) / 297

    @property
    def landscape(self) -> bool:
        return self.width > self.height


PAPERS: Mapping[Paper, Sheet] = {Paper.A4: Sheet(210, 297), Paper.LETTER: Sheet(215.9, 279.4)}
SHEETS: Mapping[str, Sheet] = {
    "a3": Sheet(297, 420),
    "tabloid": Sheet(279.4, 431.8),
    "a2": Sheet(420, 594),
    "arch-c": Sheet(457.2, 609.6),
    "18x24in": Sheet(457.2, 609.6),
    "a1": Sheet(594, 841),
    "arch-d": Sheet(609.6, 914.4),
    "24x36in": Sheet(609.6, 914.4),
    "a0": Sheet(841, 1189),
}
"""Sheets by name, the small first."""


def sheet(name: str) -> Sheet:
    """A sheet by its name, with `-landscape` where it lies on its side, or by its size in mm or inches.

    For example a2, a2-landscape, 500x700mm or 20x30in. The model has checked the form.
    """
    upright = name.removesuffix("-landscape")
    found = SHEETS.get(upright)
    if found is None:
        width, height = (float(side) for side in upright[:-2].split("x"))
        factor = 25.4 if upright.endswith("in") else 1.0
        found = Sheet(width * factor, height * factor)
    return found if upright == name else Sheet(found.height, found.width)


@dataclass(frozen=True, slots=True)
class SourceColumns:
    """Columns of sources between margins; lengths in mm."""

    count: int
    gap: float
    live: float
    """Width of all."""

    @property
    def width(self) -> float:
        return (self.live - (self.count - 1) * self.gap) / self.count

    @property
    def step(self) -> float:
        """From the left of one to that of the next."""
        return self.width + self.gap

    @property
    def properties(self) -> dict[str, str]:
        return {"source-columns": f"{self.count}", "source-gap": mm(self.gap), "source-width": mm(self.width)}


POSTER_MARGIN = 15.0


def sans_width(characters: int, size: float) -> float:
    """Width in mm that so much text in our sans takes at most, by its type size in pt."""
    return characters * 0.54 * size * POINT


def mm(length: float) -> str:
    """A length in mm as CSS writes it, to a micrometre."""
    return f"{round(length, 3):g}mm"
