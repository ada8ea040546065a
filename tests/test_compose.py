"""How values become a document's HTML and drawings: colours, keys, places, dates, codes."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from markupsafe import Markup

from tests import tiny
from tests.conftest import TEMPLATES
from triptych.compose import placed, rendering, views, words
from triptych.compose.html import Composed, Composer
from triptych.compose.rendering import Rendering
from triptych.compose.views import ArticleView
from triptych.content import dates, home
from triptych.design.galley import galley
from triptych.design.sheets import Sheet
from triptych.design.where import Templates
from triptych.timeline import spine
from triptych.timeline.columns import Columns, briefing_columns
from triptych.timeline.drawing import Bar, Drawing
from triptych.timeline.drawing import Path as Stroke
from triptych.timeline.plan import Plan

SHEET = Sheet(100, 80)


def view(events: Sequence[Mapping[str, object]] = (), front: Mapping[str, object] | None = None) -> ArticleView:
    printed = words.words("en-GB", TEMPLATES)
    return views.printable(tiny.article(front=front, events=events), printed, TEMPLATES.file("sources.csl"))


@pytest.fixture
def own(tmp_path: Path) -> Templates:
    """Templates of a test's own: tokens, a theme, one document and one part."""
    styles = tmp_path / "styles" / "themes"
    styles.mkdir(parents=True)
    tokens = ":root { --ink: #112233; --ink-2: device-cmyk(0 0 0 1); --gap: 3mm; --rule: 1pt solid #445566 }"
    (styles.parent / "tokens.css").write_text(tokens, encoding="utf-8")
    (styles / "dark.css").write_text(":root { --ink: #EEEEEE } @page { margin: 0 }", encoding="utf-8")
    (tmp_path / "parts").mkdir()
    drawing = "<svg>{{ palette.ink }} {{ palette.ink_2 }} {{ strokes.axis }} {{ strokes.hair }}</svg>"
    (tmp_path / "parts" / "drawing.svg.jinja").write_text(drawing, encoding="utf-8")
    (tmp_path / "parts" / "greeting.html.jinja").write_text(
        "{% macro greeting(name) %}<b>{{ name }}</b>{% endmacro %}", encoding="utf-8"
    )
    page = "{{ title }}|{{ description }}|{{ created }}|{{ properties | dictsort }}|{{ document }}|{{ extra }}"
    (tmp_path / "briefing.html.jinja").write_text(page, encoding="utf-8")
    (tmp_path / "other.html.jinja").write_text("other {{ extra }} {{ unknown }}", encoding="utf-8")
    return Templates((tmp_path,))


def composed(composer: Composer, article: ArticleView | None = None, stroke: float = 1.0) -> Composed:
    art = {"a.svg": Drawing(0, 0, 10, 10, stroke, (Stroke("axis", "M0 0"),))}
    return composer.document(
        "briefing", article or view(), SHEET, "2025-03-14", {"gap": "3mm"}, drawings=art, extra="<more>"
    )


@pytest.mark.parametrize(
    ("theme", "drawn"),
    [
        ("", "<svg>#112233 device-cmyk(0 0 0 1) 0.530 0.194</svg>"),
        ("dark", "<svg>#EEEEEE device-cmyk(0 0 0 1) 0.530 0.194</svg>"),
    ],
    ids=["by the names of the tokens", "a theme sets some anew"],
)
def test_a_drawing_has_the_colours_of_the_design(own: Templates, theme: str, drawn: str) -> None:
    assert composed(Composer(own, theme)).art["a.svg"] == drawn


def test_strokes_grow_with_the_drawing(own: Templates) -> None:
    assert composed(Composer(own), stroke=2.0).art["a.svg"].endswith("1.060 0.388</svg>")


@pytest.mark.parametrize(("theme", "styles"), [("", ()), ("dark", ("themes/dark.css",))])
def test_a_theme_comes_after_the_documents_own_style(own: Templates, theme: str, styles: tuple[str, ...]) -> None:
    assert composed(Composer(own, theme)).styles == ("briefing.css", *styles)


