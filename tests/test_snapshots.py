"""What the articles look like on paper, in four tiers. `make snapshots` accepts a change; `make review` shows it."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation

from tests.conftest import ARTICLES, PROJECT, accepted, printable, printed
from triptych.__main__ import ACCEPTED
from triptych.documents.workshop import Document
from triptych.review import compare, record
from triptych.review.accepted import OURS, left_over
from triptych.review.record import Record

pytestmark = [
    pytest.mark.xdist_group("printed"),
    # Syrupy wants the name of the test in that of the file; ours has those of the article and the document.
    pytest.mark.filterwarnings(r"ignore:\s*Can not relate snapshot:UserWarning"),
]


@dataclass(frozen=True, slots=True)
class Sheets:
    """A document of an article in content/."""

    article: str
    document: str

    def __str__(self) -> str:
        return f"{self.article}-{self.document}"

    @property
    def made(self) -> Document:
        return printed(PROJECT / "content" / self.article)[self.document]


def compared(config: pytest.Config) -> Sequence[str]:
    """The articles to compare: the one that was asked for, or each that was ever accepted."""
    return [config.option.article] if config.option.article else [name for name in ARTICLES if accepted(name)]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "sheets" in metafunc.fixturenames:
        found = [
            Sheets(one, name) for one in compared(metafunc.config) for name in printable(PROJECT / "content" / one)
        ]
        metafunc.parametrize("sheets", found, ids=str)


class Kept(SingleFileSnapshotExtension):
    """A snapshot in the folder of its article, named after its document and page; else the usual one."""

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        sheets = _sheets(test_location)
        return str(PROJECT / ACCEPTED / sheets.article) if sheets else super().dirname(test_location=test_location)

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: int | str = 0) -> str:
        sheets = _sheets(test_location)
        if not sheets:
            return super().get_snapshot_name(test_location=test_location, index=index)
        return sheets.document + (f"-{index}" if index else "")

    def is_snapshot_location(self, *, location: str) -> bool:
        """Whether a file is a snapshot of ours; another in its folder is left alone."""
        ours = Path(location).parent.parent != PROJECT / ACCEPTED or OURS.fullmatch(Path(location).name)
        return super().is_snapshot_location(location=location) and bool(ours)


def _sheets(location: PyTestLocation) -> Sheets | None:
    """The document that a test is of; none for the test of what is left over."""
    callspec = getattr(location.item, "callspec", None)
    return callspec.params.get("sheets") if callspec else None


class HtmlSnapshot(Kept):
    file_extension = "html"
    _write_mode = WriteMode.TEXT


class Told(Kept):
    """A snapshot whose difference is told with page and place."""

    _write_mode = WriteMode.TEXT

    def changes(self, before: Any, after: Any) -> Iterable[object]:
        raise NotImplementedError

    def matches(self, *, serialized_data: str | bytes, snapshot_data: str | bytes) -> bool:
        return bool(snapshot_data) and not list(self.changes(snapshot_data, serialized_data))

    def diff_lines(self, serialized_data: str | bytes, snapshot_data: str | bytes) -> Iterator[str]:
        if not snapshot_data:
            return iter(["this page was never accepted: look at it, then run `make snapshots`"])
        return map(str, self.changes(snapshot_data, serialized_data))


class StructureSnapshot(Told):
    file_extension = "yaml"

    def changes(self, before: str, after: str) -> Iterable[object]:
        old, new = yaml.safe_load(before), yaml.safe_load(after)
        return [*compare.text(old["text"], new["text"]), *compare.structure(old, new)]


class GeometrySnapshot(Told):
    file_extension = "txt"

    def changes(self, before: str, after: str) -> Iterable[object]:
        return compare.geometry(before, after)


class PageSnapshot(Told):
    file_extension = "png"
    _write_mode = WriteMode.BINARY

    def changes(self, before: bytes, after: bytes) -> Iterable[object]:
        old, new = (Image.open(io.BytesIO(png)).convert("RGB") for png in (before, after))
        return compare.pictures([old], [new])


@cache
def recorded(sheets: Sheets) -> Record:
    return record.record(sheets.made.pdf)


def test_composed_html(sheets: Sheets, snapshot: SnapshotAssertion) -> None:
    assert sheets.made.html == snapshot.use_extension(HtmlSnapshot)


def test_structure(sheets: Sheets, snapshot: SnapshotAssertion) -> None:
    assert recorded(sheets).structure == snapshot.use_extension(StructureSnapshot)


def test_geometry(sheets: Sheets, snapshot: SnapshotAssertion) -> None:
    assert recorded(sheets).geometry == snapshot.use_extension(GeometrySnapshot)


def test_pages(sheets: Sheets, snapshot: SnapshotAssertion) -> None:
    for number, picture in enumerate(recorded(sheets).pages, start=1):
        assert record.png(picture) == snapshot.use_extension(PageSnapshot)(name=str(number))


def test_every_snapshot_is_of_a_page_that_there_is(request: pytest.FixtureRequest) -> None:
    """Left-over snapshots are removed when the pages of their article are accepted."""
    for article in compared(request.config):
        made = printed(PROJECT / "content" / article).values()
        assert list(left_over(PROJECT / ACCEPTED / article, made)) == []
