"""An article becomes values that templates print unchanged: dates in words, numbers, sorted lists, safe HTML."""

import datetime
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

from babel import Locale
from babel.numbers import get_decimal_symbol
from markupsafe import Markup, escape

from triptych.charts import chart as charting
from triptych.compose import charts, contents, foreign, isolation, tables
from triptych.compose.charts import PlotView, TableView
from triptych.compose.contents import ContentsView
from triptych.compose.foreign import Foreign
from triptych.compose.tracks import TrackView
from triptych.compose.words import Words
from triptych.content import calendars, cite, customs, dates, fences, prose, typography
from triptych.content.calendars import Calendar
from triptych.content.cite import Source
from triptych.content.counts import Count
from triptych.content.dates import Precision
from triptych.content.model import (
    Article,
    Charted,
    ChartKind,
    Event,
    Figure,
    FrontMatter,
    Pictured,
    Place,
    Statement,
    Status,
    Traced,
)
from triptych.content.prose import Block, Renderer
from triptych.content.typography import HEADLINE_JOINED_OVER, TEXT_JOINED_OVER
from triptych.content.units import MM_PER_POINT
from triptych.design import faces, values
from triptych.timeline import spine
from triptych.timeline.scale import Unit

LONG_NUMBER = 24
"""Most characters of the number of an issue that stay on one line."""
ROUNDED = 0.05
"""What the typesetter may round in the width of a line, in em."""
SHORT_LICENCE = 16
"""Most characters of the name of a licence that stay on one line."""
SHORT_LINE = 40
"""Most characters of a text that shares a line."""
LONG_CONTACT = 60
"""Most characters of how to reach the publisher that stand in the masthead."""
LONG_VERSION = 60
"""Most characters of the evidence and the version that stand beside a heading."""


@dataclass(frozen=True, slots=True)
class PictureView:
    """A picture with what stands below it."""

    source: str
    """Its address during typesetting."""
    alt: str
    caption_html: Markup
    """Its caption and its credit; empty if there are none."""
    full_caption_html: Markup
    """The same with its licence, where no other line says it."""
    lines_html: tuple[Markup, ...]
    """Its caption, and its credit, of which there may be none."""
    credit_html: Markup
    """Who made it, with its licence, for a line that credits several pictures."""


@dataclass(frozen=True, slots=True)
class EventView:
    """An event. Numbers follow the order of time."""

    id: str
    number: int
    date: str
    short_date: str
    headline_html: Markup
    cited_headline_html: Markup
    """The headline with references, for documents that do not print the summary."""
    summary_html: Markup
    weight: int
    sources: tuple[str, ...]
    picture: PictureView | None = None


@dataclass(frozen=True, slots=True)
class EraView:
    """An era: a phase along the spine."""

    label: str
    date: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureView:
    """A key figure."""

    id: str
    value: str
    label_html: Markup
    basis_html: Markup
    cited_basis_html: Markup
    """The basis with references, for documents that do not print the attribution."""
    of_html: Markup
    """What 100 per cent is; empty without a track."""
    track: TrackView | None
    attribution_html: Markup
    sources: tuple[str, ...]
    passage: str
    """Name of the passage beside which the briefing repeats the figure; empty if there is none."""

    @property
    def loose_value(self) -> str:
        """The value with spaces at which a line may end, where it does not fit on one."""
        return self.value.replace(typography.NO_BREAK, " ")

    @property
    def wide_note(self) -> bool:
        """Whether the value needs more than one line in the margin."""
        return not values.NOTE.holds(self.value)

    @property
    def wide_cell(self) -> bool:
        """Whether the value needs more than one line in the table."""
        return not values.WIDE_TABLE.holds(self.value)

    @property
    def note_style(self) -> str:
        """The size of the value in the margin as a CSS custom property; empty for that of the design."""
        size = values.NOTE.size_for([self.value])
        return f"--note-size: {size:g}pt" if size < values.NOTE.size else ""


@dataclass(frozen=True, slots=True)
class LeadView:
    """A sentence in brief, or a paragraph of the opening, on a fact sheet that has few figures."""

    name: str
    """Its anchor; empty for a paragraph."""
    text_html: Markup
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartyView:
    """A party and its position."""

    party_html: Markup
    says_html: Markup


