"""A save triggers a re-render in one process per document; the results become events for the browser."""

import asyncio
import json
import multiprocessing
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from triptych.content import kin
from triptych.content.errors import Problem
from triptych.pdf.pixels import Proof
from triptych.preview import draft
from triptych.preview.draft import Checked, Drawn, Failed, Placed, Refused, Task
from triptych.preview.places import Place

KEPT = 3
"""Number of versions of a document that the browser can still request."""


@dataclass(slots=True)
class Draft:
    """The current state of one document."""

    task: Task
    number: int = 0
    """Number of the save that is or was last rendered."""
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
    process: Any = None
    pipe: Any = None
    """Our end of the connection to the process."""

    @property
    def name(self) -> str:
        """Name of the document."""
        return self.task.document


class Desk:
    """Keeps the drafts, sends work to their processes, and sends events to all subscribers."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.drafts = {task.document: Draft(task) for task in tasks}
        self.folder = kin.root(tasks[0].folder)
        self.closed = False
        self._context = multiprocessing.get_context("spawn")
        self._newest = self._context.Value("Q", 0, lock=False)
        self._in_view: tuple[str, ...] = tuple(self.drafts)[:1]
        self._problems: tuple[Problem, ...] = ()
        self._restart = False
        self._listeners: set[asyncio.Queue[str]] = set()

    # Events from outside.

    def saved(self) -> None:
        """An input has changed: render every document again."""
        self._newest.value += 1
        self._request_outdated()
        self._send_state()

    def outdated(self) -> None:
        """The program has changed: ask the reader to restart the preview."""
        self._restart = True
        self._send_state()

    def show(self, names: Iterable[str]) -> None:
        """These documents are in view now: render them first. Ignores unknown names."""
        self._in_view = tuple(name for name in names if name in self.drafts) or self._in_view
        self._request_outdated()

    def close(self) -> None:
        """End all processes and event streams."""
        self.closed = True
        self._newest.value += 1
        for one in self.drafts.values():
            if one.process:
                asyncio.get_running_loop().remove_reader(one.pipe)
                one.pipe.close()
                one.process.terminate()
        for one in self.drafts.values():
            if one.process:
                one.process.join()

    # Work.

    def _request_outdated(self) -> None:
        """Request every outdated document: first those in view, then the others when those are drawn."""
        newest = self._newest.value
        for name in self._in_view:
            self._request(self.drafts[name], newest)
        if not any(self.drafts[name].phase == "setting" for name in self._in_view):
            for one in self.drafts.values():
                self._request(one, newest)

    def _request(self, one: Draft, number: int) -> None:
        if one.number == number or self.closed:
            return
        if one.process is None or not one.process.is_alive():
            self._start(one)
        one.number, one.phase = number, "setting"
        one.pipe.send(number)

    def _start(self, one: Draft) -> None:
        one.pipe, theirs = self._context.Pipe()
        one.process = self._context.Process(target=draft.work, args=(one.task, theirs, self._newest), daemon=True)
        one.process.start()
        theirs.close()
        asyncio.get_running_loop().add_reader(one.pipe, self._receive, one)

    def _receive(self, one: Draft) -> None:
        try:
            number, news = one.pipe.recv()
        except (EOFError, OSError):
            asyncio.get_running_loop().remove_reader(one.pipe)
            one.phase, one.message = "failed", "its process has ended: save any file to start it again"
            one.process = None
        else:
            if number == self._newest.value:
                self._take(one, number, news)
        self._request_outdated()
        self._send_state()

    def _take(self, one: Draft, number: int, news: draft.News) -> None:
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
            self._send(self._places(one))
        elif isinstance(news, Failed):
            one.phase, one.message = "failed", news.message
        else:
            one.phase = "refused" if isinstance(news, Refused) else "proven"

    # Events to the browser.

    def subscription(self) -> "asyncio.Queue[str]":
        """A new queue of server-sent events. It starts with the current state."""
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._listeners.add(queue)
        queue.put_nowait(self._state())
        for one in self.drafts.values():
            queue.put_nowait(self._places(one))
        return queue

    def unsubscribe(self, queue: "asyncio.Queue[str]") -> None:
        """Send no more events to a queue."""
        self._listeners.discard(queue)

    def _send_state(self) -> None:
        self._send(self._state())

    def _send(self, event: str) -> None:
        for queue in self._listeners:
            queue.put_nowait(event)

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
