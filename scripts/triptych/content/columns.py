"""The columns of each table: their titles in English, in the language of the article and of TimelineJS."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from triptych.content import catalogues, described, home, issued, names
from triptych.content.described import Described
from triptych.content.kinds import TABLES as TABLE_FILES
from triptych.content.model import Event, Figure, Reference, Standing


class Holds(StrEnum):
    """How the cells of a column are read."""

    TEXT = "text"
    """As it stands in the cell, as one paragraph."""
    PLAIN = "plain"
    """A number without groups of digits, or a name."""
    DATE = "date"
    LIST = "list"
    """Names of sources or passages, parted by `;`."""
    PEOPLE = "people"
    """`Family, Given` or a body, parted by `;`."""
    KIND = "kind"
    """What the row is."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    """Its title in English."""
    field: str
    """The field of YAML that it holds."""
    example: str
    about: str | type[Described] = ""
    """What it holds, in one sentence; or the model whose field says so."""
    holds: Holds = Holds.TEXT
    also: tuple[str, ...] = ()
    """Other titles that are understood."""
    choices: tuple[str, ...] = ()
    """What it may hold, if that is a list."""
    needed: bool = False

    @property
    def word(self) -> str:
        """The name of its title in the files of words."""
        return "column_" + re.sub(r"\W", "_", self.name).lower()

    @property
    def meaning(self) -> str:
        """What it holds, in one sentence."""
        if isinstance(self.about, str):
            return self.about
        text = described.texts(self.about).get(self.field, "")
        return re.split(r"(?<=[.;])\s", text)[0].rstrip(".;") + "." if text else ""


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of one file of an article."""

    stem: str
    """Name of the file, without its ending."""
    sheet: str
    """Name of its sheet, if the first is another one."""
    usual: str
    """The type of a row that names none, or else the field of YAML that has one entry for each row."""
    row: str
    """What a row is."""
    columns: tuple[Column, ...]


_STANDINGS = tuple(map(str, Standing))
_TRACED = (
    Column(
        *("sources", "sources", "log; survey", "Which sources say so: their ids, parted by ;.", Holds.LIST),
        also=("source", "reference", "references", "where from"),
    ),
    Column(
        "passages",
        "passages",
        "planting",
        "Which paragraphs of article.md say so, parted by ;.",
        Holds.LIST,
        ("passage",),
    ),
    Column("standing", "standing", "reported", "How sure it is.", Holds.PLAIN, choices=_STANDINGS),
)
_PICTURE = (
    Column("image", "image", "oak.svg", "A picture, by the name of its file in the folder.", also=("picture",)),
    Column("alt", "alt", "An oak in leaf, and a child beside it", Event, also=("alt text",)),
    Column("caption", "caption", "The oak in 1922", Event),
    Column("credit", "credit", "School archive", Event),
    Column("licence", "licence", "CC BY 4.0", Event, also=("license",)),
)
_WHEN = "A date of the spreadsheet, EDTF, or as people write it: March 1994, c. 1890, spring 1921, 1914–1918."
_ID = Column("id", "id", "planting", "A short name of your own; it may be empty.", Holds.PLAIN, ("key",))

