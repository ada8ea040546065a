"""Copies of the project, with articles of their own, in which Make may run."""

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from bench import measure
from bench.measure import PROJECT, Usage

PROGRAM = """#!/bin/sh
PYTHONPATH="{folder}/scripts" exec "{python}" -m {module} "$@"
"""
QUIET = {"MAKEFLAGS": "", "MFLAGS": "", "MAKELEVEL": ""}
"""What a make around the bench passes on, undone."""


def copied(folder: Path, *names: str) -> Path:
    """A copy of the project with these of its folders, which uses the packages of this one."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(PROJECT / name, folder)
    for name in ("templates", "scripts", *names):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    programs, python = folder / ".venv" / "bin", PROJECT / ".venv" / "bin" / "python"
    programs.mkdir(parents=True)
    (folder / ".venv" / "lib").symlink_to(PROJECT / ".venv" / "lib")
    for module in ("triptych", "pytest"):
        (programs / module).write_text(PROGRAM.format(folder=folder, python=python, module=module), encoding="utf-8")
        (programs / module).chmod(0o755)
    (programs / "python").symlink_to(python)
    (folder / ".venv" / "ready").touch()
    return folder


def make(
    project: Path,
    target: str,
    variables: Mapping[str, str] | None = None,
    code: int = 0,
    killed: Callable[[], bool] | None = None,
) -> Usage:
    """Usage of `make` in a copy of the project; see `measure.usage`."""
    given = [f"{name}={value}" for name, value in (variables or {}).items()]
    return measure.usage("make", target, *given, folder=project, code=code, killed=killed, **QUIET)
