"""Markdown becomes safe HTML with numbered citations and named passages.

Sole importer of Python-Markdown and nh3.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import markdown
import nh3
from lxml.html import fragment_fromstring, tostring
from markdown.extensions import Extension
from markdown.extensions.footnotes import NBSP_PLACEHOLDER
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import SimpleTagInlineProcessor, SubstituteTagInlineProcessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup

from triptych.content import citations as pandoc
from triptych.content import customs, typography
from triptych.content.blocks import Blocks
from triptych.content.model import Standing
from triptych.content.quotes import Quotes

_PASSAGE = re.compile(r"\s*\{:?\s*#([A-Za-z][\w-]*)(?:\s+\.(\w+))?\s*\}\s*$")
MARKS = {Standing.REPORTED: "†", Standing.DISPUTED: "≠", Standing.UNCONFIRMED: "?"}
"""Printed mark of each standing of a claim. A supported claim has no mark."""
_INLINE = {"a", "em", "strong", "span"}
_LAST_WORD = re.compile(r"\S{0,24}[^\w\s]$")

_BOUNDARY = "\x1e"
"""Separates two blocks in the rendered text: the record separator of ASCII."""
_NAME = re.compile(r'<\w+[^>]*\bid="([^"]+)"')

TAGS = {
    *("h1", "h2", "h3", "h4", "h5", "h6", "p", "a", "em", "strong", "code", "pre", "blockquote", "hr", "br"),
    *("ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "figure", "figcaption", "img"),
    *("sup", "sub", "span", "div", "section", "cite", "abbr", "i", "b", "del", "ins", "s", "u", "mark", "small"),
    *("kbd", "samp", "var", "q", "dfn"),
}
"""The HTML elements that are printed; others are left out, with what they hold kept where it is text."""
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt"},
    "ol": {"start", "type"},
    "li": {"value"},
    "th": {"align", "scope", "colspan", "rowspan"},
    "td": {"align", "colspan", "rowspan"},
    "*": {"id", "class", "lang"},
}
_INLINE_EXTENSIONS = ("pymdownx.betterem",)
_SHIFTED = (
    (r"(\^)(?!\s)([^\s^]+)\^", "sup"),
    (r"(?<!~)(~)([^\s~]+)~(?!~)", "sub"),
    (r"(?s)(?<!~)(~~)(?![\s~])((?:(?!~~).)*[^\s~]|[^\s~])~~(?!~)", "del"),
)
"""Raised, lowered and struck text: a sign by itself, as in `~5 kg` or `x^2`, prints as it is.

pymdown-extensions 12 has these too, and stops with an IndexError at some signs by themselves.
"""
_BLOCK_EXTENSIONS = ("attr_list", "footnotes", "def_list", "admonition")
_CONFIGS: dict[str, dict[str, Any]] = {
    "footnotes": {"USE_DEFINITION_ORDER": False},
}
ASSETS = "asset://article/"
"""Prefix of the address of the article's own files during typesetting."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation key or the name of a passage, and its position in the prose. Lines and columns count from 1."""

    name: str
    line: int
    column: int = 1
    named: bool = False
    """A citation within the sentence, `@a says`: a plain word where no source has that name."""


def citations(text: str) -> Iterator[Mention]:
    """Every citation key in a Markdown text, in order. Ignores code."""
    if "@" not in text:
        return
    cited = {key for block in rendered(text) for key in keys_in(block.html)}
    lines = [0, *(end.end() for end in re.finditer("\n", text))]
    for found in pandoc.cited(text):
        if found.key in cited:
            line = bisect_right(lines, found.at)
            yield Mention(found.key, line, found.at - lines[line - 1] + 1, found.named)


def pictures(text: str) -> Iterator[str]:
    """Address of every picture that a Markdown text shows; those of the article's folder start with ASSETS."""
    if "![" in text or "<" in text:
        for block in rendered(text):
            yield from (unescape(source) for source in re.findall(r'<img\b[^>]*?\bsrc="([^"]*)"', block.html))


class _Keys(dict[str, int]):
    """The number 0 for every key, for a rendering whose numbers are not used."""

    def __missing__(self, key: str) -> int:
        return 0

    def __contains__(self, key: object) -> bool:
        return True


@lru_cache(maxsize=256)
def rendered(text: str) -> "tuple[Block, ...]":
    """The blocks of a text, rendered once: the rules look at each text many times."""
    return Renderer(_Keys()).blocks(text)


@lru_cache(maxsize=4096)
def rendered_line(text: str) -> Markup:
    """A text of one paragraph as HTML, rendered once; the number of each source in it is 0."""
    return _without_numbers().line(text)


@lru_cache(maxsize=1)
def _without_numbers() -> "Renderer":
    return Renderer(_Keys())


