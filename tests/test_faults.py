"""A machine that breaks leaves a whole set, and a sentence: `docs/security.md` says which."""

import os
import random
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests import faults
from tests.conftest import PROJECT
from tests.faults import CASES, QUICK, Kills

PAGE = PROJECT / "docs" / "security.md"
ENDS = r"printed|stopped|(?:written|refused|printed or refused): `[^`]+`"
ROW = re.compile(rf"^\| ([^|`]+?) \| ({ENDS}) \| `(\w+)` \|$", re.MULTILINE)
KILLS = int(os.environ.get("KILLS") or (500 if os.environ.get("LONG") else 20))


def told() -> Mapping[str, tuple[str, str]]:
    """What happens with each fault, as the page says, and the name of its test."""
    return {name: (what, test) for name, what, test in ROW.findall(PAGE.read_text(encoding="utf-8"))}


@pytest.mark.faults
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in QUICK else name for name in CASES]
)
def test_a_fault_leaves_a_whole_set_and_the_next_build_needs_no_hand(name: str, tmp_path: Path) -> None:
    place = faults.prepared(tmp_path)
    found = CASES[name](place)
    what, _, words = told()[name][0].partition(": ")
    assert "Traceback" not in found.said
    assert "fault of Triptych" not in found.said
    ended, state = found.code, found.state or place.state
    if what == "printed or refused":
        what = "refused" if ended else "printed"
    if what == "stopped":
        assert (ended in (-9, 130, 141), state in ("old", "new"), found.said) == (True, True, "")
    elif what == "refused":
        assert (ended in range(1, 9), state in ("old", "none")) == (True, True), (found, state)
    else:
        assert (ended, state) == (int(what == "written"), "new"), found.said
    if ended in range(1, 9):
        assert words.strip("`") in found.said
        assert ended == 3 or found.said.count("\n") <= 4
    faults.recovers(place)


def test_the_page_names_each_fault() -> None:
    assert {name: test for name, (_, test) in told().items()} == {name: one.__name__ for name, one in CASES.items()}


@pytest.mark.faults
def test_builds_that_are_killed_at_random_moments_leave_a_whole_set(tmp_path: Path) -> None:
    """Whole builds, their process group or only the parent; the writer alone is killed in `test_finish.py`."""
    place, chance, kills = faults.prepared(tmp_path), random.Random(KILLS), Kills()
    for number in range(KILLS):
        faults.build_killed(place, chance, kills)
        if number % 25 == 24:
            faults.recovers(place)
            print(f"after {number + 1}: {kills}", flush=True)
        else:
            faults.healed(place)
    print(kills)
    faults.recovers(place)
    assert kills.kills == KILLS
    assert kills.ended < KILLS / 2
