"""What a record says of a PDF, in words that a person can compare."""

from pathlib import Path

import pytest
import yaml
from PIL import Image

from tests.conftest import Page
from triptych.pdf.polish import Told, polished
from triptych.pdf.tags import Box
from triptych.review import record
from triptych.review.record import Placement, Record
from triptych.typeset.pages import Typesetter

BODY = """
<h1>Hours</h1><h2 id="sub">In the week</h2>
<p lang="de">Guten Tag
<p>A paragraph of more than forty-eight characters in all.
<ul style="margin-left: 10mm"><li><p>Closed<p>all day</ul>
<table><tr><th>Year<th>Visits</table>
<p style="break-before: page"><img alt="A map" src="asset://article/branches.png" style="width: 10mm">
<p><a href="https://example.org/">Out</a> <a href="#sub">and in</a>
<p style="background: #00FF00; border: 1mm solid #FF0000; height: 20mm; width: 30mm"><i>Box</i>"""
STYLE = """
@page { @top-left { content: 'Running head' }  bleed: 3mm }
* { margin: 1mm 0 } body { margin: 0 }
h1 { bookmark-level: 1 } h2 { bookmark-level: 2 } a { color: #0000FF; text-decoration: none }"""


@pytest.fixture(scope="module")
def found(typesetter: Typesetter) -> Record:
    pages = typesetter.pages(Page()(BODY, STYLE))
    return record.record(polished(typesetter.pdf(pages), Told(pages.foreign())))


FACTS = [
    pytest.param("pages", ["trim 100.0 × 100.0, bleed 106.0 × 106.0, media 106.0 × 106.0"] * 2, id="sizes in mm"),
    pytest.param("language", "en", id="language"),
    pytest.param("conformance", ["PDF/A-3a", "PDF/UA-1"], id="what it conforms to"),
    pytest.param(
        "faces",
        ["Serif-Text, subset", "Serif-Text-Italic, subset", "Serif-Text-Semi-Bold, subset"],
        id="faces, each once, in order",
    ),
    pytest.param("bookmarks", [{"page 1, Hours": ["page 1, In the week"]}], id="bookmarks with their pages"),
    pytest.param("links", ["page 2: https://example.org/", "page 2: sub"], id="links out and in"),
    pytest.param(
        "text",
        {
            "page 1": [
                "H1: Hours",
                "H2: In the week",
                "P: Guten Tag",
                "P: A paragraph of more than forty-eight characters in all.",
                "LI: • | Closed | all day",
                "TR: Year | Visits",
            ],
            "page 2": ["Figure: [A map]", "P: Out and in", "P: Box"],
        },
        id="text by page, an entry or a row on a line",
    ),
    pytest.param("outside tags", ["page 1: Running head", "page 2: Running head"], id="what no tag holds"),
]


@pytest.mark.parametrize(("name", "fact"), FACTS)
def test_the_structure_says_all_that_has_no_place(found: Record, name: str, fact: object) -> None:
    assert yaml.safe_load(found.structure)[name] == fact


def test_metadata_is_sorted_by_name(found: Record) -> None:
    metadata = yaml.safe_load(found.structure)["metadata"]
    assert metadata["Title"] == "Page"
    assert list(metadata) == sorted(metadata)


def test_the_tags_show_first_words_language_and_pictures_in_words(found: Record) -> None:
    ((document,),) = (yaml.safe_load(found.structure)["tags"],)
    (children,) = document.values()
    assert children[:4] == [
        {"H1": "Hours"},
        {"H2": "In the week"},
        {"P (de)": "Guten Tag"},
        {"P": "A paragraph of more than forty-eight characters …"},
    ]
    assert {"P": [{"Figure": "page 2, alt: A map"}, "Span"]} in children


def test_each_text_and_shape_has_a_line_with_its_place_and_looks(found: Record) -> None:
    whats = [line.split(maxsplit=5)[5] for line in found.geometry.splitlines()]
    assert whats[:4] == [
        "H1, Serif-Text-Semi-Bold 24: Hours",
        "H2, Serif-Text-Semi-Bold 18: In the week",
        "P, Serif-Text 12: Guten Tag",
        "P, Serif-Text 12: A paragraph of more than forty-eight characters …",
    ]
    assert [what for what in whats if what.startswith("outside tags")] == [
        "outside tags, Serif-Text 12: Running head"
    ] * 2
    assert {"picture", "shape filled #00FF00", "shape filled #FF0000", "P, Serif-Text-Italic 12: Box"} <= set(whats)


def test_places_are_in_mm_from_where_the_sheet_is_cut_page_by_page(found: Record) -> None:
    lines = [line.split(maxsplit=5) for line in found.geometry.splitlines()]
    assert [line[0] for line in lines] == sorted(line[0] for line in lines)
    (green,) = ([float(edge) for edge in line[1:5]] for line in lines if line[5] == "shape filled #00FF00")
    assert (green[0], green[2] - green[0], green[3] - green[1]) == (10.0, 32.0, 22.0)


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (Placement(1, Box(1, 2, 3, 4), "P: a"), " 1     1.0     2.0     3.0     4.0  P: a"),
        (Placement(12, Box(100.26, 2.24, 1000, -4.04), "P: a"), "12   100.3     2.2  1000.0    -4.0  P: a"),
        (Placement(1, Box(-0.04, 0, 0, 0), "P: a"), " 1     0.0     0.0     0.0     0.0  P: a"),
    ],
    ids=["in columns", "to a tenth of a mm", "never less than nothing by rounding"],
)
def test_a_place_is_a_line_of_columns(place: Placement, line: str) -> None:
    assert str(place) == line


def test_pages_are_pictures_of_100_dots_an_inch_in_few_colours(found: Record) -> None:
    assert [page.size for page in found.pages] == [(418, 418)] * 2
    levels = {level for page in found.pages for _, colour in page.getcolors(1 << 24) or () for level in colour}  # type: ignore[union-attr]
    assert levels <= {round(step * 255 / 31) for step in range(32)}
    assert {0, 255} <= levels


def test_a_picture_of_few_colours_is_kept_as_small_as_a_palette_makes_it(found: Record, tmp_path: Path) -> None:
    path = tmp_path / "page.png"
    path.write_bytes(record.png(found.pages[0]))
    with Image.open(path) as kept:
        assert kept.mode == "P"
        assert kept.convert("RGB").tobytes() == found.pages[0].tobytes()
