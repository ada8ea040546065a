"""Many articles in one command."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import HARROWBY, ArticleCopy, printed
from triptych.__main__ import main


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
    assert shown.err.endswith("1 of 3 articles could not be made, told above\n")
    assert {path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.pdf")} == {
        "harrowby/factsheet.pdf",
        "last/factsheet.pdf",
    }
    made = (tmp_path / "out" / "harrowby" / "factsheet.pdf").read_bytes()
    assert made == printed(HARROWBY)["factsheet"].document.pdf


def test_every_article_of_the_content_is_built(
    article_copy: ArticleCopy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("triptych.__main__.PROJECT", tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content").mkdir()
    assert main(["build", "--all"]) == 2
    assert "no article is in" in capsys.readouterr().err
    article_copy.replace("timeline.yaml", "2018-11-17", "2018-13-17")
    for name in ("first", "second"):
        shutil.copytree(article_copy.folder, tmp_path / "content" / name)
    (tmp_path / "content" / "pictures").mkdir()
    assert main(["build", "--all", "--processes", "2"]) == 3
    told = [line for line in capsys.readouterr().err.splitlines() if "bad-date" in line]
    assert [line.split(":")[0] for line in told] == ["content/first/timeline.yaml", "content/second/timeline.yaml"]


def test_two_articles_of_one_name_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", str(HARROWBY), str(tmp_path / "harrowby"), "--output", str(tmp_path)]) == 2
    assert "more than one article has the name `harrowby`" in capsys.readouterr().err
