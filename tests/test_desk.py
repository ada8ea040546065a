"""What the preview says of each save, from the news of its two processes, in whatever order they come."""

import asyncio
import io
import json
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, cast

import pypdfium2
import pytest

from triptych.build.order import Order
from triptych.content.errors import Problem, StyleError
from triptych.design.where import Templates
from triptych.preview.desk import LATEST, RENEWED_AFTER, Desk
from triptych.preview.helper import STOPPED, Helper
from triptych.preview.news import Checked, Drawn, Early, Ended, Failed, Finished, News, Proven, Task

ERROR = Problem(Path("article.md"), 3, 1, "bad-date", "`2018-13-17` is no date")
WARNING = Problem(Path("article.md"), 4, 1, "odd-word", "an odd word", warning=True)


class Told:
    """In the place of a process: what it was told."""

    def __init__(self) -> None:
        self.work: list[Any] = []

    def send(self, work: object) -> None:
        self.work.append(work)

    def end(self) -> None:
        self.work.append("end")


class Preview:
    """The desk of a preview of the fact sheet, before any process has begun."""

    def __init__(self) -> None:
        self.desk = Desk([Task(Path("tale"), "factsheet", Order(), Templates(()))])
        self.maker, self.checker = Told(), Told()
        self.desk._maker, self.desk._checker = cast(Helper, self.maker), cast(Helper, self.checker)
        self.desk.saved()

    def drawn(self, *more: News) -> None:
        for news in (DRAWN, *more, Finished(whole=True)):
            self.desk._receive(news)

    @property
    def shown(self) -> tuple[int, str, str]:
        """The save that the pages are of, the phase, and the message."""
        one = self.desk.drafts["factsheet"]
        return one.version, one.phase, one.message

    @property
    def early(self) -> dict[str, Any] | None:
        """The page that stands for the newest save, before the others."""
        data = self.desk._state().split("data: ")[1]
        found: dict[str, Any] | None = json.loads(data)["documents"][0]["early"]
        return found

    def says(self, problem: Problem) -> bool:
        return problem.message in self.desk._state()


def _page() -> bytes:
    target = io.BytesIO()
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100)
    document.save(target)
    return target.getvalue()


DRAWN = Drawn(_page(), ((35, 35),), "80 % full", ())
EARLY = Early(2, _page(), (35, 35))


def test_pages_wait_for_the_problems_of_their_own_save() -> None:
    preview = Preview()
    preview.drawn(Proven())
    assert preview.shown == (0, "setting", "")
    preview.desk._receive_checks(Checked(1, (WARNING,)))
    assert preview.shown == (1, "proven", "")
    assert preview.says(WARNING)
    preview.desk.saved()
    preview.drawn(Proven())
    assert preview.says(WARNING)  # with the pages that have it
    preview.desk._receive_checks(Checked(2, (ERROR,)))
    assert preview.shown == (2, "refused", "")
    assert (preview.says(WARNING), preview.says(ERROR)) == (False, True)


def test_what_waits_is_of_the_newest_save_alone() -> None:
    preview = Preview()
    preview.drawn(Proven())
    preview.desk.saved()
    assert preview.checker.work == [1]  # the first is still being checked
    preview.desk._receive_checks(Checked(1, (ERROR,)))
    assert (preview.shown, preview.says(ERROR)) == ((0, "setting", ""), False)
    assert preview.checker.work == [1, 2]
    preview.desk._receive_checks(Checked(2))
    assert preview.shown == (0, "setting", "")
    preview.drawn(Proven())
    assert preview.shown == (2, "proven", "")


@pytest.mark.parametrize(
    ("checked", "last", "phase", "message"),
    [
        (Checked(1), Proven(), "proven", ""),
        (Checked(1, (WARNING,)), Proven(), "proven", ""),
        (Checked(1, (WARNING, ERROR)), Proven(), "refused", ""),
        (Checked(1, (WARNING,)), Failed("too much text"), "failed", "too much text"),
        (Checked(1, (ERROR,)), Failed("a fault of Triptych"), "failed", "article.md:3: `2018-13-17` is no date"),
        (
            Checked(1, (ERROR, ERROR)),
            Failed(""),
            "failed",
            "article.md:3: `2018-13-17` is no date\n    and 1 more",
        ),
        (Checked(1, failure="a broken theme"), Proven(), "failed", "a broken theme"),
        (Ended(STOPPED), Proven(), "failed", STOPPED),
        (Checked(1), Ended(STOPPED), "failed", STOPPED),
    ],
)
@pytest.mark.parametrize("checks_come_first", [True, False])
def test_a_draft_ends_by_its_errors_and_its_failures(
    checked: Checked | Ended, last: News, phase: str, message: str, checks_come_first: bool
) -> None:
    preview = Preview()
    if checks_come_first:
        preview.desk._receive_checks(checked)
    preview.desk._receive(DRAWN)
    preview.desk._receive(last)
    preview.desk._receive(Finished(whole=True))
    if not checks_come_first:
        preview.desk._receive_checks(checked)
    assert preview.shown == (1, phase, message)


