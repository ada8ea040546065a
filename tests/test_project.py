"""What the Makefile, the project and its locks say of each other is true."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.conftest import PROJECT

MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
LOCKS = sorted(PROJECT.glob("*.lock"))


def targets() -> set[str]:
    lines = re.findall(r"^\.PHONY:(.*)$", MAKEFILE, re.MULTILINE)
    return {name for line in lines for name in line.split()}


def test_make_help_lists_every_target() -> None:
    shown = subprocess.run(["make", "help"], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert set(re.findall(r"^  make ([a-z-]+)", shown.stdout, re.MULTILINE)) == targets()
    assert shown.stderr == ""


def test_the_usage_on_top_of_the_makefile_names_targets_that_exist() -> None:
    usage = MAKEFILE.split("\n\n")[0]
    assert set(re.findall(r"^# make ([a-z-]+)", usage, re.MULTILINE)) <= targets()


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_address(lock: Path) -> None:
    assert "http" not in lock.read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_in_a_lock_has_a_hash(lock: Path) -> None:
    packages = re.split(r"^(?=[a-z0-9])", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert packages
    assert [text.split()[0] for text in packages if "--hash=sha256:" not in text] == []


def test_every_direct_dependency_is_in_the_lock() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = project["optional-dependencies"]
    assert direct(*project["dependencies"], *extra["dev"]) - set(pinned(PROJECT / "requirements.lock")) == set()
    assert direct(*extra["cluster"]) - set(pinned(PROJECT / "cluster.lock")) == set()
    assert direct(*extra["import"]) - set(pinned(PROJECT / "import.lock")) == set()


@pytest.mark.parametrize("listed", sorted(PROJECT.glob("*.in")), ids=lambda path: path.name)
def test_every_listed_package_is_in_its_lock(listed: Path) -> None:
    names = re.findall(r"^[a-z0-9-]+", listed.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(names) - set(pinned(listed.with_suffix(".lock"))) == set()


def test_no_package_has_two_versions() -> None:
    pins = {pin for lock in LOCKS for pin in pinned(lock).items()}
    assert len(pins) == len(dict(pins))


def direct(*named: str) -> set[str]:
    return {re.split(r"[<>=]", name)[0] for name in named}


def pinned(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))
