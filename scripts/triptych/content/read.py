"""The files of an article become an Article and a list of problems, each with file, line and column.

Sole importer of python-frontmatter. Every YAML scalar is read as text and converted by the model, so
`2016`, `no` and `1.0` keep the meaning that the author gave them.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar, cast, get_origin

import yaml
from frontmatter.default_handlers import YAMLHandler
from pydantic import TypeAdapter, ValidationError

from triptych.content import charted, drawn, fences, grids, kin, overlay, portions, tables, texts
from triptych.content.errors import ContentError, Problem, UsageError
from triptych.content.marked import LineColumn, Loc, Marked, Tabled
from triptych.content.model import (
    FILES,
    Article,
    Chart,
    Charted,
    Figure,
    FrontMatter,
    House,
    Model,
    Reference,
    Sources,
    Style,
)
from triptych.content.tables import Dialect
from triptych.content.texts import Text

M = TypeVar("M", bound=Model)
HOUSE = "house.yaml"
"""What an article says of its publisher where its head does not: in its folder, or of all in the folder above."""
PROSE = "prose"
"""First step of a path into the prose; line and column in the prose follow."""


@dataclass(frozen=True, slots=True)
class Translation:
    """What a translation has of its own, and what it translates."""

    folder: Path
    language: str
    source: str
    """The language of the original."""
    originals: Mapping[str, Text]
    """The texts of the original, by their keys, in order."""
    texts: Mapping[str, Text]
    """Those of the translation."""

    @property
    def missing(self) -> Mapping[str, Text]:
        """The texts of the original that are printed in its language."""
        return {key: one for key, one in self.originals.items() if one.needed and key not in self.texts}

    @property
    def originals_path(self) -> Path:
        """The prose of the original."""
        return kin.root(self.folder) / "article.md"

    def path(self, name: str) -> Path:
        """A file of the translation."""
        return self.folder / name


@dataclass(frozen=True, slots=True)
class Files:
    """An article's folder as read: its valid values, and the place of each value."""

    folder: Path
    """That of the article; of a translation, that of its original."""
    article: Article
    prose_line: int
    """Line of `article.md` on which the prose starts."""
    nodes: Mapping[str, Marked]
    faulty: frozenset[str]
    """Names of the files that failed validation; `article` has only their valid values."""
    house: Path = Path(HOUSE)
    """The house file of the article."""
    lent: frozenset[str] = frozenset()
    """Names in Python of the fields of the head that the house file gives."""
    tables: Mapping[str, str] = field(default_factory=dict)
    """Names of the tables that stand in the place of a YAML file, by its name."""
    translation: Translation | None = None
    prose_lines: Sequence[tuple[Path, int]] = ()
    """Of a translation: the file and the line of each line of its prose, if it has one of its own."""

    @property
    def given(self) -> Path:
        """The folder that was read: that of the article or of the translation."""
        return self.translation.folder if self.translation else self.folder

    @property
    def unread(self) -> Sequence[str]:
        """Names of the files that are there, and of which nothing could be read."""
        return [name for name in FILES if _is_there(self.path(name)) and name not in self.nodes]

    def path(self, name: str) -> Path:
        """A file of the article, or the table in its place."""
        return self.folder / self.tables.get(name, name)

    def spoken(self, text: str) -> str:
        """A text for the author, with the names of the tables in place of those of YAML files."""
        for name, table in self.tables.items():
            text = text.replace(name, table)
        return text

    def place(self, name: str, *loc: int | str) -> LineColumn:
        """Line and column in a file of a value in YAML, or of a line and column in the prose."""
        if loc[:1] == (PROSE,):
            return self._prose(int(loc[1]))[1], int(loc[2])
        return self.nodes.get(name, Marked(None)).place(loc)

    def written(self, name: str, *loc: int | str) -> tuple[Path, LineColumn, str]:
        """The file of a value or of a place in the prose, its line and column, and its cell in a table."""
        place = self.place(name, *loc)
        if loc[:1] == (PROSE,):
            return self._prose(int(loc[1]))[0], place, ""
        if path := self.nodes.get(name, Marked(None)).path(loc):
            return path, place, ""
        if name == "article.md" and loc and str(loc[0]) in self.lent:
            return self.house, self.place(HOUSE, *loc), ""
        return self.path(name), place, self.cell(name, place)

    def _prose(self, line: int) -> tuple[Path, int]:
        """The file and the line of a line of the prose."""
        if self.prose_lines:
            return self.prose_lines[min(line, len(self.prose_lines)) - 1]
        return self.path("article.md"), self.prose_line + line - 1

    def problem(self, name: str, loc: Loc, code: str, message: str, hint: str = "", warning: bool = False) -> Problem:
        """A problem with a value in one of the YAML files or in the front matter, or of the house in its place."""
        path, place, cell = self.written(name, *loc)
        return Problem(path, *place, code, self.spoken(message), self.spoken(hint), warning, cell=cell)

    def cell(self, name: str, place: LineColumn) -> str:
        """The name of the cell at a place of a table; empty in other files."""
        return self.nodes.get(name, Marked(None)).cell(place)

    def located(
        self,
        texts: Sequence[str],
        code: str,
        message: str,
        hint: str = "",
        otherwise: str = "article.md",
        warning: bool = False,
    ) -> Problem:
        """A problem where one of some texts first stands in the article; else at the start of a file."""
        told = self.spoken(message), self.spoken(hint)
        if found := self._translated(texts):
            return Problem(*found, code, *told, warning)
        name, place = self._first(texts, otherwise)
        return Problem(self.path(name), *place, code, *told, warning, cell=self.cell(name, place))

    def _translated(self, texts: Sequence[str]) -> tuple[Path, int, int] | None:
        """File, line and column of the first of some texts in a translation's own files."""
        for name in FILES if self.translation else ():
            path = self.given / name
            for number, line in enumerate(_lenient(path), start=1):
                for text in texts:
                    if text and text in line:
                        return path, number, line.index(text) + 1
        return None

    def _first(self, texts: Sequence[str], otherwise: str) -> tuple[str, LineColumn]:
        there = [name for name in FILES if _is_there(self.path(name))]
        for name in sorted(there, key=lambda name: name != otherwise):
            for place, line in self._texts(name):
                for text in texts:
                    if text and text in line:
                        return name, place if name in self.tables else (place[0], line.index(text) + 1)
        return otherwise if otherwise in there else next(iter(there), otherwise), (1, 1)

    def _texts(self, name: str) -> Iterator[tuple[LineColumn, str]]:
        """The lines of a file, or the values of a table, each with its place."""
        if name not in self.tables:
            yield from (((number, 1), line) for number, line in enumerate(_lenient(self.path(name)), start=1))
        elif marked := self.nodes.get(name):
            for node in _scalars(marked.node):
                yield (node.start_mark.line + 1, node.start_mark.column + 1), node.value

    def in_prose(
        self, line: int, column: int, code: str, message: str, hint: str = "", warning: bool = False
    ) -> Problem:
        """A problem with the prose, by its line and column there."""
        return self.problem("article.md", (PROSE, line, column), code, message, hint, warning)


