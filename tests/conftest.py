"""Fixtures that several test modules share, and the two things that their signatures name."""

import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import yaml
from babel import Locale
from hypothesis import settings

from triptych.compose import Composed
from triptych.dates import Calendar
from triptych.prose import Renderer
from triptych.typeset import Typesetter

settings.register_profile("everyday", max_examples=100, deadline=None)
settings.register_profile("slow", max_examples=2000, deadline=None)
settings.load_profile("everyday")

PROJECT = Path(__file__).parents[1]
HARROWBY = Path(__file__).parent / "articles" / "harrowby"


@cache
def calendar(language: str) -> Calendar:
    """A calendar in a language, with the English words."""
    words = yaml.safe_load((PROJECT / "templates" / "words" / "en.yaml").read_text(encoding="utf-8"))
    return Calendar(Locale.parse(language, sep="-"), words)


@dataclass(frozen=True, slots=True)
class ArticleCopy:
    """An article that a test may edit."""

    folder: Path

    def replace(self, name: str, old: str, new: str) -> None:
        """Put one text, which must stand there once, in the place of another in one of the files."""
        path = self.folder / name
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"`{old}` stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def line(self, name: str, text: str) -> int:
        """Number of the line on which a text first starts."""
        whole = (self.folder / name).read_text(encoding="utf-8")
        return whole.count("\n", 0, whole.index(text)) + 1


@dataclass(frozen=True, slots=True)
class Page:
    """Makes small documents of 100 by 100 mm, in our serif, to typeset."""

    def __call__(self, body: str, style: str = "") -> Composed:
        sheet = f'@page {{ margin: 10mm; size: 100mm 100mm }} html {{ font-family: "Serif Text" }} {style}'
        head = f'<meta charset="utf-8"><title>Page</title><style>{sheet}</style>'
        return Composed(f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>', {})


@pytest.fixture
def harrowby() -> Path:
    """The folder of the article by which everything is tested; not to be changed."""
    return HARROWBY


@pytest.fixture
def article_copy(tmp_path: Path) -> ArticleCopy:
    return ArticleCopy(Path(shutil.copytree(HARROWBY, tmp_path / "harrowby")))


@pytest.fixture
def renderer(harrowby: Path) -> Renderer:
    """A renderer that numbers the sources in the order of sources.yaml."""
    references = yaml.safe_load((harrowby / "sources.yaml").read_text(encoding="utf-8"))["references"]
    return Renderer({reference["id"]: number for number, reference in enumerate(references, start=1)})


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture(scope="session")
def typesetter() -> Typesetter:
    """A typesetter that may load the styles and the files of the article."""
    return Typesetter(PROJECT / "templates", HARROWBY)
