"""The command line: parse, call build, print, exit. The only module that prints or reads the environment."""

import argparse
import dataclasses
import json
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from triptych.errors import ContentError, Differs, Failed, Problem, TriptychError, Unclean, UsageError
from triptych.model import FILES, Model, Paper, Style, sheet_name

if TYPE_CHECKING:
    from triptych.build import Order

PROJECT = Path(__file__).resolve().parents[2]
EDITIONS = ("mono", "large", "tiles", "booklet", "pair", "html")
"""Made where an article lists none; `press` needs a profile, and is made when it is asked for."""
NAMES = {"briefing": "briefing", "factsheet": "fact sheet", "poster": "poster"}
"""What a person calls each document, by the name of its file."""
DOCUMENTS = tuple(NAMES)
ACCEPTED = PROJECT / "tests" / "__snapshots__" / "test_snapshots"
"""Where the snapshot tests keep what was last accepted."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns the exit code.

    0 done, 1 a file, 2 usage, 3 content, 4 style, 5 fit, 6 a tool missing, 7 a handout differs.
    """
    options = _parser().parse_args(arguments)
    try:
        options.run(options)
    except (Unclean, Differs, Failed) as error:
        return error.exit_code
    except ContentError as error:
        from triptych import problems

        print(problems.text(error.problems), file=sys.stderr)
        return error.exit_code
    except TriptychError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"{error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="triptych", description="One article in, three matched print documents out.")
    commands = parser.add_subparsers(required=True, metavar="command")
    build = commands.add_parser("build", help="typeset an article's documents, or those of many articles")
    build.add_argument(
        "articles", type=Path, nargs="+", metavar="article", help="the article's folder, such as content/himtoo"
    )
    build.add_argument(
        "--only", nargs="+", choices=DOCUMENTS, default=DOCUMENTS, metavar="document", help="only these: %(choices)s"
    )
    build.add_argument("--paper", type=Paper, choices=tuple(Paper), help="paper of the briefing and fact sheet")
    build.add_argument(
        "--sheet", type=_sheet, metavar="sheet", help="sheet of the poster, such as a2, a1-landscape, 500x700mm"
    )
    build.add_argument("--larger", action="store_true", help="take a larger sheet when the events do not fit")
    build.add_argument("--theme", choices=("mono",), default="", help="%(choices)s: in one ink")
    build.add_argument(
        "--output",
        type=Path,
        help="folder for the PDF files of one article, or for the folders of many; build/ARTICLE where nothing is said",
    )
    build.add_argument(
        "-j",
        "--processes",
        type=int,
        default=_cores(),
        help="documents or articles made at a time; as many as there are cores if not given",
    )
    build.set_defaults(run=_build)
    editions = commands.add_parser("editions", help="make an article's editions, such as large print")
    editions.add_argument("article", type=Path, help="the article's folder, such as content/himtoo")
    editions.add_argument(
        "--only", nargs="+", choices=(*EDITIONS, "press"), metavar="edition", help="only these: %(choices)s"
    )
    editions.add_argument("--profile", type=Path, help="ICC profile of the press")
    editions.add_argument("--paper", type=Paper, choices=tuple(Paper), help="paper of the office printer")
    editions.add_argument("--sheet", type=_sheet, metavar="sheet", help="sheet of the poster")
    editions.add_argument("--creep", type=float, default=0.0, help="of a booklet, in mm a sheet")
    editions.add_argument("--output", type=Path, help="folder of the editions' folders; build/ARTICLE if not given")
    editions.set_defaults(run=_editions)
    check = commands.add_parser("check", help="tell all that is wrong with articles")
    check.add_argument("articles", type=Path, nargs="+", metavar="article", help="folders such as content/himtoo")
    check.add_argument("--format", choices=("text", "json", "github"), default="text", help="%(choices)s")
    check.set_defaults(run=_check)
    trace = commands.add_parser("trace", help="list what a PDF prints, with the passage and sources of each statement")
    trace.add_argument("handout", type=Path, metavar="pdf", help="such as build/himtoo/factsheet.pdf")
    trace.set_defaults(run=_trace)
    claims = commands.add_parser("claims", help="write the table of an article's claims, for an editor to sign off")
    claims.add_argument("article", type=Path, help="the article's folder, such as content/himtoo")
    claims.add_argument("--output", type=Path, help="folder of the table; build/ARTICLE/claims where nothing is said")
    claims.set_defaults(run=_claims)
    verify = commands.add_parser(
        "verify", help="tell whether a PDF is what its content gives, or the content has changed"
    )
    verify.add_argument("handout", type=Path, metavar="pdf", help="such as build/himtoo/factsheet.pdf")
    verify.add_argument("article", type=Path, nargs="?", help="the article's folder, to tell what has changed since")
    verify.set_defaults(run=_verify)
    reading = commands.add_parser("read", help="tell a PDF as a screen reader would")
    reading.add_argument("handout", type=Path, metavar="pdf", help="such as build/himtoo/poster.pdf")
    reading.set_defaults(run=_read)
    timeline = commands.add_parser("timeline", help="print the geometry of an article's poster timeline")
    timeline.add_argument("article", type=Path, help="the article's folder, such as content/himtoo")
    timeline.add_argument("--sheet", type=_sheet, metavar="sheet", help="sheet of the poster")
    timeline.add_argument("--json", action="store_true", required=True, help="as JSON: lengths in mm, times in days")
    timeline.set_defaults(run=_timeline)
    review = commands.add_parser("review", help="show what changed on paper")
    review.add_argument("article", type=Path, help="the article's folder, such as content/himtoo")
    review.add_argument(
        "--since", metavar="revision", help="a git revision; what was last accepted where nothing is said"
    )
    review.add_argument("--output", type=Path, default=PROJECT / "build" / "review", help="folder of the report")
    review.set_defaults(run=_review)
    preview = commands.add_parser("preview", help="show the documents in a browser and follow each save")
    preview.add_argument("article", type=Path, help="the article's folder, such as content/himtoo")
    preview.add_argument(
        "--only", nargs="+", choices=DOCUMENTS, default=DOCUMENTS, metavar="document", help="only these: %(choices)s"
    )
    preview.add_argument("--paper", type=Paper, choices=tuple(Paper), help="paper of the briefing and fact sheet")
    preview.add_argument("--sheet", type=_sheet, metavar="sheet", help="sheet of the poster")
    preview.add_argument("--port", type=int, default=8765, help="of this machine; 8765 where nothing is said, 0: any")
    preview.add_argument("--no-browser", action="store_true", help="print the address and open nothing")
    preview.set_defaults(run=_preview)
    schema = commands.add_parser("schema", help="print the JSON Schema of a content file")
    schema.add_argument(
        "file", nargs="?", choices=(*FILES, "style.yaml"), help="such as timeline.yaml; all if not given"
    )
    schema.add_argument("--output", type=Path, help="write them into a folder")
    schema.set_defaults(run=_schema)
    return parser


