"""An article's folder becomes a valid article, or the complete list of its problems."""

from pathlib import Path

from triptych.check import characters, language, references, tracing
from triptych.content import read, uses
from triptych.content.errors import ContentError, Problem
from triptych.content.model import Style
from triptych.content.read import Files
from triptych.design import where
from triptych.design.where import Templates


def checked(folder: Path, templates: Templates | None = None) -> tuple[Files, tuple[Problem, ...]]:
    """The files of a valid article, and its warnings. Raises ContentError with every problem if there is an error."""
    files, found = problems(folder, templates)
    if any(not problem.warning for problem in found):
        raise ContentError(found)
    return files, found


def problems(folder: Path, templates: Templates | None = None) -> tuple[Files, tuple[Problem, ...]]:
    """The files of an article, and every problem once, sorted by file and line. Raises UsageError without a folder.

    `templates` have the words of the documents; without, those of the project.
    """
    files, shape = read.files(folder)
    style, styled = _style(folder)
    found = [*shape, *styled, *references.unresolved(files), *language.breaches(files, style)]
    found.extend(references.untranslated(files, templates or where.templates()))
    found.extend(characters.unprintable(files))
    if not files.faulty:
        found.extend(tracing.untraced(files, style))
    return files, tuple(sorted(dict.fromkeys(found)))


def _style(folder: Path) -> tuple[Style, tuple[Problem, ...]]:
    """The house rules of the article's folder, or else of the folder above, and their problems."""
    own = folder / uses.STYLE
    if own.is_file() and not read.inside(folder, uses.STYLE):
        return Style(), (read.linked_out(own),)
    return read.style(own if own.is_file() else folder.resolve().parent / uses.STYLE)
