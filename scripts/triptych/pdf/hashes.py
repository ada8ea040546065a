"""A PDF becomes one hash for each page and each other part, by which a change shows.

The hashes do not depend on how a program saved the file: on the numbers of its objects, their order or compression.
"""

import hashlib
import json
import re
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from lxml import etree

from triptych.content.errors import UsageError

MANIFEST = "manifest.json"
"""The attachment that holds the hashes: they leave it out."""
MOST_PAGES = 5000
"""Most pages that are read."""
LARGEST = 1_000_000_000
"""Most bytes of all streams, unpacked."""
DEEPEST = 50
"""Most groups of pages that lie in each other."""
_REFERENCE = re.compile(rb"(?<![\w.])(\d+) (\d+) R(?!\w)")
_PACKING = {"/Length", "/Filter", "/DecodeParms"}
DRAWING, NOTES, SIZE = "drawing", "links and notes", "size"
_SIZES = ("/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate", "/UserUnit")
_OF_PAGES = dict.fromkeys(("/Contents", "/Resources", "/Group"), DRAWING) | dict.fromkeys(_SIZES, SIZE)
_INHERITED = ("/Resources", "/MediaBox", "/CropBox", "/Rotate")
_OF_FILE = {
    "/StructTreeRoot": "tags",
    **dict.fromkeys(("/Outlines", "/PageLabels"), "bookmarks"),
    **dict.fromkeys(("/Metadata", "/Lang"), "metadata"),
    **dict.fromkeys(("/OpenAction", "/AA", "/AcroForm"), "actions and forms"),
    "/OCProperties": "layers",
}
ATTACHMENTS, REST = "attachments", "other settings"
_Parts = dict[str, list[tuple[str, Any]]]
"""Values with their names, by the part to which they belong."""


def of_page(number: int, part: str) -> str:
    """The name of a part of a page."""
    return f"page {number}: {part}"


def hashes(document: pikepdf.Pdf) -> dict[str, str]:
    """The hashes of a PDF by the names of its parts. Raises UsageError if it is too large to read."""
    if len(document.pages) > MOST_PAGES:
        raise UsageError(f"has {len(document.pages)} pages: {MOST_PAGES} are read at most")
    reading = _Reading(document)
    parts = {**_of_pages(document), **_of_file(document)}
    return {name: reading.hash(values) for name, values in parts.items()}


def seal(document: pikepdf.Pdf) -> None:
    """Write the hashes of a handout into its manifest, if it has one."""
    if MANIFEST not in document.attachments:
        return
    stream: Any = document.attachments[MANIFEST].get_file().obj
    facts = json.loads(stream.read_bytes()) | {"hashes": hashes(document)}
    data = json.dumps(facts, indent=2, ensure_ascii=False).encode()
    stream.write(data)
    stream.Params.Size = len(data)
    stream.Params.CheckSum = pikepdf.String(hashlib.md5(data, usedforsecurity=False).digest())


def _of_pages(document: pikepdf.Pdf) -> _Parts:
    found: _Parts = {}
    for number, page in enumerate(document.pages, start=1):
        values = _inherited(page.obj) | {name: page.obj[name] for name in page.obj.keys() - {"/Parent", "/Annots"}}
        for part in (DRAWING, NOTES, SIZE):
            names = sorted(name for name in values if _OF_PAGES.get(name, NOTES) == part)
            found[of_page(number, part)] = [(name, values[name]) for name in names]
        found[of_page(number, NOTES)].append(("/Annots", page.obj.get("/Annots")))
    return found


def _inherited(page: Any) -> dict[str, Any]:
    """What a page takes from the groups above it."""
    found: dict[str, Any] = {}
    above, steps = page.get("/Parent"), 0
    while isinstance(above, pikepdf.Dictionary) and steps < DEEPEST:
        found = {name: above[name] for name in _INHERITED if name in above} | found
        above, steps = above.get("/Parent"), steps + 1
    return found


