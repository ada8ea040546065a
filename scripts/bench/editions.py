"""All editions of an article, and the zip of them, in one language and in all."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bench import measure, programs
from bench.measure import Usage
from bench.programs import ARTICLE, PACE, TRIPTYCH
from bench.report import Asked, Table
from bench.scale import Scale

RUNS = 3
MOST = 60
"""Seconds for any of them."""
PROFILE = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")
"""The profile of a press that Make names, where it is installed."""
TEXT = """`triptych editions` and `triptych pack` with the options that `make editions` and `make pack` give them, for
`content/himtoo`: in English alone, and with its translations into {languages} languages. Medians of {runs} runs, in
alternation, with three `weasyprint` commands as in the first table."""


def tables(scale: Scale) -> Iterator[Table]:
    """One table: a row for each command and article."""
    runs = min(scale.runs, RUNS)
    translations = [path.name for path in ARTICLE.iterdir() if (path / "article.md").is_file()]
    with tempfile.TemporaryDirectory(prefix="triptych-") as name:
        folder = Path(name)
        programs.composed(ARTICLE, folder / "composed")
        alone = shutil.copytree(ARTICLE, folder / ARTICLE.name, ignore=shutil.ignore_patterns(*translations))
        jobs = {
            "`make editions`, English alone": partial(_editions, alone, folder / "editions"),
            "`make pack`, English alone": partial(_pack, alone, folder / "alone.zip"),
            PACE: partial(programs.pace, folder / "composed"),
            "`make editions`, with translations": partial(_editions, ARTICLE, folder / "editions"),
            "`make pack`, with translations": partial(_pack, ARTICLE, folder / "all.zip"),
        }
        found = measure.alternated(jobs, runs)
    pace = found.pop(PACE)
    yield Table(
        "Editions",
        TEXT.format(languages=len(translations), runs=runs),
        ("", "wall, s", "CPU, s", "memory, MiB"),
        [
            (title, f"{used.wall:.1f}", f"{used.cpu:.1f}", f"{used.memory:.0f}")
            for title, used in {**found, PACE: pace}.items()
        ],
        [Asked(title, used.wall, MOST, unit=" s", pace=pace.wall) for title, used in found.items()],
    )


def _editions(article: Path, output: Path) -> Usage:
    return measure.usage(TRIPTYCH, "editions", article, *_profile(), "--output", output)


def _pack(article: Path, output: Path) -> Usage:
    return measure.usage(TRIPTYCH, "pack", article, "--output", output)


def _profile() -> Sequence[str]:
    return [f"--profile={PROFILE}"] if PROFILE.is_file() else []
