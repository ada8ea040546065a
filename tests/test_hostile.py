"""Articles that are made to harm are printed, or refused in a sentence: `docs/security.md` says which."""

import http.server
import io
import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

import pikepdf
import pytest

from tests import test_received, test_tampered
from tests.conftest import PROJECT, TEMPLATES
from tests.hostile import CASES, PORT, SECRET, Make
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.check import messages
from triptych.content.errors import ContentError, FitError, LimitReached, NothingToPrint, StyleError
from triptych.content.model import Limits
from triptych.guard import worker

LIMITS = Limits(seconds=240, processor=8, memory=1500, file=100)
PAGE = PROJECT / "docs" / "security.md"
ROW = re.compile(r"^\| ``? ?(.*?) ?``? \| (printed|refused: .*) \|$", re.MULTILINE)


def told() -> Mapping[str, str]:
    """What happens with each article, as the page says."""
    return dict(ROW.findall(PAGE.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def requests() -> Iterator[Sequence[str]]:
    """What is asked for at the address that hostile articles name."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    try:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", PORT), Handler)
    except OSError:
        yield asked  # another process of the tests listens there
        return
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield asked
        server.shutdown()


def outcome(folder: Path) -> tuple[str, str, bytes]:
    """What happens with an article, what is said, and its fact sheet."""
    try:
        (document,) = pipeline.documents(folder, Order(("factsheet",)), TEMPLATES)
    except ContentError as error:
        first = next(problem for problem in error.problems if not problem.warning)
        return f"refused: `{first.code}`", messages.text(error.problems), b""
    except NothingToPrint as error:
        return "refused: `nothing-to-print`", str(error), b""
    except StyleError as error:
        return "refused: `wrong-style`", str(error), b""
    except FitError as error:
        return "refused: `does-not-fit`", str(error), b""
    return "printed", "\n".join(document.notes), document.pdf


@pytest.mark.slow
@pytest.mark.parametrize(("name", "make"), CASES.items(), ids=CASES)
def test_a_hostile_article_is_printed_or_refused_as_the_page_says(
    name: str, make: Make, tmp_path: Path, requests: Sequence[str]
) -> None:
    folder = tmp_path / "content" / "tale"
    make(folder)
    try:
        found, said, pdf = worker.call(partial(outcome, folder), LIMITS, "tale")
    except LimitReached as error:
        found, said, pdf = "stopped", str(error), b""
    assert found == told()[name]
    assert SECRET not in said
    assert max(map(len, said.splitlines() or [""])) < 1000
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", said)
    assert not requests
    assert not [*tmp_path.rglob("harmed"), *Path.cwd().glob("harmed")]
    if pdf:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            attached = [one.get_file().read_bytes() for one in opened.attachments.values()]
            drawn = [page.Contents.read_bytes() for page in opened.pages]
        assert not [data for data in (*attached, *drawn) if SECRET.encode() in data]


def section(title: str) -> Mapping[str, str]:
    """What happens with each thing in a table of the page, by the title above it."""
    text = PAGE.read_text(encoding="utf-8").partition(f"## {title}\n")[2].partition("\n## ")[0]
    return dict(re.findall(r"^\| `(.*?)` \| (.*) \|$", text, re.MULTILINE))


def test_the_page_names_each_hostile_article() -> None:
    assert told().keys() == CASES.keys()


def test_the_page_names_each_hostile_handout() -> None:
    handouts = section("Handouts that were verified")
    refused = {name for name, what in handouts.items() if what == "refused"}
    assert refused == {name.replace("\n", " ") for name in (*test_received.HOSTILE, *test_tampered.BYTES)}
    assert handouts.keys() - refused == test_tampered.TAMPERED.keys()
