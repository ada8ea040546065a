"""Text that is written in the other direction than its page keeps its own direction.

On a page from right to left the typesetter sets two Latin elements side by side in the wrong order, and the stop of a
Latin sentence on its left. On one from left to right a number after a Hebrew word would move before it.
"""

import re
from collections.abc import Iterator
from html import unescape

from markupsafe import Markup

from triptych.content.letters import ARABIC, HEBREW, LEFT_TO_RIGHT, RIGHT_TO_LEFT, Inside

_RTL = RIGHT_TO_LEFT
_LATIN = LEFT_TO_RIGHT
_UNSEEN = re.compile(r"<(head|script|style|title)\b.*?</\1>|<[^>]*>", re.DOTALL)
_REFERENCE = re.compile(rf"\[[^{_RTL}]*\]")
_WHOLE = re.compile(rf"[^{_RTL}]*[{_LATIN}][^{_RTL}]*")
_REST = rf"(?:[^\s.,;:!?{_RTL}]|[.,:](?=[\w/]))*"
_SIGNED = r"(?<![\w.,])[+\u2212-][0-9](?:[0-9]|[.,](?=[0-9]))*(?:[\u00a0\u202f]?%)?"
"""A number with its sign, which would move behind it; one of Arabic digits has its sign where it belongs."""
_RUN = re.compile(rf"([#@]?[{_LATIN}](?:[^{_RTL}]*[{_LATIN}])?{_REST}(?:[ \u00a0][0-9]{_REST})*|{_SIGNED})")
"""From the first to the last Latin letter, with its # and the numbers that follow; or a number with its sign."""
_NAMED = re.compile(r"<(?!html\b)(\w+)\b[^>]* lang=")
_LANGUAGES = (
    *(("he", re.compile(f"[{HEBREW}]")), ("ar", re.compile(f"[{ARABIC}]"))),
    *(("el", re.compile("[\u0370-\u03ff]")), ("en", re.compile("^[^\u0400-\u052f]*[A-Za-z]"))),
)
"""The language that a run is most likely in, by its letters; of Cyrillic, none."""
_TURNED = re.compile(rf"([{_RTL}](?:[^{_LATIN}]*[{_RTL}])?)")


def isolated(html: str, mirrored: bool) -> str:
    """A whole document with each run of the other direction, and each reference in it, in an element of its own."""
    if not mirrored and not _TURNED.search(html):
        return html
    found, at, named = list[str](), 0, Inside(_NAMED)
    for tag in _UNSEEN.finditer(html):
        found += [*_parts(html[at : tag.start()], mirrored, bool(named)), tag.group()]
        named.passed(tag.group())
        at = tag.end()
    return "".join([*found, *_parts(html[at:], mirrored, named=False)])


def _parts(text: str, mirrored: bool, named: bool) -> Iterator[str]:
    """A text between two tags as HTML. The white space around it stays outside.

    `named` says that its language is known. Else Latin letters are taken for English, as most are in a text from right
    to left, so that a screen reader changes its voice.
    """
    text = unescape(text)
    inner = text.strip(" \n\u00a0")
    before, _, after = text.partition(inner) if inner else (text, "", "")
    yield before
    for index, run in enumerate(_runs(inner, mirrored)):
        language = "" if named or not index % 2 else next((tag for tag, own in _LANGUAGES if own.search(run)), "")
        marked = Markup(' lang="{}"').format(language) if language else Markup()
        bdi = Markup('<bdi dir="{}"{}>{}</bdi>').format("ltr" if mirrored else "rtl", marked, run)
        yield bdi if index % 2 else Markup.escape(run)
    yield after


def _runs(text: str, mirrored: bool) -> list[str]:
    """A text apart into what has the direction of the page, and in every second place what has the other."""
    if not mirrored:
        return _TURNED.split(text)
    whole = text and (_REFERENCE.fullmatch(text) or _WHOLE.fullmatch(text))
    return ["", text, ""] if whole else [*_split(text)]


_PAIRS = {")": "(", "]": "[", "}": "{", "»": "«", "”": "“"}
"""Signs that close, each with the sign that opens."""


def _split(text: str) -> Iterator[str]:
    """A text apart into what is before a run, and the run. No run has a sign that closes what opens before it.

    Both signs of a pair have the direction of the page then.
    """
    at = 0
    while found := _RUN.search(text, at):
        end = found.start() + len(_own(found.group()))
        yield from (text[at : found.start()], text[found.start() : end])
        at = end
    yield text[at:]


def _own(run: str) -> str:
    """The start of a run before a sign that closes what it did not open."""
    opened: list[str] = []
    for place, sign in enumerate(run):
        if sign in _PAIRS.values():
            opened.append(sign)
        elif sign in _PAIRS and (not opened or opened.pop() != _PAIRS[sign]):
            return run[:place].rstrip()
    return run