@dataclass(slots=True)
class _Reading:
    """Results so far, while the files are read."""

    models: dict[str, Model] = field(default_factory=dict)
    nodes: dict[str, Marked] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)
    tables: dict[str, str] = field(default_factory=dict)
    prose: str = ""
    prose_line: int = 1
    prose_lines: Sequence[tuple[Path, int]] = ()
    charts: list[Charted] = field(default_factory=list)
    originals: dict[str, Marked] = field(default_factory=dict)
    """Of a translation: the documents of its original."""
    texts: dict[str, Text] = field(default_factory=dict)
    """Those of a translation in YAML, by their keys."""
    translated: tuple[str, int] | None = None
    """The prose of a translation, and the line on which it starts."""
    lent: frozenset[str] = frozenset()
    """Names of the fields of the head that hold texts of the house, of which a translation may have its own."""

    @property
    def dialect(self) -> Dialect:
        """How the tables of the article are written, by its head or else by its house."""
        given = [model for model in (self.models.get("article.md"), self.models.get(HOUSE)) if model]
        said = {name: getattr(model, name) for model in reversed(given) for name in model.model_fields_set}
        if head := self.originals.get("article.md"):
            said["language"] = head.plain().get("language") or getattr(self.models.get(HOUSE), "language", None)
        return Dialect(said.get("language") or "en", said.get("dates"))


def dialect(folder: Path) -> Dialect:
    """How an article writes, by its head and its house, as far as they are there."""
    reading = _Reading()
    for path, name, model in ((folder / "article.md", "article.md", FrontMatter), (house_file(folder), HOUSE, House)):
        with suppress(ContentError):
            if _is_there(path):
                _read(path, name, model, reading)
    return reading.dialect


def faults(path: Path, name: str, marked: Marked) -> list[Problem]:
    """What is wrong with a table, read from a file of any name, as the content file `name`."""
    found: list[Problem] = []
    _typed(path, marked, FILES[name], found)
    return found


