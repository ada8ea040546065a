"""The briefing is measured, and then set as was told from that."""

import pytest
from markupsafe import Markup

from tests.conftest import HARROWBY, TEMPLATES, ArticleCopy
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.compose.html import Composed, MeasuredPart
from triptych.design.sizes import BRIEFING_TYPE
from triptych.documents import copyfit
from triptych.typeset.pages import Pages, Typesetter


def test_a_briefing_is_measured_once_and_set_once(article_copy: ArticleCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told of its pages is true: another setting would follow where it is not."""
    set_pages: list[int] = []

    def pages(typesetter: Typesetter, composed: Composed) -> Pages:
        found = typeset(typesetter, composed)
        set_pages.append(found.count)
        return found

    typeset = Typesetter.pages
    monkeypatch.setattr(Typesetter, "pages", pages)
    (document,) = pipeline.documents(article_copy.folder, Order(("briefing",)), TEMPLATES)
    assert set_pages == [1, document.pages]


def test_what_is_longer_than_a_hundred_pages_is_measured_on_one() -> None:
    workshop = pipeline.workshop(HARROWBY, Order(("briefing",)), TEMPLATES)
    tall = MeasuredPart("tall", Markup('<div style="height: 60000mm"></div>'), "10mm")
    own = copyfit.properties(workshop, BRIEFING_TYPE[0])
    found = workshop.heights("briefing", workshop.view, workshop.paper, own, [tall])
    assert found == {"tall": pytest.approx(60_000)}


def test_a_note_counts_on_the_page_where_its_passage_begins() -> None:
    anchors = [("a", 1), ("b", 1), ("c", 1), ("c", 2), ("d", 2), ("e", 2), ("f", 2), ("g", 2)]
    assert copyfit.too_many(anchors) == {"g"}


def test_an_article_without_parties_has_a_briefing_without_their_table(article_copy: ArticleCopy) -> None:
    (article_copy.folder / "positions.yaml").write_text("parties: []\n", encoding="utf-8")
    (document,) = pipeline.documents(article_copy.folder, Order(("briefing",)), TEMPLATES)
    assert document.pages == 5
