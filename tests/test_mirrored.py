"""A page of a language that is written from right to left is the mirror of a page of one written from left to right."""

import io
import re
import unicodedata
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageFilter

from tests.conftest import PROJECT, TEMPLATES, Page, barriers, read_aloud, written
from triptych.build import editions, finish, pipeline
from triptych.build.pipeline import Order
from triptych.compose.html import Composed
from triptych.compose.isolation import in_a_line, isolated
from triptych.content import prose
from triptych.content.units import MM_PER_POINT
from triptych.design import faces
from triptych.design.sizes import BRIEFING_TYPE
from triptych.documents import copyfit, factsheet, screen, tiles
from triptych.pdf import glyph_order, impose, polish, prove, tags
from triptych.typeset.pages import Typesetter

ARTICLE = """---
title: {title}
language: {language}
date: 2025-03-14
in-brief:
  - {sentence}
---

## {title}

{sentence}
"""
EVENTS = "events:\n" + "".join(f"  - date: {1901 + 9 * n}\n    headline: {{headline}}\n" for n in range(5))
FIGURES = "figures:\n" + "".join(f"  - value: '{700 + n}'\n    label: {{headline}} {n}\n" for n in range(5))
ENGLISH = {"language": "en", "title": "The library", "sentence": "The library opened.", "headline": "Opening"}
HEBREW = {"language": "he", "title": "הספרייה", "sentence": "הספרייה נפתחה.", "headline": "פתיחה"}
LEBANESE = {
    "language": "ar-LB",
    "title": "تجمع في ساحة القرية",
    "sentence": "تجمع ٦٣٪ من الأهالي مع مطلع ٢٠١٨، وكلّف سقفهم ١٬٢٠٠ دولار. سُرق منه ع ي م، فقارنّا كل شيء بما يقع. " * 3,
    "headline": "سُرق صندوقٌ مع غيره",
}
"""Letters that reach far below their line, over vowels that stand high above theirs."""


def article(folder: Path, words: dict[str, str]) -> Path:
    files = {"article.md": ARTICLE, "timeline.yaml": EVENTS, "figures.yaml": FIGURES}
    return written(folder, {file: text.format(**words) for file, text in files.items()})


def made(folder: Path, words: dict[str, str], name: str) -> bytes:
    (document,) = pipeline.documents(article(folder, words), Order((name,)), TEMPLATES)
    return document.pdf


