"""Measured texts become pages, as the typesetter will break them: how many, and on which each text begins."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

LINES_TOGETHER = 2
"""Lines of a paragraph that stay together on each side of a break (CSS: orphans and widows)."""
PAGE_ROUNDING = 0.02
"""In mm: the typesetter's, and that of a galley's edges."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the flow of pages; lengths in mm."""

    name: str
    height: float
    space: float = 0.0
    """White above it, but not at the top of a page."""
    leading: float = 0.0
    """Of its lines, where it may be broken between them; 0 where it stays whole."""
    keeps: bool = False
    """Stays on a page with what follows."""
    beside: float = 0.0
    """Height of what stands beside its beginning, and is never broken."""
    repeated: float = 0.0
    """Height of what is set above it again at the top of a page: a table's head."""

    def relative(self, factor: float) -> "Text":
        """In type whose texts take so much of the height."""
        return replace(self, height=self.height * factor, leading=self.leading * factor)


@dataclass(frozen=True, slots=True)
class Pagination:
    """Pages that texts take."""

    length: float
    """Pages, the last as a share of it."""
    pages: tuple[tuple[str, int, int], ...]
    """Each text's name and the numbers of the pages on which it begins and ends."""


def paginated(texts: Sequence[Text], first: float, other: float) -> Pagination:
    """Set texts one below the other on pages with so much height in mm: the first, and each other."""
    page, y = 1, 0.0
    pages = []
    for together in _together(texts):
        room = first if page == 1 else other
        space = together[0].space if y else 0.0
        if y and y + space + _least(together) > room + PAGE_ROUNDING:
            page, y, room, space = page + 1, together[0].repeated, other, 0.0
        y += space + sum(text.height + text.space for text in together) - together[0].space
        last, begins = together[-1], page
        while y > room + PAGE_ROUNDING:
            y = _lines(y - room, last.leading) if last.leading else y - room
            page, room = page + 1, other
        pages += [*((text.name, begins, begins) for text in together[:-1]), (last.name, begins, page)]
    return Pagination(page - 1 + y / (first if page == 1 else other), tuple(pages))


def _together(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """Texts that no page parts, but for the lines of the last."""
    group: list[Text] = []
    for text in texts:
        group.append(text)
        if not text.keeps:
            yield group
            group = []
    if group:
        yield group


def _least(together: Sequence[Text]) -> float:
    """Height that must fit on a page for texts to begin there."""
    *before, last = together
    lines = round(last.height / last.leading) if last.leading else 0
    whole = lines < 2 * LINES_TOGETHER
    least = max(last.height if whole else LINES_TOGETHER * last.leading, last.beside)
    return least + sum(text.height for text in before) + sum(text.space for text in together[1:])


def _lines(over: float, leading: float) -> float:
    """Height of the lines that go to the next page when a text runs over by so much."""
    return max(math.ceil((over - PAGE_ROUNDING) / leading), LINES_TOGETHER) * leading
