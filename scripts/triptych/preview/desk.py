"""A save makes drafts and checks, each in a process of its own; what they bring becomes events for the browser."""

import asyncio
import json
import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from triptych.content.errors import Problem
from triptych.pdf.pixels import Proof
from triptych.preview import links
from triptych.preview.helper import Helper
from triptych.preview.news import Checked, Drawn, Early, Ended, Failed, Finished, News, Placed, Task

RENEWED_AFTER, LATEST = 60, 120
"""Drafts after which another process makes the next ones: where nobody saves, and where somebody does."""
KEPT = 3
"""Number of versions of a document that the browser can still request."""


@dataclass(frozen=True, slots=True)
class EarlyPage:
    """A page that is shown before the others of its save."""

    version: int
    """Number of the save."""
    page: int
    size: tuple[float, float]
    """Its width and height in mm."""
    proof: Proof


@dataclass(slots=True)
class Draft:
    """The current state of one document."""

    task: Task
    number: int = 0
    """Number of the save that it is to be of."""
    done: int = 0
    """Number of the save of which the work has ended; 0 where it is to be made again."""
    is_new: bool = False
    """Whether the process that makes it has not made it yet, but another one has."""
    version: int = 0
    """Number of the save that the pages show; 0 without pages."""
    phase: str = "waiting"
    """waiting, setting, proving, proven, refused or failed."""
    message: str = ""
    """Why it failed; otherwise empty."""
    sizes: tuple[tuple[float, float], ...] = ()
    """Width and height of each page, in mm."""
    fit: str = ""
    notes: tuple[str, ...] = ()
    places: str = ""
    """The places on the pages, as the browser gets them; empty without pages."""
    proofs: dict[int, Proof] = field(default_factory=dict)
    """The PDFs of the last versions, by the number of the save."""
    page: int = 1
    """The page that is in view."""
    early: EarlyPage | None = None
    """The last page that came before the others."""

    @property
    def name(self) -> str:
        """Name of the document."""
        return self.task.document


@dataclass(frozen=True, slots=True)
class Job:
    """A draft that is being made."""

    one: Draft
    number: int
    """Number of the save that it is of."""
    again: bool = False
    """Whether its pages are shown already: a new process makes them again, and then knows what the next ones need."""


