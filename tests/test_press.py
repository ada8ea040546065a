"""The edition for a print shop, and its preflight, which sees each seeded defect."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import ImageCms
from syrupy.assertion import SnapshotAssertion

from tests.conftest import HARROWBY, TEMPLATES, ArticleCopy, written
from tests.test_editions import PROFILE, made
from tests.test_one_ink import EMPTY, plates
from tests.test_snapshots import PageSnapshot, StructureSnapshot
from triptych.__main__ import main
from triptych.build import editions, pipeline
from triptych.build.pipeline import Order
from triptych.pdf import preflight
from triptych.review import record

pytestmark = pytest.mark.xdist_group("editions")
whole_command = pytest.mark.slow
"""A test of what the whole command makes, which takes long."""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    """The sample's fact sheet for a press."""
    if not PROFILE.is_file():
        pytest.skip("no profile of four inks to try: run `make tools`")
    return made()["press/factsheet.pdf"]


@whole_command
def test_a_print_shop_finds_nothing_wrong(pdf: bytes) -> None:
    assert [finding for finding in preflight.findings(pdf) if not finding.passed] == []
    assert len(preflight.findings(pdf)) == 13


@whole_command
def test_it_is_as_it_was_accepted(pdf: bytes, snapshot: SnapshotAssertion) -> None:
    """Its structure, and the picture of its page."""
    found = record.record(pdf)
    assert found.structure == snapshot.use_extension(StructureSnapshot)
    assert record.png(found.pages[0]) == snapshot.use_extension(PageSnapshot)


@whole_command
def test_the_same_article_gives_the_same_bytes(pdf: bytes) -> None:
    shop = editions.press_workshop(PROFILE, HARROWBY, Order(()), TEMPLATES)
    assert pipeline.DOCUMENTS["factsheet"](shop).pdf == pdf


@whole_command
def test_marks_lie_outside_the_bleed_in_all_inks(pdf: bytes) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        page = document.pages[0]
        assert [round(float(edge) * 25.4 / 72, 1) for edge in page.trimbox] == [0, 0, 210, 297]
        assert [round(float(edge) * 25.4 / 72, 1) for edge in page.mediabox] == [-10, -10, 220, 307]
        streams = [
            item for item in document.objects if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form"
        ]
        assert any(b"1 1 1 1 K" in stream.read_bytes() for stream in streams)


Spoil = Callable[[pikepdf.Pdf], None]


def lost(name: str) -> Spoil:
    def spoil(document: pikepdf.Pdf) -> None:
        del document.Root[name]

    return spoil


def given(name: str, value: pikepdf.Object) -> Spoil:
    """A page with another entry."""

    def spoil(document: pikepdf.Pdf) -> None:
        document.pages[0].obj[name] = value

    return spoil


def drawn(drawing: bytes) -> Spoil:
    return lambda document: document.pages[0].contents_add(document.make_stream(drawing), prepend=True)


def made_transparent(document: pikepdf.Pdf) -> None:
    page: Any = document.pages[0]
    page.obj.Resources.ExtGState["/seeded"] = Dictionary(ca=0.5)
    page.contents_add(document.make_stream(b"/seeded gs"), prepend=True)


def without_faces(document: pikepdf.Pdf) -> None:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary):
            for name in ("/FontFile2", "/FontFile3"):
                if name in item:
                    del item[name]


def with_picture(document: pikepdf.Pdf) -> None:
    picture = document.make_stream(b"\0\0\0", Type=Name.XObject, Subtype=Name.Image, ColorSpace=Name.DeviceRGB)
    document.pages[0].add_resource(picture, Name.XObject)


SMALL = "Type smaller than 12 pt is of 2 inks at most."


@whole_command
@pytest.mark.parametrize(("roll", "passed"), [(230, True), (229, False)])
def test_a_sheet_with_its_marks_fits_the_roll_of_the_print_shop_or_not(pdf: bytes, roll: float, passed: bool) -> None:
    assert [finding.passed for finding in preflight.findings(pdf, roll) if "roll" in finding.what] == [passed]


