"""Make finds what is stale. The typesetter is a script that notes what it is asked for, and touches that."""

import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from tests.conftest import HARROWBY, PROJECT

TYPESETTER = r"""#!/bin/sh
echo "$*" >> asked
[ ! -e broken ] || exit 5
for word in $(echo "$*" | sed 's/.*--only//'); do touch "build/harrowby/$word.pdf"; done
"""
ALL = ["briefing", "factsheet", "poster"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose three documents have just been made."""
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(PROJECT / name, tmp_path)
    for name in ("templates", "scripts"):
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(HARROWBY, tmp_path / "content" / "harrowby")
    typesetter = tmp_path / ".venv" / "bin" / "triptych"
    typesetter.parent.mkdir(parents=True)
    typesetter.write_text(TYPESETTER)
    typesetter.chmod(0o755)
    for path in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        os.utime(path, (1e9, 1e9))
    ready = tmp_path / ".venv" / "ready"
    ready.touch()
    os.utime(ready, (1e9 + 1, 1e9 + 1))
    assert remade(tmp_path) == ALL
    return tmp_path


def remade(project: Path, *words: str, target: str = "pdf") -> list[str]:
    """The documents that make asks for."""
    asked = project / "asked"
    asked.unlink(missing_ok=True)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    command = ["make", target, "ARTICLE=harrowby", *words]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, env=environment)
    assert "warning" not in done.stderr
    time.sleep(0.02)  # what is changed next is newer on any file system's clock
    return re.sub(r".*--only", "", asked.read_text()).split() if asked.exists() else []


def test_nothing_is_made_when_nothing_changed(project: Path) -> None:
    assert remade(project) == []


@pytest.mark.parametrize(
    "changed",
    [
        "content/harrowby/timeline.yaml",
        "content/style.yaml",
        "templates/styles/tokens.css",
        "templates/parts/timeline.html.jinja",
        "scripts/triptych/spine.py",
        ".venv/ready",
    ],
)
def test_every_input_counts(project: Path, changed: str) -> None:
    (project / changed).touch()
    assert remade(project) == ALL
    assert remade(project) == []


def test_a_file_that_is_gone_counts(project: Path) -> None:
    (project / "content" / "harrowby" / "positions.yaml").unlink()
    assert remade(project) == ALL


def test_a_variable_counts_for_the_documents_that_it_changes(project: Path) -> None:
    assert remade(project, "PAPER=letter") == ["briefing", "factsheet"]
    assert remade(project, "PAPER=letter", "SHEET=a1") == ["poster"]
    assert remade(project, "PAPER=letter", "SHEET=a1") == []
    assert remade(project, target="factsheet") == ["factsheet"]
    assert remade(project) == ["briefing", "poster"]


def test_of_all_articles_those_are_made_that_changed(project: Path) -> None:
    shutil.copytree(project / "content" / "harrowby", project / "content" / "second")
    assert remade(project, target="all") == ["build", "content/second"]
    (project / "content" / "harrowby" / "sources.yaml").touch()
    assert remade(project, target="all") == ["build", "content/harrowby", "content/second"]
    cluster = ["--scheduler", "tcp://host:8786"]
    assert remade(project, "SCHEDULER=tcp://host:8786", target="all")[-2:] == cluster


def test_what_failed_is_made_again(project: Path) -> None:
    (project / "content" / "harrowby" / "figures.yaml").touch()
    (project / "broken").touch()
    assert remade(project) == ALL
    (project / "broken").unlink()
    assert remade(project) == ALL
