"""The command line: parse, run, print, exit. The only module that prints or reads the environment."""

import dataclasses
import errno
import io
import itertools
import json
import os
import re
import shlex
import sys
import traceback
from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from triptych.content import disk, kin
from triptych.content.errors import (
    FAULT,
    INTERRUPTED,
    NO_READER,
    OURS,
    ContentError,
    Differs,
    MissingTool,
    NothingToPrint,
    Problem,
    SomeFailed,
    TriptychError,
    Unclean,
    UsageError,
    of_system,
)
from triptych.content.kinds import HEADS, KINDS, Edition
from triptych.content.model import FILES, HOUSE_FILES, Limits, Model
from triptych.design import where
from triptych.guard import worker
from triptych.options import DOCUMENTS, EDITIONS, ISOLATED, asked

if TYPE_CHECKING:
    from triptych.build.editions import Files
    from triptych.build.library import Outcome
    from triptych.build.pipeline import Order
    from triptych.documents.workshop import Document
    from triptych.guard.isolation import Fence
    from triptych.review.report import Reviewed

BESIDE = (*HOUSE_FILES, "words.*.po")
"""What an article may have beside its folder, for all articles."""
ACCEPTED = Path("tests", "__snapshots__", "articles")
"""The folder, in the project, with a folder of accepted snapshots for each article."""


ALONE = frozenset({"new", "preview", "columns", "words", "schema", "doctor"})
"""Commands that no article of others can hold up, or that limit their own processes."""


def limited() -> int:
    """Run the command of the command line within the limits of its articles, and return the exit code."""
    _open_closed_streams()
    options = asked(None)
    if options.command in ALONE:
        return _run(options)
    try:
        return worker.call(partial(_run, options), _limits(options), _worked_on(options), _fence(options))
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _failure(error, options.debug)


def _open_closed_streams() -> None:
    """Open what a standard stream was closed: else its number goes to the next file, and its messages into that."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free, which is this one
            setattr(sys, name, os.fdopen(number, "w" if number else "r", closefd=False))


def _limits(options: Namespace) -> Limits:
    """What a command may take: as much for each of its articles as the house of the first one says."""
    from triptych.content import read

    articles = _articles(options)
    count = _copies(options) or sum(1 + len(kin.translations(one)) for one in articles)
    return read.limits(articles[0]).times(count) if articles else Limits()


def _copies(options: Namespace) -> int:
    """Most copies of its article that a command makes; 0 for one that makes no copies."""
    from triptych.content.places import FILE

    path = options.article / FILE if options.command == "places" else None
    return path.read_bytes().count(b"\n") + 1 if path and path.is_file() else 0


def _worked_on(options: Namespace) -> str:
    """The name of what a command works on, for a message."""
    return str(options.handout or next(iter(_articles(options)), options.command))


def _fence(options: Namespace) -> "Fence | None":
    """What a command may reach if it is isolated: what it is about, and where it writes."""
    if not _is_isolated(options):
        return None
    from triptych.design import faces
    from triptych.guard.isolation import Fence
    from triptych.typeset import fonts

    fonts.ready()  # it can write no faces any more

    given = [kin.root(path) for path in (*_articles(options), *options.files, options.handout) if path]
    beside = [found for path in given for name in BESIDE for found in path.absolute().parent.glob(name)]
    listed = [where.project() / "content"] if options.all else []
    return Fence((faces.FOLDER.parent, *given, *beside, *listed), (options.to or options.output or where.build(),))


def _is_isolated(options: Namespace) -> bool:
    """Whether a command is isolated: as it was asked, or else as is usual. A cluster needs the network."""
    if options.scheduler or options.command not in ISOLATED:
        return False
    if options.isolated is not None:
        return bool(options.isolated)
    return ISOLATED[options.command] == "yes" or (ISOLATED[options.command] == "with --all" and options.all)


def _articles(options: Namespace) -> Sequence[Path]:
    """The folders of the articles that a command is about, or writes."""
    if options.all:
        return _every_article()
    return [path for path in (*options.articles, options.article or options.to) if path]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command in this process and return the exit code.

    0 done, 1 a file or another machine, 2 usage, 3 content, 4 style, 5 fit, 6 a missing tool, 7 a handout differs,
    8 more of the machine than allowed, 70 a fault of Triptych, 130 Ctrl-C, 141 the output pipe is closed, as by `head`
    after ten lines.
    """
    return _run(asked(arguments))


