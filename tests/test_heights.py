"""Lines counted from the widths of words are those that the typesetter sets; what is not sure is measured."""

import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import HARROWBY, PROJECT, TEMPLATES, Page, written
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.compose import movable
from triptych.content.units import MM_PER_POINT
from triptych.design import faces
from triptych.design.faces import Face
from triptych.design.sizes import BRIEFING_TYPE, BriefingType
from triptych.documents import booklet, briefing, cards, copyfit, factsheet, figure, index, ladder, poster
from triptych.documents.cards import Cards, on_poster
from triptych.documents.factsheet import grown
from triptych.documents.ladder import LADDER, Rung, Sized
from triptych.documents.workshop import Document, Misjudged, Workshop, proved
from triptych.timeline.columns import factsheet_columns
from triptych.typeset import heights
from triptych.typeset.heights import Style, Unsure
from triptych.typeset.pages import Typesetter

CSS = """
* { margin: 0; padding: 0 } a { color: inherit; text-decoration: none } strong { font-weight: 600 }
html { hyphens: auto; hyphenate-limit-zone: 100%; overflow-wrap: anywhere }
.references { font-family: "Label Sans"; font-size: 8pt; font-style: normal; font-weight: 500; line-height: 1 }
.together { white-space: nowrap } sup { font-size: .7em; line-height: 1; vertical-align: .4em }
"""
REFERENCE = '<span class="references">\u00a0[<a href="#source-a">6</a>,\u00a0<a href="#source-b">12</a>]</span>'


def set_lines(typesetter: Typesetter, page: Page, texts: Mapping[str, tuple[str, Face, float]]) -> Mapping[str, int]:
    """Lines of each text in its face and in a column of its width in mm, as the typesetter sets them."""
    body = "".join(
        f'<p id="{name}" style="font: {face.weight} 10pt/13pt \'{face.family}\'; font-variant-numeric: lining-nums;'
        f' width: {width}mm">{html}</p>'
        for name, (html, face, width) in texts.items()
    )
    edges = typesetter.edges(page(body, f"{CSS} @page {{ size: 500mm 4000mm }}"))
    return {name: round((edges[name][1] - edges[name][0]) / (13 * MM_PER_POINT)) for name in texts}


def counted(html: str, face: Face, width: float, language: str = "en") -> int:
    return heights.count(html, Style(face, 10, 8, raised=0.7), width, language)


TEXTS = (
    "A line ends at a space, after a dash – or a well-known hyphen – not at 19\u00a0million or 8–\u20609\u00a0October.",
    f"No line starts with the references of a text: they follow its last word.{REFERENCE}",
    "A text may be<em> slanted for a while</em>, or <strong>strong and wider</strong>, “quoted” (and within signs)…",
    "Où finit-elle\u00a0? L’été, «\u00a0après l’accent\u00a0», à Noël\u202f; coûte 3\u202f000\u00a0€, soit 50\u00a0%.",
    'Dans «\u00a0<bdi class="as-typed" lang="en">The lock and the office fire</bdi>\u00a0», il est dit que non.',
    'A mark<sup class="standing">≠</sup> is raised, and one that ends a<span class="together"> text - stays<sup>'
    '<a class="footnote-ref" href="#source-a">1</a></sup></span> on its line.<sup class="standing">?</sup>',
    "Η γραμμή τελειώνει σε ένα κενό, και μετά από μια παύλα – όπως εδώ.",
    "Рядок закінчується на пробілі, і після тире – як тут, у Києві.",
    "VW AV To. LT y, fi ffl Ta – kerning and ligatures: AVATAR fjord; office/affairs, 24/7 and https too",
)


def test_lines_are_those_that_the_typesetter_sets(typesetter: Typesetter, page: Page) -> None:
    cases = [(html, face, width) for html in TEXTS for face in (faces.TEXT, faces.DECK) for width in (31.3, 58.4)]
    texts = {f"text-{number}": case for number, case in enumerate(cases)}
    assert {name: counted(*case) for name, case in texts.items()} == set_lines(typesetter, page, texts)


@pytest.mark.parametrize(
    ("html", "width"),
    [
        pytest.param("Donaudampfschifffahrt", 20, id="a word wider than its column, which may be hyphenated"),
        pytest.param("a co\u00adoperation", 40, id="a place for a hyphen"),
        pytest.param("<code>a</code>", 40, id="an element of another face"),
        pytest.param("שלום", 40, id="another direction"),
        pytest.param("中文", 40, id="a script without spaces"),
        pytest.param("a 🙂", 40, id="a sign of another face"),
    ],
)
def test_a_text_that_may_be_set_otherwise_is_not_sure(html: str, width: float) -> None:
    with pytest.raises(Unsure):
        counted(html, faces.TEXT, width)


