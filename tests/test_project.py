"""What the README, the Makefile and the lock say of each other is true."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from tests.conftest import PROJECT
from triptych.content.model import FILES, Model

README = (PROJECT / "README.md").read_text(encoding="utf-8")
MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
LOCKS = sorted(PROJECT.glob("*.lock"))


def targets() -> set[str]:
    lines = re.findall(r"^\.PHONY:(.*)$", MAKEFILE, re.MULTILINE)
    return {name for line in lines for name in line.split()}


def code(markdown: str) -> str:
    """Code blocks and code spans alone."""
    return "\n".join(re.findall(r"^```.*?^```|`[^`\n]+`", markdown, re.MULTILINE | re.DOTALL))


def test_every_make_target_that_the_readme_names_exists() -> None:
    named = set(re.findall(r"\bmake ([a-z][a-z-]*)", code(README)))
    assert named
    assert named - targets() == set()


def test_make_help_lists_every_target() -> None:
    shown = subprocess.run(["make", "help"], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert set(re.findall(r"^  make ([a-z-]+)", shown.stdout, re.MULTILINE)) == targets()
    assert shown.stderr == ""


def test_the_usage_on_top_of_the_makefile_names_targets_that_exist() -> None:
    usage = MAKEFILE.split("\n\n")[0]
    assert set(re.findall(r"^# make ([a-z-]+)", usage, re.MULTILINE)) <= targets()


def test_the_readme_names_every_field_of_the_content() -> None:
    fields = {name for model in FILES.values() for name in fields_of(model)}
    assert {name for name in fields if not re.search(rf"(?<![\w-]){name}(?![\w-])", code(README))} == set()


def fields_of(model: type[Model]) -> set[str]:
    schema = model.model_json_schema()
    return {name for part in (schema, *schema.get("$defs", {}).values()) for name in part.get("properties", {})}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_a_lock_names_no_address(lock: Path) -> None:
    assert "http" not in lock.read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_every_package_in_a_lock_has_a_hash(lock: Path) -> None:
    packages = re.split(r"^(?=[a-z0-9])", lock.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    assert len(packages) > 2
    assert [text.split()[0] for text in packages if "--hash=sha256:" not in text] == []


def test_every_direct_dependency_is_in_the_lock() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extra = project["optional-dependencies"]
    assert direct(*project["dependencies"], *extra["dev"]) - set(pinned(PROJECT / "requirements.lock")) == set()
    assert direct(*extra["cluster"]) - set(pinned(PROJECT / "cluster.lock")) == set()


def test_no_package_has_two_versions() -> None:
    pins = {pin for lock in LOCKS for pin in pinned(lock).items()}
    assert len(pins) == len(dict(pins))


def direct(*named: str) -> set[str]:
    return {re.split(r"[<>=]", name)[0] for name in named}


def pinned(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))
