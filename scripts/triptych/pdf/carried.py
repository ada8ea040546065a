"""What a PDF carries of its own making: the content it was made from, and a manifest of all else that made it."""

import hashlib
import importlib.metadata
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from triptych.content.errors import UsageError

CONTENT, MANIFEST = "content.zip", "manifest.json"
LIBRARIES = (
    "babel",
    "citeproc-py",
    "edtf",
    "fontpkg-source-sans-3",
    "fontpkg-source-serif-4",
    "fonttools",
    "jinja2",
    "markdown",
    "pydyf",
    "triptych",
    "uharfbuzz",
    "weasyprint",
)
"""Packages whose version may show on paper."""
ASKED = {"briefing": ("paper", "theme"), "factsheet": ("paper", "theme"), "poster": ("sheet", "larger", "theme")}
"""What of an order shows in each document."""

UNPRINTED = {"briefing": {}, "factsheet": {}, "poster": {"positions.yaml": b"parties: []\n"}}
"""Files of which a document prints nothing, and does not carry; and what stands in for them where it is made anew."""


@dataclass(frozen=True, slots=True)
class Making:
    """How a document is made, but for its name."""

    slug: str
    """Name of the article's folder."""
    content: Mapping[str, bytes]
    """Its files by name."""
    templates: str
    """A hash of all templates."""
    order: Mapping[str, str]
    """What was asked for, as options of `triptych build`: paper, sheet, larger."""
    moment: str

    def files(self, document: str) -> dict[str, bytes]:
        """The files that the PDF of a document carries."""
        asked = {name: value for name, value in self.order.items() if name in ASKED[document]}
        options = " ".join(f"--{name} {value}".rstrip() for name, value in asked.items())
        content = {name: data for name, data in self.content.items() if name not in UNPRINTED[document]}
        facts = {
            "command": f"triptych build content/{self.slug} --only {document} {options}",
            "article": self.slug,
            "document": document,
            "order": asked,
            "moment": self.moment,
            "content": {name: _hash(data) for name, data in content.items()},
            "templates": self.templates,
            "libraries": {name: importlib.metadata.version(name) for name in LIBRARIES},
        }
        return {CONTENT: _zipped(content), MANIFEST: json.dumps(facts, indent=2, ensure_ascii=False).encode()}


@dataclass(frozen=True, slots=True)
class Carried:
    """What a PDF was found to carry."""

    content: Mapping[str, bytes]
    manifest: Mapping[str, Any]

    @property
    def document(self) -> str:
        return str(self.manifest["document"])

    def unpacked(self, folder: Path) -> Path:
        """Write the content into a folder of the article's name, and return that."""
        target = folder / str(self.manifest["article"])
        target.mkdir()
        for name, data in (UNPRINTED[self.document] | dict(self.content)).items():
            (target / Path(name).name).write_bytes(data)
        return target


def read(path: Path) -> Carried:
    """What a PDF carries. Raises UsageError where it is none of ours, or what it carries is damaged."""
    try:
        with pikepdf.open(path) as pdf:
            files = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    except pikepdf.PdfError:
        raise UsageError(f"{path} is not a PDF that can be read") from None
    if CONTENT not in files or MANIFEST not in files:
        raise UsageError(
            f"{path} does not carry what it was made from: Triptych did not make it, or it was printed anew"
        )
    manifest = json.loads(files[MANIFEST])
    with zipfile.ZipFile(io.BytesIO(files[CONTENT])) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    if {name: _hash(data) for name, data in content.items()} != manifest["content"]:
        raise UsageError(f"{path} carries content that its manifest does not name: it was changed after it was made")
    return Carried(content, manifest)


def content(folder: Path) -> dict[str, bytes]:
    """The files of an article's folder, by name."""
    files = sorted(path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    return {path.name: path.read_bytes() for path in files}


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _zipped(files: Mapping[str, bytes]) -> bytes:
    """The same bytes for the same files, whatever the clock and the version of zlib: the PDF compresses them."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0)), data)
    return target.getvalue()
