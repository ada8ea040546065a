"""Every text of the content files that prints is a claim, led back to passages and sources, or is declared free."""

import datetime
import string
import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal, TypeVar

import pytest
import yaml
from lxml import etree, html
from PIL import Image
from pydantic import AfterValidator, BaseModel

from tests.conftest import TEMPLATES, ArticleCopy
from triptych.build import editions, pipeline
from triptych.build.pipeline import Order
from triptych.content import claims, kinds, read
from triptych.content.claims import Claim
from triptych.content.dates import When
from triptych.content.drawn import Drawn
from triptych.content.issued import Issued
from triptych.content.kinds import KINDS
from triptych.content.model import FILES, Claimed, Free, Web
from triptych.pdf import prove
from triptych.review import statements
from triptych.review.statements import Row

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("traced")]

PROSE = "## Hours\n\nThe hours changed in 2018 and again in 2019, by 26 per cent. [@one] {#one}\n"
NAME = "one"
"""What stands in each field that holds a name."""
VALUES = {
    **{When: "2018/2019", datetime.date: datetime.date(2020, 1, 2), Drawn: "26"},
    **{int: None, float: None, bool: None, Issued: None, dict[str, str]: None},
}
"""What stands in fields of other types; the dictionaries are the authors of a source, as CSL has them."""
FIXED: Mapping[str, Any] = {
    "article.md language": "en",
    "sources.yaml references type": "book",
    **dict.fromkeys(("article.md lead image", "timeline.yaml events image"), "picture.png"),
    **dict.fromkeys(("article.md logo", "article.md logo-one-ink"), "logo.svg"),
    "charts.yaml charts kind": "lines",
    "charts.yaml charts columns": ["Year", "Visits"],
    "charts.yaml charts rows": [["2018", "1"], ["2019", ""], ["2020", "2"], ["2021", "3"]],
    **dict.fromkeys(("charts.yaml charts data", "charts.yaml charts bars", "charts.yaml charts outlined")),
    **dict.fromkeys(("charts.yaml charts small-lines", "charts.yaml charts marked")),
}
"""What must be a word that others know, the name of a file, or the numbers of a chart with a gap."""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path d="M0 0h8v8H0z" fill="#1a4a5a"/></svg>'


@dataclass(frozen=True, slots=True)
class Text:
    """A field that holds a text, filled with a word that stands nowhere else."""

    path: str
    """From the content file down."""
    mark: Claimed | Free | None