def _of_file(document: pikepdf.Pdf) -> _Parts:
    root: Any = document.Root
    names: Any = root.get("/Names", {})
    found: _Parts = {name: [] for name in (*dict.fromkeys(_OF_FILE.values()), ATTACHMENTS, REST)}
    for name in sorted(root.keys() - {"/Pages", "/Names", "/AF"}):
        found[_OF_FILE.get(name, REST)].append((name, root[name]))
    for name in sorted(names.keys()):
        found[ATTACHMENTS if name == "/EmbeddedFiles" else REST].append((name, names[name]))
    found[ATTACHMENTS].append(("/AF", root.get("/AF")))
    found["metadata"].append(("/Info", document.trailer.get("/Info")))
    return found


@dataclass(slots=True)
class _Reading:
    """Reads the objects of one PDF."""

    document: pikepdf.Pdf
    left: int = LARGEST
    """Bytes that may still be unpacked."""
    known: dict[tuple[int, int], bytes] = field(default_factory=dict)
    """What stands for an object: for a page its number, and for the manifest its name."""
    held: dict[tuple[int, int], bytes] = field(default_factory=dict)
    """The hash of what a stream holds, by its object."""

    def __post_init__(self) -> None:
        self.known = {page.obj.objgen: b"page %d" % number for number, page in enumerate(self.document.pages, start=1)}
        if MANIFEST in self.document.attachments:
            self.known[self.document.attachments[MANIFEST].get_file().obj.objgen] = b"the manifest"

    def hash(self, values: list[tuple[str, Any]]) -> str:
        """One hash of some values with their names, and of all objects to which they lead, in the order of the way."""
        found = hashlib.sha256()
        places: dict[tuple[int, int], int] = {}
        waiting: list[Any] = []

        def referred(match: re.Match[bytes]) -> bytes:
            key = int(match[1]), int(match[2])
            if key in self.known:
                return self.known[key]
            if key not in places:
                places[key] = len(places)
                waiting.append(self.document.get_object(key))
            return b"object %d" % places[key]

        for name, value in values:
            found.update(name.encode() + b" " + self._written(value, referred))
        for one in waiting:
            found.update(b"\n" + self._written(one, referred))
        return found.hexdigest()

    def _written(self, value: Any, referred: Callable[[re.Match[bytes]], bytes]) -> bytes:
        """A value as bytes, with what a stream holds in place of how it is packed."""
        if isinstance(value, pikepdf.Stream):
            described = pikepdf.Dictionary({str(name): item for name, item in value.items() if name not in _PACKING})
            return _REFERENCE.sub(referred, described.unparse()) + self._contents(value)
        if isinstance(value, pikepdf.Dictionary) and value.get("/Type") == "/Pages":
            return b"pages"
        if isinstance(value, pikepdf.Object):
            return _REFERENCE.sub(referred, value.unparse(resolved=True))
        return repr(value).encode()

    def _contents(self, stream: Any) -> bytes:
        if stream.objgen not in self.held:
            data = unpacked(stream, self.left)
            self.left -= len(data)
            if stream.get("/Type") == "/Metadata":
                data = _in_one_form(data)
            self.held[stream.objgen] = hashlib.sha256(data).digest()
        return self.held[stream.objgen]


def _in_one_form(data: bytes) -> bytes:
    """The metadata without what programs write in different ways; as they are, where they are no XML."""
    try:
        read = etree.fromstring(data.strip(), etree.XMLParser(resolve_entities=False, remove_pis=True))
    except etree.XMLSyntaxError:
        return data
    return bytes(etree.tostring(read, method="c14n", exclusive=True))


def unpacked(stream: Any, limit: int) -> bytes:
    """What a stream holds; as it is packed, where that is not the usual way. Raises UsageError over so many bytes."""
    raw: bytes = stream.read_raw_bytes()
    packing: Any = stream.get("/Filter")
    names = list(packing) if isinstance(packing, pikepdf.Array) else [] if packing is None else [packing]
    data = raw
    if names == [pikepdf.Name.FlateDecode] and "/DecodeParms" not in stream:
        with suppress(zlib.error):
            data = zlib.decompressobj().decompress(raw, limit + 1)
    elif names:
        data = str(names).encode() + raw
    if len(data) > limit:
        raise UsageError(f"has more than {LARGEST // 1_000_000} MB unpacked")
    return data
