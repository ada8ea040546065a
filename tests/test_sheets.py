"""A table in CSV, XLSX or ODS is content: it reads as the same article as YAML, and its faults name their cells."""

import datetime
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import TEMPLATES, written
from tests.sheets import as_csv, as_ods, as_xlsx, saved
from triptych.__main__ import main
from triptych.build import cluster
from triptych.check import messages, rules
from triptych.content import columns, kinds, number_formats, read, timelinejs
from triptych.content.errors import Problem
from triptych.content.model import Article
from triptych.pdf import carried
from triptych.preview import places
from triptych.preview.places import PageBox

HEAD = "---\ntitle: The oak\n---\n"
TITLES = ("date", "headline")


def article(folder: Path, files: Mapping[str, bytes | str]) -> Path:
    return written(folder, {"article.md": HEAD, **files})


def problems(folder: Path) -> tuple[Problem, ...]:
    return tuple(sorted(read.files(folder)[1]))


def events(folder: Path) -> list[tuple[str, str]]:
    found = read.whole(folder).article.events
    return [(event.date.edtf, event.headline) for event in found]


# The same article in each form.

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12).map(
    lambda text: f"a{text}" if text.startswith(("{", "#", "=", "'")) else text
)
KEYS = st.lists(st.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True), max_size=3, unique=True)
DATES = st.sampled_from(("2016", "2018-10-06?", "1890~", "[..2015]", "2017-10/2018-08", "189X", "1994-03-12T14:30"))
TRACED = {"sources": KEYS, "passages": KEYS, "standing": st.sampled_from(("supported", "reported", "disputed"))}
EVENT = st.fixed_dictionaries(
    {"date": DATES, "headline": TEXT}, optional={**TRACED, "summary": TEXT, "weight": st.sampled_from("123")}
)
ERA = st.fixed_dictionaries({"date": DATES, "label": TEXT}, optional=TRACED)
FIGURE = st.fixed_dictionaries({"value": TEXT, "label": TEXT}, optional={**TRACED, "basis": TEXT, "date": DATES})
PARTY = st.fixed_dictionaries({"party": TEXT, "says": TEXT}, optional=TRACED)
STATEMENT = st.fixed_dictionaries({"text": TEXT}, optional=TRACED)
PEOPLE = st.lists(
    st.one_of(
        st.fixed_dictionaries({"family": st.just("Abel"), "given": st.just("Ruth")}),
        st.fixed_dictionaries({"literal": st.sampled_from(("Town Council", "Smith, Jones and Partners"))}),
    ),
    min_size=1,
    max_size=2,
)
SOURCE = st.fixed_dictionaries(
    {"id": st.from_regex(r"[a-z][a-z0-9]{0,5}", fullmatch=True), "title": TEXT},
    optional={
        **{"type": st.sampled_from(("report", "book")), "author": PEOPLE, "issued": st.sampled_from(("1902", "1850~"))},
        **{"container-title": TEXT, "volume": st.sampled_from(("3", "12")), "URL": st.just("https://example.org/a")},
    },
)
CONTENT = st.fixed_dictionaries(
    {
        "timeline": st.fixed_dictionaries({"events": st.lists(EVENT, max_size=3), "eras": st.lists(ERA, max_size=2)}),
        "figures": st.fixed_dictionaries({"figures": st.lists(FIGURE, max_size=3)}),
        "positions": st.fixed_dictionaries(
            {"parties": st.lists(PARTY, max_size=2), "not-known": st.lists(STATEMENT, max_size=2)}
        ),
        "sources": st.fixed_dictionaries({"references": st.lists(SOURCE, max_size=2, unique_by=lambda one: one["id"])}),
    }
)
OF_LIST = {name: kind for kind, name in columns.LISTS.items()}


def cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(cell, value))
    if isinstance(value, dict) and "literal" in value:
        return f"{{{value['literal']}}}" if "," in value["literal"] else str(value["literal"])
    return f"{value['family']}, {value['given']}" if isinstance(value, dict) else str(value)


