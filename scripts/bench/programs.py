"""The compared commands: our own, and those of other typesetters for the pages that ours composed."""

import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import measure
from bench.measure import Usage

PROGRAMS = Path(sys.executable).parent
TRIPTYCH = PROGRAMS / "triptych"
WEASYPRINT = PROGRAMS / "weasyprint"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
FONTS = Path(sys.prefix) / "share" / "triptych" / "fonts"
CONFIG = FONTS / "fonts.conf"
ARTICLE = measure.PROJECT / "content" / "himtoo"
DOCUMENTS = ("briefing", "factsheet", "poster")
PACE = "`weasyprint`, three commands"

_TYPST = """\
import sys, typst
source, fonts, target = sys.argv[1:]
typst.compile(source, output=target, font_paths=[fonts], ignore_system_fonts=True, pdf_standards="a-3a")
"""


def triptych(article: Path, output: Path, *options: str, code: int = 0) -> Usage:
    """Usage of our command, from the article to proven documents, or to a refusal with this exit code."""
    return measure.usage(TRIPTYCH, "build", article, "--alone", "--output", output, *options, code=code)


def unlimited(article: Path, output: Path, *options: str) -> Usage:
    """Usage of the same work in the process of the command itself, without limits."""
    program = "import sys; from triptych.__main__ import main; sys.exit(main())"
    return measure.usage(sys.executable, "-c", program, "build", article, "--alone", "--output", output, *options)


def composed(article: Path, folder: Path, *options: str) -> None:
    """Write the pages that our command composes into a folder, for the other programs."""
    measure.output("composed", article, folder, *options)


def pace(folder: Path) -> Usage:
    """Usage of plain WeasyPrint for the composed documents in a folder: the pace of the machine."""
    return three(weasyprint, folder)


def three(program: Callable[[Path, str], Usage], folder: Path) -> Usage:
    """Usage of a program for each of the composed documents in a folder, one after the other."""
    first, *rest = (program(folder, name) for name in DOCUMENTS)
    return sum(rest, first)


def weasyprint(folder: Path, name: str) -> Usage:
    """Usage of plain WeasyPrint for a composed document."""
    styles = (folder / f"{name}.styles").read_text(encoding="utf-8").split()
    options = [word for style in styles for word in ("-s", f"styles/{style}")]
    options += ["--quiet", "--pdf-variant", "pdf/a-3a", f"{name}.html", f"{name}.weasyprint.pdf"]
    return measure.usage(WEASYPRINT, *options, folder=folder, FONTCONFIG_FILE=str(CONFIG))


def floor(folder: Path) -> Usage:
    """Usage of one process that sets and writes all composed documents in a folder, and does nothing else."""
    return _floor("plain", folder.resolve(), *DOCUMENTS)


def shared(folder: Path) -> Usage:
    """Usage of the same in two processes at once: one for the briefing, one for the other documents."""
    return _floor("shared", folder.resolve(), *DOCUMENTS)


def drafts(folder: Path) -> dict[str, float]:
    """Seconds to set and draw each composed document in a folder for the screen, where all is loaded, by its name."""
    found: dict[str, float] = measure.output(
        "floor", "drafts", folder.resolve(), *DOCUMENTS, FONTCONFIG_FILE=str(CONFIG)
    )
    return found


def measured(folder: Path) -> Usage:
    """Usage of our build in one process; it writes what it measured into a folder."""
    return _floor("measured", ARTICLE, folder / "edges.json")


def given(folder: Path, processes: int) -> Usage:
    """Usage of the same build where that is given, and nothing is measured."""
    return _floor("given", ARTICLE, folder / "edges.json", str(processes))


def _floor(*arguments: str | Path) -> Usage:
    return measure.usage(sys.executable, "-m", "bench.inside.floor", *arguments, FONTCONFIG_FILE=str(CONFIG))


def chromium(folder: Path, name: str) -> Usage:
    """Usage of Chromium for the same document, with the same fonts."""
    quiet = [f"--disable-{what}" for what in ("gpu", "background-networking", "component-update", "sync")]
    with tempfile.TemporaryDirectory(dir=folder) as profile:
        options = ["--headless", "--no-sandbox", "--no-first-run", *quiet, f"--user-data-dir={profile}"]
        options += ["--no-pdf-header-footer", f"--print-to-pdf={name}.chromium.pdf", f"{name}.linked.html"]
        return measure.usage(CHROMIUM, *options, folder=folder, FONTCONFIG_FILE=str(CONFIG))


def typst(folder: Path, name: str) -> Usage:
    """Usage of Typst for a document with the same text."""
    return measure.usage(sys.executable, "-c", _TYPST, f"{name}.typ", FONTS, f"{name}.typst.pdf", folder=folder)