def test_a_document_has_a_title_with_its_name_and_plain_spaces_and_the_size_of_its_sheet(own: Templates) -> None:
    front = {"title": "Hours *of* 9 libraries", "deck": "how 9 *libraries* opened"}
    title, description, created, properties, name, extra = composed(Composer(own), view(front=front)).html.split("|")
    assert (title, description) == ("Hours of 9 libraries – Research briefing", "how 9 libraries opened")
    assert (created, name, extra) == ("2025-03-14", "briefing", "&lt;more&gt;")
    sizes = {"gap": "3mm", "lines-together": "2", "page-height": "80mm", "page-width": "100mm"}
    assert Markup(properties).unescape() == str(sorted(sizes.items()))


def test_a_part_takes_values_and_escapes_them(own: Templates) -> None:
    composer = Composer(own)
    assert composer.part("greeting", "greeting", "a & b") == Markup("<b>a &amp; b</b>")
    assert composer.part("greeting", "greeting", Markup("<i>a</i>")) == Markup("<b><i>a</i></b>")


@pytest.mark.parametrize(("address", "drawn"), [("https://example.org/h7", True), (None, False)])
def test_an_address_has_a_code_without_white_around_it(own: Templates, address: str | None, drawn: bool) -> None:
    art = composed(Composer(own), view(front={"address": address})).art
    assert ("qr.svg" in art) == drawn
    if drawn:
        assert art["qr.svg"].startswith("<svg xmlns=")
        assert 'd="M0 0.5h7' in art["qr.svg"]  # the seven modules of a finder, in the very corner


EVENTS = (
    {"id": "late", "date": "2018-10-09", "headline": "it votes"},
    {"id": "first", "date": "2016-01", "headline": "it plans"},
    {"id": "last", "date": "2019", "headline": "it opens"},
)


@pytest.fixture(scope="module")
def columns() -> Columns:
    return briefing_columns(174, 90)


@pytest.fixture(scope="module")
def plan(columns: Columns) -> Plan:
    events = tiny.article(events=EVENTS).events
    return spine.plan(events, {event.id: 10.0 for event in events}, columns.frame)


def style(text: str) -> dict[str, str]:
    return dict(entry.split(": ") for entry in text.replace("--", "").split("; "))


def test_cards_stand_in_the_order_of_time_with_their_place_and_date(plan: Plan, columns: Columns) -> None:
    timeline, _ = placed.timeline(view(EVENTS), plan, columns, "row")
    assert [(card.event.id, card.date) for card in timeline.cards] == [
        ("first", "January\u00a02016"),
        ("late", "9\u00a0October\u00a02018"),
        ("last", "2019"),
    ]
    assert {card.arrangement for card in timeline.cards} == {"row right"}
    tops = [float(style(card.place)["top"].removesuffix("mm")) for card in timeline.cards]
    assert tops == sorted(tops)
    assert {style(card.place)["left"] for card in timeline.cards} == {"49mm"}  # axis 17, number 32


def test_cards_at_the_left_of_an_axis_end_at_their_number(plan: Plan, columns: Columns) -> None:
    (side,) = plan.sides
    empty = replace(side, cards=(), marks=(), leaders=(), lenses=())
    frame = replace(plan.frame, axes=(120.0, 110.0))
    both = replace(plan, sides=(empty, side), frame=frame)
    timeline, _ = placed.timeline(view(EVENTS), both, columns, "stacked")
    assert {card.arrangement for card in timeline.cards} == {"stacked left"}
    left = 110 - frame.number - columns.card_width
    assert {float(style(card.place)["left"].removesuffix("mm")) for card in timeline.cards} == {round(left, 3)}


def test_a_timeline_names_its_drawing_and_the_drawing_its_bars(plan: Plan, columns: Columns) -> None:
    timeline, drawings = placed.timeline(view(EVENTS), plan, columns, "row", "panel-2", [Bar(1, 2, 3)])
    assert list(drawings) == ["panel-2.svg"]
    assert style(timeline.style)["drawing"] == "url(asset://art/panel-2.svg)"
    assert [path.style for path in drawings["panel-2.svg"].paths].count("bar") == 1
    beyond = plan.frame.open_zone
    assert style(timeline.style) | {"drawing": ""} == {
        "drawing": "",
        "drawing-top": f"{-beyond:g}mm",
        "drawing-height": f"{plan.frame.height + 2 * beyond:g}mm",
    }


