"""A page of a briefing before the others are laid out: it looks as it will, and changes none of them."""

from collections.abc import Mapping
from dataclasses import replace

import pypdfium2
import pytest

from tests.conftest import HARROWBY, TEMPLATES
from triptych.build import pipeline
from triptych.build.order import Order
from triptych.compose.html import Composed
from triptych.documents.workshop import Workshop
from triptych.typeset.early import Wanted
from triptych.typeset.pages import Pages, Typesetter

pytestmark = pytest.mark.xdist_group("early")


class Early(Typesetter):
    """Shows a page early, and keeps what it laid out."""

    def __init__(self, number: int, pages: int) -> None:
        super().__init__(TEMPLATES, HARROWBY)
        self.shown: list[tuple[bytes, tuple[float, float]]] = []
        self.laid: list[Pages] = []
        self._wanted = Wanted(number, pages, lambda pdf, size: self.shown.append((pdf, size)))

    def pages(self, composed: Composed) -> Pages:
        self.laid.append(self.laid_out(composed, self._wanted))
        return self.laid[-1]


@pytest.fixture(scope="module")
def workshop() -> Workshop:
    return pipeline.workshop(HARROWBY, Order(("briefing",)), TEMPLATES)


@pytest.fixture(scope="module")
def plain(workshop: Workshop) -> tuple[bytes, Mapping[str, int]]:
    """The PDF of the briefing, and the page on which each of its anchors starts."""
    typesetter = Early(99, 0)
    document = pipeline.DOCUMENTS["briefing"](replace(workshop, typesetter=typesetter))
    return document.pdf, typesetter.laid[-1].starts()


def looks(pdf: bytes, number: int) -> bytes:
    page = pypdfium2.PdfDocument(pdf)[number - 1]
    return bytes(page.render(scale=2).to_pil().tobytes())


def words(pdf: bytes) -> list[str]:
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


@pytest.mark.parametrize(
    "number", [1, pytest.param(3, marks=pytest.mark.slow), pytest.param(5, marks=pytest.mark.slow)]
)
def test_a_page_looks_early_as_it_will_and_the_document_is_the_same(
    workshop: Workshop, plain: tuple[bytes, Mapping[str, int]], number: int
) -> None:
    pdf, starts = plain
    count = len(words(pdf))
    typesetter = Early(number, count)
    shop = replace(workshop, typesetter=typesetter, numbers=starts)
    document = pipeline.DOCUMENTS["briefing"](shop)
    ((early, size),) = typesetter.shown
    assert looks(early, 1) == looks(pdf, number) == looks(document.pdf, number)
    assert size == pytest.approx((210, 297))
    assert words(document.pdf) == words(pdf)
    assert len(typesetter.laid) == 1


def test_a_page_that_does_not_come_is_not_shown(workshop: Workshop) -> None:
    typesetter = Early(9, 9)
    pipeline.DOCUMENTS["briefing"](replace(workshop, typesetter=typesetter))
    assert typesetter.shown == []


def test_numbers_in_the_contents_that_are_wrong_are_set_right(
    workshop: Workshop, plain: tuple[bytes, Mapping[str, int]]
) -> None:
    pdf, starts = plain
    typesetter = Early(99, 0)
    wrong = {name: number + 7 for name, number in starts.items()}
    document = pipeline.DOCUMENTS["briefing"](replace(workshop, typesetter=typesetter, numbers=wrong))
    assert words(document.pdf) == words(pdf)
    assert len(typesetter.laid) == 2
