"""Problems that somebody has accepted, in `accept` of the head of article.md, are taken out of the list of problems."""

import re
from collections.abc import Iterator, Sequence

from triptych.content.errors import ACCEPTABLE, Problem
from triptych.content.files import Files
from triptych.content.model import Acceptance


def remaining(files: Files, found: Sequence[Problem]) -> Iterator[Problem]:
    """The problems that nobody has accepted, and each acceptance that no problem needs."""
    accepted = files.article.front.accept
    yield from (problem for problem in found if not any(_covers(one, problem) for one in accepted))
    for index, one in enumerate(accepted):
        if not any(_covers(one, problem) for problem in found):
            yield _unused(files, index, one)


def _covers(one: Acceptance, problem: Problem) -> bool:
    """Whether a problem is the one that is accepted: of its kind, at its place, about its words."""
    message = f" {_plain(problem.message)} "
    told = all(f" {_plain(words)} " in message for words in (one.at, one.about))
    return one.code == problem.code and one.code in ACCEPTABLE and told


def _plain(text: str) -> str:
    """A text without marks, to compare its words."""
    return " ".join(re.findall(r"[\w%‰€£$°+−-]+", text.casefold()))


def _unused(files: Files, index: int, one: Acceptance) -> Problem:
    if one.code not in ACCEPTABLE:
        kinds = ", ".join(sorted(ACCEPTABLE))
        message, hint = f"`{one.code}` cannot be accepted", f"Correct it. What can be accepted: {kinds}."
    else:
        message = f"`{one.code}` of `{one.at}` about `{one.about}` is accepted, and there is no such problem"
        hint = "Remove the entry from `accept`: what it accepts is not there, or says something else now."
    return files.problem("article.md", ("accept", index, "code"), "unused-accept", message, hint, warning=True)
