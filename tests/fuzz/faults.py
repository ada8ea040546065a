"""What a reader must not do with an input becomes a fault: told apart from others, made small, and kept."""

import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from types import FrameType

from triptych.content.errors import TriptychError

PROCESSOR = 10.0
"""Seconds of a processor that reading a small input may take."""
SMALLER = 20
"""Seconds that making an input smaller may take."""


class TooLong(BaseException):
    """Reading an input takes more than PROCESSOR. No reader of ours may catch it."""


def fault(run: Callable[[bytes], None], data: bytes) -> BaseException | None:
    """What a reader does that it must not do."""
    try:
        with _timed():
            run(data)
    except TriptychError:
        return None
    except (Exception, TooLong) as error:
        return error
    return None


@contextmanager
def _timed() -> Iterator[None]:
    def ended(_number: int, _frame: FrameType | None) -> None:
        raise TooLong(f"it takes more than {PROCESSOR} s")

    before = signal.signal(signal.SIGPROF, ended)
    signal.setitimer(signal.ITIMER_PROF, PROCESSOR)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def kind(error: BaseException) -> str:
    """What two faults have in common if one change mends both: the error, and our line that led to it."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/triptych/" in frame.filename] or list(frames)
    if isinstance(error, TooLong | RecursionError):
        ours = ours[:4]  # where it ends is by chance
    return f"{type(error).__name__} in {Path(ours[-1].filename).name}:{ours[-1].lineno}"


def smaller(run: Callable[[bytes], None], data: bytes, wanted: str) -> bytes:
    """A part of an input with the same kind of fault."""
    end, size = time.monotonic() + SMALLER, len(data) // 2
    while size:
        start = 0
        while start < len(data):
            if time.monotonic() > end:
                return data
            shorter = data[:start] + data[start + size :]
            found = fault(run, shorter)
            if found and kind(found) == wanted:
                data = shorter
            else:
                start += size
        size //= 2
    return data


class Kept:
    """The faults of a reader, each kind once, in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._kinds: set[str] = set()

    def add(self, run: Callable[[bytes], None], data: bytes, error: BaseException) -> None:
        """Write an input, made smaller, beside what it does, unless there is one of its kind."""
        found = kind(error)
        if found in self._kinds:
            return
        self._kinds.add(found)
        small = data if isinstance(error, TooLong) else smaller(run, data, found)
        path = self._folder / f"{self._folder.name}-{sha256(small).hexdigest()[:8]}"
        self._folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(small)
        path.with_suffix(".txt").write_text("".join(traceback.format_exception(error)), encoding="utf-8")
        print(f"FAULT {found}: {path}", flush=True)
