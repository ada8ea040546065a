"""The poster on paper: no text on another, none outside the sheet, for few events and for very many."""

import io
import json
import random
import re
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest
import yaml

from tests.conftest import TEMPLATES, ArticleCopy, written
from triptych.__main__ import main
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.documents.workshop import Document
from triptych.pdf import prove

TIMELINES = Path(__file__).parent / "timelines"
WORDS = [
    "the",
    "council",
    "met",
    "and",
    "a",
    "branch",
    "opened",
    "its",
    "doors",
    "to",
    "readers",
    "of",
    "old",
    "maps",
    "on",
    "a",
    "Sunday",
    "for",
    "the",
    "first",
    "time",
]


def poster(article: ArticleCopy, sheet: str, larger: bool = False) -> Document:
    (document,) = pipeline.documents(article.folder, Order(("poster",), sheet=sheet, larger=larger), TEMPLATES)
    return document


def with_timeline(article: ArticleCopy, text: str) -> ArticleCopy:
    """An article with other events, and a passage that says all that they say."""
    timeline = yaml.load(text, yaml.BaseLoader)
    said = []
    for event in (*timeline["events"], *timeline.get("eras", [])):
        event |= {"sources": ["hl-timetable"], "passages": ["all"]}
        days = [int(number) for number in re.findall(r"-?\d+", event["date"])]
        said += [event["date"], *(str(abs(day)) for day in days), *(str(1 - day) for day in days if day <= 0)]
        said += [event.get("headline", ""), event.get("summary", ""), event.get("label", "")]
    (article.folder / "timeline.yaml").write_text(yaml.safe_dump(timeline, sort_keys=False), encoding="utf-8")
    with (article.folder / "article.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{' '.join(said)} {{#all}}\n")
    return article


def with_events(article: ArticleCopy, count: int, years: int = 24) -> ArticleCopy:
    """So many events, most of them known to the day, a third of them in one year."""
    chance = random.Random(count)
    dates = []
    for number in range(count):
        year = 2018 if number % 3 == 0 else 2000 + number * 7 % years
        month = f"{year}-{chance.randint(1, 12):02}"
        dates.append(f"{month}-{chance.randint(1, 28):02}" if number % 4 else month)
    events = (
        f"  - id: e{number}\n    date: {date}\n    headline: {' '.join(chance.sample(WORDS, 6)).capitalize()}\n"
        f"    summary: {' '.join(chance.sample(WORDS, 20)).capitalize()}.\n    weight: {chance.choice([1, 2, 2, 3])}\n"
        for number, date in enumerate(dates)
    )
    return with_timeline(article, "events:\n" + "".join(events))


def case(article: ArticleCopy, name: str) -> ArticleCopy:
    return with_timeline(article, (TIMELINES / name / "timeline.yaml").read_text(encoding="utf-8"))


COUNTS = (5, 13, 30, 60, 300)
SHEETS = ("a3", "a3-landscape", "a1", "a1-landscape")
EVERYDAY = {(13, "a3-landscape")}


@pytest.mark.parametrize(
    ("count", "sheet"),
    [
        pytest.param(count, sheet, marks=() if (count, sheet) in EVERYDAY else pytest.mark.slow)
        for count in COUNTS
        for sheet in SHEETS
    ],
)
def test_no_text_lies_on_another_or_leaves_the_sheet(article_copy: ArticleCopy, count: int, sheet: str) -> None:
    document = poster(with_events(article_copy, count), sheet)
    assert prove.collisions(document.pdf) == []
    assert prove.outside(document.pdf) == []
    with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
        width, height = (float(side) for side in pdf.pages[0].trimbox[2:])
    assert (width > height) == sheet.endswith("landscape")


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(path.name for path in TIMELINES.iterdir() if path.name != "three-hundred"))
def test_each_hard_case_fits_on_a_sheet(article_copy: ArticleCopy, name: str) -> None:
    document = poster(case(article_copy, name), "a2")
    assert document.pages == 1
    assert prove.outside(document.pdf) == []


@pytest.mark.slow
def test_a_larger_sheet_is_taken_only_when_that_is_allowed(article_copy: ArticleCopy) -> None:
    document = poster(with_events(article_copy, 22), "210x290mm", larger=True)
    assert any("set on a" in note and "do not fit on 210x290mm" in note for note in document.notes)
    assert document.pages == 1


@pytest.mark.slow
def test_else_the_time_is_parted_over_several_sheets(article_copy: ArticleCopy) -> None:
    """And a magnifier's heading keeps to its narrow column."""
    document = poster(with_events(article_copy, 20), "210x280mm")
    assert any("set on 2 sheets, one period on each" in note for note in document.notes)
    assert "left out, for lack of room: the summaries of the events" in document.notes
    assert re.search(r"NovandDec2018,×\d+", "".join(prove.page_texts(document.pdf)))


