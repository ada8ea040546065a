import os
from pathlib import Path

import pytest

from triptych.build import finish


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "first.pdf").write_bytes(b"before")
    (tmp_path / "third.pdf").write_bytes(b"before")
    return tmp_path


def test_files_are_put_in_place(folder: Path) -> None:
    finish.write({folder / "first.pdf": b"after", folder / "new" / "second.pdf": b"after"})
    assert (folder / "first.pdf").read_bytes() == b"after"
    assert (folder / "new" / "second.pdf").read_bytes() == b"after"


def test_files_may_be_read_by_all(folder: Path) -> None:
    before = os.umask(0o077)
    try:
        finish.write({folder / "first.pdf": b"after", folder / "second.pdf": b"after"})
    finally:
        os.umask(before)
    assert [(folder / name).stat().st_mode & 0o777 for name in ("first.pdf", "second.pdf")] == [0o644, 0o644]


def test_all_files_are_written_or_none(folder: Path) -> None:
    """The second target's folder is a file."""
    (folder / "file").touch()
    with pytest.raises(OSError, match="file"):
        finish.write({folder / "first.pdf": b"after", folder / "file" / "second.pdf": b"after"})
    assert_unchanged(folder, {"file", "first.pdf", "third.pdf"})


def test_all_files_are_put_in_place_or_none(folder: Path) -> None:
    """The second target is a folder."""
    (folder / "second.pdf").mkdir()
    with pytest.raises(OSError, match=r"second\.pdf"):
        finish.write({folder / name: b"after" for name in ("first.pdf", "second.pdf", "third.pdf")})
    assert_unchanged(folder, {"first.pdf", "second.pdf", "third.pdf"})


def assert_unchanged(folder: Path, names: set[str]) -> None:
    assert {path.name for path in folder.iterdir()} == names
    assert (folder / "first.pdf").read_bytes() == (folder / "third.pdf").read_bytes() == b"before"
