"""What stands in the margin of a briefing's first page: its contents, where there is room."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import takewhile

from triptych.compose.contents import beside
from triptych.compose.views import ArticleView
from triptych.content.prose import Block

LEAST_PAGES = 4
"""A briefing of this many pages has contents."""
BELOW = 2.0
"""Least white space below the contents, in mm."""
OPENING = 4000
"""Characters of prose that are sure to reach below the contents."""
_ACROSS = (' class="wide', ' class="turned')
"""In the HTML of a table that takes the margin too."""


def opening(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks of prose beside which the contents can stand."""
    return tuple(_opening(blocks))


def _opening(blocks: Sequence[Block]) -> Iterator[Block]:
    characters = 0
    for block in blocks:
        if characters > OPENING:
            return
        characters += len(block.html)
        yield block


def passages_beside(view: ArticleView, edges: Mapping[str, tuple[float, float]], page: float) -> frozenset[str] | None:
    """Names of the passages beside the contents; None where the first page, `page` mm high, has no room for them.

    `edges` are those of the measured `front`, `contents` and `prose`, in mm. No table or chart takes the margin there,
    and the prose must be as long as the contents.
    """
    blocks = opening(view.blocks)
    if "part-contents" not in edges or not blocks:
        return None
    (outer, end), (above, below) = edges["part-prose"], edges["part-contents"]
    heading = [edges[block.name][1] for block in blocks[: beside(blocks)] if block.name in edges]
    top = heading[-1] if heading else outer
    bottom = top + below - above + BELOW
    front = edges["part-front"][1] - edges["part-front"][0]
    if bottom > end or front + bottom - outer > page:
        return None
    passed = [*takewhile(lambda block: block.name not in edges or edges[block.name][0] < bottom, blocks)]
    if any(block.name in view.charts or mark in block.html for block in passed for mark in _ACROSS):
        return None
    return frozenset(block.name for block in passed if block.name)
