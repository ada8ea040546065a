"""An article's folder becomes every problem that can be found before it is laid out, from all rooms.

A room that can refuse an article has a function of the shape of `Part`; a line in `PARTS` is all that it needs here.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

from triptych.build import themes
from triptych.check import rules
from triptych.compose import charts, words
from triptych.content import disk, kin
from triptych.content.errors import Problem, TriptychError
from triptych.content.files import Files
from triptych.design import faces
from triptych.design.where import Templates
from triptych.review import signatures

Part = Callable[[Files, Templates], Iterable[Problem]]
"""From the files of an article, which may be faulty, the problems that a room finds."""
PARTS: Sequence[Part] = (words.problems, charts.problems, themes.problems, signatures.problems)
"""What is found above `check/`, in the order of the rooms."""


def checked(folder: Path, templates: Templates, theme: str = "") -> tuple[Files, tuple[Problem, ...]]:
    """The files of a valid article, and its warnings. Raises ContentError with every problem if there is an error."""
    return rules.valid(*problems(folder, templates, theme))


def shared(folder: Path, templates: Templates, theme: str = "") -> tuple[Files, tuple[Problem, ...]]:
    """The same as `problems`, for one of several editions of an article.

    What depends on no theme is found once in this process, until one of the files changes.
    """
    root = kin.root(folder.resolve())
    stamp = disk.stamp([root, *templates.folders], root.parent)
    return problems(folder, templates, theme, lambda one: _by_rules(one, stamp))


@lru_cache(maxsize=8)
def _by_rules(folder: Path, _stamp: object) -> tuple[Files, tuple[Problem, ...]]:
    return rules.problems(folder)


def problems(
    folder: Path,
    templates: Templates,
    theme: str = "",
    by_rules: Callable[[Path], tuple[Files, tuple[Problem, ...]]] = rules.problems,
) -> tuple[Files, tuple[Problem, ...]]:
    """The files of an article, and every problem once, sorted by file and line; `theme` is that of a build, by name.

    A part that fails hides no other. Raises UsageError without a folder, and the error of a part if nothing is found
    that can have caused it.
    """
    files, found = by_rules(folder)
    failures: list[Exception] = []
    with faces.wearing(themes.set_of_faces(files.folder, theme, templates)):
        for part in PARTS:
            try:
                found = merged(files, found, part(files, templates))
            except Exception as error:  # it must not hide what others find; raised below
                failures.append(error)
    found = merged(files, found, [refused(files, error) for error in failures if isinstance(error, TriptychError)])
    if failures and all(problem.warning for problem in found):
        raise failures[0]
    return files, found


def merged(files: Files, found: Sequence[Problem], more: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems with those of a later room, without what an earlier one says of the same line."""
    known = {(problem.path, problem.line, problem.code) for problem in found}
    new = [problem for problem in more if (problem.path, problem.line, problem.code) not in known]
    return rules.judged(files, [*found, *new])


def refused(files: Files, error: TriptychError, otherwise: str = "article.md") -> Problem:
    """An error of a later room as a problem, at the first text that it quotes and the article has.

    Without one, it is at the start of the file `otherwise`.
    """
    message, _, hint = str(error).partition("\n")
    quoted = re.findall(r"`([^`]+)`", message)
    return files.located(quoted, error.code, message, " ".join(hint.split()), otherwise)
