"""Sheets and their sizes, in mm."""

from collections.abc import Mapping
from dataclasses import dataclass

from triptych.content import kinds
from triptych.content.kinds import Paper
from triptych.content.units import MM_PER_INCH, MM_PER_POINT


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


PAPERS: Mapping[Paper, Sheet] = {paper: Sheet(*size) for paper, size in kinds.PAPERS.items()}
SHEETS: Mapping[str, Sheet] = {name: Sheet(*size) for name, size in kinds.SHEETS.items()}
"""Sheets by name, the small first."""


def sheet(name: str) -> Sheet:
    """A sheet by its name, with `-landscape` where it lies on its side, or by its size in mm or inches.

    For example a2, a2-landscape, 500x700mm or 20x30in. The model has checked the form.
    """
    upright = name.removesuffix("-landscape")
    found = SHEETS.get(upright)
    if found is None:
        width, height = (float(side) for side in upright[:-2].split("x"))
        factor = MM_PER_INCH if upright.endswith("in") else 1.0
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
    return characters * 0.54 * size * MM_PER_POINT


def mm(length: float) -> str:
    """A length in mm as CSS writes it, to a micrometre."""
    return f"{round(length, 3):g}mm"
