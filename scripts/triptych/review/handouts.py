"""A handout is opened: what it carries, and its article in a folder of its own for as long as that is needed."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from triptych.content.errors import MissingTool, TriptychError, UsageError
from triptych.pdf import carried
from triptych.pdf.carried import Carried
from triptych.review import bounded


@dataclass(frozen=True, slots=True)
class Verdict:
    """The result, in lines to print."""

    holds: bool
    lines: tuple[str, ...]


@contextmanager
def unpacked(handout: Path, found: Carried) -> Iterator[Path]:
    """A temporary folder with the article in a handout. Raises UsageError if its documents cannot be made here."""
    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        article = found.unpacked(Path(folder))
        try:
            yield article
        except MissingTool:
            raise
        except TriptychError as error:
            first = str(error).replace(f"{article.resolve()}/", "").replace(f"{article}/", "").splitlines()[0]
            raise UsageError(f"{handout} carries an article that cannot be made here: {first}") from error


def opened(handout: Path) -> Carried:
    """What a handout carries. Raises UsageError, and OSError."""
    return bounded.read(handout, partial(carried.read, handout))
