"""Tables become a page in Markdown, with what was asked and what was measured on top."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from textwrap import fill

WIDTH = 120
HEAD = """# Benchmarks

Written by `make bench` on {date}, in {minutes:.0f} minutes; not to be edited by hand. Ratios and seconds of processors
tell more than seconds by the clock, and all the more the less else the machine does.

| | |
| --- | --- |
{facts}

## What was asked

{asked}
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A promise, and what was measured."""

    what: str
    measured: float | None
    """None where it could not be."""
    most: float = inf
    least: float = 0.0
    unit: str = ""

    @property
    def row(self) -> tuple[str, ...]:
        bound = (f"at least {self.least:g}" if self.least else f"at most {self.most:g}") + self.unit
        if self.measured is None:
            return self.what, bound, "not measured", "**no**"
        measured = f"{self.measured:.0f}" if self.measured >= 100 else f"{self.measured:.2f}"
        met = self.least <= self.measured <= self.most
        return self.what, bound, measured + self.unit, "yes" if met else "**no**"


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    title: str
    text: str
    """What was done, and what to keep in mind when reading it."""
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    asked: Sequence[Asked] = field(default=())

    def __str__(self) -> str:
        return f"## {self.title}\n\n{fill(self.text, WIDTH)}\n\n{lines(self.columns, self.rows)}\n"


def lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The lines of a table, its first column at the left and the rest at the right."""
    rule = ["---", *("---:" for _ in columns[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (columns, rule, *rows))


def asked(tables: Iterable[Table]) -> str:
    """What was asked of all that the tables measured."""
    return lines(("", "Asked", "Measured", "Met"), [one.row for table in tables for one in table.asked])


def page(tables: Sequence[Table], date: str, minutes: float, facts: Mapping[str, str]) -> str:
    """The whole page."""
    told = "\n".join(f"| {name} | {fact} |" for name, fact in facts.items())
    return "\n".join([HEAD.format(date=date, minutes=minutes, facts=told, asked=asked(tables)), *map(str, tables)])
