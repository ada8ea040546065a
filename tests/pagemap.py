"""A PDF becomes a map of its words: one line for each line of text, with its page and place, to read in a diff."""

from collections.abc import Iterator

import pypdfium2

POINT = 25.4 / 72


def page_map(pdf: bytes) -> str:
    """Page, x and y of the upper left corner in mm from the trim box's, and the words, for each line of text."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join(line for number in range(len(document)) for line in _lines(document, number))


def _lines(document: pypdfium2.PdfDocument, number: int) -> Iterator[str]:
    page = document[number]
    textpage = page.get_textpage()
    for index in range(textpage.count_rects()):
        left, bottom, right, top = textpage.get_rect(index)
        words = " ".join(textpage.get_text_bounded(left, bottom, right, top).split())
        yield f"{number + 1:2} {left * POINT:6.1f} {(page.get_height() - top) * POINT:6.1f}  {words}\n"
    textpage.close()
    page.close()
