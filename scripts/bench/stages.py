"""Where the time goes in one cold command, by the steps that it takes."""

from collections.abc import Iterator
from statistics import median

from bench import measure
from bench.programs import ARTICLE, DOCUMENTS
from bench.report import Table
from bench.scale import Scale

SHARED = "all"
TEXT = """Seconds of the processor in one process (`-j 1`), by the step in which they are spent, medians of {runs} runs.
What is done once for all three stands apart, but that the first document that is set loads faces and styles for the
others too. A step counts what it calls, unless that is a step of its own; measuring counts the composing and setting
that it needs."""


def tables(scale: Scale) -> Iterator[Table]:
    """One table: a row for each step, a column for each document."""
    runs: list[dict[str, dict[str, float]]] = [measure.told("stages", ARTICLE) for _ in range(scale.runs)]
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
