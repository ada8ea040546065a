"""A model whose fields are described by the texts below them, which are read from its source only when asked for.

pydantic itself can read them, but does so for each model at each start.
"""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler


class Described(BaseModel):
    """Base of a model whose JSON Schema gives the text below each field. A model is built at its first use."""

    model_config = ConfigDict(defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        schema = handler(core)
        properties = handler.resolve_ref_schema(schema)["properties"]
        for name, text in texts(cls).items():
            properties[name]["description"] = text
        return schema


@cache
def texts(model: type[BaseModel]) -> Mapping[str, str]:
    """The text below each field of a model that has one, by the field's name as an author writes it."""
    found: dict[str, str] = {}
    for one in reversed(model.__mro__):
        found |= _of_module(one.__module__).get(one.__name__, {}) if issubclass(one, Described) else {}
    return {info.alias or name: found[name] for name, info in model.model_fields.items() if found.get(name)}


@cache
def _of_module(name: str) -> Mapping[str, Mapping[str, str]]:
    """The texts below the fields of each class of a module; empty for a field without."""
    tree = ast.parse(inspect.getsource(sys.modules[name]))
    return {one.name: dict(_of_class(one)) for one in tree.body if isinstance(one, ast.ClassDef)}


def _of_class(tree: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for field, below in zip(tree.body, [*tree.body[1:], ast.Pass()], strict=True):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name):
            yield field.target.id, _text(below)


def _text(statement: ast.stmt) -> str:
    """The text that a statement is; empty if it is anything else."""
    match statement:
        case ast.Expr(ast.Constant(str(text))):
            return inspect.cleandoc(text)
    return ""
