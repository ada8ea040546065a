"""Work on a file of others ends in time, and whatever the file does to the libraries that read it, in one sentence."""

import multiprocessing
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from triptych.content.errors import MissingTool, TriptychError, UsageError
from triptych.pdf import carried

T = TypeVar("T")
SECONDS = 120
"""Longest time that a file may take to read."""


def read(path: Path, work: Callable[[], T]) -> T:
    """What some work on a file gives, done in a process of its own. Raises UsageError, and OSError."""
    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    process = fork.Process(target=_send, args=(path, work, there), daemon=True)
    process.start()
    there.close()
    try:
        if not here.poll(SECONDS):
            raise UsageError(f"{path} takes more than {SECONDS} seconds to read: Triptych writes no such file")
        done, value = here.recv()
    except EOFError:
        raise UsageError(f"{path} is damaged: the program that reads it stopped") from None
    finally:
        process.kill()
        process.join()
        here.close()
    if isinstance(value, BaseException) and not done:
        raise value
    found: T = value
    return found


def _send(path: Path, work: Callable[[], Any], there: Any) -> None:
    """Do the work, and send what it gives, or its error."""
    try:
        with carried.readable(path):
            found = True, work()
    except (UsageError, MissingTool, OSError) as error:
        found = False, error
    except TriptychError as error:
        found = False, UsageError(str(error))
    there.send(found)
