"""A command becomes its usage: wall time, CPU time, memory; several runs become a median and a spread. Linux only."""

import ctypes
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from resource import struct_rusage
from statistics import median
from typing import Any, TypeVar

PROJECT = Path(__file__).resolve().parents[2]
REFERENCE = 3.8
"""Bounds in seconds hold for a machine on which three `weasyprint` commands (`programs.pace`) take this many seconds of
wall time."""
Name = TypeVar("Name")


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


@dataclass(frozen=True, slots=True)
class Spread:
    """What several runs gave, in their order: the median, and around it the noise of the machine."""

    values: Sequence[float]

    @property
    def median(self) -> float:
        return median(self.values)

    def __truediv__(self, other: "Spread") -> "Spread":
        """The ratios of pairs: each run to the other's run in the same round."""
        return Spread([one / beside for one, beside in zip(self.values, other.values, strict=True)])

    def __mul__(self, factor: float) -> "Spread":
        return Spread([one * factor for one in self.values])

    def __format__(self, form: str) -> str:
        """The median, and the lowest and the highest in brackets, each in this form."""
        least, middle, most = (format(one, form) for one in (min(self.values), self.median, max(self.values)))
        return middle if least == most else f"{middle} ({least} to {most})"


@dataclass(frozen=True, slots=True)
class Runs:
    """The usages of one command in several rounds."""

    rounds: Sequence[Usage]

    @property
    def wall(self) -> Spread:
        return Spread([one.wall for one in self.rounds])

    @property
    def cpu(self) -> Spread:
        return Spread([one.cpu for one in self.rounds])

    @property
    def memory(self) -> float:
        """The peak of all rounds."""
        return max(one.memory for one in self.rounds)


def usage(
    *command: str | Path,
    folder: Path = PROJECT,
    code: int = 0,
    killed: Callable[[], bool] | None = None,
    **variables: str,
) -> Usage:
    """Run a command to its end. Raises RuntimeError with its output if it ends with another exit code.

    With `killed`, it and all that it started are killed as soon as that is true.
    """
    _adopt()
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, env=os.environ | variables, stdout=said, stderr=said, start_new_session=bool(killed)
        )
        if killed:
            _kill(process.pid, killed)
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


def _kill(number: int, due: Callable[[], bool]) -> None:
    """Kill a group of processes when it is due, unless its first process ends before."""
    while not os.waitid(os.P_PID, number, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        if due():
            os.killpg(number, signal.SIGKILL)
            return
        time.sleep(0.005)


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


def alternated(jobs: Mapping[Name, Callable[[], Usage]], runs: int) -> dict[Name, Runs]:
    """Several rounds of all jobs. They run in alternation, so that a slow minute affects them all."""
    rounds = [{name: job() for name, job in jobs.items()} for _ in range(runs)]
    return {name: Runs([one[name] for one in rounds]) for name in jobs}


def output(module: str, *arguments: str | Path, **variables: str) -> Any:
    """The JSON that a module of bench.inside prints, run in a separate process. Raises CalledProcessError."""
    command = [sys.executable, "-m", f"bench.inside.{module}", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=os.environ | variables)
    return json.loads(done.stdout)
