"""Markdown becomes safe HTML with numbered citations and named passages.

Sole importer of Python-Markdown and nh3.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import markdown
import nh3
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions import Extension
from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from triptych.content import typography
from triptych.content.model import Standing

_NB = typography.NO_BREAK
_KEY = r"@([A-Za-z0-9_][A-Za-z0-9_:.#$%&+?<>~/-]*)"
_CITATION = re.compile(rf"\[({_KEY}(?:,[^\];]*)?(?:;\s*{_KEY}(?:,[^\];]*)?)*)\]")
_PASSAGE = re.compile(r"\s*\{:?\s*#([A-Za-z][\w-]*)(?:\s+\.(\w+))?\s*\}\s*$")
MARKS = {Standing.REPORTED: "†", Standing.DISPUTED: "≠", Standing.UNCONFIRMED: "?"}
"""Printed mark of each standing of a claim. A supported claim has no mark."""
_INLINE = {"a", "em", "strong", "span"}

_BOUNDARY = "\x1e"
"""Separates two blocks in the rendered text: the record separator of ASCII."""
_NAME = re.compile(r'<\w+[^>]*\bid="([^"]+)"')

_TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "a", "em", "strong", "code", "pre", "blockquote", "hr", "br"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img"),
    *("sup", "sub", "span", "div", "section", "cite", "abbr", "i", "b"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt"},
    "th": {"align", "scope", "colspan", "rowspan"},
    "td": {"align", "colspan", "rowspan"},
    "*": {"id", "class", "lang"},
}
ASSETS = "asset://article/"
"""Prefix of the address of the article's own files during typesetting."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation key or the name of a passage, and its position in the prose. Lines and columns count from 1."""

    name: str
    line: int
    column: int = 1


def citations(text: str) -> Iterator[Mention]:
    """Every citation key in a Markdown text, in order. Ignores code."""
    if not _CITATION.search(text):
        return
    cited = {key for block in _blocks(text) for key in keys_in(block.html)}
    lines = [0, *(end.end() for end in re.finditer("\n", text))]
    for found in _CITATION.finditer(text):
        for key in re.finditer(_KEY, found.group(1)):
            if key.group(1) in cited:
                at = found.start(1) + key.start()
                line = bisect_right(lines, at)
                yield Mention(key.group(1), line, at - lines[line - 1] + 1)


def pictures(text: str) -> Iterator[str]:
    """Address of every picture that a Markdown text shows; those of the article's folder start with ASSETS."""
    if "![" in text or "<" in text:
        for block in _blocks(text):
            yield from (unescape(source) for source in re.findall(r'<img\b[^>]*?\bsrc="([^"]*)"', block.html))


class _Keys(dict[str, int]):
    """The number 0 for every key, for a rendering whose numbers are not used."""

    def __missing__(self, key: str) -> int:
        return 0


@lru_cache(maxsize=256)
def _blocks(text: str) -> "tuple[Block, ...]":
    """The blocks of a text, rendered once: the rules look at each text many times."""
    return Renderer(_Keys()).blocks(text)


def keys_in(html: str) -> Iterator[str]:
    """Citation keys in a rendered block, in order."""
    return (unescape(unquote(key)) for key in re.findall(r'href="#source-([^"]+)"', html))


def passages(text: str) -> Iterator[Mention]:
    """Every passage that the prose names with `{#name}`, in order. Ignores code."""
    named = {name for block in _blocks(text) for name in re.findall(r'\bid="([^"]+)"', block.html)}
    for number, line in enumerate(text.splitlines(), start=1):
        if (found := _PASSAGE.search(line)) and found.group(1) in named:
            yield Mention(found.group(1), number, found.start() + 1)


@dataclass(frozen=True, slots=True)
class Passage:
    """A named part of the prose: a paragraph with the unnamed paragraphs before it, or a whole section."""

    name: str
    line: int
    """Line of its name in the prose, from 1."""
    heading: str
    """Heading of its section; empty before the first heading."""
    section: int
    """Number of its section, from 1; 0 before the first heading."""
    text: str
    """Its text without markup and references."""
    sources: tuple[str, ...]
    """Keys of the sources that it cites."""
    standing: Standing

    @property
    def is_section(self) -> bool:
        """Whether its name belongs to a heading: then the passage is the whole section."""
        return bool(self.heading) and self.text.startswith(self.heading)


@lru_cache(maxsize=256)
def texts(text: str) -> Mapping[str, Passage]:
    """The passages of the prose, by name."""
    lines = {mention.name: mention.line for mention in passages(text)}
    standings = {found.group(1): found.group(2) for found in map(_PASSAGE.search, text.splitlines()) if found}
    parts: dict[str, tuple[str, int, list[str]]] = {}
    heading, section, opened = "", 0, ""
    waiting: list[str] = []
    for block in _blocks(text):
        named = re.findall(r'\bid="([^"]+)"', block.html)
        if re.match(r"<h\d", block.html):
            heading, section, waiting = block.html.striptags(), section + 1, []
            opened = named[0] if named else ""
            if opened:
                parts[opened] = heading, section, [block.html]
            continue
        waiting.append(block.html)
        if opened:
            parts[opened][2].append(block.html)
        for name in named:
            parts[name] = heading, section, list(waiting)
        if named:
            waiting = []
    return {
        name: Passage(
            name=name,
            line=lines.get(name, 1),
            heading=heading,
            section=section,
            text=" ".join(unescape(re.sub(r"<[^>]+>", " ", _REFERENCES.sub("", html))) for html in html_parts)
            .replace("\u2060", "")
            .strip(),
            sources=tuple(dict.fromkeys(key for html in html_parts for key in keys_in(html))),
            standing=Standing(standings.get(name) or "supported"),
        )
        for name, (heading, section, html_parts) in parts.items()
    }