def files(folder: Path) -> tuple[Files, tuple[Problem, ...]]:
    """Read an article's folder: its valid values, and every problem. Raises UsageError without a folder.

    For a folder inside that of an article, named as a language: a translation, over all that its original has.
    """
    exists(folder)
    if kin.original(kin.root(folder)):
        beside = kin.root(kin.root(folder)) / folder.name
        raise UsageError(f"{folder} is a translation in the folder of a translation: move it to {beside}")
    return _files(kin.root(folder), folder if kin.original(folder) else None)


def begun(folder: Path, language: str) -> Files:
    """An article with its translation into a language, of which there may be no file yet."""
    return _files(folder, folder / language)[0]


def _files(folder: Path, own: Path | None) -> tuple[Files, tuple[Problem, ...]]:
    """The files of an article, with those of a translation over them where one is given."""
    reading = _Reading()
    house = house_file(folder)
    models: dict[str, type[Model]] = {HOUSE: House, "article.md": FrontMatter, **FILES}
    for name, model in models.items():
        try:
            path = house if name == HOUSE else _form(folder, name, reading)
            if path and _is_there(path):
                _open(path, name, model, reading)
            if own and name != HOUSE:
                _overlay(own, name, house, reading)
            if name in reading.nodes:
                _type(path or folder / name, name, model, reading)
        except ContentError as error:
            reading.problems.extend(error.problems)
            reading.faulty.add(name)
    if not _is_there(folder / "article.md"):
        _head_from_timeline(folder, reading)
    _charts(folder, reading)
    whole = {name: reading.models.get(name) or _partly(model, {}, ()) for name, model in FILES.items()}
    front = cast(FrontMatter, whole["article.md"])
    if own and "article.md" not in reading.nodes:
        front = front.model_copy(update={"language": own.resolve().name})
    lent = cast(House, reading.models.get(HOUSE, House())).lent(front)
    whole["article.md"] = front.model_copy(update=lent)
    translation = _translation(own, front.language, reading) if own else None
    if translation:
        _translate(reading, translation)
    article = _article(folder, whole, reading)
    if translation:
        missing = translation.missing
        article = replace(
            article,
            figures=tuple(_drawn_as(one, translation) for one in article.figures),
            original_language=translation.source,
            foreign=frozenset(key for key in missing if not key.startswith(portions.KEY)),
            foreign_prose=tuple(one.words for key, one in missing.items() if key.startswith(portions.KEY)),
        )
    nodes = {name: reading.nodes[name] for name in (*FILES, HOUSE) if name in reading.nodes}
    given = folder, article, reading.prose_line, nodes, frozenset(reading.faulty)
    files = Files(*given, house, frozenset(lent) | reading.lent, reading.tables, translation, reading.prose_lines)
    return files, tuple(reading.problems)


def _overlay(own: Path, name: str, house: Path, reading: _Reading) -> None:
    """Put the texts of a translation in the place of those of its original, in one of the files.

    Raises ContentError if the file of the translation has no valid YAML.
    """
    under, path = reading.nodes.get(name), own / name
    if not under:
        if _is_there(path):
            message = f"the original has no `{name}`: there is nothing to translate"
            reading.problems.append(Problem(path, 1, 1, "no-original", message, "Remove this file."))
        return
    if name == "article.md":
        reading.lent = overlay.lent(under, reading.nodes.get(HOUSE))
        under = overlay.with_house(under, reading.nodes.get(HOUSE), house)
    reading.originals[name] = under
    over = _own(path, name, reading) if _is_there(path) else Marked(None)
    if name == "timeline.yaml":
        over = overlay.with_lanes(under, over)
    laid, found = overlay.laid(name, under, over, path)
    if name == "article.md" and not over.has("language"):
        laid = overlay.spoken(laid, own.resolve().name, path, over.first_line)
    reading.problems.extend(found)
    reading.texts |= texts.texts(name, over)
    reading.nodes[name] = laid


def _own(path: Path, name: str, reading: _Reading) -> Marked:
    """A file of a translation. Raises ContentError if it has no valid YAML."""
    if not inside(path.parent, path.name):
        raise ContentError([linked_out(path)])
    text, start = _text(path), 1
    if name == "article.md":
        text, prose, start, line = _parts(path, text)
        reading.translated = (fences.taken(prose)[0], line) if prose.strip() else None
    marked = _marked(path, text, start)
    reading.problems.extend(_cut_texts(path, text, marked.node, start))
    return marked


def _translation(own: Path, language: str, reading: _Reading) -> Translation:
    """The texts of both languages, before the prose of the translation takes the place of the other."""
    found: dict[str, Text] = {}
    for name, marked in reading.originals.items():
        found |= texts.texts(name, marked)
    found |= _portions(reading.prose, reading.prose_line)
    translated = _portions(*reading.translated) if reading.translated else {}
    return Translation(own, language, reading.dialect.language, found, {**reading.texts, **translated})


