"""An article becomes drafts, one after the other, in a process that stays: drawn, then proven, unless a save comes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from triptych.build import inspection, pipeline
from triptych.compose.html import Composed, MeasuredPart
from triptych.compose.views import ArticleView
from triptych.content import disk, kin, pictures, read
from triptych.content.errors import OURS, Problem, TriptychError, of_system
from triptych.content.files import Files
from triptych.design.sheets import Sheet
from triptych.design.where import Templates
from triptych.documents.workshop import Document, Fit, Workshop
from triptych.guard import limits
from triptych.preview import places
from triptych.preview.news import Checked, Drawn, Failed, Finished, News, Placed, Proven, Refused, Task
from triptych.typeset.pages import Edges, Pages, Typesetter


class Superseded(BaseException):
    """Another draft is wanted: stop. A BaseException, so that no `except Exception` catches it."""


def work(tasks: Mapping[str, Task], pipe: Connection, wanted: Any) -> None:
    """Make a draft for each number and name received, until the pipe closes. The process ends when one takes too much.

    `wanted` is the number of the draft that is to be made: work on another one stops between two steps.
    """
    allowed = read.limits(next(iter(tasks.values())).folder)
    limits.hold(allowed)
    pipeline.settle()
    try:
        while True:
            number, name = pipe.recv()
            with limits.timed(allowed):
                whole = _draft(tasks[name], _Press(pipe, number, wanted))
            pipe.send(Finished(whole))
            limits.give_back()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return


@dataclass(frozen=True, slots=True)
class _Press:
    """Sends the news of one draft, unless another one is wanted."""

    pipe: Connection
    number: int
    wanted: Any

    def check(self) -> None:
        """Raise Superseded if another draft is wanted."""
        if self.wanted.value != self.number:
            raise Superseded

    def send(self, news: News) -> None:
        self.check()
        self.pipe.send(news)


def _draft(task: Task, press: _Press) -> bool:
    """Make a draft, and send its news. Returns whether it is whole, or was given up."""
    try:
        press.check()
        files, problems = inspection.problems(task.folder, task.templates, task.order.theme)
        press.send(Checked(problems))
        errors = [problem for problem in problems if not problem.warning]
        press.send(_drawn_anyway(task, press, files, errors) if errors else _drawn(task, press, files))
    except Superseded:
        return False
    except Exception as error:
        return _sent(press, Failed(_why(error, task.folder)))
    return True


def _why(error: Exception, folder: Path) -> str:
    """Why a draft failed, for the reader of the page."""
    if isinstance(error, TriptychError):
        return str(error)
    return (
        of_system(error, folder) if isinstance(error, OSError) else OURS.replace("the same command", "`triptych build`")
    )


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


def _sent(press: _Press, news: News) -> bool:
    try:
        press.send(news)
    except Superseded:
        return False
    return True


def _counted(errors: Sequence[Problem]) -> str:
    first = errors[0]
    rest = f"\n    and {len(errors) - 1} more" if len(errors) > 1 else ""
    return f"{first.path.name}{f', {first.cell}' if first.cell else f':{first.line}'}: {first.message}{rest}"


def _drafting(shop: Workshop, task: Task, press: _Press) -> Workshop:
    """The workshop, changed to stop at a newer save, and to send the pages before they are proven."""
    values = {one.name: getattr(shop, one.name) for one in fields(shop)}
    values["typesetter"] = _Stoppable(task.templates, kin.root(task.folder), shop.typesetter.tone, press)
    return _Drafting(**values, task=task, press=press)


class _Stoppable(Typesetter):
    def __init__(self, templates: Templates, article: Path, tone: str, press: _Press) -> None:
        super().__init__(templates, article, tone=tone)
        self._press = press

    def pages(self, composed: Composed) -> Pages:
        self._press.check()
        return super().pages(composed)


_Edges = Mapping[str, tuple[float, float]]
_Measure = tuple[MeasuredPart, tuple[object, ...], tuple[object, ...]]
"""A part, what is around it, and the state of its pictures. Equal ones have equal heights."""
_MOST_KNOWN = 2000
_known: dict[_Measure, _Edges] = {}
"""The heights of the parts that were measured last. Nothing else of their drafts stays in memory."""


def _measured(
    one: _Measure, measure: Callable[[], Mapping[str, tuple[float, float]]]
) -> Mapping[str, tuple[float, float]]:
    found = _known.pop(one, None) or measure()
    _known[one] = found
    while len(_known) > _MOST_KNOWN:
        del _known[next(iter(_known))]
    return found


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
            files = pictures.shown(part.html, kin.root(self.task.folder))
            if len(files) < part.html.count("<img"):  # the program drew one: no file says whether it has changed
                found |= measure()
            else:
                found |= _measured((part, around, disk.states(path.resolve() for path in files)), measure)
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
