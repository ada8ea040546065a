"""What a reader sees on the pages: nothing reaches its neighbour, and every part has its white space."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.conftest import TEMPLATES, as_yaml, written
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.content.units import MM_PER_POINT
from triptych.documents.workshop import Document

WORD = "#openingtheharrowbybookdropforeverybodyistrending"
TITLE = "The Association of Community Gardeners of the Northern Boroughs and of their Friends and Neighbours"
COLOPHON = {"method": "By reading", "corrections": "At the desk", "licence": {"name": "CC BY 4.0"}}
EVENT = {"date": "2018-10-09", "headline": "The drop opens"}


def made(folder: Path, name: str, prose: str = "The drop opened.", **files: Any) -> Document:
    """A document of a small article; `files` are its other fields: `head`, and the name of each further file."""
    head = {"title": "A book drop", "language": "en-GB", **files.pop("head", {})}
    texts = {f"{file}.yaml": as_yaml(fields) for file, fields in files.items()}
    written(folder, {"article.md": f"---\n{as_yaml(head)}---\n\n{prose}\n", **texts})
    (document,) = pipeline.documents(folder, Order((name,)), TEMPLATES)
    return document


def lines(document: Document) -> Iterator[tuple[int, float, float, str]]:
    """Each line of text: its page from 0, its upper and lower edge in mm from the top, and the text."""
    with pypdfium2.PdfDocument(document.pdf) as pdf:
        for number, page in enumerate(pdf):
            text, height = page.get_textpage(), page.get_height()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                said = text.get_text_bounded(left, bottom, right, top)
                yield number, (height - top) * MM_PER_POINT, (height - bottom) * MM_PER_POINT, said


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("name", "head"),
    [
        ("briefing", COLOPHON | {"corrections": f"Tell {WORD} or the council by the door of the library"}),
        ("poster", {"version": f"{TITLE}, {TITLE}, and {TITLE}"} | COLOPHON),
    ],
)
def test_a_long_text_stays_in_its_column(tmp_path: Path, name: str, head: Mapping[str, Any]) -> None:
    """No two texts overlap, and none is cut off: else the proof stops the build."""
    made(tmp_path / "drop", name, head=head, timeline={"events": [EVENT]})


PROSE = """The first line of prose.

Above the rule.

---

Below the rule.

- a list
    - a list in it
- its end

Above the heading.

### A smaller heading

Below the heading.

Above the code.

