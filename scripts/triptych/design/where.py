"""The folders of templates, faces and output: in a clone, or in the current folder for an installed program.

Do not trust an article: no file in its folder is used as a template.
"""

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from triptych.content import home

PACKAGE = home.PACKAGE
clone = home.clone
project = home.project


@dataclass(frozen=True, slots=True)
class Templates:
    """Folders of templates: the first folder that has a file wins."""

    folders: tuple[Path, ...]

    def file(self, name: str) -> Path:
        """The path of a file such as `styles/tokens.css`; if there is none, its path in the last folder."""
        paths = [folder / name for folder in self.folders]
        return next((path for path in paths if path.is_file()), paths[-1])

    def files(self, below: str = "") -> Mapping[str, Path]:
        """All files below a subfolder, by their names such as `styles/tokens.css`."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            found |= {
                path.relative_to(folder).as_posix(): path for path in (folder / below).rglob("*") if path.is_file()
            }
        return found

    def digest(self) -> str:
        """One hash of the names and the content of all files. It does not depend on their folders."""
        return digest(self.files())


def digest(files: Mapping[str, Path]) -> str:
    """One SHA-256 of files with their names."""
    ordered = sorted(files.items(), key=lambda item: PurePosixPath(item[0]))
    lines = (f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n" for name, path in ordered)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def build() -> Path:
    """The output folder; each article has a folder in it."""
    return project() / "build"


def templates() -> Templates:
    """The templates of the clone; or the project's own in `templates/`, then those of the program."""
    return Templates(home.templates())


def faces(key: str) -> Path:
    """The folder for the faces with a key: in the clone's environment, or in the user's cache."""
    if clone():
        return Path(sys.prefix) / "share" / "triptych" / f"fonts-{key}"
    import platformdirs

    return Path(platformdirs.user_cache_dir("triptych", appauthor=False)) / f"fonts-{key}"
