"""The content files as pydantic models, frozen. They also give the JSON Schemas."""

import datetime
import math
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Annotated, Any, Literal, Self

from babel import Locale, UnknownLocaleError
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    HttpUrl,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from triptych.content import colours, dates, drawn, issued, names, typed_dates
from triptych.content.described import Described
from triptych.content.drawn import Drawn
from triptych.content.issued import Issued
from triptych.content.kinds import BANNER, KINDS, SHEETS, THEMES, USUAL_BANNER, Edition, Paper, Prints
from triptych.content.pictures import BLACK
from triptych.content.units import MM_PER_INCH


class BadValue(ValueError):
    """A value is wrong. The message and `hint` are for the author; `code` is the kind of problem."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


def _web_address(value: object) -> str:
    try:
        HttpUrl(str(value))
    except ValidationError:
        message = f"`{value}` is not a web address: it must start with http:// or https://"
        raise BadValue("bad-address", message, f"Did you mean `https://{value}`?") from None
    return str(value)


def _language(tag: str) -> str:
    try:
        Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        message = f"`{tag}` is not a known language: write a tag such as en-GB or fr"
        raise BadValue("bad-language", message) from None
    return tag


Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
"""A name of lower-case letters, digits and hyphens."""
Key = Annotated[str, StringConstraints(pattern=r"^[^\s!-/:-@\[-^`{-~][^\s!\"'()*,;=@\[-^`{|}]*$")]
"""A citation key, as Pandoc allows."""
Logo = Annotated[str, StringConstraints(pattern=r"^[^/\\\s][^/\\]*\.[sS][vV][gG]$")]
"""The name of a drawing in SVG, without a folder."""
Line = Annotated[str, StringConstraints(min_length=1, max_length=100_000)]
"""A text of one paragraph; emphasis, links and citations in Markdown."""
Web = Annotated[str, BeforeValidator(_web_address), WithJsonSchema({"type": "string", "format": "uri"})]
Edtf = Annotated[
    dates.When,
    BeforeValidator(lambda value: value if isinstance(value, dates.When) else dates.parsed(str(value))),
    WithJsonSchema({"type": "string", "description": "An EDTF date, such as 2016, 2018-10-06? or [..2015]."}),
]
Placed = Annotated[Edtf, AfterValidator(dates.placed)]
"""A date that has a place on a timeline."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """Marks a text that states something: `check`, `claims` and `trace` find its passages and sources."""

    part: Prints
    """The part of the documents that prints it."""


@dataclass(frozen=True, slots=True)
class Free:
    """Marks a printed text that needs no trace."""

    why: str
    part: Prints | None = None
    """The part of the documents that prints it; None if each document that prints its record does."""


@dataclass(frozen=True, slots=True)
class Unprinted:
    """Marks a field that no document prints, and on which no printed page depends."""

    why: str


class Model(Described):
    """Base of the models. Unknown fields are errors; `in_brief` in Python is `in-brief` in YAML."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=lambda name: name.replace("_", "-"),
        str_strip_whitespace=True,
    )


@cache
def claimed(model: type[BaseModel]) -> Mapping[str, Prints]:
    """The fields marked Claimed, by their names in YAML, in printing order, each with the part that prints it."""
    return {
        field.alias or name: mark.part
        for name, field in model.model_fields.items()
        for mark in field.metadata
        if isinstance(mark, Claimed)
    }


_TERMS = Free("It gives the terms of a text, with a link to them.", Prints.COLOPHON)
_HELP = Free("It gives where to find help; a printed note gives when that was checked.")
_PLACE = Free("It says where the one who hands it out is reached; that one gives it.", Prints.PLACE)
_ALIKE = "It keeps the copies of all places alike."
_PROCESS = Free("It describes how the article was made; the publisher is the source.", Prints.COLOPHON)
_METHOD = Free(_PROCESS.why, Prints.METHOD)
_RECORD = Free("It is the record of a source, which is evidence for claims.")


_PICTURE = Free("It says what a picture shows and whose it is; the picture is there to compare.", Prints.PICTURES)


class Pictured(Model):
    """What may have a picture."""

    image: Annotated[Line | None, _PICTURE] = None
    """A file in the article's folder: PNG, JPEG, SVG, or the first page of a PDF."""
    alt: Annotated[Line | None, _PICTURE] = None
    """What the picture shows, for those who cannot see it; each picture needs it."""
    caption: Annotated[Line | None, _PICTURE] = None
    """Printed below the picture."""
    credit: Annotated[Line | None, _PICTURE] = None
    """Who made it, or who keeps it; printed below it and at the end."""
    licence: Annotated[Line | None, _PICTURE] = None
    """Its licence; printed at the end."""

    @model_validator(mode="after")
    def _is_described(self) -> Self:
        """Check that a picture has a description, and that there is one for it. Raises BadValue."""
        if self.image and not self.alt:
            message = f"the picture `{self.image}` has no description for readers who cannot see it"
            raise BadValue("no-alternative", message, "Say in `alt` what it shows.")
        if not self.image and (given := [name for name in _OF_PICTURES if getattr(self, name)]):
            raise BadValue("missing-field", f"`{given[0]}` is given, but no `image`", "Name the file in `image`.")
        return self