def places(pdf: bytes, text: str) -> list[tuple[float, float]]:
    """Distance in pt of a text from the left and from the right edge of the first page, wherever it stands there."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        words = page.get_textpage()
        found, search = [], words.search(text)
        while hit := search.get_next():
            boxes = [words.get_charbox(index) for index in range(hit[0], hit[0] + hit[1])]
            found.append((min(box[0] for box in boxes), page.get_width() - max(box[2] for box in boxes)))
        return found


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    "name",
    ["factsheet", *(pytest.param(name, marks=pytest.mark.slow) for name in ("briefing", "poster"))],
)
def test_the_axis_and_the_figures_stand_on_the_other_side(tmp_path: Path, name: str) -> None:
    english, hebrew = (made(tmp_path / words["language"], words, name) for words in (ENGLISH, HEBREW))
    with pikepdf.open(io.BytesIO(hebrew)) as document:
        assert document.Root.ViewerPreferences.Direction == "/R2L"
    numbers = [*("700", "704"), *("1910", "1930")] if name == "factsheet" else ["1910", "1930"]
    numbers = numbers if name != "briefing" else ["700", "704"]
    for number in numbers:
        (left, _), (_, right) = places(english, number)[0], places(hebrew, number)[0]
        assert left == pytest.approx(right, abs=3)  # pt: boxes of glyphs, not of advances, in type of up to 40 pt


@pytest.mark.parametrize(("words", "direction"), [(ENGLISH, ""), (HEBREW, ' dir="rtl"')])
def test_the_page_for_the_screen_is_mirrored_and_its_data_are_not(
    tmp_path: Path, words: dict[str, str], direction: str
) -> None:
    folder = article(tmp_path / "article", {**words, "title": "ALA"})
    html = screen.page(pipeline.workshop(folder, Order(()), TEMPLATES), folder, TEMPLATES)["index.html"].decode()
    assert f'<html lang="{words["language"]}"{direction}>' in html
    assert ('<h1><bdi dir="ltr" lang="en">ALA</bdi></h1>' if direction else "<h1>ALA</h1>") in html
    assert '"headline": "ALA"' in html


@pytest.mark.slow
@pytest.mark.parametrize("words", [HEBREW, LEBANESE], ids=["he", "ar"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_page_for_the_screen_keeps_nobody_out(
    chromium: Any, tmp_path: Path, words: dict[str, str], width: int
) -> None:
    folder = article(tmp_path / "article", words)
    finish.fill(tmp_path / "web", screen.page(pipeline.workshop(folder, Order(()), TEMPLATES), folder, TEMPLATES))
    page = chromium.new_page(viewport={"width": width, "height": 800})
    page.goto((tmp_path / "web" / "index.html").as_uri())
    assert barriers(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


DECLARATION = re.compile(r"(?<![\w.-])([a-z][a-z-]*): ?([^;{}]+)[;}]")
PART = re.compile(r"(?:[^\s(]|\((?:[^()]|\([^()]*\))*\))+")
EITHER_WAY = {
    ("text-align", "right"),  # numbers in a column, with their decimal signs below each other
    ("padding-right", "calc(var(--cell-padding) + var(--tail))"),
    ("padding-right", "var(--tail)"),
    ("margin", "var(--margin-top) var(--margin-end) var(--margin-bottom) var(--margin-start)"),  # of a page
    ("margin", "var(--margin-top) var(--margin-start) var(--margin-bottom) var(--margin-end)"),
    ("margin", "var(--margin-top) var(--outer) var(--margin-bottom) var(--inner)"),  # of a page on one side of a fold
    ("margin", "var(--margin-top) var(--inner) var(--margin-bottom) var(--outer)"),
}


def names_a_side(name: str, value: str) -> bool:
    parts = PART.findall(value)
    four = name in ("margin", "padding") and len(parts) == 4 and parts[1] != parts[3]
    return four or {"left", "right"} & {*name.split("-"), value} != set()


@pytest.mark.parametrize(
    "style",
    sorted([*TEMPLATES.file("styles").glob("*.css"), TEMPLATES.file("web/page.css")]),
    ids=lambda style: style.name,
)
def test_a_style_names_the_start_of_a_line_and_not_its_left(style: Path) -> None:
    declared = DECLARATION.findall(style.read_text("utf-8"))
    assert {each for each in declared if names_a_side(*each)} <= EITHER_WAY


@pytest.mark.parametrize(
    ("html", "apart"),
    [
        ("<p>ראו CC BY 4.0.</p>", '<p>ראו <bdi dir="ltr" lang="en">CC BY 4.0</bdi>.</p>'),
        ("<p>MARC 21 منذ ٢٠١٨</p>", '<p><bdi dir="ltr" lang="en">MARC 21</bdi> منذ ٢٠١٨</p>'),
        ("<p>متحف (Museum).</p>", '<p>متحف (<bdi dir="ltr" lang="en">Museum</bdi>).</p>'),
        (
            "<p>في «Museum», Koha</p>",
            '<p>في «<bdi dir="ltr" lang="en">Museum</bdi>», <bdi dir="ltr" lang="en">Koha</bdi></p>',
        ),
        ("<p>وسم #Koha هنا</p>", '<p>وسم <bdi dir="ltr" lang="en">#Koha</bdi> هنا</p>'),
        ("<p>قال f(x) هنا</p>", '<p>قال <bdi dir="ltr" lang="en">f(x)</bdi> هنا</p>'),
        (
            "<p>هاتف: <strong> 1-800-656-4673</strong>، 030/123 45 67.</p>",
            '<p>هاتف: <strong> <bdi dir="ltr">1-800-656-4673</bdi></strong>، <bdi dir="ltr">030/123 45 67</bdi>.</p>',
        ),
        ("<p>من 2016-2018 و2019 2020</p>", "<p>من 2016-2018 و2019 2020</p>"),
        ("<td>+8%</td>", '<td><bdi dir="ltr">+8%</bdi></td>'),
        ("<p>ירד ב־3, כלומר -1,200.5.</p>", '<p>ירד ב־3, כלומר <bdi dir="ltr">-1,200.5</bdi>.</p>'),
        ("<p>5-8 עד 1+2, +٨٪</p>", "<p>5-8 עד 1+2, +٨٪</p>"),
        (
            "<p>Written by us. <i>Twice</i>.</p>",
            '<p><bdi dir="ltr" lang="en">Written by us.</bdi> <i><bdi dir="ltr" lang="en">Twice</bdi></i>.</p>',
        ),
        (
            "<p>FBI, «<b>Table</b>»",
            '<p><bdi dir="ltr" lang="en">FBI</bdi>, «<b><bdi dir="ltr" lang="en">Table</bdi></b>»',
        ),
        ("<p>IFLA, ”Table”, ”ב”", '<p><bdi dir="ltr" lang="en">IFLA, ”Table”</bdi>, ”ב”'),
        ('<p><bdi dir="ltr">Who?</bdi>!', '<p><bdi dir="ltr">Who?</bdi>!'),
        ("<a>\u00a0example.org/a-b</a>", '<a>\u00a0<bdi dir="ltr" lang="en">example.org/a-b</bdi></a>'),
        (
            "<a>[3, 4]</a> &amp; ב־2013 R&amp;D",
            '<a><bdi dir="ltr">[3, 4]</bdi></a> &amp; ב־2013 <bdi dir="ltr" lang="en">R&amp;D</bdi>',
        ),
        ("<title>Title A</title><p>שלום 12</p>", "<title>Title A</title><p>שלום 12</p>"),
    ],
)
def test_latin_keeps_its_direction_within_hebrew(html: str, apart: str) -> None:
    assert isolated(html, mirrored=True) == apart


def test_a_running_head_keeps_the_direction_of_latin_by_signs() -> None:
    assert in_a_line("<b>#HimToo</b>: وسم &amp; R&amp;D", mirrored=True) == "\u2066#HimToo\u2069: وسم & \u2066R&D\u2069"
    assert in_a_line("#HimToo &amp; more", mirrored=False) == "#HimToo & more"


@pytest.mark.slow
def test_the_running_head_has_the_sign_of_a_word_before_it(tmp_path: Path) -> None:
    pdf = made(
        tmp_path / "made", {**LEBANESE, "title": "'#HimToo: وسم'", "sentence": LEBANESE["sentence"] * 40}, "briefing"
    )
    heads = [piece.text for page, piece in tags.read(pdf).outside_tags if page == 2]
    assert any("#HimToo" in head for head in heads)


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        # CLDR 47, delimiters; Academy of the Hebrew Language, Punctuation: gershayim, geresh, maqaf.
        ('אמר "שלום"', "אמר ”שלום”"),
        ('צה"ל', "צה״ל"),
        ("ב-3 בפברואר, ב-MARC, תל-אביב", "ב־3 בפברואר, ב־MARC, תל־אביב"),
        ("63%", "63%"),
    ],
)
def test_hebrew_has_its_own_signs(typed: str, set_: str) -> None:
    html = prose.Renderer({}, language="he").line(typed)
    assert html.replace("&nbsp;", " ").replace("\u00a0", " ").replace("\u2060", "") == set_


VOWEL = 0.3
"""How far a vowel of an upright label may reach beyond the edge of its line, as a share of the size."""


@pytest.mark.slow
@pytest.mark.parametrize(("name", "sheet", "margin"), [("poster", "24x36in", 30.7), ("factsheet", None, 15)])
def test_no_line_in_arabic_reaches_into_the_margin(name: str, sheet: str | None, margin: float) -> None:
    """The key of the poster, and the numbered lists on the back of the fact sheet. `margin` is in mm."""
    workshop = pipeline.workshop(PROJECT / "content/himtoo/ar", Order((name,), sheet=sheet), TEMPLATES)
    made = pipeline.DOCUMENTS[name](workshop) if sheet else factsheet.duplex(workshop)
    with pypdfium2.PdfDocument(made.pdf) as document:
        width = document[0].get_width() * MM_PER_POINT
    pieces = [piece for block in tags.read(made.pdf).blocks() for piece in block.pieces]
    outside = [
        piece.text
        for piece in pieces
        if min(piece.box.left, width - piece.box.right) < margin - 0.5 - piece.size * MM_PER_POINT * VOWEL
    ]
    assert outside == []


@pytest.mark.slow
def test_the_poster_on_an_assembly_plan_stands_under_its_cuts(tmp_path: Path) -> None:
    poster = made(tmp_path / "article", HEBREW, "poster")
    tiled = editions.tiled(tmp_path / "article", Order(), TEMPLATES)["poster-a4.pdf"]
    (_, on_poster), (_, on_plan) = places(poster, "1910")[0], places(tiled, "1910")[0]
    scale = 150 / 594
    assert on_plan == pytest.approx(tiles.MARGIN / MM_PER_POINT + scale * on_poster, abs=3)


def test_a_booklet_is_folded_on_the_other_side() -> None:
    assert list(impose.saddle(6, mirrored=True)) == [(0, None), (None, 1), (2, 5), (4, 3)]


def mirrored(page: Page, body: str) -> Composed:
    html = page(body).html.replace('<html lang="en">', '<html lang="he" dir="rtl">')
    return Composed(html, {})


TEXT = "תיבת הספרים נפתחה ב־3 בפברואר 2025, ראו CC BY."


@pytest.mark.parametrize(("family", "face"), [("Serif Text", "Hebrew-Serif"), ("Label Sans", "Hebrew-Sans")])
@pytest.mark.parametrize("weight", [400, 600])
def test_hebrew_is_read_again_in_the_order_in_which_it_is_written(
    typesetter: Typesetter, page: Page, family: str, face: str, weight: int
) -> None:
    body = f"<p style='font-family: \"{family}\"; font-weight: {weight}'>{isolated(TEXT, mirrored=True)}"
    pdf = typesetter.pdf(typesetter.pages(mirrored(page, body)))
    (text,) = prove.page_texts(pdf)
    for word in ("תיבת", "הספרים", "נפתחה", "בפברואר", "2025", "ראו"):
        assert word in text
    assert [name for name, _ in prove.faces(pdf) if name.startswith(face)]
    assert prove.strange_faces(pdf) == []


def test_a_line_from_right_to_left_is_told_in_the_order_in_which_it_is_written(
    typesetter: Typesetter, page: Page
) -> None:
    """Its parts in other faces, such as Latin words, are drawn from left to right."""
    words = isolated("<p>ראו את <b>Koha</b> ואת <i>Evergreen</i> היום, שלום.", mirrored=True)
    pdf = polish.polished(typesetter.pdf(typesetter.pages(mirrored(page, words))))
    told = read_aloud(pdf).partition("\n")[2]
    assert re.findall(r"\w+", told) == ["ראו", "את", "Koha", "ואת", "Evergreen", "היום", "שלום"]


@pytest.mark.parametrize(
    ("body", "lost"),
    [
        (f"<p>{TEXT}", []),
        ('<p>שלום<p><bdi dir="ltr">A six-month trial of 14 branches</bdi>', []),
        ("<p>תיבת <span style='visibility: hidden'>הספרים</span> נפתחה", ["הספרים"]),
        ("<p>נפתחה <span style='visibility: hidden'>2025</span>", ["2025"]),
        ("<p style='width: 12mm'>ראו <bdi dir='ltr'>CC BY-SA short-lived</bdi> נפתחה", []),
        ("<p>נפתחה≠ <bdi dir='ltr'>Latin≠</bdi> נפתחה", []),
        ("<p>נפתחה <bdi dir='ltr'>BY-<span style='visibility: hidden'>SA</span></bdi>", ["SA"]),
    ],
)
def test_a_lost_word_of_hebrew_is_found(typesetter: Typesetter, page: Page, body: str, lost: list[str]) -> None:
    pages = typesetter.pages(mirrored(page, body))
    assert prove.lost_words(pages.body, polish.polished(typesetter.pdf(pages))) == lost


@pytest.mark.parametrize(("hidden", "lost"), [("", []), ("hidden", ["Contentnote:assaultismentioned."])])
def test_english_beside_hebrew_is_whole_unless_a_word_is_lost(
    typesetter: Typesetter, page: Page, hidden: str, lost: list[str]
) -> None:
    """PDFium takes the lines of two columns for one, and turns both."""
    place = "position: absolute; top: 10mm; width: 40mm; font-size: 6pt"
    word = f"<span style='visibility: {hidden or 'visible'}'>assault</span>"
    english = f"<p style='{place}; left: 5mm'>Content note: {word} is mentioned."
    pages = typesetter.pages(page(f"{english}<p dir='rtl' style='{place}; left: 50mm'>אח, בן, גם, דג, הר, וו, זה, חם"))
    assert prove.lost_words(pages.body, polish.polished(typesetter.pdf(pages))) == lost


ARABIC = (
    "تجمع الأهالي في ٩ تشرين الأول ٢٠١٨، وطلبوا سقفًا كلفته ١٬٢٠٠ دولار. وافق ٦٣٪ منهم (قارنّا كل رقم)، "
    "وهذا ما تتفق عليه المصادر: نظام Koha 21 الحر، والله أعلم."
)
"""Digits and marks against letters, vowels that are raised, letters over each other, and a run of Latin."""


@pytest.mark.sampled(3)
@pytest.mark.parametrize("hidden", ["", "تجمع", "سقفًا", "٦٣٪", "Koha"])
@pytest.mark.parametrize("family", ["Serif Text", "Serif Display", "Label Sans"])
def test_arabic_is_whole_unless_a_word_is_lost(typesetter: Typesetter, page: Page, family: str, hidden: str) -> None:
    text = isolated(ARABIC, mirrored=True)
    body = text.replace(hidden, f"<span style='visibility: hidden'>{hidden}</span>", 1) if hidden else text
    style = f'font: 600 11pt/20pt "{family}"'
    pages = typesetter.pages(mirrored(page, f"<p style='{style}'>{body}"))
    plain = typesetter.pdf(pages)
    for pdf in (polish.polished(plain), polish.for_press(plain)):
        assert bool(prove.lost_words(pages.body, pdf)) == bool(hidden)
        assert prove.collisions(pdf) == []


@pytest.mark.parametrize(
    ("first", "second", "over", "covered"),
    [
        ("كتاب واحد", "سقفًا", "-20pt", True),
        ("كتاب واحد", "سقفًا", "-9pt", True),
        ("كتاب واحد", "سقفًا", "0", False),
        pytest.param("صدّقهم قالوا", "أم أم كأس ألا أمّ", "-6pt", False, id="a stem among tails"),
        pytest.param("ععع", "سُُُرق", "-2pt", False, id="a vowel among tails"),
        pytest.param("١٩٠١", "سُرق", "-6pt", True, id="a vowel on a date"),
    ],
)
def test_arabic_that_covers_arabic_is_found(
    typesetter: Typesetter, page: Page, first: str, second: str, over: str, covered: bool
) -> None:
    body = "".join(
        f"<p style='line-height: 20pt; margin: {m} 0 0'>{text}" for m, text in (("0", first), (over, second))
    )
    assert bool(prove.collisions(typesetter.pdf(typesetter.pages(mirrored(page, body))))) == covered


LATIN, INDIC = "[0-9]", "[\u0660-\u0669]"


@pytest.mark.sampled(3)
@pytest.mark.parametrize(
    ("language", "others", "name"),
    [
        ("ar-LB", LATIN, "factsheet"),
        *(pytest.param("ar-LB", LATIN, name, marks=pytest.mark.slow) for name in ("briefing", "poster")),
        *(pytest.param("ar", INDIC, name, marks=pytest.mark.slow) for name in ("briefing", "factsheet", "poster")),
    ],
)
def test_an_article_in_arabic_has_the_same_digits_everywhere(
    tmp_path: Path, language: str, others: str, name: str
) -> None:
    """Those of its tag in CLDR: in dates, in numbers of sources, events and pages, on the axis, in what is typed."""
    pdf = made(tmp_path / "arabic", {**LEBANESE, "language": language}, name)
    with pypdfium2.PdfDocument(pdf) as document:
        text = " ".join(page.get_textpage().get_text_range() for page in document)
    assert len(re.findall(r"\d", text)) > 30
    assert re.findall(f".{{0,9}}{others}.{{0,9}}", text) == []


@pytest.mark.parametrize(("words", "size", "leading"), [(HEBREW, "10.5pt", "15pt"), (LEBANESE, "11.655pt", "18pt")])
def test_running_text_in_arabic_is_larger_and_its_lines_farther_apart(
    tmp_path: Path, words: dict[str, str], size: str, leading: str
) -> None:
    workshop = pipeline.workshop(article(tmp_path / "made", words), Order(("briefing",)), TEMPLATES)
    own = copyfit.properties(workshop, BRIEFING_TYPE[0])
    assert (own["body-size"], own["body-leading"]) == (size, leading)


def test_a_letter_of_arabic_is_copied_as_itself_though_its_form_serves_another_language_too(
    typesetter: Typesetter, page: Page
) -> None:
    style = "font: 600 11pt 'Serif Text'"
    pdf = polish.polished(typesetter.pdf(typesetter.pages(mirrored(page, f'<p style="{style}">تتفق'))))
    assert prove.page_texts(pdf) == ["تتفق"]


READ = [
    "عبّر وسم عن رجال تعرضوا لاعتداء، اتُّهموا ظلمًا.",
    "رجلًا وأولًا وتجمّعان، مكبَّر ١٠ مرات؛ لأن الأمر في لبنان.",
    "العدد 1، في 28\u00a0نوفمبر\u00a02026 (تاريخ «غير مؤكد»)",
    "بهامش ±9–10 نقاط، 22.9% من 1,927 حالة",
    "تجمع ٦٣٪ من الأهالي، كلفته ١٬٢٠٠ دولار",
    "وكتبت Metro US أن (National Review) رأت ذلك في عام 2015. [3، 4]",
]


@pytest.mark.parametrize("family", ["Serif Text", "Serif Display", "Label Sans"])
def test_arabic_is_copied_searched_and_heard_as_it_was_written(typesetter: Typesetter, page: Page, family: str) -> None:
    """Vowels over letters and over joined letters, numbers and signs among letters, words of Latin, brackets."""
    body = "".join(f"<p style='font: 600 11pt/24pt \"{family}\"'>{isolated(text, mirrored=True)}</p>" for text in READ)
    plain = typesetter.pdf(typesetter.pages(mirrored(page, body)))
    pdf = polish.polished(plain)
    assert [composed(block.text) for block in tags.read(pdf).blocks()] == [composed(text) for text in READ]
    for found in (pdf, polish.for_press(plain)):
        with pypdfium2.PdfDocument(found) as document:
            read = re.findall(WORD, composed(" ".join(one.get_textpage().get_text_range() for one in document)))
        assert sorted(read) == sorted(re.findall(WORD, composed(" ".join(READ))))


def composed(text: str) -> str:
    """A text with its white space as blanks, and the vowels of a letter in one order."""
    return " ".join(unicodedata.normalize("NFC", text).split())


WORD = r"[\w\u064b-\u0652]+"


def test_a_moved_vowel_stands_where_it_stood(typesetter: Typesetter, page: Page) -> None:
    words = "تَجَمُّعٌ مُكَبَّرٌ رجلًا ظُلْمًا من بعض الحجج صدّقهم"
    body = "".join(f"<p style='font: 600 18pt/40pt \"{family}\"'>{words}" for family in ("Serif Text", "Label Sans"))
    plain = typesetter.pdf(typesetter.pages(mirrored(page, body)))
    before, after = (picture(pdf) for pdf in (plain, polish.polished(plain)))
    for one, other in ((before, after), (after, before)):
        surely = one.filter(ImageFilter.MinFilter(5))  # PDFium puts each glyph on a whole pixel
        lost = ImageChops.subtract(surely, other).histogram()
        assert sum(lost[64:]) == 0


def picture(pdf: bytes) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        found: Image.Image = document[0].render(scale=3, grayscale=True).to_pil()
        return found


@pytest.mark.parametrize(
    ("drawn", "turned", "text"),
    [
        ("koha", True, "koha"),
        ("10%–2", True, "2–10%"),
        ("10%–2", False, "10%–2"),
        ("+277,000", True, "+277,000"),
        ("[3, 4]", True, "[3, 4]"),
        ("[ ", True, " ]"),
        ("10–9± ركاشف", True, "فشاكر ±9–10"),
        ("63% םע", True, "עם 63%"),
        ("٪٦٣ ةبسن", True, "نسبة ٦٣٪"),
        ("ةرباع :#HimToo", True, "#HimToo: عابرة"),
        ("MARC 21 תכרעמ", False, "מערכת MARC 21"),
        ("(םלוע) םולש", True, "שלום (עולם)"),
    ],
)
def test_a_line_is_read_from_how_it_is_drawn(drawn: str, turned: bool, text: str) -> None:
    assert glyph_order.as_written(drawn, turned) == text


@pytest.mark.parametrize("weight", [400, 600])
def test_no_join_of_arabic_is_longer_than_it_was_typed(typesetter: Typesetter, page: Page, weight: int) -> None:
    style = f"font: {weight} 11pt 'Serif Text'"
    words = ["للكتب", "الكتب", "بـ"]
    body = "".join(f'<p style="{style}">{word}' for word in words)
    pdf = polish.polished(typesetter.pdf(typesetter.pages(mirrored(page, body))))
    with pypdfium2.PdfDocument(pdf) as document:
        assert document[0].get_textpage().get_text_range().split() == words


def test_a_face_of_hebrew_makes_no_line_higher_and_its_widths_are_known(typesetter: Typesetter, page: Page) -> None:
    style = "p { margin: 0; font: 20pt/20pt 'Serif Text' }"
    hebrew, latin = (
        typesetter.edges(page(f'<p id="a">{text}</p>', style))["a"] for text in ("שלום וברכה", "Hello Hello")
    )
    assert hebrew == pytest.approx(latin, abs=0.01)
    word = Composed(page('<span style="display: inline-block" id="a">שלום</span>').html, {})
    ((_, _, (left, _, right, _)),) = [box for box in typesetter.pages(word).boxes() if box[0] == "a"]
    size = 16 * 0.75  # the size of type that a browser has, in pt
    assert right - left == pytest.approx(faces.width("שלום", faces.Face("Serif Text", 400, False, 11), size), rel=0.01)
