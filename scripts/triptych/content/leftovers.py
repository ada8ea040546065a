"""Prose becomes the list of what it writes that Markdown does not understand."""

import re
from collections.abc import Iterator
from html import unescape

from triptych.content import prose
from triptych.content.prose import Mention

_UNREAD = re.compile(
    r"""(?P<note>\[\^[^\]\s]+\])            # a footnote without its text
    |(?P<link>\[[^\[\]]+\]\[[^\[\]]*\])    # a link without its address
    |(?P<fence>^:{3,}.*$)                 # a note that does not end
    |(?P<mark>==(?=\S)[^=\n]+?(?<=\S)==)  # marked text
    |(?P<wiki>\[\[[^\[\]]+\]\])
    |(?P<field>\{[%{<][^{}\n]*[>%}]\})
    |(?P<formula>\$\$[^$]+\$\$|\\\(.+?\\\)|\\begin\{\w+\})
    |(?P<attributes>\{:?[ ]*[.\#][\w.\#=" -]*\})""",
    re.VERBOSE | re.MULTILINE,
)
_ELEMENT = re.compile(r"(?<![\\\w(])<([A-Za-z][\w.-]*)(?=\s|/?>)[^<>]*>")
_SILENT = {"script", "style", "tbody", "thead", "tfoot", "caption", "colgroup", "col", "font", "center", "picture"}
_KINDS = {
    "note": "a note whose text is missing",
    "link": "a link whose address is missing",
    "fence": "a note that does not end",
    "mark": "a mark that prints as it is typed",
    "wiki": "a link of a wiki",
    "field": "a field of another program",
    "formula": "a formula, which prints as it is typed",
    "attributes": "a name or class that no paragraph takes",
}


def unread(text: str) -> Iterator[tuple[Mention, str]]:
    """What the prose writes and Markdown does not understand, and what it is; prints raw or not at all."""
    html = re.sub(r"(?s)<(pre|code)\b.*?</\1>", "", "\n".join(block.html for block in prose.rendered(text)))
    printed = _flat(unescape(re.sub(r"<[^>]+>", "", html)))
    code = [found.span() for found in _CODE.finditer(text)]
    for pattern in (_UNREAD, _ELEMENT):
        for found in pattern.finditer(text):
            if any(start <= found.start() < end for start, end in code):
                continue
            if pattern is _ELEMENT:
                name = found.group(1).lower()
                unknown = name not in prose.TAGS | _SILENT
                kind = f"the HTML element `{name}`, which is left out" if unknown else ""
            else:
                kind = _KINDS[found.lastgroup or ""] if _flat(found.group()) in printed else ""
            if kind:
                line = text.count("\n", 0, found.start()) + 1
                column = found.start() - text.rfind("\n", 0, found.start())
                yield Mention(found.group().split("\n")[0], line, column), kind


_CODE = re.compile(
    r"(?ms)<!--.*?-->|^[ >]*(?P<fence>`{3,}|~{3,}).*?(?:^[ >]*(?P=fence)|\Z)"
    r"|(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
)


def _flat(text: str) -> str:
    """A text without spaces, typographic signs made plain, to be found again after it is printed."""
    return re.sub(r"\s|\u2060", "", text.translate(str.maketrans("“”‘’", "\"\"''")))
