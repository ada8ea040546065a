"""The only files that a document may load: its styles, its drawings and what lies in the article's own folder."""

import mimetypes
import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from PIL import Image, ImageFile, UnidentifiedImageError
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

TYPES = {".png", ".jpg", ".jpeg", ".svg", ".css"}
LARGEST_BYTES = 20_000_000
LARGEST_PIXELS = 100_000_000


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
            self.refused.append(f"`{url[:120]}` may not be loaded: {error}")
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
    _check_picture(real, body)
    return body


def _check_picture(path: Path, body: bytes) -> None:
    """A damaged or hostile picture stops here, with a reason, rather than in the typesetter."""
    if path.suffix.lower() == ".svg" and (b"<!DOCTYPE" in body or b"<!ENTITY" in body):
        raise Refused("an SVG file may not declare a document type or entities")
    if path.suffix.lower() in (".png", ".jpg", ".jpeg"):
        try:
            _load_whole(path)
        except (UnidentifiedImageError, OSError, Image.DecompressionBombError) as error:
            raise Refused(f"it is not a whole picture ({error})") from error


def _load_whole(path: Path) -> None:
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False  # WeasyPrint sets it
    try:
        with Image.open(path) as picture:
            if picture.width * picture.height > LARGEST_PIXELS:
                raise Refused(f"it has more than {LARGEST_PIXELS // 1_000_000} million pixels")
            picture.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
