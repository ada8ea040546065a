"""The command line: its commands, their options and the help for each."""

import argparse
import math
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TypeAlias

from triptych.content.columns import TABLES
from triptych.content.kinds import KINDS, THEMES, Edition, Paper
from triptych.content.model import FILES, HOUSE_FILES, sheet_name

EDITIONS = tuple(edition for edition in Edition if edition is not Edition.PRESS)
"""The editions if an article lists none: all but `press`, which needs a profile."""
DOCUMENTS = tuple(KINDS)
MOST_CREEP, MOST_PORT = 5, 65535

ISOLATED = {
    **dict.fromkeys(("import", "trace", "verify", "read"), "yes"),
    "build": "with --all",
    **dict.fromkeys(("editions", "pack", "check", "claims", "timeline"), "no"),
}
"""The commands that can be isolated, and when they are if nobody says."""

ABSENT: Mapping[str, object] = {
    **dict.fromkeys(("article", "handout", "to", "output", "scheduler", "isolated")),
    **dict.fromkeys(("articles", "files"), ()),
    "all": False,
}
"""The values of options that a command does not have."""

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Parse the command line; `command` is the command. Prints a message and exits with 2 if it is wrong."""
    return parser().parse_args(arguments)


def parser() -> argparse.ArgumentParser:
    """The parser of the whole command line. The reference is also made from it."""
    parser = argparse.ArgumentParser(prog="triptych", description="One article in, three matched print documents out.")
    parser.set_defaults(**ABSENT)
    commands = parser.add_subparsers(required=True, metavar="command", dest="command")
    _new(commands)
    _import(commands)
    _propose(commands)
    _export(commands)
    _redirects(commands)
    _translations(commands)
    _build(commands)
    _editions(commands)
    _pack(commands)
    _places(commands)
    _check(commands)
    _trace(commands)
    _claims(commands)
    _verify(commands)
    _read(commands)
    _timeline(commands)
    _review(commands)
    _preview(commands)
    _columns(commands)
    _words(commands)
    _schema(commands)
    commands.add_parser("doctor", help="say what this machine has, what is missing, and which limits hold")
    for name in ISOLATED:
        commands.choices[name].add_argument(
            "--isolated",
            action=argparse.BooleanOptionalAction,
            default=None,
            help="shut out of the network and of all files but its own, as far as this system can "
            f"(default: {ISOLATED[name]})",
        )
    for command in commands.choices.values():
        command.add_argument("--debug", action="store_true", help="print the traceback of an error, to report it")
    return parser


def _new(commands: _Commands) -> None:
    new = commands.add_parser("new", help="start an article: write short files that build at once, to fill in")
    new.add_argument("article", type=Path, help="the name of the article, for a folder in content/, or a new folder")
    new.add_argument("--title", help="its title (default: asked for)")
    new.add_argument("--language", help="its language, such as en-GB (default: asked for, or en)")
    new.add_argument("--tables", action="store_true", help="write workbooks for a spreadsheet program instead of YAML")


def _import(commands: _Commands) -> None:
    bring = commands.add_parser("import", help="make an article of files of other programs, or update it from them")
    bring.add_argument(
        "files",
        type=Path,
        nargs="+",
        metavar="file",
        help="a text (docx odt html md wiki rst txt), a timeline (json csv mw ics), tables (xlsx ods csv) "
        "or sources (json yaml bib ris)",
    )
    bring.add_argument(
        "--to", type=Path, required=True, metavar="article", help="the folder of the article, such as content/opening"
    )
    bring.add_argument("--language", default="", help="its language, such as en-GB (default: from the file)")
    bring.add_argument("--address", default="", help="the web address of the text (default: from the file)")
    bring.add_argument("--licence", default="", help="the licence of the text (default: from the file)")
    bring.add_argument("--publisher", default="", help="who published the text (default: from the file)")
    bring.add_argument("--revision", default="", help="the number of its version (default: from the file)")
    bring.add_argument("--date", default="", help="the day of that version (default: from the file)")


def _propose(commands: _Commands) -> None:
    propose = commands.add_parser("propose", help="propose events and key figures of the prose, in proposals.md")
    _add_article(propose)


def _export(commands: _Commands) -> None:
    export = commands.add_parser("export", help="write an article's timeline, figures or sources for other programs")
    _add_article(export)
    export.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar="file",
        help="the file to write: json, csv or ics for a timeline, csv for figures, json or bib for sources",
    )
    export.add_argument(
        "--part",
        choices=("timeline", "figures", "sources"),
        default="timeline",
        help="what to write: %(choices)s (default: timeline)",
    )


def _redirects(commands: _Commands) -> None:
    redirects = commands.add_parser(
        "redirects", help="list the short addresses of an article's sources for a web server"
    )
    _add_article(redirects)
    redirects.add_argument(
        "--form",
        choices=("plain", "apache", "nginx"),
        default="plain",
        help="the server: %(choices)s (default: plain, as in a file _redirects)",
    )


def _translations(commands: _Commands) -> None:
    translations = commands.add_parser(
        "translations", help="list which texts of an article's translations are missing or out of date"
    )
    translations.add_argument(
        "article", type=Path, help="the folder of the article, such as content/himtoo, or of one translation"
    )
    translations.add_argument(
        "--accept",
        nargs="*",
        metavar="name",
        help="say that these texts translate what the original has now, by their keys, passages or ids (default: all)",
    )
    translations.add_argument(
        "--export", metavar="language", help="write all texts for a translator into this language, such as fr"
    )
    translations.add_argument(
        "--to",
        type=Path,
        metavar="file",
        help="the file for the translator: po for gettext, xlf for XLIFF 1.2 (default: ARTICLE.LANGUAGE.po)",
    )
    translations.add_argument(
        "--import",
        dest="received",
        type=Path,
        metavar="file",
        help="write the texts of a file from a translator into the files of its translation",
    )


def _build(commands: _Commands) -> None:
    build = commands.add_parser("build", help="make the documents of one or more articles")
    which = build.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "articles",
        type=Path,
        nargs="*",
        default=(),
        metavar="article",
        help="the folder of the article, such as content/himtoo",
    )
    which.add_argument(
        "--all", action="store_true", help="make every article in content/, instead of those that you name"
    )
    build.add_argument("--alone", action="store_true", help="make no translation that is not named")
    _add_documents(build)
    _add_sheets(build)
    build.add_argument("--larger", action="store_true", help="use a larger sheet if the events do not fit")
    build.add_argument(
        "--theme",
        choices=("mono", *THEMES),
        default="",
        help="the look, instead of that of theme.yaml: %(choices)s; mono prints in one ink",
    )
    build.add_argument(
        "--output",
        type=Path,
        help="folder for the PDF files; with several articles, each gets a folder inside it, as each translation "
        "(default: build/ARTICLE)",
    )
    where = build.add_mutually_exclusive_group()
    where.add_argument(
        "--scheduler", metavar="address", help="use the machines of a Dask cluster, such as tcp://host:8786"
    )
    _add_processes(where)


def _editions(commands: _Commands) -> None:
    editions = commands.add_parser("editions", help="make an article's editions, such as large print")
    _add_article(editions)
    editions.add_argument(
        "--only", nargs="+", choices=tuple(Edition), metavar="edition", help="make only these: %(choices)s"
    )
    editions.add_argument("--alone", action="store_true", help="make no translation that is not named")
    editions.add_argument(
        "--languages",
        type=lambda given: tuple(filter(None, given.split(","))),
        default=(),
        metavar="two,of-them",
        help="for a pair: the two languages of the article to set side by side, such as en,fr",
    )
    editions.add_argument("--profile", type=Path, help="ICC profile of the press, a file from your print shop")
    _add_sheets(editions, "paper to print on: %(choices)s (default: from article.md, or a4)")
    editions.add_argument(
        "--creep",
        type=_creep,
        default=0.0,
        help="move the inner sheets of a booklet towards the fold, by this many mm a sheet (default: 0)",
    )
    editions.add_argument(
        "--output", type=Path, help="folder in which each edition gets a folder (default: build/ARTICLE)"
    )
    _add_processes(editions)


def _pack(commands: _Commands) -> None:
    pack = commands.add_parser("pack", help="put an article's documents and editions into one zip, to hand on")
    _add_article(pack)
    pack.add_argument(
        "--only",
        nargs="+",
        choices=tuple(Edition),
        metavar="edition",
        help="the editions beside the documents: %(choices)s (default: those of article.md, or all but press)",
    )
    pack.add_argument("--profile", type=Path, help="ICC profile of the press, a file from your print shop")
    _add_sheets(pack)
    pack.add_argument("--output", type=Path, metavar="file", help="the zip (default: build/ARTICLE/ARTICLE.zip)")
    _add_processes(pack)


def _places(commands: _Commands) -> None:
    places = commands.add_parser("places", help="make a copy of an article for each place in its places.csv")
    _add_article(places)
    places.add_argument(
        "--only",
        nargs="+",
        choices=DOCUMENTS,
        default=(),
        metavar="document",
        help="make only these: %(choices)s (default: factsheet poster)",
    )
    _add_sheets(places)
    places.add_argument(
        "--output", type=Path, help="folder in which each place gets a folder (default: build/ARTICLE/places)"
    )
    where = places.add_mutually_exclusive_group()
    where.add_argument(
        "--scheduler", metavar="address", help="use the machines of a Dask cluster, such as tcp://host:8786"
    )
    _add_processes(where)


def _check(commands: _Commands) -> None:
    check = commands.add_parser("check", help="list every problem in one or more articles")
    check.add_argument(
        "articles", type=Path, nargs="+", metavar="article", help="the folder of the article, such as content/himtoo"
    )
    check.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="text",
        help="how to print the problems: %(choices)s (default: text)",
    )
    check.add_argument(
        "--statistics",
        action="store_true",
        help="print words, sentences, a reading level and the longest sentences too",
    )
    check.add_argument(
        "--quick",
        action="store_true",
        help="check the files alone: do not try whether the documents fit their sheets",
    )
    _add_processes(check)


def _trace(commands: _Commands) -> None:
    trace = commands.add_parser("trace", help="list the statements in a PDF, each with its page, passage and sources")
    _add_handout(trace, "factsheet")


def _claims(commands: _Commands) -> None:
    claims = commands.add_parser(
        "claims", help="write a table of all statements of an article, for an editor to sign off"
    )
    _add_article(claims)
    claims.add_argument("--output", type=Path, help="folder for the table (default: build/ARTICLE/claims)")
    claims.add_argument("--sign", metavar="NAME", help="accept the statements as this person, in signatures.csv")
    claims.add_argument(
        "--only",
        nargs="+",
        default=[],
        metavar="STATEMENT",
        help="accept these statements alone, such as figure, or 'event vote'",
    )


def _verify(commands: _Commands) -> None:
    verify = commands.add_parser(
        "verify", help="check that a PDF matches the content that it carries, or list what has changed since"
    )
    _add_handout(verify, "factsheet")
    verify.add_argument(
        "article", type=Path, nargs="?", help="the folder of the article, to list what has changed in it since"
    )


def _words(commands: _Commands) -> None:
    words = commands.add_parser("words", help="bring catalogues of fixed words up to date, or start one to translate")
    words.add_argument(
        "files", type=Path, nargs="+", metavar="file", help="a catalogue, such as content/words.ga.po for Irish"
    )


def _read(commands: _Commands) -> None:
    _add_handout(commands.add_parser("read", help="print what a screen reader reads of a PDF"), "poster")


def _timeline(commands: _Commands) -> None:
    timeline = commands.add_parser("timeline", help="print the position of everything on the poster's timeline")
    _add_article(timeline)
    _add_sheet(timeline)
    timeline.add_argument(
        "--json", action="store_true", required=True, help="print JSON, with lengths in mm and times in days"
    )


def _review(commands: _Commands) -> None:
    review = commands.add_parser("review", help="show what has changed on paper")
    _add_article(review)
    review.add_argument(
        "--since", metavar="revision", help="compare with this git revision (default: the pages that you last accepted)"
    )
    review.add_argument("--accept", action="store_true", help="keep today's pages as accepted, after the report")
    review.add_argument("--output", type=Path, help="folder for the report (default: build/ARTICLE/review)")
    _add_processes(review)


def _preview(commands: _Commands) -> None:
    preview = commands.add_parser("preview", help="show the documents in a browser and update them at each save")
    _add_article(preview)
    _add_documents(preview)
    _add_sheets(preview)
    preview.add_argument(
        "--port", type=_port, default=8765, help="port of this computer to use; 0 takes any free port (default: 8765)"
    )
    preview.add_argument("--no-browser", action="store_true", help="print the address, but do not open a browser")


def _columns(commands: _Commands) -> None:
    listed = commands.add_parser("columns", help="print the columns of a table, or write an empty one to fill in")
    listed.add_argument("table", choices=tuple(TABLES), help="the content file: %(choices)s")
    listed.add_argument("--language", default="en", help="the language of their titles, such as fr (default: en)")
    listed.add_argument("--output", type=Path, metavar="file", help="write an empty workbook, such as timeline.xlsx")


def _schema(commands: _Commands) -> None:
    schema = commands.add_parser("schema", help="print the JSON Schema of a content file")
    schema.add_argument(
        "file", nargs="?", choices=(*FILES, *HOUSE_FILES), help="the content file, such as timeline.yaml (default: all)"
    )
    schema.add_argument("--output", type=Path, help="write the schemas into this folder instead of printing them")


def _add_article(command: argparse.ArgumentParser) -> None:
    command.add_argument("article", type=Path, help="the folder of the article, such as content/himtoo")


def _add_handout(command: argparse.ArgumentParser, example: str) -> None:
    command.add_argument("handout", type=Path, metavar="pdf", help=f"the PDF file, such as build/himtoo/{example}.pdf")


def _add_documents(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--only",
        nargs="+",
        choices=DOCUMENTS,
        default=(),
        metavar="document",
        help="make only these: %(choices)s (default: all that the article has something for)",
    )


def _add_sheets(
    command: argparse.ArgumentParser,
    paper: str = "paper of the briefing and the fact sheet: %(choices)s (default: from article.md, or a4)",
) -> None:
    command.add_argument("--paper", type=Paper, choices=tuple(Paper), help=paper)
    _add_sheet(command)


def _add_sheet(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--sheet",
        type=_sheet,
        metavar="sheet",
        help="sheet of the poster, such as a2, a1-landscape, 500x700mm or banner (default: from article.md, or a2)",
    )


def _add_processes(command: argparse._ActionsContainer) -> None:
    command.add_argument(
        "-j",
        "--processes",
        type=int,
        default=str(_cores()),  # a string default keeps argparse's exclusivity check quiet
        help="how many documents, editions or articles to make at a time (default: one for each processor core)",
    )


def _creep(given: str) -> float:
    try:
        creep = float(given)
    except ValueError:
        creep = math.inf
    if not 0 <= creep <= MOST_CREEP:
        raise argparse.ArgumentTypeError(f"`{given}` is not a length of 0 to {MOST_CREEP} mm, such as 0.1")
    return creep


def _port(given: str) -> int:
    if not given.isascii() or not given.isdecimal() or int(given[:9]) > MOST_PORT:
        raise argparse.ArgumentTypeError(f"`{given}` is not a port, a number from 0 to {MOST_PORT}")
    return int(given)


def _sheet(name: str) -> str:
    try:
        return sheet_name(name)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _cores() -> int:
    """Number of cores that this process may use; 1 on systems where forking is not safe."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
