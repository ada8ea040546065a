"""What counts as a change on paper, and how it is told: words, structure, places, pictures."""

from collections.abc import Sequence

import pytest
from PIL import Image, ImageDraw

from triptych.content import differing
from triptych.pdf.tags import Box
from triptych.review import compare
from triptych.review.compare import Area, Comparison, TextChange
from triptych.review.record import Record

DOT = 25.4 / 100
"""A dot of a page's picture, in mm: 100 are an inch."""


def changes(before: Sequence[str], after: Sequence[str]) -> list[tuple[str, str, str, str]]:
    """Verb, kind, and both texts, of entries of one page."""
    found = compare.text({"page 1": before}, {"page 1": after})
    return [(change.verb, change.kind, change.before, change.after) for change in found]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (["P: a b c"], ["P: a b c"], []),
        (["P: a b c"], ["P: a b d"], [("changed", "paragraph", "a b c", "a b d")]),
        (["P: a b"], ["P: a b", "P: c"], [("added", "paragraph", "", "c")]),
        (["P: a b", "P: c"], ["P: a b"], [("removed", "paragraph", "c", "")]),
        (
            ["P: a b c d"],
            ["P: a x y z"],
            [("removed", "paragraph", "a b c d", ""), ("added", "paragraph", "", "a x y z")],
        ),
        (["P: a b c d"], ["P: a b y z"], [("changed", "paragraph", "a b c d", "a b y z")]),
        (["LI: a b c"], ["P: a b c"], [("removed", "item", "a b c", ""), ("added", "paragraph", "", "a b c")]),
        (["LI: a b c"], ["LI: n", "LI: a b d"], [("added", "item", "", "n"), ("changed", "item", "a b c", "a b d")]),
        (["TR: 2019 | 7 | a"], ["TR: 2019 | 8 | a"], [("changed", "row", "2019 | 7 | a", "2019 | 8 | a")]),
        (["H2: a"], [], [("removed", "heading", "a", "")]),
        (["H: a"], [], [("removed", "heading", "a", "")]),
        (["Figure: [a]"], ["Figure: [b]"], [("removed", "picture", "[a]", ""), ("added", "picture", "", "[b]")]),
        (["Caption: a"], [], [("removed", "text", "a", "")]),
        (["P: a: b"], [], [("removed", "paragraph", "a: b", "")]),
    ],
    ids=[
        *("the same", "a word", "a new one", "one gone", "a quarter alike is another text", "half alike is a change"),
        *("another role is another text", "a new one before", "a row", "a heading", "of no level", "a picture"),
        *("anything else", "a colon in the words"),
    ],
)
def test_what_reads_otherwise(before: list[str], after: list[str], told: list[tuple[str, str, str, str]]) -> None:
    assert changes(before, after) == told


def test_a_text_that_only_moves_to_another_page_reads_the_same() -> None:
    assert list(compare.text({"page 1": ["P: a"]}, {"page 2": ["P: a"]})) == []


def test_a_change_is_told_with_the_page_where_it_stands_now_and_the_heading_above_it() -> None:
    old = {"page 1": ["H1: Top"], "page 2": ["H2: Sub", "H3: Low", "P: a b c"]}
    new = {"page 1": ["H1: Top"], "page 3": ["H2: Sub", "H3: Low", "P: a b d"]}
    (change,) = compare.text(old, new)
    assert str(change) == "page 3: paragraph changed under “Sub”: `a b c`: `c` → `d`"


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a b c", "a x c", ["`b` → `x`"]),
        ("a b c", "a c", ["without `b`"]),
        ("a c", "a b c", ["with `b`"]),
        ("a b", "x y", ["`a b` → `x y`"]),
        ("a b c d", "x b c", ["`a` → `x`", "without `d`"]),
        ("a b", "a  b", []),
        ("a b c", "a b", ["without `c`"]),
    ],
)
def test_a_change_is_told_by_the_words_that_gave_way(before: str, after: str, told: list[str]) -> None:
    assert list(differing.replacements(before, after)) == told


def test_each_run_of_words_is_kept_removed_or_added() -> None:
    runs = list(TextChange(1, "", "item", "a b c d", "a x y d").words())
    assert runs == [("kept", "a"), ("removed", "b c"), ("added", "x y"), ("kept", "d")]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (TextChange(2, "Hours", "item", "", "Open"), "page 2: item added under “Hours”: `Open`"),
        (TextChange(2, "Hours", "item", "Shut", ""), "page 2: item removed under “Hours”: `Shut`"),
        (TextChange(2, "", "row", "", "word " * 30), f"page 2: row added under “”: `{'word ' * 16}…`"),
    ],
)
def test_a_new_text_is_told_by_its_first_words(change: TextChange, told: str) -> None:
    assert str(change) == told


ITEM = TextChange(1, "Hours", "item", "a", "b")
HERE = Area(1, Box(0, 0, 10, 10))


