"""An article becomes drafts, one after the other, in a process that stays: drawn, then proven, unless a save comes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from triptych.build import pipeline
from triptych.compose.html import Composed, MeasuredPart
from triptych.compose.views import ArticleView
from triptych.content import disk, kin, pictures, read
from triptych.content.errors import ContentError
from triptych.content.files import Files
from triptych.design.sheets import Sheet
from triptych.design.where import Templates
from triptych.documents.workshop import Document, Fit, Workshop
from triptych.guard import limits
from triptych.preview import places
from triptych.preview.news import Drawn, Early, Failed, Finished, News, Placed, Proven, Task, why
from triptych.typeset.early import Wanted
from triptych.typeset.pages import Edges, Pages, Typesetter


class Superseded(BaseException):
    """Another draft is wanted: stop. A BaseException, so that no `except Exception` catches it."""


def work(tasks: Mapping[str, Task], wanted: Any, pipe: Connection) -> None:
    """Make a draft for each number, name and page in view received, until the pipe closes.

    The process ends when one takes too much.

    `wanted` is the number of the draft that is to be made: work on another one stops between two steps.
    """
    allowed = read.limits(next(iter(tasks.values())).folder)
    limits.hold(allowed)
    pipeline.settle()
    while True:
        number, name, page = pipe.recv()
        with limits.timed(allowed):
            whole = _draft(tasks[name], _Press(pipe, number, wanted, page))
        pipe.send(Finished(whole))
        limits.give_back()


@dataclass(frozen=True, slots=True)
class _Press:
    """Sends the news of one draft, unless another one is wanted."""

    pipe: Connection
    number: int
    wanted: Any
    page: int = 0
    """The page that is in view; 0 if the document is not."""

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
        press.send(_drawn(task, press))
    except Superseded:
        return False
    except Exception as error:
        return _sent(press, Failed(why(error, task.folder)))
    return True


def _drawn(task: Task, press: _Press) -> Proven:
    """Make the pages of what can be read of the article, and prove them. Raises ContentError if a file is lost."""
    files, problems = read.files(task.folder)
    if files.unread:
        raise ContentError(problems)
    shop = pipeline.prepared(files, (), task.order, task.templates)
    pipeline.require(shop, task.document)
    pipeline.DOCUMENTS[task.document](_drafting(shop, files, task, press))
    return Proven()


def _sent(press: _Press, news: News) -> bool:
    try:
        press.send(news)
    except Superseded:
        return False
    return True


def _drafting(shop: Workshop, files: Files, task: Task, press: _Press) -> Workshop:
    """The workshop, changed to stop at a newer save, and to send the pages before they are proven."""
    values = {one.name: getattr(shop, one.name) for one in fields(shop)}
    before = _before.get(task.document, _Before())
    setter = _Stoppable(task.templates, kin.root(task.folder), shop.typesetter.tone, press)
    if before.layouts == 1 and 0 < press.page <= before.pages > 1:
        setter.wanted = Wanted(press.page, before.pages, partial(_shown, press))
    values |= {"typesetter": setter, "numbers": before.starts}
    return _Drafting(**values, files=files, task=task, press=press)


def _shown(press: _Press, pdf: bytes, size: tuple[float, float]) -> None:
    press.send(Early(press.page, pdf, size))


@dataclass(frozen=True, slots=True)
class _Before:
    """What is known of a document by the draft before: most saves change none of it."""

    pages: int = 0
    layouts: int = 0
    """How many of its designs were laid out: where it was one, the first is likely to be the last again."""
    starts: Mapping[str, int] = field(default_factory=dict)
    """The page on which each anchor starts."""


_before: dict[str, _Before] = {}
"""By document."""


class _Stoppable(Typesetter):
    def __init__(self, templates: Templates, article: Path, tone: str, press: _Press) -> None:
        super().__init__(templates, article, tone=tone)
        self.wanted: Wanted | None = None
        """The page to show early, of the first layout."""
        self.layouts = 0
        self._press = press

    def pages(self, composed: Composed) -> Pages:
        self._press.check()
        self.layouts += 1
        return self.laid_out(composed, self.wanted if self.layouts == 1 else None)

    def edges(self, composed: Composed) -> Mapping[str, tuple[float, float]]:
        self._press.check()
        return super().edges(composed)


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
    typesetter: _Stoppable
    files: Files
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
        _before[name] = _Before(pages.count, self.typesetter.layouts, pages.starts())
        found = places.places(self.files, name, places.boxes(pages))
        self.press.send(Placed(places.as_json(name, found)))
        return super().written(name, pages, notes, fit)

    def proven(self, name: str, pages: Pages, pdf: bytes) -> None:
        self.press.check()
        super().proven(name, pages, pdf)
