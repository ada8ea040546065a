"""An article becomes rows, one for each statement that it prints, with what it rests on, for `claims` and `trace`.

A statement is sourced, rests on what stands around it, is unsourced, or is declared as the publisher's own.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel

from triptych.content import cite, claims, disk, fences, kin, kinds, prose, uses
from triptych.content.cite import Source
from triptych.content.claims import Claim
from triptych.content.errors import StyleError
from triptych.content.files import PROSE, Files
from triptych.content.kinds import Prints
from triptych.content.model import Article, Free
from triptych.design.where import Templates
from triptych.review import plainly, printed


class Basis(StrEnum):
    """What a statement rests on."""

    SOURCED = "sourced"
    AROUND = "by its passage"
    """A source is cited elsewhere in its passage, or in the passages that it names."""
    ARTICLE = "by the article"
    """It sums up the article."""
    UNSOURCED = "unsourced"
    OURS = "ours"
    """It is declared to need no source."""


@dataclass(frozen=True, slots=True)
class Row:
    """One printed statement, with what it rests on."""

    kind: str
    name: str
    statement: str
    standing: str
    documents: tuple[str, ...]
    passages: tuple[tuple[str, str, str], ...] = ()
    """Name, place as file:line, and text of each passage."""
    sources: tuple[Source, ...] = ()
    claim: Claim | None = None
    basis: Basis = Basis.SOURCED
    why: str = ""
    """Why a statement of the publisher needs no source."""
    signatures: tuple[str, ...] = field(default=(), compare=False)
    """Who accepted it, with the day."""

    def fields(self, document: str) -> tuple[str, ...]:
        """The texts of it that a document prints."""
        return self.claim.printed_fields(document) if self.claim else (self.statement,)

    def printed(self, document: str) -> str:
        """The text of it that a document prints."""
        return claims.BETWEEN.join(self.fields(document))


@dataclass(frozen=True, slots=True)
class _Rows:
    """Makes the rows of an article."""

    files: Files
    sources: Mapping[str, Source]

    @property
    def article(self) -> Article:
        return self.files.article

    def passage(self, name: str) -> tuple[str, str, str]:
        known = prose.texts(self.article.prose)[name]
        path, (line, _), _ = self.files.written("article.md", PROSE, known.line, 1)
        return name, f"{path}:{line}", " ".join(known.text.split())

    def of(self, keys: Sequence[str]) -> tuple[Source, ...]:
        """The sources with these keys, in the order of their numbers."""
        found = {key: self.sources[key] for key in keys if key in self.sources}
        return tuple(sorted(found.values(), key=lambda source: source.number))

    def claims(self) -> Iterator[Row]:
        known = prose.texts(self.article.prose)
        for claim in claims.claims(self.article):
            sources = self.of(claim.sources or _cited(claim))
            around = any(known[name].sources for name in claim.passages if name in known)
            otherwise = Basis.ARTICLE if claim.file == "article.md" and claim.kind != "chart" else Basis.UNSOURCED
            yield Row(
                kind=claim.kind,
                name=claim.name,
                statement=_dated(claim),
                standing=str(claim.standing),
                documents=claim.documents,
                passages=tuple(self.passage(name) for name in claim.passages if name in known),
                sources=sources,
                claim=claim,
                basis=Basis.SOURCED if sources else Basis.AROUND if around else otherwise,
            )

    def prose(self) -> Iterator[Row]:
        """The sentences of the prose, and its headings."""
        heading, loose = "", 0
        documents = kinds.printing(Prints.PROSE)
        for block in prose.rendered(self.article.prose):
            told = () if fences.chart_in(block.html) else tuple(plainly.sentences(block.html))
            if re.match(r"<h\d", block.html):
                heading, loose = block.html.striptags(), 0
                yield _own("heading", block.name, heading, documents, "It names what follows.")
                continue
            loose += not block.name
            yield from self._sentences(told, block.name or f"{loose} under “{heading}”", block.name, documents)

    def _sentences(
        self, told: Sequence[tuple[str, tuple[str, ...]]], name: str, passage: str, documents: tuple[str, ...]
    ) -> Iterator[Row]:
        known = prose.texts(self.article.prose)
        around = any(keys for _, keys in told) or bool(passage in known and known[passage].sources)
        for number, (text, keys) in enumerate(told, start=1):
            sources = self.of(keys)
            yield Row(
                kind="passage",
                name=f"{name} {number}" if len(told) > 1 else name,
                statement=text,
                standing=str(known[passage].standing) if passage in known else "supported",
                documents=documents,
                passages=(self.passage(passage),) if passage in known else (),
                sources=sources,
                basis=Basis.SOURCED if sources else Basis.AROUND if around else Basis.UNSOURCED,
            )

    def head(self) -> Iterator[Row]:
        """What the head of the article says of itself, sentence by sentence."""
        front = self.article.front
        for name, info in type(front).model_fields.items():
            documents = printed.head_documents(self.article, name, info)
            for inner, text, mark in _declared(front, name):
                shown = kinds.printing(mark.part) if name == "place" and mark.part else documents
                for number, (sentence, _) in enumerate(plainly.sentences(str(prose.rendered_line(text))), start=1):
                    yield _own("declared", f"{inner} {number}".removesuffix(" 1"), sentence, shown, mark.why)

    def help(self) -> Iterator[Row]:
        support = self.article.front.support
        for number, one in enumerate(support.resources if support else (), start=1):
            texts = [prose.plain(text) for name in type(one).model_fields for _, text, _ in _declared(one, name)]
            row = _own("place of help", str(number), claims.BETWEEN.join(texts), claims.DOCUMENTS, "")
            sources = self.of(one.sources)
            basis = Basis.SOURCED if sources else Basis.UNSOURCED
            yield Row(row.kind, row.name, row.statement, "", row.documents, sources=sources, basis=basis)

    def entries(self) -> Iterator[Row]:
        """What entries print beside their claims: captions and credits of pictures, lanes."""
        for one in self.article.traced:
            for name, info in type(one).model_fields.items():
                documents = printed.entry_documents(one, name, info)
                for inner, text, mark in _declared(one, name):
                    if inner not in ("image", "alt"):
                        yield _own(inner, getattr(one, "id", ""), prose.plain(text), documents, mark.why)


def _own(kind: str, name: str, text: str, documents: tuple[str, ...], why: str) -> Row:
    return Row(kind, name, text, "", documents, basis=Basis.OURS, why=why)


def _declared(record: BaseModel, name: str) -> Iterator[tuple[str, str, Free]]:
    """The texts of a field that are declared free, by their names; of a record in it, of its fields."""
    info, value = type(record).model_fields[name], getattr(record, name)
    mark = next((mark for mark in info.metadata if isinstance(mark, Free)), None)
    shown = name.replace("_", "-")
    if isinstance(value, BaseModel):
        for inner in type(value).model_fields:
            yield from ((f"{shown} {one}", text, mark) for one, text, mark in _declared(value, inner))
    elif mark and isinstance(value, tuple):
        yield from ((f"{shown} {number}", str(text), mark) for number, text in enumerate(value, start=1))
    elif mark and isinstance(value, str):
        yield shown, cite.printed_address(value) if value.startswith(("http:", "https:")) else value, mark


def rows(files: Files, style: Path) -> tuple[Row, ...]:
    """Every statement of an article: claims, the prose, then what is declared. A CSL style file formats the sources."""
    article = files.article
    sources = {source.key: source for source in cite.sources(article, cite.numbers(article), style)}
    making = _Rows(files, sources)
    return (*making.claims(), *making.prose(), *making.help(), *making.entries(), *making.head())


def _dated(claim: Claim) -> str:
    return f"{claim.date.edtf}: {claim.text}" if claim.date else claim.text


def _cited(claim: Claim) -> tuple[str, ...]:
    """Source keys that are cited in the texts of a claim."""
    return tuple(dict.fromkeys(mention.name for text in claim.texts.values() for mention in prose.citations(text)))


def citation_style(folder: Path, templates: Templates) -> Path:
    """The CSL style for an article: from its folder, or else from the templates. Raises StyleError."""
    folder = kin.root(folder)
    own = folder / uses.CITATION_STYLE
    if own.is_file() and not disk.inside(folder, uses.CITATION_STYLE):
        raise StyleError(f"{own} is a link that leads out of the article's folder: put the file itself there")
    return own if own.is_file() else templates.file(uses.CITATION_STYLE)
