"""Fixtures that several test modules share, and the things that their signatures name."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel import Locale
from hypothesis import Phase, settings

from triptych.__main__ import ACCEPTED, main
from triptych.build import inspection, pipeline
from triptych.check import messages
from triptych.compose import words
from triptych.compose.html import Composed
from triptych.content import dates, read
from triptych.content.calendars import Calendar
from triptych.content.kinds import HEADS, KINDS
from triptych.content.prose import Renderer
from triptych.design import where
from triptych.documents.workshop import Document
from triptych.pdf import reading, tags
from triptych.typeset.pages import Pages, Typesetter

settings.register_profile("everyday", max_examples=100, deadline=None, derandomize=True)
settings.register_profile("slow", max_examples=2000, deadline=None, derandomize=True)
settings.register_profile("chance", max_examples=100, deadline=None)
settings.register_profile(
    "mutants", max_examples=20, deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate]
)
settings.load_profile("everyday")
pipeline.settle()

PROJECT = Path(__file__).parents[1]
TEMPLATES = where.templates()
HARROWBY = Path(__file__).parent / "articles" / "harrowby"
SHIPPED = sorted(path.stem for path in TEMPLATES.files("words").values())
"""The languages that have words."""
ARTICLES = sorted({path.parent.name for name in HEADS for path in (PROJECT / "content").glob(f"*/{name}")})
TIERS = ("composed_html", "structure", "geometry", "pages")
"""The tests of an article's pages."""


@cache
def calendar(language: str) -> Calendar:
    """A calendar in a language, with the English words."""
    return Calendar(Locale.parse(language, sep="-"), words.words("en", TEMPLATES).by_name)


@dataclass(frozen=True, slots=True)
class ArticleCopy:
    """An article that a test may edit."""

    folder: Path

    def replace(self, name: str, old: str, new: str) -> None:
        """Put one text, which must stand there once, in the place of another in one of the files."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"`{old}` stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def line(self, name: str, text: str) -> int:
        """Number of the line on which a text first starts."""
        whole = (self.folder / name).read_text(encoding="utf-8")
        return whole.count("\n", 0, whole.index(text)) + 1


def written(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write the files of an article into a folder, a new one or one that is there, and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, held in files.items():
        (folder / name).write_bytes(held.encode() if isinstance(held, str) else held)
    return folder


def as_yaml(fields: Mapping[str, Any]) -> str:
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False)


def read_aloud(pdf: bytes) -> str:
    """A PDF as a screen reader reads it, line by line."""
    return "\n".join(reading.lines(tags.read(pdf)))


TYPESETTER = f"""#!/bin/sh
PYTHONPATH="$(dirname "$0")/../../scripts" exec "{sys.executable}" -m triptych "$@"
"""
"""The real one, of the copy of the project in which it lies, with the packages of this one."""


@dataclass(frozen=True, slots=True)
class ProjectCopy:
    """A project of its own, with no article yet, in which a test may run make."""

    folder: Path

    @classmethod
    def at(cls, folder: Path, typesetter: str = TYPESETTER) -> "ProjectCopy":
        """Copy the project; `typesetter` is the script that stands for the command `triptych`."""
        for name in ("Makefile", "requirements.lock", "pyproject.toml"):
            shutil.copy(PROJECT / name, folder)
        for name in ("templates", "scripts"):
            shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        program = folder / ".venv" / "bin" / "triptych"
        program.parent.mkdir(parents=True)
        program.write_text(typesetter)
        program.chmod(0o755)
        program.with_name("python").symlink_to(sys.executable)
        (folder / ".venv" / "ready").touch()
        return cls(folder)

    def add(self, name: str) -> ArticleCopy:
        """Put the article by which everything is tested into it, under a name."""
        return ArticleCopy(Path(shutil.copytree(HARROWBY, self.folder / "content" / name)))

    def make(self, *words: str) -> subprocess.Popen[str]:
        """Start make, in a process group of its own, without what a make around the tests passes on."""
        given = re.search(r"^GIVEN := (.+)$", (self.folder / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
        passed_on = ("MAKE", "MFLAGS", *(given[1].split() if given else ()))
        environment = {name: value for name, value in os.environ.items() if not name.startswith(passed_on)}
        return subprocess.Popen(
            ["make", *words],
            cwd=self.folder,
            env=environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    def made(self, *words: str) -> str:
        """What make says, which must succeed."""
        with self.make(*words) as process:
            said, complaints = process.communicate()
        assert (process.returncode, complaints) == (0, "")
        return said


@dataclass(frozen=True, slots=True)
class Page:
    """Makes small documents of 100 by 100 mm, in our serif, to typeset."""

    def __call__(self, body: str, style: str = "") -> Composed:
        sheet = f'@page {{ margin: 10mm; size: 100mm 100mm }} html {{ font-family: "Serif Text" }} {style}'
        head = f'<meta charset="utf-8"><title>Page</title><style>{sheet}</style>'
        return Composed(f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>', {})


def printable(folder: Path) -> list[str]:
    """The documents that an article has something for."""
    parts = read.files(folder)[0].article.parts
    return [name for name, kind in KINDS.items() if kind.needs & parts]


@cache
def printed(folder: Path) -> Mapping[str, Document]:
    """The documents of an article, made once a worker: tests that use the same belong to one group."""
    return {one.name: one for one in pipeline.documents(folder, pipeline.Order(), TEMPLATES)}


@pytest.fixture(autouse="MUTANT_UNDER_TEST" in os.environ)
def no_date_is_known_yet() -> None:
    """Under `make mutants` each test reads its dates anew, so that mutmut sees which functions it calls."""
    dates.parsed.cache_clear()


@pytest.fixture
def harrowby() -> Path:
    """The folder of the article by which everything is tested; not to be changed."""
    return HARROWBY


@pytest.fixture
def article_copy(tmp_path: Path) -> ArticleCopy:
    return ArticleCopy(Path(shutil.copytree(HARROWBY, tmp_path / "harrowby")))


@pytest.fixture
def renderer(harrowby: Path) -> Renderer:
    """A renderer that numbers the sources in the order of sources.yaml."""
    references = yaml.safe_load((harrowby / "sources.yaml").read_text(encoding="utf-8"))["references"]
    return Renderer({reference["id"]: number for number, reference in enumerate(references, start=1)})


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def layouts(monkeypatch: pytest.MonkeyPatch) -> list[Pages]:
    """Each layout that the typesetter makes in the test, in order."""
    made: list[Pages] = []
    laid_out = Typesetter.laid_out

    def listening(typesetter: Typesetter, composed: Composed) -> Pages:
        made.append(laid_out(typesetter, composed))
        return made[-1]

    monkeypatch.setattr(Typesetter, "laid_out", listening)
    return made


@pytest.fixture(scope="session")
def typesetter() -> Typesetter:
    """A typesetter that may load the styles and the files of the article."""
    return Typesetter(TEMPLATES, HARROWBY)


Failures = Callable[[bytes, str], list[str]]
"""The rules that a PDF breaks of `ua1` (PDF/UA-1) or `3a` (PDF/A-3a), by a program that did not make it."""


@pytest.fixture
def failures() -> Failures:
    validator = pytest.importorskip("page", reason="no PDF validator: run `make tools`")

    def found(pdf: bytes, profile: str) -> list[str]:
        rules = [failure.rule_id for failure in validator.validate_pdf_bytes(pdf, profile=profile).failures]
        # A compressed stream that happens to end in a carriage return is a false alarm of page-validation 0.11.
        return [rule for rule in rules if "STREAM-LENGTH" not in rule]

    return found


def barriers(screen: Any) -> str:
    """What on a page keeps people out, as axe finds it; nothing where it finds none."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    results = axe.run(screen, options={"preload": False})
    return results.generate_report() if results.violations_count else ""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real browser; what uses it is skipped where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no browser to test in: run `make tools`")
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program:
        pytest.skip("no browser to test in: run `make tools`")
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu", *quiet])
        yield browser
        browser.close()


