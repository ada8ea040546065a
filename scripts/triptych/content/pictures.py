"""Pictures: how large they print, and whether they can be printed at all."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from math import inf
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from triptych.content.units import MM_PER_INCH, MM_PER_POINT

TYPES = {".png", ".jpg", ".jpeg", ".svg", ".pdf"}
"""Endings of the files that can be printed."""
RESOLUTION = 150
"""Dots per inch with which a picture as wide as the text prints, or more: with fewer it looks coarse."""
CSS_RESOLUTION = 96
"""Dots per inch of a drawing that is narrower than the text (CSS Values and Units, 6.2)."""
BLACK = "#000000"
"""The tone of pictures in shades of grey."""
FLAT = 16
"""Most colours of a drawing."""
WIDTH, HEIGHT = 125.0, 205.0
"""The largest picture in mm: as wide as the text of the briefing, and as high as leaves room for a caption."""
LEAD = (WIDTH, 70.0)
"""The largest picture at the head of the briefing, in mm."""
CARD = (45.0, 30.0)
"""The largest picture on a card of the poster, in mm at the scale of A3."""
PDF_RESOLUTION = 600
"""Dots per inch in which the page of a PDF prints."""
MOST_DOTS = 6000
"""Most dots across of such a page."""
LARGEST_BYTES, LARGEST_PIXELS = 20_000_000, 100_000_000
MOST_PAINTED = 100_000
"""Most painted elements of a drawing, with repeated ones counted each time."""
_ORIENTATION, _TURNED = 0x0112, (5, 6, 7, 8)
"""The EXIF field of how a camera was held, and its values for a picture that stands on its side."""


POINTS_PER_INCH = MM_PER_INCH / MM_PER_POINT


class Faulty(ValueError):
    """A picture cannot be printed; the message gives the reason."""


def printable(body: bytes, tone: str = "") -> bytes:
    """The picture in a form that the typesetter takes: one of 16 bits of grey becomes one of 8, a PDF its first page.

    `tone`: the colour in whose shades it prints; empty for its own colours.
    """
    if body.startswith(b"%PDF"):
        body = _page(body)
    if tone:
        return _in_shades(body, tone)
    with Image.open(io.BytesIO(body)) as picture:
        if not picture.mode.startswith("I"):
            return body
        whole = picture.convert("I").point(lambda value: value / 257).convert("L")
        target = io.BytesIO()
        whole.save(target, "PNG")
    return target.getvalue()


def _in_shades(body: bytes, tone: str) -> bytes:
    """A picture in shades of a colour, on white."""
    with Image.open(io.BytesIO(body)) as picture:
        upright = ImageOps.exif_transpose(picture)
        whole = upright.convert("I").point(lambda value: value / 257) if upright.mode.startswith("I") else upright
        seen = whole.convert("RGBA")
        ground = Image.new("RGBA", seen.size, "white")
        target = io.BytesIO()
        grey = Image.alpha_composite(ground, seen).convert("L")
        shades = grey if tone == BLACK else ImageOps.colorize(grey, tone, "white")
        shades.save(target, "PNG")
    return target.getvalue()


def _page(body: bytes) -> bytes:
    """The first page of a PDF as a picture. Raises Faulty."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(body)
        page = document[0]
        scale = min(PDF_RESOLUTION / POINTS_PER_INCH, MOST_DOTS / max(page.get_size()))
        target = io.BytesIO()
        page.render(scale=scale).to_pil().save(target, "PNG", dpi=(PDF_RESOLUTION, PDF_RESOLUTION))
    except (pypdfium2.PdfiumError, IndexError, ZeroDivisionError) as error:
        raise Faulty(f"it is not a whole PDF ({error})") from error
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class Proportions:
    """How large a picture may print."""

    ratio: float
    """Its height as a multiple of its width."""
    widest: float
    """Its greatest width in mm; infinite where nothing limits it."""


def proportions(path: Path) -> Proportions:
    """How large a picture may print. Raises OSError, UnidentifiedImageError, Faulty."""
    drawn = path.suffix.lower() in (".svg", ".pdf")
    return Proportions(ratio(path), (0.0 if drawn else printed_width(path)) or inf)


def ratio(path: Path) -> float:
    """Height of a picture as a multiple of its width. Raises OSError, UnidentifiedImageError, Faulty."""
    if path.suffix.lower() == ".svg":
        width, height = drawn_size(etree.fromstring(path.read_bytes(), etree.XMLParser(resolve_entities=False)))
    elif path.suffix.lower() == ".pdf":
        with Image.open(io.BytesIO(_page(path.read_bytes()))) as page:
            width, height = page.size
    else:
        width, height = dots(path)
    return height / width


def drawn_size(root: Any) -> tuple[float, float]:
    """Width and height of a drawing in SVG, in any unit. Raises Faulty if it has none."""
    sides = root.get("viewBox", "").replace(",", " ").split()[2:] or [root.get("width", ""), root.get("height", "")]
    try:
        width, height = (float(re.sub(r"(px|mm|cm|in|pt)$", "", side.strip())) for side in sides)
    except ValueError:
        width = height = 0.0
    if width <= 0 or height <= 0:
        raise Faulty("it has no `viewBox` with its width and height")
    return width, height


