"""The program works where it is installed, outside any clone."""

import os
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from tests.conftest import HARROWBY, PROJECT, SHIPPED, TEMPLATES, printed
from triptych.content import home
from triptych.design import where
from triptych.typeset import libraries


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, for a program that is installed elsewhere."""
    package = tmp_path / "site-packages" / "triptych"
    shutil.copytree(PROJECT / "templates", package / "templates")
    monkeypatch.setattr(home, "PACKAGE", package)
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


def test_a_clone_keeps_all_to_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    monkeypatch.chdir(tmp_path)
    assert where.project() == PROJECT
    assert where.build() == PROJECT / "build"
    assert where.templates().folders == (PROJECT / "templates",)
    assert where.faces("key") == Path(sys.prefix, "share", "triptych", "fonts-key")


def test_an_installed_program_works_in_the_current_folder(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(installed.parent / "cache"))
    assert where.build() == installed / "build"
    assert where.templates().folders == (home.PACKAGE / "templates",)
    assert where.templates().digest() == TEMPLATES.digest()
    assert where.faces("key").name == "fonts-key"
    assert where.faces("key").is_relative_to(installed.parent if sys.platform == "linux" else Path.home())


def test_a_projects_own_templates_come_first_file_by_file(installed: Path) -> None:
    (installed / "templates" / "words").mkdir(parents=True)
    (installed / "templates" / "words" / "sw.po").touch()
    (installed / "templates" / "sources.csl").touch()
    found = where.templates()
    assert found.file("sources.csl") == installed / "templates" / "sources.csl"
    assert found.file("words/en.po") == home.PACKAGE / "templates" / "words" / "en.po"
    assert set(found.files("words")) == {f"words/{language}.po" for language in ("sw", *SHIPPED)}
    assert found.digest() != TEMPLATES.digest()


@pytest.mark.parametrize("place", [".", "below/it"])
def test_an_articles_own_templates_are_never_taken(
    place: str, installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (installed / "article.md").touch()
    (installed / place / "templates").mkdir(parents=True)
    monkeypatch.chdir(installed / place)
    assert where.templates().folders == (home.PACKAGE / "templates",)


WITHOUT_PANGO = """
import sys
import cffi
def missing(*_):
    raise OSError("cannot load library")
cffi.FFI.dlopen = missing
from triptych.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.slow
def test_a_missing_library_is_one_line_that_names_the_command() -> None:
    command = [sys.executable, "-c", WITHOUT_PANGO, "build", str(HARROWBY)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    line = "Pango or HarfBuzz does not load; install what is missing, then run the command again: "
    assert (run.returncode, run.stdout) == (6, "")
    assert run.stderr == f"{line}{libraries.command()}\n"


@pytest.mark.parametrize("program", [*libraries.COMMANDS, "none"])
def test_each_system_has_its_command(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: name if name == program else None)
    whole, alone = libraries.command(python=True), libraries.command()
    assert "python" in whole.lower()
    assert "venv" not in alone
    assert set(alone.lower().split()) <= set(whole.lower().replace(",", "").split())
    assert "harfbuzz" in alone.lower()


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a fresh environment with the wheel alone, and the packages that are installed here."""
    folder = tmp_path_factory.mktemp("installed")
    pip, options = [sys.executable, "-m", "pip"], ["--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "wheel", *options, "--no-build-isolation", "-w", folder, PROJECT], check=True)
    (wheel,) = folder.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    subprocess.run([*pip, "--python", python, "install", *options, wheel], check=True)
    (packages,) = (folder / "venv" / "lib").glob("*/site-packages")
    (packages / "here.pth").write_text(sysconfig.get_path("purelib"))
    return python.with_name("triptych")


@pytest.mark.slow
@pytest.mark.xdist_group("sample")
def test_a_wheel_alone_builds_the_same_bytes_in_an_empty_folder(program: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment |= {"XDG_CACHE_HOME": str(tmp_path / "cache"), "HOME": str(tmp_path)}
    work = tmp_path / "work"
    shutil.copytree(HARROWBY, work / "harrowby")

    def started(*words: str) -> subprocess.Popen[str]:
        return subprocess.Popen([program, *words], cwd=work, env=environment, text=True, stdout=subprocess.PIPE)

    documents = ("factsheet", "poster")
    for run in [started("build", "harrowby", "--only", name) for name in documents]:  # at once, each cutting the faces
        run.communicate()
        assert run.returncode == 0
    made = {name: (work / "build" / "harrowby" / f"{name}.pdf").read_bytes() for name in documents}
    assert made == {name: printed(HARROWBY)[name].pdf for name in documents}
    assert len(list((tmp_path / "cache" / "triptych").iterdir())) == 1
    assert "byte for byte" in started("verify", "build/harrowby/factsheet.pdf").communicate()[0]
    shutil.copytree(PROJECT / "templates" / "words", work / "templates" / "words")
    words = work / "templates" / "words" / "en.po"
    words.write_text(
        words.read_text(encoding="utf-8").replace('msgstr "Fact sheet"', 'msgstr "Our sheet"'), encoding="utf-8"
    )
    assert "1 page" in started("build", "harrowby", "--only", "factsheet").communicate()[0]
    assert (work / "build" / "harrowby" / "factsheet.pdf").read_bytes() != made["factsheet"]
