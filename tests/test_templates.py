"""The templates and their words keep their own rules."""

import ast
import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from jinja2 import Environment, nodes  # noqa: TID251 - reads the templates, renders nothing

from tests.conftest import PROJECT
from triptych.compose import placed
from triptych.compose import words as compose_words
from triptych.content import catalogues, prose
from triptych.content.columns import TABLES
from triptych.content.kinds import KINDS
from triptych.content.model import Positions
from triptych.design.where import Templates
from triptych.documents import crowd

TEMPLATES = PROJECT / "templates"
FORBIDDEN = (
    *(nodes.Assign, nodes.AssignBlock, nodes.Include, nodes.Import, nodes.Concat),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Neg),
)
FILTERS = {"striptags"}
every_template = pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.jinja")), ids=lambda path: str(path.relative_to(TEMPLATES))
)


@every_template
def test_a_template_loops_chooses_and_calls_and_does_nothing_else(path: Path) -> None:
    tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    assert [(node.lineno, type(node).__name__) for node in tree.find_all(FORBIDDEN)] == []
    assert {node.name for node in tree.find_all(nodes.Filter)} <= FILTERS


@every_template
def test_a_template_opens_with_a_comment_that_says_what_it_is(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    opening = next(line for line in lines if not line.startswith(("{% extends", "{% from")))
    if path.name == "base.html.jinja":
        assert opening == "<!DOCTYPE html>"  # nothing may stand before it
    else:
        assert re.fullmatch(r"\{# [A-Z].*\. ?.* #\}", opening)


@every_template
def test_a_macro_stands_under_a_comment_that_says_what_it_draws(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    for above, line in pairwise(lines):
        if line.startswith("{% macro"):
            assert above.startswith("{# ")


def words() -> set[str]:
    return set(catalogues.read(TEMPLATES / "words" / "en.po")[0].entries)


def words_of_templates() -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*.jinja")]
    return {name for text in texts for name in re.findall(r"\bwords\.(\w+)", text)}


def words_made_by_python() -> set[str]:
    """Those whose names are put together."""
    orders = get_args(Positions.model_fields["order"].annotation)
    return {
        *(f"season-{number}" for number in range(1, 5)),
        *(f"key_{name}" for name in placed._samples(1.0)),
        *(f"bin_{name}" for name in crowd.BINS),
        *(f"standing_{standing}" for standing in prose.MARKS),
        *(f"order_{order.replace(' ', '_')}" for order in orders),
        *(column.word for table in TABLES.values() for column in table.columns),
    }


@cache
def python() -> Sequence[ast.AST]:
    files = (PROJECT / "scripts" / "triptych").rglob("*.py")
    return [node for path in files for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]


def named_by_python() -> set[str]:
    """Those that a module takes from an object called words: mypy checks that the model has them."""
    return {
        node.attr
        for node in python()
        if isinstance(node, ast.Attribute) and ast.unparse(node.value).split(".")[-1] == "words"
    }


def patterns_of_dates() -> set[str]:
    """Those that the calendar takes by name, which stands in a constant."""
    return {node.value for node in python() if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_every_word_that_is_used_exists() -> None:
    assert (words_of_templates() | words_made_by_python()) - set(model()) == set()


BEFORE_A_DAY = {"before_year", "since_day", "since_year", "until_day", "until_year"}
"""Words that some languages need before a day or a year; `calendars.py` adds the ending."""


@pytest.mark.slow
def test_every_word_that_exists_is_used() -> None:
    used = words_of_templates() | words_made_by_python() | named_by_python() | patterns_of_dates() | BEFORE_A_DAY
    assert set(model()) - used - {f"short_{name}" for name in placed._samples(1.0)} == set()


def test_the_file_of_words_has_each_that_the_model_has() -> None:
    assert set(model()) - words() - set(KINDS) == {"short_dot"}  # a dot speaks for itself
    assert words() - set(model()) == set()


def model() -> dict[str, str]:
    """Each word by its name in the file."""
    return dict(compose_words.words("en", Templates((TEMPLATES,))).by_name)
