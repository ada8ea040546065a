"""More events than a page holds: which have words, and what stands on the axis for the others."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from tests.conftest import TEMPLATES, read_aloud, written
from tests.plans import ROUND
from tests.test_crowd import events
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.content.kinds import Paper
from triptych.content.model import Event
from triptych.documents import chosen, crowd
from triptych.documents.workshop import Document
from triptych.timeline.plan import LANE, Overfull

FRAME = replace(ROUND, lane=LANE)


def ids(found: Sequence[Event]) -> list[str]:
    return [event.id for event in found]


@pytest.mark.parametrize(
    ("dates", "weights", "order"),
    [
        pytest.param(["2001", "2002", "2003"], [1, 3, 2], ["e001", "e002", "e000"], id="by weight"),
        pytest.param(
            ["2001", "2002", "2004", "2011"], [1] * 4, ["e000", "e003", "e002", "e001"], id="then farthest in time"
        ),
        pytest.param(["2001", "2001", "2001"], [1] * 3, ["e000", "e001", "e002"], id="then the first"),
        pytest.param(["2010", "2001", "2009"], [3, 1, 1], ["e000", "e001", "e002"], id="far from a weightier one"),
        pytest.param(["[..2001]", "2002", "2020"], [1] * 3, ["e000", "e002", "e001"], id="with an open start"),
    ],
)
def test_events_are_chosen_by_weight_and_then_spread(dates: list[str], weights: list[int], order: list[str]) -> None:
    assert ids([*crowd.in_order(events(dates, weights))]) == order


def fitting(count: int, height: float) -> tuple[int, list[int]]:
    """Number of cards of a height in mm on a page of 200 mm, and their numbers, of this many events."""
    found = events([str(1801 + year) for year in range(count)])
    order = [*crowd.in_order(found)]
    plan, fit = chosen.fitting(found, order, {event.id: height for event in found}, FRAME)
    return fit, [card.number for card in plan.cards]


def test_as_many_have_cards_as_fill_the_page_and_keep_their_numbers() -> None:
    assert fitting(100, 40) == (4, [1, 50, 75, 100])


def test_an_outlier_is_chosen_first_whatever_its_weight() -> None:
    found = events(["1066", *(str(1801 + year) for year in range(60))], [1, *[3] * 60])
    assert next(chosen.in_order(found)) == found[0]
    assert ids([*chosen.in_order(found)][1:]) == ids([*crowd.in_order(found[1:])])


def test_an_outlier_has_the_first_card_and_the_others_keep_their_scale() -> None:
    found = events(["1066", *(str(1801 + year) for year in range(60))])
    order = [*reversed([*crowd.in_order(found)])]
    plan, fit = chosen.fitting(found, order, {event.id: 20 for event in found}, replace(FRAME, told=4.0))
    assert plan.outlier
    assert (plan.outlier.id, plan.cards[0].number, len(plan.cards)) == (found[0].id, 1, fit)
    strokes = chosen.others(found, plan).strokes
    assert len(strokes) == len(found) - fit
    assert all(plan.axis[0] <= stroke <= plan.axis[1] for stroke in strokes)


def test_not_a_single_card_on_too_short_a_page_is_an_error() -> None:
    with pytest.raises(Overfull):
        fitting(100, 250)


@pytest.mark.parametrize(("count", "strokes", "bars"), [(80, 76, False), (81, 0, True)])
def test_the_others_are_strokes_or_where_these_would_merge_bars(count: int, strokes: int, bars: bool) -> None:
    found = events([f"{1801 + year}-01-01" for year in range(count)])
    plan, fit = chosen.fitting(found, [*crowd.in_order(found)], {event.id: 40 for event in found}, FRAME)
    others = chosen.others(found, plan)
    assert (fit, len(others.strokes), bool(others.bars)) == (4, strokes, bars)
    assert others.most == bars
    assert not plan.graduation.minor
    if strokes:
        assert others.strokes[0] == pytest.approx(200 / 80, abs=0.1), "the second of 80 years"


HEAD = "---\ntitle: The library\ndate: 2024-03-01\nin-brief: [It opened.]\n---\n\nIt opened.\n"
STATUS = "agreed:\n" + "".join(f"  - {{text: The {word} rota was agreed.}}\n" for word in ("first", "second", "third"))
FIGURES = "figures:\n" + "".join(f"  - {{value: '{n}', label: Readers in week {n}}}\n" for n in range(1, 9))


def library(folder: Path, dates: Sequence[str], more: bool = True) -> Path:
    """An article of these events, one in four of weight 2; with figures and status lines, or without."""
    lines = (
        f"  - {{date: '{date}', headline: Meeting {n}, weight: {1 + (n % 4 == 0)}}}\n" for n, date in enumerate(dates)
    )
    others = {"positions.yaml": STATUS, "figures.yaml": FIGURES} if more else {}
    return written(folder, {"article.md": HEAD, "timeline.yaml": "events:\n" + "".join(lines), **others})


def years(count: int) -> list[str]:
    return [f"{1201 + n * 800 // count}" if n % 3 else f"{1201 + n * 800 // count}-06-03" for n in range(count)]


def made(folder: Path, name: str, paper: Paper | None = None) -> tuple[Document, str]:
    """A document, and its words as a screen reader reads them."""
    (document,) = pipeline.documents(folder, Order((name,), paper), TEMPLATES)
    return document, read_aloud(document.pdf)


@pytest.mark.parametrize("paper", [Paper.A4, pytest.param(Paper.LETTER, marks=pytest.mark.slow)])
def test_a_fact_sheet_names_the_weightiest_events_that_fit_and_loses_nothing_else(tmp_path: Path, paper: Paper) -> None:
    document, told = made(library(tmp_path / "library", years(40)), "factsheet", paper)
    shown = told.count("Meeting ")
    assert 10 <= shown < 40
    assert f"{shown} of 40 events; all are on the poster" in told
    assert document.notes == (f"the timeline names {shown} of 40 events: those of highest weight",)
    assert all(f"Meeting {number}" in told for number in range(0, 40, 4)), "the weightiest"
    assert all(f"The {word} rota" in told for word in ("first", "second", "third"))
    assert "Readers in week 8" in told


@pytest.mark.slow
def test_a_fact_sheet_with_all_events_says_nothing_of_the_poster(tmp_path: Path) -> None:
    document, told = made(library(tmp_path / "library", years(12)), "factsheet")
    assert (told.count("Meeting "), "poster" in told, document.notes) == (12, False, ())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("prose", "says"),
    [
        pytest.param("It opened.\n", " of 40 figures; all are in the briefing", id="with a briefing"),
        pytest.param("", " of 40 figures", id="without one"),
    ],
)
def test_a_fact_sheet_of_more_figures_or_lines_than_fit_says_so(tmp_path: Path, prose: str, says: str) -> None:
    folder = library(tmp_path / "library", years(12))
    (folder / "article.md").write_text(HEAD.replace("It opened.\n", prose), encoding="utf-8")
    many = (f"  - {{value: '{n}', label: Readers in week {n}}}\n" for n in range(1, 41))
    (folder / "figures.yaml").write_text("figures:\n" + "".join(many), encoding="utf-8")
    (folder / "positions.yaml").write_text("agreed:\n" + "  - {text: The rota was agreed.}\n" * 60, encoding="utf-8")
    document, told = made(folder, "factsheet")
    shown = told.count("Readers in week ")
    assert f"{shown}{says}" in told
    assert ("briefing" in told) == bool(prose)
    assert "Agreed, disputed and not known are shortened." in told
    assert document.notes[0] == f"left out, for lack of room: {40 - shown} of 40 figures: the last by date"
    assert told.count("Meeting ") == 12


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "shown", "says"),
    [
        pytest.param(30, 30, "", id="a whole page"),
        pytest.param(60, 60, "Figure 1, continued: ", id="further pages"),
        pytest.param(300, 0, "events that weigh most; of equal weight, those farthest apart in time", id="a choice"),
    ],
)
def test_a_briefing_has_whole_pages_of_events_and_then_the_weightiest(
    tmp_path: Path, count: int, shown: int, says: str
) -> None:
    _, told = made(library(tmp_path / "library", years(count), more=False), "briefing")
    assert says in told
    named = told.count("Meeting ")
    if shown:
        assert named == shown
    else:
        assert 20 <= named < count
        assert f"The {named} of {count} events" in told


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 2, 5, 14, 16, 24, 25, 80, 81, 210, 1000, 10_000])
@pytest.mark.parametrize("name", ["briefing", "factsheet"])
def test_any_number_of_events_is_printed(tmp_path: Path, name: str, count: int) -> None:
    _, told = made(library(tmp_path / "library", years(count)), name)
    assert told.count("Meeting ") >= min(count, 10)


@pytest.mark.slow
@pytest.mark.parametrize(
    "dates",
    [
        pytest.param([f"1966-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(60)], id="all of one year"),
        pytest.param(["1066", *(f"2018-{1 + n % 12:02}-{1 + n % 28:02}" for n in range(60))], id="an outlier"),
        pytest.param([f"{1900 + n}/{1920 + n}" for n in range(60)], id="spans side by side"),
        pytest.param(["1966"] * 60, id="known to the same year"),
        pytest.param(["1966-05-04"] * 60, id="all on one day"),
        pytest.param([f"Y-{9000000 * n}" for n in range(1, 61)], id="long years"),
        pytest.param([f"-{9950 - 100 * n}/-{9050 - 100 * n}" for n in range(60)], id="spans of long years"),
    ],
)
@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("name", ["briefing", "factsheet"])
def test_events_are_printed_wherever_they_stand(tmp_path: Path, name: str, paper: Paper, dates: list[str]) -> None:
    document, told = made(library(tmp_path / "library", dates), name, paper)
    assert told.count("Meeting ") >= 3
    drawn = "".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(document.pdf))
    assert ("952 years before the scale begins" in drawn) == (dates[0] == "1066")


@pytest.mark.slow
@pytest.mark.parametrize(
    ("dates", "title"),
    [
        pytest.param(["2024-02-01", "2024-11-03"], "Events of February to November 2024", id="one year"),
        pytest.param(["2018", "2024-12-31"], "Events from 2018 to 2024", id="the last day of a year"),
        pytest.param(["-0699", "2021"], "Events from 700 BC to 2021", id="a scale in centuries"),
        pytest.param(["[..2014]", "2015", "2024"], "Events from 2015 to 2024", id="an open start"),
        pytest.param(["[2015..]"], "Events of 2015", id="only an open end"),
        pytest.param(["[..2014]"], "Events of 2014", id="only an open start"),
    ],
)
def test_the_title_of_a_figure_has_the_years_of_its_events(tmp_path: Path, dates: list[str], title: str) -> None:
    _, told = made(library(tmp_path / "library", dates, more=False), "briefing")
    assert f"Figure 1. {title}, drawn to scale" in told