@pytest.mark.slow
@pytest.mark.skipif(not PROFILE.is_file(), reason="no profile of four inks to try: run `make tools`")
def test_the_console_warns_of_a_sheet_that_is_wider_than_the_roll(
    article_copy: ArticleCopy, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(article_copy.folder.parent, {"house.yaml": "roll: 310\n"})
    command = ["editions", str(article_copy.folder), "--sheet", "a3", "--only", "press", "--profile", str(PROFILE)]
    assert main([*command, "--output", str(tmp_path / "out")]) == 0
    assert (
        "poster.pdf fails this check: The sheet with its marks fits a roll of 310 mm. Found: 317 mm wide"
        in capsys.readouterr().out
    )


@pytest.mark.slow
@pytest.mark.skipif(not PROFILE.is_file(), reason="no profile of four inks to try: run `make tools`")
def test_small_type_is_on_two_plates_of_a_press(tmp_path: Path) -> None:
    """As Ghostscript separates it: nothing on magenta and yellow but what is on all."""
    path = written(
        tmp_path / "opening",
        {
            "article.md": "---\ntitle: Opening\nstatus: draft\n---\n\nIt opened [@a].\n",
            "sources.yaml": "references:\n  - {id: a, type: webpage, title: It opens}\n",
        },
    )
    found = editions.press(PROFILE, path, Order(), TEMPLATES)["briefing.pdf"]
    with pikepdf.open(io.BytesIO(found)) as document:
        page = document.pages[0]
        page.mediabox = page.cropbox = page.bleedbox = page.trimbox
        target = io.BytesIO()
        document.save(target)
    separated = plates(target.getvalue(), tmp_path)
    assert [ink for ink in ("Cyan", "Magenta", "Yellow", "Black") if separated[ink] != EMPTY] == ["Cyan", "Black"]


@whole_command
@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lost("/Metadata"), "The file is marked as PDF/X-4."),
        (lost("/OutputIntents"), "The colour profile of the press is embedded."),
        (given("/TrimBox", Array([-99, 0, 9, 9])), "All pages have the same trim size."),
        (given("/BleedBox", Array([0, 0, 595.3, 841.9])), "There are 3 mm of bleed, and the marks are outside it."),
        (without_faces, "All fonts are embedded."),
        (drawn(b"1 0 0 rg"), "Text and drawings use only the four process inks."),
        (drawn(b"1 1 0.9 0.5 k"), "The total ink is below 300 % everywhere."),
        (drawn(b"0.4 0.3 0.3 1 k"), "Black text uses only black ink."),
        (drawn(b"q 0.2 w 0 0 m 99 99 l S Q"), "No line is thinner than 0.25 pt."),
        (drawn(b"q 0.5 0 0 0.5 0 0 cm 0 0 99 0.4 re f Q"), "No line is thinner than 0.25 pt."),
        (drawn(b"q 0.9 0.45 0.5 0.45 k BT /Label 9 Tf 1 0 0 1 99 99 Tm [(a)] TJ ET Q"), SMALL),
        (made_transparent, "Nothing is transparent."),
        (with_picture, "Pictures use the inks of the press."),
        (given("/Annots", Array([Dictionary(Type=Name.Annot)])), "There are no links, forms or scripts."),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_seeded_defect_is_found(pdf: bytes, spoil: Spoil, what: str) -> None:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        spoil(document)
        target = io.BytesIO()
        document.save(target)
    assert what in [finding.what for finding in preflight.findings(target.getvalue()) if not finding.passed]


@whole_command
def test_the_files_go_with_a_page_for_the_print_shop(pdf: bytes) -> None:
    files = {path.removeprefix("press/"): data for path, data in made().items() if path.startswith("press/")}
    assert {name for name in files if not name.startswith(".")} == {
        *("briefing.pdf", "factsheet.pdf", "poster.pdf"),
        *("preflight.html", "review.css"),
    }
    assert files["preflight.html"].decode().count("✓ passed") >= 32


def test_without_a_profile_it_says_where_to_get_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["editions", str(HARROWBY), "--only", "press", "--output", str(tmp_path)]) == 2
    assert "make press PROFILE=" in capsys.readouterr().err


def test_a_profile_of_three_inks_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    profile = tmp_path / "rgb.icc"
    profile.write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    assert main(["editions", str(HARROWBY), "--only", "press", "--profile", str(profile)]) == 4
    assert "not a profile of four inks" in capsys.readouterr().err
