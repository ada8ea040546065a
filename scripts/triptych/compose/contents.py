"""The headings of a briefing become its contents, for the margin of its first page."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from triptych.content.citations import CLASS
from triptych.content.prose import Block

_REFERENCES = re.compile(rf'\s*<span class="{CLASS}[^"]*">.*?</span>')
_HEADING = "<h2"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents."""

    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class ContentsView:
    """The contents, in the order of the pages."""

    title: str
    entries: tuple[Entry, ...]
    place: int
    """Number, from 0, of the block of prose beside which it stands."""


def named(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, in which each heading of the second level has a name, so that a page number can be given for it.

    A name with a colon is not one of a passage.
    """
    for number, block in enumerate(blocks):
        if block.name or not block.html.startswith(_HEADING):
            yield block
        else:
            name = f"heading:{number}"
            named = Markup(str(block.html).replace(_HEADING, f'{_HEADING} id="{name}"', 1))
            yield replace(block, name=name, html=named)


def contents(title: str, blocks: Sequence[Block], sections: Mapping[str, str]) -> ContentsView:
    """The contents of some prose, and of the sections after it: their titles by their anchors."""
    headings = [
        Entry(Markup(_REFERENCES.sub("", block.html)).striptags(), block.name)
        for block in blocks
        if block.html.startswith(_HEADING)
    ]
    after = (Entry(words, anchor) for anchor, words in sections.items())
    return ContentsView(title, (*headings, *after), beside(blocks))


def beside(blocks: Sequence[Block]) -> int:
    """Number, from 0, of the first block of prose that is no heading; it has the contents beside it."""
    return next((number for number, block in enumerate(blocks) if not block.html.startswith("<h")), 0)