```
make pdf
```
"""


def test_prose_has_white_space_where_a_reader_expects_it(tmp_path: Path) -> None:
    """In mm between the lower edge of one line and the upper edge of another."""
    found = [*lines(made(tmp_path / "drop", "briefing", PROSE, head={"in-brief": ["Only one sentence."]}))]
    upper, lower = ({text.strip("–■ "): line[edge] for *line, text in found} for edge in (1, 2))

    def white(above: str, below: str) -> float:
        return upper[below] - lower[above]

    within = white("a list", "a list in it")
    assert white("Only one sentence.", "The first line of prose.") > within + 5
    assert white("Above the rule.", "Below the rule.") > within + 5
    assert white("Above the heading.", "A smaller heading") > within + 2.5
    assert white("Above the code.", "make pdf") > within + 0.8
    assert white("a list in it", "its end") < within + 0.5


@pytest.mark.slow
def test_counts_are_grouped_as_the_language_groups_them(tmp_path: Path) -> None:
    events = [{"date": str(1000 + n), "headline": "It opens"} for n in range(1000)]
    said = " ".join(text for *_, text in lines(made(tmp_path / "drop", "factsheet", timeline={"events": events})))
    assert "of 1,000 events" in said


FIGURES = [{"value": str(1000 + n), "label": f"Beds in year {n}", "basis": "Counted " * 12} for n in range(8)]
PARTIES = [{"party": f"Party {n}", "says": "It says that it opened. " * 6} for n in range(8)]
SENTENCE = "The library opened a drop for books beside the door. "


@pytest.mark.slow
@pytest.mark.parametrize("count", [pytest.param(n, marks=[] if n == 5 else pytest.mark.slow) for n in range(1, 9)])
def test_a_short_table_of_figures_or_parties_stands_on_one_page(tmp_path: Path, count: int) -> None:
    """However long the prose before it."""
    prose = "\n\n".join([SENTENCE * 12] * count)
    tables = {"figures": {"figures": FIGURES}, "positions": {"parties": PARTIES}}
    found = [*lines(made(tmp_path / "drop", "briefing", prose, **tables))]
    for part in ("Beds in year", "Party "):
        assert len({page for page, *_, text in found if part in text}) == 1


@pytest.mark.slow
def test_a_timeline_of_few_events_is_low_where_that_saves_a_page(tmp_path: Path) -> None:
    events = [EVENT, EVENT | {"date": "2018-12-01"}]
    found = made(tmp_path / "drop", "briefing", SENTENCE * 30, head=COLOPHON, timeline={"events": events})
    assert found.pages == 1


@pytest.mark.slow
def test_a_poster_of_few_events_has_a_large_title_across_it_and_its_key_at_the_foot(tmp_path: Path) -> None:
    events = [EVENT, EVENT | {"date": "2018-12-01", "headline": "Everyone returns books"}]
    found = [*lines(made(tmp_path / "drop", "poster", head={"sheet": "a2"}, timeline={"events": events}))]
    (title,) = (lower - upper for _, upper, lower, text in found if text.startswith("A book drop"))
    assert title > 24, "in mm"
    (key,) = (upper for _, upper, _, text in found if "Known to the day" in text)
    assert key > max(lower for _, _, lower, text in found if "books" in text)


@pytest.mark.slow
def test_a_line_ends_late_where_only_its_reference_has_no_room(tmp_path: Path) -> None:
    """Six sentences, each an i longer: the reference of some does not fit beside the text, which breaks at its end."""
    start = "Forty beds were built on the empty lot between March and w"
    sentences = [f"{start}{'i' * n}nter. [@log]" for n in range(6)]
    sources = {"references": [{"id": "log", "title": "The log"}]}
    found = [*lines(made(tmp_path / "drop", "briefing", head={"in-brief": sentences}, sources=sources))]
    starts = [text for *_, text in found if text.startswith("Forty")]
    assert len(starts) == len(sentences)
    assert min(map(len, starts)) > len(start) / 2


def test_the_mark_of_a_footnote_never_begins_a_line(tmp_path: Path) -> None:
    """Fourteen paragraphs, each an i longer: the mark of one does not fit beside the word before it."""
    start = "Forty beds were built on the empty lot between March and w"
    prose = "\n\n".join(f"{start}{'i' * n}nter.[^{n}]\n\n[^{n}]: See the log." for n in range(14))
    found = [*lines(made(tmp_path / "drop", "briefing", prose))]
    words = [upper for _, upper, _, text in found if "nter." in text]
    marks = [upper for _, upper, _, text in found if text.strip().isdigit()]
    assert len(words) == len(marks) == 14
    assert max(abs(word - mark) for word, mark in zip(words, marks, strict=True)) < 3, "in mm"


@pytest.mark.slow
@pytest.mark.parametrize("count", [84, 87, 90])
def test_method_and_corrections_never_stand_alone_on_a_page(tmp_path: Path, count: int) -> None:
    references = [{"id": f"s{number}", "type": "book", "title": f"The drop, part {number}"} for number in range(count)]
    prose = "The drop opened. " + "".join(f"[@s{number}]" for number in range(count))
    head = {"method": "Asked.", "corrections": "At the desk."}
    said = list(lines(made(tmp_path / "drop", "briefing", prose, head=head, sources={"references": references})))
    last = next(page for page, _, _, text in said if "At the desk." in text)
    assert any("The drop, part" in text for page, _, _, text in said if page == last)


def test_a_paragraph_after_a_quotation_does_not_look_like_a_part_of_it(tmp_path: Path) -> None:
    prose = "The drop opened.\n\n> Nobody slept.\n\nNobody paid."
    made_of = made(tmp_path / "drop", "briefing", prose)
    with pypdfium2.PdfDocument(made_of.pdf) as pdf:
        text = pdf[0].get_textpage()
        lefts = {
            text.get_text_bounded(*text.get_rect(index)).strip(): text.get_rect(index)[0]
            for index in range(text.count_rects())
        }
    assert lefts["Nobody paid."] == pytest.approx(lefts["The drop opened."], abs=1)
    assert lefts["Nobody slept."] > lefts["Nobody paid."] + 5
