"""An article becomes everything that its documents print of it, part by part and field by field.

It follows the content models: a field that a model gets is compared without another word here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from triptych.compose import views
from triptych.content import cite, claims, fences, kinds, prose
from triptych.content.claims import DOCUMENTS
from triptych.content.dates import When
from triptych.content.kinds import FACTSHEET, KINDS, Prints
from triptych.content.model import Article, Chart, Charted, Claimed, Figure, Free, Party, Standing, Traced, Unprinted
from triptych.content.prose import Block
from triptych.review import plainly
from triptych.timeline import spine


@dataclass(frozen=True, slots=True)
class Field:
    """What is printed of one field, and where."""

    text: str
    documents: tuple[str, ...]
    """Those that print it; none if no page depends on it."""


@dataclass(frozen=True, slots=True)
class Part:
    """An entry of a list, a block of the prose, or the head of the article."""

    kind: str
    name: str
    """Its id; or its number from 1, or its first words."""
    fields: Mapping[str, Field]
    """By name; the empty name stands for all of its text."""
    known: bool = False
    """Whether the name is its own, so that it is the same part wherever it stands."""

    @property
    def text(self) -> str:
        """All that is printed of it."""
        return " · ".join(field.text for field in self.fields.values() if field.text and field.documents)

    @property
    def documents(self) -> tuple[str, ...]:
        """Those that print any of it."""
        printing = {name for field in self.fields.values() if field.text for name in field.documents}
        return tuple(name for name in DOCUMENTS if name in printing)


Printed = Mapping[str, Sequence[Part]]
"""The parts by the name of their list, each in printing order."""


def printed(article: Article, style: Path, words: Mapping[str, str], theme: bytes = b"") -> Printed:
    """Everything that the documents print. A CSL style file formats the sources. Raises StyleError.

    `words` are those of its own by name, and `theme` is the theme file of the article.
    """
    positions = article.positions
    found: dict[str, Sequence[Part]] = {
        "head": (_head(article),),
        "sentences in brief": _lines(article, "in_brief", "sentence in brief"),
        "questions": _lines(article, "questions", "question"),
        "places of help": tuple(_help(article)),
        "prose": tuple(_prose(article)),
        "charts": tuple(map(_chart, article.charts)),
        "figures": _entries("figure", [*sorted(article.figures, key=Figure.measured_on)]),
        "events": _entries("event", spine.ordered(article.events)),
        "eras": _entries("era", article.eras),
        "positions": (_position_order(article),),
        "parties": _entries("party", positions.parties),
        "agreed": _entries("agreed", positions.agreed),
        "disputed": _entries("disputed", positions.disputed),
        "not known": _entries("not known", positions.not_known),
    }
    found["sources"] = tuple(_sources(article, style, [part for parts in found.values() for part in parts]))
    found["words"] = tuple(Part("word", name, {"": Field(word, DOCUMENTS)}, True) for name, word in words.items())
    looks = {str(name): Field(str(value), DOCUMENTS) for name, value in (yaml.safe_load(theme) or {}).items()}
    found["theme"] = (Part("theme", "", looks, True),)
    return found


def _shown(name: str) -> str:
    """The name of a field as an author writes it."""
    return name.replace("_", "-")


def _text(value: Any) -> str:
    """What is printed of a value: its text, its date, its entries."""
    if value is None or value is False or value is Standing.SUPPORTED:
        return ""
    if isinstance(value, When):
        return value.edtf
    if isinstance(value, tuple):
        return ", ".join(map(_text, value))
    return plainly.line(value) if type(value) is str else str(value)


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    """The texts of a field, by name; those of a record in it by its name and theirs."""
    if isinstance(value, BaseModel):
        for inner in type(value).model_fields:
            yield from _flat(f"{name} {_shown(inner)}", getattr(value, inner))
    else:
        yield name, _text(value)


_IN_LISTS = {"in_brief", "questions", "support"}
"""Fields of the head that are compared entry by entry."""


def _head(article: Article) -> Part:
    """The fields of the head of an article."""
    front = article.front
    fields = {
        text_name: Field(text, head_documents(article, name, info))
        for name, info in type(front).model_fields.items()
        if name not in _IN_LISTS
        for text_name, text in _flat(_shown(name), getattr(front, name))
    }
    if front.support:
        fields["support note"] = Field(_text(front.support.note), DOCUMENTS)
    return Part("", "", fields, True)


def head_documents(article: Article, name: str, info: FieldInfo) -> tuple[str, ...]:
    """The documents that print a field of the head: all, where its marks say nothing else."""
    if name == "contact" and not views.in_masthead(article.front):
        return kinds.printing(Prints.METHOD)
    for mark in info.metadata:
        if isinstance(mark, Unprinted):
            return ()
        if isinstance(mark, Claimed):
            return claims.printing(article, mark.part)
        if isinstance(mark, Free) and mark.part:
            return kinds.printing(mark.part)
    asked = tuple(one for one, kind in KINDS.items() if name in kind.options)
    return asked or DOCUMENTS


def _lines(article: Article, name: str, kind: str) -> tuple[Part, ...]:
    """The entries of a list of texts in the head."""
    documents = head_documents(article, name, type(article.front).model_fields[name])
    texts = getattr(article.front, name)
    return tuple(Part(kind, str(n), {"": Field(_text(text), documents)}) for n, text in enumerate(texts, start=1))


def _help(article: Article) -> Iterator[Part]:
    for number, one in enumerate(article.front.support.resources if article.front.support else (), start=1):
        fields = {_shown(name): Field(_text(getattr(one, name)), DOCUMENTS) for name in type(one).model_fields}
        yield Part("place of help", str(number), fields)


_NAMED_BY_PLACE = re.compile(r"((item|chart)-\d+(-a)*)?")
"""The ids that entries get which have none of their own."""


def _entries(kind: str, entries: Sequence[Traced]) -> tuple[Part, ...]:
    """The entries of a list."""
    return tuple(_entry(kind, one, number) for number, one in enumerate(entries, start=1))


def _entry(kind: str, one: Traced, number: int) -> Part:
    name = getattr(one, "id", "")
    known = not _NAMED_BY_PLACE.fullmatch(name)
    fields = {
        _shown(field): Field(_entry_text(one, field), entry_documents(one, field, info))
        for field, info in sorted(type(one).model_fields.items(), key=lambda item: item[0] in Traced.model_fields)
        if field != "id"
    }
    return Part(kind, name if known else str(number), fields, known)


def _entry_text(one: Traced, name: str) -> str:
    """What is printed of a field: sources stand in the order of their numbers; the first passage gives the place."""
    if name == "passages":
        return ", ".join(one.passages[:1] if isinstance(one, _PLACED) else one.passages)
    return ", ".join(sorted(one.sources)) if name == "sources" else _text(getattr(one, name))


_MARKED = (Figure, Party, Chart)
"""The entries that print the mark of their standing."""
_PLACED = (Figure, Chart)
"""The entries that stand beside their first passage."""


def entry_documents(one: Traced, name: str, info: FieldInfo) -> tuple[str, ...]:
    """The documents that print a field of an entry: each that prints the entry, where its marks say nothing else."""
    if (name == "standing" and not isinstance(one, _MARKED)) or (name == "passages" and not isinstance(one, _PLACED)):
        return ()
    if isinstance(one, Chart):
        return claims.charting(one)
    if name == "passages":
        return kinds.printing(Prints.PROSE)
    marks = (mark for mark in info.metadata if isinstance(mark, Claimed | Free))
    part = next((mark.part for mark in marks if mark.part), None)
    parts = {part} if part else {mark.part for mark in _claims_of(one)}
    return tuple(document for document, kind in KINDS.items() if kind.prints & parts)


def _claims_of(one: Traced) -> Iterator[Claimed]:
    infos = type(one).model_fields.values()
    return (mark for info in infos for mark in info.metadata if isinstance(mark, Claimed))


_OF_ROWS = {"id", "data", "rows", "columns"}
"""The fields of a chart that say where its numbers are; the numbers themselves are compared."""


def _chart(charted: Charted) -> Part:
    chart = charted.chart
    fields = {
        _shown(name): Field(_entry_text(chart, name), entry_documents(chart, name, info))
        for name, info in type(chart).model_fields.items()
        if name not in _OF_ROWS
    }
    fields[claims.DATA] = Field(charted.words, claims.charting(chart))
    return Part("chart", chart.id, fields, not _NAMED_BY_PLACE.fullmatch(chart.id))


def _position_order(article: Article) -> Part:
    documents = kinds.printing(Prints.PARTIES)
    return Part("", "", {"order of the parties": Field(article.positions.order, documents)}, True)


def _prose(article: Article) -> Iterator[Part]:
    """The headings, paragraphs, lists and so on of the prose."""
    standings = {passage.name: _text(passage.standing) for passage in prose.texts(article.prose).values()}
    titles = {one.chart.id: one.chart.title for one in article.charts}
    documents = kinds.printing(Prints.PROSE)
    blocks = prose.rendered(article.prose)
    opening = set(prose.opening(blocks)) if article.leads_factsheet and not article.front.in_brief else ()
    heading, number = "", 0
    for block in blocks:
        text = plainly.html(block.html)
        level = re.match(r"<h(\d)", block.html)
        heading, number = (text, 0) if level else (heading, number + 1)
        leads = bool(opening) and any(str(one) in block.html for one in opening)
        where = (*documents, FACTSHEET.name) if leads else documents
        fields = {"": Field(text, where), "level": Field(level[1] if level else "", where)}
        if block.name in standings:
            fields["standing"] = Field(standings[block.name], documents)
        if chart := fences.chart_in(block.html):
            known = not _NAMED_BY_PLACE.fullmatch(chart)
            title = "here" if known else titles.get(chart, "")
            yield Part("place of the chart", chart, {"": Field(title, documents)}, known)
        else:
            yield _block(block, heading, number, fields)


_KINDS = {
    **{"ul": "list", "ol": "list", "dl": "list", "table": "table", "blockquote": "quotation", "figure": "picture"},
    **{"pre": "code", "hr": "line", "div": "note"},
}


def _block(block: Block, heading: str, number: int, fields: Mapping[str, Field]) -> Part:
    tag = re.match(r"<(\w+)", block.html)
    kind = _KINDS.get(tag[1] if tag else "", "paragraph")
    if re.match(r"<h\d", block.html):
        return Part("heading", block.name or f"“{heading}”", fields, bool(block.name))
    if block.name:
        return Part("passage", block.name, fields, True)
    return Part(kind, f"{number} under “{heading}”" if heading else str(number), fields)


def _sources(article: Article, style: Path, parts: Sequence[Part]) -> Iterator[Part]:
    """The sources in the order of their numbers; each in the documents that cite it."""
    for source in cite.sources(article, cite.numbers(article), style):
        documents = _citing(source.key, parts)
        whole = tuple(name for name in documents if name != FACTSHEET.name)
        short = tuple(name for name in documents if Prints.PROSE not in KINDS[name].prints)
        entry = f"{source.text_html} {source.rest_html}"
        fields = {
            "entry": Field(plainly.html(entry), whole),
            "short title": Field(source.short, short),
            "address": Field(source.address, whole),
            "link": Field(source.url, whole),
            "note": Field(source.note, whole),
            "number": Field(str(source.number), documents),
        }
        yield Part("source", source.key, fields, True)


def _citing(key: str, parts: Iterable[Part]) -> tuple[str, ...]:
    """The documents that cite a source."""
    cited = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])")
    fields = [field for part in parts for field in part.fields.values() if cited.search(field.text)]
    return tuple(name for name in DOCUMENTS if any(name in field.documents for field in fields))
