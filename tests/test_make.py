"""Make finds what is stale. The typesetter is a script that notes what it is asked for, and touches that."""

import os
import re
import shutil
import time
from pathlib import Path

import pytest

from tests.conftest import ProjectCopy

TYPESETTER = r"""#!/bin/sh
echo "$*" >> asked
[ ! -e broken ] || exit 5
for word in $(echo "$*" | sed 's/.*--only//'); do touch "build/harrowby/$word.pdf"; done
"""
ALL = ["briefing", "factsheet", "poster"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose three documents have just been made."""
    ProjectCopy.at(tmp_path, TYPESETTER).add("harrowby")
    for path in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        os.utime(path, (1e9, 1e9))
    os.utime(tmp_path / ".venv" / "ready", (1e9 + 1, 1e9 + 1))
    assert remade(tmp_path) == ALL
    return tmp_path


def remade(project: Path, *words: str, target: str = "pdf") -> list[str]:
    """The documents that make asks for."""
    asked = project / "asked"
    asked.unlink(missing_ok=True)
    with ProjectCopy(project).make(target, "ARTICLE=harrowby", *words) as process:
        _, complaints = process.communicate()
    assert "warning" not in complaints
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
        "scripts/triptych/timeline/spine.py",
        ".venv/ready",
    ],
)
def test_every_input_counts(project: Path, changed: str) -> None:
    (project / changed).touch()
    assert remade(project) == ALL
    assert remade(project) == []


def test_a_file_that_is_gone_counts(project: Path) -> None:
    (project / "content" / "harrowby" / "figures.yaml").unlink()
    assert remade(project) == ALL


def test_a_position_leaves_the_poster_alone(project: Path) -> None:
    positions = project / "content" / "harrowby" / "positions.yaml"
    positions.touch()
    assert remade(project) == ["briefing", "factsheet"]
    positions.unlink()
    assert remade(project) == ["briefing", "factsheet"]
    assert remade(project) == []


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
