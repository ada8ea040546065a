"""Problems come in one wave: those of the files, and those that only composing or fitting can find."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.conftest import TEMPLATES, ArticleCopy, written
from triptych.__main__ import main
from triptych.build import cluster, inspection, pipeline, rehearsal
from triptych.build.pipeline import Order
from triptych.check import messages
from triptych.content.errors import ContentError, FitError, Problem, StyleError, TriptychError
from triptych.content.files import Files
from triptych.design.where import Templates
from triptych.documents.workshop import Document, Workshop

PROSE = "---\ntitle: Our new book drop\nlanguage: en\n---\n\nYou can return books at any hour.\n"
EVENTS = "events:\n  - {id: flap, date: 2025-02-03, headline: It opens}\n"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
Maker = Callable[[Workshop], Document]


@pytest.fixture
def drop(tmp_path: Path) -> ArticleCopy:
    return ArticleCopy(written(tmp_path / "drop", {"article.md": PROSE, "timeline.yaml": EVENTS}))


def found(drop: ArticleCopy) -> list[tuple[str, int, str]]:
    return [(one.path.name, one.line, one.code) for one in inspection.problems(drop.folder, TEMPLATES)[1]]


@pytest.mark.parametrize(
    ("written", "line", "message"),
    [
        pytest.param("![A map](map.svg)", 6, "it is not a whole drawing", id="broken drawing"),
        pytest.param('<img src="map.svg" alt="A map">', 6, "it is not a whole drawing", id="in HTML"),
        pytest.param("![A map][map]\n\n[map]: map.svg", 8, "it is not a whole drawing", id="by a name"),
        pytest.param('<img src="none.png" alt="A map">', 6, "is not in the article's folder", id="missing"),
        pytest.param('<img src="../map.png" alt="A map">', 6, "leads out of the article's folder", id="outside"),
        pytest.param('<img src="map.gif" alt="A map">', 6, "is of a type that cannot be printed", id="type"),
        pytest.param('<img src="cut.png" alt="A map">', 6, "it is not a whole picture", id="cut off"),
    ],
)
def test_a_picture_that_no_document_can_load_is_found(drop: ArticleCopy, written: str, line: int, message: str) -> None:
    (drop.folder / "map.svg").write_text(DRAWING, encoding="utf-8")
    (drop.folder / "map.gif").write_bytes(b"GIF89a")
    (drop.folder / "cut.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (drop.folder.parent / "map.png").write_bytes(b"")
    drop.replace("article.md", "You can", f"{written}\n\nYou can")
    (problem,) = inspection.problems(drop.folder, TEMPLATES)[1]
    assert (problem.path.name, problem.line, problem.code) == ("article.md", line, "missing-picture")
    assert message in problem.message


@pytest.mark.parametrize(
    ("written", "message"),
    [
        pytest.param("![A map](map.svg)", "it is not a whole drawing", id="broken"),
        pytest.param("![A map](large%20one.png)", "it has more than 20 MB", id="large"),
        pytest.param("![A map](none.png)", "is not in the article's folder", id="missing"),
    ],
)
def test_a_picture_outside_the_prose_is_found_too(drop: ArticleCopy, written: str, message: str) -> None:
    (drop.folder / "map.svg").write_text(DRAWING, encoding="utf-8")
    Image.new("L", (5000, 5000)).save(drop.folder / "large one.png", compress_level=0)
    drop.replace("timeline.yaml", "It opens", f"It opens, summary: '{written}'")
    (problem,) = inspection.problems(drop.folder, TEMPLATES)[1]
    assert (problem.path.name, problem.line, problem.code) == ("timeline.yaml", 2, "missing-picture")
    assert message in problem.message


def test_a_picture_is_reported_once(drop: ArticleCopy) -> None:
    drop.replace("article.md", "You can", "![A map](none.png)\n\nYou can")
    assert found(drop) == [("article.md", 6, "missing-picture")]


def test_a_language_without_words_is_found_with_its_line_and_the_other_problems(drop: ArticleCopy) -> None:
    drop.replace("article.md", "language: en", "language: sw")
    drop.replace("timeline.yaml", "2025-02-03", "2025-02-30")
    assert found(drop) == [("article.md", 3, "no-words"), ("timeline.yaml", 2, "bad-date")]


def test_a_part_that_fails_hides_no_other(drop: ArticleCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_files: Files, _templates: Templates) -> Iterator[Problem]:
        raise ZeroDivisionError

    def refusing(_files: Files, _templates: Templates) -> Iterator[Problem]:
        raise StyleError("the style prints nothing of `flap`\n    Use another.")

    drop.replace("article.md", "language: en", "language: sw")
    monkeypatch.setattr(inspection, "PARTS", (broken, refusing, *inspection.PARTS))
    assert found(drop) == [("article.md", 3, "no-words"), ("timeline.yaml", 2, "wrong-style")]
    drop.replace("article.md", "language: sw", "language: en")
    monkeypatch.setattr(inspection, "PARTS", (broken,))
    with pytest.raises(ZeroDivisionError):
        inspection.problems(drop.folder, TEMPLATES)


def refusing(error: Exception) -> Maker:
    def maker(_workshop: Workshop) -> Document:
        raise error

    return maker


def rehearsed(monkeypatch: pytest.MonkeyPatch, drop: ArticleCopy, **errors: Exception) -> list[tuple[str, int, str]]:
    def made(workshop: Workshop) -> Document:
        return Document("made", 1, b"")

    makers = {name: refusing(errors[name]) if name in errors else made for name in pipeline.DOCUMENTS}
    monkeypatch.setattr(pipeline, "DOCUMENTS", makers)
    problems = rehearsal.problems(drop.folder, Order(), TEMPLATES)
    return [(one.path.name, one.line, one.code) for one in problems]


FULL = FitError("the poster is full\n    Remove `flap`.")
QUOTING = FitError("the fact sheet is too long: `It opens` is cut off")


def test_what_does_not_fit_is_found_for_each_document(drop: ArticleCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    assert rehearsed(monkeypatch, drop, poster=FULL, factsheet=QUOTING) == [
        ("timeline.yaml", 1, "does-not-fit"),
        ("timeline.yaml", 2, "does-not-fit"),
    ]


def test_what_does_not_fit_is_found_beside_what_prevents_printing(
    drop: ArticleCopy, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop.replace("article.md", "title:", "titel: x\ntitle:")
    assert rehearsed(monkeypatch, drop, poster=FULL, briefing=StyleError("wrong"), factsheet=ZeroDivisionError()) == [
        ("article.md", 2, "unknown-field")
    ]
    assert rehearsed(monkeypatch, drop, poster=FULL, briefing=StyleError("wrong")) == [
        ("article.md", 2, "unknown-field"),
        ("timeline.yaml", 1, "does-not-fit"),
    ]


def test_a_build_and_a_check_print_all_at_once(
    drop: ArticleCopy, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    drop.replace("article.md", "title:", "titel: x\ntitle:")
    monkeypatch.setitem(pipeline.DOCUMENTS, "poster", refusing(FULL))
    monkeypatch.setitem(pipeline.DOCUMENTS, "briefing", refusing(QUOTING))
    monkeypatch.setitem(pipeline.DOCUMENTS, "factsheet", refusing(QUOTING))
    assert main(["check", str(drop.folder), "-j", "1"]) == 3
    printed = capsys.readouterr().out
    assert printed.endswith("3 errors\n")
    assert main(["build", str(drop.folder), "--output", str(tmp_path / "out"), "-j", "1"]) == 3
    assert capsys.readouterr().err == printed.removesuffix("3 errors\n")
    assert not (tmp_path / "out").exists()
    monkeypatch.setattr(cluster, "own", dict)
    refused = cluster.made(cluster.parcel(drop.folder, TEMPLATES), Order(), {})
    assert isinstance(refused, ContentError)
    assert messages.text(refused.problems) + "\n" == printed.removesuffix("3 errors\n")


def test_a_worker_of_a_cluster_says_what_it_skips(drop: ArticleCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    (drop.folder / "timeline.yaml").unlink()
    monkeypatch.setattr(cluster, "own", dict)
    found = cluster.made(cluster.parcel(drop.folder, TEMPLATES), Order(("factsheet", "poster")), {})
    assert not isinstance(found, TriptychError)
    documents, skipped = found
    assert [document.name for document in documents] == ["factsheet"]
    assert skipped == ("no poster: the article has no events",)


def test_a_build_names_every_document_that_does_not_fit(drop: ArticleCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(pipeline.DOCUMENTS, "poster", refusing(FULL))
    monkeypatch.setitem(pipeline.DOCUMENTS, "briefing", refusing(QUOTING))
    with pytest.raises(TriptychError) as caught:
        pipeline.documents(drop.folder, Order(), TEMPLATES)
    assert (type(caught.value), str(caught.value)) == (FitError, f"{QUOTING}\n{FULL}")
