"""What an author waits for beside the documents: a review, a refusal, a long table, a text from a word processor."""

import random
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import xlsxwriter

from bench import articles, measure, programs, projects
from bench.measure import Usage
from bench.programs import ARTICLE, PACE, TRIPTYCH
from bench.report import Asked, Table
from bench.scale import Scale

RUNS = 3
DOES_NOT_FIT = 5
"""The exit code of a document that does not fit."""
SHEET = "a1"
FEW, MANY = 210, 1_000
"""Events of two posters; both have a list of all."""
MORE = " and so on at some length"
ROWS = 10_000
REPEATS = 31
"""Repetitions of our article's prose for about a hundred pages."""
SNAPSHOTS = "`make snapshots ARTICLE=himtoo`"
REVIEW, REFUSED, FITS = "`triptych review`", "a fact sheet that cannot fit", "the same that fits"
FEWER, MORE_EVENTS = f"a poster of {FEW} events", f"a poster of {MANY:,} events"
CHECKED, IMPORTED = f"`triptych check --quick`, {ROWS:,} rows", "`triptych import` of some hundred pages"
YEARS = range(1990, 2000)
TABLED = {
    "article.md": "---\ntitle: Every meeting\nlanguage: en-GB\n---\n"
    f"The council met in {', '.join(map(str, YEARS))}. {{#all}}\n",
    "sources.yaml": "references:\n  - {id: minutes, type: report, title: Minutes}\n",
}
"""The other files of an article whose events are a workbook."""
TEXT = """Until a command has said what it found, or made what was asked. The rows are those of a workbook of Excel, the
pages those of a file of Word. `make snapshots` makes a review and accepts the pages, in a copy of the project. Medians
of {runs} runs, in alternation, with three `weasyprint` commands as in the first table."""


def tables(scale: Scale) -> Iterator[Table]:
    """One table: a row for each command."""
    runs = min(scale.runs, RUNS)
    with tempfile.TemporaryDirectory(prefix="triptych-") as name:
        found = measure.alternated(_jobs(Path(name)), runs)
    pace = found[PACE].wall
    yield Table(
        "What an author waits for",
        TEXT.format(runs=runs),
        ("", "wall, s", "CPU, s", "memory, MiB"),
        [(title, f"{used.wall:.2f}", f"{used.cpu:.2f}", f"{used.memory:.0f}") for title, used in found.items()],
        (
            Asked("Review of an article", found[REVIEW].wall, 6, unit=" s", pace=pace),
            Asked("`make snapshots` of an article", found[SNAPSHOTS].wall, 6, unit=" s", pace=pace),
            Asked("A fact sheet that cannot fit to one that fits: CPU", found[REFUSED].cpu / found[FITS].cpu, 2),
            Asked(f"A poster of {MANY:,} events to {FEW}: CPU", found[MORE_EVENTS].cpu / found[FEWER].cpu, 2.5),
            Asked(f"A table of {ROWS:,} rows, checked", found[CHECKED].wall, 5, unit=" s", pace=pace),
            Asked("Import of a file of Word of some hundred pages", found[IMPORTED].wall, 10, unit=" s", pace=pace),
        ),
    )


def _jobs(folder: Path) -> dict[str, Callable[[], Usage]]:
    """What is measured, by its title. Makes the articles, and the file of Word."""
    crowded, output = _crowded(folder), folder / "build"
    fact_sheet = ("--only", "factsheet", "-j", "1")
    posters = {count: articles.eventful(folder, count) for count in (FEW, MANY)}
    poster = ("--only", "poster", "--sheet", SHEET, "-j", "1")
    text = _written(folder)
    programs.composed(ARTICLE, folder / "composed")
    (folder / "project").mkdir()
    project = projects.copied(folder / "project", "content", "tests")
    return {
        REVIEW: partial(measure.usage, TRIPTYCH, "review", ARTICLE, "--output", folder / "review"),
        SNAPSHOTS: partial(projects.make, project, "snapshots", {"ARTICLE": "himtoo"}),
        PACE: partial(programs.pace, folder / "composed"),
        CHECKED: partial(measure.usage, TRIPTYCH, "check", "--quick", _tabled(folder)),
        IMPORTED: partial(_imported, text, folder / "imported"),
        REFUSED: partial(programs.triptych, crowded, output, *fact_sheet, code=DOES_NOT_FIT),
        FITS: partial(programs.triptych, articles.HARROWBY, output, *fact_sheet),
        FEWER: partial(programs.triptych, posters[FEW], output, *poster),
        MORE_EVENTS: partial(programs.triptych, posters[MANY], output, *poster),
    }


def _crowded(folder: Path) -> Path:
    """An article whose statements are longer than a fact sheet has room for."""
    copy = Path(shutil.copytree(articles.HARROWBY, folder / "crowded"))
    path = copy / "positions.yaml"
    long = re.sub(r"(- text: .*?)(\.?\"?)$", rf"\1{MORE * 12}\2", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    path.write_text(long, encoding="utf-8")
    return copy


def _tabled(folder: Path) -> Path:
    """An article whose timeline is a workbook of many rows."""
    copy = folder / "tabled"
    copy.mkdir()
    for name, text in TABLED.items():
        (copy / name).write_text(text, encoding="utf-8")
    chance, words = random.Random(ROWS), articles.SENTENCE.replace("Sunday", "weekday").split()
    with xlsxwriter.Workbook(copy / "timeline.xlsx") as book:
        sheet = book.add_worksheet("Events")
        sheet.write_row(0, 0, ("date", "headline", "sources", "passages"))
        for row in range(1, ROWS + 1):
            headline = " ".join(chance.sample(words, 8)).capitalize()
            sheet.write_row(row, 0, (str(1990 + row % len(YEARS)), headline, "minutes", "all"))
    return copy


def _written(folder: Path) -> Path:
    """A file of Word of a long article."""
    article = articles.long(folder, REPEATS)
    measure.usage(TRIPTYCH, "editions", article, "--only", "docx", "--alone", "--output", folder / "word")
    (found,) = (folder / "word").rglob("*.docx")
    return Path(found)


def _imported(file: Path, to: Path) -> Usage:
    """Usage of an import into a new folder."""
    shutil.rmtree(to, ignore_errors=True)
    return measure.usage(TRIPTYCH, "import", file, "--to", to)
