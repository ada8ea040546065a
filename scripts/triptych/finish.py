"""PDF bytes become files, all of them or none."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write(files: Mapping[Path, bytes]) -> None:
    """Write every file under a temporary name, then put each in its place.

    When one cannot be written, nothing in place has changed.
    """
    waiting: list[tuple[str, Path]] = []
    try:
        for path, data in files.items():
            if path.is_dir():
                raise IsADirectoryError(f"{path} is a folder")
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            waiting.append((name, path))
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(0o644)
        while waiting:
            name, path = waiting.pop(0)
            Path(name).replace(path)
    finally:
        for name, _ in waiting:
            Path(name).unlink()
