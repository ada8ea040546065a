"""Straight quotes, hyphens and points of the prose become typographic ones, seen over links, emphasis and code.

Python-Markdown's own extension sees each piece of a sentence alone, and turns a quote before a link the wrong way.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from triptych.content.citations import is_citation

_INLINE = {"a", "abbr", "b", "cite", "del", "em", "i", "ins", "mark", "q", "s", "small", "span", "strong", "sub", "sup"}
_PLACEHOLDER = re.compile("\x02[^\x02\x03]*\x03")
_ELIDED = re.compile(r"'(?=(?:tis|twas|twere|twill|til|em|\d\d(?:s|er|ers)?|n(?=['’]))\b)", re.IGNORECASE)
_OPENS = "([{“‘«‹¿¡/"
_DASHES = "–—-"
_SIGNS = (
    (re.compile(r"(?<!-)---(?!-)"), "—"),
    (re.compile(r"(?<!-)--(?!-)"), "–"),
    (re.compile(r"(?<!\.)\.{3}(?!\.)"), "…"),
)


@dataclass(slots=True)
class _Piece:
    """One run of text in a paragraph: where it is kept, and what it says; "" for what only stands between."""

    element: ElementTree.Element
    field: str
    text: str
    shown: str = ""
    """What stands here to its neighbours, where nothing may be changed."""


class Quotes(Treeprocessor):
    """Puts typographic signs into all running text; leaves code and addresses alone."""

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter():
            if element.tag not in _INLINE and element.tag not in ("code", "pre"):
                _curl(list(_pieces(element)))


def _pieces(element: ElementTree.Element) -> Iterator[_Piece]:
    """The runs of text of a block, those in its links and emphasis too, in order."""
    yield _piece(element, "text")
    for child in element:
        if child.tag in _INLINE and not is_citation(child):
            yield from _pieces(child)
        else:
            yield _Piece(child, "", "", "\n" if child.tag == "br" else "x")
        yield _piece(child, "tail")


def _piece(element: ElementTree.Element, field: str) -> _Piece:
    text = getattr(element, field) or ""
    return _Piece(element, "", "", text) if isinstance(text, AtomicString) else _Piece(element, field, text)


def _curl(pieces: list[_Piece]) -> None:
    for piece in pieces:
        for pattern, sign in _SIGNS:
            piece.text = pattern.sub(sign, piece.text)
    whole = "".join(piece.shown or piece.text for piece in pieces)
    if "'" in whole or '"' in whole:
        at, curled = 0, curl(whole)
        for piece in pieces:
            length = len(piece.shown or piece.text)
            piece.text = curled[at : at + length]
            at += length
    for piece in pieces:
        if piece.field and piece.text:
            setattr(piece.element, piece.field, piece.text)


def curl(text: str) -> str:
    """A text with typographic quotes, of the same length. What Python-Markdown has put aside is passed over."""
    aside = [place for found in _PLACEHOLDER.finditer(text) for place in range(found.start(), found.end())]
    kept = set(aside)
    signs = list(text)
    shown = [place for place in range(len(text)) if place not in kept]
    for index, place in enumerate(shown):
        if signs[place] in "'\"":
            before = signs[shown[index - 1]] if index else " "
            after = text[shown[index + 1]] if index + 1 < len(shown) else " "
            rest = "".join(text[one] for one in shown[index : index + 8])
            signs[place] = _curled(signs[place], before, after, rest)
    return "".join(signs)


def _curled(sign: str, before: str, after: str, rest: str) -> str:
    """The quote that a straight one becomes between its neighbours."""
    starts = before.isspace() or before in _OPENS or (before in _DASHES and (after.isalnum() or after in "'\""))
    if sign == '"':
        elided = before == "’" and after.isalnum()  # d'"un", in French
        return "“" if elided or (starts and not after.isspace()) else "”"
    if starts and _ELIDED.match(rest):
        return "’"
    return "‘" if starts and not after.isspace() else "’"
