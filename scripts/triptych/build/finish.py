"""Bytes become files: a set of them in a folder, all or none. Files of others are never touched.

A set is first written into a hidden folder beside its targets. Writing a journal there commits it: without a journal,
the old files stay; with one, the new files are moved into place, if necessary by the next run. A writer locks its
folder, so any set that it finds there was left by a run that stopped.
"""

import errno
import fcntl
import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from triptych.content.errors import TriptychError, UsageError
from triptych.content.uses import PlainPath
from triptych.pdf import carried

LIST, LOCK, SET = ".triptych.json", ".triptych.lock", ".triptych-set-"
"""Our hidden files in a folder: the list of what we wrote, the lock, and the prefix of a set's folder."""
JOURNAL, UNDO = "journal.json", "undo"
"""Of a set: what it changes, and the same once its changes are undone."""
PATIENCE = 60
"""Seconds to wait for another writer."""
ABANDONED = 3600
"""Seconds after which a set counts as left over, on a file system without locks."""
DROPPINGS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that operating systems put into folders; they are ignored."""


class _Written(BaseModel):
    """The list of the files that we wrote into a folder."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    files: dict[PlainPath, str]
    """SHA-256 of each file, by its path."""


class _Journal(BaseModel):
    """The changes that a set makes in its folder. Its files are numbered in this order."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    files: tuple[PlainPath, ...]
    removed: tuple[PlainPath, ...]
    before: frozenset[PlainPath]
    """The files that existed before."""


@dataclass(frozen=True, slots=True)
class _Set:
    folder: Path
    place: Path
    """The hidden folder of the set."""
    journal: _Journal

    @property
    def _targets(self) -> Iterator[tuple[Path, Path, Path]]:
        """For each file: its target, the new file before it is moved, and the kept old file."""
        for number, name in enumerate((*self.journal.files, *self.journal.removed)):
            yield self.folder / name, self.place / str(number), self.place / f"{number}.old"

    def commit(self) -> None:
        """Write the journal: from now on, the new files win."""
        waiting = self.place / f"{JOURNAL}.new"
        _stored(waiting, self.journal.model_dump_json().encode())
        waiting.replace(self.place / JOURNAL)
        _flushed(self.place)

    def forward(self) -> None:
        """Move the new files into place. Can run again after a stop."""
        targets = list(self._targets)
        for target, new, old in targets[: len(self.journal.files)]:
            if new.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                _keep(target, old)
                new.replace(target)
        for target, _, old in targets[len(self.journal.files) :]:
            if target.exists():
                target.replace(old)
        _flushed(self.folder)

    def back(self) -> None:
        """Put the old files back. Can run again after a stop."""
        with suppress(FileNotFoundError):
            (self.place / JOURNAL).replace(self.place / UNDO)  # a full disk has no room for another file
        for target, new, old in self._targets:
            if old.exists():
                old.replace(target)
            elif not new.exists() and target.relative_to(self.folder).as_posix() not in self.journal.before:
                target.unlink(missing_ok=True)


def write(sets: Mapping[Path, Mapping[str, bytes]], gone: Collection[str] = ()) -> None:
    """Write files into folders: `sets` gives the files of each folder by name. Writes all sets or none.

    Replaces a file, or removes one that is `gone`, only if it is unchanged since we wrote it.
    Raises UsageError and OSError.
    """
    _put(sets, alone=False, gone=gone)


def ours(folder: Path, names: Iterable[str]) -> list[str]:
    """Those of some files in a folder that we wrote and nobody changed since. Raises UsageError as `fill` does."""
    known = _known(folder)
    return [name for name in names if name in known and _unchanged(folder / name, known[name])]


def _unchanged(path: Path, digest: str) -> bool:
    return path.is_file() and not path.is_symlink() and _hash(path.read_bytes()) == digest


def fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write these files into a folder, and remove our other files from it.

    Raises UsageError if the folder has a file that we did not write, and OSError.
    """
    _put({folder: files}, alone=True)


