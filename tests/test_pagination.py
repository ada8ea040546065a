"""Pages told from measured texts: nothing parted that stays together, no page fuller than it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from tests.conftest import HARROWBY, PROJECT, ArticleCopy
from triptych import build, copyfit
from triptych.build import Order
from triptych.compose import Composed, Part
from triptych.pagination import ROUNDING, Text, paginated
from triptych.sheets import BRIEFING_TYPE
from triptych.typeset import Pages, Typesetter

LINE = 5.0


@st.composite
def texts(draw: st.DrawFn) -> Text:
    lines = draw(st.integers(1, 30))
    broken = draw(st.booleans())
    return Text("", lines * LINE, draw(st.sampled_from((0.0, 4.0))), LINE if broken else 0.0, keeps=draw(st.booleans()))


@given(st.lists(texts(), min_size=1, max_size=12))
def test_pages_hold_all_texts_and_the_white_left_at_their_ends(flow: list[Text]) -> None:
    found = paginated(flow, 100, 120)
    assert found.length * 120 + ROUNDING >= sum(text.height for text in flow)
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


def test_a_briefing_is_measured_once_and_set_once(article_copy: ArticleCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told of its pages is true: another setting would follow where it is not."""
    set_pages: list[int] = []

    def pages(typesetter: Typesetter, composed: Composed) -> Pages:
        found = typeset(typesetter, composed)
        set_pages.append(found.count)
        return found

    typeset = Typesetter.pages
    monkeypatch.setattr(Typesetter, "pages", pages)
    (document,) = build.article(article_copy.folder, Order(("briefing",)), PROJECT / "templates")
    assert set_pages == [1, document.pages]


def test_what_is_longer_than_a_hundred_pages_is_measured_on_one() -> None:
    workshop = build.workshop(HARROWBY, Order(("briefing",)), PROJECT / "templates")
    tall = Part("tall", Markup('<div style="height: 60000mm"></div>'), "10mm")
    own = copyfit.properties(workshop, BRIEFING_TYPE[0])
    found = workshop.heights("briefing", workshop.view, workshop.paper, own, [tall])
    assert found == {"tall": pytest.approx(60_000)}


def test_a_note_counts_on_the_page_where_its_passage_begins() -> None:
    anchors = [("a", 1), ("b", 1), ("c", 1), ("c", 2), ("d", 2), ("e", 2), ("f", 2), ("g", 2)]
    assert copyfit.too_many(anchors) == {"g"}


def test_an_article_without_parties_has_a_briefing_without_their_table(article_copy: ArticleCopy) -> None:
    (article_copy.folder / "positions.yaml").write_text("parties: []\n", encoding="utf-8")
    (document,) = build.article(article_copy.folder, Order(("briefing",)), PROJECT / "templates")
    assert document.pages == 5
