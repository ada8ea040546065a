"""Work in a process of its own: what it gives, what holds it, and what it can no longer reach."""

import ctypes
import faulthandler
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import landlockpy
import pytest

from triptych.build import doctor, library
from triptych.build.pipeline import Order
from triptych.content import read
from triptych.content.errors import ContentError, LimitReached, Problem
from triptych.content.model import Limits
from triptych.design import where
from triptych.guard import worker
from triptych.guard.isolation import Fence

SMALL = Limits(seconds=60, processor=1, memory=300, file=1)


def endless() -> None:
    while True:
        pass


def waits() -> None:
    time.sleep(60)


def grows() -> None:
    parts = []
    while True:
        parts.append(bytearray(10_000_000))


def writes() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(bytes(3_000_000))


def breaks() -> None:
    faulthandler.disable()
    ctypes.string_at(0)


@pytest.mark.parametrize(
    ("work", "limits", "said"),
    [
        pytest.param(endless, SMALL, "it takes more than 1 seconds of a processor", marks=pytest.mark.slow),
        pytest.param(waits, Limits(seconds=1), "it takes more than 1 seconds", marks=pytest.mark.slow),
        (grows, Limits(memory=300), "it needs more than 300 MiB of memory"),
        (writes, Limits(file=1), "it writes a file of more than 1 MiB"),
        (breaks, SMALL, "it needs more than 300 MiB of memory, or stopped a library"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_work_without_end_ends_in_one_sentence(work: Callable[[], None], limits: Limits, said: str) -> None:
    with pytest.raises(LimitReached) as error:
        worker.call(work, limits, "it")
    assert str(error.value).startswith(f"{said}: a file of it")


def test_work_gives_its_value_or_its_error() -> None:
    problem = Problem(Path("timeline.yaml"), 3, 1, "bad-date", "no day")

    def fails() -> None:
        raise ContentError([problem])

    assert worker.call(lambda: {"pages": 7}, Limits(), "it") == {"pages": 7}
    with pytest.raises(ContentError) as error:
        worker.call(fails, Limits(), "it")
    assert error.value.problems == (problem,)


def test_what_a_program_holds_does_not_count_for_its_work() -> None:
    held = bytearray(2 * SMALL.memory * 1024 * 1024)
    assert worker.call(lambda: len(held) + len(bytearray(100 * 1024 * 1024)), SMALL, "it") > len(held)


@pytest.mark.slow
def test_what_work_starts_and_leaves_goes_with_it() -> None:
    def starts() -> tuple[int, str]:
        folder = tempfile.mkdtemp()
        return subprocess.Popen(["sleep", "60"]).pid, folder

    started, folder = worker.call(starts, Limits(), "it")
    assert not Path(folder).exists()
    assert _ended(started)


@pytest.mark.parametrize("work", [os.getpid, breaks], ids=["done", "broken"])
def test_a_signal_reaches_only_what_the_work_started(
    work: Callable[[], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Never group 0, which is that of the tests, nor a process that was waited for: its number may be another's."""
    sent, killpg = [], os.killpg

    def watched(group: int, number: int) -> None:
        os.waitid(os.P_PID, group, os.WEXITED | os.WNOHANG | os.WNOWAIT)  # fails if it is no child any more
        sent.append(group)
        killpg(group, number)

    monkeypatch.setattr(os, "killpg", watched)
    with suppress(LimitReached):
        worker.call(work, SMALL, "it")
    assert len(sent) == 1
    monkeypatch.setattr(os, "killpg", lambda group, number: sent.append(group))
    worker._signal(multiprocessing.get_context("fork").Process(), signal.SIGTERM)
    assert not {0, os.getpgrp()} & {*sent}


def _ended(process: int) -> bool:
    """Whether a process that is not ours ends within two seconds."""
    for _ in range(100):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize(
    "number",
    [signal.SIGTERM, *(pytest.param(one, marks=pytest.mark.slow) for one in (signal.SIGINT, signal.SIGHUP))],
)
def test_a_command_that_is_stopped_puts_its_things_away(number: signal.Signals) -> None:
    program = (
        "import signal, sys, tempfile, time; from triptych.guard import worker\n"
        "from triptych.content.model import Limits\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # who started the tests may ignore it
        "def work():\n    print(tempfile.mkdtemp(), flush=True)\n    time.sleep(60)\n"
        "try:\n    worker.call(work, Limits(), 'it')\nexcept KeyboardInterrupt:\n    sys.exit(130)"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        folder = Path(process.stdout.readline().strip())
        assert folder.is_dir()
        process.send_signal(number)
        assert process.wait(10) == 130
    assert not folder.exists()


needs_landlock = pytest.mark.skipif(not landlockpy.supported(), reason="needs Landlock")


@needs_landlock
def test_isolated_work_reaches_its_own_files_alone(tmp_path: Path) -> None:
    own, other, into = tmp_path / "own.txt", tmp_path / "other.txt", tmp_path / "into"
    own.write_text("mine")
    other.write_text("yours")
    into.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = server.getsockname()

        def tries() -> list[str]:
            (into / "new.txt").write_text(own.read_text())
            found = []
            for reach in (
                lambda: other.read_text(),
                lambda: own.write_text("changed"),
                lambda: (tmp_path / "new.txt").write_text("x"),
                lambda: socket.create_connection(address, 2),
                lambda: Path("/etc/passwd").read_text(),
            ):
                try:
                    reach()
                    found.append("reached")
                except OSError as error:
                    found.append(type(error).__name__)
            return found

        found = worker.call(tries, Limits(), "it", Fence((own,), (into,)))
    refused = "PermissionError"
    assert found[:3] + found[4:] == [refused] * 4
    assert found[3] in (refused, "OSError")
    assert (into / "new.txt").read_text() == "mine"
    assert own.read_text() == "mine"


def test_limits_stand_beside_the_articles_and_never_in_one(tmp_path: Path) -> None:
    article = tmp_path / "opening"
    article.mkdir()
    (article / "house.yaml").write_text("limits: {seconds: 86400}\n")
    assert read.limits(article) == Limits()
    (tmp_path / "house.yaml").write_text("limits: {seconds: 30, memory: 512}\n")
    assert read.limits(article) == Limits(seconds=30, memory=512)


def test_the_doctor_says_which_limits_hold() -> None:
    lines = list(doctor.lines(Limits(seconds=30)))
    assert lines[3].startswith("limits for one article: 30 seconds")
    assert lines[4].startswith("isolation: ")


def test_an_article_that_breaks_its_process_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def made(article: Path, *_: object) -> library.Made:
        if article.name == "two":
            faulthandler.disable()
            os.abort()
        return (), (article.name,)

    monkeypatch.setattr(library, "made", made)
    into = {tmp_path / name: tmp_path / "out" / name for name in ("one", "two", "three")}
    found = {one.article.name: one for one in library.outcomes(into, Order(), where.templates(), 2)}
    assert {name: one.error[:7] for name, one in found.items()} == {"one": "", "two": str(tmp_path)[:7], "three": ""}
    assert "stopped a library" in found["two"].error
    assert found["two"].exit_code == 8