TIMELINE = Table(
    *("timeline", "Events", "event", "an event, or an era"),
    (
        Column("date", "date", "9 November 1902", _WHEN, Holds.DATE, ("start date", "start", "when"), needed=True),
        Column("end", "end", "1903", "The last day, month or year of what lasted.", Holds.DATE, ("end date", "until")),
        Column(
            "headline",
            "headline",
            "The school plants an oak",
            Event,
            also=("title", "event", "what happened", "what"),
            needed=True,
        ),
        Column(
            *("summary", "summary", "It was 2 metres high.", Event),
            also=("text", "description", "details"),
        ),
        Column("weight", "weight", "3", Event, Holds.PLAIN, choices=("1", "2", "3")),
        Column("lane", "lane", "City", Event, also=("group",)),
        *_TRACED,
        Column(
            *("type", "type", "era", "Empty for an event; `era` for a phase, whose name stands in `headline`."),
            *(Holds.KIND, ("kind",), ("event", "era", "title")),
        ),
        *_PICTURE,
        _ID,
    ),
)
FIGURES = Table(
    *("figures", "Figures", "figures", "a key figure"),
    (
        Column(
            *("value", "value", "22.9%", "As it stands in the cell, with its unit."),
            also=("figure", "number"),
            needed=True,
        ),
        Column("label", "label", "Height of the oak", Figure, also=("what",), needed=True),
        Column("basis", "basis", "Measured from the ground", Figure),
        Column("of", "of", "trees of the village", "What 100 per cent is: with it, the share is drawn as a track."),
        Column("drawn", "drawn", "22.9 (12.9–32.9)", Figure),
        Column("date", "date", "June 2024", "When it was measured.", Holds.DATE, ("when", "year")),
        Column("attribution", "attribution", "Tree survey", Figure),
        *_TRACED,
        _ID,
    ),
)
POSITIONS = Table(
    *("positions", "Positions", "party", "what a party says, or what is agreed, disputed or not known"),
    (
        Column(
            *("type", "type", "party", "What the row is; with `order`, the text is alphabetical or first involvement."),
            *(Holds.KIND, ("kind",), ("party", "agreed", "disputed", "not known", "order")),
        ),
        Column("party", "party", "Library staff union", "Who says it; empty for what is agreed or not."),
        Column(
            "text",
            "text",
            "Says that Sunday work should be voluntary.",
            "In reported speech.",
            also=("says",),
            needed=True,
        ),
        *_TRACED,
    ),
)
_TYPES = ("article-journal", "article-newspaper", "book", "chapter", "document", "report", "thesis", "webpage")
SOURCES = Table(
    *("sources", "Sources", "references", "a source"),
    (
        Column(
            *("id", "id", "log", "The short name by which you cite it: [@log].", Holds.PLAIN, ("key", "name")),
            needed=True,
        ),
        Column("type", "type", "report", "CSL's kind of source.", Holds.PLAIN, choices=_TYPES),
        Column("title", "title", "Log book of the village school", "Its title.", also=("full reference",), needed=True),
        Column("short title", "title-short", "Log book", Reference, also=("title-short",)),
        Column(
            *("author", "author", "Abel, Ruth; Town Council", "`Family, Given` or a body, parted by ;."),
            *(Holds.PEOPLE, ("authors",)),
        ),
        Column("issued", "issued", "1902", "When it came out.", Holds.DATE, ("date", "year", "publication date")),
        Column("URL", "URL", "https://example.org/log", "Its web address.", also=("address", "link")),
        Column(
            "published in",
            "container-title",
            "Trees",
            "The journal, paper or book.",
            also=("container-title", "journal"),
        ),
        Column("publisher", "publisher", "Harrowby City Council", "Who published it."),
        Column("accessed", "accessed", "12 March 2024", "The day on which you read it on the web.", Holds.DATE),
        Column("DOI", "DOI", "10.1000/182", "Its DOI.", Holds.PLAIN),
        Column("note", "note", "Kept in the town archive", "Printed after the source."),
    ),
)
TABLES: Mapping[str, Table] = {table.stem: table for table in (TIMELINE, FIGURES, POSITIONS, SOURCES)}
"""The table of each content file, by the file's name without its ending."""

