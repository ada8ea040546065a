"""A theme changes colours, faces and lines; one in which a page would be hard to read is refused, with the figure."""

import re
from pathlib import Path

import pytest
import yaml

from tests.conftest import HARROWBY, TEMPLATES, ArticleCopy, as_yaml, written
from triptych.build import inspection, pipeline, themes
from triptych.build.pipeline import Order
from triptych.charts.plot import Label
from triptych.compose import look
from triptych.content import colours
from triptych.content.kinds import THEMES
from triptych.content.model import _TOKENS, Theme
from triptych.design import faces, lines
from triptych.design.sheets import sheet
from triptych.design.sizes import poster_type
from triptych.documents import ladder
from triptych.documents.workshop import Workshop
from triptych.pdf import carried

ARTICLE = "---\ntitle: Opening\n---\n\nThe library opened.\n"
TEXT = "Police or university; many reports stay unresolved. National Registry of Exonerations, 2016, 22.9% of 4,812"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path / "opening", {"article.md": ARTICLE})


@pytest.fixture(autouse=True)
def usual_faces():  # type: ignore[no-untyped-def]
    yield
    faces.wear("house")


def workshop(folder: Path, theme: str = "") -> Workshop:
    return pipeline.workshop(folder, Order(theme=theme), TEMPLATES)


def test_the_colours_that_themes_are_compared_with_are_those_of_the_tokens() -> None:
    text = TEMPLATES.file("styles/tokens.css").read_text("utf-8")
    found = dict(re.findall(r"--([\w-]+):\s*(#[0-9A-F]{6});", text))
    light = found.pop("accent-light")
    assert {name.replace("-", "_"): value for name, value in found.items()} == _TOKENS
    mixed = colours.lighter(found["accent"], look.LIGHT)
    assert colours.lightness(mixed) == pytest.approx(colours.lightness(light), abs=0.5)


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_that_comes_with_triptych_is_readable(name: str) -> None:
    assert list(themes.shipped(name, TEMPLATES).faults()) == []


@pytest.mark.parametrize("name", THEMES)
def test_the_sans_of_a_theme_is_no_wider_than_ours(name: str) -> None:
    ours = faces.width(TEXT, faces.TEXT, 10)
    faces.wear(name)
    assert faces.width(TEXT, faces.TEXT, 10) / ours <= 1.02


def test_lines_are_counted_in_the_faces_that_are_worn() -> None:
    """Also where those of another theme were counted before, in one process; and so are the words of a chart."""
    widths = []
    for name in ("house", "almanac", "gazette"):
        faces.wear(name)
        widths.append((lines.widest("Opening", faces.HEADLINES), Label("Opening", 0, 0).width))
    assert [len(set(kind)) for kind in zip(*widths, strict=True)] == [3, 3]


def test_the_ratios_of_a_theme_reach_the_poster(folder: Path) -> None:
    """Its summaries are never smaller than the sheet permits."""
    written(folder, {"theme.yaml": "title-ratio: .9\ntext-ratio: 1.1\n"})
    shop, usual = workshop(folder), poster_type(sheet("a2"))
    text = ladder.on_sheet(shop, "a2", sheet("a2")).type
    assert (text.title, text.deck, text.body) == pytest.approx((0.9 * usual.title, 0.9 * usual.deck, 1.1 * usual.body))
    assert usual.in_ratio(1, 0.5).body == usual.floor


@pytest.mark.parametrize(
    ("theme", "field", "reason"),
    [
        ({"accent": "#C0402A"}, "accent", "has a contrast of 4.6 to 1 with the tint `#F4F1EA`"),
        ({"ink_3": "#5B5852"}, "ink_3", "has a contrast of 6.3 to 1 with the tint"),
        ({"tint": "#E8E4D8"}, "tint", "leaves `ink-3` `#524F4A` a contrast of 6.4 to 1"),
        ({"accent": "#1B2B1A"}, "accent", "is 6 steps lighter than `ink` in grey"),
        ({"tint": "#FFFFFE"}, "tint", "has a lightness of 100 in grey"),
        ({"one_ink": "#5B9BD5"}, "one_ink", "has a contrast of 3.0 with paper"),
        ({"accent": "#0F4C55", "tint": "#F4F1EA"}, "", ""),
    ],
    ids=[
        "too light an accent",
        "too light a note",
        "too dark a tint",
        "as dark as ink",
        "a tint like paper",
        "an ink",
        "ours",
    ],
)
def test_a_theme_in_which_a_page_is_hard_to_read_has_a_fault(theme: dict[str, str], field: str, reason: str) -> None:
    found = list(Theme(**{name.replace("_", "-"): value for name, value in theme.items()}).faults())
    assert [one[0] for one in found] == ([field] if field else [])
    assert all(one[1].startswith(reason) for one in found)


