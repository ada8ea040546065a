"""Many articles in one command: articles per minute, and growth of memory."""

import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bench import articles, measure, programs
from bench.measure import Usage
from bench.report import Asked, Table
from bench.scale import Scale

RUNS = 3


def tables(scale: Scale) -> Iterator[Table]:
    """Throughput, then memory."""
    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        yield _throughput(Path(folder), scale)
    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        yield _memory(Path(folder), scale)


def _throughput(folder: Path, scale: Scale) -> Table:
    few, many = scale.articles
    runs = min(scale.runs, RUNS)
    made = articles.copies(folder / "content", many)
    output = folder / "build"
    one, two = (partial(_built, made[:few], output, processes) for processes in (1, 2))
    found = measure.medians({"one": one, "two": two}, runs)
    found["many"] = _built(made, output, 2)
    rate = {name: count / found[name].wall * 60 for name, count in (("one", few), ("two", few), ("many", many))}
    return Table(
        "A library",
        "`triptych build` of many articles: copies of `content/himtoo` and of the tests' `harrowby` in alternation,"
        f" each with its own number and version. The median of {runs} runs for {few} articles, one run for {many}.",
        ("articles", "processes", "wall, s", "CPU, s", "CPU an article, s", "articles a minute", "to one process"),
        [
            _row(few, 1, found["one"], 1.0),
            _row(few, 2, found["two"], rate["two"] / rate["one"]),
            _row(many, 2, found["many"], rate["many"] / rate["one"]),
        ],
        [
            Asked("Library: articles a minute on two processes to one", rate["two"] / rate["one"], least=1.9),
            Asked(
                f"Library: CPU an article, {many} to {few} articles",
                found["many"].cpu / many / (found["two"].cpu / few),
                1.1,
            ),
        ],
    )


def _built(made: Sequence[Path], output: Path, processes: int) -> Usage:
    return measure.usage(programs.TRIPTYCH, "build", "--alone", *made, "--output", output, "-j", str(processes))


def _row(count: int, processes: int, used: Usage, ratio: float) -> tuple[str, ...]:
    seconds = (f"{used.wall:.1f}", f"{used.cpu:.1f}", f"{used.cpu / count:.2f}")
    return str(count), str(processes), *seconds, f"{count / used.wall * 60:.0f}", f"{ratio:.2f}"


def _memory(folder: Path, scale: Scale) -> Table:
    made = articles.copies(folder / "content", scale.marks[-1])
    marks = ",".join(map(str, scale.marks))
    peaks: dict[str, float] = measure.output("worker", folder / "build", marks, *made)
    first, last = (peaks[str(mark)] for mark in (scale.marks[0], scale.marks[-1]))
    return Table(
        "Memory of a worker",
        "Peak memory of a process that builds the articles of a library one after the other, with three documents each,"
        " and is replaced from time to time; after this number of articles.",
        ("articles", "peak memory, MiB", "to the first row"),
        [(count, f"{peak:.0f}", f"{peak / first:.2f}") for count, peak in peaks.items()],
        (Asked(f"Memory of a worker after {scale.marks[-1]} articles to {scale.marks[0]}", last / first, 1.1),),
    )
