"""The files of an article become an Article, or problems with file and line.

Sole importer of PyYAML and of the front-matter splitter. Every YAML scalar is read as text and typed by the model,
so `2016`, `no` and `1.0` mean what the author wrote.
"""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from frontmatter.default_handlers import YAMLHandler
from pydantic import ValidationError

from triptych.errors import ContentError, Problem, StyleError, UsageError
from triptych.model import FILES, Article, FrontMatter, Model

M = TypeVar("M", bound=Model)
Loc = tuple[int | str, ...]


@dataclass(frozen=True, slots=True)
class Files:
    """An article's folder as read: the article, and where its prose starts in `article.md`."""

    folder: Path
    article: Article
    prose_line: int
    nodes: "dict[str, Marked]"

    def path(self, name: str) -> Path:
        return self.folder / name

    def line(self, name: str, *loc: int | str) -> int:
        """Line of a value in one of the YAML files or in the front matter."""
        return self.nodes[name].line(loc)


@dataclass(frozen=True, slots=True)
class Marked:
    """A YAML document with its lines."""

    node: yaml.Node | None
    first_line: int
    """Line of the file on which the YAML starts."""

    def line(self, loc: Sequence[int | str]) -> int:
        """Line of the value at a path of keys and indices, or of the nearest parent that exists."""
        node, line = self.node, self.first_line
        for step in loc:
            child = _child(node, step)
            if child is None:
                break
            line, node = self.first_line + child[0].start_mark.line, child[1]
        return line


def article(folder: Path) -> Files:
    """Read a folder of content. Raises ContentError with every problem found in its five files."""
    if not folder.is_dir():
        raise UsageError(f"{folder}: no such article folder")
    problems: list[Problem] = []
    read: dict[str, Any] = {}
    nodes: dict[str, Marked] = {}
    prose, prose_line = "", 1
    for name, model in FILES.items():
        path = folder / name
        try:
            text = path.read_text(encoding="utf-8-sig")
            start = 1
            if model is FrontMatter:
                text, prose, start, prose_line = _parts(path, text)
            nodes[name] = _marked(path, text, start)
            read[name] = _typed(path, nodes[name], model)
        except FileNotFoundError:
            problems.append(
                Problem(
                    path,
                    1,
                    f"`{name}` is missing",
                    "An article has article.md, timeline.yaml, figures.yaml, positions.yaml and sources.yaml.",
                )
            )
        except UnicodeDecodeError as error:
            problems.append(Problem(path, 1, f"byte {error.start} is not UTF-8 text", "Save the file as UTF-8."))
        except ContentError as error:
            problems.extend(error.problems)
    if problems:
        raise ContentError(problems)
    return Files(
        folder,
        Article(
            slug=folder.resolve().name,
            front=read["article.md"],
            prose=prose,
            events=read["timeline.yaml"].events,
            eras=read["timeline.yaml"].eras,
            figures=read["figures.yaml"].figures,
            positions=read["positions.yaml"],
            references=read["sources.yaml"].references,
        ),
        prose_line,
        nodes,
    )


def words(language: str, folder: Path) -> dict[str, str]:
    """The fixed words of the documents in a language, from the folder of words. Raises StyleError."""
    path = folder / f"{language.split('-')[0].lower()}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in folder.glob("*.yaml")))
        raise StyleError(
            f"no words for the language `{language}`; there are: {known}\n"
            f"    Copy {folder / 'en.yaml'} to {path} and translate it."
        )
    return {
        str(key): str(value)
        for key, value in _plain(yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)).items()
    }


def _parts(path: Path, text: str) -> tuple[str, str, int, int]:
    """Front matter, prose, and the line on which each starts."""
    handler = YAMLHandler()
    if not handler.detect(text):
        raise ContentError(
            [
                Problem(
                    path,
                    1,
                    "the front matter is missing",
                    "Start the file with a line `---`, the fields, and a line `---`.",
                )
            ]
        )
    try:
        front, prose = handler.split(text)
    except ValueError:
        raise ContentError(
            [Problem(path, 1, "the front matter does not end", "Write a line `---` after its last field.")]
        ) from None
    return front, prose, text.count("\n", 0, text.index(front)) + 1, text.count("\n", 0, len(text) - len(prose)) + 1


def _marked(path: Path, text: str, first_line: int) -> Marked:
    try:
        node = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        problem = Problem(
            path,
            line,
            f"not YAML: {error.problem or error.context}",
            "Check the indent, and put quotes around a text that holds a colon or starts with # or [.",
        )
        raise ContentError([problem]) from None
    except yaml.reader.ReaderError as error:
        line = first_line + text.count("\n", 0, int(error.position))
        problem = Problem(path, line, "not YAML: it holds a control character", "Write the line anew.")
        raise ContentError([problem]) from None
    if faults := list(_endless(path, node, first_line, ())):
        raise ContentError(faults)
    marked = Marked(node, first_line)
    if faults := [*_repeated_keys(path, node, first_line), *_cut_texts(path, text, node, first_line)]:
        raise ContentError(faults)
    return marked


