"""Charts: which numbers are read, where their words and marks stand, and what is said of data that cannot be drawn."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st
from syrupy.assertion import SnapshotAssertion

from tests import tiny
from tests.conftest import TEMPLATES, Failures, as_yaml, barriers, calendar, printed, read_aloud, written
from tests.test_drawing import xs
from tests.test_snapshots import GeometrySnapshot, PageSnapshot, StructureSnapshot
from triptych.build import finish, inspection, pipeline
from triptych.build.pipeline import Order
from triptych.charts import chart as charting
from triptych.charts.plot import MARGIN, Label, Plot, Segment, Touching, checked, crosses
from triptych.charts.ticks import ticks
from triptych.content import charted, fences, read
from triptych.content.charted import Faulty
from triptych.content.model import Chart, Charted, ChartKind
from triptych.design import faces
from triptych.documents import abreast, screen
from triptych.review import record, statements, tracing

SUNDAYS = Path(__file__).parent / "articles" / "sundays"
BARS = {"kind": "bars", "title": "Most came to Central", "columns": ["Branch", "Visits"], "sources": ["report"]}
ROWS = [["Central", "52400"], ["Eastgate", "19800"], ["Other", "12900"]]


def data(kind: str, head: Sequence[str], rows: Sequence[Sequence[str]], language: str = "en", **fields: Any) -> Charted:
    chart = Chart.model_validate({"kind": kind, "title": "It is drawn", "id": "one", **fields})
    return charted.table(chart, head, rows, Locale.parse(language), None)


def lengths(line: str) -> Segment:
    """The ends of a line that is path data."""
    x1, y1, x2, y2 = map(float, line.removeprefix("M").replace("L", " ").split())
    return x1, y1, x2, y2


def over(bar: str) -> Segment:
    """The upper edge of a bar that is path data, and what a comma needs."""
    left, top, right = map(float, re.findall(r"[\d.]+", bar)[:3])
    return left, top - 0.4, right, top - 0.4


def drawn(plot: Plot, style: str) -> list[list[float]]:
    """The x of each path of a style."""
    return [xs(path.d) for path in plot.paths if path.style == style]


# Numbers.


@pytest.mark.parametrize(
    ("language", "text", "unit", "shown"),
    [
        ("en", "52400", "", "52,400"),
        ("en", "52,400", "", "52,400"),
        ("de", "52.400", "", "52.400"),
        ("de", "30.9", "", "30,9"),
        ("fr", "30,9", "", "30,9"),
        ("en", "71%", "%", "71%"),
        ("de", "71", "%", "71\u00a0%"),
        ("en", "£5", "£", "£5"),
        ("de", "5", "€", "5\u00a0€"),
        ("en", "5", "km", "5\u00a0km"),
    ],
)
def test_a_number_is_read_and_printed_as_its_language_writes_it(
    language: str, text: str, unit: str, shown: str
) -> None:
    found = data("bars", ["Branch", "Visits"], [["Central", text], ["Eastgate", text]], language, unit=unit)
    assert [row.cells[0].text for row in found.rows] == [shown] * 2


def test_the_numbers_of_a_column_have_as_many_decimals_each() -> None:
    found = data("bars", ["Branch", "Visits"], [["Central", "30.9"], ["Eastgate", "27"]])
    assert [row.cells[0].text for row in found.rows] == ["30.9", "27.0"]


@pytest.mark.parametrize(
    ("kind", "head", "rows", "place", "told"),
    [
        ("bars", 2, [["a", "1"], ["b", "1o"]], (2, 1), "`1o` is not a number"),
        ("bars", 2, [["a", "1"], ["b", ""]], (2, 1), "`1` of `b` has no number"),
        ("bars", 2, [["a", "1"], ["b", "-2"]], (2, 1), "`−2` is less than zero"),
        ("bars", 2, [["a", "1"], ["", "2"]], (2, 0), "row 2 has no name"),
        ("bars", 2, [["a", "1"], ["b", "2", "3"]], (2, 0), "row 2 has 3 cells"),
        ("bars", 2, [["a", "1"]], (0, 0), "the chart has 1 rows; `bars` has 2 to 9"),
        ("bars", 3, [["a", "1", "2"], ["b", "1", "2"]], (0, 0), "the chart has 3 columns; `bars` has 2"),
        ("ranges", 4, [["a", "9", "2", "8"]], (1, 1), "`9` is not between `2` and `8`"),
        ("waffle", 2, [["a", "23"], ["b", "70"]], (1, 1), "its parts are `23` and `70` of a hundred"),
        ("lines", 2, [["2019", "1"], ["soon", "2"], ["2020", "3"]], (2, 0), "`soon`"),
        ("lines", 2, [["2019", "1"], ["2020/..", "2"], ["2021", "3"]], (2, 0), "`2020/..` has no end"),
        ("lines", 3, [["2019", "1", "2"], ["2020", "2", ""], ["2021", "3", ""]], (0, 2), "`2` has fewer than two"),
    ],
)
def test_bad_data_is_named_by_its_row_and_column(
    kind: str, head: int, rows: Sequence[Sequence[str]], place: tuple[int, int], told: str
) -> None:
    with pytest.raises(Faulty) as error:
        data(kind, [str(n) for n in range(head)], rows)
    fault = error.value.faults[0]
    assert (fault.row, fault.column) == place
    assert told in fault.message


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ("Branch,Visits\nCentral,52400\nEastgate,1x\n", "visits.csv, B3"),
        ("Branch;Visits\nCentral;5\n\nEastgate;–1\n", "visits.csv, B4"),
    ],
)
def test_a_fault_in_a_table_beside_the_article_names_its_file_row_and_column(
    tmp_path: Path, table: str, place: str
) -> None:
    charts = {"charts": [{**BARS, "columns": [], "data": "visits.csv"}]}
    head = as_yaml({"title": "Who came"})
    files = {"article.md": f"---\n{head}---\n\nIt opened.\n", "charts.yaml": as_yaml(charts), "visits.csv": table}
    folder = written(tmp_path, files)
    (problem,) = [one for one in inspection.problems(folder, TEMPLATES)[1] if one.code == "bad-data"]
    assert problem.where == f"{folder}/{place}"


def test_a_fault_in_the_prose_names_its_line(tmp_path: Path) -> None:
    block = as_yaml({**BARS, "rows": [["Central", "5"], ["Eastgate", "five"]]})
    folder = written(tmp_path, {"article.md": f"---\ntitle: Who came\n---\n\nIt opened.\n\n```chart\n{block}```\n"})
    (problem,) = inspection.problems(folder, TEMPLATES)[1][:1]
    lines = (folder / "article.md").read_text(encoding="utf-8").splitlines()
    assert (problem.code, lines[problem.line - 1].strip(" -")) == ("bad-data", "five")


@pytest.mark.parametrize(
    ("prose", "names"),
    [
        ("```chart\nid: one\nkind: bars\n```", ["one"]),
        ("```chart\nkind: bars\n```\n\n~~~ chart\nkind: bars\n~~~", ["chart-1", "chart-2"]),
        ("```chart\nvisits\n```", ["visits"]),
        ("```text\n```chart\n```", []),
        ("    ```chart\n    one\n    ```", []),
        ("```chart\nkind: bars", []),
    ],
)
def test_a_chart_in_the_prose_is_a_block_of_its_own(prose: str, names: list[str]) -> None:
    left, found = fences.taken(prose)
    assert [fences.name_of(one) for one in found] == names
    assert left.count("\n") == prose.count("\n")
    assert "kind" not in left or not names


# Places.

NAMES = st.text("abcdefghij ", min_size=1, max_size=14).map(str.strip).filter(bool)
NUMBERS = st.decimals(0, 99_999, places=1).map(str)
SHARES = st.integers(0, 100)


def rows_of(count: int, columns: int) -> st.SearchStrategy[list[list[str]]]:
    return st.lists(
        st.tuples(NAMES, *[NUMBERS] * columns).map(list), min_size=count, max_size=count, unique_by=lambda row: row[0]
    )


def months(values: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[f"20{10 + n // 12}-{n % 12 + 1:02}", *row] for n, row in enumerate(values)]


GAPPED = st.one_of(NUMBERS, NUMBERS, NUMBERS, st.just(""))
SAMPLES: Mapping[str, st.SearchStrategy[tuple[list[str], list[list[str]]]]] = {
    "bars": st.tuples(st.just(["Branch", "Visits"]), st.integers(2, 9).flatmap(lambda n: rows_of(n, 1))),
    "grouped-bars": st.tuples(
        st.just(["Purpose", "Sunday", "weekday"]), st.integers(1, 6).flatmap(lambda n: rows_of(n, 2))
    ),
    "ranges": st.tuples(
        st.just(["Age", "Estimate", "range", "to"]),
        st.lists(
            st.tuples(NAMES, st.lists(SHARES, min_size=3, max_size=3).map(sorted)).map(
                lambda row: [row[0], *(str(row[1][n]) for n in (1, 0, 2))]
            ),
            min_size=1,
            max_size=9,
        ),
    ),
    "slope": st.tuples(st.just(["Branch", "2019", "2024"]), st.integers(2, 6).flatmap(lambda n: rows_of(n, 2))),
    "waffle": st.tuples(
        st.just(["Part", "Share"]), SHARES.map(lambda share: [["had", str(share)], ["had not", str(100 - share)]])
    ),
    "table": st.tuples(st.just(["Branch", "Visits", "Change"]), st.integers(1, 12).flatmap(lambda n: rows_of(n, 2))),
    "lines": st.tuples(
        st.just(["Month", "All", "Central"]),
        st.lists(st.tuples(GAPPED, GAPPED), min_size=3, max_size=60).map(months),
    ),
    "small-multiples": st.tuples(
        st.just(["Month", "All", "Central", "Harbour"]),
        st.lists(st.tuples(GAPPED, GAPPED, GAPPED), min_size=3, max_size=40).map(months),
    ),
}


@pytest.mark.sampled(4)
@pytest.mark.parametrize("kind", list(ChartKind))
@settings(max_examples=settings().max_examples // 4)
@given(st.data(), st.sampled_from([59.5, 80.0, 125.0, 174.0]))
def test_no_word_touches_another_and_no_mark_leaves_the_chart(kind: str, found: st.DataObject, width: float) -> None:
    head, rows = found.draw(SAMPLES[kind])
    try:
        given_data = data(kind, head, rows)
        plot = charting.plot(given_data, width, calendar("en"))
    except (Faulty, Touching):
        return  # refused with a message, which is tested elsewhere
    assert plot == charting.plot(given_data, width, calendar("en"))
    labels = list(plot.labels)
    for one, other in combinations(labels, 2):
        apart = one.right <= other.left or other.right <= one.left
        assert apart or one.ink[1] <= other.ink[0] + 0.02 or other.ink[1] <= one.ink[0] + 0.02, (one, other)
    assert all(label.left >= -0.02 and label.right <= width + 0.02 for label in labels)
    if kind in (ChartKind.LINES, ChartKind.SMALL_MULTIPLES):
        foot = [lengths(path.d) for path in plot.paths if path.style == "foot"]
        foot += [over(path.d) for path in plot.paths if path.style == "share"]
        assert not any(crosses(label, one) for one in foot for row in plot.rows for label in row if label)
    assert all(-MARGIN <= x <= width + MARGIN for path in plot.paths for x in xs(path.d))
    assert len({len(row) for row in (*plot.rows, *([plot.head] if plot.head else ()))}) == 1


@given(st.lists(st.integers(1, 99_999), min_size=2, max_size=9))
def test_bars_are_as_long_as_their_numbers(values: list[int]) -> None:
    rows = [[f"branch {n}", str(value)] for n, value in enumerate(values)]
    plot = charting.plot(data("bars", ["Branch", "Visits"], rows), 125, calendar("en"))
    lengths = [max(path) - min(path) for path in drawn(plot, "share")]
    scale = max(lengths) / max(values)
    assert lengths == [pytest.approx(max(value * scale, 0.4), abs=2e-3) for value in values]


@pytest.mark.slow
@given(st.integers(0, 100))
def test_a_waffle_fills_as_many_squares_as_its_share(share: int) -> None:
    plot = charting.plot(data("waffle", ["Part", "Share"], [["had come", str(share)]]), 60, calendar("en"))
    assert (len(drawn(plot, "share")), len(drawn(plot, "empty"))) == (share, 100 - share)


def test_a_line_stops_where_nothing_was_measured() -> None:
    rows = months([["1"], ["2"], [""], ["4"], ["5"]])
    plot = charting.plot(data("lines", ["Month", "All"], rows, gap="Closed"), 125, calendar("en"))
    assert len(drawn(plot, "series")) == 2
    (word,) = (label for label in plot.scale if label.text == "Closed")
    (bar,) = drawn(plot, "share")
    assert min(bar) <= word.left <= word.right <= max(bar)
    assert all(max(grid) <= min(bar) or min(grid) >= max(bar) for grid in drawn(plot, "grid"))


def test_the_scale_of_lines_ends_below_their_greatest_value() -> None:
    plot = charting.plot(data("lines", ["Month", "All"], months([["1"], ["35"], ["30"]])), 125, calendar("en"))
    assert [label.text for label in plot.scale if label.quiet] == ["0", "10", "20", "30"]


SMALL_LINES: Mapping[str, Any] = {"small-lines": ["Visits"]}
MARKING = {"title": "Who came"}
EVENTS = {
    "events": [
        {"id": "opened", "date": "2019-05-04", "headline": "It opened"},
        {"id": "built", "date": "2001", "headline": "It was built"},
    ]
}
VISITS = {"title": "More came", "columns": ["Month", "All"], "rows": [["2018", "1"], ["2019", "4"], ["2020", "5"]]}


@pytest.mark.parametrize(
    ("kind", "name", "told"),
    [
        ("lines", "opening", "`opening` is not an event of timeline.yaml"),
        ("lines", "built", "the event `built` is not within the chart"),
        ("slope", "opened", "`slope` marks no events"),
    ],
)
def test_an_event_that_cannot_be_marked_is_named(tmp_path: Path, kind: str, name: str, told: str) -> None:
    columns = (
        {"columns": ["Branch", "2018", "2019"], "rows": [["a", "1", "4"], ["b", "2", "3"]]} if kind == "slope" else {}
    )
    block = as_yaml({**VISITS, **columns, "kind": kind, "marked": [name]})
    prose = f"---\n{as_yaml(MARKING)}---\n\nIt opened.\n\n```chart\n{block}```\n"
    folder = written(tmp_path, {"article.md": prose, "timeline.yaml": as_yaml(EVENTS)})
    (problem,) = [one for one in inspection.problems(folder, TEMPLATES)[1] if one.code == "bad-data"]
    lines = prose.splitlines()
    assert (problem.message, lines[problem.line - 1].strip(" -")) == (told, name)


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 4)
@given(st.integers(1, 58), st.sampled_from([80.0, 125.0]), st.lists(GAPPED, min_size=60, max_size=60))
def test_an_event_on_a_chart_stands_at_its_date_beside_all_lines(month: int, width: float, values: list[str]) -> None:
    rows = months([[one] for one in ["5", *values[1:-1], "7"]])
    event = tiny.article(events=[{"date": rows[month][0], "headline": "It opened"}]).events[0]
    given_data = replace(data("lines", ["Month", "All"], rows), marked=(event,))
    try:
        plot = charting.plot(given_data, width, calendar("en"))
    except Touching:
        return  # refused with a message
    (stem,) = drawn(plot, "leader")
    assert min(stem) == max(stem)
    words = [label for label in plot.labels if label.dated or label.text in ("It opened", "It", "opened")]
    assert words
    assert all(label.right < stem[0] or label.left > stem[0] for label in words)
    upright = [part for part in plot.lines if part[0] == part[2] == pytest.approx(stem[0], abs=0.01)]
    ends = [y for _, one, _, two in upright for y in (one, two)]
    assert all(min(ends) - 1 <= label.ink[0] <= label.ink[1] < max(ends) for label in words)


def test_a_small_line_stops_at_a_gap_and_prints_its_last_number() -> None:
    rows = [["Central", "5", "11.7 12.6 – 8.0 13.9"], ["Eastgate", "4", ""]]
    found = data("table", ["Branch", "Hours", "Visits"], rows, **SMALL_LINES)
    plot = charting.plot(found, 174, calendar("en"))
    assert len(drawn(plot, "series")) == 2
    assert [label and label.text for label in plot.rows[0]] == ["Central", "5", "13.9"]
    assert plot.rows[1][2] is None
    assert not charting.is_whole(found, plot)
    assert "11.7 12.6 – 8.0 13.9" in found.words


@pytest.mark.parametrize(
    ("cell", "told"), [("1 2x", "`2x` is not a number"), ("– 1", "`– 1` has fewer than 2 numbers")]
)
def test_a_small_line_without_numbers_is_named(cell: str, told: str) -> None:
    with pytest.raises(Faulty) as error:
        data("table", ["Branch", "Hours", "Visits"], [["a", "1", cell]], **SMALL_LINES)
    assert error.value.faults[0].message == told


def test_lines_start_at_zero_while_the_least_is_under_half_of_the_greatest() -> None:
    def scale(values: Sequence[str]) -> list[str]:
        rows = months([[value] for value in values])
        plot = charting.plot(data("lines", ["Month", "All"], rows), 125, calendar("en"))
        return [label.text for label in plot.scale if label.quiet]

    assert scale(["10", "40", "30"])[0] == "0"
    assert float(scale(["30", "40", "35"])[0]) == 30


@given(st.floats(-1e6, 1e6), st.floats(0.1, 1e6))
def test_ticks_are_round_and_hold_all_values(least: float, more: float) -> None:
    found = ticks(round(least, 1), round(least + more, 1))
    assert found[0] <= round(least, 1) <= round(least + more, 1) <= found[-1]
    steps = [b - a for a, b in pairwise(found)]
    assert all(step == pytest.approx(steps[0]) for step in steps)


def test_a_word_on_a_line_or_on_another_is_refused() -> None:
    one, other = Label("Central", 0, 5), Label("Eastgate", 6, 5.5)
    with pytest.raises(Touching, match="`Central` and `Eastgate` touch"):
        checked(Plot(80, 20, ((one, other),), ()))
    with pytest.raises(Touching, match="`Central` lies on a line"):
        checked(Plot(80, 20, ((one,),), (), lines=((0, 0, 12, 10),)))
    with pytest.raises(Touching, match="`Central` has no room"):
        checked(Plot(8, 20, ((one,),), ()))
    assert not crosses(one, (0, 8, 12, 8))


@pytest.mark.parametrize(
    ("names", "between", "together"),
    [(("Central", "East"), "", True), (("Central", "East"), "So:\n\n", False), (("Central " * 6, "East"), "", False)],
    ids=["they follow each other", "with words between", "its names have no room"],
)
def test_two_small_charts_that_follow_each_other_stand_side_by_side(
    tmp_path: Path, names: tuple[str, str], between: str, together: bool
) -> None:
    bars = as_yaml({**BARS, "rows": [[one, "5"] for one in names], "sources": [], "id": "one"})
    squares = as_yaml(
        {"kind": "waffle", "title": "Few came", "columns": ["a", "b"], "rows": [["came", "23"]], "id": "two"}
    )
    prose = f"It opened.\n\n```chart\n{bars}```\n\n{between}```chart\n{squares}```\n"
    folder = written(tmp_path, {"article.md": f"---\ntitle: Who came\n---\n\n{prose}"})
    view = abreast.paired(pipeline.workshop(folder, Order(()), TEMPLATES).view)
    blocks = [block.name for block in view.blocks if block.name in view.charts]
    assert blocks == (["chart:one"] if together else ["chart:one", "chart:two"])
    assert [one.data.chart.id for one in view.charts.values()] == ["one", "two"]


def test_an_author_learns_of_names_that_leave_no_room(tmp_path: Path) -> None:
    rows = [["Central, with the reading rooms of the old and the new building, and the garden", "5"], *ROWS]
    block = as_yaml({**BARS, "rows": rows, "sources": []})
    folder = written(tmp_path, {"article.md": f"---\ntitle: Who came\n---\n\nIt opened.\n\n```chart\n{block}```\n"})
    (problem,) = [one for one in inspection.problems(folder, TEMPLATES)[1] if one.code == "does-not-fit"]
    assert "the chart `Most came to Central` does not fit" in problem.message


def test_whether_a_chart_fits_is_seen_in_the_faces_in_which_it_prints(tmp_path: Path) -> None:
    """Whichever are worn, and without a change of them: an article may be looked at while another one is made."""
    rows = [["Central, with the reading rooms of th", "5"], *ROWS]
    block = as_yaml({**BARS, "rows": rows, "sources": [], "also": ["factsheet"]})
    folder = written(tmp_path, {"article.md": f"---\ntitle: Who came\n---\n\nIt opened.\n\n```chart\n{block}```\n"})

    def fits(theme: str = "") -> bool:
        return not any(one.code == "does-not-fit" for one in inspection.problems(folder, TEMPLATES, theme)[1])

    usual = faces.worn(faces.TEXT)
    assert (fits(), fits("almanac"), fits()) == (True, False, True)
    written(folder, {"theme.yaml": "base: almanac\n"})
    assert not fits()
    assert faces.worn(faces.TEXT) == usual


@pytest.mark.slow
def test_each_kind_stands_in_the_article_of_charts() -> None:
    article = read.whole(SUNDAYS).article
    assert {one.chart.kind for one in article.charts} == set(ChartKind)
    assert inspection.problems(SUNDAYS, TEMPLATES)[1] == ()


@pytest.mark.slow
def test_the_small_print_of_a_poster_stands_below_its_charts_and_a_short_licence_in_the_line_of_its_key() -> None:
    shop = pipeline.workshop(SUNDAYS, Order(()), TEMPLATES)
    foot = shop.composer.part("poster", "foot", shop.view, None, "", shop.marks)
    order = ["</figure>", 'class="version"', "licensed", 'class="licence"']
    assert [foot.find(one) for one in order] == sorted(foot.index(one) for one in order)


# Pages.

together = pytest.mark.xdist_group("charts")


def pdf_of(name: str) -> bytes:
    return printed(SUNDAYS)[name].pdf


@pytest.mark.slow
@together
@pytest.mark.parametrize("name", ["briefing", "factsheet", "poster"])
def test_the_pages_are_as_they_were_accepted(name: str, snapshot: SnapshotAssertion) -> None:
    found = record.record(pdf_of(name))
    assert found.structure == snapshot.use_extension(StructureSnapshot)
    assert found.geometry == snapshot.use_extension(GeometrySnapshot)
    for number, page in enumerate(found.pages, start=1):
        assert record.png(page) == snapshot.use_extension(PageSnapshot)(name=f"{name}-{number}")


@pytest.mark.slow
@together
def test_a_chart_is_read_aloud_as_a_table() -> None:
    lines = read_aloud(pdf_of("briefing")).splitlines()
    start = lines.index("  Central took two in five Sunday visits")
    assert lines[start + 2 : start + 4] == ["table of 7 rows", "  | Central; 52,400"]
    assert "  | Study; Sunday: 48%; weekday: 31%" in lines


@pytest.mark.slow
@together
@pytest.mark.parametrize("profile", ["ua1", "3a"])
@pytest.mark.parametrize("name", ["briefing", "factsheet"])
def test_documents_with_charts_conform(failures: Failures, name: str, profile: str) -> None:
    assert failures(pdf_of(name), profile) == []


@pytest.mark.slow
@together
@pytest.mark.parametrize("width", [320, 1280])
def test_the_web_page_keeps_nobody_out(chromium: Any, tmp_path: Path, width: int) -> None:
    made = screen.page(pipeline.workshop(SUNDAYS, Order(()), TEMPLATES), SUNDAYS, TEMPLATES)
    finish.fill(tmp_path, made)
    assert [name for name in made if name.endswith("-factsheet.svg")] == []
    page = chromium.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto((tmp_path / "index.html").as_uri())
    assert barriers(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.slow
@together
def test_trace_finds_the_numbers_of_a_chart() -> None:
    rows = statements.rows(read.whole(SUNDAYS), TEMPLATES.file("sources.csl"))
    lines = list(tracing.lines([*tracing.traced(rows, "briefing", pdf_of("briefing"))]))
    (found,) = [n for n, line in enumerate(lines) if "52,400" in line and "chart chart-1" in line]
    assert "Annual report 2024" in lines[found + 1]


@pytest.mark.slow
@together
def test_trace_tells_numbers_that_a_chart_only_draws() -> None:
    everything = statements.rows(read.whole(SUNDAYS), TEMPLATES.file("sources.csl"))
    rows = [row for row in everything if (row.kind, row.name) == ("chart", "quarters")]
    (briefing,) = tracing.traced(rows, "briefing", pdf_of("briefing"))
    (sheet,) = tracing.traced(rows, "factsheet", pdf_of("factsheet"))
    assert briefing.tabled > briefing.pages[0] > 0
    assert (briefing.drawn, briefing.differing) == ((), ())
    assert (sheet.tabled, sheet.differing) == (0, ())
    assert {"9.4", "27.0"} < set(sheet.drawn)
    assert "35.0" not in sheet.drawn
    assert any("drawn only, not printed: 9.4" in line for line in tracing.lines([sheet]))
    assert any(f"stand as a table on page {briefing.tabled}" in line for line in tracing.lines([briefing]))
    claim = rows[0].claim
    assert claim
    texts = {name: text.replace("9.4", "9.7") for name, text in claim.texts.items()}
    changed = replace(rows[0], claim=replace(claim, texts=texts, data=claim.data.replace("9.4", "9.7")))
    (other,) = tracing.traced([changed], "briefing", pdf_of("briefing"))
    assert [text for text, _ in other.differing] == ["9.7"]


@pytest.mark.slow
@together
def test_the_same_chart_stands_in_each_document_that_asks_for_it() -> None:
    for name in ("briefing", "factsheet", "poster"):
        text = " ".join(read_aloud(pdf_of(name)).split())
        assert "Sunday visits passed their 2019 level in 2023" in text
        assert "35.0" in text


@pytest.mark.parametrize("wearing", ["house", "almanac", "gazette"])
def test_figures_of_a_chart_are_measured_as_wide_as_they_print(wearing: str) -> None:
    """They are all equally wide there, in faces in which a 1 is narrower too."""
    with faces.wearing(wearing):
        assert Label("1111", 0, 0).width == pytest.approx(Label("2222", 0, 0).width)
