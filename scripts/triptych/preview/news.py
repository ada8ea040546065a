"""What the process that makes the drafts sends to the server. Imports nothing that loads slowly."""

from dataclasses import dataclass
from pathlib import Path

from triptych.build.order import Order
from triptych.content.errors import Problem
from triptych.design.where import Templates


@dataclass(frozen=True, slots=True)
class PageBox:
    """A box on a printed page: page number from 1, and edges in mm from the page's upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """Something that prints: where it is written, and where it prints."""

    kind: str
    """Kind of the claim, passage or source."""
    name: str
    text: str
    file: str
    line: int
    """Line in the file, from 1."""
    cell: str
    """Its cell in a table; otherwise empty."""
    boxes: tuple[PageBox, ...] = ()
    """Empty for an era: the poster has no anchor for it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The problems of the article."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PDF of the pages to show, not yet proven."""

    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    """Width and height of each page, in mm."""
    fit: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """The places on the drawn pages."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Proven:
    """The drawn pages have passed all checks."""


@dataclass(frozen=True, slots=True)
class Refused:
    """The drawn pages are the newest, and a build would not write them: the article has errors."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there are no pages, or why the drawn pages must not be printed."""

    message: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The work on a draft has ended; it is whole, or was given up for something more urgent."""

    whole: bool


News = Checked | Drawn | Placed | Proven | Refused | Failed | Finished


@dataclass(frozen=True, slots=True)
class Task:
    """A document to make at each save."""

    folder: Path
    document: str
    order: Order
    templates: Templates
