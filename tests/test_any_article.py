"""What people write, and what becomes of it: each row is a small article with one thing that used to stop a build."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml
from PIL import Image

from tests.conftest import TEMPLATES, read_aloud, written
from triptych.build import inspection, pipeline
from triptych.build.pipeline import Order
from triptych.content.errors import ContentError

ADDRESS = "https://example.org/air/annual-means/2015/by-station/station=GB0001R&averaging=24h&format=csv"
COMPOUND = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
KANJI = "東京都立中央図書館労働組合連合会"
HASHTAG = "#openingtheharrowbybookdropforeverybody"
STYLES = Path(__file__).parent / "citation_styles"
Fields = Mapping[str, Any]
DEPENDENT = """<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0">
  <info>
    <title>Monash University</title>
    <link href="http://www.zotero.org/styles/style-manual-australian-government" rel="independent-parent"/>
  </info>
</style>
"""
PAGE = {"type": "webpage", "URL": "https://example.org/h", "issued": "2018-10-09", "accessed": "2019-01-02"}


def listed(*texts: str) -> Mapping[str, Sequence[str]]:
    """What the list of sources of the briefing prints."""
    return {"briefing": ("Sources", *texts)}


@dataclass(frozen=True, slots=True)
class Written:
    """A small article of a book drop, with these differences, and what its documents then print."""

    prose: str = ""
    """After its first paragraphs."""
    head: Fields = field(default_factory=dict)
    events: Sequence[Fields] = ()
    """Without any, the one event that the prose says."""
    figures: Sequence[Fields] = ()
    parties: Sequence[Fields] = ()
    source: Fields = field(default_factory=dict)
    """Fields of its one source."""
    style: str = ""
    """A citation style of tests/citation_styles, or the style itself."""
    prints: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """Texts of a document, as it is read aloud, in this order."""
    never: Sequence[str] = ()
    """What no document prints."""

    def put(self, folder: Path) -> Path:
        """Write the article into a new folder, with two pictures, and return it."""
        told = ["The drop opened. [@notice]"]
        head = {"title": "A book drop", "language": "en-GB", "in-brief": told} | dict(self.head)
        prose = "## The start {#start}\n\nThe drop opened on 9 October 2018. [@notice] {#when}\n\n" + self.prose
        notice = {"id": "notice", "title": "The notice at the door"} | dict(self.source)
        texts = {
            "article.md": f"---\n{_yaml(head)}---\n\n{prose}\n".replace("@notice", f"@{notice['id']}"),
            "timeline.yaml": _yaml({"events": self.events or [event("2018-10-09")]}),
            "figures.yaml": _yaml({"figures": self.figures}),
            "positions.yaml": _yaml({"parties": self.parties}),
            "sources.yaml": _yaml({"references": [notice]}),
        }
        written(folder, {name: text.replace("[notice]", f"[{notice['id']}]") for name, text in texts.items()})
        if self.style:
            known = STYLES / f"{self.style}.csl"
            (folder / "sources.csl").write_text(known.read_text() if known.is_file() else self.style, encoding="utf-8")
        Image.new("L", (600, 600), 128).save(folder / "square.png")
        Image.new("L", (300, 1500), 128).save(folder / "tall.png")
        return folder

    def texts(self, folder: Path) -> dict[str, str]:
        """Each document, as it is read aloud, bare."""
        made = pipeline.documents(self.put(folder), Order(), TEMPLATES)
        return {document.name: bare(read_aloud(document.pdf)) for document in made}


def bare(text: str) -> str:
    """A text in small letters without spaces and hyphens, of which a line break may add some."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text).casefold()


def _yaml(held: Fields) -> str:
    return yaml.safe_dump(_plain(held), allow_unicode=True, sort_keys=False, default_flow_style=None, width=10_000)


def _plain(held: Any) -> Any:
    """With lists where there are tuples."""
    if isinstance(held, Mapping):
        return {name: _plain(value) for name, value in held.items()}
    return [_plain(value) for value in held] if isinstance(held, list | tuple) else held


def event(date: str, headline: str = "The drop opens", **more: Any) -> Fields:
    """An event that the prose says."""
    return {"date": date, "headline": headline, "passages": ["when"], "sources": ["notice"]} | more


def dated(date: str, said: str, printed: str, where: Sequence[str] = ("factsheet", "poster")) -> Written:
    """An article with an event of this date, which the prose gives in words."""
    return Written(
        f"It was {said}. {{#then}}",
        events=[event(date, "The drop is planned", passages=["then"])],
        prints={name: [printed] for name in where},
    )


def figure(value: str, label: str) -> Fields:
    """A key figure of the named paragraph."""
    return {"value": value, "label": label, "passages": ["held"], "sources": ["notice"]}


def written_in(prose: str, *printed: str, **more: Any) -> Written:
    """An article with this prose, which its briefing prints as these texts."""
    return Written(prose, prints={"briefing": printed}, **more)


