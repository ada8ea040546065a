"""The editions: the same article for other printers and folds."""

import io
import itertools
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageFilter
from syrupy.assertion import SnapshotAssertion

from tests.conftest import HARROWBY, TEMPLATES, ArticleCopy, Failures, Page, printed
from tests.test_snapshots import PageSnapshot, StructureSnapshot
from triptych.__main__ import main
from triptych.build import editions, inspection, pipeline
from triptych.build.pipeline import Order
from triptych.content.kinds import Paper
from triptych.content.units import MM_PER_POINT
from triptych.design.sheets import PAPERS, SHEETS
from triptych.design.where import Templates
from triptych.documents import booklet, tiles
from triptych.documents.tiles import MARGIN, OVERLAP, Tiling
from triptych.documents.workshop import Workshop
from triptych.pdf import impose, prove, reading, tags
from triptych.pdf.tags import Box
from triptych.review import record
from triptych.typeset.pages import Typesetter

DPI = 127
"""Five dots a mm."""


def picture(pdf: bytes, number: int = 0) -> Image.Image:
    with pypdfium2.PdfDocument(pdf) as document:
        found: Image.Image = document[number].render(scale=DPI / 72, grayscale=True).to_pil()
        return found


PROFILE = Path("/usr/share/color/icc/ghostscript/default_cmyk.icc")
"""Of a press, where `make tools` has installed one."""


def whole_command(test: Any) -> Any:
    """A test of what the whole command makes, which takes long."""
    return pytest.mark.slow(pytest.mark.xdist_group("editions")(test))


@cache
def made() -> Mapping[str, bytes]:
    """The files that `triptych editions` makes of the sample, all of them, by their paths."""
    profile = ["--profile", str(PROFILE)] if PROFILE.is_file() else []
    with tempfile.TemporaryDirectory() as folder:
        assert main(["editions", str(HARROWBY), "--sheet", "a3", *profile, "--output", folder]) == 0
        paths = [path for path in Path(folder).rglob("*") if path.is_file()]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


