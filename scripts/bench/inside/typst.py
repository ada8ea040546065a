"""A document becomes a Typst document with the same text, type and positions, but simpler styles."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from lxml import html
from markupsafe import Markup

from triptych.compose.views import ArticleView

TEMPLATES = Path(__file__).resolve().parents[1] / "typst"


def text(name: str, article: ArticleView, values: Mapping[str, Any]) -> str:
    """A document in Typst's language, from the values of our own template."""
    environment = Environment(  # noqa: S701 - Typst is not HTML: its texts are quoted by a filter
        loader=FileSystemLoader(TEMPLATES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {"typst": content, "placed": properties, "string_of": _string, "file": partial(_file, name)}
    return environment.get_template(f"{name}.typ.jinja").render(article=article, **values)


def content(value: str) -> str:
    """A text, plain or HTML, as Typst content."""
    if not isinstance(value, Markup):
        return _quoted(value)
    return "".join(_content(html.fragment_fromstring(str(value), create_parent="div")))


_OPENING = {
    "blockquote": "#quote(block: true)[",
    "em": "#emph[",
    "h2": "#heading(level: 2)[",
    "h3": "#heading(level: 3)[",
    "i": "#emph[",
    "li": "#list.item[",
    "p": "#par[",
    "strong": "#strong[",
    "sup": "#super[",
}
"""The opening of Typst content for these HTML elements. Other elements become plain text."""


def _content(element: Any) -> Iterator[str]:
    yield _quoted(element.text)
    for child in element:
        yield _OPENING.get(child.tag, "#[")
        yield from _content(child)
        yield "];"
        yield _quoted(child.tail)


def _quoted(text: str | None) -> str:
    plain = re.sub(r"[ \t\r\n]+", " ", text or "")
    return f"#{_string(plain)};" if plain else ""


def _string(text: str) -> str:
    """A text as a quoted string: JSON and Typst quote alike."""
    return json.dumps(text, ensure_ascii=False)


def properties(style: str) -> dict[str, str]:
    """CSS custom properties by name."""
    pairs = (declaration.partition(":") for declaration in style.split(";"))
    return {name.strip().removeprefix("--"): value.strip() for name, _, value in pairs}


def _file(document: str, address: str) -> str:
    """The path of a drawing, quoted."""
    return f'"art/{document}-{re.sub(r"^(url[(])?asset://art/|[)]$", "", address)}"'
