"""One ink on paper: as Ghostscript, which did not make the PDF, separates it into those of a press."""

import io
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from tests.conftest import TEMPLATES, Failures, written
from tests.test_lead import png
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.content.kinds import ONE_INK

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("ghostscript")]

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 40"><defs><linearGradient id="sky">
<stop offset="0" stop-color="#ff8000"/><stop offset=".4" stop-color="#fff"/><stop offset="1" stop-color="#0F4C55"/>
</linearGradient></defs><rect width="80" height="40" fill="url(#sky)"/>
<circle cx="40" cy="20" r="15" fill="#7A1F3D" fill-opacity=".5"/></svg>"""
ARTICLE = """---
title: Opening
lead: {image: lead.png, alt: A door, caption: The door, credit: 'Archive, 4/17', licence: CC BY 4.0}
---

The library *opened* on [6 October](https://example.org/) 2018. {#opened}

![The sky](sky.svg)
"""


def folder(path: Path, theme: str = "") -> Path:
    """An article with a photograph, a gradient and colours that let others through."""
    events = "events:\n  - {date: 2018-10-06, headline: It opened, passages: [opened]}\n"
    files: dict[str, str | bytes] = {"article.md": ARTICLE, "timeline.yaml": events, "sky.svg": DRAWING}
    return written(path / "opening", files | {"lead.png": png(800, 400)} | ({"theme.yaml": theme} if theme else {}))


def plates(pdf: bytes, folder: Path) -> Mapping[str, tuple[int, int]]:
    """Darkest and lightest dot of the first page on the plate of each ink, from 0, which is all of it, to 255."""
    if not (program := shutil.which("gs")):
        pytest.skip("no Ghostscript to separate the inks: run `make tools`")
    (folder / "page.pdf").write_bytes(pdf)
    for old in folder.glob("page1*.tif"):
        old.unlink()
    command = (program, "-q", "-dSAFER", "-dLastPage=1", "-r50", "-sDEVICE=tiffsep", "-o", "page%d.tif", "page.pdf")
    subprocess.run(command, cwd=folder, check=True, timeout=300)
    found = {}
    for path in folder.glob("page1(*).tif"):
        with Image.open(path) as plate:
            levels = plate.convert("L").tobytes()
            found[path.stem.removeprefix("page1(").removesuffix(")")] = (min(levels), max(levels))
    return found


EMPTY, FULL = (255, 255), (0, 255)
PROCESS = ("Cyan", "Magenta", "Yellow", "Black")


def test_each_document_in_one_ink_is_on_the_plate_of_black_alone(tmp_path: Path) -> None:
    for document in pipeline.documents(folder(tmp_path), Order(theme=ONE_INK), TEMPLATES):
        found = plates(document.pdf, tmp_path)
        assert (document.name, found) == (document.name, {**dict.fromkeys(PROCESS, EMPTY), "Black": FULL})


def test_an_ink_of_the_house_has_a_plate_of_its_own_and_no_other(tmp_path: Path) -> None:
    path = folder(tmp_path, 'one-ink: "#1D4E89"\naccent: "#7A1F3D"\n')
    for document in pipeline.documents(path, Order(theme=ONE_INK), TEMPLATES):
        found = plates(document.pdf, tmp_path)
        assert (document.name, found) == (document.name, {**dict.fromkeys(PROCESS, EMPTY), "Ink 1D4E89": FULL})


def test_a_seeded_colour_is_seen(tmp_path: Path) -> None:
    """Dark grey in three colours, as text was once."""
    (document,) = pipeline.documents(folder(tmp_path), Order(("briefing",), theme=ONE_INK), TEMPLATES)
    with pikepdf.open(io.BytesIO(document.pdf)) as pdf:
        pdf.pages[0].contents_add(pdf.make_stream(b"q 0.106 0.106 0.106 rg 9 9 90 9 re f Q"))
        target = io.BytesIO()
        pdf.save(target)
    found = plates(target.getvalue(), tmp_path)
    assert [name for name in PROCESS if found[name] == EMPTY] == []


def test_a_document_in_the_ink_of_a_house_conforms(failures: Failures, tmp_path: Path) -> None:
    path = folder(tmp_path, 'one-ink: "#1D4E89"\n')
    (document,) = pipeline.documents(path, Order(("briefing",), theme=ONE_INK), TEMPLATES)
    assert failures(document.pdf, "3a") == []