def _run(options: Namespace) -> int:
    _print_whatever_the_locale()
    try:
        COMMANDS[options.command](options)
        if sys.stdout:
            sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _empty(sys.stdout)
        return NO_READER
    except (Unclean, Differs, SomeFailed) as error:
        return error.exit_code
    except MemoryError:  # whoever holds it within limits says so
        raise
    except Exception as error:
        code = _failure(error, options.debug)
        try:
            sys.stdout.flush()
        except OSError:
            _empty(sys.stdout)
        return code
    return 0


def _empty(stream: TextIO) -> None:
    """Let a stream go nowhere that nobody takes any more: Python writes what is left of it at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _print_whatever_the_locale() -> None:
    """Let the output print any character: one that the locale does not have prints as its number."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _failure(error: Exception, debug: bool = False) -> int:
    """Print why a command failed, where somebody can read it, and return its exit code."""
    said, code = _why(error)
    with suppress(OSError):
        if debug:
            traceback.print_exception(error)
        print(said, file=sys.stderr)
    return code


def _why(error: Exception) -> tuple[str, int]:
    """Why a command failed, and its exit code."""
    if isinstance(error, ContentError):
        from triptych.check import messages

        return messages.text(error.problems), error.exit_code
    if isinstance(error, TriptychError):
        return str(error), error.exit_code
    if isinstance(error, OSError):
        return of_system(error), 1
    if isinstance(error, RuntimeError) and "start new thread" in str(error):
        return of_system(OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))), 1
    return f"{type(error).__name__}: {OURS}", FAULT


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
    from triptych.build import editions, pipeline, together
    from triptych.exports import editions as exported

    pipeline.settle()
    folders = (options.article, *(() if options.alone else kin.translations(options.article)))
    output = options.output or where.build() / kin.output_name(options.article)
    given = {"creep": options.creep, "languages": options.languages}
    order = pipeline.Order((), options.paper, options.sheet, moment=_source_date(), **given)
    makers = {**editions.editions(options.profile), **exported.editions()}
    names, failed = dict[Path, Sequence[Edition]](), []
    for folder in folders:
        try:
            names[folder] = _chosen_editions(folder, options)
        except (TriptychError, OSError) as error:
            failed.append(_failed_one(error, folders))
    jobs = [partial(makers[name], folder, order, where.templates()) for folder in names for name in names[folder]]
    each = together.each(jobs, options.processes)
    for folder, chosen in names.items():
        found = {name: next(each) for name in chosen}
        try:
            _write_editions(found, output / (folder.name if folder != options.article else ""), options)
        except (TriptychError, OSError) as error:
            failed.append(_failed_one(error, folders))
    if failed:
        raise SomeFailed(max(failed))


def _failed_one(error: TriptychError | OSError, folders: Sequence[Path]) -> int:
    """Tell why the editions of one folder of several failed, and return the exit code. Raises the error of a single."""
    if len(folders) == 1:
        raise error
    return _failure(error)


def _chosen_editions(folder: Path, options: Namespace) -> Sequence[Edition]:
    """The editions to make of an article. Raises ContentError."""
    from triptych.content import read

    all_there_are = tuple(Edition) if options.profile else EDITIONS
    return options.only or read.files(folder)[0].article.front.editions or all_there_are


