"""The native libraries that WeasyPrint loads, and the command that installs them. Imports only the standard library.

Also a program, for use before any package is installed: it prints the command if a library or Python's venv is missing.
"""

import ctypes
import io
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

NAMES = ("libpango-1.0", "libpangoft2-1.0", "libharfbuzz", "libharfbuzz-subset", "libfontconfig", "libgobject-2.0")
ENDINGS = {"darwin": ("", ".0.dylib", ".1.dylib")}
COMMANDS = {
    "apt-get": ("apt-get install", "python3-venv", "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
    "dnf": ("dnf install", "python3", "pango harfbuzz"),
    "pacman": ("pacman -S", "python", "pango harfbuzz"),
    "apk": ("apk add", "python3 py3-pip", "pango harfbuzz harfbuzz-subset"),
    "brew": ("brew install", "python", "pango harfbuzz"),
}
"""For each installer: its command, its packages for Python with venv, and its packages for the libraries."""


@contextmanager
def needed() -> Iterator[None]:
    """Use around the import of WeasyPrint. Raises MissingTool with the command that installs what is missing."""
    try:
        with redirect_stdout(io.StringIO()):  # WeasyPrint prints other instructions there
            yield
    except OSError as error:
        if error.errno:  # about a file, not a library
            raise
        from triptych.content.errors import MissingTool

        raise MissingTool(
            f"Pango or HarfBuzz does not load; install what is missing, then run the command again: {command()}"
        ) from None


def command(*, python: bool = False) -> str:
    """The command that installs the libraries on this system; with `python`, also Python and venv."""
    for program, (install, own, packages) in COMMANDS.items():
        if shutil.which(program):
            return f"{install} {own} {packages}" if python else f"{install} {packages}"
    return "the packages of your system for Pango and HarfBuzz" + (", and for Python's venv module" if python else "")


def complete() -> bool:
    """Whether all libraries load."""
    return all(map(_loads, NAMES))


def _loads(name: str) -> bool:
    for ending in ENDINGS.get(sys.platform, (".so.0", ".so.1")):
        try:
            ctypes.CDLL(name + ending)
        except OSError:
            continue
        return True
    return False


def _has_venv() -> bool:
    try:
        import ensurepip
        import venv
    except ImportError:
        return False
    return bool(ensurepip and venv)


if __name__ == "__main__" and not (complete() and _has_venv()):
    print(command(python=True))
