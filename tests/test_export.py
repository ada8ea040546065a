"""What is exported says the same on import: the identity, for any timeline, figures and sources."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from triptych.__main__ import main
from triptych.content import read
from triptych.exports import files

pytest.importorskip("pypandoc", reason="no pandoc to import with: run `make import`")

from triptych.imports import readers

WORDS = st.lists(
    st.sampled_from(["boats", "*dug*", "**by**", "hand", "a\\*b", "café", "1830", "[a](https://example.org/a_b)", "<"]),
    min_size=1,
    max_size=8,
).map(" ".join)
DATES = st.sampled_from(
    [
        *("1794", "1794-05", "1794-05-03", "1850~", "1921-21", "199X", "-0043", "-0043-03-15", "[..2014]", "2001/.."),
        *(
            "1794/1797",
            "2018-10-06?",
            "2018-10-09T19:05",
            "2018-10-09T19:05/2018-10-09T20:15",
            "Y-13000",
        ),
    ]
)
KEYS = st.sampled_from([["abel"], ["tolls", "press-2"]])
EVENT = st.fixed_dictionaries(
    {"date": DATES, "headline": WORDS},
    optional={
        "summary": WORDS,
        "weight": st.sampled_from([1, 3]),
        "sources": KEYS,
        "standing": st.just("reported"),
    },
)
FIGURE = st.fixed_dictionaries(
    {"value": WORDS, "label": WORDS},
    optional={"date": DATES, "sources": KEYS},
)
SOURCE = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["book", "report", "article-journal"]),
        "title": st.sampled_from(["Toll books", "Die Elbe"]),
    },
    optional={
        "author": st.just([{"family": "Abel", "given": "Ruth"}]),
        "issued": st.sampled_from(["1830", "2018-10-11", "2018-10", "1850~", "1999-21", "1901/1903", "2018?", "199X"]),
        "DOI": st.just("10.1000/xyz"),
        "URL": st.just("https://example.org/a"),
    },
)


def article(folder: Path, **lists: list[dict[str, Any]]) -> Path:
    """A folder with these lists."""
    (folder / "article.md").write_text("---\ntitle: A canal\n---\n\nIt is short.\n")
    for name, (field, entries) in zip(("timeline", "figures", "sources"), lists.items(), strict=False):
        named = [{"id": f"item-{number}", **entry} for number, entry in enumerate(entries, start=1)]
        (folder / f"{name}.yaml").write_text(yaml.safe_dump({field: named}, allow_unicode=True), encoding="utf-8")
    return folder


def known(folder: Path) -> tuple[list[Any], list[Any], list[Any]]:
    """The events, figures and sources of an article, as dictionaries."""
    found = read.files(folder)[0].article
    return tuple([entry.model_dump() for entry in part] for part in (found.events, found.figures, found.references))  # type: ignore[return-value]


def round_trip(folder: Path, part: str, end: str) -> list[dict[str, Any]]:
    """The entries that an import reads from an export."""
    data, _ = files.exported(folder, part, end)
    path = folder / "exports" / f"{part}{end}"
    path.parent.mkdir()
    path.write_bytes(data)
    found = readers.read(path, "")
    return {"timeline": found.events, "figures": found.figures, "sources": found.references}[part]


@pytest.mark.sampled(2)
@pytest.mark.parametrize(
    ("part", "end"), [("timeline", ".json"), ("timeline", ".csv"), ("figures", ".csv"), ("sources", ".json")]
)
@given(data=st.data())
@settings(max_examples=3)
def test_an_import_of_an_export_is_the_identity(
    tmp_path_factory: pytest.TempPathFactory, part: str, end: str, data: st.DataObject
) -> None:
    identity(tmp_path_factory.mktemp("article"), part, end, data)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("part", "end"), [("timeline", ".json"), ("timeline", ".csv"), ("figures", ".csv"), ("sources", ".json")]
)
@given(data=st.data())
@settings(max_examples=100)
def test_an_import_of_any_export_is_the_identity(
    tmp_path_factory: pytest.TempPathFactory, part: str, end: str, data: st.DataObject
) -> None:
    identity(tmp_path_factory.mktemp("article"), part, end, data)


def identity(folder: Path, part: str, end: str, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, 4))
    lists: list[list[Any]] = [[data.draw(one) for _ in range(size)] for one in (EVENT, FIGURE, SOURCE)]
    events, figures, references = lists
    article(folder, events=events, figures=figures, references=references)
    before = known(folder)
    place = ("timeline", "figures", "sources").index(part)
    name = ("events", "figures", "references")[place]
    entries = round_trip(folder, part, end)
    (folder / f"{part}.yaml").write_text(yaml.safe_dump({name: entries}, allow_unicode=True), encoding="utf-8")
    assert known(folder)[place] == before[place]


def test_a_calendar_comes_back_whole(tmp_path: Path) -> None:
    dates = ["1794", "1794-05", "1794-05-03", "1850~", "2018-10-06?", "2018-10-09T19:05", "1794/1797", "-0043"]
    events = [{"date": date, "headline": f"It *ran* {date}, twice;"} for date in dates]
    article(tmp_path, events=events)
    before = [event.date.edtf for event in read.files(tmp_path)[0].article.events]
    found = round_trip(tmp_path, "timeline", ".ics")
    assert [event["date"] for event in found] == before[:-1]
    assert [event["headline"] for event in found] == [event["headline"] for event in events[:-1]]


def test_bibtex_keeps_what_it_can(tmp_path: Path) -> None:
    source = {"type": "book", "title": "Toll books", "author": [{"family": "Abel", "given": "Ruth"}], "issued": "1830"}
    article(tmp_path, events=[], figures=[], references=[source])
    assert round_trip(tmp_path, "sources", ".bib") == [{"id": "item-1", **source}]


def test_what_was_changed_in_the_other_program_wins(tmp_path: Path) -> None:
    article(tmp_path, events=[{"date": "1794~", "headline": "It *opens*", "weight": 3}])
    given_ = json.loads(files.exported(tmp_path, "timeline", ".json")[0])
    given_["events"][0]["text"]["headline"] = "It closes"
    given_["events"][0]["start_date"] = {"year": 1795}
    (tmp_path / "changed.json").write_text(json.dumps(given_))
    (event,) = readers.read(tmp_path / "changed.json", "").events
    assert (event["headline"], event["date"], event["weight"]) == ("It closes", "1795", 3)


def test_a_sheet_has_the_columns_of_timelinejs(harrowby: Path) -> None:
    data, _ = files.exported(harrowby, "timeline", ".csv")
    rows = list(csv.DictReader(data.decode().splitlines()))
    article = read.files(harrowby)[0].article
    assert len(rows) == 1 + len(article.events) + len(article.eras)
    assert {"Year", "Month", "Day", "End Year", "Headline", "Text", "Media Credit", "Type"} <= set(rows[0])


def test_an_export_never_replaces_what_it_did_not_write(tmp_path: Path, harrowby: Path) -> None:
    (tmp_path / "mine.json").write_text("mine")
    assert main(["export", str(harrowby), "--to", str(tmp_path / "mine.json")]) == 2
    assert (tmp_path / "mine.json").read_text() == "mine"


def test_a_form_that_a_part_has_not_is_a_usage_error(harrowby: Path, tmp_path: Path, capsys: Any) -> None:
    assert main(["export", str(harrowby), "--to", str(tmp_path / "a.xlsx")]) == 2
    assert "`.xlsx` is no form for the timeline" in capsys.readouterr().err
