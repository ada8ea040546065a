"""The content model, the command line and the Makefile become docs/reference.md, with a template for its sentences."""

import argparse
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from pydantic import BaseModel

from triptych import options
from triptych.build.editions import editions
from triptych.compose import words
from triptych.content import dates
from triptych.content.calendars import Calendar
from triptych.content.errors import PREVENTING
from triptych.content.model import FILES, HOUSE_FILES, Model
from triptych.design import where
from triptych.design.sheets import PAPERS, SHEETS, Sheet
from triptych.exports.editions import editions as exported

PROJECT = Path(__file__).resolve().parents[1]
MODELS: tuple[type[Model], ...] = (*FILES.values(), *HOUSE_FILES.values())
DATES = (
    *("2018", "2018-10", "2018-10-06", "2018-10-06T10:30"),
    *("2018-10-06?", "2021-07~", "2021-07%"),
    *("2018-10-08/2018-10-09", "2019-09/2020-02", "2016/..", "../2014"),
    *("[2018-10-05..2018-10-08]", "[2016,2018]", "[..2014]", "[2016-03..]"),
    *("201X", "19XX", "2018-21", "-0043-03-15"),
    *("1984?/1990", "2004-06-~11", "1985/", "/1985", "2018-10-06T10:30Z", "2018-10-06T10:00/2018-10-06T12:30"),
    *("2001-30", "2001-34", "2001-40", "1950S2", "Y-170000000", "156X-12-25", "XXXX-12-25", "{2016,2018}"),
)
MEANINGS = {
    "id": "A short name of your choice, in lower-case letters, digits and hyphens.",
    "name": "The name, as printed.",
    "title": "The title, as printed.",
    "publisher": "Who publishes it.",
    "url": "A web address.",
    "licence": "The licence of the text.",
    "description": "What it offers, in a few words.",
    "sources": "Which sources say so: their ids in `sources.yaml`. `make check` asks for one or more.",
    "passages": "Which passages of the prose say so: their names. `make check` asks for one or more.",
    "standing": "How sure it is. See [standing](author.md#say-how-sure-a-statement-is).",
    "FrontMatter.publisher": "Who publishes the article, as printed.",
    "FrontMatter.date": "The day of publication.",
    "FrontMatter.version": "The version, in quotes.",
    "FrontMatter.licence": "What others may do with the article.",
    "FrontMatter.source-article": "The text that yours was written from.",
    "FrontMatter.support": "Where readers find help.",
    "FrontMatter.paper": "Paper of the briefing and the fact sheet.",
    "FrontMatter.editions": "What `make editions` makes; all but `press` if you name none.",
    "FrontMatter.language": "The language as a tag, such as `en-GB`.",
    "FrontMatter.factsheet-deck": "Two neutral sentences for the fact sheet; the deck if you leave it out.",
    "FrontMatter.title": "The title, best in at most 60 characters.",
    "FrontMatter.sheet": "Sheet of the poster. See [Sheets](#sheets).",
    "Licence.url": "The web address of its text.",
    "Resource.sources": "Which sources say so: their ids in `sources.yaml`.",
    "Support.note": "When you checked the details. Check them again on the day of printing.",
    "Support.resources": "The places.",
    "Timeline.events": "The events, in any order.",
    "Timeline.eras": "Phases, named along the spine of the poster.",
    "Era.label": "Its name, in at most 30 characters.",
    "Era.date": "From when to when: an interval, such as `2017-10/2018-08`.",
    "Event.date": "When it happened.",
    "Event.headline": "What happened, as a past fact without adjectives, best in at most 55 characters.",
    "Event.summary": "More about it, best in at most 28 words.",
    "Event.weight": "How important it is; 3 is the most important. It sets the size of the headline on the poster.",
    "Figures.figures": "The key figures.",
    "Figure.value": "The figure as it prints, such as `22.9%`.",
    "Figure.drawn": "What the bar draws, where the value is no plain share: `63.6`, `22.9 (12.9–32.9)`, or fields.",
    "Charts.charts": "The charts.",
    "Chart.kind": "How it is drawn.",
    "Chart.sources": "Which sources its numbers come from: their ids in `sources.yaml`.",
    "Chart.passages": "The passage after which it is printed.",
    "Party.party": "Who it is.",
    "Party.says": "What it says, in reported speech.",
    "Positions.parties": "The parties. `[]` for none.",
    "Positions.agreed": "What the sources agree on.",
    "Positions.disputed": "What they dispute.",
    "Positions.not-known": "What nobody knows.",
    "Statement.text": "The statement.",
    "Sources.references": "The sources.",
    "Reference.id": "The key by which you cite it: letters, digits and some signs.",
    "Reference.type": "The kind of source in CSL, such as `report`, `book`, `webpage` or `article-newspaper`.",
    "Reference.author": "Names: `{family: Roe, given: Jane}`, or `{literal: City Council}` for a body.",
    "Reference.title-short": "A short title for the fact sheet, in at most 24 characters.",
    "Reference.issued": "As far as known: `2018-10-11`, `2018-10`, `2018`, `1850~`, `1901/1903`; or in CSL's forms.",
    "Reference.URL": "Its web address.",
    "Style.avoid": "Words to avoid, each with what to write instead.",
    "Style.attribute": "Words allowed only in a sentence that names its speaker.",
    "Style.attributions": "Words that name a speaker, such as `said` or `according to`.",
    "Style.titles": "Names that need no trace, such as bodies that everyone knows.",
    "Style.lengths": "Most words of a field, if you allow fewer than the design: `{summary: 24}`.",
    "Style.balance": "Most per cent by which the positions of the parties can differ in length.",
}
"""The meaning of a field for an author, by RECORD.NAME or by name; for other fields, the docstring in the model."""


