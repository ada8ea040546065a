"""The processes that a process started, and the memory that they have, as Linux knows them."""

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

MIB = 1024 * 1024


def children(pid: int) -> list[int]:
    """The processes that a process started, whichever thread of it did."""
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += map(int, task.read_text().split())
        except OSError:
            continue
    return found


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    return [pid, *(one for child in children(pid) for one in tree(child))]


def resident(pid: int) -> float:
    """Memory of a process that is in use, in MiB: also what it shares with others."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / MIB


def share(pid: int) -> float:
    """Memory of a process in MiB; of what several use, its share."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def named(pid: int) -> str:
    """What a process is, for a table."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    return (
        "server" if "preview" in words else "resource tracker" if "resource_tracker" in " ".join(words) else "document"
    )


def memory(pid: int) -> Mapping[str, tuple[float, float]]:
    """Resident memory, and the share of it, of each process below one, in MiB."""
    found = {}
    for one in tree(pid):
        with suppress(OSError):  # it has ended meanwhile
            found[f"{one} {named(one)}"] = resident(one), share(one)
    return found
