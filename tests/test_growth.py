"""The type of a poster grows to its room by one number."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from tests.conftest import HARROWBY, PROJECT, TEMPLATES, as_yaml, written
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.design import faces, lines
from triptych.design.sheets import sheet
from triptych.design.sizes import poster_type
from triptych.documents import growth, ladder, poster
from triptych.documents.ladder import Laid, Sized
from triptych.timeline import labels
from triptych.timeline.plan import FULL


def sized(article: Path, name: str, theme: str = "") -> Sized:
    shop = pipeline.workshop(article, Order(("poster",), sheet=name, theme=theme), TEMPLATES)
    return ladder.on_sheet(shop, shop.sheet_name, shop.sheet)


def grown(article: Path, name: str) -> Laid:
    laid = growth.laid_out(sized(article, name))
    assert laid
    return laid


def test_headlines_have_three_sizes_that_are_seen() -> None:
    text = poster_type(sheet("a2")).grown(1.2)
    assert [text.size(f"headline-{weight}") / text.size("headline-1") for weight in (1, 2, 3)] == pytest.approx(
        [1, 1.25, 1.75]
    )
    assert (text.size("caption"), text.size("sources")) == (12.73, 10.95), "what stands around them does not grow"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("article", "heaviest", "summary", "full"),
    [
        pytest.param(
            PROJECT / "content" / "himtoo",
            28.4,
            15,
            0.8,
            id="himtoo, on two sides, where its cards are nearer their dates",
            marks=pytest.mark.slow,
        ),
        pytest.param(HARROWBY, 31, 16, 0.9, id="harrowby, until its sheet is full"),
    ],
)
def test_type_on_an_a2_sheet_reads_from_two_metres(article: Path, heaviest: float, summary: float, full: float) -> None:
    laid = grown(article, "a2")
    assert laid.text.size("headline-3") >= heaviest
    assert laid.text.size("body") >= summary
    assert laid.fill >= full
    holds(laid)


def test_the_label_of_the_end_of_a_scale_stands_clear_of_the_foot(tmp_path: Path) -> None:
    events = [{"date": f"201{n}-05-09", "headline": "A meeting", "weight": 1} for n in range(5, 10)]
    (tmp_path / "timeline.yaml").write_text(yaml.safe_dump({"title": "A", "events": events}), encoding="utf-8")
    laid = grown(tmp_path, "a3")
    (plan,) = laid.plans
    calendar, scale = laid.sized.workshop.view.calendar, laid.sized.sheet.scale
    *_, last = (label for label in labels.labels(plan, laid.columns, calendar) if label.role == "year-end")
    foot = plan.frame.height + ladder.FOOT_WHITE * scale
    assert last.top > plan.axis[1], "it stands below the end"
    assert foot - (last.top + last.height) >= 2 * scale


DECK = "How one hashtag has stood for men who have been sexually assaulted, for men who say they were falsely accused"


@pytest.mark.parametrize(
    ("deck", "width"),
    [
        pytest.param("How one hashtag has stood for several things.", 160, id="a width to read in"),
        pytest.param(DECK, 160, id="also where more width saves no line"),
        pytest.param(f"{DECK}, and for other causes.", 197, id="the width of the title where it saves one"),
    ],
)
def test_a_deck_is_as_wide_as_saves_a_line(tmp_path: Path, deck: str, width: float) -> None:
    (tmp_path / "article.md").write_text(f"---\ntitle: A\ndeck: {deck}\n---\n\nIt met.\n", encoding="utf-8")
    asked = sized(tmp_path, "a3")
    found = ladder.properties(asked, asked.type, ladder.columns_of(asked, asked.type, asked.spread))["deck-width"]
    assert found == f"{width}mm"


def holds(laid: Laid) -> None:
    text, title = laid.text, laid.sized.title_size
    assert laid.fill <= FULL
    assert ladder.is_near(laid.plans[0])
    assert text.size("body") >= text.floor - 0.01
    columns = laid.columns
    width = ladder.text_widths(laid.rung, columns)[0]
    for event in laid.sized.workshop.view.events:
        size = text.size(f"headline-{event.weight}")
        assert size <= 0.75 * title + 0.01
        assert lines.widest(event.headline_html.striptags(), faces.HEADLINES) * size <= width


ARABIC = {"headline": "المدرسة تضع صندوقًا للكتب في ساحة القرية", "summary": "كان فيه كتاب، ومعظمها للأطفال."}


@pytest.mark.slow
@pytest.mark.parametrize("name", ["harrowby", "few events", "Arabic"])
def test_the_lines_of_a_card_are_known_before_it_is_set(tmp_path: Path, name: str) -> None:
    """So that only the type that holds is set: summaries beside headlines, and under them, with the white of Arabic."""
    folder = HARROWBY if name == "harrowby" else tmp_path
    if name != "harrowby":
        own = ARABIC if name == "Arabic" else {"headline": "The pier is mended", "summary": "It carried fewer cars."}
        events = [{"id": f"e{n}", "date": f"19{n}0", "weight": n, **own} for n in range(1, 4)]
        written(folder, {"timeline.yaml": yaml.safe_dump({"events": events})})
        written(folder, {"article.md": f"---\ntitle: A\nlanguage: {'ar' if name == 'Arabic' else 'en'}\n---\n"})
    laid = grown(folder, "a2")
    for event in laid.sized.workshop.view.events:
        (card,) = (card for card in laid.cards if card.id == event.id)
        assert growth.estimate(event, laid.rung, laid.text, laid.columns) == pytest.approx(card.height, abs=1.0)


@pytest.mark.slow
@pytest.mark.parametrize("sheet", ["a2", "banner"])
def test_no_line_of_an_arabic_headline_touches_the_next(tmp_path: Path, sheet: str) -> None:
    event = {"date": "2018-10-09", "weight": 3, **ARABIC}
    written(tmp_path, {"timeline.yaml": yaml.safe_dump({"events": [event, {**event, "date": "2019-10-09"}]})})
    written(tmp_path, {"article.md": "---\ntitle: صندوق\nlanguage: ar\n---\n"})
    (document,) = pipeline.documents(tmp_path, Order(("poster",), sheet=sheet), TEMPLATES)
    assert document.pages == 1


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        pytest.param("Sunday", 5, 1, id="a word wider than its line has it alone"),
        pytest.param("on Sunday", 5, 2, id="a line ends at a space"),
        pytest.param("on\u00a0Sunday at", 30, 1, id="all words in one line"),
        pytest.param("on\u00a0Sunday at", 19, 2, id="a no-break space ends no line"),
        pytest.param("", 30, 1, id="an empty text"),
    ],
)
def test_a_text_takes_as_few_lines_as_its_words_permit(text: str, width: float, expected: int) -> None:
    assert lines.count(text, faces.TEXT, 12, width) == expected


def test_words_that_are_joined_count_as_one() -> None:
    """They broke in the middle of a word where a column was too narrow for both."""
    joined = lines.plain(Markup("des hommes\u00a0<i>&amp;</i> femmes"))
    assert joined == "des hommes\u00a0& femmes"
    assert lines.widest(joined, faces.TEXT) > lines.widest("des hommes & femmes", faces.TEXT)


@pytest.mark.parametrize(
    ("face", "size", "metres"),
    [
        pytest.param(faces.HEADLINES, 28.4, 1.39, id="a headline"),
        pytest.param(faces.HEADLINES, 56.8, 2.78, id="one of twice the size"),
        pytest.param(faces.TEXT, 15.0, 0.74, id="a summary"),
    ],
)
def test_a_text_reads_as_far_as_its_small_letters_are_0_2_degrees_high(
    face: faces.Face, size: float, metres: float
) -> None:
    assert faces.reading_distance(face, size) == pytest.approx(metres, abs=0.01)


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("summary", "note"),
    [
        pytest.param({}, "headlines read from as far as 2.2 m", id="headlines of one size"),
        pytest.param(
            {"summary": "It met."}, "headlines read from as far as 2.2 m, summaries from 1.0 m", id="summaries"
        ),
    ],
)
def test_the_console_says_from_where_the_texts_read(tmp_path: Path, summary: dict[str, str], note: str) -> None:
    events = [{"date": f"19{n}0", "headline": "A meeting", "weight": 3, **summary} for n in range(1, 4)]
    (tmp_path / "timeline.yaml").write_text(yaml.safe_dump({"title": "A", "events": events}), encoding="utf-8")
    (document,) = pipeline.documents(tmp_path, Order(("poster",), sheet="a3"), TEMPLATES)
    assert note in document.notes


@pytest.mark.parametrize(
    ("title", "width", "expected"),
    [
        pytest.param("The Canal, 1817 to 1918", 50, ("The Canal,", "1817 to 1918"), id="after a comma"),
        pytest.param("One tag: several meanings", 55, ("One tag:", "several meanings"), id="after a colon"),
        pytest.param("One tag: several meanings", 90, (), id="not in one line"),
        pytest.param("Sunday opening at last in Harrowby", 60, (), id="not without such a sign"),
        pytest.param("So, the Sunday opening of libraries", 60, (), id="nor after a word that would stand alone"),
        pytest.param("The opening of libraries, 1817", 70, (), id="nor where it takes a line more"),
    ],
)
def test_a_title_of_several_lines_ends_them_at_signs(title: str, width: float, expected: tuple[str, ...]) -> None:
    assert lines.at_signs(title, faces.TITLE, 20, width) == expected


def test_a_name_is_set_in_two_lines_of_like_length() -> None:
    assert lines.balanced("Support for accused men", faces.TEXT, 2) == ("Support for", "accused men")
    assert lines.balanced("Trial", faces.TEXT, 2) == ("Trial",)


@pytest.mark.slow
def test_cards_stand_close_to_an_axis_without_magnifier(tmp_path: Path) -> None:
    events = [{"date": f"19{n}0", "headline": "A meeting"} for n in range(1, 6)]
    (tmp_path / "timeline.yaml").write_text(yaml.safe_dump({"title": "A", "events": events}), encoding="utf-8")
    assert grown(tmp_path, "a3").columns.frame.number < grown(HARROWBY, "a3").columns.frame.number


SUMMARY = "The council met on a Sunday and opened the branch for readers of old maps. " * 2
WORDS = "The council met on a Sunday and opened the branch for readers of old maps"


@st.composite
def timelines(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Up to fourteen events of a few years, with texts of any length."""
    days = st.builds(lambda year, month: f"{year}-{month:02}-09", st.integers(2015, 2019), st.integers(1, 12))
    return [
        {"id": f"e{n}", "date": date, "headline": WORDS[: draw(st.integers(1, 60))].strip(), "weight": n % 3 + 1}
        | {"summary": " ".join(WORDS.split()[: draw(st.integers(1, 14))])}
        for n, date in enumerate(draw(st.lists(days, min_size=1, max_size=14)))
    ]