def test_a_full_line_is_not_sure() -> None:
    """The typesetter rounds each letter, and may count the space after a letter nearer to it."""
    text = "a line as wide as its column"
    full = faces.width(text, faces.TEXT, 10)
    assert [counted(text, faces.TEXT, full + 0.1), counted(text, faces.TEXT, full - 0.1)] == [1, 2]
    for width in (full - 0.01, full, full + 0.01):
        with pytest.raises(Unsure):
            counted(text, faces.TEXT, width)


@pytest.mark.slow
@pytest.mark.parametrize("made", [poster.poster, briefing.briefing, factsheet.factsheet, booklet.booklet])
def test_a_wrong_count_never_reaches_a_page(
    made: Callable[[Workshop], Document], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    event = "events:\n- {id: opened, date: '2018', headline: It opened, summary: With few books, passages: [p1]}\n"
    prose = "".join(f"It opened in 2018, and that is paragraph {number}. {{#p{number}}}\n\n" for number in range(120))
    texts = {"article.md": f"---\ntitle: Opening hours\n---\n{prose}", "timeline.yaml": event}
    shop = pipeline.workshop(written(tmp_path / "tiny", texts), Order(sheet="a3"), TEMPLATES)
    right = made(shop)
    monkeypatch.setattr(heights, "count", lambda *text: 4)
    assert made(shop).pdf == right.pdf


@pytest.mark.slow
def test_a_wrong_count_never_reaches_an_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    years = range(1700, 2020)
    events = "".join(f"- {{date: '{year}', headline: It opened, passages: [p]}}\n" for year in years)
    prose = f"It opened in {', '.join(map(str, years))}. {{#p}}\n"
    texts = {"article.md": f"---\ntitle: Opening\n---\n{prose}", "timeline.yaml": f"events:\n{events}"}
    shop = pipeline.workshop(written(tmp_path / "tiny", texts), Order(sheet="a3"), TEMPLATES)
    right = _after_the_sheet(poster.poster(shop))
    assert right
    monkeypatch.setattr(heights, "count", lambda *text: 4)
    assert _after_the_sheet(poster.poster(shop)) == right


def _after_the_sheet(document: Document) -> list[bytes]:
    with pikepdf.open(io.BytesIO(document.pdf)) as opened:
        return [page.Contents.read_bytes() for page in [*opened.pages][1:]]


def test_a_height_that_is_not_that_of_the_page_is_found(typesetter: Typesetter, page: Page) -> None:
    pages = typesetter.pages(page('<p id="a" style="height: 10mm">a</p><p id="b" style="height: 5mm">b</p>', CSS))
    proved(pages, {"a": 10.04, "on another sheet": 3})
    with pytest.raises(Misjudged):
        proved(pages, {"a": 10, "b": 5.06})


LETTERS = st.text("aeinrstlmoVTWAfjy", min_size=1, max_size=11)
WORDS = st.one_of(
    LETTERS, st.sampled_from(["–", "19\u00a0million", "well-known", "«\u00a0été\u00a0»", "(so)", "B’s", "24/7,"])
)


@pytest.mark.slow
@settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    texts=st.lists(st.lists(WORDS, min_size=1, max_size=40).map(" ".join), min_size=1, max_size=6),
    reference=st.sampled_from(["", REFERENCE]),
    face=st.sampled_from([faces.TEXT, faces.HEADLINES, faces.DECK, faces.LABELS]),
    width=st.floats(25, 140).map(lambda width: round(width, 3)),
)
def test_any_text_has_as_many_lines_as_it_is_set_in(
    typesetter: Typesetter, texts: list[str], reference: str, face: Face, width: float
) -> None:
    sure = dict(_sure(texts, reference, face, width))
    cases = {name: (texts[int(name[1:])] + reference, face, width) for name in sure}
    assert not cases or set_lines(typesetter, Page(), cases) == sure


def _sure(texts: list[str], reference: str, face: Face, width: float) -> Iterator[tuple[str, int]]:
    for number, text in enumerate(texts):
        try:
            yield f"t{number}", counted(text + reference, face, width)
        except Unsure:
            continue


