"""Any article is built, whole and on its sheets, or refused with the file and the line to change."""

import re
import tempfile
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import TEMPLATES
from tests.whole import Author, Whole
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.content.errors import ContentError, FitError
from triptych.documents.workshop import Document


@pytest.mark.slow
@pytest.mark.parametrize("share", range(4))
def test_a_whole_article_is_built_or_refused_by_file_and_line(share: int) -> None:
    """Four times 75 articles, each time others, which several processes share."""

    @settings(max_examples=75, deadline=None)
    @given(st.integers(0, 2**64))
    def tried(number: int) -> None:
        whole = Author(4 * number + share).article()
        with tempfile.TemporaryDirectory() as at:
            folder = whole.put(Path(at) / "whole")
            try:
                documents = pipeline.documents(folder, Order(), TEMPLATES)
            except (ContentError, FitError) as error:
                refused = str(error)
            else:
                check(whole, documents)
                return
        assert re.search(r"\.(yaml|md):\d+", refused), refused

    tried()


def check(whole: Whole, documents: tuple[Document, ...]) -> None:
    """No sign stands off its sheet, and the briefing has every block of the prose."""
    for document in documents:
        with pypdfium2.PdfDocument(document.pdf) as pdf:
            printed = "".join(_page(page) for page in pdf)
        if document.name == "briefing":
            assert [mark for mark in whole.marks if mark not in printed] == []


def _page(page: pypdfium2.PdfPage) -> str:
    """The letters of a page, without spaces; each must lie on the sheet."""
    left, bottom, right, top = page.get_mediabox()
    text = page.get_textpage()
    letters = text.get_text_range()
    for place in range(text.count_chars()):
        box = text.get_charbox(place)
        if text.get_text_range(place, 1).strip():
            assert max(left - box[0], box[2] - right, bottom - box[1], box[3] - top) <= 0, letters[place - 20 : place]
    return re.sub(r"\s|\ufffe", "", letters)
