"""What can go wrong, told to an author."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OURS = (
    "this is a fault of Triptych, not of your article\n"
    "    Report it to those who gave you Triptych, with the text that the same command prints with --debug."
)
"""What is printed of an error that nobody expected."""
FAULT, NO_READER, INTERRUPTED = 70, 141, 130
"""Exit codes of such an error, of output that nobody reads any more, and of Ctrl-C."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One fault in the article, with its place."""

    path: Path
    line: int
    column: int
    code: str
    """Its name; `docs/problems` has a page for each."""
    message: str
    """What is wrong and what is allowed; values in backticks."""
    hint: str = ""
    """What to do next, when there is one clear thing to do."""
    warning: bool = False
    """It does not stop a build."""

    def __str__(self) -> str:
        hint = f"\n    {self.hint}" if self.hint else ""
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}{hint}"


def of_system(error: OSError, where: object = "") -> str:
    """What the system refuses, with the file where it names one, or else the place where it happened."""
    return ": ".join(str(part) for part in (error.filename or where, error.strerror or error) if str(part))


class TriptychError(Exception):
    """Base of every error that an author can put right."""

    exit_code = 1


class UsageError(TriptychError):
    """The command asks for what does not exist."""

    exit_code = 2


class ContentError(TriptychError):
    """The article breaks its own rules; carries every problem, in file order."""

    exit_code = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class NothingToPrint(TriptychError):
    """The article has nothing that a document prints; says what is missing."""

    exit_code = 3


class Unclean(TriptychError):
    """A check has told its problems; nothing is left to say."""

    exit_code = 3


class Differs(TriptychError):
    """A handout differs from its content; the differences have been told."""

    exit_code = 7


class SomeFailed(TriptychError):
    """Some of many articles could not be made; each has told why."""

    def __init__(self, exit_code: int) -> None:
        self.exit_code = exit_code
        super().__init__(exit_code)


class StyleError(TriptychError):
    """A template, a style or a font is wrong, or the typesetter warned."""

    exit_code = 4


class FitError(TriptychError):
    """The content does not fit the sheet; says by how much and what to cut."""

    exit_code = 5


class MissingTool(TriptychError):
    """Something must be installed first, here or on another machine."""

    exit_code = 6
