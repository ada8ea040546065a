"""Tables become a page in Markdown that starts with the targets and the measurements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import inf
from textwrap import fill

from pydantic import BaseModel

from bench.measure import REFERENCE, Spread

WIDTH = 120
HEAD = """# Benchmarks

Written by `make bench`. Do not edit by hand. Ratios and CPU times are more reliable than wall times, most of all on a
machine that does nothing else. A ratio is the median of pairs that ran in alternation; behind it, in brackets, are the
lowest and the highest of them. The last line of each section says when it was measured: all on this machine.

| | |
| --- | --- |
{facts}

## Targets

{asked}
"""
PACE = """The bounds in seconds hold for a machine on which three `weasyprint` commands take {reference:g} s. Here they
take {here:.1f} s, so the column "At that pace" has each time as it would be there: multiplied by {reference:g} and
divided by what the three commands took in the same round. Where it has a time, that time decides whether the target is
met."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A target, and the measurement."""

    what: str
    measured: Spread | float | None
    """None if it could not be measured."""
    most: float = inf
    least: float = -inf
    unit: str = ""
    pace: Spread | None = None
    """For a bound in seconds: the wall times of three `weasyprint` commands in the same rounds."""

    @property
    def row(self) -> tuple[str, ...]:
        """The cells of a row: what, target, measurement, the same at the reference pace, and whether it is met."""
        bound = (f"at most {self.most:g}" if self.most < inf else f"at least {self.least:g}") + self.unit
        if self.measured is None:
            return self.what, bound, "not measured", "", "**no**"
        here = self.measured if isinstance(self.measured, Spread) else Spread([self.measured])
        there = here / self.pace * REFERENCE if self.pace else None
        met = self.least <= (there or here).median <= self.most
        return self.what, bound, self._shown(here), self._shown(there) if there else "", "yes" if met else "**no**"

    def _shown(self, found: Spread) -> str:
        return format(found, ".0f" if found.median >= 100 else ".2f") + self.unit


@dataclass(frozen=True, slots=True)
class Table:
    """One table."""

    title: str
    text: str
    """What was measured, and how to read it."""
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    asked: Sequence[Asked] = field(default=())

    @property
    def shown(self) -> "Shown":
        """The same in words and figures."""
        paces = [seconds for one in self.asked if one.pace for seconds in one.pace.values]
        rows = [list(row) for row in self.rows]
        targets = [list(one.row) for one in self.asked]
        return Shown(
            title=self.title, text=self.text, columns=list(self.columns), rows=rows, targets=targets, paces=paces
        )


class Shown(BaseModel):
    """A table as the page shows it."""

    title: str
    text: str
    columns: list[str]
    rows: list[list[str]]
    targets: list[list[str]]
    """The rows that it adds to the table of targets."""
    paces: list[float]
    """Seconds of three `weasyprint` commands in the rounds of those targets that are in seconds."""

    def section(self, last: str = "") -> str:
        """Its section of the page, with a last line."""
        parts = (f"## {self.title}", fill(self.text, WIDTH), lines(self.columns, self.rows), last)
        return "\n\n".join(filter(None, parts)) + "\n"


class Part(BaseModel):
    """The tables that are measured together, with the day, and with what they were measured on."""

    day: str
    machine: dict[str, str]
    tables: list[Shown]

    def sections(self) -> list[str]:
        """Their sections of the page."""
        return [table.section(f"Measured on {self.day}.") for table in self.tables]


def lines(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown: first column aligned left, the others right."""
    rule = ["---", *("---:" for _ in columns[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (columns, rule, *rows))


def asked(tables: Iterable[Shown]) -> str:
    """A table of all targets and measurements, after a word about the machine's pace."""
    tables = list(tables)
    table = lines(
        ("", "Target", "Measured here", "At that pace", "Met"), [row for one in tables for row in one.targets]
    )
    paces = [seconds for one in tables for seconds in one.paces]
    if not paces:
        return table
    return f"{fill(PACE.format(reference=REFERENCE, here=Spread(paces)), WIDTH)}\n\n{table}"


def page(parts: Sequence[Part]) -> str:
    """The whole page, of parts that were measured on the same machine."""
    facts = "\n".join(f"| {name} | {fact} |" for name, fact in parts[0].machine.items())
    head = HEAD.format(facts=facts, asked=asked(table for part in parts for table in part.tables))
    return "\n".join([head, *(section for part in parts for section in part.sections())])
