"""An article becomes its claims: all that is printed beside the prose, each with what it rests on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from triptych.content import prose
from triptych.content.dates import When
from triptych.content.model import Article, Figure, Reference, Standing, Traced
from triptych.content.prose import Passage

BETWEEN = " · "
"""Between the parts of a claim."""
DOCUMENTS = BRIEFING, FACTSHEET, POSTER = "briefing", "factsheet", "poster"


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing printed that leads back to passages and sources."""

    kind: str
    """figure, event, era, party, agreed, disputed, not known, in brief or deck."""
    name: str
    """Its id, or its number in its list from 1."""
    file: str
    loc: tuple[str | int, ...]
    """Where it stands in its file."""
    texts: Mapping[str, str]
    """Its lines of Markdown by field, in printing order."""
    documents: tuple[str, ...]
    """Those that print it."""
    passages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    standing: Standing = Standing.SUPPORTED
    date: When | None = None

    @property
    def title(self) -> str:
        """As an error names it."""
        return f"{self.kind} `{self.name}`"

    @property
    def text(self) -> str:
        """All that it says, without marks."""
        return self.printed(POSTER)

    def printed(self, document: str) -> str:
        """What a document prints of it, without marks."""
        return BETWEEN.join(prose.plain(text) for field, text in self.texts.items() if self.prints(document, field))

    def prints(self, document: str, field: str) -> bool:
        """Whether a document prints a field: on pages, an event has its headline alone."""
        return self.kind != "event" or document == POSTER or field == "headline"


def claims(article: Article) -> tuple[Claim, ...]:
    """Every claim, in printing order: decks, in brief, figures, events, eras, parties, agreed, disputed, not known."""
    front, positions = article.front, article.positions
    found = [
        Claim("deck", "deck", "article.md", ("deck",), {"deck": front.deck}, (BRIEFING, POSTER)),
        *(
            Claim("in brief", str(index + 1), "article.md", ("in-brief", index), {"in-brief": text}, (BRIEFING,))
            for index, text in enumerate(front.in_brief)
        ),
    ]
    if front.factsheet_deck:
        texts = {"factsheet-deck": front.factsheet_deck}
        found.insert(1, Claim("deck", "factsheet-deck", "article.md", ("factsheet-deck",), texts, (FACTSHEET,)))
    on_pages = (BRIEFING, FACTSHEET)
    lists: Sequence[tuple[str, str, str, Sequence[Traced], tuple[str, ...]]] = (
        ("figure", "figures.yaml", "figures", article.figures, on_pages),
        ("event", "timeline.yaml", "events", article.events, DOCUMENTS),
        ("era", "timeline.yaml", "eras", article.eras, (POSTER,)),
        ("party", "positions.yaml", "parties", positions.parties, (BRIEFING,)),
        ("agreed", "positions.yaml", "agreed", positions.agreed, on_pages),
        ("disputed", "positions.yaml", "disputed", positions.disputed, on_pages),
        ("not known", "positions.yaml", "not-known", positions.not_known, on_pages),
    )
    for kind, file, name, items, documents in lists:
        found.extend(
            Claim(
                kind=kind,
                name=str(getattr(item, "id", index + 1)),
                file=file,
                loc=(name, index),
                texts=({"value": item.value} if isinstance(item, Figure) else {}) | item.texts,
                documents=documents,
                passages=item.passages,
                sources=item.sources,
                standing=item.standing,
                date=getattr(item, "date", None),
            )
            for index, item in enumerate(items)
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Evidence:
    """What claims may rest on: the passages of the prose and the records of the sources."""

    passages: Mapping[str, Passage]
    sources: Mapping[str, str]

    def of(self, claim: Claim) -> str:
        """The text that a claim may rest on: the passages that it names, with their headings; else all the prose."""
        if claim.file == "article.md":
            passages = tuple(self.passages.values())
            sources = tuple(self.sources.values())
        else:
            passages = tuple(self.passages[name] for name in claim.passages if name in self.passages)
            sources = tuple(self.sources[key] for key in claim.sources if key in self.sources)
        return "\n".join([*(f"{passage.heading}\n{passage.text}" for passage in passages), *sources])

    def around(self, claim: Claim) -> str:
        """The same, and the sections of the passages, where a year may be given once for all."""
        sections = {self.passages[name].section for name in claim.passages if name in self.passages}
        near = (passage.text for passage in self.passages.values() if passage.section in sections)
        return "\n".join([self.of(claim), *near])


def evidence(article: Article) -> Evidence:
    """What the claims of an article may rest on."""
    sources = {reference.id: " ".join(_record(reference)) for reference in article.references}
    return Evidence(prose.texts(article.prose), sources)


def _record(reference: Reference) -> Iterator[str]:
    """What a source's record says: title, names, publication, date, note."""
    yield reference.title
    yield reference.title_short or ""
    yield "-".join(map(str, reference.issued))
    for author in reference.author:
        yield " ".join(str(author.get(part, "")) for part in ("given", "family", "literal"))
    for name in ("container-title", "container-title-short", "publisher", "note", "genre", "abstract"):
        yield str((reference.model_extra or {}).get(name, ""))
