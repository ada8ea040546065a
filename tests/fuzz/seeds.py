"""The first inputs of each reader, from our articles and the lists of other programs: changes by chance begin there."""

import io
import json
import re
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import pikepdf
import yaml

from tests import hostile, sheets
from tests.conftest import PROJECT, TEMPLATES
from tests.fuzz import forms
from triptych.build import pipeline
from triptych.build.pipeline import Order

TESTS = PROJECT / "tests"
ARTICLES = (PROJECT / "content" / "himtoo", *(TESTS / "articles" / name for name in ("harrowby", "sundays")))
FILES = (
    *("timeline.yaml", "sources.yaml", "figures.yaml", "positions.yaml", "charts.yaml"),
    *("house.yaml", "theme.yaml", "style.yaml", "signatures.yaml", "article.md"),
)
"""Of the first byte of a file of YAML, what it says."""
HOUSE = "publisher: Plain Record\nlicence: {name: CC BY 4.0}\nlanguage: fr\ndates: day-first\nsheet: a1\n"
SIGNATURES = "signatures:\n  - {statement: abc, fingerprint: 0123456789abcdef, by: Ann, on: 2025-03-14}\n"


def _cut(text: str, most: int = 2500) -> bytes:
    """The first whole lines of a text."""
    return (text[:most].rpartition("\n")[0] if len(text) > most else text).encode()


def fields() -> Iterator[bytes]:
    """Files of YAML."""
    small = {"timeline.yaml": hostile.EVENTS, "sources.yaml": hostile.SOURCES, "house.yaml": HOUSE}
    small |= {"theme.yaml": 'base: blue\naccent: "#1D4E89"\nfaces: gazette\n', "signatures.yaml": SIGNATURES}
    yield from (bytes([FILES.index(name)]) + text.encode() for name, text in small.items())
    for folder in ARTICLES:
        for number, name in enumerate(FILES):
            if (path := folder / name).is_file():
                text = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")[0]
                yield bytes([number]) + _cut(text)


def prose() -> Iterator[bytes]:
    """Markdown."""
    yield hostile.PROSE.encode()
    for folder in ARTICLES:
        text = (folder / "article.md").read_text(encoding="utf-8").split("\n---\n", 1)[1]
        yield from (_cut(text[start : start + 2000]) for start in range(0, len(text), 2000))
    cases = json.loads((TESTS / "commonmark" / "examples.json").read_text(encoding="utf-8"))
    yield from (case["markdown"].encode() for case in cases[::3])


def dates() -> Iterator[bytes]:
    """Dates, after a byte for how they are written."""
    lists = yaml.safe_load((TESTS / "edtf" / "lists.yaml").read_text(encoding="utf-8"))
    listed = {text for found in lists.values() for text in (*found["valid"], *found["invalid"])}
    typed = {"3 May 2019", "c. 1850", "Spring 1999", "3/5/2019", "1914-18", "1960 to 1970", "3. Mai 2019", "45 BC"}
    yield from (b"\0" + text.encode() for text in sorted(listed | typed))


def styles() -> Iterator[bytes]:
    """Citation styles."""
    found = sorted((TESTS / "citation_styles").glob("*.csl"), key=lambda path: path.stat().st_size)[:4]
    texts = (path.read_bytes() for path in (TEMPLATES.file("sources.csl"), *found))
    yield from (re.sub(rb">\s+<", b"><", text) for text in texts)


_EVENTS = [("Date", "Headline", "Summary", "Sources", "Weight"), ("2018", "It opens", "It opened in 2018.", "a", "2")]


def tables() -> Iterator[bytes]:
    """Tables as text, after a byte for what they list."""
    parties = [("Type", "Party", "Says"), ("party", "The council", "It is late."), ("agreed", "", "It opened.")]
    yield from (
        b"\0" + sheets.as_csv([*_EVENTS, ("3 May 2019", "It closes", "", "a", "")]),
        b"\0" + sheets.as_csv(_EVENTS, ";", "utf-16"),
        b"\1" + sheets.as_csv([("Value", "Label", "Of", "Date"), ("12%", "of pupils", "300", "2018")]),
        b"\2" + sheets.as_csv(parties),
        b"\3" + sheets.as_csv([("Id", "Type", "Title", "Author"), ("a", "report", "A report", "Ab, C.; The library")]),
    )


def workbooks() -> Iterator[bytes]:
    """Workbooks of Excel."""
    row: Sequence[sheets.Value] = (date(2019, 5, 3), "It closes", "", "a", 2)
    yield forms.stored(sheets.as_xlsx({"Events": [*_EVENTS, row]}, {"A3": "mmmm yyyy"}, merged={"B4:C5": "Twice"}))
    yield forms.stored(sheets.as_xlsx({"Events": _EVENTS, "Notes": [("x",)]}, date_1904=True, hidden=["Notes"]))


def documents() -> Iterator[bytes]:
    """Workbooks of LibreOffice."""
    spanned = ('office:value-type="string" table:number-rows-spanned="2"', "It closes")
    row: Sequence[sheets.Value] = (date(2019, 5, 3), spanned, ("", ""), "a", 2)
    yield sheets.as_ods({"Events": [*_EVENTS, row]})


def handouts() -> Iterator[bytes]:
    """PDFs that Triptych made, without compression."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place:
        folder = Path(place) / "content" / "tale"
        hostile.article(folder)
        for made in pipeline.documents(folder, Order(("factsheet", "briefing")), TEMPLATES):
            with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
                target = io.BytesIO()
                pdf.save(target, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
                yield target.getvalue()


def drawings() -> Iterator[bytes]:
    """Drawings."""
    yield (
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40mm"><defs><linearGradient id="g">'
        b'<stop offset="0" stop-color="red"/></linearGradient><clipPath id="c"><path d="M0 0L9 9z"/></clipPath></defs>'
        b'<g transform="scale(2)" clip-path="url(#c)"><rect id="r" width="9" height="9" fill="url(#g)"/></g>'
        b'<use href="#r" x="5"/><text x="1" y="9" font-size="4">Map</text><circle r="3" style="stroke:#123"/></svg>'
    )