@dataclass(frozen=True, slots=True)
class StatementView:
    """One line of agreed, disputed, not known."""

    text_html: Markup
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StatusView:
    """One of the columns agreed, disputed, not known."""

    name: str
    """agreed, disputed or not-known."""
    title: str
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A resource: where to find help."""

    name: str
    contact: str
    """Empty if there is none, as the address and the description."""
    url: str
    address: str
    """The address as printed, without its scheme."""
    description_html: Markup
    """At least a full stop, with its references."""
    described: bool
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScaleView:
    """What is said about the scale of the timeline. Empty without events."""

    title: str = ""
    """The title of the figure, with the years or days of its events."""
    note: str = ""
    """How to read the figure."""
    how_to_read: str = ""
    """How to read the poster."""
    along: str = ""
    """How to read a banner, where time does not run down the page."""
    zone: str = ""
    """The time zone of the scale, where the times are of several."""


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart."""

    name: str
    """Its anchor, and the name of its block in the prose."""
    number: str
    title_html: Markup
    subtitle_html: Markup
    not_shown_html: Markup
    source_html: Markup
    sources: tuple[str, ...]
    across: bool
    """Whether it stands across the page in the briefing."""
    whole: bool
    """Whether all its numbers are printed in it."""
    plots: Mapping[str, PlotView]
    """It in each document that prints it, by the document's name."""
    table: TableView
    data: Charted
    abreast: "ChartView | None" = None
    """The chart that stands beside it in the briefing."""
    head: tuple[int, int] = (0, 0)
    """Numbers of lines of the longer title and of the longer subtitle of both."""

    def grown(self, document: str, taller: float, calendar: Calendar) -> "ChartView":
        """The same, in one of the documents taller by so many mm, if it is one of lines."""
        plot = charts.view(self.data, document, charts.plotted(self.data, document, calendar, taller))
        return replace(self, plots={**self.plots, document: plot})

    @property
    def grows(self) -> bool:
        """Whether it may be taller."""
        return self.data.chart.kind == ChartKind.LINES


Citing = EventView | EraView | ChartView | FigureView | LeadView | StatementView | ResourceView
"""Views that list the sources they cite."""