def rows(stem: str, content: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[list[str]]:
    """The rows of a table with the content of a YAML file, under the titles that hold it."""
    same = {"label": "headline"} if stem == "timeline" else {"says": "text"}
    entries = [
        {"type": OF_LIST[name]} | {same.get(field, field): cell(value) for field, value in entry.items()}
        if name in OF_LIST
        else {field: cell(value) for field, value in entry.items()}
        for name, items in content.items()
        for entry in items
    ]
    titles = sorted({field for entry in entries for field in entry} | needed(stem), reverse=True)
    return [titles, *([entry.get(title, "") for title in titles] for entry in entries)]


def needed(stem: str) -> set[str]:
    return {column.name for column in columns.TABLES[stem].columns if column.needed}


def table_file(stem: str, form: str, table: list[list[str]]) -> bytes:
    if form == "csv":
        return as_csv(table, ";", "utf-16")
    sheet = {"Read me": [["Not this sheet"]], columns.TABLES[stem].sheet: table}
    return as_xlsx(sheet) if form == "xlsx" else as_ods(sheet)


def comparable(found: Article) -> dict[str, Any]:
    return {name: getattr(found, name) for name in ("events", "eras", "figures", "positions", "references")}


@pytest.mark.slow
@settings(max_examples=4)
@given(content=CONTENT)
def test_a_table_reads_as_the_same_article_as_yaml(tmp_path_factory: pytest.TempPathFactory, content: Any) -> None:
    compare(tmp_path_factory.mktemp("forms"), content)


@pytest.mark.slow
@settings(max_examples=200)
@given(content=CONTENT)
def test_any_table_reads_as_the_same_article_as_yaml(tmp_path_factory: pytest.TempPathFactory, content: Any) -> None:
    compare(tmp_path_factory.mktemp("forms"), content)


def compare(folder: Path, content: Any) -> None:
    texts = {f"{stem}.yaml": yaml.safe_dump(given, allow_unicode=True) for stem, given in content.items()}
    expected = read.whole(article(folder / "yaml", texts)).article
    for form in ("csv", "xlsx", "ods"):
        files = {f"{stem}.{form}": table_file(stem, form, rows(stem, given)) for stem, given in content.items()}
        found = read.whole(article(folder / form, files)).article
        assert comparable(found) == comparable(expected), form


# What people write in a cell.


def look(value: float, code: str, language: str = "en") -> str:
    return number_formats.shown(value, code, Locale.parse(language))


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        pytest.param(2018.0, "General", "2018", id="a year has no decimals"),
        pytest.param(0.1 + 0.2, "General", "0.3", id="15 digits, as the program keeps"),
        pytest.param(0.229, "0.0%", "22.9%", id="per cent"),
        pytest.param(412000, "[$£-809]#,##0", "£412,000", id="money"),
        pytest.param(412000, '#,##0\\ "€"', "412,000 €", id="money behind"),
        pytest.param(3.4, "0.00", "3.40", id="decimals"),
        pytest.param(-5, "#,##0;(#,##0)", "(5)", id="a format of its own for what is below 0"),
        pytest.param(3_400_000, '0.0,,"M"', "3.4M", id="millions"),
        pytest.param(7, "[Red]0", "7", id="a colour"),
        pytest.param(0.5, "# ?/?", "0.5", id="a format that is not known"),
    ],
)
def test_a_number_prints_as_it_stands_in_its_cell(value: float, code: str, shown: str) -> None:
    assert look(value, code) == shown


def test_a_number_has_the_signs_of_the_language() -> None:
    assert (look(1234.5, "#,##0.00", "de"), look(22.9, "", "de")) == ("1.234,50", "22,9")


DAY = datetime.date(1994, 3, 1)
STYLES = (
    '<number:date-style style:name="N1"><number:month/><number:text> </number:text><number:year/></number:date-style>'
    '<style:style style:name="ce1" style:family="table-cell" style:data-style-name="N1"/>'
)


@pytest.mark.parametrize(
    ("code", "edtf"),
    [
        pytest.param("dd/mm/yyyy", "1994-03-01", id="a day"),
        pytest.param("mmm-yy", "1994-03", id="a month, as Excel makes of “March 1994”"),
        pytest.param('"in" yyyy', "1994", id="a year"),
    ],
)
def test_a_date_is_as_precise_as_its_cell_shows_it(tmp_path: Path, code: str, edtf: str) -> None:
    for old in (False, True):
        data = as_xlsx({"Sheet1": [TITLES, (DAY, "Spring")]}, {"A2": code}, date_1904=old)
        assert events(article(tmp_path / "a", {"timeline.xlsx": data})) == [(edtf, "Spring")]


@pytest.mark.parametrize(("code", "edtf"), [("d mmmm yyyy", "1871-02-14"), ("mmm yy", "1871-02")])
def test_a_day_before_1900_that_libreoffice_saves_for_excel_is_read(tmp_path: Path, code: str, edtf: str) -> None:
    data = as_xlsx({"Sheet1": [TITLES, (-10546, "Vote")]}, {"A2": code})
    assert events(article(tmp_path / "a", {"timeline.xlsx": data})) == [(edtf, "Vote")]


