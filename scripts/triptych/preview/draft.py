"""An article becomes drafts of one document, in a process that stays: drawn, then proven, unless a newer save comes."""

import signal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache, partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from triptych.build import inspection, pipeline
from triptych.build.pipeline import Order
from triptych.compose.html import Composed, MeasuredPart
from triptych.compose.views import ArticleView
from triptych.content import kin, read
from triptych.content.errors import OURS, Problem, TriptychError, of_system
from triptych.content.read import Files
from triptych.design.sheets import Sheet
from triptych.design.where import Templates
from triptych.documents.workshop import Document, Fit, Workshop
from triptych.preview import places
from triptych.preview.places import Place
from triptych.typeset.pages import Edges, Pages, Typesetter


class Superseded(BaseException):
    """A newer save has come: stop. A BaseException, so that no `except Exception` catches it."""


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


News = Checked | Drawn | Placed | Proven | Refused | Failed


@dataclass(frozen=True, slots=True)
class Task:
    """The document that a process makes at each save."""

    folder: Path
    document: str
    order: Order
    templates: Templates


def work(task: Task, pipe: Connection, newest: Any) -> None:
    """Make a draft for each number received, until the pipe closes.

    `newest` is the number of the newest save: work on an older save stops between two steps.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pipeline.settle()
    try:
        while True:
            number = pipe.recv()
            _draft(task, _Press(pipe, number, newest))
    except (EOFError, BrokenPipeError):
        return


@dataclass(frozen=True, slots=True)
class _Press:
    """Sends the news of one save, unless there is a newer one."""

    pipe: Connection
    number: int
    newest: Any

    def check(self) -> None:
        """Raise Superseded if there is a newer save."""
        if self.newest.value != self.number:
            raise Superseded

    def send(self, news: News) -> None:
        self.check()
        self.pipe.send((self.number, news))


def _draft(task: Task, press: _Press) -> None:
    try:
        press.check()
        files, problems = inspection.problems(task.folder, task.templates)
        press.send(Checked(problems))
        errors = [problem for problem in problems if not problem.warning]
        press.send(_drawn_anyway(task, press, files, errors) if errors else _drawn(task, press, files))
    except Superseded:
        return
    except TriptychError as error:
        _send(press, Failed(str(error)))
    except OSError as error:
        _send(press, Failed(of_system(error, task.folder)))
    except Exception:
        _send(press, Failed(OURS.replace("the same command", "`triptych build`")))


def _drawn(task: Task, press: _Press, files: Files) -> Proven:
    """Make the pages and prove them."""
    shop = pipeline.prepared(files, (), task.order, task.templates)
    pipeline.require(shop, task.document)
    pipeline.DOCUMENTS[task.document](_drafting(shop, task, press))
    return Proven()


def _drawn_anyway(task: Task, press: _Press, files: Files, errors: Sequence[Problem]) -> Refused | Failed:
    """Make the pages of what can be read of an article with errors, if a whole file is not lost by it."""
    if files.unread:
        return Failed(_counted(errors))
    try:
        _drawn(task, press, files)
    except Exception:  # the errors are shown, and each can be its cause
        return Failed(_counted(errors))
    return Refused()


def _send(press: _Press, *news: News) -> None:
    try:
        for one in news:
            press.send(one)
    except Superseded:
        return


def _counted(errors: Sequence[Problem]) -> str:
    first = errors[0]
    rest = f"\n    and {len(errors) - 1} more" if len(errors) > 1 else ""
    return f"{first.path.name}{f', {first.cell}' if first.cell else f':{first.line}'}: {first.message}{rest}"


def _drafting(shop: Workshop, task: Task, press: _Press) -> Workshop:
    """The workshop, changed to stop at a newer save, and to send the pages before they are proven."""
    values = {one.name: getattr(shop, one.name) for one in fields(shop)}
    values["typesetter"] = _Stoppable(task.templates, kin.root(task.folder), press.check)
    return _Drafting(**values, task=task, press=press)


class _Stoppable(Typesetter):
    def __init__(self, templates: Templates, article: Path, check: Callable[[], None]) -> None:
        super().__init__(templates, article)
        self._check_newest = check

    def pages(self, composed: Composed) -> Pages:
        self._check_newest()
        return super().pages(composed)


@dataclass(frozen=True, slots=True)
class _Measure:
    """How to measure a part. Equal values give equal heights, except for parts with pictures."""

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
        """The same edges as in a build, but measures each part alone, and caches the result."""
        own = view.front.language, self.composer.theme
        around = (name, own, sheet, tuple(properties.items()), self.typesetter.styled)
        found = Edges()
        for part in parts:
            measure = partial(super().edges, name, view, sheet, properties, [part])
            found |= measure() if "<img" in part.html else _measured(_Measure(part, around, measure))
        return found

    def written(self, name: str, pages: Pages, notes: Sequence[str], fit: Fit) -> Document:
        self.press.check()
        self.press.send(Drawn(self.typesetter.sketch(pages), tuple(pages.sizes()), fit.words, tuple(notes)))
        files, _ = read.files(self.task.folder)
        self.press.send(Placed(places.places(files, name, places.boxes(pages))))
        return super().written(name, pages, notes, fit)

    def proven(self, name: str, pages: Pages, pdf: bytes) -> None:
        self.press.check()
        super().proven(name, pages, pdf)
