"""A git revision becomes the PDFs that its own content, templates and code make."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from triptych.content.errors import UsageError


def documents(project: Path, revision: str, article: Path) -> dict[str, bytes]:
    """The PDFs of an article at a revision, by the name of the document.

    The revision's own code makes them, with the packages and fonts that are installed now. Raises UsageError where git
    does not know the revision, or it cannot make the article.
    """
    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        then = Path(folder)
        _unpack(project, revision, then)
        if not (then / article).is_dir():
            raise UsageError(f"there is no `{article}` at `{revision}`")
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
    _run(command, then, f"the article could not be made as it was at `{revision}`", environment)
    return {path.stem: path.read_bytes() for path in sorted(output.glob("*.pdf"))}


def _run(command: list[str], folder: Path, failure: str, environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(  # noqa: S603 our own words, and a revision that git checks
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise UsageError(
            f"{failure}\n    {done.stderr.strip().splitlines()[-1] if done.stderr.strip() else ''}".rstrip()
        )
