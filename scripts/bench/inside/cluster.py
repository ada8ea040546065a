"""Builds a library in turn with processes and with a Dask cluster, whose scheduler and workers it starts and ends."""

import json
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psutil

PROGRAMS = Path(sys.executable).parent
HOST = ("--host", "127.0.0.1", "--no-dashboard")
PATIENCE = 120
"""Seconds to wait for a scheduler."""


def main(folder: str, workers: str, runs: str, *articles: str) -> None:
    """Print seconds of wall and CPU time, in each round first of as many processes, then of the cluster."""
    command = [str(PROGRAMS / "triptych"), "build", "--alone", *articles, "--output", f"{folder}/build"]
    with ExitStack() as stack:
        file = Path(folder) / "scheduler.json"
        dask = [stack.enter_context(_running("scheduler", *HOST, "--port", "0", "--scheduler-file", str(file)))]
        address = _address(file)
        options = (address, *HOST, "--nthreads", "1", "--no-nanny", "--local-directory", folder)
        dask += [stack.enter_context(_running("worker", *options)) for _ in range(int(workers))]
        local, cluster = [*command, "-j", workers], [*command, "--scheduler", address]
        _timed(cluster, dask)  # the workers load our modules, and keep them
        print(json.dumps([[_timed(local, dask), _timed(cluster, dask)] for _ in range(int(runs))]))


@contextmanager
def _running(*command: str) -> Iterator[psutil.Popen]:
    """A process of Dask, which is ended in any case."""
    process = psutil.Popen([PROGRAMS / "dask", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _address(file: Path) -> str:
    """The address that a scheduler writes into a file. Raises TimeoutError."""
    end = time.monotonic() + PATIENCE
    while not file.exists() or not file.read_text().endswith("}"):
        if time.monotonic() > end:
            raise TimeoutError("no scheduler starts")
        time.sleep(0.05)
    return str(json.loads(file.read_text())["address"])


def _timed(command: Sequence[str], dask: Sequence[psutil.Popen]) -> tuple[float, float]:
    """Seconds of a command: wall time, and CPU time with that of Dask."""
    start, before = time.perf_counter(), _spent(dask)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start, _spent(dask) - before


def _spent(dask: Sequence[psutil.Popen]) -> float:
    """CPU seconds so far of all commands that have ended, and of Dask."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    times = (process.cpu_times() for process in dask)
    return ended.ru_utime + ended.ru_stime + sum(sum(one[:4]) for one in times)


if __name__ == "__main__":
    main(*sys.argv[1:])
