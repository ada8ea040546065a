"""Some work is done in a process of its own, which ends in time whatever happens in it."""

import ctypes
import errno
import multiprocessing
import os
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import ForkProcess
from types import FrameType
from typing import TYPE_CHECKING, Any, TypeVar

from triptych.content.errors import LimitReached, TriptychError
from triptych.content.model import Limits
from triptych.guard import limits as machine

if TYPE_CHECKING:
    from triptych.guard.isolation import Fence

T = TypeVar("T")
PASSED_ON = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""Signals that end a command: its worker receives them too, and puts its things away."""
DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


def call(work: Callable[[], T], limits: Limits, what: str, fence: "Fence | None" = None) -> T:
    """What some work gives or raises, done in a process of its own. All that it starts ends with it.

    `what` names the work in messages; a fence shuts it in. Raises LimitReached if it takes more of the machine than it
    may.
    """
    here, there = multiprocessing.Pipe(duplex=False)
    answer = None
    with here, _place() as place:
        process = multiprocessing.get_context("fork").Process(
            target=_work, args=(work, limits, what, fence, there, place, os.getpid())
        )
        _flush()
        try:
            process.start()
        finally:
            there.close()
        try:
            _lead(process.pid)
            with _signals_passed_on(process) as signals:
                answer = _received(here, limits, what)
        finally:
            _end(process)
    if answer is None:
        raise KeyboardInterrupt if signals else _stopped(process.exitcode or 0, limits, what)
    done, value = answer
    if not done:
        raise value
    found: T = value
    return found


def end_with(parent: int) -> None:
    """Let this process end when the one that started it does, where the system can do that."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def pool_starts() -> Iterator[None]:
    """Within this, processes of a pool start: signals that end a command wait until they have done `serve`."""
    signal.pthread_sigmask(signal.SIG_BLOCK, PASSED_ON)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, PASSED_ON)


def serve(parent: int) -> None:
    """Let this process of a pool end with the one that started it, or by a signal, without a word in either case."""
    for one in _ending():
        signal.signal(one, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, PASSED_ON)
    end_with(parent)


# The process of the work.


def _work(
    work: Callable[[], Any],
    limits: Limits,
    what: str,
    fence: "Fence | None",
    there: Connection,
    place: str | None,
    parent: int,
) -> None:
    """Do the work, and send what it gives or raises."""
    _lead(os.getpid())
    signal.signal(signal.SIGTTOU, signal.SIG_IGN)
    for one in _ending():
        signal.signal(one, signal.default_int_handler)
    end_with(parent)
    tempfile.tempdir = place
    machine.hold(limits)
    machine.hold_time(limits)
    if fence:
        from triptych.guard import isolation

        isolation.enter(fence.with_place(place))
    try:
        found: tuple[bool, Any] = True, work()
    except MemoryError:
        found = False, LimitReached(what, f"needs more than {limits.memory} MiB of memory")
    except BaseException as error:
        too_large = isinstance(error, OSError) and error.errno == errno.EFBIG
        found = False, LimitReached(what, f"writes a file of more than {limits.file} MiB") if too_large else error
    _flush()
    there.send(found)


def _lead(process: int | None) -> None:
    """Let a process lead a group, which a signal reaches as a whole. It and its parent ask for it: who is first."""
    if process:
        with suppress(ProcessLookupError, PermissionError):
            os.setpgid(process, process)


def _ending() -> list[signal.Signals]:
    """The signals that end this command: those that nobody told it to ignore, as `nohup` does."""
    return [one for one in PASSED_ON if signal.getsignal(one) is not signal.SIG_IGN]


def _flush() -> None:
    """Print what waits to be printed: a forked process would print it too."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError, AttributeError):
            stream.flush()


# The process that waits for it.


@contextmanager
def _place() -> Iterator[str | None]:
    """A folder for the temporary files of the work, which goes with it; none where there cannot be one."""
    try:
        folder = tempfile.TemporaryDirectory(prefix="triptych-", ignore_cleanup_errors=True)
    except OSError:
        yield None
        return
    with folder:
        yield folder.name


@contextmanager
def _signals_passed_on(process: ForkProcess) -> Iterator[Sequence[int]]:
    """Within this, signals that end a command go to the process; the second one ends it at once. Yields them."""
    received: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        yield received
        return

    def pass_on(number: int, _frame: FrameType | None) -> None:
        _signal(process, signal.SIGKILL if received else number)
        received.append(number)

    before = {one: signal.signal(one, pass_on) for one in _ending()}
    try:
        yield received
    except TriptychError:
        if received:
            raise KeyboardInterrupt from None
        raise
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _received(here: Connection, limits: Limits, what: str) -> tuple[bool, Any] | None:
    """Whether the work is done, and what it gives or raises; nothing where its process has ended before."""
    if not here.poll(limits.seconds):
        raise LimitReached(what, f"takes more than {limits.seconds} seconds")
    try:
        done, value = here.recv()
    except EOFError:
        return None
    return done, value


def _stopped(code: int, limits: Limits, what: str) -> TriptychError:
    """Why a process ended before it gave anything, by its exit code."""
    if -code == signal.SIGXCPU:
        return LimitReached(what, f"takes more than {limits.processor} seconds of a processor")
    if -code in (signal.SIGABRT, signal.SIGSEGV, signal.SIGBUS, signal.SIGKILL):
        return LimitReached(what, f"needs more than {limits.memory} MiB of memory, or stopped a library")
    return TriptychError(f"the work on {what} was stopped: run the same command again")


def _signal(process: ForkProcess, number: int) -> None:
    """Send a signal to a process that was not waited for, and to all that it started.

    Its number is its own until it is waited for. Never signals group 0, which is that of this process.
    """
    if process.pid:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)


def _end(process: ForkProcess) -> None:
    """End a process, and all that it started, then wait for it: once."""
    _signal(process, signal.SIGKILL)
    process.kill()
    process.join()
