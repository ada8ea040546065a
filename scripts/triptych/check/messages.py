"""Problems become text with excerpts of the article, JSON, or annotations of a GitHub check."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from triptych.content import tables
from triptych.content.errors import Problem
from triptych.content.tables import WORKBOOKS


def text(problems: Sequence[Problem]) -> str:
    """Errors, then warnings, each with an excerpt of its file and a hint. Reads the files of the problems."""
    errors = [problem for problem in problems if not problem.warning]
    warnings = [problem for problem in problems if problem.warning]
    parts = [_shown(problem) for problem in errors]
    if warnings:
        parts += ["Warnings (the build continues):", *map(_shown, warnings)]
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


def _shown(problem: Problem) -> str:
    head, *hint = str(problem).split("\n")
    return "\n".join([head, *_excerpt(problem), *hint])


WIDTH = 100
"""Most characters of a line in an excerpt."""


def _excerpt(problem: Problem) -> list[str]:
    """The line of a problem, and below it a mark at its column. Empty for a blank or missing line."""
    if problem.path.suffix.lower() in WORKBOOKS:
        line, column = tables.excerpt(problem.path, problem.cell, problem.line, problem.column)
    else:
        lines = _lines(problem.path)
        line, column = lines[problem.line - 1] if problem.line <= len(lines) else "", problem.column
    if not line.strip():
        return []
    start = max(0, min(column - 1 - WIDTH // 2, len(line) - WIDTH))
    before = f"{'…' if start else ''}"
    shown = before + line[start : start + WIDTH] + ("…" if len(line) > start + WIDTH else "")
    return [
        f"    {problem.line} | {shown}",
        f"    {' ' * len(str(problem.line))} | {' ' * (column - 1 - start + len(before))}^",
    ]


@cache
def _lines(path: Path) -> tuple[str, ...]:
    try:
        if tables.is_table(path.name):
            return tuple(tables.lines(path))
        return tuple(path.read_text(encoding="utf-8-sig", errors="replace").splitlines())
    except OSError:
        return ()
