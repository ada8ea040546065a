"""Machines that break while Triptych works: full disks, lost folders, killed builds, closed streams, damaged files.

Each fault makes the documents of a small article over those of an older version of it. `docs/security.md` says what
happens with each, and `tests/test_faults.py` compares: the set of documents stays whole, and the next build needs no
hand.
"""

import os
import pty
import random
import resource
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT, TEMPLATES, ProjectCopy, written
from triptych.__main__ import limited
from triptych.build import finish, pipeline
from triptych.build.pipeline import Order
from triptych.design import faces

WAIT = 180
"""Seconds in which something that must come true does, on a slow machine with other work."""
HEAD = """---
title: The library opens
language: en-GB
date: 2025-03-14
publisher: Plain Record
status: final
version: "{}"
---

The library opened in 2018 [@a].
"""
FILES = {
    "timeline.yaml": "events:\n  - {id: one, date: 2018, headline: The library opens, sources: [a]}\n"
    "  - {id: two, date: 2019, headline: The library closes, sources: [a]}\n",
    "sources.yaml": "references:\n  - {id: a, type: report, title: A report, issued: 2018}\n",
}
NAMES = ("briefing", "factsheet")
"""The documents that are made: two, so that a set can be mixed."""
COMMAND = (sys.executable, "-m", "triptych")


@dataclass(frozen=True)
class Found:
    """How a command ended, and what it said."""

    code: int
    said: str
    state: str = ""
    """The state of the documents then, where they are not looked at afterwards."""


@dataclass
class Place:
    """An article of version 2, and a folder with the documents of its version 1."""

    root: Path
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def article(self) -> Path:
        return self.root / "content" / "tale"

    @property
    def output(self) -> Path:
        return self.root / "out"

    @property
    def state(self) -> str:
        """Whether the documents are the old ones, the new ones, none, or mixed."""
        found = {path.stem: _hash(path.read_bytes()) for path in self.output.glob("*.pdf")}
        kinds = {"old": documents(1), "new": documents(2), "none": {}}
        return next((name for name, kind in kinds.items() if found == kind), "mixed")

    @property
    def left(self) -> Sequence[str]:
        """What is left beside the documents and the list of them."""
        known = {finish.LIST, *(f"{name}.pdf" for name in NAMES)}
        return sorted(path.name for path in self.output.iterdir() if path.name not in known)

    def command(self, *more: str) -> Sequence[str]:
        return (*COMMAND, "build", str(self.article), "--output", str(self.output), "--only", *NAMES, *more)

    def start(self, *more: str, **given: Any) -> "subprocess.Popen[str]":
        """Begin a build, in a process group of its own."""
        streams = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        environment = {**os.environ, **self.environment, **given.pop("env", {})}
        kept = {name: value for name, value in environment.items() if value != GONE}
        command = given.pop("command", self.command(*more))
        return subprocess.Popen(command, env=kept, text=True, start_new_session=True, **{**streams, **given})

    def build(self, *more: str, **given: Any) -> Found:
        """Build, and wait for the end."""
        with self.start(*more, **given) as process:
            try:
                out, err = process.communicate(timeout=WAIT)
            finally:
                ended(process)
        return Found(process.returncode, (out or "") + (err or ""))


GONE = "\0"
"""The value of a variable that is not in the environment."""
Fault = Callable[[Place], Found]
CASES: dict[str, Fault] = {}
QUICK: set[str] = set()
"""Faults that the slow tests try too, each in a few seconds."""


def fault(name: str, *, quick: bool = False) -> Callable[[Fault], Fault]:
    """List a fault under its name."""

    def listed(one: Fault) -> Fault:
        CASES[name] = one
        QUICK.update([name] if quick else [])
        return one

    return listed


def each(name: str, *variants: Any, quick: Sequence[Any] = ()) -> Callable[[Callable[[Place, Any], Found]], Any]:
    """List a fault once for each of its variants, which stands in its name."""

    def listed(one: Callable[[Place, Any], Found]) -> Any:
        for variant in variants:

            def run(place: Place, variant: Any = variant) -> Found:
                return one(place, variant)

            run.__name__ = one.__name__
            fault(name.format(variant), quick=variant in quick)(run)
        return one

    return listed


