"""The attachments of a PDF: the content that it was made from, and a manifest with everything else."""

import hashlib
import importlib.metadata
import io
import json
import posixpath
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Annotated, Any, Literal, Self

import pikepdf
import pypdfium2
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from triptych.content import catalogues, disk, logos, uses
from triptych.content import read as content_read
from triptych.content.errors import TriptychError, UsageError
from triptych.content.files import HOUSE, Files
from triptych.content.kinds import KINDS, Paper
from triptych.content.model import DocumentName, SheetName, ThemeName
from triptych.content.packs import needed
from triptych.content.tables import WORKBOOKS
from triptych.content.uses import PlainName, PlainPath
from triptych.design.scripts import INSTALLED
from triptych.pdf import hashes

CONTENT, MANIFEST = "content.zip", hashes.MANIFEST
LIBRARIES = (
    "babel",
    "fontpkg-amiri",
    "fontpkg-assistant",
    "fontpkg-frank-ruhl-libre",
    "fontpkg-ibm-plex-sans",
    "fontpkg-ibm-plex-sans-arabic",
    "fontpkg-instrument-sans",
    "fontpkg-literata",
    "fontpkg-newsreader",
    "fontpkg-source-sans-3",
    "fontpkg-source-serif-4",
    "fonttools",
    "jinja2",
    "manimgx-fonts",
    "markdown",
    "matplotlib-fontja",
    "mini-racer",
    "nh3",
    "paperang-p2-fonts-cjk",
    "pydyf",
    "pymdown-extensions",
    "triptych",
    "uharfbuzz",
    "weasyprint",
    "ziafont",
    "ziamath",
)
"""Packages whose version can change the pages."""
_TEXTS = (".md", ".yaml", ".csv")
READER = "python-calamine"
"""The package that reads the workbooks of an article, where it has any."""
THEME = "theme.yaml"
"""The theme of an article, or of all in the folder above."""
LARGEST_PDF, LARGEST_CONTENT, LARGEST_MANIFEST = 1_000_000_000, 500_000_000, 1_000_000
"""Most bytes of a PDF, of its content and of its manifest."""
LOCKED = "is encrypted: ask for the file that Triptych wrote"
MOST_FILES = 1000
"""Most files of an article in a PDF."""


@dataclass(frozen=True, slots=True)
class Making:
    """How the documents of an article are made: all but the name of the document."""

    slug: str
    """Name of the article's folder."""
    content: Mapping[str, bytes]
    """The files of the article by name."""
    templates: str
    """A hash of all templates."""
    order: Mapping[str, str]
    """The options of `triptych build`: paper, sheet, larger, theme."""
    moment: str
    translation: str = ""
    """Name of the folder in that of the article, for a translation."""
    beside: str | None = None
    """The same, of the language that stands on the right of this one; empty for that of the original."""
    languages: str = ""
    """Both, such as `en,fr`, for a sheet with two."""

    def with_beside(self, other: "Making", languages: str) -> "Making":
        """How two languages of the article are made side by side."""
        content = dict(sorted({**self.content, **other.content}.items()))
        return replace(self, content=content, beside=other.translation, languages=languages)

    def files(self, document: str) -> dict[str, bytes]:
        """The attachments of a document, by name."""
        asked = {name: value for name, value in self.order.items() if name in KINDS[document].options}
        options = " ".join(f"--{name} {value}".rstrip() for name, value in asked.items())
        own, reads = [f"{one}/" for one in (self.translation, self.beside) if one], KINDS[document].reads
        content = {name: data for name, data in self.content.items() if reads(_without(name, own))}
        reader = (READER,) if any(name.lower().endswith(WORKBOOKS) for name in content) else ()
        texts = "".join(data.decode("utf-8", "replace") for name, data in content.items() if name.endswith(_TEXTS))
        libraries = (*LIBRARIES, *reader, *(pack.package for pack in needed(texts) if pack in INSTALLED))
        folder = posixpath.join("content", self.slug, self.translation).rstrip("/")
        command = f"triptych build {folder} --only {document} {options}"
        if self.beside is not None:
            command = f"triptych editions content/{self.slug} --only pair --languages {self.languages} {options}"
        facts = {
            "command": command,
            "article": self.slug,
            **({"translation": self.translation} if self.translation else {}),
            **({"beside": self.beside} if self.beside is not None else {}),
            "document": document,
            "order": asked,
            "moment": self.moment,
            "content": {name: _hash(data) for name, data in content.items()},
            "templates": self.templates,
            "libraries": {name: importlib.metadata.version(name) for name in libraries},
        }
        return {CONTENT: zipped(content), MANIFEST: json.dumps(facts, indent=2, ensure_ascii=False).encode()}


