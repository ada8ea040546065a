"""What is kept of a document when its pages are accepted, and what goes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from triptych.build import finish
from triptych.documents.workshop import Document
from triptych.review import accepted, report
from triptych.review.record import Record

POSTER = Document("poster", 2, b"", html="<p>Hours")
WHITE, BLACK = (Image.new("RGB", (400, 200), shade) for shade in ("white", "black"))
FOUND = Record("text: {page 1: ['P: Hours']}", " 1     0.0     0.0     9.0     9.0  P: Hours\n", (WHITE, WHITE))
EVERY = ["poster-1.png", "poster-2.png", "poster.html", "poster.txt", "poster.yaml"]


def names(before: Record | None, after: Record = FOUND) -> list[str]:
    """The files that are written when a document becomes another one."""
    return sorted(name for name, _ in accepted.changed(POSTER, report.reviewed("poster", before, after)))


def moved(record: Record) -> Record:
    return replace(record, geometry=record.geometry.replace("     0.0     0.0     9.0", "    50.0    50.0    59.0"))


@pytest.mark.parametrize(
    ("before", "written"),
    [
        pytest.param(None, EVERY, id="new"),
        pytest.param(FOUND, ["poster.html"], id="the same"),
        pytest.param(replace(FOUND, pages=(WHITE, BLACK)), ["poster-2.png", "poster.html"], id="another page"),
        pytest.param(replace(FOUND, pages=(WHITE,)), ["poster-2.png", "poster.html"], id="one page more"),
        pytest.param(
            replace(FOUND, structure="text: {page 1: ['P: Days']}"), ["poster.html", "poster.yaml"], id="other words"
        ),
        pytest.param(moved(FOUND), ["poster.html", "poster.txt"], id="another place"),
    ],
)
def test_what_differs_from_the_accepted_is_written_anew(before: Record | None, written: Sequence[str]) -> None:
    assert names(before) == written


def test_what_is_accepted_is_read_back(tmp_path: Path) -> None:
    assert accepted.read(tmp_path, "poster") is None
    finish.replace(tmp_path, dict(accepted.changed(POSTER, report.reviewed("poster", None, FOUND))))
    kept = accepted.read(tmp_path, "poster")
    assert kept
    assert (kept.structure, kept.geometry) == (FOUND.structure, FOUND.geometry)
    assert [page.tobytes() for page in kept.pages] == [WHITE.tobytes()] * 2
    assert accepted.read(tmp_path, "briefing") is None
    (tmp_path / "poster-1.png").unlink()
    gap = accepted.read(tmp_path, "poster")
    assert gap
    assert gap.pages == ()


def test_pages_and_documents_that_are_gone_are_left_over_and_files_of_others_are_not(tmp_path: Path) -> None:
    gone = ["briefing-1.png", "briefing.html", "briefing.yaml", "poster-3.png"]
    for name in (*EVERY, *gone, "poster-notes.txt", "notes.txt", "poster-1.jpg"):
        (tmp_path / name).touch()
    assert [path.name for path in accepted.left_over(tmp_path, [POSTER])] == gone