@pytest.mark.parametrize(
    ("found", "summary"),
    [
        (Comparison((), (), (), ()), "unchanged"),
        (Comparison((ITEM,), ("x",), ("y",), (HERE,)), "1 item changed under “Hours”"),
        (Comparison((ITEM, ITEM), (), (), ()), "2 items changed under “Hours”"),
        (
            Comparison((ITEM, TextChange(1, "Hours", "item", "", "b"), ITEM), (), (), ()),
            "2 items changed under “Hours”, 1 item added under “Hours”",
        ),
        (Comparison((), ("x",), ("y",), (HERE,)), "the same words; other tags, bookmarks, links or metadata"),
        (Comparison((), (), ("y",), (HERE,)), "the same words; some in other places"),
        (Comparison((), (), (), (HERE,)), "the same words in the same places; it looks different"),
    ],
    ids=["nothing", "words come first", "two", "of two kinds", "then structure", "then places", "then looks"],
)
def test_a_document_has_one_line_that_says_what_matters_most(found: Comparison, summary: str) -> None:
    assert found.summary == summary
    assert bool(found) == (summary != "unchanged")


def test_a_place_is_found_with_a_ruler() -> None:
    assert str(Area(2, Box(12.4, 30.6, 22.5, 34.4))) == (
        "page 2, 12 mm from the left and 31 mm from the top: 10 × 4 mm look different"
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"faces": ["a"]}, {"faces": ["a"]}, []),
        ({"faces": ["a"]}, {"faces": ["b"]}, ["faces: lost `a`", "faces: new `b`"]),
        ({"language": "en"}, {"language": "de"}, ["language: lost `en`", "language: new `de`"]),
        (
            {"metadata": {"Title": "a"}},
            {"metadata": {"Title": "b"}},
            ["metadata: lost `Title: a`", "metadata: new `Title: b`"],
        ),
        ({}, {"links": ["page 1: x"]}, ["links: new `page 1: x`"]),
        ({"links": ["page 1: x"]}, {}, []),
        ({"text": "a"}, {"text": "b"}, []),
        (
            {"tags": [{"A": [{"B": [{"C": [{"D": ["P: a"]}]}]}]}]},
            {"tags": [{"A": [{"B": [{"C": [{"D": ["P: b"]}]}]}]}]},
            ["tags: lost `B › C › D › P: a`", "tags: new `B › C › D › P: b`"],
        ),
        (
            {"bookmarks": [{"page 1, A": ["page 1, B"]}]},
            {"bookmarks": [{"page 1, A": []}]},
            ["bookmarks: lost `page 1, B`"],
        ),
    ],
    ids=[
        *("the same", "a face", "one value", "a named value", "a new list", "what is no longer recorded"),
        *("words are told apart", "a tag with three above it", "a bookmark alone"),
    ],
)
def test_what_else_differs_is_told_with_its_name(before: object, after: object, told: list[str]) -> None:
    assert list(compare.structure(before, after)) == told  # type: ignore[arg-type]


def at(left: float, top: float, right: float, bottom: float, what: str = "P: a", page: int = 1) -> str:
    return f"{page:2} {left:7.1f} {top:7.1f} {right:7.1f} {bottom:7.1f}  {what}\n"


HOME = "page 1, 10 mm from the left and 20 mm from the top"


@pytest.mark.parametrize(
    ("after", "told"),
    [
        (at(10, 20, 30, 25), []),
        (at(10.1, 20.1, 30.1, 25.1), []),
        (at(10.2, 20, 30.2, 25), [f"{HOME}: `P: a` now 0.2 mm to the right"]),
        (at(9.8, 20, 29.8, 25), [f"{HOME}: `P: a` now 0.2 mm to the left"]),
        (at(10, 21, 30, 26), [f"{HOME}: `P: a` now 1.0 mm down"]),
        (at(10, 19, 30, 24), [f"{HOME}: `P: a` now 1.0 mm up"]),
        (at(10, 20, 31, 25), [f"{HOME}: `P: a` now 1.0 mm wider"]),
        (at(10, 20, 29, 25), [f"{HOME}: `P: a` now 1.0 mm narrower"]),
        (at(10, 20, 30, 26), [f"{HOME}: `P: a` now 1.0 mm taller"]),
        (at(10, 20, 30, 24), [f"{HOME}: `P: a` now 1.0 mm shorter"]),
        (at(11, 22, 34, 30), [f"{HOME}: `P: a` now 1.0 mm to the right, 2.0 mm down, 3.0 mm wider, 3.0 mm taller"]),
        (at(10, 20, 30, 25, "P: b"), [f"{HOME}: lost `P: a`", f"{HOME}: new `P: b`"]),
        ("", [f"{HOME}: lost `P: a`"]),
        (at(10, 20, 30, 25, page=2), [f"{HOME}: lost `P: a`", f"{HOME.replace('1,', '2,')}: new `P: a`"]),
    ],
    ids=[
        *("the same", "a rounding", "right", "left", "down", "up", "wider", "narrower", "taller", "lower", "all"),
        *("another thing", "gone", "on another page"),
    ],
)
def test_what_stands_elsewhere_is_told_from_where_it_was(after: str, told: list[str]) -> None:
    assert list(compare.geometry(at(10, 20, 30, 25), after)) == told


