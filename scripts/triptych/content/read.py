"""The files of an article become an Article and a list of problems, each with file, line and column."""

from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from triptych.content import chart_files, disk, kin, nodes, tables, translated, typed
from triptych.content.errors import ContentError, Problem, UsageError
from triptych.content.files import HOUSE, Files, house_file
from triptych.content.marked import Marked
from triptych.content.model import FILES, Article, FrontMatter, House, Limits, Model, Style
from triptych.content.reading import Reading
from triptych.content.tables import Dialect


def dialect(folder: Path) -> Dialect:
    """How an article writes, by its head and its house, as far as they are there."""
    reading = Reading()
    for path, name in ((folder / "article.md", "article.md"), (house_file(folder), HOUSE)):
        with suppress(ContentError):
            _file(path, folder, None, name, reading)
    return reading.dialect


def faults(path: Path, name: str, marked: Marked) -> list[Problem]:
    """What is wrong with a table, read from a file of any name, as the content file `name`."""
    found: list[Problem] = []
    typed.typed(path, marked, FILES[name], found)
    return found


def files(folder: Path) -> tuple[Files, tuple[Problem, ...]]:
    """Read an article's folder: its valid values, and every problem. Raises UsageError without a folder.

    For a folder inside that of an article, named as a language: a translation, over all that its original has.
    """
    disk.exists(folder)
    if kin.original(kin.root(folder)):
        beside = kin.root(kin.root(folder)) / folder.name
        raise UsageError(f"{folder} is a translation in the folder of a translation: move it to {beside}")
    return _files(kin.root(folder), folder if kin.original(folder) else None)


def begun(folder: Path, language: str) -> Files:
    """An article with its translation into a language, of which there may be no file yet."""
    return _files(folder, folder / language)[0]


def _files(folder: Path, own: Path | None) -> tuple[Files, tuple[Problem, ...]]:
    """The files of an article, with those of a translation over them where one is given."""
    reading, house = Reading(), house_file(folder)
    for name in (HOUSE, *FILES):
        try:
            _file(house if name == HOUSE else _form(folder, name, reading), folder, own, name, reading)
        except ContentError as error:
            reading.problems.extend(error.problems)
            reading.faulty.add(name)
    if not disk.is_there(folder / "article.md"):
        _head_from_timeline(folder, reading)
    chart_files.add(folder, reading)
    if own:
        translated.put_charts(own, reading)
    front = cast(FrontMatter, reading.models.get("article.md") or typed.partly(FrontMatter, {}, ()))
    if own and "article.md" not in reading.nodes:
        front = front.model_copy(update={"language": own.resolve().name})
    lent = cast(House, reading.models.get(HOUSE, House())).lent(front)
    translation = translated.put_prose(own, front.language, reading) if own else None
    article = _article(folder, front.model_copy(update=lent), reading)
    if translation:
        article = translated.finished(article, translation)
    nodes = {name: reading.nodes[name] for name in (*FILES, HOUSE) if name in reading.nodes}
    given = folder, article, reading.prose_line, nodes, frozenset(reading.faulty)
    files = Files(*given, house, frozenset(lent) | reading.lent, reading.tables, translation, reading.prose_lines)
    return files, tuple(reading.problems)


_MODELS: dict[str, type[Model]] = {HOUSE: House, **FILES}


def _file(path: Path | None, folder: Path, own: Path | None, name: str, reading: Reading) -> None:
    """Read one file, with the texts of a translation. Raises ContentError if it has no valid YAML, or is no table."""
    if path and disk.is_there(path):
        _open(path, name, reading)
    if own and name not in (HOUSE, "charts.yaml"):
        translated.put_file(own, name, house_file(folder), reading)
    if name in reading.nodes:
        _type(path or folder / name, name, reading)


def _form(folder: Path, name: str, reading: Reading) -> Path | None:
    """The file that stands for a content file: itself or a table. Raises ContentError if there are several."""
    found = tables.forms(folder, name)
    if found and found[0] != name:
        reading.tables[name] = found[0]
    if len(found) > 1:
        listed = " and ".join(f"`{one}`" for one in found)
        message = f"{listed} are {'both' if len(found) == 2 else 'all'} there: only one of them can be read"
        raise ContentError([Problem(folder / found[0], 1, 1, "two-forms", message, "Keep one of them.")])
    return folder / found[0] if found else None


def _head_from_timeline(folder: Path, reading: Reading) -> None:
    """Take the title from `timeline.yaml`, for an article without `article.md`."""
    timeline = reading.models.get("timeline.yaml")
    if title := getattr(timeline, "title", None):
        reading.models["article.md"] = FrontMatter(title=title)
    elif "timeline.yaml" not in reading.faulty:
        reading.faulty.add("article.md")
        hint = "Write article.md with a title, or give timeline.yaml a `title`."
        if "timeline.yaml" in reading.tables:
            hint = "Write article.md with a title, or give the table a row of the type `title`, with a headline."
        reading.problems.append(
            Problem(
                folder / "article.md", 1, 1, "missing-file", "the article has no title: `article.md` is missing", hint
            )
        )


def whole(folder: Path) -> Files:
    """The files of an article, all valid. Raises ContentError, and UsageError without a folder."""
    found, problems = files(folder)
    if found.faulty:
        raise ContentError(problems)
    return found


def _open(path: Path, name: str, reading: Reading) -> None:
    """Read the nodes of one file, and the prose. Raises ContentError if it has no valid YAML, or is no table."""
    if name in reading.tables:
        disk.check_inside(path)
        reading.nodes[name], found = tables.table(path, reading.dialect)
    else:
        text = nodes.opened(path, headed=name == "article.md")
        if name == "article.md":
            reading.prose, reading.prose_line = text.prose, text.prose_line
        reading.nodes[name], found = text.composed()
    reading.problems.extend(found)
    if found:
        reading.faulty.add(name)


def _type(path: Path, name: str, reading: Reading) -> None:
    """Take the valid values from the nodes of one file."""
    before = len(reading.problems)
    reading.models[name] = typed.typed(path, reading.nodes[name], _MODELS[name], reading.problems)
    if len(reading.problems) > before:
        reading.faulty.add(name)


def _article(folder: Path, front: FrontMatter, reading: Reading) -> Article:
    read: dict[str, Any] = {
        name: reading.models.get(name) or typed.partly(model, {}, ()) for name, model in FILES.items()
    }
    timeline = read["timeline.yaml"]
    return Article(
        slug=folder.resolve().name,
        front=front,
        prose=reading.prose,
        charts=tuple(reading.charts),
        events=timeline.events,
        eras=timeline.eras,
        figures=read["figures.yaml"].figures,
        positions=read["positions.yaml"],
        references=read["sources.yaml"].references,
    )


def limits(folder: Path) -> Limits:
    """What the work on an article may take, by the house file beside it: its own does not count, it may be foreign."""
    path = kin.root(folder).resolve().parent / HOUSE
    house = typed.shaped(path, House)[0] if path.is_file() else House()
    return house.limits or Limits()


def style(path: Path) -> tuple[Style, tuple[Problem, ...]]:
    """The house rules in a file, and its problems. A missing file has no rules."""
    return typed.shaped(path, Style) if path.is_file() else (Style(), ())