def _translate(reading: _Reading, translation: Translation) -> None:
    """Put the prose of a translation in the place of the other, with what it lacks of that in between."""
    if not reading.translated:
        return
    (prose, start), ours = reading.translated, portions.portions(reading.prose)
    original, own = translation.originals_path, translation.path("article.md")
    theirs = portions.portions(prose)
    lines = [(line, (own, start + number)) for number, line in enumerate(prose.split("\n"))]
    after = {key: portion.last for key, portion in theirs.items()}
    place, late = 0, list[tuple[int, list[tuple[str, tuple[Path, int]]]]]()
    for key, portion in ours.items():
        if key in after:
            place = after[key]
            continue
        missing = portion.text.split("\n")
        numbered = [(line, (original, reading.prose_line + portion.line - 1 + n)) for n, line in enumerate(missing)]
        late.append((place, [("", numbered[0][1]), *numbered, ("", numbered[-1][1])]))
    for place, more in reversed(late):
        lines[place:place] = more
    reading.prose, reading.prose_line = "\n".join(line for line, _ in lines), start
    reading.prose_lines = tuple(at for _, at in lines)


def _drawn_as(figure: Figure, translation: Translation) -> Figure:
    """A figure of a translation with the bar of its original, however the translation writes its value."""
    original = translation.originals.get(f"figures.{figure.id}.value")
    if not original or figure.drawn or not figure.of:
        return figure
    return figure.model_copy(update={"drawn": drawn.of_value(original.words)})


def _portions(prose: str, line: int) -> dict[str, Text]:
    """The portions of the prose as texts."""
    return {
        key: Text(key, "article.md", (), (line + portion.line - 1, 1), portion.text, needed=True)
        for key, portion in portions.portions(prose).items()
    }


def _form(folder: Path, name: str, reading: "_Reading") -> Path | None:
    """The file that stands for a content file: itself or a table. Raises ContentError if there are several."""
    found = tables.forms(folder, name)
    if found and found[0] != name:
        reading.tables[name] = found[0]
    if len(found) > 1:
        listed = " and ".join(f"`{one}`" for one in found)
        message = f"{listed} are {'both' if len(found) == 2 else 'all'} there: only one of them can be read"
        raise ContentError([Problem(folder / found[0], 1, 1, "two-forms", message, "Keep one of them.")])
    return folder / found[0] if found else None


def house_file(folder: Path) -> Path:
    """The house file of an article: its own, or else that of the folder above, which may be missing too."""
    own = folder / HOUSE
    return own if _is_there(own) else folder.resolve().parent / HOUSE


def _is_there(path: Path) -> bool:
    return path.exists() or path.is_symlink()


def _lenient(path: Path) -> Sequence[str]:
    """The lines of a file, whatever they are."""
    return path.read_text(encoding="utf-8-sig", errors="replace").splitlines() if path.is_file() else ()


def _head_from_timeline(folder: Path, reading: _Reading) -> None:
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


def exists(folder: Path) -> None:
    """Check that an article's folder exists. Raises UsageError."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such article folder")


def inside(folder: Path, name: str) -> bool:
    """Whether a file of an article is in its folder itself, and not a link that leads out."""
    return (folder / name).resolve().is_relative_to(folder.resolve())


def linked_out(path: Path) -> Problem:
    """The problem: a file is a link that leads out of its article's folder."""
    message = f"`{path.name}` is a link that leads out of the article's folder"
    return Problem(path, 1, 1, "missing-file", message, "Put the file itself into the folder.")


def _read(path: Path, name: str, model: type[Model], reading: _Reading) -> None:
    """Read one file. Raises ContentError if it has no valid YAML, or is no table."""
    _open(path, name, model, reading)
    _type(path, name, model, reading)


def _open(path: Path, name: str, model: type[Model], reading: _Reading) -> None:
    """Read the nodes of one file, and the prose. Raises ContentError if it has no valid YAML, or is no table."""
    if not inside(path.parent, path.name):
        raise ContentError([linked_out(path)])
    before = len(reading.problems)
    if name in reading.tables:
        reading.nodes[name], found = tables.table(path, reading.dialect)
        reading.problems.extend(found)
    else:
        text, start = _text(path), 1
        if model is FrontMatter:
            text, reading.prose, start, reading.prose_line = _parts(path, text)
        reading.nodes[name] = _marked(path, text, start)
        reading.problems.extend(_cut_texts(path, text, reading.nodes[name].node, start))
    if len(reading.problems) > before:
        reading.faulty.add(name)