@pytest.mark.slow
@pytest.mark.parametrize(
    "rung", [LADDER[0], LADDER[2], LADDER[4]], ids=lambda rung: f"{rung.detail} {rung.arrangement}"
)
def test_cards_are_as_high_as_the_typesetter_sets_them(rung: Rung) -> None:
    """In type of the design, and in type that has grown, wherever words are not wider than their columns."""
    shop = pipeline.workshop(PROJECT / "content" / "himtoo", Order(("poster",), sheet="a3"), TEMPLATES)
    sized = ladder.on_sheet(shop, shop.sheet_name, shop.sheet)
    for text in (sized.type.cards_in(rung.factor), sized.type.grown(0.8)):
        columns = ladder.columns_of(sized, text, ladder.spread_of(sized, rung, text))
        set_in, widths = on_poster(text, rung.arrangement), ladder.text_widths(rung, columns)
        way = Cards(shop, columns, rung.arrangement, rung.detail, widths, set_in)
        known, measured = way.known(shop.view.events), ladder.card_heights(_measured(sized), rung, text, columns)
        assert known == pytest.approx({name: measured[name] for name in known}, abs=1e-6)
        assert len(known) > len(measured) / 2


@pytest.mark.slow
def test_entries_of_an_index_are_as_high_as_the_typesetter_sets_them() -> None:
    shop = pipeline.workshop(PROJECT / "content" / "himtoo", Order(("poster",), sheet="a3"), TEMPLATES)
    sized = ladder.on_sheet(shop, shop.sheet_name, shop.sheet)
    own = ladder.properties(sized, sized.type, ladder.columns_of(sized, sized.type, sized.spread))
    known = index.known_heights(sized, shop.view.events)
    measured = index.heights_of(_measured(sized), shop.view.events, {**own, **index.properties(sized)})
    assert known == pytest.approx({name: measured[name] for name in known}, abs=1e-6)
    assert len(known) > 0.8 * len(measured)


@pytest.mark.slow
@pytest.mark.parametrize("text", BRIEFING_TYPE[:2], ids=lambda text: f"{text.sources}")
def test_sources_are_as_high_as_the_typesetter_sets_them(text: BriefingType) -> None:
    shop = pipeline.workshop(PROJECT / "content" / "himtoo", Order(("briefing",)), TEMPLATES)
    parts = [*copyfit.listing(shop, text).parts(shop.view.sources)]
    own = copyfit.properties(shop, text)
    measured = shop.heights("briefing", shop.view, shop.paper, own, [replace(part, height=None) for part in parts])
    known = {part.name: part.height for part in parts if part.height is not None}
    assert known == pytest.approx({name: measured[name] for name in known}, abs=1e-6)
    assert len(known) > 0.8 * len(measured)


@pytest.mark.slow
@pytest.mark.parametrize("article", [PROJECT / "content" / "himtoo", PROJECT / "content" / "himtoo" / "fr", HARROWBY])
def test_paragraphs_are_as_high_as_the_typesetter_sets_them(article: Path) -> None:
    """Each block is as high, and as far from the first, as where all are measured as they are."""
    shop = pipeline.workshop(article, Order(("briefing",)), TEMPLATES)
    columns = figure.columns_of(shop, figure.room_of(shop))
    found, measured = (copyfit.measured(one, columns, ()) for one in (shop, replace(shop, shaped=False)))
    blocks = [block.name for block in movable.measurable(shop.view.blocks)]
    assert _places(found, blocks) == pytest.approx(_places(measured, blocks), abs=1e-6)
    known = copyfit.known_heights(shop, BRIEFING_TYPE[0])
    assert len(known.keys() & set(blocks)) > len(blocks) / 2


def _places(edges: Mapping[str, tuple[float, float]], blocks: list[str]) -> list[float]:
    """Edges of blocks in mm, from the upper edge of the prose, and the lower edge of the prose."""
    top, bottom = edges["section-prose"]
    return [edge - top for name in blocks for edge in edges[name]] + [bottom - top]


@pytest.mark.slow
@pytest.mark.parametrize("growth", [0, 1.0, 1.3], ids=["in a row", "stacked", "stacked in larger type"])
def test_cards_of_a_page_are_as_high_as_the_typesetter_sets_them(growth: float) -> None:
    shop = pipeline.workshop(PROJECT / "content" / "himtoo", Order(("briefing", "factsheet")), TEMPLATES)
    columns = factsheet_columns(94, growth) if growth else figure.columns_of(shop, figure.room_of(shop))
    name, arrangement = ("factsheet", "stacked") if growth else ("briefing", "row")
    page = {} if growth else copyfit.properties(shop, BRIEFING_TYPE[0])
    own = {"page-margin": "0mm", **page, **columns.properties, **(grown(growth) if growth > 1 else {})}
    parts = [*cards.on_page(shop, columns, arrangement, growth or 1.0).parts(shop.view.events)]
    known = {part.name: part.height for part in parts if part.height is not None}
    measured = shop.heights(name, shop.view, shop.paper, own, [replace(part, height=None) for part in parts])
    assert known == pytest.approx({name: measured[name] for name in known}, abs=1e-6)
    assert len(known) > 0.8 * len(measured)


def _measured(sized: Sized) -> Sized:
    return replace(sized, workshop=replace(sized.workshop, shaped=False))
