"""An article becomes its editions for other programs: a book, a file for a word processor, a plain text."""

from collections.abc import Mapping
from pathlib import Path

from triptych.build import pipeline
from triptych.build.editions import EditionMaker, Files
from triptych.build.pipeline import Order
from triptych.content.kinds import Edition
from triptych.design.where import Templates
from triptych.exports import epub, spoken, word

NAME = "article"
"""The name of each file, before its ending."""


def book(folder: Path, order: Order, templates: Templates) -> Files:
    """The whole article as a book, EPUB 3, for telephones, reading programs, large type, voice and braille lines."""
    shop = pipeline.shared(folder, order, templates)
    return Files({f"{NAME}.epub": epub.book(shop, folder, templates)})


def for_word(folder: Path, order: Order, templates: Templates) -> Files:
    """The whole article as a file for Word or LibreOffice, with styles, footnotes and heads of tables."""
    shop = pipeline.shared(folder, order, templates)
    return Files({f"{NAME}.docx": word.file(shop, folder)})


def text(folder: Path, order: Order, templates: Templates) -> Files:
    """The whole article as plain text, for speech and for transcribers, and in braille where `file2brl` is there."""
    shop = pipeline.shared(folder, order, templates)
    told = spoken.text(shop, folder)
    found = {f"{NAME}.txt": told.encode()}
    if (brf := spoken.braille(told, shop.view.front.language)) is not None:
        return Files({**found, f"{NAME}.brf": brf})
    return Files(found, [spoken.LACKS])


def editions() -> Mapping[Edition, EditionMaker]:
    """Every edition for other programs, by the name of its folder."""
    return {Edition.EPUB: book, Edition.DOCX: for_word, Edition.TEXT: text}
