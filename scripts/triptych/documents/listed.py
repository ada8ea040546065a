"""Heights of numbered sources from the lines of their texts: what templates/styles/sources.css says.

A source whose text is not sure has no such height: the typesetter measures it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from markupsafe import Markup

from triptych.compose.html import MeasuredPart
from triptych.content.cite import Source
from triptych.content.units import MM_PER_POINT
from triptych.design import faces
from triptych.design.sheets import SourceColumns, mm
from triptych.documents.workshop import Workshop
from triptych.typeset import heights
from triptych.typeset.heights import Style, Unsure

NUMBER = 2.1
"""Width of the number before a source, in em."""
DIGITS = 3
"""Most digits for which that is wide enough."""
_ITEM = re.compile(r'<ol class="sources">\s*<li id="[^"]*"><span class="number">(\d+) </span>(.*)</li>\s*</ol>')


@dataclass(frozen=True, slots=True)
class Listing:
    """How a list of sources is set: its columns, and its size and leading in pt."""

    workshop: Workshop
    columns: SourceColumns
    size: float
    leading: float
    below: float = 0.0
    """White space below each source, in pt."""
    short: bool = False
    """Whether each is printed in short."""

    def parts(self, sources: Sequence[Source]) -> Iterator[MeasuredPart]:
        """The sources to measure, each as the list prints it, with the heights that are sure."""
        for source in sources:
            html = self.workshop.composer.part("sources", "measured_source", source, self.short)
            part = MeasuredPart(f"source-{source.key}", html, mm(self.columns.width))
            lines = self._lines(html)
            height = (lines * self.leading + self.below) * MM_PER_POINT if lines else None
            yield replace(part, height=height)

    def known(self, sources: Sequence[Source]) -> Mapping[str, float]:
        """Heights of the sources that are sure, without the white space below, in mm by the names of their elements."""
        below = self.below * MM_PER_POINT
        return {part.name: part.height - below for part in self.parts(sources) if part.height is not None}

    def _lines(self, html: Markup) -> int:
        """Number of lines of a source; 0 if it is not sure."""
        view = self.workshop.view
        item = _ITEM.fullmatch(str(self.workshop.composer.settled(str(html), view)))
        if not self.workshop.shaped or not item or len(item[1]) > DIGITS:
            return 0
        width = self.columns.width - NUMBER * self.size * MM_PER_POINT
        with suppress(Unsure):
            return heights.count(item[2], Style(faces.TEXT, self.size), width, view.front.language)
        return 0
