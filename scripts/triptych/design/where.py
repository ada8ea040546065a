"""The folders of templates, faces and output: in a clone, or in the current folder for an installed program.

Do not trust an article: no file in its folder is used as a template.
"""

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

PACKAGE = Path(__file__).resolve().parents[1]


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


def clone() -> Path | None:
    """The folder of the clone that this code is in; None for an installed program."""
    root = PACKAGE.parents[1]
    return root if root / "scripts" / "triptych" == PACKAGE and (root / "templates").is_dir() else None


def project() -> Path:
    """The folder with content/ and build/: the clone, or the current folder."""
    return clone() or Path.cwd()


def build() -> Path:
    """The output folder; each article has a folder in it."""
    return project() / "build"


def templates() -> Templates:
    """The templates of the clone; or the project's own in `templates/`, then those of the program."""
    if root := clone():
        return Templates((root / "templates",))
    own = project() / "templates"
    return Templates((*([own] if own.is_dir() and not _in_an_article(own) else []), PACKAGE / "templates"))


def _in_an_article(folder: Path) -> bool:
    return any((above / "article.md").exists() for above in folder.parents)


def faces(key: str) -> Path:
    """The folder for the faces with a key: in the clone's environment, or in the user's cache."""
    if clone():
        return Path(sys.prefix) / "share" / "triptych" / f"fonts-{key}"
    import platformdirs

    return Path(platformdirs.user_cache_dir("triptych", appauthor=False)) / f"fonts-{key}"
