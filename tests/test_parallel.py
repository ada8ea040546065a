"""Two languages of one article on one sheet, each passage beside itself."""

import io
import re
import shutil
from functools import partial
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from tests.conftest import HARROWBY, PROJECT, TEMPLATES, read_aloud
from triptych.build import editions, pipeline
from triptych.build.pipeline import Order
from triptych.content.errors import UsageError
from triptych.content.kinds import Edition, Paper
from triptych.documents import parallel
from triptych.documents.parallel import Item
from triptych.review import since, verify

KIOSK = PROJECT / "tests/articles/kiosk"
PAIR = editions.editions()[Edition.PAIR]


def pair(folder: Path, *languages: str, paper: Paper | None = None) -> bytes:
    (pdf,) = PAIR(folder, Order(paper=paper, languages=languages), TEMPLATES).values()
    return pdf


def place(pdf: bytes, text: str) -> tuple[float, float]:
    """Left edge and base of the first letter of a text, where it stands last on the first page, in pt."""
    with pypdfium2.PdfDocument(pdf) as document:
        words = document[0].get_textpage()
        search = words.search(text)
        *_, (last, _) = iter(search.get_next, None)
        left, bottom, _, _ = words.get_charbox(last, loose=True)
        return left, bottom


@pytest.mark.slow
@pytest.mark.parametrize(
    ("languages", "left", "right"),
    [
        (("en", "fr"), ("The kiosk closed", "4 May 2019"), ("Le kiosque a fermé", "4 mai 2019")),
        (("fr", "en"), ("Le kiosque a fermé", "4 mai 2019"), ("The kiosk closed", "4 May 2019")),
        (("ar", "en"), ("The kiosk closed", "4 May 2019"), ("أغلق", "مايو")),
    ],
)
def test_a_passage_stands_beside_itself_and_arabic_on_the_right(
    languages: tuple[str, str], left: tuple[str, ...], right: tuple[str, ...]
) -> None:
    pdf = pair(KIOSK, *languages)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _, _, width, height = map(float, document.pages[0].trimbox)
        found = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Art"]
    assert (width, height) == pytest.approx((1190.55, 841.89), abs=0.1)
    for one, other in zip(left, right, strict=True):
        (here, base), (there, same) = place(pdf, one), place(pdf, other)
        assert here < width / 2 < there
        assert base == pytest.approx(same, abs=4)  # pt: the leading of Arabic is greater
    assert len(found) > 30
    assert {str(item.Lang)[:2] for item in found} == {*languages}


@pytest.mark.slow
def test_a_long_article_takes_several_sheets(tmp_path: Path) -> None:
    """A translation that is not ready prints the original's words: each passage still stands beside itself."""
    folder = Path(shutil.copytree(HARROWBY, tmp_path / "harrowby"))
    (folder / "fr").mkdir()
    (folder / "fr" / "article.md").write_text(
        "---\ntitle: L'ouverture du dimanche\nstatus: draft\n---\n", encoding="utf-8"
    )
    pdf = pair(folder, "en", "fr", paper=Paper.LETTER)
    with pypdfium2.PdfDocument(pdf) as document:
        assert len(document) > 2
        assert document[0].get_size() == pytest.approx((2 * 612, 792), abs=0.1)
    assert "heading 1: L’ouverture du dimanche" in read_aloud(pdf)


@pytest.mark.slow
def test_a_sheet_in_two_languages_is_verified_in_both(tmp_path: Path) -> None:
    kiosk, sheet = tmp_path / "kiosk", tmp_path / "sheet.pdf"
    shutil.copytree(KIOSK, kiosk)
    sheet.write_bytes(pair(kiosk, "en", "ar"))

    def verified() -> tuple[bool, tuple[str, ...]]:
        verdict = since.content(sheet, kiosk, partial(pipeline.look, templates=TEMPLATES))
        return verdict.holds, verdict.lines

    assert verify.pages(sheet, lambda found, folder: pipeline.remade(found, folder, TEMPLATES)).holds
    same = "the content is the same as in the handout"
    assert verified() == (True, (f"the original: {same}", f"ar: {same}"))
    texts = kiosk / "ar" / "article.md"
    texts.write_text(re.sub("(?m)^title: .*", "title: كشك آخر", texts.read_text("utf-8")), "utf-8")
    holds, lines = verified()
    assert not holds
    assert lines[0] == f"the original: {same}"
    assert any(line.startswith("ar: ") and "title changed" in line for line in lines)


@pytest.mark.parametrize("languages", [("en", "de"), ("en", "en"), ("en",), ("en", "fr", "ar")])
def test_a_pair_is_of_two_languages_of_the_article(languages: tuple[str, ...]) -> None:
    with pytest.raises(UsageError, match="en,fr"):
        pair(KIOSK, *languages)


def item(key: str) -> Item:
    return Item(key, "block", ())


def test_what_only_one_language_has_stands_between_its_neighbours() -> None:
    left, right = [item(key) for key in ("head", "p", "closed")], [item(key) for key in ("head", "p", "note", "closed")]
    assert [(len(one), len(other)) for one, other in parallel.pairs(left, right)] == [(1, 1), (1, 1), (0, 1), (1, 1)]
