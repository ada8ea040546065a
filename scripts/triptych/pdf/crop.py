"""A part of a page without what lies outside it: no hidden letter, line or picture. Reads what WeasyPrint writes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name

Window = tuple[float, float, float, float]
"""Left, bottom, right and top of what is seen, in points of the page."""
_POINTS = {"m": 1, "l": 1, "c": 3, "v": 2, "y": 2, "h": 0}
"""Number of points that each instruction adds to a path."""
_PAINT = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"}
_NAMED = {"gs": "ExtGState", "cs": "ColorSpace", "CS": "ColorSpace", "sh": "Shading", "Tf": "Font", "Do": "XObject"}
"""The kind of resource that an instruction names."""
_LINE = 3.0
"""Half of the widest line, in points: a line is seen beside its path."""
_ABOVE, _BELOW, _BESIDE = 1.1, 0.4, 0.15
"""How far a letter reaches over and under its baseline, and out of its width, as shares of its size."""


@dataclass(slots=True)
class Cropped:
    """What is left of a page or form."""

    instructions: list[Any] = field(default_factory=list)
    marks: set[int] = field(default_factory=set)
    """Numbers of the marked contents of which something is left."""
    used: dict[str, dict[str, Any]] = field(default_factory=dict)
    """The resources that it uses, by kind and by the name that it gives them."""
    painted: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """What was read of a document, once for all of its parts."""

    widths: dict[Any, tuple[Mapping[int, float], float]] = field(default_factory=dict)
    """The widths of the letters of each font, and that of all others, in thousandths of its size."""
    instructions: dict[Any, list[tuple[list[Any], Any, str]]] = field(default_factory=dict)
    """Those of each page and form: operands, operator and its name."""

    def of(self, holder: Any) -> list[tuple[list[Any], Any, str]]:
        """The instructions of a page or form."""
        if holder.objgen not in self.instructions:
            found: Any = pikepdf.parse_content_stream(holder)
            self.instructions[holder.objgen] = [(list(ops), operator, str(operator)) for ops, operator in found]
        return self.instructions[holder.objgen]


def cropped(page: pikepdf.Page, window: Window, first: int, prefix: str, read: Read) -> Cropped:
    """What of a page is in a window. `first` is added to the numbers of its marked contents, `prefix` goes before the
    names of its resources.
    """
    return _Crop(page.obj.Resources, window, first, prefix, read).of(page, Matrix())


@dataclass(slots=True)
class _Crop:
    resources: Any
    window: Window
    first: int
    prefix: str
    read: Read
    found: Cropped = field(default_factory=Cropped)
    matrix: Matrix = field(default_factory=Matrix)
    kept: list[Matrix] = field(default_factory=list)
    """The matrices outside of what `q` has begun."""
    path: list[Any] = field(default_factory=list)
    points: list[tuple[float, float]] = field(default_factory=list)
    text: list[Any] = field(default_factory=list)
    """The instructions of a text that is not yet known to be seen; empty outside of texts."""
    opened: list[tuple[int, int | None]] = field(default_factory=list)
    """Where each marked content begins in the result, and its number."""
    font: Any = None
    size: float = 0.0
    place: Matrix = field(default_factory=Matrix)
    """Where a text stands."""

    def of(self, holder: Any, matrix: Matrix) -> Cropped:
        """What of a page or form is seen. `matrix` leads from it to the page."""
        self.matrix = matrix
        for operands, operator, name in self.read.of(holder):
            self._take(operands, operator, name)
        self.found.instructions = [one for one in self.found.instructions if one is not None]
        return self.found

    def _take(self, operands: list[Any], operator: Any, name: str) -> None:
        if name in _POINTS or name == "re":
            self._draw(operands, operator, name)
        elif name in ("W", "W*"):
            self.path.append((operands, operator))
        elif name in _PAINT:
            self._paint(operands, operator, name)
        elif name == "BT":
            self.text, self.place = [(operands, operator)], Matrix()
        elif self.text:
            self._write(operands, operator, name)
        elif name in ("BDC", "BMC", "EMC"):
            self._mark(operands, operator, name)
        elif name == "Do":
            self._place(operands, operator)
        else:
            self._set(operands, operator, name)

    def _set(self, operands: list[Any], operator: Any, name: str) -> None:
        if name == "q":
            self.kept.append(self.matrix)
        elif name == "Q":
            self.matrix = self.kept.pop()
        elif name == "cm":
            self.matrix = Matrix(*map(float, operands)) @ self.matrix
        self.found.instructions.append((self._named(operands, name), operator))

    def _named(self, operands: list[Any], name: str) -> list[Any]:
        """The operands with the name of a resource as the result has it."""
        kind = "Pattern" if name in ("scn", "SCN") else _NAMED.get(name, "")
        held = self.resources.get(f"/{kind}", {}) if kind else {}
        return [self._renamed(one, kind, held) if isinstance(one, Name) else one for one in operands]

    def _renamed(self, name: Any, kind: str, held: Any) -> Any:
        if not kind or str(name) not in held:
            return name
        new = f"/{self.prefix}{str(name)[1:]}"
        self.found.used.setdefault(kind, {})[new] = held[str(name)]
        return Name(new)

    def _draw(self, operands: list[Any], operator: Any, name: str) -> None:
        values = [float(one) for one in operands]
        if name == "re":
            x, y, wide, tall = values
            corners = [(x, y), (x + wide, y), (x, y + tall), (x + wide, y + tall)]
        else:
            corners = list(zip(values[::2], values[1::2], strict=True))
        self.points += [self.matrix.transform(corner) for corner in corners]
        self.path.append((operands, operator))

    def _paint(self, operands: list[Any], operator: Any, name: str) -> None:
        clips = any(str(one[1]) in ("W", "W*") for one in self.path)
        seen = bool(self.points) and self._is_seen(self.points, _LINE)
        if clips or seen:
            self.found.instructions += [*self.path, (operands, operator)]
        if seen and name != "n":
            self._painted()
        self.path, self.points = [], []

    def _is_seen(self, points: Sequence[tuple[float, float]], beside: float = 0.0) -> bool:
        left, bottom, right, top = self.window
        xs, ys = zip(*points, strict=True)
        across = min(xs) - beside < right and max(xs) + beside > left
        return bool(across and min(ys) - beside < top and max(ys) + beside > bottom)

    def _painted(self) -> None:
        """Remember that something is seen, in each marked content that is open."""
        self.found.painted = True
        self.found.marks |= {mark for _, mark in self.opened if mark is not None}

    def _mark(self, operands: list[Any], operator: Any, name: str) -> None:
        if name != "EMC":
            properties: Any = operands[1] if name == "BDC" else None
            number = int(properties.MCID) if isinstance(properties, Dictionary) and "/MCID" in properties else None
            if number is not None:
                operands = [operands[0], Dictionary({**properties, "/MCID": number + self.first})]
            self.opened.append((len(self.found.instructions), number))
            self.found.instructions.append((operands, operator))
            return
        at, number = self.opened.pop()
        if number is None or number in self.found.marks:
            self.found.instructions.append((operands, operator))
        else:
            self.found.instructions[at] = None

    def _place(self, operands: list[Any], operator: Any) -> None:
        """A picture, if it is seen, or what is seen of a form."""
        thing = self.resources.XObject[str(operands[0])]
        if thing.get("/Subtype") != "/Form":
            if self._is_seen([self.matrix.transform(corner) for corner in ((0, 0), (1, 0), (0, 1), (1, 1))]):
                self.found.instructions.append((self._named(operands, "Do"), operator))
                self._painted()
            return
        inside = _Crop(thing.get("/Resources", self.resources), self.window, 0, "", self.read)
        part = inside.of(thing, Matrix(*map(float, thing.get("/Matrix", [1, 0, 0, 1, 0, 0]))) @ self.matrix)
        if part.painted:
            name = f"/{self.prefix}{str(operands[0])[1:]}"
            self.found.used.setdefault("XObject", {})[name] = (thing, part)
            self.found.instructions.append(([Name(name)], operator))
            self._painted()

    def _write(self, operands: list[Any], operator: Any, name: str) -> None:
        """An instruction of a text; the text is kept if one of its letters is seen."""
        if name == "ET":
            self.text.append((operands, operator))
            if any(str(one[1]) == "TJ" for one in self.text):
                self.found.instructions += self.text
                self._painted()
            else:
                self.found.instructions += [one for one in self.text if str(one[1]) in ("gs", "rg", "g", "scn", "cs")]
            self.text = []
            return
        if name == "Tm":
            self.place = Matrix(*map(float, operands))
        elif name == "Tf":
            self.font, self.size = self.resources.Font[str(operands[0])], float(operands[1])
        elif name == "TJ":
            letters = self._letters(operands[0])
            if any(isinstance(item, pikepdf.String) for item in letters):
                self.text.append(([Array(letters)], operator))
            return
        self.text.append((self._named(operands, name), operator))

    def _letters(self, items: Any) -> list[Any]:
        """The letters that are seen, each of the others as the space that it takes."""
        known, other = self._widths()
        found: list[tuple[Any, float, float]] = []
        at = 0.0
        for item in items:
            if not isinstance(item, pikepdf.String):
                found.append((item, at, at - float(item) / 1000 * self.size))
                at = found[-1][2]
                continue
            code = bytes(item)
            for start in range(0, len(code), 2):
                width = known.get(int.from_bytes(code[start : start + 2]), other)
                found.append((pikepdf.String(code[start : start + 2]), at, at + width / 1000 * self.size))
                at = found[-1][2]
        whole = self._corners(min((one[1] for one in found), default=0.0), max((one[2] for one in found), default=0.0))
        if not self._is_seen(whole):
            return []
        return list(items) if all(map(self._is_inside, whole)) else [self._or_space(*one) for one in found]

    def _or_space(self, item: Any, start: float, end: float) -> Any:
        """A letter if it is seen, or the space that it takes; a space as it is."""
        if not isinstance(item, pikepdf.String) or self._is_seen(self._corners(start, end)):
            return item
        return -round((end - start) / self.size * 1000, 4)

    def _corners(self, start: float, end: float) -> list[tuple[float, float]]:
        """The corners, on the page, of a text from one place on its line to another."""
        whole, beside = self.place @ self.matrix, _BESIDE * self.size
        xs, ys = (start - beside, end + beside), (-_BELOW * self.size, _ABOVE * self.size)
        return [whole.transform((x, y)) for x in xs for y in ys]

    def _is_inside(self, point: tuple[float, float]) -> bool:
        left, bottom, right, top = self.window
        return left < point[0] < right and bottom < point[1] < top

    def _widths(self) -> tuple[Mapping[int, float], float]:
        widths = self.read.widths
        if self.font.objgen not in widths:
            inner = self.font.DescendantFonts[0]
            widths[self.font.objgen] = dict(_each_width(inner.get("/W", []))), float(inner.get("/DW", 1000))
        return widths[self.font.objgen]


def _each_width(given: Any) -> Iterator[tuple[int, float]]:
    """Each letter of a font with its width (ISO 32000-1, 9.7.4.3)."""
    items = list(given)
    while items:
        first, second = int(items.pop(0)), items.pop(0)
        if isinstance(second, Array):
            yield from enumerate(map(float, list(second)), start=first)
        else:
            width = float(items.pop(0))
            yield from ((letter, width) for letter in range(first, int(second) + 1))


def form(document: pikepdf.Pdf, thing: Any, part: Cropped, copy: Any) -> Any:
    """A form of which only a part is left, in a document. `copy` brings an object into it."""
    stream = document.make_stream(pikepdf.unparse_content_stream(part.instructions))
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, copy(thing.BBox)
    for name in ("/Matrix", "/Group"):
        if name in thing:
            stream[name] = copy(thing[name])
    stream.Resources = resources(document, part, copy)
    return stream


def resources(document: pikepdf.Pdf, part: Cropped, copy: Any) -> Any:
    """The resources that a part uses, in a document."""

    def brought(one: Any) -> Any:
        return form(document, one[0], one[1], copy) if isinstance(one, tuple) else copy(one)

    kinds = {f"/{kind}": {name: brought(one) for name, one in held.items()} for kind, held in part.used.items()}
    return Dictionary({kind: Dictionary(held) for kind, held in kinds.items()})
