"""Times the layout of longer and longer timelines, without typesetting. Pyperf runs this module repeatedly."""

import json
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyperf

from triptych.content import dates
from triptych.content.dates import When
from triptych.design.sheets import sheet
from triptych.design.sizes import poster_type
from triptych.timeline import spine
from triptych.timeline.columns import Spread, poster_columns

COUNTS = "TRIPTYCH_EVENTS"
"""The environment variable with the numbers of events, for the runs of pyperf."""


@dataclass(frozen=True)
class Event:
    """An event with id and date only."""

    id: str
    date: When


def events(count: int) -> list[Event]:
    """This number of events, ten per year, a third of them known only to the month."""
    chance = random.Random(count)
    found = []
    for number in range(count):
        day = dates.ordinal(1000 + chance.randrange(count // 10), chance.randint(1, 12), chance.randint(1, 28))
        year, month, number_of_day = dates.civil(day)
        text = f"{year:04}-{month:02}" + (f"-{number_of_day:02}" if number % 3 else "")
        found.append(Event(f"e{number:06}", dates.parsed(text)))
    return found


def timed() -> None:
    """Time the layout with pyperf, on a sheet that is high enough."""
    runner = pyperf.Runner()
    size = sheet("a0")
    columns = poster_columns(size, 700, poster_type(size), Spread(sides=2, lanes=2))
    for count in map(int, os.environ[COUNTS].split()):
        shown = events(count)
        heights = {event.id: 5.0 for event in shown}
        runner.bench_func(str(count), partial(spine.plan, shown, heights, columns.resized(20.0 * count).frame))


def main(runs: str, *counts: str) -> None:
    """Print mean and standard deviation in seconds, by number of events."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "times.json"
        options = ["--processes", runs, "--values", "3", "--quiet", "--inherit-environ", COUNTS, "--output", str(path)]
        command = [sys.executable, "-m", "bench.inside.layout", *options]
        variables = os.environ | {COUNTS: " ".join(counts)}
        subprocess.run(command, check=True, env=variables, stdout=subprocess.DEVNULL)
        suite = pyperf.BenchmarkSuite.load(str(path))
    times = [(one.get_name(), one.mean(), one.stdev() if one.get_nvalue() > 1 else 0.0) for one in suite]
    print(json.dumps({name: (mean, deviation) for name, mean, deviation in times}))


if __name__ == "__main__":
    if COUNTS in os.environ:
        timed()
    else:
        main(*sys.argv[1:])
