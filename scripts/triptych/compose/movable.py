"""Blocks of the prose that a page may print elsewhere or smaller: pictures, charts and short tables."""

import re
from collections.abc import Sequence
from dataclasses import replace

from markupsafe import Markup

from triptych.compose.tables import ends_with_colon, introduces, is_short
from triptych.content.prose import Block
from triptych.design.sheets import mm

_BEGINS = re.compile(r"^<(\w+)")
_CLEARS = re.compile(r'class="[^"]*\b(?:across-page|wide|turned|with-side)\b')
_INTRODUCES = re.compile(r'^<p class="introduces"')


def measurable(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks, each with a name by which its place is measured, and so for the caption of a picture."""
    return tuple(_named(block, number) for number, block in enumerate(blocks))


def _named(block: Block, number: int) -> Block:
    html = str(block.html).replace("<figcaption", f'<figcaption id="{caption(number)}"', 1)
    if block.name:
        return replace(block, html=Markup(html))
    name = f"block:{number}"
    return Block(name, Markup(_BEGINS.sub(rf'<\1 id="{name}"', html)))


def caption(number: int) -> str:
    """The name of the caption of the block with this number."""
    return f"caption:{number}"


def is_picture(block: Block) -> bool:
    """Whether a block is a picture with its caption."""
    return block.html.startswith("<figure")


def is_heading(block: Block) -> bool:
    """Whether a block is a heading."""
    return block.html.startswith("<h") and not block.html.startswith("<hr")


def is_tied(block: Block) -> bool:
    """Whether a paragraph says what comes next, with a colon."""
    return introduces(block) and ends_with_colon(block)


def is_across(block: Block) -> bool:
    """Whether a block is a table that takes the margin too."""
    return is_short(block) and 'class="' in block.html and " wide" in block.html.split(">", 1)[0]


def clears(block: Block) -> bool:
    """Whether a block takes the margin too, or may: it stands below what the margin holds."""
    return bool(_CLEARS.search(block.html))


def smaller(block: Block, height: float) -> Block:
    """A picture of at most so many mm."""
    return replace(block, html=Markup(str(block.html).replace("<figure", f'<figure style="{_height(height)}"', 1)))


def _height(height: float) -> str:
    return f"--picture-height: {mm(height)}"


def apart(block: Block) -> Block:
    """A paragraph that need not stay with the block after it."""
    return replace(block, html=Markup(_INTRODUCES.sub("<p", str(block.html))))