def accepted(article: str) -> bool:
    """Whether the pages of an article in content/ were ever accepted."""
    return any((PROJECT / ACCEPTED / article / f"{name}.yaml").is_file() for name in KINDS)


def never_accepted(article: str) -> str:
    """The line about an article whose pages have nothing to be compared with."""
    command = f"make snapshots ARTICLE={shlex.quote(article)}"
    return f"content/{article}: its pages were never accepted: look at them, then run `{command}`"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--article", help="compare only the pages of this article in content/")


def pytest_configure(config: pytest.Config) -> None:
    """Check the article of `--article`. Raises UsageError, which is printed in plain lines."""
    if (article := config.getoption("--article")) is None:
        return
    name = str(article).strip("/")
    config.option.article = name
    if name not in ARTICLES:
        raise pytest.UsageError(f"content/{name}: no such article; give the name of a folder in content/")
    if not accepted(name):
        raise pytest.UsageError(never_accepted(name))
    _, found = inspection.problems(PROJECT / "content" / name, TEMPLATES)
    if any(not problem.warning for problem in found):
        raise pytest.UsageError(messages.text(found))


def _is_of(node: str, article: str) -> bool:
    """Whether a test is one of an article's pages."""
    return any(f"test_snapshots.py::test_{tier}[{article}-{kind}]" in node for kind in KINDS for tier in TIERS)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Where a document no longer looks as it was accepted, write the review and give its address."""
    failed = [report.nodeid for report in terminalreporter.stats.get("failed", [])]
    chosen = terminalreporter.config.option.article
    changed = [name for name in ARTICLES if any(_is_of(node, name) or name == chosen for node in failed)]
    for name in changed[:1]:
        terminalreporter.section(
            f"what changed on paper in {name}; `make snapshots ARTICLE={shlex.quote(name)}` accepts it"
        )
        main(["review", str(PROJECT / "content" / name)])
    for name in changed[1:]:
        terminalreporter.write_line(f"see what changed in {name}: make review ARTICLE={shlex.quote(name)}")
    if not chosen:
        for name in [name for name in ARTICLES if not accepted(name)]:
            terminalreporter.write_line(never_accepted(name))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs a browser takes long. Of a sampled test, most cases wait for the longer tests."""
    seen = Counter[str]()
    for item in items:
        if "chromium" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
        if sampled := item.get_closest_marker("sampled"):
            test = item.nodeid.partition("[")[0]
            if seen[test] % sampled.args[0]:
                item.add_marker(pytest.mark.slow)
            seen[test] += 1
