"""A process of the preview: it is given work, it brings news, and the next work begins another if it has ended."""

import asyncio
import multiprocessing
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any

from triptych.content.errors import TriptychError
from triptych.preview.news import Ended, why

Load = Callable[[], Callable[..., None]]
"""Loads, in the process, what works there: a function of what is given and of the connection, until that closes."""
STOPPED = (
    "its process has ended: it takes more time or memory than it may, or a library stopped. "
    "Take out what you added last, and save: that starts it again"
)


class Helper:
    """Begins with the first work that it is given. Used within the loop of the server."""

    def __init__(self, load: Load, given: tuple[object, ...], receive: Callable[[Any], None]) -> None:
        """Calls `receive` with each of its news; the last is Ended, if it ends by itself."""
        self._load, self._given, self._receive = load, given, receive
        self._context = multiprocessing.get_context("spawn")
        self._process: Any = None
        self._pipe: Any = None

    def send(self, work: object) -> None:
        """Give it work."""
        if not self._process:
            self._begin()
        with suppress(OSError):  # it has ended: we receive that next
            self._pipe.send(work)

    def _begin(self) -> None:
        self._pipe, theirs = self._context.Pipe()
        self._process = self._context.Process(target=_run, args=(self._load, self._given, theirs), daemon=True)
        self._process.start()
        theirs.close()
        asyncio.get_running_loop().add_reader(self._pipe, self._read)

    def end(self) -> None:
        """End the process, if there is one."""
        if self._process:
            asyncio.get_running_loop().remove_reader(self._pipe)
            self._pipe.close()
            self._process.terminate()
            self._process.join()
            self._process = None

    def _read(self) -> None:
        try:
            news = self._pipe.recv()
        except (EOFError, OSError):
            news = Ended(STOPPED)
        if isinstance(news, Ended):
            self.end()
        self._receive(news)


def _run(load: Load, given: tuple[object, ...], pipe: Connection) -> None:
    """Runs in the process, which alone loads what it works with."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the preview has ended
        try:
            work = load()
        except (TriptychError, OSError) as error:
            pipe.send(Ended(why(error)))
        else:
            work(*given, pipe)
