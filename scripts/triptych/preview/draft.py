"""An article becomes drafts of one document in a warm process: drawn first, proven after, given up for a newer save."""

import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache, partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.compose.html import Composed, MeasuredPart
from triptych.compose.views import ArticleView
from triptych.content import read
from triptych.content.errors import OURS, ContentError, Problem, TriptychError, of_system
from triptych.design.sheets import Sheet
from triptych.design.where import Templates
from triptych.documents.workshop import Document, Fit, Workshop
from triptych.preview import places
from triptych.preview.places import Place
from triptych.typeset.pages import Edges, Pages, Typesetter


class Superseded(BaseException):
    """A newer save makes the work needless; not an error, so that nothing takes it for one."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with the article."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A PDF of the pages to look at, not yet proven."""

    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    """Of each page, in mm."""
    fit: str
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """What the drawn pages print, and where."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Proven:
    """Nothing is lost on the drawn pages."""


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there are no pages, or why those drawn may not be printed."""

    message: str


News = Checked | Drawn | Placed | Proven | Failed


@dataclass(frozen=True, slots=True)
class Task:
    """What a process makes over and over."""

    folder: Path
    document: str
    order: Order
    templates: Templates


def work(task: Task, orders: Connection, newest: Any) -> None:
    """Make a draft for each number that comes, until there is nobody left to send one.

    `newest` is the number of the newest save: the work on an older one is given up between two steps.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipeline.settle()
    try:
        while True:
            number = orders.recv()
            _draft(task, _Press(orders, number, newest))
    except (EOFError, BrokenPipeError):
        return


@dataclass(frozen=True, slots=True)
class _Press:
    """Sends news of one save, unless there is a newer one."""

    orders: Connection
    number: int
    newest: Any

    def hold(self) -> None:
        """Go on, or give up. Raises Superseded."""
        if self.newest.value != self.number:
            raise Superseded

    def tell(self, news: News) -> None:
        self.hold()
        self.orders.send((self.number, news))


def _draft(task: Task, press: _Press) -> None:
    try:
        press.hold()
        shop = pipeline.workshop(task.folder, task.order, task.templates)
        press.tell(Checked(shop.warnings))
        pipeline.require(shop, task.document)
        pipeline.DOCUMENTS[task.document](_drafting(shop, task, press))
        press.tell(Proven())
    except Superseded:
        return
    except ContentError as error:
        _tell(press, Checked(error.problems), Failed(_counted(error.problems)))
    except TriptychError as error:
        _tell(press, Failed(str(error)))
    except OSError as error:
        _tell(press, Failed(of_system(error, task.folder)))
    except Exception:
        _tell(press, Failed(OURS.replace("the same command", "`triptych build`")))


def _tell(press: _Press, *news: News) -> None:
    try:
        for one in news:
            press.tell(one)
    except Superseded:
        return


def _counted(problems: Sequence[Problem]) -> str:
    errors = [problem for problem in problems if not problem.warning]
    first = errors[0]
    rest = f"\n    and {len(errors) - 1} more" if len(errors) > 1 else ""
    return f"{first.path.name}:{first.line}: {first.message}{rest}"


def _drafting(shop: Workshop, task: Task, press: _Press) -> Workshop:
    """The workshop, stopping where there is a newer save, and telling of pages before they are proven."""
    values = {one.name: getattr(shop, one.name) for one in fields(shop)}
    values["typesetter"] = _Stoppable(task.templates, task.folder, press.hold)
    return _Drafting(**values, task=task, press=press)


class _Stoppable(Typesetter):
    def __init__(self, templates: Templates, article: Path, hold: Callable[[], None]) -> None:
        super().__init__(templates, article)
        self._hold = hold

    def pages(self, composed: Composed) -> Pages:
        self._hold()
        return super().pages(composed)


@dataclass(frozen=True, slots=True)
class _Measure:
    """How to measure a part, and all that its heights depend on but pictures."""

    part: MeasuredPart
    around: tuple[object, ...]
    measure: Callable[[], Mapping[str, tuple[float, float]]] = field(compare=False)


@lru_cache(maxsize=2000)
def _measured(one: _Measure) -> Mapping[str, tuple[float, float]]:
    return one.measure()


@dataclass(frozen=True)
class _Drafting(Workshop):
    task: Task
    press: _Press

    def edges(
        self, name: str, view: ArticleView, sheet: Sheet, properties: Mapping[str, str], parts: Sequence[MeasuredPart]
    ) -> Mapping[str, tuple[float, float]]:
        """As a build measures them, but each part alone, and only once while nothing of it changes."""
        around = (name, view.front.language, sheet, tuple(properties.items()), self.typesetter.styled)
        found = Edges()
        for part in parts:
            measure = partial(super().edges, name, view, sheet, properties, [part])
            found |= measure() if "<img" in part.html else _measured(_Measure(part, around, measure))
        return found

    def written(self, name: str, pages: Pages, notes: Sequence[str], fit: Fit) -> Document:
        self.press.hold()
        self.press.tell(Drawn(self.typesetter.sketch(pages), tuple(pages.sizes()), fit.words, tuple(notes)))
        files, _ = read.files(self.task.folder)
        self.press.tell(Placed(places.places(files, name, places.boxes(pages))))
        return super().written(name, pages, notes, fit)

    def proven(self, name: str, pages: Pages, pdf: bytes) -> None:
        self.press.hold()
        super().proven(name, pages, pdf)
