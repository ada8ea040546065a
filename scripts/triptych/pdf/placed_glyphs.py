"""Letters of Arabic and Hebrew that are drawn beside their place become glyphs that are drawn at it.

A vowel stands over or below its letter, and readers of a PDF take what is raised or set back for another line, or for
the start of another word. So each glyph that the typesetter moves becomes one of its own in the font of the PDF: the
same outline, moved, and as wide as the step to the next. A letter shares its width with its vowels. Nothing on paper
moves.

Lengths are in thousandths of an em.
"""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Operator, String

from triptych.pdf import glyphs, instructions

_LEAST = 20
"""By so much a glyph may be moved along its line and stay the same: a kerned letter."""
_THIN = 1
"""A glyph that takes less room is a vowel."""
_LOST = 0.5
"""By so much the widths of glyphs, which are whole units of the font, may add up to too much before it is corrected."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A glyph on a line."""

    number: int
    x: float
    """Where it is drawn, from the start of the line."""
    up: float
    text: str


@dataclass(frozen=True, slots=True)
class _Glyph:
    """A glyph at its place."""

    number: int
    right: float
    """How far to the right of its place it is drawn."""
    up: float
    step: float
    """From its place to that of the next."""
    text: str
    drawn: bool = True
    """Whether it has ink: not so for the second letter, and more, of a glyph that joins several."""


@dataclass(slots=True)
class _File:
    """A font file in a PDF, with the glyphs that are added to it."""

    stream: Any
    opened: Any
    added: dict[tuple[int, int, int, int, str], int] = field(default_factory=dict)
    """The number of each added glyph, by what it is made of: a glyph, its move to the right and up, its width, and its
    text. The glyph is -1 for one without ink."""

    @property
    def units(self) -> float:
        """Units of the font in a thousandth of an em."""
        return float(self.opened["head"].unitsPerEm / 1000)

    def middle(self, number: int) -> float:
        """Where the middle of the ink of a glyph is, from its place."""
        glyph = self.opened["glyf"][self.opened.getGlyphName(number)]
        return (glyph.xMin + glyph.xMax) / 2 / self.units if glyph.numberOfContours else 0.0

    def with_moved(self, glyph: _Glyph) -> tuple[int, float]:
        """The number of a glyph that is drawn as this one, but at its own place; and its width."""
        right, up, wide = (round(length * self.units) for length in (glyph.right, glyph.up, max(glyph.step, 0)))
        number = self.opened["maxp"].numGlyphs + len(self.added)
        made_of = (glyph.number, right, up, wide, glyph.text) if glyph.drawn else (-1, 0, 0, wide, glyph.text)
        return self.added.setdefault(made_of, number), wide / self.units

    def write(self) -> None:
        """Put the added glyphs into the file."""
        from fontTools.ttLib.tables import _g_l_y_f as outlines

        order, table, widths = [*self.opened.getGlyphOrder()], self.opened["glyf"], self.opened["hmtx"].metrics
        for (made_of, right, up, wide, _), number in self.added.items():
            glyph, left = outlines.Glyph(), 0
            if made_of >= 0 and table[order[made_of]].numberOfContours:
                left = table[order[made_of]].xMin + right
                part = outlines.GlyphComponent()
                part.glyphName, part.x, part.y, part.flags = order[made_of], right, up, outlines.ROUND_XY_TO_GRID
                glyph.numberOfContours, glyph.components = -1, [part]
            name = f"moved{number}"
            table.glyphs[name], widths[name] = glyph, (wide, left)
            order.append(name)
        self.opened.setGlyphOrder(order)
        table.glyphOrder = order
        target = io.BytesIO()
        self.opened.save(target, reorderTables=False)
        self.stream.write(target.getvalue())
        self.stream.Length1 = len(target.getvalue())


@dataclass(slots=True)
class _Font:
    """A font of a PDF whose letters are written from right to left."""

    held: Any
    file: _File
    widths: dict[int, float]
    texts: dict[int, str]
    added: dict[int, tuple[str, float]] = field(default_factory=dict)
    """The text and the width of each added glyph that it uses, by its number."""

    def placed(self, glyph: _Glyph) -> tuple[int, float]:
        """The number and the width of the glyph that stands for one."""
        own = self.widths[glyph.number]
        same = glyph.drawn and glyph.text == self.texts[glyph.number]
        if same and not glyph.up and not round(glyph.right) and abs(glyph.step - own) < _LEAST:
            return glyph.number, own
        number, width = self.file.with_moved(glyph)
        self.added[number] = glyph.text, width
        return number, width

    def write(self) -> None:
        """Say which letters the added glyphs stand for, and how wide they are."""
        lines = [b"<%04x> <%s>" % (number, glyphs.written(text)) for number, (text, _) in self.added.items()]
        blocks = [
            b"%d beginbfchar\n%s\nendbfchar\n" % (len(some), b"\n".join(some))
            for some in (lines[at : at + 100] for at in range(0, len(lines), 100))
        ]
        self.held.ToUnicode.write(self.held.ToUnicode.read_bytes().replace(b"endcmap", b"".join(blocks) + b"endcmap"))
        for number, (_, width) in sorted(self.added.items()):
            self.held.DescendantFonts[0].W.extend([number, Array([round(width, 3)])])


def place(document: pikepdf.Pdf) -> None:
    """Give each glyph of a face from right to left that is moved one of its own. `glyphs.reread` comes before."""
    fonts = _fonts(document)
    for holder in _holders(document) if fonts else ():
        _place(document, holder, fonts)
    for font in fonts.values():
        font.write()
    for file in {id(font.file): font.file for font in fonts.values() if font.file.added}.values():
        file.write()


