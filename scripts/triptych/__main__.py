"""The command line: parse, run, print, exit. The only module that prints or reads the environment."""

import dataclasses
import io
import json
import os
import re
import shlex
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from triptych.content import kin
from triptych.content.errors import (
    FAULT,
    INTERRUPTED,
    NO_READER,
    OURS,
    ContentError,
    Differs,
    NothingToPrint,
    Problem,
    SomeFailed,
    TriptychError,
    Unclean,
    UsageError,
    of_system,
)
from triptych.content.kinds import HEADS, KINDS, Edition
from triptych.content.model import FILES, HOUSE_FILES, Model
from triptych.design import where
from triptych.options import DOCUMENTS, EDITIONS, asked

if TYPE_CHECKING:
    from triptych.build.library import Outcome
    from triptych.build.pipeline import Order

ACCEPTED = Path("tests", "__snapshots__", "articles")
"""The folder, in the project, with a folder of accepted snapshots for each article."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code.

    0 done, 1 a file or another machine, 2 usage, 3 content, 4 style, 5 fit, 6 a missing tool, 7 a handout differs,
    70 a fault of Triptych, 130 Ctrl-C, 141 the output pipe is closed, as by `head` after ten lines.
    """
    options = asked(arguments)
    _print_whatever_the_locale()
    try:
        COMMANDS[options.command](options)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python flushes it again at exit
        return NO_READER
    except (Unclean, Differs, SomeFailed) as error:
        return error.exit_code
    except Exception as error:
        if options.debug:
            traceback.print_exc()
        return _failure(error)
    return 0


