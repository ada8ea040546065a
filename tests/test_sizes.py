"""Sizes of type by the sheet, and the columns that follow from them."""

import pytest

from triptych.content.units import MM_PER_POINT
from triptych.design.sheets import sheet
from triptych.design.sizes import BRIEFING_TYPE, poster_type
from triptych.timeline import columns
from triptych.timeline.columns import Spread, briefing_columns, factsheet_columns, poster_columns


@pytest.mark.parametrize(
    ("name", "body", "headline", "year", "deck", "title", "floor"),
    [
        ("a3", 11, 13.5, 23, 15, 45, 10),
        ("a3-landscape", 11, 13.5, 23, 15, 45, 10),
        ("a2", 14, 17, 29, 19, 64, 12),
        ("a1", 18, 22, 38, 25, 90, 15),
        ("a0", 24, 29, 50, 33, 128, 18),
        ("507x900mm", 16, 19.5, 33.5, 22, 77, 13.5),
        ("1200x1600mm", 24, 29, 50, 33, 128, 18),
        ("200x300mm", 11, 13.5, 23, 15, 45, 10),
    ],
)
def test_type_follows_the_short_side_of_the_sheet(
    name: str, body: float, headline: float, year: float, deck: float, title: float, floor: float
) -> None:
    """Between two sheets of the design in proportion; beyond them as on the last."""
    found = poster_type(sheet(name))
    sizes = (found.body, found.headline, found.year, found.deck, found.title, found.floor)
    assert sizes == pytest.approx((body, headline, year, deck, title, floor))


@pytest.mark.parametrize(
    ("factor", "body", "headline"),
    [(1.2, 13.2, 16.2), (0.95, 10.45, 12.825), (0.5, 10, 13.5 * 10 / 11)],
)
def test_cards_shrink_together_but_their_text_not_below_its_floor(factor: float, body: float, headline: float) -> None:
    found = poster_type(sheet("a3")).cards_in(factor)
    assert (found.body, found.headline, found.title) == pytest.approx((body, headline, 45))


def test_every_size_of_a_poster_follows_from_the_design() -> None:
    found = poster_type(sheet("a3"))
    names = ("body", "headline-1", "headline-2", "headline-3", "date", "deck", "title", "caption", "sources")
    assert [found.size(name) for name in names] == [11, 11.88, 13.5, 17.55, 10.5, 15, 45, 10, 8.6]
    leadings = [round(found.leading(name) / MM_PER_POINT, 2) for name in names]
    assert leadings == [14.6, 14.08, 16, 20.15, 14.6, 20.5, 47, 13, 11]
    assert found.properties["body-size"] == "11.00pt"
    assert found.properties["body-leading"] == "14.60pt"


def test_small_texts_do_not_shrink_below_their_floors() -> None:
    small = poster_type(sheet("a3")).cards_in(0)
    assert [small.size(name) for name in ("body", "headline-1", "caption", "sources")] == [10, 10.8, 9.09, 8.5]


def test_the_briefing_goes_from_the_type_of_the_design_to_its_floor() -> None:
    assert [(rung.body, rung.leading, rung.sources, rung.sources_leading) for rung in BRIEFING_TYPE] == [
        (10.5, 15, 9, 12),
        (10.5, 14.2, 8.5, 10.6),
        (10, 13.3, 8.5, 10.6),
    ]
    assert BRIEFING_TYPE[1].relative(BRIEFING_TYPE[0]) == pytest.approx(14.2 / 15)
    assert BRIEFING_TYPE[0].properties["body-size"] == "10.5pt"