_OF_PICTURES = ("alt", "caption", "credit", "licence")


class Lead(Pictured):
    """The picture of an article."""

    image: Line
    """A file in the article's folder: PNG, JPEG, SVG, or the first page of a PDF."""


class Licence(Model):
    """What others may do with the article."""

    name: Annotated[Line, _TERMS]
    """Short name, as printed: CC BY-SA 4.0."""
    url: Web | None = None


class SourceArticle(Model):
    """The text that the article was written from."""

    title: Annotated[Line, _TERMS]
    publisher: Annotated[Line | None, _TERMS] = None
    url: Web | None = None
    licence: Annotated[Line | None, _TERMS] = None
    revision: Annotated[Line | None, _TERMS] = None
    """The version of the text, as its publisher numbers it."""
    date: datetime.date | None = None
    """The day of that version."""


class Resource(Model):
    """One place where a reader finds help."""

    name: Annotated[Line, _HELP]
    contact: Annotated[Line | None, _HELP] = None
    """Telephone number, or how to reach it."""
    url: Annotated[Web | None, _HELP] = None
    description: Annotated[Line | None, _HELP] = None
    sources: tuple[Key, ...] = ()


class Place(Model):
    """The branch, school or museum that hands an article out: how readers reach it."""

    name: Annotated[Line, _PLACE]
    address: Annotated[Line | None, _PLACE] = None
    """Street and town."""
    telephone: Annotated[Line | None, _PLACE] = None
    """Its number, as it prints."""
    url: Annotated[Web | None, Free(_PLACE.why, Prints.COLOPHON)] = None
    """Its web address, to which the QR code leads in place of that of the article."""
    room: Annotated[float | None, Unprinted(_ALIKE)] = None
    """`triptych places` writes it: the width in em of the longest of all places, for which each copy has room."""
    address_room: Annotated[float | None, Unprinted(_ALIKE)] = None
    """The same, of the longest web address."""


class Support(Model):
    """Where readers find help, and a note about it."""

    note: Annotated[Line | None, _HELP] = None
    """When the details were checked, and a reminder to check them again on the day of printing."""
    resources: tuple[Resource, ...] = Field(min_length=1)


def _large_print(size: int) -> int:
    if size not in LARGE_PRINT:
        raise BadValue("wrong-value", f"`{size}` is no size of large print: write {' or '.join(map(str, LARGE_PRINT))}")
    return size


LARGE_PRINT = (16, 18)
"""The smallest type of large print, in pt: what the UKAAF asks for small texts, and what the APH asks throughout."""
LargePrint = Annotated[
    int, AfterValidator(_large_print), WithJsonSchema({"type": "integer", "enum": list(LARGE_PRINT)})
]


def sheet_name(name: str) -> str:
    """Check the name or the size of a sheet, such as a2, a2-landscape or 500x700mm. Raises ValueError."""
    if name.lower() == BANNER or name.lower().endswith(f"-{BANNER}"):
        return _banner_name(name.lower())
    upright = name.lower().removesuffix("-landscape")
    size = re.fullmatch(r"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(mm|in)", upright)
    if upright not in SHEETS and not size:
        known = ", ".join(SHEETS)
        raise BadValue(
            "bad-sheet",
            f"`{name}` is not a sheet: write {known}, or a size such as 500x700mm; or add -landscape; or {BANNER}",
        )
    if size and not all(
        LEAST_SIDE <= float(side) * (MM_PER_INCH if size[3] == "in" else 1) <= GREATEST_SIDE
        for side in size.group(1, 2)
    ):
        raise BadValue(
            "bad-sheet", f"`{name}` is not a sheet: its sides must be {LEAST_SIDE} to {GREATEST_SIDE} mm long"
        )
    return name.lower()


def _banner_name(name: str) -> str:
    """Check the size of a banner, such as 1200x420mm-banner; without a size it has the usual one. Raises BadValue."""
    size = re.fullmatch(rf"(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(mm|in)-{BANNER}", name)
    if not size and name != BANNER:
        raise BadValue("bad-sheet", f"`{name}` is no banner: write {BANNER}, or its size first, as in {USUAL_BANNER}")
    factor = MM_PER_INCH if size and size[3] == "in" else 1.0
    width, height = (float(side) * factor for side in size.group(1, 2)) if size else (0.0, 0.0)
    if size and not (LEAST_BANNER <= width <= GREATEST_SIDE and LEAST_SIDE <= height <= width / 2):
        limits = f"{LEAST_BANNER} to {GREATEST_SIDE} mm wide, and at least {LEAST_SIDE} mm and at most half as high"
        raise BadValue("bad-sheet", f"`{name}` is no banner: it must be {limits}")
    return name


LEAST_BANNER = 600


def document_name(name: str) -> str:
    """Check the name of a document. Raises ValueError."""
    if name not in KINDS:
        raise BadValue("wrong-value", f"`{name}` is not a document: write {' or '.join(KINDS)}")
    return name


