"""Tables of the prose: columns as wide as their texts, numbers below each other, rows whole, a caption."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml.html import fragment_fromstring

from tests.conftest import TEMPLATES, written
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.compose import tables
from triptych.content.prose import Renderer
from triptych.documents import large
from triptych.documents.workshop import Document


def markdown(head: Sequence[str], *rows: Sequence[str]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows))


def table(text: str, decimal: str = ".") -> Any:
    (block,) = tables.set_tables(Renderer({}).blocks(text), decimal)
    return fragment_fromstring(block.html)


def shares(found: Any) -> list[float]:
    return [float(re.search(r"[\d.]+", col.get("style"))[0]) for col in found.iter("col")]  # type: ignore[index]


def test_a_column_is_as_wide_as_its_text_asks() -> None:
    remark = "The engineers had drawn up plans for a lock that would hold the flood back"
    year, wide, place = shares(table(markdown(["Year", "Remark", "Place"], ["1960", remark, "Town A"])))
    assert year < place < 15 < 70 < wide
    assert year + wide + place == pytest.approx(100, abs=0.1)


def test_columns_in_which_every_text_has_room_are_equal() -> None:
    assert shares(table(markdown(["Period", "Branches"], ["Since May 2023", "14"]))) == []


@pytest.mark.parametrize(
    ("decimal", "numbers", "order"),
    [
        (".", ["12.5", "3", "0.25"], [1, 0, 2]),
        (",", ["12,5", "1.300", "0,25"], [1, 0, 2]),
        (".", ["£1,234.50", "£3", "–"], [1, 0]),
        (".", ["14.2 m", "3 m", "0.25 m"], [1, 0, 2]),
    ],
    ids=["English", "German", "money", "a unit"],
)
def test_decimal_signs_stand_below_each_other(decimal: str, numbers: list[str], order: list[int]) -> None:
    """The white space after a number makes up for the decimals that it does not have."""
    found = table(markdown(["Item", "Cost"], *(["Tea", number] for number in numbers)), decimal)
    cells = [row[1] for row in found.iter("tr")][1:]
    tails = [float((cell.get("style") or "0").strip("-tailem: ")) for cell in cells]
    assert {cell.get("align") for cell in cells} == {"right"}
    assert sorted(order, key=lambda index: -tails[index]) == order
    assert min(tails) == 0


@pytest.mark.parametrize("given", ["---", ":-:"])
def test_texts_and_what_the_author_aligns_stay_as_they_are(given: str) -> None:
    cell = "12.5" if given == ":-:" else "12.5 and more"
    found = table(f"| Item | Cost |\n|---|{given}|\n| Tea | {cell} |\n| Milk | 3 |")
    assert {row[1].get("align") for row in found.iter("tr")} == {"center" if given == ":-:" else None}


@pytest.mark.parametrize(
    ("columns", "word", "classes"),
    [
        (1, "Sum", "short"),
        (6, "Branches", "short"),
        (12, "Visits", "wide short"),
        (14, "Households", "turned short"),
    ],
)
def test_a_table_is_as_wide_as_its_words_ask(columns: int, word: str, classes: str) -> None:
    found = table(markdown([word] * columns, ["12,345"] * columns))
    assert found.get("class") == classes


@pytest.mark.parametrize("text", ["Table: In *thousands* {{#a}}\n\n{}", "{}\n\nTable: In *thousands* {{#a}}"])
def test_a_line_beside_a_table_is_its_caption(text: str) -> None:
    found = table(text.format(markdown(["a"], ["b"])))
    assert (found[0].tag, found[0].text_content().strip(), found[0].get("id")) == ("caption", "In thousands", "a")


@pytest.fixture(scope="module")
def article(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tables of 8 and 40 rows that begin low on the page, and one of 14 wide columns."""
    words = "It is easy to forget how slowly news travelled between the two towns in that year. " * 25
    rows = [
        [f"Row{number} of it", "A text that takes more than one line of its narrow column", "3"] for number in range(40)
    ]
    text = "\n\n".join(
        [
            words,
            markdown(["Short", "Text", "Sum"], *(["Place", *row[1:]] for row in rows[:8])),
            markdown(["Long", "Text", "Sum"], *rows),
            "Table: On its side\n\n" + markdown(["Households"] * 14, ["12,345.6"] * 14),
            "The end.",
        ]
    )
    return written(
        tmp_path_factory.mktemp("tables"), {"article.md": f"---\ntitle: Tables\nlanguage: en\n---\n\n{text}\n"}
    )


def pages(document: Document) -> list[tuple[float, str]]:
    """Width and text of each page."""
    with pypdfium2.PdfDocument(document.pdf) as pdf:
        return [(page.get_width(), page.get_textpage().get_text_range()) for page in pdf]


@pytest.mark.slow
def test_a_short_table_stays_whole_and_a_long_one_repeats_its_head(article: Path) -> None:
    (briefing,) = pipeline.documents(article, Order(("briefing",)), TEMPLATES)
    texts = pages(briefing)
    assert [text.count("Place") for _, text in texts if "Place" in text] == [8]
    (introduced,) = (text for _, text in texts if "Place" in text)
    assert "in that year." in " ".join(introduced.split()), "with the end of the paragraph before it"
    long = [text for _, text in texts if "Row" in text]
    assert len(long) > 1
    assert all("Long" in text for text in long)
    for _, text in texts:
        assert text.count("Row") + text.count("Place") == len(re.findall(r"narrow\s+column", text))
    (width,) = (width for width, text in texts if "On its side" in text)
    assert width > texts[0][0]
    assert [width for width, text in texts if "The end" in text] == [texts[0][0]]


@pytest.mark.slow
def test_large_print_has_each_row_after_its_caption(article: Path) -> None:
    text = "".join(text for _, text in pages(large.large(pipeline.workshop(article, Order(()), TEMPLATES), "briefing")))
    assert text.index("On its side") < text.index("Households: 12,345.6")