@pytest.mark.slow
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(events=timelines(), name=st.sampled_from(["a3", "a2", "a1-landscape", "24x36in", "300x900mm"]))
def test_type_that_has_grown_holds_and_is_the_same_each_time(
    tmp_path: Path, events: list[dict[str, Any]], name: str
) -> None:
    (tmp_path / "timeline.yaml").write_text(yaml.safe_dump({"title": "A", "events": events}), encoding="utf-8")
    asked = sized(tmp_path, name)
    if laid := growth.laid_out(asked):
        holds(laid)
        growth._searched.cache_clear()
        again = growth.laid_out(asked)
        assert again
        assert again.plans == laid.plans


MEETING = {"date": "2015-05-09", "headline": "A meeting"}


@pytest.mark.parametrize(
    ("given", "searched"),
    [
        pytest.param({"event": MEETING}, False, id="the same article"),
        pytest.param({"event": MEETING, "deck": "Another deck"}, False, id="another deck, as high"),
        pytest.param({"event": MEETING, "version": "2.0"}, False, id="another version"),
        pytest.param({"event": MEETING | {"headline": "Two meetings"}}, True, id="another headline"),
        pytest.param({"event": MEETING | {"date": "2015-05-10"}}, True, id="another day"),
        pytest.param({"event": MEETING, "title": "B"}, True, id="another title, which limits the size of headlines"),
        pytest.param({"event": MEETING, "language": "fr"}, True, id="another language"),
        pytest.param({"event": MEETING, "theme": "almanac"}, True, id="other faces"),
    ],
)
def test_a_search_is_kept_for_all_that_it_depends_on(tmp_path: Path, given: dict[str, Any], searched: bool) -> None:
    """A preview comes back to the same events at each save: those are not laid out again."""

    def searches(event: dict[str, str], theme: str = "", **front: str) -> int:
        events = [event, {"date": "2018", "headline": "A vote"}, {"date": "2020-03", "headline": "A report"}]
        head = as_yaml({"title": "A", "deck": "A deck", "version": "1.0"} | front)
        written(tmp_path, {"article.md": f"---\n{head}---\n\nA text.\n", "timeline.yaml": as_yaml({"events": events})})
        before = growth._searched.cache_info().misses
        assert growth.laid_out(sized(tmp_path, "a3", theme))
        return growth._searched.cache_info().misses - before

    growth._searched.cache_clear()
    with faces.wearing(faces.HOUSE):  # no other test wears the faces of this one
        assert searches(MEETING)
        assert bool(searches(**given)) is searched


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("dates", "note"),
    [
        pytest.param(["1894-09-03"], "so few events say as much on the fact sheet", id="one event"),
        pytest.param(["1894", "1954"], "so few events say as much on the fact sheet", id="two"),
        pytest.param(["1894", "1904", "1954"], "the sheet looks empty: a smaller sheet is enough", id="three"),
    ],
)
def test_few_events_are_set_large_and_the_console_says_what_else_would_do(
    tmp_path: Path, dates: list[str], note: str
) -> None:
    events = [{"date": date, "headline": "A meeting", "weight": 3} for date in dates]
    (tmp_path / "timeline.yaml").write_text(yaml.safe_dump({"title": "A", "events": events}), encoding="utf-8")
    (document,) = pipeline.documents(tmp_path, Order(("poster",), sheet="a2"), TEMPLATES)
    assert document.notes[-1] == note
    laid = grown(tmp_path, "a2")
    assert laid.text.size("headline-3") == pytest.approx(0.75 * laid.sized.title_size, abs=0.5)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a2", pytest.param("a1-landscape", marks=pytest.mark.slow)])
