"""The kinds of document, the editions and the sheets. Each list exists only here.

A document consists of a record here, a module of the same name in `documents/`, a template and a style sheet.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Literal


class Prints(StrEnum):
    """The parts of an article that a document may print."""

    DECK = "deck"
    SHORT_DECK = "short deck"
    """The deck for the fact sheet; if the article has none, its deck."""
    IN_BRIEF = "in brief"
    PROSE = "prose"
    CHARTS = "charts"
    """Their words and numbers; a chart says itself in which documents besides the briefing it is printed."""
    FIGURES = "figures"
    EVENTS = "events"
    """Dates and headlines."""
    SUMMARIES = "summaries"
    """The summary of each event, below its headline."""
    ERAS = "eras"
    PARTIES = "parties"
    STATUS = "status"
    """Agreed, disputed and not known."""
    METHOD = "method"
    """The method and the corrections."""
    COLOPHON = "colophon"
    """Publisher, number, version, licence and the text that the article was written from."""
    PLACE = "place"
    """Who hands it out, and how to reach them."""
    QUESTIONS = "questions"
    """On the back of the fact sheet: an edition prints them, and no document."""
    LANES = "lanes"
    PICTURES = "pictures"
    """Those of events; the picture of the article is on every document."""


TABLES = (".csv", ".xlsx", ".ods")
"""The endings of the tables that can stand in the place of a YAML file."""
HEADS = ("article.md", *(f"timeline{ending}" for ending in (".yaml", *TABLES)))
"""The files of which an article has at least one."""
TEXTS = ("article.md", *(f"{stem}.yaml" for stem in ("timeline", "figures", "charts", "positions", "sources")))
"""The files of texts that a translation may have."""
Unread = Literal["positions"]
"""A content file that a document can do without, without its ending: no other number of a source depends on it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document."""

    name: str
    """Name of its PDF, module, function, template and style sheet: one word of small letters."""
    caption: str
    """Its name in messages."""
    title: str
    """Its name in the masthead, if the words of the language have no name for it."""
    prints: frozenset[Prints]
    needs: frozenset[Prints]
    """The parts of an article of which it needs one."""
    lacks: str
    """Why it cannot be made from an article that has none of them."""
    options: tuple[str, ...] = ("paper", "theme")
    """The options of a build that affect it: paper, sheet, larger, theme."""
    unread: tuple[Unread, ...] = ()
    """Content files that do not affect it. Its PDF does not carry them."""
    cost: int = 1
    """Relative build time. On several cores, the slowest document starts first."""

    def reads(self, name: str) -> bool:
        """Whether a file in an article's folder affects it."""
        return not any(name.lower() == f"{stem}{ending}" for stem in self.unread for ending in (".yaml", *TABLES))


BRIEFING = Kind(
    name="briefing",
    caption="briefing",
    title="Research briefing",
    prints=frozenset(
        {
            *(Prints.DECK, Prints.IN_BRIEF, Prints.PROSE, Prints.CHARTS, Prints.FIGURES),
            *(Prints.EVENTS, Prints.PARTIES, Prints.STATUS, Prints.METHOD, Prints.COLOPHON),
        }
    ),
    needs=frozenset({Prints.PROSE, Prints.PARTIES}),
    lacks="the article has no prose and no parties",
    cost=3,
)
FACTSHEET = Kind(
    name="factsheet",
    caption="fact sheet",
    title="Fact sheet",
    prints=frozenset({Prints.SHORT_DECK, Prints.FIGURES, Prints.EVENTS, Prints.STATUS, Prints.COLOPHON, Prints.PLACE}),
    needs=frozenset({Prints.IN_BRIEF, Prints.PROSE, Prints.FIGURES, Prints.EVENTS, Prints.STATUS}),
    lacks="the article has no prose, no sentences in brief, no figures, no events and no status lines",
)
POSTER = Kind(
    name="poster",
    caption="poster",
    title="Timeline",
    prints=frozenset(
        {
            *(Prints.DECK, Prints.EVENTS, Prints.SUMMARIES, Prints.ERAS, Prints.LANES, Prints.PICTURES),
            *(Prints.COLOPHON, Prints.PLACE),
        }
    ),
    needs=frozenset({Prints.EVENTS}),
    lacks="the article has no events",
    options=("sheet", "larger", "theme"),
    unread=("positions",),
    cost=2,
)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (BRIEFING, FACTSHEET, POSTER)}
"""Every document by name, in the order of the commands' output."""


@cache
def printing(what: Prints) -> tuple[str, ...]:
    """The names of the documents that print something."""
    return tuple(name for name, kind in KINDS.items() if what in kind.prints)


BANNER, USUAL_BANNER = "banner", "1200x420mm-banner"
"""The end of the name of a banner, on which time runs from left to right, and the size of one that names none."""
MOST_LANES = 4
"""Most lanes of events on a poster."""
ONE_INK = "mono"
"""The theme of editions in one ink."""
THEMES = ("almanac", "gazette")
"""The themes that come with Triptych: the names of their files in templates/themes."""


class Edition(StrEnum):
    """An edition in addition to the documents: the name of its folder."""

    MONO = "mono"
    LARGE = "large"
    TILES = "tiles"
    BOOKLET = "booklet"
    PAIR = "pair"
    DUPLEX = "duplex"
    HTML = "html"
    EPUB = "epub"
    DOCX = "docx"
    TEXT = "text"
    PRESS = "press"
    """For a print shop; needs the ICC profile of a press."""


class Paper(StrEnum):
    """Paper of the briefing and the fact sheet."""

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
"""Width and height in mm of each named sheet of the poster, from small to large."""
