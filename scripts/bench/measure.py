"""A command becomes what it took: seconds by the clock, seconds of processors, memory. Linux alone."""

import ctypes
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from resource import struct_rusage
from statistics import median
from typing import Any

PROJECT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command took, with all processes that it started."""

    wall: float
    """Seconds by the clock."""
    cpu: float
    """Seconds of processors, of all its processes together."""
    memory: float
    """Most that one of its processes held, in MiB."""

    def __add__(self, other: "Usage") -> "Usage":
        """One command, then the other."""
        return Usage(self.wall + other.wall, self.cpu + other.cpu, max(self.memory, other.memory))


def usage(*command: str | Path, folder: Path = PROJECT, **variables: str) -> Usage:
    """Run a command to its end. Raises RuntimeError with all that it said where it fails."""
    _adopt()
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=os.environ | variables, stdout=said, stderr=said)
        ended = {}
        for number, status, used in _ended():
            ended[number] = used
            if number == process.pid:
                wall, process.returncode = time.perf_counter() - start, os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(map(str, command))}: {said.read().decode(errors='replace')}")
    cpu = sum(used.ru_utime + used.ru_stime for used in ended.values())
    return Usage(wall, cpu, max(used.ru_maxrss for used in ended.values()) / 1024)


@cache
def _adopt() -> None:
    """From now on, processes that their parent leaves behind are ours: a browser's are, and do most of its work."""
    set_child_subreaper = 36
    ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def _ended() -> Iterator[tuple[int, int, struct_rusage]]:
    """Each process as it ends, until there is none left."""
    while True:
        try:
            yield os.wait3(0)
        except ChildProcessError:
            return


def medians(jobs: Mapping[str, Callable[[], Usage]], runs: int) -> dict[str, Usage]:
    """Medians of so many runs, one run of each job after the other, so that a slow minute slows all; most memory."""
    found: dict[str, list[Usage]] = {name: [] for name in jobs}
    for _ in range(runs):
        for name, job in jobs.items():
            found[name].append(job())
    return {
        name: Usage(median(one.wall for one in runs), median(one.cpu for one in runs), max(one.memory for one in runs))
        for name, runs in found.items()
    }


def told(module: str, *arguments: str | Path) -> Any:
    """What a module of bench.inside prints as JSON, in a process of its own."""
    command = [sys.executable, "-m", f"bench.inside.{module}", *arguments]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