def article(folder: Path, version: int) -> Path:
    """Write a version of the article."""
    return written(folder, {"article.md": HEAD.format(version), **FILES})


@cache
def made(version: int) -> Mapping[str, bytes]:
    """The documents of a version of the article."""
    import tempfile

    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        found = pipeline.documents(article(Path(folder) / "content" / "tale", version), Order(NAMES), TEMPLATES)
    return {one.name: one.pdf for one in found}


@cache
def documents(version: int) -> Mapping[str, str]:
    """Hashes of the documents of a version of the article."""
    return {name: _hash(pdf) for name, pdf in made(version).items()}


def prepared(root: Path) -> Place:
    """The article, and the documents of its older version."""
    place = Place(root)
    article(place.article, 2)
    finish.write({place.output: {f"{name}.pdf": pdf for name, pdf in made(1).items()}})
    return place


def _hash(data: bytes) -> str:
    return sha256(data).hexdigest()


# Means.


def ended(process: "subprocess.Popen[Any]") -> None:
    """End a process that we started, with its group, which it leads."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(WAIT)


def until(true: Callable[[], object], process: "subprocess.Popen[Any] | None" = None) -> None:
    """Wait for something to be true, or for a process to end."""
    end = time.monotonic() + WAIT
    while not true() and (process is None or process.poll() is None):
        assert time.monotonic() < end, "it does not come true"
        time.sleep(0.002)


@contextmanager
def mounted(folder: Path, kib: int = 0, options: str = "") -> Iterator[None]:
    """A small disk in the place of a folder; the test is skipped where nobody may mount one."""
    folder.mkdir(parents=True, exist_ok=True)
    size = f"size={kib}k" if kib else "size=64m"
    command = ["mount", "-t", "tmpfs", "-o", f"{size}{options}", "tmpfs", str(folder)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("only root may mount a small disk here")
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def remounted(folder: Path, how: str) -> None:
    """Make a mounted disk read-only (`ro`), or one that can be written again (`rw`)."""
    subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], check=True)


def copied(place: Place) -> None:
    """Put the older documents into a new output folder."""
    finish.write({place.output: {f"{name}.pdf": pdf for name, pdf in made(1).items()}})


def limit(kind: int, most: int) -> Callable[[], None]:
    """Lets a process that is about to start have no more of something."""
    return lambda: resource.setrlimit(kind, (most, most))


# Disks.


@each("an output disk with room for {} KiB", 0, 40, 80, 110, quick=[40])
def disk_is_full(place: Place, room: int) -> Found:
    """The older set is on the disk; the new one needs about twice as much beside it."""
    held = sum(map(len, made(1).values())) // 1024 + 16
    shutil.rmtree(place.output)
    with mounted(place.output, held + room):
        copied(place)
        found = seen(place, place.build())
        whole(place)
        assert place.left in ([], [finish.LOCK])
        remounted(place.output, "size=8m")
        recovers(place)
    return found


WRITERS = """
import sys
from pathlib import Path
from triptych.build import finish
try:
    finish.write({Path(sys.argv[1]): {f"{n}/{n}.pdf": b"new" * 30_000 for n in "abcd"}})
except OSError as error:
    print(error.strerror)