DocumentName = Annotated[str, AfterValidator(document_name), WithJsonSchema({"type": "string", "enum": list(KINDS)})]
LEAST_SIDE, GREATEST_SIDE = 200, 3000
SheetName = Annotated[str, AfterValidator(sheet_name)]


class Status(StrEnum):
    """How far an article is. It prints the same pages either way; a draft says on each that it is one."""

    DRAFT = "draft"
    """What does not prevent printing is a warning."""
    FINAL = "final"
    """Every problem is an error."""


class Acceptance(Model):
    """One problem that somebody has looked at and accepts: `claims` prints it, and `check` no longer tells it."""

    code: Line
    """The kind of the problem, as `check` names it."""
    at: Line
    """Where it is, as its message says: `event vote`."""
    about: Line
    """The number, name or words in question, as its message says them."""
    by: Line
    """Who accepts it."""
    reason: Line
    """Why."""


class FrontMatter(Model):
    """The head of `article.md`. Only the title is needed."""

    title: Annotated[Line, Free("It names the subject; claims can use the names in it.")]
    """At most 60 characters."""
    deck: Annotated[Line | None, Claimed(Prints.DECK)] = None
    """What the article covers, best in at most 35 words."""
    factsheet_deck: Annotated[Line | None, Claimed(Prints.SHORT_DECK)] = None
    """Two neutral sentences for the fact sheet; without it, the deck."""
    language: Annotated[str, AfterValidator(_language)] = "en"
    """BCP 47 tag, such as en-GB; without it, en."""
    dates: Annotated[typed_dates.Order | None, Unprinted("It says how tables are read.")] = None
    """What stands first in dates such as 12/03/1994 in tables: day-first or month-first."""
    status: Status | None = None
    """draft prints “Draft” on each page, and lets pass what does not prevent printing; final lets no warning pass."""
    publisher: Annotated[Line | None, _PROCESS] = None
    number: Annotated[Line | None, _PROCESS] = None
    """Number in the publisher's series."""
    date: datetime.date | None = None
    """The day that is printed, and that the PDFs are dated by."""
    evidence_to: datetime.date | None = None
    """The last day whose evidence is considered."""
    version: Annotated[Line | None, _PROCESS] = None
    licence: Annotated[Licence | None, _TERMS] = None
    source_article: Annotated[SourceArticle | None, _TERMS] = None
    in_brief: Annotated[tuple[Line, ...], Claimed(Prints.IN_BRIEF)] = Field(default=(), max_length=6)
    """Four or five sentences, each cited."""
    method: Annotated[Line | None, _METHOD] = None
    """How the statements were checked."""
    corrections: Annotated[Line | None, _METHOD] = None
    """How to report an error and where corrections are listed."""
    contact: Annotated[Line | None, _PROCESS] = None
    """How to reach the publisher: in the masthead, where there is a logo or `web`, and after `corrections`."""
    web: Annotated[Web | None, _PROCESS] = None
    """Web address of the publisher, printed in the masthead."""
    logo: Logo | None = None
    """A drawing in SVG, printed in the masthead, at most 8 mm high."""
    logo_one_ink: Annotated[Logo | None, Unprinted("It is in editions alone.")] = None
    """The same for one ink; without it, all colours of `logo` but white become that ink."""
    support: Support | None = None
    place: Place | None = None
    """Who hands it out, on the fact sheet and the poster. A table `places.csv` gives one for each copy."""
    lead: Lead | None = None
    """The picture of the article: on page 1 of the briefing, and on the fact sheet if there is room."""
    address: Annotated[Web | None, _PROCESS] = None
    """Short web address of the article, printed with a QR code on the documents."""
    signatures: Annotated[
        Annotated[int, Field(ge=1, le=9)] | None, Unprinted("It says how many people accept each statement.")
    ] = None
    """How many people must have accepted each statement, by `triptych claims --sign`; without it, none."""
    redirects: Annotated[bool, Unprinted("It says what `triptych redirects` lists.")] = False
    """Whether the short address, a slash and the number of a source lead to it; `triptych redirects` lists them."""
    questions: Annotated[tuple[Line, ...], Free("A question states nothing.", Prints.QUESTIONS)] = Field(
        default=(), max_length=3
    )
    """Up to three questions to discuss, for the back of the fact sheet."""
    accept: Annotated[tuple[Acceptance, ...], Unprinted("It says which problems somebody accepts.")] = ()
    """Problems that somebody has looked at and accepts, each with a name and a reason."""
    editions: Annotated[tuple[Edition, ...], Unprinted("It says which editions are made.")] = ()
    """What `make editions` makes besides the three documents; all if none is named."""
    roll: Annotated[Annotated[float, Field(gt=0)] | None, Unprinted("It says what a press can print.")] = None
    """Width in mm of the roll that the print shop prints posters on: `make press` warns of one that is wider."""
    large_print: Annotated[LargePrint, Unprinted("It is in editions alone.")] = 16
    """The smallest type of large print in pt: sources, folios and other small text; running text has 18."""
    paper: Paper = Paper.A4
    sheet: SheetName = "a2"
    """a2, a1-landscape, 500x700mm, banner and so on."""