def _type(path: Path, name: str, model: type[Model], reading: _Reading) -> None:
    """Take the valid values from the nodes of one file."""
    before = len(reading.problems)
    reading.models[name] = _typed(path, reading.nodes[name], model, reading.problems)
    if len(reading.problems) > before:
        reading.faulty.add(name)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        hint = "Put the file itself there, or remove the link."
        message = f"`{path.name}` is a link to a file that is missing"
        raise ContentError([Problem(path, 1, 1, "missing-file", message, hint)]) from None
    except UnicodeDecodeError as error:
        lines = path.read_bytes()[: error.start].split(b"\n")
        place = len(lines), len(lines[-1]) + 1
        message = f"byte {error.start} is not UTF-8 text"
        raise ContentError([Problem(path, *place, "not-utf-8", message, "Save the file as UTF-8.")]) from None


def _charts(folder: Path, reading: _Reading) -> None:
    """The charts of the prose and of `charts.yaml` with their numbers."""
    reading.prose, found = fences.taken(reading.prose)
    path = folder / "article.md"
    for fence in (one for one in found if one.yaml):
        first = reading.prose_line + fence.line - 1
        before = len(reading.problems)
        try:
            marked = _marked(path, fence.yaml, first)
        except ContentError as error:
            reading.problems.extend(error.problems)
        else:
            chart = _typed(path, marked, Chart, reading.problems).model_copy(update={"id": fences.name_of(fence)})
            if len(reading.problems) == before:
                _chart(path, chart, marked, reading, ("article.md", (PROSE, fence.line, 1)))
        if len(reading.problems) > before:
            reading.faulty.add("article.md")
    path = folder / "charts.yaml"
    given = reading.models.get("charts.yaml") if "charts.yaml" not in reading.faulty else None
    for index, chart in enumerate(getattr(given, "charts", ())):
        loc = "charts", index
        _chart(path, chart, reading.nodes["charts.yaml"], reading, ("charts.yaml", loc), loc)
    known = {one.chart.id for one in reading.charts}
    for fence in (one for one in found if not one.yaml and one.name not in known):
        message = f"`{fence.name}` is not a chart of charts.yaml"
        near = difflib.get_close_matches(fence.name, known, n=1)
        hint = f"Did you mean `{near[0]}`?" if near else "Write the fields of the chart here."
        place = folder / "article.md", reading.prose_line + fence.line - 1, 1
        reading.problems.append(Problem(*place, "bad-data", message, hint))
        reading.faulty.add("article.md")


def _chart(path: Path, chart: Chart, marked: Marked, reading: _Reading, place: tuple[str, Loc], loc: Loc = ()) -> None:
    """Add a chart with its numbers. Each fault is a problem in its row and column, of the YAML or of the table."""
    places: Mapping[tuple[int, int], Problem] = {}
    head, rows = chart.columns, chart.rows
    try:
        if chart.data:
            head, rows, places = _data(path, chart.data, marked.place((*loc, "data")), reading)
        read = charted.table(chart, head, rows, reading.dialect.locale, reading.dialect.order)
        read = _with_events(path, read, marked, reading, loc)
        reading.charts.append(replace(read, file=place[0], loc=place[1]))
    except ContentError as error:
        reading.problems.extend(error.problems)
        reading.faulty.add(place[0])
    except charted.Faulty as error:
        reading.faulty.add(place[0])
        for fault in error.faults:
            steps: Loc = ("columns", fault.column) if fault.row == 0 else ("rows", fault.row - 1, fault.column)
            at = path, *marked.place((*loc, *steps))
            cell = places.get((fault.row, fault.column))
            problem = replace(cell, message=fault.message, hint=fault.hint) if cell else None
            reading.problems.append(problem or Problem(*at, "bad-data", fault.message, fault.hint))


def _with_events(path: Path, read: Charted, marked: Marked, reading: _Reading, loc: Loc) -> Charted:
    """A chart with the events that it marks, or without where these cannot be read. Raises ContentError."""
    if "timeline.yaml" in reading.faulty:
        return read
    try:
        return charted.marking(read, getattr(reading.models.get("timeline.yaml"), "events", ()))
    except charted.Faulty as error:
        places = ((fault, marked.place((*loc, "marked", fault.column))) for fault in error.faults)
        problems = [Problem(path, *place, "bad-data", fault.message, fault.hint) for fault, place in places]
        raise ContentError(problems) from None


