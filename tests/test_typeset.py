import io
import re
from dataclasses import replace

import pikepdf
import pytest
from PIL import Image

from tests.conftest import TEMPLATES, ArticleCopy, Page
from triptych.content import prose
from triptych.content.errors import StyleError
from triptych.design.faces import FACES
from triptych.pdf import prove
from triptych.typeset.pages import Typesetter


@pytest.mark.parametrize(
    ("body", "style", "named"),
    [
        pytest.param("<p>a", "p { colour: red }", "`colour: red", id="unknown property"),
        pytest.param("<p>a", "p { width: var(--nowhere) }", "`--nowhere` has no value", id="unknown custom property"),
        pytest.param("<p>a", "p { background: url(asset://styles/none.png) }", "styles/none.png", id="missing file"),
        pytest.param("<p>a Ꮳ b", "", "Ꮳ", id="missing glyph"),
        pytest.param('<p><a href="#nowhere">a</a>', "", "#nowhere", id="link that leads nowhere"),
        pytest.param('<img src="https://example.org/a.png" alt="">', "", "example.org/a.png", id="network"),
        pytest.param("<p>a", "p { background: url(http://example.org/a.png) }", "example.org", id="network in a style"),
        pytest.param('<link rel="stylesheet" href="https://example.org/a.css">', "", "example.org", id="network sheet"),
        pytest.param('<img src="file:///etc/passwd" alt="">', "", "file:///etc/passwd", id="file of the system"),
        pytest.param('<img src="data:image/png;base64,a" alt="">', "", "data:image/png", id="data in the address"),
        pytest.param('<img src="asset://article/../x.png" alt="">', "", "/../x.png", id="outside the folder"),
        pytest.param('<img src="asset://article/%2e%2e/x.png" alt="">', "", "%2e%2e/x.png", id="outside, in disguise"),
        pytest.param(
            '<img src="asset://article/article.md" alt="">',
            "",
            "article.md` may not be loaded: the type must be",
            id="no picture",
        ),
    ],
)
def test_whatever_the_typesetter_would_pass_over_is_an_error(
    typesetter: Typesetter, page: Page, body: str, style: str, named: str
) -> None:
    with pytest.raises(StyleError) as caught:
        typesetter.pdf(typesetter.pages(page(body, style)))
    assert named in str(caught.value)


def test_a_link_out_of_the_articles_folder_is_refused(article_copy: ArticleCopy, page: Page) -> None:
    outside = article_copy.folder.parent / "outside.png"
    Image.new("L", (8, 8)).save(outside)
    (article_copy.folder / "inside.png").symlink_to(outside)
    typesetter = Typesetter(TEMPLATES, article_copy.folder)
    with pytest.raises(StyleError, match=r"inside\.png.*outside the article's folder"):
        typesetter.pages(page('<img src="asset://article/inside.png" alt="">'))


@pytest.mark.parametrize("kept", [0, 40, 100, 200])
def test_a_damaged_picture_is_refused(article_copy: ArticleCopy, page: Page, kept: int) -> None:
    picture = article_copy.folder / "branches.png"
    picture.write_bytes(picture.read_bytes()[:kept])
    typesetter = Typesetter(TEMPLATES, article_copy.folder)
    with pytest.raises(StyleError, match=r"branches\.png.*not a whole picture"):
        typesetter.pages(page('<img src="asset://article/branches.png" alt="">'))


def test_edges_are_in_mm(typesetter: Typesetter, page: Page) -> None:
    edges = typesetter.edges(page('<div id="a" style="height: 10mm"></div><p id="b" style="height: 2.5mm">b</p>'))
    assert {name: bottom - top for name, (top, bottom) in edges.items()} == pytest.approx({"a": 10, "b": 2.5})


def test_anchors_know_their_page(typesetter: Typesetter, page: Page) -> None:
    pages = typesetter.pages(page('<p id="a">a</p><p id="b" style="break-before: page">b</p>'))
    assert pages.count == 2
    assert dict(pages.anchors()) == {"a": 1, "b": 2}


SIGNS = "→ ★ ✓ ∈ 𝑥 ☿ ① 😷 👩‍👩‍👧 🇬🇧 👍🏽 1️⃣ ❤️ ⚠️"


@pytest.mark.parametrize("family", ["Serif Text", "Serif Display", "Label Sans"])
def test_signs_print_in_faces_of_signs_and_can_be_read_again(typesetter: Typesetter, page: Page, family: str) -> None:
    pages = typesetter.pages(page(f"<p style='font-family: \"{family}\"'>{SIGNS}"))
    pdf = typesetter.pdf(pages)
    assert {found for found, _ in prove.faces(pdf)} >= {"Sign-Emoji", "Sign-Sans", "Sign-Maths"}
    assert prove.lost_words(pages.body, pdf) == []


def test_a_sign_makes_no_line_higher(typesetter: Typesetter, page: Page) -> None:
    style = "p { font: 10pt 'Serif Text' } h2 { font: bold 10pt 'Label Sans' }"
    signs = "⇌ ∉ 𝑥 ② 😷 👩‍👩‍👧 1️⃣ ❤️"
    body = f'<p id="a">a b</p><p id="b">a {signs}</p><h2 id="c">a b</h2><h2 id="d">a {signs}</h2>'
    height = {name: bottom - top for name, (top, bottom) in typesetter.edges(page(body, style)).items()}
    assert height["b"] == pytest.approx(height["a"])
    assert height["d"] == pytest.approx(height["c"])


@pytest.mark.parametrize("family", ["DejaVu Sans", "Arial", "sans-serif", "monospace", "Serif Text"])
def test_no_face_of_the_system_is_ever_used(typesetter: Typesetter, page: Page, family: str) -> None:
    pdf = typesetter.pdf(
        typesetter.pages(page(f"<p style='font-family: \"{family}\"'>a<p style='font: 9pt {family}'>b"))
    )
    assert prove.strange_faces(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        names = {
            re.sub("^/[A-Z]{6}[+]", "", str(item.BaseFont)).split("-")[0:2][0]
            for item in document.objects
            if isinstance(item, pikepdf.Dictionary) and "/BaseFont" in item
        }
    assert names
    assert names <= {face.family.split()[0] for face in FACES}


def test_the_same_document_gives_the_same_bytes(typesetter: Typesetter, page: Page) -> None:
    composed = page('<p>a<img src="asset://article/branches.png" alt="b">')
    first, second = (typesetter.pdf(typesetter.pages(composed)) for _ in range(2))
    assert first == second


def test_notes_have_their_numbers_in_large_print(typesetter: Typesetter, page: Page) -> None:
    (notes,) = (block for block in prose.rendered("a[^b]\n\n[^b]: Of 12 votes.") if "footnote" in block.html[:30])
    sizes = ":root { --least-size: 16pt; --least-leading: 20pt }"
    composed = replace(page(f"<main class=prose>{notes.html}</main>", sizes), styles=("large.css",))
    pages = typesetter.pages(composed)
    assert "1.Of12votes." in "".join(prove.page_texts(typesetter.pdf(pages)))
