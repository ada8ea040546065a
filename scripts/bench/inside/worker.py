"""Builds a library with one worker at a time, and reports a worker's peak memory after certain numbers of articles."""

import json
import sys
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from pathlib import Path

from triptych.build import library, pipeline
from triptych.build.pipeline import Order
from triptych.design import where


def main(output: str, marks: str, *articles: str) -> None:
    """Print peak memory in MiB by number of articles. `marks` lists the numbers, separated by commas."""
    wanted = [int(mark) for mark in marks.split(",")]
    order = Order(tuple(pipeline.DOCUMENTS))
    found, most = {}, 0.0
    into = library.folders([Path(article) for article in articles], Path(output))
    made = library.outcomes(into, order, where.templates(), 1)
    for count, outcome in enumerate(made, start=1):
        if outcome.error:
            raise RuntimeError(outcome.error)
        most = max(most, *map(_held, active_children()))
        if count in wanted:
            found[count] = most
    print(json.dumps(found))


def _held(worker: BaseProcess) -> float:
    """Peak memory of a worker so far, in MiB."""
    status = Path(f"/proc/{worker.pid}/status").read_text(encoding="utf-8")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