def _data(
    path: Path, name: str, place: LineColumn, reading: _Reading
) -> tuple[Any, Any, Mapping[tuple[int, int], Problem]]:
    """The titles and rows of a chart's table, and an empty problem at each cell. Raises ContentError."""
    table = path.parent / name
    if not (tables.is_table(name) and table.is_file() and inside(path.parent, name)):
        message = (
            f"the table `{name}` is not in the article's folder" if tables.is_table(name) else f"`{name}` is no table"
        )
        raise ContentError([Problem(path, *place, "missing-file", message, "Put a .csv, .xlsx or .ods file there.")])
    try:
        found = [one for one in grids.grids(table, table.read_bytes(), reading.dialect.locale) if one.rows]
    except grids.Unreadable as error:
        raise ContentError([Problem(table, error.line, 1, error.code, str(error), error.hint)]) from None
    if not found:
        raise ContentError([Problem(table, 1, 1, "bad-data", f"`{name}` has no rows", "Write titles, then rows.")])
    width = max(at for row in found[0].rows for at, cell in enumerate(row, start=1) if cell.text)
    prefix = f"{found[0].sheet}!" if found[0].sheet else ""
    cells = {
        (number, at): Problem(table, cell.line, cell.column, "bad-data", "", cell=prefix + cell.name)
        for number, row in enumerate(found[0].rows)
        for at, cell in enumerate(row)
    }
    texts = [tuple(cell.text for cell in (*row[:width], *[_BLANK] * (width - len(row)))) for row in found[0].rows]
    return texts[0], texts[1:], cells


_BLANK = grids.Cell("", "", 1, 1)


def _article(folder: Path, read: Mapping[str, Any], reading: _Reading) -> Article:
    timeline = read["timeline.yaml"]
    return Article(
        slug=folder.resolve().name,
        front=read["article.md"],
        prose=reading.prose,
        charts=tuple(reading.charts),
        events=timeline.events,
        eras=timeline.eras,
        figures=read["figures.yaml"].figures,
        positions=read["positions.yaml"],
        references=read["sources.yaml"].references,
    )


def style(path: Path) -> tuple[Style, tuple[Problem, ...]]:
    """The house rules in a file, and its problems. A missing file has no rules."""
    return shaped(path, Style) if path.is_file() else (Style(), ())


def shaped(path: Path, model: type[M]) -> tuple[M, tuple[Problem, ...]]:
    """A YAML file as a model with its valid values, and its problems."""
    problems: list[Problem] = []
    try:
        text = _text(path)
        marked = _marked(path, text, 1)
    except ContentError as error:
        return _partly(model, {}, ()), error.problems
    problems.extend(_cut_texts(path, text, marked.node, 1))
    return _typed(path, marked, model, problems), tuple(problems)


def place(path: Path, field: str) -> LineColumn:
    """Line and column of a field in a YAML file, or of its start. Raises ContentError."""
    marked = _marked(path, _text(path), 1)
    return marked.place((field,))


def invalid(path: Path, error: ValidationError, model: type[Model], line: Callable[[str], int]) -> Iterator[Problem]:
    """The faults that pydantic finds in the fields of a file that is not YAML; `line` is that of a field."""
    for fault in error.errors():
        place = line(str(fault["loc"][0])) if fault["loc"] else 1
        yield Problem(path, place, 1, *_told(path, Marked(None), model, fault))


def plain(path: Path) -> Any:
    """A YAML file as dicts, lists and text. Raises ContentError."""
    return _marked(path, _text(path), 1).plain()


def _parts(path: Path, text: str) -> tuple[str, str, int, int]:
    """Front matter, prose, and the line on which each starts."""
    handler = YAMLHandler()
    if not handler.detect(text):
        hint = "Start the file with a line `---`, the fields, and a line `---`."
        raise ContentError([Problem(path, 1, 1, "no-front-matter", "the front matter is missing", hint)])
    try:
        front, prose = handler.split(text)
    except ValueError:
        hint = "Write a line `---` after its last field."
        raise ContentError([Problem(path, 1, 1, "no-front-matter", "the front matter does not end", hint)]) from None
    return front, prose, text.count("\n", 0, text.index(front)) + 1, text.count("\n", 0, len(text) - len(prose)) + 1


def _marked(path: Path, text: str, first_line: int) -> Marked:
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = (first_line + mark.line, mark.column + 1) if mark else (first_line, 1)
        hint = "Check the indent, and put quotes around a text that has a colon or starts with # or [."
        message = f"not YAML: {error.problem or error.context}"
        raise ContentError([Problem(path, *place, "not-yaml", message, hint)]) from None
    except yaml.reader.ReaderError as error:
        before = text[: int(error.position)]
        place = first_line + before.count("\n"), len(before) - before.rfind("\n")
        message = "not YAML: the line has a control character"
        raise ContentError([Problem(path, *place, "not-yaml", message, "Type the line again.")]) from None
    for rule in (_endless, _swollen, _keys_no_text, _repeated_keys):
        if faults := list(rule(path, node, first_line)):
            raise ContentError(faults)
    return Marked(node, first_line)


