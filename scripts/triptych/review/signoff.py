"""Claims become rows, each a printed statement with its passages and sources, for `claims` and `trace`."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from triptych.compose.html import Composer
from triptych.content import cite, claims, kinds, prose, typography
from triptych.content.cite import Source
from triptych.content.claims import Claim
from triptych.content.kinds import Prints
from triptych.content.read import PROSE, Files
from triptych.design.where import Templates
from triptych.pdf import prove


@dataclass(frozen=True, slots=True)
class Row:
    """One printed statement, with its passages and sources."""

    kind: str
    name: str
    statement: str
    standing: str
    documents: tuple[str, ...]
    passages: tuple[tuple[str, str, str], ...]
    """Name, place as file:line, and text of each passage."""
    sources: tuple[Source, ...]
    claim: Claim | None = None

    def printed(self, document: str) -> str:
        """The text of it that a document prints."""
        return self.claim.printed(document) if self.claim else self.statement


def rows(files: Files, style: Path) -> tuple[Row, ...]:
    """The claims of an article, then the passages of its prose. A CSL style file formats the sources."""
    article = files.article
    numbers = cite.numbers(article)
    sources = {source.key: source for source in cite.sources(article, numbers, style)}
    known = prose.texts(article.prose)

    def passage(name: str) -> tuple[str, str, str]:
        path, (line, _), _ = files.written("article.md", PROSE, known[name].line, 1)
        return name, f"{path}:{line}", " ".join(known[name].text.split())

    def of(keys: Sequence[str]) -> tuple[Source, ...]:
        return tuple(sorted((sources[key] for key in keys), key=lambda source: source.number))

    found = [
        Row(
            kind=claim.kind,
            name=claim.name,
            statement=_dated(claim),
            standing=str(claim.standing),
            documents=claim.documents,
            passages=tuple(passage(name) for name in claim.passages if name in known),
            sources=of(claim.sources or _cited(claim)),
            claim=claim,
        )
        for claim in claims.claims(article)
    ]
    found += [
        Row(
            "passage",
            one.name,
            " ".join(one.text.split()),
            str(one.standing),
            kinds.printing(Prints.PROSE),
            (passage(one.name),),
            of(one.sources),
        )
        for one in known.values()
        if one.text and not one.is_section
    ]
    return tuple(found)


def _dated(claim: Claim) -> str:
    return f"{claim.date.edtf}: {claim.text}" if claim.date else claim.text


def _cited(claim: Claim) -> tuple[str, ...]:
    """Source keys that are cited in the texts of a claim."""
    return tuple(dict.fromkeys(mention.name for text in claim.texts.values() for mention in prose.citations(text)))


def table(title: str, found: Sequence[Row], templates: Templates) -> Mapping[str, bytes]:
    """The table for an editor to sign off, as HTML and CSV files by name. Raises StyleError."""
    html = Composer(templates).report("review/claims.html.jinja", title=title, rows=found)
    return {"claims.html": html.encode(), "claims.csv": _csv(found).encode("utf-8-sig")}


def _csv(found: Sequence[Row]) -> str:
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(("kind", "name", "statement", "standing", "documents", "passages", "sources", "checked by", "date"))
    for row in found:
        passages = "\n".join(f"{name} ({place}): {text}" for name, place, text in row.passages)
        sources = "\n".join(f"[{source.number}] {source.short} {source.url}".strip() for source in row.sources)
        documents = ", ".join(row.documents)
        writer.writerow((row.kind, row.name, row.statement, row.standing, documents, passages, sources, "", ""))
    return target.getvalue()


def trace(found: Sequence[Row], document: str, pdf: bytes) -> Iterator[str]:
    """Lines with each statement that a PDF prints, by page, then its passages and sources."""
    pages = [prove.bare(text) for text in prove.page_texts(pdf)]
    placed: list[tuple[int, Row]] = [
        (number, row) for row in found if document in row.documents and (number := _page(row.printed(document), pages))
    ]
    for number, row in sorted(placed, key=lambda entry: entry[0]):
        yield f"page {number}  {row.kind} {row.name}: {row.printed(document)}"
        for name, place, _ in row.passages if row.kind != "passage" else ():
            yield f"        passage {name}, {place}"
        for source in row.sources:
            yield f"        [{source.number}] {source.short} {source.url}".rstrip()


def _page(statement: str, pages: Sequence[str]) -> int:
    """Number, from 1, of the page with most of a statement; 0 if it is not printed.

    Compares the whole fields on each page, then the single words: the text of a PDF can run across columns.
    """
    parts = [prove.bare(typography.curled(part)) for part in statement.split(claims.BETWEEN)]
    words = [prove.bare(word) for word in typography.curled(statement).split() if len(word) > 2]
    counts = [(sum(part in page for part in parts), sum(word in page for word in words)) for page in pages]
    best = max(counts, default=(0, 0))
    return counts.index(best) + 1 if best[0] or best[1] >= len(words) / 2 > 0 else 0