class Standing(StrEnum):
    """How sure a claim is."""

    SUPPORTED = "supported"
    REPORTED = "reported"
    """Somebody says so, and the text says who."""
    DISPUTED = "disputed"
    """Both sides are printed."""
    UNCONFIRMED = "unconfirmed"


class Traced(Model):
    """A printed entry with its sources and its passages of the article."""

    sources: tuple[Key, ...] = ()
    passages: tuple[Id, ...] = ()
    standing: Standing = Standing.SUPPORTED

    @property
    def texts(self) -> dict[str, str]:
        """Its claimed texts in Markdown, by field, in printing order."""
        found = ((field, getattr(self, field.replace("-", "_"))) for field in claimed(type(self)))
        return {field: text for field, text in found if text}


class Event(Traced, Pictured):
    """One dated event."""

    id: Id = ""
    """Its name; `item-` and its place in the list where absent."""
    date: Placed
    headline: Annotated[Line, Claimed(Prints.EVENTS)]
    """A past fact without adjectives, best in at most 55 characters."""
    summary: Annotated[Line | None, Claimed(Prints.SUMMARIES)] = None
    """At most 28 words."""
    weight: Annotated[int, Field(ge=1, le=3)] = 2
    """1 to 3; 3 is the most important."""
    lane: Annotated[Line | None, Free("It names a group of events; the events say what happened.", Prints.LANES)] = None
    """The group in which it stands on the poster, such as City: each of up to four has an axis of its own."""


class Era(Traced):
    """A phase of the timeline, named along its spine."""

    label: Annotated[Line, Claimed(Prints.ERAS)]
    """At most 30 characters."""
    date: Placed
    """An EDTF interval: 2017-10/2018-08."""


def _named(given: Any) -> Any:
    """Events or figures, each that has no id with one by its place in the list."""
    if not isinstance(given, list):
        return given
    taken = {item.get("id") for item in given if isinstance(item, dict)}
    return [
        {**item, "id": _free(f"item-{place}", taken)} if isinstance(item, dict) and "id" not in item else item
        for place, item in enumerate(given, start=1)
    ]


def _free(name: str, taken: Collection[object]) -> str:
    """A name that none of the others has."""
    return _free(f"{name}-a", taken) if name in taken else name


