"""What the program is made of is known: licences, materials, advisories, and a wheel that is always the same."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pip._internal.models.index import PyPI

import audit
import supply
from tests.conftest import PROJECT

HERE = sys.version_info[:2] == (3, 11) and sys.platform == "linux"
SOURCES = Path("/etc/apt")


def registries() -> set[str]:
    """The hosts of the registries that pip, npm and apt ask on this machine, and that pip asks anywhere."""
    told = [subprocess.run([sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True).stdout]
    if npm := shutil.which("npm"):
        told.append(subprocess.run([npm, "config", "get", "registry"], capture_output=True, text=True).stdout)
    told += [path.read_text(errors="replace") for path in SOURCES.glob("**/*sources*") if path.is_file()]
    return {PyPI.netloc, PyPI.file_storage_domain, *re.findall(r"https?://([\w.-]+\.[\w-]+)", " ".join(told))}


@pytest.mark.skipif(not HERE, reason="which packages are needed depends on the machine")
def test_each_licence_is_allowed_and_the_page_says_so() -> None:
    assert supply.refused() == []
    assert supply.report() == supply.LICENCES.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("expression", "allowed"),
    [
        ("MIT", True),
        ("MIT AND OFL-1.1", True),
        ("GPL-3.0-or-later OR MIT", True),
        ("(MIT OR Apache-2.0) AND BSD-3-Clause", True),
        ("GPL-3.0-or-later", False),
        ("MIT AND GPL-3.0-or-later", False),
        ("unknown", False),
    ],
)
def test_a_licence_is_allowed_if_all_of_it_is_or_one_to_choose(expression: str, allowed: bool) -> None:
    assert supply.is_allowed("new-package", expression) == allowed


@pytest.mark.slow
def test_no_file_names_a_registry() -> None:
    found = subprocess.run(
        ["git", "grep", "-lIF", *(word for host in sorted(registries()) for word in ("-e", host))],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (found.stdout, found.stderr) == ("", "")


@pytest.mark.slow
def test_the_bill_of_materials_is_valid_and_names_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    schema = pytest.importorskip("cyclonedx.schema", reason="run `make bom`")
    from cyclonedx.validation.json import JsonStrictValidator

    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    text = supply.materials()
    assert JsonStrictValidator(schema.SchemaVersion.V1_6).validate_str(text) is None
    assert text == supply.materials()
    listed = {(one["name"], one["version"]): one for one in json.loads(text)["components"]}
    pins = {(one.name, one.version): one for one in supply.packages()}
    assert pins.keys() < listed.keys()
    assert ("citeproc-js", "2.4.63") in listed
    for key, package in pins.items():
        assert {one["content"] for one in listed[key]["hashes"]} == set(package.hashes)
    scopes = {name: one["scope"] for (name, _), one in listed.items() if "scope" in one}
    assert (scopes["weasyprint"], scopes["pytest"]) == ("required", "excluded")
    assert (scopes["dask"], scopes["fontpkg-noto-sans-tamil"]) == ("optional", "optional")


def test_an_advisory_is_a_line_and_fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    known = {"id": "PYSEC-1", "fix_versions": ["1.2"]}
    named = [{"name": "a", "version": "1", "vulns": [known]}, {"name": "b", "version": "2", "vulns": []}]
    monkeypatch.setattr(audit, "asked", lambda lock: {"dependencies": named})
    assert audit.main() == 1
    assert capsys.readouterr().out.startswith("audit: a 1: PYSEC-1, mended in 1.2\naudit: ")


def test_advisories_out_of_reach_are_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "asked", lambda lock: None)
    assert audit.main() == 0
    assert capsys.readouterr().out == f"{audit.UNREACHABLE}\n"


def _wheel(folder: Path, mask: int, moment: float, environment: dict[str, str]) -> bytes:
    """A wheel of a copy of the project, made with other rights, at another time, in another order."""
    names = ["pyproject.toml", "README.md", "LICENSE", "scripts/triptych", "templates", "schema"]
    for name in names if mask == 0o022 else reversed(names):
        source, target = PROJECT / name, folder / "project" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
    for path in [*folder.rglob("*")]:
        path.chmod((0o777 if path.is_dir() else 0o666) & ~mask)
        os.utime(path, (moment, moment))
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", *options, str(folder / "project")],
        check=True,
        umask=mask,
        env={**os.environ, **environment},
    )
    (wheel,) = folder.glob("*.whl")
    return wheel.read_bytes()


@pytest.mark.slow
def test_a_wheel_is_the_same_wherever_and_whenever_it_is_made(tmp_path: Path) -> None:
    epoch = {"SOURCE_DATE_EPOCH": "1700000000"}
    first = _wheel(tmp_path / "a", 0o022, 1_000_000_000, epoch)
    other = _wheel(tmp_path / "another place", 0o077, 1_600_000_000, {**epoch, "TZ": "Asia/Tokyo", "LC_ALL": "C"})
    assert first == other
