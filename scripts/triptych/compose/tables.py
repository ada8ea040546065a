"""Tables of the prose get columns as wide as their texts, numbers below each other, and a caption.

A table that is too wide for the text is set across the page, then in smaller type, then on its own page on its side.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from lxml.html import fragment_fromstring, tostring
from markupsafe import Markup

from triptych.content.prose import Block
from triptych.content.units import MM_PER_POINT
from triptych.design import faces
from triptych.design.faces import LABELS, TEXT, Face

SIZE, LEADING = 9.5, 12.6
"""Type of a table, in pt."""
PADDING = 3.0
"""White space after the text of a cell, in mm."""
NARROW, NARROW_PADDING = 9.0, 2.0
"""Type of a table on a narrow page, in pt, and the white space after a cell there, in mm."""
SHORT = 8
"""Most rows of a table that never breaks over pages."""
_SURE = 0.4
"""White space added to the longest word of a column, in mm, since the typesetter rounds."""
_EM = 100.0
"""Type size, in pt, at which texts are measured."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One way to set a table."""

    name: str
    """CSS class: empty within the text, `wide` across the page, `turned` on its side."""
    width: float
    """In mm, on the narrower paper."""
    size: float = SIZE
    """Type size in pt."""
    padding: float = PADDING
    word: float = 26.0
    """A word may be broken in a column of this width, in mm, or more."""


SETTINGS = (
    Setting("", 125.0),
    Setting("wide", 174.0),
    Setting("wide", 174.0, 8.5, 2.0),
    Setting("turned", 243.0),
    Setting("turned", 243.0, 8.5, 2.0),
    Setting("turned", 243.0, 8.5, 2.0, 13.0),
)
"""The settings in the order in which they are tried; a table that fits none is set in the last."""

_NO_NUMBER = re.compile(r"[–—−\-.…]?|n/a", re.IGNORECASE)
_CAPTION = re.compile(r"<p(?P<name>[^>]*)>\s*Table: *(?P<text>.*)</p>", re.DOTALL)


_COLON = re.compile(r":\s*(?:<[^>]*>\s*)*$")


@cache
def _number(decimal: str) -> re.Pattern[str]:
    """A number of a cell, with few signs before it and a unit of few letters after it."""
    groups = ",.’' \u00a0\u202f".replace(decimal, "")
    return re.compile(rf"[^\d\w]{{0,3}}\d(?:[{groups}]?\d)*(?P<rest>(?:{re.escape(decimal)}\d+)?\D{{0,6}})")


def set_tables(blocks: Sequence[Block], decimal: str) -> Iterator[Block]:
    """The blocks of the prose with their tables set; `decimal` is the decimal sign of the language.

    A paragraph `Table: …` before a table becomes its caption, or after it.
    """
    waiting, count = list(blocks), 0
    while waiting:
        block = waiting.pop(0)
        if not block.is_table and not (_is_caption(block) and _begins_with_table(waiting)):
            yield block
            continue
        above = not block.is_table
        below = not above and waiting and _is_caption(waiting[0]) and not _begins_with_table(waiting[1:])
        table = waiting.pop(0) if above else block
        caption = block if above else waiting.pop(0) if below else Block("", Markup())
        count += 1
        name = table.name or caption.name or f"table:{count}"
        yield Block(name, _set(table, _CAPTION.fullmatch(caption.html.strip()), decimal, name))


def _is_caption(block: Block) -> bool:
    return bool(_CAPTION.fullmatch(block.html.strip()))


def _begins_with_table(blocks: Sequence[Block]) -> bool:
    return bool(blocks) and blocks[0].is_table


def is_short(block: Block) -> bool:
    """Whether a block is a table that never breaks over pages."""
    return bool(re.match(r'<table\b[^>]*class="[^"]*\bshort"', block.html))


def introduces(block: Block) -> bool:
    """Whether a block is a paragraph that stays on the page of the next block."""
    return block.html.startswith('<p class="introduces"')


def ends_with_colon(block: Block) -> bool:
    """Whether the text of a block ends with a colon."""
    return bool(_COLON.search(block.html))


