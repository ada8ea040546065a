"""What the articles look like on paper, in four tiers. `make snapshots` accepts a change; `make review` shows it."""

import io
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import pytest
import yaml
from PIL import Image
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tests.conftest import ARTICLES, PROJECT, Printed, printed
from triptych.__main__ import ACCEPTED
from triptych.build import pipeline
from triptych.review import compare, record
from triptych.review.record import Record

pytestmark = pytest.mark.xdist_group("printed")
every_document = pytest.mark.parametrize(
    "name", [f"{article}-{document}" for article in ARTICLES for document in pipeline.DOCUMENTS]
)


class HtmlSnapshot(SingleFileSnapshotExtension):
    file_extension = "html"
    _write_mode = WriteMode.TEXT


class Told(SingleFileSnapshotExtension):
    """A snapshot whose difference is told with page and place."""

    _write_mode = WriteMode.TEXT

    def changes(self, before: Any, after: Any) -> Iterable[object]:
        raise NotImplementedError

    def matches(self, *, serialized_data: str | bytes, snapshot_data: str | bytes) -> bool:
        return bool(snapshot_data) and not list(self.changes(snapshot_data, serialized_data))

    def diff_lines(self, serialized_data: str | bytes, snapshot_data: str | bytes) -> Iterator[str]:
        if not snapshot_data:
            return iter(["these pages were never accepted: look at them, then run `make snapshots`"])
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


def made(name: str) -> Printed:
    article, document = name.rsplit("-", 1)
    return printed(PROJECT / "content" / article)[document]


@cache
def recorded(name: str) -> Record:
    return record.record(made(name).document.pdf)


@every_document
def test_composed_html(name: str, snapshot: SnapshotAssertion) -> None:
    assert made(name).composed.html == snapshot.use_extension(HtmlSnapshot)


@every_document
def test_structure(name: str, snapshot: SnapshotAssertion) -> None:
    assert recorded(name).structure == snapshot.use_extension(StructureSnapshot)


@every_document
def test_geometry(name: str, snapshot: SnapshotAssertion) -> None:
    assert recorded(name).geometry == snapshot.use_extension(GeometrySnapshot)


@every_document
def test_pages(name: str, snapshot: SnapshotAssertion) -> None:
    for number, picture in enumerate(recorded(name).pages, start=1):
        assert record.png(picture) == snapshot.use_extension(PageSnapshot)(name=str(number))


def test_every_snapshot_is_of_a_document_that_there_is(request: pytest.FixtureRequest) -> None:
    """Left-over snapshots are removed when the output is accepted."""
    names = [f"{article}-{document}" for article in ARTICLES for document in pipeline.DOCUMENTS]
    used = {f"test_composed_html[{name}].html" for name in names}
    used |= {f"test_structure[{name}].yaml" for name in names} | {f"test_geometry[{name}].txt" for name in names}
    used |= {
        f"test_pages[{name}][{number}].png" for name in names for number in range(1, made(name).document.pages + 1)
    }
    left = [path for path in sorted(ACCEPTED.iterdir()) if path.name not in used]
    if request.config.option.update_snapshots:
        for path in left:
            path.unlink()
            print(f"removed {path.name}")
    else:
        assert [path.name for path in left] == []
