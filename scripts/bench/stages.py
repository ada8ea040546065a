"""Where the time goes in one cold command, by step."""

from collections.abc import Iterator
from statistics import median

from bench import measure
from bench.programs import ARTICLE, DOCUMENTS
from bench.report import Table
from bench.scale import Scale

SHARED = "all"
TEXT = """CPU seconds in one process (`-j 1`) by step, medians of {runs} runs. Work for all three documents has its own
column, except that the first document also loads fonts and styles for the others. A step includes the functions that it
calls, unless they are steps themselves; measuring includes the composing and setting that it needs. What WeasyPrint
could do in less time, and how much less, is in [For WeasyPrint](upstream/README.md)."""


def tables(scale: Scale) -> Iterator[Table]:
    """One table: a row for each step, a column for each document."""
    runs: list[dict[str, dict[str, float]]] = [measure.output("stages", ARTICLE) for _ in range(scale.runs)]
    columns, steps = (SHARED, *DOCUMENTS), [*runs[0][SHARED]]
    found = {step: [median(run[column][step] for run in runs) for column in columns] for step in steps}
    all_steps = [sum(column) for column in zip(*found.values(), strict=True)]
    yield Table(
        "Where the time goes",
        TEXT.format(runs=scale.runs),
        ("step", "once for all", *DOCUMENTS, "together", "share"),
        [_row(step, seconds, sum(all_steps)) for step, seconds in (*found.items(), ("together", all_steps))],
    )


def _row(title: str, seconds: list[float], total: float) -> tuple[str, ...]:
    cells = [f"{one:.3f}" if one else "" for one in seconds]
    return title, *cells, f"{sum(seconds):.3f}", f"{100 * sum(seconds) / total:.0f} %"