def _without(name: str, folders: Sequence[str]) -> str:
    """The name of a file in its folder, if it is in one of these."""
    return name.removeprefix(next((folder for folder in folders if name.startswith(folder)), ""))


class Asked(BaseModel):
    """The options that show in the document."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    paper: Paper | None = None
    sheet: SheetName | None = None
    larger: Literal[""] | None = None
    theme: Literal["mono", "press"] | ThemeName | None = None


def _moment(text: str) -> str:
    """Check a moment with its time zone, in ISO 8601. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    if not moment.tzinfo or not 1 < moment.year < 9999:
        raise ValueError("not a moment")
    return text


_Hash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
_Part = Annotated[str, StringConstraints(pattern=r"^[a-z0-9: ]{1,40}$")]
_Version = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._+!-]{1,100}$")]


class Manifest(BaseModel):
    """The manifest in a PDF. Do not trust it: anybody can write a PDF."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    command: str
    article: PlainName
    translation: PlainName | None = None
    """The folder in that of the article, for a translation."""
    beside: PlainName | Literal[""] | None = None
    """The same, of the language on the right of this one, for a sheet with two; empty for the original."""
    document: DocumentName
    order: Asked
    moment: Annotated[str, AfterValidator(_moment)]
    content: dict[PlainPath, _Hash]
    templates: _Hash
    libraries: dict[_Version, _Version]
    hashes: dict[_Part, _Hash] = Field(default_factory=dict)
    """Of each part of the PDF when it was made."""

    @model_validator(mode="after")
    def _holds(self) -> Self:
        """Check that the document has these options, and that no file is also a folder. Raises ValueError."""
        if not self.order.model_fields_set <= set(KINDS[self.document].options):
            raise ValueError("an option of another document")
        if any(parent.as_posix() in self.content for name in self.content for parent in PurePosixPath(name).parents):
            raise ValueError("a file that is a folder")
        return self


@dataclass(frozen=True, slots=True)
class Carried:
    """The content and the manifest from a PDF."""

    content: Mapping[str, bytes]
    manifest: Manifest

    @property
    def document(self) -> str:
        return self.manifest.document

    def unpacked(self, folder: Path) -> Path:
        """Write the content into a new folder with the article's name, inside `folder`.

        Returns the folder of the article or of the translation.
        """
        target = folder / self.manifest.article
        target.mkdir()
        for name, data in self.content.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        for name in (self.manifest.beside or "", self.manifest.translation or ""):
            found = target / name
            found.mkdir(exist_ok=True)
        return found


class _NotOurs(ValueError):
    """An attachment is not as Triptych writes it; the message gives the difference."""


def read(path: Path) -> Carried:
    """The attachments of a PDF. Raises UsageError if it is damaged or not from Triptych, and OSError."""
    with readable(path), pikepdf.open(path) as pdf:
        if pdf.is_encrypted:
            raise UsageError(f"{path} {LOCKED}")
        if CONTENT not in pdf.attachments or MANIFEST not in pdf.attachments:
            raise UsageError(
                f"{path} does not carry what it was made from: Triptych did not make it, or another program saved it"
            )
        try:
            said = Manifest.model_validate_json(_attached(pdf, MANIFEST, LARGEST_MANIFEST))
            content = _unzipped(_attached(pdf, CONTENT, LARGEST_CONTENT))
        except ValidationError:
            raise UsageError(f"{path} carries a manifest that this version of Triptych does not write") from None
        except _NotOurs as error:
            raise UsageError(f"{path} carries content that Triptych does not write: {error}") from None
    if {name: _hash(data) for name, data in content.items()} != said.content:
        raise UsageError(f"{path} carries other content than its manifest lists: it was changed after it was made")
    return Carried(content, said)


def manifest(document: pikepdf.Pdf) -> Manifest | None:
    """The manifest of a PDF that was made here, if it has one."""
    if MANIFEST not in document.attachments:
        return None
    return Manifest.model_validate_json(_attached(document, MANIFEST, LARGEST_MANIFEST))


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Use around code that reads an untrusted PDF: errors from the PDF libraries become UsageError."""
    try:
        if path.stat().st_size > LARGEST_PDF:
            raise UsageError(f"{path} is larger than {LARGEST_PDF // 1_000_000} MB")
        yield
    except (TriptychError, OSError):
        raise
    except pikepdf.PasswordError as error:
        raise UsageError(f"{path} {LOCKED}") from error
    except (pikepdf.PdfError, pypdfium2.PdfiumError) as error:
        raise UsageError(f"{path} is not a PDF that can be read") from error
    except Exception as error:
        raise UsageError(f"{path} is damaged: it cannot be read") from error


