"""An article is laid out and nothing is written: every problem, also those that only the layout can find."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from triptych.build import inspection, pipeline
from triptych.build.pipeline import Order
from triptych.content.errors import PREVENTING, ContentError, FitError, Problem, TriptychError
from triptych.content.files import Files
from triptych.content.kinds import KINDS, Prints
from triptych.design.where import Templates


def problems(folder: Path, order: Order, templates: Templates, processes: int = 1) -> tuple[Problem, ...]:
    """Every problem of an article, sorted by file and line. Raises UsageError without a folder."""
    return inspected(folder, order, templates, processes)[1]


def inspected(
    folder: Path, order: Order, templates: Templates, processes: int = 1
) -> tuple[Files, tuple[Problem, ...]]:
    """The files of an article, which may be faulty, and every problem. Raises UsageError without a folder."""
    files, found = inspection.problems(folder, templates, order.theme)
    return files, inspection.merged(files, found, _refusals(files, found, order, templates, processes))


def completed(folder: Path, order: Order, templates: Templates, processes: int = 1) -> ContentError:
    """The error of an article with problems, with those of its layout: an author sees all of them at once."""
    return ContentError(problems(folder, order, templates, processes))


def _refusals(
    files: Files, found: Sequence[Problem], order: Order, templates: Templates, processes: int
) -> Iterator[Problem]:
    """What stops a document from being laid out.

    Where a problem is known that prevents printing, what can be read is laid out: that can show what does not fit, and
    other failures are not reported, since that problem can be their cause.
    """
    prevented = any(problem.code in PREVENTING for problem in found)
    try:
        shop = pipeline.prepared(files, (), order, templates)
        names = [name for name in pipeline.possible(shop) if name in (order.documents or pipeline.DOCUMENTS)]
        tried = pipeline.attempts(shop, names, processes)
    except Exception as error:
        if prevented:
            return
        if not isinstance(error, TriptychError):
            raise
        names, tried = [""], [error]
    for name, outcome in zip(names, tried, strict=True):
        if isinstance(outcome, FitError) or (isinstance(outcome, TriptychError) and not prevented):
            yield inspection.refused(files, outcome, _home(name))


def _home(document: str) -> str:
    """The file that gives a document most of its content."""
    prose = not document or Prints.PROSE in KINDS[document].prints
    return "article.md" if prose else "timeline.yaml"
