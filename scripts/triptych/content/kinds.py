"""The kinds of document, the editions and the sheets that there are: each list of them stands here alone.

A document is a record here, a module of the same name in `documents/`, a template and a stylesheet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Prints(StrEnum):
    """What of an article a document may print."""

    DECK = "deck"
    SHORT_DECK = "short deck"
    """The deck of the fact sheet, or the deck where the article has no other."""
    IN_BRIEF = "in brief"
    PROSE = "prose"
    FIGURES = "figures"
    EVENTS = "events"
    """Dates and headlines."""
    SUMMARIES = "summaries"
    """What each event was, below its headline."""
    ERAS = "eras"
    PARTIES = "parties"
    STATUS = "status"
    """Agreed, disputed and not known."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document."""

    name: str
    """Of its PDF, its module, its function, its template and its stylesheet: one word of small letters."""
    caption: str
    """What messages call it."""
    title: str
    """What its masthead calls it, where the words of a language have no other title for it."""
    prints: frozenset[Prints]
    options: tuple[str, ...] = ("paper", "theme")
    """The options of a build that change it: paper, sheet, larger, theme."""
    unread: tuple[str, ...] = ()
    """Content files that do not change it; its PDF carries none of them."""
    cost: int = 1
    """How long it takes, beside the others: on several cores the longest begins first."""


BRIEFING = Kind(
    name="briefing",
    caption="briefing",
    title="Research briefing",
    prints=frozenset(
        {
            *(Prints.DECK, Prints.IN_BRIEF, Prints.PROSE, Prints.FIGURES),
            *(Prints.EVENTS, Prints.PARTIES, Prints.STATUS),
        }
    ),
    cost=3,
)
FACTSHEET = Kind(
    name="factsheet",
    caption="fact sheet",
    title="Fact sheet",
    prints=frozenset({Prints.SHORT_DECK, Prints.FIGURES, Prints.EVENTS, Prints.STATUS}),
)
POSTER = Kind(
    name="poster",
    caption="poster",
    title="Timeline",
    prints=frozenset({Prints.DECK, Prints.EVENTS, Prints.SUMMARIES, Prints.ERAS}),
    options=("sheet", "larger", "theme"),
    unread=("positions.yaml",),
    cost=2,
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (BRIEFING, FACTSHEET, POSTER)}
"""Every document by its name, in the order in which commands print them."""


def printing(what: Prints) -> tuple[str, ...]:
    """The names of the documents that print something."""
    return tuple(name for name, kind in KINDS.items() if what in kind.prints)


class Edition(StrEnum):
    """An edition beside the documents themselves: the name of its folder."""

    MONO = "mono"
    LARGE = "large"
    TILES = "tiles"
    BOOKLET = "booklet"
    PAIR = "pair"
    HTML = "html"
    PRESS = "press"
    """Needs the ICC profile of a press."""


class Paper(StrEnum):
    """Sheet of the briefing and the fact sheet."""

    A4 = "a4"
    LETTER = "letter"


PAPERS: Mapping[Paper, tuple[float, float]] = {Paper.A4: (210, 297), Paper.LETTER: (215.9, 279.4)}
"""Width and height in mm of each paper."""
SHEETS: Mapping[str, tuple[float, float]] = {
    "a3": (297, 420),
    "tabloid": (279.4, 431.8),
    "a2": (420, 594),
    "arch-c": (457.2, 609.6),
    "18x24in": (457.2, 609.6),
    "a1": (594, 841),
    "arch-d": (609.6, 914.4),
    "24x36in": (609.6, 914.4),
    "a0": (841, 1189),
}
"""Width and height in mm of each sheet of the poster that has a name, the small first."""
