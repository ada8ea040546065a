"""Where templates, faces and what is made are: in a clone, or around the current folder of an installed program.

An article comes from strangers: nothing that lies in its folder is ever taken for a template.
"""

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

PACKAGE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Templates:
    """Folders of templates: a file is taken from the first that has it."""

    folders: tuple[Path, ...]

    def file(self, name: str) -> Path:
        """The file of a name such as `styles/tokens.css`; where there is none, its path in the last folder."""
        paths = [folder / name for folder in self.folders]
        return next((path for path in paths if path.is_file()), paths[-1])

    def files(self, below: str = "") -> Mapping[str, Path]:
        """Every file below a folder of theirs, by its name."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            found |= {
                path.relative_to(folder).as_posix(): path for path in (folder / below).rglob("*") if path.is_file()
            }
        return found

    def digest(self) -> str:
        """One hash of all files with their names, wherever they lie."""
        return digest(self.files())


def digest(files: Mapping[str, Path]) -> str:
    """One hash of files with their names."""
    ordered = sorted(files.items(), key=lambda item: PurePosixPath(item[0]))
    lines = (f"{name} {hashlib.sha256(path.read_bytes()).hexdigest()}\n" for name, path in ordered)
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def clone() -> Path | None:
    """The clone of the repository to which this code belongs; none where the program is installed."""
    root = PACKAGE.parents[1]
    return root if root / "scripts" / "triptych" == PACKAGE and (root / "templates").is_dir() else None


def project() -> Path:
    """The folder that content/ and build/ lie in: the clone, or the current folder."""
    return clone() or Path.cwd()


def build() -> Path:
    """The folder below which each article has a folder of what is made of it."""
    return project() / "build"


def templates() -> Templates:
    """Those of the clone; or those of the program, and before them the project's own, in `templates/`."""
    if root := clone():
        return Templates((root / "templates",))
    own = project() / "templates"
    return Templates((*([own] if own.is_dir() and not _in_an_article(own) else []), PACKAGE / "templates"))


def _in_an_article(folder: Path) -> bool:
    return any((above / "article.md").exists() for above in folder.parents)


def faces(key: str) -> Path:
    """The folder for the faces of a key: in the clone's environment, or in the user's cache."""
    if clone():
        return Path(sys.prefix) / "share" / "triptych" / f"fonts-{key}"
    import platformdirs

    return Path(platformdirs.user_cache_dir("triptych", appauthor=False)) / f"fonts-{key}"