def test_the_chart_of_a_poster_with_few_events_grows_with_its_room(name: str) -> None:
    """As far as the headlines stay very large and the timeline has nearly half of the sheet."""
    laid = grown(PROJECT / "tests" / "articles" / "sundays", name)
    assert laid.sized.chart >= 1.5
    assert laid.around.left >= 0.45 * laid.sized.sheet.height
    assert laid.text.size("headline-3") >= 0.6 * laid.sized.title_size


@pytest.mark.slow
def test_headlines_without_summaries_grow_too(tmp_path: Path) -> None:
    """As far as they fill the sheet: on the ladder, they have one size."""
    events = [
        {"date": f"{1900 + 2 * n}", "headline": f"The board meets for time {n}", "summary": SUMMARY} for n in range(40)
    ]
    (tmp_path / "timeline.yaml").write_text(yaml.safe_dump({"title": "A", "events": events}), encoding="utf-8")
    asked = sized(tmp_path, "a2")
    assert growth.laid_out(asked) is None
    on_ladder, larger = ladder.laid_out(asked), growth.headlines(asked)
    assert larger
    assert on_ladder.rung.detail == larger.rung.detail == "headline"
    assert larger.text.size("headline-2") > on_ladder.text.size("headline-2")


DENSE = (
    "1960-12 1963-09 1966-01 1966-09 1966-12 1967-02 1967-08 1968-07 1970-04 1970-08 1972-06 1974-08 1975-01 1977-07 "
    "1978-06 1980-12 1986-08 1987-02 1987-12 1991-02 1992-07 1992-10 1993-05 1994-03 1994-11 1995-11 1997-04 1997-11 "
    "1998-12 1999-11 2000-09 2002-12 2003-08 2005-12 2006-12 2008-09 2010-02 2015-09 2016-05 2017-02"
)
HEADLINES = ("The bank breaks", "The board meets", "Bills arrive and nobody pays", "A new lock is agreed")


