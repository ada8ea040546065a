"""An article with little content: its fact sheet and its briefing look composed."""

from collections.abc import Mapping
from pathlib import Path

import pypdfium2
import pytest

from tests.conftest import TEMPLATES, written
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.content.kinds import Paper

SENTENCE = "Staff agreed to a new rota in June, after two meetings and a vote. "
THREE = "The library opened on Sundays in May. It closes at five. Children may stay for the story hour.\n"
HEAD = "---\ntitle: The library opens\n---\n\n"
FIGURES = "figures:\n" + "".join(f"  - {{value: '{n}', label: Readers in week {n}}}\n" for n in range(1, 6))
STATUS = "agreed:\n  - {text: The flap is checked.}\ndisputed:\n  - {text: Whether it jams.}\n"
EVENTS = "events:\n" + "".join(f"  - {{date: {1901 + 9 * n}, headline: Meeting {n}}}\n" for n in range(5))


def made(folder: Path, files: Mapping[str, str], name: str, paper: Paper) -> list[list[tuple[float, float]]]:
    """The texts of each page of a document: height of the type and lower edge from the top, as shares of the page."""
    (document,) = pipeline.documents(written(folder, files), Order((name,), paper), TEMPLATES)
    with pypdfium2.PdfDocument(document.pdf) as pdf:
        return [[*_texts(page)] for page in pdf]


def _texts(page: pypdfium2.PdfPage) -> list[tuple[float, float]]:
    height, text = page.get_height(), page.get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    return [((top - bottom) / height, 1 - bottom / height) for _, bottom, _, top in boxes]


@pytest.mark.parametrize("paper", [Paper.A4, pytest.param(Paper.LETTER, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    ("files", "reaches"),
    [
        pytest.param({"article.md": HEAD + THREE}, 0.45, id="three sentences"),
        pytest.param(
            {"article.md": HEAD + SENTENCE * 8 + "\n\n" + SENTENCE * 6}, 0.7, id="prose", marks=pytest.mark.slow
        ),
        pytest.param({"article.md": HEAD, "figures.yaml": FIGURES}, 0.9, id="figures"),
        pytest.param({"timeline.yaml": "title: A family\n" + EVENTS}, 0.9, id="events", marks=pytest.mark.slow),
        pytest.param({"article.md": HEAD, "positions.yaml": STATUS}, 0.25, id="status lines", marks=pytest.mark.slow),
    ],
)
def test_a_sparse_fact_sheet_has_larger_type_that_fills_it(
    tmp_path: Path, files: Mapping[str, str], reaches: float, paper: Paper
) -> None:
    (texts,) = made(tmp_path / "drop", files, "factsheet", paper)
    assert max(bottom for _, bottom in texts) >= reaches
    assert sum(size for size, _ in texts) / len(texts) > 0.013, "larger than 11 pt, on the whole"


@pytest.mark.slow
@pytest.mark.parametrize(("sentences", "larger"), [(2, True), (6, False)])
def test_few_sentences_leave_room_for_a_larger_title_and_larger_figures(
    tmp_path: Path, sentences: int, larger: bool
) -> None:
    brief = "in-brief:\n" + f"  - {SENTENCE * 3}\n" * sentences
    files = {"article.md": HEAD.replace("title", f"{brief}title"), "timeline.yaml": EVENTS}
    files["figures.yaml"] = "figures:\n  - {value: '14', label: Readers in week 14}\n"
    (texts,) = made(tmp_path / "drop", files, "factsheet", Paper.A4)
    assert (max(size for size, _ in texts) * 297 / 25.4 * 72 > 29) == larger


@pytest.mark.slow
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("lines", [*range(30, 70, 3)])
def test_a_short_briefing_ends_with_a_full_page_or_half_of_one(tmp_path: Path, lines: int, paper: Paper) -> None:
    """Whatever its length; the licence never stands alone on a last page."""
    licence = HEAD.replace("\n---\n", "\nlicence: {name: CC BY 4.0}\n---\n")
    prose = "\n\n".join(["## The next", SENTENCE * 5] * (lines // 8) + [SENTENCE * (lines % 8)])
    pages = made(tmp_path / "drop", {"article.md": licence + prose, "timeline.yaml": EVENTS}, "briefing", paper)
    last = [bottom for _, bottom in pages[-1] if bottom < 0.93]
    assert len(pages) == 1 or max(last) > 0.45


@pytest.mark.slow
def test_no_rule_runs_through_a_value_beside_a_label_of_one_line(tmp_path: Path) -> None:
    """The proof of a page refuses one."""
    rows = "".join(f"  - {{value: any, label: Readers of group {n}}}\n" for n in range(30))
    (texts,) = made(
        tmp_path / "any",
        {"timeline.yaml": "title: A family\n" + EVENTS, "figures.yaml": "figures:\n" + rows},
        "factsheet",
        Paper.A4,
    )
    assert len(texts) > 50