def test_a_colour_that_takes_too_much_ink_has_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (colours.coverage("#000000"), colours.coverage("#FF0000")) == (100, 200)
    monkeypatch.setattr(colours, "MOST_INK", 100)
    assert ("accent", "takes 121 % of ink; a press prints 100 %") in [
        one[:2] for one in Theme(accent="#86341D").faults()
    ]


def test_an_unreadable_theme_is_a_problem_at_its_colour(folder: Path) -> None:
    written(folder.parent, {"theme.yaml": 'base: almanac\naccent: "#C0402A"\n'})
    (found,) = inspection.problems(folder, TEMPLATES)[1]
    assert (found.path, found.line, found.code) == (folder.parent / "theme.yaml", 2, "unreadable-theme")


def test_an_article_prints_in_its_own_theme_or_in_that_of_all_or_in_that_of_the_build(folder: Path) -> None:
    written(folder.parent, {"theme.yaml": "base: gazette\ncorner: end\n"})
    theme = workshop(folder).composer.theme
    assert (theme.faces, theme.accent, theme.corner) == ("gazette", "#254B8F", "end")
    assert workshop(folder, "almanac").composer.theme.faces == "almanac"
    written(folder, {"theme.yaml": 'accent: "#254B8F"\n'})
    assert workshop(folder).composer.theme == Theme(accent="#254B8F")


def test_a_theme_is_custom_properties_and_an_edition_in_one_ink_takes_no_colour_of_it(folder: Path) -> None:
    written(folder, {"theme.yaml": "base: almanac\n"})
    pages = {theme: workshop(folder, theme) for theme in ("", "mono")}
    html = {
        theme: shop.composed("factsheet", shop.view, shop.paper, {}, template="measure", parts=()).html
        for theme, shop in pages.items()
    }
    assert "--accent: #86341D; " in html[""]
    assert "--accent:" not in html["mono"]
    for one in html.values():
        assert "--rule-heavy: 3.4pt double var(--ink); " in one
        assert "--sans: &#34;Almanac Sans&#34;; " in one


def test_an_edition_in_one_ink_prints_in_the_ink_of_the_theme(folder: Path) -> None:
    written(folder, {"theme.yaml": 'one-ink: "#1D4E89"\naccent: "#7A1F3D"\n'})
    assert [workshop(folder, theme).ink for theme in ("", "mono", "press")] == ["", "#1D4E89", ""]
    written(folder, {"theme.yaml": 'accent: "#7A1F3D"\n'})
    assert workshop(folder, "mono").ink == "#000000"


def test_texts_are_measured_in_the_faces_of_the_theme(folder: Path) -> None:
    usual = faces.width("Opening", faces.TITLE, 20)
    written(folder, {"theme.yaml": "faces: almanac\n"})
    workshop(folder)
    assert faces.width("Opening", faces.TITLE, 20) != usual
    workshop(HARROWBY)
    assert faces.width("Opening", faces.TITLE, 20) == usual


def test_a_pdf_carries_the_theme_of_all(folder: Path) -> None:
    assert "theme.yaml" not in carried.content(folder)
    written(folder.parent, {"theme.yaml": "base: gazette\n"})
    assert carried.content(folder)["theme.yaml"] == b"base: gazette\n"


@pytest.mark.slow
@pytest.mark.parametrize("name", THEMES)
def test_no_theme_costs_content(article_copy: ArticleCopy, name: str) -> None:
    usual, themed = (
        {one.name: one for one in pipeline.documents(article_copy.folder, Order(theme=theme), TEMPLATES)}
        for theme in ("", name)
    )
    assert {one: document.pages for one, document in themed.items()} == {
        one: document.pages for one, document in usual.items()
    }
    assert themed["factsheet"].notes == usual["factsheet"].notes == ()


@pytest.mark.slow
def test_heavy_rules_between_rows_take_no_room_of_what_is_below(article_copy: ArticleCopy) -> None:
    """The rows are measured with their rules: nothing stands over the chart's source."""
    figures = yaml.safe_load((article_copy.folder / "figures.yaml").read_text("utf-8"))["figures"][:6]
    chart = "charts:\n  - {kind: table, id: visits, title: Visits, columns: [Branch, Visits], rows: [[North, 27]],"
    written(
        article_copy.folder,
        {
            "theme.yaml": "rule-row: 5pt dotted rule\n",
            "figures.yaml": as_yaml({"figures": figures}),
            "charts.yaml": f"{chart} source: Door counters, sources: [hcc-minutes-2018], also: [factsheet]}}\n",
        },
    )
    (sheet,) = pipeline.documents(article_copy.folder, Order(("factsheet",)), TEMPLATES)
    assert sheet.notes == ()
