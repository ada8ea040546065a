"""The time of `make pdf` after no change, and after small changes."""

import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from bench import articles, measure, projects
from bench.measure import Usage
from bench.programs import DOCUMENTS
from bench.report import Asked, Table
from bench.scale import Scale

EDITS = (
    ("a party of `positions.yaml`", "positions.yaml", "party: Her son\n", "party: The son\n"),
    ("a headline of `timeline.yaml`", "timeline.yaml", "had an everyday meaning", "had one everyday meaning"),
    ("a label of `figures.yaml`", "figures.yaml", "label: Tweets studied", "label: Tweets that were studied"),
    ("a sentence of `article.md`", "article.md", "No archive of early tweets was found.", "No such archive was found."),
)
ORDERS: tuple[tuple[str, Mapping[str, str]], ...] = (
    ("`PAPER=letter`", {"PAPER": "letter"}),
    ("`SHEET=a1`", {"SHEET": "a1"}),
)


def tables(scale: Scale) -> Iterator[Table]:
    """A row for no change, for each edit, and for other papers and sheets."""
    with tempfile.TemporaryDirectory(prefix="triptych-") as name:
        project = projects.copied(Path(name), "content")
        _make(project)
        before = max(_times(project).values())
        nothing = measure.alternated({"": partial(_make, project)}, max(scale.runs, 3))[""]
        rows = [("nothing", *_cells(project, nothing.wall.median, nothing.cpu.median, before))]
        for title, file, old, new in EDITS:
            articles.changed(project / "content" / "himtoo" / file, old, new)
            rows.append((title, *_timed(project)))
        for title, variables in ORDERS:
            rows.append((title, *_timed(project, variables)))
            _make(project)
    yield Table(
        "`make pdf` again",
        f"In a copy of the project whose three documents are up to date. Without a change: the median of"
        f" {max(scale.runs, 3)} runs. After each change: one run.",
        ("changed", "wall, s", "CPU, s", "rebuilt"),
        rows,
        (Asked("`make pdf` with nothing changed: wall", nothing.wall, 0.15, unit=" s"),),
    )


def _make(project: Path, variables: Mapping[str, str] | None = None) -> Usage:
    return projects.make(project, "pdf", {"ARTICLE": "himtoo", **(variables or {})})


def _timed(project: Path, variables: Mapping[str, str] | None = None) -> tuple[str, ...]:
    before = max(_times(project).values())
    used = _make(project, variables)
    return _cells(project, used.wall, used.cpu, before)


def _cells(project: Path, wall: float, cpu: float, before: float) -> tuple[str, ...]:
    """Cells of a row: seconds, and the documents rebuilt since `before`, a file's time in seconds."""
    made = [name for name, time in _times(project).items() if time > before]
    return f"{wall:.2f}", f"{cpu:.2f}", ", ".join(made) or "none"


def _times(project: Path) -> dict[str, float]:
    return {name: (project / "build" / "himtoo" / f"{name}.pdf").stat().st_mtime for name in DOCUMENTS}
