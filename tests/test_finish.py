"""Files are written as whole sets; a writer that is killed leaves a whole set, and nobody's file is touched."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from triptych.build import finish
from triptych.content.errors import TriptychError, UsageError

NAMES = ("first.pdf", "second.pdf", "third.pdf", "page.html")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two files of ours."""
    finish.write({tmp_path: {"first.pdf": b"before", "third.pdf": b"before"}})
    return tmp_path


def holds(folder: Path) -> Mapping[str, bytes]:
    """Every file below a folder, the hidden ones too, but for our list of what we wrote."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != finish.LIST]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_files_are_put_in_place(folder: Path) -> None:
    finish.write({folder: {"first.pdf": b"after"}, folder / "new": {"second.pdf": b"after", "maps/a.pdf": b"after"}})
    after = {"first.pdf": b"after", "new/second.pdf": b"after", "new/maps/a.pdf": b"after", "third.pdf": b"before"}
    assert holds(folder) == after


def test_files_may_be_read_by_all(folder: Path) -> None:
    before = os.umask(0o077)
    try:
        finish.write({folder: {"first.pdf": b"after", "second.pdf": b"after"}})
    finally:
        os.umask(before)
    assert [(folder / name).stat().st_mode & 0o777 for name in ("first.pdf", "second.pdf")] == [0o644, 0o644]


def test_all_files_are_written_or_none(folder: Path) -> None:
    """The second target's folder is a file."""
    (folder / "file").touch()
    before = holds(folder)
    with pytest.raises(OSError, match="file"):
        finish.write({folder: {"first.pdf": b"after"}, folder / "file": {"second.pdf": b"after"}})
    assert holds(folder) == before
    with pytest.raises(OSError, match="file"):
        finish.write({folder: {"first.pdf": b"after", "file/second.pdf": b"after"}})
    assert holds(folder) == before


def test_all_files_are_put_in_place_or_none(folder: Path) -> None:
    """The second target is a folder."""
    (folder / "second.pdf").mkdir()
    before = holds(folder)
    with pytest.raises(OSError, match=r"second\.pdf"):
        finish.write({folder: dict.fromkeys(NAMES, b"after")})
    assert holds(folder) == before