def _print_whatever_the_locale() -> None:
    """Let the output print any character: one that the locale does not have prints as its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _failure(error: Exception) -> int:
    """Print why a command failed, and return its exit code."""
    if isinstance(error, ContentError):
        from triptych.check import messages

        print(messages.text(error.problems), file=sys.stderr)
        return error.exit_code
    if isinstance(error, TriptychError):
        print(error, file=sys.stderr)
        return error.exit_code
    if isinstance(error, OSError):
        print(of_system(error), file=sys.stderr)
        return 1
    print(f"{type(error).__name__}: {OURS}", file=sys.stderr)
    return FAULT


def _new(options: Namespace) -> None:
    from triptych.build import start

    folder, content = options.article, where.project() / "content"
    if ".." in folder.parts or folder.resolve() in (content.resolve(), Path.cwd()):
        raise UsageError("give the new article a name, such as opening")
    if folder.parent == Path():
        folder = content / folder
    title = options.title or _answer("Title", folder.name.replace("-", " ").capitalize())
    language = options.language or _answer("Language", "en-GB")
    for path in start.article(folder, title, language, where.templates(), options.tables):
        print(_shown(path))
    print(f"Write your own words in these files, then run: {_command(folder)}")


def _command(folder: Path, by_make: str = "pdf", other: str = "build") -> str:
    """The command that builds an article, or does something else with it."""
    is_ours = where.clone() and folder.resolve().parent == (where.project() / "content").resolve()
    if is_ours:
        return f"make {by_make} ARTICLE={shlex.quote(folder.name)}"
    return f"triptych {other} {shlex.quote(_shown(folder))}"


def _import(options: Namespace) -> None:
    from triptych.imports import article

    given = {"url": options.address, "licence": options.licence, "publisher": options.publisher}
    given |= {"revision": options.revision, "date": options.date}
    report = article.imported(options.files, options.to, given, options.language)
    for path in report.written:
        print(_shown(path))
    print(f"{report.counts or 'Nothing'} imported")
    _print_received(f"    {note}" for note in report.notes)
    if report.proposes:
        print(f"Tick what you accept of it, then run: {_command(options.to, 'propose', 'propose')}")
    print(f"Read the files, then run: {_command(options.to)}")


def _answer(question: str, otherwise: str) -> str:
    """What a person answers, where there is one; else the usual answer. Raises UsageError at the end of the input."""
    if not sys.stdin.isatty():
        return otherwise
    try:
        return input(f"{question} [{otherwise}]: ").strip() or otherwise
    except EOFError:
        print()
        raise UsageError("nothing was written: answer each question, or give --title and --language") from None


def _propose(options: Namespace) -> None:
    from triptych.imports import article

    print(article.proposed(options.article))
    print(f"Tick what you accept, then run: {_command(options.article, 'propose', 'propose')}")


def _export(options: Namespace) -> None:
    from triptych.build import finish
    from triptych.exports import files

    data, left = files.exported(options.article, options.part, options.to.suffix.lower())
    finish.write({options.to.parent: {options.to.name: data}})
    print(_shown(options.to))
    _print_received(f"    {note}" for note in left)


def _translations(options: Namespace) -> None:
    from triptych.build import finish
    from triptych.content import record
    from triptych.review import translated

    if options.export:
        _export_texts(options.article, options.export, options.to)
        return
    if options.received:
        _import_texts(options.article, options.received)
        return
    found = translated.folders(options.article)
    if options.accept is not None:
        if len(found) > 1:
            raise UsageError(f"{options.article} has several translations: name one, such as {found[0]}")
        data, count = translated.accepted(found[0], options.accept)
        path = record.path(found[0])
        finish.replace(path.parent, {path.name: data})
        print(f"{_shown(path)}  {count} text{'' if count == 1 else 's'} accepted")
        return
    for folder in found:
        print("\n".join(translated.lines(folder)))


def _export_texts(article: Path, language: str, path: Path | None) -> None:
    from triptych.build import finish
    from triptych.exports import translations

    path = path or Path(f"{article.resolve().name}.{language}.po")
    data = translations.exported(article, language, path.suffix.lower())
    finish.write({path.parent: {path.name: data}})
    print(_shown(path))


def _import_texts(article: Path, path: Path) -> None:
    from triptych.build import finish
    from triptych.imports import translations

    found = translations.imported(article, path)
    finish.replace(found.folder, found.files)
    for name in found.files:
        print(_shown(found.folder / name))
    for note in found.notes:
        print(f"    {note}")
    print(f"Read the files, then run: triptych translations {shlex.quote(_shown(found.folder))}")


def _redirects(options: Namespace) -> None:
    from triptych.exports import redirects

    print("\n".join(redirects.lines(options.article, options.form)))


def _build(options: Namespace) -> None:
    from triptych.build import library, pipeline

    pipeline.settle()
    if options.processes < 1:
        raise UsageError(f"--processes is {options.processes}: it must be 1 or more")
    order = pipeline.Order(
        tuple(options.only), options.paper, options.sheet, options.larger, _source_date(), options.theme
    )
    asked = _every_article() if options.all else options.articles
    articles = asked if options.alone else library.with_translations(asked)
    into = library.folders(articles, options.output or where.build())
    if options.output and len(asked) == 1 and not options.all:
        into = {one: options.output / (kin.tag(one) if one != asked[0] else "") for one in articles}
    if options.scheduler:
        from triptych.build import cluster

        outcomes = cluster.outcomes(into, order, where.templates(), options.scheduler)
        _build_many(len(into), outcomes, options.debug)
    elif len({kin.root(one).resolve() for one in into}) == 1:
        _build_each(into, order, options.processes)
    else:
        outcomes = library.outcomes(into, order, where.templates(), options.processes)
        _build_many(len(into), outcomes, options.debug)


def _every_article() -> list[Path]:
    """The folders in content/ with an article. Raises UsageError if there are none."""
    heads = (*(where.project() / "content").glob("*/article.md"), *(where.project() / "content").glob("*/timeline.*"))
    found = sorted({path.parent for path in heads if path.name in HEADS})
    if not found:
        raise UsageError(f"no article is in {where.project() / 'content'}: add a folder with an article.md")
    return [Path(_shown(path)) for path in found]


def _build_each(into: Mapping[Path, Path], order: "Order", processes: int) -> None:
    """Make an article and its translations; one that fails does not stop the others. Raises SomeFailed."""
    failed = []
    for article, output in into.items():
        try:
            _build_one(article, output, order, processes)
        except (TriptychError, OSError) as error:
            if len(into) == 1:
                raise
            failed.append(_failure(error))
    if failed:
        raise SomeFailed(max(failed))


def _build_one(article: Path, output: Path, order: "Order", processes: int) -> None:
    from tqdm import tqdm

    from triptych.build import pipeline, rehearsal

    warned: list[Problem] = []
    skipped: list[str] = []
    with tqdm(
        total=len(order.documents or DOCUMENTS), disable=None, leave=False, bar_format="{desc} {bar} {n}/{total}"
    ) as bar:

        def done(name: str) -> None:
            bar.set_description(name)
            bar.update()

        try:
            documents = pipeline.documents(
                article, order, where.templates(), done, warned.extend, processes, skipped.append
            )
        except ContentError:
            raise rehearsal.completed(article, order, where.templates(), processes) from None
    paths, gone = pipeline.write(documents, order, output)
    for document, path in zip(documents, paths, strict=True):
        pages = f"{document.pages} page{'s' if document.pages > 1 else ''}"
        print(f"{_shown(path)}  {pages}, {len(document.pdf) / 1024:.0f} KiB")
        for note in document.notes:
            print(f"    {note}")
    for reason in skipped:
        print(reason)
    for name in gone:
        print(f"{_shown(output / name)}  {pipeline.REMOVED}")
    if warned:
        from triptych.check import messages

        print(messages.text(warned), messages.counted(warned), sep="\n", file=sys.stderr)


def _build_many(count: int, outcomes: Iterator["Outcome"], debug: bool) -> None:
    """Print each finished article, and at the end those that failed. Raises SomeFailed."""
    from tqdm import tqdm

    failed = []
    with tqdm(total=count, disable=None, leave=False, unit=" articles") as bar:
        for outcome in outcomes:
            bar.update()
            if outcome.error:
                failed.append(outcome)
            else:
                bar.write(f"{_shown(outcome.paths[0].parent)}  {len(outcome.paths)} documents")
                for note in outcome.notes:
                    bar.write(f"    {note}")
    for outcome in sorted(failed, key=lambda outcome: outcome.article):
        print((outcome.traceback if debug else "") + outcome.error, file=sys.stderr)
    if failed:
        print(f"{len(failed)} of {count} articles failed; see the messages above", file=sys.stderr)
        raise SomeFailed(max(outcome.exit_code for outcome in failed))


def _editions(options: Namespace) -> None:
    folders = (options.article, *(() if options.alone else kin.translations(options.article)))
    output = options.output or where.build() / kin.output_name(options.article)
    failed = []
    for folder in folders:
        try:
            _editions_of(folder, output / (folder.name if folder != options.article else ""), options)
        except (TriptychError, OSError) as error:
            if len(folders) == 1:
                raise
            failed.append(_failure(error))
    if failed:
        raise SomeFailed(max(failed))


def _editions_of(folder: Path, output: Path, options: Namespace) -> None:
    from triptych.build import editions, finish, pipeline
    from triptych.content import read

    all_there_are = tuple(Edition) if options.profile else EDITIONS
    names = options.only or read.files(folder)[0].article.front.editions or all_there_are
    given = {"creep": options.creep, "languages": options.languages}
    order = pipeline.Order((), options.paper, options.sheet, moment=_source_date(), **given)
    makers = editions.editions(options.profile)
    made, skipped = {}, []
    for name in names:
        try:
            made[output / name] = makers[name](folder, order, where.templates())
        except NothingToPrint as error:
            if options.only:
                raise
            skipped.append(f"{name} skipped: {error}")
    finish.write(made)
    for place, files in made.items():
        for name, data in files.items():
            print(f"{_shown(place / name)}  {len(data) / 1024:.0f} KiB")
        for note in files.notes:
            print(f"    {note}")
    for reason in skipped:
        print(reason)


def _check(options: Namespace) -> None:
    from triptych.build import library, pipeline, rehearsal
    from triptych.check import messages, tracing
    from triptych.content import read

    pipeline.settle()
    order, templates = pipeline.Order(moment=_source_date()), where.templates()
    folders = library.with_translations(options.articles)
    each = (rehearsal.problems(folder, order, templates, options.processes) for folder in folders)
    found = list(dict.fromkeys(problem for problems in each for problem in problems))
    if text := messages.FORMATS[options.format](found):
        print(text)
    if options.format == "text" and found:
        print(messages.counted(found))
    if options.format == "text":
        said = dict.fromkeys(tracing.unchecked(read.files(folder)[0]) for folder in folders)
        print(*filter(None, said), sep="\n", end="\n" * any(said))
    if any(not problem.warning for problem in found):
        raise Unclean


def _trace(options: Namespace) -> None:
    from triptych.check import rules
    from triptych.review import bounded, handouts, statements, tracing

    handout = options.handout
    found = handouts.opened(handout)
    with handouts.unpacked(handout, found) as folder:
        files, _ = rules.checked(folder)
        rows = statements.rows(files, statements.citation_style(folder, where.templates()))
    told = bounded.read(handout, lambda: [*tracing.traced(rows, found.document, handout.read_bytes())])
    _print_received(line.replace(f"{folder}/", "") for line in tracing.lines(told))
    if differing := sum(bool(one.differing) for one in told):
        print(f"{differing} of {len(told)} statements are not on the pages as they are in the content")
        raise Differs


def _claims(options: Namespace) -> None:
    from triptych.build import finish
    from triptych.check import rules
    from triptych.review import signatures, signoff, statements

    files, _ = rules.checked(options.article)
    templates = where.templates()
    rows = statements.rows(files, statements.citation_style(files.given, templates))
    given = signatures.read(files.given)
    if options.sign is not None:
        day = (_source_date() or datetime.now()).date()
        signatures.keep(files.given, signatures.sign(rows, given, options.sign, day, options.only))
        given = signatures.read(files.given)
    elif options.only:
        raise UsageError("--only says what --sign accepts: give --sign NAME too")
    rows = signatures.signed(rows, given)
    name = kin.output_name(options.article)
    output = options.output or where.build() / name / "claims"
    style = {"review.css": templates.file("review/review.css").read_bytes()}
    finish.fill(output, {**signoff.table(name, (*rows, *signoff.accepted(files)), templates), **style})
    print(f"{len(rows)} statements: {_shown(output / 'claims.html')}, {_shown(output / 'claims.csv')}")
    if given:
        print(signatures.summary(rows))


def _read(options: Namespace) -> None:
    from triptych.pdf import carried, reading, tags

    with carried.readable(options.handout):
        lines = list(reading.lines(tags.read(options.handout.read_bytes())))
    _print_received(lines)


def _words(options: Namespace) -> None:
    from triptych.compose import translating

    found = {path: translating.renewed(path, where.templates()) for path in options.files}
    for path, catalogue in found.items():
        translating.replace(path, catalogue.text)
        left = [f"{catalogue.empty} words to translate"] * bool(catalogue.empty)
        left += [f"{catalogue.fuzzy} to look over"] * bool(catalogue.fuzzy)
        print(f"{_shown(path)}  {', '.join(left) or 'complete'}")


def _verify(options: Namespace) -> None:
    from triptych.build import pipeline
    from triptych.review import since, verify

    if options.article:
        verdict = since.content(options.handout, options.article, partial(pipeline.look, templates=where.templates()))
    else:
        verdict = verify.pages(options.handout, lambda found, folder: pipeline.remade(found, folder, where.templates()))
    _print_received(verdict.lines)
    if not verdict.holds:
        raise Differs


def _print_received(lines: Iterable[str]) -> None:
    """Print lines from an untrusted PDF, with control characters replaced."""
    for line in lines:
        print(re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", "\ufffd", line))


def _timeline(options: Namespace) -> None:
    from triptych.build import pipeline
    from triptych.documents import poster

    order = pipeline.Order((), sheet=options.sheet)
    shop = pipeline.workshop(options.article, order, where.templates())
    pipeline.require(shop, "poster")
    plans = poster.plans(shop)
    print(json.dumps([dataclasses.asdict(plan) for plan in plans], indent=2, ensure_ascii=False, default=str))


def _review(options: Namespace) -> None:
    from triptych.build import finish, pipeline
    from triptych.review import record, report, revision

    article = options.article.resolve()
    name = kin.output_name(article)
    output = options.output or where.build() / name / "review"
    finish.check(output)
    since = {}
    if options.since:
        since = revision.documents(where.project(), options.since, article.relative_to(where.project()))
    documents = []
    for document in pipeline.documents(article, pipeline.Order(moment=_source_date()), where.templates()):
        caption = KINDS[document.name].caption
        if options.since:
            before = record.record(since[document.name]) if document.name in since else None
        else:
            before = record.accepted(where.project() / ACCEPTED / name, document.name)
        documents.append(report.reviewed(caption, before, record.record(document.pdf)))
    against = options.since or "the last accepted version"
    files = report.files(name, against, "today’s content", documents, where.templates())
    finish.fill(output, files)
    print(report.summary(documents))
    print(f"Look at it in a browser: {(output / 'index.html').resolve().as_uri()}")


def _preview(options: Namespace) -> None:
    import webbrowser

    from triptych.build import pipeline
    from triptych.preview import server

    def ready(address: str) -> None:
        print(address)
        print(f"Save any file in {_shown(options.article)} to update the pages. Press Ctrl-C to stop.", flush=True)
        if not options.no_browser:
            webbrowser.open(address)

    order = pipeline.Order(tuple(options.only), options.paper, options.sheet, moment=_source_date())
    code = Path(__file__).parent
    server.serve(server.Preview(options.article, order, where.templates(), code, options.port), ready)


def _shown(path: Path) -> str:
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def _source_date() -> datetime | None:
    """The moment in SOURCE_DATE_EPOCH (reproducible-builds.org), or None. Raises UsageError."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return None
    try:
        if epoch.isascii() and epoch.isdecimal():
            return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError):
        pass
    raise UsageError(
        f"SOURCE_DATE_EPOCH is `{epoch}`: it must be the number of seconds since 1970, before the year 9999"
    )


