"""The first pages of the three documents become one picture for the README, side by side."""

import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

HEIGHT = 620
"""Height of each page, in pixels."""
GROUND = "#D9D7D2"
MARGIN = 28
"""Space around each page, in pixels."""


def page(path: Path) -> Image.Image:
    """The first page of a PDF, HEIGHT pixels high, with a thin border."""
    with pypdfium2.PdfDocument(path) as document:
        first = document[0]
        picture = first.render(scale=2 * HEIGHT / first.get_height()).to_pil()
    return ImageOps.expand(picture.resize((round(picture.width / 2), HEIGHT), Image.Resampling.LANCZOS), 1, "#8B867C")


def main(folder: Path, target: Path) -> None:
    """Write a PNG picture of the documents in a folder."""
    pages = [page(folder / f"{name}.pdf") for name in ("briefing", "factsheet", "poster")]
    width = sum(picture.width for picture in pages) + MARGIN * (len(pages) + 1)
    sheet = Image.new("RGB", (width, HEIGHT + 2 * MARGIN + 2), GROUND)
    left = MARGIN
    for picture in pages:
        sheet.paste(picture, (left, MARGIN))
        left += picture.width + MARGIN
    target.parent.mkdir(parents=True, exist_ok=True)
    sheet.quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
