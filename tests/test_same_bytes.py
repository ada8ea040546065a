"""However the documents are made, they are the same to the byte: cold, after a change, at once, among others."""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import HARROWBY, TEMPLATES, ProjectCopy
from triptych.build import library, pipeline
from triptych.build.pipeline import Order

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("same_bytes")]
Files = Mapping[str, bytes]


def files(folder: Path) -> Files:
    return {path.name: path.read_bytes() for path in folder.glob("*.pdf")}


def built(output: Path, *options: str) -> Files:
    """By the command, in a process of its own."""
    command = [sys.executable, "-m", "triptych", "build", str(HARROWBY), "--output", str(output), *options]
    subprocess.run(command, check=True, capture_output=True)
    return files(output)


@pytest.fixture(scope="module")
def cold(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The documents, made in one process that began with nothing."""
    found = built(tmp_path_factory.mktemp("cold"), "-j", "1")
    assert sorted(found) == ["briefing.pdf", "factsheet.pdf", "poster.pdf"]
    return found


def test_beside_each_other(cold: Files, tmp_path: Path) -> None:
    assert built(tmp_path, "-j", "2") == cold


def test_one_by_one(cold: Files, tmp_path: Path) -> None:
    for name in pipeline.DOCUMENTS:
        built(tmp_path, "--only", name)
    assert files(tmp_path) == cold


def test_again_after_a_change_and_back_and_after_one_was_deleted(cold: Files, tmp_path: Path) -> None:
    project = ProjectCopy.at(tmp_path)
    article = project.add("harrowby")
    made = tmp_path / "build" / "harrowby"
    project.made("pdf", "ARTICLE=harrowby")
    assert files(made) == cold
    (made / "poster.pdf").unlink()
    assert "poster.pdf" in project.made("pdf", "ARTICLE=harrowby")
    assert files(made) == cold
    article.replace("timeline.yaml", "An amendment limiting", "This amendment limiting")
    project.made("poster", "ARTICLE=harrowby")
    assert files(made)["poster.pdf"] != cold["poster.pdf"]
    article.replace("timeline.yaml", "This amendment limiting", "An amendment limiting")
    project.made("pdf", "ARTICLE=harrowby")
    assert files(made) == cold


def test_among_others_by_a_worker_that_has_made_another(cold: Files, tmp_path: Path) -> None:
    others = [Path(shutil.copytree(HARROWBY, tmp_path / "content" / name)) for name in ("first", "second")]
    order = Order(tuple(pipeline.DOCUMENTS))
    into = library.folders([*others, HARROWBY], tmp_path)
    outcomes = library.outcomes(into, order, TEMPLATES, 2)
    assert [outcome.error for outcome in outcomes] == ["", "", ""]
    assert files(tmp_path / "harrowby") == cold