def keys_in(html: str) -> Iterator[str]:
    """Citation keys in a rendered block, in order."""
    return (unescape(unquote(key)) for key in re.findall(r'href="#source-([^"]+)"', html))


def targets(text: str) -> frozenset[str]:
    """What a link within the prose may lead to: names, and headings by the address that GitHub gives them."""
    html = "".join(block.html for block in rendered(text))
    headings = (Markup(found).striptags() for found in re.findall(r"(?s)<h\d[^>]*>(.*?)</h\d>", html))
    return frozenset(unescape(name) for name in re.findall(r'\bid="([^"]+)"', html)) | frozenset(_addresses(headings))


def _addresses(headings: Iterable[str]) -> Iterator[str]:
    """The address of each heading on GitHub: small letters, no signs, spaces as hyphens; a number where it repeats."""
    seen: Counter[str] = Counter()
    for heading in headings:
        slug = re.sub(r"[^\w\- ]", "", typography.plain(heading).strip().lower()).replace(" ", "-")
        yield f"{slug}-{seen[slug]}" if seen[slug] else slug
        seen[slug] += 1


def passages(text: str) -> Iterator[Mention]:
    """Every passage that the prose names with `{#name}`, in order. Ignores code."""
    named = {name for block in rendered(text) for name in re.findall(r'\bid="([^"]+)"', block.html)}
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
    for block in rendered(text):
        named = [name for name in re.findall(r'\bid="([^"]+)"', block.html) if name in lines]
        if block.html.startswith('<div class="footnote"'):
            notes = [f"<li {note}" for note in block.html.split("<li ")]
            parts |= {name: ("", 0, [note]) for note in notes for name in named if f'id="{name}"' in note}
            continue
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
            text=_text(html_parts),
            sources=tuple(dict.fromkeys(key for html in html_parts for key in keys_in(html))),
            standing=Standing(standings.get(name) or "supported"),
        )
        for name, (heading, section, html_parts) in parts.items()
    }


_REFERENCES = re.compile(r'<span class="references[^"]*">.*?</span>')
_WITHIN_WORDS = re.compile(r"</?(?:em|strong|del|i|b|code|mark|s|u|ins)>|<(?P<low>sub|sup)>(?P<text>[^<]*)</(?P=low)>")


def whole(text: str) -> str:
    """All of the prose as text, without markup and references, whether its passages have names or not."""
    return _text([block.html for block in rendered(text)])


def _text(parts: Sequence[str]) -> str:
    """Some HTML as text. What stands within a word, as in H<sub>2</sub>O, does not part it."""
    joined = (_WITHIN_WORDS.sub(lambda found: found["text"] or "", _REFERENCES.sub("", html)) for html in parts)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)) for html in joined).replace("\u2060", "").strip()


_MARKS_OF_TEXT = re.compile(r"[*_`]|\{#[\w-]+\}|~~(?=.*?~~)|(?<!~)~~|([~^])(?P<shifted>[^\s~^]+)\1")


@lru_cache(maxsize=1_000)
def plain(text: str) -> str:
    """A line of Markdown as plain text, without citations and marks of emphasis."""
    bare = _MARKS_OF_TEXT.sub(lambda found: found["shifted"] or "", pandoc.without(text))
    return re.sub(r"\s+", " ", bare).strip()


@dataclass(frozen=True, slots=True)
class Block:
    """One heading, paragraph, list, table, quotation, figure or list of notes."""

    name: str
    """Name of the passage; empty if it has none."""
    html: Markup

    @property
    def is_table(self) -> bool:
        """Whether it is a table, outside of lists and quotations."""
        return self.html.startswith("<table")


@lru_cache(maxsize=4)
def renderer(
    numbers: tuple[tuple[str, int], ...], names: tuple[tuple[str, str], ...] = (), language: str = "en"
) -> "Renderer":
    """The renderer for these citation keys, their numbers and authors. It is created once and keeps its results."""
    return Renderer(dict(numbers), dict(names), language)


def opening(blocks: Sequence[Block]) -> Iterator[Markup]:
    """The paragraphs with which the prose begins, after a heading or none, as they may stand by themselves.

    Lines before them that are no sentences, such as one of authors, are left out, and so are the signs of notes. Ends
    at any other block, and at a paragraph with a picture or a link to another passage.
    """
    paragraphs = blocks[1:] if blocks and blocks[0].html.startswith("<h") else blocks
    begun = False
    for block in paragraphs:
        bare = _NOTE_SIGN.sub("", block.html.strip())
        inner = re.fullmatch(r"<p[^>]*>(.*)</p>", bare, re.DOTALL)
        if not inner or re.search(r'<img|<figure|href="#(?!source-)|id="', inner[1]):
            return
        begun = begun or bool(_SENTENCE_ENDS.search(_NO_WORDS.sub("", inner[1]).strip()))
        if begun:
            yield Markup(inner[1])