@dataclass(frozen=True, slots=True)
class ArticleView:
    """Everything that the documents print. What the article does not have is empty."""

    front: FrontMatter
    words: Words
    title_html: Markup
    deck_html: Markup
    factsheet_deck_html: Markup
    date: str
    number: str
    evidence_to: str
    version_line: str
    draft: str
    """The word for a draft; empty if the article is final."""
    draft_line: str
    """What each page of a draft says; empty if the article is final."""
    address: str
    """The article's web address as printed."""
    reach: str
    """How to reach the publisher, in the masthead of a house that has a logo or a web address; else empty."""
    web: str
    """The publisher's web address as printed there."""
    place: tuple[str, ...]
    """Who hands it out: name, address and telephone, as far as they are given; empty if nobody is named."""
    place_room: range
    """White in em behind it, so that it takes as much room as the longest of several places."""
    standing_key: str
    """The meaning of each mark of standing that the briefing prints; empty if it prints none."""
    sources_count: str
    in_brief_html: tuple[Markup, ...]
    questions_html: tuple[Markup, ...]
    leads: tuple[LeadView, ...]
    """What the fact sheet prints before its figures, where these are few."""
    blocks: tuple[Block, ...]
    events: tuple[EventView, ...]
    eras: tuple[EraView, ...]
    scale: ScaleView
    charts: Mapping[str, ChartView]
    """The charts by the names of their blocks, in the order of the prose."""
    figures: tuple[FigureView, ...]
    parties: tuple[PartyView, ...]
    parties_order: str
    status: tuple[StatusView, ...]
    support_note_html: Markup
    resources: tuple[ResourceView, ...]
    method_html: Markup
    corrections_html: Markup
    licence_html: Markup
    lead: PictureView | None
    lead_credit_html: Markup
    """Whose picture the lead is, at the end of a document that prints it."""
    credits_html: Markup
    """Whose all pictures of the article and its events are."""
    sources: tuple[Source, ...]
    calendar: Calendar

    @property
    def running_line(self) -> str:
        """The line at the foot of each page of the briefing: whether it is a draft, the evidence, the version."""
        return " ".join(part for part in (self.draft_line, self.version_line) if part)

    @property
    def long_version(self) -> bool:
        """Whether the evidence and the version need a line of their own."""
        return len(self.version_line) > LONG_VERSION

    @property
    def unversioned(self) -> "ArticleView":
        """The same with a sign for a short version: what stands beside it is as high."""
        return self if self.long_version or not self.version_line else replace(self, version_line="–")

    @property
    def short_licence(self) -> bool:
        """Whether a line with other text has room for the licence."""
        return 0 < len(self.licence_html.striptags()) <= SHORT_LINE

    @property
    def mirrored(self) -> bool:
        """Whether the language is written from right to left, so that every page is mirrored."""
        return bool(self.calendar.locale.text_direction == "rtl")

    @property
    def title_line(self) -> str:
        """The title for a running head, where Latin words keep their direction."""
        return isolation.in_a_line(self.title_html, self.mirrored)

    @property
    def colon(self) -> str:
        """A colon, with the space that the language puts before it."""
        return customs.kept("x:", self.front.language)[1:]

    @property
    def comma(self) -> str:
        """The comma of the language."""
        return customs.kept(",", self.front.language)

    def credits_of(self, pictures: Iterable[PictureView]) -> Markup:
        """The line that says who made these pictures, each once; empty if none says so."""
        given = [*dict.fromkeys(one.credit_html for one in pictures if one.credit_html)]
        text = escape(customs.kept(self.words.picture_credits, self.front.language))
        return Markup(text).format(Markup("; ").join(given)) if given else Markup()

    @property
    def lists_elsewhere(self) -> bool:
        """Whether a reader of the poster finds the sources in full elsewhere: at its address, or in the briefing."""
        return bool(self.address or self.blocks or self.parties)

    @property
    def has_colophon(self) -> bool:
        """Whether there is a method, corrections, a licence or a web address to print at the end."""
        return bool(
            self.lead_credit_html
            or self.method_html
            or self.standing_key
            or self.corrections_html
            or self.licence_html
            or self.front.address
        )

    @property
    def address_ems(self) -> str:
        """The width of the article's web address on one line, in CSS: in em of our sans."""
        room = (self.front.place and self.front.place.address_room) or 0.0
        return f"{max(ems(self.address), room) + ROUNDED:.2f}em"

    @property
    def has_house_line(self) -> bool:
        """Whether the masthead has a second line, with the logo, the contact and the web address of the publisher."""
        return bool(self.front.logo or self.web)

    @property
    def figures_stay_whole(self) -> bool:
        """Whether the table of key figures never breaks over pages."""
        return len(self.figures) <= tables.SHORT

    @property
    def parties_stay_whole(self) -> bool:
        """Whether the table of parties never breaks over pages."""
        return len(self.parties) <= tables.SHORT

    @property
    def figures_have_basis(self) -> bool:
        """Whether the table of key figures has a column for their basis."""
        return any(figure.basis_html or figure.track for figure in self.figures)

    @property
    def unprinted_charts(self) -> tuple[ChartView, ...]:
        """The charts of which not all numbers are printed."""
        return tuple(chart for chart in self.charts.values() if not chart.whole)

    def charts_of(self, document: str) -> tuple[ChartView, ...]:
        """The charts that a document prints."""
        return tuple(chart for chart in self.charts.values() if document in chart.plots)

    @property
    def has_tracks(self) -> bool:
        """Whether a key figure is drawn."""
        return any(figure.track for figure in self.figures)

    @property
    def figures_have_source(self) -> bool:
        """Whether the table of key figures has a column for their source."""
        return any(figure.attribution_html for figure in self.figures)

    def without_tracks(self) -> "ArticleView":
        """The same, with no key figure drawn."""
        return replace(self, figures=tuple(replace(one, track=None, of_html=Markup()) for one in self.figures))

    def contents(self, order: Sequence[str]) -> ContentsView:
        """The contents of the briefing, with these sections after the prose."""
        titles = {
            "figures": self.words.key_figures if self.figures else "",
            "timeline": self.words.timeline_to_scale if self.events else "",
            "parties": self.words.parties if self.parties else "",
            "status": self.words.status if self.status else "",
            "support": self.words.support if self.resources else "",
            "sources": self.words.sources if self.sources else "",
        }
        sections = {f"section-{name}": titles[name] for name in order if titles.get(name)}
        return contents.contents(self.words.in_this_briefing, self.blocks, sections)

    def without_charts(self, document: str) -> "ArticleView":
        """The same, with no chart in one of the documents."""
        charts = {
            name: replace(chart, plots={room: plot for room, plot in chart.plots.items() if room != document})
            for name, chart in self.charts.items()
        }
        return replace(self, charts=charts)

    def count(self, number: int) -> Count:
        """A number of things, grouped as the language groups it: 1,000."""
        return self.calendar.count(number)

    def sources_of(self, *parts: Sequence[Citing]) -> tuple[Source, ...]:
        """The sources that these parts cite, in the order of their numbers."""
        keys = {key for part in parts for item in part for key in item.sources}
        return tuple(source for source in self.sources if source.key in keys)


