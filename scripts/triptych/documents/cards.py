"""Heights of cards from the lines of their texts: what templates/styles/timeline.css and those of the documents say.

A card whose texts are not sure has no such height: the typesetter measures it.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from markupsafe import Markup

from triptych.compose import placed
from triptych.compose.html import MeasuredPart
from triptych.compose.views import EventView
from triptych.content.units import MM_PER_POINT
from triptych.design import faces, lines
from triptych.design.faces import Face
from triptych.design.sizes import HEADLINE_WHITE, PosterType
from triptych.documents.workshop import Workshop
from triptych.timeline.columns import Columns
from triptych.typeset import heights
from triptych.typeset.heights import Style, Unsure


@dataclass(frozen=True, slots=True)
class Setting:
    """How a text of a card is set: its style, its leading in mm, and the white space around it in mm."""

    style: Style
    leading: float
    air: float = 0.0


@dataclass(frozen=True, slots=True)
class Cards:
    """How the cards are set: their columns, arrangement and detail, the widths of headlines and summaries, in mm.

    `settings`: those of date, body and headline-1 to headline-3.
    """

    workshop: Workshop
    columns: Columns
    arrangement: str
    detail: str
    widths: tuple[float, float]
    settings: Mapping[str, Setting]

    def known(self, events: Sequence[EventView]) -> Mapping[str, float]:
        """Heights in mm of the cards that are sure, by event id."""
        found = dict[str, float]()
        for event in events if self.workshop.shaped else ():
            with suppress(Unsure):
                found[event.id] = self._height(event)
        return found

    def parts(self, events: Sequence[EventView]) -> Iterator[MeasuredPart]:
        """The cards to measure, with the heights that are sure."""
        known = self.known(events)
        for part in self.workshop.cards(self.columns, self.arrangement, self.detail, events):
            yield replace(part, height=known.get(part.name))

    def _height(self, event: EventView) -> float:
        """Height of a card without a picture. Raises Unsure."""
        date, alone = self._date(event), not event.summary_html or self.detail == "headline"
        html = event.cited_headline_html if alone else event.headline_html
        headline = self._of(html, f"headline-{event.weight}", self.widths[0])
        if self.arrangement == "row":
            return max(date, headline)
        if alone:
            return date + headline
        summary = self._of(event.summary_html, "body", self.widths[1])
        return max(date + headline, summary) if self.arrangement == "columns" else date + headline + summary

    def _date(self, event: EventView) -> float:
        """Height of the date, and of the number beside it. Raises Unsure."""
        room = self.columns.date_width if self.arrangement == "row" else self.widths[0]
        date, number = Markup.escape(placed.card_date(event, self.columns)), Markup.escape(event.number)
        return max(self._of(number, "date", self.columns.number_width), self._of(date, "date", room))

    def _of(self, html: Markup, name: str, width: float) -> float:
        """Height of a text as it is printed, with the white space around it. Raises Unsure."""
        view, setting = self.workshop.view, self.settings[name]
        settled = str(self.workshop.composer.settled(str(html), view))
        return heights.count(settled, setting.style, width, view.front.language) * setting.leading + setting.air


def on_page(workshop: Workshop, columns: Columns, arrangement: str, growth: float = 1.0) -> Cards:
    """The cards of a briefing, in a row, or of a fact sheet or a booklet, stacked; `growth`: that of a fact sheet."""
    if arrangement == "row":
        date, headline, face = 9.5, 10.5, replace(faces.PROSE, weight=600)
    elif growth == 1:
        date, headline, face = 9.0, 10.0, faces.TEXT
    else:
        date, headline, face = 9.0 * growth, 11.0 * growth, faces.HEADLINES
    leading = columns.leading * MM_PER_POINT
    title = Setting(Style(face, headline, lines.REFERENCE * headline), leading)
    settings = {
        "date": Setting(Style(faces.LABELS, date), leading),
        **{f"headline-{weight}": title for weight in (1, 2, 3)},
    }
    widths = (columns.detail_width if arrangement == "row" else columns.date_width, 0.0)
    return Cards(workshop, columns, arrangement, "headline", widths, settings)


def by_element(heights: Mapping[str, float]) -> Mapping[str, float]:
    """Heights of cards by event id become those by the names of their elements."""
    return {f"event-{name}": height for name, height in heights.items()}


def on_poster(text: PosterType, arrangement: str) -> Mapping[str, Setting]:
    """The settings of a poster's cards."""
    air = sum(text.air) + (HEADLINE_WHITE if arrangement == "stacked" else 0.0)

    def setting(name: str, face: Face, air: float = 0.0) -> Setting:
        """Leadings are as exact as CSS has them."""
        style = Style(face, text.size(name), lines.REFERENCE * text.size("body"))
        leading = round(text.leading(name) / MM_PER_POINT, 2) * MM_PER_POINT
        return Setting(style, leading, air * text.size(name) * MM_PER_POINT)

    headlines = {name: setting(name, faces.HEADLINES, air) for name in ("headline-1", "headline-2", "headline-3")}
    return {**headlines, "date": setting("date", faces.LABELS), "body": setting("body", faces.TEXT)}
