"""Make finds what is stale. The typesetter is a script that notes what it is asked for, and touches that."""

import hashlib
import json
import os
import shutil
import time
from pathlib import Path

import pytest

from tests.conftest import ProjectCopy
from triptych.content.kinds import KINDS

TYPESETTER = r"""#!/bin/sh
printf '%s\0' "$@" >> asked
[ ! -e broken ] || exit 5
folder=build/${2#content/}
mkdir -p "$folder"
while [ "${1---only}" != --only ]; do shift; done
[ $# -gt 0 ] || set -- briefing factsheet poster
for document; do [ "$document" = --only ] || touch "$folder/$document.pdf"; done
"""
ALL = list(KINDS)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose three documents have just been made."""
    ProjectCopy.at(tmp_path, TYPESETTER).add("harrowby")
    for path in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        os.utime(path, (1e9, 1e9))
    os.utime(tmp_path / ".venv" / "ready", (1e9 + 1, 1e9 + 1))
    assert remade(tmp_path) == ALL
    return tmp_path


def remade(project: Path, *words: str, target: str = "pdf", article: str = "harrowby") -> list[str]:
    """The documents that make asks for."""
    asked = project / "asked"
    asked.unlink(missing_ok=True)
    with ProjectCopy(project).make(target, f"ARTICLE={article}", *words) as process:
        _, complaints = process.communicate()
    assert "warning" not in complaints
    time.sleep(0.02)  # what is changed next is newer on any file system's clock
    found = asked.read_text().split("\0")[:-1] if asked.exists() else []
    if "--only" in found:
        return found[found.index("--only") + 1 :]
    return ALL if found and target == "pdf" else found


@pytest.mark.slow
def test_a_target_that_is_no_document_is_named(project: Path) -> None:
    with ProjectCopy(project).make("brief'ing", "ARTICLE=harrowby") as process:
        _, complaints = process.communicate()
    assert complaints.splitlines()[0] == "make has no target `brief'ing`: run make help to list the targets"
    assert process.returncode == 2


def test_nothing_is_made_when_nothing_changed(project: Path) -> None:
    assert remade(project) == []


@pytest.mark.sampled(4)
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


@pytest.mark.slow
def test_a_file_that_is_gone_counts(project: Path) -> None:
    (project / "content" / "harrowby" / "figures.yaml").unlink()
    assert remade(project) == ALL


@pytest.mark.slow
def test_a_position_leaves_the_poster_alone(project: Path) -> None:
    positions = project / "content" / "harrowby" / "positions.yaml"
    positions.touch()
    assert remade(project) == ["briefing", "factsheet"]
    positions.unlink()
    assert remade(project) == ["briefing", "factsheet"]
    assert remade(project) == []


@pytest.mark.slow
def test_a_variable_counts_for_the_documents_that_it_changes(project: Path) -> None:
    assert remade(project, "PAPER=letter") == ["briefing", "factsheet"]
    assert remade(project, "PAPER=letter", "SHEET=a1") == ["poster"]
    assert remade(project, "PAPER=letter", "SHEET=a1") == []
    assert remade(project, target="factsheet") == ["factsheet"]
    assert remade(project) == ["briefing", "poster"]


@pytest.mark.slow
def test_of_all_articles_those_are_made_that_changed(project: Path) -> None:
    shutil.copytree(project / "content" / "harrowby", project / "content" / "second")
    assert remade(project, target="all") == ["build", "content/second"]
    (project / "content" / "harrowby" / "sources.yaml").touch()
    assert remade(project, target="all") == ["build", "content/harrowby"]
    for article in ("harrowby", "second"):
        (project / "content" / article / "sources.yaml").touch()
    assert remade(project, "SCHEDULER=tcp://host:8786", target="all")[-1:] == ["--scheduler=tcp://host:8786"]


@pytest.mark.slow
def test_what_failed_is_made_again(project: Path) -> None:
    (project / "content" / "harrowby" / "figures.yaml").touch()
    (project / "broken").touch()
    assert remade(project) == ALL
    (project / "broken").unlink()
    assert remade(project) == ALL


PYTHON = """#!/bin/sh
case "$*" in *fonts.py*) echo "$@" >> fetched ;; *) exec python3 "$@" ;; esac
"""


@pytest.mark.slow
def test_the_faces_of_a_script_are_fetched_for_an_article_that_has_it(project: Path) -> None:
    python = project / ".venv" / "bin" / "python"
    python.unlink()  # a link to the real one
    python.write_text(PYTHON)
    python.chmod(0o755)
    with (project / "content" / "harrowby" / "sources.yaml").open("a", encoding="utf-8") as file:
        file.write("# ห้องสมุด, 図書館\n")
    assert remade(project) == ALL
    assert (project / "fetched").read_text() == "scripts/fonts.py th\n"
    (project / ".venv" / "lib" / "python3.11" / "site-packages" / "fontpkg_noto_sans_thai").mkdir(parents=True)
    (project / "content" / "harrowby" / "sources.yaml").touch()
    assert remade(project) == ALL
    assert (project / "fetched").read_text() == "scripts/fonts.py th\n"


NAMES = [
    "my map.png",
    "Bob's map.png",
    "50%.png",
    "a';touch PWNED;'b.png",
    "$(touch PWNED).png",
    "$(shell touch PWNED).png",
    "`touch PWNED`.png",
    '";touch PWNED;".png',
    "a\ntouch PWNED\n.png",
    "-e.png",
    "#a:b=c\\.png",
    "~.png",
    "*.png",
]
"""Names that a shell or make could read as something else."""


@pytest.mark.slow
def test_a_file_may_have_any_name_and_none_is_run(project: Path) -> None:
    folder = project / "content" / "harrowby" / "pictures of 'them'"
    folder.mkdir()
    for name in NAMES:
        (folder / name).touch()
    assert remade(project) == ALL
    assert remade(project) == remade(project, target="all") == []
    for name in NAMES:
        (folder / name).write_text("changed")
        assert remade(project, target="poster") == ["poster"], name
    assert not list(project.rglob("PWNED"))


@pytest.mark.slow
def test_an_article_may_have_any_name_and_none_is_run(project: Path) -> None:
    names = [*(name.removesuffix(".png") for name in NAMES), "my article", "a$b;c", "$$", "100%"]
    for name in names:
        shutil.copytree(project / "content" / "harrowby", project / "content" / name)
        assert remade(project, article=name) == ALL
    assert remade(project, target="all") == []
    (project / "content" / "a$b;c" / "positions.yaml").touch()
    assert remade(project, target="all") == ["build", "content/a$b;c"]
    assert not list(project.rglob("PWNED"))


@pytest.mark.slow
def test_what_is_typed_after_a_variable_is_one_word(project: Path) -> None:
    (project / "asked").unlink()
    given = ["SHEET=a1 --larger", "PAPER='; touch PWNED; '"]
    ProjectCopy(project).make("pdf", "ARTICLE=harrowby", *given).communicate()
    asked = (project / "asked").read_text().split("\0")
    assert asked[2:4] == ["--paper='; touch PWNED; '", "--sheet=a1 --larger"]
    for target in ("review", "claims", "editions", "tiles", "press", "preview"):
        words = [target, "SINCE=$(touch PWNED)", "PROFILE=a b", "ARTICLE=';touch PWNED;'", *given]
        ProjectCopy(project).make(*words).communicate()
    assert not (project / "PWNED").exists()


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("article", "said"),
    [
        ("elsewhere", "content/elsewhere: no such article folder; give the name of a folder in content/"),
        ("", "content/: no such article folder"),
        (".hidden", "'content/.hidden': the name of the folder must be UTF-8 and must not start with a dot"),
    ],
)
def test_an_article_that_make_cannot_take_is_named_in_one_sentence(project: Path, article: str, said: str) -> None:
    (project / "content" / ".hidden").mkdir()
    (project / "asked").unlink()
    with ProjectCopy(project).make("pdf", f"ARTICLE={article}") as process:
        _, complaints = process.communicate()
    assert complaints.startswith(said)
    assert process.returncode == 2
    assert not (project / "asked").exists()


@pytest.mark.slow
def test_a_pdf_that_another_command_wrote_is_made_again(project: Path) -> None:
    (project / "build" / "harrowby" / "poster.pdf").write_text("on another sheet")
    assert remade(project) == ["poster"]
    assert remade(project) == []


@pytest.mark.slow
def test_clean_removes_what_was_made_and_nothing_else(project: Path) -> None:
    ours = ["briefing.pdf", "factsheet.pdf", "poster.pdf", "mono/briefing.pdf", "html/map one.png", "claims/claims.csv"]
    theirs = ["poster.pdf.bak", "poster with notes.pdf", "mono/notes.docx", "mine/briefing.pdf", "html/more/a.png"]
    folder = project / "build" / "harrowby"
    for name in ours + theirs:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    nothing = hashlib.sha256(b"").hexdigest()
    for below in ("", "mono", "html", "claims"):
        names = [name.removeprefix(f"{below}/") for name in ours if name.rpartition("/")[0] == below]
        listed = {"files": dict.fromkeys([*names, "../../content/style.yaml"], nothing)}
        (folder / below / ".triptych.json").write_text(json.dumps(listed))
    (folder / "claims" / "claims.csv").write_text("filled in by hand")
    (project / "build" / "link").symlink_to(project / "content")
    said = ProjectCopy(project).made("clean")
    left = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    theirs.append("claims/claims.csv")
    assert left == set(theirs)
    assert [line.split(": ")[0].removeprefix("build/harrowby/") for line in said.splitlines()] == [
        *sorted(theirs),
        "build/link",
    ]
    assert remade(project) == ALL


@pytest.mark.slow
def test_a_new_article_needs_a_name_of_its_own(project: Path) -> None:
    with ProjectCopy(project).make("new") as process:
        said, complaints = process.communicate()
    assert (process.returncode, said) == (2, "")
    assert complaints.startswith("Give the article a name: make new ARTICLE=opening\n")


@pytest.mark.slow
def test_a_new_article_may_have_spreadsheets(project: Path) -> None:
    ProjectCopy(project).made("new", "ARTICLE=my oak", "TABLES=yes")
    assert (project / "asked").read_text().split("\0")[-4:-1] == ["new", "content/my oak", "--tables"]
