"""What is known of cards and titles without setting them."""

from dataclasses import replace

import pytest
from markupsafe import Markup

from tests.conftest import HARROWBY, TEMPLATES
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.compose.html import MeasuredPart
from triptych.compose.views import ArticleView
from triptych.design import faces
from triptych.design.sheets import sheet
from triptych.design.sizes import poster_type
from triptych.documents import ladder
from triptych.documents.ladder import LADDER, Rung
from triptych.documents.workshop import Workshop


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    return pipeline.workshop(HARROWBY, Order(("poster",)), TEMPLATES)


@pytest.mark.xdist_group("ladder")
@pytest.mark.parametrize(
    "rung", [pytest.param(rung, marks=pytest.mark.slow if number else ()) for number, rung in enumerate(LADDER)]
)
def test_no_card_is_lower_than_its_texts_ask_for(workshop: Workshop, rung: Rung) -> None:
    """Nor half as high again, or the ladder would set what cannot fit."""
    sized = ladder.on_sheet(workshop, workshop.sheet_name, workshop.sheet)
    text = poster_type(sized.sheet).cards_in(rung.factor)
    columns = ladder.columns_of(sized, text, ladder.spread_of(sized, rung, text))
    heights = ladder.card_heights(sized, rung, text, columns)
    least = {event.id: ladder.least_height(event, rung, text, columns) for event in workshop.view.events}
    assert all(least[name] <= height + 0.01 for name, height in heights.items())
    assert sum(heights.values()) < 1.5 * sum(least.values())


@pytest.mark.xdist_group("ladder")
@pytest.mark.parametrize(
    ("title", "name", "size"),
    [
        pytest.param("Opening hours", "a3", "45.00pt", id="the design's size"),
        pytest.param("Opening hours", "a3-landscape", "60.75pt", id="beside the timeline, where there are few words"),
        pytest.param("Donaudampfschifffahrtsgesellschaften", "a3", "33.91pt", id="as large as a long word permits"),
        pytest.param("W" * 60, "a3", "22.50pt", id="but half of it at least: then the word breaks"),
    ],
)
def test_a_title_is_set_smaller_where_a_word_is_wider_than_its_column(
    workshop: Workshop, title: str, name: str, size: str
) -> None:
    titled = replace(workshop, view=replace(workshop.view, title_html=Markup(title)))
    sized = ladder.on_sheet(titled, name, sheet(name))
    text = poster_type(sized.sheet)
    columns = ladder.columns_of(sized, text, sized.spread)
    assert ladder.properties(sized, text, columns)["title-size"] == size


@pytest.mark.xdist_group("ladder")
def test_numbers_of_ten_thousand_events_have_room(workshop: Workshop) -> None:
    events = workshop.article.events[:1] * 10_000
    many = replace(workshop, article=replace(workshop.article, events=events))
    sized = ladder.on_sheet(many, "a3", sheet("a3"))
    text = poster_type(sized.sheet)
    columns = ladder.columns_of(sized, text, ladder.spread_of(sized, LADDER[0], text))
    assert columns.number_width > faces.width("10000", faces.LABELS, text.size("date"))


@pytest.mark.xdist_group("ladder")
@pytest.mark.parametrize("address", ["", "example.org"])
@pytest.mark.parametrize("line", ["1", "W" * 30 + " " + "W" * 29, "W" * 30 + " " + "W" * 30])
def test_a_foot_is_as_high_with_a_sign_for_its_version(workshop: Workshop, line: str, address: str) -> None:
    """It is measured so: a new version changes no height, unless it needs a line of its own."""
    front = workshop.view.front.model_copy(update={"address": f"https://{address}/" if address else None})
    view = replace(workshop.view, front=front, version_line=line, address=address)
    assert view.unversioned.version_line == (line if view.long_version else "–")
    sized = ladder.on_sheet(workshop, workshop.sheet_name, workshop.sheet)
    own = ladder.properties(sized, sized.type, ladder.columns_of(sized, sized.type, sized.spread))

    def height(shown: ArticleView) -> float:
        html = workshop.composer.part("poster", "foot", shown, None, "", workshop.marks, "")
        return workshop.heights("poster", shown, sized.sheet, own, [MeasuredPart("foot", html, "270mm")])["foot"]

    assert height(view.unversioned) == height(view)
