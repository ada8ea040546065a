"""The time until a build begins: the modules that it loads, beside the start of `weasyprint`."""

import sys
from collections.abc import Iterator
from functools import partial

from bench import measure, programs
from bench.measure import Spread
from bench.report import Asked, Table
from bench.scale import Scale

OURS, PLAIN = "`import triptych.build.pipeline`", "`weasyprint --help`"
PAIRS = 3
"""Pairs for each run of a longer command."""
TEXT = """Python loads what a build of ours loads, and does nothing with it; beside it `weasyprint` loads what it needs
and prints its help. Medians of {runs} pairs, in alternation."""


def tables(scale: Scale) -> Iterator[Table]:
    """One table: a row for each program."""
    jobs = {
        OURS: partial(measure.usage, sys.executable, "-c", "import triptych.build.pipeline"),
        PLAIN: partial(measure.usage, programs.WEASYPRINT, "--help"),
    }
    measure.alternated(jobs, 1)  # writes the bytecode, and warms the cache of the file system
    found = measure.alternated(jobs, PAIRS * scale.runs)
    plain = found[PLAIN].cpu
    extra = Spread([ratio - 1 for ratio in (found[OURS].cpu / plain).values])
    yield Table(
        "Start-up",
        TEXT.format(runs=PAIRS * scale.runs),
        ("", "wall, s", "CPU, s", "CPU, ratio"),
        [
            (title, f"{used.wall.median:.2f}", f"{used.cpu.median:.2f}", f"{used.cpu / plain:.2f}")
            for title, used in found.items()
        ],
        (Asked("Start-up: CPU that a build needs more than `weasyprint --help`, to the same", extra, 0.45),),
    )
