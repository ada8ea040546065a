"""Where the program and its templates are: in a clone, or installed, with templates of the current folder."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def clone() -> Path | None:
    """The folder of the clone that this code is in; None for an installed program."""
    root = PACKAGE.parents[1]
    return root if root / "scripts" / "triptych" == PACKAGE and (root / "templates").is_dir() else None


def project() -> Path:
    """The folder with content/ and build/: the clone, or the current folder."""
    return clone() or Path.cwd()


def templates() -> tuple[Path, ...]:
    """The templates of the clone; or the project's own in `templates/`, then those of the program."""
    if root := clone():
        return (root / "templates",)
    own = project() / "templates"
    return (*([own] if own.is_dir() and not _in_an_article(own) else []), PACKAGE / "templates")


def _in_an_article(folder: Path) -> bool:
    return any((above / "article.md").exists() for above in folder.parents)