def _endless(path: Path, node: yaml.Node | None, first_line: int, above: tuple[yaml.Node, ...]) -> Iterator[Problem]:
    """Values that hold themselves, by an anchor and its alias."""
    for key, value in _pairs(node):
        if any(value is holder for holder in (*above, node)):
            yield Problem(
                path, first_line + key.start_mark.line, "a value holds itself", "Take out the `*` and its name."
            )
        else:
            yield from _endless(path, value, first_line, (*above, node) if node else above)


def _pairs(node: yaml.Node | None) -> Sequence[tuple[yaml.Node, yaml.Node]]:
    """Keys and values of a mapping, or the items of a list as both."""
    if isinstance(node, yaml.MappingNode):
        return tuple(node.value)
    return tuple((item, item) for item in node.value) if isinstance(node, yaml.SequenceNode) else ()


def _repeated_keys(path: Path, node: yaml.Node | None, first_line: int) -> Iterator[Problem]:
    if isinstance(node, yaml.MappingNode):
        seen: dict[str, int] = {}
        for key, value in node.value:
            line = first_line + key.start_mark.line
            if key.value in seen:
                yield Problem(path, line, f"`{key.value}` is given twice, first on line {seen[key.value]}", "Keep one.")
            seen.setdefault(key.value, line)
            yield from _repeated_keys(path, value, first_line)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated_keys(path, value, first_line)


def _cut_texts(path: Path, text: str, node: yaml.Node | None, first_line: int) -> Iterator[Problem]:
    """Texts that YAML cuts at a hashtag, since a space and `#` start a comment."""
    lines = text.splitlines()
    for scalar in _scalars(node):
        mark = scalar.end_mark
        rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
        if not scalar.style and (found := re.match(r"\s+(#\w+)", rest)):
            yield Problem(
                path,
                first_line + mark.line,
                f"the text ends before `{found.group(1)}`: in YAML ` #` starts a comment",
                "Put quotes around the whole text.",
            )


def _scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.MappingNode):
        yield from (scalar for pair in node.value for part in pair for scalar in _scalars(part))
    elif isinstance(node, yaml.SequenceNode):
        yield from (scalar for part in node.value for scalar in _scalars(part))


def _child(node: yaml.Node | None, step: int | str) -> tuple[yaml.Node, yaml.Node] | None:
    """The node to point at, and the node to go on from."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _plain(node: yaml.Node | None) -> Any:
    """The node's value; every scalar is text."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    return node.value if node else {}


def _typed(path: Path, marked: Marked, model: type[M]) -> M:
    try:
        return model.model_validate(_plain(marked.node))
    except ValidationError as error:
        raise ContentError([_problem(path, marked, model, fault) for fault in error.errors()]) from None


def _problem(path: Path, marked: Marked, model: type[Model], fault: Any) -> Problem:
    """One fault that the model found, in an author's words."""
    loc: Loc = fault["loc"]
    field, kind, given = str(loc[-1]) if loc else "", fault["type"], fault.get("input")
    line = marked.line(loc)
    if kind == "missing":
        return Problem(path, line, f"`{field}` is missing", f"Add a line `{field}: …`.")
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(field, _fields(model), n=1)
        hint = f"Did you mean `{near[0]}`?" if near else "Remove it, or see the fields in the README."
        return Problem(path, line, f"`{field}` is not a field here", hint)
    if kind == "value_error":
        return Problem(path, line, str(fault["ctx"]["error"]))
    where = f"`{field}`" if loc else f"`{path.name}`"
    shown = f"{where} is `{given}`: it" if isinstance(given, str) and given else where
    return Problem(path, line, f"{shown} {_demand(kind, fault.get('ctx', {}))}")


_DEMANDS = {
    "string_type": "must be a text",
    "string_too_short": "is empty",
    "string_pattern_mismatch": "may hold only letters, digits and hyphens, an id only small ones",
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
"""What the model demands, by pydantic's name of the fault."""


def _demand(kind: str, context: Mapping[str, object]) -> str:
    return _DEMANDS.get(kind, f"is not allowed here ({kind.replace('_', ' ')})").format(**context)


def _fields(model: type[Model]) -> set[str]:
    """Every field name of a model and of the models in it."""
    names: set[str] = set()
    for definition in (schema := model.model_json_schema(), *schema.get("$defs", {}).values()):
        names |= set(definition.get("properties", {}))
    return names
