"""The article by which everything is tested, with the fixed words of each language around its English sentences.

What prints differently from language to language is accepted: `.venv/bin/pytest -m slow tests/test_every_language.py
--snapshot-update`.
"""

import io
import re
import shutil
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from syrupy.assertion import SnapshotAssertion

from tests.conftest import HARROWBY, TEMPLATES, Printed, printed
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.compose import words

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("every language")]
LANGUAGES = [*words.known(TEMPLATES)]
BASE = [language for language in LANGUAGES if "-" not in language]
HEAD = "language: {}\nstatus: draft\n"
BLOCKS = {*(f"h{level}" for level in range(1, 7)), "dd", "dt", "figcaption", "li", "p", "td", "th", "time"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Mapping[str, Printed]]:
    """The documents in each language."""
    return {language: printed(translated(tmp_path_factory.mktemp(language), language)) for language in BASE}


def translated(folder: Path, language: str) -> Path:
    """A copy of the article that says that it is in a language. Its figures are shares, drawn with a note."""
    shutil.copytree(HARROWBY, folder, dirs_exist_ok=True)
    head = (folder / "article.md").read_text(encoding="utf-8")
    (folder / "article.md").write_text(head.replace("language: en-GB\n", HEAD.format(language)), encoding="utf-8")
    figures = (folder / "figures.yaml").read_text(encoding="utf-8")
    (folder / "figures.yaml").write_text(
        re.sub(r"(value: \"?\d+ ?%.*\n)", r"\1    of: 1,940 users\n", figures), encoding="utf-8"
    )
    return folder


def blocks(composed: str) -> Iterator[str]:
    """The text of each block of a document that holds no other."""
    from lxml import html

    for element in html.fromstring(composed).iter(*BLOCKS):
        if not any(inner.tag in BLOCKS for inner in element.iterdescendants()):
            yield " ".join(element.text_content().split())


def outline(pdf: bytes) -> list[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as found:
        return list(_titles(found.root))


def _titles(items: Any) -> Iterator[str]:
    for item in items:
        yield str(item.title)
        yield from _titles(item.children)
