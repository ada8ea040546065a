"""Catalogues become a checked model: the words that the documents print in one language.

A word is plain text. It takes values with `{}` for each value in order, or with `{0}`, `{1}` in another order. A word
with a count has a form for each kind of number that its language tells apart.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from pathlib import Path
from string import Formatter
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    InstanceOf,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    create_model,
)
from pydantic.fields import FieldInfo

from triptych.content import catalogues, columns, customs, disk, typed
from triptych.content.catalogues import Entry
from triptych.content.counts import Counted
from triptych.content.errors import Problem, StyleError
from triptych.content.files import Files
from triptych.content.kinds import KINDS
from triptych.content.model import BadValue, Model
from triptych.design.where import Templates

WRONG = "wrong-value"


class Holds:
    """Checks the placeholders of a word."""

    def __init__(self, *values: str, may: int = 0) -> None:
        """`values` describes the value of each placeholder, in order; the last `may` of them are optional."""
        self.values = values
        self.needed = len(values) - may

    def __call__(self, text: str, info: ValidationInfo) -> str:
        """Returns the text if its placeholders are right. Raises BadValue."""
        return self.check(text, f"`{_alias(info.field_name or '')}` is `{text}`")

    def check(self, text: str, name: str, without: int | None = None) -> str:
        """The same, for a text with a name; the value number `without` need not be printed."""
        try:
            found = list(_placeholders(text))
        except ValueError:
            raise BadValue(WRONG, f"{name}: a brace has no partner", self._hint) from None
        for placeholder, number in found:
            if number is None:
                raise BadValue(WRONG, f"{name}: `{placeholder}` is not a placeholder", self._hint)
            if number >= len(self.values):
                raise BadValue(WRONG, f"{name}: there is no value for `{placeholder}`", self._hint)
        if len({placeholder == "{}" for placeholder, _ in found}) > 1:
            raise BadValue(WRONG, f"{name}: it mixes `{{}}` with numbered placeholders", self._hint)
        given = {number for _, number in found}
        needed = [number for number in range(self.needed) if number != without]
        if lost := [self.values[number] for number in needed if number not in given]:
            raise BadValue(WRONG, f"{name}: it does not print {' and '.join(lost)}", self._hint)
        return text

    @property
    def _hint(self) -> str:
        if not self.values:
            return "Write it without braces: this word takes no values."
        if len(self.values) == 1:
            return f"Write `{{}}` once, where {self.values[0]} goes."
        numbered = ", ".join(f"`{{{number}}}` {value}" for number, value in enumerate(self.values))
        return f"Write `{{}}` for each value in this order, or use numbers: {numbered}."


class Counts(Holds):
    """Checks each form of a word with a count."""

    def __init__(self, *values: str, by: int = 0, may: int = 0) -> None:
        """`by` is the index of the value that decides the form."""
        super().__init__(*values, may=may)
        self.by = by

    def __call__(self, given: Any, info: ValidationInfo) -> Any:
        """The forms, if all of them are right. Raises BadValue."""
        name = _alias(info.field_name or "")
        if isinstance(given, Forms):
            for index, text in enumerate(given.texts):
                self.check(text, f"`{name}`, form {index}, is `{text}`", self.by if given.is_one(index) else None)
            return Counted(given.texts, self.by, given.choose)
        if isinstance(given, str):
            raise BadValue(WRONG, f"`{name}` has a count, and one form for all numbers", RENEW)
        return given


RENEW = "Bring the file up to date: triptych words FILE."
MOST_TRIED = 200
"""Numbers up to this one show which form is for one number alone."""


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a word in a catalogue, and which of them its language uses for a number."""

    texts: tuple[str, ...]
    choose: Callable[[int], int]

    def is_one(self, index: int) -> bool:
        """Whether a form is for one number alone, so that the number may go without saying, as in `one of the two`."""
        return sum(self.choose(number) == index for number in range(MOST_TRIED)) == 1


def _alias(field: str) -> str:
    """The name of a field in the file."""
    return field.rstrip("_").replace("season_", "season-")


