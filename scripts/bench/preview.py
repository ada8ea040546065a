"""The time from a save to the pixels in a browser."""

from collections.abc import Iterator
from importlib.util import find_spec
from statistics import median

from bench import measure, programs
from bench.report import Asked, Table
from bench.scale import Scale

MOST = {"factsheet": 0.35, "poster": 0.35, "briefing": 0.8}
"""Targets, in seconds."""
TEXT = """Seconds from a save of `article.md` until Chromium has redrawn the first page of the document in view. Each
save changes the version number, which every document prints."""


def tables(scale: Scale) -> Iterator[Table]:
    """A row for each document. Without a browser, nothing is measured."""
    columns = ("document", "median, s", "least, s", "most, s")
    if not programs.CHROMIUM or not find_spec("playwright"):
        yield Table("Preview", TEXT, columns, [("not measured: `make tools`", "", "", "")], [*map(_asked, MOST)])
        return
    found: dict[str, list[float]] = measure.output("saves", programs.ARTICLE, str(scale.saves), *MOST)
    yield Table(
        "Preview",
        f"{TEXT} Medians of {scale.saves} saves.",
        columns,
        [(name, f"{median(times):.2f}", f"{min(times):.2f}", f"{max(times):.2f}") for name, times in found.items()],
        [_asked(name, median(times)) for name, times in found.items()],
    )


def _asked(name: str, measured: float | None = None) -> Asked:
    return Asked(f"Preview of the {name}, from save to pixels", measured, MOST[name], unit=" s")
