"""Long words, addresses, hashtags and values stand within their room, whole, in every document."""

from pathlib import Path

import pypdfium2
import pytest

from tests.conftest import TEMPLATES, written
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.compose.breaks import BREAK, breakable
from triptych.content.typography import WORD_JOINER
from triptych.design import values

WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
TAG = "#openingtheharrowbybookdropforeverybodyistrending"
ADDRESS = "https://www.example.org/a/path/that/never/ends/and_goes/for.ever?query=yes&more=no&all=everything"
VALUE = "123,456,789,012 ± 345 µg/m³"


@pytest.mark.parametrize(
    ("text", "opened"),
    [
        (
            "https://www.example.org/a_b-c/d?e=f&amp;g",
            "https://|www.|example.|org/|a_|b-|c/|d?|e=|f&amp;|g",
        ),
        ("#BookDropForEverybodyInHarrowby", "#Book|Drop|For|Everybody|In|Harrowby"),
        (f"/usr/{WORD_JOINER}local/{WORD_JOINER}share/minutes/final", "/|usr/|local/|share/|minutes/|final"),
        ("first.second@department.example.org", "first.|second@department.|example.|org"),
    ],
)
def test_a_line_ends_at_the_signs_of_a_long_address(text: str, opened: str) -> None:
    span = f'<span class="as-typed"> {opened.replace("|", BREAK)}</span>'
    assert breakable(f'<body title="{text}">See {text}</body>') == f'<body title="{text}">See{span}</body>'


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{WORD}</p>",
        f"<p>&#39;{WORD}&#39;</p>",
        "<p>Oregonian/OregonLive</p>",
        "<p>www.example.org/hours</p>",
        f"<head><title>{ADDRESS}</title></head><body></body>",
        '<a class="address" href="https://example.org"> example.org/the/minutes/of/the/board</a>',
    ],
    ids=[
        "a word",
        "a quoted word",
        "two names",
        "a short address",
        "the title of the file",
        "an address that fits a column",
    ],
)
def test_all_else_stays_as_it_is(html: str) -> None:
    assert breakable(html) == html


def test_a_value_is_set_smaller_until_it_fits_on_its_line() -> None:
    assert values.LEDGER.size_for(["14", "22.9%"]) == values.LEDGER.size
    assert values.LEDGER.least <= values.LEDGER.size_for(["14", "420,000 ppm"]) < values.LEDGER.size
    assert not values.LEDGER.holds("9.1 ± 0.2 µg/m³")
    assert values.LEDGER.size_for(["14", "9.1 ± 0.2 µg/m³"]) == values.LEDGER.size  # that one stands above its label
    assert values.table(["US$1.2 trillion"]) is values.WIDE_TABLE


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article in which each field is a word, a hashtag or an address that is wider than its column."""
    files = {
        "article.md": f"---\ntitle: {WORD}\ndeck: '{TAG} {WORD}'\npublisher: {WORD}\nlanguage: en\n---\n\n"
        f"In 2018 {WORD} was at {ADDRESS}, {TAG} says. [@a]\n\n## {WORD}\n\n| {WORD} | b |\n|---|---|\n"
        f"| {ADDRESS} | {TAG} |\n\n```\n{ADDRESS} {WORD}\n```\n",
        "figures.yaml": f"figures: [{{value: '{VALUE}', label: '{TAG}', basis: '{WORD}', sources: [a]}}]",
        "timeline.yaml": f"events: [{{date: 2018, headline: '{WORD}', summary: '{ADDRESS}', sources: [a]}},"
        f" {{date: 2018-10, headline: '{TAG} {ADDRESS}', sources: [a]}}]",
        "positions.yaml": f"parties: [{{party: '{WORD}', says: 'Says {TAG}', sources: [a]}}]\n"
        f"disputed: [{{text: '{TAG}', sources: [a, b]}}]",
        "sources.yaml": f"references: [{{id: a, type: book, title: '{WORD}', URL: '{ADDRESS}'}},"
        f" {{id: b, type: book, title: '{TAG}'}}]",
    }
    return written(tmp_path_factory.mktemp("long"), files)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "times"),
    [("briefing", 4), ("factsheet", 2), ("poster", 2)],  # in the briefing: prose, table, code and timeline
)
def test_no_text_leaves_its_column_and_an_address_copies_out_whole(long: Path, name: str, times: int) -> None:
    """Each document is proven while it is made: no text is lost, lies on another, or leaves the paper."""
    (document,) = pipeline.documents(long, Order((name,)), TEMPLATES)
    with pypdfium2.PdfDocument(document.pdf) as pdf:
        text = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert "".join(text.split()).count(ADDRESS) == times


@pytest.mark.parametrize("held", ['“<a href="x">', "(<em><strong>"])
def test_a_line_may_end_before_a_long_text_that_a_sign_and_tags_hold(held: str) -> None:
    """The typesetter breaks it nowhere else, unless a line begins with it."""
    assert breakable(f"<body>{held}{TAG}</body>").startswith(f'<body>{held}<span class="as-typed">{BREAK}#')
    assert f">{BREAK}" not in breakable(f"<body>by {held[1:]}{TAG}</body>")