@dataclass(frozen=True, slots=True)
class Filling:
    """Makes content in which each text is a word of its own, whatever fields the models have."""

    texts: dict[str, Text] = field(default_factory=dict)
    """The fields by their words."""

    def model(self, model: type[BaseModel], path: str) -> dict[str, Any]:
        """The fields of a model, but for those that have a default and print no text of an author's."""
        found = {
            info.alias or name: self.value(info.annotation, tuple(info.metadata), f"{path} {info.alias or name}")
            for name, info in model.model_fields.items()
        }
        return {name: value for name, value in found.items() if value not in (None, [None])}

    def value(self, annotation: Any, marks: tuple[Any, ...], path: str) -> Any:
        """A value of a type, or None."""
        if path in FIXED:
            return FIXED[path]
        kind, inner = unwrapped(annotation)
        marks = (*marks, *inner)
        if typing.get_origin(kind) is tuple:
            return [self.value(typing.get_args(kind)[0], marks, path)]
        if kind in VALUES:
            return VALUES[kind]
        if typing.get_origin(kind) is Literal or (isinstance(kind, type) and issubclass(kind, Enum)):
            return None
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            return self.model(kind, path)
        assert kind is str, f"{path} is of type {kind}: say in this test whether it prints a text"
        return self.text(path, marks)

    def text(self, path: str, marks: tuple[Any, ...]) -> str | None:
        if any(getattr(mark, "pattern", None) for mark in marks):
            return NAME
        if any(isinstance(mark, AfterValidator) for mark in marks):
            return None  # one of a few values, each with a default
        number = len(self.texts)
        word = "qz" + string.ascii_lowercase[number // 26] + string.ascii_lowercase[number % 26]
        mark = next((mark for mark in marks if isinstance(mark, Claimed | Free)), None)
        self.texts[word] = Text(path, mark)
        return f"https://{word}.example" if any(mark in typing.get_args(Web) for mark in marks) else word


def unwrapped(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """A type without None, and what annotates it."""
    if typing.get_origin(kind) is Annotated:
        bare, marks = unwrapped(typing.get_args(kind)[0])
        return bare, (*marks, *typing.get_args(kind)[1:])
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        (kind,) = (one for one in typing.get_args(kind) if one is not type(None))
        return unwrapped(kind)
    return kind, ()


@dataclass(frozen=True, slots=True)
class Tried:
    """An article of such words, and what became of it."""

    texts: Mapping[str, Text]
    claims: tuple[Claim, ...]
    pages: Mapping[str, str]
    """What each document prints, without spaces."""
    editions: str
    """What the editions for readers print."""
    rows: tuple[Row, ...]
    """Those of the table of claims."""

    def documents(self, word: str) -> tuple[str, ...]:
        """Those that print a word."""
        return tuple(name for name, page in self.pages.items() if word in page)


@cache
def tried() -> Tried:
    filling = Filling()
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name, model in FILES.items():
            content = yaml.safe_dump(filling.model(model, name))
            (folder / name).write_text(f"---\n{content}---\n\n{PROSE}" if name == "article.md" else content)
        Image.new("RGB", (1200, 800), "#8a8478").save(folder / "picture.png")
        (folder / "logo.svg").write_text(LOGO)
        order = Order(tuple(KINDS))
        made = {document.name: printed(document.pdf) for document in pipeline.documents(folder, order, TEMPLATES)}
        readers = {**editions.large_print(folder, order, TEMPLATES), **editions.on_screen(folder, order, TEMPLATES)}
        shown = [printed(data) for name, data in readers.items() if name.endswith(".pdf")]
        shown += [on_screen(data) for name, data in readers.items() if name.endswith(".html")]
        files = read.files(folder)[0]
        rows = statements.rows(files, TEMPLATES.file("sources.csl"))
        return Tried(filling.texts, claims.claims(files.article), made, "".join(shown), rows)


def on_screen(page: bytes) -> str:
    body = html.document_fromstring(page.decode()).body
    etree.strip_elements(body, "script", with_tail=False)
    return str(body.text_content())


def printed(pdf: bytes) -> str:
    return "".join(prove.page_texts(pdf)).casefold()


M = TypeVar("M", Claimed, Free)


def marked(kind: type[M]) -> Iterator[tuple[str, Text, M]]:
    """The texts with a kind of mark, each with its word."""
    return ((word, text, text.mark) for word, text in tried().texts.items() if isinstance(text.mark, kind))


def test_a_printed_text_is_claimed_or_declared_free() -> None:
    unmarked = {word: text.path for word, text in tried().texts.items() if text.mark is None}
    printed = [path for word, path in unmarked.items() if tried().documents(word) or word in tried().editions]
    assert printed == [], "mark each of these in model.py, with Claimed(Prints.…) or Free(why)"


def test_a_claimed_text_prints_in_the_documents_of_its_part_alone() -> None:
    found = {text.path: tried().documents(word) for word, text, _ in marked(Claimed)}
    own = {text.path: kinds.printing(mark.part) for _, text, mark in marked(Claimed)}
    with_few_figures = {"article.md in-brief": ("briefing", "factsheet")}
    assert found == own | with_few_figures
    assert len(found) > 12


def test_a_text_that_is_declared_free_prints_and_says_why() -> None:
    not_printed = [text.path for word, text, mark in marked(Free) if not (mark.why and tried().documents(word))]
    assert set(not_printed) == {
        "timeline.yaml title",  # article.md has the title
        *("article.md lead alt", "timeline.yaml events alt"),  # for those who cannot see the picture
        "article.md address",  # a place has its own
        "article.md questions",  # on the back of the fact sheet
        "timeline.yaml events lane",  # of the only event
    }


def test_what_is_claimed_is_checked_listed_and_traced() -> None:
    """By the texts of the claims, with the documents that print each."""
    listed = {
        text: tuple(document for document in KINDS if claim.prints(document, name))
        for claim in tried().claims
        for name, text in claim.texts.items()
        if name != claims.DATA
    }
    assert listed == {word: tried().documents(word) for word, _, _ in marked(Claimed)}


def test_the_table_of_claims_has_each_printed_text_with_the_documents_that_print_it() -> None:
    """But for the records of sources, which are its evidence, and the unit of a chart, which is with its numbers."""
    rows, missing = tried().rows, []
    for word, text in tried().texts.items():
        printed = {*tried().documents(word)}
        listed = {name for row in rows for name in row.documents if word in row.printed(name)}
        if printed not in (set(), listed) and not text.path.startswith("sources") and not text.path.endswith(" unit"):
            missing.append((text.path, listed, printed))
    assert missing == []


@pytest.mark.parametrize(
    ("own", "documents"),
    [("", ("briefing", "factsheet", "poster")), ("factsheet-deck: Nine branches open.\n", ("briefing", "poster"))],
)
def test_the_deck_is_traced_in_the_fact_sheet_that_has_no_other(
    article_copy: ArticleCopy, own: str, documents: tuple[str, ...]
) -> None:
    line = "factsheet-deck: Since a trial in 2018, nine branches open on Sundays. The cost is in dispute.\n"
    article_copy.replace("article.md", line, own)
    deck = claims.claims(read.files(article_copy.folder)[0].article)[0]
    assert (deck.title, deck.documents) == ("deck `deck`", documents)
