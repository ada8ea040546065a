"""Plain paragraphs of a briefing are measured with one word each, since the number of their lines follows from widths.

What templates/styles/briefing.css says of them is here too: the indent of their first line, and the size of raised
marks. A paragraph that is not sure is measured as it is.
"""

import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from markupsafe import Markup

from triptych.compose import movable
from triptych.content.prose import Block
from triptych.content.units import MM_PER_POINT
from triptych.design import faces, lines
from triptych.documents import margin
from triptych.documents.workshop import Workshop
from triptych.typeset import heights
from triptych.typeset.heights import Style, Unsure
from triptych.typeset.pages import Edges

INDENT = 1.25
"""Indent of a first line in em. A paragraph after a heading has none."""
RAISED = 0.7
"""Size of a raised mark as a share of that of its text."""
WORD = "a"
"""Stands for the text of a paragraph that is not measured."""
HOLDERS = ("part-prose", "section-prose")
"""Names of the elements that hold the prose."""
_PARAGRAPH = re.compile(r"(<p(?: [^>]*)?>)((?:(?!</?p[ >]).)*)(</p>)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """How the paragraphs of a briefing are set: their size and leading in pt, and the width of their column in mm."""

    workshop: Workshop
    size: float
    leading: float
    width: float

    def known(self, blocks: Sequence[Block]) -> Mapping[str, float]:
        """Heights of the paragraphs of the prose whose lines are known, in mm by their names.

        None in a short article, whose margin may be longer than its prose; none where a block takes the margin too, and
        stands below what is there.
        """
        if not self.workshop.shaped or len(margin.opening(blocks)) == len(blocks) or any(map(movable.clears, blocks)):
            return {}
        counted = ((block.name, self._lines(block)) for block in blocks)
        return {name: count * self.leading * MM_PER_POINT for name, count in counted if count}

    def _lines(self, block: Block) -> int:
        """Number of lines of a plain paragraph; 0 for any other block, and where it is not sure."""
        if not (found := _PARAGRAPH.fullmatch(str(block.html))):
            return 0
        html = str(self.workshop.composer.settled(found[2], self.workshop.view))
        with suppress(Unsure):
            counts = {self._counted(html, indent) for indent in (0.0, INDENT)}
            return counts.pop() if len(counts) == 1 else 0
        return 0

    def _counted(self, html: str, indent: float) -> int:
        style = Style(faces.PROSE, self.size, lines.REFERENCE * self.size, RAISED)
        inset = indent * self.size * MM_PER_POINT
        return heights.count(html, style, self.width, self.workshop.view.front.language, inset)


def shortened(blocks: Sequence[Block], known: Mapping[str, float]) -> Sequence[Block]:
    """The blocks of the prose with one word in each paragraph whose height is known."""
    return [_of_one_word(block) if block.name in known else block for block in blocks]


def _of_one_word(block: Block) -> Block:
    return replace(block, html=Markup(_PARAGRAPH.sub(rf"\g<1>{WORD}\g<3>", str(block.html))))


def stretched(edges: Mapping[str, tuple[float, float]], known: Mapping[str, float]) -> Edges:
    """Edges in mm that were measured so, by name, with each paragraph as high as it is, and what follows lower."""
    missing = {name: height - (edges[name][1] - edges[name][0]) for name, height in known.items()}
    ends = [(edges[name][1], height) for name, height in missing.items()]

    def lower(name: str, top: float, bottom: float) -> tuple[float, float]:
        more = before(bottom) if name in HOLDERS else before(top) + missing.get(name, 0.0)
        return top + before(top), bottom + more

    def before(place: float) -> float:
        return sum(height for end, height in ends if end <= place)

    return Edges({name: lower(name, *edge) for name, edge in edges.items()})
