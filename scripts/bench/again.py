"""The time of `make pdf` after no change, and after small changes."""

import shutil
import tempfile
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from bench import articles, measure
from bench.measure import PROJECT, Usage
from bench.programs import DOCUMENTS
from bench.report import Asked, Table
from bench.scale import Scale

TRIPTYCH = """#!/bin/sh
PYTHONPATH="{folder}/scripts" exec "{python}" -m triptych "$@"
"""
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
        project = _project(Path(name))
        _make(project)
        before = max(_times(project).values())
        nothing = measure.medians({"": partial(_make, project)}, max(scale.runs, 3))[""]
        rows = [("nothing", *_cells(project, nothing, before))]
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


def _project(folder: Path) -> Path:
    """A copy of the project that uses the packages of this one."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(PROJECT / name, folder)
    for name in ("templates", "scripts", "content"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    program = folder / ".venv" / "bin" / "triptych"
    program.parent.mkdir(parents=True)
    program.write_text(TRIPTYCH.format(folder=folder, python=PROJECT / ".venv" / "bin" / "python"), encoding="utf-8")
    program.chmod(0o755)
    program.with_name("python").symlink_to(PROJECT / ".venv" / "bin" / "python")
    (folder / ".venv" / "ready").touch()
    return folder


def _make(project: Path, variables: Mapping[str, str] | None = None) -> Usage:
    given = [f"{name}={value}" for name, value in (variables or {}).items()]
    return measure.usage("make", "pdf", "ARTICLE=himtoo", *given, folder=project, MAKEFLAGS="", MFLAGS="", MAKELEVEL="")


def _timed(project: Path, variables: Mapping[str, str] | None = None) -> tuple[str, ...]:
    before = max(_times(project).values())
    return _cells(project, _make(project, variables), before)


def _cells(project: Path, used: Usage, before: float) -> tuple[str, ...]:
    """Cells of a row: seconds, and the documents rebuilt since `before`, a file's time in seconds."""
    made = [name for name, time in _times(project).items() if time > before]
    return f"{used.wall:.2f}", f"{used.cpu:.2f}", ", ".join(made) or "none"


def _times(project: Path) -> dict[str, float]:
    return {name: (project / "build" / "himtoo" / f"{name}.pdf").stat().st_mtime for name in DOCUMENTS}
