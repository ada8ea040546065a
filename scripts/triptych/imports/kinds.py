"""A file to import becomes what it holds, by the end of its name and its first words."""

from pathlib import Path

from triptych.content.errors import UsageError
from triptych.imports import sources, texts
from triptych.imports.found import Found

LISTED = (*texts.FORMS, *sources.FORMS)
"""The ends of the names of files that can be imported."""


def read(path: Path, address: str) -> Found:
    """What a file holds. `address` is where it comes from. Raises BadImport, UsageError and MissingTool."""
    end = path.suffix.lower()
    if end in texts.FORMS:
        return texts.read(path, address)
    if end in sources.FORMS:
        return sources.read_file(path)
    raise UsageError(
        f"{path} is of no kind that can be imported: its name must end in {', '.join(sorted(set(LISTED)))}"
    )
