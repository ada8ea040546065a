"""What a screen reader is told of links, marks, notes and headings that the eye sees without words."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.conftest import HARROWBY, TEMPLATES, Failures, printed, written
from triptych.build import editions, pipeline
from triptych.build.pipeline import Order
from triptych.pdf import tags

ARTICLE = """---
title: Opening
language: {language}
status: draft
in-brief: ["It opened [@npr]."]
---

## First {{#first}}

The library opened.[^a] It is said that it closed. {{#closed .reported}}

- One thing [@npr]

[^a]: For a day.
"""
FILES = {
    "sources.yaml": "references:\n  - {id: npr, type: webpage, title: It opens, title-short: NPR, issued: 2018}\n",
    "timeline.yaml": "events:\n  - {date: 2018-10-06, headline: It opened, sources: [npr]}\n",
    "figures.yaml": "figures:\n  - {id: one, value: '1', label: Library, date: 2018, sources: [npr]}\n",
    "positions.yaml": "parties:\n  - {party: The council, says: It said so, standing: disputed}\n",
}


def folder(path: Path, language: str = "en-GB") -> Path:
    return written(path / "opening", {"article.md": ARTICLE.format(language=language), **FILES})


def made(path: Path, name: str, language: str = "en-GB") -> bytes:
    (document,) = pipeline.documents(folder(path, language), Order((name,)), TEMPLATES)
    return document.pdf


def notes(pdf: bytes) -> list[tuple[str, str]]:
    """Where each link within a PDF leads, and what it says."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = [note for page in document.pages for note in page.obj.get("/Annots", [])]
        return [(str(note.Dest), str(note.Contents)) for note in found if "/Dest" in note]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("language", "source", "note", "back", "back_to_note"),
    [
        ("en-GB", "Source 1: NPR 2018", "Note 1", "Back to source 1 in the text", "Back to note 1 in the text"),
        (
            "fr",
            "Source 1 : NPR 2018",
            "Note 1",
            "Retour à la source 1 dans le texte",
            "Retour à la note 1 dans le texte",
        ),
        ("de", "Quelle 1: NPR 2018", "Anmerkung 1", "Zurück zu Quelle 1 im Text", "Zurück zu Anmerkung 1 im Text"),
    ],
)
def test_a_link_says_where_it_goes_and_there_is_a_way_back(
    tmp_path: Path, language: str, source: str, note: str, back: str, back_to_note: str
) -> None:
    found = [
        (target, said.replace("\u202f", " ").replace("\xa0", " "))
        for target, said in notes(made(tmp_path, "briefing", language))
    ]
    assert {("source-npr", source), ("fn:a", note), ("cited-npr", back), ("fnref:a", back_to_note)} <= {*found}
    assert {target for target, _ in found} == {"source-npr", "fn:a", "cited-npr", "fnref:a"}


@pytest.mark.slow
def test_a_mark_of_standing_is_told_in_words_and_a_row_has_its_header(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(made(tmp_path, "briefing"))) as document:
        elements = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item]
        assert sorted(str(one.Alt) for one in elements if "/Alt" in one) == ["disputed", "reported"]
        heads = [str(one.A.Scope) for one in elements if one.S == "/TH"]
        assert heads.count("/Row") == 2


def bookmarks(holder: Any, depth: int = 0) -> Iterator[str]:
    item = holder.get("/First")
    while item is not None:
        yield "  " * depth + str(item.Title).replace("\xa0", " ").split(" [")[0]
        yield from bookmarks(item, depth + 1)
        item = item.get("/Next")


HEADINGS = {
    "poster": ["  How to read this timeline", "  Before 2015 Sunday closing is the rule"],
    "factsheet": ["  Key figures", "  What happened, drawn to scale", "    Before 2015 Sunday closing is the rule"],
}


@pytest.mark.slow
@pytest.mark.xdist_group("sample")
@pytest.mark.parametrize("name", HEADINGS)
def test_headings_nest_as_the_eye_sees_them(name: str) -> None:
    """In the bookmarks as in the tags, each event with its date; what follows a part does not stand under it."""
    pdf = printed(HARROWBY)[name].pdf
    with pikepdf.open(io.BytesIO(pdf)) as document:
        title, *found = bookmarks(document.Root.Outlines)
    assert (title, found[: len(HEADINGS[name])]) == ("Sunday opening at Harrowby’s public libraries", HEADINGS[name])
    assert "  Sources, numbered as in the briefing" in found or "  Agreed by the sources" in found
    levels = [element.role for element in tags.read(pdf).blocks() if element.role.startswith("H")]
    assert levels == [f"H{1 + (len(one) - len(one.lstrip())) // 2}" for one in (title, *found)]


@pytest.mark.slow
def test_the_page_for_the_screen_leads_back_too(tmp_path: Path) -> None:
    html = editions.on_screen(folder(tmp_path), Order(), TEMPLATES)["index.html"].decode()
    assert 'title="Source 1: NPR 2018">1</a>' in html
    assert '<a href="#cited-npr" title="Back to source 1 in the text">1</a>' in html
    assert 'href="#fnref-a" aria-label="Back to note 1 in the text">↩' in html
    assert '<sup class="standing" role="img" aria-label="reported">†</sup>' in html


@pytest.mark.slow
@pytest.mark.parametrize("profile", ["ua1", "3a"])
def test_documents_with_notes_and_marks_conform(failures: Failures, tmp_path: Path, profile: str) -> None:
    assert failures(made(tmp_path, "briefing"), profile) == []


@pytest.mark.slow
def test_a_link_without_words_is_seen(failures: Failures, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(made(tmp_path, "briefing"))) as document:
        del document.pages[0].Annots[0].Contents
        target = io.BytesIO()
        document.save(target)
    assert failures(target.getvalue(), "ua1") != []
