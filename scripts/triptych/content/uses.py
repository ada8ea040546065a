"""An article's folder becomes the list of the files that the article uses.

A handout carries these files, a cluster sends them, `make` watches them. Whatever else is in the folder stays there.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, BaseModel

from triptych.content import prose, read
from triptych.content.model import FILES, HOUSE_FILES, Article

STYLE = "style.yaml"
"""The house's rules: of one article in its folder, or of all in the folder above."""
CITATION_STYLE = "sources.csl"
"""The article's own CSL style."""
LONGEST_NAME, LONGEST_PATH = 255, 1000
"""Bytes of a file's name, and of its path."""


def _plain(path: str) -> str:
    """A path that stays below its folder on every system. Raises ValueError."""
    parts = path.split("/")
    if (
        any(part in ("", ".", "..") or len(part.encode()) > LONGEST_NAME for part in parts)
        or len(path.encode()) > LONGEST_PATH
        or re.search(r"[\x00-\x1f\x7f-\x9f\\]", path)
    ):
        raise ValueError("not a plain path")
    return path


def _single(name: str) -> str:
    if "/" in _plain(name):
        raise ValueError("not a plain name")
    return name


PlainPath = Annotated[str, AfterValidator(_plain)]
"""A path of plain names parted by `/`, below a folder."""
PlainName = Annotated[str, AfterValidator(_single)]
"""The name of one file or folder."""
_DRAWINGS = (".svg", ".css")
"""Files that may name others in turn."""
_ADDRESS = re.compile(r"asset://article/[^\"'()<>\s]+")


def files(folder: Path) -> tuple[str, ...]:
    """Paths of the files that an article uses, relative to its folder, with `/`, sorted.

    These are its content files, its own styles, and the pictures that its texts show, as far as they exist. A link that
    leads out of the folder is left out. Raises UsageError where there is no folder.
    """
    return tuple(name for name in named(folder) if read.inside(folder, name))


def pictures(folder: Path) -> tuple[str, ...]:
    """Those of the files that are pictures, or part of one."""
    return tuple(name for name in files(folder) if name not in (*FILES, *HOUSE_FILES, CITATION_STYLE))


def named(folder: Path) -> tuple[str, ...]:
    """The same, with links that lead out of the folder."""
    texts = _texts(read.files(folder)[0].article)
    waiting = [name for text in texts for address in prose.pictures(text) for name in _local(address)]
    found = {*FILES, *HOUSE_FILES, CITATION_STYLE}
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting.extend(_named_by(folder, name))
    return tuple(sorted(name for name in found if _is_file(folder / name)))


def _texts(value: Any) -> Iterator[str]:
    """Every text in an article, or in a part of one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Article):
        yield from _texts(tuple(getattr(value, name) for name in Article.__dataclass_fields__))
    elif isinstance(value, BaseModel):
        yield from _texts(tuple(value.__dict__.values()))
    elif isinstance(value, tuple):
        yield from (text for item in value for text in _texts(item))


def _named_by(folder: Path, name: str) -> Iterator[str]:
    """The files that a drawing or its stylesheet asks for."""
    path = folder / name
    if path.suffix.lower() in _DRAWINGS and _is_file(path) and read.inside(folder, name):
        text = path.read_text(encoding="utf-8", errors="replace")
        yield from (found for address in _ADDRESS.findall(text) for found in _local(address))


def _local(address: str) -> Iterator[str]:
    """The path in the article's folder to which an address leads, if it leads there."""
    if not address.startswith(prose.ASSETS):
        return
    path = unquote(urlsplit(address).path).lstrip("/")
    name = posixpath.normpath(path)
    if name.split("/")[0] not in (".", "..") and "\0" not in name:
        yield name


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:
        return False  # its name is too long
