"""Whole articles drawn at random, as careful and careless people write them: all sizes, lengths, kinds and signs."""

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image

from tests.conftest import as_yaml, written

ORDINARY: Sequence[str] = re.findall(
    r"\S+",
    "library returns open council hour paid since council's winter door people said café naïve Łódź Dvořák river "
    "committee reported that the of and in a was were had by from with on at it they street school “quoted” years",
)
AWKWARD = (
    "Bundesministeriumsverwaltungsvorschriftenkommission",
    "#openingtheharrowbybookdropforeverybodyistrending",
    "https://example.org/a/very/long/path/that/never/ends?and=goes&on=and_on-for-ever.html",
    "C:\\Users\\Library\\Documents\\annual_report_final_FINAL_v2.docx",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "1,234,567",
    "9.1\u202f±\u202f0.2\u00a0µg/m³",
    "WWWWWWWWWWWWWWWW",
    "p<0.05",
    "→",
    "★",
    "✓",
    "♀",
    "≤",
    "H~2~O",
    "10^-3^",
    "~~struck~~",
    "*stressed*",
    "**strong**",
    "`code`",
    "[a link](https://example.org)",
    "AT&T",
    "'tis",
    "5 < 6 > 4",
    "100 %",
    "{braces}",
    "…",
    "—",
)
UNPRINTABLE = ("ᏣᎳᎩ", "𒀭", "\ue000")
VALUES = ("7", "US$1.2 trillion", AWKWARD[6], "1.08 (1.04–1.12)", "−273.15 °C", "any", "12,345,678,901")
DATES = (
    *("2016", "2016-05", "2016-05-17", "2016?", "2016~", "2016-05-17T10:30", "201X", "2016-21", "[2016,2018]"),
    *("2016/2018", "2016-03/2016-05", "2016-05-01/2016-05-02", "../2014", "2016/..", "[..2015]", "1950S2", "2001-34"),
    *("0325", "-0043", "1066-10-14", "1789", "2024-02-29", "1984?/1990", "2004-06-~11", "Y-170000000"),
)


@dataclass(frozen=True, slots=True)
class Whole:
    """An article as files, and the marks that its briefing has to print."""

    files: Mapping[str, bytes]
    marks: tuple[str, ...]
    """One for each paragraph, heading, item, cell and caption of its prose, in order."""

    def put(self, folder: Path) -> Path:
        """Write the article into a new folder, and return it."""
        return written(folder, self.files)


