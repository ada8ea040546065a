"""Many articles become their documents, in one warm process a core; a bad one does not stop the rest."""

import multiprocessing
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from triptych import build, problems
from triptych.build import Order
from triptych.errors import ContentError, TriptychError, UsageError


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article."""

    folder: Path
    paths: tuple[Path, ...] = ()
    """The files written; none where it failed."""
    notes: tuple[str, ...] = ()
    """What an author should know, each with the name of its document."""
    error: str = ""
    exit_code: int = 0


def outcomes(folders: Sequence[Path], order: Order, templates: Path, output: Path, processes: int) -> Iterator[Outcome]:
    """Make the documents of each article, and write them below a folder under its name, as they are done.

    What was written stays, whatever happens to the rest. Raises UsageError where two articles have one name, and
    TriptychError where the system stops a process.
    """
    names = Counter(folder.resolve().name for folder in folders)
    if twice := [name for name, count in names.items() if count > 1]:
        raise UsageError(f"more than one article has the name `{twice[0]}`: their documents would lie in one folder")
    fork = multiprocessing.get_context("fork")
    try:
        with ProcessPoolExecutor(min(processes, len(folders)), fork) as pool:
            waiting = [pool.submit(outcome, folder, order, templates, output) for folder in folders]
            for done in as_completed(waiting):
                yield done.result()
    except BrokenProcessPool:
        raise TriptychError(
            "the system stopped a process: run the same command again, with fewer --processes"
        ) from None


def outcome(folder: Path, order: Order, templates: Path, output: Path) -> Outcome:
    """Make and write the documents of one article, or tell why not."""
    try:
        documents = build.article(folder, order, templates)
        paths = build.write(documents, output / folder.resolve().name)
    except ContentError as error:
        return Outcome(folder, error=problems.text(error.problems), exit_code=error.exit_code)
    except TriptychError as error:
        return Outcome(folder, error=f"{folder}: {error}", exit_code=error.exit_code)
    except OSError as error:
        return Outcome(folder, error=f"{error.filename}: {error.strerror}", exit_code=1)
    notes = tuple(f"{document.name}: {note}" for document in documents for note in document.notes)
    return Outcome(folder, paths, notes)
