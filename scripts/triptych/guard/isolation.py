"""A process is shut out of the machine: of its network, and of all files but those that its work is about."""

import ctypes
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import landlockpy
from landlockpy import AccessFS, Ruleset, Scope

from triptych.content import home

NO_NETWORK = 0x40000000
"""CLONE_NEWNET of unshare(2)."""
OWN_USER = 0x10000000
"""CLONE_NEWUSER of unshare(2): who is not root may then ask for the above."""
SYSTEM = (
    *(
        "/usr",
        "/lib",
        "/lib32",
        "/lib64",
        "/bin",
        "/opt",
        "/nix",
        "/etc/ld.so.cache",
        "/etc/localtime",
        "/etc/timezone",
    ),
    *("/etc/mime.types", "/etc/alternatives", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/filesystems"),
    *("/proc/self", "/proc/sys/vm", "/sys/devices/system/cpu", "/sys/fs/cgroup", "/dev/urandom", "/dev/zero"),
)
"""What the programs and libraries of the system are, and what they read about the machine."""
SHARED = ("/dev/null", "/dev/shm", "/dev/tty")  # noqa: S108 # no file of ours is there
"""What processes need to speak with each other and with the terminal."""
LOOK = AccessFS.READ_FILE | AccessFS.READ_DIR | AccessFS.EXECUTE
CHANGE = ~AccessFS.EXECUTE


@dataclass(frozen=True, slots=True)
class Fence:
    """What an isolated process may still reach, beside the program and the system."""

    read: tuple[Path, ...]
    write: tuple[Path, ...] = ()

    def with_place(self, place: str | None) -> "Fence":
        """The same with a folder for temporary files."""
        return replace(self, write=(*self.write, Path(place))) if place else self


def enter(fence: Fence) -> tuple[str, ...]:
    """Shut this process in, and all that it starts, as far as the system can. Returns what it cannot."""
    return tuple(lack for lack in (_without_network(), _without_files(fence)) if lack)


def lacks() -> tuple[str, ...]:
    """What isolation cannot do on this machine, each in a sentence. Shuts in the process that asks."""
    return enter(Fence(()))


def _without_network() -> str:
    """Leave the network of the machine. Returns why not, if that cannot be."""
    if sys.platform != "linux":
        return "the network stays within reach: only Linux can shut a program out of it"
    library = ctypes.CDLL(None, use_errno=True)
    if library.unshare(NO_NETWORK) == 0 or _as_own_user(library):
        return ""
    return f"the network stays within reach: {os.strerror(ctypes.get_errno())}"


def _as_own_user(library: ctypes.CDLL) -> bool:
    """Leave the network as the root of a user namespace in which there is only the present user."""
    user, group = os.getuid(), os.getgid()
    if library.unshare(OWN_USER | NO_NETWORK) != 0:
        return False
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        Path("/proc/self", name).write_text(text)
    return True


def _without_files(fence: Fence) -> str:
    """Leave all files of the machine but those of the fence. Returns why not, if that cannot be."""
    try:
        if not landlockpy.supported():
            return f"{REACH}: the system has no Landlock, of Linux 5.13"
        _shut(fence)
    except OSError as error:
        return f"{REACH}: {error.strerror or error}"
    return ""


REACH = "all files of this user stay within reach"


def _shut(fence: Fence) -> None:
    """Leave all files but those of the fence. Raises OSError."""
    with Ruleset(scoped=Scope.ABSTRACT_UNIX_SOCKET | Scope.SIGNAL) as rules:
        for path in _existing((*map(Path, SYSTEM), *_program(), *fence.read)):
            rules.allow_path(path, LOOK if path.is_dir() else AccessFS.READ_FILE)
        for path in _existing((*map(Path, SHARED), *map(_there, fence.write))):
            rules.allow_path(path, CHANGE if path.is_dir() else AccessFS.READ_FILE | AccessFS.WRITE_FILE)
        rules.restrict()


def _program() -> Iterator[Path]:
    """The folders of the program, of its Python and of its templates."""
    yield from map(Path, (sys.prefix, sys.base_prefix, sys.exec_prefix))
    yield from (path for path in map(Path, sys.path) if path.name in ("site-packages", "dist-packages"))
    yield home.PACKAGE.parent
    yield from home.templates()


def _existing(paths: tuple[Path, ...]) -> Iterator[Path]:
    return (path for path in dict.fromkeys(path.resolve() for path in paths) if path.exists())


def _there(path: Path) -> Path:
    """A folder, or the nearest one above that is there, in which it can be made."""
    return next(one for one in (path.resolve(), *path.resolve().parents) if one.exists())
