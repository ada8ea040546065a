"""Long addresses, paths and hashtags in HTML get places where a line may end, without a hyphen."""

import re
from html import unescape

from triptych.content.cite import ADDRESS_CHARACTERS
from triptych.content.typography import WORD_JOINER

BREAK = "\u200b"
"""A place where a line may end: the zero-width space. The typesetter draws nothing for it, and no copy has it."""
LEAST = 28
"""Fewest characters of an address that gets such places: a shorter one goes to the next line as a whole."""
_RUN = re.compile(
    rf'<a class="address"[^>]*>\s*[^\s<>]{{1,{ADDRESS_CHARACTERS}}}(?=<)'  # goes to the next line as a whole
    rf"|<[^>]*>|(\s?)([^\s<>]{{{LEAST},}})"
)
_AS_TYPED = re.compile(r"://|^\W*www\.|^\W{0,2}[#@]\w|\w_\w|\w[/\\].*\w[/\\]|\w@\w|\w\.\w+[./]\w|\w\.\w{2,4}$")
_SIGNS = re.compile(r"(?:[/\\._=?-]|&amp;)+(?=\w)|[^\W\d_A-Z](?=[A-Z])")
_BODY = re.compile(r"<body\b")


def breakable(html: str) -> str:
    """A whole document in which a line may end within a long address, path or hashtag: after each `/ \\ . - _ = ? &`.

    It may also end before a capital letter within a word. Such a text stands in a `span` that no dictionary hyphenates,
    so that it can be copied as it was typed.
    """
    body = _BODY.search(html)
    start = body.start() if body else 0
    return html[:start] + _RUN.sub(_opened, html[start:])


def _opened(found: re.Match[str]) -> str:
    space, run = found.groups(default="")
    run = run.replace(WORD_JOINER, "")
    if not _AS_TYPED.search(unescape(run)):
        return found.group()
    opened = _SIGNS.sub(lambda signs: signs.group() + BREAK, run)
    return f'<span class="as-typed">{space}{opened}</span>'
