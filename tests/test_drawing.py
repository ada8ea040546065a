"""What is drawn of a timeline: which strokes, in which order, how far."""

import re
from collections import Counter
from dataclasses import replace

import pytest

from tests.plans import ROUND, TWO_SIDED, laid
from triptych.content import dates
from triptych.timeline import drawing
from triptych.timeline.drawing import Bar, Drawing
from triptych.timeline.plan import LANE, LabelledEra, Mark, Shape

A3 = replace(ROUND, lane=LANE)
"""At the scale of A3, where a unit is a millimetre."""
DENSE = ["2003", "2010-03-01", "2010-03-03", "2010-03-05"]


def xs(path: str) -> list[float]:
    """Every x of a path of M, L and H."""
    return [float(x) for pair in re.findall(r"[ML](\S+) [^MLHVZ]+|H([^MLHVZ]+)", path) for x in pair if x]


def of(found: Drawing, style: str) -> list[str]:
    return [path.d for path in found.paths if path.style == style]


def test_the_box_holds_what_goes_on_beyond_the_timeline_at_either_end() -> None:
    found = drawing.timeline(laid(["2003"], frame=A3))
    assert (found.left, found.top, found.width, found.height) == (0, -10, 200, 220)
    assert found.stroke == 1


def test_grounds_lie_under_all_and_marks_over_their_axis() -> None:
    styles = [path.style for path in drawing.timeline(laid(DENSE, frame=A3)).paths]
    assert styles[0] == "ground"
    assert styles.count("ground") == 1
    assert styles.index("leader") < styles.index("axis") < styles.index("tick") < styles.index("lens-axis")
    assert styles.index("lens-axis") < styles.index("dot")


def test_a_band_ties_a_magnifier_to_the_stretch_that_it_shows() -> None:
    plan = laid(DENSE, frame=replace(A3, band=4))
    found, (first, last) = drawing.timeline(plan), plan.lenses[0].edges
    assert of(found, "ground")[0].startswith(f"M46 {round(first.start, 3):g}H53L"), "level, over its true days"
    assert of(found, "ground")[0].endswith(f"L53 {round(last.start, 3):g}H46Z")
    assert [xs(path)[:2] for path in of(found, "band")] == [[46, 53]] * 2


def test_the_line_beside_the_name_of_a_short_era_goes_on_from_its_bracket() -> None:
    plan = laid(["2003"], frame=A3, eras=[LabelledEra(dates.parsed("2008"), ("A short era",), (30.0,))])
    (line,), (bracket,) = of(drawing.timeline(plan), "leader")[:1], plan.brackets
    assert bracket.leader
    assert line == f"M6.8 {round(bracket.bottom, 3):g}V{round(bracket.leader[1], 3):g}"


def test_a_magnifier_is_drawn_whole() -> None:
    plan = laid(DENSE, frame=A3)
    (lens,) = plan.lenses
    count = Counter(path.style for path in drawing.timeline(plan).paths)
    assert (count["edge"], count["lens-axis"], count["tick"], count["dot"]) == (2, 1, 3, 3)
    assert count["lens-tick"] == 2 + len(lens.graduation.major)
    assert count["leader"] == 4


@pytest.mark.parametrize(
    ("mark", "styles"),
    [
        (Mark(Shape.DOT, 5, 5), ["halo", "dot"]),
        (Mark(Shape.TICK, 5, 5), ["tick"]),
        (Mark(Shape.LASTED, 0, 9), ["solid"]),
        (Mark(Shape.WITHIN, 0, 9), ["hollow"]),
        (Mark(Shape.LASTED, 0, 9, dashed=True), ["solid-dashed"]),
        (Mark(Shape.WITHIN, 0, 9, dashed=True), ["hollow-dashed"]),
        (Mark(Shape.LASTED, 0, 9, open_start=True), ["solid", "hollow"]),
        (Mark(Shape.WITHIN, 0, 9, open_start=True, open_end=True), ["hollow", "hollow", "hollow"]),
    ],
)
def test_each_kind_of_date_has_its_own_mark(mark: Mark, styles: list[str]) -> None:
    assert [path.style for path in drawing.sample(mark, 1).paths] == styles


