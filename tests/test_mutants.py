"""The list of changes to the code that no test notices keeps its reasons."""

from pathlib import Path

import pytest

import mutants
from mutants import NO_REASON, Result

SPINE = "timeline/spine"
FIRST, SECOND = "- `_runs`: `a > 3` becomes `a >= 3`", "- `_runs`: `a` becomes `None`"


@pytest.fixture
def listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A list with a reason for the first survivor."""
    path = tmp_path / "mutants.md"
    path.write_text(f"# Mutants\n\n## {SPINE}: 9 of 10 noticed, 90%\n\n### Both are the same\n\n{FIRST}\n")
    monkeypatch.setattr(mutants, "LIST", path)
    monkeypatch.setattr(mutants, "PROJECT", tmp_path)
    return path


@pytest.mark.parametrize(
    ("noticed", "survivors", "code"),
    [
        pytest.param(9, (FIRST,), 0, id="a survivor with a reason"),
        pytest.param(9, (), 0, id="one that is noticed by now"),
        pytest.param(9, (FIRST, SECOND), 1, id="a new one without a reason"),
        pytest.param(8, (FIRST,), 1, id="too few are noticed"),
    ],
)
def test_a_new_survivor_or_too_many_fail(
    listed: Path, monkeypatch: pytest.MonkeyPatch, noticed: int, survivors: tuple[str, ...], code: int
) -> None:
    monkeypatch.setattr(mutants, "tried", lambda module: Result(module, 10, noticed, survivors))
    assert mutants.main([SPINE]) == code


def test_a_list_keeps_what_a_person_wrote_and_names_what_is_new(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mutants, "tried", lambda module: Result(module, 10, 9, (SECOND, FIRST)))
    mutants.main([SPINE])
    written = listed.read_text(encoding="utf-8")
    assert written.index("### Both are the same") < written.index(FIRST) < written.index(NO_REASON)
    assert written.index(NO_REASON) < written.index(SECOND)
    mutants.main([SPINE])
    assert listed.read_text(encoding="utf-8") == written


def test_a_module_that_is_not_tried_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert mutants.main(["timeline/spin"]) == 2
    assert "`timeline/spin` is not a module here: choose from content/calendars" in capsys.readouterr().err