def test_a_date_of_libreoffice_is_as_precise_as_its_cell_shows_it(tmp_path: Path) -> None:
    shown = 'table:style-name="ce1" office:value-type="date" office:date-value="1994-03-01"', "March 1994"
    data = as_ods({"Sheet1": [TITLES, (shown, "Month"), (DAY, "Day")]}, STYLES)
    assert events(article(tmp_path / "a", {"timeline.ods": data})) == [("1994-03", "Month"), ("1994-03-01", "Day")]


def test_a_number_of_libreoffice_prints_as_it_stands_in_its_cell(tmp_path: Path) -> None:
    share = 'office:value-type="percentage" office:value="0.229"', "22.9%"
    data = as_ods({"Sheet1": [("value", "label"), (share, "Visits")]})
    found = read.whole(article(tmp_path / "a", {"figures.ods": data})).article
    assert [figure.value for figure in found.figures] == ["22.9%"]


@pytest.mark.parametrize(
    ("data", "form"),
    [
        pytest.param(as_csv([TITLES, ("1994", "Fête, again")]), "csv", id="commas, UTF-8"),
        pytest.param(as_csv([TITLES, ("1994", "Fête, again")], ";", "utf-8-sig"), "csv", id="semicolons, with a mark"),
        pytest.param(as_csv([TITLES, ("1994", "Fête, again")], "\t", "utf-16"), "csv", id="tabs, UTF-16"),
        pytest.param(as_csv([TITLES, ("1994", "Fête, again")], ";", "utf-16-le"), "csv", id="UTF-16 without a mark"),
        pytest.param(as_csv([TITLES, ("1994", "Fête, again")], ",", "cp1252"), "csv", id="Windows-1252"),
        pytest.param(b"sep=;\r\ndate;headline\r\n1994;F\xeate, again\r\n", "csv", id="a line that names the sign"),
        pytest.param(b"headline,DATE \n\n , \nF\xeate\\, again,1994".replace(b"\\,", b"\x82"), "csv", id="other order"),
        pytest.param(
            as_xlsx({"a": [["My timeline"], [], ["Date:", " Headline"], [1994, " Fête, again \n"]]}),
            "xlsx",
            id="title above",
        ),
        pytest.param(
            as_xlsx({"Notes": [["x"]], "events ": [TITLES, (1994, "Fête, again")]}), "xlsx", id="a named sheet"
        ),
        pytest.param(as_xlsx({"a": [(*TITLES, "# mine"), (1994, "Fête, again", "tell Jo")]}), "xlsx", id="own column"),
    ],
)
def test_a_table_is_read_however_it_is_saved(tmp_path: Path, data: bytes, form: str) -> None:
    found = events(article(tmp_path / "a", {f"timeline.{form}": data}))
    assert [(date, headline.replace("‚", ",")) for date, headline in found] == [("1994", "Fête, again")]


def test_merged_cells_hold_for_each_of_their_rows(tmp_path: Path) -> None:
    spanned = 'table:number-rows-spanned="2" office:value-type="string"', "1994"
    data = as_ods({"a": [TITLES, (spanned, "One"), (None, "Two"), ("1995", "Three")]})
    found = events(article(tmp_path / "a", {"timeline.ods": data}))
    assert found == [("1994", "One"), ("1994", "Two"), ("1995", "Three")]


def test_merged_cells_of_excel_hold_for_each_of_their_rows_but_not_for_other_columns(tmp_path: Path) -> None:
    rows = [("date", "headline", "summary"), (None, "One"), (None, "Two"), ("1995", None)]
    data = as_xlsx({"a": rows}, merged={"A2:A3": "1994", "B4:C4": "Three"})
    found = read.whole(article(tmp_path / "a", {"timeline.xlsx": data})).article.events
    assert [(one.date.edtf, one.headline, one.summary) for one in found] == [
        *(("1994", "One", None), ("1994", "Two", None), ("1995", "Three", None))
    ]


def test_a_hidden_sheet_is_not_read(tmp_path: Path) -> None:
    data = as_xlsx({"Shown": [TITLES, (1994, "Fair")], "Events": [TITLES, (1, 2)]}, hidden=["Events"])
    assert events(article(tmp_path / "a", {"timeline.xlsx": data})) == [("1994", "Fair")]