def test_an_arrowhead_points_to_where_a_span_goes_on_and_is_as_long_at_either_end() -> None:
    bar, up, down = drawing.sample(Mark(Shape.LASTED, 0, 20, open_start=True, open_end=True), 1).paths
    assert bar.d == "M-1.1 2.6H1.1V17.4H-1.1Z"
    assert up.d == "M0 0L2.2 2.6H-2.2Z"
    assert down.d == "M0 20L2.2 17.4H-2.2Z"


def test_a_bar_is_as_long_as_its_span() -> None:
    (bar,) = drawing.sample(Mark(Shape.WITHIN, 3, 11), 1).paths
    assert bar.d == "M-1.1 3H1.1V11H-1.1Z"


def test_a_dot_has_a_white_edge_around_it() -> None:
    halo, dot = drawing.sample(Mark(Shape.DOT, 2, 2), 1).paths
    assert halo.d.startswith("M-1.5 2a1.5 1.5")
    assert dot.d.startswith("M-1.15 2a1.15 1.15")


def test_a_sample_grows_with_the_sheet() -> None:
    small, large = (drawing.sample(Mark(Shape.DOT, 2, 2), unit) for unit in (1, 2))
    assert (small.left, small.width, small.height) == (-2, 4, 4)
    assert (large.left, large.width, large.stroke) == (-4, 8, 2)
    assert large.paths[1].d.startswith("M-2.3 2a2.3")


@pytest.mark.parametrize(("side", "ends"), [(0, [110, 113, 130, 151]), (1, [90, 87, 70, 49])])
def test_a_leader_goes_outwards_from_its_axis_to_a_unit_before_the_number(side: int, ends: list[float]) -> None:
    plan = laid(["2003", "2009"], frame=replace(TWO_SIDED, lane=LANE))
    leader = of(drawing.timeline(plan), "leader")[side]
    assert xs(leader) == ends


def test_the_leader_of_a_span_beside_the_axis_starts_at_its_lane() -> None:
    plan = laid(["2009/2012", "2010/2011"], frame=A3)
    starts = sorted(xs(path)[0] for path in of(drawing.timeline(plan), "leader"))
    assert starts == pytest.approx([50 - LANE, 50])


def test_finer_ticks_are_left_out_under_a_span_on_the_axis() -> None:
    bare, spanned = (
        len(of(drawing.timeline(laid([text], frame=replace(A3, label=21))), "minor-tick"))
        for text in ("2001-01-01", "2003/2006")
    )
    assert bare == 21
    assert spanned == 18


def test_a_labelled_tick_is_longer_than_a_finer_one_and_both_point_inwards() -> None:
    found = drawing.timeline(laid(["2003"], frame=replace(A3, label=21)))
    assert {tuple(xs(path)) for path in of(found, "year-tick")} == {(50, 45.4)}
    assert {tuple(xs(path)) for path in of(found, "minor-tick")} == {(50, 48.3)}


def test_a_bar_of_the_histogram_lies_inside_the_first_axis() -> None:
    plan = laid(["2003"], frame=A3)
    assert of(drawing.timeline(plan, [Bar(10, 20, 6)]), "bar") == ["M50 10H44V20H50Z"]


@pytest.mark.parametrize(
    ("span", "feet"),
    [("2008/2009", 2), ("2008/..", 1), ("../2009", 1)],
)
def test_a_bracket_has_a_foot_where_its_era_ends(span: str, feet: int) -> None:
    plan = laid(["2003"], frame=A3, eras=[LabelledEra(dates.parsed(span), ("Era",), (20,))])
    (bracket,) = of(drawing.timeline(plan), "bracket")
    assert bracket.count("h") == feet
    assert ("h-1.4" in bracket) == (not span.startswith(".."))


def test_brackets_of_eras_that_follow_each_other_do_not_touch() -> None:
    eras = [
        LabelledEra(dates.parsed("2005/2009"), ("First",), (20,)),
        LabelledEra(dates.parsed("2010/2014"), ("Second",), (20,)),
    ]
    first, second = of(drawing.timeline(laid(["2003"], frame=A3, eras=eras)), "bracket")
    end, start = float(re.findall(r"V([\d.]+)", first)[0]), float(re.findall(r"M\S+ ([\d.]+)", second)[0])
    assert start - end == pytest.approx(0.8, abs=0.01)


def test_a_coordinate_has_three_decimals_and_no_negative_zero() -> None:
    (path,) = drawing.sample(Mark(Shape.TICK, -0.00001, 1 / 3), 1).paths
    assert path.d == "M-1.3 0H1.3"
