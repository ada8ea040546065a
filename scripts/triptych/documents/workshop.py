"""What the three documents share: the article ready to print, the tools that set and measure it, and its timeline."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from triptych.compose import placed
from triptych.compose.html import Composed, Composer, MeasuredPart
from triptych.compose.placed import CardView, MarkView
from triptych.compose.views import ArticleView, EventView
from triptych.content.cite import Source
from triptych.content.errors import FitError, Problem, StyleError
from triptych.content.kinds import Paper
from triptych.content.model import Article
from triptych.design.sheets import Sheet, SourceColumns, mm
from triptych.pdf import polish, prove
from triptych.pdf.carried import Making
from triptych.timeline import marks, promises
from triptych.timeline.columns import Columns
from triptych.timeline.plan import Plan
from triptych.typeset.pages import Pages, Typesetter

SLACK = 0.05
"""Kept free on a sheet that is filled to the end, in mm, since the typesetter rounds."""

ENDLESS = 5_000_000
"""Height in mm of the page on which all is measured: more than any article takes."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a document fills its paper; what does not apply to it is None."""

    full: float | None = None
    """Share of the sheet that is taken."""
    lines: int | None = None
    """Lines of text that would still fit on its last page."""
    pages: int | None = None
    """Where their number is free."""
    drift: float | None = None
    """Distance of the furthest card from its date, in mm."""

    @property
    def words(self) -> str:
        """As an author is told."""
        left = f"{self.lines} line{'' if self.lines == 1 else 's'} left"
        told = (
            None if self.full is None else f"{100 * self.full:.0f} % full",
            None if self.pages is None else f"{self.pages} page{'' if self.pages == 1 else 's'}",
            None if self.lines is None else left + ("" if self.pages is None else " on the last"),
            None if self.drift is None else f"cards at most {self.drift:.0f} mm from their dates",
        )
        return ", ".join(words for words in told if words)


UNTOLD = Fit()


@dataclass(frozen=True, slots=True)
class Document:
    """A finished document, proven, not yet written."""

    name: str
    pages: int
    pdf: bytes
    notes: tuple[str, ...] = ()
    """What an author should know: what was left out to fit, how far a card stands from its date."""
    fit: Fit = UNTOLD


@dataclass(frozen=True, slots=True)
class Workshop:
    """All that the documents of one article share."""

    article: Article
    view: ArticleView
    composer: Composer
    typesetter: Typesetter
    paper: Sheet
    paper_name: Paper
    sheet: Sheet
    sheet_name: str
    larger: bool
    """A larger sheet may be taken when the events do not fit."""
    moment: datetime
    """By which the documents are dated."""
    warnings: tuple[Problem, ...]
    """What the author should know of the content."""
    making: Making

    @property
    def created(self) -> str:
        """The moment as ISO 8601."""
        return self.moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def composed(
        self, name: str, view: ArticleView, sheet: Sheet, properties: Mapping[str, str], **values: Any
    ) -> Composed:
        return self.composer.document(name, view, sheet, self.created, properties, **values)

    def heights(
        self, name: str, view: ArticleView, sheet: Sheet, properties: Mapping[str, str], parts: Sequence[MeasuredPart]
    ) -> Mapping[str, float]:
        """Heights in mm of parts of a document, as the typesetter sets them."""
        edges = self.edges(name, view, sheet, properties, parts)
        return {part.name: edges[part.anchor][1] - edges[part.anchor][0] for part in parts}

    def edges(
        self, name: str, view: ArticleView, sheet: Sheet, properties: Mapping[str, str], parts: Sequence[MeasuredPart]
    ) -> Mapping[str, tuple[float, float]]:
        """Upper and lower edges in mm of parts of a document, set one below the other, and of each anchor in them."""
        endless = replace(sheet, height=ENDLESS)
        keys = placed.key_drawings(sheet.scale)
        composed = self.composed(name, view, endless, properties, template="measure", drawings=keys, parts=parts)
        return self.typesetter.edges(composed)

    def cards(
        self, columns: Columns, arrangement: str, detail: str, events: Sequence[EventView] | None = None
    ) -> Iterator[MeasuredPart]:
        """Each event's card, or those of some events, to be measured."""
        for event in self.view.events if events is None else events:
            card = CardView(event, placed.card_date(event, columns), "", arrangement)
            yield MeasuredPart(
                event.id, self.composer.part("timeline", "event_card", card, detail), mm(columns.card_width)
            )

    def sources(self, sources: Sequence[Source], columns: SourceColumns) -> Iterator[MeasuredPart]:
        """Each source as a list prints it, to be measured."""
        for source in sources:
            html = self.composer.part("sources", "measured_source", source)
            yield MeasuredPart(f"source-{source.key}", html, mm(columns.width))

    @property
    def marks(self) -> tuple[MarkView, ...]:
        return placed.mark_key(self.view, (event.date for event in self.article.events))

    def finished(self, name: str, pages: Pages, notes: Sequence[str] = (), fit: Fit = UNTOLD) -> Document:
        """Write the PDF and prove it. Raises StyleError for a strange face, FitError for a lost word."""
        document = self.written(name, pages, notes, fit)
        self.proven(name, pages, document.pdf)
        return document

    def written(self, name: str, pages: Pages, notes: Sequence[str], fit: Fit) -> Document:
        """The document with its PDF, not yet proven."""
        pdf = self.typesetter.pdf(pages, self.making.files(name), self.moment)
        pdf = polish.polished(pdf, pages.foreign()) if self.typesetter.tagged else polish.for_press(pdf)
        return Document(name, pages.count, pdf, tuple(notes), fit)

    def proven(self, name: str, pages: Pages, pdf: bytes) -> None:
        """Prove a PDF. Raises StyleError for a strange face or a link too small, FitError for a lost word."""
        if faces := prove.strange_faces(pdf):
            raise StyleError(f"{name}: faces that are not ours: {', '.join(faces)}")
        if small := prove.small_links(pdf):
            raise StyleError(
                f"{name}: links smaller than their text: {len(small)}, first on {small[0]}\n"
                "    Give the text of links a line-height of .6 or more in templates/styles, such as in references.css."
            )
        if lost := [*pages.clipped(), *prove.lost_words(pages.body, pdf)]:
            raise FitError(f"{name}: {len(lost)} texts are not wholly on the paper, first `{lost[0][:80]}`")
        if outside := prove.outside(pdf):
            raise FitError(f"{name}: {len(outside)} texts run off the paper, first `{outside[0][:80]}`")
        if colliding := prove.collisions(pdf):
            raise FitError(f"{name}: {len(colliding)} texts lie on each other, first on {colliding[0]}")


def checked(plan: Plan) -> Plan:
    """A plan, its promises checked."""
    if broken := list(promises.found(plan)):
        raise AssertionError(f"the timeline breaks a promise: {broken[0]}")
    return plan


def crowded(document: str) -> FitError:
    """The error for spans that overlap in more lanes than there are."""
    return FitError(
        f"the {document}'s timeline has more than {marks.LANES} spans beside each other\n"
        "    Give some of these events a narrower date, or take one out."
    )
