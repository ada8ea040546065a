"""The article becomes a book, EPUB 3, for readers on a telephone, in large type, by voice or in braille."""

from pathlib import Path
from typing import Any

from markupsafe import escape

from triptych.compose import spaces
from triptych.content.model import Licence
from triptych.design.where import Templates
from triptych.documents.workshop import Workshop
from triptych.exports import flow
from triptych.exports.flow import Flow

FEATURES = (
    *("alternativeText", "readingOrder", "structuralNavigation", "tableOfContents"),
    *("displayTransformability", "unlocked"),
)
"""What helps readers, in the words of the schema.org vocabulary."""


def book(shop: Workshop, folder: Path, templates: Templates) -> bytes:
    """The book. Raises StyleError, MissingTool and BadImport."""
    found = flow.flow(shop, folder)
    return found.written(
        "epub3",
        _facts(found),
        *("--shift-heading-level-by=-1", "--split-level=1", "--toc", "--toc-depth=2"),
        f"--template={templates.file('flow/book.epub3')}",
        f"--variable=name:{escape(found.title)}",
        f"--variable=dir:{'rtl' if found.view.mirrored else 'ltr'}",
        f"--css={templates.file('flow/book.css')}",
    )


def _facts(found: Flow) -> dict[str, Any]:
    """What the book says of itself, for catalogues, for reading programs and on its first page."""
    view, front = found.view, found.view.front
    return {
        "title": found.title,
        "lang": front.language,
        "page-progression-direction": "rtl" if view.mirrored else "",
        "identifier": found.identifier,
        "creator": [{"role": "aut", "text": front.publisher}] if front.publisher else [],
        "publisher": front.publisher,
        "date": front.date and front.date.isoformat(),
        "description": found.deck,
        "rights": _rights(front.licence),
        "toc-title": view.words.contents,
        "masthead": found.masthead,
        "deck": found.deck,
        "draft": view.draft_line,
        "accessModes": ["textual", "visual"] if found.pictured else ["textual"],
        "accessModeSufficient": ["textual"],
        "accessibilityFeatures": FEATURES,
        "accessibilityHazards": ["none"],
        "accessibilitySummary": spaces.plain(view.words.accessible),
    }


def _rights(licence: Licence | None) -> str:
    return " ".join(part for part in (licence.name, licence.url) if part) if licence else ""