def test_what_cannot_be_moved_into_place_is_undone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another program holds the third target open, as some systems let it, and the disk has no room."""
    replace = Path.replace

    def full(path: Path) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(Path, "touch", full)

    def held(path: Path, target: Path) -> Path:
        if path.name == "2" and target.name == "third.pdf":
            raise PermissionError(13, "Permission denied", str(target))
        return replace(path, target)

    before = holds(folder)
    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(PermissionError, match=r"third\.pdf"):
        finish.write({folder / "other": {"first.pdf": b"after"}, folder: dict.fromkeys(NAMES, b"after")})
    assert holds(folder) == before


def test_a_folder_is_filled_and_only_what_was_ours_goes(folder: Path) -> None:
    own = folder / "own"
    finish.fill(own, {"page.html": b"one", "one.png": b"one"})
    (own / ".DS_Store").touch()
    finish.fill(own, {"page.html": b"two", "two.png": b"two"})
    assert {name for name in holds(own) if name != finish.LIST} == {"page.html", "two.png", ".DS_Store"}
    assert (own / "page.html").read_bytes() == b"two"


@pytest.mark.parametrize("name", ["notes.txt", "page.html", ".hidden", "maps/notes.txt", "thesis.pdf"])
def test_a_folder_that_holds_a_file_of_somebody_else_is_not_filled(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_bytes(b"theirs")
    with pytest.raises(UsageError, match=f"holds `{name}`, which Triptych did not write there"):
        finish.fill(tmp_path, {"page.html": b"ours"})
    assert holds(tmp_path) == {name: b"theirs"}


def test_a_folder_with_links_out_is_not_filled(tmp_path: Path) -> None:
    own, other = tmp_path / "own", tmp_path / "other"
    finish.fill(own, {"page.html": b"one"})
    other.mkdir()
    (own / "link").symlink_to(other)
    with pytest.raises(UsageError, match="holds `link`"):
        finish.fill(own, {})


def test_a_file_that_was_filled_in_by_hand_is_kept(tmp_path: Path) -> None:
    finish.fill(tmp_path, {"claims.csv": b"checked by:", "page.html": b"one"})
    (tmp_path / "claims.csv").write_bytes(b"checked by: A. Editor")
    before = holds(tmp_path)
    sets: tuple[dict[str, bytes], ...] = ({"claims.csv": b"checked by: "}, {}, {"page.html": b"two"})
    for files in sets:
        with pytest.raises(UsageError, match="was changed after Triptych wrote it"):
            finish.fill(tmp_path, files)
    with pytest.raises(UsageError, match="was changed after Triptych wrote it"):
        finish.write({tmp_path: {"claims.csv": b""}})
    assert holds(tmp_path) == before


@pytest.mark.parametrize("name", ["page.html", "second.pdf"])
def test_a_file_of_somebody_else_is_not_overwritten_and_a_pdf_of_ours_is(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"theirs")
    before = holds(folder)
    with pytest.raises(UsageError, match=f"holds `{name}`"):
        finish.write({folder: dict.fromkeys(NAMES, b"after")})
    assert holds(folder) == before
    finish.write({folder: {"first.pdf": b"after"}})
    assert holds(folder) == {**before, "first.pdf": b"after"}


def test_a_link_of_somebody_else_is_refused_and_what_it_leads_to_stays(tmp_path: Path) -> None:
    (tmp_path / "thesis.pdf").write_bytes(b"theirs")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "poster.pdf").symlink_to(tmp_path / "thesis.pdf")
    with pytest.raises(UsageError, match=r"holds `poster\.pdf`"):
        finish.write({tmp_path / "out": {"poster.pdf": b"ours"}})
    assert (tmp_path / "thesis.pdf").read_bytes() == b"theirs"


@pytest.mark.parametrize(
    "text", ["", "[]", '{"files": {"../thesis.pdf": "0"}}', '{"files": {"/etc/passwd": "0"}}', '{"files": {}, "x": 1}']
)
def test_a_list_that_is_not_ours_removes_nothing_and_is_written_anew(tmp_path: Path, text: str) -> None:
    (tmp_path / "thesis.pdf").write_bytes(b"theirs")
    own = tmp_path / "own"
    own.mkdir()
    (own / finish.LIST).write_text(text)
    (own / "notes.txt").write_bytes(b"theirs")
    finish.write({own: {"page.html": b"ours"}})
    assert holds(tmp_path) == {"thesis.pdf": b"theirs", "own/notes.txt": b"theirs", "own/page.html": b"ours"}
    assert finish.ours(own, ["page.html", "notes.txt"]) == ["page.html"]


def test_a_folder_in_the_place_of_the_list_is_told(tmp_path: Path) -> None:
    (tmp_path / finish.LIST).mkdir()
    with pytest.raises(UsageError, match="not the list that Triptych wrote"):
        finish.write({tmp_path: {"page.html": b"ours"}})


@pytest.mark.parametrize("name", ["../thesis.pdf", "/tmp/thesis.pdf", "link/thesis.pdf", "a/../../thesis.pdf"])
def test_a_journal_that_leads_out_moves_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "thesis.pdf").write_bytes(b"theirs")
    own = tmp_path / "own"
    place = own / f"{finish.SET}hostile"
    place.mkdir(parents=True)
    (own / "link").symlink_to(tmp_path)
    (place / "0").write_bytes(b"hostile")
    (place / finish.JOURNAL).write_text(json.dumps({"files": [name], "removed": [name], "before": []}))
    finish.write({own: {"first.pdf": b"ours"}})
    assert (tmp_path / "thesis.pdf").read_bytes() == b"theirs"
    assert sorted(path.name for path in own.iterdir()) == [finish.LIST, "first.pdf", "link"]


def test_a_hidden_folder_that_holds_more_than_ours_keeps_it(tmp_path: Path) -> None:
    place = tmp_path / f"{finish.SET}other"
    place.mkdir()
    (place / "notes.txt").write_bytes(b"theirs")
    (tmp_path / f"{finish.SET}file").write_bytes(b"theirs")
    finish.write({tmp_path: {"first.pdf": b"ours"}})
    assert (place / "notes.txt").exists()
    assert (tmp_path / f"{finish.SET}file").exists()


def test_who_waits_too_long_for_another_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finish, "PATIENCE", 0.1)
    with finish._locked(tmp_path), pytest.raises(TriptychError, match="another run is writing"):
        finish.write({tmp_path: {"first.pdf": b"ours"}})
    assert holds(tmp_path) == {}


def test_without_locks_fresh_sets_of_others_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(handle: int, operation: int) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("fcntl.flock", none)
    for name, age in (("fresh", 60), ("old", 2 * finish.ABANDONED)):
        place = tmp_path / f"{finish.SET}{name}"
        place.mkdir()
        os.utime(place, times=(time.time() - age,) * 2)
    finish.write({tmp_path: {"first.pdf": b"ours"}})
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{finish.SET}fresh", finish.LIST, "first.pdf"]


EVERY_STEP = """
import os, sys
os.fsync = lambda handle: None
from pathlib import Path
from triptych.build import finish

