"""The folder of an article as it was read: its values, and the place of each in its files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from triptych.content import disk, kin, nodes
from triptych.content.errors import Problem
from triptych.content.marked import LineColumn, Loc, Marked
from triptych.content.model import FILES, Article
from triptych.content.texts import Text

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
        return [name for name in FILES if disk.is_there(self.path(name)) and name not in self.nodes]

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
            for number, line in enumerate(disk.lines(path), start=1):
                for text in texts:
                    if text and text in line:
                        return path, number, line.index(text) + 1
        return None

    def _first(self, texts: Sequence[str], otherwise: str) -> tuple[str, LineColumn]:
        there = [name for name in FILES if disk.is_there(self.path(name))]
        for name in sorted(there, key=lambda name: name != otherwise):
            for place, line in self._texts(name):
                for text in texts:
                    if text and text in line:
                        return name, place if name in self.tables else (place[0], line.index(text) + 1)
        return otherwise if otherwise in there else next(iter(there), otherwise), (1, 1)

    def _texts(self, name: str) -> Iterator[tuple[LineColumn, str]]:
        """The lines of a file, or the values of a table, each with its place."""
        if name not in self.tables:
            yield from (((number, 1), line) for number, line in enumerate(disk.lines(self.path(name)), start=1))
        elif marked := self.nodes.get(name):
            for node in nodes.scalars(marked.node):
                yield (node.start_mark.line + 1, node.start_mark.column + 1), node.value

    def in_prose(
        self, line: int, column: int, code: str, message: str, hint: str = "", warning: bool = False
    ) -> Problem:
        """A problem with the prose, by its line and column there."""
        return self.problem("article.md", (PROSE, line, column), code, message, hint, warning)


def house_file(folder: Path) -> Path:
    """The house file of an article: its own, or else that of the folder above, which may be missing too."""
    own = folder / HOUSE
    return own if disk.is_there(own) else folder.resolve().parent / HOUSE
