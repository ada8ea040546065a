"""Defects seeded one at a time into a copy: the tier that should see each sees it, and names page and place."""

import io
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pytest

from tests.conftest import HARROWBY, PROJECT, TEMPLATES, printed
from triptych.build import pipeline
from triptych.design.where import Templates
from triptych.review import compare, record
from triptych.review.compare import Comparison

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("sample")]


@dataclass(frozen=True, slots=True)
class Copy:
    """The article and the templates, to be spoilt."""

    folder: Path

    @property
    def article(self) -> Path:
        return self.folder / "harrowby"

    @property
    def templates(self) -> Path:
        return self.folder / "templates"

    def replace(self, name: str, old: str, new: str) -> None:
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def append(self, name: str, text: str) -> None:
        with (self.folder / name).open("a", encoding="utf-8") as file:
            file.write(text)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    shutil.copytree(HARROWBY, tmp_path / "harrowby")
    shutil.copytree(PROJECT / "templates", tmp_path / "templates")
    return Copy(tmp_path)


def made(article: Path, templates: Path, document: str) -> bytes:
    (found,) = pipeline.documents(article, pipeline.Order((document,)), Templates((templates,)))
    return found.pdf


def good(document: str) -> bytes:
    return printed(HARROWBY)[document].pdf


def compared(before: bytes, after: bytes) -> Comparison:
    return compare.compared(record.record(before), record.record(after))


def one_letter(copy: Copy) -> None:
    copy.replace("harrowby/timeline.yaml", "approves a trial", "approves a trail")


def a_card_moved(copy: Copy) -> None:
    copy.append("templates/styles/timeline.css", ".event:nth-child(2) { transform: translateX(1mm) }")


def a_bookmark_lost(copy: Copy) -> None:
    copy.append("templates/styles/factsheet.css", ".happened h2 { bookmark-level: none }")


def another_face(copy: Copy) -> None:
    copy.replace("templates/styles/tokens.css", '--subhead: "Serif Subhead"', '--subhead: "No Such Face"')


def a_paragraph_dropped(copy: Copy) -> None:
    copy.replace("templates/parts/factsheet.html.jinja", "{{ article.factsheet_deck_html }}", "")


def another_colour(copy: Copy) -> None:
    copy.replace("templates/styles/tokens.css", "#0F4C55", "#0F4C65")


def sources_swapped(copy: Copy) -> None:
    copy.replace("harrowby/figures.yaml", "sources: [hl-counts]", "sources: [swapped]")
    copy.replace("harrowby/figures.yaml", "sources: [hcc-minutes-2018]", "sources: [hl-counts]")
    copy.replace("harrowby/figures.yaml", "sources: [swapped]", "sources: [hcc-minutes-2018]")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (one_letter, {"text": ": `trial,` → `trail,`", "pictures": "mm look"}),
        (a_card_moved, {"geometry": "2 March 2015 Council consults on longer hours …` now 1.0 mm to the right"}),
        (a_bookmark_lost, {"structure": "bookmarks: lost `page 1, What happened, drawn to scale`"}),
        (another_face, {"structure": "faces: lost `Serif-Subhead", "geometry": "lost `P, Serif-Subhead 12.5: Since"}),
        (a_paragraph_dropped, {"text": "paragraph removed under “Sunday opening"}),
        (another_colour, {"pictures": "mm look different"}),
        (sources_swapped, {"text": ": `[2]` → `[13]`"}),
    ],
    ids=lambda value: getattr(value, "__name__", "") or "-".join(value),
)
def test_a_defect_is_seen(copy: Copy, spoil: Callable[[Copy], None], told: dict[str, str]) -> None:
    changed = spoilt(copy, spoil)
    for tier, message in told.items():
        found = [str(change) for change in getattr(changed, tier)]
        assert [line for line in found if line.startswith("page 1") or tier == "structure" if message in line] != [], (
            found
        )


def spoilt(copy: Copy, spoil: Callable[[Copy], None]) -> Comparison:
    spoil(copy)
    return compared(good("factsheet"), made(copy.article, copy.templates, "factsheet"))


def test_a_lost_alternative_text_is_seen() -> None:
    with pikepdf.open(io.BytesIO(good("briefing"))) as pdf:
        (figure,) = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
        del figure.Alt
        spoilt = io.BytesIO()
        pdf.save(spoilt)
    changed = compared(good("briefing"), spoilt.getvalue())
    assert [line for line in changed.structure if "lost" in line and "Figure: page 2, alt: " in line] != []


def test_one_full_stop_is_seen_on_a_large_sheet(copy: Copy) -> None:
    """A budget in per cent of the page would miss it."""
    copy.replace("harrowby/timeline.yaml", "falls by one vote.", "falls by one vote,")
    order = pipeline.Order(("poster",), sheet="a1")
    before, after = (pipeline.documents(article, order, TEMPLATES)[0].pdf for article in (HARROWBY, copy.article))
    (area,) = compared(before, after).pictures
    assert area.box.right - area.box.left < 3


def test_the_same_document_has_not_changed() -> None:
    assert not compared(good("factsheet"), good("factsheet"))
