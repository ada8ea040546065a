"""Load the files that a document uses: stylesheets, drawings, and files in the article's folder. Nothing else."""

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
"""Types of the files that a document can load."""
LARGEST_BYTES = 20_000_000
LARGEST_PIXELS = 100_000_000
MOST_PAINTED = 100_000
"""Most painted elements of a drawing, with repeated ones counted each time."""


class Refused(ValueError):
    """A document may not load an address; the message gives the reason."""


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Loads `asset://<mount>/<path>` from the first folder of the mount that has the file, or from memory.

    Refuses everything else: the network, other paths, and links that lead out of a mount's folder.
    """

    def __init__(self, folders: Mapping[str, Sequence[Path]], art: Mapping[str, str]) -> None:
        super().__init__(allowed_protocols={"asset"}, allow_redirects=False, fail_on_errors=True)
        self._folders = {mount: [folder.resolve(strict=True) for folder in some] for mount, some in folders.items()}
        self._art = art
        self.refused: list[str] = []
        """Message of every refusal; WeasyPrint ignores some without a warning."""

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
            raise Refused("there is no such folder")
        return _file(_having(self._folders[parts.netloc], path), path), path


def _having(folders: Sequence[Path], path: str) -> Path:
    """The first folder that has a file, or else the last folder."""
    return next((folder for folder in folders if (folder / path).is_file()), folders[-1])


def refusal(folder: Path, path: str) -> str:
    """Why no document may load a file of an article's folder; empty if one may."""
    try:
        _file(folder.resolve(), path)
    except FileNotFoundError:
        return "there is no such file"
    except (Refused, OSError, ValueError) as error:
        return str(error)
    return ""


def _file(folder: Path, path: str) -> bytes:
    real = (folder / path).resolve()
    if not real.is_relative_to(folder):
        raise Refused("it is outside the article's folder")
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
    """Refuse a stylesheet with an open block or comment; WeasyPrint would close it without a warning."""
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise Refused(f"byte {error.start} is not UTF-8 text; save the file as UTF-8") from None
    *values, end = tinycss2.parse_component_value_list(f"{text}}}")
    if end.type != "error":
        opening = next((value for value in reversed([*values, end]) if value.type != "whitespace"), end)
        raise Refused(f"a bracket or quote on line {opening.source_line} is not closed: add the missing one")


def _check_picture(path: Path, body: bytes) -> None:
    """Refuse a damaged or hostile picture before WeasyPrint reads it. Raises Refused."""
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
    """Refuse a drawing in which a short text causes too much work. Raises Refused."""
    try:
        root = etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(f"it is not a whole drawing ({error})") from error
    if root.getroottree().docinfo.doctype:
        raise Refused("an SVG file may not declare a document type or entities")
    if any(element.get("spreadMethod", "pad") != "pad" for element in root.iter()):
        raise Refused("a gradient in it repeats: remove its `spreadMethod`")
    if _painted(root) > MOST_PAINTED:
        raise Refused(f"it repeats its parts to more than {MOST_PAINTED} shapes: remove some `use`")


def _painted(root: Any) -> int:
    """Number of painted elements of a drawing, with each reference counted. Raises Refused for a circular one."""
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
                raise Refused(f"it has more than {LARGEST_PIXELS // 1_000_000} million pixels")
            picture.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