def test_a_page_stands_for_its_save_until_all_have_come() -> None:
    preview = Preview()
    preview.desk._receive_checks(Checked(1))
    preview.drawn(Proven())
    preview.desk.saved()
    preview.desk._receive(EARLY)
    assert preview.early is None  # its problems are not known
    preview.desk._receive_checks(Checked(2))
    assert preview.early == {"version": 2, "page": 2, "size": [35, 35]}
    assert preview.shown == (1, "setting", "")
    preview.drawn(Proven())
    assert (preview.early, preview.shown) == (None, (2, "proven", ""))


def test_a_page_goes_with_its_save_where_the_others_do_not_come() -> None:
    preview = Preview()
    preview.desk._receive_checks(Checked(1))
    preview.desk._receive(EARLY)
    preview.desk._receive(Failed("too much text"))
    assert (preview.early, preview.shown) == (None, (0, "failed", "too much text"))


def test_the_page_in_view_is_asked_for() -> None:
    preview = Preview()
    preview.desk._receive_checks(Checked(1))
    preview.drawn(Proven())
    preview.desk.show({"factsheet": 2, "unknown": 3})
    preview.desk.saved()
    assert preview.maker.work == [(1, "factsheet", 1), (2, "factsheet", 2)]


def after(saves: int) -> Preview:
    """A preview whose pages of the last save are proven."""
    preview = Preview()
    preview.desk._receive_checks(Checked(1, (WARNING,)))
    for _ in range(saves - 1):
        preview.drawn(Proven())
        preview.desk.saved()
        preview.desk._receive_checks(Checked(preview.checker.work[-1], (WARNING,)))
    preview.drawn(Proven())
    return preview


def test_a_new_process_makes_all_again_unseen_once_nobody_saves() -> None:
    preview = after(RENEWED_AFTER)
    preview.desk.rest()
    assert preview.maker.work[-1] == (RENEWED_AFTER, "factsheet", 1)  # a save has come since the rest before
    preview.desk.rest()
    assert preview.maker.work[-2:] == ["end", (RENEWED_AFTER + 1, "factsheet", 1)]
    assert preview.shown == (RENEWED_AFTER, "proven", "")
    preview.desk._receive(DRAWN)
    preview.desk._receive(Failed("no memory"))
    preview.desk._receive(Finished(whole=True))
    assert preview.shown == (RENEWED_AFTER, "proven", "")
    assert preview.maker.work[-1] == (RENEWED_AFTER + 1, "factsheet", 1)  # and once
    preview.desk.rest()
    assert preview.maker.work[-1] == (RENEWED_AFTER + 1, "factsheet", 1)


def test_a_process_is_renewed_at_last_though_an_author_never_rests() -> None:
    assert after(LATEST - 1).maker.work[-1] == (LATEST - 1, "factsheet", 1)
    assert after(LATEST).maker.work[-2:] == ["end", (LATEST + 1, "factsheet", 1)]


def test_a_process_at_work_is_not_renewed() -> None:
    preview = after(RENEWED_AFTER)
    preview.desk.saved()
    for _ in range(3):
        preview.desk.rest()
    assert preview.maker.work[-1] == (RENEWED_AFTER + 1, "factsheet", 1)


def test_a_process_that_ends_without_work_changes_nothing() -> None:
    preview = Preview()
    preview.drawn(Proven())
    preview.desk._receive_checks(Checked(1))
    preview.desk._receive(Ended(STOPPED))
    preview.desk._receive_checks(Ended(STOPPED))
    assert preview.shown == (1, "proven", "")
    preview.desk.saved()
    assert preview.checker.work == [1, 2]


def _ends() -> Callable[..., None]:
    return _end


def _end(_given: str, _pipe: Connection) -> None:
    os._exit(9)


def _cannot_load() -> Callable[..., None]:
    raise StyleError("a face is missing")


def _answers() -> Callable[..., None]:
    return _answer


def _answer(given: str, pipe: Connection) -> None:
    while True:
        pipe.send(given + pipe.recv())


@pytest.mark.parametrize(
    ("load", "news"),
    [(_answers, ["a b", "a b"]), (_ends, [Ended(STOPPED)] * 2), (_cannot_load, [Ended("a face is missing")] * 2)],
)
def test_a_helper_answers_or_says_why_it_has_ended_and_begins_again(load: Callable[..., Any], news: list[Any]) -> None:
    async def told() -> list[Any]:
        found: asyncio.Queue[Any] = asyncio.Queue()
        helper = Helper(load, ("a ",), found.put_nowait)
        answers = []
        for _ in news:
            helper.send("b")
            answers.append(await asyncio.wait_for(found.get(), 60))
        helper.end()
        return answers

    with ThreadPoolExecutor(1) as beside_a_browser:
        assert beside_a_browser.submit(asyncio.run, told()).result() == news