def _on_one_clock(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """The events at their moments on one scale, where their times are of several zones. Raises BadValue."""
    zones = {point.zone: event.id for event in events for point in event.date.points if point.time}
    if "" in zones and len(zones) > 1:
        named = ", ".join(f"{zone or 'none'} in `{event}`" for zone, event in zones.items())
        message = f"some times of day have a time zone and others have none ({named}): they cannot stand on one scale"
        raise BadValue("bad-date", message, "Give every time its zone, as in 2018-10-06T23:30-04:00, or none.")
    if zone := dates.common_zone(event.date for event in events):
        return tuple(event.model_copy(update={"date": dates.moved(event.date, zone)}) for event in events)
    return events


class Timeline(Model):
    """`timeline.yaml`."""

    title: Annotated[Line | None, Free("It names the subject, as the title of article.md does.")] = None
    """The title of an article that has no `article.md`."""
    events: Annotated[tuple[Event, ...], BeforeValidator(_named), AfterValidator(_on_one_clock)] = ()
    eras: tuple[Era, ...] = ()


def _drawn(given: Any) -> Drawn:
    try:
        return drawn.read(given)
    except drawn.BadDrawn as error:
        raise BadValue("wrong-track", str(error), error.hint) from None


_NUMBER_SCHEMA = {"type": ["number", "string"]}
_DRAWN_SCHEMA = {
    "description": "26, 2–10, 22.9 (12.9–32.9), 81 / 43, or value, low and high",
    "anyOf": [
        _NUMBER_SCHEMA,
        {"type": "array", "items": _NUMBER_SCHEMA, "minItems": 2, "maxItems": 2},
        {
            "type": "object",
            "properties": dict.fromkeys(("value", "low", "high"), _NUMBER_SCHEMA),
            "additionalProperties": False,
        },
    ],
}


class Figure(Traced):
    """One key figure, with its limits."""

    id: Id = ""
    """Its name; `item-` and its place in the list where absent."""
    value: Annotated[Line, Claimed(Prints.FIGURES)]
    """As printed: 22.9%."""
    label: Annotated[Line, Claimed(Prints.FIGURES)]
    """What it measures, best in at most 6 words."""
    basis: Annotated[Line | None, Claimed(Prints.FIGURES)] = None
    """Basis and limits, best in at most 12 words."""
    of: Annotated[Line | None, Claimed(Prints.FIGURES)] = None
    """What 100 per cent is, best in at most 7 words: with it, the share is drawn as a track, and this is printed."""
    drawn: Annotated[Drawn | None, BeforeValidator(_drawn), WithJsonSchema(_DRAWN_SCHEMA)] = None
    """What the track draws, where the value is no plain share: 63.6, 22.9 (12.9–32.9), or value, low and high."""
    date: Edtf | None = None
    """When it was measured; figures are printed in this order, those without a date last."""
    attribution: Annotated[Line | None, Claimed(Prints.FIGURES)] = None
    """Who says so."""

    def measured_on(self) -> float:
        """Its time, to sort by; without one it is last."""
        return self.date.start if self.date else math.inf

    @property
    def track(self) -> Drawn | None:
        """What its track draws; None without a base, or where nothing is a share of it."""
        return (self.drawn or drawn.of_value(self.value)) if self.of else None


class Figures(Model):
    """`figures.yaml`."""

    figures: Annotated[tuple[Figure, ...], BeforeValidator(_named)] = ()


class ChartKind(StrEnum):
    """How a chart is drawn."""

    BARS = "bars"
    """One value of each row."""
    GROUPED_BARS = "grouped-bars"
    """Two values of each row."""
    RANGES = "ranges"
    """An estimate of each row, with the low and the high end of its range."""
    LINES = "lines"
    """One series or two over time: each row is a date."""
    SMALL_MULTIPLES = "small-multiples"
    """Up to nine series over time, each by itself before all others."""
    WAFFLE = "waffle"
    """A share of a hundred, as squares."""
    SLOPE = "slope"
    """A first and a last value of each row."""
    TABLE = "table"
    """A table with bars in its cells."""


class Chart(Traced):
    """One chart. Its rows stand here, or in a table beside the article."""

    id: Id = ""
    """Its name; `item-` and its place in the list where absent."""
    kind: ChartKind
    """bars, grouped-bars, ranges, lines, small-multiples, waffle, slope or table."""
    title: Annotated[Line, Claimed(Prints.CHARTS)]
    """A sentence that says what the chart shows, best in at most 60 characters."""
    subtitle: Annotated[Line | None, Claimed(Prints.CHARTS)] = None
    """What is counted, in which unit, of whom and when."""
    data: Annotated[Line | None, Free("It names a file.")] = None
    """The table with its rows, a CSV, XLSX or ODS file beside the article; its first row has the titles."""
    columns: Annotated[tuple[Line, ...], Free("They name numbers, as the source does.")] = ()
    """The titles of the columns of `rows`."""
    rows: Annotated[tuple[tuple[str, ...], ...], Free("Numbers of the sources; `trace` finds them.")] = ()
    """Each row: its name, or its date, then its numbers; an empty text where nothing was measured."""
    unit: Annotated[str, Free("It belongs to numbers.")] = ""
    """What is printed with each number: %, £ or km."""
    bars: tuple[Line, ...] = ()
    """The columns of a `table` that are drawn; without it, the first column of numbers."""
    small_lines: tuple[Line, ...] = ()
    """The columns of a `table` with a small line in each cell: numbers in the order of time, – where there is none."""
    outlined: tuple[Line, ...] = ()
    """The names of rows that are drawn as outlines, such as the sum of all others."""
    marked: Annotated[tuple[Id, ...], Field(max_length=2)] = ()
    """Up to two events of the timeline that `lines` mark at their dates: their ids."""
    gap: Annotated[Line | None, Claimed(Prints.CHARTS)] = None
    """Why lines are broken: closed, not counted."""
    not_shown: Annotated[Line | None, Claimed(Prints.CHARTS)] = None
    """What the chart leaves out."""
    source: Annotated[Line | None, Claimed(Prints.CHARTS)] = None
    """Who says so, in words."""
    also: tuple[DocumentName, ...] = ()
    """The documents that print it besides the briefing: factsheet, poster."""


class Charts(Model):
    """`charts.yaml`."""

    charts: Annotated[tuple[Chart, ...], BeforeValidator(_named)] = ()


@dataclass(frozen=True, slots=True)
class Datum:
    """A number of a chart."""

    value: float
    text: str
    """As printed, with its unit."""
    bare: str = ""
    """As printed, without it; of a small line, all its numbers."""
    series: tuple[float | None, ...] = ()
    """The numbers of a small line, of which the last is printed; None where nothing was measured."""

    @property
    def whole(self) -> str:
        """All that it stands for: the number, or those of a small line."""
        return self.bare if self.series else self.text


@dataclass(frozen=True, slots=True)
class ChartRow:
    """A row of a chart."""

    name: str
    cells: tuple[Any, ...]
    """A Datum each; None where nothing was measured; in a table with bars, the text of a column of words."""
    date: dates.When | None = None
    """Of a row over time."""

    @property
    def day(self) -> float:
        """The middle of its date, in days."""
        return (self.date.start + self.date.end) / 2 if self.date else 0.0


@dataclass(frozen=True, slots=True)
class Charted:
    """A chart with its numbers, and where it is written."""

    chart: Chart
    head: tuple[str, ...]
    """The titles of its columns."""
    rows: tuple[ChartRow, ...]
    file: str = "charts.yaml"
    loc: tuple[str | int, ...] = ()
    """Its keys and indices in the file."""
    marked: "tuple[Event, ...]" = ()
    """The events that it marks."""

    @property
    def words(self) -> str:
        """All that its table says."""
        parts = (part for row in self.rows for part in (row.name, *row.cells))
        texts = (one.whole if isinstance(one, Datum) else one for one in parts)
        return " · ".join(filter(None, (*self.head, *texts)))


class Party(Traced):
    """One party and what it says, in reported speech."""

    party: Annotated[Line, Claimed(Prints.PARTIES)]
    says: Annotated[Line, Claimed(Prints.PARTIES)]


class Statement(Traced):
    """One thing agreed, disputed or not known."""

    text: Annotated[Line, Claimed(Prints.STATUS)]


class Positions(Model):
    """`positions.yaml`."""

    order: Literal["alphabetical", "first involvement"] = "alphabetical"
    """The order of the parties, stated in print."""
    parties: tuple[Party, ...] = ()
    agreed: tuple[Statement, ...] = ()
    disputed: tuple[Statement, ...] = ()
    not_known: tuple[Statement, ...] = ()


_ISSUED_SCHEMA = {
    "description": "2018-10-11, 2018-10, 2018, 1850~, 2018/2019 or CSL's date-parts",
    "type": ["string", "object", "array"],
}


def _date(field: str, given: Any) -> Issued:
    try:
        return issued.read(given)
    except dates.BadDate as error:
        raise BadValue("bad-date", f"`{field}` {error}", error.hint) from None


def _people(field: str, given: Any) -> tuple[dict[str, str], ...]:
    try:
        return names.read(given)
    except ValueError as error:
        message = f"`{field}` has the name `{error}`: it must have a `family` or a `literal`"
        raise BadValue("wrong-value", message, names.EXAMPLES) from None


def _completed(given: Any) -> Any:
    """A source with its names and dates in one form, whatever the field. Raises BadValue."""
    if not isinstance(given, dict):
        return given
    people = {field: _people(field, given[field]) for field in names.NAMES if given.get(field)}
    other = {field: _date(field, given[field]) for field in issued.DATES if given.get(field)}
    return {**given, **people, **other}


class Reference(Described):
    """One source as a CSL item. Other CSL fields are kept."""

    model_config = ConfigDict(frozen=True, extra="allow")
    _complete = model_validator(mode="before")(_completed)

    id: Key
    type: Line = "document"
    """CSL's kind of source, such as report or webpage; document where absent."""
    title: Annotated[Line, _RECORD]
    title_short: Annotated[Line | None, _RECORD] = Field(default=None, alias="title-short")
    """At most 24 characters, for the fact sheet's run-in list."""
    author: tuple[dict[str, str], ...] = ()
    issued: Annotated[
        Issued | None, BeforeValidator(lambda value: _date("issued", value)), WithJsonSchema(_ISSUED_SCHEMA)
    ] = None
    """As far as known: 2018-10-11, 1850~, 2018/2019, or CSL's date-parts, or Zotero's list of fields."""
    URL: Annotated[Web | None, _RECORD] = None


class Sources(Model):
    """`sources.yaml`: CSL-YAML, as Pandoc's `references:`."""

    references: tuple[Reference, ...] = ()


class Style(Model):
    """`style.yaml`, for one article or for all: house rules for language."""

    avoid: dict[str, Line] = Field(default_factory=dict)
    """Words to avoid, each with what to write."""
    attribute: tuple[Line, ...] = ()
    """Words allowed only in a sentence that names its speaker."""
    attributions: tuple[Line, ...] = ()
    """Words that name a speaker: said, according to."""
    names: dict[str, tuple[DocumentName, ...]] = Field(default_factory=dict)
    """Names, each with the documents in which it is not allowed."""
    titles: tuple[Line, ...] = ()
    """Names that need no trace, such as well-known bodies."""
    lengths: dict[str, Annotated[int, Field(ge=1)]] = Field(default_factory=dict)
    """Most words of a field, if fewer than the design allows: `summary: 24`."""
    balance: Annotated[int, Field(ge=0, le=100)] = 15
    """Most per cent by which the parties' positions differ in length."""


class Limits(Model):
    """What the work on one article may take. All but the time by the clock hold for each of its processes alone."""

    seconds: Annotated[int, Field(ge=1, le=86_400)] = 600
    """Time by the clock, in seconds."""
    processor: Annotated[int, Field(ge=1, le=86_400)] = 600
    """Time of a processor, in seconds."""
    memory: Annotated[int, Field(ge=256, le=1_048_576)] = 2048
    """Memory beside that of files and that of the program itself, in MiB."""
    file: Annotated[int, Field(ge=1, le=1_048_576)] = 1024
    """Size of a written file, in MiB."""

    def times(self, articles: int) -> "Limits":
        """The limits of the work on several articles, one after the other: at most eleven days."""
        longer = {name: min(getattr(self, name) * articles, 1_000_000) for name in ("seconds", "processor")}
        return self.model_copy(update=longer)


class House(Model):
    """`house.yaml`, of an article or of all: used where the head of an article says nothing."""

    publisher: Annotated[Line | None, _PROCESS] = None
    licence: Licence | None = None
    language: Annotated[str, AfterValidator(_language)] | None = None
    """BCP 47 tag, such as en-GB."""
    dates: typed_dates.Order | None = None
    """What stands first in dates such as 12/03/1994 in tables: day-first or month-first."""
    status: Status | None = None
    """draft or final."""
    method: Annotated[Line | None, _METHOD] = None
    """How the statements were checked."""
    corrections: Annotated[Line | None, _METHOD] = None
    """How to report an error and where corrections are listed."""
    contact: Annotated[Line | None, _PROCESS] = None
    """How to reach the publisher: in the masthead, where there is a logo or `web`, and after `corrections`."""
    web: Annotated[Web | None, _PROCESS] = None
    """Web address of the publisher, printed in the masthead."""
    logo: Logo | None = None
    """A drawing in SVG beside this file, printed in the masthead, at most 8 mm high."""
    logo_one_ink: Logo | None = None
    """The same for one ink; without it, all colours of `logo` but white become that ink."""
    signatures: Annotated[int, Field(ge=1, le=9)] | None = None
    """How many people must have accepted each statement, by `triptych claims --sign`."""
    redirects: bool | None = None
    """Whether the short address of an article, a slash and the number of a source lead to it."""
    support: Support | None = None
    """Where readers find help."""
    roll: Annotated[float, Field(gt=0)] | None = None
    """Width in mm of the roll that the print shop prints posters on: `make press` warns of one that is wider."""
    large_print: LargePrint | None = None
    """The smallest type of large print in pt: 16, or 18 throughout."""
    paper: Paper | None = None
    """Paper of the briefing and the fact sheet."""
    sheet: SheetName | None = None
    """a2, a1-landscape, 500x700mm, banner and so on."""
    limits: Limits | None = None
    """What the work on one article may take of the machine. Only the file beside the articles can say this."""

    def lent(self, front: FrontMatter) -> dict[str, Any]:
        """What it gives to the head of an article, by field: all that the head does not say itself."""
        left = [name for name in type(self).model_fields if name != "limits" and name not in front.model_fields_set]
        return {name: value for name in left if (value := getattr(self, name)) is not None}


def theme_name(name: str) -> str:
    """Check the name of a theme that comes with Triptych. Raises ValueError."""
    if name not in THEMES:
        raise BadValue("wrong-value", f"`{name}` is not a theme: write {' or '.join(THEMES)}")
    return name


ThemeName = Annotated[str, AfterValidator(theme_name), WithJsonSchema({"type": "string", "enum": list(THEMES)})]


def _colour(value: str) -> str:
    if not colours.is_colour(value):
        raise BadValue("bad-colour", f"`{value}` is not a colour: write # and six digits, such as #0F4C55")
    return value


Colour = Annotated[str, AfterValidator(_colour)]
_TOKENS = {
    **{"paper": "#FFFFFF", "ink": "#1B1B1A", "ink_2": "#45433F", "ink_3": "#524F4A"},
    **{"rule": "#8B867C", "tint": "#F4F1EA", "accent": "#0F4C55"},
}
"""The colours of tokens.css, with which those of a theme are compared; a test reads them there."""
_COLOURS = tuple(name for name in _TOKENS if name != "paper")
Rule = Annotated[str, StringConstraints(pattern=r"^\d*\.?\d+pt (solid|double|dotted|dashed) (ink|accent|rule)$")]
"""A line: its width, its form and its colour."""


class Theme(Model):
    """`theme.yaml`, of an article or of all: the colours, faces and lines of the documents."""

    base: ThemeName | None = None
    """A theme that came with Triptych, whose values are used where this file says nothing."""
    faces: Literal["house", "almanac", "gazette"] | None = None
    """The set of faces: those of a theme, or `house` for the usual ones."""
    ink: Colour | None = None
    """The colour of text."""
    ink_2: Colour | None = None
    """The colour of captions and notes."""
    ink_3: Colour | None = None
    """The colour of addresses and of the lines to dates."""
    tint: Colour | None = None
    """The colour behind an enlarged stretch."""
    accent: Colour | None = None
    """The colour of numbers, dates and marks."""
    rule: Colour | None = None
    """The colour of thin lines."""
    rule_heavy: Rule | None = None
    """The line at the head of a document, such as `2pt solid ink`."""
    rule_section: Rule | None = None
    """The line above a section."""
    rule_row: Rule | None = None
    """The line between rows."""
    title_ratio: Annotated[float, Field(ge=0.8, le=1.1)] | None = None
    """Size of the title and the deck, as a multiple of the usual one."""
    text_ratio: Annotated[float, Field(ge=0.9, le=1.1)] | None = None
    """Size of the text of briefing and poster, as a multiple of the usual one."""
    one_ink: Colour | None = None
    """The ink of editions in one ink, in the place of black: the colour in which a screen shows it."""
    pictures: Literal["colour", "duotone"] | None = None
    """`duotone`: pictures print in shades of the accent."""
    corner: Literal["start", "end"] | None = None
    """Where the logo stands: at the start of the masthead, or at its end."""

    def over(self, other: "Theme") -> "Theme":
        """This theme, with the values of another where it says nothing."""
        return other.model_copy(update=self.given)

    @property
    def given(self) -> dict[str, Any]:
        """What it says, by the names of fields."""
        return {name: value for name in type(self).model_fields if (value := getattr(self, name)) is not None}

    def tone(self, one_ink: bool) -> str:
        """The colour in whose shades pictures print, in editions of one ink or in the others; empty for their own."""
        if one_ink:
            return BLACK
        return (self.accent or _TOKENS["accent"]) if self.pictures == "duotone" else ""

    def faults(self) -> Iterator[tuple[str, str, str]]:
        """Why a page in these colours would be hard to read: the field, the reason with its figure, and what to do."""
        found = {**_TOKENS, **{name: value for name, value in self.given.items() if name in _COLOURS}}
        yield from self._faint(found)
        if self.one_ink and (contrast := colours.contrast(self.one_ink, "#FFFFFF")) < colours.LEAST_CONTRAST:
            yield "one_ink", f"has a contrast of {contrast:.1f} with paper; text needs 7", "Take a darker ink."
        light = {name: colours.lightness(found[name]) for name in ("ink", "accent", "tint")}
        if (apart := light["accent"] - light["ink"]) < colours.LEAST_APART:
            reason = f"is {apart:.0f} steps lighter than `ink` in grey; {colours.LEAST_APART:.0f} tell them apart"
            yield "accent", reason, "Take a lighter colour."
        if not colours.DARKEST <= light["tint"] <= colours.PALEST:
            reason = f"has a lightness of {light['tint']:.0f} in grey; a tint has from 90 to 98"
            yield "tint", reason, f"Take a {'lighter' if light['tint'] < colours.DARKEST else 'darker'} colour."
        for name in _COLOURS:
            if (ink := colours.coverage(found[name])) > colours.MOST_INK:
                yield (
                    name,
                    f"takes {ink:.0f} % of ink; a press prints {colours.MOST_INK:.0f} %",
                    "Take a lighter colour.",
                )

    def _faint(self, found: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
        """Texts that do not stand out: each with the ground on which it does so least."""
        for name in ("ink", "ink_2", "ink_3", "accent"):
            ground = min(("paper", "tint"), key=lambda one: colours.contrast(found[name], found[one]))
            contrast = colours.contrast(found[name], found[ground])
            if contrast >= colours.LEAST_CONTRAST:
                continue
            if name in self.given or ground not in self.given:
                reason = f"has a contrast of {contrast:.1f} to 1 with the {ground} `{found[ground]}`; text needs 7 to 1"
                yield name, reason, "Take a darker colour."
            else:
                shown = name.replace("_", "-")
                reason = f"leaves `{shown}` `{found[name]}` a contrast of {contrast:.1f} to 1; text needs 7 to 1"
                yield ground, reason, "Take a lighter colour."


FEW_FIGURES = 3
"""With fewer figures, the fact sheet has room for the article in brief."""


@dataclass(frozen=True, slots=True)
class Article:
    """All content of an article, as the documents print it."""

    slug: str
    front: FrontMatter
    prose: str
    """Markdown, without the front matter."""
    events: tuple[Event, ...]
    eras: tuple[Era, ...]
    figures: tuple[Figure, ...]
    positions: Positions
    references: tuple[Reference, ...]
    charts: tuple[Charted, ...] = ()
    original_language: str = ""
    """Of a translation: the language of its original."""
    foreign: frozenset[str] = frozenset()
    """Of a translation: the keys of the texts that are still in that language."""
    foreign_prose: tuple[str, ...] = ()
    """Of a translation: the parts of the prose that are."""

    def __hash__(self) -> int:
        """Of a part alone: what an article is made into is cached, and few are known at a time."""
        return hash((self.slug, self.prose))

    @property
    def parts(self) -> frozenset[Prints]:
        """The parts that it has anything for."""
        given: Mapping[Prints, object] = {
            Prints.PROSE: self.prose.strip(),
            Prints.IN_BRIEF: self.front.in_brief,
            Prints.CHARTS: self.charts,
            Prints.FIGURES: self.figures,
            Prints.EVENTS: self.events,
            Prints.PARTIES: self.positions.parties,
            Prints.STATUS: tuple(self.statements),
        }
        return frozenset(part for part, value in given.items() if value)

    @property
    def pictures(self) -> Iterator[Pictured]:
        """What has a picture of its own: the article, and its events."""
        yield from (one for one in (self.front.lead, *self.events) if one and one.image)

    @property
    def leads_factsheet(self) -> bool:
        """Whether the fact sheet prints the sentences in brief, or else the opening: it has few figures, and room."""
        return len(self.figures) < FEW_FIGURES

    @property
    def statements(self) -> Iterator[Statement]:
        """Agreed, disputed and not known, in this order."""
        yield from (*self.positions.agreed, *self.positions.disputed, *self.positions.not_known)

    @property
    def traced(self) -> Iterator[Traced]:
        """Every entry with sources and passages, in printing order."""
        yield from (*self.figures, *self.events, *self.eras, *self.positions.parties, *self.statements)


FILES: dict[str, type[Model]] = {
    "article.md": FrontMatter,
    "timeline.yaml": Timeline,
    "figures.yaml": Figures,
    "charts.yaml": Charts,
    "positions.yaml": Positions,
    "sources.yaml": Sources,
}
"""The files of an article, each with its model. Each is optional; `timeline.yaml` can hold the title."""

HOUSE_FILES: dict[str, type[Model]] = {"house.yaml": House, "style.yaml": Style, "theme.yaml": Theme}
"""The files of an article, or of all in the folder above."""