def introduced(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks of the prose; a paragraph before a table, or that ends with a colon, stays on the page of the next."""
    for block, following in pairwise([*blocks, Block("", Markup())]):
        leads = following.html and (following.is_table or ends_with_colon(block))
        if leads and block.html.startswith("<p"):
            block = Block(block.name, Markup(re.sub("^<p", '<p class="introduces"', block.html)))
        yield block


def _set(block: Block, caption: re.Match[str] | None, decimal: str, name: str) -> Markup:
    table = fragment_fromstring(block.html)
    rows = [list(row.iter("th", "td")) for row in table.iter("tr")]
    plain = all(len(row) == len(rows[0]) and not any(cell.get("colspan") for cell in row) for row in rows)
    setting = SETTINGS[0]
    if rows and rows[0] and plain:
        setting = _laid_out(table, [_Column(cells, decimal) for cells in zip(*rows, strict=True)])
    classes = [setting.name, "short" if len(rows) <= SHORT + 1 else ""]
    if any(classes):
        table.set("class", " ".join(filter(None, classes)))
    if caption:
        table.insert(0, fragment_fromstring(f"<caption{caption['name']}>{caption['text']}</caption>"))
    if not (block.name or (caption and "id=" in caption["name"])):
        table.set("id", name)
    return Markup(tostring(table, encoding="unicode", with_tail=False))


def _laid_out(table: Any, columns: Sequence["_Column"]) -> Setting:
    """Give the columns their widths, and align their numbers; returns the first setting in which they fit."""
    setting = next((one for one in SETTINGS if _fits(one, columns)), SETTINGS[-1])
    _place(table, columns, setting)
    return setting


def _place(table: Any, columns: Sequence["_Column"], setting: Setting) -> None:
    for number, column in enumerate(columns):
        column.align(by_itself=number > 0)
    if setting is not SETTINGS[0]:
        leading, padding = setting.size * LEADING / SIZE, setting.padding
        table.set(
            "style",
            f"--table-size: {setting.size:g}pt; --table-leading: {leading:.4g}pt; --cell-padding: {padding:g}mm",
        )
    if shares := _shares(setting, columns):
        group = table.makeelement("colgroup")
        group.extend(table.makeelement("col", {"style": f"--share: {share:.2f}%"}) for share in shares)
        table.insert(0, group)


def narrowed(block: Block, width: float, decimal: str) -> Block | None:
    """A table that was set, set anew in so many mm; None where its columns have no room."""
    table = fragment_fromstring(block.html)
    for group in table.findall("colgroup"):
        table.remove(group)
    rows = [list(row.iter("th", "td")) for row in table.iter("tr")]
    columns = [_Column(cells, decimal) for cells in zip(*rows, strict=False)]
    settings = (Setting("", width), Setting("", width, NARROW, NARROW_PADDING))
    setting = next((one for one in settings if _fits(one, columns)), None)
    if not setting:
        return None
    table.set("class", "short" if len(rows) <= SHORT + 1 else "")
    table.attrib.pop("style", None)
    _place(table, columns, setting)
    return Block(block.name, Markup(tostring(table, encoding="unicode", with_tail=False)))


@dataclass(frozen=True, slots=True)
class _Column:
    """The cells of a column, its head first."""

    cells: Sequence[Any]
    decimal: str

    @property
    def texts(self) -> list[str]:
        return [" ".join("".join(cell.itertext()).split()) for cell in self.cells]

    @property
    def numbers(self) -> list[re.Match[str] | None]:
        """The number in each cell below the head; empty if the column has other texts than numbers."""
        below = self.texts[1:]
        found = [_number(self.decimal).fullmatch(text) for text in below]
        strange = any(not one and not _NO_NUMBER.fullmatch(text) for one, text in zip(found, below, strict=True))
        return [] if strange or not any(found) else found

    def longest(self, setting: Setting) -> float:
        """Width of its longest text in one line, in mm."""
        return max(*self._widths(self.texts, setting.size), self._aligned(setting.size)) + _SURE

    def least(self, setting: Setting) -> float:
        """Width of its longest word, in mm, or of its longest number."""
        words = max(self._widths(list(map(_longest_word, self.texts)), setting.size))
        return max(min(words, setting.word), self._aligned(setting.size)) + _SURE

    def _aligned(self, size: float) -> float:
        """Width of its numbers with their decimal signs below each other, in mm; 0 if it has other texts."""
        wholes, rests = [0.0], [0.0]
        for number in filter(None, self.numbers):
            rests.append(_width(number["rest"], TEXT, size))
            wholes.append(_width(number[0], TEXT, size) - rests[-1])
        return max(wholes) + max(rests)

    @staticmethod
    def _widths(texts: Sequence[str], size: float) -> list[float]:
        """Width of each text, the first in the type of a head."""
        return [_width(text, TEXT if number else LABELS, size) for number, text in enumerate(texts)]

    def align(self, by_itself: bool) -> None:
        """Set its numbers so that their decimal signs stand below each other, at the right.

        `by_itself`: without a word of the author. Numbers that the author sets at the left or in the middle stay there.
        """
        given = {cell.get("align") for cell in self.cells} - {None}
        numbers = self.numbers
        if not numbers or given - {"right"} or not (given or by_itself):
            return
        tails = [_width(one["rest"], TEXT, _EM) / _em() if one else 0 for one in numbers]
        for cell, tail in zip(self.cells, [max(tails), *tails], strict=True):
            cell.set("align", "right")
            if max(tails) - tail > 1e-3:
                cell.set("style", f"--tail: {max(tails) - tail:.3f}em")


def _longest_word(text: str) -> str:
    return max(text.split(), key=len, default="")


def _width(text: str, face: Face, size: float) -> float:
    return faces.width(text, face, size) if text else 0.0


def _em() -> float:
    """One em of the measured size, in mm."""
    return _EM * MM_PER_POINT


def _fits(setting: Setting, columns: Sequence[_Column]) -> bool:
    return sum(column.least(setting) + setting.padding for column in columns) <= setting.width


def _shares(setting: Setting, columns: Sequence[_Column]) -> list[float]:
    """The share of the width of each column, in per cent; none where equal columns hold each text on one line."""
    longest = [column.longest(setting) + setting.padding for column in columns]
    if max(longest) <= setting.width / len(columns):
        return []
    least = [column.least(setting) + setting.padding for column in columns]
    spare = setting.width - sum(least)
    wanted = [most - few for most, few in zip(longest, least, strict=True)]
    if spare <= 0 or not sum(wanted):
        return [100 * few / sum(least) for few in least]
    if sum(wanted) <= spare:
        more = [(spare - sum(wanted)) / len(columns) + want for want in wanted]
    else:
        more = _dealt(spare, wanted)
    return [100 * (few + extra) / setting.width for few, extra in zip(least, more, strict=True)]


def _dealt(spare: float, wanted: Sequence[float]) -> list[float]:
    """The spare width dealt to the columns: those that want little get all they want, the others equal parts."""
    more = [0.0] * len(wanted)
    left = sorted(range(len(wanted)), key=lambda index: wanted[index])
    while left:
        index = left.pop(0)
        more[index] = min(wanted[index], spare / (len(left) + 1))
        spare -= more[index]
    return more
