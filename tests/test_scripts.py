"""Names and titles in scripts that the text faces do not have, within a page of another language."""

import re

import pytest

from tests.conftest import TEMPLATES, Page
from tests.tiny import article
from triptych.compose.isolation import isolated
from triptych.content import cite, packs
from triptych.content.letters import in_language, in_their_language
from triptych.design import faces, scripts
from triptych.design.faces import Face
from triptych.pdf import polish, prove
from triptych.typeset.pages import Typesetter

SERIF, SANS = Face("Serif Text", 400, False, 11), Face("Label Sans", 400, False)
BOLD = Face("Serif Text", 600, False, 11), Face("Label Sans", 600, False)
FACES = [SERIF, SANS, *BOLD]
WORDS = {
    "Chinese": "习近平与臺灣",
    "Japanese": "<span lang='ja'>東京のカタカナ</span>",
    "Korean": "서울특별시 도서관",
    "Arabic": "مكتبة لا إله الكبرى في",
    "Hebrew": "הספרייה הלאומית",
    "Greek": "Ελληνική Δημοκρατία",
    "Cyrillic": "Київська ґрунтівка",
    "Polish and Turkish": "Łódź, Iğdır, ŞĞİ",
}

PACKED = {"hi": "हिन्दी पुस्तकालय", "bn": "গ্রন্থাগার কিতাব", "ta": "தமிழ் நூலகம்", "te": "తెలుగు గ్రంథాలయం", "th": "ห้องสมุดแห่งชาติ"}


def style(face: Face) -> str:
    return f"p {{ font: {face.weight} 12pt/18pt '{face.family}'; white-space: nowrap }}"


@pytest.mark.sampled(4)
@pytest.mark.parametrize("face", FACES, ids=lambda face: face.postscript_name)
def test_words_of_every_script_are_read_again_and_make_no_line_higher(
    typesetter: Typesetter, page: Page, face: Face
) -> None:
    mixed = (f"{before}{words} hello" for words in WORDS.values() for before in ("Hello ", ""))
    body = "".join(f'<p id="line-{n}">{line}' for n, line in enumerate(["Hello", *mixed, *WORDS.values()]))
    pages = typesetter.pages(page(isolated(body, mirrored=False), style(face)))
    pdf = polish.polished(typesetter.pdf(pages))
    assert prove.lost_words(pages.body, pdf) == []
    assert prove.strange_faces(pdf) == []
    heights = {name: bottom - top for name, _, (_, top, _, bottom) in pages.boxes()}
    assert {name: height for name, height in heights.items() if abs(height - heights["line-0"]) > 0.01} == {}


@pytest.mark.parametrize("language", PACKED)
def test_a_script_that_was_fetched_is_read_again_and_makes_no_line_higher(
    typesetter: Typesetter, page: Page, language: str
) -> None:
    if packs.of_language(language) not in scripts.INSTALLED:
        pytest.skip(f"its faces are not there: run `make fonts LANGUAGE={language}`")
    lines = (f'<p id="line-{n}">{line}' for n, line in enumerate(["Hello", f"{PACKED[language]} hello"]))
    pages = typesetter.pages(page("".join(lines), style(SERIF)))
    pdf = polish.polished(typesetter.pdf(pages))
    assert prove.lost_words(pages.body, pdf) == []
    assert prove.strange_faces(pdf) == []
    latin, other = (bottom - top for _, _, (_, top, _, bottom) in pages.boxes())
    assert other == pytest.approx(latin, abs=0.01)


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.postscript_name)
@pytest.mark.parametrize(
    "text", ["习近平与臺灣", "東京のカタカナ", "서울특별시 도서관", "مكتبة القاهرة", "Hello 世界, hello", "שלום וברכה"]
)
def test_the_width_of_a_text_is_known_before_it_is_set(
    typesetter: Typesetter, page: Page, face: Face, text: str
) -> None:
    box = page(f'<p><span style="display: inline-block" id="a">{text}</span>', style(face))
    ((left, right),) = [(box[0], box[2]) for name, _, box in typesetter.pages(box).boxes() if name == "a"]
    assert right - left == pytest.approx(faces.width(text, face, 12), rel=0.01)


@pytest.mark.parametrize(("html", "face"), [("東京", "East-Sans"), ("<span lang='ja'>東京</span>", "Japanese-Sans")])
def test_an_ideograph_has_the_form_of_its_language(typesetter: Typesetter, page: Page, html: str, face: str) -> None:
    pdf = typesetter.pdf(typesetter.pages(page(f"<p>Tokyo {html}", style(SANS))))
    assert {name for name, _ in prove.faces(pdf)} == {"Label-Sans", face}


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<b>東京のカナ</b> and 東京", '<b><span lang="ja">東京のカナ</span></b> and 東京'),
        ("서울 도서관, 中", '<span lang="ko">서울 도서관</span>, 中'),
        ("<title>カナ</title>", "<title>カナ</title>"),
    ],
)
def test_what_is_surely_japanese_or_korean_says_so(html: str, marked: str) -> None:
    assert in_their_language(html) == marked


@pytest.mark.parametrize(
    ("language", "marked"), [("ja-JP", '<span lang="ja">東京</span>'), ("", "東京"), ("de", "東京")]
)
def test_a_source_says_in_which_language_its_ideographs_are(language: str, marked: str) -> None:
    tokyo = {"id": "one", "type": "book", "title": "Tokyo 東京", "language": language}
    (source,) = cite.sources(article("[@one]", references=[tokyo]), {"one": 1}, TEMPLATES.file("sources.csl"))
    assert f"Tokyo {marked}" in source.text_html


def test_the_parts_of_a_source_from_right_to_left_keep_their_order() -> None:
    library = {"id": "one", "type": "book", "title": "הספרייה הלאומית", "author": [{"family": "לוי", "given": "דן"}]}
    (source,) = cite.sources(article("[@one]", references=[library]), {"one": 1}, TEMPLATES.file("sources.csl"))
    parts = re.findall('<bdi dir="rtl">(.*?)</bdi>', source.text_html)
    assert parts[0].startswith("לוי")
    assert parts[1:] == ["הספרייה הלאומית"]
    assert in_language('<i title="שם">R&amp;D</i>', "he") == '<i title="שם">R&amp;D</i>'


@pytest.mark.parametrize(
    ("html", "apart"),
    [
        ("<i>مكتبة القاهرة</i>, 2018", '<i><bdi dir="rtl" lang="ar">مكتبة القاهرة</bdi></i>, 2018'),
        ("A שלום 12 וברכה 3 & B", 'A <bdi dir="rtl" lang="he">שלום 12 וברכה</bdi> 3 &amp; B'),
        ("<title>שלום</title>R &amp; D", "<title>שלום</title>R &amp; D"),
    ],
)
def test_hebrew_and_arabic_keep_their_direction_within_latin(html: str, apart: str) -> None:
    assert isolated(html, mirrored=False) == apart
