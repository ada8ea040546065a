"""A file with a line or a cell becomes what a person reads, and a link that opens it in an editor."""

from pathlib import Path


def written(path: Path, line: int, column: int = 1, cell: str = "") -> tuple[str, str]:
    """The file and line or cell of something, for a person and as a link for VS Code."""
    where = f"{_shown(path)}, {cell}" if cell else f"{_shown(path)}:{line}"
    return where, f"vscode://file{path.resolve()}:{line}:{column}"


def _shown(path: Path) -> str:
    here = Path.cwd()
    path = path.resolve()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
