import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import HARROWBY, PROJECT, ArticleCopy, written
from triptych.__main__ import COMMANDS, main
from triptych.build import pipeline
from triptych.content.errors import OURS

SCHEMAS = ["article", "charts", "figures", "house", "positions", "sources", "style", "theme", "timeline"]


@pytest.mark.slow
def test_a_document_is_written_and_named(
    harrowby: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["build", str(harrowby), "--only", "factsheet", "--paper", "letter", "--output", "out"]) == 0
    assert {path.name for path in (tmp_path / "out").iterdir()} == {".triptych.json", "factsheet.pdf"}
    shown = capsys.readouterr()
    assert shown.out.startswith("out/factsheet.pdf  1 page, ")
    assert shown.err == ""


def test_a_broken_article_is_told_by_file_and_line_and_changes_nothing(
    article_copy: ArticleCopy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article_copy.replace("timeline.yaml", "2018-11-17", "2018-13-17")
    article_copy.replace("figures.yaml", "    value: 63%\n", "")
    earlier = tmp_path / "briefing.pdf"
    earlier.write_bytes(b"before")
    assert main(["build", str(article_copy.folder), "--only", "factsheet", "--output", str(tmp_path)]) == 3
    shown = capsys.readouterr()
    assert shown.out == ""
    assert [line.split(": ")[0].rsplit(":", 1)[0] for line in shown.err.splitlines() if line[0] != " "] == [
        f"{article_copy.folder}/{name}:{article_copy.line(name, text)}"
        for name, text in (("figures.yaml", "- id: consultation"), ("timeline.yaml", "2018-13-17"))
    ]
    assert earlier.read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["briefing.pdf", "harrowby"]


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["print"],
        ["build"],
        ["build", ".", "--all"],
        ["build", ".", "--sheet", "a9"],
        ["build", ".", "--only", "leaflet"],
        ["build", ".", "--scheduler", "tcp://host:8786", "-j", "2"],
    ],
    ids=" ".join,
)
def test_a_wrong_command_exits_with_2_and_says_what_may_stand_there(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("usage: triptych")


def test_a_cluster_without_dask_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "dask", None)
    assert main(["build", "--all", "--scheduler", "tcp://host:8786"]) == 6
    assert capsys.readouterr().err == "--scheduler needs Dask, which is not installed: run `make cluster`\n"


def test_an_absent_article_exits_with_a_code_that_the_readme_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", str(tmp_path / "nowhere")]) in (2, 3)
    assert "no such article folder" in capsys.readouterr().err


def test_the_committed_schemas_are_those_of_the_model(tmp_path: Path) -> None:
    assert main(["schema", "--output", str(tmp_path)]) == 0
    names = [f"{name}.schema.json" for name in SCHEMAS]
    assert sorted(path.name for path in tmp_path.iterdir()) == names
    for name in names:
        assert (tmp_path / name).read_text(encoding="utf-8") == (PROJECT / "schema" / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("article", "in-brief"),
        ("figures", "figures"),
        ("positions", "not-known"),
        ("sources", "references"),
        ("timeline", "events"),
    ],
)
def test_a_schema_names_its_fields_as_an_author_writes_them(name: str, field: str) -> None:
    schema = json.loads((PROJECT / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert field in schema["properties"]
    assert schema["additionalProperties"] is False


def test_a_schema_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "timeline.yaml"]) == 0
    assert "events" in json.loads(capsys.readouterr().out)["properties"]