SAMPLES = {
    "mono": "mono/factsheet.pdf",
    "large": "large/factsheet.pdf",
    "tiles": "tiles/poster-a4.pdf",
    "booklet": "booklet/briefing.pdf",
    "pair": "pair/factsheets.pdf",
}


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a PDF says that it is."""

    tagged: bool
    links: bool
    ua: str = ""
    archive: str = ""
    press: str = ""


READERS = Claimed(tagged=True, links=True, ua="1", archive="3A")
REPEATED = Claimed(tagged=True, links=False, ua="1", archive="3A")
PRESS = Claimed(tagged=False, links=False, press="PDF/X-4")


def claimed(pdf: bytes) -> Claimed:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        links = any("/Annots" in page.obj for page in document.pages)
        tagged = "/StructTreeRoot" in document.Root and bool(document.Root.MarkInfo.Marked)
        if "/Metadata" not in document.Root:
            return Claimed(tagged, links)
        with document.open_metadata(update_docinfo=False) as metadata:
            ua = str(metadata.get("pdfuaid:part", ""))
            return Claimed(tagged, links, ua, metadata.pdfa_status, metadata.pdfx_status)


@whole_command
def test_each_edition_is_for_whom_it_is_made() -> None:
    """By one command for all: the profile of a press changes the edition for a press alone."""
    names = ("briefing", "factsheet", "poster")
    expected = {
        **{f"{edition}/{name}.pdf": READERS for edition in ("mono", "large") for name in names},
        **dict.fromkeys(("duplex/factsheet.pdf", SAMPLES["booklet"], SAMPLES["pair"]), READERS),
        SAMPLES["tiles"]: REPEATED,
        "tiles/poster-a3.pdf": REPEATED,
        **({f"press/{name}.pdf": PRESS for name in names} if PROFILE.is_file() else {}),
    }
    assert {path: claimed(pdf) for path, pdf in made().items() if path.endswith(".pdf")} == expected
    others = {"html", *(("epub", "docx", "text") if find_spec("pypandoc") else ())}
    assert {path.split("/")[0] for path in made()} == {*(path.split("/")[0] for path in expected), *others}


@whole_command
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_editions_for_readers_conform(failures: Failures, profile: str) -> None:
    folders = ("mono", "large", "booklet", "pair", "tiles")
    readers = {path: pdf for path, pdf in made().items() if path.endswith(".pdf") and path.split("/")[0] in folders}
    assert [f"{path}: {rule}" for path, pdf in readers.items() for rule in failures(pdf, profile)] == []


@whole_command
@pytest.mark.parametrize("edition", SAMPLES)
def test_an_edition_is_as_it_was_accepted(edition: str, snapshot: SnapshotAssertion) -> None:
    """Its structure, and the picture of its first page."""
    found = record.record(made()[SAMPLES[edition]])
    assert found.structure == snapshot.use_extension(StructureSnapshot)
    assert record.png(found.pages[0]) == snapshot.use_extension(PageSnapshot)


class TestTiles:
    """Cutting a poster."""

    @given(
        st.sampled_from(sorted(SHEETS)),
        st.sampled_from(list(Paper)),
        st.booleans(),
        st.lists(st.tuples(st.floats(0, 800), st.floats(0, 1100), st.floats(5, 120)), max_size=40),
    )
    def test_the_sheets_hold_all_of_the_poster_and_share_what_is_glued(
        self, name: str, paper: Paper, lying: bool, texts: Sequence[tuple[float, float, float]]
    ) -> None:
        sheet = SHEETS[name]
        width, height = (sheet.height, sheet.width) if lying else (sheet.width, sheet.height)
        boxes = [Box(x, y, x + wide, y + 4) for x, y, wide in texts]
        found = tiles.tiling(width, height, PAPERS[paper], boxes)
        assert len(found.tiles) == (len(found.columns) + 1) * (len(found.rows) + 1)
        for cuts, length, side in ((found.columns, width, found.sheet.width), (found.rows, height, found.sheet.height)):
            assert list(cuts) == sorted(cuts)
            edges = [0.0, *cuts, length]
            for number, (start, end) in enumerate(itertools.pairwise(edges)):
                shown = end - start + OVERLAP / 2 * ((number > 0) + (number < len(cuts)))
                assert 0 < shown <= side - 2 * MARGIN + 1e-6

    def test_a_cut_goes_between_lines_of_text_where_it_can(self) -> None:
        lines = [Box(20, top, 250, top + 4) for top in range(0, 420, 6)]
        found = tiles.tiling(297, 420, PAPERS[Paper.A4], lines)
        assert found.rows
        assert [line for line in lines for cut in found.rows if line.top < cut < line.bottom] == []

    @pytest.mark.slow
    @pytest.mark.parametrize("sheet", ["a2", "a0"])
    def test_the_sheets_put_together_are_the_poster(self, sheet: str) -> None:
        shop = pipeline.workshop(HARROWBY, Order((), sheet=sheet), TEMPLATES)
        poster = pipeline.DOCUMENTS["poster"](shop)
        whole = picture(poster.pdf)
        cut = tiles.tiles(shop, poster, PAPERS[Paper.A4]).pdf
        found = tiles.tiling(shop.sheet.width, shop.sheet.height, PAPERS[Paper.A4], tiles.texts(poster.pdf))
        together = assembled(cut, found, whole.size)
        assert stray_ink(whole, together) == stray_ink(together, whole) == 0
        assert stray_ink(whole, Image.new("L", whole.size, 255)) > 100_000

    @whole_command
    @pytest.mark.slow
    def test_the_plan_names_every_sheet_and_has_a_ruler(self) -> None:
        plan, *sheets = prove.page_texts(made()[SAMPLES["tiles"]])
        assert "100mmwhenprintedat100%" in plan
        assert all(f"row{row},column{column}" in plan for row in (1, 2) for column in (1, 2))
        assert [page for page in sheets if "row" not in page] == []

    @whole_command
    @pytest.mark.parametrize("name", ["poster-a4", "poster-a3"])
    def test_a_sheet_holds_only_what_it_shows_and_prints_nothing_near_its_edge(self, name: str) -> None:
        with pypdfium2.PdfDocument(made()[f"tiles/{name}.pdf"]) as pdf:
            for number in range(1, len(pdf)):
                assert hidden(pdf[number]) == ""
                page = pdf[number].render(scale=4).to_pil().convert("L").point(lambda level: 255 * (level < 200))
                left, top, right, bottom = page.getbbox() or (0, 0, 0, 0)
                white = min(left, top, page.width - right, page.height - bottom) / 4 / 72 * 25.4
                assert white >= 5.9

    @pytest.mark.xdist_group("sample")
    def test_what_was_hidden_once_is_seen(self) -> None:
        """A whole poster under a window, as each sheet had it."""
        poster = printed(HARROWBY)["poster"].pdf
        with pikepdf.open(io.BytesIO(poster)) as whole:
            whole.pages[0].mediabox = whole.pages[0].trimbox = pikepdf.Array([0, 0, 500, 500])
            target = io.BytesIO()
            whole.save(target)
        with pypdfium2.PdfDocument(target.getvalue()) as pdf:
            assert "Sunday" in hidden(pdf[0])

    @whole_command
    @pytest.mark.slow
    def test_the_ruler_is_as_long_as_it_says(self) -> None:
        plan = picture(made()[SAMPLES["tiles"]]).point(lambda level: 255 * (level < 200))
        rows = (plan.crop((0, y, plan.width, y + 1)).getbbox() for y in range(plan.height // 2))
        lengths = [(box[2] - box[0]) / DPI * 25.4 for box in rows if box]
        assert any(length == pytest.approx(100, abs=0.3) for length in lengths)


def hidden(page: pypdfium2.PdfPage) -> str:
    """The letters of a page that lie off it, as PDFium finds them."""
    text, (width, height) = page.get_textpage(), page.get_size()
    boxes = {index: text.get_charbox(index) for index in range(text.count_chars())}
    middles = {index: ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for index, box in boxes.items() if box[2] > box[0]}
    return "".join(
        text.get_text_range(index, 1) for index, (x, y) in middles.items() if not (0 < x < width and 0 < y < height)
    )


def stray_ink(one: Image.Image, other: Image.Image) -> int:
    """Dots of ink of one picture that have none of the other within 0.4 mm: PDFium rounds the size of a page."""
    near = ImageChops.invert(other).filter(ImageFilter.MaxFilter(5)).point(lambda level: 255 * (level > 24))
    ink = ImageChops.invert(one).point(lambda level: 255 * (level > 128))
    return ImageChops.subtract(ink, near).histogram()[255]


def assembled(pdf: bytes, found: Tiling, size: tuple[int, int]) -> Image.Image:
    """The sheets cut at their marks and laid side by side."""
    whole = Image.new("L", size, 255)
    for number, tile in enumerate(found.tiles, start=1):
        sheet = picture(pdf, number)
        left, top = (cut or 0.0 for cut in tile.cuts[:2])
        right, bottom = tile.cuts[2] or tile.window.right, tile.cuts[3] or tile.window.bottom
        inside = (left - tile.window.left, top - tile.window.top, right - tile.window.left, bottom - tile.window.top)
        part = sheet.crop(tuple(round((MARGIN + edge) / 25.4 * DPI) for edge in inside))  # type: ignore[arg-type]
        whole.paste(part, (round(left / 25.4 * DPI), round(top / 25.4 * DPI)))
    return whole


@pytest.mark.parametrize(
    ("count", "sides"),
    [
        (4, [(3, 0), (1, 2)]),
        (5, [(None, 0), (1, None), (None, 2), (3, 4)]),
        (6, [(None, 0), (1, None), (5, 2), (3, 4)]),
    ],
)
def test_pages_lie_as_a_folded_booklet_needs_them(count: int, sides: list[impose.Pair]) -> None:
    assert list(impose.saddle(count)) == sides


@given(st.integers(1, 64))
def test_a_booklet_holds_each_page_once_and_reads_in_order(count: int) -> None:
    """Folded, the right halves of the fronts rise and the left halves fall."""
    sides = list(impose.saddle(count))
    pages = sorted(page for side in sides for page in side if page is not None)
    assert pages == list(range(count))
    fronts = [right for _, right in sides[::2] if right is not None]
    assert fronts == sorted(fronts)


def test_a_page_keeps_its_words_on_half_a_sheet(typesetter: Typesetter, page: Page) -> None:
    pdf = typesetter.pdf(typesetter.pages(page("<p>First<p style='break-before: page'>Second")))
    sheets = impose.spreads(pdf, [(1, 0)], 200, 100, creep=0.0)
    assert prove.page_texts(sheets) == ["SecondFirst"]
    with pikepdf.open(io.BytesIO(sheets)) as document:
        assert [round(float(edge) / 72 * 25.4) for edge in document.pages[0].mediabox] == [0, 0, 200, 100]


def test_imposed_twice_a_document_has_the_same_bytes(typesetter: Typesetter, page: Page) -> None:
    pdf = typesetter.pdf(typesetter.pages(page("<p>First<p style='break-before: page'>Second")))
    assert impose.spreads(pdf, [(1, 0)], 200, 100, 0.0) == impose.spreads(pdf, [(1, 0)], 200, 100, 0.0)


def test_inner_sheets_creep_towards_the_fold(typesetter: Typesetter, page: Page) -> None:
    pdf = typesetter.pdf(typesetter.pages(page("<p>One" + "<p style='break-before: page'>More" * 7)))
    still, creeping = (picture(impose.spreads(pdf, list(impose.saddle(8)), 200, 100, creep), 2) for creep in (0.0, 4.0))
    boxes = [image.point(lambda level: 255 * (level < 128)).getbbox() for image in (still, creeping)]
    lefts = [box[0] for box in boxes if box]
    assert lefts[1] - lefts[0] == pytest.approx(4 / 25.4 * DPI, abs=1)


SIZES = {"a4": (148.0, 210.0), "letter": (139.7, 215.9)}


def test_editions_share_an_article_until_a_file_of_it_changes(tmp_path: Path) -> None:
    templates = Templates((tmp_path / "templates", *TEMPLATES.folders))

    def write(name: str, text: str) -> None:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")

    def shop(theme: str = "", creep: float = 0.0) -> Workshop:
        return pipeline.shared(tmp_path / "a", Order(theme=theme, creep=creep), templates)

    write("a/article.md", "---\ntitle: A book drop\nlanguage: en-GB\n---\nOpen.\n")
    first = shop()
    assert shop(creep=0.1) is first
    assert shop("mono") is not first
    for name, text in {
        "a/article.md": "---\ntitle: A red drop\nlanguage: en-GB\n---\nOpen.\n",
        "house.yaml": "publisher: Plain Record\n",
        "templates/styles/own.css": "",
    }.items():
        write(name, text)
        assert shop() is not first, name
        first = shop()
    assert (first.view.title_html, first.view.front.publisher) == ("A red drop", "Plain Record")


@pytest.mark.slow
@pytest.mark.parametrize("paper", SIZES)
def test_a_booklet_is_set_for_its_own_pages_with_help_and_contact_on_its_back(
    article_copy: ArticleCopy, paper: str
) -> None:
    """Nothing smaller than 8.5 points but the numbers of sources and notes, which are .7 of their line or more."""
    article_copy.replace(
        "article.md", "paper: a4", f"paper: {paper}\nsupport: {{resources: [{{name: Sunday line, contact: 01 234}}]}}"
    )
    shop = pipeline.workshop(article_copy.folder, Order(), TEMPLATES)
    document = booklet.booklet(shop)
    assert document.pages % 4 == 0
    with pypdfium2.PdfDocument(document.pdf) as pdf:
        size = tuple(round(side * MM_PER_POINT, 1) for side in pdf[0].get_size())
    assert size == SIZES[paper]
    pieces = list(pieces_of(document.pdf))
    assert {
        piece.text for piece in pieces if piece.size < 8.5 and not re.match(r"[\[\],; \u00a0\d]", piece.text)
    } == set()
    assert min(piece.size for piece in pieces) >= 0.7 * 8.5
    last = prove.page_texts(document.pdf)[-1]
    assert all(text in last for text in ("Sundayline", "01234", "Corrections", "PlainRecord"))
    sheets = editions.booklet(article_copy.folder, Order(), TEMPLATES)["briefing.pdf"]
    told = [line for line in reading.lines(tags.read(document.pdf)) if not line.startswith("—")]
    assert [line for line in reading.lines(tags.read(sheets)) if not line.startswith("—")] == told


@whole_command
def test_a_seeded_defect_of_a_booklet_is_seen(failures: Failures) -> None:
    """A text that is no longer in the tags."""
    with pikepdf.open(io.BytesIO(made()[SAMPLES["booklet"]])) as pdf:
        pdf.Root.StructTreeRoot.ParentTree.Nums[1][0] = pikepdf.Dictionary()
        pdf.pages[0].contents_add(pdf.make_stream(b"0 0 9 9 re f"))
        target = io.BytesIO()
        pdf.save(target)
    assert failures(target.getvalue(), "ua1") != []


@whole_command
def test_mono_has_no_colour() -> None:
    with pypdfium2.PdfDocument(made()["mono/factsheet.pdf"]) as pdf:
        colours = pdf[0].render(scale=1).to_pil().convert("RGB").getcolors(1 << 24)
    assert colours
    assert max(max(colour) - min(colour) for _, colour in colours if isinstance(colour, tuple)) == 0


@whole_command
@pytest.mark.parametrize("name", ["briefing", "factsheet", "poster"])
def test_large_print_is_large_upright_and_whole(name: str) -> None:
    """Sixteen points at least, folios and references too, and nothing in italics."""
    pieces = list(pieces_of(made()[f"large/{name}.pdf"]))
    assert min(piece.size for piece in pieces) >= 16
    assert all(piece.face.startswith("Label-Sans") and "Italic" not in piece.face for piece in pieces)
    said = "".join(piece.text for piece in pieces).replace("\u00a0", " ")
    assert "Council approves a trial, 21 to 19" in said
    assert "1 of " in said


HELP = "".join(
    f"\n    - {{name: Sunday line {number}, contact: '01 23{number}', description: On Sundays}}" for number in range(6)
)


@pytest.mark.slow
@pytest.mark.parametrize("size", [16, 18])
def test_large_print_has_a_size_throughout_and_splits_no_place_of_help(article_copy: ArticleCopy, size: int) -> None:
    article_copy.replace("article.md", "paper: a4", f"paper: letter\nlarge-print: {size}\nsupport:\n  resources:{HELP}")
    made = editions.large_print(article_copy.folder, Order(), TEMPLATES)
    for pdf in made.values():
        assert min(piece.size for piece in pieces_of(pdf)) == size
        pages = prove.page_texts(pdf)
        held = [re.findall(r"Sundayline(\d)0123\1OnSundays", page) for page in pages]
        assert sorted(number for found in held for number in found) == [*"012345"]
        assert [page for page in pages if "Licence" in page and "Corrections" not in page] == []


@pytest.mark.parametrize("size", ["17", "large"])
def test_another_size_of_large_print_is_refused(article_copy: ArticleCopy, size: str) -> None:
    article_copy.replace("article.md", "paper: a4", f"paper: a4\nlarge-print: {size}")
    _, problems = inspection.problems(article_copy.folder, TEMPLATES)
    assert [one.code for one in problems if f"`{size}`" in one.message] == ["wrong-value"]


@whole_command
def test_a_table_is_told_row_by_row_in_large_print() -> None:
    told = list(reading.lines(tags.read(made()["large/briefing.pdf"])))
    assert "  • Period: November 2018 to March 2020. Branches: 14" in told
    assert not any(line.startswith("table") for line in told)


def pieces_of(pdf: bytes) -> Iterator[tags.Piece]:
    tagged = tags.read(pdf)
    yield from (piece for block in tagged.blocks() for piece in block.pieces)
    yield from (piece for _, piece in tagged.outside_tags)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["factsheet", "poster"])
def test_a_web_address_is_printed_with_its_code(article_copy: ArticleCopy, name: str) -> None:
    article_copy.replace("article.md", "paper: a4", "address: https://example.org/h7\npaper: a4")
    (document,) = pipeline.documents(article_copy.folder, Order((name,)), TEMPLATES)
    assert "example.org/h7" in "".join(prove.page_texts(document.pdf))
    reader = pytest.importorskip("zxingcpp", reason="nothing to read QR codes with: run `make tools`")
    with pypdfium2.PdfDocument(document.pdf) as pdf:
        codes = reader.read_barcodes(pdf[0].render(scale=3).to_pil())
    assert [code.text for code in codes] == ["https://example.org/h7"]


@pytest.mark.xdist_group("sample")
def test_without_an_address_there_is_no_code() -> None:
    assert "qr.svg" not in printed(HARROWBY)["factsheet"].html


@pytest.mark.slow
def test_an_article_lists_its_editions(
    article_copy: ArticleCopy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article_copy.replace("article.md", "paper: a4", "editions: [pair]\npaper: a4")
    assert main(["editions", str(article_copy.folder), "--output", str(tmp_path / "out")]) == 0
    made = [path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.pdf")]
    assert made == ["pair/factsheets.pdf"]
