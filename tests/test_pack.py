"""A package to hand on: what is in it, and that it holds."""

import io
import re
import zipfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests import validators
from tests.conftest import HARROWBY, PROJECT, TEMPLATES
from triptych.build import editions
from triptych.build.pipeline import Order
from triptych.content.kinds import Edition
from triptych.exports import pack
from triptych.pdf import carried

KIOSK = PROJECT / "tests/articles/kiosk/ar"


def slow(test: Any) -> Any:
    return pytest.mark.slow(pytest.mark.xdist_group("pack")(test))


@cache
def packed(folder: Path = HARROWBY) -> bytes:
    """A package of an article, with its web page."""
    return pack.pack(folder, Order((), sheet="a3"), TEMPLATES, {Edition.HTML: editions.on_screen}).data


def files(folder: Path = HARROWBY) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(packed(folder))) as found:
        return {name.partition("/")[2]: found.read(name) for name in found.namelist()}


def unpacked(place: Path, folder: Path = HARROWBY) -> Path:
    with zipfile.ZipFile(io.BytesIO(packed(folder))) as found:
        found.extractall(place)
    return next(place.iterdir())


@slow
def test_it_holds_the_documents_and_editions_with_a_page_of_contents(tmp_path: Path) -> None:
    html = files()["index.html"].decode()
    assert {"briefing.pdf", "factsheet.pdf", "poster.pdf", "html/index.html", "html/card.png"} <= set(files())
    links = re.findall(r'(?:href|src)="([^":]+)"', html)
    assert set(links) - set(files()) == set()
    assert "Print at 100" in html
    assert "A4 · 210 × 297 mm" in html
    assert "A3 · 297 × 420 mm" in html
    assert "CC BY 4.0" in html
    assert "triptych verify briefing.pdf" in html


@slow
@pytest.mark.parametrize("folder", [HARROWBY, KIOSK], ids=["harrowby", "ar"])
def test_its_page_keeps_to_the_standard(folder: Path, tmp_path: Path) -> None:
    assert validators.vnu(unpacked(tmp_path, folder) / "index.html") == []


@slow
def test_a_changed_file_differs_from_its_checksum(tmp_path: Path) -> None:
    place = unpacked(tmp_path)
    command = f"cd '{place}' && {validators.program('sha256sum')} --check SHA256SUMS"
    assert "FAILED" not in validators.run("sh", "-c", command)
    poster = place / "poster.pdf"
    poster.write_bytes(poster.read_bytes() + b" ")
    assert "poster.pdf: FAILED" in validators.run("sh", "-c", command)


@slow
def test_packed_again_it_has_the_same_bytes() -> None:
    once = packed(KIOSK)
    packed.cache_clear()
    assert packed(KIOSK) == once


def test_the_same_files_in_another_order_are_the_same_package() -> None:
    one, other = {"h7/b.pdf": b"b", "h7/a.pdf": b"a"}, {"h7/a.pdf": b"a", "h7/b.pdf": b"b"}
    assert carried.zipped(one) == carried.zipped(other)
    with zipfile.ZipFile(io.BytesIO(carried.zipped(one))) as found:
        assert [entry.filename for entry in found.infolist()] == ["h7/a.pdf", "h7/b.pdf"]
        assert {entry.date_time for entry in found.infolist()} == {(1980, 1, 1, 0, 0, 0)}
