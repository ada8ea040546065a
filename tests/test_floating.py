"""Pictures, charts and short tables stand where they leave little white space, and never pass each other."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ImageOps
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE

from tests.conftest import TEMPLATES
from tests.test_lead import folder, png
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.design.floating import FULL, Piece, arranged, moved, texts
from triptych.design.pagination import Pagination, Text, paginated

PAGE, LINE = 240.0, 5.0


def forecast(flow: Sequence[Text]) -> Pagination:
    return paginated(flow, PAGE, PAGE)


def paragraph(number: int, lines: int = 10) -> Piece:
    return Piece(number, Text(f"p{number}", lines * LINE, leading=LINE))


def picture(number: int, height: float = 100) -> Piece:
    return Piece(number, Text(f"p{number}", height), floats=True, image=height - 10)


def heading(number: int) -> Piece:
    return Piece(number, Text(f"p{number}", 10, keeps=True), heading=True)


def table(number: int, height: float = 100) -> Piece:
    return Piece(number, Text(f"p{number}", height), floats=True)


def introduction(number: int, *, colon: bool) -> Piece:
    return replace(paragraph(number), introduces=True, tied=colon)


@pytest.mark.parametrize(
    ("pieces", "order"),
    [
        pytest.param([paragraph(0), picture(1), paragraph(2)], [0, 1, 2], id="where there is room"),
        pytest.param([paragraph(0, 30), table(1), paragraph(2, 20)], [0, 2, 1], id="past the next paragraph"),
        pytest.param(
            [paragraph(0, 14), paragraph(1, 20), table(2), heading(3), paragraph(4)], [0, 2, 1, 3, 4], id="up"
        ),
        pytest.param(
            [paragraph(0, 16), introduction(1, colon=False), table(2, 140), heading(3), paragraph(4)],
            [0, 2, 1, 3, 4],
            id="before what only introduces it",
        ),
        pytest.param(
            [paragraph(0, 20), introduction(1, colon=True), table(2, 140), paragraph(3, 30)],
            [0, 1, 2, 3],
            id="a colon says what comes next",
        ),
    ],
)
def test_a_block_stands_where_it_leaves_no_hole(pieces: list[Piece], order: list[int]) -> None:
    """On pages of 48 lines."""
    assert [piece.number for piece in arranged(pieces, forecast)] == order


def test_a_picture_prints_smaller_rather_than_far_from_its_text() -> None:
    found = arranged([paragraph(0, 26), picture(1, 130), heading(2), paragraph(3, 40)], forecast)
    assert ([piece.number for piece in found], found[1].size) == ([0, 1, 2, 3], 0.8)


PIECES = st.one_of(
    st.builds(paragraph, st.just(0), st.integers(1, 40)),
    st.builds(picture, st.just(0), st.integers(30, 220)),
    st.builds(table, st.just(0), st.integers(30, 220)),
    st.builds(heading, st.just(0)),
)


@settings(max_examples=40)
@given(st.lists(PIECES, min_size=1, max_size=14))
def test_no_block_is_lost_and_those_that_move_keep_their_order(given_pieces: list[Piece]) -> None:
    pieces = [
        replace(piece, number=number, text=replace(piece.text, name=f"p{number}"))
        for number, piece in enumerate(given_pieces)
    ]
    found = arranged(pieces, forecast)
    assert sorted(piece.number for piece in found) == [piece.number for piece in pieces]
    for floats in (True, False):
        kept = [piece.number for piece in found if piece.floats is floats]
        assert kept == sorted(kept)
    before, after = (sum(max(0, FULL - fill) for fill in forecast(texts(one)).fills) for one in (pieces, found))
    assert after < before if moved(found) else found == pieces


LONG = "The lock was built in the year of the flood, and both towns paid for it. " * 9
PROSE = f"## A lock\n\n{LONG}\n\n{LONG}\n\n{LONG}\n\n![The lock.](lock.png)\n\n{LONG}\n\n{LONG}\n\n{LONG}\n\n{LONG}\n"


@pytest.mark.slow
@pytest.mark.parametrize("before", [3, 4])
def test_a_page_before_a_picture_is_full(tmp_path: Path, before: int) -> None:
    """The text of a page reaches down to three quarters of it, wherever the picture falls."""
    path = folder(tmp_path, "status: draft\n", lock=png(1250, 1250))
    (path / "article.md").write_text(
        "---\ntitle: Two towns\nlanguage: en-GB\nstatus: draft\n---\n\n" + f"{LONG}\n\n" * before + PROSE, "utf-8"
    )
    (document,) = pipeline.documents(path, Order(("briefing",)), TEMPLATES)
    printed = pypdfium2.PdfDocument(document.pdf)
    with_picture = [number for number, page in enumerate(printed) if any(page.get_objects([FPDF_PAGEOBJ_IMAGE]))]
    assert with_picture
    assert min(map(lowest, list(printed)[: with_picture[0]])) > 0.75 * 297


def lowest(page: pypdfium2.PdfPage) -> float:
    """Where the text of a page ends, in mm, above its foot."""
    seen = ImageOps.invert(page.render(scale=1).to_pil().convert("L"))
    box = seen.crop((0, 0, seen.width, round((297 - 22) / 297 * seen.height))).getbbox()
    assert box
    return box[3] / seen.height * 297
