"""What is drawn of a key figure: which share, how long, and only what the figure says."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import tiny
from tests.conftest import TEMPLATES, written
from tests.test_drawing import of, xs
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.charts import tracks
from triptych.check import tracks as checks
from triptych.compose import views, words
from triptych.content import drawn
from triptych.content.drawn import BadDrawn, Drawn
from triptych.documents import factsheet
from triptych.documents.workshop import TRACKS, left_out

FIGURE = {"id": "asked", "value": "26%", "of": "answers", "passages": ["asked"]}


@pytest.mark.parametrize(
    ("given", "values", "ends"),
    [
        (26, [26], []),
        ("26%", [26], []),
        ("63,6 %", [63.6], []),
        ("٦٣٫٦٪", [63.6], []),
        ("2–10", [], [2, 10]),
        ("2 to 10 %", [], [2, 10]),
        ("2 bis 10", [], [2, 10]),
        ("22.9 (12.9–32.9)", [22.9], [12.9, 32.9]),
        ("81 / 43", [81, 43], []),
        ([81, 43], [81, 43], []),
        ({"value": "22.9", "low": "12.9", "high": "32.9"}, [22.9], [12.9, 32.9]),
        ({"low": 2, "high": 10}, [], [2, 10]),
    ],
)
def test_a_share_is_read_as_people_write_it(given: Any, values: list[float], ends: list[float]) -> None:
    found = drawn.read(given)
    assert [float(one) for one in found.values] == values
    assert [float(one) for one in (found.low, found.high) if one is not None] == ends


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("about a third", "is `about a third`"),
        ("130", "has `130`"),
        ("22 (30–40)", "has `30, 22, 40`"),
        ({"value": 5, "low": 2}, "needs a `value`"),
        ({"median": 5}, "`median` is not a field"),
        ([1, 2, 3], "is `[1, 2, 3]`"),
    ],
)
def test_what_is_no_share_is_not_drawn(given: Any, told: str) -> None:
    with pytest.raises(BadDrawn) as error:
        drawn.read(given)
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("figure", "passage", "told"),
    [
        ({}, "26 per cent", []),
        ({"of": None}, "26 per cent", []),
        ({"of": None, "drawn": 26}, "26 per cent", ["`of` is missing"]),
        ({"value": "277,000+"}, "277,000", ["`277,000+` is no share of 100"]),
        ({"drawn": 62}, "26 per cent", ["drawn at `62`"]),
        ({"value": "14 of 22", "drawn": "63.6"}, "14 of 22", []),
        ({"value": "14", "of": "the 22 branches", "drawn": "64"}, "14 of 22", []),
        ({"value": "14 of 22", "drawn": "64.6"}, "14 of 22", ["drawn at `64.6`"]),
        ({"value": "Two in five", "drawn": "40"}, "two in five", []),
        ({"value": "A third", "drawn": "33"}, "33 per cent", []),
        ({"value": "A third", "drawn": "34"}, "33 per cent", ["drawn at `34`"]),
        ({"drawn": "26 (16–36)", "basis": "±10 points"}, "26 per cent", []),
        ({"drawn": "26 (16–36)"}, "26, in 95 of 100 cases from 16 to 36", []),
        ({"drawn": "26 (16–37)", "basis": "±10 points"}, "26 per cent", ["ends at `37`"]),
        ({"value": "2–10%"}, "2 to 10", []),
        ({"value": "2–10%", "drawn": {"low": 2, "high": 12}}, "2 to 10", ["ends at `12`"]),
    ],
)
def test_a_track_draws_what_its_figure_says(figure: Mapping[str, Any], passage: str, told: list[str]) -> None:
    article = tiny.article(f"{passage} {{#asked}}", figures=[{**FIGURE, **figure}])
    found = [problem.message for problem in checks.unsaid(tiny.files(article))]
    assert len(found) == len(told)
    assert all(part in message for part, message in zip(told, found, strict=True))


SHARE = st.decimals(0, 100, places=1)


@given(st.lists(SHARE, min_size=3, max_size=3).map(sorted), st.sampled_from([26.0, 41.0, 44.0]))
def test_a_range_is_dark_to_its_low_end_and_light_to_its_high_one(ends: list[Decimal], width: float) -> None:
    low, value, high = ends
    found = tracks.track(Drawn((value,), low, high), width)
    dark, light, tick = (xs(of(found, style)[0]) for style in ("share", "range", "estimate"))
    assert max(dark) == pytest.approx(min(light), abs=1e-3) == pytest.approx(float(low) / 100 * width, abs=1e-3)
    assert max(light) == pytest.approx(float(high) / 100 * width, abs=1e-3)
    assert abs(sum(tick[:2]) / 2 - float(value) / 100 * width) <= tracks.TICK
    assert all(0 <= x <= width for path in found.paths for x in xs(path.d))


@given(SHARE, SHARE)
def test_two_shares_stand_one_below_the_other_on_one_scale(first: Decimal, second: Decimal) -> None:
    found = tracks.track(Drawn((first, second)), 26)
    lengths = [max(xs(path)) for path in of(found, "share")]
    assert lengths == [pytest.approx(float(one) * 0.26, abs=1e-3) for one in (first, second)]
    assert found.height == pytest.approx(4.7)


def test_a_sheet_that_is_too_full_leaves_out_the_tracks_before_any_word() -> None:
    figures = [{"id": f"asked-{n}", "value": "26%", "of": "answers"} for n in range(7)]
    view = views.printable(tiny.article(figures=figures), words.words("en", TEMPLATES), TEMPLATES.file("sources.csl"))
    tries = [one for _, one in factsheet._shorter(view)]
    assert [one.has_tracks for one in tries[:3]] == [True, False, False]
    kept = [[(figure.value, figure.label_html, figure.basis_html) for figure in one.figures] for one in tries[:2]]
    assert all(before == after for before, after in pairwise(kept))


@pytest.mark.slow
def test_the_column_of_figures_gets_wider_before_the_tracks_are_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    basis = f"{'of one city ' * 7}asked"
    row = "  - {value: 1%%, label: Answers by post %d, of: all who answered by post, basis: %s, attribution: City}\n"
    figures = "".join(row % (number, basis) for number in range(9))
    events = "".join(f"  - {{date: {2000 + number}-05-01, headline: The council met}}\n" for number in range(3))
    texts = {"article.md": "---\ntitle: Opening\nstatus: draft\n---\n"}
    texts |= {"figures.yaml": f"figures:\n{figures}", "timeline.yaml": f"events:\n{events}"}
    folder, order = written(tmp_path / "opening", texts), Order(("factsheet",))
    assert not pipeline.documents(folder, order, TEMPLATES)[0].notes
    monkeypatch.setattr(factsheet, "LEDGER_WIDTHS", factsheet.LEDGER_WIDTHS[:1])
    assert pipeline.documents(folder, order, TEMPLATES)[0].notes == (left_out(TRACKS),)