def _placeholders(text: str) -> Iterator[tuple[str, int | None]]:
    """Each placeholder as written, and the number of its value from 0; None if it is not a plain number.

    Raises ValueError for a single brace.
    """
    automatic = 0
    for _, name, form, conversion in Formatter().parse(text):
        if name is None:
            continue
        if form or conversion or not (name == "" or (name.isascii() and name.isdigit() and len(name) < 3)):
            yield "{" + name + (f"!{conversion}" if conversion else "") + (f":{form}" if form else "") + "}", None
        else:
            yield f"{{{name}}}", int(name or automatic)
            automatic += name == ""


def _holding(*values: str, may: int = 0) -> AfterValidator:
    return AfterValidator(Holds(*values, may=may))


def _counting(*values: str, by: int = 0, may: int = 0) -> BeforeValidator:
    return BeforeValidator(Counts(*values, by=by, may=may))


Several = Annotated[InstanceOf[Counted], WithJsonSchema({"type": "string"})]
"""A word with a count."""
Plain = Annotated[str, Field(min_length=1), _holding()]
Short = Annotated[str, _holding()]
"""May be empty."""
Date = Annotated[str, _holding("the date")]
DateOrNone = Annotated[str, _holding("the date", may=1)]
"""May be empty."""
Year = Annotated[str, _holding("the year")]
Span = Annotated[str, _holding("the first date", "the last date")]
Parts = Annotated[str, _holding("the parts of the date")]


_SELECTION = ("the number of cards", "the number of events", "what a bar counts", "the number in the longest bar")