def test_a_scale_is_not_read_aloud_and_has_its_size(plan: Plan, columns: Columns) -> None:
    timeline, _ = placed.timeline(view(EVENTS), plan, columns, "row")
    years = [label for label in timeline.labels if label.classes == "year right"]
    assert [label.text for label in years] == ["2016", "2017", "2018", "2019"]
    assert not any(label.read_aloud for label in years)
    assert all(style(label.place)["size"] == "14.00pt" for label in years)


@pytest.mark.parametrize(("narrow", "date"), [(False, "9\u00a0October\u00a02018"), (True, "9\u00a0Oct\u00a02018")])
def test_a_date_is_short_where_its_column_is_narrow(columns: Columns, narrow: bool, date: str) -> None:
    (event,) = view(EVENTS[:1]).events
    assert placed.card_date(event, replace(columns, short_dates=narrow)) == date


def test_a_sheet_of_several_names_the_first_and_the_last_year_of_its_scale(plan: Plan) -> None:
    assert placed.panel(plan, 1, 2, view(EVENTS)) == "Sheet 1 of 2: 2016 to 2019"


def test_a_sheet_of_one_year_names_it_once(columns: Columns) -> None:
    events = tiny.article(events=[{"date": "2018-01"}, {"date": "2018-12"}]).events
    plan = spine.plan(events, dict.fromkeys(["event-0", "event-1"], 8.0), columns.frame)
    assert placed.panel(plan, 2, 2, view(EVENTS)) == "Sheet 2 of 2: 2018"


@pytest.mark.parametrize(
    ("date", "key"),
    [
        ("2018-10-09", "dot"),
        ("2018-10-09T14:00", "dot"),
        ("2018-10", "within"),
        ("2018", "within"),
        ("2018-10/2018-11", "lasted"),
        ("2018-10-09~", "dashed"),
        ("2018-10-09?", "dashed"),
        ("2018-10?/2018-11", "dashed"),
        ("[..2014]", "open_start"),
        ("../2014", "open_start"),
        ("[2014..]", "open_end"),
        ("2014/..", "open_end"),
    ],
)
def test_the_key_explains_the_mark_of_a_date(date: str, key: str) -> None:
    (entry,) = placed.mark_key(view(), [dates.parsed(date)])
    assert entry.art == f"asset://art/key-{key}.svg"
    assert entry.text == view().words["key_dot_time" if "T" in date else f"key_{key}"]


def test_the_key_has_each_shape_that_is_used_once_and_in_its_own_order() -> None:
    used = ["2014/..", "2018-10/2018-11", "2018-10-09", "2017-10-09", "[..2014]", "2018?", "2018"]
    key = placed.mark_key(view(), map(dates.parsed, used))
    names = ["dot", "within", "dashed", "lasted", "open_start", "open_end"]
    assert [entry.art for entry in key] == [f"asset://art/key-{name}.svg" for name in names]
    assert [bool(entry.short) for entry in key] == [False, True, True, True, True, True]


def test_the_shapes_of_a_key_grow_with_the_sheet() -> None:
    small, large = placed.key_drawings(1.0), placed.key_drawings(2.0)
    assert list(small) == [
        *("key-dot.svg", "key-within.svg", "key-dashed.svg"),
        *("key-lasted.svg", "key-open_start.svg", "key-open_end.svg"),
    ]
    assert placed.key_properties(1.0) == {"key-mark": "4mm"}
    assert placed.key_properties(2.0) == {"key-mark": "8mm"}
    assert [(one.width, two.width) for one, two in zip(small.values(), large.values(), strict=True)] == [(4, 8)] * 6
    dot, within = small["key-dot.svg"].paths, small["key-within.svg"].paths
    assert {path.style for path in dot} != {path.style for path in within}


