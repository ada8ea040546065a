"""What was found by chance stays mended: each input in `tests/fuzz/found` did harm before."""

import time
from pathlib import Path

import pytest

from tests.fuzz import articles, faults, whole
from tests.fuzz.targets import TARGETS

FOUND = Path(__file__).parent / "fuzz" / "found"
INPUTS = sorted(path for name in TARGETS for path in (FOUND / name).glob("*"))
FOLDERS = sorted((FOUND / "articles").iterdir())


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_an_input_that_did_harm_is_read_or_refused(path: Path) -> None:
    assert faults.fault(TARGETS[path.parent.name].run, path.read_bytes()) is None


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_an_article_that_did_harm_is_printed_or_refused(folder: Path) -> None:
    files = {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    document = folder.name.partition("-")[0].removeprefix("check")
    assert whole.tried(files, document) in ("clean", "problems", "printed", "ContentError", "FitError")


@pytest.mark.slow
@pytest.mark.parametrize("name", TARGETS)
def test_the_first_inputs_of_a_reader_do_no_harm(name: str) -> None:
    seeds = list(TARGETS[name].seeds())
    assert seeds
    assert [data for data in seeds[:3] if faults.fault(TARGETS[name].run, data)] == []


def _trips(data: bytes) -> None:
    if b"?" in data and b"!" in data:
        raise KeyError(data)


def test_a_fault_is_kept_once_and_made_small(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = faults.Kept(tmp_path / "found")
    for data in (b"a long ? text with a sign!", b"another ?!"):
        error = faults.fault(_trips, data)
        assert error
        kept.add(_trips, data, error)
    (path,) = (path for path in (tmp_path / "found").iterdir() if not path.suffix)
    assert path.read_bytes() == b"?!"
    assert "KeyError" in path.with_suffix(".txt").read_text(encoding="utf-8")
    assert "FAULT KeyError in test_fuzz.py" in capsys.readouterr().out


def test_what_takes_too_long_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faults, "PROCESSOR", 0.05)

    def endless(_data: bytes) -> None:
        while True:
            time.monotonic()

    assert isinstance(faults.fault(endless, b""), faults.TooLong)


def test_a_file_outside_that_is_read_is_noticed(tmp_path: Path) -> None:
    folder = tmp_path / "content" / "tale"
    articles.put(folder, {})
    with whole.watched(folder) as reached:
        (tmp_path / "secret.txt").read_text(encoding="utf-8")
    assert "secret.txt" in str(reached)
