"""A git revision becomes PDFs, built with the content, templates and code of that revision."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from triptych.content.errors import MissingTool, UsageError


def documents(project: Path, revision: str, article: Path) -> dict[str, bytes]:
    """The PDFs of an article at a revision, by the name of the document. `article` is relative to the project.

    The code of the revision builds them, with the packages and fonts that are installed now. Raises UsageError when git
    does not know the revision, or when the revision cannot build the article.
    """
    if not revision.isprintable():
        raise UsageError(f"git does not know the revision {revision!a} here")
    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        then = Path(folder)
        _unpack(project, revision, then)
        if not (then / article).is_dir():
            raise UsageError(f"there is no `{article}` in the revision `{revision}`")
        return _made(then, revision, article)


def _unpack(project: Path, revision: str, folder: Path) -> None:
    archive = folder / "revision.tar"
    _run(
        ["git", "archive", "--format=tar", f"--output={archive}", "--end-of-options", revision],
        project,
        f"git does not know the revision `{revision}` here",
    )
    _run(["tar", "-xf", archive.name], folder, f"the revision `{revision}` could not be unpacked")
    archive.unlink()


def _made(then: Path, revision: str, article: Path) -> dict[str, bytes]:
    output = then / "output"
    environment = {**os.environ, "PYTHONPATH": str(then / "scripts")}
    command = [sys.executable, "-m", "triptych", "build", str(article), "--output", str(output)]
    _run(command, then, f"the revision `{revision}` cannot build the article", environment)
    return {path.stem: path.read_bytes() for path in sorted(output.glob("*.pdf"))}


def _run(command: list[str], folder: Path, failure: str, environment: dict[str, str] | None = None) -> None:
    try:
        done = subprocess.run(  # noqa: S603 our own words, and a revision that git checks
            command, cwd=folder, env=environment, capture_output=True, text=True, errors="replace", check=False
        )
    except FileNotFoundError:
        raise MissingTool(f"`{command[0]}` is not installed: --since needs it") from None
    if done.returncode:
        raise UsageError(
            f"{failure}\n    {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else ''}".rstrip()
        )
