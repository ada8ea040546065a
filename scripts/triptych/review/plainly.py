"""The HTML of a text becomes words in which all that is printed of it shows: numbers of items, citations, emphasis."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from urllib.parse import unquote

from lxml.html import fragment_fromstring

from triptych.content import prose, typography
from triptych.content.claims import BETWEEN

_SIGNS = {
    **{"em": "*", "i": "*", "strong": "**", "b": "**", "del": "~~", "s": "~~", "code": "`"},
    **{"sup": "^", "sub": "~", "mark": "=", "u": "_", "ins": "_"},
}
"""What stands before and after a text with this mark."""
_BETWEEN = {"td": " | ", "th": " | ", "tr": " / ", "figcaption": " ", "p": " ", "dd": ": ", "dt": " ", "br": " "}
"""What stands before a part of a text."""
_OF_THE_PAGE = {"id", "style", "start", "class", "href", "src", "alt"}
"""Attributes that are not printed, or that show in another way."""


@lru_cache(maxsize=8192)
def line(text: str) -> str:
    """A Markdown text of one paragraph in words."""
    return html(prose.rendered_line(text))


@lru_cache(maxsize=8192)
def html(source: str) -> str:
    """Some HTML in words: `*stressed*`, `[key, p. 4]` for a citation, `3.` before an item, `word (address)`."""
    root = fragment_fromstring(source, create_parent=True)
    return " ".join(typography.plain("".join(_told(root))).split())


def _told(element: Any) -> Iterator[str]:
    """The texts of an element and of those in it, in order."""
    if not isinstance(element.tag, str):
        return
    sign = _SIGNS.get(element.tag, "")
    yield from (_BETWEEN.get(element.tag, ""), _numbered(element), sign, *_looks(element))
    if source := re.match(r"#source-(.+)", element.get("href", "")):
        yield unquote(source[1])
        return
    yield element.text or ""
    for child in element:
        yield from _told(child)
        yield child.tail or ""
    yield sign
    if element.tag == "a":
        yield f" ({element.get('href', '')})"


def _numbered(element: Any) -> str:
    """The number or the sign of an item of a list."""
    if element.tag != "li":
        return ""
    above = element.getparent()
    if above.tag != "ol":
        return " • "
    place = [one for one in above if one.tag == "li"].index(element)
    return f" {element.get('value') or int(above.get('start') or 1) + place}. "


def _looks(element: Any) -> Iterator[str]:
    """A picture with its description, and what else an author says of how a part looks."""
    if element.tag == "img":
        yield f"[picture {unquote(element.get('src', '')).removeprefix(prose.ASSETS)}: {element.get('alt', '')}]"
    yield from (f"{{{name}={value}}}" for name, value in element.attrib.items() if name not in _OF_THE_PAGE)


_BLOCKS = {"p", "li", "tr", "dt", "dd", "figcaption", "blockquote", "pre", *(f"h{level}" for level in range(1, 7))}
_END, _OPEN, _CLOSE = "\x1e", "\x02", "\x03"
"""Between two blocks; around the keys of the sources that are cited."""
_SENTENCE = re.compile(
    r"(?s).+?(?:[.!?\u2026][\"\u201d\u2019\u00bb)]*(?:\s*\x02[^\x03]*\x03)*(?=\s+[^\s\d\x02a-z\u00df-\u00ff]|\s*$)|$)"
)
_CITED = re.compile(r"\x02([^\x03]*)\x03")


def sentences(source: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The sentences of some HTML without marks of emphasis, each with the keys of the sources that it cites.

    The cells of a row of a table are one, with ` · ` between them.
    """
    root = fragment_fromstring(source, create_parent=True)
    for block in "".join(_bare(root)).split(_END):
        for found in _SENTENCE.finditer(typography.plain(block)):
            text = " ".join(_CITED.sub("", found[0]).split()).strip(" \u00b7")
            keys = [key for cited in _CITED.findall(found[0]) for key in cited.split()]
            if text:
                yield text, tuple(dict.fromkeys(keys))


def _bare(element: Any) -> Iterator[str]:
    """The texts of an element and of those in it, without the signs of notes."""
    if not isinstance(element.tag, str) or (element.tag == "sup" and element.get("id", "").startswith("fnref")):
        return
    end = _END if element.tag in _BLOCKS else ""
    yield end + (BETWEEN if element.tag in ("td", "th") else "")
    if element.get("class", "").startswith("references"):
        links = (re.match(r"#source-(.+)", link.get("href", "")) for link in element.iter("a"))
        yield _OPEN + " ".join(unquote(link[1]) for link in links if link) + _CLOSE
    else:
        yield element.text or ""
        for child in element:
            yield from _bare(child)
            yield child.tail or ""
    yield end
