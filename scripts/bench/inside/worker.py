"""A library is made by one worker at a time; tells the most memory that one has held after so many articles."""

import json
import sys
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from pathlib import Path

from triptych.build import library, pipeline
from triptych.build.pipeline import Order
from triptych.design import where


def main(output: str, marks: str, *articles: str) -> None:
    """Print MiB by number of articles, which `marks` lists with commas."""
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
    """The most that a worker has held, in MiB."""
    status = Path(f"/proc/{worker.pid}/status").read_text(encoding="utf-8")
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(*sys.argv[1:])
