"""Latin text within a page that is written from right to left keeps its own direction.

The typesetter sets two Latin elements side by side in the wrong order, and the stop of a Latin sentence on its left.
"""

import re
from collections.abc import Iterator
from html import unescape

from markupsafe import Markup

_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LATIN = "A-Za-z\u00c0-\u024f"
_UNSEEN = re.compile(r"<(head|script|style|title)\b.*?</\1>|<[^>]*>", re.DOTALL)
_REFERENCE = re.compile(rf"\[[^{_RTL}]*\]")
_WHOLE = re.compile(rf"[^{_RTL}]*[{_LATIN}][^{_RTL}]*")
_RUN = re.compile(rf"([{_LATIN}](?:[^{_RTL}]*[{_LATIN}])?(?:[^\s.,;:!?{_RTL}]|[.,:](?=[\w/]))*)")


def isolated(html: str) -> str:
    """A whole document with each run of Latin, and each reference, in an element of its own direction."""
    found, at = list[str](), 0
    for tag in _UNSEEN.finditer(html):
        found += [*_parts(html[at : tag.start()]), tag.group()]
        at = tag.end()
    return "".join([*found, *_parts(html[at:])])


def _parts(text: str) -> Iterator[str]:
    """A text between two tags as HTML. The white space around it stays outside."""
    text = unescape(text)
    inner = text.strip(" \n\u00a0")
    before, _, after = text.partition(inner) if inner else (text, "", "")
    whole = inner and (_REFERENCE.fullmatch(inner) or _WHOLE.fullmatch(inner))
    runs = ["", inner, ""] if whole else _RUN.split(inner)
    yield before
    for index, run in enumerate(runs):
        yield Markup('<bdi dir="ltr">{}</bdi>').format(run) if index % 2 else Markup.escape(run)
    yield after