_REFERENCES = re.compile(r'<span class="references">.*?</span>')


def plain(text: str) -> str:
    """A line of Markdown as plain text, without citations and marks of emphasis."""
    return re.sub(r"\s+", " ", re.sub(r"[*_`]|\{#[\w-]+\}", "", _CITATION.sub("", text))).strip()


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list, table, quotation, figure or list of notes."""

    name: str
    """Name of the passage; empty if it has none."""
    html: Markup


@lru_cache(maxsize=4)
def renderer(numbers: tuple[tuple[str, int], ...]) -> "Renderer":
    """The renderer for these citation keys and their numbers. It is created once and keeps its results."""
    return Renderer(dict(numbers))


def opening(blocks: Sequence[Block]) -> Iterator[Markup]:
    """The paragraphs with which the prose begins, after a heading or none, as they may stand by themselves.

    Ends at any other block, and at a paragraph with a picture, a note, or a link to another passage.
    """
    paragraphs = blocks[1:] if blocks and blocks[0].html.startswith("<h") else blocks
    for block in paragraphs:
        inner = re.fullmatch(r"<p[^>]*>(.*)</p>", block.html.strip(), re.DOTALL)
        if not inner or re.search(r'<img|<figure|href="#(?!source-)|id="', inner[1]):
            return
        yield Markup(inner[1])


class Renderer:
    """Renders an article's Markdown, each text once. A citation has the same number everywhere."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        """`numbers` maps each citation key to its printed number."""
        article = _ArticleMarkdown(numbers, self.line)
        extensions: list[Any] = [
            "attr_list",
            "fenced_code",
            TableExtension(use_align_attribute=True),
            "footnotes",
            "smarty",
            article,
        ]
        extensions += ["sane_lists", "def_list"]
        self._blocks = markdown.Markdown(extensions=extensions, output_format="html")
        self._line = markdown.Markdown(extensions=["smarty", article], output_format="html")
        for name in ("indent", "code", "hashheader", "setextheader", "hr", "olist", "ulist", "quote", "reference"):
            self._line.parser.blockprocessors.deregister(name)
        self._blocks_of = lru_cache(maxsize=4)(self._rendered_blocks)
        self._line_of = lru_cache(maxsize=1_000)(self._rendered_line)

    def blocks(self, text: str) -> tuple[Block, ...]:
        """The headings, paragraphs, lists and so on of a Markdown text, in order."""
        return self._blocks_of(text)

    def line(self, text: str) -> Markup:
        """A Markdown text of one paragraph as HTML, without the <p> element."""
        return self._line_of(text)

    def _rendered_blocks(self, text: str) -> tuple[Block, ...]:
        html = self._blocks.reset().convert(text)
        return tuple(
            Block(name=found.group(1) if (found := _NAME.match(part)) else "", html=_safe(part))
            for part in map(str.strip, html.split(_BOUNDARY))
            if part
        )

    def _rendered_line(self, text: str) -> Markup:
        html = self._line.reset().convert(text).replace(_BOUNDARY, "").strip()
        return _safe(html.removeprefix("<p>").removesuffix("</p>"))


def _safe(html: str) -> Markup:
    return Markup(
        nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https", "mailto", "asset"},
            link_rel=None,
            clean_content_tags={"script", "style", "iframe", "object", "embed", "svg"},
        )
    )


def without_markup(html: str) -> Markup:
    """The HTML of a formatted source with emphasis only. A space before an emphasis moves inside, as in prose."""
    cleaned = nh3.clean(html, tags={"i", "b", "em", "sup", "sub"}, attributes={}, link_rel=None)
    return Markup(re.sub(r" <(i|b|em)>", r"<\1> ", cleaned))


class _ArticleMarkdown(Extension):
    def __init__(self, numbers: Mapping[str, int], line: Callable[[str], Markup]) -> None:
        super().__init__()
        self._numbers = numbers
        self._line = line

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        if "hashheader" in md.parser.blockprocessors:
            md.parser.blockprocessors.register(_Heading(md.parser), "hashheader", 70)
        md.inlinePatterns.register(_Citations(self._numbers, md), "citation", 175)
        md.treeprocessors.register(_Passages(md), "passages", 9)  # before attr_list, which uses the same syntax
        md.treeprocessors.register(_Figures(md, self._line), "figures", 6)
        md.treeprocessors.register(_Footnotes(md), "footnotes without return links", 5)
        md.treeprocessors.register(_Typography(md), "typography", 1)
        md.treeprocessors.register(_Boundaries(md), "boundaries", 0)