class Words(Model):
    """The fixed words of the documents, in one language."""

    model_config = ConfigDict(alias_generator=_alias, str_strip_whitespace=False)

    about: Date
    possibly: Date
    before: Date
    before_year: DateOrNone = ""
    """Before a year alone, where it differs: in Italian “prima del 2018”, “prima di ottobre 2018”."""
    by: Date
    after: Date
    until: Date
    until_year: DateOrNone = ""
    """Before a year alone, where it differs."""
    until_day: DateOrNone = ""
    """Before a day, where it differs: in French “jusqu’en 2018”, “jusqu’au 9 octobre 2018”."""
    since: Date
    since_year: DateOrNone = ""
    """Before a year alone, where it differs."""
    since_day: DateOrNone = ""
    """Before a day, where it differs."""
    within: Date
    span: Span
    at: Annotated[str, _holding("the date", "the time of day")]
    decade: Year
    season_1: Year
    season_2: Year
    season_3: Year
    season_4: Year
    northern: Annotated[str, _holding("the season")]
    southern: Annotated[str, _holding("the season")]
    third_1: Year
    third_2: Year
    third_3: Year
    half_1: Year
    half_2: Year
    estimated: Annotated[str, _holding("the estimated year", "the first year", "the last year")]
    span_in_doubt: Span
    start_unknown: Date
    end_unknown: Date
    no_ends: Plain
    every: Annotated[str, _holding("the dates")]
    every_before: Date
    every_after: Date
    no_year: Plain
    unknown_year: Annotated[str, _holding("the day or month")]
    of_years: Annotated[str, _holding("the day or month", "the first year", "the last year")]
    of: Annotated[str, _holding("the day of a month", "the year")]
    day_of_month: Annotated[str, _holding("the number of the day")]
    as_written: Annotated[str, _holding("the date as written")]
    doubt: Annotated[str, _holding("the date", "what is in doubt")]
    doubt_uncertain: Parts
    doubt_approximate: Parts
    doubt_both: Parts
    part_year: Plain
    part_season: Plain
    part_month: Plain
    part_day: Plain
    and_: Span
    enlarged: Annotated[Several, _counting("the dates", "the number of times", by=1)]
    enlarged_short: Annotated[str, _holding("the dates", "the number of times")]
    length_years: Annotated[Several, _counting("the number")]
    length_months: Annotated[Several, _counting("the number")]
    length_weeks: Annotated[Several, _counting("the number")]
    length_days: Annotated[Several, _counting("the number")]
    length_hours: Annotated[Several, _counting("the number")]
    empty_stretch: Annotated[str, _holding("a length of time")]
    lane_rest: Plain
    """The name of the lane of events that name none."""
    outlier: Annotated[str, _holding("a length of time")]

    briefing: Plain = KINDS["briefing"].title
    factsheet: Plain = KINDS["factsheet"].title
    poster: Plain = KINDS["poster"].title
    number: Annotated[str, _holding("the number of the article")]
    draft: Plain
    draft_undated: Plain
    draft_dated: Date

    in_brief: Plain
    in_this_briefing: Plain
    """Above the contents of the briefing."""
    timeline_to_scale: Plain
    factsheet_back: Plain
    back_title: Plain
    marks_title: Plain
    whole_title: Plain
    mark_source: Plain
    questions: Plain
    checked_title: Plain
    open_source: Annotated[str, _holding("the number of a source", "the address to type")]
    search_site: Plain
    """On the back of a fact sheet, where long addresses give way to their sites."""
    picture_credits: Annotated[str, _holding("who made the pictures")]
    logo: Plain
    """The description of the logo: the name of the house stands beside it."""
    opening: Plain
    evidence_to: Plain
    sources: Plain
    sources_count: Annotated[Several, _counting("the number of sources")]
    key_figures: Plain
    key_figures_note: Plain
    tracks_note: Plain
    chart: Annotated[str, _holding("the number of the chart")]
    not_shown: Plain
    chart_tables: Plain
    all_numbers: Plain
    whole: Annotated[str, _holding("what 100 per cent is")]
    figure: Plain
    measures: Plain
    basis: Plain
    source: Plain
    figure_1_note: Plain
    sources_short: Plain
    sources_whole: Plain
    """Before the address at which they are listed in full."""
    drawn_to_scale: Plain
    chosen: Annotated[Several, _counting("the number of cards", "the number of events", by=1)]
    chosen_strokes: Plain
    chosen_bars: Annotated[Several, _counting("what a bar counts", "the number of events in the longest bar", by=1)]
    chosen_rule: Plain
    chosen_lines: Plain
    chosen_figures: Annotated[Several, _counting("the number of figures printed", "the number of figures", by=1)]
    chosen_figures_in_briefing: Annotated[
        Several, _counting("the number of figures printed", "the number of figures", by=1)
    ]
    parties: Plain
    order_alphabetical: Plain
    order_first_involvement: Plain
    party: Plain
    position: Plain
    status: Plain
    agreed: Plain
    disputed: Plain
    not_known: Plain
    support: Plain
    qr_code: Plain
    skip: Plain
    contents: Plain
    open_all: Plain
    way_back: Annotated[str, _holding("the number of the place that cites it")]
    """For a screen reader, of a link from a source to a sentence that cites it."""
    picture_told: Annotated[str, _holding("what the picture shows")]
    """In a text, in the place of a picture."""
    accessible: Plain
    """What a reader who cannot see is told of a book."""
    edition_mono: Plain
    edition_booklet: Plain
    edition_pair: Plain
    edition_duplex: Plain
    edition_html: Plain
    edition_epub: Plain
    edition_docx: Plain
    edition_text: Plain
    edition_press: Plain
    pack_title: Plain
    pack_print: Plain
    pack_checksum: Plain
    pack_verify: Plain
    pack_sums: Plain
    pack_made: Plain
    tiles: Plain
    large: Plain
    tiles_plan: Plain
    tiles_facts: Annotated[
        Several, _counting("the number of sheets", "the number of rows", "the number in a row", may=2)
    ]
    tiles_how: Plain
    tiles_ruler: Plain
    tile: Annotated[str, _holding("the row", "the column")]
    method: Plain
    standing_reported: Plain
    standing_disputed: Plain
    standing_unconfirmed: Plain
    note_number: Annotated[str, _holding("the number of the note")]
    back_to_source: Annotated[str, _holding("the number of the source")]
    back_to_note: Annotated[str, _holding("the number of the note")]
    corrections: Plain
    licence: Plain
    licence_text: Annotated[str, _holding("the licence")]
    source_article_text: Annotated[str, _holding("the title", "what else is known of it, each after a comma")]
    source_revision: Annotated[str, _holding("the number of a version")]
    evidence_part: Date
    version_part: Annotated[str, _holding("the version")]
    page_of: Plain
    """Printed between the page number and the page count, with its spaces."""

    how_to_read: Plain
    how_to_read_text: Plain
    key_dot: Plain
    key_within: Plain
    key_dashed: Plain
    key_lasted: Plain
    key_open_start: Plain
    key_open_end: Plain
    short_dot: Short = ""
    short_within: Short = ""
    short_dashed: Short = ""
    short_lasted: Short = ""
    short_open_start: Short = ""
    short_open_end: Short = ""
    key_dot_time: Plain
    figure_1: Annotated[str, _holding("the first year", "the last year")]
    figure_1_more: Annotated[str, _holding("its years")]
    figure_1_strokes: Annotated[Several, _counting("the number of cards", "the number of events")]
    figure_1_bars: Annotated[Several, _counting(*_SELECTION)]
    figure_1_within: Annotated[str, _holding("the year, or the days")]
    figure_1_note_day: Plain
    figure_1_note_hour: Plain
    how_to_read_text_day: Plain
    how_to_read_text_hour: Plain
    how_to_read_along: Plain
    how_to_read_along_day: Plain
    how_to_read_along_hour: Plain
    scale_zone: Annotated[str, _holding("the time zone")]
    panel: Annotated[str, _holding("the sheet", "the number of sheets", "its first year", "its last year", may=2)]
    panel_within: Annotated[str, _holding("the sheet", "the number of sheets", "the year, or the days", may=2)]
    selection: Annotated[Several, _counting(*_SELECTION)]
    bin_hour: Plain
    bin_day: Plain
    bin_month: Plain
    bin_year: Plain
    bin_decade: Plain
    bin_century: Plain
    bin_years_3: Plain
    bin_years_4: Plain
    bin_years_5: Plain
    bin_years_6: Plain
    bin_years_7: Plain
    bin_years_8: Plain
    index: Plain

    def __getitem__(self, name: str) -> str:
        """A word by its name in the file. Raises KeyError."""
        return self.by_name[name]

    @property
    def words(self) -> tuple[str, ...]:
        """The name of each word in the model."""
        return tuple(type(self).model_fields)

    @cached_property
    def by_name(self) -> Mapping[str, str]:
        """Every word by its name in the file."""
        return {field.alias or name: getattr(self, name) for name, field in type(self).model_fields.items()}