DEEPEST = 50
"""Most levels of nesting in a file."""
MOST_REPEATED = 10_000
"""Most values that the aliases of a file repeat."""


def _endless(path: Path, node: yaml.Node | None, first_line: int) -> Iterator[Problem]:
    """Values that contain themselves, through an anchor and its alias, or that are nested too deep."""
    above: set[int] = set()
    done: set[int] = set()

    def inside(node: yaml.Node | None) -> Iterator[Problem]:
        above.add(id(node))
        for key, value in _pairs(node):
            place = first_line + key.start_mark.line, key.start_mark.column + 1
            if id(value) in above:
                yield Problem(path, *place, "endless-value", "a value contains itself", "Remove the `*` and its name.")
            elif len(above) > DEEPEST:
                yield _too_deep(path, place)
            elif id(value) not in done:
                yield from inside(value)
        above.remove(id(node))
        done.add(id(node))

    return inside(node)


def _too_deep(path: Path, place: LineColumn) -> Problem:
    message = f"not YAML that can be read: values are nested more than {DEEPEST} deep"
    return Problem(path, *place, "not-yaml", message, "Close each `[` and `{`.")


def _swollen(path: Path, node: yaml.Node | None, first_line: int) -> Iterator[Problem]:
    """Values that become too large or too deep through aliases of aliases."""
    sizes: dict[int, tuple[int, int]] = {}

    def size(node: yaml.Node) -> tuple[int, int]:
        """Number of values in a node, with itself, and its depth."""
        if id(node) not in sizes:
            inner = [size(value) for _, value in _pairs(node)]
            sizes[id(node)] = 1 + sum(count for count, _ in inner), 1 + max((depth for _, depth in inner), default=0)
        return sizes[id(node)]

    count, depth = size(node) if node else (0, 0)
    if count - len(sizes) <= MOST_REPEATED and depth <= DEEPEST:
        return
    key, _ = max(_pairs(node), key=lambda pair: size(pair[1]))
    place = first_line + key.start_mark.line, key.start_mark.column + 1
    if count - len(sizes) > MOST_REPEATED:
        message = f"a value grows through its aliases: they repeat more than {MOST_REPEATED} values"
        yield Problem(path, *place, "endless-value", message, "Write out the value in place of each `*` and its name.")
    else:
        yield _too_deep(path, place)


def _keys_no_text(path: Path, node: yaml.Node | None, first_line: int) -> Iterator[Problem]:
    """Keys that are not text, as in `title: {{ title }}`."""
    for key, value in _pairs(node):
        if isinstance(node, yaml.MappingNode) and not isinstance(key, yaml.ScalarNode):
            place = first_line + key.start_mark.line, key.start_mark.column + 1
            hint = "Put quotes around a text that starts with { or [."
            yield Problem(path, *place, "not-yaml", "not YAML that can be read: a field has no name", hint)
        else:
            yield from _keys_no_text(path, value, first_line)


def _pairs(node: yaml.Node | None) -> Sequence[tuple[yaml.Node, yaml.Node]]:
    """The (key, value) pairs of a mapping; for a list, each item as (item, item)."""
    if isinstance(node, yaml.MappingNode):
        return tuple(node.value)
    return tuple((item, item) for item in node.value) if isinstance(node, yaml.SequenceNode) else ()


def _repeated_keys(path: Path, node: yaml.Node | None, first_line: int) -> Iterator[Problem]:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = first_line + key.start_mark.line
            if key.value in seen:
                message = f"`{key.value}` is given twice, first on line {seen[key.value]}"
                yield Problem(path, line, key.start_mark.column + 1, "repeated-key", message, "Remove one of the two.")
            seen.setdefault(key.value, line)
            yield from _repeated_keys(path, value, first_line)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated_keys(path, value, first_line)


def _cut_texts(path: Path, text: str, node: yaml.Node | None, first_line: int) -> Iterator[Problem]:
    """Texts that YAML cuts off before a hashtag: a space and `#` start a comment."""
    lines = text.splitlines()
    for scalar in _scalars(node):
        mark = scalar.end_mark
        rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
        if not scalar.style and (found := re.match(r"\s+(#\w+)", rest)):
            place = first_line + mark.line, mark.column + found.start(1) + 1
            message = f"the text ends before `{found.group(1)}`: in YAML, a space and # start a comment"
            yield Problem(path, *place, "cut-text", message, "Put quotes around the whole text.")


def _scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.MappingNode):
        yield from (scalar for pair in node.value for part in pair for scalar in _scalars(part))
    elif isinstance(node, yaml.SequenceNode):
        yield from (scalar for part in node.value for scalar in _scalars(part))


