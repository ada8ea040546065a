"""The logo of a house: a drawing in SVG beside its `house.yaml`, or beside the article that names it."""

from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from triptych.content import disk, pictures
from triptych.content.files import HOUSE, Files
from triptych.content.pictures import Faulty

FIELDS = ("logo", "logo_one_ink")
"""The fields of the head that name one."""
WIDEST = 3.0
"""Greatest width as a multiple of the height."""


def path(files: Files, field: str) -> Path | None:
    """Where the logo in a field stands: beside the house file if the house gives it; None if there is none."""
    name: str | None = getattr(files.article.front, field)
    folder = files.house.parent if field in files.lent else files.folder
    return folder / name if name else None


def above(files: Files) -> Iterator[Path]:
    """The logos that are not in the folder of the article, but beside the house file above it."""
    for field in FIELDS:
        found = path(files, field)
        if found and field in files.lent and files.house.parent.resolve() != files.folder.resolve():
            yield found


def drawn(file: Path) -> bytes:
    """A logo, checked. Raises Faulty if it cannot be printed."""
    if not file.is_file():
        raise Faulty(f"there is no such file beside `{HOUSE}`")
    if not disk.inside(file.parent, file.name):
        raise Faulty("it is a link that leads out of its folder")
    body = file.read_bytes()
    pictures.check(file, body)
    root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True))
    if any(etree.QName(element).localname in ("text", "image") for element in root.iter(etree.Element)):
        raise Faulty("it has text or a picture in it: turn its letters into outlines")
    width, height = pictures.drawn_size(root)
    if width > WIDEST * height:
        raise Faulty(f"it is {width / height:.1f} times as wide as high: at most {WIDEST:g} times fits a masthead")
    return body
