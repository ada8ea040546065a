"""How the time grows: with pages, with events, and with the events of a timeline without typesetting."""

import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import pypdfium2

from bench import articles, measure, programs
from bench.measure import Runs, Spread, Usage
from bench.report import Asked, Table
from bench.scale import Scale

REPEATS = {10: 1, 50: 14, 100: 31, 500: 165}
"""Number of repetitions of our article's prose for about this many pages."""
RUNS = 3
LONG = 100
"""Pages of a long document, which is made only once."""
SHEET = "a1"
COLUMNS = ("wall, s", "CPU, s", "`weasyprint` CPU, s", "ratio")


def tables(scale: Scale) -> Iterator[Table]:
    """Tables for pages, for events, and for layout without typesetting."""
    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        yield _pages(Path(folder), scale)
    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        yield from _events(Path(folder), scale)
    yield _layout(scale)


def _pages(folder: Path, scale: Scale) -> Table:
    made = {about: articles.long(folder, REPEATS[about]) for about in scale.pages}
    short, long = ({about: made[about] for about in made if (about > LONG) is over} for over in (False, True))
    measured = _both(short, folder, "briefing", min(scale.runs, RUNS)) | _both(long, folder, "briefing", 1)
    found = {_length(folder / "build" / made[about].name): both for about, both in measured.items()}
    least, most = min(found), max(found)
    grown = [ours.cpu / plain.cpu for ours, plain in (found[most], found[least])]
    return Table(
        "Growth in pages",
        "Only the briefing, with repeated prose: our command from the article to the proven PDF, beside plain"
        f" `weasyprint` with the HTML that ours composed. Medians of {min(scale.runs, RUNS)} runs; one run for more"
        f" than {LONG} pages.",
        ("pages", *COLUMNS),
        [(str(count), *_row(*both)) for count, both in found.items()],
        [Asked(f"CPU of {most} pages to {least}, to the same of `weasyprint`", _of_each(*grown), 1.0)]
        if most > least
        else (),
    )


def _length(output: Path) -> int:
    """The number of pages of a briefing."""
    return len(pypdfium2.PdfDocument((output / "briefing.pdf").read_bytes()))


def _of_each(one: Spread, other: Spread) -> Spread:
    """The ratios of each value to each of the other: a long document has fewer rounds than a short one."""
    return Spread([above / below for above in one.values for below in other.values])


def _events(folder: Path, scale: Scale) -> Iterator[Table]:
    """A table of posters with cards for their events, and one of posters that list them on pages too."""
    yield _posters(folder, scale, scale.events, SHEET, 3.0)
    yield _posters(folder / "listed", scale, scale.listed, "a3", 2.5)


def _posters(folder: Path, scale: Scale, counts: Sequence[int], sheet: str, bound: float) -> Table:
    folder.mkdir(exist_ok=True)
    made = {count: articles.eventful(folder, count) for count in counts}
    found = _both(made, folder, "poster", min(scale.runs, RUNS), sheet)
    least, most = (found[count][0].cpu for count in (counts[0], counts[-1]))
    return Table(
        f"Growth in events on {sheet.upper()}",
        f"Only the poster, on {sheet.upper()}, of an article with this number of invented events. From 200 events on,"
        " it has a histogram, cards for some events, and pages that list all.",
        ("events", *COLUMNS),
        [(f"{count:,}", *_row(*both)) for count, both in found.items()],
        (Asked(f"Poster of {counts[-1]:,} events to {counts[0]}: CPU", most / least, bound),),
    )


def _both(
    made: Mapping[int, Path], folder: Path, document: str, runs: int, sheet: str = ""
) -> dict[int, tuple[Runs, Runs]]:
    """For each article our command for one document, and plain WeasyPrint for the HTML that ours composed."""
    options = ["--only", document, "-j", "1", *(["--sheet", sheet] if sheet else [])]
    jobs: dict[tuple[int, str], Callable[[], Usage]] = {}
    for size, article in made.items():
        pages = folder / f"{article.name}-composed"
        programs.composed(article, pages, document, *([f"sheet={sheet}"] if sheet else []))
        jobs[size, "ours"] = partial(programs.triptych, article, folder / "build" / article.name, *options)
        jobs[size, "plain"] = partial(programs.weasyprint, pages, document)
    found = measure.alternated(jobs, runs)
    return {size: (found[size, "ours"], found[size, "plain"]) for size in made}


def _row(ours: Runs, plain: Runs) -> tuple[str, ...]:
    seconds = (f"{ours.wall.median:.2f}", f"{ours.cpu.median:.2f}", f"{plain.cpu.median:.2f}")
    return *seconds, f"{ours.cpu / plain.cpu:.2f}"


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