def _renderer(source: Article, numbers: Mapping[str, int]) -> prose.Renderer:
    return prose.renderer(tuple(numbers.items()), tuple(cite.names(source).items()), source.front.language)


def printable(source: Article, words: Words, style: Path) -> ArticleView:
    """Prepare an article for print. `words` are those of its language; `style` is the CSL file for its sources."""
    source = foreign.marked(_handed_out(source))
    front, positions = source.front, source.positions
    numbers = cite.numbers(source)
    calendar = Calendar(Locale.parse(front.language, sep="-"), words.by_name)
    view = _Preparation(_renderer(source, numbers), numbers, calendar, front.language, words, Foreign(source))
    evidence_to = view.day(front.evidence_to)
    rendered = view.foreign.blocks(view.renderer.blocks(source.prose), view.renderer)
    set_blocks = tables.set_tables(rendered, get_decimal_symbol(calendar.locale))
    blocks = tuple(contents.named([*tables.introduced(set_blocks)]))
    blocks, placed = _with_charts(source, blocks)
    return ArticleView(
        front=front,
        words=words,
        title_html=view.headline(front.title),
        deck_html=view.line(front.deck or ""),
        factsheet_deck_html=view.line(front.factsheet_deck or front.deck or ""),
        date=view.day(front.date),
        number=_number(words, front),
        evidence_to=evidence_to,
        version_line=_version_line(words, evidence_to, front.version),
        draft=words.draft if front.status == Status.DRAFT else "",
        draft_line=_draft_line(words, view.day(front.date)) if front.status == Status.DRAFT else "",
        address=cite.printed_address(front.address or ""),
        reach=view.plain(front.contact or "") if in_masthead(front) else "",
        web=cite.printed_address(front.web or ""),
        place=(reached := tuple(view.plain(typography.unbroken(part)) for part in _reached(front.place))),
        place_room=range(math.ceil(front.place.room - ems(", ".join(reached))))
        if front.place and front.place.room
        else range(0),
        standing_key=_standing_key(source, words),
        sources_count=words.sources_count.format(calendar.count(len(numbers))) if numbers else "",
        in_brief_html=tuple(map(view.line, front.in_brief)),
        questions_html=tuple(map(view.line, front.questions)),
        leads=tuple(view.leads(front, blocks)) if source.leads_factsheet else (),
        blocks=blocks,
        events=tuple(view.event(event, number) for number, event in enumerate(spine.ordered(source.events), start=1)),
        eras=tuple(EraView(view.plain(era.label), view.calendar.text(era.date), era.sources) for era in source.eras),
        scale=_scale(source, words, calendar),
        charts={name: view.chart(chart, name, number) for number, (name, chart) in enumerate(placed.items(), start=1)},
        figures=tuple(view.figure(figure) for figure in sorted(source.figures, key=Figure.measured_on)),
        parties=tuple(
            PartyView(view.line(party.party), view.cited(_marked(party.says, party), party.sources))
            for party in positions.parties
        ),
        parties_order=words["order_" + positions.order.replace(" ", "_")],
        status=tuple(
            StatusView(title.replace("_", "-"), words[title], tuple(map(view.statement, statements)))
            for title, statements in (
                ("agreed", positions.agreed),
                ("disputed", positions.disputed),
                ("not_known", positions.not_known),
            )
            if statements
        ),
        support_note_html=view.line((front.support and front.support.note) or ""),
        resources=view.resources(front),
        method_html=view.line(front.method or ""),
        corrections_html=view.line(_corrections(front)),
        licence_html=view.line(_licence(front, words, view)),
        lead=view.picture(front.lead) if front.lead else None,
        lead_credit_html=view.line(_credits(words, [front.lead] if front.lead else [])),
        credits_html=view.line(_credits(words, [*source.pictures])),
        sources=cite.sources(source, numbers, style),
        calendar=calendar,
    )