def spread(**how: float) -> columns.Columns:
    size = sheet("a3")
    return poster_columns(size, 267, poster_type(size), Spread(**how))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("how", "axes", "number", "reach"),
    [
        pytest.param({}, (27,), 42, 240, id="one side"),
        pytest.param({"eras": 1}, (35.49,), 42, 231.51, id="beside a strip of eras"),
        pytest.param({"histogram": True}, (38,), 42, 229, id="beside a histogram"),
        pytest.param({"lanes": 2}, (31.98,), 42, 235.02, id="with two lanes of spans"),
        pytest.param({"sides": 2}, (148.59, 118.41), 30.5, 118.41, id="two sides"),
        pytest.param({"sides": 2, "eras": 1}, (153.59, 113.41), 30.5, 113.41, id="two with a strip of eras between"),
        pytest.param({"sides": 2, "histogram": True}, (154.09, 112.91), 30.5, 112.91, id="two and a histogram"),
    ],
)
def test_the_axis_gives_way_to_what_stands_inside_it(
    how: dict[str, float], axes: tuple[float, ...], number: float, reach: float
) -> None:
    frame = spread(**how).frame
    assert frame.axes == pytest.approx(axes, abs=0.01)
    assert (frame.number, frame.reach) == pytest.approx((number, reach), abs=0.01)


@pytest.mark.parametrize(
    "found",
    [
        pytest.param(spread(), id="poster"),
        pytest.param(spread(lanes=2, eras=2, histogram=True), id="full poster"),
        pytest.param(spread(sides=2, lanes=2, histogram=True), id="poster on two sides"),
        pytest.param(factsheet_columns(93), id="fact sheet"),
        pytest.param(briefing_columns(174, 150), id="briefing"),
    ],
)
def test_columns_stand_in_order_from_the_axis_to_the_edge(found: columns.Columns) -> None:
    frame = found.frame
    order = (0, frame.zone[0], frame.zone[1], frame.lens_axis, frame.number, frame.number + found.number_width)
    assert list(order) == sorted(order)
    assert frame.number + found.card_width <= frame.reach + 1e-6
    assert found.label_room[0] < found.label_room[1] < max(frame.axes)


def test_eras_stand_beside_the_scale_that_they_are_on() -> None:
    """Not beside a magnifier, which has another scale."""
    found = spread(sides=2, lanes=2, eras=2)
    left, strip = found.frame.axes[1], found.frame.eras
    assert left < strip < found.label_room[0] < found.frame.axes[0]
    assert spread(eras=2).frame.eras < spread(eras=2).label_room[1]


def test_columns_of_cards_are_those_of_the_design() -> None:
    poster, factsheet, briefing = spread(), factsheet_columns(93), briefing_columns(174, 150)
    assert [poster.number_width, poster.date_width, poster.detail_width] == pytest.approx([8.5, 72, 113.5])
    assert [factsheet.number_width, factsheet.date_width, factsheet.detail_width] == pytest.approx([5.4, 59.2, 0])
    assert [briefing.number_width, briefing.date_width, briefing.detail_width] == pytest.approx([6.5, 40, 76.5])
    assert briefing.frame.height == 150


@pytest.mark.parametrize(
    ("found", "gap", "pitch", "least_mark", "open_zone"),
    [
        (spread(), 3.6, 3.2, 2, 9),
        (factsheet_columns(93), 1.7, 2.6, 1.7, 7),
        (briefing_columns(174, 150), 1.6, 2.6, 1.7, 7),
    ],
)
def test_least_distances_are_those_of_the_design(
    found: columns.Columns, gap: float, pitch: float, least_mark: float, open_zone: float
) -> None:
    frame = found.frame
    assert (frame.gap, frame.pitch, frame.least_mark, frame.open_zone) == (gap, pitch, least_mark, open_zone)


def test_lengths_of_a_poster_grow_with_the_sheet() -> None:
    small, large = sheet("a3"), sheet("a1")
    frames = [poster_columns(size, size.width - 30, poster_type(size), Spread()).frame for size in (small, large)]
    assert frames[1].gap == pytest.approx(2 * frames[0].gap)
    assert frames[1].unit == pytest.approx(2 * frames[0].unit)
    assert frames[1].label == pytest.approx(38 * MM_PER_POINT * 1.3)
