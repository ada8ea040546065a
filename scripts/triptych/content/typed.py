"""The values of a document in YAML become their model, and what does not fit it becomes problems, told to an author."""

import difflib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast, get_origin

from pydantic import TypeAdapter, ValidationError

from triptych.content import nodes
from triptych.content.errors import ContentError, Problem
from triptych.content.marked import Loc, Marked, Tabled
from triptych.content.model import Model, Reference, Sources

M = TypeVar("M", bound=Model)


def shaped(path: Path, model: type[M]) -> tuple[M, tuple[Problem, ...]]:
    """A YAML file as a model with its valid values, and its problems."""
    try:
        marked, cut = nodes.opened(path, headed=False).composed()
    except ContentError as error:
        return partly(model, {}, ()), error.problems
    problems = list(cut)
    return typed(path, marked, model, problems), tuple(problems)


def typed(path: Path, marked: Marked, model: type[M], problems: list[Problem]) -> M:
    """The YAML as its model. Adds its faults to `problems` and keeps the valid values."""
    given = marked.plain()
    try:
        return model.model_validate(given)
    except ValidationError as error:
        faults = error.errors()
    problems.extend(_problem(path, marked, model, fault) for fault in faults if not marked.reported(fault["loc"]))
    return partly(model, given if isinstance(given, dict) else {}, [fault["loc"] for fault in faults])


def partly(model: type[M], given: Mapping[str, Any], faults: Sequence[Loc]) -> M:
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
            kept[name] = _field(model, name).validate_python(value)
        except ValidationError:
            empty = () if get_origin(info.annotation) is tuple else ""
            kept[name] = empty if info.is_required() else info.get_default(call_default_factory=True)
    if model is Sources:
        named = (item.get("id", "") for item in given.get("references") or () if isinstance(item, dict))
        kept["references"] = tuple(Reference.model_construct(id=name, type="", title="") for name in named)
    return cast(M, model.model_construct(None, **kept))


@cache
def _field(model: type[Model], name: str) -> TypeAdapter[Any]:
    return TypeAdapter(model.model_fields[name].annotation or str)


def invalid(path: Path, error: ValidationError, model: type[Model], line: Callable[[str], int]) -> Iterator[Problem]:
    """The faults that pydantic finds in the fields of a file that is not YAML; `line` is that of a field."""
    for fault in error.errors():
        place = line(str(fault["loc"][0])) if fault["loc"] else 1
        yield Problem(path, place, 1, *_told(path, Marked(None), model, fault))


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
    "string_too_long": "has more than {max_length} characters",
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
