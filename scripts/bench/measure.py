"""A command becomes its usage: wall time, CPU time, memory. Linux only."""

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
    """The resources that a command used, including all processes that it started."""

    wall: float
    """Wall time, in seconds."""
    cpu: float
    """CPU time of all its processes, in seconds."""
    memory: float
    """Peak memory of one of its processes, in MiB."""

    def __add__(self, other: "Usage") -> "Usage":
        """The usage of one command followed by the other."""
        return Usage(self.wall + other.wall, self.cpu + other.cpu, max(self.memory, other.memory))


def usage(*command: str | Path, folder: Path = PROJECT, code: int = 0, **variables: str) -> Usage:
    """Run a command to its end. Raises RuntimeError with its output if it ends with another exit code."""
    _adopt()
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=os.environ | variables, stdout=said, stderr=said)
        ended = {}
        for number, status, used in _ended():
            ended[number] = used
            if number == process.pid:
                wall, process.returncode = time.perf_counter() - start, os.waitstatus_to_exitcode(status)
        if process.returncode != code:
            said.seek(0)
            raise RuntimeError(f"{' '.join(map(str, command))}: {said.read().decode(errors='replace')}")
    cpu = sum(used.ru_utime + used.ru_stime for used in ended.values())
    return Usage(wall, cpu, max(used.ru_maxrss for used in ended.values()) / 1024)


@cache
def _adopt() -> None:
    """Become the parent of orphaned processes: those of a browser are orphans, and do most of its work."""
    set_child_subreaper = 36
    ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def _ended() -> Iterator[tuple[int, int, struct_rusage]]:
    """Number, status and usage of each process when it ends, until none is left."""
    while True:
        try:
            yield os.wait3(0)
        except ChildProcessError:
            return


def medians(jobs: Mapping[str, Callable[[], Usage]], runs: int) -> dict[str, Usage]:
    """Medians of several runs, and peak memory. The jobs run in alternation, so that a slow minute affects them all."""
    found: dict[str, list[Usage]] = {name: [] for name in jobs}
    for _ in range(runs):
        for name, job in jobs.items():
            found[name].append(job())
    return {
        name: Usage(median(one.wall for one in runs), median(one.cpu for one in runs), max(one.memory for one in runs))
        for name, runs in found.items()
    }


def output(module: str, *arguments: str | Path) -> Any:
    """The JSON that a module of bench.inside prints, run in a separate process. Raises CalledProcessError."""
    command = [sys.executable, "-m", f"bench.inside.{module}", *arguments]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
