"""An article becomes the characters that none of our faces has, with the place of each."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import unescape

import yaml
from babel import Locale, UnknownLocaleError

from triptych.content import prose
from triptych.content.errors import Problem
from triptych.content.marked import Marked
from triptych.content.packs import needed
from triptych.content.read import HOUSE, PROSE, Files
from triptych.design import faces

_RARE = re.compile("[^\t\n\r -~\u00a0-\u017f\u2010-\u2014\u2018-\u201d\u2020-\u2022\u2026€™−]")
"""What is looked up: all but the characters that every text face has."""
_WITHOUT_INK = {"Cc", "Cf", "Zl", "Zp", "Zs"}
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))
_NOT_PRINTED = {"abstract", "annote", "id", "keyword", "passages"}
"""Fields that no document prints."""
MOST_NAMED = 5
"""A message names this many characters of a line in full, and prints the others."""
_UNSEEN = re.compile(r"<!--.*?-->|!\[[^\]\n]*\]", re.DOTALL)
"""Comments, and what pictures show: it is read out and not printed."""
_ENTITY = re.compile(r"&(?:#\d+|#[xX][0-9a-fA-F]+|\w+);")


def unprintable(files: Files) -> Iterator[Problem]:
    """Every line with characters that no face has, in the prose and in each value that is printed.

    Where no face has the letters of the language, only that.
    """
    language = files.article.front.language
    if lacking := _lacking(language):
        packs = [*needed(lacking)]
        message = f"none of the faces has the letters of `{language}`, such as `{lacking}`"
        hint = "It cannot be printed in this language."
        if packs:
            hint = f"`make fonts LANGUAGE={packs[0].languages[0]}` fetches the faces, {packs[0].size}."
        yield files.problem("article.md", ("language",), "no-face", message, hint)
        return
    yield from _in_prose(files)
    for name, marked in files.nodes.items():
        path = files.house if name == HOUSE else files.path(name)
        lines = () if name in files.tables else path.read_text("utf-8-sig").splitlines()
        for line, (column, missing) in sorted(_in_values(marked, lines).items()):
            yield Problem(path, line, column, "no-face", *_told(missing), cell=marked.cell((line, column)))


@cache
def _lacking(language: str) -> str:
    """The first letter in the names of the months of a language that no face has; empty if the faces have them all."""
    try:
        names = Locale.parse(language, sep="-").months["format"]["wide"].values()
    except (UnknownLocaleError, ValueError):
        return ""
    return next((one for one in _missing("".join(names)) if unicodedata.category(one)[0] == "L"), "")


def _in_prose(files: Files) -> Iterator[Problem]:
    text = files.article.prose
    if not _RARE.search(text) and not _ENTITY.search(text):
        return
    html = "".join(block.html for block in prose.rendered(text))
    printed = set(_missing(unescape(re.sub(r"<[^>]+>", "", html))))
    shown = _UNSEEN.sub(lambda unseen: re.sub(r"[^\n]", " ", unseen.group()), text)
    for number, line in enumerate(shown.splitlines(), start=1):
        found = [one for one in _missing(_ENTITY.sub(lambda entity: unescape(entity.group()), line)) if one in printed]
        if found:
            at = line.find(found[0])
            column = (at if at >= 0 else next((one.start() for one in _ENTITY.finditer(line)), 0)) + 1
            path, place, _ = files.written("article.md", PROSE, number, column)
            yield Problem(path, *place, "no-face", *_told(found))


def _in_values(marked: Marked, lines: Sequence[str]) -> Mapping[int, tuple[int, list[str]]]:
    """The characters that are missing on each line of a YAML file, with the column of the first, by the line."""
    found: dict[int, tuple[int, list[str]]] = {}
    for node in _values(marked.node):
        for line, column, character in _places(node, marked.first_line, lines):
            characters = found.setdefault(line, (column, []))[1]
            if character not in characters:
                characters.append(character)
    return found


def _places(node: yaml.ScalarNode, first_line: int, lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Line, column and character of whatever is missing in a value: its own place for what is written as an escape."""
    start, end = node.start_mark, node.end_mark
    missing = _missing(node.value)
    seen = set()
    for number in range(start.line, end.line + 1) if missing else ():
        line = lines[first_line + number - 1] if first_line + number <= len(lines) else ""
        line = line[: end.column] if number == end.line else line
        for character in missing:
            at = line.find(character, start.column if number == start.line else 0)
            if at >= 0:
                seen.add(character)
                yield first_line + number, at + 1, character
    yield from ((first_line + start.line, start.column + 1, one) for one in missing if one not in seen)


def _values(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Every value that may be printed."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _values(item)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value not in _NOT_PRINTED:
                yield from _values(value)


def _missing(text: str) -> list[str]:
    """The characters of a text that no face has, each once, in order. A letter and its accent count as one."""
    if not _RARE.search(text):
        return []
    known = faces.characters()
    return [
        one
        for one in dict.fromkeys(unicodedata.normalize("NFC", text))
        if ord(one) not in known and unicodedata.category(one) not in _WITHOUT_INK and not _selects(one)
    ]


def _selects(character: str) -> bool:
    return any(ord(character) in some for some in _SELECTORS)


def _told(missing: Sequence[str]) -> tuple[str, str]:
    """Message and hint for the characters of a line."""
    named = [f"`{one}` ({unicodedata.name(one, 'without a name')}, U+{ord(one):04X})" for one in missing[:MOST_NAMED]]
    more = "".join(missing[MOST_NAMED:])
    listed = ", ".join(named) + (f" and `{more}`" if more else "")
    letters = any(unicodedata.category(one)[0] == "L" for one in missing)
    have = (
        "Latin, Greek, Cyrillic, Hebrew, Arabic, Chinese, Japanese and Korean letters"
        if letters
        else "the common signs and emoji"
    )
    if packs := [*needed("".join(missing))]:
        names = " and ".join(f"`make fonts LANGUAGE={pack.languages[0]}` for {pack.script}" for pack in packs)
        return f"{listed} cannot be printed: this script needs {names}", f"It fetches the faces, {packs[0].size}."
    message = f"{listed} cannot be printed: none of the faces has {'it' if len(missing) == 1 else 'them'}"
    return message, f"The faces have {have}. Write it in these or in words, or show it in a picture."