def replace(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder, all or none, also over files that others changed. Raises OSError."""
    _put({folder: files}, alone=None)


def check(folder: Path) -> None:
    """Check in advance that `fill` can write a folder. Raises UsageError if it has a file that we did not write."""
    if folder.is_dir():
        with _locked(folder) as locked:
            heal(folder, locked)
            _check(folder, {}, _known(folder), alone=True)


def heal(folder: Path, locked: bool = True) -> None:
    """Finish or undo the sets that a stopped run left in a folder. The caller holds the lock, if there are locks."""
    for place in sorted(folder.glob(f"{SET}*")):
        if place.is_symlink() or not (locked or time.time() - place.stat().st_mtime > ABANDONED):
            continue
        if journal := _journal(folder, place):
            left = _Set(folder, place, journal)
            left.back() if (place / UNDO).exists() else left.forward()
        _tidy(place)


def _put(sets: Mapping[Path, Mapping[str, bytes]], alone: bool | None, gone: Collection[str] = ()) -> None:
    with ExitStack() as stack:
        for folder in sorted(sets):
            folder.mkdir(parents=True, exist_ok=True)
            heal(folder, stack.enter_context(_locked(folder)))
        ready: list[_Set] = []
        try:
            for folder, files in sets.items():
                ready.append(_prepared(folder, files, alone, ours(folder, gone)))
            for one in ready:
                one.commit()
            for one in ready:
                one.forward()
        except BaseException:
            for one in ready:
                one.back()
                _tidy(one.place)
            raise
        for one in ready:
            _tidy(one.place)


def _prepared(folder: Path, files: Mapping[str, bytes], alone: bool | None, gone: Collection[str]) -> _Set:
    """Write a set into its hidden folder. Raises UsageError if it would change a file that we did not write.

    `alone` is whether our other files go; None lets the set change files of others too.
    """
    known = _known(folder)
    if alone is not None:
        _check(folder, files, known, alone)
    listed = {name: _hash(data) for name, data in files.items()}
    removed = tuple(
        name for name in known if (alone or name in gone) and name not in files and (folder / name).exists()
    )
    kept = {} if alone else {name: digest for name, digest in known.items() if name not in removed}
    written = _Written(files={**kept, **listed})
    every = {**files, LIST: f"{written.model_dump_json(indent=2)}\n".encode()}
    before = frozenset(name for name in (*every, *removed) if (folder / name).exists())
    place = Path(tempfile.mkdtemp(dir=folder, prefix=SET))
    try:
        for number, data in enumerate(every.values()):
            _stored(place / str(number), data)
    except BaseException:
        _tidy(place)
        raise
    return _Set(folder, place, _Journal(files=tuple(every), removed=removed, before=before))


def _check(folder: Path, files: Mapping[str, bytes], known: Mapping[str, str], alone: bool) -> None:
    """Raises UsageError if a file that we did not write is in the way, and OSError if a folder is."""
    for name, data in files.items():
        path = folder / name
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if path.exists() and path.read_bytes() != data:
            _check_ours(folder, name, known)
    if alone:
        for name in _held(folder):
            if name not in files:
                _check_ours(folder, name, known)


def _check_ours(folder: Path, name: str, known: Mapping[str, str]) -> None:
    path = folder / name
    if name not in known and _is_document(path):
        return  # of a version that kept no list of its documents
    if name not in known or path.is_symlink():
        raise UsageError(
            f"{folder} holds `{name}`, which Triptych did not write there: "
            "move it away, or give another folder with --output"
        )
    if _hash(path.read_bytes()) != known[name]:
        raise UsageError(f"{path} was changed after Triptych wrote it: move it away to keep your changes")


def _held(folder: Path) -> Iterator[str]:
    """Paths of all files and links in a folder, except our hidden files and those of the operating system."""
    for place, below, names in os.walk(folder):
        links = [name for name in below if (Path(place) / name).is_symlink()]
        below[:] = [name for name in below if not name.startswith(SET)]
        for name in sorted((*names, *links)):
            if name not in DROPPINGS and name not in (LIST, LOCK):
                yield (Path(place) / name).relative_to(folder).as_posix()


def _known(folder: Path) -> Mapping[str, str]:
    """Hashes of the files that we wrote into a folder, by path. A damaged list is none, and the next one replaces it.

    Raises UsageError if a folder or a link is in its place.
    """
    path = folder / LIST
    if path.is_symlink() or path.is_dir():
        raise UsageError(
            f"{path} is not the list that Triptych wrote: move it away, or give another folder with --output"
        )
    try:
        return _Written.model_validate_json(path.read_bytes()).files
    except (FileNotFoundError, ValidationError):
        return {}


def _is_document(path: Path) -> bool:
    """Whether a file is a PDF with a manifest of ours, and not a link."""
    if path.suffix != ".pdf" or path.is_symlink():
        return False
    try:
        carried.read(path)
    except (UsageError, OSError):
        return False
    return True


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _journal(folder: Path, place: Path) -> _Journal | None:
    """The journal of a left set; None if it has none, or if it would write outside the folder."""
    try:
        found = _Journal.model_validate_json((place / (UNDO if (place / UNDO).exists() else JOURNAL)).read_bytes())
    except (OSError, ValidationError):
        return None
    real = folder.resolve()
    targets = (folder / name for name in (*found.files, *found.removed))
    return found if all(target.parent.resolve().is_relative_to(real) for target in targets) else None


def _tidy(place: Path) -> None:
    """Remove a set's hidden folder, the journal first. Files of others in it stay."""
    with suppress(OSError):
        for name in (JOURNAL, UNDO):
            (place / name).unlink(missing_ok=True)
        for path in place.iterdir():
            if path.name == f"{JOURNAL}.new" or path.name.partition(".")[0].isdecimal():
                path.unlink(missing_ok=True)
        place.rmdir()


def _keep(target: Path, old: Path) -> None:
    """Keep a file under a second name: as a hard link, or else as a copy."""
    if old.exists() or not target.exists():
        return
    try:
        old.hardlink_to(target)
    except OSError:
        copy = old.with_name(f"{old.name}.new")
        shutil.copy2(target, copy)
        copy.replace(old)


def _stored(path: Path, data: bytes) -> None:
    """Write a new file of a set, readable for all, and sync it to the disk. Raises OSError with the set's folder."""
    try:
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path.parents[1])) from None
    path.chmod(0o644)


def _flushed(folder: Path) -> None:
    """Sync the names in a folder to the disk, if the system can."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Lock a folder; yields whether the file system has locks. Raises TriptychError after PATIENCE."""
    path, end = folder / LOCK, time.monotonic() + PATIENCE
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        try:
            state = _taken(handle, path)
            if state is not None:
                try:
                    yield state
                finally:
                    path.unlink(missing_ok=True)  # while locked: a waiting run makes a new file
                return
        finally:
            os.close(handle)
        if time.monotonic() > end:
            raise TriptychError(f"another run is writing into {folder}, for {PATIENCE} seconds now: wait until it ends")
        time.sleep(0.01)


def _taken(handle: int, path: Path) -> bool | None:
    """True if we have the lock, False if the file system has no locks, None while another run has it."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return None
    except OSError:
        return False
    try:
        return True if os.path.samestat(os.fstat(handle), path.stat()) else None
    except FileNotFoundError:
        return None
