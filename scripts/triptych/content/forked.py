"""Some work is done in a copy of this process: the memory that a library keeps for good goes with the copy."""

import os
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any, NoReturn, TypeVar

T = TypeVar("T")
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Signals that end a command: they end the copy at once."""


def done(work: Callable[[], T]) -> T:
    """What some work gives or raises, done in a copy of this process. Any process may ask, even one of a pool.

    If the system cannot make a copy, this process does the work. A signal that ends the copy, such as that of a limit,
    ends this process too. Raises RuntimeError if what the work gives cannot be sent.
    """
    try:
        here, there = Pipe(duplex=False)
        copy = os.fork()
    except OSError:
        return work()
    if not copy:
        _answer(work, there)
    there.close()
    answer = None
    try:
        with here, suppress(EOFError):
            answer = here.recv()
    finally:
        if answer is None:
            os.kill(copy, signal.SIGKILL)
        _, status = os.waitpid(copy, 0)
    if answer is None:
        if ended_by := os.WTERMSIG(status):
            signal.raise_signal(ended_by)
        raise RuntimeError("the copy of this process has ended without an answer")
    good, value = answer
    if not good:
        raise value
    found: T = value
    return found


def _answer(work: Callable[[], Any], there: Connection) -> NoReturn:
    """Do the work, send what it gives or raises, and end: the rest of this process is not the copy's."""
    try:
        for one in ENDING:
            signal.signal(one, signal.SIG_DFL)
        try:
            answer = True, work()
        except Exception as error:
            answer = False, error
        there.send(answer)
    finally:
        os._exit(0)
