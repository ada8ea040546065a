"""A new document takes one template, one stylesheet, one module and one record: this adds a bookmark to a copy."""

import re
import subprocess
import textwrap
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import PROJECT, ProjectCopy

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("new document")]


def parts() -> list[str]:
    """The record, the module, the template and the stylesheet, as the guide for maintainers shows them."""
    guide = (PROJECT / "docs" / "maintainer.md").read_text(encoding="utf-8")
    chapter = guide.partition("## Add a document")[2].partition("\n## ")[0]
    blocks = re.findall(r"^ *```\w+\n(.*?)^ *```", chapter, re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(block) for block in blocks]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> ProjectCopy:
    """A project with a bookmark, and an article."""
    copy = ProjectCopy.at(tmp_path_factory.mktemp("new"))
    copy.add("harrowby")
    kinds = copy.folder / "scripts" / "triptych" / "content" / "kinds.py"
    text = kinds.read_text(encoding="utf-8")
    listed = "(BRIEFING, FACTSHEET, POSTER)"
    assert text.count(listed) == 1
    record, module, template, stylesheet = parts()
    text = text.replace("KINDS: Mapping", f"{record}KINDS: Mapping")
    kinds.write_text(text.replace(listed, "(BRIEFING, FACTSHEET, POSTER, BOOKMARK)"), encoding="utf-8")
    for name, content in {
        "scripts/triptych/documents/bookmark.py": module,
        "templates/bookmark.html.jinja": template,
        "templates/styles/bookmark.css": stylesheet,
    }.items():
        (copy.folder / name).write_text(content, encoding="utf-8")
    return copy


def triptych(project: ProjectCopy, *words: str) -> str:
    done = subprocess.run(
        [".venv/bin/triptych", *words], cwd=project.folder, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture(scope="module")
def handout(project: ProjectCopy) -> Path:
    said = project.made("pdf", "ARTICLE=harrowby")
    assert "build/harrowby/bookmark.pdf  1 page" in said
    return project.folder / "build" / "harrowby" / "bookmark.pdf"


def test_make_makes_it_alone_and_only_when_it_would_change(project: ProjectCopy, handout: Path) -> None:
    handout.unlink()
    assert project.made("bookmark", "ARTICLE=harrowby").count(".pdf") == 1
    assert "nothing has changed" in project.made("pdf", "ARTICLE=harrowby")


def test_it_is_proven(project: ProjectCopy, handout: Path) -> None:
    style = project.folder / "templates" / "styles" / "bookmark.css"
    whole = style.read_text(encoding="utf-8")
    style.write_text(f"{whole}\nol {{ height: 20mm; overflow: hidden }}\n", encoding="utf-8")
    command = [".venv/bin/triptych", "build", "content/harrowby", "--only", "bookmark", "--output", "lost"]
    done = subprocess.run(command, cwd=project.folder, capture_output=True, text=True, check=False)
    style.write_text(whole, encoding="utf-8")
    assert done.returncode == 5
    assert "texts are missing or cut off" in done.stderr
    assert not (project.folder / "lost").exists()


def test_it_is_traced(project: ProjectCopy, handout: Path) -> None:
    told = triptych(project, "trace", str(handout))
    assert "event vote: " in told
    assert "passage vote" in told


def test_it_is_verified(project: ProjectCopy, handout: Path) -> None:
    assert "byte for byte" in triptych(project, "verify", str(handout))
    assert "is the same as in the handout" in triptych(project, "verify", str(handout), "content/harrowby")


def test_claims_name_it(project: ProjectCopy) -> None:
    triptych(project, "claims", "content/harrowby")
    table = (project.folder / "build" / "harrowby" / "claims" / "claims.csv").read_text(encoding="utf-8")
    assert "bookmark" in next(line for line in table.splitlines() if line.startswith("event,"))


def test_it_is_in_large_print(project: ProjectCopy) -> None:
    triptych(project, "editions", "content/harrowby", "--only", "large")
    assert (project.folder / "build" / "harrowby" / "large" / "bookmark.pdf").is_file()


@pytest.fixture
def preview(project: ProjectCopy) -> Iterator[str]:
    """The address of its preview."""
    command = [".venv/bin/triptych", "preview", "content/harrowby", "--port", "0", "--no-browser"]
    with subprocess.Popen(
        command, cwd=project.folder, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout
        yield server.stdout.readline().strip()
        server.send_signal(2)


def test_it_is_in_the_preview(preview: str) -> None:
    with urllib.request.urlopen(preview, timeout=30) as answer:
        assert ">Bookmark<" in answer.read().decode()