def dots(path: Path) -> tuple[int, int]:
    """Width and height of a picture in dots, as it was taken. Raises OSError, UnidentifiedImageError."""
    with Image.open(path) as picture:
        width, height = picture.size
        turned = picture.getexif().get(_ORIENTATION) in _TURNED
    return (height, width) if turned else (width, height)


def least_dots(width: int, height: int, room: tuple[float, float] = (WIDTH, HEIGHT)) -> int:
    """Least dots across with which a picture of these proportions fills a room, in mm: the text, or the whole page."""
    return round(min(room[0], room[1] * width / height) / MM_PER_INCH * RESOLUTION)


def coarse_width(width: int, height: int) -> float:
    """Width in mm that the dots of a picture allow, if it would look coarse as wide as the text or the page; else 0."""
    natural = width / CSS_RESOLUTION * MM_PER_INCH
    coarse = min(WIDTH, HEIGHT * width / height) <= natural and width < least_dots(width, height)
    return width / RESOLUTION * MM_PER_INCH if coarse else 0.0


def printed_width(path: Path) -> float:
    """Greatest width in mm of a picture on paper; 0 where nothing but the text and the page limits it.

    A picture of more than `FLAT` colours has at least 150 dots to the inch. A drawing narrower than the text prints as
    CSS has it, since its edges stay sharp. Raises OSError, UnidentifiedImageError.
    """
    width, height = dots(path)
    if coarse := coarse_width(width, height):
        return coarse
    return 0.0 if width >= least_dots(width, height) or _is_flat(path) else width / RESOLUTION * MM_PER_INCH


def _is_flat(path: Path) -> bool:
    """Whether a picture has few colours, as a drawing has."""
    with Image.open(path) as picture:
        return picture.convert("RGB").getcolors(FLAT) is not None


_SHOWN = re.compile(r'<img(?=[^>]*? src="asset://article/([^"]+)")')


def shown(html: str, folder: Path) -> tuple[Path, ...]:
    """The files in an article's folder that HTML shows as pictures, in order."""
    return tuple(_shown(found, folder) for found in _SHOWN.finditer(html))


def _shown(found: re.Match[str], folder: Path) -> Path:
    return folder / unquote(unescape(found[1]))


def within_their_dots(html: str, folder: Path) -> str:
    """HTML in which each picture of the article's folder has the greatest width that its dots allow."""

    def limited(found: re.Match[str]) -> str:
        path = _shown(found, folder)
        if path.suffix.lower() in (".svg", ".pdf") or not path.is_file():
            return found[0]
        try:
            width = printed_width(path)
        except (OSError, UnidentifiedImageError):
            return found[0]
        return f'<img style="max-width: min(100%, {width:.1f}mm)"' if width else found[0]

    return _SHOWN.sub(limited, html)


def check(path: Path, body: bytes) -> None:
    """Check that a picture is whole, harmless and not too large, by its path and its bytes. Raises Faulty."""
    if len(body) > LARGEST_BYTES:
        raise Faulty(f"it has more than {LARGEST_BYTES // 1_000_000} MB")
    if path.suffix.lower() == ".svg":
        if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
            raise Faulty("an SVG file may not declare a document type or entities")
        _check_drawing(body)
    if path.suffix.lower() == ".pdf":
        _page(body)
    if path.suffix.lower() in (".png", ".jpg", ".jpeg"):
        try:
            _load_whole(path)
        except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
            raise Faulty(f"it is not a whole picture ({error})") from error


def _check_drawing(body: bytes) -> None:
    """Refuse a drawing in which a short text causes too much work. Raises Faulty."""
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Faulty(f"it is not a whole drawing ({error})") from error
    if root.getroottree().docinfo.doctype:
        raise Faulty("an SVG file may not declare a document type or entities")
    if any(element.get("spreadMethod", "pad") != "pad" for element in root.iter()):
        raise Faulty("a gradient in it repeats: remove its `spreadMethod`")
    if _painted(root) > MOST_PAINTED:
        raise Faulty(f"it repeats its parts to more than {MOST_PAINTED} shapes: remove some `use`")


def _painted(root: Any) -> int:
    """Number of painted elements of a drawing, with each reference counted. Raises Faulty for a circular one."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    counts: dict[str, int] = {}

    def count(element: Any, above: frozenset[str]) -> int:
        total = 0
        for part in element.iter(etree.Element):
            names = [name for name in _referred(part) if name in named]
            for name in names:
                if name in above:
                    raise Faulty(f"its part `{name}` refers to itself")
                if name not in counts:
                    counts[name] = count(named[name], above | {name})
            total += 1 + sum(counts[name] for name in names)
        return total

    return count(root, frozenset())


def _referred(element: Any) -> Iterator[str]:
    """Ids of the elements that an element refers to."""
    if etree.QName(element).localname == "use":
        yield from (value.strip().removeprefix("#") for name, value in element.items() if name.endswith("href"))
    for value in element.attrib.values():
        yield from re.findall(r"""url\(\s*['"]?#([^'")\s]+)""", value)


def _load_whole(path: Path) -> None:
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # WeasyPrint sets it
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                raise Faulty(f"it has more than {LARGEST_PIXELS // 1_000_000} million pixels")
            picture.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
