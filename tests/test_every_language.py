"""The article by which everything is tested, with the fixed words of each language around its English sentences.

What prints differently from language to language is accepted: `.venv/bin/pytest -m slow tests/test_every_language.py
--snapshot-update`.
"""

import io
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from lxml import html
from syrupy.assertion import SnapshotAssertion

from tests.conftest import HARROWBY, SHIPPED, TEMPLATES, as_yaml, printed
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.documents.workshop import Document
from triptych.pdf import tags

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("every language")]
LANGUAGES = [language for language in SHIPPED if "-" not in language]
BLOCKS = {*(f"h{level}" for level in range(1, 7)), "dd", "dt", "figcaption", "li", "p", "td", "th", "time"}
OF = "    value: 63%\n"
"""A share, which is drawn as a bar with a note if it says of what."""


def in_language(folder: Path, language: str) -> Path:
    """A copy of the article that says that it is in a language."""
    shutil.copytree(HARROWBY, folder, dirs_exist_ok=True)
    for name, old, new in (
        ("article.md", "language: en-GB\n", f"language: {language}\nstatus: draft\n"),
        ("figures.yaml", OF, f"{OF}    of: 1,940 users\n"),
    ):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1
        path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("languages")


@cache
def made(folder: Path, language: str) -> dict[str, Document]:
    return dict(printed(in_language(folder / language, language)))


def blocks(composed: str) -> list[str]:
    """The text of each block of a document that holds no other, each text once."""
    found = (
        " ".join(element.text_content().split())
        for element in html.fromstring(composed).iter(*BLOCKS)
        if not any(inner.tag in BLOCKS for inner in element.iterdescendants())
    )
    return [*dict.fromkeys(filter(None, found))]


def bookmarks(document: pikepdf.Pdf) -> Iterator[str]:
    def titles(items: Any) -> Iterator[str]:
        for item in items:
            yield str(item.title)
            yield from titles(item.children)

    with document.open_outline() as outline:
        yield from titles(outline.root)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_fixed_words_are_as_accepted(folder: Path, language: str, snapshot: SnapshotAssertion) -> None:
    """All that does not print so in another language: headings, labels, notes, dates; bookmarks, alternative texts."""
    other = made(folder, "en" if language != "en" else "de")
    said = {}
    for name, one in made(folder, language).items():
        with pikepdf.open(io.BytesIO(one.pdf)) as document:
            assert str(document.Root.Lang) == language
            titles = [*bookmarks(document)]
        alternatives = [block.alt for block in tags.read(one.pdf).blocks() if block.alt]
        same = {*blocks(other[name].html)}
        own = [text for text in blocks(one.html) if text not in same]
        said[name] = {"prints": own, "bookmarks": titles, "alternatives": alternatives}
    assert as_yaml(said) == snapshot


@pytest.mark.parametrize("language", ["ar", "he"])
def test_english_sentences_in_a_page_from_right_to_left_are_marked_as_english(folder: Path, language: str) -> None:
    """PDF/UA-1, 7.2: the natural language of each run."""
    for one in made(folder, language).values():
        with pikepdf.open(io.BytesIO(one.pdf)) as document:
            found = [item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/S" in item]
        marked = [str(item.Lang) for item in found if "/Lang" in item]
        runs = len(re.findall('<bdi dir="ltr" lang="en">', one.html))
        assert set(marked) == {"en"}
        assert len(marked) > runs / 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_article_gives_the_same_bytes(folder: Path, language: str) -> None:
    first = made(folder, language)["factsheet"].pdf
    (again,) = pipeline.documents(folder / language, Order(("factsheet",)), TEMPLATES)
    assert again.pdf == first
