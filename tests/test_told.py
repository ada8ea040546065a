"""Whatever is changed of what an article prints, `verify PDF FOLDER` names it: field by field, by the models."""

import datetime
import re
import shutil
import typing
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any, Literal

import pytest
import yaml
from PIL import Image
from pydantic import BaseModel

from tests.conftest import HARROWBY, PROJECT, TEMPLATES, ArticleCopy, Page, as_yaml
from tests.test_traced import LOGO, PROSE, Filling, unwrapped
from triptych.build import pipeline
from triptych.content.dates import When
from triptych.content.drawn import Drawn
from triptych.content.issued import Issued
from triptych.content.model import FILES, Web
from triptych.pdf import carried
from triptych.pdf.carried import Making
from triptych.review import since
from triptych.typeset.pages import Typesetter

SUNDAYS = PROJECT / "tests" / "articles" / "sundays"
HIMTOO = PROJECT / "content" / "himtoo"
WORD = "Xq17"
"""What is put into a text."""
FOR_CHECKING = ("passages", "standing")
LISTS = {"timeline.yaml": ("events", "eras"), "positions.yaml": ("agreed", "disputed", "not-known")}
NOT_PRINTED = {
    "article.md dates": "how tables are read",
    "article.md redirects": "what one command lists",
    "article.md signatures": "what is checked",
    **{f"article.md accept {name}": "what is checked" for name in ("code", "at", "about", "by", "reason")},
    "article.md editions": "which editions are made",
    "article.md large-print": "in editions alone",
    "article.md roll": "in the edition for a press alone",
    "article.md logo-one-ink": "in the edition of one ink alone",
    "timeline.yaml title": "article.md has the title",
    "positions.yaml parties passages": "for checking",
    **{f"{file} {name} {field}": "for checking" for file in LISTS for name in LISTS[file] for field in FOR_CHECKING},
    **{f"{name}.yaml {name} id": "no reader sees it" for name in ("figures", "charts")},
    "timeline.yaml events id": "no reader sees it",
}
"""The fields on which no page depends, by file and path, each with the reason."""
OTHERWISE = {
    "sources.yaml references id": "it is the same name everywhere, or a citation without a source",
    "sources.yaml references type": "it shows in the form of the entry, or not at all",
    **dict.fromkeys(("article.md lead image", "timeline.yaml events image"), "test_another_picture_is_told"),
    "article.md logo": "test_another_picture_is_told",
    **dict.fromkeys(("article.md place room", "article.md place address-room"), "triptych places writes them"),
    **{
        f"charts.yaml charts {name}": "test_another_chart_is_told"
        for name in ("kind", "bars", "outlined", "small-lines", "marked")
    },
    **{f"charts.yaml charts {name}": "test_another_chart_is_told" for name in ("data", "rows", "columns")},
}
"""The fields that are changed in another way, with the place."""


OF_PICTURES = ("alt", "caption", "credit", "licence")
SPECIAL = {
    "article.md language": "en-US",
    "article.md logo-one-ink": "other.svg",
    "article.md sheet": "a1",
    "charts.yaml charts also": ["poster"],
    "article.md editions": ["mono"],
    "article.md large-print": "18",
}


@dataclass(frozen=True, slots=True)
class Seed:
    """One change of a file."""

    file: str
    path: str
    """Of the field: its file and its names, without numbers."""
    loc: tuple[str | int, ...]
    value: Any
    """Of a field; or all of the prose."""

    def __str__(self) -> str:
        return f"{self.path} {'.'.join(map(str, self.loc))}"

    @property
    def said(self) -> str:
        """What a line must hold that names the change: the word that was put in, or the name of the field."""
        if self.file == "sources.yaml":
            return "source `"
        return WORD if WORD in str(self.value) else str(self.path.split()[-1])