def test_positions_say_what_each_row_is(tmp_path: Path) -> None:
    rows = [
        ("Type", "party", "says"),
        ("order", "", "first involvement"),
        ("", "Staff union", "Says\nno."),
        ("Agreed", "", "The vote."),
        ("Not known", "", "The cost."),
    ]
    found = read.whole(article(tmp_path / "a", {"positions.csv": as_csv(rows)})).article.positions
    assert (found.order, [(one.party, one.says) for one in found.parties]) == (
        *("first involvement", [("Staff union", "Says no.")]),
    )
    assert [one.text for one in (*found.agreed, *found.not_known)] == ["The vote.", "The cost."]


def test_what_a_program_leaves_while_it_is_open_is_ignored(tmp_path: Path) -> None:
    left: dict[str, bytes | str] = {
        "~$timeline.xlsx": b"\x05Jo",
        ".~lock.timeline.ods#": b"Jo",
        "timeline.csv~": b"old",
    }
    assert events(article(tmp_path / "a", {"timeline.csv": as_csv([TITLES, ("1994", "Fair")]), **left})) == [
        ("1994", "Fair")
    ]


def test_a_name_may_have_capitals(tmp_path: Path) -> None:
    assert events(article(tmp_path / "a", {"Timeline.XLSX": as_xlsx({"a": [TITLES, (1994, "Fair")]})})) == [
        ("1994", "Fair")
    ]


def test_eras_may_have_a_sheet_of_their_own(tmp_path: Path) -> None:
    data = as_xlsx({"Events": [TITLES, (1994, "Fair")], "Eras": [TITLES, ("1990–1999", "The trial")]})
    found = read.whole(article(tmp_path / "a", {"timeline.xlsx": data})).article
    assert [(era.date.edtf, era.label) for era in found.eras] == [("1990/1999", "The trial")]


# TimelineJS.

TIMELINEJS = [
    columns.TIMELINEJS,
    ("1990", *[""] * 8, "The oak", "All of it", *[""] * 5, "title", "", ""),
    (
        "1902",
        "11",
        "9",
        "",
        *[""] * 5,
        "Planted",
        'It was <b>2 m</b> high, says <a href="https://a.org/">A</a>.',
        "x.jpg",
    ),
    ("-44", *[""] * 8, "Ides"),
    ("1890", "", "", "", *[""] * 4, "c. 1890", "About then"),
    ("1914", "7", "28", "", "1918", "11", "11", "", "", "A war"),
    ("1987", "10", "16", "2:30 pm", *[""] * 5, "A storm", "", *[""] * 5, "", "Weather", "#fff"),
    ("1900", *["", "", "", "1910"], *[""] * 4, "Early days", "", *[""] * 5, "era"),
    ("-4540000000", *[""] * 8, "The Earth forms"),
]


@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_a_sheet_of_timelinejs_is_understood_as_it_is(tmp_path: Path, form: str) -> None:
    table = [
        tuple(float(one) if one.lstrip("-").isdigit() and form != "csv" else one for one in row) for row in TIMELINEJS
    ]
    folder = tmp_path / "a"
    folder.mkdir()
    (folder / f"timeline.{form}").write_bytes(saved(form, table))
    found = read.whole(folder).article
    assert found.front.title == "The oak"
    assert [(era.date.edtf, era.label) for era in found.eras] == [("1900/1910", "Early days")]
    assert [(event.date.edtf, event.headline) for event in found.events] == [
        *(("1902-11-09", "Planted"), ("-0043", "Ides"), ("1890~", "About then"), ("1914-07-28/1918-11-11", "A war")),
        *(("1987-10-16T14:30", "A storm"), ("Y-4539999999", "The Earth forms")),
    ]
    assert found.events[0].summary == "It was **2 m** high, says [A](https://a.org/)."


# Faults.


