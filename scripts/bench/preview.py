"""The time from a save to the pixels in a browser."""

import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from statistics import median

from bench import measure, programs
from bench.measure import Spread
from bench.report import Asked, Table
from bench.scale import Scale

MOST = {"factsheet": 0.35, "poster": 0.35, "briefing": 0.8}
"""Targets, in seconds."""
RUNS = 3
ALONE = "set and drawn, no more"
TEXT = """Seconds from a save of `article.md` until Chromium has redrawn the first page of the document in view. Each
save changes the version number, which every document prints. Below each document: how long the typesetter alone takes
to set and draw its pages, in a process in which all is loaded, and with the same HTML."""


def tables(scale: Scale) -> Iterator[Table]:
    """A row for each document. Without a browser, nothing is measured."""
    columns = ("document", "median, s", "least, s", "most, s")
    if not programs.CHROMIUM or not find_spec("playwright"):
        yield Table("Preview", TEXT, columns, [("not measured: `make tools`", "", "", "")], [*map(_asked, MOST)])
        return
    with tempfile.TemporaryDirectory(prefix="triptych-") as name:
        programs.composed(programs.ARTICLE, Path(name))
        folder, runs = Path(name), range(min(scale.runs, RUNS))
        rounds = [(_saved(scale), programs.drafts(folder), programs.pace(folder).wall) for _ in runs]
    pace = Spread([seconds for *_, seconds in rounds])
    found = {name: [times[name] for times, *_ in rounds] for name in MOST}
    alone = {name: [[seconds[name]] for _, seconds, _ in rounds] for name in MOST}
    rows = [row for name in MOST for row in (_row(name, found[name]), _row(f"{name}, {ALONE}", alone[name]))]
    yield Table(
        "Preview",
        f"{TEXT} {scale.saves} saves in each of {len(rounds)} previews.",
        columns,
        [*rows, _row(programs.PACE, [[*pace.values]])],
        [_asked(name, Spread([median(one) for one in times]), pace) for name, times in found.items()],
    )


def _saved(scale: Scale) -> dict[str, list[float]]:
    """Seconds of each save, by document."""
    found: dict[str, list[float]] = measure.output("saves", programs.ARTICLE, str(scale.saves), *MOST)
    return found


def _row(name: str, times: list[list[float]]) -> tuple[str, ...]:
    seconds = [one for several in times for one in several]
    return name, f"{median(seconds):.2f}", f"{min(seconds):.2f}", f"{max(seconds):.2f}"


def _asked(name: str, measured: Spread | None = None, pace: Spread | None = None) -> Asked:
    return Asked(f"Preview of the {name}, from save to pixels", measured, MOST[name], unit=" s", pace=pace)
