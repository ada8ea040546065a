"""The same articles by processes of this machine, and by as many workers of a Dask cluster on it."""

import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from bench import articles, measure
from bench.measure import Runs, Spread, Usage
from bench.report import Asked, Table
from bench.scale import Scale

RUNS = 3
WORKERS = 4
TEXT = """`triptych build` of {articles} articles with {workers} processes, and with a Dask cluster of {workers} workers
of one thread each, all on this machine; the workers have made the articles once before. The CPU time of a cluster is
that of the command, the scheduler and the workers. Medians of {runs} runs, in alternation."""
ASKED = "Dask: articles a minute to the same number of processes without it"
LEAST = 0.9


def tables(scale: Scale) -> Iterator[Table]:
    """One table: a row for each way. Without Dask, nothing is measured."""
    runs, count = min(scale.runs, RUNS), scale.articles[0]
    text = TEXT.format(articles=count, workers=WORKERS, runs=runs)
    columns = ("", "wall, s", "CPU, s", "CPU, ratio", "articles a minute", "ratio")
    if not find_spec("distributed"):
        rows = [("not measured: `make cluster`", "", "", "", "", "")]
        yield Table("On a cluster", text, columns, rows, (Asked(ASKED, None, least=LEAST),))
        return
    with tempfile.TemporaryDirectory(prefix="triptych-") as name:
        made = articles.copies(Path(name) / "content", count)
        rounds: list[list[tuple[float, float]]] = measure.output("cluster", name, str(WORKERS), str(runs), *made)
    local, dask = (Runs([Usage(wall, cpu, memory=0) for wall, cpu in way]) for way in zip(*rounds, strict=True))
    rate = local.wall / dask.wall
    yield Table(
        "On a cluster",
        text,
        columns,
        [
            _row(f"`-j {WORKERS}`", count, local, Spread([1.0]), Spread([1.0])),
            _row(f"`--scheduler`, {WORKERS} workers", count, dask, dask.cpu / local.cpu, rate),
        ],
        (Asked(ASKED, rate, least=LEAST),),
    )


def _row(title: str, count: int, used: Runs, cpu: Spread, rate: Spread) -> tuple[str, ...]:
    wall = used.wall.median
    return title, f"{wall:.1f}", f"{used.cpu.median:.1f}", f"{cpu:.2f}", f"{count / wall * 60:.0f}", f"{rate:.2f}"
