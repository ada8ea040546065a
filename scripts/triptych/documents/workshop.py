"""What all documents share: the article ready to print, and the tools that set, measure and prove it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

from triptych.compose import charts, placed, tracks
from triptych.compose.html import Composed, Composer, MeasuredPart
from triptych.compose.placed import CardPicture, CardView, MarkView
from triptych.compose.views import ArticleView, EventView
from triptych.content.errors import FitError, Problem, StyleError
from triptych.content.kinds import Paper
from triptych.content.model import Article
from triptych.content.pictures import Proportions
from triptych.design.sheets import Sheet, mm
from triptych.design.sizes import POSTER_TITLE_APART, TITLE_APART
from triptych.pdf import polish, prove, seen
from triptych.pdf.carried import Making
from triptych.pdf.opened import Opened
from triptych.timeline import promises
from triptych.timeline.columns import Columns
from triptych.timeline.drawing import Drawing
from triptych.timeline.plan import Plan
from triptych.typeset.pages import Edges, Pages, Typesetter

SLACK = 0.05
"""Space in mm kept free on a full sheet, since the typesetter rounds."""

TRACKS = "the bars of the key figures"
"""What a document leaves out first: each says no more than its number."""


def left_out(part: str) -> str:
    """What the console says of a part for which a document has no room."""
    return f"left out, for lack of room: {part}"


ENDLESS = 5_000_000
"""Height in mm of the page used for measuring: more than any article needs."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How a document fills its paper. A value is None where it does not apply."""

    full: float | None = None
    """Filled share of the sheet."""
    lines: int | None = None
    """Number of lines of text that still fit on the last page."""
    pages: int | None = None
    """Number of pages, where it varies."""
    drift: float | None = None
    """Distance of the card farthest from its date, in mm."""

    @property
    def words(self) -> str:
        """The fit in words, for the author."""
        left = f"{self.lines} line{'' if self.lines == 1 else 's'} left"
        parts = (
            None if self.full is None else f"{100 * self.full:.0f} % full",
            None if self.pages is None else f"{self.pages} page{'' if self.pages == 1 else 's'}",
            None if self.lines is None else left + ("" if self.pages is None else " on the last"),
            None if self.drift is None else f"farthest card {self.drift:.0f} mm from its date",
        )
        return ", ".join(part for part in parts if part)


NO_FIT = Fit()
"""The fit of a document that does not report one."""