@dataclass(frozen=True, slots=True)
class Row:
    """One field, option or make target: its name, its value, whether it is needed, and its meaning."""

    name: str
    value: str
    need: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """The fields of one record."""

    record: str
    title: str
    meaning: str
    rows: Sequence[Row]


def tables(model: type[Model]) -> tuple[Table, ...]:
    """The record of a file, then the records in it, in the order of their first use."""
    schema = model.model_json_schema()
    inner: dict[str, Any] = schema.get("$defs", {})
    whole = _table(model.__name__, schema)
    return (whole, *(_table(name, part) for name, part in inner.items() if "properties" in part))


def _table(name: str, schema: Mapping[str, Any]) -> Table:
    needed = schema.get("required", ())
    fields = sorted(schema["properties"].items(), key=lambda item: item[0] not in needed)
    rows = [_row(name, field, part, field in needed) for field, part in fields]
    return Table(name, _in_words(name), schema["description"], rows)


def _in_words(record: str) -> str:
    return re.sub(r"(?<=[a-z])[A-Z]", lambda capital: f" {capital.group().lower()}", record)


def _row(record: str, field: str, part: Mapping[str, Any], needed: bool) -> Row:
    meaning = MEANINGS.get(f"{record}.{field}") or part.get("description") or MEANINGS.get(field, "")
    value = "[EDTF date](#dates)" if (record, field) in EDTF else _value(part)
    return Row(field, value, "yes" if needed else _default(part), meaning)


def _default(part: Mapping[str, Any]) -> str:
    default = part.get("default")
    return "no" if default in (None, [], {}) else f"no; `{default}`"


def _value(part: Mapping[str, Any]) -> str:
    """The type of a field, in words."""
    if "anyOf" in part:
        return _value(next(choice for choice in part["anyOf"] if choice.get("type") != "null"))
    if "$ref" in part:
        return _named(part["$ref"].rpartition("/")[2])
    if "enum" in part:
        return _listed(part["enum"], " or ")
    if part["type"] == "array":
        inner = _value(part["items"])
        return f"list of {inner.replace(' or ', ', ')}" if " or " in inner else f"list, each {_article(inner)}"
    if part["type"] == "object":
        inner = part["additionalProperties"]
        return "name" if inner is True else f"for each word: {_value(inner)}"
    if part["type"] == "integer":
        return _number(part)
    return _text(part)


def _article(noun: str) -> str:
    return f"{'an' if noun.lstrip('[`')[0] in 'aeiou' else 'a'} {noun}"


def _listed(values: Sequence[str], joint: str) -> str:
    return joint.join(f"`{value}`" for value in values)


def _text(part: Mapping[str, Any]) -> str:
    if isinstance(part["type"], list) or part.get("format") == "date":
        return "number" if "number" in part["type"] else "date"
    return "web address" if part.get("format") == "uri" else "id" if "pattern" in part else "text"


def _number(part: Mapping[str, Any]) -> str:
    least, most = part.get("minimum"), part.get("maximum")
    return f"whole number, {least} to {most}" if most is not None else f"whole number, {least} or more"


def _named(record: str) -> str:
    """A link to the table of a record, or the values of a choice."""
    words = _in_words(record)
    return CHOICES.get(record) or f"[{words.lower()}](#{words.lower().replace(' ', '-')})"


