"""Problems become text with excerpts of the article, JSON, or annotations of a GitHub check."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

from triptych.content import disk, tables
from triptych.content.errors import Problem
from triptych.content.tables import WORKBOOKS


def text(problems: Sequence[Problem]) -> str:
    """Errors, then warnings, each with an excerpt of its file and a hint. Reads the files of the problems."""
    errors = [problem for problem in problems if not problem.warning]
    warnings = [problem for problem in problems if problem.warning]
    shown = partial(_shown, lines=cache(_lines))
    parts = [shown(problem) for problem in errors]
    if warnings:
        parts += ["Warnings (the build continues):", *map(shown, warnings)]
    return "\n".join(parts)


def counted(problems: Sequence[Problem]) -> str:
    """How many errors and warnings there are, and how many of the warnings a final article may not have."""
    warnings = [problem for problem in problems if problem.warning]
    refused = sum(problem.draft for problem in warnings)
    parts = (_count(len(problems) - len(warnings), "error"), _count(len(warnings), "warning"))
    them = "it" if len(warnings) == 1 else "them" if refused == len(warnings) else f"{refused} of them"
    return ", ".join(filter(None, parts)) + (f"; status: final would refuse {them}" if refused else "")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""


def as_json(problems: Sequence[Problem]) -> str:
    """A JSON list of objects with path, line, column, cell, code, message, hint, warning, draft.

    Lines and columns count from 1; of a workbook, they are the row and the column of the cell.
    """
    return json.dumps(
        [
            {
                "path": str(problem.path),
                "line": problem.line,
                "column": problem.column,
                "cell": problem.cell,
                "code": problem.code,
                "message": problem.message,
                "hint": problem.hint,
                "warning": problem.warning,
                "draft": problem.draft,
            }
            for problem in problems
        ],
        indent=2,
        ensure_ascii=False,
    )


def github(problems: Sequence[Problem]) -> str:
    """Workflow commands of GitHub Actions (`::error file=…`), one per line."""
    return "\n".join(
        f"::{'warning' if problem.warning else 'error'} file={problem.path},line={problem.line},col={problem.column},"
        f"title={problem.code}::{_escaped(_in_one_line(problem))}"
        for problem in problems
    )


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {"text": text, "json": as_json, "github": github}
"""The functions above by the name of the option."""


def _in_one_line(problem: Problem) -> str:
    cell = f"{problem.cell}:" if problem.cell else ""
    return " ".join(filter(None, (cell, problem.message, problem.hint)))


def _escaped(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _shown(problem: Problem, lines: Callable[[Path], Sequence[str]]) -> str:
    message = _LONG.sub(r"`\1…`", _CONTROL.sub("\ufffd", problem.message))
    head, *hint = str(replace(problem, message=message)).split("\n")
    return "\n".join([head, *_excerpt(problem, lines), *hint])


_LONG = re.compile(r"`([^`]{100})[^`]{20,}`")
"""A value that is too long for a message, and what is shown of it."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Characters that would change what a terminal shows."""


WIDTH = 100
"""Most characters of a line in an excerpt."""


def _excerpt(problem: Problem, lines: Callable[[Path], Sequence[str]]) -> list[str]:
    """The line of a problem, and below it a mark at its column. Empty for a blank or missing line."""
    if not disk.readable(problem.path):
        return []
    if problem.path.suffix.lower() in WORKBOOKS:
        line, column = tables.excerpt(problem.path, problem.cell, problem.line, problem.column)
    else:
        found = lines(problem.path)
        line, column = found[problem.line - 1] if problem.line <= len(found) else "", problem.column
    if not line.strip():
        return []
    start = max(0, min(column - 1 - WIDTH // 2, len(line) - WIDTH))
    before = f"{'…' if start else ''}"
    shown = before + _CONTROL.sub("\ufffd", line[start : start + WIDTH]) + ("…" if len(line) > start + WIDTH else "")
    return [
        f"    {problem.line} | {shown}",
        f"    {' ' * len(str(problem.line))} | {' ' * (column - 1 - start + len(before))}^",
    ]


def _lines(path: Path) -> tuple[str, ...]:
    return tuple(tables.lines(path) if tables.is_table(path.name) else disk.lines(path))
