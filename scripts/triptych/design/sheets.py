"""Sheets of paper and their sizes, in mm."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from triptych.content import kinds
from triptych.content.kinds import Paper
from triptych.content.units import MM_PER_INCH, MM_PER_POINT


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet. Width and height in mm."""

    width: float
    height: float
    banner: bool = False
    """Whether time runs from left to right on it."""

    @property
    def scale(self) -> float:
        """Factor for lengths of the A3 design: the short side divided by that of A3."""
        return min(self.width, self.height) / 297

    @property
    def landscape(self) -> bool:
        """Whether the sheet is wider than high."""
        return self.width > self.height


PAPERS: Mapping[Paper, Sheet] = {paper: Sheet(*size) for paper, size in kinds.PAPERS.items()}
SHEETS: Mapping[str, Sheet] = {name: Sheet(*size) for name, size in kinds.SHEETS.items()}
"""Sheets by name, from small to large."""


def sheet(name: str) -> Sheet:
    """The sheet with this name or size, such as a2, a2-landscape, 500x700mm, 20x30in or 1200x420mm-banner.

    The suffix `-landscape` turns the sheet on its side. `content.model` checks the form first; any other form raises
    ValueError.
    """
    if name.endswith(kinds.BANNER):
        size = kinds.USUAL_BANNER if name == kinds.BANNER else name
        return replace(sheet(size.removesuffix(f"-{kinds.BANNER}")), banner=True)
    upright = name.removesuffix("-landscape")
    found = SHEETS.get(upright)
    if found is None:
        width, height = (float(side) for side in upright[:-2].split("x"))
        factor = MM_PER_INCH if upright.endswith("in") else 1.0
        found = Sheet(width * factor, height * factor)
    return found if upright == name else Sheet(found.height, found.width)


@dataclass(frozen=True, slots=True)
class SourceColumns:
    """Columns for a list, of sources or of the events of an index. Lengths in mm."""

    count: int
    gap: float
    """White space between two columns."""
    live: float
    """Width between the margins."""

    @property
    def width(self) -> float:
        """Width of one column."""
        return (self.live - (self.count - 1) * self.gap) / self.count

    @property
    def step(self) -> float:
        """Distance from the left edge of one column to that of the next."""
        return self.width + self.gap

    @property
    def properties(self) -> dict[str, str]:
        """The columns as CSS custom properties."""
        return {"source-columns": f"{self.count}", "source-gap": mm(self.gap), "source-width": mm(self.width)}


POSTER_MARGIN = 15.0
"""Margin of a poster at the scale of A3, in mm."""


def sans_width(characters: int, size: float) -> float:
    """Upper estimate in mm of the width of a text in our sans, from its length and its type size in pt."""
    return characters * 0.54 * size * MM_PER_POINT


def mm(length: float) -> str:
    """A length in mm as CSS text, rounded to a micrometre."""
    return f"{round(length, 3):g}mm"
