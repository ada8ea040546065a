"""A finished PDF is read once for all that is proven of it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import c_double
from functools import cached_property
from typing import Self

import pikepdf
import pypdfium2

from triptych.pdf import things
from triptych.pdf.things import Edges, Thing


class Leaf:
    """A page as PDFium reads it."""

    def __init__(self, page: pypdfium2.PdfPage, number: int) -> None:
        """`number` is that of the page, from 1."""
        self.page = page
        self.number = number
        self.trim: Edges = page.get_trimbox()

    @cached_property
    def text(self) -> pypdfium2.PdfTextPage:
        """The text of the page."""
        return self.page.get_textpage()

    @cached_property
    def letters(self) -> list[tuple[str, Edges]]:
        """Each character of the text with the box around its ink; of one beyond U+FFFF, PDFium gives two halves."""
        return [*self._letters()]

    def _letters(self) -> Iterator[tuple[str, Edges]]:
        code, box = pypdfium2.raw.FPDFText_GetUnicode, pypdfium2.raw.FPDFText_GetCharBox
        held, (left, bottom, right, top) = self.text.raw, (c_double() for _ in range(4))
        for index in range(self.text.count_chars()):
            if not box(held, index, left, right, bottom, top):
                raise pypdfium2.PdfiumError(f"character {index} of page {self.number} has no place")
            yield chr(code(held, index)), (left.value, bottom.value, right.value, top.value)

    @cached_property
    def lines(self) -> list[Edges]:
        """The boxes around the lines of the text."""
        return [self.text.get_rect(index) for index in range(self.text.count_rects())]

    @cached_property
    def things(self) -> list[Thing]:
        """All that the page draws."""
        return things.drawn(self.page)

    def words(self, box: Edges) -> str:
        """The text within a box."""
        return str(self.text.get_text_bounded(*box)).strip()


class Opened:
    """A PDF that is open, to be used in a `with` statement."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pdf
        self._document = pypdfium2.PdfDocument(pdf)

    @cached_property
    def leaves(self) -> list[Leaf]:
        """Its pages, as PDFium reads them."""
        return [Leaf(page, number) for number, page in enumerate(self._document, start=1)]

    @cached_property
    def objects(self) -> pikepdf.Pdf:
        """The same by pikepdf: its tags, faces and notes."""
        return pikepdf.open(io.BytesIO(self.pdf))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._document.close()
        if "objects" in vars(self):
            self.objects.close()


@contextmanager
def opened(pdf: "bytes | Opened") -> Iterator[Opened]:
    """A PDF open: one that is open already stays so."""
    if isinstance(pdf, Opened):
        yield pdf
        return
    with Opened(pdf) as found:
        yield found
