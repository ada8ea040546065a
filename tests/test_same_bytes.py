"""However the documents are made, they are the same to the byte: cold, after a change, at once, among others."""

import hashlib
import multiprocessing
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.conftest import HARROWBY, PROJECT, TEMPLATES, ProjectCopy
from triptych.build import library, pipeline
from triptych.build.pipeline import Order
from triptych.content.kinds import Paper

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


SUNDAYS, HIMTOO = HARROWBY.parent / "sundays", PROJECT / "content" / "himtoo"
Job = tuple[Path, Order]
JOBS: Sequence[Job] = [
    (HARROWBY, Order(("poster",), theme="gazette", sheet="a3")),
    (SUNDAYS, Order(sheet="a3")),
    (HIMTOO / "ar", Order(("factsheet",), theme="mono")),
    (SUNDAYS, Order(("factsheet",), theme="almanac", paper=Paper.LETTER)),
    (HARROWBY, Order(("poster",), theme="almanac", sheet="a1-landscape")),
    (HIMTOO / "fr", Order(("factsheet", "poster"))),
]
"""Articles of several faces, languages and sheets, with and without charts."""


def _made(jobs: Sequence[Job]) -> list[list[str]]:
    """The hash of each document of some articles, made one after the other."""
    made = (pipeline.documents(folder, order, TEMPLATES) for folder, order in jobs)
    return [[hashlib.sha256(document.pdf).hexdigest() for document in documents] for documents in made]


def test_after_articles_of_other_faces_languages_and_sheets() -> None:
    orders = [JOBS, JOBS[::-1]]
    with multiprocessing.get_context("spawn").Pool(2, maxtasksperchild=1) as pool:
        alone, together = (pool.map_async(_made, some, chunksize=1) for some in ([[job] for job in JOBS], orders))
        expected = {id(job): made for job, (made,) in zip(JOBS, alone.get(), strict=True)}
        for order, made in zip(orders, together.get(), strict=True):
            assert made == [expected[id(job)] for job in order]


def test_after_another_article_was_read() -> None:
    """The faces in which texts are measured are those of the article, not those of the one that was read last."""
    order = Order(theme="gazette", sheet="a3")
    expected = pipeline.DOCUMENTS["poster"](pipeline.workshop(HARROWBY, order, TEMPLATES)).pdf
    shop = pipeline.workshop(HARROWBY, order, TEMPLATES)
    pipeline.workshop(SUNDAYS, Order(), TEMPLATES)
    assert pipeline.DOCUMENTS["poster"](shop).pdf == expected
