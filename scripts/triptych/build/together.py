"""Several pieces of work on one article are done at once, in one process per core."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from triptych.guard import worker

T = TypeVar("T")


def each(jobs: Sequence[Callable[[], T]], processes: int) -> Iterator[Callable[[], T]]:
    """For each job, in their order, a function that gives what the job gives, or raises what it raises.

    A job whose process was stopped, by another job or by itself, is done in this process.
    """
    if min(processes, len(jobs)) < 2:
        yield from jobs
        return
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(min(processes, len(jobs)), fork, worker.serve, (os.getpid(),)) as pool:
        with worker.pool_starts():
            waiting = [pool.submit(job) for job in jobs]
        for job, done in zip(jobs, waiting, strict=True):
            yield job if isinstance(done.exception(), BrokenProcessPool) else done.result
