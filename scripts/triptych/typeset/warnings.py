"""Warnings from WeasyPrint become messages, each with its file and line in the stylesheets."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from triptych.design.where import Templates

STYLES = "asset://styles/"
"""Start of the address of every stylesheet."""
NO_ANCHOR = "No anchor #source-"
"""How a warning of a citation starts whose source the document does not list."""
NO_VALUE = "no value for "
"""Start of the warning for a custom property without a value."""


_ADDRESS = re.compile(rf"{STYLES}[\w./-]*")
_AT = re.compile(r" at (\d+):(\d+)")
REMEDY = "Correct it there, or use the stylesheets that came with Triptych."


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning, with the address, line and column (from 1) of its CSS rule; empty and 0 without one."""

    message: str
    sheet: str = ""
    line: int = 0
    column: int = 0


def warned(message: str, frame: FrameType | None) -> Warned:
    """A warning with the CSS rule that WeasyPrint was reading, from the frames of its functions."""
    while frame and frame.f_code.co_name != "preprocess_stylesheet":
        frame = frame.f_back
    if not frame:
        return Warned(message)
    rule = frame.f_locals["rule"]
    return Warned(message, str(frame.f_locals["base_url"]), rule.source_line, rule.source_column)


def text(found: Sequence[Warned], templates: Templates) -> str:
    """The warnings, one a line, without repeats; each starts with its place, if that is known."""
    unset = any(one.message.startswith(NO_VALUE) for one in found)
    kept = [one for one in found if not (unset and one.message.endswith(", no value."))]
    lines = dict.fromkeys(line for one in dict.fromkeys(kept) for line in _lines(one, templates))
    folders = tuple(map(str, templates.folders))
    return "\n".join([*lines, f"    {REMEDY}"] if any(line.startswith(folders) for line in lines) else lines)


def _lines(one: Warned, templates: Templates) -> Iterator[str]:
    if one.message.startswith(NO_ANCHOR):
        key = one.message.removeprefix(NO_ANCHOR).partition(" ")[0]
        yield f"the source `{key}` is cited, but the document does not list it: print its sources too"
    elif one.message.startswith(NO_VALUE):
        yield from _unset(one.message.removeprefix(NO_VALUE), templates)
    else:
        message = _ADDRESS.sub(lambda found: str(_path(found.group(), templates)), one.message)
        place = next(_found(one, templates), "")
        yield f"{place}: {_AT.sub('', message)}" if place else message


def _found(one: Warned, templates: Templates) -> Iterator[str]:
    """Possible places of a warning as path:line:column, the most likely first."""
    at = _AT.search(one.message)
    if asked := re.match(r"`(.+?)` may not be loaded", one.message):
        yield from _places(rf"url\(\s*['\"]?{re.escape(asked.group(1))}", templates)
    if one.sheet.startswith(STYLES):
        line, column = at.groups() if at else (one.line, one.column)
        yield f"{_path(one.sheet, templates)}:{line}:{column}"
    elif at:
        yield from (f"{path}:{at[1]}:{at[2]}" for path in _holding(one.message, int(at[1]), templates))


def _unset(reference: str, templates: Templates) -> Iterator[str]:
    """Messages for a custom property without a value, one for each place that uses it."""
    name = reference.removeprefix("var(").rstrip(")").strip()
    known = {found for path in _sheets(templates) for found in re.findall(r"(--[\w-]+)\s*:", _read(path))}
    near = difflib.get_close_matches(name, sorted(known), n=1)
    message = f"`{name}` has no value: no stylesheet and no template sets it"
    message += f": did you mean `{near[0]}`?" if near else ""
    places = list(_places(rf"var\(\s*{re.escape(name)}(?![\w-])", templates))
    yield from (f"{place}: {message}" for place in places or [str(templates.folders[-1] / "styles")])


def _holding(message: str, line: int, templates: Templates) -> Iterator[Path]:
    """The stylesheets that set the property of a message on this line."""
    if not (name := re.search(r"`([\w-]+):", message)):
        return
    for path in _sheets(templates):
        lines = _read(path).splitlines()
        if line <= len(lines) and re.search(rf"(?<![\w-]){re.escape(name.group(1))}\s*:", lines[line - 1]):
            yield path


def _places(pattern: str, templates: Templates) -> Iterator[str]:
    for path in _sheets(templates):
        for number, line in enumerate(_read(path).splitlines(), start=1):
            yield from (f"{path}:{number}:{found.start() + 1}" for found in re.finditer(pattern, line))


def _sheets(templates: Templates) -> list[Path]:
    return sorted(path for path in templates.files("styles").values() if path.suffix == ".css")


def _path(address: str, templates: Templates) -> Path:
    """The path of a stylesheet, by its address."""
    return templates.file(f"styles/{address.removeprefix(STYLES)}")


def _read(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")
