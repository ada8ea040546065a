"""A page of a PDF becomes pixels for a screen, a tile at a time, by PDFium."""

import io
from dataclasses import dataclass
from threading import Lock
from typing import Any

import pypdfium2
from PIL import Image

TILE = 1536
"""Longest edge of a tile, in pixels of the screen."""
WIDEST = 40_000
"""Pixels that a page may be wide: the largest sheet at 400 % on a fine screen."""
_PDFIUM = Lock()
"""PDFium works for one thread at a time."""


@dataclass(frozen=True, slots=True)
class ScreenTile:
    """A part of a page that is `width` pixels wide in all: its number, and the left and upper edge in pixels."""

    page: int
    width: int
    left: int
    top: int

    @property
    def possible(self) -> bool:
        """Whether a screen may ask for it."""
        return 0 < self.width <= WIDEST and 0 <= self.left < self.width and 0 <= self.top <= 4 * WIDEST


class Proof:
    """A PDF opened to look at."""

    def __init__(self, pdf: bytes) -> None:
        with _PDFIUM:
            self._document: Any = pypdfium2.PdfDocument(pdf)
            self.pages = len(self._document)

    def png(self, tile: ScreenTile) -> bytes:
        """A tile of a page, cut off at the edges of the page. Its pages are numbered from 1."""
        with _PDFIUM:
            picture = _picture(self._document[tile.page - 1], tile)
        target = io.BytesIO()
        picture.save(target, "PNG", compress_level=1)
        return target.getvalue()


def _picture(page: Any, tile: ScreenTile) -> Image.Image:
    height = round(tile.width * page.get_height() / page.get_width())
    across, down = min(TILE, tile.width - tile.left), min(TILE, height - tile.top)
    bitmap = pypdfium2.PdfBitmap.new_native(max(1, across), max(1, down), pypdfium2.raw.FPDFBitmap_BGRx)
    bitmap.fill_rect((255, 255, 255, 255), 0, 0, bitmap.width, bitmap.height)
    pypdfium2.raw.FPDF_RenderPageBitmap(
        bitmap, page, -tile.left, -tile.top, tile.width, height, 0, pypdfium2.raw.FPDF_ANNOT
    )
    picture: Image.Image = bitmap.to_pil()
    return picture.convert("RGB")
