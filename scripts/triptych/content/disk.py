"""The files of an article's folder: whether one is there, and its own, and the text of one."""

import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from triptych.content.errors import ContentError, Problem, UsageError

RESERVED = frozenset(("CON", "PRN", "AUX", "NUL", *(f"{kind}{n}" for kind in ("COM", "LPT") for n in range(1, 10))))
"""Names of devices in Windows: no file or folder there can have one, whatever its ending."""
LARGEST_TEXT = 8_000_000
"""Most bytes of a text of an article: some 3,000 printed pages."""


def exists(folder: Path) -> None:
    """Check that an article's folder exists, under a name that can be shown. Raises UsageError."""
    if not folder.is_dir():
        raise UsageError(f"{shown(folder)}: no such article folder")
    check_name(folder.resolve().name)


def stamp(folders: Iterable[Path], beside: Path) -> Sequence[object]:
    """The state of the files in these folders, at every depth, and of those directly in the folder `beside`.

    It is another one when a file has changed, was added or was removed.
    """
    within = (Path(place, name) for folder in folders for place, _, names in os.walk(folder) for name in names)
    return states(sorted({*within, *beside.iterdir()}))


def states(paths: Iterable[Path]) -> tuple[object, ...]:
    """The state of some files: another one when a file has changed, came or went."""
    found = list[object]()
    for path in paths:
        with suppress(OSError):  # gone meanwhile
            one = path.lstat()
            found.append((str(path), one.st_ino, one.st_size, one.st_mtime_ns, one.st_ctime_ns))
    return tuple(found)


def check_name(name: str) -> None:
    """Check that the name of an article's folder can be shown, and kept on each system. Raises UsageError."""
    if not name.isprintable():
        raise UsageError(f"`{shown(name)}` has a character that nobody sees: give the folder another name")
    if name.partition(".")[0].rstrip().upper() in RESERVED:
        raise UsageError(f"`{name}` is a name that Windows keeps for itself: give the folder another name")


def shown(name: object) -> str:
    """A name, with the number of each character that nobody sees: it could turn a line round."""
    return "".join(one if one.isprintable() else f"<U+{ord(one):04X}>" for one in str(name))


def replaced(path: Path, data: bytes) -> None:
    """Write a file in the place of another, all of it or nothing. Raises OSError."""
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def inside(folder: Path, name: str) -> bool:
    """Whether a file of an article is in its folder itself, and not a link that leads out."""
    return Path(os.path.realpath(folder / name)).is_relative_to(os.path.realpath(folder))


def linked_out(path: Path) -> Problem:
    """The problem: a file is a link that leads out of its article's folder."""
    message = f"`{path.name}` is a link that leads out of the article's folder"
    return Problem(path, 1, 1, "missing-file", message, "Put the file itself into the folder.")


def check_inside(path: Path) -> None:
    """Check that a file of an article is in its folder itself. Raises ContentError."""
    if not inside(path.parent, path.name):
        raise ContentError([linked_out(path)])


def is_there(path: Path) -> bool:
    """Whether there is a file, or a link, whatever it leads to."""
    return path.exists() or path.is_symlink()


def lines(path: Path) -> Sequence[str]:
    """The lines of a file, whatever they are; none if it is not readable."""
    return path.read_text(encoding="utf-8-sig", errors="replace").splitlines() if readable(path) else ()


def readable(path: Path) -> bool:
    """Whether a file can be shown to its author: it is in its folder itself, and no larger than a text."""
    return path.is_file() and inside(path.parent, path.name) and path.stat().st_size <= LARGEST_TEXT


def check_file(path: Path, most: int = LARGEST_TEXT) -> None:
    """Check that a file is there, is a file with an end, and has at most so many bytes. Raises ContentError."""
    hint = "Put the file itself there, or remove the link."
    try:
        found = path.stat()
    except FileNotFoundError:
        message = f"`{path.name}` is a link to a file that is missing"
        raise ContentError([Problem(path, 1, 1, "missing-file", message, hint)]) from None
    except OSError as error:
        message = f"`{path.name}` cannot be read: {(error.strerror or 'it is no file').lower()}"
        raise ContentError([Problem(path, 1, 1, "missing-file", message, hint)]) from None
    if not stat.S_ISREG(found.st_mode):
        what = "a folder" if stat.S_ISDIR(found.st_mode) else "a device or a pipe"
        message, hint = f"`{path.name}` is {what} and no file", "Put a file there, or remove it."
        raise ContentError([Problem(path, 1, 1, "missing-file", message, hint)])
    if found.st_size > most:
        message = f"`{path.name}` has {found.st_size / 1e6:.0f} MB: a file of an article has at most {most / 1e6:.0f}"
        raise ContentError([Problem(path, 1, 1, "too-large", message, "Split the article, or leave some of it out.")])


def text(path: Path) -> str:
    """The text of a file. Raises ContentError if there is none, in UTF-8, or if it has no end."""
    check_file(path)
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        lines = path.read_bytes()[: error.start].split(b"\n")
        place = len(lines), len(lines[-1]) + 1
        message = f"byte {error.start} is not UTF-8 text"
        raise ContentError([Problem(path, *place, "not-utf-8", message, "Save the file as UTF-8.")]) from None
