"""Names and titles in scripts that the text faces do not have, within a page of another language."""

import pytest

from tests.conftest import Page
from triptych.design import faces
from triptych.design.faces import Face
from triptych.pdf import prove
from triptych.typeset.pages import Typesetter

SERIF, SANS = Face("Serif Text", 400, False, 11), Face("Label Sans", 400, False)
FACES = [SERIF, SANS]
WORDS = {
    "Chinese": "习近平与臺灣",
    "Japanese": "<span lang='ja'>東京のカタカナ</span>",
    "Korean": "서울특별시 도서관",
    "Arabic": "مكتبة القاهرة",
    "Greek": "Ελληνική Δημοκρατία",
    "Cyrillic": "Київська ґрунтівка",
    "Polish and Turkish": "Łódź, Iğdır, ŞĞİ",
}


def style(face: Face) -> str:
    return f"p {{ font: 12pt/18pt '{face.family}'; white-space: nowrap }}"


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.family)
def test_words_of_every_script_are_read_again_and_make_no_line_higher(
    typesetter: Typesetter, page: Page, face: Face
) -> None:
    mixed = (f"{before}{words} hello" for words in WORDS.values() for before in ("Hello ", ""))
    body = "".join(f'<p id="line-{n}">{line}' for n, line in enumerate(["Hello", *mixed, *WORDS.values()]))
    pages = typesetter.pages(page(body, style(face)))
    pdf = typesetter.pdf(pages)
    assert prove.lost_words(pages.body, pdf) == []
    assert prove.strange_faces(pdf) == []
    heights = {name: bottom - top for name, _, (_, top, _, bottom) in pages.boxes()}
    assert {name: height for name, height in heights.items() if abs(height - heights["line-0"]) > 0.01} == {}


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.family)
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