class Author:
    """Writes an article from a number: the same from the same."""

    def __init__(self, number: int) -> None:
        self.chance = Random(number)
        self.marks: list[str] = []
        self.pictures: dict[str, bytes] = {}
        self.awkward = self.chance.choice([0, 0, 0.02, 0.1])
        self.unprintable = self.chance.choice([0] * 12 + [0.02])

    def number(self, least: int, most: int) -> int:
        return self.chance.randint(least, most)

    def word(self) -> str:
        drawn = self.chance.random()
        if drawn < self.unprintable:
            return self.chance.choice(UNPRINTABLE)
        return self.chance.choice(AWKWARD if drawn > 1 - self.awkward else ORDINARY)

    def words(self, least: int, most: int) -> str:
        """Some words: mostly ordinary ones, some long, marked, or of signs, seldom one that no face has."""
        return " ".join(self.word() for _ in range(self.number(least, most)))

    def marked(self, least: int, most: int) -> str:
        """Some words of prose, after a mark of their own."""
        self.marks.append(f"Qz{len(self.marks)}q")
        return f"{self.marks[-1]} {self.words(least, most)}"

    def paragraph(self) -> str:
        return self.marked(1, 90)

    def heading(self) -> str:
        return f"{'#' * self.number(1, 4)} {self.marked(1, 12)}"

    def bullets(self) -> str:
        sign, depth = self.chance.choice(["-", "*", "1.", "3.", "- [x]"]), self.number(2, 4)
        items = [f"{sign} {self.marked(1, 20)}" for _ in range(self.number(1, 6))]
        return "\n".join([*items, *[f"{' ' * depth}- {self.marked(1, 8)}" for _ in range(self.number(0, 2))]])

    def table(self) -> str:
        columns = self.number(1, 12)
        lines = [
            [self.marked(0, 2 if columns > 6 else 5).replace("|", "/") for _ in range(columns)]
            for _ in range(self.number(1, 12))
        ]
        return "\n".join(f"| {' | '.join(line)} |" for line in (lines[0], ["---"] * columns, *lines[1:]))

    def quote(self) -> str:
        return f"> {self.marked(1, 40)}"

    def note(self) -> str:
        name = f"n{len(self.marks)}"
        return f"{self.marked(1, 20)}[^{name}]\n\n[^{name}]: {self.marked(1, 20)}"

    def code(self) -> str:
        return f"```\n{self.marked(1, 12)}\n```"

    def definition(self) -> str:
        return f"{self.marked(1, 3)}\n: {self.marked(1, 20)}"

    def picture(self) -> str:
        name, held = f"p{len(self.pictures)}.png", io.BytesIO()
        size = self.chance.choice([(1200, 800), (400, 2400), (2400, 300), (300, 300), (900, 900), (20, 20)])
        Image.new(self.chance.choice(["RGB", "L", "RGBA", "P", "1"]), size, 1).save(held, "PNG")
        self.pictures[name] = held.getvalue()
        self.marks.append(f"Qz{len(self.marks)}q")
        return f'![A picture]({name} "{self.marks[-1]} of a door")'

    def prose(self, most: int) -> str:
        """A text of up to so many blocks."""
        kinds = [*[self.paragraph] * 6, *[self.heading] * 2, self.bullets, self.table, self.quote, self.note]
        kinds += [self.code, self.definition, self.picture, lambda: "---"]
        return "\n\n".join(self.chance.choice(kinds)() for _ in range(self.number(0, most)))

    def some(self, fields: Mapping[str, Any]) -> dict[str, Any]:
        """Each of the fields, or not."""
        return {name: value for name, value in fields.items() if self.chance.random() < 0.6}

    def head(self) -> dict[str, Any]:
        return {"title": self.words(1, 9), "status": "draft"} | self.some(
            {
                "deck": self.words(3, 40),
                "publisher": self.words(1, 5),
                "date": "2025-03-14",
                "in-brief": [self.words(3, 25) for _ in range(self.number(0, 6))],
                "method": self.words(3, 60),
                "corrections": self.words(3, 20),
                "licence": {"name": self.words(1, 4)},
                "paper": self.chance.choice(["a4", "letter"]),
                "sheet": self.chance.choice(["a3", "a2", "a1", "a0", "a3-landscape", "24x36in"]),
            }
        )

    def dates(self) -> list[str]:
        """The dates of a timeline: of all forms, of one year, of one day, or a cluster and one far away."""
        kinds: list[Callable[[], str]] = [
            lambda: self.chance.choice(DATES[:9]),
            lambda: self.chance.choice(DATES),
            lambda: f"2019-{self.number(1, 12):02}-{self.number(1, 28):02}",
            lambda: str(self.number(1400, 2020)),
            lambda: "1966",
            lambda: f"2018-10-06T{self.number(0, 23):02}:{self.number(0, 59):02}",
            lambda: f"{self.number(1900, 1950)}/{self.number(1951, 2000)}",
        ]
        kind = self.chance.choice(kinds)
        return [kind() for _ in range(self.number(0, self.chance.choice([1, 3, 6, 14, 40])))] + self.chance.choice(
            [[], [], [], [], ["0325"]]
        )

    def event(self, date: str) -> dict[str, Any]:
        given = {"date": date, "headline": self.words(1, 12), "weight": self.number(1, 3)}
        return given | self.some({"summary": self.words(1, 60)})

    def figure(self) -> dict[str, Any]:
        return {"value": self.chance.choice(VALUES), "label": self.words(1, 6)} | self.some(
            {"basis": self.words(1, 14)}
        )

    def party(self) -> dict[str, Any]:
        return {"party": self.words(1, 4), "says": self.words(3, 40)}

    def statements(self) -> list[dict[str, Any]]:
        return [{"text": self.words(2, 25)} for _ in range(self.number(0, 4))]

    def article(self) -> Whole:
        """An article with too much and too little of everything."""
        head, text = self.head(), self.prose(self.chance.choice([0, 2, 6, 25]))
        others = {
            "timeline.yaml": {"events": [self.event(date) for date in self.dates()]},
            "figures.yaml": {"figures": [self.figure() for _ in range(self.number(0, 12))]},
            "positions.yaml": {
                "parties": [self.party() for _ in range(self.number(0, 5))],
                "agreed": self.statements(),
                "disputed": self.statements(),
            },
        }
        files = {"article.md": f"---\n{as_yaml(head)}---\n\n{text}\n"}
        files |= {name: as_yaml(held) for name, held in self.some(others).items()}
        return Whole({name: held.encode() for name, held in files.items()} | self.pictures, tuple(self.marks))
