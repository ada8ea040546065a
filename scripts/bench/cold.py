"""Three documents from a cold start: one command of ours, beside three commands of each other typesetter."""

import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import pypdfium2

from bench import measure, programs
from bench.measure import Runs, Spread, Usage
from bench.programs import ARTICLE, PACE
from bench.report import Asked, Table
from bench.scale import Scale

CHROMIUM = "Chromium, three commands"
ONE, TWO = "`triptych build -j 1`", "`triptych build -j 2`"
FLOOR, SHARED = "`weasyprint`, one process", "`weasyprint`, two processes at once"
GIVEN, GIVEN_TWO = f"{ONE}, nothing measured", f"{TWO}, nothing measured"
PEERS: tuple[tuple[str, str, Callable[[Path, str], Usage]], ...] = (
    (PACE, "weasyprint", programs.weasyprint),
    (CHROMIUM, "chromium", programs.chromium),
    ("Typst, three commands", "typst", programs.typst),
)
TEXT = """`triptych build` makes the three documents of `content/himtoo` in one command: it reads and checks the
article, lays out the timelines, composes and sets the pages, writes tagged PDFs that carry their content, and
proves them. The other programs start from its results. `weasyprint` and Chromium get the HTML that it composed,
with its drawings, styles and fonts. Typst does not read HTML: it gets a document with the same text, type,
drawings and positions. `weasyprint` and Typst write PDF/A-3a, Chromium writes plain PDF. None of them proves
its result; where the number of pages differs from ours, the pages look different. The last four rows show what
is possible with this typesetter: one process that sets and writes the same HTML and does nothing else, the same
where a copy of it does what follows the briefing, and our build where the heights that it measures are given.
Medians of {runs} runs, in alternation; memory is the peak of one process."""


def tables(scale: Scale) -> Iterator[Table]:
    """One table with all programs."""
    with tempfile.TemporaryDirectory(prefix="triptych-") as name:
        folder = Path(name)
        programs.composed(ARTICLE, folder)
        jobs: dict[str, Callable[[], Usage]] = {
            ONE: partial(programs.triptych, ARTICLE, folder / "ours", "-j", "1"),
            TWO: partial(programs.triptych, ARTICLE, folder / "ours", "-j", "2"),
            **{title: partial(programs.three, program, folder) for title, _, program in PEERS if _is_here(program)},
            FLOOR: partial(programs.floor, folder),
            SHARED: partial(programs.shared, folder),
            GIVEN: partial(programs.given, folder, 1),
            GIVEN_TWO: partial(programs.given, folder, 2),
        }
        programs.measured(folder)
        measure.alternated(jobs, 1)  # warms the cache of the file system
        found = measure.alternated(jobs, scale.runs)
        pages = {title: _pages(folder.glob("ours/*.pdf")) for title in (ONE, TWO)}
        pages |= {title: _pages(folder.glob(f"*.{suffix}.pdf")) for title, suffix, _ in PEERS}
        pages |= dict.fromkeys((FLOOR, SHARED), _pages(folder.glob("*.floor.pdf")))
        pages |= dict.fromkeys((GIVEN, GIVEN_TWO), pages[ONE])
    plain = found[PACE]
    yield Table(
        "Cold, and beside other typesetters",
        TEXT.format(runs=scale.runs),
        ("", "wall, s", "CPU, s", "wall, ratio", "CPU, ratio", "memory, MiB", "pages"),
        [
            *(_row(title, used, plain, pages[title]) for title, used in found.items()),
            *((title, *["not installed"] * 6) for title, _, _ in PEERS if title not in found),
        ],
        (
            Asked("Three documents, cold, `-j 1`: CPU of three `weasyprint` commands", found[ONE].cpu / plain.cpu, 1.0),
            Asked("The same, `-j 2`: CPU", found[TWO].cpu / plain.cpu, 1.0),
            Asked("The same, `-j 2`: wall", found[TWO].wall / plain.wall, 0.7),
            Asked("The same, `-j 1`: CPU of three Chromium commands", _to(found, ONE, CHROMIUM), 1.0),
            Asked("Memory of a process", max(found[ONE].memory, found[TWO].memory), 200, unit=" MiB"),
        ),
    )


def _to(found: Mapping[str, Runs], one: str, other: str) -> Spread | None:
    """CPU of one to another; None if that is not installed."""
    return found[one].cpu / found[other].cpu if other in found else None


def _is_here(program: Callable[[Path, str], Usage]) -> bool:
    return program is not programs.chromium or bool(programs.CHROMIUM)


def _pages(paths: Iterator[Path]) -> str:
    return ", ".join(str(len(pypdfium2.PdfDocument(path.read_bytes()))) for path in sorted(paths))


def _row(title: str, used: Runs, plain: Runs, pages: str) -> tuple[str, ...]:
    ratios = (f"{used.wall / plain.wall:.2f}", f"{used.cpu / plain.cpu:.2f}")
    return title, f"{used.wall.median:.2f}", f"{used.cpu.median:.2f}", *ratios, f"{used.memory:.0f}", pages
