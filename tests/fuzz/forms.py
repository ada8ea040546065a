"""Inputs that are made of parts: a change by chance is made in one part, and the whole is put together again."""

import io
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Parts = Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Form:
    """How an input comes apart, and together again."""

    parts: Callable[[bytes], Parts]
    """Raises ValueError, OSError or EOFError for an input that has no such form."""
    whole: Callable[[bytes, Parts], bytes]
    """From the input, and its parts with changes."""


def _files(data: bytes) -> Parts:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [archive.read(entry) for entry in archive.infolist()]
    except zipfile.BadZipFile as error:
        raise ValueError from error


def _archive(data: bytes, parts: Parts) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for entry, part in zip(old.infolist(), parts, strict=True):
            new.writestr(zipfile.ZipInfo(entry.filename), part)
    return target.getvalue()


def _objects(data: bytes) -> Parts:
    return re.split(rb"(?<=\nendobj\n)", data)


ARCHIVE = Form(_files, _archive)
"""A workbook: its files are changed, and not its sums."""
OBJECTS = Form(_objects, lambda _, parts: b"".join(parts))
"""A PDF without compression: as many changes go to its tags as to its faces."""


def stored(data: bytes) -> bytes:
    """An archive without compression."""
    return _archive(data, _files(data))
