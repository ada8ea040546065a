"""Several pieces of work done at once, each in the order in which it was asked for."""

import os
import signal
from functools import partial

import pytest

from triptych.build import together
from triptych.content.errors import NothingToPrint


def of_process(number: int, maker: int) -> tuple[int, bool]:
    """The number, and whether another process than the maker gives it."""
    return number, os.getpid() != maker


def refused(number: int) -> int:
    raise NothingToPrint(f"no {number}")


def stopped(maker: int) -> str:
    """Stops its process, unless that is the maker's."""
    if os.getpid() != maker:
        os.kill(os.getpid(), signal.SIGKILL)
    return "done"


@pytest.mark.parametrize("processes", [1, 2, 9])
def test_each_job_gives_its_own_in_their_order(processes: int) -> None:
    jobs = [partial(of_process, number, os.getpid()) for number in range(5)]
    assert [one() for one in together.each(jobs, processes)] == [(number, processes > 1) for number in range(5)]


def test_a_job_that_raises_does_so_when_it_is_asked() -> None:
    first, second = together.each([partial(refused, 1), partial(abs, 2)], 2)
    assert second() == 2
    with pytest.raises(NothingToPrint, match="no 1"):
        first()


def test_a_job_whose_process_is_stopped_is_done_here() -> None:
    jobs = [partial(stopped, os.getpid()) for _ in range(3)]
    assert [one() for one in together.each(jobs, 2)] == ["done"] * 3