MANY = [event(f"{1900 + n}", f"Year {1900 + n} of the drop", weight=n % 3 + 1, passages=["held"]) for n in range(120)]
YEARS = "The drop was open in " + ", ".join(str(1900 + n) for n in range(120)) + ". {#held}"

PRINTED: dict[str, Written] = {
    "16 events": Written(YEARS, events=MANY[:16], prints={"poster": ["Year 1900 of", "Year 1915 of"]}),
    "40 events": Written(YEARS, events=MANY[:40], prints={"factsheet": ["of 40 events; all are on the poster"]}),
    "120 events": Written(
        YEARS,
        events=MANY,
        prints={
            "factsheet": ["of 120 events; all are on the poster"],
            "briefing": ["of 120 events"],
            "poster": ["2019"],
        },
    ),
    "four events of one year": Written(
        "The council met in 1966, and met again, and again, and once more. {#met}",
        events=[event("1966", text, passages=["met"]) for text in ("It meets", "It sits", "It talks", "It votes")],
        prints={"poster": ["It meets", "It sits", "It talks", "It votes"]},
    ),
    "neither figures nor parties": Written(never=["Key figures", "What the parties say", "None found"]),
    "a date before 1": dated("-0044", "in 45 BC", "45 BC"),
    "a lone qualifier": dated("1984?/1990", "from 1984, perhaps, to 1990", "possibly 1984, to 1990", ["poster"]),
    "significant digits": dated("1950S2", "in the 1900s, about 1950", "about 1950"),
    "a southern season": dated("2001-30", "in the southern summer of 2001", "summer 2001", ["poster"]),
    "a time with its zone": dated("2018-10-06T23:30-04:00", "at 23:30 on 6 October 2018", "UTC−4", ["poster"]),
    "a span of hours": dated("2018-10-06T10:00/2018-10-06T12:30", "10:00 to 12:30 on 6 October 2018", "12:30"),
    "a source of circa": Written(source={"issued": {"date-parts": [[1850]], "circa": True}}, prints=listed("c. 1850")),
    "a source of the year 325": Written(source={"issued": {"date-parts": [[325]]}}, prints=listed("325")),
    "a source of 45 BC": Written(source={"issued": "-0044"}, prints=listed("45 BC")),
    "a key with an accent": Written(source={"id": "nemanić2003", "issued": "2003"}, prints=listed("2003")),
    "a day of access": Written(
        source=PAGE,
        style="harvard-cite-them-right",
        prints=listed("Available at:", "(Accessed: 2 January 2019)"),
    ),
    "a DOI and its address": Written(
        source={"type": "article-journal", "DOI": "10.1000/xyz-123", "URL": "https://doi.org/10.1000/xyz-123"},
        style="apa",
        prints=listed("10.1000/xyz-123"),
        never=["xyz-123 https", "xyz-123. https", "xyz-123 doi.org"],
    ),
    "a given name": Written(
        source={"type": "book", "author": [{"family": "Abel", "given": "Ruth"}], "issued": "2011"},
        style="chicago-author-date",
        prints=listed("Abel, Ruth", "2011"),
    ),
    "a footnote style without date or author": Written(
        source={"type": "document"}, style="chicago-notes-bibliography", prints=listed("The notice at the door")
    ),
    "numbers with a thin space": Written(
        "It held 3\u202f397 books. [@notice] {#held}",
        figures=[figure("3 397", "Books")],
        prints={"factsheet": ["3 397"]},
    ),
    "a number in a paragraph without a name": Written(
        "It held 12,000 books.", head={"in-brief": ["It held 12,000 books. [@notice]"]}, prints={"briefing": ["12,000"]}
    ),
    "a wide figure": Written(
        "It held 9.1 ± 0.2 µg/m³ and 1.08 (1.04–1.12) and US$1.2 trillion. {#held}",
        figures=[
            figure("9.1 ± 0.2 µg/m³", "Dust"),
            figure("1.08 (1.04–1.12)", "Risk"),
            figure("US$1.2 trillion", "Cost"),
        ],
        prints={name: ["µg/m", "(1.04–1.12)", "trillion"] for name in ("briefing", "factsheet")},
    ),
    "a long hashtag in a headline": Written(
        f"On 3 May 2019 {HASHTAG} was a tag. {{#tag}}",
        events=[event("2019-05-03", f"{HASHTAG} is a tag", summary="It was used all day long.", passages=["tag"])],
        prints={name: [HASHTAG] for name in ("briefing", "factsheet", "poster")},
    ),
    "a long party": Written(
        f"The {COMPOUND} and {HASHTAG} say that it is late. {{#late}}",
        parties=[
            {"party": f"{COMPOUND} and {HASHTAG}", "says": "It is late.", "passages": ["late"], "sources": ["notice"]}
        ],
        prints={"briefing": [f"{COMPOUND} and {HASHTAG}"]},
    ),
    "a long address": written_in(f"See <{ADDRESS}> now.", ADDRESS),
    "a long word": written_in(f"The {2 * COMPOUND} is long.", 2 * COMPOUND),
    "long words in a table": written_in(
        f"| {COMPOUND} | {COMPOUND} |\n|---|---|\n| {ADDRESS} | {HASHTAG} |", COMPOUND, COMPOUND, ADDRESS, HASHTAG
    ),
    "a wide title": Written(
        head={"title": 4 * "WWWWWWWWWWWW " + "WWWWWWWW"}, prints={"poster": [4 * "WWWWWWWWWWWW " + "WWWWWWWW"]}
    ),
    "emoji and signs": written_in("He said “Better 😷🎉👩‍👩‍👧 🇬🇧 → ★ ✓ ♀ ≤”.", "Better 😷🎉👩‍👩‍👧 🇬🇧 → ★ ✓ ♀ ≤"),
    "a given name in Chinese": Written(
        source={"type": "book", "author": [{"family": "Wang", "given": "小明"}], "issued": "2011"},
        style="apa",
        prints={"briefing": ["Sources", "Wang, 小明. (2011)"]},
    ),
    "names in other scripts": Written(
        "The 国家图书馆, 도서관, مكتبة القاهرة (2018) and הספרייה.",
        head={"title": "The drop of 東京"},
        events=[event("2018-10-09", "東京都立中央図書館の日曜開館と国立国会図書館の納本制度")],
        parties=[{"party": KANJI, "says": "It is late.", "passages": ["when"], "sources": ["notice"]}],
        prints={
            "briefing": ["東京", "国家图书馆, 도서관", "القاهرة", "הספרייה", "組合連合会"],
            "factsheet": ["東京", "東京都立中央図書館の日曜開館"],
            "poster": ["東京", "納本制度"],
        },
    ),
    "a break by a backslash": written_in("Roses are red\\\nViolets are blue", "red", "Violets", never=["\\"]),
    "a note in its line": written_in("See here.^[A note.]", "See here.", "A note", never=["^["]),
    "a list after a paragraph": written_in("The list:\n- one\n- two", "The list:", "list of 2", "one", "two"),
    "a list by two spaces": written_in("- fruit\n  - apple\n- veg", "list of 2", "fruit", "list of 1", "apple", "veg"),
    "a table after a paragraph": written_in(
        "Before\n| a | b |\n|---|---|\n| 1 | 2 |", "Before", "table of 1", "a: 1; b: 2"
    ),
    "a quoted link": written_in('`code` and "[link](https://example.org)"', "“link"),
    "a first heading in the prose": written_in("# A top heading\n\nText.", "A top heading", "Text.", never=["#"]),
    "a tall picture": written_in('![A map](tall.png "A tall map")', "A tall map"),
    "a coarse picture": written_in('![A square](square.png "A square")', "A square"),
}


