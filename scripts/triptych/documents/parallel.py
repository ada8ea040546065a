"""Two languages of one article on one sheet: each passage at the height of the same passage in the other language."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from markupsafe import Markup

from triptych.compose.views import ArticleView
from triptych.content import numerals
from triptych.content.prose import Block
from triptych.design.sheets import Sheet, mm
from triptych.documents.workshop import Document, Workshop, judged

MARGIN, LABEL, GAP = 18.0, 41.0, 8.0
"""The margin at the sides of a page, the width of its labels, and what is white between a label and its text, in mm."""
ROOM = 100.0
"""Greatest height of a picture, in mm."""


@dataclass(frozen=True, slots=True)
class Half:
    """What one side of a row says, in one language."""

    language: str
    mirrored: bool
    html: Markup


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two languages, on its page."""

    language: str
    draft: str
    version: str
    of: str
    """What stands between the number of a page and the number of pages."""


@dataclass(frozen=True, slots=True)
class Row:
    """The same in both languages."""

    halves: tuple[Half, Half]
    opens: bool
    """Whether it is a heading, and stays with the next row."""


@dataclass(frozen=True, slots=True)
class Item:
    """What one language prints in a row: a macro of the template, with its values."""

    key: str
    """The same in every language."""
    macro: str
    values: tuple[object, ...]


def parallel(first: Workshop, second: Workshop) -> Document:
    """Both languages, page beside page. One that is written from right to left stands on the right of the other.

    Raises FitError where a passage is longer than a page.
    """
    left, right = (second, first) if first.view.mirrored else (first, second)
    return judged(lambda one: _parallel(one, right), left)


def _parallel(left: Workshop, right: Workshop) -> Document:
    paper = left.paper
    properties = {
        "page-margin": mm(MARGIN),
        "half": mm(paper.width - 2 * MARGIN),
        "label": mm(LABEL),
        "text-indent": mm(LABEL + GAP),
        "picture-height": mm(ROOM),
        **{f"counted-{number}": _counted(shop.view) for number, shop in enumerate((left, right), start=1)},
    }
    composed = left.composed(
        "parallel",
        left.view,
        Sheet(2 * paper.width, paper.height),
        properties,
        apart=True,
        word="briefing",
        sides=(_side(left.view), _side(right.view)),
        rows=[*_rows(left, right)],
        drawings=left.art | right.art,
    )
    languages = f"{left.view.front.language},{right.view.front.language}"
    both = replace(left, making=left.making.with_beside(right.making, languages))
    return both.finished("briefing", left.typesetter.pages(composed))


def _counted(view: ArticleView) -> str:
    return numerals.style(view.front.language) or "decimal"


def _side(view: ArticleView) -> Side:
    language = view.front.language
    return Side(language, view.draft, numerals.digits(view.running_line, language), view.words.page_of)


def _rows(left: Workshop, right: Workshop) -> Iterator[Row]:
    """The rows of all sheets, from the title to the licence."""
    for one, other in pairs([*_items(left.view)], [*_items(right.view)]):
        halves = _half(left, one, ""), _half(right, other, f"{right.view.front.language}-")
        yield Row(halves, any(item.macro == "heading" or _HEADING.match(item.key) for item in (*one, *other)[-1:]))


def pairs(left: Sequence[Item], right: Sequence[Item]) -> Iterator[tuple[Sequence[Item], Sequence[Item]]]:
    """What has the same key in both, side by side; what stands between, together."""
    matcher = SequenceMatcher(None, [item.key for item in left], [item.key for item in right], autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        one, other = left[start:end], right[other_start:other_end]
        yield from (([a], [b]) for a, b in zip(one, other, strict=True)) if kind == "equal" else [(one, other)]


def _half(shop: Workshop, items: Sequence[Item], prefix: str) -> Half:
    """One side of a row. Names in it start with a prefix, since the other side has the same."""
    view = shop.view
    html = "\n".join(str(shop.composer.part("parallel", item.macro, *item.values)) for item in items)
    named = _NAME.sub(rf"\g<1>{prefix}", html) if prefix else html
    return Half(view.front.language, view.mirrored, shop.composer.settled(named, view))


_NAME = re.compile(r'(<[a-z][^<>]* (?:id="|href="#))(?=[^"])')
"""The start of a tag up to a name, or to a link to one."""


def _items(view: ArticleView) -> Iterator[Item]:
    """All that a language prints, in the order of the briefing."""
    words = view.words
    yield Item("head", "head", (view,))
    yield from _listed("in brief", words.in_brief, [("", (html,)) for html in view.in_brief_html])
    yield from map(_block(view), enumerate(view.blocks))
    figures = ((one.value, (one.label_html, one.basis_html, one.attribution_html)) for one in view.figures)
    yield from _listed("figures", words.key_figures, figures)
    yield from _listed("parties", words.parties, ((one.party_html, (one.says_html,)) for one in view.parties))
    for column in view.status:
        yield from _listed(column.name, column.title, (("", (one.text_html,)) for one in column.statements))
    events = ((one.date, (one.headline_html, one.summary_html)) for one in view.events)
    yield from _listed("events", words.poster, events)
    if view.sources:
        yield Item("sources", "heading", (words.sources,))
        yield from (Item(f"source {one.key}", "source", (one,)) for one in view.sources)
    closing = {"method": view.method_html, "corrections": view.corrections_html, "licence": view.licence_html}
    yield from (Item(name, "closing", (words[name], html)) for name, html in closing.items() if html)


def _listed(key: str, title: str, items: Iterable[tuple[str, tuple[Markup, ...]]]) -> Iterator[Item]:
    """A heading and the items below it, each a label with its texts; nothing where there are none."""
    for number, (label, texts) in enumerate(items):
        if not number:
            yield Item(key, "heading", (title,))
        yield Item(f"{key} {number}", "item", (label, tuple(filter(None, texts))))


def _block(view: ArticleView) -> Callable[[tuple[int, Block]], Item]:
    """Makes an item of a block of the prose: by its name, or by what it is."""

    def made(numbered: tuple[int, Block]) -> Item:
        number, block = numbered
        if chart := view.charts.get(block.name):
            return Item(block.name, "chart", (chart, view.words))
        tag = _TAG.match(block.html)
        named = block.name and not block.name.startswith("heading:")
        return Item(block.name if named else tag[1] if tag else f"block {number}", "block", (block.html,))

    return made


_HEADING = re.compile(r"h[1-6]$")
_TAG = re.compile(r"<(\w+)")