@pytest.mark.slow
def test_a_build_tells_warnings_and_goes_on(
    article_copy: ArticleCopy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article_copy.replace("sources.yaml", "references:\n", "references:\n  - {id: spare, type: report, title: Spare}\n")
    output = tmp_path / "out"
    assert main(["build", str(article_copy.folder), "--only", "factsheet", "--output", str(output)]) == 0
    assert "unused-source" in capsys.readouterr().err
    assert {path.name for path in output.iterdir()} == {".triptych.json", "factsheet.pdf"}


def small(folder: Path, source: str = "") -> Path:
    """An article that gives only a fact sheet."""
    head = "---\ntitle: Our new book drop\nlanguage: en-GB\n---\n"
    return written(folder, {"article.md": head, "positions.yaml": f"disputed: [{{text: 'Its colour.{source}'}}]\n"})


@pytest.mark.parametrize(("source", "code"), [(" [@gone]", 3), ("", 0)])
def test_check_tells_all_and_its_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], source: str, code: int
) -> None:
    assert main(["check", str(small(tmp_path / "drop", source))]) == code
    assert ("unknown-source" in capsys.readouterr().out) == bool(source)


def test_a_quick_check_lays_nothing_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("triptych.build.rehearsal.inspected", None)
    assert main(["check", "--quick", str(small(tmp_path / "drop", " [@gone]"))]) == 3
    assert "unknown-source" in capsys.readouterr().out


def test_a_fault_of_ours_is_one_sentence_and_a_traceback_on_request(
    harrowby: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(options: object) -> None:
        raise KeyError("spine")

    monkeypatch.setitem(COMMANDS, "check", broken)
    assert main(["check", str(harrowby)]) == 70
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", f"KeyError: {OURS}\n")
    assert main(["check", str(harrowby), "--debug"]) == 70
    said = capsys.readouterr()
    assert said.err.startswith("Traceback")
    assert said.err.endswith(f"KeyError: {OURS}\n")


def test_a_fault_of_ours_in_one_of_many_articles_is_one_sentence(
    article_copy: ArticleCopy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*arguments: object) -> None:
        raise KeyError("spine")

    monkeypatch.setattr(pipeline, "documents", broken)
    other = shutil.copytree(article_copy.folder, tmp_path / "other")
    command = ["build", str(article_copy.folder), str(other), "--output", str(tmp_path / "out")]
    assert main(command) == 70
    said = capsys.readouterr().err
    assert said.count(OURS) == 2
    assert "Traceback" not in said
    assert main([*command, "--debug"]) == 70
    assert capsys.readouterr().err.count("Traceback") == 2


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            OSError(28, "No space left on device"),
            "No space left on device\n    Make room on that disk, and run the command again.\n",
        ),
        (OSError("it is not there"), "it is not there\n"),
        (FileNotFoundError(2, "No such file or directory", "x.pdf"), "x.pdf: No such file or directory\n"),
    ],
)
def test_what_the_system_refuses_is_named(
    harrowby: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: OSError,
    said: str,
) -> None:
    def refused(options: object) -> None:
        raise error

    monkeypatch.setitem(COMMANDS, "check", refused)
    assert main(["check", str(harrowby)]) == 1
    assert capsys.readouterr().err == said


def test_output_that_nobody_reads_ends_the_command_quietly() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "triptych", "schema"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout
    assert process.stderr
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 141


