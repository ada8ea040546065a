"""How much of the machine some work may take, enforced by the system on its processes."""

import ctypes
import faulthandler
import os
import re
import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from triptych.content.model import Limits

MIB = 1024 * 1024


def hold(limits: Limits) -> None:
    """Let this process, and each that it starts, take no more memory beside what it holds, and write no larger file.

    The first raises MemoryError, the second OSError. None of them leaves a copy of its memory on the disk.
    """
    _set(resource.RLIMIT_DATA, _held() + limits.memory * MIB)
    _set(resource.RLIMIT_FSIZE, limits.file * MIB)
    _set(resource.RLIMIT_CORE, 0)


def hold_time(limits: Limits) -> None:
    """Let this process, and each that it starts, take no more time of a processor: it ends by SIGXCPU."""
    _set(resource.RLIMIT_CPU, limits.processor)


@contextmanager
def timed(limits: Limits) -> Iterator[None]:
    """Within this, the process ends if it takes longer than it may, even inside a library. It can be used again."""
    before = resource.getrlimit(resource.RLIMIT_CPU)
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + limits.processor)
    with Path(os.devnull).open("w") as nowhere:
        faulthandler.dump_traceback_later(limits.seconds, exit=True, file=nowhere)
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()
            resource.setrlimit(resource.RLIMIT_CPU, before)


def give_back() -> None:
    """Give the system the memory back that this process has freed, where the C library can do that."""
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)


def _held() -> int:
    """Bytes of memory that this process holds before its work: a program that runs for long has more than a new one.

    0 where the system does not say it.
    """
    try:
        found = re.search(r"VmData:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def _set(kind: int, most: int) -> None:
    """Set a limit of this process, as far as the system lets it."""
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
