"""Many articles in one command."""

import os
import re
import shutil
import signal
import time
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest

from tests.conftest import HARROWBY, ArticleCopy, ProjectCopy, printed
from triptych.__main__ import main
from triptych.build import library
from triptych.build.pipeline import Order
from triptych.documents.workshop import Document


@pytest.mark.slow
@pytest.mark.xdist_group("sample")
def test_a_bad_article_is_told_at_the_end_and_stops_no_other(
    article_copy: ArticleCopy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("first", "last"):
        shutil.copytree(HARROWBY, tmp_path / name / "harrowby" if name == "first" else tmp_path / name)
    article_copy.folder.rename(tmp_path / "bad")
    bad = ArticleCopy(tmp_path / "bad")
    bad.replace("timeline.yaml", "2018-11-17", "2018-13-17")
    articles = [str(tmp_path / "bad"), str(tmp_path / "first" / "harrowby"), str(tmp_path / "last")]
    order = ["--only", "factsheet", "--processes", "2"]
    assert main(["build", *articles, *order, "--output", str(tmp_path / "out")]) == 3
    shown = capsys.readouterr()
    assert shown.err.startswith(f"{bad.folder}/timeline.yaml:{bad.line('timeline.yaml', '2018-13-17')}:")
    assert shown.err.endswith("1 of 3 articles failed; see the messages above\n")
    assert {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.pdf")} == {
        "harrowby/factsheet.pdf",
        "last/factsheet.pdf",
    }
    made = (tmp_path / "out" / "harrowby" / "factsheet.pdf").read_bytes()
    assert made == printed(HARROWBY)["factsheet"].pdf


def test_every_article_of_the_content_is_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("triptych.design.where.project", lambda: tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    assert main(["build", "--all"]) == 2
    assert "no article is in" in capsys.readouterr().err
    for name in ("first", "second"):
        (tmp_path / "content" / name).mkdir()
        text = "title: A drop\nlanguage: en\nevents:\n  - {date: 2018-13-17, headline: It opens}\n"
        (tmp_path / "content" / name / "timeline.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "content" / "pictures").mkdir()
    assert main(["build", "--all", "--only", "factsheet", "--processes", "2"]) == 3
    told = [line for line in capsys.readouterr().err.splitlines() if "bad-date" in line]
    assert [line.split(":")[0] for line in told] == ["content/first/timeline.yaml", "content/second/timeline.yaml"]


def test_a_file_that_is_in_the_way_stops_no_other_article(tmp_path: Path) -> None:
    (tmp_path / "factsheet.pdf").write_bytes(b"mine")
    document = Document("factsheet", 1, b"made")
    told = library.written(Path("drop"), tmp_path, ((document,), ()), Order())
    assert (told.exit_code, told.paths) == (2, ())
    assert "holds `factsheet.pdf`, which Triptych did not write there" in told.error


def test_two_articles_of_one_name_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(HARROWBY), str(tmp_path / "harrowby"), "--output", str(tmp_path)]) == 2
    assert "more than one article has the name `harrowby`" in capsys.readouterr().err


FACTSHEETS = ("all", "DOCUMENTS=factsheet")


@pytest.mark.slow
def test_what_was_made_before_a_kill_is_whole_and_the_rest_is_made_then(tmp_path: Path) -> None:
    project = ProjectCopy.at(tmp_path)
    names = {project.add(name).folder.name for name in ("first", "second", "third", "fourth", "fifth")}
    with project.make(*FACTSHEETS) as process:
        while not made(tmp_path):
            assert process.poll() is None
            time.sleep(0.005)
        os.killpg(process.pid, signal.SIGKILL)
    before = made(tmp_path)
    assert 0 < len(before) < len(names)
    for path in before:
        with pikepdf.open(path) as pdf:
            assert (len(pdf.pages), pdf.check_pdf_syntax()) == (1, [])
    said = project.made(*FACTSHEETS)
    assert len(re.findall(r"^build/", said, re.MULTILINE)) == len(names) - len(before)
    after = made(tmp_path)
    assert {path.parent.name for path in after} == names
    assert {path: after[path] for path in before} == before
    assert "nothing has changed" in project.made(*FACTSHEETS)


def made(project: Path) -> Mapping[Path, tuple[int, bytes]]:
    """When each document was made, and its bytes."""
    return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in project.glob("build/*/[!.]*.pdf")}