def _attached(pdf: pikepdf.Pdf, name: str, limit: int) -> bytes:
    """An attachment, unpacked. Raises _NotOurs if it has more than `limit` bytes or is damaged."""
    stream = pdf.attachments[name].get_file().obj
    raw = stream.read_raw_bytes()
    filters: Any = stream.get("/Filter")
    names = list(filters) if isinstance(filters, pikepdf.Array) else [filters] if filters is not None else []
    if names not in ([], [pikepdf.Name.FlateDecode]) or "/DecodeParms" in stream:
        raise _NotOurs(f"`{name}` is packed in another way")
    if not names:
        data = raw
    else:
        unpacking = zlib.decompressobj()
        try:
            data = unpacking.decompress(raw, limit + 1)
        except zlib.error:
            raise _NotOurs(f"`{name}` is damaged") from None
        if len(data) <= limit and not unpacking.eof:
            raise _NotOurs(f"`{name}` is cut off")
    if len(data) > limit:
        raise _NotOurs(f"`{name}` has more than {limit // 1_000_000} MB")
    return data


def _unzipped(data: bytes) -> dict[str, bytes]:
    """The files of a ZIP archive as we write it: plain names, plain files, no compression. Raises _NotOurs."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > len(data):
                raise _NotOurs("its archive has too many files or is too large")
            if not all(map(_is_plain, entries)) or len({entry.filename for entry in entries}) < len(entries):
                raise _NotOurs("its archive has links, folders, packed files or repeated names")
            return {entry.filename: archive.read(entry) for entry in entries}
    except _NotOurs:
        raise
    except Exception as error:  # a damaged archive raises many kinds
        raise _NotOurs("its archive is damaged") from error


def _is_plain(entry: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return (
        entry.orig_filename == entry.filename
        and not entry.is_dir()
        and kind in (0, stat.S_IFREG)
        and entry.compress_type == zipfile.ZIP_STORED
        and entry.compress_size == entry.file_size
    )


def content(folder: Path, known: Files | None = None) -> dict[str, bytes]:
    """The files that an article uses, by their paths in its folder. `known`: what was read of it already.

    The house file and the catalogue of the folder above are among them, where it uses these.
    """
    files = known or content_read.files(folder)[0]
    names, folder = uses.files(folder, files), files.folder
    found = {name: (folder / name).read_bytes() for name in names}
    if files.lent and HOUSE not in found:
        found[HOUSE] = files.house.read_bytes()
        found |= {path.name: path.read_bytes() for path in logos.above(files)}
    theme = folder.resolve().parent / THEME
    if THEME not in found and theme.is_file() and disk.inside(theme.parent, THEME):
        found[THEME] = theme.read_bytes()
    above = (path for path in catalogues.own(folder, files.article.front.language) if path.name not in found)
    return dict(sorted((found | {path.name: path.read_bytes() for path in above}).items()))


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


UNIX, READABLE = 3, 0o644
"""The system that a file in an archive says to come from, and its rights there."""


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive that depends only on the files: in the order of their names, with no time and no system.

    It is not compressed: what is in it mostly is, and the PDF is, and no library changes a byte.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in sorted(files.items()):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = UNIX, READABLE << 16
            archive.writestr(entry, data)
    return target.getvalue()
