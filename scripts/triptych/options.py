"""What may be asked for on the command line: the commands and their options."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

from triptych.content.model import FILES, Paper, sheet_name

EDITIONS = ("mono", "large", "tiles", "booklet", "pair", "html")
"""Made where an article lists none; `press` needs a profile, and is made when it is asked for."""
NAMES = {"briefing": "briefing", "factsheet": "fact sheet", "poster": "poster"}
"""What a person calls each document, by the name of its file."""
DOCUMENTS = tuple(NAMES)

_Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


def asked(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command, under `command`, and its options; ends the program where they are not as they must be."""
    parser = argparse.ArgumentParser(prog="triptych", description="One article in, three matched print documents out.")
    commands = parser.add_subparsers(required=True, metavar="command", dest="command")
    _build(commands)
    _editions(commands)
    _check(commands)
    _trace(commands)
    _claims(commands)
    _verify(commands)
    _read(commands)
    _timeline(commands)
    _review(commands)
    _preview(commands)
    _schema(commands)
    for command in commands.choices.values():
        command.add_argument("--debug", action="store_true", help="print the traceback of an error, to report it")
    return parser.parse_args(arguments)


def _build(commands: _Commands) -> None:
    build = commands.add_parser("build", help="typeset an article's documents, or those of many articles")
    which = build.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "articles",
        type=Path,
        nargs="*",
        default=(),
        metavar="article",
        help="the article's folder, such as content/himtoo",
    )
    which.add_argument("--all", action="store_true", help="every article of content/, a folder with an article.md")
    _add_documents(build)
    _add_sheets(build)
    build.add_argument("--larger", action="store_true", help="take a larger sheet when the events do not fit")
    build.add_argument("--theme", choices=("mono",), default="", help="%(choices)s: in one ink")
    build.add_argument(
        "--output",
        type=Path,
        help="folder for the PDF files of one article, or for the folders of many; build/ARTICLE where nothing is said",
    )
    where = build.add_mutually_exclusive_group()
    where.add_argument(
        "--scheduler", metavar="address", help="make them on the machines of a Dask cluster, such as tcp://host:8786"
    )
    where.add_argument(
        "-j",
        "--processes",
        type=int,
        default=str(_cores()),  # as text it is never taken for one that was given
        help="documents or articles made at a time; as many as there are cores if not given",
    )


def _editions(commands: _Commands) -> None:
    editions = commands.add_parser("editions", help="make an article's editions, such as large print")
    _add_article(editions)
    editions.add_argument(
        "--only", nargs="+", choices=(*EDITIONS, "press"), metavar="edition", help="only these: %(choices)s"
    )
    editions.add_argument("--profile", type=Path, help="ICC profile of the press")
    _add_sheets(editions, "paper of the office printer")
    editions.add_argument("--creep", type=float, default=0.0, help="of a booklet, in mm a sheet")
    editions.add_argument("--output", type=Path, help="folder of the editions' folders; build/ARTICLE if not given")


def _check(commands: _Commands) -> None:
    check = commands.add_parser("check", help="tell all that is wrong with articles")
    check.add_argument("articles", type=Path, nargs="+", metavar="article", help="folders such as content/himtoo")
    check.add_argument("--format", choices=("text", "json", "github"), default="text", help="%(choices)s")


def _trace(commands: _Commands) -> None:
    trace = commands.add_parser("trace", help="list what a PDF prints, with the passage and sources of each statement")
    _add_handout(trace, "factsheet")


def _claims(commands: _Commands) -> None:
    claims = commands.add_parser("claims", help="write the table of an article's claims, for an editor to sign off")
    _add_article(claims)
    claims.add_argument("--output", type=Path, help="folder of the table; build/ARTICLE/claims where nothing is said")


def _verify(commands: _Commands) -> None:
    verify = commands.add_parser(
        "verify", help="tell whether a PDF is what its content gives, or the content has changed"
    )
    _add_handout(verify, "factsheet")
    verify.add_argument("article", type=Path, nargs="?", help="the article's folder, to tell what has changed since")


def _read(commands: _Commands) -> None:
    _add_handout(commands.add_parser("read", help="tell a PDF as a screen reader would"), "poster")


def _timeline(commands: _Commands) -> None:
    timeline = commands.add_parser("timeline", help="print the geometry of an article's poster timeline")
    _add_article(timeline)
    _add_sheet(timeline)
    timeline.add_argument("--json", action="store_true", required=True, help="as JSON: lengths in mm, times in days")


def _review(commands: _Commands) -> None:
    review = commands.add_parser("review", help="show what changed on paper")
    _add_article(review)
    review.add_argument(
        "--since", metavar="revision", help="a git revision; what was last accepted where nothing is said"
    )
    review.add_argument("--output", type=Path, help="folder of the report; build/ARTICLE/review if not given")


def _preview(commands: _Commands) -> None:
    preview = commands.add_parser("preview", help="show the documents in a browser and follow each save")
    _add_article(preview)
    _add_documents(preview)
    _add_sheets(preview)
    preview.add_argument("--port", type=int, default=8765, help="of this machine; 8765 where nothing is said, 0: any")
    preview.add_argument("--no-browser", action="store_true", help="print the address and open nothing")


def _schema(commands: _Commands) -> None:
    schema = commands.add_parser("schema", help="print the JSON Schema of a content file")
    schema.add_argument(
        "file", nargs="?", choices=(*FILES, "style.yaml"), help="such as timeline.yaml; all if not given"
    )
    schema.add_argument("--output", type=Path, help="write them into a folder")


def _add_article(command: argparse.ArgumentParser) -> None:
    command.add_argument("article", type=Path, help="the article's folder, such as content/himtoo")


def _add_handout(command: argparse.ArgumentParser, example: str) -> None:
    command.add_argument("handout", type=Path, metavar="pdf", help=f"such as build/himtoo/{example}.pdf")


def _add_documents(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--only", nargs="+", choices=DOCUMENTS, default=DOCUMENTS, metavar="document", help="only these: %(choices)s"
    )


def _add_sheets(command: argparse.ArgumentParser, paper: str = "paper of the briefing and fact sheet") -> None:
    command.add_argument("--paper", type=Paper, choices=tuple(Paper), help=paper)
    _add_sheet(command)


def _add_sheet(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--sheet", type=_sheet, metavar="sheet", help="sheet of the poster, such as a2, a1-landscape, 500x700mm"
    )


def _sheet(name: str) -> str:
    try:
        return sheet_name(name)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _cores() -> int:
    """Cores that this process may use; 1 on a system where forking a process is not safe."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1
