"""A YAML document with its places, or a table as the same nodes: each value knows where it is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

Loc = tuple[int | str, ...]
"""Keys and indices that lead to a value."""
LineColumn = tuple[int, int]
"""Line and column, from 1; of a workbook, the row and the column of a cell."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A YAML document, with the line and column of each value."""

    node: yaml.Node | None
    first_line: int = 1
    """Line of the file on which the YAML starts."""

    def place(self, loc: Sequence[int | str]) -> LineColumn:
        """Line and column of the value at a path of keys and indices, or of the nearest parent that exists."""
        node, place = self.node, (self.first_line, 1)
        for step in loc:
            found = child(node, step)
            if found is None:
                break
            key, node = found
            on_line = isinstance(node, yaml.ScalarNode) and node.start_mark.line == key.start_mark.line
            mark = node.start_mark if on_line else key.start_mark
            place = self.first_line + mark.line, mark.column + 1
        return place

    def path(self, _loc: Sequence[int | str]) -> Path | None:
        """The file of a value, if it is another than that of the document."""
        return None

    def has(self, name: str) -> bool:
        """Whether the document gives a field."""
        return child(self.node, name) is not None

    def plain(self) -> Any:
        """The document as dicts, lists and text."""
        return _plain(self.node)

    def cell(self, _place: LineColumn) -> str:
        """The name of the cell at a place; empty in YAML."""
        return ""

    def reported(self, _loc: Loc) -> bool:
        """Whether a problem of this value is known already."""
        return False


@dataclass(frozen=True, slots=True)
class Tabled(Marked):
    """A table as the nodes of a YAML document."""

    sheet: str = ""
    """The name of its sheet; empty for CSV."""
    cells: Mapping[LineColumn, str] = field(default_factory=dict)
    """The names of its cells, such as `Events!B7`."""
    gaps: Mapping[Loc, LineColumn] = field(default_factory=dict)
    """The places of values that are not there, since their cells are empty."""
    known: frozenset[Loc] = frozenset()
    """Values whose problems are reported already."""

    def place(self, loc: Sequence[int | str]) -> LineColumn:
        """The same, of a cell; of an empty cell too, and of the row for a column that is not there."""
        return self.gaps.get(tuple(loc)) or super(Tabled, self).place(loc)

    def cell(self, place: LineColumn) -> str:
        """The name of the cell at a place, or of its sheet."""
        return self.cells.get(place, self.sheet)

    def reported(self, loc: Loc) -> bool:
        """Whether a problem of this value is known already."""
        return loc in self.known


def _plain(node: yaml.Node | None) -> Any:
    """A node as dicts, lists and text."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_plain(value) for value in node.value]
    return node.value if node else {}


def child(node: yaml.Node | None, step: int | str) -> tuple[yaml.Node, yaml.Node] | None:
    """The node that gives the place, and the node with the value."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None
