"""The same build within the limits, in a process of its own, and without any."""

import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from bench import measure, programs
from bench.measure import Runs, Usage
from bench.programs import ARTICLE
from bench.report import Asked, Table
from bench.scale import Scale

WITHIN, WITHOUT, ISOLATED = "within the limits", "without limits", "within the limits, isolated"
TEXT = """The command does its work in a process of its own, within limits of time, memory and file size. Beside it, the
same work in the process of the command, as no command does it. Medians of {runs} runs, in alternation."""


def tables(scale: Scale) -> Iterator[Table]:
    """One table: a row for each way."""
    with tempfile.TemporaryDirectory(prefix="triptych-") as name:
        ours = partial(programs.triptych, ARTICLE, Path(name), "-j", "1")
        jobs: dict[str, Callable[[], Usage]] = {
            WITHOUT: partial(programs.unlimited, ARTICLE, Path(name), "-j", "1"),
            WITHIN: ours,
            ISOLATED: partial(ours, "--isolated"),
        }
        measure.alternated(jobs, 1)  # warms the cache of the file system
        found = measure.alternated(jobs, scale.runs)
    plain, held = found[WITHOUT], found[WITHIN]
    yield Table(
        "What the limits cost",
        TEXT.format(runs=scale.runs),
        ("", "wall, s", "CPU, s", "wall, ratio", "CPU, ratio"),
        [
            (title, f"{used.wall.median:.2f}", f"{used.cpu.median:.2f}", *_ratios(used, plain))
            for title, used in found.items()
        ],
        (Asked("A build within the limits to one without: CPU", held.cpu / plain.cpu, 1.03),),
    )


def _ratios(used: Runs, plain: Runs) -> tuple[str, str]:
    return f"{used.wall / plain.wall:.3f}", f"{used.cpu / plain.cpu:.3f}"