def _write_editions(found: Mapping[Edition, Callable[[], "Files"]], output: Path, options: Namespace) -> None:
    """Write what each edition gives into its folder."""
    from triptych.build import finish

    made, skipped = {}, []
    for name, files in found.items():
        try:
            made[output / name] = files()
        except (NothingToPrint, MissingTool) as error:
            if options.only:
                raise
            skipped.append(f"{name} skipped: {error}")
    finish.write(made)
    for place, some in made.items():
        for file, data in some.items():
            print(f"{_shown(place / file)}  {len(data) / 1024:.0f} KiB")
        for note in some.notes:
            print(f"    {note}")
    for reason in skipped:
        print(reason)


def _pack(options: Namespace) -> None:
    from triptych.build import editions, finish, pipeline
    from triptych.exports import editions as exported
    from triptych.exports import pack

    pipeline.settle()
    folder = options.article
    makers = {**editions.editions(options.profile), **exported.editions()}
    chosen = {name: makers[name] for name in _chosen_editions(folder, options)}
    order = pipeline.Order((), options.paper, options.sheet, moment=_source_date())
    packed = pack.pack(folder, order, where.templates(), chosen, options.processes)
    path = options.output or where.build() / kin.output_name(folder) / f"{folder.resolve().name}.zip"
    finish.write({path.parent: {path.name: packed.data}})
    print(f"{_shown(path)}  {packed.count} files, {len(packed.data) / 1024:.0f} KiB")
    for note in packed.notes:
        print(f"    {note}")


def _places(options: Namespace) -> None:
    from triptych.build import pipeline
    from triptych.build import places as local
    from triptych.content import places

    pipeline.settle()
    folder, only = options.article, tuple(options.only) or local.DOCUMENTS
    copies = local.alike(places.read(folder))
    output = options.output or where.build() / kin.output_name(folder) / "places"
    order = pipeline.Order(only, options.paper, options.sheet, moment=_source_date())
    if options.scheduler:
        from triptych.build import cluster

        outcomes = cluster.copies(folder, copies, output, order, where.templates(), options.scheduler)
    else:
        outcomes = local.outcomes(folder, copies, output, order, where.templates(), options.processes)
    _build_many(len(copies), local.proven(outcomes, copies), options.debug)


def _check(options: Namespace) -> None:
    from triptych.build import library, pipeline
    from triptych.check import messages

    if options.statistics and options.format != "text":
        raise UsageError("--statistics prints text: leave --format out")
    pipeline.settle()
    folders = library.with_translations(options.articles)
    each = [_inspected(folder, options) for folder in folders]
    found = list(dict.fromkeys(problem for _, problems in each for problem in problems))
    if text := messages.FORMATS[options.format](found):
        print(text)
    if options.format == "text" and found:
        print(messages.counted(found))
    if options.format == "text":
        said = dict.fromkeys(unchecked for unchecked, _ in each)
        print(*filter(None, said), sep="\n", end="\n" * any(said))
    if options.statistics:
        _print_statistics(folders)
    if any(not problem.warning for problem in found):
        raise Unclean


def _inspected(folder: Path, options: Namespace) -> tuple[str, tuple[Problem, ...]]:
    """What of an article is not checked, and every problem, with those of its layout, unless it is to be quick."""
    from triptych.build import inspection, pipeline, rehearsal
    from triptych.check import tracing

    if options.quick:
        files, found = inspection.problems(folder, where.templates())
    else:
        order = pipeline.Order(moment=_source_date())
        files, found = rehearsal.inspected(folder, order, where.templates(), options.processes)
    return tracing.unchecked(files), found