def _with_charts(source: Article, blocks: Sequence[Block]) -> tuple[tuple[Block, ...], Mapping[str, Charted]]:
    """The prose with an empty block in the place of each chart; and the charts by the names of these blocks.

    A chart that the prose does not place stands after the first of its passages, or at the end.
    """
    given = {one.chart.id: one for one in source.charts}
    placed: dict[str, Charted] = {}
    found: list[Block] = []

    def add(name: str) -> None:
        block = f"chart:{name}"
        placed[block] = given.pop(name)
        found.append(Block(block, Markup()))

    named = {fences.chart_in(block.html) for block in blocks}
    for block in blocks:
        if (name := fences.chart_in(block.html)) in given:
            add(name)
            continue
        found.append(block)
        here = [one.chart.id for one in given.values() if block.name and block.name in one.chart.passages[:1]]
        for name in (one for one in here if one not in named):
            add(name)
    for name in list(given):
        add(name)
    return tuple(found), placed


_NOTES = {
    "minute": ("figure_1_note_hour", "how_to_read_text_hour", "how_to_read_along_hour"),
    "year": ("figure_1_note", "how_to_read_text", "how_to_read_along"),
    **dict.fromkeys(("day", "week", "month"), ("figure_1_note_day", "how_to_read_text_day", "how_to_read_along_day")),
}
"""The words that say what has the same length everywhere: of briefing, poster and banner, by the scale's unit."""


def _scale(source: Article, words: Words, calendar: Calendar) -> ScaleView:
    """The words about the scale of an article's timeline."""
    shown = [event.date for event in source.events]
    if not shown:
        return ScaleView()
    unit = spine.unit_of([*shown, *(era.date for era in source.eras)])
    first, last = stretch(calendar, unit, *spine.reach(shown))
    note, how_to_read, along = _NOTES[unit.kind]
    zone = calendars.zone(dates.common_zone(shown)).strip()
    clock = words.scale_zone.format(zone) if zone else ""
    return ScaleView(
        title=words.figure_1.format(first, last) if last else words.figure_1_within.format(first),
        note=" ".join(filter(None, (words[note], clock))),
        how_to_read=" ".join(filter(None, (words[how_to_read], clock))),
        along=" ".join(filter(None, (words[along], clock))),
        zone=clock,
    )


def stretch(calendar: Calendar, unit: Unit, first: float, last: float) -> tuple[str, str]:
    """The first and the last year of a stretch of days; or its one year, or its days in that year, and nothing.

    It is one year where it is all of it, or where the scale is one of years.
    """
    begins, ends = (calendar.part(day, Precision.YEAR) for day in (first, math.ceil(last) - 1))
    if begins != ends:
        return begins, ends
    whole = unit.kind == "year" or dates.of_days(first, last) is Precision.YEAR
    return begins if whole else calendar.stretch(first, last), ""


def _version_line(words: Words, evidence_to: str, version: str | None) -> str:
    """The end of the evidence, and the version, as far as the article gives them."""
    evidence = customs.closed(words.evidence_part.format(evidence_to)) if evidence_to else ""
    return " ".join(part for part in (evidence, words.version_part.format(version) if version else "") if part)


def _number(words: Words, front: FrontMatter) -> str:
    """The number of the article, in words, in one line if it is short; empty if it has none."""
    text = customs.kept(words.number.format(front.number) if front.number else "", front.language)
    return text.replace(" ", typography.NO_BREAK) if len(text) <= LONG_NUMBER else text


def _handed_out(source: Article) -> Article:
    """An article whose QR code leads to the place that hands it out, if it has a web address."""
    front = source.front
    if not front.place or not front.place.url:
        return source
    leads = {"address": front.place.url, "redirects": False}  # its sources are listed elsewhere
    return replace(source, front=front.model_copy(update=leads))