STEPS = {"open", "os.rename", "os.link", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "os.utime"}
names, root, left = ("first.pdf", "second.pdf", "page.html", "maps/a.png"), Path(sys.argv[1]), -1

def step(event, _):
    global left
    if event in STEPS and left >= 0:
        left -= 1
        if left < 0:
            os._exit(9)

sys.addaudithook(step)

def states(folder):
    return {(folder / name).read_bytes() if (folder / name).exists() else b"" for name in names}

def child(folder, what, steps):
    global left
    if not (pid := os.fork()):
        left = steps
        what(folder)
        left = -1
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])

def fill(folder):
    finish.fill(folder, dict.fromkeys(names[:3], b"new"))

def heal(folder):
    with finish._locked(folder) as locked:
        finish.heal(folder, locked)

def refused(folder):
    replace = Path.replace
    def held(path, target):
        if path.name == "1":
            raise PermissionError(13, "Permission denied", str(target))
        return replace(path, target)
    Path.replace = held
    try:
        finish.write({folder: dict.fromkeys(names, b"new")})
    except PermissionError:
        return

seen, mixed = {}, 0
for what in (fill, refused):
    number = -1
    while True:
        number += 1
        folder = root / f"{what.__name__}{number}"
        finish.fill(folder, dict.fromkeys(names, b"old"))
        ended = child(folder, what, number)
        right = [{b"old"}, {b"new", b""} if what is fill else {b"new"}]
        if ended == 0:
            right = right[:1] if what is refused else right[1:]
        mixed += states(folder) not in right
        if number % 2:
            child(folder, heal, number // 2 % 12)  # who heals is killed too
        heal(folder)
        assert states(folder) in right, (what, number, states(folder))
        left_over = [path.name for path in folder.iterdir() if path.name.startswith(".")]
        assert left_over == [finish.LIST], (what, number, left_over)
        finish.fill(folder, {"page.html": b"next"})
        if ended == 0:
            break
    seen[what.__name__] = number
print(seen, mixed)
"""
"""Writers that end, with no clean-up, before each of their file operations in turn."""


@pytest.mark.slow
def test_a_writer_that_ends_at_any_step_leaves_a_whole_set(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EVERY_STEP, str(tmp_path)], capture_output=True, text=True, timeout=300
    )
    assert (done.returncode, done.stderr) == (0, "")
    steps = json.loads(done.stdout.partition("}")[0].replace("'", '"') + "}")
    assert set(steps) == {"fill", "refused"}
    assert min(steps.values()) > 25


KILLS = """
import os, random, signal, sys, time
from pathlib import Path
from triptych.build import finish

folder, kills, chance = Path(sys.argv[1]), int(sys.argv[2]), random.Random(1)
names, mixed, left = ("briefing.pdf", "factsheet.pdf", "poster.pdf"), 0, 0

def writer(name):
    if pid := os.fork():
        return pid
    number = 0
    while True:
        number += 1
        finish.write({folder: dict.fromkeys(names, f"{name}{number}".encode() * 50_000)})

def killed(pid):
    os.kill(pid, signal.SIGKILL)
    assert os.waitpid(pid, 0)[1] == signal.SIGKILL, "it ended by itself"

def texts():
    return [path.read_bytes() for path in folder.glob("*.pdf")]

finish.write({folder: dict.fromkeys(names, b"first")})
for _ in range(kills):
    writers = [writer("a"), writer("b")]
    time.sleep(0.01 + chance.random() * 0.05)
    killed(writers[0])
    time.sleep(chance.random() * 0.01)  # the other goes on, and heals
    killed(writers[1])
    mixed += len(set(texts())) > 1
    left += len(os.listdir(folder)) > len(names) + 1
    with finish._locked(folder) as locked:
        finish.heal(folder, locked)
    assert len(set(texts())) == 1, "a mixed set"
    assert sorted(os.listdir(folder)) == sorted([finish.LIST, *names]), "leftovers"
finish.write({folder: dict.fromkeys(names, b"last")})
assert texts() == [b"last"] * len(names)
print(f"{2 * kills} kills: {left} left hidden files and {mixed} a mixed set, until the next run", file=sys.stdout)
"""
"""Two writers of one folder at a time, each killed at a random moment."""


@pytest.mark.slow
def test_writers_that_are_killed_at_any_moment_leave_a_whole_set(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLS, str(tmp_path), "250"], capture_output=True, text=True, timeout=900
    )
    print(done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
