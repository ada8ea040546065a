"""Long addresses, paths and hashtags in HTML get places where a line may end, without a hyphen."""

import re
from html import unescape

from triptych.content.cite import ADDRESS_CHARACTERS
from triptych.content.typography import NO_BREAK, WORD_JOINER
from triptych.design.lines import LONG

BREAK = "\u200b"
"""A place where a line may end: the zero-width space. The typesetter draws nothing for it, and no copy has it."""
NEAR = 300
"""Characters before a run in which to look for what it is held to."""
_RUN = re.compile(
    rf'<a class="address"[^>]*>\s*[^\s<>]{{1,{ADDRESS_CHARACTERS}}}(?=<)'  # goes to the next line as a whole
    rf"|<[^>]*>|(\s?)([^\s<>]{{{LONG},}})"
)
_AS_TYPED = re.compile(r"://|^\W*www\.|^\W{0,2}[#@]\w|\w_\w|\w[/\\].*\w[/\\]|\w@\w|\w\.\w+[./]\w|\w\.\w{2,4}$")
_SIGNS = re.compile(r"(?:[/\\._=?-]|&amp;)+(?=\w)|[^\W\d_A-Z](?=[A-Z])")
_HELD = re.compile(r"[^\s<>](?:<(?:a|b|em|i|span|strong)\b[^>]*>)+$")
"""The end of a text with no space before the run that follows, but for tags: an opening quotation mark and a link."""
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
    if not run or not _AS_TYPED.search(unescape(run)):
        return found.group()
    before = BREAK if _HELD.search(found.string, max(0, found.start() - NEAR), found.start()) else ""
    space = space.replace(NO_BREAK, " ") or before
    opened = _SIGNS.sub(lambda signs: signs.group() + BREAK, run)
    return f'<span class="as-typed">{space}{opened}</span>'
