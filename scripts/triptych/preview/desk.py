"""Saves become orders to the processes that draft, and what these send becomes what the browser is told."""

import asyncio
import json
import multiprocessing
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from triptych.content.errors import Problem
from triptych.pdf.pixels import Proof
from triptych.preview import draft
from triptych.preview.draft import Checked, Drawn, Failed, Placed, Task
from triptych.preview.places import Place

KEPT = 3
"""Versions of a document whose pictures may still be asked for."""


@dataclass(slots=True)
class Draft:
    """A document as it is known now."""

    task: Task
    number: int = 0
    """Of the save that is being worked on, or was last."""
    version: int = 0
    """Number of the save that the pages show; 0 where there are none."""
    phase: str = "waiting"
    """waiting, setting, proving, proven or failed."""
    message: str = ""
    sizes: tuple[tuple[float, float], ...] = ()
    fit: str = ""
    notes: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    proofs: dict[int, Proof] = field(default_factory=dict)
    process: Any = None
    orders: Any = None

    @property
    def name(self) -> str:
        return self.task.document


class Desk:
    """Keeps the drafts, hands out the work, and tells all who listen."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self.drafts = {task.document: Draft(task) for task in tasks}
        self.folder = tasks[0].folder
        self.closed = False
        self._context = multiprocessing.get_context("spawn")
        self._newest = self._context.Value("Q", 0, lock=False)
        self._in_view: tuple[str, ...] = tuple(self.drafts)[:1]
        self._problems: tuple[Problem, ...] = ()
        self._restart = False
        self._listeners: set[asyncio.Queue[str]] = set()

    # What happens outside.

    def saved(self) -> None:
        """An input has changed: all is to be made anew."""
        self._newest.value += 1
        self._hand_out()
        self._tell_state()

    def outdated(self) -> None:
        """The program itself has changed."""
        self._restart = True
        self._tell_state()

    def look(self, names: Iterable[str]) -> None:
        """What is in view, first things first."""
        self._in_view = tuple(name for name in names if name in self.drafts) or self._in_view
        self._hand_out()

    def close(self) -> None:
        """End every process, and every telling."""
        self.closed = True
        self._newest.value += 1
        for one in self.drafts.values():
            if one.process:
                asyncio.get_running_loop().remove_reader(one.orders)
                one.orders.close()
                one.process.terminate()
        for one in self.drafts.values():
            if one.process:
                one.process.join()

    # Work.

    def _hand_out(self) -> None:
        """Order what is out of date: first what is in view, the rest when that is drawn."""
        newest = self._newest.value
        for name in self._in_view:
            self._order(self.drafts[name], newest)
        if not any(self.drafts[name].phase == "setting" for name in self._in_view):
            for one in self.drafts.values():
                self._order(one, newest)

    def _order(self, one: Draft, number: int) -> None:
        if one.number == number or self.closed:
            return
        if one.process is None or not one.process.is_alive():
            self._start(one)
        one.number, one.phase = number, "setting"
        one.orders.send(number)

    def _start(self, one: Draft) -> None:
        one.orders, theirs = self._context.Pipe()
        one.process = self._context.Process(target=draft.work, args=(one.task, theirs, self._newest), daemon=True)
        one.process.start()
        theirs.close()
        asyncio.get_running_loop().add_reader(one.orders, self._receive, one)

    def _receive(self, one: Draft) -> None:
        try:
            number, news = one.orders.recv()
        except (EOFError, OSError):
            asyncio.get_running_loop().remove_reader(one.orders)
            one.phase, one.message = "failed", "the process that sets it has ended; save any file to start it again"
            one.process = None
        else:
            if number == self._newest.value:
                self._take(one, number, news)
        self._hand_out()
        self._tell_state()

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
            self._tell(self._places(one))
        elif isinstance(news, Failed):
            one.phase, one.message = "failed", news.message
        else:
            one.phase = "proven"

    # Telling.

    def news(self) -> "asyncio.Queue[str]":
        """A queue of server-sent events, from all that is known on."""
        queue: asyncio.Queue[str] = asyncio.Queue()
        self._listeners.add(queue)
        queue.put_nowait(self._state())
        for one in self.drafts.values():
            queue.put_nowait(self._places(one))
        return queue

    def leave(self, queue: "asyncio.Queue[str]") -> None:
        self._listeners.discard(queue)

    def _tell_state(self) -> None:
        self._tell(self._state())

    def _tell(self, event: str) -> None:
        for queue in self._listeners:
            queue.put_nowait(event)

    def _state(self) -> str:
        return _event(
            "state",
            {
                "documents": [_told(one) for one in self.drafts.values()],
                "problems": [self._problem(problem) for problem in self._problems],
                "restart": self._restart,
            },
        )

    def _places(self, one: Draft) -> str:
        found = [{**asdict(place), **self._written(self.folder / place.file, place.line)} for place in one.places]
        return _event("places", {"name": one.name, "places": found})

    def _problem(self, problem: Problem) -> dict[str, Any]:
        told = {"code": problem.code, "message": problem.message, "hint": problem.hint, "warning": problem.warning}
        return told | self._written(problem.path, problem.line, problem.column)

    def _written(self, path: Path, line: int, column: int = 1) -> dict[str, str]:
        """Where something is written: for a person, and for an editor of code."""
        return {"where": f"{_shown(path)}:{line}", "editor": f"vscode://file{path.resolve()}:{line}:{column}"}


def _told(one: Draft) -> dict[str, Any]:
    return {
        "name": one.name,
        "version": one.version,
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
