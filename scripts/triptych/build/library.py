"""Many articles become their documents, in one warm process a core; a bad one does not stop the rest."""

import multiprocessing
import traceback
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.check import messages
from triptych.content.errors import OURS, ContentError, TriptychError, UsageError
from triptych.design.where import Templates
from triptych.documents.workshop import Document

RENEWED_AFTER = 20
"""Articles that a process makes before a new one takes its place: Pango keeps some 0.7 MiB of each."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article."""

    article: Path
    """Its folder."""
    paths: tuple[Path, ...] = ()
    """The files written; none where it failed."""
    notes: tuple[str, ...] = ()
    """What an author should know, each with the name of its document."""
    error: str = ""
    exit_code: int = 0


def folders(articles: Sequence[Path], output: Path) -> Mapping[Path, Path]:
    """The folder of each article's documents, by the article's. Raises UsageError where two articles have one name."""
    names = Counter(article.resolve().name for article in articles)
    if twice := [name for name, count in names.items() if count > 1]:
        raise UsageError(f"more than one article has the name `{twice[0]}`: their documents would lie in one folder")
    return {article: output / article.resolve().name for article in articles}


def outcomes(into: Mapping[Path, Path], order: Order, templates: Templates, processes: int) -> Iterator[Outcome]:
    """Make the documents of each article, and write them into the folder that is given for it, as they are done.

    What was written stays, whatever happens to the rest. Raises TriptychError where the system stops a process.
    """
    fork = multiprocessing.get_context("fork")
    pairs, together = list(into.items()), RENEWED_AFTER * processes
    try:
        for start in range(0, len(pairs), together):
            with ProcessPoolExecutor(min(processes, len(pairs)), fork) as pool:
                waiting = [pool.submit(outcome, *pair, order, templates) for pair in pairs[start : start + together]]
                for done in as_completed(waiting):
                    yield done.result()
    except BrokenProcessPool:
        raise TriptychError(
            "the system stopped a process: run the same command again, with fewer --processes"
        ) from None


def outcome(article: Path, folder: Path, order: Order, templates: Templates) -> Outcome:
    """Make and write the documents of one article, or tell why not."""
    try:
        documents = pipeline.documents(article, order, templates)
    except (TriptychError, OSError) as error:
        return failed(article, error)
    except Exception:
        return Outcome(article, error=f"{article}: {OURS}\n{traceback.format_exc()}", exit_code=1)
    return written(article, folder, documents)


def written(article: Path, folder: Path, documents: Sequence[Document]) -> Outcome:
    """Write the documents of an article into a folder, or tell why not."""
    try:
        paths = pipeline.write(documents, folder)
    except OSError as error:
        return failed(article, error)
    return Outcome(
        article, paths, tuple(f"{document.name}: {note}" for document in documents for note in document.notes)
    )


def failed(article: Path, error: TriptychError | OSError) -> Outcome:
    """Why there are no documents of an article."""
    if isinstance(error, ContentError):
        return Outcome(article, error=messages.text(error.problems), exit_code=error.exit_code)
    if isinstance(error, TriptychError):
        return Outcome(article, error=f"{article}: {error}", exit_code=error.exit_code)
    return Outcome(article, error=f"{error.filename or article}: {error.strerror or error}", exit_code=1)
