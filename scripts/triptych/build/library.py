"""Many articles become documents, in one process per core. An article that fails does not stop the others."""

import multiprocessing
import os
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeAlias

from triptych.build import pipeline, rehearsal
from triptych.build.pipeline import Order
from triptych.check import messages
from triptych.content import kin, read
from triptych.content.errors import FAULT, OURS, ContentError, TriptychError, UsageError, of_system
from triptych.design.where import Templates
from triptych.documents.workshop import Document
from triptych.guard import limits, worker

Made = tuple[tuple[Document, ...], tuple[str, ...]]
"""The documents of an article, and why others were skipped."""
RENEWED_AFTER = 20
"""Articles that a process builds before a new one replaces it: Pango keeps about 0.7 MiB of memory for each."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result for one article."""

    article: Path
    """Its folder."""
    paths: tuple[Path, ...] = ()
    """The files written; empty if it failed."""
    notes: tuple[str, ...] = ()
    """Notes for the author, each after the name of its document, and what was skipped."""
    error: str = ""
    exit_code: int = 0
    traceback: str = ""
    """The traceback of an unexpected error; otherwise empty."""


def folders(articles: Sequence[Path], output: Path) -> Mapping[Path, Path]:
    """The output folder of each article, by the article's folder. Raises UsageError if two have the same name."""
    names = Counter(map(kin.output_name, articles))
    if twice := [name for name, count in names.items() if count > 1]:
        raise UsageError(
            f"more than one article has the name `{twice[0]}`: build them one by one, each with its own --output"
        )
    return {article: output / kin.output_name(article) for article in articles}


def with_translations(articles: Sequence[Path]) -> list[Path]:
    """The articles, each with its translations, once."""
    return list(dict.fromkeys(one for article in articles for one in (article, *kin.translations(article))))


def outcomes(into: Mapping[Path, Path], order: Order, templates: Templates, processes: int) -> Iterator[Outcome]:
    """Build each article and write its documents into its output folder; yield each outcome as soon as it is known.

    `into`: the output folder of each article, by the article's folder. Documents already written stay, whatever happens
    to the others. An article that takes more of the machine than it may fails, and no other with it.
    """
    pairs, together = list(into.items()), RENEWED_AFTER * processes
    for start in range(0, len(pairs), together):
        left = {article: (article, folder, order, templates) for article, folder in pairs[start : start + together]}
        for one in _by_several(list(left.values()), processes):
            del left[one.article]
            yield one
        for job in left.values():
            yield _alone(*job)


_Job: TypeAlias = tuple[Path, Path, Order, Templates]


def _by_several(jobs: Sequence[_Job], processes: int) -> Iterator[Outcome]:
    """The outcomes of several jobs, by as many processes; without those of the rest, once one of these ends."""
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(min(processes, len(jobs)), fork, worker.serve, (os.getpid(),)) as pool:
        with worker.pool_starts():
            waiting = [pool.submit(_timed, *job) for job in jobs]
        for done in as_completed(waiting):
            if not isinstance(done.exception(), BrokenProcessPool):
                yield done.result()


def _timed(article: Path, folder: Path, order: Order, templates: Templates) -> Outcome:
    """The outcome for an article. The process ends if it takes more time than it may."""
    with limits.timed(read.limits(article)):
        return outcome(article, folder, order, templates)


def _alone(article: Path, folder: Path, order: Order, templates: Templates) -> Outcome:
    """The outcome for an article, in a process of its own: it, or another, stopped the process that it shared."""
    try:
        given = article, folder, order, templates
        return worker.call(partial(outcome, *given), read.limits(article), str(article))
    except TriptychError as error:
        return Outcome(article, error=str(error), exit_code=error.exit_code)


def outcome(article: Path, folder: Path, order: Order, templates: Templates) -> Outcome:
    """Build and write the documents of one article. The outcome carries any error: this raises none."""
    try:
        found = made(article, order, templates)
    except (TriptychError, OSError) as error:
        return failed(article, error)
    except Exception:
        return Outcome(article, error=f"{article}: {OURS}", exit_code=FAULT, traceback=traceback.format_exc())
    return written(article, folder, found, order)


def made(article: Path, order: Order, templates: Templates) -> Made:
    """Make the documents of one article. Raises TriptychError and OSError; a ContentError has every problem."""
    skipped: list[str] = []
    try:
        return pipeline.documents(article, order, templates, skip=skipped.append), tuple(skipped)
    except ContentError:
        raise rehearsal.completed(article, order, templates) from None


def written(article: Path, folder: Path, found: Made, order: Order) -> Outcome:
    """Write the documents of an article into a folder, and remove those that it no longer has.

    The outcome carries any error of writing.
    """
    documents, skipped = found
    try:
        paths, gone = pipeline.write(documents, order, folder)
    except (TriptychError, OSError) as error:
        return failed(article, error)
    notes = [f"{document.name}: {note}" for document in documents for note in document.notes]
    return Outcome(article, paths, (*notes, *skipped, *(f"{name} {pipeline.REMOVED}" for name in gone)))


def failed(article: Path, error: TriptychError | OSError) -> Outcome:
    """The outcome of an article that failed, with the message of its error."""
    if isinstance(error, ContentError):
        return Outcome(article, error=messages.text(error.problems), exit_code=error.exit_code)
    if isinstance(error, TriptychError):
        return Outcome(article, error=f"{article}: {error}", exit_code=error.exit_code)
    return Outcome(article, error=of_system(error, article), exit_code=1)