@dataclass(frozen=True, slots=True)
class Seeding:
    """Changes to every field of an article, whatever fields the models have."""

    folder: Path

    def text(self, file: str) -> str:
        return (self.folder / file).read_text(encoding="utf-8") if (self.folder / file).is_file() else ""

    def data(self, file: str) -> Any:
        """The fields of a file, every value as text."""
        text = self.text(file).removeprefix("---\n") if file == "article.md" else self.text(file)
        return yaml.load(text.split("\n---\n")[0] if file == "article.md" else text, yaml.BaseLoader) or {}

    def seeds(self) -> Iterator[Seed]:
        for file, model in FILES.items():
            yield from self.record(file, model, self.data(file), ())
        yield from self.prose()

    def record(self, path: str, model: type[BaseModel], data: Any, loc: tuple[str | int, ...]) -> Iterator[Seed]:
        """The changes of each field of a record."""
        for name, info in model.model_fields.items():
            alias = info.alias or name
            if alias in OF_PICTURES and "image" in model.model_fields and "image" not in data:
                continue
            yield from self.value(f"{path} {alias}", info.annotation, info.metadata, data.get(alias), (*loc, alias))

    def value(self, path: str, kind: Any, marks: Any, value: Any, loc: tuple[str | int, ...]) -> Iterator[Seed]:
        """The changes of a value: of each record in it, or of itself."""
        kind, inner = unwrapped(kind)
        choice = typing.get_origin(kind) is Literal or (isinstance(kind, type) and issubclass(kind, Enum))
        if path in OTHERWISE or (value is None and not choice and kind not in FLAT and path not in SPECIAL):
            return
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from self.record(path, kind, value, loc)
        elif typing.get_origin(kind) is tuple and path not in SPECIAL:
            last = 0 if path.endswith("passages") else len(value) - 1
            for number in sorted({0, last} if value else ()):
                entry = typing.get_args(kind)[0]
                yield from self.value(path, entry, (*marks, *inner), value[number], (*loc, number))
        elif (new := self.other(path, kind, (*marks, *inner), value)) is not None:
            yield Seed(path.split()[0], path, loc, new)

    def other(self, path: str, kind: Any, marks: tuple[Any, ...], value: Any) -> Any:
        """Another value than this one; None if there is none."""
        if path in SPECIAL:
            return SPECIAL[path]
        if any(getattr(mark, "pattern", None) for mark in marks):
            return self.name(path, value)
        if any(mark in typing.get_args(Web) for mark in marks):
            return f"https://example.org/{WORD}"
        if kind is str:
            return f"{value} {WORD}" if value else WORD
        if kind in FLAT:
            return next(new for new in FLAT[kind] if new != value)
        choices = typing.get_args(kind) or [str(one) for one in kind]
        return next(one for one in choices if one != (value or choices[0]))

    def name(self, path: str, value: Any) -> str | None:
        """The name of another source or passage."""
        if value is None:
            return None
        if path.endswith("passages"):
            names = re.findall(r"\{#([\w-]+)", self.text("article.md"))
        else:
            names = [one["id"] for one in self.data("sources.yaml")["references"]]
        return next((name for name in names if name != value), None)

    def prose(self) -> Iterator[Seed]:
        """A word more in each third line of prose, and the line with another citation, mark or level."""
        head, _, text = self.text("article.md").partition("\n---\n")
        lines = text.split("\n")
        for number, line in [*enumerate(lines)][::3]:
            for name, new in edited(line):
                whole = "\n".join([*lines[:number], new, *lines[number + 1 :]])
                yield Seed("article.md", f"prose {name}", (number,), f"{head}\n---\n{whole}")

    def sown(self, seed: Seed, folder: Path) -> None:
        """Write the article with one change into a folder that has it."""
        if seed.path.startswith("prose"):
            (folder / seed.file).write_text(seed.value, encoding="utf-8")
            return
        data = self.data(seed.file)
        at = data
        for step in seed.loc[:-1]:
            at = at[step]
        at[seed.loc[-1]] = seed.value
        prose = self.text(seed.file).split("\n---\n", 1)[-1] if seed.file == "article.md" else ""
        text = f"---\n{as_yaml(data)}---\n{prose}" if seed.file == "article.md" else as_yaml(data)
        (folder / seed.file).write_text(text, encoding="utf-8")


FLAT: dict[Any, tuple[Any, ...]] = {
    **{str: (), datetime.date: ("2024-02-29",), When: ("2016/2019", "2015/2019"), Drawn: ("27", "28")},
    **{
        Issued: ("2001-02-03",),
        int: ("3", "1"),
        float: ("300", "310"),
        bool: ("true", "false"),
        dict[str, str]: ({"literal": WORD},),
    },
}
"""Other values, by type."""


def edited(line: str) -> Iterator[tuple[str, str]]:
    """A line of prose in other ways of printing it, each with a name."""
    if not re.search(r"[^\W\d_]{2}", line) or line.startswith(("```", "|")):
        return
    yield "word", re.sub(r"(?<=\w) (?=\w)", f" {WORD} ", line, count=1)
    if re.search(r" \w{4,} ", line):
        yield "emphasis", re.sub(r" (\w{4,}) ", r" *\1* ", line, count=1)
    if line.startswith("## "):
        yield "level", f"#{line}"
    if found := re.search(r" \[@[^\]]*\]", line):
        yield "citation", line.replace(found[0], "", 1)
        yield "citation elsewhere", re.sub(r"(?<=\w)(?= \w)", found[0], line.replace(found[0], "", 1), count=1)
    if line.startswith("- "):
        yield "numbers", f"7. {line[2:]}"


def filled(folder: Path) -> Path:
    """An article that has something in every field."""
    filling = Filling()
    for name, model in FILES.items():
        data = filling.model(model, name)
        if name == "sources.yaml":
            data["references"].append({"id": "two", "title": "Two"})
        content = yaml.safe_dump(data)
        (folder / name).write_text(
            f"---\n{content}---\n\n{PROSE}\nTwo. [@two] {{#two}}\n" if name == "article.md" else content
        )
    Image.new("RGB", (60, 40), "#8a8478").save(folder / "picture.png")
    (folder / "logo.svg").write_text(LOGO)
    return folder