def _holders(document: pikepdf.Pdf) -> Iterator[Any]:
    """What is drawn: the pages, and the drawings on them."""
    yield from document.pages
    for item in document.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form":
            yield item


def _fonts(document: pikepdf.Pdf) -> dict[Any, _Font]:
    """The fonts whose letters are written from right to left, by their objects."""
    from fontTools.ttLib import TTFont

    found, files = dict[Any, _Font](), dict[Any, _File]()
    for held in glyphs.turned(document):
        below = held.DescendantFonts[0]
        stream = below.FontDescriptor.FontFile2
        if stream.objgen not in files:
            opened = TTFont(io.BytesIO(stream.read_bytes()), lazy=True, recalcTimestamp=False)
            files[stream.objgen] = _File(stream, opened)
        found[held.objgen] = _Font(held, files[stream.objgen], dict(glyphs.widths(below.W)), glyphs.texts(held))
    return found


def _place(document: pikepdf.Pdf, holder: Any, fonts: dict[Any, _Font]) -> None:
    named = holder.get("/Resources", {}).get("/Font", {})
    ours = {name: fonts[font.objgen] for name, font in named.items() if font.objgen in fonts}
    if ours:
        drawn = pikepdf.unparse_content_stream([*_redrawn(holder, ours)])
        if isinstance(holder, pikepdf.Page):
            holder.Contents = document.make_stream(drawn)
        else:
            holder.write(drawn)


def _redrawn(holder: Any, fonts: dict[str, _Font]) -> Iterator[Any]:
    """The instructions of a page, with all that follows in one font in one, and each glyph at its place."""
    font: _Font | None = None
    shown: list[tuple[Any, float]] = []
    size, rise = 1.0, 0.0
    for one in instructions.read(holder):
        name = str(one.operator)
        if font and name in ("TJ", "Tj"):
            held = one.operands[0]
            shown += ((part, rise / size * 1000) for part in (held if isinstance(held, Array) else [held]))
        elif font and name == "Ts":
            rise = float(one.operands[0])
        else:
            yield from _written(font, shown)
            shown = []
            if name == "Tf":
                face, points = one.operands
                font, size = fonts.get(str(face)), float(points)
            yield instructions.kept(one, name)


def _written(font: _Font | None, shown: Iterable[tuple[Any, float]]) -> Iterator[Any]:
    """An instruction that shows some texts of a font, each at its height."""
    if not font:
        return
    line, end = _line(font, shown)
    parts, lost = list[Any](), 0.0
    for glyph in _placed(font, line, end):
        number, width = font.placed(glyph)
        parts.append(String(number.to_bytes(2)))
        lost += width - glyph.step
        if abs(lost) >= _LOST:
            parts.append(round(lost))
            lost -= round(lost)
    if parts:
        yield [Array(parts)], Operator("TJ")


def _line(font: _Font, shown: Iterable[tuple[Any, float]]) -> tuple[list[_Drawn], float]:
    """The glyphs of a line, and where it ends, from the instructions of the typesetter."""
    found, x = list[_Drawn](), 0.0
    for part, up in shown:
        if isinstance(part, String):
            codes = bytes(part)
            for at in range(0, len(codes) - 1, 2):
                number = int.from_bytes(codes[at : at + 2])
                found.append(_Drawn(number, x, up, font.texts[number].replace("\u00a0", " ")))
                x += font.widths[number]
        else:
            x -= float(part)
    return found, x


def _placed(font: _Font, line: Sequence[_Drawn], end: float) -> Iterator[_Glyph]:
    """The glyphs of a line at their places, one for each letter.

    A letter shares the room up to the next with the vowels before it, and with the letters with which it is joined: of
    these the last stands first.
    """
    groups = [*_groups(font, line)]
    starts = [0.0, *(group[-1].x for group in groups[1:]), end]
    for group, start, after in zip(groups, starts, starts[1:], strict=False):
        letters = [*_letters(font, group)]
        step = (after - start) / len(letters)
        for index, (drawn, letter, inked) in enumerate(letters):
            yield _Glyph(drawn.number, drawn.x - start - index * step, drawn.up, step, letter, inked)


def _letters(font: _Font, group: Sequence[_Drawn]) -> Iterator[tuple[_Drawn, str, bool]]:
    """The letters of a group from left to right, each with the glyph it is of, and whether this draws it.

    Joined letters have equal shares of their glyph; a vowel belongs to the one over which it stands.
    """
    *vowels, base = group
    share = font.widths[base.number] / max(len(base.text), 1)
    right = base.x + font.widths[base.number]
    places = [int((right - vowel.x - font.file.middle(vowel.number)) // share) if share else 0 for vowel in vowels]
    for index in reversed(range(len(base.text))):
        last = index == len(base.text) - 1
        for vowel, place in zip(vowels, places, strict=True):
            if place == index or (last and place > index) or (not index and place < 0):
                yield from ((vowel, sign, not at) for at, sign in enumerate(reversed(vowel.text)))
        yield base, base.text[index], last


def _groups(font: _Font, line: Sequence[_Drawn]) -> Iterator[list[_Drawn]]:
    """Each letter of a line with the vowels that are drawn before it."""
    group: list[_Drawn] = []
    for drawn in line:
        group.append(drawn)
        if font.widths[drawn.number] >= _THIN:
            yield group
            group = []
    if group:
        yield group