@dataclass(frozen=True, slots=True)
class Document:
    """A finished and proven document, before it is written to a file."""

    name: str
    pages: int
    pdf: bytes
    notes: tuple[str, ...] = ()
    """Notes for the author: what was left out to fit, how far a card is from its date."""
    fit: Fit = NO_FIT
    html: str = ""
    """The HTML of which it was set."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """Everything that the documents of one article share."""

    article: Article
    view: ArticleView
    composer: Composer
    typesetter: Typesetter
    paper: Sheet
    paper_name: Paper
    sheet: Sheet
    sheet_name: str
    larger: bool
    """Whether the poster may use a larger sheet when the events do not fit."""
    moment: datetime
    """The date and time that the documents carry."""
    warnings: tuple[Problem, ...]
    """Warnings about the article's content."""
    making: Making
    """The files and options that each PDF carries."""
    style: Path
    """The CSL file for its sources."""
    proportions: Mapping[str, Proportions]
    """How large each picture of the article and of its events may print, by its address."""
    over: tuple[str, ...]
    """Stylesheets over that of a document."""
    ink: str
    """The colour of the one ink that the documents print in; empty where they print in several."""
    numbers: Mapping[str, int] = field(default_factory=dict, kw_only=True)
    """The pages that the contents of a briefing print, by anchor, as far as they are known before it is laid out."""
    shaped: bool = field(default=True, kw_only=True)
    """Whether heights follow from the widths of texts where they can, instead of being measured."""
    tall: bool = field(default=False, kw_only=True)
    """Whether lines of large type stand farther apart: the marks above capitals met tails of the line before."""

    @property
    def lead_ratio(self) -> float:
        """Height of the article's picture as a multiple of its width; 0 if it has none."""
        lead = self.view.lead
        return self.proportions[lead.source].ratio if lead and lead.source in self.proportions else 0.0

    @property
    def created(self) -> str:
        """The moment as ISO 8601."""
        return self.moment.strftime("%Y-%m-%dT%H:%M:%SZ")

    def composed(
        self, name: str, view: ArticleView, sheet: Sheet, properties: Mapping[str, str], **values: Any
    ) -> Composed:
        """The HTML of a document, with its CSS custom properties and the values of its template."""
        if self.tall:
            apart = POSTER_TITLE_APART if name == "poster" else TITLE_APART
            properties = {**properties, "title-apart": f"{apart:g}"}
        return self.composer.document(name, view, sheet, self.created, properties, over=self.over, **values)

    def heights(
        self, name: str, view: ArticleView, sheet: Sheet, properties: Mapping[str, str], parts: Sequence[MeasuredPart]
    ) -> Mapping[str, float]:
        """Heights in mm of parts of a document, by name, as the typesetter sets them."""
        edges = self.edges(name, view, sheet, properties, parts)
        return {part.name: edges[part.anchor][1] - edges[part.anchor][0] for part in parts}

    def edges(
        self, name: str, view: ArticleView, sheet: Sheet, properties: Mapping[str, str], parts: Sequence[MeasuredPart]
    ) -> Mapping[str, tuple[float, float]]:
        """Upper and lower edges in mm of parts of a document, and of each anchor in them, by name.

        The typesetter sets the parts one below the other on one endless page, without those whose heights are known.
        """
        known = {part.anchor: (0.0, part.height) for part in parts if part.height is not None}
        if not (parts := [part for part in parts if part.height is None]):
            return Edges(known)
        endless = replace(sheet, height=ENDLESS)
        drawings = placed.key_drawings(sheet.scale) | self.art
        composed = self.composed(name, view, endless, properties, template="measure", drawings=drawings, parts=parts)
        return Edges({**self.typesetter.edges(composed), **known})

    def cards(
        self,
        columns: Columns,
        arrangement: str,
        detail: str,
        events: Sequence[EventView] | None = None,
        pictures: Mapping[str, CardPicture] = MappingProxyType({}),
    ) -> Iterator[MeasuredPart]:
        """The cards to measure: of all events, or of the given ones. `pictures`: those on them, by the events' ids."""
        for event in self.view.events if events is None else events:
            card = CardView(event, placed.card_date(event, columns), "", arrangement, pictures.get(event.id))
            yield MeasuredPart(
                event.id, self.composer.part("timeline", "event_card", card, detail), mm(columns.card_width)
            )

    @property
    def marks(self) -> tuple[MarkView, ...]:
        """The key to the shapes of mark that the article's events have."""
        return placed.mark_key(self.view, (event.date for event in self.article.events))

    @property
    def art(self) -> dict[str, Drawing]:
        """The drawings of the key figures' tracks and of the charts, by file name."""
        plots = [plot for chart in self.view.charts.values() for plot in chart.plots.values()]
        return tracks.drawings(figure.track for figure in self.view.figures) | charts.drawings(plots)

    def finished(self, name: str, pages: Pages, notes: Sequence[str] = (), fit: Fit = NO_FIT) -> Document:
        """The document with its PDF, proven. Raises StyleError for an unknown typeface, FitError for a lost text."""
        document = self.written(name, pages, notes, fit)
        self.proven(name, pages, document.pdf)
        return document

    def written(self, name: str, pages: Pages, notes: Sequence[str], fit: Fit) -> Document:
        """The document with its PDF, not yet proven."""
        pdf = self.typesetter.pdf(pages, self.making.files(name), self.moment)
        pdf = polish.polished(pdf, _told(pages), self.ink) if self.typesetter.tagged else polish.for_press(pdf)
        return Document(name, pages.count, pdf, tuple(notes), fit, pages.html)

    def proven(self, name: str, pages: Pages, pdf: bytes) -> None:
        """Check that every text and picture is on the paper, whole and seen, in our typefaces, with its words.

        Raises StyleError for an unknown or damaged typeface and for a link smaller than its text, FitError for a text
        that is lost, cut off, overlapped, covered or crossed by a line, and for a picture that is cut off or has no
        alternative text.
        """
        with Opened(pdf) as made:
            _proven_style(name, made)
            if lost := [*pages.clipped()]:
                raise FitError(f"{name}: {_lost(lost)}")
            if lost := prove.lost_words(pages.body, made):
                raise Overlapping(f"{name}: {_lost(lost)}")
            if cut := [*pages.off_the_paper()]:
                raise FitError(f"{name}: {len(cut)} pictures run off the paper, the first on {cut[0]}")
            if outside := prove.outside(made):
                raise FitError(f"{name}: {len(outside)} texts run off the paper, the first is `{outside[0][:80]}`")
            if colliding := prove.collisions(made):
                raise Overlapping(f"{name}: {len(colliding)} texts overlap, the first on {colliding[0]}")
            if faults := seen.faults(made, [*pages.sizes()]):
                raise FitError(f"{name}: {len(faults)} things are not seen as they should be, the first on {faults[0]}")