"""


@fault("an output disk that is full at each block in turn")
def disk_is_full_at_each_block(place: Place) -> Found:
    """A set whose files stand in folders of their own, which must be made while it is moved into place."""
    disk, said = place.root / "disk", set()
    for room in (300, 380, 460, 540, *range(600, 680, 4), 760):
        with mounted(disk, room):
            finish.write({disk: {f"{n}/{n}.pdf": b"old" * 30_000 for n in "abc"}})
            done = subprocess.run([sys.executable, "-c", WRITERS, disk], capture_output=True, text=True)
            assert (done.returncode, done.stderr) == (0, "")
            said.add(done.stdout.strip())
            held = {path.read_bytes()[:3] for path in disk.rglob("*.pdf")}
            assert len(held) == 1, f"a mixed set with {room} KiB"
            assert (held == {b"new"}) == (not done.stdout), "old documents without a word, or new ones with an error"
            assert not [*disk.glob(f"{finish.SET}*")], "something is left"
    assert said == {"", "No space left on device"}
    return Found(1, "No space left on device")


@fault("an output disk without a free name for a file")
def disk_has_no_names(place: Place) -> Found:
    shutil.rmtree(place.output)
    with mounted(place.output, 4096, ",nr_inodes=10"):
        copied(place)
        found = seen(place, place.build())
        whole(place)
        remounted(place.output, "nr_inodes=100")
        recovers(place)
    return found


@fault("a limit on the size of files")
def files_are_limited(place: Place) -> Found:
    return place.build(preexec_fn=limit(resource.RLIMIT_FSIZE, 20_000))


@fault("an output folder that is read-only")
def output_is_read_only(place: Place) -> Found:
    shutil.rmtree(place.output)
    with mounted(place.output):
        copied(place)
        remounted(place.output, "ro")
        found = seen(place, place.build())
        assert place.state == "old"
        remounted(place.output, "rw")
        recovers(place)
    return found


@fault("an article on a read-only disk")
def article_is_read_only(place: Place) -> Found:
    folder = place.article.parent
    shutil.rmtree(folder)
    with mounted(folder):
        article(place.article, 2)
        remounted(folder, "ro")
        found = place.build()
        assert place.state == "new"
    article(place.article, 2)
    return found


# Folders that go.


@fault("an output folder that goes during a build")
def output_goes(place: Place) -> Found:
    with place.start() as process:
        until(lambda: working(process), process)
        shutil.rmtree(place.output)
        out, err = process.communicate(timeout=WAIT)
    return Found(process.returncode, out + err)


@fault("an output folder that goes while it is written")
def output_goes_while_written(place: Place) -> Found:
    with place.start() as process:
        until(lambda: writing(place), process)
        shutil.rmtree(place.output, ignore_errors=True)
        out, err = process.communicate(timeout=WAIT)
    after = process.returncode == 0 and place.state == "none"
    return Found(process.returncode, out + err, state="new" if after else "")  # it went when the set was whole


@each("an article whose {} goes during a build", "folder", "article.md", "sources.yaml", quick=["folder"])
def article_goes(place: Place, what: str) -> Found:
    with place.start() as process:
        until(lambda: working(process), process)
        if what == "folder":
            shutil.rmtree(place.article)
        else:
            (place.article / what).unlink()
        out, err = process.communicate(timeout=WAIT)
    whole(place)
    article(place.article, 2)
    return Found(process.returncode, out + err)


@fault("a current folder that is gone")
def current_folder_is_gone(place: Place) -> Found:
    here = place.root / "here"
    here.mkdir()
    shell = f'cd {here} && rmdir {here} && exec "$@"'
    return place.build(command=["sh", "-c", shell, "sh", *place.command()])


def working(process: "subprocess.Popen[Any]") -> bool:
    """Whether a command has begun its work, in a process of its own."""
    return bool(children(process.pid))


def children(pid: int) -> Sequence[int]:
    """The processes that a process started."""
    try:
        found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return ()
    return [*map(int, found.split())]


def writing(place: Place) -> bool:
    """Whether a set is being written."""
    return any(place.output.glob(f"{finish.SET}*"))


# Faces.


def installed(place: Place) -> Place:
    """The same, with a program of its own as `pip` installs it, and with a home for its faces."""
    library = place.root / "lib"
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(PROJECT / "scripts" / "triptych", library / "triptych", ignore=ignore)
    for name in ("templates", "schema"):
        shutil.copytree(PROJECT / name, library / "triptych" / name)
    place.environment |= {"PYTHONPATH": str(library), "HOME": str(place.root / "home"), "XDG_CACHE_HOME": GONE}
    return place


def home(place: Place) -> Path:
    """Where an installed program keeps its faces."""
    return place.root / "home" / ".cache" / "triptych" / faces.FOLDER.name


@fault("a face that is missing, damaged or empty, and a damaged list of the faces")
def faces_are_damaged(place: Place) -> Found:
    installed(place)
    found = place.build()
    path = home(place) / faces.LABELS.file
    for spoil in (path.unlink, lambda: path.write_bytes(b"none"), lambda: path.write_bytes(b"")):
        spoil()
        found = place.build()
        assert found.code == 0, found.said
        assert place.state == "new"
    (home(place) / "digests.json").write_bytes(random.Random(1).randbytes(100))
    return place.build()


@fault("a cache of the faces that is damaged")
def cache_is_damaged(place: Place) -> Found:
    installed(place)
    place.build()
    for number, path in enumerate(sorted((home(place) / "cache").iterdir())):
        path.write_bytes((b"", path.read_bytes()[:200], random.Random(1).randbytes(5000))[number % 3])
    return place.build()


@fault("damaged faces on a read-only disk")
def faces_are_damaged_for_good(place: Place) -> Found:
    installed(place)
    with mounted(home(place).parent):
        place.build(command=(*COMMAND, "build", str(place.article), "--output", str(place.root / "other")))
        (home(place) / faces.LABELS.file).write_bytes(b"none")
        remounted(home(place).parent, "ro")
        copied(place)
        found = seen(place, place.build())
        remounted(home(place).parent, "rw")
        recovers(place)
    return found


# Several at once.


@fault("two builds into one folder at once")
def two_builds(place: Place) -> Found:
    with place.start() as one, place.start() as other:
        told = [process.communicate(timeout=WAIT) for process in (one, other)]
    return Found(max(one.returncode, other.returncode), "".join(map("".join, told)))


@fault("a stopped build, and another one beside it")
def a_stopped_build(place: Place) -> Found:
    with place.start() as stopped:
        until(lambda: working(stopped), stopped)
        os.killpg(stopped.pid, signal.SIGSTOP)
        try:
            found = place.build()
        finally:
            os.killpg(stopped.pid, signal.SIGCONT)
        stopped.communicate(timeout=WAIT)
    assert stopped.returncode == 0
    return found


@fault("a build beside a preview")
def a_build_and_a_preview(place: Place) -> Found:
    with previewing(place) as preview:
        found = place.build()
        assert preview.poll() is None
    return found


@contextmanager
def previewing(place: Place, port: int = 0) -> Iterator["subprocess.Popen[str]"]:
    """A preview of the article, that has said its address in `address`."""
    options = ["--port", str(port), "--no-browser", "--only", "factsheet"]
    with place.start(command=[*COMMAND, "preview", str(place.article), *options]) as process:
        try:
            assert process.stdout
            process.address = process.stdout.readline().strip()  # type: ignore[attr-defined]
            yield process
        finally:
            ended(process)


@each("two previews on {}", "one port", "any port")
def two_previews(place: Place, what: str) -> Found:
    with previewing(place) as first:
        port = first.address.split(":")[2].split("/")[0]  # type: ignore[attr-defined]
        if what == "any port":
            with previewing(place) as second:
                assert second.address.startswith("http://127.0.0.1:")  # type: ignore[attr-defined]
            return place.build()
        return place.build(command=[*COMMAND, "preview", str(place.article), "--port", port, "--no-browser"])


# Clocks and surroundings.


@fault("a clock that was set back")
def clock_is_set_back(place: Place) -> Found:
    """Each file is of tomorrow, and a lock and a set that a killed build left are too."""
    finish_stopped(place)
    (place.output / finish.LOCK).touch()
    tomorrow = time.time() + 86_400
    for path in [place.article, *place.article.iterdir(), place.output, *place.output.rglob("*")]:
        os.utime(path, (tomorrow, tomorrow))
    return place.build()


def finish_stopped(place: Place) -> None:
    """Leave what a build leaves that is killed before it commits its set."""
    left = place.output / f"{finish.SET}stopped"
    left.mkdir()
    (left / "0").write_bytes(b"half a document")


@each("a {} home", "missing", "read-only")
def home_is(place: Place, what: str) -> Found:
    if what == "missing":
        return place.build(env={"HOME": GONE, "XDG_CACHE_HOME": GONE})
    with mounted(place.root / "home", options=",ro"):
        return place.build(env={"HOME": str(place.root / "home"), "XDG_CACHE_HOME": GONE})


@fault("an installed program with a read-only home")
def installed_home_is_read_only(place: Place) -> Found:
    installed(place)
    with mounted(place.root / "home", options=",ro"):
        found = seen(place, place.build())
    recovers(place)
    return found


LOCALES = (
    "no locale",
    "LC_ALL=C",
    "LC_ALL=xx",
    "PYTHONIOENCODING=ascii",
    "an ASCII file system",
)


@each("{}, and an article in a folder named bücher", *LOCALES)
def locale_is(place: Place, what: str) -> Found:
    none = dict.fromkeys(("LC_ALL", "LANG", "LC_CTYPE", "PYTHONUTF8", "PYTHONIOENCODING"), GONE)
    name, _, value = what.partition("=")
    given = {name: value} if value else {}
    if what == "an ASCII file system":
        given = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    real = place.article.parent.rename(place.root / "bücher")
    place.article.parent.symlink_to(real)
    command = [*COMMAND, "build", str(real / "tale"), "--output", str(place.output), "--only", *NAMES]
    return place.build(command=command, env={**none, **given})


# Streams.


CLOSED = {"stdin": "<&-", "stdout": ">&-", "stderr": "2>&-", "every stream": "<&- >&- 2>&-"}


@each("{} closed", *CLOSED, quick=["every stream"])
def stream_is_closed(place: Place, what: str) -> Found:
    """What a library would write to a closed stream must not get into a document."""
    return place.build(command=["sh", "-c", f'exec "$@" {CLOSED[what]}', "sh", *place.command()])


@each("/dev/full as {}", "stdout", "stderr")
def stream_is_full(place: Place, what: str) -> Found:
    with Path("/dev/full").open("w") as full:
        return place.build(**{what: full})


@fault("a pipe that nobody reads to its end")
def reader_ends(place: Place) -> Found:
    reads, writes = os.pipe()
    os.close(reads)
    with os.fdopen(writes, "w") as pipe:
        return place.build(stdout=pipe)


@fault("a full pipe, whose reader waits")
def reader_waits(place: Place) -> Found:
    reads, writes = os.pipe()
    os.set_blocking(writes, False)
    try:
        while True:
            os.write(writes, b"x")
    except BlockingIOError:
        os.set_blocking(writes, True)
    with os.fdopen(writes, "w") as pipe, place.start(stdout=pipe) as process:
        pipe.close()
        until(lambda: place.state == "new", process)
        with os.fdopen(reads) as reader:
            text = reader.read()
        _, err = process.communicate(timeout=WAIT)
    assert "factsheet.pdf" in text
    return Found(process.returncode, err)


@each("a terminal of {} columns", 1, 10)
def terminal_is_narrow(place: Place, columns: int) -> Found:
    return on_terminal(place, {"COLUMNS": str(columns), "TERM": "dumb"}, columns)


def on_terminal(place: Place, environment: dict[str, str], columns: int) -> Found:
    """Build on a terminal of so many columns."""
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 5, columns, 0, 0))
    text: list[bytes] = []

    def read() -> None:
        try:
            while data := os.read(ours, 4096):
                text.append(data)
        except OSError:
            return

    with place.start(stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        reader = threading.Thread(target=read)
        reader.start()
        process.wait(WAIT)
        reader.join(10)
    os.close(ours)
    return Found(process.returncode, b"".join(text).decode())


@fault("no terminal, and TERM=dumb")
def there_is_no_terminal(place: Place) -> Found:
    return place.build(env={"TERM": "dumb", "COLUMNS": "0"})


# Scarce things.


@each("a folder for temporary files that is {}", "missing", "read-only", "full")
def temporary_folder_is(place: Place, what: str) -> Found:
    folder = place.root / "tmp"
    if what == "missing":
        return place.build(env={"TMPDIR": str(folder)})
    with mounted(folder, 4, ",ro" if what == "read-only" else ""):
        if what == "full":
            (folder / "all").write_bytes(bytes(4096))
        return place.build(env={"TMPDIR": str(folder)})


@each("{} open files at most", 64, 14, 8, quick=[14])
def files_are_few(place: Place, most: int) -> Found:
    return place.build(preexec_fn=limit(resource.RLIMIT_NOFILE, most))


OF_LIBRARIES = ("Fontconfig error", "(process:")
"""How lines begin that libraries print, before they stop their process."""


@each("{} more processes at most", 0, 2, 4)
def processes_are_few(place: Place, most: int) -> Found:
    """As a user who has no other process and may still read each file: root is never limited."""
    if os.getuid() or not shutil.which("setpriv"):
        pytest.skip("needs root and `setpriv`, to become another user")
    user = str(61_000 + random.SystemRandom().randrange(900))
    rights = "-all,+dac_override"
    become = ["setpriv", "--reuid", user, "--clear-groups", "--inh-caps", rights, "--ambient-caps", rights]
    found = place.build(command=[*become, "--", *place.command()], preexec_fn=limit(resource.RLIMIT_NPROC, most + 1))
    lines = (line for line in found.said.splitlines(keepends=True) if line.strip())
    return replace(found, said="".join(line for line in lines if not line.startswith(OF_LIBRARIES)))


# Signals.


@each("{} during a build", "SIGINT", "SIGTERM", "SIGHUP", quick=["SIGTERM"])
def signal_comes(place: Place, name: str) -> Found:
    with place.start() as process:
        until(lambda: any(map(children, children(process.pid))), process)
        os.killpg(process.pid, signal.Signals[name])
        out, err = process.communicate(timeout=WAIT)
    assert out + err == "", "something is said"
    return Found(process.returncode, out + err)


@each("kill -9 of {}", "a build", "the process that works")
def killed(place: Place, what: str) -> Found:
    """The first one takes the second one with it."""
    with place.start() as process:
        until(lambda: any(map(children, children(process.pid))), process)
        below = [*children(process.pid)]
        os.kill(process.pid if what == "a build" else below[0], signal.SIGKILL)
        out, err = process.communicate(timeout=WAIT)
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in below))
    return Found(process.returncode, out + err)


# Damaged records.


def _as_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGES: Mapping[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:40]),
    "of random bytes": lambda path: path.write_bytes(random.Random(1).randbytes(300)),
    "a folder": _as_folder,
}


@each("a list of what was written that is {}", *DAMAGES, quick=["cut"])
def list_is_damaged(place: Place, what: str) -> Found:
    DAMAGES[what](place.output / finish.LIST)
    found = place.build()
    if what == "a folder":
        (place.output / finish.LIST).rmdir()
    return found


@each("a journal of a stopped build that is {}", *DAMAGES)
def journal_is_damaged(place: Place, what: str) -> Found:
    finish_stopped(place)
    path = next(place.output.glob(f"{finish.SET}*")) / finish.JOURNAL
    path.write_text('{"files": ["briefing.pdf"], "removed": [], "before": ["briefing.pdf"]}')
    DAMAGES[what](path)
    found = place.build()
    if what == "a folder":
        shutil.rmtree(path.parent)
    return found


@each("a lock of a killed build that is {}", "a file", "a folder", "a link")
def lock_is_left(place: Place, what: str) -> Found:
    path = place.output / finish.LOCK
    if what == "a file":
        path.touch()
    elif what == "a folder":
        path.mkdir()
    else:
        path.symlink_to("/etc/hostname")
    found = place.build()
    if path.is_symlink():
        path.unlink()
    elif path.is_dir():
        path.rmdir()
    return found


@each("a record of make that is {}", *DAMAGES)
def record_is_damaged(place: Place, what: str) -> Found:
    """The record by which make knows whether a document would change."""
    (place.root / "project").mkdir()
    project = ProjectCopy.at(place.root / "project")
    article(project.folder / "content" / "tale", 2)
    project.made("factsheet", "ARTICLE=tale")
    path = project.folder / "build" / ".made" / "tale" / "factsheet"
    DAMAGES[what](path)
    with project.make("factsheet", "ARTICLE=tale") as process:
        out, err = process.communicate(timeout=WAIT)
    if not process.returncode:
        assert "factsheet.pdf  1 page" in out
        assert "nothing has changed" in project.made("factsheet", "ARTICLE=tale")
    return Found(process.returncode, out + err, state="" if process.returncode else "new")


# A cluster.


@fault("a lost scheduler")
def scheduler_is_lost(place: Place) -> Found:
    pytest.importorskip("distributed", reason="no Dask to build with: run `make cluster`")
    folder = place.root / "dask"
    folder.mkdir()
    file = folder / "scheduler.json"
    dask, none = str(Path(sys.executable).with_name("dask")), subprocess.DEVNULL
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file)]
    with place.start(command=[dask, "scheduler", *options], stdout=none, stderr=none) as one:
        try:
            until(lambda: file.exists() and file.read_text().endswith("}"), one)
            import json

            address = json.loads(file.read_text())["address"]
            with place.start("--scheduler", address) as process:
                time.sleep(2)
                ended(one)
                out, err = process.communicate(timeout=WAIT)
        finally:
            ended(one)
    return Found(process.returncode, out + err)


# What holds after each.


def whole(place: Place) -> None:
    """The documents are all old or all new."""
    assert place.state in ("old", "new"), place.state


def seen(place: Place, found: Found) -> Found:
    """How a command ended, with the state of the documents now."""
    return replace(found, state=place.state)


def recovers(place: Place) -> None:
    """The next build makes the documents, with no hand, and leaves nothing else."""
    found = place.build()
    assert found.code == 0, found.said
    assert (place.state, place.left) == ("new", [])


# Five hundred kills.


@dataclass
class Kills:
    """What killed builds left."""

    kills: int = 0
    ended: int = 0
    """Builds that were done before the kill."""
    hidden: int = 0
    """Kills that left hidden files, until the next run."""
    mixed: int = 0
    """Kills that left a mixed set, until the next run."""
    new: int = 0
    """Kills after which the set was the new one."""


def build_killed(place: Place, chance: random.Random, kills: Kills) -> None:
    """Kill a build of the newer version over the older one, at a random moment; half of the times while it writes.

    Kills its parent alone, or its whole process group. One of ten is a fresh command; the others come from this
    process, which has loaded everything.
    """
    copied(place)
    late, alone, fresh = chance.random() < 0.5, chance.random() < 0.5, chance.random() < 0.1
    none = subprocess.DEVNULL
    process = place.start("-j", "1", stdout=none, stderr=none) if fresh else None
    pid = process.pid if process else forked(place)
    begun = time.monotonic()
    if late:
        until(lambda: writing(place) or has_ended(pid))
        time.sleep(chance.random() * 0.02)
    else:
        time.sleep(chance.random() * _longest(fresh))
    below = [*children(pid)]
    with suppress(ProcessLookupError):
        (os.kill if alone else os.killpg)(pid, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if process:
        process.returncode = code
    until(lambda: not any(Path(f"/proc/{one}").exists() for one in below))
    if code == 0:
        kills.ended += 1
        _took[fresh] = time.monotonic() - begun
    kills.kills += 1
    kills.hidden += bool(place.left)
    kills.mixed += place.state not in ("old", "new")
    kills.new += place.state == "new"


def forked(place: Place) -> int:
    """Begin a build in a process that has loaded everything, and leads a group. Returns its number."""
    pid = os.fork()
    if pid:
        with suppress(PermissionError):
            os.setpgid(pid, pid)
        return pid
    os.setpgid(0, 0)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in range(3):
        os.dup2(nowhere, number)
    sys.stdin, sys.stdout, sys.stderr = (os.fdopen(number, "w", closefd=False) for number in range(3))
    sys.argv = ["triptych", *place.command("-j", "1")[len(COMMAND) :]]
    code = 70
    try:
        code = limited()
    finally:
        os._exit(code)


_took: dict[bool, float] = {}
"""How long the last whole build took, by whether it was a fresh command."""


def _longest(fresh: bool) -> float:
    """The longest time after which a build is killed that does not write yet, in seconds."""
    return _took.get(fresh, 3.0)


def has_ended(pid: int) -> bool:
    """Whether a process of ours has ended, which nobody has waited for."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None


def healed(place: Place) -> None:
    """Do what the next run does before it writes, and check that the set is whole then."""
    with finish._locked(place.output) as locked:
        finish.heal(place.output, locked)
    whole(place)
    assert place.left == []
