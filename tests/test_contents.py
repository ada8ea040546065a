"""A long briefing has its contents in the margin of the first page, where there is room."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pypdfium2
import pytest
from markupsafe import Markup

from tests.conftest import TEMPLATES, ArticleCopy
from tests.test_copyfit import view_of
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.compose.contents import Entry, contents, named
from triptych.compose.views import ArticleView
from triptych.content.kinds import Paper
from triptych.content.prose import Block
from triptych.content.typography import NO_BREAK
from triptych.design.sizes import BRIEFING_TYPE
from triptych.documents import margin
from triptych.documents.copyfit import Design


def block(name: str, html: str) -> Block:
    return Block(name, Markup(html))


FIRST, SECOND = block("first", '<h2 id="first">First <i>one</i></h2>'), block("", "<h2>Second</h2>")


def test_every_heading_has_a_name_that_no_passage_can_have() -> None:
    found = [*named([FIRST, SECOND, block("", "<h3>Third</h3>")])]
    assert [one.name for one in found] == ["first", "heading:1", ""]
    assert found[1].html == '<h2 id="heading:1">Second</h2>'


def test_the_contents_list_the_headings_without_references_and_then_the_sections() -> None:
    cited = block("cited", '<h2 id="cited">Cited<span class="references">\u00a0[<a href="#source-a">1</a>]</span></h2>')
    found = contents("In this briefing", [FIRST, cited, block("", "<p>text</p>")], {"section-sources": "Sources"})
    assert found.entries == (
        Entry("First one", "first"), Entry("Cited", "cited"), Entry("Sources", "section-sources"),
    )  # fmt: skip
    assert found.place == 2


def test_a_section_that_the_article_does_not_have_is_not_listed() -> None:
    order = ("figures", "timeline", "parties", "status", "support", "sources", "colophon")
    view = view_of("## One {#one}\n\ntext [@a]", [{"id": "a"}])
    found = view.contents(order)
    assert [entry.anchor for entry in found.entries] == [
        "one",
        "section-figures",
        "section-timeline",
        "section-sources",
    ]


PAGE = 250.0
"""Height of a first page, in mm."""


def beside(blocks: Sequence[Block], front: float = 100, contents: float = 50) -> frozenset[str] | None:
    """The passages beside the contents, where each block is 30 mm high."""
    view: ArticleView = replace(view_of("text"), blocks=tuple(blocks))
    edges = {one.name: (30.0 * n, 30.0 * n + 30) for n, one in enumerate(blocks) if one.name}
    edges |= {"part-front": (0, front), "part-contents": (0, contents), "part-prose": (0, 30.0 * len(blocks))}
    return margin.passages_beside(view, edges, PAGE)


LINES = [block(name, "<p>text</p>") for name in "abcd"]
WIDE = block("", '<table class="wide"></table>')


@pytest.mark.parametrize(
    ("blocks", "front", "height", "passages"),
    [
        pytest.param([FIRST, *LINES], 100, 50, {"first", "a", "b"}, id="two paragraphs beside"),
        pytest.param([*LINES], 100, 50, {"a", "b"}, id="prose without a heading"),
        pytest.param([FIRST, *LINES], 169, 50, None, id="longer than the page"),
        pytest.param([FIRST, *LINES], 100, 119, None, id="longer than the prose"),
        pytest.param([FIRST, LINES[0], WIDE, *LINES[1:]], 100, 50, None, id="a table takes the margin"),
        pytest.param([FIRST, *LINES, WIDE], 100, 50, {"first", "a", "b"}, id="a table below"),
        pytest.param([], 100, 50, None, id="no prose"),
    ],
)
def test_the_contents_stand_where_there_is_room(
    blocks: Sequence[Block], front: float, height: float, passages: set[str] | None
) -> None:
    assert beside(blocks, front, height) == passages


@pytest.mark.parametrize(
    ("pages", "room", "notes"),
    [(4, True, ["two"]), (3, True, ["one", "two"]), (4, False, ["one", "two"])],
    ids=["four pages", "three pages", "no room"],
)
def test_a_briefing_of_four_pages_has_contents_and_no_note_beside_them(
    pages: int, room: bool, notes: Sequence[str]
) -> None:
    given = dict.fromkeys(("one", "two"), view_of("text").figures[0])
    design = Design(BRIEFING_TYPE[0], (), given, None, pages, beside=frozenset({"one"}) if room else None)
    assert (list(design.margin_notes), design.has_contents) == (notes, pages == 4 and room)


@pytest.mark.slow
@pytest.mark.parametrize("paper", Paper)
def test_each_heading_stands_on_the_page_that_the_contents_give(article_copy: ArticleCopy, paper: Paper) -> None:
    (document,) = pipeline.documents(article_copy.folder, Order(("briefing",), paper=paper), TEMPLATES)
    read = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(document.pdf)]
    pages = [text.replace("\r", "").replace(NO_BREAK, " ") for text in read]
    listed = re.findall(r"^(Background|The 2018 trial|Branches and staff|Key figures|Sources) (\d)", pages[0], re.M)
    assert len(listed) == 5
    for title, number in listed:
        assert re.search(rf"^{title}\s*$", pages[int(number) - 1], re.M), title
