"""PDF bytes become files, all of them or none."""

import os
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path


def write(files: Mapping[Path, bytes]) -> None:
    """Write every file under a temporary name, then put each in its place.

    When one cannot be written or put in place, all are as they were. Raises OSError.
    """
    with ExitStack() as tidy, ExitStack() as undo:
        waiting = {path: _temporary(path, data, tidy) for path, data in files.items()}
        for path, temporary in waiting.items():
            _keep(path, undo, tidy)
            temporary.replace(path)
        undo.pop_all()


def fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Make a folder hold these files and no others. Raises OSError."""
    write({folder / name: data for name, data in files.items()})
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()


def _temporary(path: Path, data: bytes, tidy: ExitStack) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    tidy.callback(temporary.unlink, missing_ok=True)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    temporary.chmod(0o644)
    return temporary


def _keep(path: Path, undo: ExitStack, tidy: ExitStack) -> None:
    """Keep what stands at a path under another name until all is done."""
    if not path.exists():
        undo.callback(path.unlink, missing_ok=True)
        return
    kept = path.with_name(f".{path.name}.kept")
    kept.unlink(missing_ok=True)
    kept.hardlink_to(path)
    tidy.callback(kept.unlink, missing_ok=True)
    undo.callback(kept.replace, path)
