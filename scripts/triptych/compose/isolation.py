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
_TELEPHONE = r"(?<![\w.,])(?:(?:\+|\(0?|0)[0-9][0-9 ()/-]{5,}[0-9]|[0-9]+(?:-[0-9]+){2,})(?!\w)"
_RUN = re.compile(
    rf"({_TELEPHONE}|[#@]?[{_LATIN}](?:[^{_RTL}]*[{_LATIN}])?{_REST}(?:[ \u00a0][0-9]{_REST})*|{_SIGNED})"
)
"""A telephone number; or from the first to the last Latin letter, with its # and the numbers that follow; or a number
with its sign."""
_NAMED = re.compile(r"<(?!html\b)(\w+)\b[^>]* lang=")
_APART = re.compile(r'<(bdi)\b[^>]* dir="ltr"')
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
    found, at, named, apart = list[str](), 0, Inside(_NAMED), Inside(_APART)
    for tag in _UNSEEN.finditer(html):
        text = html[at : tag.start()]
        found += [*([text] if mirrored and apart else _parts(text, mirrored, bool(named))), tag.group()]
        named.passed(tag.group())
        apart.passed(tag.group())
        at = tag.end()
    return "".join([*found, *_parts(html[at:], mirrored, named=False)])


_ISOLATE, _END = "\u2066", "\u2069"
"""The signs of Unicode around a run that is written from left to right."""


def in_a_line(html: str, mirrored: bool) -> str:
    """The text of some HTML for a place that takes no elements, such as a running head: signs isolate each run."""
    text = unescape(_UNSEEN.sub("", html))
    runs = enumerate(_runs(text, mirrored)) if mirrored else [(0, text)]
    return "".join(f"{_ISOLATE}{run}{_END}" if index % 2 else run for index, run in runs)


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
    whole = text and (_REFERENCE.fullmatch(text) or (_WHOLE.fullmatch(text) and _is_closed(text)))
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


def _is_closed(text: str) -> bool:
    """Whether each sign of a pair has its other in a text."""
    return all(text.count(opening) == text.count(closing) for closing, opening in _pairs(text).items())


def _pairs(text: str) -> dict[str, str]:
    """The pairs that count in a text: in Hebrew, ” stands on both sides of a quotation."""
    return {closing: opening for closing, opening in _PAIRS.items() if closing != "”" or opening in text}


def _own(run: str) -> str:
    """The start of a run before a sign that closes what it did not open."""
    opened, pairs = list[str](), _pairs(run)
    for place, sign in enumerate(run):
        if sign in pairs.values():
            opened.append(sign)
        elif sign in pairs and (not opened or opened.pop() != pairs[sign]):
            return run[:place].rstrip(" \u00a0,;:")
    return run