class Listener:
    """What a reader has not received yet: the last event of each kind, however slow the reader is."""

    def __init__(self) -> None:
        self._waiting: dict[str, str] = {}
        self._come = asyncio.Event()

    def put(self, kind: str, event: str) -> None:
        """Add an event in the place of an older one of its kind."""
        self._waiting.pop(kind, None)
        self._waiting[kind] = event
        self._come.set()

    async def events(self, seconds: float) -> str:
        """The waiting events, as soon as there is one; empty if none comes in so many seconds."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._come.wait(), seconds)
        self._come.clear()
        found, self._waiting = "".join(self._waiting.values()), {}
        return found


class Desk:
    """Keeps the drafts, sends work to the processes, and sends events to all subscribers.

    One process makes the drafts one after the other, those in view first: several would take its memory again each.
    Another one checks meanwhile: the problems of a save come before its pages, however long these take.
    """

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.drafts = {task.document: Draft(task) for task in tasks}
        self.closed = False
        self._wanted = multiprocessing.get_context("spawn").Value("Q", 0, lock=False)
        self._newest = self._rested = self._sent = self._made = 0
        self._job: Job | None = None
        self._maker = Helper(_load_drafts, ({task.document: task for task in tasks}, self._wanted), self._receive)
        self._checker = Helper(_load_checks, (tasks[0],), self._receive_checks)
        self._checked = Checked(0)
        self._checking = 0
        self._held: list[tuple[Job, News]] = []
        self._in_view: tuple[str, ...] = tuple(self.drafts)[:1]
        self._restart = False
        self._listeners: set[Listener] = set()

    # Events from outside.

    def saved(self) -> None:
        """An input has changed: make every draft again."""
        self._newest += 1
        for one in self.drafts.values():
            one.number, one.phase = self._newest, "setting"
        self._wanted.value = 0
        self._held.clear()
        self._next()
        self._check()
        self._send_state()

    def rest(self) -> None:
        """Some seconds have passed: if nobody has saved in them, another process can take its time to begin."""
        if self._rested == self._newest and not self._job and self._made >= RENEWED_AFTER:
            self._renew()
            self._next()
        self._rested = self._newest

    def outdated(self) -> None:
        """The program has changed: ask the reader to restart the preview."""
        self._restart = True
        self._send_state()

    def show(self, pages: Mapping[str, int]) -> None:
        """These pages of documents, by name, are in view now: make them first. Ignores unknown names."""
        self._in_view = tuple(name for name in pages if name in self.drafts) or self._in_view
        for name in pages.keys() & self.drafts.keys():
            self.drafts[name].page = pages[name]
        urgent = [name for name in self._in_view if self._is_outdated(self.drafts[name])]
        if self._job and urgent and self._job.one.name not in self._in_view:
            self._wanted.value = 0
        self._next()

    def close(self) -> None:
        """End the process and all event streams."""
        self.closed = True
        self._wanted.value = 0
        self._maker.end()
        self._checker.end()

    # Work.

    def _is_outdated(self, one: Draft) -> bool:
        return one.done != self._newest

    def _next(self) -> None:
        """Begin the next draft that is outdated, unless one is being made."""
        if self.closed or self._job:
            return
        ordered = [self.drafts[name] for name in dict.fromkeys((*self._in_view, *self.drafts))]
        outdated = [one for one in ordered if self._is_outdated(one)]
        if not outdated and self._made >= LATEST:
            self._renew()
        for one in (outdated or [one for one in ordered if one.is_new])[:1]:
            self._sent += 1
            self._wanted.value, self._job = self._sent, Job(one, self._newest, again=not outdated)
            self._maker.send((self._sent, one.name, one.page if one.name in self._in_view else 0))

    def _renew(self) -> None:
        """Begin another process for the drafts: Pango keeps some memory for each."""
        self._maker.end()
        self._made = 0
        for one in self.drafts.values():
            one.is_new = True

    def _receive(self, news: News) -> None:
        """Take what the process of the drafts brings."""
        if self._job and isinstance(news, Finished | Ended):
            self._finish(self._job, news)
        elif self._job:
            self._take(self._job, news)
        self._next()
        self._send_state()

    def _check(self) -> None:
        """Begin to check the newest save, unless it is checked, or an older one is being checked."""
        if not self.closed and not self._checking and self._checked.number != self._newest:
            self._checking = self._newest
            self._checker.send(self._newest)

    def _receive_checks(self, news: Checked | Ended) -> None:
        """Take what the process of the checks brings: that of the newest save lets out what waits for it."""
        number, self._checking = self._checking, 0
        if number == self._newest:
            self._checked = Checked(number, failure=news.message) if isinstance(news, Ended) else news
            held, self._held = self._held, []
            for job, one in held:
                self._take(job, one)
            self._send_state()
        self._check()

    def _finish(self, job: Job, news: Finished | Ended) -> None:
        """The work on a draft has ended."""
        if isinstance(news, Ended):
            self._take(job, Failed(news.message))
        job.one.done = 0 if news == Finished(whole=False) else job.number
        job.one.is_new = False
        self._job = None
        self._made += 1

    def _take(self, job: Job, news: News) -> None:
        """Show what a draft brings, unless a newer save has come; not before the problems of its own."""
        one, number = job.one, job.number
        if number != self._newest or job.again:
            return
        if self._checked.number != number:
            self._held.append((job, news))
        elif isinstance(news, Early):
            one.early = EarlyPage(number, news.page, news.size, Proof(news.pdf))
        elif isinstance(news, Drawn):
            one.proofs[number] = Proof(news.pdf)
            for old in sorted(one.proofs)[:-KEPT]:
                del one.proofs[old]
            one.version, one.phase, one.message = number, "proving", ""
            one.sizes, one.fit, one.notes = news.sizes, news.fit, news.notes
        elif isinstance(news, Placed):
            one.places = news.places
            self._send(*_places(one))
        else:
            one.phase, one.message = self._judged(news)
            one.early = None if one.phase == "failed" else one.early

    def _judged(self, news: News) -> tuple[str, str]:
        """The last phase of a draft, and its message: of a failure, an error of the article is the likely cause."""
        if stopped := self._checked.failure:
            return "failed", stopped
        errors = self._checked.errors
        if isinstance(news, Failed):
            return "failed", _counted(errors) if errors else news.message
        return "refused" if errors else "proven", ""

    # Events to the browser.

    def subscription(self) -> Listener:
        """A new reader of server-sent events. The first one is the current state."""
        listener = Listener()
        self._listeners.add(listener)
        listener.put("state", self._state())
        for one in self.drafts.values():
            if one.places:
                listener.put(*_places(one))
        return listener

    def unsubscribe(self, listener: Listener) -> None:
        """Send a reader no more events."""
        self._listeners.discard(listener)

    def _send_state(self) -> None:
        self._send("state", self._state())

    def _send(self, kind: str, event: str) -> None:
        for listener in self._listeners:
            listener.put(kind, event)

    def _state(self) -> str:
        state = {
            "documents": [_state_of(one) for one in self.drafts.values()],
            "problems": [_problem(problem) for problem in self._checked.problems],
            "restart": self._restart,
        }
        return _event("state", json.dumps(state, ensure_ascii=False))


def _load_drafts() -> Callable[..., None]:
    from triptych.preview import draft

    return draft.work


def _load_checks() -> Callable[..., None]:
    from triptych.preview import checks

    return checks.work


def _counted(errors: Sequence[Problem]) -> str:
    """The first error, and how many more there are."""
    first = errors[0]
    rest = f"\n    and {len(errors) - 1} more" if len(errors) > 1 else ""
    return f"{first.path.name}{f', {first.cell}' if first.cell else f':{first.line}'}: {first.message}{rest}"


def _state_of(one: Draft) -> dict[str, Any]:
    early = one.early if one.early and one.early.version > one.version else None
    return {
        "name": one.name,
        "version": one.version,
        "newest": one.version == one.number,
        "phase": one.phase,
        "message": one.message,
        "sizes": one.sizes,
        "early": early and {"version": early.version, "page": early.page, "size": early.size},
        "fit": one.fit,
        "notes": one.notes,
    }


def _problem(problem: Problem) -> dict[str, Any]:
    where, editor = links.written(problem.path, problem.line, problem.column, problem.cell)
    texts = {"code": problem.code, "message": problem.message, "hint": problem.hint, "warning": problem.warning}
    return texts | {"where": where, "editor": editor}


def _places(one: Draft) -> tuple[str, str]:
    """The event of the places of a document, after its kind."""
    return f"places {one.name}", _event("places", one.places)


def _event(name: str, data: str) -> str:
    """A server-sent event with a line of JSON."""
    return f"event: {name}\ndata: {data}\n\n"
