"""What the processes of the preview send to its server. Imports nothing that loads slowly."""

from dataclasses import dataclass
from pathlib import Path

from triptych.build.order import Order
from triptych.content.errors import OURS, Problem, TriptychError, of_system
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
    where: str
    """Its file, and its line there or its cell, for a person."""
    editor: str
    """A link that opens it in an editor."""
    boxes: tuple[PageBox, ...] = ()
    """Empty for an era: the poster has no anchor for it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The problems of the article, as it is since a save."""

    number: int
    """Number of the save."""
    problems: tuple[Problem, ...] = ()
    failure: str = ""
    """Why it cannot be checked; otherwise empty."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(problem for problem in self.problems if not problem.warning)


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PDF of the pages to show, not yet proven."""

    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    """Width and height of each page, in mm."""
    fit: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Early:
    """The page in view, before the others are laid out."""

    page: int
    pdf: bytes
    """Has this page alone."""
    size: tuple[float, float]
    """Its width and height in mm."""


@dataclass(frozen=True, slots=True)
class Placed:
    """The places on the drawn pages."""

    places: str
    """The name of the document and each `Place`, as JSON: the server need not turn hundreds of them into text."""


@dataclass(frozen=True, slots=True)
class Proven:
    """The drawn pages have passed all checks."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there are no pages, or why the drawn pages must not be printed."""

    message: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The work on a draft has ended; it is whole, or was given up for something more urgent."""

    whole: bool


@dataclass(frozen=True, slots=True)
class Ended:
    """The process has ended by itself, and why."""

    message: str


News = Early | Drawn | Placed | Proven | Failed | Finished | Ended
"""What comes of a draft."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to make at each save."""

    folder: Path
    document: str
    order: Order
    templates: Templates


def why(error: Exception, where: object = "") -> str:
    """Why there are no pages or no checks, for the reader of the page; `where` for an error that names no file."""
    if isinstance(error, TriptychError):
        return str(error)
    return (
        of_system(error, where) if isinstance(error, OSError) else OURS.replace("the same command", "`triptych build`")
    )
