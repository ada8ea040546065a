"""Work on a file of others is done apart: whatever the file does to the libraries that read it is one sentence."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from triptych.content.errors import LimitReached, MissingTool, TriptychError, UsageError
from triptych.content.model import Limits
from triptych.guard import worker
from triptych.pdf import carried

T = TypeVar("T")
READING = Limits(seconds=120, processor=120)
"""What reading a file may take: Triptych writes none that takes so much."""


def read(path: Path, work: Callable[[], T]) -> T:
    """What some work on a file gives, done in a process of its own. Raises UsageError, and OSError."""
    try:
        return worker.call(partial(_readable, path, work), READING, str(path))
    except LimitReached as error:
        raise UsageError(f"{path} cannot be read: it {error.why}") from None


def _readable(path: Path, work: Callable[[], T]) -> T:
    try:
        with carried.readable(path):
            return work()
    except (UsageError, MissingTool):
        raise
    except TriptychError as error:
        raise UsageError(str(error)) from None