def ems(text: str) -> float:
    """The width of a text on one line, in em of our sans."""
    return float(faces.width(text, faces.TEXT, 1.0) / MM_PER_POINT)


def _reached(place: Place | None) -> Sequence[str]:
    given = (place.name, place.address, place.telephone) if place else ()
    return [part for part in given if part]


def in_masthead(front: FrontMatter) -> bool:
    """Whether the masthead says how to reach the publisher: it has a second line, which holds that."""
    return bool(front.logo or front.web) and 0 < len(front.contact or "") <= LONG_CONTACT


def _corrections(front: FrontMatter) -> str:
    """Whom to tell of an error. The contact follows, where the masthead does not have it."""
    given = front.corrections, None if front.corrections and in_masthead(front) else front.contact
    return " ".join(text for text in given if text)


def _draft_line(words: Words, day: str) -> str:
    """What each page of a draft says, with its day where it has one."""
    return words.draft_dated.format(day) if day else words.draft_undated


def _standing_key(article: Article, words: Words) -> str:
    """The marks of standing of passages, figures and parties, with their meaning."""
    standings = {claim.standing for claim in (*article.figures, *article.positions.parties)}
    standings |= {passage.standing for passage in prose.texts(article.prose).values()}
    meanings = [
        f"{mark}{typography.NO_BREAK}{words[f'standing_{name}']}"
        for name, mark in prose.MARKS.items()
        if name in standings
    ]
    comma = customs.kept(",", article.front.language)
    return f"{f'{comma} '.join(meanings)}." if meanings else ""


def _marked(text: str, claim: Traced) -> str:
    """A text with the mark of its standing after the last word."""
    mark = prose.MARKS.get(claim.standing)
    return f'{text}<span class="standing">{mark}</span>' if mark else text


def _licence(front: FrontMatter, words: Words, view: "_Preparation") -> str:
    text = ""
    if licence := front.licence:
        name = _joined(licence.name)
        text = words.licence_text.format(f"[{name}]({licence.url})" if licence.url else name)
    if origin := front.source_article:
        title = f"[{origin.title}]({origin.url})" if origin.url else origin.title
        revision = words.source_revision.format(origin.revision) if origin.revision else ""
        known = (origin.publisher, _joined(origin.licence or ""), revision, view.day(origin.date))
        comma = customs.kept(",", front.language)
        text += " " + words.source_article_text.format(title, "".join(f"{comma} {part}" for part in known if part))
    return text.strip()


def _joined(name: str) -> str:
    """The short name of a licence, such as CC BY-SA 4.0, which stays on one line; a long one as it is."""
    return typography.joined(name) if len(name) <= SHORT_LICENCE else name


def _credits(words: Words, pictures: Sequence[Pictured]) -> str:
    """Who made the pictures, each once, with their licences; empty if none says so."""
    given = [_credit(one) for one in pictures]
    return words.picture_credits.format("; ".join(dict.fromkeys(filter(None, given)))) if any(given) else ""


def _credit(pictured: Pictured) -> str:
    """Who made a picture, with its licence; empty if nobody says so."""
    return ", ".join(part for part in (pictured.credit, pictured.licence) if part)


def address(pictured: Pictured) -> str:
    """The address of a picture during typesetting."""
    return f"{prose.ASSETS}{quote(pictured.image or '')}"


