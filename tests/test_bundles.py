"""Leaders that start close together can each be followed."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triptych.timeline.bundles import ported
from triptych.timeline.plan import Leader

BOX = (0.0, 200.0)


def ports(starts: list[float], edges: list[Leader]) -> list[float]:
    leaders = [Leader(start, 10.0 * number) for number, start in enumerate(starts)]
    return [leader.enters for leader in ported(leaders, edges, 1.2, BOX)]


@pytest.mark.parametrize(
    ("starts", "edges", "expected"),
    [
        pytest.param([50, 60], [], [50, 60], id="apart: as they start"),
        pytest.param([50, 50], [], [49.4, 50.6], id="at one point: 1.2 mm apart"),
        pytest.param([50, 50, 50], [], [48.8, 50, 51.2], id="three"),
        pytest.param([0, 0], [], [0, 1.2], id="within the box"),
        pytest.param(
            [50, 52.7, 52.9], [Leader(50.4, 5), Leader(52.6, 6)], [50, 52.6, 53.8], id="clear of a magnifier's edges"
        ),
    ],
)
def test_leaders_enter_the_zone_apart(starts: list[float], edges: list[Leader], expected: list[float]) -> None:
    assert ports(starts, edges) == pytest.approx(expected)


@given(st.lists(st.floats(0, 200), min_size=1, max_size=40))
def test_they_keep_their_order_and_their_box(starts: list[float]) -> None:
    found = ports(sorted(starts), [])
    assert found == sorted(found)
    assert BOX[0] <= found[0] <= found[-1] <= BOX[1] + 1e-9
    gaps = [second - first for first, second in itertools.pairwise(found)]
    assert all(gap >= 1.2 - 1e-9 for gap in gaps)
