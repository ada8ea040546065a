"""The only files that a document may load: its styles, its drawings and what lies in the article's own folder."""

import mimetypes
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import tinycss2
from lxml import etree
from PIL import Image, ImageFile, UnidentifiedImageError
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

TYPES = {".png", ".jpg", ".jpeg", ".svg", ".css"}
LARGEST_BYTES = 20_000_000
LARGEST_PIXELS = 100_000_000
MOST_PAINTED = 100_000
"""Elements of a drawing, each as often as it is painted."""


class Refused(ValueError):
    """An address that a document may not load; says why."""


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Serves `asset://<mount>/<path>` from folders, the first that has it, or from memory; refuses everything else.

    No network, no other path, no link that leads out of a mount's folder.
    """

    def __init__(self, folders: Mapping[str, Sequence[Path]], art: Mapping[str, str]) -> None:
        super().__init__(allowed_protocols={"asset"}, allow_redirects=False, fail_on_errors=True)
        self._folders = {mount: [folder.resolve(strict=True) for folder in some] for mount, some in folders.items()}
        self._art = art
        self.refused: list[str] = []
        """Every refusal, since the typesetter passes over some in silence."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        try:
            body, name = self._body(url)
        except (Refused, OSError) as error:
            reason = "there is no such file" if isinstance(error, FileNotFoundError) else error
            self.refused.append(f"`{url[:120]}` may not be loaded: {reason}")
            raise FatalURLFetchingError(self.refused[-1]) from error
        return URLFetcherResponse(url, body, {"Content-Type": mimetypes.guess_type(name)[0] or ""})

    def _body(self, url: str) -> tuple[bytes, str]:
        parts = urlsplit(url)
        path = unquote(parts.path).lstrip("/")
        if parts.scheme != "asset":
            raise Refused("only files in the article's folder can be used")
        if parts.netloc == "art" and path in self._art:
            return self._art[path].encode(), path
        if parts.netloc not in self._folders or "\0" in path:
            raise Refused("there is no such place")
        return _file(_having(self._folders[parts.netloc], path), path), path


def _having(folders: Sequence[Path], path: str) -> Path:
    """The first folder that has a file, or the last."""
    return next((folder for folder in folders if (folder / path).is_file()), folders[-1])


def _file(folder: Path, path: str) -> bytes:
    real = (folder / path).resolve()
    if not real.is_relative_to(folder):
        raise Refused("it lies outside the article's folder")
    if real.suffix.lower() not in TYPES:
        raise Refused(f"the type must be one of {', '.join(sorted(TYPES))}")
    with os.fdopen(os.open(real, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > LARGEST_BYTES:
            raise Refused(f"it must be a plain file of at most {LARGEST_BYTES // 1_000_000} MB")
        body = file.read()
    if real.suffix.lower() == ".css":
        _check_style(body)
    else:
        _check_picture(real, body)
    return body


def _check_style(body: bytes) -> None:
    """A stylesheet in which a block or a comment does not end stops here; the typesetter would end it in silence."""
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise Refused(f"byte {error.start} is not UTF-8 text; save the file as UTF-8") from None
    *values, end = tinycss2.parse_component_value_list(f"{text}}}")
    if end.type != "error":
        opening = next((value for value in reversed([*values, end]) if value.type != "whitespace"), end)
        raise Refused(f"what opens on line {opening.source_line} is not closed: write the missing bracket or quote")


def _check_picture(path: Path, body: bytes) -> None:
    """A damaged or hostile picture stops here, with a reason, rather than in the typesetter."""
    if path.suffix.lower() == ".svg":
        if b"<!DOCTYPE" in body or b"<!ENTITY" in body:
            raise Refused("an SVG file may not declare a document type or entities")
        _check_drawing(body)
    if path.suffix.lower() in (".png", ".jpg", ".jpeg"):
        try:
            _load_whole(path)
        except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
            raise Refused(f"it is not a whole picture ({error})") from error


def _check_drawing(body: bytes) -> None:
    """A drawing of which little text makes much work stops here."""
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(f"it is not a whole drawing ({error})") from error
    if root.getroottree().docinfo.doctype:
        raise Refused("an SVG file may not declare a document type or entities")
    if any(element.get("spreadMethod", "pad") != "pad" for element in root.iter()):
        raise Refused("a gradient in it repeats: take out its `spreadMethod`")
    if _painted(root) > MOST_PAINTED:
        raise Refused(f"it repeats its parts to more than {MOST_PAINTED} shapes: take out some `use`")


def _painted(root: Any) -> int:
    """How many elements of a drawing are painted, what others refer to each time anew. Raises Refused for a circle."""
    named = {element.get("id"): element for element in root.iter() if element.get("id")}
    counts: dict[str, int] = {}

    def count(element: Any, above: frozenset[str]) -> int:
        total = 0
        for part in element.iter(etree.Element):
            names = [name for name in _referred(part) if name in named]
            for name in names:
                if name in above:
                    raise Refused(f"its part `{name}` refers to itself")
                if name not in counts:
                    counts[name] = count(named[name], above | {name})
            total += 1 + sum(counts[name] for name in names)
        return total

    return count(root, frozenset())


def _referred(element: Any) -> Iterator[str]:
    """The names of the parts that an element paints."""
    if etree.QName(element).localname == "use":
        yield from (value.strip().removeprefix("#") for name, value in element.items() if name.endswith("href"))
    for value in element.attrib.values():
        yield from re.findall(r"""url\(\s*['"]?#([^'")\s]+)""", value)


def _load_whole(path: Path) -> None:
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # WeasyPrint sets it
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                raise Refused(f"it has more than {LARGEST_PIXELS // 1_000_000} million pixels")
            picture.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
