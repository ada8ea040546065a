"""Whole articles by chance are checked, and some of them printed: `python -m tests.fuzz.whole --seconds 60 …`.

Each ends with its documents or a sentence, in time, and reaches nothing outside its folder.
"""

import argparse
import io
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import hypothesis
import pikepdf
from hypothesis import HealthCheck
from hypothesis import strategies as st
from hypothesis.database import DirectoryBasedExampleDatabase
from hypothesis.errors import Flaky

from tests.conftest import TEMPLATES
from tests.fuzz import articles
from tests.fuzz.faults import kind
from tests.hostile import SECRET
from triptych.build import inspection, pipeline
from triptych.build.pipeline import Order
from triptych.check import messages
from triptych.content.errors import LimitReached, TriptychError
from triptych.content.model import Limits
from triptych.guard import worker

LIMITS = Limits(seconds=500, processor=100, memory=1500, file=100)
"""Of a small article: it is a fault to reach them."""
DOCUMENTS = ("", "", "factsheet", "factsheet", "briefing", "poster")
"""What is printed of an article; often nothing, for a check is faster."""
FORBIDDEN = ("socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn")
"""What Python tells of before it is done."""


SMALLER, LEAST = 60, 10
"""Seconds that making an article with a fault smaller may take, and those that it has when the time is over."""


class Wrong(Exception):
    """What became of an article is not what it may be: the kind of fault, and all that is known of it."""

    def __init__(self, kind: str, told: str = "") -> None:
        self.kind = kind
        self.told = told
        super().__init__(kind, told)


def tried(files: articles.Files, document: str) -> str:
    """What becomes of an article. Raises what is a fault."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place:
        folder = Path(place) / "content" / "tale"
        articles.put(folder, files)
        before = sorted(Path(place).rglob("*"))
        try:
            found = worker.call(partial(outcome, folder, document), LIMITS, "tale")
        except LimitReached as error:
            raise Wrong(f"it reaches a limit: {error.why}") from None
        if sorted(Path(place).rglob("*")) != before:
            raise Wrong("it leaves files behind")
    return found


def outcome(folder: Path, document: str) -> str:
    """What becomes of an article: `problems`, `printed`, or the kind of error."""
    with watched(folder) as reached:
        try:
            said, found, pdf = _made(folder, document)
        except TriptychError as error:
            said, found, pdf = str(error), type(error).__name__, b""
        except Exception as error:
            raise Wrong(kind(error), "".join(traceback.format_exception(error))) from None
    if reached:
        raise Wrong(f"it reaches {reached[0]}")
    if SECRET in said:
        raise Wrong("it prints what is in another file")
    if pdf:
        _prove(pdf, document)
    return found


def _made(folder: Path, document: str) -> tuple[str, str, bytes]:
    _, problems = inspection.problems(folder, TEMPLATES)
    said = messages.text(problems)
    if not document:
        return said, "problems" if problems else "clean", b""
    (made,) = pipeline.documents(folder, Order((document,)), TEMPLATES)
    return said, "printed", made.pdf


@contextmanager
def watched(folder: Path) -> Iterator[list[str]]:
    """What the work within this reaches that it must not: it is told by Python itself."""
    reached: list[str] = []
    watching = [True]
    secret = str(folder.parent.parent / "secret.txt")

    def hook(event: str, given: tuple[Any, ...]) -> None:
        if not watching:
            return
        if event in FORBIDDEN or (event == "open" and str(given[0]) in (secret, "/etc/passwd")):
            reached.append(f"{event} {given}")

    sys.addaudithook(hook)
    try:
        yield reached
    finally:
        watching.clear()


def _prove(pdf: bytes, document: str) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        if document == "factsheet" and len(opened.pages) > 2:
            raise Wrong(f"a fact sheet of {len(opened.pages)} pages")
        parts = [one.get_file().read_bytes() for one in opened.attachments.values()]
        parts += [page.Contents.read_bytes() for page in opened.pages]
    if any(SECRET.encode() in data for data in parts):
        raise Wrong("it carries what is in another file")


class Enough(KeyboardInterrupt):
    """It is small enough: Hypothesis ends for nothing else."""


class Run:
    """Articles by chance until a time, with each kind of fault kept once."""

    def __init__(self, until: float, place: Path) -> None:
        self.until = until
        self.counts: dict[str, int] = {}
        self._place = place
        self._kinds: set[str] = set()
        self._found: Found | None = None

    def some(self, seed: int) -> None:
        """Try some articles, and keep the smallest that has a fault."""

        @hypothesis.seed(seed)
        @hypothesis.settings(
            max_examples=50,
            deadline=None,
            derandomize=False,
            print_blob=False,
            suppress_health_check=[*HealthCheck],
            database=DirectoryBasedExampleDatabase(self._place / "examples"),
        )
        @hypothesis.given(articles.articles, st.sampled_from(DOCUMENTS))
        def one(files: articles.Files, document: str) -> None:
            if self._found and time.monotonic() > self._found.until:
                raise Enough
            if time.monotonic() < self.until or self._found:
                self._try(files, document)

        with suppress(Wrong, Flaky, Enough):  # it is in `_found`
            one()
        if self._found:
            self._found.write(self._place / "found" / "articles")
            self._kinds.add(self._found.wrong.kind)
            self._found = None

    def _try(self, files: articles.Files, document: str) -> None:
        try:
            found = tried(files, document)
        except Wrong as wrong:
            if wrong.kind in self._kinds or (self._found and self._found.wrong.kind != wrong.kind):
                return
            least = time.monotonic() + LEAST
            until = self._found.until if self._found else max(least, min(self.until, time.monotonic() + SMALLER))
            self._found = Found(files, document, wrong, until)
            raise
        self.counts[found] = self.counts.get(found, 0) + 1


@dataclass(frozen=True, slots=True)
class Found:
    """An article with a fault."""

    files: articles.Files
    document: str
    wrong: Wrong
    until: float
    """When it must be small enough."""

    def write(self, place: Path) -> None:
        """Keep the article in a folder, beside what is known of its fault."""
        name = sha256(repr((sorted(self.files.items()), self.document)).encode()).hexdigest()[:8]
        folder = place / f"{self.document or 'check'}-{name}"
        folder.mkdir(parents=True, exist_ok=True)
        for one, data in self.files.items():
            (folder / one).parent.mkdir(parents=True, exist_ok=True)
            (folder / one).write_bytes(data)
        folder.with_suffix(".txt").write_text(f"{self.wrong.kind}\n{self.wrong.told}", encoding="utf-8")
        print(f"FAULT {self.wrong.kind}: {folder}", flush=True)


def counted(counts: Mapping[str, int]) -> str:
    """How many articles were tried, and what became of them."""
    told = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    return f"articles: {sum(counts.values())} ({told})"


def main() -> None:
    """Try articles for some time."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--place", type=Path, required=True)
    given = parser.parse_args()
    run, number = Run(time.monotonic() + given.seconds, given.place), 0
    while time.monotonic() < run.until:
        run.some(given.seed * 100_000 + number)
        number += 1
    print(counted(run.counts), flush=True)


if __name__ == "__main__":
    main()
