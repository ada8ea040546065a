"""Many articles in one command: articles per minute, and growth of memory."""

import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bench import articles, measure, programs
from bench.measure import Runs, Spread, Usage
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
    jobs = {count: partial(_built, made[:few], output, count) for count in (1, 2)}
    found = measure.alternated(jobs, runs)
    most = _built(made, output, 2)
    after = measure.alternated(jobs, 1)
    around = {count: Runs([found[count].rounds[-1], after[count].rounds[0]]) for count in jobs}
    large = Runs([most, most])
    two, more = found[1].wall / found[2].wall, around[1].wall / large.wall * (many / few)
    return Table(
        "A library",
        "`triptych build` of many articles: copies of `content/himtoo` and of the tests' `harrowby` in alternation,"
        f" each with its own number and version. The median of {runs} runs for {few} articles, one run for {many},"
        f" beside one of {few} before it and one after it.",
        ("articles", "processes", "wall, s", "CPU, s", "CPU an article, s", "articles a minute", "to one process"),
        [
            _row(few, 1, found[1], Spread([1.0])),
            _row(few, 2, found[2], two),
            _row(many, 2, Runs([most]), more),
        ],
        [
            Asked(f"Library: articles a minute, {few} on two processes to one", two, least=1.9),
            Asked(f"Library: articles a minute, {many} on two processes to one", more, least=1.9),
            Asked(f"Library: CPU an article, {many} to {few} articles", large.cpu / around[2].cpu * (few / many), 1.1),
        ],
    )


def _built(made: Sequence[Path], output: Path, processes: int) -> Usage:
    return measure.usage(programs.TRIPTYCH, "build", "--alone", *made, "--output", output, "-j", str(processes))


def _row(count: int, processes: int, used: Runs, ratio: Spread) -> tuple[str, ...]:
    wall, cpu = used.wall.median, used.cpu.median
    return (
        str(count),
        str(processes),
        f"{wall:.1f}",
        f"{cpu:.1f}",
        f"{cpu / count:.2f}",
        f"{count / wall * 60:.0f}",
        f"{ratio:.2f}",
    )


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
