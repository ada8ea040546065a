"""From a save to the pixels in a browser."""

from collections.abc import Iterator
from importlib.util import find_spec
from statistics import median

from bench import measure, programs
from bench.report import Asked, Table
from bench.scale import Scale

MOST = {"factsheet": 0.6, "poster": 0.6, "briefing": 1.0}
"""Seconds that were asked for."""
TEXT = """Seconds from the moment at which `article.md` is saved, with another version, which every document prints, to
the moment at which the first page of the document in view is drawn anew in Chromium by `triptych preview`."""


def tables(scale: Scale) -> Iterator[Table]:
    """A row for each document; none without a browser."""
    columns = ("document", "median, s", "least, s", "most, s")
    if not programs.CHROMIUM or not find_spec("playwright"):
        yield Table("Preview", TEXT, columns, [("not measured: `make tools`", "", "", "")], [*map(_asked, MOST)])
        return
    found: dict[str, list[float]] = measure.told("saves", programs.ARTICLE, str(scale.saves), *MOST)
    yield Table(
        "Preview",
        f"{TEXT} Medians of {scale.saves} saves.",
        columns,
        [(name, f"{median(times):.2f}", f"{min(times):.2f}", f"{max(times):.2f}") for name, times in found.items()],
        [_asked(name, median(times)) for name, times in found.items()],
    )


def _asked(name: str, measured: float | None = None) -> Asked:
    return Asked(f"Preview of the {name}, from save to pixels", measured, MOST[name], unit=" s")