def test_sources_stand_in_columns_the_first_of_each_at_its_top() -> None:
    article = tiny.article("a [@one] [@two] [@three]", references=[{"id": name} for name in ("one", "two", "three")])
    printed = words.words("en-GB", TEMPLATES)
    sources = views.printable(article, printed, TEMPLATES.file("sources.csl")).sources
    found = placed.sources_in_columns(sources, galley([10, 5, 8], 2), 90.5)
    assert found.style == "--height: 13mm"
    assert [(entry.source.key, entry.place) for entry in found.sources] == [
        ("one", "--left: 0mm; --rise: 0mm"),
        ("two", "--left: 90.5mm; --rise: -10mm"),
        ("three", "--left: 90.5mm; --rise: 0mm"),
    ]


@pytest.mark.parametrize(("language", "sign"), [("en", ","), ("ar", "،")])
def test_the_marks_of_standing_have_a_comma_of_their_language_between_them(language: str, sign: str) -> None:
    prose = "It met. {#one .disputed}\n\nIt closed. {#two .unconfirmed}"
    article = tiny.article(prose, front={"language": language})
    key = views.printable(article, words.words("en-GB", TEMPLATES), TEMPLATES.file("sources.csl")).standing_key
    assert f"{sign} ?" in key


@pytest.mark.parametrize(("language", "printed"), [("en", "</strong>, free"), ("ar", "</strong>، free")])
def test_what_is_said_of_a_place_of_help_follows_a_comma_of_its_language(language: str, printed: str) -> None:
    resource = {"name": "Line", "contact": "0800", "description": "free"}
    front = {"language": language, "support": {"resources": [resource]}}
    assert printed in Rendering(TEMPLATES).part("parts/support.html.jinja", "help", view(front=front))


@pytest.mark.parametrize(("language", "printed"), [("en-GB", "Line:<"), ("fr", "Line\u00a0:<")])
def test_a_telephone_number_follows_a_colon_as_its_language_sets_it(language: str, printed: str) -> None:
    front = {"language": language, "support": {"resources": [{"name": "Line", "contact": "0800"}]}}
    assert printed in Rendering(TEMPLATES).part("parts/support.html.jinja", "help", view(front=front))


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of compiled templates, of a program whose templates are in the folder beside it."""
    folder = tmp_path / "__pycache__"
    folder.mkdir()
    monkeypatch.setattr(rendering, "cache_from_source", lambda _: str(folder / "rendering.pyc"))
    monkeypatch.setattr(home, "templates", lambda: (tmp_path / "templates",))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return folder


def said(folder: Path, text: str = "", name: str = "templates") -> str:
    """What a template says, to a new process, after its text was written."""
    (folder / name).mkdir(exist_ok=True)
    if text:
        (folder / name / "one.jinja").write_text(text, encoding="utf-8")
    rendering._environment.cache_clear()
    return Rendering(Templates((folder / name,))).page("one.jinja", value=1)


def test_a_compiled_template_is_used_again_until_its_text_changes(tmp_path: Path, kept: Path) -> None:
    assert said(tmp_path, "{{ value }} of ten") == "1 of ten"
    (compiled,) = kept.iterdir()
    written = compiled.stat().st_mtime_ns

    assert said(tmp_path) == "1 of ten"
    assert compiled.stat().st_mtime_ns == written

    assert said(tmp_path, "{{ value }} of six") == "1 of six"
    assert compiled.stat().st_mtime_ns != written


def test_a_damaged_compiled_template_is_compiled_again(tmp_path: Path, kept: Path) -> None:
    said(tmp_path, "{{ value }} of ten")
    (compiled,) = kept.iterdir()
    whole = compiled.read_bytes()
    for length in (0, len(whole) // 4, 20, len(whole) - 1):
        compiled.write_bytes(whole[:length])
        assert said(tmp_path) == "1 of ten"


def test_a_compiled_template_is_not_kept_where_nobody_can_write_or_of_another_folder(
    tmp_path: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(tmp_path, "{{ value }} of ten", "others")
    assert not list(kept.iterdir())

    monkeypatch.setattr(rendering, "KEPT", "gone/%s")
    assert said(tmp_path, "{{ value }} of ten") == "1 of ten"
    assert not list(kept.iterdir())
