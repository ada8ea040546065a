"""The styles keep their own rules; read as tokens, so that comments and strings cannot mislead."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import tinycss2

from tests.conftest import HARROWBY, PROJECT, printed
from triptych.build import pipeline
from triptych.compose import charts, placed, tables, tracks
from triptych.content import pictures
from triptych.content.kinds import Paper
from triptych.design.faces import FACES
from triptych.design.sheets import PAPERS
from triptych.documents import pictured
from triptych.documents.copyfit import INDENT, MARGINS

STYLES = PROJECT / "templates" / "styles"
DOCUMENTS = sorted(pipeline.DOCUMENTS)
ANY = (Path(charts.__file__), Path(tables.__file__), Path(tracks.__file__))
"""Modules that send custom properties to parts that the article of the tests may not have."""
every_style = pytest.mark.parametrize("path", sorted(STYLES.glob("*.css")), ids=lambda path: path.name)


def tokens(nodes: Iterable[Any]) -> Iterator[Any]:
    """Every token, inside blocks and functions too."""
    for node in nodes:
        yield node
        yield from tokens(getattr(node, "content", None) or getattr(node, "arguments", None) or ())


def style(path: Path) -> list[Any]:
    css = path.read_text(encoding="utf-8")
    return list(tokens(tinycss2.parse_component_value_list(css, skip_comments=True)))


def cascade(document: str) -> list[Path]:
    """A document's stylesheet and those that it imports."""
    entry = STYLES / f"{document}.css"
    imports = [token.value for token in style(entry) if token.type == "url"]
    return [entry, *(STYLES / address.removeprefix("asset://styles/") for address in imports)]


def defined(path: Path) -> set[str]:
    values = [token for token in style(path) if token.type != "whitespace"]
    return {
        token.value
        for token, after in pairwise(values)
        if token.type == "ident" and token.value.startswith("--") and after == ":"
    }


def used(path: Path) -> set[str]:
    return {
        argument.value
        for token in style(path)
        if token.type == "function" and token.name == "var"
        for argument in token.arguments[:1]
    }


PICTURED = {f"--{name}" for name in (*pictured.properties(1.0), *placed.picture_properties(1.0))}
"""The custom properties of a poster with pictures."""


@pytest.fixture
def sent() -> Mapping[str, set[str]]:
    """The custom properties that the composed documents of an article carry, by document; of any part."""
    return {
        name: {found for text in re.findall(r'style="([^"]*)"', one.html) for found in re.findall(r"(--[\w-]+):", text)}
        for name, one in printed(HARROWBY).items()
    } | {
        "any": {name for path in ANY for name in re.findall(r"(--[\w-]+):", path.read_text(encoding="utf-8"))}
        | PICTURED
    }


together = pytest.mark.xdist_group("sample")
"""Tests that share the documents, made once."""


def in_templates(pattern: str) -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in STYLES.parent.rglob("*.jinja")]
    return {name for text in texts for name in re.findall(pattern, text)}


@together
@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_custom_property_that_a_document_uses_is_defined(document: str, sent: Mapping[str, set[str]]) -> None:
    names = defined(STYLES / "tokens.css") | defined(STYLES / f"{document}.css")
    names |= sent[document] | sent["any"] | in_templates(r"(--[\w-]+):")
    assert {path.name: used(path) - names for path in cascade(document) if used(path) - names} == {}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_custom_property_that_a_document_sets_is_used_in_it(document: str) -> None:
    uses = set().union(*map(used, cascade(document)))
    assert defined(STYLES / f"{document}.css") - uses == set()


@together
def test_every_token_and_every_custom_property_that_python_sends_is_used(sent: Mapping[str, set[str]]) -> None:
    uses = set().union(*map(used, STYLES.glob("*.css")))
    uses |= {f"--{name.replace('_', '-')}" for name in in_templates(r"palette\.(\w+)")}
    assert set().union(defined(STYLES / "tokens.css"), *sent.values()) - uses == set()


def test_only_tokens_and_entry_styles_define_custom_properties() -> None:
    entries = (*DOCUMENTS, "booklet", "card", "large", "parallel", "tiles", "tokens")
    parts = [path for path in STYLES.glob("*.css") if path.stem not in entries]
    assert {path.name: defined(path) for path in parts if defined(path)} == {}


@every_style
def test_colours_are_named_in_the_tokens_alone(path: Path) -> None:
    assert path.name == "tokens.css" or [token for token in style(path) if token.type == "hash"] == []


@every_style
def test_every_family_is_one_of_our_faces(path: Path) -> None:
    families = {face.family for face in FACES}
    for name, value in declarations(path):
        if name in ("font", "font-family") or (path.name == "tokens.css" and name.startswith("--")):
            assert {token.value for token in tokens(value) if token.type == "string"} <= families


@every_style
def test_nothing_is_important(path: Path) -> None:
    assert [token.source_line for token in style(path) if token == "!"] == []


def declarations(path: Path) -> Iterator[tuple[str, list[Any]]]:
    """Name and value of every declaration, in nested rules too."""

    def inside(nodes: Iterable[Any]) -> Iterator[tuple[str, list[Any]]]:
        for node in nodes:
            if node.type == "declaration":
                yield node.lower_name, node.value
            elif getattr(node, "content", None):
                yield from inside(
                    tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
                )

    css = path.read_text(encoding="utf-8")
    return inside(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def test_a_picture_is_checked_at_the_width_at_which_it_prints() -> None:
    """The width of an A4 page, less its margins and the margin column of its stylesheet."""
    (indent,) = re.findall(r"--text-indent: (\d+)mm", (STYLES / "briefing.css").read_text(encoding="utf-8"))
    assert int(indent) == INDENT
    assert PAPERS[Paper.A4].width - 2 * MARGINS[Paper.A4][1] - INDENT == pictures.WIDTH
