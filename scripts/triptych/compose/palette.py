"""Design tokens become the colours of drawings: SVG drawings cannot use CSS custom properties."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import tinycss2
import tinycss2.color5

from triptych.content.errors import StyleError

EXAMPLES = "a name such as teal, #0F4C55, rgb(15 76 85), or device-cmyk(.9 .45 .5 .45) for a press"


@dataclass(frozen=True, slots=True)
class _Token:
    """The value of a custom property, and the place that sets it."""

    place: str
    value: Sequence[Any]


class _NoColour(ValueError):
    """A token is not a colour; the message gives the reason."""


class Palette:
    """The colours in files of tokens; a later file overrides an earlier one."""

    def __init__(self, files: Sequence[Path], given: Mapping[str, str] | None = None) -> None:
        """`given` are colours by the names of tokens without `--`, over all files."""
        self._files = files
        self._given = given or {}
        self._problems: dict[str, None] = {}
        self._found: dict[str, str] = {}

    def __getitem__(self, name: str) -> str:
        """A colour in CSS; `ink_3` is the token `--ink-3`. Returns `none` if it is missing; `check` then raises."""
        name = name.replace("_", "-")
        if name not in self._found:
            self._found[name] = self._given.get(name) or self._colour(f"--{name}")
        return self._found[name]

    def _colour(self, name: str) -> str:
        try:
            value = self._resolved(name, ())
            if not _is_colour(value):
                raise _NoColour(f"{self._tokens[name].place}: `{name}` is `{value}`: it must be a colour")
        except _NoColour as error:
            self._problems[str(error)] = None
            return "none"
        return value

    def check(self) -> None:
        """Check that all colours used so far exist. Raises StyleError."""
        if self._problems:
            raise StyleError("\n".join(f"{problem}\n    Write {EXAMPLES}." for problem in self._problems))

    @cached_property
    def _tokens(self) -> dict[str, _Token]:
        return {name: token for path in self._files for name, token in _defined(path)}

    def _resolved(self, name: str, above: tuple[str, ...]) -> str:
        """The value of a token, with its references resolved. Raises _NoColour."""
        if name in above:
            raise _NoColour(f"{self._tokens[name].place}: `{name}` refers to itself")
        if name not in self._tokens:
            place = self._tokens[above[-1]].place if above else str(self._files[0])
            near = difflib.get_close_matches(name, self._tokens, n=1)
            instead = f": did you mean `{near[0]}`?" if near else ""
            raise _NoColour(f"{place}: the colour `{name}`, used in drawings, is missing{instead}")
        return self._text(self._tokens[name].value, (*above, name)).strip()

    def _text(self, values: Sequence[Any], above: tuple[str, ...]) -> str:
        return "".join(self._one(value, above) for value in values if value.type != "comment")

    def _one(self, value: Any, above: tuple[str, ...]) -> str:
        if value.type != "function":
            return str(value.serialize())
        if value.lower_name != "var":
            return f"{value.name}({self._text(value.arguments, above)})"
        name, instead = _reference(value)
        return self._text(instead, above) if instead and name not in self._tokens else self._resolved(name, above)


def _reference(function: Any) -> tuple[str, Sequence[Any]]:
    """The name in `var()`, and the fallback after the comma."""
    for index, value in enumerate(function.arguments):
        if value == ",":
            return tinycss2.serialize(function.arguments[:index]).strip(), function.arguments[index + 1 :]
    return tinycss2.serialize(function.arguments).strip(), ()


def _defined(path: Path) -> Iterator[tuple[str, _Token]]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise StyleError(f"{path}: there is no such stylesheet\n    Put it back: it defines the colours.") from None
    except UnicodeDecodeError as error:
        raise StyleError(f"{path}: byte {error.start} is not UTF-8 text\n    Save the file as UTF-8.") from None
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            for item in tinycss2.parse_blocks_contents(rule.content):
                if item.type == "declaration" and item.name.startswith("--"):
                    yield item.name, _Token(f"{path}:{item.source_line}:{item.source_column}", item.value)


def _is_colour(value: str) -> bool:
    try:
        found = tinycss2.color5.parse_color(value)
    except (ValueError, AttributeError, IndexError):  # a function with too few values
        return False
    return found is not None and found != "currentcolor"
