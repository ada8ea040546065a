"""The examples of the CommonMark specification that prose uses print as the specification says, but for a list."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lxml import html
from lxml.html import HtmlElement

from triptych.content.prose import ASSETS, Renderer

EXAMPLES = json.loads((Path(__file__).parent / "commonmark" / "examples.json").read_text(encoding="utf-8"))
BLOCKS = {"blockquote", "dl", "figure", "heading", "hr", "ol", "p", "pre", "table", "ul", "li", "div"}
PLAIN = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "—": "---", "…": "...", "\u00a0": " "})
KEPT = ("href", "src", "alt", "start")
EXCEPTIONS: dict[str, set[int]] = {
    "Backslash escapes": {14, 20, 21, 23},
    "Entity and numeric character references": {28, 31, 41},
    "Thematic breaks": {53},
    "ATX headings": {79},
    "Setext headings": {93, 96, 98},
    "Indented code blocks": {112, 118},
    "Fenced code blocks": {129, 138},
    "Block quotes": {236, 237, 242, 249, 252},
    "List items": {257, 300},
    "Lists": {312, 313},
    "Code spans": {331, 332, 333, 334, 336, 344, 346, 347},
    "Links": {
        488,
        490,
        491,
        493,
        494,
        504,
        505,
        507,
        508,
        518,
        519,
        520,
        524,
        526,
        532,
        533,
        536,
        538,
        540,
        541,
        542,
        543,
        544,
        549,
        550,
        551,
        552,
        559,
        568,
        569,
        571,
    },
    "Images": {573, 574, 576, 577, 585, 589},
    "Autolinks": {596, 597, 598, 599, 601, 602, 603, 606, 609, 610},
    "Hard line breaks": {642, 643},
}
"""Examples that print in another way, by section of the specification."""


def shape(source: str) -> str:
    """HTML without what print does not show, or shows by decision.

    Left out: spaces at edges of blocks, typographic signs, the level of a heading, titles of links, the encoding of an
    address, and whether the one paragraph beside a block in a list's item is marked as one.
    """
    if not source.strip():
        return ""
    text = "".join(_shown(html.fragment_fromstring(source, create_parent="div"), False))
    names = "|".join(BLOCKS)
    text = re.sub(rf" *(</?(?:{names})\b[^>]*>) *", r"\1", text)
    return re.sub(r"<(em|strong|a\b[^>]*)> ", r" <\1>", re.sub(r" ?<br> ?", "<br>", text)).replace("  ", " ")


def _shown(element: HtmlElement, in_code: bool) -> Iterator[str]:
    tag = {"figure": "p"}.get(element.tag, re.sub(r"^h\d$", "heading", str(element.tag)))
    if not isinstance(element.tag, str) or tag == "figcaption":
        return
    if tag == "br":
        yield "<br>"
        return
    kept = {name: unquote(element.get(name)).replace(ASSETS, "") for name in KEPT if element.get(name) is not None}
    has_blocks = tag == "li" and any(child.tag in BLOCKS - {"p"} for child in element)
    code = in_code or tag == "pre"
    inner = [_text(element.text, code)]
    for child in element:
        if has_blocks and child.tag == "p":
            inner.append(_text((child.text or ""), code))
            inner.extend(part for one in child for part in (*_shown(one, code), _text(one.tail, code)))
        else:
            inner.extend(_shown(child, code))
        inner.append(_text(child.tail, code))
    text = "".join(inner)
    yield f"<{tag}{kept or ''}>{text.replace(chr(10) + '</code>', '</code>') if tag == 'pre' else text}</{tag}>"


def _text(text: str | None, in_code: bool) -> str:
    plain = (text or "").replace("\u2060", "").translate(PLAIN)
    plain = plain.replace("&", "&amp;").replace("<", "&lt;")
    return plain if in_code else re.sub(r"\s+", " ", plain)


def test_examples_print_as_the_specification_says() -> None:
    renderer = Renderer({})
    different: dict[str, set[int]] = {}
    for example in EXAMPLES:
        printed = "\n".join(block.html for block in renderer.blocks(example["markdown"]))
        if shape(printed) != shape(example["html"]):
            different.setdefault(example["section"], set()).add(example["example"])
    assert different == EXCEPTIONS


def test_nine_examples_in_ten_of_lists_emphasis_breaks_and_fences_print_so() -> None:
    measured = ("Lists", "List items", "Emphasis and strong emphasis", "Hard line breaks", "Fenced code blocks")
    examples = [example for example in EXAMPLES if example["section"] in measured]
    other = sum(len(EXCEPTIONS.get(section, ())) for section in measured)
    assert other / len(examples) < 0.1