@pytest.mark.slow
def test_what_fits_on_no_sheet_and_no_panels_is_chosen_by_weight(article_copy: ArticleCopy) -> None:
    document = poster(with_events(article_copy, 24, years=1), "200x220mm")
    assert re.search(r"Cardsshowthe\d+eventsthatweighmost,of24;", prove.page_texts(document.pdf)[0])
    assert any(re.match(r"cards for \d+ of 24 events", note) for note in document.notes)


@pytest.mark.slow
@pytest.mark.parametrize(
    "dates",
    [
        pytest.param(["2016"] * 4, id="four known to one year"),
        pytest.param([f"2015/20{n}" for n in range(16, 22)], id="six spans side by side", marks=pytest.mark.slow),
    ],
)
def test_events_at_one_time_all_have_cards(article_copy: ArticleCopy, dates: Sequence[str]) -> None:
    events = "".join(
        f"  - {{id: e{n}, date: '{date}', headline: It lasted, summary: It lasted.}}\n" for n, date in enumerate(dates)
    )
    document = poster(with_timeline(article_copy, "events:\n" + events), "a3")
    assert document.pages == 1
    assert "".join(prove.page_texts(document.pdf)).count("Itlasted.") == len(dates)


@pytest.mark.slow
def test_very_many_events_are_chosen_by_a_rule_that_is_printed_and_all_are_listed(article_copy: ArticleCopy) -> None:
    many = (TIMELINES / "three-hundred" / "timeline.yaml").read_text(encoding="utf-8").split("  - id:")[:206]
    document = poster(with_timeline(article_copy, "  - id:".join(many)), "a2")
    assert prove.outside(document.pdf) == []
    first, *index = prove.page_texts(document.pdf)
    assert re.search(r"Cardsshowthe\d+eventsthatweighmost,of205;ofequalweight,thosefarthestapartintime", first)
    assert all(f"{number}" in "".join(index) for number in (1, 150, 205))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "sheet", "title"),
    [
        ("poster", "a1-landscape", "gypjy ÖÄÜÉ qypjg ÅÖŻŠ jypqQ ÖÉÄÚ gypjy ÖÄÜÉ qypjg"),
        ("poster", "a3", "cent Öffnungszeitenverordnung Öffnungszeitenverordnung"),
        ("briefing", "a3", "by old opened the Öffnungszeitenverordnung for cent maps met below) 2018 a on"),
    ],
)
def test_lines_of_large_type_stand_clear_of_each_other(name: str, sheet: str, title: str, tmp_path: Path) -> None:
    words = "gypjy ÖÄÜÉ qypjg ÅÖŻŠ jypqQ ÖÉÄÚ gypjy ÖÄÜÉ qypjg"
    event = {"headline": title[:54].strip(), "summary": f"{words} {words}"}
    events = [event | {"date": f"{1912 + 9 * n}", "weight": n % 3 + 1} for n in range(30)]
    head = f"---\ntitle: {title}\nlanguage: de\npaper: letter\n---\n"
    texts = {"article.md": f"{head}{words}\n", "timeline.yaml": yaml.safe_dump({"events": events})}
    (document,) = pipeline.documents(written(tmp_path / "tale", texts), Order((name,), sheet=sheet), TEMPLATES)
    assert prove.collisions(document.pdf) == []


@pytest.mark.slow
def test_eras_are_named_along_the_spine(article_copy: ArticleCopy) -> None:
    text = (article_copy.folder / "timeline.yaml").read_text(encoding="utf-8")
    eras = "eras:\n  - {label: A time of trial, date: 2018-10/2019-09}\n  - {label: Closed, date: 2020-03/2021-07}\n"
    with_timeline(article_copy, text + eras)
    (page,) = prove.page_texts(poster(article_copy, "a3").pdf)
    assert "Atimeoftrial" in page
    assert "Closed" in page


def test_the_geometry_can_be_had_as_json(article_copy: ArticleCopy, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["timeline", str(article_copy.folder), "--json", "--sheet", "a3"]) == 0
    (plan,) = json.loads(capsys.readouterr().out)
    assert [card["number"] for side in plan["sides"] for card in side["cards"]] == list(range(1, 14))
    assert plan["frame"]["height"] > 200


@pytest.mark.slow
def test_no_panel_is_empty(article_copy: ArticleCopy) -> None:
    """Where one event stands a century before the rest, a period without any is no sheet: one sheet shows a choice."""
    events = [
        f"  - id: e{n}\n    date: {1900 if n == 0 else 2021 + n % 3}\n    headline: The council met\n"
        "    summary: It met.\n    weight: 2\n"
        for n in range(70)
    ]
    article = with_timeline(article_copy, "events:\n" + "".join(events))
    document = poster(article, "a3")
    assert prove.outside(document.pdf) == []
    assert any("of 70 events" in note for note in document.notes)