def _proven_style(name: str, made: Opened) -> None:
    """Raises StyleError for an unknown or damaged typeface and for a link smaller than its text."""
    if faces := prove.strange_faces(made):
        raise StyleError(f"{name}: unknown or damaged typefaces: {', '.join(faces)}")
    if small := prove.small_links(made):
        raise StyleError(
            f"{name}: links smaller than their text: {len(small)}, first on {small[0]}\n"
            "    Give the text of links a line-height of .6 or more in templates/styles, such as in references.css."
        )


def _lost(texts: Sequence[str]) -> str:
    return f"{len(texts)} texts are missing or cut off, the first is `{texts[0][:80]}`"


class Overlapping(FitError):
    """Texts lie on each other, or so close that a program takes one line for a shadow of the other."""


class Misjudged(Exception):
    """A height that follows from widths is not that of the page."""


def judged(make: Callable[[Workshop], Document], workshop: Workshop) -> Document:
    """The document with heights from widths, or with measured ones if one of these is not that of the page.

    Where texts overlap, or one is not found, lines of large type stand farther apart. Raises FitError if they still do.
    """
    try:
        return make(workshop)
    except Misjudged:
        return judged(make, replace(workshop, shaped=False))
    except Overlapping as error:
        if workshop.tall:
            raise FitError(str(error)) from None
        return judged(make, replace(workshop, tall=True))


def proved(pages: Pages, heights: Mapping[str, float]) -> None:
    """Check the heights in mm of elements, by name, on the pages: of those that no page break divides.

    Raises Misjudged.
    """
    boxes = [(name, bottom - top) for name, _, (_, top, _, bottom) in pages.boxes() if name in heights]
    parts = Counter(name for name, _ in boxes)
    for name, height in boxes:
        if parts[name] == 1 and abs(height - heights[name]) > SLACK:
            raise Misjudged(name)


def _told(pages: Pages) -> polish.Told:
    return polish.Told(pages.foreign(), pages.articles(), pages.links(), pages.notes(), pages.marks())


def checked(plan: Plan) -> Plan:
    """The same plan, checked. Raises AssertionError when it breaks a promise: that is a bug in `timeline.spine`."""
    if broken := list(promises.found(plan)):
        raise AssertionError(f"the timeline breaks a promise: {broken[0]}")
    return plan


def crowded(document: str) -> FitError:
    """The error for more overlapping spans than there are lanes."""
    return FitError(
        f"the {document}'s timeline has more overlapping spans than it has room for\n"
        "    Give some of these events a narrower date, or remove one."
    )
