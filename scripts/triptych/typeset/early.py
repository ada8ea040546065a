"""One page of a document as soon as it is laid out, while the next ones are not.

WeasyPrint has no way to ask for it: the generator of its pages is wrapped, and this page gets its margins as all get
theirs at the end.
"""

import copy
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from weasyprint import document, layout

from triptych.content.units import MM_PER_PIXEL


@dataclass(frozen=True, slots=True)
class Wanted:
    """A page that is wanted before its document is laid out."""

    number: int
    """From 1."""
    pages: int
    """How many pages the document is likely to have: this page can print it."""
    show: Callable[[bytes, tuple[float, float]], None]
    """Gets a PDF of the page, once, and its width and height in mm."""


@contextmanager
def given(wanted: Wanted, url_fetcher: Any, font_config: Any) -> Iterator[None]:
    """Within this, a page of what WeasyPrint lays out is shown as soon as it is there. Raises what `show` raises."""
    make, seen = layout.make_all_pages, False

    def made(context: Any, root: Any, html: Any, before: Any) -> Iterator[Any]:
        nonlocal seen
        laid = []
        for page in make(context, root, html, before):
            laid.append(page)
            if len(laid) == wanted.number and not seen:
                seen = True
                box = document.Page(_with_margins(context, laid, wanted.pages))
                one = document.Document([box], document.DocumentMetadata(), url_fetcher, font_config, {}, None)
                wanted.show(_drawn(one), (box.width * MM_PER_PIXEL, box.height * MM_PER_PIXEL))
            yield page

    layout.make_all_pages = made
    try:
        yield
    finally:
        layout.make_all_pages = make


def _with_margins(context: Any, laid: Sequence[Any], pages: int) -> Any:
    """The last of the pages that are laid out, with its margins and backgrounds, as one of so many pages."""
    page, number = laid[-1], len(laid)
    state = copy.deepcopy(context.page_maker[number][3])
    state[1]["pages"] = [pages]
    before = context.current_page, context.string_set
    context.current_page, context.string_set = number, _strings(laid)
    try:
        margins = layout.make_margin_boxes(context, page, state)
        whole = page.copy_with_children([*(child for child in page.children if child.children), *margins])
        layout.layout_backgrounds(whole, context.get_image_from_uri)
    finally:
        context.current_page, context.string_set = before
    return whole


def _strings(laid: Sequence[Any]) -> Any:
    """The named strings that the pages set, by name and page."""
    found: Any = defaultdict(lambda: defaultdict(list))
    for number, page in enumerate(laid, start=1):
        for child in page.descendants():
            if child.string_set and child.string_set != "none":
                for name, text in child.string_set:
                    found[name][number].append(text)
    return found


def _drawn(one: Any) -> bytes:
    """A PDF to look at, without a word of the links that lead to other pages."""
    logger = logging.getLogger("weasyprint")
    logger.disabled = True
    try:
        return bytes(one.write_pdf(uncompressed_pdf=True))
    finally:
        logger.disabled = False