@cache
def _with_titles() -> type[Words]:
    """The model of the words, with a title per document and per column of a table.

    The default titles are in kinds.py and columns.py.
    """
    titles: dict[str, Any] = {
        name: (Plain, kind.title) for name, kind in KINDS.items() if name not in Words.model_fields
    }
    titles |= {column.word: (Plain, column.name) for table in columns.TABLES.values() for column in table.columns}
    return create_model("Words", __base__=Words, **titles)


def fields() -> Mapping[str, FieldInfo]:
    """Every word of the model by its name in a catalogue, with what it holds."""
    return {info.alias or name: info for name, info in _with_titles().model_fields.items()}


@cache
def _some() -> type[Words]:
    """The same model for a catalogue that has only some of the words."""
    fields: dict[str, Any] = {
        name: (Annotated[info.annotation, *info.metadata], "") for name, info in _with_titles().model_fields.items()
    }
    return create_model("Words", __base__=_with_titles(), **fields)


@dataclass(slots=True)
class _Collected:
    """The words of a language, from one catalogue after another; a later one wins."""

    found: dict[str, Any] = field(default_factory=dict)
    untranslated: dict[str, tuple[Path, Entry]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def add(self, path: Path) -> None:
        """Add the words of one catalogue, and its problems."""
        catalogue, problems = catalogues.read(path)
        given = {
            name: Forms(entry.forms, catalogue.choose) if entry.counts else entry.forms[0]
            for name, entry in catalogue.entries.items()
            if entry.forms
        }
        for name, entry in catalogue.entries.items():
            self.untranslated.setdefault(name, (path, entry))
        self.problems += problems
        try:
            valid = _some().model_validate(given)
            self.found |= {name: getattr(valid, name) for name in valid.model_fields_set}
        except ValidationError as error:
            self.problems += typed.invalid(path, error, _with_titles(), lambda name: catalogue.entries[name].line)

    def missing(self, path: Path) -> Iterator[Problem]:
        """The words that no catalogue translates, at their entries or else at the start of the last file."""
        for name, info in _with_titles().model_fields.items():
            alias = info.alias or name
            if name in self.found or not info.is_required():
                continue
            file, entry = self.untranslated.get(alias, (path, None))
            hint = f"Translate “{entry.source[-1]}”." if entry else RENEW.replace("FILE", str(path))
            yield Problem(file, entry.line if entry else 1, 1, "missing-field", f"`{alias}` is missing", hint)


def words(language: str, templates: Templates, folder: Path | None = None) -> Words:
    """The fixed words in a language, by its BCP 47 tag, with those of an article's folder. Raises StyleError."""
    paths = files(language, templates, folder)
    if not paths:
        raise StyleError("\n    ".join(_missing(language, templates)))
    return _words(language, tuple(paths), disk.states(path.resolve() for path in paths))


@lru_cache(maxsize=8)
def _words(language: str, paths: Sequence[Path], _states: object) -> Words:
    """The words of these catalogues, kept until one of them changes. Raises StyleError."""
    collected = _collected(paths)
    if collected.problems:
        raise StyleError("\n".join(map(str, collected.problems)))
    found = _with_titles().model_construct(**collected.found)
    return found.model_copy(update={name: _kept(getattr(found, name), language) for name in found.words})


def own(language: str, templates: Templates, folder: Path) -> Mapping[str, str]:
    """The fixed words, by name, that an article's folder gives in place of the usual ones. Raises StyleError."""
    if not any(catalogues.own(folder, language)):
        return {}
    usual = words(language, templates).by_name
    return {name: word for name, word in words(language, templates, folder).by_name.items() if word != usual[name]}


def files(language: str, templates: Templates, folder: Path | None = None) -> Sequence[Path]:
    """The catalogues of a language, from the most general to that of the article; none if it has no words."""
    ours = [path for tag in catalogues.tags(language) if (path := templates.file(f"words/{tag}.po")).is_file()]
    return [*ours, *(catalogues.own(folder, language) if folder else ())]


def known(templates: Templates) -> list[str]:
    """The languages in which there are fixed words, such as en."""
    return sorted(Path(name).stem for name in templates.files("words") if name.endswith(".po"))


def problems(files_: Files, templates: Templates) -> Iterator[Problem]:
    """The language of an article, if there are no words for it; what is wrong with an author's own words."""
    language, folder = files_.article.front.language, files_.folder
    own = list(catalogues.own(folder, language))
    strays = [path for path in own if path.parent == folder and not disk.inside(folder, path.name)]
    if strays:
        yield from map(disk.linked_out, strays)
    elif not (paths := files(language, templates, folder)):
        yield files_.problem("article.md", ("language",), "no-words", *_missing(language, templates))
    elif own:
        yield from (problem for problem in _collected(paths).problems if problem.path in own)


def _collected(paths: Sequence[Path]) -> _Collected:
    found = _Collected()
    for path in paths:
        found.add(path)
    if not found.problems:
        found.problems += found.missing(paths[0])
    return found


def _kept(word: str, language: str) -> str:
    """A word with the signs of its language, in each of its forms."""
    if isinstance(word, Counted):
        return Counted([customs.kept(form, language) for form in word.forms], word.by, word.choose)
    return customs.kept(word, language)


def _missing(language: str, templates: Templates) -> tuple[str, str]:
    """What is wrong when a language has no words, and what to do."""
    languages = known(templates)
    there_are = f"known: {', '.join(languages)}" if languages else "no language is known"
    base = catalogues.tags(language)[0]
    return (
        f"there are no words for the language `{language}`; {there_are}",
        f"Make a file of them beside the articles, and translate it: triptych words content/words.{base}.po",
    )
