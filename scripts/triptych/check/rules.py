"""An article's folder becomes a valid article, or the complete list of its problems."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from triptych.check import (
    accepting,
    changed,
    characters,
    contacts,
    language,
    references,
    ties,
    tracing,
    tracks,
    translations,
)
from triptych.content import cite, disk, read, uses
from triptych.content.errors import JUDGED, PREVENTING, ContentError, Problem
from triptych.content.files import Files
from triptych.content.model import Status, Style


def checked(folder: Path) -> tuple[Files, tuple[Problem, ...]]:
    """The files of a valid article, and its warnings. Raises ContentError with every problem if there is an error."""
    return valid(*problems(folder))


def valid(files: Files, found: tuple[Problem, ...]) -> tuple[Files, tuple[Problem, ...]]:
    """The same, where all problems are warnings. Raises ContentError with every problem if there is an error."""
    if any(not problem.warning for problem in found):
        raise ContentError(found)
    return files, found


def problems(folder: Path) -> tuple[Files, tuple[Problem, ...]]:
    """The files of an article, and every problem once, sorted by file and line. Raises UsageError without a folder."""
    files, shape = read.files(folder)
    style, styled = _style(files.folder)
    found = [*shape, *styled, *references.unresolved(files), *language.breaches(files, style)]
    found.extend(characters.unprintable(files))
    found.extend(characters.hidden(files))
    found.extend(contacts.samples(files))
    found.extend(_citation_style(files))
    if not files.faulty:
        found.extend(tracing.untraced(files, style))
        found.extend(tracks.unsaid(files))
        found.extend(ties.loose(files))
        found.extend(changed.events(files))
    found.extend(translations.problems(files))
    if not files.faulty:
        found = list(accepting.remaining(files, found))
    return files, judged(files, found)


def judged(files: Files, found: Iterable[Problem]) -> tuple[Problem, ...]:
    """Every problem once, sorted by file and line, as strict as the status of the article asks.

    Of a draft, those that do not prevent printing are warnings. Of an article that says it is final, all are errors
    that a person need not judge.
    """
    if files.translation:
        found = (problem for problem in found if _is_of(files.given, problem))
    status = files.article.front.status
    judge = {Status.DRAFT: _lenient, Status.FINAL: _strict, None: _plain}[status]
    return tuple(sorted(dict.fromkeys(map(judge, found))))


def _is_of(translation: Path, problem: Problem) -> bool:
    """Whether a problem is one of a translation: in its files, or one of the original that prevents printing."""
    return problem.path.is_relative_to(translation) or (problem.code in PREVENTING and not problem.warning)


def _lenient(problem: Problem) -> Problem:
    """A problem of a draft."""
    if problem.code in JUDGED:
        return problem
    waits = problem.warning or problem.code not in PREVENTING
    return replace(problem, warning=True, draft=True) if waits else problem


def _strict(problem: Problem) -> Problem:
    """A problem of an article that says it is final."""
    return problem if problem.code in JUDGED else replace(problem, warning=False)


def _plain(problem: Problem) -> Problem:
    """A problem of an article that does not say how far it is."""
    return replace(problem, draft=problem.warning and problem.code not in JUDGED)


def _style(folder: Path) -> tuple[Style, tuple[Problem, ...]]:
    """The house rules of the article's folder, or else of the folder above, and their problems."""
    own = folder / uses.STYLE
    if own.is_file() and not disk.inside(folder, uses.STYLE):
        return Style(), (disk.linked_out(own),)
    return read.style(own if own.is_file() else folder.resolve().parent / uses.STYLE)


def _citation_style(files: Files) -> Iterator[Problem]:
    """What prevents the article's own CSL style from formatting its sources."""
    own = files.path(uses.CITATION_STYLE)
    if own.is_file() and not disk.inside(files.folder, uses.CITATION_STYLE):
        yield disk.linked_out(own)
    elif own.is_file() and "sources.yaml" not in files.faulty and (error := cite.unusable(files.article, own)):
        yield Problem(own, error.line, 1, "bad-citation-style", f"`{own.name}` {error}", error.remedy)
