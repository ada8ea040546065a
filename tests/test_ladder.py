"""What is known of cards without setting them."""

import pytest

from tests.conftest import HARROWBY, TEMPLATES
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.design.sizes import poster_type
from triptych.documents import ladder
from triptych.documents.ladder import LADDER, Rung, Sized
from triptych.documents.workshop import Workshop


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    return pipeline.workshop(HARROWBY, Order(("poster",)), TEMPLATES)


@pytest.mark.xdist_group("ladder")
@pytest.mark.parametrize("rung", LADDER)
def test_no_card_is_lower_than_its_texts_ask_for(workshop: Workshop, rung: Rung) -> None:
    """Nor half as high again, or the ladder would set what cannot fit."""
    sized = Sized(workshop, workshop.sheet_name, workshop.sheet)
    text = poster_type(sized.sheet).cards_in(rung.factor)
    columns = ladder.columns_of(sized, text, ladder.spread_of(sized, rung, text))
    heights = ladder.card_heights(sized, rung, text, columns)
    least = {event.id: ladder.least_height(event, rung, text, columns) for event in workshop.view.events}
    assert all(least[name] <= height + 0.01 for name, height in heights.items())
    assert sum(heights.values()) < 1.5 * sum(least.values())
