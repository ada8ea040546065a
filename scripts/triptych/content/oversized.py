"""A prose with more in one place than can be read in time is refused: a line, a row of one sign, list items, notes.

What reads prose compares each part of a line with the rest of it, so that ten times the length takes a hundred times as
long. No text that people read comes near these limits.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from triptych.content.errors import Problem

LONGEST_LINE = 50_000
"""Most characters of a line: 8,000 words."""
LONGEST_ROW = 1000
"""Most characters of one kind in a row."""
_ROW = re.compile(rf"([^\n])\1{{{LONGEST_ROW},}}")
_COUNTED = (
    (re.compile(r"^[ \t>]*(?:[*+-]|\d{1,9}[.)])[ \t]", re.MULTILINE), 5000, "list items"),
    (re.compile(r"^ {0,3}\[\^[^\]\n]+\]:", re.MULTILINE), 500, "footnotes"),
)
"""What an article may have no more than so many of."""


def found(path: Path, prose: str, first_line: int) -> Iterator[Problem]:
    """The first place that has too much. `first_line` is the line of the file with which the prose starts."""
    for number, line in enumerate(prose.splitlines(), start=first_line):
        if row := _ROW.search(line):
            message = f"{_named(row[1])} stands {len(row[0]):,} times in a row: at most {LONGEST_ROW:,} can be read"
            yield _problem(path, number, row.start() + 1, message, "Take most of them out.")
            return
        if len(line) > LONGEST_LINE:
            message = f"this line has {len(line):,} characters: at most {LONGEST_LINE:,} can be read"
            yield _problem(path, number, 1, message, "Make several paragraphs of it.")
            return
    for pattern, most, what in _COUNTED:
        places = [one.start() for one in pattern.finditer(prose)]
        if len(places) > most:
            message = f"the prose has {len(places):,} {what}: at most {most:,} can be read"
            number = first_line + prose.count("\n", 0, places[most])
            yield _problem(path, number, 1, message, "Split the article, or leave some of them out.")
            return


def _named(sign: str) -> str:
    return "a space" if sign.isspace() else f"`{sign}`"


def _problem(path: Path, line: int, column: int, message: str, hint: str) -> Problem:
    return Problem(path, line, column, "too-large", message, hint)
