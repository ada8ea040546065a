"""The proof is proven: each fault put into a good page is seen and said in a sentence; the good page has none."""

import io
import re
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from tests.conftest import HARROWBY, PROJECT, TEMPLATES, Page
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.content.errors import FitError
from triptych.design import faces
from triptych.design.where import Templates
from triptych.pdf import polish, prove, seen
from triptych.pdf.opened import Opened
from triptych.pdf.things import PICTURE, TEXT, Edges, Thing
from triptych.typeset.pages import Typesetter

Fault = Callable[[Pdf], None]
SIZES = [(100.0, 100.0)] * 2
BODY = """<h1 style="background: #dde; font-size: 18pt; margin: 0; padding: 1mm">The library opens</h1>
<p>It opened <u>in</u> 2018. <span style="border: .5pt solid; padding: 1pt">A frame</span> stands around words.
<p style="background: #123; border-radius: 2mm; color: #fff; padding: 2mm">White on a dark box
<img src="asset://article/a.png" alt="A door" style="height: 12mm; width: 12mm">
<p style="break-before: page">The second page"""


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A page with a headline, text on boxes and a picture, and a second one."""
    folder = tmp_path_factory.mktemp("good")
    Image.new("L", (900, 900), 90).save(folder / "a.png")
    typesetter = Typesetter(TEMPLATES, folder)
    return polish.polished(typesetter.pdf(typesetter.pages(Page()(BODY))))


def found(pdf: bytes) -> list[str]:
    """All that the proof of a page sees."""
    with Opened(pdf) as opened:
        return [*prove.strange_faces(opened), *prove.collisions(opened), *seen.faults(opened, SIZES)]


@cache
def place(pdf: bytes, words: str) -> Edges:
    """The box around a text of the first page, or around its picture."""
    with Opened(pdf) as opened:
        leaf = opened.leaves[0]
        return next(one.box for one in leaf.things if _is(one, words, leaf.words(one.box)))


def _is(thing: Thing, words: str, written: str) -> bool:
    return thing.what == PICTURE if words == "A door" else thing.what == TEXT and written.startswith(words)


def spoilt(pdf: bytes, fault: Fault) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fault(document)
        document.save(target)
    return target.getvalue()


def drawn(what: str, *, before: bool = False) -> Fault:
    """Draw something on the first page, over all that is there or below it."""

    def fault(document: Pdf) -> None:
        page = document.pages[0]
        picture = str(next(iter(page.Resources.XObject)))
        page.contents_add(b"q\n", prepend=True)
        page.contents_add(b"\nQ\n")
        page.contents_add(f"/Artifact BMC q {what.replace('/picture', picture)} Q EMC\n".encode(), prepend=before)

    return fault


def rewritten(old: str, new: str, count: int = 0) -> Fault:
    """Put other instructions in the place of some of the first page."""

    def fault(document: Pdf) -> None:
        page = document.pages[0]
        data, times = re.subn(old.encode(), new.encode(), page.Contents.read_bytes(), count=count)
        assert times
        page.Contents = document.make_stream(data)

    return fault


def without_words(document: Pdf) -> None:
    (figure,) = (one for one in document.objects if isinstance(one, Dictionary) and one.get("/S") == "/Figure")
    del figure["/Alt"]


def without_marks(document: Pdf) -> None:
    rewritten(r"/Figure\s*<<[^>]*>>\s*BDC", "/Nothing BMC")(document)


def faint(document: Pdf) -> None:
    for state in document.pages[0].Resources.ExtGState.values():
        state.ca = 0.02


def smaller(document: Pdf) -> None:
    document.pages[0].trimbox = Array([0, 0, 200, 200])


def larger(document: Pdf) -> None:
    document.pages[0].bleedbox = Array([-20, -20, 400, 400])


def turned(document: Pdf) -> None:
    document.pages[0].Rotate = 90


def lost(document: Pdf) -> None:
    del document.pages[1]


def noted(document: Pdf) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Square, Rect=Array([10, 10, 90, 90]))
    document.pages[0].obj.Annots = Array([document.make_indirect(note)])


def _files(document: Pdf) -> list[Any]:
    found = (one for one in document.objects if isinstance(one, Dictionary) and "/FontFile2" in one)
    return [one.FontFile2 for one in found]


def face_of_another(document: Pdf) -> None:
    _files(document)[0].write(next(face for face in faces.FACES if face.family == "Label Sans").path.read_bytes())


def face_cut(document: Pdf) -> None:
    file = _files(document)[0]
    file.write(file.read_bytes()[:2000])


def one_letter(document: Pdf) -> None:
    from fontTools.ttLib import TTFont

    file = _files(document)[0]
    font = TTFont(io.BytesIO(file.read_bytes()))
    letter = next(one for one in font["glyf"].glyphs if font["glyf"][one].numberOfContours > 0)
    font["glyf"][letter].coordinates[0] = (0, 0)
    target = io.BytesIO()
    font.save(target)
    file.write(target.getvalue())


def at(what: str, words: str, *, before: bool = False) -> Callable[[bytes], Fault]:
    """Draw something where a text is: `{x}`, `{y}`, `{w}` and `{h}` are its place and size, in pt."""

    def fault(pdf: bytes) -> Fault:
        left, bottom, right, top = place(pdf, words)
        middle = {"x": left, "y": bottom, "w": right - left, "h": top - bottom}
        half = {"r": right, "t": top, "cx": (left + right) / 2, "cy": (bottom + top) / 2}
        return drawn(what.format(**middle, **half), before=before)

    return fault


TEXTS = "(?<=BT\n)"
FAULTS: dict[str, tuple[Fault | Callable[[bytes], Fault], str]] = {
    "a rule through a text": (at("1 0 0 RG .5 w 5 {cy} m 200 {cy} l S", "It opened"), "`It opened` has a line through"),
    "a rule below a text": (at("0 0 1 RG .5 w 5 {cy} m 200 {cy} l S", "It opened", before=True), "has a line through"),
    "a thin box through a text": (at("1 0 0 rg 5 {cy} 200 .6 re f", "It opened"), "has a line through"),
    "a slanting line": (at("0 0 0 RG .4 w {x} {y} m {r} {t} l S", "It opened"), "`It opened` has a line through"),
    "a curve": (at("0 0 0 RG 1 w {x} {y} m {x} {t} {r} {t} {r} {y} c S", "The library"), "has a line through"),
    "a box over a text": (at("1 1 1 rg {x} {y} 20 20 re f", "It opened"), "`It opened` is behind a box"),
    "a circle over a text": (at("1 1 1 rg {x} {y} m {x} {t} {r} {t} {r} {y} c f", "The library"), "is behind a box"),
    "a picture over a headline": (at("60 0 0 60 {x} {y} cm /picture Do", "The library"), "is behind a picture"),
    "a picture below a text": (at("60 0 0 60 {x} {y} cm /picture Do", "It opened", before=True), "stands on a picture"),
    "the bar of a chart below half a label": (
        at(".2 .4 .4 rg {x} {y} 20 {h} re f", "It opened", before=True),
        "`It opened` stands half on a box",
    ),
    "a dark box below a dark text": (
        at("0 0 0 rg {x} {y} {w} {h} re f", "It opened", before=True),
        "`It opened` is #000000 on #000000, which nobody can see",
    ),
    "white text": (rewritten(TEXTS, "1 1 1 rg "), "on #ffffff, which nobody can see"),
    "invisible text": (rewritten(TEXTS, "3 Tr "), "is invisible"),
    "faint text": (faint, "is invisible"),
    "text that is clipped": (rewritten("^", "0 0 150 300 re W n "), "is cut off"),
    "two texts on each other": (rewritten(TEXTS, "1 0 0 1 0 7 cm ", 3), "page 1: `"),
    "a picture off the sheet": (drawn("60 0 0 60 250 250 cm /picture Do"), "a picture runs off the sheet"),
    "a line off the sheet": (drawn("2 w 90 3 m 400 3 l S"), "a line runs off the sheet"),
    "a box off the sheet": (drawn("0 0 300 3 re f"), "a box runs off the sheet"),
    "a picture that is clipped": (rewritten("(?=/[A-Za-z0-9]+ Do)", "0 0 .5 1 re W n "), "a picture is cut off"),
    "no alternative text": (without_words, "a picture has no alternative text"),
    "no tags": (without_marks, "a picture has no alternative text"),
    "a smaller sheet": (smaller, "the sheet is 70.6 × 70.6 mm instead of 100.0 × 100.0 mm"),
    "a sheet off its page": (larger, "the sheet is not wholly on its page"),
    "a sheet that is turned": (turned, "the sheet is turned or enlarged"),
    "a page lost": (lost, "there are 1 pages instead of 2"),
    "a note": (noted, "a note lies on the page"),
    "a face of another": (face_of_another, "Serif-Text"),
    "a face cut short": (face_cut, "Serif-Text"),
    "one letter changed": (one_letter, "Serif-Text"),
}


EVERYDAY = {
    *("a slanting line", "a picture over a headline", "the bar of a chart below half a label", "invisible text"),
    *("a picture that is clipped", "no alternative text", "a smaller sheet", "one letter changed"),
}


@pytest.mark.parametrize(
    ("fault", "said"),
    [pytest.param(*case, id=name, marks=() if name in EVERYDAY else pytest.mark.slow) for name, case in FAULTS.items()],
)
def test_a_fault_that_is_put_into_a_page_is_seen(good: bytes, fault: Any, said: str) -> None:
    seeded: Fault = fault(good) if fault.__qualname__.startswith("at.") else fault
    assert said in " ".join(found(spoilt(good, seeded))[:1])


def test_a_good_page_has_no_fault(good: bytes) -> None:
    assert found(good) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("style", "said"),
    [
        (
            "h1 { position: relative } h1::after { border-top: 1pt solid; content: ''; inset: 50% 0 auto; "
            "position: absolute }",
            "` has a line through it",
        ),
        ("h1 { color: #fff }", "` is #ffffff on #ffffff, which nobody can see"),
        ("h1 { background: #222 }", "` is #1b1b1a on #222222, which nobody can see"),
        (
            "h1 { position: relative } h1::after { background: #fff; content: ''; inset: 0; position: absolute }",
            "` is behind a box",
        ),
    ],
)
def test_a_stylesheet_that_hides_a_text_is_refused(tmp_path: Path, style: str, said: str) -> None:
    templates = Path(shutil.copytree(PROJECT / "templates", tmp_path / "templates"))
    with (templates / "styles" / "factsheet.css").open("a", encoding="utf-8") as file:
        file.write(style)
    with pytest.raises(FitError) as error:
        pipeline.documents(HARROWBY, Order(("factsheet",)), Templates((templates,)))
    assert re.match(r"factsheet: \d+ things are not seen as they should be, the first on page 1: ", str(error.value))
    assert said in str(error.value)
