"""Citations as Pandoc writes them: `[see @a, pp. 3–5; @b]`, `[-@a]`, `@a says`."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from triptych.content import typography

_NB = typography.NO_BREAK
_KEY = re.compile(r"(?<![\w\\])-?@(?:\{([^{}\s]+)\}|(\w+(?:[:.#$%&+?<>~/-]+\w+)*))")
_BRACKETS = r"(?<![\\!^])\[((?:[^\[\]\\]|\\.)*?@(?:[^\[\]\\]|\\.)*)\]"
_GROUP = re.compile(rf"[ {_NB}]*{_BRACKETS}")
_IN_TEXT = r"(?<![\w\\@/.-])@(?:\{[^{}\s]+\}|\w+(?:[:.#$%&+?<>~/-]+\w+)*)(?: \[[^\[\]@]*(?:;[^\[\]]*)?\](?![(\[:]))?"
_ANY = re.compile(rf"{_BRACKETS}|{_IN_TEXT}")
CLASS = "references"
"""Class of the element with the numbers of a citation."""
LONG = 24
"""Words beside a number with more characters than this may part at the end of a line."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One source of a citation, with the words around it."""

    key: str
    at: int
    """Where its key starts in the text."""
    before: str = ""
    after: str = ""
    named: bool = False
    """It stands in the sentence, outside brackets: `@a says`. Where no source has that name, it is a plain word."""


def cited(text: str) -> Iterator[Cited]:
    """Every source that a text cites, in order."""
    for found in _ANY.finditer(text):
        yield from _of(found, text)


def without(text: str) -> str:
    """A text without its citations in brackets, and without the spaces before them."""
    return _GROUP.sub(lambda found: "" if _group(found.group(1), 0, _follows(found, text)) else found.group(), text)


def is_citation(element: ElementTree.Element) -> bool:
    """Whether an element holds the numbers of a citation."""
    return CLASS in (element.get("class") or "").split()


def _of(found: re.Match[str], text: str) -> tuple[Cited, ...]:
    """The sources of one citation; none where the brackets hold something else."""
    if found.group(1) is not None:
        return _group(found.group(1), found.start(1), _follows(found, text))
    key = _KEY.match(text, found.start())
    if not key:
        return ()
    rest = text[key.end() : found.end()].strip().removeprefix("[").removesuffix("]")
    locator, _, others = rest.partition(";")
    first = Cited(key.group(1) or key.group(2), key.start(), after=_words(locator), named=True)
    return first, *_group(others, found.end() - 1 - len(others), "")


def _follows(found: re.Match[str], text: str) -> str:
    return text[found.end() : found.end() + 1]


def _group(text: str, start: int, follows: str) -> tuple[Cited, ...]:
    """The sources between two brackets; none where one part names none, as in a link with a handle for its text."""
    if follows == "(" and not re.match(r"-?@", text):
        return ()
    found = []
    for part in re.finditer(r"[^;]+", text):
        key = _KEY.search(part.group())
        if not key:
            return ()
        before, after = part.group()[: key.start()].strip(), part.group()[key.end() :]
        if after and not re.match(r"[\s,:{]", after):
            return ()
        at = start + part.start() + key.start() + key.group().index("@")
        found.append(Cited(key.group(1) or key.group(2), at, before, _words(after)))
    return tuple(found)


def _words(text: str) -> str:
    """What stands after a key, as printed: without its comma and braces, with a dash between numbers."""
    kept = re.sub(r"^[\s,:]+", "", text).strip()
    kept = re.sub(r"^\{([^{}]*)\}", r"\1", kept)
    return re.sub(r"(?<=\d)-{1,2}(?=\d)", "–", kept)


class Citations(InlineProcessor):
    """A citation becomes `[see 6, p. 4; 7]`, each number a link; one in the sentence becomes `Smith [6]`."""

    def __init__(self, numbers: Mapping[str, int], names: Mapping[str, str], md: Markdown) -> None:
        """`numbers` and `names` map each citation key to its printed number and to the names of its authors."""
        super().__init__(_ANY.pattern, md)
        self._numbers, self._names = numbers, names

    def handleMatch(self, match: re.Match[str], data: str) -> Any:  # type: ignore[override]  # noqa: N802
        """The elements of a citation, or nothing where it is none."""
        parts = _of(match, data)
        if not parts or (parts[0].named and parts[0].key not in self._numbers):
            return None, None, None
        if not any(part.before for part in parts) and not parts[0].named:
            parts = tuple(sorted(parts, key=lambda part: self._numbers[part.key]))
        references = self._references(parts)
        if not parts[0].named:
            return references, match.start(0), match.end(0)
        sentence = ElementTree.Element("span", {"class": "cited"})
        name = self._names.get(parts[0].key, f"@{parts[0].key}")
        sentence.text = AtomicString(name) if "@" in name else name  # not to be read as a citation again
        references.text = f"{_NB}{references.text}"
        sentence.append(references)
        return sentence, match.start(0), match.end(0)

    def _references(self, parts: tuple[Cited, ...]) -> ElementTree.Element:
        long = any(len(words) > LONG for part in parts for words in (part.before, part.after))
        references = ElementTree.Element("span", {"class": f"{CLASS} long" if long else CLASS})
        references.text = f"[{_held(parts[0].before)}"
        for part, following in zip(parts, (*parts[1:], None), strict=True):
            link = ElementTree.SubElement(references, "a", {"href": f"#source-{part.key}"})
            link.text = str(self._numbers[part.key])
            link.tail = f",{_NB}{_held(part.after).rstrip(_NB)}" if part.after else ""
            if following:
                sign = ";" if part.after or following.before else ","
                link.tail += f"{sign}{_NB}{_held(following.before)}"
        references[-1].tail = (references[-1].tail or "") + "]"
        return references


def _held(words: str) -> str:
    """Words beside a number: a few stay together, many may part; a space after them if there are any."""
    if not words:
        return ""
    return (words if len(words) > LONG else words.replace(" ", _NB)) + _NB