@dataclass(frozen=True, slots=True)
class _Preparation:
    renderer: Renderer
    numbers: Mapping[str, int]
    calendar: Calendar
    language: str
    words: Words
    foreign: Foreign

    def rendered(self, text: str) -> Markup:
        """A line of Markdown as HTML, a text of the original marked."""
        return self.foreign.line(self.renderer.line(text))

    def plain(self, text: str) -> str:
        """A text without markup, with the signs of its language."""
        return customs.kept(text, self.language)

    def line(self, text: str) -> Markup:
        return self.rendered(typography.last_words_joined(text))

    def headline(self, text: str) -> Markup:
        return self.rendered(typography.last_words_joined(text, HEADLINE_JOINED_OVER))

    def day(self, day: datetime.date | None) -> str:
        """A day in words; empty if there is none."""
        return typography.unbroken(str(self.calendar.part(day.toordinal(), Precision.DAY))) if day else ""

    def leads(self, front: FrontMatter, blocks: Sequence[Block]) -> Iterator[LeadView]:
        """The sentences in brief; if there are none, the paragraphs at the start of the prose."""
        for number, sentence in enumerate(front.in_brief, start=1):
            html = self.line(sentence)
            yield LeadView(f"claim-in-brief-{number}", html, tuple(prose.keys_in(html)))
        for html in () if front.in_brief else prose.opening(blocks):
            yield LeadView("", html, tuple(prose.keys_in(html)))

    def cited(self, text: str, keys: Sequence[str], joined_over: int = TEXT_JOINED_OVER) -> Markup:
        """A text with the references of its sources at its end."""
        text = typography.last_words_joined(text, joined_over)
        references = "; ".join(f"@{key}" for key in sorted(keys, key=self.numbers.__getitem__))
        return self.rendered(f"{text} [{references}]" if keys else text)

    def event(self, event: Event, number: int) -> EventView:
        return EventView(
            id=event.id,
            number=number,
            date=_sentence(self.calendar.text(event.date), self.language),
            short_date=_sentence(self.calendar.text(event.date, short=True), self.language),
            headline_html=self.headline(event.headline),
            cited_headline_html=self.cited(event.headline, event.sources, HEADLINE_JOINED_OVER),
            summary_html=self.cited(event.summary, event.sources) if event.summary else Markup(),
            weight=event.weight,
            sources=event.sources,
            picture=self.picture(event) if event.image else None,
        )

    def figure(self, figure: Figure) -> FigureView:
        return FigureView(
            id=figure.id,
            value=self.plain(figure.value.replace(" ", typography.NO_BREAK)),
            label_html=self.headline(figure.label),
            basis_html=self.line(figure.basis or ""),
            cited_basis_html=self.cited(_marked(figure.basis or "", figure), figure.sources),
            of_html=self.rendered(self.words.whole.format(figure.of)) if figure.track else Markup(),
            track=TrackView(figure.id, figure.track) if figure.track else None,
            attribution_html=self.cited(figure.attribution or "", figure.sources),
            sources=figure.sources,
            passage=figure.passages[0] if figure.passages else "",
        )

    def picture(self, pictured: Pictured) -> PictureView:
        texts = (pictured.caption, pictured.credit, pictured.licence)
        caption, full = (self.line(" ".join(map(_ended, filter(None, some)))) for some in (texts[:2], texts))
        lines = tuple(self.line(_ended(text)) for text in texts[:2] if text)
        credit = self.line(_credit(pictured))
        return PictureView(address(pictured), self.plain(pictured.alt or ""), caption, full, lines, credit)

    def chart(self, data: Charted, name: str, number: int) -> ChartView:
        chart = data.chart
        plots = {room: charts.plotted(data, room, self.calendar) for room in ("briefing", *chart.also)}
        return ChartView(
            name=name,
            number=self.words.chart.format(number),
            title_html=self.headline(chart.title),
            subtitle_html=self.line(chart.subtitle or ""),
            not_shown_html=self.line(chart.not_shown or ""),
            source_html=self.cited(_marked(chart.source or "", chart), chart.sources),
            sources=chart.sources,
            across=charts.across(data, "briefing"),
            whole=charting.is_whole(data, plots["briefing"]),
            plots={room: charts.view(data, room, plot) for room, plot in plots.items()},
            table=charts.table(data, self.calendar),
            data=data,
        )

    def statement(self, statement: Statement) -> StatementView:
        return StatementView(self.cited(statement.text, statement.sources), statement.sources)

    def resources(self, front: FrontMatter) -> tuple[ResourceView, ...]:
        return tuple(
            ResourceView(
                name=self.plain(resource.name),
                contact=resource.contact or "",
                url=resource.url or "",
                address=cite.printed_address(resource.url or ""),
                description_html=self.cited(f"{resource.description or ''}.", resource.sources),
                described=bool(resource.description),
                sources=resource.sources,
            )
            for resource in (front.support.resources if front.support else ())
        )


def _ended(text: str) -> str:
    """A text that ends with a sign."""
    return text if text.endswith((".", "?", "!", "…")) else f"{text}."


def _sentence(words: str, language: str) -> str:
    """A date in words with a capital letter, for a line of its own."""
    return typography.unbroken(customs.capital(words, language))
