"""Problems become text for a person, with the line that each is about; JSON; or notes in a GitHub check."""

import json
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from triptych.content.errors import Problem


def text(problems: Sequence[Problem]) -> str:
    """Errors, then warnings, each with an excerpt and a hint."""
    errors = [problem for problem in problems if not problem.warning]
    warnings = [problem for problem in problems if problem.warning]
    parts = [_shown(problem) for problem in errors]
    if warnings:
        parts += ["Warnings, which stop no build:", *map(_shown, warnings)]
    return "\n".join(parts)


def as_json(problems: Sequence[Problem]) -> str:
    """A list of objects: path, line, column, code, message, hint, warning."""
    return json.dumps(
        [
            {
                "path": str(problem.path),
                "line": problem.line,
                "column": problem.column,
                "code": problem.code,
                "message": problem.message,
                "hint": problem.hint,
                "warning": problem.warning,
            }
            for problem in problems
        ],
        indent=2,
        ensure_ascii=False,
    )


def github(problems: Sequence[Problem]) -> str:
    """GitHub's workflow commands, one a line."""
    return "\n".join(
        f"::{'warning' if problem.warning else 'error'} file={problem.path},line={problem.line},col={problem.column},"
        f"title={problem.code}::{_escaped(' '.join((problem.message, problem.hint)).strip())}"
        for problem in problems
    )


FORMATS: Mapping[str, Callable[[Sequence[Problem]], str]] = {"text": text, "json": as_json, "github": github}


def _escaped(message: str) -> str:
    return message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _shown(problem: Problem) -> str:
    head, *hint = str(problem).split("\n")
    return "\n".join([head, *_excerpt(problem), *hint])


WIDTH = 100
"""Characters of a line that are shown around the place."""


def _excerpt(problem: Problem) -> list[str]:
    """The line, and a mark under the place."""
    lines = _lines(problem.path)
    if problem.line > len(lines) or not lines[problem.line - 1].strip():
        return []
    line = lines[problem.line - 1]
    start = max(0, min(problem.column - 1 - WIDTH // 2, len(line) - WIDTH))
    before = f"{'…' if start else ''}"
    shown = before + line[start : start + WIDTH] + ("…" if len(line) > start + WIDTH else "")
    return [
        f"    {problem.line} | {shown}",
        f"    {' ' * len(str(problem.line))} | {' ' * (problem.column - 1 - start + len(before))}^",
    ]


@cache
def _lines(path: Path) -> tuple[str, ...]:
    try:
        return tuple(path.read_text(encoding="utf-8-sig", errors="replace").splitlines())
    except OSError:
        return ()