@pytest.mark.slow
def test_headlines_lose_no_size_at_once_on_a_sheet_that_is_a_little_lower(tmp_path: Path) -> None:
    """Dates stand beside headlines where that leaves these more room, in type that grows as well."""
    events = [
        {"date": f"{month}-11", "headline": HEADLINES[n % 4], "weight": (1, 3, 1, 2)[n % 4], "summary": SUMMARY}
        for n, month in enumerate(DENSE.split())
    ]
    written(tmp_path, {"timeline.yaml": yaml.safe_dump({"title": "A", "events": events})})
    heaviest = []
    for height in range(860, 1190, 60):
        laid = growth.headlines(sized(tmp_path, f"841x{height}mm"))
        assert laid, height
        assert laid.text.growth, "none is as small as on the ladder"
        holds(laid)
        heaviest.append(laid.text.size("headline-3"))
    assert heaviest == sorted(heaviest)
    assert all(larger / smaller < 1.2 for smaller, larger in pairwise(heaviest))


@pytest.mark.slow
def test_headlines_on_several_sheets_grow_until_one_is_full(tmp_path: Path) -> None:
    events = [
        {"date": f"{month}-11", "headline": HEADLINES[n % 4], "weight": (1, 3, 1, 2)[n % 4]}
        for month in DENSE.split()
        for n in range(3)
    ]
    written(tmp_path, {"timeline.yaml": yaml.safe_dump({"title": "A", "events": events})})
    panels = poster._setting(sized(tmp_path, "a3-landscape").workshop).panels
    assert len(panels) > 1
    assert len({panel.text for panel in panels}) == 1, "one type on all"
    assert panels[0].text.size("headline-3") > ladder.tightest(panels[0].sized)[1].size("headline-3")
    for panel in panels:
        holds(panel)