_NOTE_SIGN = re.compile(r'<sup id="fnref[^>]*>.*?</sup>')
_NO_WORDS = re.compile(r'<span class="references".*?</span>|<sup\b.*?</sup>|<[^>]*>', re.DOTALL)
_SENTENCE_ENDS = re.compile(r"[.!?…:;][\"'”’»)\]]*$")


class Renderer:
    """Renders an article's Markdown, each text once. A citation has the same number everywhere."""

    def __init__(
        self, numbers: Mapping[str, int], names: Mapping[str, str] | None = None, language: str = "en"
    ) -> None:
        """`numbers` and `names` map each citation key to its printed number and to the names of its authors.

        `language` is the tag of the language whose customs the text keeps.
        """
        self._language = language
        article = _ArticleMarkdown(pandoc.Citations(numbers, names or {}, markdown.Markdown()), self.line)
        inline: list[Any] = [*_INLINE_EXTENSIONS, article]
        self._blocks = markdown.Markdown(
            extensions=[*_BLOCK_EXTENSIONS, *inline, Blocks(), TableExtension(use_align_attribute=True)],
            extension_configs=_CONFIGS,
            output_format="html",
        )
        self._line = markdown.Markdown(extensions=inline, extension_configs=_CONFIGS, output_format="html")
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
            Block(
                name=found.group(1) if (found := _NAME.match(part)) else "",
                html=customs.kept_html(_counted(_paragraphed(_safe(part))), self._language),
            )
            for part in map(str.strip, html.split(_BOUNDARY))
            if part
        )

    def _rendered_line(self, text: str) -> Markup:
        html = self._line.reset().convert(text).replace(_BOUNDARY, "").strip()
        return customs.kept_html(_safe(html.removeprefix("<p>").removesuffix("</p>")), self._language)


_BLOCKS = {
    *("blockquote", "div", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "ol", "p", "pre", "section"),
    *("table", "ul"),
}
_HOLDERS = ("blockquote", "dd", "div", "li", "section", "td", "th")
_BLOCK_IN_HOLDER = re.compile(rf"<(?:{'|'.join(_HOLDERS)})\b[^>]*>(?!\s*<)[^<]|</(?:{'|'.join(_BLOCKS)})>\s*[^<\s]")


