"""Tables become a page in Markdown that starts with the targets and the measurements."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from textwrap import fill

WIDTH = 120
HEAD = """# Benchmarks

Written by `make bench` on {date}, in {minutes:.0f} minutes. Do not edit by hand. Ratios and CPU times are more reliable
than wall times, most of all on a machine that does nothing else.

| | |
| --- | --- |
{facts}

## Targets

{asked}
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A target, and the measurement."""

    what: str
    measured: float | None
    """None if it could not be measured."""
    most: float = inf
    least: float = 0.0
    unit: str = ""

    @property
    def row(self) -> tuple[str, ...]:
        """The cells of a row: what, target, measurement, and whether the target is met."""
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
    """What was measured, and how to read it."""
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    asked: Sequence[Asked] = field(default=())

    def __str__(self) -> str:
        return f"## {self.title}\n\n{fill(self.text, WIDTH)}\n\n{lines(self.columns, self.rows)}\n"


def lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown: first column aligned left, the others right."""
    rule = ["---", *("---:" for _ in columns[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (columns, rule, *rows))


def asked(tables: Iterable[Table]) -> str:
    """A table of all targets and measurements."""
    return lines(("", "Target", "Measured", "Met"), [one.row for table in tables for one in table.asked])


def page(tables: Sequence[Table], date: str, minutes: float, facts: Mapping[str, str]) -> str:
    """The whole page."""
    rows = "\n".join(f"| {name} | {fact} |" for name, fact in facts.items())
    return "\n".join([HEAD.format(date=date, minutes=minutes, facts=rows, asked=asked(tables)), *map(str, tables)])
