"""A library that is killed half made, and made again: what stands is not written a second time."""

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import articles, projects
from bench.measure import Runs, Usage
from bench.report import Asked, Table
from bench.scale import Scale

RUNS = 3
KILLED = -9
"""The exit code of a process that is killed."""
PLACES = ("[!.]*/[!.]*.pdf", "[!.]*/[!.]*/[!.]*.pdf")
"""The documents of articles, and of translations; none that is only being made."""
TEXT = """`make all` in a copy of the project with {articles} articles and their translations; then from nothing once
more, killed with all its processes when half of the files stand; then again, until all stand. The kill loses what was
in the making. Medians of {runs} rounds."""


@dataclass(frozen=True, slots=True)
class Round:
    """A whole run, one that was killed, and the one after it."""

    whole: Usage
    killed: Usage
    again: Usage
    files: int
    """Files of the whole run."""
    stood: int
    """Files that stood after the kill."""
    rewritten: int
    """Those of them that were written a second time."""


def tables(scale: Scale) -> Iterator[Table]:
    """One table: a row for each run."""
    with tempfile.TemporaryDirectory(prefix="triptych-") as name:
        project = projects.copied(Path(name))
        articles.copies(project / "content", scale.resumed)
        rounds = [_round(project) for _ in range(min(scale.runs, RUNS))]
    whole, killed, again = (Runs([getattr(one, run) for one in rounds]) for run in ("whole", "killed", "again"))
    both = Runs([one.killed + one.again for one in rounds])
    files, stood = rounds[-1].files, rounds[-1].stood
    runs = (
        ("whole", files, whole),
        ("killed", stood, killed),
        ("again", files - stood, again),
        ("the last two", files, both),
    )
    yield Table(
        "After a kill",
        TEXT.format(articles=scale.resumed, runs=len(rounds)),
        ("run", "files made", "wall, s", "CPU, s", "wall, ratio", "CPU, ratio"),
        [_row(title, count, used, whole) for title, count, used in runs],
        (Asked("After a kill: files that stood, written again", max(one.rewritten for one in rounds), 0),),
    )


def _round(project: Path) -> Round:
    """All three runs. Raises RuntimeError if the last one leaves a file out."""
    _clean(project)
    whole = projects.make(project, "all")
    files = len(_made(project))
    _clean(project)
    killed = projects.make(project, "all", code=KILLED, killed=lambda: len(_made(project)) >= files // 2)
    before = _made(project)
    again = projects.make(project, "all")
    after = _made(project)
    if len(after) != files:
        raise RuntimeError(f"{files - len(after)} of {files} files are not there after a kill and another run")
    rewritten = sum(after[path] != written for path, written in before.items())
    return Round(whole, killed, again, files, len(before), rewritten)


def _clean(project: Path) -> None:
    projects.make(project, "clean")


def _made(project: Path) -> Mapping[Path, tuple[int, int]]:
    """The number of each file of a document, and when it was written."""
    found = (path for place in PLACES for path in (project / "build").glob(place))
    stats = {path: path.stat() for path in found}
    return {path: (stat.st_ino, stat.st_mtime_ns) for path, stat in stats.items()}


def _row(title: str, count: int, used: Runs, whole: Runs) -> tuple[str, ...]:
    ratios = (f"{used.wall / whole.wall:.2f}", f"{used.cpu / whole.cpu:.2f}")
    return title, str(count), f"{used.wall.median:.1f}", f"{used.cpu.median:.1f}", *ratios