def sheet(*marks: tuple[int, int, int, int], size: tuple[int, int] = (400, 400)) -> Image.Image:
    """A white page with filled boxes, whose right and lower edges belong to them, in dots."""
    picture = Image.new("RGB", size, "white")
    for mark in marks:
        ImageDraw.Draw(picture).rectangle(mark, fill="black")
    return picture


def areas(before: Image.Image, after: Image.Image) -> list[tuple[int, ...]]:
    """Each part that differs, in dots."""
    found = [area.box for area in compare.pictures([before], [after])]
    return [tuple(round(edge / DOT) for edge in (box.left, box.top, box.right, box.bottom)) for box in found]


@pytest.mark.parametrize(
    ("mark", "seen"),
    [((10, 10, 13, 10), False), ((10, 10, 14, 10), True), ((10, 10, 19, 19), True)],
    ids=["four dots are a rounding", "five are a change", "a letter"],
)
def test_a_page_may_differ_in_a_few_dots(mark: tuple[int, int, int, int], seen: bool) -> None:
    left, top, right, bottom = mark
    assert areas(sheet(), sheet(mark)) == ([(left, top, right + 1, bottom + 1)] if seen else [])


def test_the_few_dots_are_of_the_whole_page() -> None:
    """Three here and three there are six."""
    assert len(areas(sheet(), sheet((10, 10, 12, 10), (300, 300, 302, 300)))) == 2


@pytest.mark.parametrize("colour", ["red", "green", "blue"])
@pytest.mark.parametrize(("levels", "seen"), [(4, False), (16, True)])
def test_sixteen_levels_of_one_colour_are_seen_and_a_few_are_not(colour: str, levels: int, seen: bool) -> None:
    tint = tuple(255 - levels * (name == colour) for name in ("red", "green", "blue"))
    after = sheet()
    ImageDraw.Draw(after).rectangle((10, 10, 60, 60), fill=tint)
    assert bool(areas(sheet(), after)) == seen


def test_dots_that_smooth_an_edge_are_no_change() -> None:
    before = sheet((100, 100, 200, 200))
    after = before.copy()
    ImageDraw.Draw(after).line((100, 99, 200, 99), fill=(200, 200, 200))
    assert areas(before, after) == []


@pytest.mark.parametrize(
    ("marks", "count"),
    [
        ([(10, 10, 20, 20), (25, 10, 35, 20)], 1),
        ([(50, 10, 60, 20), (70, 10, 80, 20)], 1),
        ([(50, 10, 60, 20), (90, 10, 99, 20)], 2),
        ([(10, 50, 20, 60), (10, 70, 20, 80)], 1),
        ([(10, 50, 20, 60), (10, 90, 20, 99)], 2),
        ([(50, 10, 63, 20), (64, 10, 127, 20), (128, 10, 140, 20)], 1),
    ],
    ids=["in one square", "near each other", "4 mm apart", "one below the other", "far below", "a row of three"],
)
def test_parts_that_lie_close_together_are_one(marks: list[tuple[int, int, int, int]], count: int) -> None:
    assert len(areas(sheet(), sheet(*marks))) == count


def test_a_page_that_is_new_gone_or_of_another_size_differs_as_a_whole() -> None:
    whole, wide = Area(1, Box(0, 0, 400 * DOT, 400 * DOT)), Area(1, Box(0, 0, 500 * DOT, 400 * DOT))
    assert list(compare.pictures([], [sheet()])) == [whole]
    assert list(compare.pictures([sheet()], [])) == [whole]
    assert list(compare.pictures([sheet()], [sheet(size=(500, 400))])) == [wide]


def test_each_page_is_compared_with_its_own() -> None:
    changed = sheet((10, 10, 30, 30))
    assert [area.page for area in compare.pictures([sheet(), sheet()], [sheet(), changed])] == [2]


def test_records_are_compared_tier_by_tier() -> None:
    before = Record("text: {page 1: ['P: a b c']}\nfaces: [x]\n", at(10, 20, 30, 25), (sheet(),))
    after = Record("text: {page 1: ['P: a b d']}\nfaces: [y]\n", at(10, 22, 30, 27), (sheet((10, 10, 30, 30)),))
    found = compare.compared(before, after)
    assert [len(tier) for tier in (found.text, found.structure, found.geometry, found.pictures)] == [1, 2, 1, 1]
    assert not compare.compared(before, before)
