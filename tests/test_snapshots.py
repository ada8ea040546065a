"""What the first article looks like on paper. `make snapshots` accepts a change; the diff shows what moved."""

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from tests.conftest import PROJECT
from tests.pagemap import page_map
from triptych import build
from triptych.compose import Composed
from triptych.typeset import Pages, Typesetter
from triptych.workshop import Document

DOCUMENTS = tuple(build.DOCUMENTS)
pytestmark = pytest.mark.xdist_group("snapshots")


class HtmlSnapshot(SingleFileSnapshotExtension):
    file_extension = "html"
    _write_mode = WriteMode.TEXT


class PageMapSnapshot(SingleFileSnapshotExtension):
    file_extension = "txt"
    _write_mode = WriteMode.TEXT


class DrawingSnapshot(SingleFileSnapshotExtension):
    file_extension = "svg"
    _write_mode = WriteMode.TEXT


@pytest.fixture(scope="module")
def made() -> dict[str, tuple[Composed, Document]]:
    """Each document, and the HTML that it was last composed of."""
    composed: dict[str, Composed] = {}
    pages = Typesetter.pages

    def listening(typesetter: Typesetter, document: Composed) -> Pages:
        composed["last"] = document
        return pages(typesetter, document)

    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Typesetter, "pages", listening)
        for name in DOCUMENTS:
            (document,) = build.article(PROJECT / "content" / "himtoo", build.Order((name,)), PROJECT / "templates")
            found[name] = composed["last"], document
    return found


@pytest.mark.parametrize("name", DOCUMENTS)
def test_composed_html(name: str, made: dict[str, tuple[Composed, Document]], snapshot: SnapshotAssertion) -> None:
    assert made[name][0].html == snapshot(extension_class=HtmlSnapshot)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_words_on_paper(name: str, made: dict[str, tuple[Composed, Document]], snapshot: SnapshotAssertion) -> None:
    assert page_map(made[name][1].pdf) == snapshot(extension_class=PageMapSnapshot)


@pytest.mark.parametrize(("name", "file"), [("factsheet", "timeline"), ("poster", "timeline-1")])
def test_drawn_timeline(
    name: str, file: str, made: dict[str, tuple[Composed, Document]], snapshot: SnapshotAssertion
) -> None:
    assert made[name][0].art[f"{file}.svg"] == snapshot(extension_class=DrawingSnapshot)
