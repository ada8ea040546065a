"""The record of a translation: the words of the original that each of its texts translates."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from triptych.content import disk, kin, nodes
from triptych.content.errors import ContentError, Problem

HEAD = """\
# The words of the original that each text here translates; `triptych translations --accept` writes this file.
# Where the original now has other words, the translation is out of date.
"""


def path(folder: Path) -> Path:
    """The file with the record of a translation."""
    return folder / kin.RECORD


def words(folder: Path) -> Mapping[str, str]:
    """The words by the key of each text; empty without a record. Raises ContentError if the file is none."""
    file = path(folder)
    if not file.is_file():
        return {}
    disk.check_inside(file)
    found = nodes.plain(file)
    if not isinstance(found, dict) or not all(isinstance(one, str) for one in found.values()):
        message = f"`{file.name}` is no list of texts, each with its key"
        raise ContentError([Problem(file, 1, 1, "wrong-value", message, "Remove it, and accept the texts again.")])
    return found


def written(found: Mapping[str, str]) -> bytes:
    """The file with a record."""
    listed = yaml.safe_dump(dict(found), allow_unicode=True, sort_keys=False, width=110) if found else ""
    return f"{HEAD}{listed}".encode()
