"""What people write, and what becomes of it: each row is a small article with one thing that used to stop a build."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from tests.conftest import TEMPLATES
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.check import rules
from triptych.content.errors import ContentError
from triptych.pdf import reading, tags

ADDRESS = "https://example.org/air/annual-means/2015/by-station/station=GB0001R&averaging=24h&format=csv"
COMPOUND = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
HASHTAG = "#openingtheharrowbybookdropforeverybody"
Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """A small article of a book drop, with these differences, and what its documents then print."""

    prose: str = ""
    """After its first paragraphs."""
    head: Fields = field(default_factory=dict)
    events: Sequence[Fields] = ({"date": "2018-10-09", "headline": "The drop opens", "passages": ["when"]},)
    figures: Sequence[Fields] = ()
    parties: Sequence[Fields] = ()
    prints: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Texts of a document, as it is read aloud, in this order."""
    never: Sequence[str] = ()
    """What no document prints."""

    def put(self, folder: Path) -> Path:
        """Write the article into a new folder, with two pictures, and return it."""
        folder.mkdir()
        head = {"title": "A book drop", "language": "en-GB", "in-brief": ["The drop opened. [@notice]"]} | dict(
            self.head
        )
        prose = "## The start {#start}\n\nThe drop opened on 9 October 2018. [@notice] {#when}\n\n" + self.prose
        texts = {
            "article.md": f"---\n{_yaml(head)}---\n\n{prose}\n",
            "timeline.yaml": _yaml({"events": self.events}),
            "figures.yaml": _yaml({"figures": self.figures}),
            "positions.yaml": _yaml({"parties": self.parties}),
            "sources.yaml": _yaml({"references": [{"id": "notice", "title": "The notice at the door"}]}),
        }
        for name, text in texts.items():
            (folder / name).write_text(text, encoding="utf-8")
        Image.new("L", (600, 600), 128).save(folder / "square.png")
        Image.new("L", (300, 1500), 128).save(folder / "tall.png")
        return folder

    def texts(self, folder: Path) -> dict[str, str]:
        """Each document, as it is read aloud."""
        made = pipeline.documents(self.put(folder), Order(), TEMPLATES)
        return {document.name: "\n".join(reading.lines(tags.read(document.pdf))) for document in made}


def _yaml(held: Fields) -> str:
    return yaml.safe_dump(_plain(held), allow_unicode=True, sort_keys=False)


def _plain(held: Any) -> Any:
    """With lists where there are tuples."""
    if isinstance(held, Mapping):
        return {name: _plain(value) for name, value in held.items()}
    return [_plain(value) for value in held] if isinstance(held, list | tuple) else held


def event(date: str, headline: str = "The drop opens", **more: Any) -> Fields:
    """An event that the prose says."""
    return {"date": date, "headline": headline, "passages": ["when"]} | more


PRINTED = {
    "four events of one year": Written(
        "The council met four times in 1966. {#met}",
        events=[event("1966", f"Council meets for the {n}th time", passages=["met"]) for n in (4, 5, 6, 7)],
        prints={"poster": [f"the {n}th time" for n in (4, 5, 6, 7)]},
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("written", PRINTED.values(), ids=PRINTED)
def test_what_people_write_is_printed(tmp_path: Path, written: Written) -> None:
    texts = written.texts(tmp_path / "drop")
    assert set(texts) == {"briefing", "factsheet", "poster"}
    for name, wanted in written.prints.items():
        at = [texts[name].find(text) for text in wanted]
        assert sorted(at) == at, dict(zip(wanted, at, strict=True))
        assert -1 not in at, dict(zip(wanted, at, strict=True))
    assert [text for text in written.never if any(text in printed for printed in texts.values())] == []


REFUSED: dict[str, tuple[Written, str, str, str]] = {
    "day 00": (Written(events=[event("2018-10-00")]), "timeline.yaml", "2018-10-00", "bad-date"),
}


@pytest.mark.parametrize(("written", "name", "line", "code"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_printed_is_refused_where_it_stands(
    tmp_path: Path, written: Written, name: str, line: str, code: str
) -> None:
    folder = written.put(tmp_path / "drop")
    with pytest.raises(ContentError) as refused:
        rules.checked(folder)
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    (problem,) = (problem for problem in refused.value.problems if not problem.warning)
    assert (problem.code, problem.path.name) == (code, name)
    assert line in lines[problem.line - 1]