@pytest.mark.parametrize(
    ("table", "code", "place", "says"),
    [
        pytest.param([TITLES, ("12/03/1994", "Fair")], "bad-date", "A2", "ambiguous", id="ambiguous date"),
        pytest.param([TITLES, ("1994-13-01", "Fair")], "bad-date", "A2", "month 13", id="no such month"),
        pytest.param([TITLES, (43160, "Fair")], "bad-date", "A2", "number of days", id="date without its format"),
        pytest.param([TITLES, ("1994", "")], "missing-field", "B2", "`headline` is missing", id="empty cell"),
        pytest.param([("date",), ("1994",)], "missing-field", "A1", "no column `headline`", id="no such column"),
        pytest.param([("date", "headlin", "headline"), (1, 2, 3)], "unknown-field", "B1", "`headline`", id="slip"),
        pytest.param([(*TITLES, ""), ("1994", "Fair", "x")], "unknown-field", "C2", "without a title", id="no title"),
        pytest.param([(*TITLES, "When"), ("1994", "Fair", "1")], "repeated-key", "C1", "first in A1", id="twice"),
        pytest.param([(*TITLES, "weight"), ("1994", "Fair", 7)], "wrong-value", "C2", "at most 3", id="weight"),
        pytest.param([(*TITLES, "type"), ("1994", "Fair", "age")], "wrong-value", "C2", "era", id="type"),
        pytest.param([(*TITLES, "end"), ("1994", "Fair", "soon")], "bad-date", "C2", "`soon`", id="end"),
        pytest.param(
            [(*TITLES, "end"), ("1994", "Fair", "1990")], "impossible-interval", "A2", "ends", id="ends first"
        ),
    ],
)
@pytest.mark.parametrize("form", ["csv", "xlsx", "ods"])
def test_a_fault_names_its_cell(tmp_path: Path, form: str, table: Any, code: str, place: str, says: str) -> None:
    name = f"timeline.{form}"
    found = [
        one for one in problems(article(tmp_path / "a", {name: saved(form, table, "My list")})) if one.code == code
    ]
    cell = place if form == "csv" else f"My list!{place}"
    assert [one.where for one in found] == [f"{tmp_path / 'a' / name}, {cell}"]
    assert says in found[0].message + found[0].hint


def test_titles_below_a_caption_are_found_and_those_that_people_type_are_known(tmp_path: Path) -> None:
    head = ("Date", "What happened", "Details", "Source", "Notes (internal)")
    row = ("1910", "Flood", "It rained.", "Mercury, 8 June 1872; log", "ask Ann")
    folder = article(tmp_path / "a", {"timeline.xlsx": as_xlsx({"Events": [("Our events",), head, row]})})
    assert [(one.code, one.cell) for one in problems(folder)] == [
        ("unknown-field", "Events!E2"),
        ("wrong-value", "Events!D3"),
    ]
    said = problems(folder)[1]
    assert said.message.startswith("`sources` is `Mercury, 8 June 1872`: it must have only letters")
    assert said.hint == "Write the id of a source, as the list of sources has it, such as minutes."


def test_the_row_with_most_titles_is_the_head_where_few_are_known(tmp_path: Path) -> None:
    rows = [("Our events", "2025"), ("Date", "Tag", "Headlin", "Wo", "Wer"), ("1910", "a", "b", "c", "d")]
    found = problems(article(tmp_path / "a", {"timeline.xlsx": as_xlsx({"Events": rows})}))
    assert {one.line for one in found} == {2}


def test_all_faults_of_a_table_come_at_once_each_with_its_row(tmp_path: Path) -> None:
    table = [TITLES, ("soon", "Fair"), ("1994", ""), (None, None), ("12/03/1994", "Vote")]
    folder = article(tmp_path / "a", {"timeline.xlsx": as_xlsx({"Events": table})})
    assert messages.text(problems(folder)).replace(f"{folder}/", "").splitlines() == [
        "timeline.xlsx, Events!A2: bad-date `soon` is not a date",
        "    2 | soon | Fair",
        "      | ^",
        "    Write it as 1994-03-12, 12 March 1994, March 1994, c. 1890, 1890s, spring 1921 or 1914–1918.",
        "timeline.xlsx, Events!B3: missing-field `headline` is missing",
        "    3 | 1994 | ",
        "      |        ^",
        "    Fill in its cell.",
        "timeline.xlsx, Events!A5: bad-date `12/03/1994` is ambiguous: it can be 1994-03-12 or 1994-12-03",
        "    5 | 12/03/1994 | Vote",
        "      | ^",
        "    Write one of these, or `dates: day-first` or `month-first` in the head of article.md or in house.yaml.",
    ]


def test_machines_get_the_row_the_column_and_the_cell(tmp_path: Path) -> None:
    folder = article(tmp_path / "a", {"timeline.xlsx": as_xlsx({"Events": [TITLES, ("1994", "")]})})
    (one,) = json.loads(messages.as_json(problems(folder)))
    assert (one["line"], one["column"], one["cell"]) == (2, 2, "Events!B2")
    assert messages.github(problems(folder)).endswith(
        "timeline.xlsx,line=2,col=2,title=missing-field::Events!B2: `headline` is missing Fill in its cell."
    )