class _Heading(HashHeaderProcessor):
    """A heading needs a space after its number signs, as in CommonMark: `#HimToo` is a hashtag."""

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})[ \t]+(?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)")


class _Citations(InlineProcessor):
    """`[@key]` and `[@key, p. 4; @other]` become `[6, p. 4; 7]`, each number a link to its source."""

    def __init__(self, numbers: Mapping[str, int], md: markdown.Markdown) -> None:
        super().__init__(_CITATION.pattern, md)
        self._numbers = numbers

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[ElementTree.Element, int, int]:  # type: ignore[override]  # noqa: N802
        references = ElementTree.Element("span", {"class": "references"})
        references.text = "["
        parts = [part.strip().removeprefix("@").partition(",") for part in match.group(1).split(";")]
        for key, _, locator in sorted(parts, key=lambda part: self._numbers[part[0]]):
            link = ElementTree.SubElement(references, "a", {"href": f"#source-{key}"})
            link.text = str(self._numbers[key])
            link.tail = f",{_NB}{locator.strip().replace(' ', _NB)};{_NB}" if locator else f",{_NB}"
        references[-1].tail = (references[-1].tail or "").rstrip(f",;{_NB}") + "]"
        return references, match.start(0), match.end(0)


class _Passages(Treeprocessor):
    """`{#name}` at the end of a paragraph gives the paragraph that name."""

    def run(self, root: ElementTree.Element) -> None:
        for paragraph in root.iter():
            if paragraph.tag not in ("p", "li", "blockquote"):
                continue
            last = paragraph[-1] if len(paragraph) else None
            text = (paragraph.text if last is None else last.tail) or ""
            if found := _PASSAGE.search(text):
                paragraph.set("id", found.group(1))
                if last is None:
                    paragraph.text = text[: found.start()]
                else:
                    last.tail = text[: found.start()]
                if found.group(2) in MARKS:
                    mark = ElementTree.SubElement(paragraph, "sup", {"class": "standing"})
                    mark.text = MARKS[Standing(found.group(2))]


class _Figures(Treeprocessor):
    """An image alone in its paragraph becomes a figure. Its title, a line of Markdown, becomes the caption."""

    def __init__(self, md: markdown.Markdown, line: Callable[[str], Markup]) -> None:
        super().__init__(md)
        self._line = line

    def run(self, root: ElementTree.Element) -> None:
        for image in root.iter("img"):
            if "://" not in image.get("src", ""):
                image.set("src", ASSETS + image.get("src", "").removeprefix("./"))
        for paragraph in root.iter("p"):
            if (
                len(paragraph) == 1
                and paragraph[0].tag == "img"
                and not (paragraph.text or paragraph[0].tail or "").strip()
            ):
                paragraph.tag = "figure"
                if caption := paragraph[0].attrib.pop("title", ""):
                    html = self._line(unescape(caption))
                    ElementTree.SubElement(paragraph, "figcaption").text = self.md.htmlStash.store(html)


class _Footnotes(Treeprocessor):
    """Removes the return links, which paper does not need, and the rule above the notes: the style sheet draws that."""

    def run(self, root: ElementTree.Element) -> None:
        for parent in root.iter():
            for child in list(parent):
                if child.get("class") == "footnote-backref" or (
                    parent.get("class") == "footnote" and child.tag == "hr"
                ):
                    parent.remove(child)
            if parent.text:
                parent.text = parent.text.removesuffix(NBSP_PLACEHOLDER)
            for child in parent:
                child.tail = (child.tail or "").removesuffix(NBSP_PLACEHOLDER)


class _Typography(Treeprocessor):
    """Puts no-break spaces into all running text, and keeps each reference with the word before it.

    Moves the space before an element into the element: WeasyPrint 70 may break a line too early before an element that
    follows a space or a no-break space (at 20 % of the widths tried; at none with the space inside).
    """

    def run(self, root: ElementTree.Element) -> None:
        self._visit(root)

    def _visit(self, element: ElementTree.Element) -> None:
        if element.tag in ("code", "pre") or element.get("class") == "references":
            return
        element.text = typography.unbroken(element.text) if element.text else element.text
        previous: ElementTree.Element | None = None
        for child in element:
            child.tail = typography.unbroken(child.tail) if child.tail else child.tail
            self._visit(child)
            if child.tag in _INLINE and child.text:
                self._take_space(element, previous, child)
            previous = child

    @staticmethod
    def _take_space(
        parent: ElementTree.Element, previous: ElementTree.Element | None, child: ElementTree.Element
    ) -> None:
        before = (parent.text if previous is None else previous.tail) or ""
        kept = before.rstrip(" \n\t")
        if kept != before and (kept or previous is not None):
            space = typography.NO_BREAK if child.get("class") == "references" else " "
            child.text = space + (child.text or "")
        if previous is None:
            parent.text = kept
        else:
            previous.tail = kept


class _Boundaries(Treeprocessor):
    """Puts a separator after each block."""

    def run(self, root: ElementTree.Element) -> None:
        for block in root:
            block.tail = f"\n{_BOUNDARY}\n"
