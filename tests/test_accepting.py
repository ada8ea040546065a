"""An author accepts the pages of one article, and compares them, without the program's own tests."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PROJECT, ProjectCopy
from triptych.__main__ import ACCEPTED, main

PYTEST = f"""#!/bin/sh
PYTHONPATH="$(dirname "$0")/../../scripts" exec "{sys.executable}" -m pytest "$@"
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with its tests, and two articles whose pages were never accepted."""
    folder = ProjectCopy.at(tmp_path_factory.mktemp("accepting")).folder
    shutil.copytree(PROJECT / "tests", folder / "tests", ignore=shutil.ignore_patterns("__pycache__", "__snapshots__"))
    program = folder / ".venv" / "bin" / "pytest"
    program.write_text(PYTEST)
    program.chmod(0o755)
    for name in ("oak", "my old \u00f6ak"):
        assert main(["new", str(folder / "content" / name), "--title", "Oak", "--language", "en"]) == 0
    return folder


def made(project: Path, target: str, *words: str) -> tuple[int, str]:
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "PYTEST"))
    }
    done = subprocess.run(
        ["make", target, *words], cwd=project, env=environment, text=True, capture_output=True, timeout=300
    )
    return done.returncode, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.xdist_group("accepting")
def test_pages_that_were_never_accepted_are_one_plain_line(project: Path) -> None:
    code, printed = made(project, "test", "ARTICLE=my old \u00f6ak")
    assert code == 2
    lines = [line for line in printed.splitlines() if line and not line.startswith("make: ")]
    assert lines == [
        "ERROR: content/my old \u00f6ak: its pages were never accepted: "
        "look at them, then run `make snapshots ARTICLE='my old \u00f6ak'`"
    ]


@pytest.mark.slow
@pytest.mark.xdist_group("accepting")
@pytest.mark.parametrize("name", ["oak", "my old \u00f6ak"])
def test_the_pages_of_one_article_are_accepted_and_compared(project: Path, name: str) -> None:
    kept = project / ACCEPTED / name
    assert made(project, "snapshots", f"ARTICLE={name}")[0] == 0
    assert {path.name for path in kept.iterdir()} >= {"briefing.yaml", "briefing-1.png", "poster.html", "factsheet.txt"}
    (kept / "notes.txt").write_text("mine", encoding="utf-8")
    assert made(project, "test", f"ARTICLE={name}")[0] == 0
    text = (project / "content" / name / "article.md").read_text(encoding="utf-8")
    (project / "content" / name / "article.md").write_text(text.replace("a storm", "a gale"), encoding="utf-8")
    code, printed = made(project, "test", f"ARTICLE={name}")
    assert code == 2
    assert "briefing: 1 paragraph changed under" in printed
    assert "fact sheet: unchanged" in printed
    assert "Traceback" not in printed
    (project / "content" / name / "timeline.yaml").unlink()
    assert made(project, "snapshots", f"ARTICLE={name}")[0] == 0
    assert not list(kept.glob("poster*"))
    assert (kept / "notes.txt").read_text(encoding="utf-8") == "mine"


@pytest.mark.slow
@pytest.mark.xdist_group("accepting")
def test_a_new_article_fails_no_test_of_the_program(project: Path) -> None:
    """The test of all snapshots passes with articles that were never accepted, and names each in a line."""
    assert main(["new", str(project / "content" / "elm"), "--title", "Elm", "--language", "en"]) == 0
    program = str(project / ".venv" / "bin" / "pytest")
    done = subprocess.run(
        [program, "-q", "-n0", "tests/test_snapshots.py"], cwd=project, text=True, capture_output=True, timeout=300
    )
    assert (done.returncode, done.stderr) == (0, "")
    line = "content/elm: its pages were never accepted: look at them, then run `make snapshots ARTICLE=elm`"
    assert line in done.stdout.splitlines()


@pytest.mark.slow
@pytest.mark.xdist_group("accepting")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        pytest.param("nowhere", "ERROR: content/nowhere: no such article", id="no article"),
        pytest.param("ash", "article.md:1:1: no-front-matter", id="an article with errors"),
    ],
)
def test_an_article_that_cannot_be_compared_says_why(project: Path, name: str, message: str) -> None:
    (project / "content" / "ash").mkdir(exist_ok=True)
    (project / "content" / "ash" / "article.md").write_text("no head", encoding="utf-8")
    (project / ACCEPTED / "ash").mkdir(parents=True, exist_ok=True)
    (project / ACCEPTED / "ash" / "briefing.yaml").touch()
    code, printed = made(project, "test", f"ARTICLE={name}")
    assert code == 2
    assert message in printed
    assert "Traceback" not in printed
