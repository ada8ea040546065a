"""An article becomes the characters that none of our faces has, with the place of each."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache
from html import unescape

import yaml
from babel import Locale, UnknownLocaleError

from triptych.content import prose
from triptych.content.errors import Problem
from triptych.content.files import HOUSE, PROSE, Files
from triptych.content.marked import Marked
from triptych.content.packs import needed
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


_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\u206a-\u206f"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0001-\U000e001f]"
)
"""Characters without ink that change how others read, or that no program may print."""
_ISOLATES = "\u2066\u2067\u2068\u2069"
"""Signs that keep a name of the other direction together: they belong in a text that has both."""
_WORD = re.compile(r"[^\W\d_]+")


def hidden(files: Files) -> Iterator[Problem]:
    """Characters that nobody sees on paper, and letters of one script within a word of another."""
    for number, line in enumerate(files.article.prose.splitlines(), start=1):
        for at, told in _hidden(line):
            path, place, _ = files.written("article.md", PROSE, number, at + 1)
            yield Problem(path, *place, *told)
    for name, marked in files.nodes.items():
        path = files.house if name == HOUSE else files.path(name)
        for node in _values(marked.node, ()):
            place = marked.first_line + node.start_mark.line, node.start_mark.column + 1
            yield from (Problem(path, *place, *told, cell=marked.cell(place)) for _, told in _hidden(node.value))


def _hidden(text: str) -> Iterator[tuple[int, tuple[str, str, str]]]:
    """Where a text has such a character, with code, message and hint."""
    reads_both_ways = not text.isascii() and any(unicodedata.bidirectional(one) in ("R", "AL") for one in text)
    for match in _HIDDEN.finditer(text):
        if reads_both_ways and match[0] in _ISOLATES:
            continue
        message = f"{_named(match[0])} is in the text and cannot be seen"
        hint = "Delete it: it can change how the text around it reads, or what is copied from it."
        yield match.start(), ("hidden-character", message, hint)
    for match in _WORD.finditer(text) if not text.isascii() else ():
        if strange := _strange(match[0]):
            message = f"`{match[0]}` has letters of two scripts: {_named(strange)} looks like another letter"
            yield match.start(), ("mixed-letters", message, "Type the word again.")


def _named(character: str) -> str:
    return f"{unicodedata.name(character, 'a control character')} (U+{ord(character):04X})"


def _strange(word: str) -> str:
    """The first letter of a word that looks like one of the script of most of its letters, and is of another."""
    scripts = [unicodedata.name(letter, "").partition(" ")[0] for letter in word]
    counts = Counter(one for one in scripts if one in _ALIKE)
    if len(counts) < 2:
        return ""
    (main, _), *_ = counts.most_common()
    return next((one for one, script in zip(word, scripts, strict=True) if script != main and one in _LOOKALIKES), "")


_ALIKE = frozenset({"LATIN", "CYRILLIC", "GREEK"})
"""Scripts with letters that look the same."""
_LOOKALIKES = frozenset("aceijopsxyABCEHIJKMOPSTXYZасеіјорѕхуАВСЕНІЈКМОРЅТХУονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ")
"""Letters that look like one of another script, by Unicode Technical Standard 39 (confusables)."""


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


def _values(node: yaml.Node | None, left: Collection[str] = _NOT_PRINTED) -> Iterator[yaml.ScalarNode]:
    """Every value but those of some fields: those that are not printed."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _values(item, left)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value not in left:
                yield from _values(value, left)


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