def _print_statistics(folders: Iterable[Path]) -> None:
    """Print what can be counted in each article that can be read."""
    from triptych.content import read
    from triptych.review import reading_level

    for folder in folders:
        files, _ = read.files(folder)
        if not files.faulty:
            print(f"{_shown(folder)}:", *reading_level.lines(reading_level.statistics(files)), sep="\n  ")


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
        disk.replaced(path, catalogue.text)
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
    from triptych.review import accepted, record, report, revision

    if options.accept and options.since is not None:
        raise UsageError("--accept keeps today's pages: leave --since out")
    pipeline.settle()
    article = options.article.resolve()
    name = kin.output_name(article)
    output = options.output or where.build() / name / "review"
    finish.check(output)
    since = {}
    if options.since is not None:
        since = revision.documents(where.project(), options.since, _in_project(article))
    order, kept = pipeline.Order(moment=_source_date()), where.project() / ACCEPTED / name
    made = pipeline.documents(article, order, where.templates(), processes=options.processes)
    reviewed = []
    for document in made:
        if options.since is not None:
            before = record.record(since[document.name]) if document.name in since else None
        else:
            before = accepted.read(kept, document.name)
        reviewed.append(report.reviewed(KINDS[document.name].caption, before, record.record(document.pdf)))
    against = options.since or "the last accepted version"
    files = report.files(name, against, "today’s content", reviewed, where.templates())
    finish.fill(output, files)
    print(report.summary(reviewed))
    print(f"Look at it in a browser: {(output / 'index.html').resolve().as_uri()}")
    if options.accept:
        _accept(made, reviewed, kept)


def _accept(made: Sequence["Document"], reviewed: Sequence["Reviewed"], folder: Path) -> None:
    """Keep today's pages of an article as accepted, in the folder of those that were."""
    from triptych.build import finish
    from triptych.review import accepted

    changed = [accepted.changed(document, found) for document, found in zip(made, reviewed, strict=True)]
    finish.replace(folder, dict(itertools.chain.from_iterable(changed)))
    for path in accepted.left_over(folder, made):
        path.unlink()
        print(f"{_shown(path)}  removed")
    print(f"These pages are accepted: {_shown(folder)}")


def _in_project(article: Path) -> Path:
    """The path of an article in the project. Raises UsageError."""
    project = where.project().resolve()
    if not article.is_relative_to(project):
        raise UsageError(f"{article} is not in {project}: --since compares articles that git keeps there")
    return article.relative_to(project)


def _preview(options: Namespace) -> None:
    import webbrowser

    from triptych.build.order import Order
    from triptych.preview import server

    def ready(address: str) -> None:
        print(address)
        print(f"Save any file in {_shown(options.article)} to update the pages. Press Ctrl-C to stop.", flush=True)
        if not options.no_browser:
            webbrowser.open(address)

    order = Order(tuple(options.only), options.paper, options.sheet, moment=_source_date())
    code = Path(__file__).parent
    server.serve(server.Preview(options.article, order, where.templates(), code, options.port), ready)


def _shown(path: Path) -> str:
    try:
        here = Path.cwd()
    except FileNotFoundError:  # somebody removed it meanwhile
        return str(path)
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


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
            _check_schema(path)
            disk.replaced(path, f"{text}\n".encode())
            print(_shown(path))
        else:
            print(text)


def _check_schema(path: Path) -> None:
    """Make the folder of a schema. Raises UsageError if it cannot be made, or something else is in the place."""
    elsewhere = "move it away, or give another folder with --output"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        known = not path.exists() or '"$schema"' in path.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise UsageError(f"{of_system(error, path)}: {elsewhere}") from None
    if path.is_symlink() or not known:
        raise UsageError(f"{path} is not a JSON Schema: {elsewhere}")


def _doctor(_options: Namespace) -> None:
    from triptych.build import doctor
    from triptych.content import read

    print("\n".join(doctor.lines(read.limits(where.project() / "content" / "any"))))


COMMANDS: Mapping[str, Callable[[Namespace], None]] = {
    "new": _new,
    "import": _import,
    "propose": _propose,
    "export": _export,
    "redirects": _redirects,
    "translations": _translations,
    "build": _build,
    "editions": _editions,
    "pack": _pack,
    "places": _places,
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
    "doctor": _doctor,
}
"""The function of each command in options.py."""


if __name__ == "__main__":
    sys.exit(limited())