def _columns(options: Namespace) -> None:
    from triptych.content import columns

    table, output = columns.TABLES[options.table], options.output
    if not output:
        print("\n".join(columns.listing(table, options.language)))
        return
    from triptych.build import finish, workbooks

    if output.suffix.lower() != ".xlsx":
        raise UsageError(f"{output} is not a workbook that can be written: give it a name such as {table.stem}.xlsx")
    if output.exists() or output.is_symlink():
        raise UsageError(f"{output} is there already: give another name")
    finish.write({output.parent: {output.name: workbooks.workbook(table, options.language)}})
    print(_shown(output))


def _schema(options: Namespace) -> None:
    models: dict[str, type[Model]] = {**FILES, **HOUSE_FILES}
    for name in [options.file] if options.file else models:
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **models[name].model_json_schema()}
        text = json.dumps(schema, indent=2, ensure_ascii=False)
        if options.output:
            path = options.output / f"{Path(name).stem}.schema.json"
            if path.exists() and '"$schema"' not in path.read_text(encoding="utf-8", errors="replace"):
                raise UsageError(f"{path} is not a JSON Schema: move it away, or give another folder with --output")
            options.output.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{text}\n", encoding="utf-8")
            print(_shown(path))
        else:
            print(text)


COMMANDS: Mapping[str, Callable[[Namespace], None]] = {
    "new": _new,
    "import": _import,
    "propose": _propose,
    "export": _export,
    "redirects": _redirects,
    "translations": _translations,
    "build": _build,
    "editions": _editions,
    "check": _check,
    "trace": _trace,
    "claims": _claims,
    "verify": _verify,
    "read": _read,
    "timeline": _timeline,
    "review": _review,
    "preview": _preview,
    "columns": _columns,
    "words": _words,
    "schema": _schema,
}
"""The function of each command in options.py."""


if __name__ == "__main__":
    sys.exit(main())
