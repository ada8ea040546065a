"""An article becomes its claims: every printed statement outside the prose, with its passages and sources."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from triptych.content import kinds, prose
from triptych.content.dates import When
from triptych.content.kinds import FACTSHEET, KINDS, Prints
from triptych.content.model import Article, Chart, Charted, FrontMatter, Reference, Standing, Traced, claimed
from triptych.content.prose import Passage

BETWEEN = " · "
"""Separator between the fields of a claim."""
DOCUMENTS = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class Claim:
    """One printed statement, with its passages and sources."""

    kind: str
    """figure, event, era, party, agreed, disputed, not known, in brief, deck or chart."""
    name: str
    """Its id, or its number in its list from 1."""
    file: str
    loc: tuple[str | int, ...]
    """Its keys and indices in the file."""
    texts: Mapping[str, str]
    """Its lines of Markdown by field, in printing order."""
    printing: Mapping[str, tuple[str, ...]]
    """The documents that print each field."""
    passages: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    standing: Standing = Standing.SUPPORTED
    date: When | None = None
    data: str = ""
    """All that the table of a chart says."""

    @property
    def grounds(self) -> "Grounds":
        """What it rests on."""
        return Grounds(rests_on_all(self), self.passages, self.sources, self.data)

    @property
    def title(self) -> str:
        """Its kind and name, for a message."""
        return f"{self.kind} `{self.name}`"

    def place(self, field: str) -> tuple[str | int, ...]:
        """The keys and indices of one of its fields in the file."""
        return self.loc if self.file == "article.md" else (*self.loc, field)

    @property
    def documents(self) -> tuple[str, ...]:
        """Names of the documents that print at least one field."""
        return tuple(document for document in DOCUMENTS if any(self.prints(document, field) for field in self.texts))

    @property
    def text(self) -> str:
        """All its fields as plain text."""
        return BETWEEN.join(map(prose.plain, self.texts.values()))

    def printed(self, document: str) -> str:
        """The fields that a document prints, as plain text."""
        return BETWEEN.join(self.printed_fields(document))

    def printed_fields(self, document: str) -> tuple[str, ...]:
        """Each field that a document prints, as plain text."""
        return tuple(prose.plain(text) for field, text in self.texts.items() if self.prints(document, field))

    def prints(self, document: str, field: str) -> bool:
        """Whether a document prints a field. For example, only the poster prints the summary of an event."""
        return document in self.printing[field]


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a claim rests on: many rows of a table rest on the same."""

    all: bool
    """Whether it is the whole prose and every source."""
    passages: tuple[str, ...]
    sources: tuple[str, ...]
    data: str


@lru_cache(maxsize=2)
def claims(article: Article) -> tuple[Claim, ...]:
    """Every claim, in printing order: decks, in brief, figures, events, eras, parties, agreed, disputed, not known."""
    positions = article.positions
    lists: Sequence[tuple[str, str, str, Sequence[Traced]]] = (
        ("figure", "figures.yaml", "figures", article.figures),
        ("event", "timeline.yaml", "events", article.events),
        ("era", "timeline.yaml", "eras", article.eras),
        ("party", "positions.yaml", "parties", positions.parties),
        ("agreed", "positions.yaml", "agreed", positions.agreed),
        ("disputed", "positions.yaml", "disputed", positions.disputed),
        ("not known", "positions.yaml", "not-known", positions.not_known),
    )
    found = list(_of_front_matter(article))
    for kind, file, name, items in lists:
        found.extend(
            Claim(
                kind=kind,
                name=str(getattr(item, "id", index + 1)),
                file=file,
                loc=(name, index),
                texts=item.texts,
                printing=_printing(type(item)),
                passages=item.passages,
                sources=item.sources,
                standing=item.standing,
                date=getattr(item, "date", None),
            )
            for index, item in enumerate(items)
        )
    return (*found, *map(_of_chart, article.charts))


@cache
def _printing(model: type[Traced]) -> Mapping[str, tuple[str, ...]]:
    """The documents that print each claimed field of a model."""
    return {field: kinds.printing(part) for field, part in claimed(model).items()}


def _of_chart(charted: Charted) -> Claim:
    """The words and numbers of a chart, in the documents that print it."""
    chart = charted.chart
    texts = {**chart.texts, DATA: charted.words}
    documents = charting(chart)
    return Claim(
        kind="chart",
        name=chart.id,
        file=charted.file,
        loc=charted.loc,
        texts=texts,
        printing=dict.fromkeys(texts, documents),
        passages=chart.passages,
        sources=chart.sources,
        standing=chart.standing,
        data=charted.words,
    )


def charting(chart: Chart) -> tuple[str, ...]:
    """The documents that print a chart."""
    return tuple(name for name in KINDS if Prints.CHARTS in KINDS[name].prints or name in chart.also)


