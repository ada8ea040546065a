"""Pictures of any shape and kind print whole, as large as their dots allow; others are reported by file and line."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from tests.conftest import TEMPLATES, Page, written
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.check import rules
from triptych.content import pictures
from triptych.content.units import MM_PER_POINT
from triptych.pdf import seen
from triptych.typeset.pages import Typesetter

PROSE = "---\ntitle: A picture\n---\n\nSome words before it.\n\n{}\n"
HELD_UPRIGHT = Image.Exif()
HELD_UPRIGHT[0x0112] = 6


def article(folder: Path, prose: str) -> Path:
    return written(folder, {"article.md": PROSE.format(prose)})


@pytest.mark.parametrize(
    ("dots", "width"),
    [((3000, 300), 0), ((738, 738), 0), ((600, 600), 101.6), ((800, 3200), 0), ((290, 1200), 49.1), ((120, 90), 0)],
    ids=["wide", "just enough", "coarse", "tall", "tall and coarse", "a sign"],
)
def test_a_coarse_picture_is_as_wide_as_its_dots_allow(dots: tuple[int, int], width: float) -> None:
    assert pictures.coarse_width(*dots) == pytest.approx(width, abs=0.1)


def test_the_width_of_a_coarse_picture_is_on_paper(tmp_path: Path, page: Page) -> None:
    Image.new("L", (600, 600)).save(tmp_path / "a.png")
    html = '<img src="asset://article/a.png" alt="It">'
    pages = Typesetter(TEMPLATES, tmp_path).pages(page(html, "@page { size: A4 }"))
    with pypdfium2.PdfDocument(Typesetter(TEMPLATES, tmp_path).pdf(pages)) as pdf:
        (picture,) = pdf[0].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        left, _, right, _ = picture.get_bounds()
    assert (right - left) * MM_PER_POINT == pytest.approx(101.6, abs=0.1)


@pytest.mark.parametrize(
    ("dots", "flat", "width"),
    [(460, False, 77.9), (600, False, 101.6), (800, False, 125), (60, False, 10.2), (440, True, 116.4)],
    ids=["small", "larger", "large enough", "a stamp", "a drawing"],
)
def test_a_small_picture_has_150_dots_to_the_inch_and_a_drawing_stays_sharp(
    tmp_path: Path, page: Page, dots: int, flat: bool, width: float
) -> None:
    picture = Image.new("L", (dots, 80)) if flat else Image.effect_noise((dots, 80), 60)
    picture.save(tmp_path / "a.png")
    html = '<div style="width: 125mm"><img src="asset://article/a.png" alt="It" style="max-width: 100%"></div>'
    if width < 125:
        html = html.replace(' style="max-width: 100%"', "")
    typesetter = Typesetter(TEMPLATES, tmp_path)
    with pypdfium2.PdfDocument(typesetter.pdf(typesetter.pages(page(html, "@page { size: A4 }")))) as pdf:
        (shown,) = pdf[0].get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        left, _, right, _ = shown.get_bounds()
    assert (right - left) * MM_PER_POINT == pytest.approx(width, abs=0.1)


Save = Callable[[Path], object]


@pytest.mark.parametrize(
    ("name", "save", "message"),
    [
        pytest.param("a.png", lambda path: Image.new("RGB", (600, 600)).save(path), "600 dots", id="coarse"),
        pytest.param("a.png", lambda path: path.write_text("no picture"), "cannot be printed", id="text"),
        pytest.param("a.gif", lambda path: Image.new("L", (900, 90)).save(path), "type", id="another type"),
        pytest.param("a.svg", lambda path: path.write_text("<svg"), "not a whole drawing", id="a broken drawing"),
        pytest.param("a.svg", lambda path: path.write_text("<!DOCTYPE svg><svg/>"), "entities", id="a hostile one"),
        pytest.param("a.png", lambda path: None, "not in the article's folder", id="missing"),
    ],
)
@pytest.mark.parametrize("prose", ["![It]({})", '<img src="{}" alt="It">', "![It][1]\n\n[1]: {}"])
def test_check_reports_a_picture_by_its_line(tmp_path: Path, name: str, save: Save, message: str, prose: str) -> None:
    save(tmp_path / name)
    (problem,) = rules.problems(article(tmp_path, prose.format(name)))[1]
    line = 1 + PROSE.format(prose.format(name)).split(name)[0].count("\n")
    assert (problem.path.name, problem.line, message in problem.message) == ("article.md", line, True)
    assert problem.warning == ("dots" in message)


def test_check_reports_a_picture_that_was_not_saved_to_its_end(tmp_path: Path) -> None:
    Image.effect_noise((900, 900), 90).save(tmp_path / "a.jpg")
    whole = (tmp_path / "a.jpg").read_bytes()
    (tmp_path / "a.jpg").write_bytes(whole[: len(whole) // 2])
    (problem,) = rules.problems(article(tmp_path, "![It](a.jpg)"))[1]
    assert (problem.code, problem.line) == ("missing-picture", 7)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "save"),
    [
        ("tall.png", lambda path: Image.new("RGB", (800, 3200)).save(path)),
        pytest.param("a.png", lambda path: Image.new("I;16", (900, 300)).save(path), marks=pytest.mark.slow),
        pytest.param("a.jpg", lambda path: Image.new("CMYK", (900, 300)).save(path), marks=pytest.mark.slow),
        pytest.param(
            "a.jpg", lambda path: Image.new("L", (3200, 800)).save(path, exif=HELD_UPRIGHT), marks=pytest.mark.slow
        ),
        pytest.param(
            "a.png",
            lambda path: Image.new("L", (900, 300)).save(
                path, save_all=True, append_images=[Image.new("L", (900, 300), 9)]
            ),
            marks=pytest.mark.slow,
        ),
    ],
    ids=["tall", "of 16 bits", "in four inks", "on its side", "moving"],
)
def test_a_picture_stands_whole_on_the_page_of_its_caption(tmp_path: Path, name: str, save: Save) -> None:
    save(tmp_path / name)
    (briefing,) = pipeline.documents(article(tmp_path, f'![It]({name} "The caption")'), Order(("briefing",)), TEMPLATES)
    with pypdfium2.PdfDocument(briefing.pdf) as pdf:
        (page,) = (page for page in pdf if any(page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])))
        (picture,) = page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_IMAGE])
        left, bottom, right, top = picture.get_bounds()
        assert 0 < left < right < page.get_width()
        assert 0 < bottom < top < page.get_height()
        assert "The caption" in page.get_textpage().get_text_range()


@pytest.mark.parametrize("style", ["margin-left: 150mm", "height: 400mm", "overflow: hidden; height: 2mm"])
def test_the_proof_sees_a_picture_that_is_cut_off(tmp_path: Path, page: Page, style: str) -> None:
    Image.new("L", (900, 900)).save(tmp_path / "a.png")
    typesetter = Typesetter(TEMPLATES, tmp_path)
    image = '<img src="asset://article/a.png" alt="It" style="{}">'
    html = f'<div style="{style}">{image.format("width: 20mm")}</div>' if "hidden" in style else image.format(style)
    pages = typesetter.pages(page(html, "@page { size: A4 }"))
    assert list(pages.off_the_paper()) == ["page 1: the picture `It`"]
    (found,) = seen.faults(typesetter.pdf(pages), [*pages.sizes()])
    assert found == f"page 1: a picture {'is cut off' if 'hidden' in style else 'runs off the sheet'}"
