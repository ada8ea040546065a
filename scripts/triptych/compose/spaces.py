"""HTML for a screen, in which no character is there for the line alone: CSS keeps words together instead.

Who copies a date or searches for it finds ordinary spaces.
"""

import re

from markupsafe import Markup

from triptych.content.typography import NO_BREAK, WORD_JOINER

NARROW = "\u202f"
SOFT_HYPHEN = "\u00ad"
LONGEST = 40
"""Most characters that stay on one line of a narrow screen."""
_NAMED = {"&nbsp;": NO_BREAK, "&#160;": NO_BREAK, "&#8288;": WORD_JOINER, "&shy;": "", SOFT_HYPHEN: ""}
"""The same characters by other names."""
_APART = re.compile(r"(?s)<(head|title|script|style|pre)\b.*?</\1>|<[^>]*>")
"""What takes no elements: a tag, or an element that shows none."""
_RUN = re.compile(rf"[^ \n\t]*[{NO_BREAK}{NARROW}{WORD_JOINER}][^ \n\t]*")
"""Words that stay together."""
_BEFORE_LINK = re.compile(r"(<a\b[^>]*>)([ \n]+)")


def plain(text: str) -> str:
    """A text with ordinary spaces, and no character that only keeps a line from ending."""
    return text.replace(NO_BREAK, " ").replace(NARROW, " ").replace(WORD_JOINER, "").replace(SOFT_HYPHEN, "")


def told(html: Markup) -> str:
    """Some HTML as plain text, with ordinary spaces."""
    return plain(str(html.striptags()))


def out_of_links(html: str) -> str:
    """A whole document in which no link begins with a space. The typesetter needs it there; a screen underlines it."""
    return _BEFORE_LINK.sub(r"\2\1", html)


def kept(html: str) -> str:
    """A whole document whose words stay together by their class, `whole`."""
    for name, character in _NAMED.items():
        html = html.replace(name, character)
    found, at = list[str](), 0
    for apart in _APART.finditer(html):
        found += [_RUN.sub(_spanned, html[at : apart.start()]), plain(apart.group())]
        at = apart.end()
    return "".join([*found, _RUN.sub(_spanned, html[at:])])


def _spanned(found: re.Match[str]) -> str:
    """A run as an element, if it is short enough for a line."""
    words = plain(found.group())
    if not words.strip() or len(words) > LONGEST:
        return words
    return Markup('<span class="whole">{}</span>').format(Markup(words))
