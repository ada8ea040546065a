"""How a poster is cut: on which sheets, where, and what two neighbours share."""

import pytest

from triptych.content.kinds import Paper
from triptych.design.sheets import PAPERS, Sheet
from triptych.documents import tiles
from triptych.pdf.tags import Box

A4 = PAPERS[Paper.A4]


@pytest.mark.parametrize(
    ("width", "height", "count", "upright"),
    [
        (190, 277, 1, True),
        (277, 190, 1, False),
        (190, 278, 2, True),
        (297, 420, 4, True),
        (420, 594, 8, False),
        (841, 594, 15, True),
    ],
    ids=["what one prints", "on its side", "a mm more", "A3", "A2", "A1 on its side"],
)
def test_a_poster_is_cut_for_as_few_sheets_as_can_be(width: float, height: float, count: int, upright: bool) -> None:
    """Of which each prints all but 10 mm at its edges, 12 mm of it twice."""
    found = tiles.tiling(width, height, A4, [])
    assert (len(found.tiles), found.sheet.landscape) == (count, not upright)


def test_neighbours_share_twelve_mm_with_the_cut_in_their_middle() -> None:
    first, second = tiles.tiling(190, 300, A4, []).tiles
    assert (first.row, first.column, second.row, second.column) == (1, 1, 2, 1)
    cut = first.cuts[3]
    assert cut
    assert first.cuts == (None, None, None, cut)
    assert second.cuts == (None, cut, None, None)
    assert (first.window.bottom, second.window.top) == (cut + 6, cut - 6)
    assert (first.window.top, second.window.bottom) == (0, 300)
    assert (first.window.left, first.window.right) == (0, 190)


def test_a_first_sheet_prints_as_much_as_it_can() -> None:
    assert tiles.tiling(190, 300, A4, []).rows == (271,)


@pytest.mark.parametrize(
    ("lines", "cut"),
    [
        ([(268, 274)], 268.0),
        ([(100, 270.9)], 271.0),
        ([(y, y + 30) for y in range(0, 300, 10)], 270.0),
        ([(y, y + 5) for y in range(0, 300, 5)], 270.0),
    ],
    ids=["above a line", "below a line", "through two and not three", "between two lines"],
)
def test_a_cut_goes_as_late_as_may_be_through_as_few_lines_of_text(
    lines: list[tuple[float, float]], cut: float
) -> None:
    texts = [Box(20, top, 100, bottom) for top, bottom in lines]
    assert tiles.tiling(190, 300, A4, texts).rows == (cut,)


def test_a_cut_spares_large_type_before_many_small_lines() -> None:
    """A title across the place of a cut, and ten lines of text below it beside that place."""
    title = Box(20, 20, 240, 40)
    lines = [Box(100, top, 145, top + 4) for top in range(60, 110, 5)]
    (cut,) = tiles.tiling(250, 277, A4, [title, *lines]).columns
    assert not any(line.left < cut < line.right for line in lines) or not title.left < cut < title.right
    far = Box(20, 20, 150, 40)
    (cut,) = tiles.tiling(250, 277, A4, [far, *(Box(151, top, 240, top + 4) for top in range(60, 110, 5))]).columns
    assert cut > far.right


def test_a_landscape_paper_is_turned_too() -> None:
    assert tiles.tiling(190, 277, Sheet(297, 210), []).sheet == A4


def test_sheets_are_counted_row_by_row() -> None:
    found = tiles.tiling(297, 420, A4, [])
    assert [(tile.row, tile.column) for tile in found.tiles] == [(1, 1), (1, 2), (2, 1), (2, 2)]