@pytest.mark.slow
def test_no_command_touches_a_file_of_anybody_else(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    desk, article = tmp_path / "desk", str(small(tmp_path / "drop"))
    for name in ("thesis.pdf", "notes.txt", "html/index.html", "html/photos/a.png", "pair/notes.txt"):
        (desk / name).parent.mkdir(parents=True, exist_ok=True)
        (desk / name).write_text("theirs")
    (desk / "article.schema.json").write_text("theirs")
    before = listed(tmp_path)
    for command, code, new in (
        (["claims", article, "--output", str(desk)], 2, ()),
        (["review", article, "--output", str(desk)], 2, ()),
        (["editions", article, "--only", "html", "--output", str(desk)], 2, ()),
        (["schema", "--output", str(desk)], 2, ()),
        (["build", article, "--only", "factsheet", "--output", str(desk)], 0, (".triptych.json", "factsheet.pdf")),
        (
            ["editions", article, "--only", "pair", "--output", str(desk)],
            0,
            ("pair/.triptych.json", "pair/factsheets.pdf"),
        ),
        (["verify", str(desk / "factsheet.pdf")], 0, ()),
        (["verify", str(desk / "factsheet.pdf"), article], 0, ()),
        (["trace", str(desk / "factsheet.pdf")], 0, ()),
        (["claims", article, "--output", str(desk / "claims")], 0, CLAIMS),
        (["claims", article, "--output", str(desk / "claims")], 0, CLAIMS),
    ):
        assert main(command) == code
        said = capsys.readouterr().err
        assert not code or "Triptych did not write" in said or "is not a JSON Schema" in said
        before |= {desk / name: listed(tmp_path)[desk / name] for name in new}
        assert listed(tmp_path) == before, command


CLAIMS = ("claims/claims.csv", "claims/claims.html", "claims/review.css", "claims/.triptych.json")


def listed(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("epoch", ["soon", "-1", "1.5", "٣", "999999999999", "9" * 30])
def test_a_moment_that_is_none_is_refused(
    harrowby: Path, epoch: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert main(["build", str(harrowby)]) == 2
    assert capsys.readouterr().err.startswith(
        f"SOURCE_DATE_EPOCH is `{epoch}`: it must be the number of seconds since 1970"
    )


@pytest.mark.slow
def test_what_the_locale_cannot_write_is_printed_as_a_number(harrowby: Path) -> None:
    command = [sys.executable, "-m", "triptych", "check", str(harrowby / "ümlaut")]
    done = subprocess.run(command, env={**os.environ, "PYTHONIOENCODING": "ascii"}, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode("ascii").endswith("\\xfcmlaut: no such article folder\n")) == (2, True)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("preview tale --port 99999", "`99999` is not a port, a number from 0 to 65535"),
        ("preview tale --port=-1", "`-1` is not a port, a number from 0 to 65535"),
        ("editions tale --creep nan", "`nan` is not a length of 0 to 5 mm, such as 0.1"),
        ("editions tale --creep inf", "`inf` is not a length of 0 to 5 mm, such as 0.1"),
        ("editions tale --creep=-3", "`-3` is not a length of 0 to 5 mm, such as 0.1"),
    ],
)
def test_a_number_that_cannot_be_is_refused_at_once(
    command: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(command.split())
    assert caught.value.code == 2
    assert capsys.readouterr().err.endswith(f": {said}\n")


def test_schemas_are_written_where_nothing_else_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "out" / "article.schema.json").mkdir(parents=True)
    (tmp_path / "link").mkdir()
    (tmp_path / "link" / "article.schema.json").symlink_to(tmp_path / "schema.json")
    (tmp_path / "schema.json").write_text('{"$schema": "mine"}', encoding="utf-8")
    for name in ("file", "out", "link", "file/below", "long" * 100):
        assert main(["schema", "article.md", "--output", str(tmp_path / name)]) == 2
        assert capsys.readouterr().err.endswith(": move it away, or give another folder with --output\n")
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "schema.json").read_text(encoding="utf-8") == '{"$schema": "mine"}'


def test_a_revision_is_compared_with_an_article_of_the_project_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = Path(shutil.copytree(HARROWBY, tmp_path / "tale"))
    for revision, said in (("HEAD", "is not in"), ("", "is not in"), ("--exec=x\n", "is not in")):
        assert main(["review", str(article), f"--since={revision}", "--output", str(tmp_path / "out")]) == 2
        assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", ["CON", "nul.2", "cod\u202efdp", "two\nlines"])
def test_an_article_has_a_name_that_can_be_shown_and_kept(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = shutil.copytree(HARROWBY, tmp_path / name)
    assert main(["build", str(article), "--output", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert said.endswith(": give the folder another name\n")
    assert not set(said) & {"\u202e"}
    assert said.count("\n") == 1
