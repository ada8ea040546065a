"""Pages told from measured texts: nothing parted that stays together, no page fuller than it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triptych.design.pagination import PAGE_ROUNDING, Text, paginated

LINE = 5.0


@st.composite
def texts(draw: st.DrawFn) -> Text:
    lines = draw(st.integers(1, 30))
    broken = draw(st.booleans())
    return Text("", lines * LINE, draw(st.sampled_from((0.0, 4.0))), LINE if broken else 0.0, keeps=draw(st.booleans()))


@given(st.lists(texts(), min_size=1, max_size=12))
def test_pages_hold_all_texts_and_the_white_left_at_their_ends(flow: list[Text]) -> None:
    found = paginated(flow, 100, 120)
    assert found.length * 120 + PAGE_ROUNDING >= sum(text.height for text in flow)
    pages = [page for _, begins, ends in found.pages for page in (begins, ends)]
    assert pages == sorted(pages)


@pytest.mark.parametrize(
    ("before", "text", "pages"),
    [
        (12, Text("a", 8 * LINE, leading=LINE), (1, 1)),
        (15, Text("a", 8 * LINE, leading=LINE), (1, 2)),
        (19, Text("a", 8 * LINE, leading=LINE), (2, 2)),
        (18, Text("a", 3 * LINE, leading=LINE), (2, 2)),
        (15, Text("a", 8 * LINE), (2, 2)),
        (15, Text("a", 8 * LINE, leading=LINE, beside=6 * LINE), (2, 2)),
        (15, Text("a", 50 * LINE, leading=LINE), (1, 4)),
    ],
)
def test_a_text_begins_where_enough_of_it_fits(before: int, text: Text, pages: tuple[int, int]) -> None:
    """On pages of twenty lines, after so many."""
    found = paginated([Text("before", before * LINE), text], 20 * LINE, 20 * LINE)
    assert found.pages[1] == ("a", *pages)


def test_a_heading_goes_with_what_follows_it() -> None:
    flow = [Text("before", 17 * LINE), Text("heading", 2 * LINE, keeps=True), Text("a", 9 * LINE, leading=LINE)]
    assert [page for _, page, _ in paginated(flow, 20 * LINE, 20 * LINE).pages] == [1, 2, 2]


def test_widows_are_never_alone() -> None:
    flow = [Text("before", 13 * LINE), Text("a", 8 * LINE, leading=LINE)]
    assert paginated(flow, 20 * LINE, 20 * LINE).length == pytest.approx(1 + 2 / 20)


def test_a_table_has_its_head_again_on_the_next_page() -> None:
    flow = [Text("before", 18 * LINE), Text("row", 4 * LINE, repeated=2 * LINE)]
    assert paginated(flow, 20 * LINE, 20 * LINE).length == pytest.approx(1 + 6 / 20)


@pytest.mark.parametrize(
    ("flow", "length"),
    [
        pytest.param([Text("a", 50)], 0.5, id="half a page"),
        pytest.param([Text("a", 100)], 1.0, id="a full page"),
        pytest.param([Text("a", 100.01)], 1.0, id="a full page but for what rounding adds"),
        pytest.param([Text("a", 60), Text("b", 60)], 1.5, id="whole texts go to the next page, which is higher"),
        pytest.param([Text("a", 20, space=9), Text("b", 20, space=10)], 0.5, id="no white above the first of a page"),
        pytest.param([Text("a", 90), Text("b", 24, space=9)], 1.2, id="nor on a page that it begins"),
        pytest.param([Text("a", 90), Text("b", 30, keeps=True)], 1.25, id="a last one that keeps stays whole"),
        pytest.param([Text("a", 60), Text("b", 30, keeps=True), Text("c", 15)], 1.375, id="a heading goes along"),
        pytest.param([Text("a", 250)], 2.25, id="a text higher than a page is broken anywhere"),
    ],
)
def test_a_flow_takes_so_many_pages(flow: list[Text], length: float) -> None:
    """On pages of 120 mm, the first of 100."""
    assert paginated(flow, 100, 120).length == pytest.approx(length, abs=0.001)


def test_smaller_type_takes_less_height_but_no_less_white() -> None:
    smaller = Text("a", 40, space=6, leading=5, beside=10).relative(0.8)
    assert (smaller.height, smaller.leading, smaller.space, smaller.beside) == (32, 4, 6, 10)
