"""How the time grows: with pages, with events, and with the events of a timeline without typesetting."""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pypdfium2

from bench import articles, measure, programs
from bench.measure import Usage
from bench.report import Asked, Table
from bench.scale import Scale

REPEATS = {10: 1, 50: 14, 100: 31, 500: 165}
"""Number of repetitions of our article's prose for about this many pages."""
RUNS = 3
SHEET = "a1"
COLUMNS = ("wall, s", "CPU, s", "`weasyprint` CPU, s", "ratio")


def tables(scale: Scale) -> Iterator[Table]:
    """Tables for pages, for events, and for layout without typesetting."""
    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        yield _pages(Path(folder), scale)
    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        yield _events(Path(folder), scale)
    yield _layout(scale)


def _pages(folder: Path, scale: Scale) -> Table:
    found = {}
    for about in scale.pages:
        article = articles.long(folder, REPEATS[about])
        runs = 1 if about > 100 else min(scale.runs, RUNS)
        ours, plain = _both(article, folder, "briefing", runs)
        count = len(pypdfium2.PdfDocument((folder / "build" / "briefing.pdf").read_bytes()))
        found[count] = ours, plain
    least, most = min(found), max(found)
    grown = [found[most][number].cpu / found[least][number].cpu for number in (0, 1)]
    return Table(
        "Growth in pages",
        "Only the briefing, with repeated prose: our command from the article to the proven PDF, beside plain"
        f" `weasyprint` with the HTML that ours composed. Medians of {min(scale.runs, RUNS)} runs; one run for more"
        " than 100 pages.",
        ("pages", *COLUMNS),
        [(str(count), *_row(*both)) for count, both in found.items()],
        [Asked(f"CPU of {most} pages to {least}, to the same of `weasyprint`", grown[0] / grown[1], 1.0)]
        if most > least
        else (),
    )


def _events(folder: Path, scale: Scale) -> Table:
    found = {}
    for count in scale.events:
        article = articles.eventful(folder, count)
        found[count] = _both(article, folder, "poster", min(scale.runs, RUNS), SHEET)
    least, most = (found[count][0].cpu for count in (scale.events[0], scale.events[-1]))
    return Table(
        "Growth in events",
        f"Only the poster, on {SHEET.upper()}, of an article with this number of invented events. From 200 events on,"
        " it has a histogram, cards for some events, and pages that list all.",
        ("events", *COLUMNS),
        [(str(count), *_row(*both)) for count, both in found.items()],
        (Asked(f"Poster of {scale.events[-1]} events to {scale.events[0]}: CPU", most / least, 3.0),),
    )


def _both(article: Path, folder: Path, document: str, runs: int, sheet: str = "") -> tuple[Usage, Usage]:
    """Usage of our command for one document, and of plain WeasyPrint for the HTML that ours composed."""
    pages = folder / f"{article.name}-composed"
    programs.composed(article, pages, document, *([f"sheet={sheet}"] if sheet else []))
    options = ["--only", document, "-j", "1", *(["--sheet", sheet] if sheet else [])]
    found = measure.medians(
        {
            "ours": partial(programs.triptych, article, folder / "build", *options),
            "plain": partial(programs.weasyprint, pages, document),
        },
        runs,
    )
    return found["ours"], found["plain"]


def _row(ours: Usage, plain: Usage) -> tuple[str, ...]:
    return f"{ours.wall:.2f}", f"{ours.cpu:.2f}", f"{plain.cpu:.2f}", f"{ours.cpu / plain.cpu:.2f}"


def _layout(scale: Scale) -> Table:
    times: dict[str, tuple[float, float]] = measure.output("layout", str(scale.runs), *map(str, scale.lines))
    return Table(
        "Growth in events, layout alone",
        "The positions of this number of events, ten per year, on a sheet that is high enough, without typesetting."
        " Measured with pyperf.",
        ("events", "ms", "± ms", "µs an event"),
        [
            (count, f"{mean * 1000:.1f}", f"{deviation * 1000:.1f}", f"{mean / int(count) * 1e6:.1f}")
            for count, (mean, deviation) in times.items()
        ],
    )
