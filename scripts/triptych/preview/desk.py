"""A save makes drafts, in a process of their own; what they bring becomes events for the browser."""

import asyncio
import json
import multiprocessing
import signal
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from triptych.content import kin
from triptych.content.errors import Problem, TriptychError, of_system
from triptych.pdf.pixels import Proof
from triptych.preview.news import Checked, Drawn, Failed, Finished, News, Place, Placed, Refused, Task

RENEWED_AFTER = 60
"""Drafts after which another process takes the place of the one that makes them, once all are made."""
KEPT = 3
"""Number of versions of a document that the browser can still request."""
ENDED = (
    "its process has ended: it takes more time or memory than it may, or a library stopped. "
    "Take out what you added last, and save: that starts it again"
)


@dataclass(slots=True)
class Draft:
    """The current state of one document."""

    task: Task
    number: int = 0
    """Number of the save that it is to be of."""
    done: int = 0
    """Number of the save of which the work has ended; 0 where it is to be made again."""
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
    places: tuple[Place, ...] = ()
    proofs: dict[int, Proof] = field(default_factory=dict)
    """The PDFs of the last versions, by the number of the save."""

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
    """Keeps the drafts, sends work to the process that makes them, and sends events to all subscribers.

    One process makes them one after the other, those in view first: several would take its memory again each.
    """

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.drafts = {task.document: Draft(task) for task in tasks}
        self.folder = kin.root(tasks[0].folder)
        self.closed = False
        self._context = multiprocessing.get_context("spawn")
        self._wanted = self._context.Value("Q", 0, lock=False)
        self._newest = self._sent = self._made = 0
        self._job: Job | None = None
        self._process: Any = None
        self._pipe: Any = None
        self._in_view: tuple[str, ...] = tuple(self.drafts)[:1]
        self._problems: tuple[Problem, ...] = ()
        self._restart = False
        self._listeners: set[Listener] = set()

    # Events from outside.

    def saved(self) -> None:
        """An input has changed: make every draft again."""
        self._newest += 1
        for one in self.drafts.values():
            one.number, one.phase = self._newest, "setting"
        self._wanted.value = 0
        self._next()
        self._send_state()

    def outdated(self) -> None:
        """The program has changed: ask the reader to restart the preview."""
        self._restart = True
        self._send_state()

    def show(self, names: Iterable[str]) -> None:
        """These documents are in view now: make them first. Ignores unknown names."""
        self._in_view = tuple(name for name in names if name in self.drafts) or self._in_view
        urgent = [name for name in self._in_view if self._is_outdated(self.drafts[name])]
        if self._job and urgent and self._job.one.name not in self._in_view:
            self._wanted.value = 0
        self._next()

    def close(self) -> None:
        """End the process and all event streams."""
        self.closed = True
        self._wanted.value = 0
        self._end()

    # Work.

    def _is_outdated(self, one: Draft) -> bool:
        return one.done != self._newest

    def _next(self) -> None:
        """Begin the next draft that is outdated, unless one is being made."""
        if self.closed or self._job:
            return
        ordered = dict.fromkeys((*self._in_view, *self.drafts))
        one = next((self.drafts[name] for name in ordered if self._is_outdated(self.drafts[name])), None)
        if self._process is None or (one is None and self._made >= RENEWED_AFTER):
            self._renew()
        if one:
            self._sent += 1
            self._wanted.value, self._job = self._sent, Job(one, self._newest)
            with suppress(OSError):  # it has ended: we receive that next
                self._pipe.send((self._sent, one.name))

    def _renew(self) -> None:
        """Begin the process, or another one in its place: Pango keeps some memory for each draft."""
        self._end()
        self._pipe, theirs = self._context.Pipe()
        tasks = {name: one.task for name, one in self.drafts.items()}
        self._process = self._context.Process(target=_work, args=(tasks, theirs, self._wanted), daemon=True)
        self._process.start()
        theirs.close()
        self._made = 0
        asyncio.get_running_loop().add_reader(self._pipe, self._receive)

    def _end(self) -> None:
        """End the process, if there is one."""
        if self._process:
            asyncio.get_running_loop().remove_reader(self._pipe)
            self._pipe.close()
            self._process.terminate()
            self._process.join()
            self._process = None

    def _receive(self) -> None:
        try:
            news = self._pipe.recv()
        except (EOFError, OSError):
            self._end()
            news = Failed(ENDED)
            if self._job:
                self._take(self._job, news)
                self._finish(self._job, whole=True)
        else:
            if self._job and isinstance(news, Finished):
                self._finish(self._job, news.whole)
            elif self._job:
                self._take(self._job, news)
        self._next()
        self._send_state()

    def _finish(self, job: Job, whole: bool) -> None:
        """The work on a draft has ended."""
        job.one.done = job.number if whole else 0
        self._job = None
        self._made += 1

    def _take(self, job: Job, news: News) -> None:
        """Show what a draft brings, unless a newer save has come."""
        one, number = job.one, job.number
        if number != self._newest:
            return
        if isinstance(news, Checked):
            self._problems = news.problems
        elif isinstance(news, Drawn):
            one.proofs[number] = Proof(news.pdf)
            for old in sorted(one.proofs)[:-KEPT]:
                del one.proofs[old]
            one.version, one.phase, one.message = number, "proving", ""
            one.sizes, one.fit, one.notes = news.sizes, news.fit, news.notes
        elif isinstance(news, Placed):
            one.places = news.places
            self._send(f"places {one.name}", self._places(one))
        elif isinstance(news, Failed):
            one.phase, one.message = "failed", news.message
        else:
            one.phase = "refused" if isinstance(news, Refused) else "proven"

    # Events to the browser.

    def subscription(self) -> Listener:
        """A new reader of server-sent events. The first one is the current state."""
        listener = Listener()
        self._listeners.add(listener)
        listener.put("state", self._state())
        for one in self.drafts.values():
            listener.put(f"places {one.name}", self._places(one))
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
        return _event(
            "state",
            {
                "documents": [_state_of(one) for one in self.drafts.values()],
                "problems": [self._problem(problem) for problem in self._problems],
                "restart": self._restart,
            },
        )

    def _places(self, one: Draft) -> str:
        found = [
            {**asdict(place), **self._written(self.folder / place.file, place.line, cell=place.cell)}
            for place in one.places
        ]
        return _event("places", {"name": one.name, "places": found})

    def _problem(self, problem: Problem) -> dict[str, Any]:
        texts = {"code": problem.code, "message": problem.message, "hint": problem.hint, "warning": problem.warning}
        return texts | self._written(problem.path, problem.line, problem.column, problem.cell)

    def _written(self, path: Path, line: int, column: int = 1, cell: str = "") -> dict[str, str]:
        """The file and line or cell of something, for a person and as a link for VS Code."""
        where = f"{_shown(path)}, {cell}" if cell else f"{_shown(path)}:{line}"
        return {"where": where, "editor": f"vscode://file{path.resolve()}:{line}:{column}"}


def _work(tasks: Mapping[str, Task], pipe: Connection, wanted: Any) -> None:
    """Runs in the process of the drafts, which alone loads all that makes a document."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        from triptych.preview import draft
    except (TriptychError, OSError) as error:
        said = of_system(error) if isinstance(error, OSError) else str(error)
        with suppress(EOFError, OSError):
            while pipe.recv():
                pipe.send(Failed(said))
                pipe.send(Finished(whole=True))
    else:
        draft.work(tasks, pipe, wanted)


def _state_of(one: Draft) -> dict[str, Any]:
    return {
        "name": one.name,
        "version": one.version,
        "newest": one.version == one.number,
        "phase": one.phase,
        "message": one.message,
        "sizes": one.sizes,
        "fit": one.fit,
        "notes": one.notes,
    }


def _event(name: str, data: object) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _shown(path: Path) -> str:
    here = Path.cwd()
    path = path.resolve()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