def _choices() -> dict[str, str]:
    found = {}
    for model in MODELS:
        for name, part in model.model_json_schema().get("$defs", {}).items():
            if "enum" in part:
                found[name] = _value(part)
    return found


def _edtf(model: type[BaseModel]) -> Iterator[tuple[str, str]]:
    """The fields with an EDTF date, of a record and of its subclasses."""
    for name, field in model.model_fields.items():
        if field.annotation is dates.When:
            yield model.__name__, field.alias or name
    for below in model.__subclasses__():
        yield from _edtf(below)


CHOICES = _choices()
EDTF = set(_edtf(Model))


@dataclass(frozen=True, slots=True)
class Command:
    """One command of `triptych`."""

    name: str
    meaning: str
    usage: str
    rows: Sequence[Row]


def commands() -> Iterator[Command]:
    """Every command with its arguments and options, in the order of `triptych --help`."""
    (group,) = (action for action in options.parser()._actions if isinstance(action, argparse._SubParsersAction))
    for listed in group._choices_actions:
        actions = [action for action in group.choices[listed.dest]._actions if action.dest != "help"]
        yield Command(listed.dest, _sentence(listed.help or ""), _usage(listed.dest, actions), _rows(actions))


def shared() -> Sequence[Row]:
    """The options before the command."""
    return _rows([action for action in options.parser()._actions if action.dest not in ("help", "command")])


def _rows(actions: Sequence[argparse.Action]) -> Sequence[Row]:
    return [Row(_spelled(action), "", "", _help(action)) for action in actions]


def _usage(name: str, actions: Sequence[argparse.Action]) -> str:
    needed = [_argument(action) for action in actions if not action.option_strings]
    flags = [action.option_strings[0] for action in actions if action.option_strings and action.required]
    return " ".join(["triptych", name, *needed, *flags])


def _spelled(action: argparse.Action) -> str:
    if not action.option_strings:
        return _argument(action)
    value = "" if action.nargs == 0 else f" {_argument(action)}"
    return ", ".join(f"{option}{value}" for option in action.option_strings)


def _argument(action: argparse.Action) -> str:
    name = action.metavar.upper() if isinstance(action.metavar, str) else action.dest.upper()
    name += " …" if action.nargs in ("+", "*") else ""
    return f"[{name}]" if action.nargs in ("?", "*") else name


def _help(action: argparse.Action) -> str:
    choices = _listed([str(choice) for choice in action.choices or ()], ", ")
    return _sentence((action.help or "").replace("%(choices)s", choices))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."


def sections(makefile: str) -> Iterator[tuple[str, Sequence[Row]]]:
    """The make targets with their help, by the sections of `make help`."""
    for part in re.split(r"^## ", makefile, flags=re.MULTILINE)[1:]:
        title, _, rest = part.partition("\n")
        found = re.findall(r"^([a-z-]+):.*## (.*)$", rest, re.MULTILINE)
        yield title.partition("  (")[0], [Row(name, "", "", f"{meaning}.") for name, meaning in found]


def printed_dates() -> Iterator[tuple[str, str]]:
    """Each form of a date, with its printed text in British English."""
    calendar = Calendar(Locale.parse("en_GB"), words.words("en", where.templates()).by_name)
    for text in DATES:
        yield text, calendar.text(dates.parsed(text)).replace("\u2009", " ")


def size(sheet: Sheet) -> str:
    """The size of a sheet in mm, in words."""
    return f"{sheet.width:g} × {sheet.height:g} mm"


def _first(docstring: str | None) -> str:
    return (docstring or "").partition(".")[0]


@cache
def reference() -> str:
    """The whole page."""
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    jinja = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=False,  # noqa: S701  the output is Markdown from our own texts
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    shown = {name: tables(model) for name, model in FILES.items()}
    above = {table.record for some in shown.values() for table in some}
    for name, model in HOUSE_FILES.items():
        shown[name] = tuple(table for table in tables(model) if table.record not in above)
    return jinja.get_template("reference.md.jinja").render(
        files=shown,
        commands=list(commands()),
        shared=shared(),
        sections=list(sections(makefile)),
        dates=list(printed_dates()),
        preventing=", ".join(f"[`{code}`](problems/{code}.md)" for code in sorted(PREVENTING)),
        papers={str(name): size(sheet) for name, sheet in PAPERS.items()},
        sheets={name: size(sheet) for name, sheet in SHEETS.items()},
        editions={
            name: f"{_first(getattr(made, 'func', made).__doc__)}."
            for name, made in {**editions(), **exported()}.items()
        },
    )


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