def _cores() -> int:
    """Cores that this process may use; 1 on a system where forking a process is not safe."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _build(options: argparse.Namespace) -> None:
    from triptych import build

    if options.processes < 1:
        raise UsageError(f"--processes is {options.processes}: it must be 1 or more")
    order = build.Order(
        tuple(options.only), options.paper, options.sheet, options.larger, _source_date(), options.theme
    )
    if len(options.articles) == 1:
        _build_one(options.articles[0], order, options.output, options.processes)
    else:
        _build_many(options.articles, order, options.output or PROJECT / "build", options.processes)


def _build_one(article: Path, order: "Order", output: Path | None, processes: int) -> None:
    from tqdm import tqdm

    from triptych import build

    warned: list[Problem] = []
    with tqdm(total=len(order.documents), disable=None, leave=False, bar_format="{desc} {bar} {n}/{total}") as bar:

        def done(name: str) -> None:
            bar.set_description(name)
            bar.update()

        documents = build.article(article, order, PROJECT / "templates", done, warned.extend, processes)
    paths = build.write(documents, output or PROJECT / "build" / article.resolve().name)
    for document, path in zip(documents, paths, strict=True):
        pages = f"{document.pages} page{'s' if document.pages > 1 else ''}"
        print(f"{_shown(path)}  {pages}, {len(document.pdf) / 1024:.0f} KiB")
        for note in document.notes:
            print(f"    {note}")
    if warned:
        from triptych import problems

        print(problems.text(warned), file=sys.stderr)


def _build_many(articles: Sequence[Path], order: "Order", output: Path, processes: int) -> None:
    """Make each article, tell of each that is done, and at the end of those that failed. Raises Failed."""
    from tqdm import tqdm

    from triptych import library

    failed = []
    with tqdm(total=len(articles), disable=None, leave=False, unit=" articles") as bar:
        for outcome in library.outcomes(articles, order, PROJECT / "templates", output, processes):
            bar.update()
            if outcome.error:
                failed.append(outcome)
            else:
                bar.write(f"{_shown(output / outcome.folder.resolve().name)}  {len(outcome.paths)} documents")
                for note in outcome.notes:
                    bar.write(f"    {note}")
    for outcome in sorted(failed, key=lambda outcome: outcome.folder):
        print(outcome.error, file=sys.stderr)
    if failed:
        print(f"{len(failed)} of {len(articles)} articles could not be made, told above", file=sys.stderr)
        raise Failed(max(outcome.exit_code for outcome in failed))


def _editions(options: argparse.Namespace) -> None:
    from triptych import build, editions, finish, read

    folder = options.article
    all_there_are = (*EDITIONS, "press") if options.profile else EDITIONS
    names = options.only or read.article(folder)[0].article.front.editions or all_there_are
    order = build.Order(
        (), options.paper, options.sheet, moment=_source_date(), profile=options.profile, creep=options.creep
    )
    output = options.output or PROJECT / "build" / folder.resolve().name
    made = {
        output / name / file: pdf
        for name in names
        for file, pdf in editions.EDITIONS[name](folder, order, PROJECT / "templates").items()
    }
    finish.write(made)
    for path, pdf in made.items():
        print(f"{_shown(path)}  {len(pdf) / 1024:.0f} KiB")


def _check(options: argparse.Namespace) -> None:
    from triptych import check, problems

    found = [problem for folder in options.articles for problem in check.problems(folder)[1]]
    if told := problems.FORMATS[options.format](found):
        print(told)
    if any(not problem.warning for problem in found):
        raise Unclean


def _trace(options: argparse.Namespace) -> None:
    import tempfile

    from triptych import build, carried, check, signoff

    found = carried.read(options.handout)
    with tempfile.TemporaryDirectory(prefix="triptych-") as folder:
        files, _ = check.problems(found.unpacked(Path(folder)))
        rows = signoff.rows(files, build.citation_style(files.folder, PROJECT / "templates"))
        for line in signoff.trace(rows, found.manifest["document"], options.handout.read_bytes()):
            print(line.replace(f"{folder}/{found.manifest['article']}/", ""))


def _claims(options: argparse.Namespace) -> None:
    from triptych import build, check, finish, signoff

    files, _ = check.article(options.article)
    templates = PROJECT / "templates"
    rows = signoff.rows(files, build.citation_style(files.folder, templates))
    name = options.article.resolve().name
    output = options.output or PROJECT / "build" / name / "claims"
    style = {"review.css": (templates / "review" / "review.css").read_bytes()}
    finish.fill(output, {**signoff.table(name, rows, templates), **style})
    print(f"{len(rows)} statements: {_shown(output / 'claims.html')}, {_shown(output / 'claims.csv')}")


def _read(options: argparse.Namespace) -> None:
    from triptych import reading, tags

    print("\n".join(reading.lines(tags.read(options.handout.read_bytes()))))


def _verify(options: argparse.Namespace) -> None:
    from triptych import build, verify

    if options.article:
        verdict = verify.content(options.handout, options.article)
    else:
        verdict = verify.pages(
            options.handout, lambda found, folder: build.remade(found, folder, PROJECT / "templates")
        )
    print("\n".join(verdict.lines))
    if not verdict.holds:
        raise Differs


def _sheet(name: str) -> str:
    try:
        return sheet_name(name)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _timeline(options: argparse.Namespace) -> None:
    from triptych import build, poster

    order = build.Order((), sheet=options.sheet)
    plans = poster.plans(build.workshop(options.article, order, PROJECT / "templates"))
    print(json.dumps([dataclasses.asdict(plan) for plan in plans], indent=2, ensure_ascii=False, default=str))


def _review(options: argparse.Namespace) -> None:
    from triptych import build, finish, record, review, revision

    article = options.article.resolve()
    since = revision.documents(PROJECT, options.since, article.relative_to(PROJECT)) if options.since else {}
    documents = []
    for document in build.article(article, build.Order(DOCUMENTS, moment=_source_date()), PROJECT / "templates"):
        name = NAMES[document.name]
        if options.since:
            before = record.record(since[document.name]) if document.name in since else None
        else:
            before = record.accepted(ACCEPTED, f"{article.name}-{document.name}")
        documents.append(review.reviewed(name, before, record.record(document.pdf)))
    against = options.since or "what was last accepted"
    files = review.files(article.name, against, "today’s content", documents, PROJECT / "templates")
    finish.fill(options.output, files)
    print(review.summary(documents))
    print(f"Look at it in a browser: {(options.output / 'index.html').resolve().as_uri()}")


def _preview(options: argparse.Namespace) -> None:
    import webbrowser

    from triptych import build, preview

    def ready(address: str) -> None:
        print(address)
        print(f"Save any file of {_shown(options.article)}, and its pages follow. Ctrl-C ends it.", flush=True)
        if not options.no_browser:
            webbrowser.open(address)

    order = build.Order(tuple(options.only), options.paper, options.sheet, moment=_source_date())
    code = Path(__file__).parent
    preview.serve(preview.Preview(options.article, order, NAMES, PROJECT / "templates", code, options.port), ready)


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _source_date() -> datetime | None:
    """The moment that SOURCE_DATE_EPOCH gives (reproducible-builds.org), if it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch and not epoch.isdecimal():
        raise UsageError(f"SOURCE_DATE_EPOCH is `{epoch}`: it must be a number of seconds since 1970")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else None


def _schema(options: argparse.Namespace) -> None:
    models: dict[str, type[Model]] = {**FILES, "style.yaml": Style}
    for name in [options.file] if options.file else models:
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **models[name].model_json_schema()}
        text = json.dumps(schema, indent=2, ensure_ascii=False)
        if options.output:
            options.output.mkdir(parents=True, exist_ok=True)
            path = options.output / f"{Path(name).stem}.schema.json"
            path.write_text(f"{text}\n", encoding="utf-8")
            print(_shown(path))
        else:
            print(text)


if __name__ == "__main__":
    sys.exit(main())