_CSL_TEXTS = (
    *(
        "abstract",
        "annote",
        "archive",
        "archive-place",
        "authority",
        "call-number",
        "chapter-number",
        "collection-number",
    ),
    *("collection-title", "container-title-short", "dimensions", "division", "edition", "event-place", "event-title"),
    *(
        "genre",
        "ISBN",
        "ISSN",
        "issue",
        "jurisdiction",
        "keyword",
        "language",
        "license",
        "locator",
        "medium",
        "number",
    ),
    *(
        "number-of-pages",
        "number-of-volumes",
        "original-publisher",
        "original-title",
        "page",
        "page-first",
        "part-number",
    ),
    *(
        "PMCID",
        "PMID",
        "publisher-place",
        "references",
        "reviewed-genre",
        "reviewed-title",
        "scale",
        "section",
        "source",
    ),
    *("status", "supplement-number", "version", "volume", "volume-title"),
)
_CSL_PEOPLE = tuple(name for name in names.NAMES if name != "author")
_CSL_DATES = tuple(name for name in issued.DATES if name != "accessed")
LISTS: Mapping[str, str] = {
    **{"event": "events", "era": "eras"},
    **{"party": "parties", "agreed": "agreed", "disputed": "disputed", "not known": "not-known"},
}
"""What the type of a row may be, and the field of YAML in whose list it then stands."""
TIMELINEJS = (
    *(
        "Year",
        "Month",
        "Day",
        "Time",
        "End Year",
        "End Month",
        "End Day",
        "End Time",
        "Display Date",
        "Headline",
        "Text",
    ),
    *("Media", "Media Credit", "Media Caption", "Media Thumbnail", "Alt Text", "Type", "Group", "Background"),
)
"""The columns of a sheet of TimelineJS."""
LEFT_OUT = ("media", "media credit", "media caption", "media thumbnail", "alt text", "background")
"""Those of them that have no place on paper."""


def named(title: str) -> str:
    """A title of a column in one form: small letters without accents, one space between words."""
    parts = unicodedata.normalize("NFKD", title.strip().rstrip(":*").casefold().replace("’", "'"))
    letters = "".join(one for one in parts if not unicodedata.combining(one))
    return " ".join(re.split(r"[\s_-]+", letters)).strip()


def titles(table: Table, language: str) -> Mapping[str, Column]:
    """The columns of a table by each title that is understood, as `named` gives it."""
    words = _words(language.split("-")[0].lower())
    found: dict[str, Column] = {}
    for column in (*_more(table), *reversed(table.columns)):
        for title in (*column.also, column.field, str(words.get(column.word) or ""), column.name):
            if title:
                found[named(title)] = column
    return found


def _more(table: Table) -> Sequence[Column]:
    """The columns of TimelineJS, and the fields of CSL that have no column of their own."""
    if table is TIMELINE:
        known = {"headline", "text", "type"}
        return [Column(name, named(name), "", holds=Holds.PLAIN) for name in TIMELINEJS if named(name) not in known]
    if table is not SOURCES:
        return ()
    kinds = ((_CSL_TEXTS, Holds.TEXT), (_CSL_PEOPLE, Holds.PEOPLE), (_CSL_DATES, Holds.DATE))
    return [Column(name, name, "", holds=holds) for names, holds in kinds for name in names]


def title(column: Column, language: str) -> str:
    """The title of a column in a language; in English where the language has no word for it."""
    return str(_words(language.split("-")[0].lower()).get(column.word) or column.name)


def listing(table: Table, language: str) -> Iterator[str]:
    """The columns of a table in lines, each with an example."""
    files = ", ".join(f"{table.stem}{ending}" for ending in TABLE_FILES)
    yield f"{files}: each row is {table.row}."
    yield f"In a workbook, the sheet {table.sheet} is read, or else the first. Columns may stand in any order."
    for column in table.columns:
        yield ""
        yield f"{title(column, language)}: {column.example}"
        yield f"    {'Needed. ' * column.needed}{column.meaning}"
        if column.choices:
            yield f"    One of: {', '.join(column.choices)}."
    if table is TIMELINE:
        yield from ("", f"Or the columns of a sheet of TimelineJS: {', '.join(TIMELINEJS)}.")
    if table is SOURCES:
        yield from ("", f"Or a field of CSL under its own name: {', '.join((*_CSL_TEXTS, *_CSL_PEOPLE, *_CSL_DATES))}.")
    yield from ("", "A column whose title starts with # is yours, and is not read.")


@cache
def _words(language: str) -> Mapping[str, str]:
    """The titles that a language has for columns, as they stand in the templates; empty where there are none."""
    paths = (folder / "words" / f"{language}.po" for folder in home.templates())
    found = next((path for path in paths if path.is_file()), None)
    entries = catalogues.read(found)[0].entries if found else {}
    return {name: entry.forms[0] for name, entry in entries.items() if entry.forms}