def _typed(path: Path, marked: Marked, model: type[M], problems: list[Problem]) -> M:
    """The YAML as its model. Adds its faults to `problems` and keeps the valid values."""
    given = marked.plain()
    try:
        return model.model_validate(given)
    except ValidationError as error:
        faults = error.errors()
    problems.extend(_problem(path, marked, model, fault) for fault in faults if not marked.reported(fault["loc"]))
    return _partly(model, given if isinstance(given, dict) else {}, [fault["loc"] for fault in faults])


def _partly(model: type[M], given: Mapping[str, Any], faults: Sequence[Loc]) -> M:
    """A model with the valid values. Faulty entries are left out, but every source id stays, so citations resolve."""
    kept: dict[str, Any] = {}
    for name, info in model.model_fields.items():
        alias = info.alias or name
        value = given.get(alias)
        bad = {loc[1] for loc in faults if len(loc) > 1 and loc[0] == alias}
        if isinstance(value, list):
            value = [item for index, item in enumerate(value) if index not in bad]
        elif bad:
            value = None
        try:
            kept[name] = TypeAdapter(info.annotation or str).validate_python(value)
        except ValidationError:
            empty = () if get_origin(info.annotation) is tuple else ""
            kept[name] = empty if info.is_required() else info.get_default(call_default_factory=True)
    if model is Sources:
        named = (item.get("id", "") for item in given.get("references") or () if isinstance(item, dict))
        kept["references"] = tuple(Reference.model_construct(id=name, type="", title="") for name in named)
    return cast(M, model.model_construct(None, **kept))


def _problem(path: Path, marked: Marked, model: type[Model], fault: Any) -> Problem:
    """A fault from pydantic as a problem for an author."""
    place, other = marked.place(fault["loc"]), marked.path(fault["loc"])
    cell = "" if other else marked.cell(place)
    return Problem(other or path, *place, *_told(path, marked, model, fault), cell=cell)


def _told(path: Path, marked: Marked, model: type[Model], fault: Any) -> tuple[str, str, str]:
    """Code, message and hint for a fault from pydantic."""
    loc: Loc = fault["loc"]
    name = next((step for step in reversed(loc) if isinstance(step, str)), "")
    kind, given = fault["type"], fault.get("input")
    if kind == "missing":
        hint = "Fill in its cell." if isinstance(marked, Tabled) else f"Add a line `{name}: …`."
        return "missing-field", f"`{name}` is missing", hint
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(name, _fields(model), n=1)
        hint = f"Did you mean `{near[0]}`?" if near else "Remove it, or see the fields in the reference."
        return "unknown-field", f"`{name}` is not a field here", hint
    if kind == "value_error":
        error = fault["ctx"]["error"]
        return getattr(error, "code", "wrong-value"), str(error), getattr(error, "hint", "")
    where = f"`{name}`" if loc else f"`{path.name}`"
    shown = f"{where} is `{given}`: it" if isinstance(given, str) and given else where
    return "wrong-value", f"{shown} {_demand(kind, fault.get('ctx', {}))}", _IDS.get(name, "")


_IDS = {
    "sources": "Write the id of a source, as the list of sources has it, such as minutes.",
    "passages": "Write the id of a passage of article.md, such as vote.",
}
"""What to write in lists of ids."""
_DEMANDS = {
    "string_type": "must be text",
    "string_too_short": "is empty",
    "string_pattern_mismatch": "must have only letters, digits and hyphens; an id, only lower case; a logo, .svg",
    "tuple_type": "must be a list, each entry after a hyphen",
    "too_short": "has no entry",
    "too_long": "has more than {max_length} entries",
    "dict_type": "must be fields, each `name: value`",
    "model_type": "must be fields, each `name: value`",
    "enum": "must be {expected}",
    "literal_error": "must be {expected}",
    "int_parsing": "must be a whole number",
    "int_type": "must be a whole number",
    "greater_than_equal": "must be at least {ge}",
    "less_than_equal": "must be at most {le}",
    "date_from_datetime_parsing": "must be a date, such as 2026-11-24",
    "date_parsing": "must be a date, such as 2026-11-24",
    "date_type": "must be a date, such as 2026-11-24",
}
"""What a value must be, by pydantic's error type."""


def _demand(kind: str, context: Mapping[str, object]) -> str:
    return _DEMANDS.get(kind, f"is not allowed here ({kind.replace('_', ' ')})").format(**context)


def _fields(model: type[Model]) -> set[str]:
    """Names of all fields of a model and of the models in it."""
    names: set[str] = set()
    for definition in (schema := model.model_json_schema(), *schema.get("$defs", {}).values()):
        names |= set(definition.get("properties", {}))
    return names
