"""An article's folder becomes the list of the files that the article uses.

A PDF carries these files, and a cluster sends them. Other files in the folder are ignored.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote, unquote, urlsplit

from pydantic import AfterValidator, BaseModel

from triptych.content import catalogues, disk, kin, logos, prose, read, tables
from triptych.content.files import Files
from triptych.content.model import FILES, HOUSE_FILES, Article

STYLE = "style.yaml"
"""House rules: for one article in its folder, or for all articles in the folder above."""
CITATION_STYLE = "sources.csl"
"""The article's own CSL style."""
LONGEST_NAME, LONGEST_PATH = 255, 1000
"""Most bytes of a file's name, and of its path."""


def _plain(path: str) -> str:
    """Check that a path stays below its folder on every system. Raises ValueError."""
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
"""A path below a folder: plain names, separated by `/`."""
PlainName = Annotated[str, AfterValidator(_single)]
"""The name of one file or folder."""
_DRAWINGS = (".svg", ".css")
"""Types of files that can refer to other files."""
_ADDRESS = re.compile(r"asset://article/[^\"'()<>\s]+")


def files(folder: Path, known: Files | None = None) -> tuple[str, ...]:
    """Paths of the files that an article uses, relative to its folder, with `/`, sorted; of a translation, to its root.

    They are its content files, its own styles and words, and the pictures in its texts, if they exist. Links that lead
    out of the folder are left out. `known`: what was read of it already. Raises UsageError without a folder.
    """
    return tuple(name for name in named(folder, known) if disk.inside(kin.root(folder), name))


def pictures(folder: Path) -> tuple[str, ...]:
    """The files that are pictures, or that a picture uses."""
    known, _ = read.files(folder)
    texts = _texts_of(folder, known.article)
    return tuple(name for name in files(folder, known) if name not in texts and not name.endswith(".po"))


def _logos(folder: Path, files: Files) -> Iterator[str]:
    """The logos in an article's folder that it uses."""
    for field in logos.FIELDS:
        if (found := logos.path(files, field)) and found.parent.resolve() == files.folder.resolve():
            yield found.name


def named(folder: Path, known: Files | None = None) -> tuple[str, ...]:
    """The same as `files`, and also links that lead out of the folder."""
    known = known or read.files(folder)[0]
    article, root = known.article, kin.root(folder)
    waiting = [name for address in addresses(article) for name in _local(address)]
    found = _texts_of(folder, article)
    found |= {catalogues.HOUSE.format(tag) for tag in catalogues.tags(article.front.language)}
    found |= set(_logos(folder, known))
    while waiting:
        if (name := waiting.pop()) not in found:
            found.add(name)
            waiting.extend(_named_by(root, name))
    return tuple(sorted(name for name in found if _is_file(root / name)))


def _texts_of(folder: Path, article: Article) -> set[str]:
    """The names of the files of an article that are no pictures, tables among them."""
    data = {one.chart.data for one in article.charts if one.chart.data}
    forms = (form for name in FILES for form in (name, *tables.forms(kin.root(folder), name)))
    tag = kin.tag(folder)
    own = {f"{tag}/{name}" for name in (*FILES, kin.RECORD)} if tag else set()
    return {*data, *HOUSE_FILES, CITATION_STYLE, *forms, *own}


def addresses(article: Article) -> Iterator[str]:
    """The address of each picture in the texts of an article."""
    yield from (f"{prose.ASSETS}{quote(one.image or '')}" for one in article.pictures)
    yield from (address for text in _texts(article) for address in prose.pictures(text))


def _texts(value: Any) -> Iterator[str]:
    """Every text in an article or in a value of it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Article):
        yield from _texts(tuple(getattr(value, name) for name in Article.__dataclass_fields__))
    elif isinstance(value, BaseModel):
        yield from _texts(tuple(value.__dict__.values()))
    elif isinstance(value, tuple):
        yield from (text for item in value for text in _texts(item))


def _named_by(folder: Path, name: str) -> Iterator[str]:
    """The files that a drawing or its stylesheet refers to."""
    path = folder / name
    if path.suffix.lower() in _DRAWINGS and _is_file(path) and disk.inside(folder, name):
        text = path.read_text(encoding="utf-8", errors="replace")
        yield from (found for address in _ADDRESS.findall(text) for found in _local(address))


def _local(address: str) -> Iterator[str]:
    """The path of an address in the article's folder; nothing if it leads elsewhere."""
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