DATA = "rows"
"""The field of a chart that holds its numbers."""


def _of_front_matter(article: Article) -> Iterator[Claim]:
    """The claims of the front matter: one per text, and one per entry of a list."""
    front = article.front
    for field, part in claimed(FrontMatter).items():
        value = getattr(front, field.replace("-", "_"))
        kind = "deck" if part in _DECKS else field.replace("-", " ")
        where = {field: printing(article, part)}
        if isinstance(value, tuple):
            for index, text in enumerate(value):
                yield Claim(kind, str(index + 1), "article.md", (field, index), {field: text}, where)
        elif value:
            yield Claim(kind, field, "article.md", (field,), {field: value}, where)


_DECKS = (Prints.DECK, Prints.SHORT_DECK)


def printing(article: Article, part: Prints) -> tuple[str, ...]:
    """The documents that print a part of the front matter.

    Without a short deck, the deck also prints in its place. With few figures, the fact sheet prints the sentences in
    brief.
    """
    parts = _DECKS if part == Prints.DECK and not article.front.factsheet_deck else (part,)
    leading = [FACTSHEET.name] if part == Prints.IN_BRIEF and article.leads_factsheet else []
    return tuple(name for name, kind in KINDS.items() if kind.prints & set(parts) or name in leading)


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """The evidence for claims: the passages of the prose, and the records of the sources."""

    passages: Mapping[str, Passage]
    sources: Mapping[str, str]
    """The titles, names and notes of each source, and when it was issued."""
    titles: Mapping[str, str]
    """The titles alone."""
    abstracts: Mapping[str, str]
    """The abstracts and notes alone."""
    prose: str
    """All of the prose as text."""

    def of(self, claim: Claim) -> "Texts":
        """The evidence for a claim."""
        return _texts(self, claim.grounds)


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """The evidence for a claim as texts. Claims that rest on the same have one of these."""

    said: tuple[str, ...]
    """What says a number, a date or a time of it: its passages with their headings, and titles of sources.

    For front matter, all of the prose and every source; for a chart, its own table too. When a source was issued, and
    what its abstract says, is no evidence for them.
    """
    titled: tuple[str, ...]
    """The titles of its sources, which are the last of those."""
    records: tuple[str, ...]
    """The records of its sources, with when they were issued."""
    notes: tuple[str, ...]
    """The abstracts and notes of its sources."""
    sections: tuple[str, ...]
    """The passages in the sections of its own: a section often gives the year once."""
    all: str
    """What is said and recorded, as one text."""
    around: str
    """The evidence for a year: all that, and the sections of its passages."""


@lru_cache(maxsize=200)
def _texts(known: Evidence, grounds: Grounds) -> Texts:
    """The evidence that something rests on."""
    named = [known.passages[name] for name in grounds.passages if name in known.passages]
    keys = list(known.sources) if grounds.all else grounds.sources
    titled, records, notes = (
        tuple(texts[key] for key in keys if key in texts) for texts in (known.titles, known.sources, known.abstracts)
    )
    passages = (known.prose, grounds.data) if grounds.all else (f"{one.heading}\n{one.text}" for one in named)
    said = (*passages, *titled)
    sections = {one.section for one in named}
    beside = tuple(one.text for one in known.passages.values() if one.section in sections)
    everything = "\n".join((*said, *records))
    return Texts(said, titled, records, notes, beside, everything, "\n".join((everything, *beside)))


def rests_on_all(claim: Claim) -> bool:
    """Whether a claim rests on the whole prose, and not on passages that it names."""
    return claim.file == "article.md" or claim.kind == "chart"


def evidence(article: Article) -> Evidence:
    """The evidence for the claims of an article."""
    sources = {reference.id: " ".join(_record(reference)) for reference in article.references}
    titles = {reference.id: _titles(reference) for reference in article.references}
    abstracts = {reference.id: " · ".join(_extra(reference, ("note", "abstract"))) for reference in article.references}
    return Evidence(prose.texts(article.prose), sources, titles, abstracts, prose.whole(article.prose))


def _extra(reference: Reference, names: Sequence[str]) -> Iterator[str]:
    """Some fields of a source that the model does not name."""
    yield from (str((reference.model_extra or {}).get(name, "")) for name in names)


def _titles(reference: Reference) -> str:
    return " · ".join(filter(None, (reference.title, reference.title_short)))


def _record(reference: Reference) -> Iterator[str]:
    """The texts of a source's record: title, names, publication, date, note."""
    yield reference.title
    yield reference.title_short or ""
    yield re.sub(r"\b0+(?=\d)", "", str(reference.issued or ""))
    for author in reference.author:
        yield " ".join(str(author.get(part, "")) for part in ("given", "family", "literal"))
    yield from _extra(reference, ("container-title", "container-title-short", "publisher", "note", "genre", "abstract"))