def _paragraphed(html: str) -> str:
    """HTML with text beside a block in a paragraph of its own: WeasyPrint 70 gives it no tag in the PDF otherwise."""
    if not _BLOCK_IN_HOLDER.search(html):
        return html
    root = fragment_fromstring(html, create_parent="div")
    found = [one for one in (root, *root.iter(*_HOLDERS)) if any(child.tag in _BLOCKS for child in one)]
    changed = [_wrap(one) for one in found]
    return html if not any(changed) else (root.text or "") + "".join(tostring(one, encoding="unicode") for one in root)


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that no XML can have; the check refuses them."""


def _wrap(holder: Any) -> bool:
    """Put each run of text beside the blocks of an element into a paragraph; whether there was one."""
    runs: list[tuple[str, list[Any]]] = [(holder.text or "", [])]
    ends: list[Any] = []
    for child in list(holder):
        if child.tag in _BLOCKS:
            ends.append(child)
            runs.append((child.tail or "", []))
        else:
            runs[-1][1].append(child)
    changed = False
    for index, (text, inline) in enumerate(runs):
        if not (text.strip() or inline):
            continue
        paragraph = holder.makeelement("p")
        paragraph.text = _NOT_XML.sub("", text.lstrip())
        if index:
            ends[index - 1].tail = "\n"
            ends[index - 1].addnext(paragraph)
        else:
            holder.text = "\n"
            holder.insert(0, paragraph)
        paragraph.extend(inline)
        paragraph.tail = "\n"
        changed = True
    return changed


def _counted(html: str) -> str:
    """HTML whose lists start at their number: WeasyPrint 70 takes it from a style alone."""
    return _START.sub(
        lambda found: f'{found.group(1)} style="counter-reset: list-item {int(found.group(2)) - 1}"', html
    )


_START = re.compile(r'(<ol\b[^>]*?\bstart="(\d{1,9})")')


def _safe(html: str) -> Markup:
    return Markup(
        nh3.clean(
            html,
            tags=TAGS,
            attributes=_ATTRIBUTES,
            url_schemes={"http", "https", "mailto", "asset"},
            link_rel=None,
            clean_content_tags={"script", "style", "iframe", "object", "embed", "svg"},
        )
    )


def without_markup(html: str) -> Markup:
    """The HTML of a formatted source with emphasis and small capitals only.

    A space before an emphasis moves inside, as in prose.
    """
    tags, classes = {"i", "b", "em", "sup", "sub", "span"}, {"span": {"small-caps"}}
    cleaned = nh3.clean(html, tags=tags, attributes={}, allowed_classes=classes, link_rel=None)
    cleaned = re.sub(r"<span>(.*?)</span>", r"\1", cleaned)
    return Markup(re.sub(r" <(i|b|em)>", r"<\1> ", cleaned))


class _ArticleMarkdown(Extension):
    def __init__(self, citations: pandoc.Citations, line: Callable[[str], Markup]) -> None:
        super().__init__()
        self._citations = citations
        self._line = line

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.inlinePatterns.register(SubstituteTagInlineProcessor(r"\\\n", "br"), "break by a backslash", 181)
        md.inlinePatterns.register(self._citations, "citation", 175)
        md.ESCAPED_CHARS.extend("~^")
        for priority, (pattern, tag) in enumerate(_SHIFTED, start=61):  # before emphasis
            md.inlinePatterns.register(SimpleTagInlineProcessor(pattern, tag), tag, priority)
        md.treeprocessors.register(_Footnotes(md), "footnotes without return links", 9.5)
        md.treeprocessors.register(_Passages(md), "passages", 9)  # before attr_list, which uses the same syntax
        md.treeprocessors.register(_HeadingLinks(md), "links to headings", 7)
        md.treeprocessors.register(Quotes(md), "quotes", 6.5)
        md.treeprocessors.register(_Figures(md, self._line), "figures", 6)
        md.treeprocessors.register(_Typography(md), "typography", 1)
        md.treeprocessors.register(_Boundaries(md), "boundaries", 0)


class _Passages(Treeprocessor):
    """`{#name}` at the end of a paragraph, an item, a note or a definition gives it that name."""

    def run(self, root: ElementTree.Element) -> None:
        for paragraph in root.iter():
            if paragraph.tag not in ("p", "li", "blockquote", "dd"):
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


class _HeadingLinks(Treeprocessor):
    """A link to a heading by the address that GitHub gives it leads to the heading's own name, or gives it that one."""

    def run(self, root: ElementTree.Element) -> None:
        names = {element.get("id") for element in root.iter()}
        found = [element for element in root.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
        headings = dict(zip(_addresses("".join(element.itertext()) for element in found), found, strict=True))
        for link in root.iter("a"):
            slug = unquote(link.get("href", "")).removeprefix("#")
            if slug and slug not in names and link.get("href", "").startswith("#") and slug in headings:
                heading = headings[slug]
                heading.set("id", heading.get("id", slug))
                link.set("href", f"#{heading.get('id')}")


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
        if element.tag in ("code", "pre") or pandoc.is_citation(element):
            return
        element.text = typography.unbroken(element.text) if element.text else element.text
        previous: ElementTree.Element | None = None
        for child in list(element):
            child.tail = typography.unbroken(child.tail) if child.tail else child.tail
            self._visit(child)
            if child.tag in _INLINE and child.text:
                self._take_space(element, previous, child)
            is_mark = child.tag == "sup" and child.get("id", "").startswith("fnref")
            previous = self._with_word(element, previous, child) if is_mark else child

    @staticmethod
    def _take_space(
        parent: ElementTree.Element, previous: ElementTree.Element | None, child: ElementTree.Element
    ) -> None:
        """Move the white space before a child into it: WeasyPrint breaks a text that ends in one too early."""
        before = (parent.text if previous is None else previous.tail) or ""
        kept = before.rstrip(f" \n\t{typography.NO_BREAK}")
        if kept != before and (kept or previous is not None):
            held = pandoc.is_citation(child) or typography.NO_BREAK in before[len(kept) :]
            child.text = (typography.NO_BREAK if held else " ") + (child.text or "")
        if previous is None:
            parent.text = kept
        else:
            previous.tail = kept

    @staticmethod
    def _with_word(
        parent: ElementTree.Element, previous: ElementTree.Element | None, child: ElementTree.Element
    ) -> ElementTree.Element:
        """Keep the mark of a footnote beside its word: WeasyPrint breaks a line between a full stop and a mark."""
        before = (parent.text if previous is None else previous.tail) or ""
        word = _LAST_WORD.search(before)
        if word is None:
            return child
        together = ElementTree.Element("span", {"class": "together"})
        together.text, together.tail, child.tail = word[0], child.tail, None
        place = list(parent).index(child)
        parent[place] = together
        together.append(child)
        if previous is None:
            parent.text = before[: word.start()]
        else:
            previous.tail = before[: word.start()]
        return together


class _Boundaries(Treeprocessor):
    """Puts a separator after each block."""

    def run(self, root: ElementTree.Element) -> None:
        for block in root:
            block.tail = f"\n{_BOUNDARY}\n"
