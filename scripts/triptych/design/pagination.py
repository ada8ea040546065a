"""Measured texts become a forecast of pages: how many the typesetter will make, and where each text begins and ends."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

LINES_TOGETHER = 2
"""Lines of a paragraph that stay together on each side of a break (CSS: orphans and widows)."""
CLEAN = 0.45
"""Least filled share of a last page that looks composed."""
PAGE_ROUNDING = 0.02
"""Tolerance in mm for the rounding of the typesetter and of measured edges."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in the flow of pages. Lengths in mm."""

    name: str
    height: float
    space: float = 0.0
    """White space above it; none at the top of a page."""
    leading: float = 0.0
    """Leading of its lines, if a page break between them is allowed; 0 if the text stays whole."""
    keeps: bool = False
    """Whether it stays on one page with the text after it."""
    beside: float = 0.0
    """Height of an unbreakable block beside its beginning, such as a margin note."""
    repeated: float = 0.0
    """Height of what is repeated above it at the top of a page: the head of a table."""

    def relative(self, factor: float) -> "Text":
        """The same text in another type, with its height and leading multiplied by a factor."""
        return replace(self, height=self.height * factor, leading=self.leading * factor)


@dataclass(frozen=True, slots=True)
class Pagination:
    """The pages of a sequence of texts."""

    length: float
    """Number of pages, the last as a fraction: 5.25 means that a quarter of page 6 is filled."""
    pages: tuple[tuple[str, int, int], ...]
    """Name of each text, and the numbers from 1 of its first and last page."""
    fills: tuple[float, ...] = ()
    """Filled share of each page but the last."""

    @property
    def count(self) -> int:
        """Number of pages."""
        return max(math.ceil(self.length - 1e-6), 1)

    @property
    def filled(self) -> float:
        """Filled share of the last page."""
        return self.length - (self.count - 1)

    @property
    def ends_well(self) -> bool:
        """Whether the last page is at least nearly half full, or the only one."""
        return self.count == 1 or self.filled >= CLEAN


def paginated(texts: Sequence[Text], first: float, other: float) -> Pagination:
    """Set texts one below the other on pages. `first` and `other`: height in mm of the first and every other page.

    Follows the rules of CSS Fragmentation that our style sheets use: orphans, widows, `break-inside: avoid`,
    `break-after: avoid` and repeated table heads.
    """
    page, y = 1, 0.0
    pages = []
    fills: list[float] = []
    for together in _together(texts):
        room = first if page == 1 else other
        space = together[0].space if y else 0.0
        if y and y + space + _least(together) > room + PAGE_ROUNDING:
            fills.append(y / room)
            page, y, room, space = page + 1, together[0].repeated, other, 0.0
        y += space + sum(text.height + text.space for text in together) - together[0].space
        last, begins = together[-1], page
        while y > room + PAGE_ROUNDING:
            y = _lines(y - room, last.leading) if last.leading else y - room
            fills.append(1.0)
            page, room = page + 1, other
        pages += [*((text.name, begins, begins) for text in together[:-1]), (last.name, begins, page)]
    return Pagination(page - 1 + y / (first if page == 1 else other), tuple(pages), tuple(fills))


def _together(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """Groups of texts that stay on one page; only the last text of a group may break between its lines."""
    group: list[Text] = []
    for text in texts:
        group.append(text)
        if not text.keeps:
            yield group
            group = []
    if group:
        yield group


def _least(together: Sequence[Text]) -> float:
    """Least height in mm that a group needs on a page in order to begin there."""
    *before, last = together
    lines = round(last.height / last.leading) if last.leading else 0
    whole = lines < 2 * LINES_TOGETHER
    least = max(last.height if whole else LINES_TOGETHER * last.leading, last.beside)
    return least + sum(text.height for text in before) + sum(text.space for text in together[1:])


def _lines(over: float, leading: float) -> float:
    """Height in mm of the lines that move to the next page when a text is `over` mm too long."""
    return max(math.ceil((over - PAGE_ROUNDING) / leading), LINES_TOGETHER) * leading