def test_a_line_of_csv_is_that_of_the_file_and_the_cell_that_of_the_table(tmp_path: Path) -> None:
    data = as_csv([TITLES, ("1994", "Two\nlines"), ("soon", "Fair")], ";", "utf-16")
    (one,) = problems(article(tmp_path / "a", {"timeline.csv": data}))
    assert (one.line, one.column, one.cell) == (4, 1, "A3")
    assert "    4 | soon;Fair\n" in messages.text([one])


@pytest.mark.parametrize("where", ["article.md", "house.yaml"])
def test_the_order_of_day_and_month_can_be_said_once(tmp_path: Path, where: str) -> None:
    said = {"article.md": HEAD.replace("\n---\n", "\ndates: month-first\n---\n"), "house.yaml": "dates: month-first\n"}
    files: dict[str, bytes | str] = {"timeline.csv": as_csv([TITLES, ("12/03/1994", "Fair")]), where: said[where]}
    assert events(article(tmp_path / "a", files)) == [("1994-12-03", "Fair")]


def broken(**parts: str) -> bytes:
    """A workbook, with other texts for some of its parts."""
    target = io.BytesIO()
    good = as_xlsx({"Events": [TITLES, ("1994", "Fair")]})
    with zipfile.ZipFile(io.BytesIO(good)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name.rpartition("/")[2].partition(".")[0], old.read(name)))
    return target.getvalue()


def sheet(cells: str) -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'


