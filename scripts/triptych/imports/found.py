"""What an imported file holds, in the terms of an article, and the limits of what may be imported."""

import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from babel import Locale

from triptych.content import grids
from triptych.content.errors import TriptychError, UsageError
from triptych.content.grids import Unreadable

LARGEST = 50_000_000
"""Most bytes of a file."""
UNPACKED = 200_000_000
"""Most bytes of what a packed file, such as one of Word, unpacks to."""
MOST_PARTS = 5_000
"""Most files in a packed file."""
_MAIN = {".docx": ("[Content_Types].xml", "Word"), ".odt": ("content.xml", "LibreOffice")}
"""A part that each file of a program has, by the end of its name."""
Entry = dict[str, Any]
"""An entry of a content file: its fields by name, as in YAML."""


class BadImport(TriptychError):
    """A file cannot be imported. The message starts with the file, and gives the place in it where there is one."""


@dataclass(slots=True)
class Found:
    """What a file holds."""

    title: str = ""
    prose: str = ""
    """Markdown as Triptych reads it."""
    head: Entry = field(default_factory=dict)
    """Fields for the head of the article, beside its title."""
    events: list[Entry] = field(default_factory=list)
    eras: list[Entry] = field(default_factory=list)
    figures: list[Entry] = field(default_factory=list)
    references: list[Entry] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    """Pictures by their names in the article's folder."""
    origin: Entry = field(default_factory=dict)
    """What the file says of where it comes from: fields of `source-article`."""
    counts: Counter[str] = field(default_factory=Counter)
    """How many headings, lists and so on the file has."""
    notes: list[str] = field(default_factory=list)
    """What was left out or changed, a sentence each."""


def data(path: Path) -> bytes:
    """The bytes of a file. Raises BadImport where it is too large, empty or unsafe, and UsageError where it is none."""
    if not path.is_file():
        raise UsageError(f"{path} is not a file: give a file to import")
    if (size := path.stat().st_size) > LARGEST:
        raise BadImport(f"{path} has {size / 1e6:.0f} MB: at most {LARGEST / 1e6:.0f} MB can be imported")
    read = path.read_bytes()
    if not read.strip():
        raise BadImport(f"{path} is empty")
    return read


def text(path: Path) -> str:
    """The text of a file, in UTF-8 or UTF-16. Raises BadImport with the place of the first byte that is neither."""
    read = data(path)
    encoding = "utf-16" if read[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return read.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = read.count(b"\n", 0, error.start) + 1
        raise BadImport(f"{path}:{line}: byte {error.start} is not UTF-8 text: save the file as UTF-8") from None


def rows(path: Path) -> tuple[Sequence[str], Sequence[tuple[int, dict[str, str]]]]:
    """The titles in the first row of a CSV file, and each other row: its line, and its cells by these titles.

    Raises BadImport.
    """
    try:
        (grid,) = grids.grids(path, data(path), Locale("en"))
    except Unreadable as error:
        raise BadImport(f"{path}:{error.line} {str(error).removeprefix(f'`{path.name}` ')}") from None
    texts = [[cell.text for cell in row] for row in grid.rows] or [[]]
    lines = (row[0].line for row in grid.rows[1:])
    return texts[0], [
        (line, dict(zip(texts[0], row, strict=False))) for line, row in zip(lines, texts[1:], strict=True)
    ]


def named_after(path: Path) -> str:
    """A title from the name of a file."""
    return path.stem.replace("-", " ").replace("_", " ").strip()


def check_packed(path: Path) -> None:
    """Check a file of Word or LibreOffice before it is unpacked. Raises BadImport."""
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > UNPACKED:
                raise BadImport(f"{path} unpacks to more than {UNPACKED / 1e6:.0f} MB or {MOST_PARTS} parts")
            main, program = _MAIN[path.suffix.lower()]
            if main not in packed.namelist():
                raise BadImport(f"{path} is not a file of {program}: it has no part `{main}`; save it again there")
            for part in parts:
                _check_part(path, packed, part)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise BadImport(f"{path} is damaged, or not a file of the kind that its name says: {error}") from None


def _check_part(path: Path, packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Unpack a part, which must be as large as it says and define no entities. Raises BadImport and BadZipFile."""
    before = b""
    with packed.open(part) as stream:
        while piece := stream.read(1_000_000):
            if part.filename.endswith((".xml", ".rels")) and b"<!ENTITY" in before[-8:] + piece:
                raise BadImport(
                    f"{path} defines entities in its part `{part.filename}`, which no office program writes"
                )
            before = piece


def counted(counts: Mapping[str, int]) -> str:
    """Numbers of things in words: `3 headings, 1 table`."""
    return ", ".join(f"{number} {name if number == 1 else f'{name}s'}" for name, number in counts.items() if number)
