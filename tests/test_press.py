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

from tests.conftest import HARROWBY, TEMPLATES
from tests.test_editions import PROFILE, made
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
    assert len(preflight.findings(pdf)) == 11


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
