"""Load the files that a document uses: stylesheets, drawings, and files in the article's folder. Nothing else."""

import mimetypes
import os
import stat
from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

import tinycss2
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from triptych.compose import logo
from triptych.content import pictures

TYPES = {*pictures.TYPES, ".css"}
"""Types of the files that a document can load."""


class Refused(ValueError):
    """A document may not load an address; the message gives the reason."""


class AssetFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Loads `asset://<mount>/<path>` from the first folder of the mount that has the file, or from memory.

    Refuses everything else: the network, other paths, and links that lead out of a mount's folder.
    """

    def __init__(
        self,
        folders: Mapping[str, Sequence[Path]],
        art: Mapping[str, str],
        tone: str = "",
    ) -> None:
        """`tone` is the colour in whose shades pictures and drawings print; empty for their own colours."""
        super().__init__(allowed_protocols={"asset"}, allow_redirects=False, fail_on_errors=True)
        self._folders = {mount: [folder.resolve(strict=True) for folder in some] for mount, some in folders.items()}
        self._art = art
        self._tone = tone
        self.refused: list[str] = []
        """Message of every refusal; WeasyPrint ignores some without a warning."""

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        try:
            body, name = self._body(url)
        except (Refused, OSError) as error:
            reason = "there is no such file" if isinstance(error, FileNotFoundError) else error
            self.refused.append(f"`{url[:120]}` may not be loaded: {reason}")
            raise FatalURLFetchingError(self.refused[-1]) from error
        return URLFetcherResponse(url, body, {"Content-Type": _type(name)})

    def _body(self, url: str) -> tuple[bytes, str]:
        parts = urlsplit(url)
        path = unquote(parts.path).lstrip("/")
        if parts.scheme != "asset":
            raise Refused("only files in the article's folder can be used")
        if parts.netloc == "art" and path in self._art:
            return self._art[path].encode(), path
        if parts.netloc not in self._folders or "\0" in path:
            raise Refused("there is no such folder")
        body = _file(_having(self._folders[parts.netloc], path), path)
        return self._printable(body, Path(path).suffix.lower()), path

    def _printable(self, body: bytes, ending: str) -> bytes:
        """A file as the edition prints it."""
        if ending == ".svg":
            return logo.in_shades(body, self._tone) if self._tone else body
        return body if ending == ".css" else pictures.printable(body, self._tone)


def _type(name: str) -> str:
    """The type of a file as it is loaded: the page of a PDF is a picture."""
    return "image/png" if name.lower().endswith(".pdf") else mimetypes.guess_type(name)[0] or ""


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
        if not stat.S_ISREG(status.st_mode) or status.st_size > pictures.LARGEST_BYTES:
            raise Refused(f"it must be a plain file of at most {pictures.LARGEST_BYTES // 1_000_000} MB")
        body = file.read()
    if real.suffix.lower() == ".css":
        _check_style(body)
    else:
        try:
            pictures.check(real, body)
        except pictures.Faulty as error:
            raise Refused(str(error)) from error
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
