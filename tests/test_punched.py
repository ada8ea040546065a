"""A fact sheet can be punched: holes take 15 mm of the side where its lines start."""

from pathlib import Path

import pypdfium2
import pytest

from tests.conftest import TEMPLATES, written
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.content.kinds import Paper
from triptych.content.units import MM_PER_POINT

POINTS = 18 / MM_PER_POINT - 0.01
"""18 mm in PDF points, less what is rounded."""


TEXTS = {"en-GB": "The library opened on Sundays.", "he": "הספרייה נפתחה בימי ראשון."}


@pytest.mark.slow
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("language", TEXTS)
def test_nothing_stands_where_holes_are_punched(tmp_path: Path, paper: Paper, language: str) -> None:
    text = TEXTS[language]
    head = f"---\ntitle: {text}\nlanguage: {language}\nstatus: draft\nin-brief: [{text}]\n---\n\n{text}\n"
    folder = written(tmp_path / "opening", {"article.md": head})
    (document,) = pipeline.documents(folder, Order(("factsheet",), paper=paper), TEMPLATES)
    page = pypdfium2.PdfDocument(document.pdf)[0]
    lefts, _, rights, _ = zip(*(one.get_bounds() for one in page.get_objects()), strict=True)
    assert (page.get_width() - max(rights) if language == "he" else min(lefts)) >= POINTS
