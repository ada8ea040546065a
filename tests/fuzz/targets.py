"""What reads the files of others, each as a function of bytes.

It returns, or raises a TriptychError: whatever else it does is a fault. `make fuzz` calls it with bytes by chance, and
`tests/test_fuzz.py` with those that were found.
"""

import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import yaml
from babel import Locale

from tests import hostile
from tests.conftest import TEMPLATES, calendar
from tests.fuzz import forms, seeds
from tests.fuzz.forms import Form
from triptych.build import inspection
from triptych.check import messages, rules
from triptych.compose import views, words
from triptych.compose.words import Words
from triptych.content import dates, pictures, typed_dates
from triptych.content.dates import BadDate
from triptych.content.errors import ContentError, UsageError
from triptych.content.pictures import Faulty
from triptych.pdf import carried, reading, tags
from triptych.review import statements, tracing, verify
from triptych.review.statements import Row

LANGUAGES = ("en-GB", "de", "ar", "pl", "fr", "he", "tr")
ORDERS = (None, *typed_dates.Order)
TABLES = ("timeline", "figures", "positions", "sources")
PARTS = [part for part in inspection.PARTS if part is not words.problems]
"""What later rooms say of an article; our words are no input."""
WORK = [
    {"id": "a", "type": "report", "title": "A report", "issued": "2018~"},
    {"id": "b", "type": "article-journal", "title": "An article", "author": [{"family": "Ab", "given": "C."}]},
]


@dataclass(frozen=True, slots=True)
class Target:
    """A reader of files."""

    run: Callable[[bytes], None]
    seeds: Callable[[], Iterable[bytes]]
    """First inputs, which it can read."""
    largest: int = 4096
    """Most bytes of an input."""
    form: Form | None = None


def _fields(data: bytes) -> None:
    if not data:
        return
    name, text = seeds.FILES[data[0] % len(seeds.FILES)], data[1:]
    if name == "article.md":
        text = b"---\n" + text + b"\n---\n" + hostile.PROSE.encode()
    _check({name: text}, None if name == "timeline.yaml" else hostile.EVENTS)


def _prose(data: bytes) -> None:
    _check({"article.md": hostile.HEAD.format("", "").encode() + data})


def _date(data: bytes) -> None:
    if not data:
        return
    language, order = LANGUAGES[data[0] % len(LANGUAGES)], ORDERS[data[0] // 16 % len(ORDERS)]
    text = data[1:].decode("utf-8", "replace")
    with suppress(BadDate):
        when = dates.parsed(text)
        calendar(language).text(when)
        [*dates.civil_parts(dates.placed(when))]
    with suppress(BadDate):
        typed_dates.edtf(text, order, Locale.parse(language, sep="-"))
    dates.parsed.cache_clear()
    typed_dates.edtf.cache_clear()


def _style(data: bytes) -> None:
    told = hostile.HEAD.format("", "It opened [@a; @b].\n")
    _check({"sources.csl": data, "sources.yaml": yaml.safe_dump({"references": WORK}), "article.md": told})


def _table(data: bytes) -> None:
    if data:
        name = TABLES[data[0] % len(TABLES)]
        _check({f"{name}.csv": data[1:]}, None if name == "timeline" else hostile.EVENTS, without=f"{name}.yaml")


def _workbook(name: str, data: bytes) -> None:
    _check({name: data}, None)


def _drawing(data: bytes) -> None:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place:
        path = Path(place) / "map.svg"
        path.write_bytes(data)
        with suppress(Faulty):
            pictures.check(path, data)
            pictures.proportions(path)


@cache
def _rows() -> tuple[Row, ...]:
    """The statements of the article that the first handouts print."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place:
        folder = Path(place) / "content" / "tale"
        hostile.article(folder)
        return tuple(statements.rows(rules.checked(folder)[0], TEMPLATES.file("sources.csl")))


def _handout(data: bytes) -> None:
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place:
        path = Path(place) / "factsheet.pdf"
        path.write_bytes(data)
        for work in (
            lambda: verify._given(path),
            lambda: [*reading.lines(tags.read(data))],
            lambda: [*tracing.traced(_rows(), "factsheet", data)],
        ):
            with suppress(UsageError), carried.readable(path):
                work()


def _check(files: Mapping[str, str | bytes], events: str | None = hostile.EVENTS, without: str = "") -> None:
    """Check a small article with these files, and make its words ready for print. Raises TriptychError."""
    with tempfile.TemporaryDirectory(prefix="fuzz-") as place:
        folder = Path(place) / "content" / "tale"
        hostile.article(folder, events=events, files=files)
        if without:
            (folder / without).unlink(missing_ok=True)
        found, problems = rules.problems(folder)
        messages.text(problems)
        for part in PARTS:
            messages.text([*part(found, TEMPLATES)])
        with suppress(ContentError):
            rules.valid(found, problems)
            style = statements.citation_style(folder, TEMPLATES)
            views.printable(found.article, _words(found.article.front.language), style)
            [*statements.rows(found, style)]


@cache
def _words(language: str) -> Words:
    return words.words(language, TEMPLATES)


TARGETS: Mapping[str, Target] = {
    "fields": Target(_fields, seeds.fields),
    "prose": Target(_prose, seeds.prose),
    "dates": Target(_date, seeds.dates, 100),
    "styles": Target(_style, seeds.styles, 16_000),
    "tables": Target(_table, seeds.tables),
    "xlsx": Target(partial(_workbook, "timeline.xlsx"), seeds.workbooks, 60_000, forms.ARCHIVE),
    "ods": Target(partial(_workbook, "timeline.ods"), seeds.documents, 30_000, forms.ARCHIVE),
    "handouts": Target(_handout, seeds.handouts, 400_000, forms.OBJECTS),
    "drawings": Target(_drawing, seeds.drawings),
}
