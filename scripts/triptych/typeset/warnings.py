"""What the typesetter warns of becomes text for a person, with the place in the stylesheets that each is about."""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

STYLES = "asset://styles/"
"""Under which the typesetter knows the stylesheets."""
NO_VALUE = "no value for "
"""How a warning of a custom property starts that nothing sets."""


_AT = re.compile(r" at (\d+):(\d+)")
REMEDY = "Correct it there, or take the stylesheets that came with Triptych."


@dataclass(frozen=True, slots=True)
class Warned:
    """A warning, and the address, the line and the column of the rule that was being read, if one was."""

    message: str
    sheet: str = ""
    line: int = 0
    column: int = 0


def warned(message: str, frame: FrameType | None) -> Warned:
    """A warning, with the rule that WeasyPrint was reading, by the frames of its functions."""
    while frame and frame.f_code.co_name != "preprocess_stylesheet":
        frame = frame.f_back
    if not frame:
        return Warned(message)
    rule = frame.f_locals["rule"]
    return Warned(message, str(frame.f_locals["base_url"]), rule.source_line, rule.source_column)


def text(found: Sequence[Warned], styles: Path) -> str:
    """Each warning once, one a line, its place first where it can be found."""
    unset = any(one.message.startswith(NO_VALUE) for one in found)
    kept = [one for one in found if not (unset and one.message.endswith(", no value."))]
    lines = dict.fromkeys(line for one in dict.fromkeys(kept) for line in _lines(one, styles))
    return "\n".join([*lines, f"    {REMEDY}"] if any(line.startswith(str(styles)) for line in lines) else lines)


def _lines(one: Warned, styles: Path) -> Iterator[str]:
    if one.message.startswith(NO_VALUE):
        yield from _unset(one.message.removeprefix(NO_VALUE), styles)
    else:
        message = one.message.replace(STYLES, f"{styles}/")
        place = next(_found(one, styles), "")
        yield f"{place}: {_AT.sub('', message)}" if place else message


def _found(one: Warned, styles: Path) -> Iterator[str]:
    """Where a warning may belong, the likeliest first."""
    at = _AT.search(one.message)
    if one.sheet.startswith(STYLES):
        line, column = at.groups() if at else (one.line, one.column)
        yield f"{styles / one.sheet.removeprefix(STYLES)}:{line}:{column}"
    elif at:
        yield from (f"{path}:{at[1]}:{at[2]}" for path in _holding(one.message, int(at[1]), styles))
    elif asked := re.match(r"`(.+?)` may not be loaded", one.message):
        yield from _places(rf"url\(\s*['\"]?{re.escape(asked.group(1))}", styles)


def _unset(reference: str, styles: Path) -> Iterator[str]:
    """Where a custom property that nothing sets is used."""
    name = reference.removeprefix("var(").rstrip(")").strip()
    known = {found for path in _sheets(styles) for found in re.findall(r"(--[\w-]+)\s*:", _read(path))}
    near = difflib.get_close_matches(name, sorted(known), n=1)
    message = f"`{name}` has no value: no stylesheet and no template sets it"
    message += f": did you mean `{near[0]}`?" if near else ""
    places = list(_places(rf"var\(\s*{re.escape(name)}(?![\w-])", styles))
    yield from (f"{place}: {message}" for place in places or [str(styles)])


def _holding(message: str, line: int, styles: Path) -> Iterator[Path]:
    """The stylesheets that set the property of a message on a line."""
    if not (name := re.search(r"`([\w-]+):", message)):
        return
    for path in _sheets(styles):
        lines = _read(path).splitlines()
        if line <= len(lines) and re.search(rf"(?<![\w-]){re.escape(name.group(1))}\s*:", lines[line - 1]):
            yield path


def _places(pattern: str, styles: Path) -> Iterator[str]:
    for path in _sheets(styles):
        for number, line in enumerate(_read(path).splitlines(), start=1):
            yield from (f"{path}:{number}:{found.start() + 1}" for found in re.finditer(pattern, line))


def _sheets(styles: Path) -> list[Path]:
    return sorted(styles.rglob("*.css"))


def _read(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")