@pytest.mark.slow
@pytest.mark.parametrize("written", PRINTED.values(), ids=PRINTED)
def test_what_people_write_is_printed(tmp_path: Path, written: Written) -> None:
    texts = written.texts(tmp_path / "drop")
    assert set(texts) == {"briefing", "factsheet", "poster"}
    for name, wanted in written.prints.items():
        at = 0
        for text in map(bare, wanted):
            assert text in texts[name][at:]
            at = texts[name].index(text, at) + len(text)
    assert [text for text in written.never if any(bare(text) in printed for printed in texts.values())] == []


REFUSED: dict[str, tuple[Written, str, str, str]] = {
    "day 00": (Written(events=[event("2018-10-00")]), "timeline.yaml", "2018-10-00", "bad-date"),
    "a decade with the year 0": (Written(events=[event("000X")]), "timeline.yaml", "000X", "bad-date"),
    "a link by HTML to nothing": (Written('See <a href="#gone">1</a>.'), "article.md", "#gone", "broken-link"),
    "a character that no face has": (Written("He said ᏣᎳ."), "article.md", "ᏣᎳ", "no-face"),
    "a style that refers to another": (Written(style=DEPENDENT), "sources.csl", "independent", "bad-citation-style"),
    "a language without words": (Written(head={"language": "sw"}), "article.md", "sw", "no-words"),
}


@pytest.mark.parametrize(("written", "name", "line", "code"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_printed_is_refused_where_it_stands(
    tmp_path: Path, written: Written, name: str, line: str, code: str
) -> None:
    folder = written.put(tmp_path / "drop")
    with pytest.raises(ContentError) as refused:
        inspection.checked(folder, TEMPLATES)
    lines = (folder / name).read_text(encoding="utf-8").splitlines()
    (problem,) = (problem for problem in refused.value.problems if not problem.warning)
    assert (problem.code, problem.path.name) == (code, name)
    assert line in lines[problem.line - 1]
