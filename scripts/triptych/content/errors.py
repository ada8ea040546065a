"""Errors, with messages for an author."""

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

OURS = (
    "this is a fault of Triptych, not of your article\n"
    "    Report it to whoever gave you Triptych, with what the same command prints with --debug."
)
"""Printed for an unexpected error."""
PREVENTING = frozenset(
    {
        *("bad-address", "bad-date", "bad-language", "bad-sheet", "broken-link", "cut-text", "endless-value"),
        *("impossible-interval", "missing-field", "missing-file", "missing-picture", "no-front-matter", "not-utf-8"),
        *("not-yaml", "nothing-to-print", "repeated-id", "repeated-key", "repeated-passage", "unknown-field"),
        *("unknown-source", "wrong-value", "no-alternative", "no-words", "does-not-fit", "wrong-style", "no-face"),
        *("bad-citation-style", "bad-colour", "bad-data", "hidden-character", "not-a-table", "too-deep", "too-large"),
        *("two-forms", "unreadable-theme"),
    }
)
"""The kinds of problem that prevent printing. Each other kind is a warning while an article is a draft."""
ACCEPTABLE = frozenset(
    {
        *("changed-event", "look-again", "one-sided", "swapped-numbers", "too-long", "two-values", "unattributed-term"),
        *("uncited-source", "unconfirmed-figure", "unequal-positions", "untied-paragraph", "untraced-date"),
        *("untraced-end", "untraced-name", "untraced-number", "untraced-quotation"),
    }
)
"""The kinds of problem that a person may accept, with a name and a reason: a rule may be wrong about them."""
JUDGED = frozenset({"changed-event", "look-again"})
"""The kinds of problem that only a person can judge. They are warnings, even in an article that says it is final."""
FAULT, NO_READER, INTERRUPTED = 70, 141, 130
"""Exit codes: an unexpected error, a closed output pipe, and Ctrl-C."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem in an article, with its place. `str()` gives its place, code and message, then the hint."""

    path: Path
    line: int
    """From 1."""
    column: int
    """From 1, in characters."""
    code: str
    """Its kind; `docs/problems` has a page for each."""
    message: str
    """What is wrong and what is allowed; values in backticks."""
    hint: str = ""
    """What to do, in one sentence; empty if several things could help."""
    warning: bool = False
    """The build continues."""
    draft: bool = False
    """It is a warning only because the article does not say that it is final: a final article would be refused."""
    cell: str = ""
    """Its cell, such as Events!B7, in a table; otherwise empty."""

    @property
    def where(self) -> str:
        """Its place: `path:line:column`, or `path, cell` in a table."""
        return f"{self.path}, {self.cell}" if self.cell else f"{self.path}:{self.line}:{self.column}"

    def __str__(self) -> str:
        hint = f"\n    {self.hint}" if self.hint else ""
        return f"{self.where}: {self.code} {self.message}{hint}"


REMEDIES = {
    errno.EAGAIN: "End other programs, or let this user start more processes (`ulimit -u`).",
    errno.EMFILE: "Let programs open more files at a time: `ulimit -n 1024`.",
    errno.ENOSPC: "Make room on that disk, and run the command again.",
    errno.EROFS: "Let that disk be written, or give another folder with --output.",
}
"""What to do about an error of the system, by its number."""


def of_system(error: OSError, where: object = "") -> str:
    """The message of an OSError, after its file; after `where` if it names no file. What to do is on a second line."""
    said = ": ".join(str(part) for part in (error.filename or where, error.strerror or error) if str(part))
    return "\n    ".join(filter(None, (said, REMEDIES.get(error.errno or 0, ""))))


class TriptychError(Exception):
    """Base of every error that the user can correct."""

    exit_code = 1
    code = "does-not-fit"
    """The kind of problem that it is in the list of an article's problems."""


class UsageError(TriptychError):
    """A command has a wrong argument or option."""

    exit_code = 2


class ContentError(TriptychError):
    """An article has problems; holds all of them, sorted by file and line."""

    exit_code = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))

    def __reduce__(self) -> tuple[type["ContentError"], tuple[tuple[Problem, ...]]]:
        return ContentError, (self.problems,)


class NothingToPrint(TriptychError):
    """The article has nothing that a document prints; says what is missing."""

    exit_code = 3


class Unclean(TriptychError):
    """`check` found problems; they are already printed."""

    exit_code = 3


class Differs(TriptychError):
    """A handout differs from its content; the differences are already printed."""

    exit_code = 7


class SomeFailed(TriptychError):
    """Some of many articles failed; their messages are already printed."""

    def __init__(self, exit_code: int) -> None:
        self.exit_code = exit_code
        super().__init__(exit_code)


class StyleError(TriptychError):
    """A template, a stylesheet, a word or a font is wrong, or WeasyPrint printed a warning."""

    exit_code = 4
    code = "wrong-style"


class FitError(TriptychError):
    """The content does not fit the sheet; the message gives by how much, and what to cut."""

    exit_code = 5


class MissingTool(TriptychError):
    """Something must be installed, on this machine or on another."""

    exit_code = 6


class LimitReached(TriptychError):
    """Some work takes more of the machine than it may: `what` it is about, and `why` it was ended, as a predicate."""

    exit_code = 8

    def __init__(self, what: str, why: str) -> None:
        self.why = why
        super().__init__(what, why)

    def __str__(self) -> str:
        return (
            f"{' '.join(self.args)}: a file of it is made so that reading it never ends, or there is too much in it\n"
            "    Take out what you added last, or allow more with `limits` in the house.yaml beside the articles."
        )