@pytest.fixture(scope="module")
def every_field(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return filled(tmp_path_factory.mktemp("filled"))


class Asked:
    """An article whose handout is asked what has changed since."""

    def __init__(self, article: Path, typesetter: Typesetter, folder: Path) -> None:
        self.seeding = Seeding(article)
        self.copy = Path(shutil.copytree(article, folder / "copy"))
        making = Making("copy", carried.content(article), "0" * 64, {"paper": "a4"}, "2025-03-14T00:00:00+00:00")
        self.handout = folder / "handout.pdf"
        self.handout.write_bytes(typesetter.pdf(typesetter.pages(Page()("x")), making.files("factsheet")))

    def told(self) -> tuple[str, ...]:
        return since.content(self.handout, self.copy, partial(pipeline.look, templates=TEMPLATES)).lines

    def after(self, seed: Seed) -> tuple[str, ...]:
        """What is told after one change."""
        self.seeding.sown(seed, self.copy)
        try:
            return self.told()
        finally:
            shutil.copy(self.seeding.folder / seed.file, self.copy)


def untold(asked: Asked, seeds: list[Seed]) -> list[str]:
    """The changes that no line names, and those of which too much is said."""
    found = []
    for seed in seeds:
        lines = asked.after(seed)
        printed = seed.path not in NOT_PRINTED
        named = [line for line in lines if line.startswith("    ") and seed.said in line]
        if seed.path.startswith("prose"):
            named = [line for line in lines if line.startswith("    ")]
        if printed != bool(named) and (printed or "in no document: 1 change" not in lines):
            found.append(f"{seed}: {lines}")
    return found


@pytest.mark.slow
@pytest.mark.parametrize("article", ["harrowby", "himtoo"])
def test_each_change_of_a_printed_field_is_named(article: str, typesetter: Typesetter, tmp_path: Path) -> None:
    asked = Asked(HARROWBY if article == "harrowby" else HIMTOO, typesetter, tmp_path)
    assert asked.told() == ("the content is the same as in the handout",)
    seeds = list(asked.seeding.seeds())
    assert len(seeds) > 120
    assert untold(asked, seeds) == []


def test_a_few_of_them_are_named_every_day(typesetter: Typesetter, tmp_path: Path) -> None:
    asked = Asked(HARROWBY, typesetter, tmp_path)
    assert untold(asked, list(asked.seeding.seeds())[::70][:2]) == []


@pytest.mark.slow
def test_each_field_of_the_models_is_changed(every_field: Path, typesetter: Typesetter, tmp_path: Path) -> None:
    """In one of these articles; a new field is among them."""
    asked = Asked(every_field, typesetter, tmp_path)
    seeds = list(asked.seeding.seeds())
    assert untold(asked, seeds) == []
    tried = {seed.path for seed in (*seeds, *Seeding(HARROWBY).seeds())}
    assert {*fields()} - tried - {*OTHERWISE} == set()
    assert {*NOT_PRINTED, *OTHERWISE} <= {*fields()}


def fields() -> Iterator[str]:
    """Every field of the models, by its file and path."""

    def below(path: str, kind: Any) -> Iterator[str]:
        kind, _ = unwrapped(kind)
        if typing.get_origin(kind) is tuple:
            yield from below(path, typing.get_args(kind)[0])
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            for name, info in kind.model_fields.items():
                yield from below(f"{path} {info.alias or name}", info.annotation)
        else:
            yield path

    for file, model in FILES.items():
        yield from below(file, model)


@pytest.mark.slow
def test_another_picture_is_told(every_field: Path, typesetter: Typesetter, tmp_path: Path) -> None:
    asked = Asked(every_field, typesetter, tmp_path)
    Image.new("RGB", (60, 40), "#123456").save(asked.copy / "picture.png")
    (asked.copy / "logo.svg").write_text(LOGO.replace("v8", "v7"))
    assert asked.told() == (
        "this fact sheet: 2 changes",
        "    the picture `logo.svg` is another",
        "    the picture `picture.png` is another",
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("article.md", "[Central, 52400]", "[Central, 52300]", "chart `"),
        ("article.md", "columns: [Branch, Visits]", "columns: [Place, Visits]", "rows changed: `Branch` → `Place`"),
        ("article.md", "outlined: [Other three]", "outlined: [Central]", "outlined changed: `Other three` → `Central`"),
        ("article.md", 'bars: ["Visits, 2023–24", Change since 2019]', "bars: [Change since 2019]", ", bars changed"),
        ("article.md", "kind: bars", "kind: table", "kind changed: `bars` → `table`"),
        ("article.md", "```chart\nquarters\n```\n", "", "place of the chart `quarters` is gone"),
        ("quarters.csv", "Q1 2019,27.0", "Q1 2019,27.5", "chart `quarters`, rows changed: `27.0` → `27.5`"),
    ],
)
def test_another_chart_is_told(
    typesetter: Typesetter, tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    asked = Asked(SUNDAYS, typesetter, tmp_path)
    ArticleCopy(asked.copy).replace(file, old, new)
    assert said in "\n".join(asked.told())