LAUGHS = '<!DOCTYPE a [<!ENTITY b "lol"><!ENTITY c "&b;&b;&b;">]>' + sheet("<row><c><v>&c;</v></c></row>")


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        pytest.param("timeline.xlsx", b"", "is damaged, or is not a workbook", id="empty"),
        pytest.param("timeline.xlsx", b"date,headline\n", "is damaged, or is not a workbook", id="CSV under its name"),
        pytest.param("timeline.ods", broken()[:900], "is damaged, or is not a workbook", id="cut off"),
        pytest.param("timeline.xlsx", b"\xd0\xcf\x11\xe0" + bytes(600), "protected by a password", id="password"),
        pytest.param("timeline.xlsx", broken(sheet1="<worksheet"), "is damaged", id="broken XML"),
        pytest.param(
            "timeline.xlsx",
            broken(
                sheet1=sheet(
                    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
                )
            ),
            "its last cell is XFD1048576",
            id="a cell at the end of the world",
        ),
        pytest.param(
            "timeline.xlsx",
            broken(
                sheet1=sheet(
                    '<row r="400000"><c r="A400000"><v>1</v></c></row><row r="1"><c r="XFD1"><v>1</v></c></row>'
                )
            ),
            "its last cell is XFD400000",
            id="two cells far from each other",
        ),
        pytest.param(
            "timeline.xlsx",
            broken(sheet1=sheet('<row r="1"><c r="ABORDER1"><v>1</v></c></row>')),
            "its last cell is ABORDER1",
            id="a column of seven letters",
        ),
        pytest.param(
            "timeline.xlsx",
            broken(sheet1=sheet('<row r="1"><c r="A90000000"><v>1</v></c></row>')),
            "its last cell is A90000000",
            id="a cell that is not in its row",
        ),
        pytest.param(
            "timeline.ods",
            as_ods({"a": [[('table:number-columns-repeated="900000" office:value-type="string"', "x")]]}),
            "too large",
            id="a cell repeated",
        ),
        pytest.param("timeline.csv", b"date,headline\n1994,\x81\n", "not text in UTF-8", id="no text"),
        pytest.param("timeline.csv", b'date,headline\n1994,"Fair\n', "is not CSV", id="open quote"),
        pytest.param("timeline.csv", as_csv([TITLES, *[("1994", "Fair")] * 20_001]), "more than 20000 rows", id="long"),
        pytest.param("timeline.xls", b"x", "of a form that is not read", id="old form"),
        pytest.param("timeline.numbers", b"x", "of a form that is not read", id="Numbers"),
    ],
)
def test_a_file_that_is_no_table_is_one_sentence(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    (one,) = problems(article(tmp_path / "a", {name: data}))
    assert one.path.name == name
    assert says in one.message
    assert "Traceback" not in messages.text([one])


def test_an_entity_is_never_expanded(tmp_path: Path) -> None:
    found = problems(article(tmp_path / "a", {"timeline.xlsx": broken(sheet1=LAUGHS)}))
    assert "lol" not in messages.text(found)


def test_a_formula_gives_its_last_result_and_its_lack_is_named(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="A1" t="str"><v>date</v></c><c r="B1" t="str"><v>headline</v></c></row>'
        '<row r="2"><c r="A2"><f>2000-6</f><v>1994</v></c><c r="B2" t="str"><f>UPPER("a")</f><v>A</v></c></row>'
        '<row r="3"><c r="A3" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="B3" t="str"><f>UPPER("a")</f></c></row>'
    )
    folder = article(tmp_path / "a", {"timeline.xlsx": broken(sheet1=sheet(cells))})
    files, found = read.files(folder)
    assert [(one.cell, one.message) for one in sorted(found)] == [
        ("Events!A3", "`date` has no value: the formula gives #DIV/0!"),
        ("Events!B3", "`headline` has no value: the formula has no result in the file"),
    ]
    assert [(event.date.edtf, event.headline) for event in files.article.events] == [("1994", "A")]


@pytest.mark.parametrize("names", [("timeline.yaml", "timeline.xlsx"), ("timeline.csv", "timeline.ods")])
def test_two_forms_of_one_file_are_named(tmp_path: Path, names: tuple[str, str]) -> None:
    (one,) = problems(article(tmp_path / "a", dict.fromkeys(names, "events: []\n")))
    assert one.code == "two-forms"
    assert one.message == f"`{names[0]}` and `{names[1]}` are both there: only one of them can be read"


# Workbooks to fill in.


def test_a_new_article_of_workbooks_is_that_of_yaml(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, more in (("yaml", []), ("tables", ["--tables"])):
        assert main(["new", str(tmp_path / name), "--title", "Oak", "--language", "en", *more]) == 0
    assert "tables/timeline.xlsx\n" in capsys.readouterr().out
    assert comparable(read.whole(tmp_path / "tables").article) == comparable(read.whole(tmp_path / "yaml").article)


@pytest.mark.parametrize("stem", columns.TABLES)
def test_an_empty_workbook_has_titles_notes_and_drop_downs(tmp_path: Path, stem: str) -> None:
    path = tmp_path / "new folder" / f"{stem}.xlsx"
    assert main(["columns", stem, "--output", str(path)]) == 0
    assert [one.name for one in path.parent.iterdir() if one.name[0] != "."] == [path.name]
    with zipfile.ZipFile(path) as archive:
        texts = {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}
    about = columns.TABLES[stem]
    assert all(f">{column.name}<" in texts["xl/sharedStrings.xml"] for column in about.columns)
    assert texts["xl/comments1.xml"].count("<comment ") == len(about.columns)
    lists = [column for column in about.columns if column.choices]
    assert texts["xl/worksheets/sheet1.xml"].count("<dataValidation ") == len(lists)
    assert problems(article(path.parent, {})) == ()
    assert main(["columns", stem, "--output", str(path)]) == 2


@pytest.mark.parametrize("stem", columns.TABLES)
def test_the_columns_of_a_table_are_listed_with_examples_that_are_read(
    tmp_path: Path, stem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["columns", stem]) == 0
    listed = capsys.readouterr().out
    about = columns.TABLES[stem]
    assert all(f"\n{column.name}: {column.example}\n" in listed for column in about.columns)
    example = [[column.name for column in about.columns], [column.example for column in about.columns]]
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"/>'
    assert problems(article(tmp_path, {f"{stem}.csv": as_csv(example), "oak.svg": drawing})) == ()


@pytest.mark.parametrize("title", ["Événement", "evenement", "ÉVÉNEMENT *"])
def test_titles_in_a_language_need_no_accents(title: str) -> None:
    assert columns.titles(columns.TIMELINE, "fr")[columns.named(title)].name == "headline"


def test_titles_may_be_in_the_language_of_the_article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = tmp_path / "templates" / "words"
    words.mkdir(parents=True)
    entries = (("column_date", "date", "dato"), ("column_headline", "headline", "overskrift"))
    text = "".join(f'msgctxt "{name}"\nmsgid "{english}"\nmsgstr "{said}"\n' for name, english, said in entries)
    (words / "nn.po").write_text(text, encoding="utf-8")
    monkeypatch.setattr("triptych.content.home.templates", lambda: (tmp_path / "templates",))
    for titles in (("overskrift", "Dato"), ("headline", "date")):
        files: dict[str, bytes | str] = {
            "article.md": HEAD.replace("\n---\n", "\nlanguage: nn\n---\n"),
            "timeline.csv": as_csv([titles, ("Fest", "1994")]),
        }
        assert events(article(tmp_path / "a", files)) == [("1994", "Fest")]


# All else treats a table like YAML.


def test_a_handout_carries_its_tables_and_names_their_reader(tmp_path: Path) -> None:
    folder = article(tmp_path / "a", {"timeline.xlsx": as_xlsx({"Events": [TITLES, ("1994", "Fair")]})})
    content = carried.content(folder)
    assert sorted(content) == ["article.md", "timeline.xlsx"]
    made = carried.Making("a", content, "0" * 64, {}, "2025-03-14T00:00:00+00:00")
    assert "python-calamine" in json.loads(made.files("poster")[carried.MANIFEST])["libraries"]


@pytest.mark.slow
def test_a_handout_of_tables_is_verified(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, out = tmp_path / "oak", tmp_path / "out"
    assert main(["new", str(folder), "--title", "Oak", "--language", "en", "--tables"]) == 0
    assert main(["build", str(folder), "--only", "poster", "--output", str(out)]) == 0
    carried_files = carried.read(out / "poster.pdf")
    assert sorted(carried_files.content) == ["article.md", "figures.xlsx", "sources.xlsx", "timeline.xlsx"]
    assert carried_files.manifest.libraries["python-calamine"]
    assert main(["verify", str(out / "poster.pdf")]) == 0
    capsys.readouterr()
    changed = [TITLES, ("1902", "The school plants an elm")]
    (folder / "timeline.xlsx").write_bytes(as_xlsx({"Events": changed}))
    assert main(["verify", str(out / "poster.pdf"), str(folder)]) == 7
    assert "event `1`, headline changed" in capsys.readouterr().out
    assert main(["trace", str(out / "poster.pdf")]) == 0
    assert "The school plants an oak" in capsys.readouterr().out


def test_a_cluster_gets_the_tables(tmp_path: Path) -> None:
    folder = article(tmp_path / "a", {"timeline.xlsx": as_xlsx({"Events": [TITLES, ("1994", "Fair")]})})
    assert sorted(cluster.parcel(folder, TEMPLATES).files) == ["a/article.md", "a/timeline.xlsx"]


def test_messages_speak_of_the_table_and_not_of_yaml(tmp_path: Path) -> None:
    files = {
        "timeline.csv": as_csv([(*TITLES, "sources"), ("1994", "Fair", "log")]),
        "sources.csv": as_csv([("id", "title"), ("a", "A")]),
    }
    found = rules.problems(article(tmp_path / "a", files))[1]
    told = [(one.where, one.message) for one in found if one.code == "unknown-source"]
    assert told == [(f"{tmp_path / 'a' / 'timeline.csv'}, C2", "source `log` is cited but not in sources.csv")]
    assert ".yaml" not in messages.text(found)


def test_an_entry_without_a_source_is_shown_at_its_empty_cell(tmp_path: Path) -> None:
    files: dict[str, bytes | str] = {
        "timeline.csv": as_csv([("sources", *TITLES), ("", "1994", "Fair"), ("a", "1995", "Vote")]),
        "sources.csv": as_csv([("id", "title"), ("a", "A")]),
    }
    (one,) = rules.problems(article(tmp_path / "a", files))[1]
    assert (one.code, one.cell) == ("no-source", "A2")
    assert one.hint == "Fill in its cell of the column `sources` with the source that says it."


def test_the_preview_names_the_cell_of_a_place(tmp_path: Path) -> None:
    files, _ = read.files(article(tmp_path / "a", {"timeline.xlsx": as_xlsx({"Events": [TITLES, ("1994", "Fair")]})}))
    box = PageBox(1, 0, 0, 1, 1)
    (place,) = places.places(files, "poster", {"event-item-1": (box,)})
    assert place.where.endswith("timeline.xlsx, Events!A2")


def test_make_sees_a_table_that_changes_but_not_what_a_program_leaves_open() -> None:
    assert not kinds.POSTER.reads("positions.xlsx")
    assert all(kinds.POSTER.reads(name) for name in ("timeline.xlsx", "positions.txt", "article.md"))
    assert all(kinds.BRIEFING.reads(name) for name in ("positions.ods", "positions.yaml"))


@pytest.mark.parametrize(
    ("written", "words", "date"),
    [
        ("1890", "c. 1890", "1890~"),
        ("1890-01-01", "the 1890s", "189X"),
        ("1890", "October 1890", "1890-10"),
        ("1890", "before 1880", ""),
        ("1890", "a hot day", ""),
    ],
)
def test_the_date_that_timelinejs_displays_holds_where_it_says_the_same(written: str, words: str, date: str) -> None:
    assert timelinejs.as_shown(written, words) == date
