"""Work in a copy of the process: it gives or raises what the work does, and leaves nothing behind."""

import os
import signal
from functools import partial
from pathlib import Path

import pytest

from tests.conftest import TEMPLATES
from triptych.content import citation_styles, forked, formatting


def test_work_is_done_in_another_process_which_then_has_ended() -> None:
    other = forked.done(os.getpid)

    assert other != os.getpid()
    with pytest.raises(ChildProcessError):
        os.waitpid(other, 0)


def test_what_work_raises_is_raised_here() -> None:
    with pytest.raises(ValueError, match="invalid literal for int"):
        forked.done(partial(int, "ten"))


def test_without_a_process_for_a_copy_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def fork() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", fork)
    assert forked.done(os.getpid) == os.getpid()


def test_what_cannot_be_sent_is_an_error_here() -> None:
    with pytest.raises(RuntimeError, match="without an answer"):
        forked.done(lambda: lambda: None)


@pytest.mark.parametrize("one", [signal.SIGTERM, signal.SIGXCPU, signal.SIGSEGV])
def test_a_signal_that_ends_the_copy_ends_the_process_that_asked(one: signal.Signals) -> None:
    if not (asking := os.fork()):
        signal.signal(one, signal.SIG_DFL)
        forked.done(lambda: os.kill(os.getpid(), one))
        os._exit(0)

    assert os.WTERMSIG(os.waitpid(asking, 0)[1]) == one


def test_the_program_that_formats_sources_stays_out_of_this_process() -> None:
    style = citation_styles.read(TEMPLATES.file("sources.csl"))

    formatting.entries([{"id": "a", "type": "book", "title": "A title"}], style, "en-GB")

    assert "mini_racer" not in Path("/proc/self/maps").read_text(encoding="ascii")
