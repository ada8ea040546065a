"""A file of fixed words becomes a checked model: the words that the documents print in one language.

A word is plain text. It takes values with `{}` for each value in order, or with `{0}`, `{1}` in another order.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from string import Formatter
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, ValidationInfo, create_model

from triptych.content import columns, customs, read
from triptych.content.errors import Problem, StyleError
from triptych.content.kinds import KINDS
from triptych.content.model import BadValue, Model
from triptych.content.read import Files
from triptych.design.where import Templates

WRONG = "wrong-value"


class Holds:
    """Checks the placeholders of a word."""

    def __init__(self, *values: str, may: int = 0) -> None:
        """`values` describes the value of each placeholder, in order; the last `may` of them are optional."""
        self._values = values
        self._needed = len(values) - may

    def __call__(self, text: str, info: ValidationInfo) -> str:
        """Returns the text if its placeholders are right. Raises BadValue."""
        name = f"`{_alias(info.field_name or '')}` is `{text}`"
        try:
            found = list(_placeholders(text))
        except ValueError:
            raise BadValue(WRONG, f"{name}: a brace has no partner", self._hint) from None
        for placeholder, number in found:
            if number is None:
                raise BadValue(WRONG, f"{name}: `{placeholder}` is not a placeholder", self._hint)
            if number >= len(self._values):
                raise BadValue(WRONG, f"{name}: there is no value for `{placeholder}`", self._hint)
        if len({placeholder == "{}" for placeholder, _ in found}) > 1:
            raise BadValue(WRONG, f"{name}: it mixes `{{}}` with numbered placeholders", self._hint)
        given = {number for _, number in found}
        if lost := [value for number, value in enumerate(self._values[: self._needed]) if number not in given]:
            raise BadValue(WRONG, f"{name}: it does not print {' and '.join(lost)}", self._hint)
        return text

    @property
    def _hint(self) -> str:
        if not self._values:
            return "Write it without braces: this word takes no values."
        if len(self._values) == 1:
            return f"Write `{{}}` once, where {self._values[0]} goes."
        numbered = ", ".join(f"`{{{number}}}` {value}" for number, value in enumerate(self._values))
        return f"Write `{{}}` for each value in this order, or use numbers: {numbered}."


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


Plain = Annotated[str, Field(min_length=1), _holding()]
Short = Annotated[str, _holding()]
"""May be empty."""
Date = Annotated[str, _holding("the date")]
DateOrNone = Annotated[str, _holding("the date", may=1)]
"""May be empty."""
Year = Annotated[str, _holding("the year")]
Span = Annotated[str, _holding("the first date", "the last date")]
Parts = Annotated[str, _holding("the parts of the date")]
Enlarged = Annotated[str, _holding("the dates", "the number of times")]


class Words(Model):
    """The fixed words of the documents, in one language."""

    model_config = ConfigDict(alias_generator=_alias, str_strip_whitespace=False)

    about: Date
    possibly: Date
    before: Date
    by: Date
    after: Date
    until: Date
    until_day: DateOrNone = ""
    """Before a day, where it differs: in French “jusqu’en 2018”, “jusqu’au 9 octobre 2018”."""
    since: Date
    since_day: DateOrNone = ""
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
    enlarged: Enlarged
    enlarged_short: Enlarged
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
    picture_credits: Annotated[str, _holding("who made the pictures")]
    logo: Plain
    """The description of the logo: the name of the house stands beside it."""
    opening: Plain
    evidence_to: Plain
    sources: Plain
    sources_count: Annotated[str, _holding("the number of sources")]
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
    chosen: Annotated[str, _holding("the number of cards", "the number of events")]
    chosen_strokes: Plain
    chosen_bars: Annotated[str, _holding("what a bar counts", "what the longest bar counts")]
    chosen_rule: Plain
    chosen_lines: Plain
    chosen_figures: Annotated[str, _holding("the number of figures printed", "the number of figures")]
    chosen_figures_in_briefing: Annotated[str, _holding("the number of figures printed", "the number of figures")]
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
    tiles: Plain
    large: Plain
    tiles_plan: Plain
    tiles_facts: Annotated[str, _holding("the number of sheets", "the number of rows", "the number in a row", may=2)]
    tiles_how: Plain
    tiles_ruler: Plain
    tile: Annotated[str, _holding("the row", "the column")]
    method: Plain
    standing_reported: Plain
    standing_disputed: Plain
    standing_unconfirmed: Plain
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
    figure_1_strokes: Annotated[str, _holding("the number of cards", "the number of events")]
    figure_1_bars: Annotated[
        str,
        _holding("the number of cards", "the number of events", "what a bar counts", "what the longest bar counts"),
    ]
    figure_1_within: Annotated[str, _holding("the year, or the days")]
    figure_1_note_day: Plain
    figure_1_note_hour: Plain
    how_to_read_text_day: Plain
    how_to_read_text_hour: Plain
    scale_zone: Annotated[str, _holding("the time zone")]
    panel: Annotated[str, _holding("the sheet", "the number of sheets", "its first year", "its last year", may=2)]
    panel_within: Annotated[str, _holding("the sheet", "the number of sheets", "the year, or the days", may=2)]
    selection: Annotated[
        str,
        _holding("the number of cards", "the number of events", "what a bar counts", "what the longest bar counts"),
    ]
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

    @property
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


def words(language: str, templates: Templates) -> Words:
    """The fixed words in a language, by its BCP 47 tag. Raises StyleError."""
    path = templates.file(_name(language))
    if not path.is_file():
        raise StyleError("\n    ".join(_missing(language, templates)))
    found, problems = read.shaped(path, _with_titles())
    if problems:
        raise StyleError("\n".join(map(str, problems)))
    return found.model_copy(update={name: customs.kept(getattr(found, name), language) for name in found.words})


def known(templates: Templates) -> list[str]:
    """The languages in which there are fixed words, such as en."""
    return sorted(file.stem for file in templates.files("words").values())


def problems(files: Files, templates: Templates) -> Iterator[Problem]:
    """The language of an article, if there are no words for it."""
    language = files.article.front.language
    if not templates.file(_name(language)).is_file():
        yield files.problem("article.md", ("language",), "no-words", *_missing(language, templates))


def _name(language: str) -> str:
    """The file of the words of a language, in the templates."""
    return f"words/{language.split('-')[0].lower()}.yaml"


def _missing(language: str, templates: Templates) -> tuple[str, str]:
    """What is wrong when a language has no words, and what to do."""
    languages = known(templates)
    there_are = f"known: {', '.join(languages)}" if languages else "no language is known"
    return (
        f"there are no words for the language `{language}`; {there_are}",
        f"Copy templates/words/en.yaml to templates/{_name(language)} and translate it.",
    )
