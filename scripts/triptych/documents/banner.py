"""A poster on which time runs from left to right: cards above and below a ruler, in columns as wide as they can be.

Its timeline is a plan of two sides that lies on its side: see `timeline.lying`.
"""

import math
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from triptych.compose import placed
from triptych.compose.html import MeasuredPart
from triptych.compose.placed import CardView, LaneView
from triptych.compose.views import EventView
from triptych.content.units import MM_PER_POINT
from triptych.design import faces, lines
from triptych.design.sheets import mm, sans_width
from triptych.design.sizes import PosterType
from triptych.documents import growth, ladder
from triptych.documents.ladder import FAR, Around, Laid, Lane, Rung, Sized
from triptych.documents.workshop import checked
from triptych.timeline import labels, lying, spine
from triptych.timeline.columns import BRACKET, ERA_LEADING, INSET, TICK, Columns
from triptych.timeline.drawing import Drawing
from triptych.timeline.lying import Ruler
from triptych.timeline.plan import FULL, LANE, Crowded, Frame, Overfull, Plan

WIDTHS = (0.9, 1.05, 1.25)
"""Widths of the cards of events of weight 1, 2 and 3, as multiples of one width."""
LEAST_WIDTH = 24.0
"""Least of this width at the scale of A3, in mm."""
NEARER = (0.12, 0.16, FAR)
"""A card should stand no farther from its date than this share of the axis: the first with which the sheet is full."""
ENOUGH = 0.8
"""A sheet so full has no need of cards farther from their dates."""
STRAIGHT, ZONE, NUMBER = 3.5, 14.0, 15.0
"""Where leaders bend, end, and reach their cards, from an edge of the ruler outwards, at the scale of A3, in mm."""
LANES = 3
"""Most lanes of span marks beside an edge."""
GAP = 5.0
"""Least white space between two cards, at the scale of A3, in mm."""
NUMBER_WHITE = 2.4
"""White space after an event's number, at the scale of A3, in mm."""
BRACKETS = 7.0
"""Distance of the brackets of eras from the lower edge of the ruler, at the scale of A3, in mm."""
ERA = 0.55
"""Size of the names of eras, as a share of that of a year."""
MOST_LINES = (2, 2, 3)
"""Most lines of the headlines of events of weight 1, 2 and 3."""


def laid_out(sized: Sized) -> Laid | None:
    """The layout in the widest columns and the largest type that hold, with summaries or else without.

    None where none holds.
    """
    base = sized.type
    around = ladder.around_timeline(sized, base)
    for detail in ("summary", "headline"):
        way = _Way(sized, Rung(1.0, 2, detail, "stacked"), around, 0.0)
        found: list[Laid] = []
        for unit in dict.fromkeys(filter(None, map(way.widest, NEARER))):
            ways = [replace(way, unit=unit, short=short).lay for short in (False, True)]
            if laid := growth.largest(sized, ways, base.least_growth):
                found.append(laid)
                if laid.fill >= ENOUGH:
                    break
        if found:
            return found[-1]
    return None


@dataclass(frozen=True, slots=True)
class _Way:
    """A way to set a banner: the width of its columns in mm is that of `WIDTHS` times `unit`."""

    sized: Sized
    rung: Rung
    around: Around
    unit: float
    short: bool = False
    """Whether the dates abbreviate months."""

    @property
    def _length(self) -> float:
        """Length of the timeline, in mm."""
        return self.sized.live - self.sized.aside

    def widest(self, nearer: float) -> float:
        """The greatest whole width with which the cards stand near their dates; 0 where there is none."""
        few = math.ceil(LEAST_WIDTH * self.sized.sheet.scale) - 1
        many = math.floor(self._length / WIDTHS[0])
        text = self.sized.type.grown(1.0)

        def holds(unit: int) -> bool:
            with suppress(Overfull, Crowded):
                plan = replace(self, unit=unit).plan(text)
                return plan.fill <= FULL and plan.drift <= nearer * self._length
            return False

        while many - few > 1:
            half = (few + many) // 2
            few, many = (half, many) if holds(half) else (few, half)
        return float(few) if holds(few) else 0.0

    def lay(self, by: float, measured: bool) -> Laid | None:
        """The layout in type that has grown by so much; None where it does not hold."""
        text = self.sized.type.grown(by)
        try:
            plan = self.plan(text)
        except (Overfull, Crowded):
            return None
        columns = self._columns(text, plan)
        if plan.fill > FULL or plan.drift > FAR * self._length or not self._has_room(text, plan):
            return None
        found = heights(self.sized, self.rung, text, columns, plan) if measured else self._estimates(text, plan)
        standing = self._standing(text, plan, found)
        if standing is None:
            return None
        lane = Lane(replace(columns, frame=standing.frame), checked(standing) if measured else standing)
        return Laid(self.sized, self.rung, text, (lane,), self.around)

    def plan(self, text: PosterType) -> Plan:
        """The plan along the ruler, not yet with its height. Raises Overfull, Crowded."""
        sized, frame = self.sized, self._frame(text)
        events = sized.workshop.article.events
        widths = {event.id: self.unit * WIDTHS[event.weight - 1] for event in events}
        calendar = sized.workshop.view.calendar
        while True:
            plan = spine.plan(events, widths, frame, ladder.eras(sized, _era_size(text)))
            longest = max((len(word) for _, word in labels.texts(plan.graduation, calendar)), default=0)
            wanted = longest * labels.WIDTH * text.year * MM_PER_POINT + 3 * sized.sheet.scale
            if wanted <= frame.label:
                return plan
            frame = replace(frame, label=wanted)

    def _frame(self, text: PosterType) -> Frame:
        """The frame on its side: its height is the length of the ruler; the places of its edges are not known yet."""
        s = self.sized.sheet.scale
        digits = len(str(len(self.sized.workshop.article.events)))
        return Frame(
            width=self.around.left,
            height=self._length,
            axes=(0.0, 0.0),
            zone=(STRAIGHT * s, ZONE * s),
            lens_axis=0.0,
            number=NUMBER * s,
            reach=self.around.left,
            gap=GAP * s,
            port=digits * 0.27 * text.size("date") * MM_PER_POINT,
            pitch=0.0,
            lens_head=0.0,
            lens_pad=0.0,
            open_zone=9 * s,
            lane=LANE * s,
            least_mark=2 * s,
            label=4 * labels.WIDTH * text.year * MM_PER_POINT + 3 * s,
            lens_label=0.0,
            lanes=LANES,
            insets=(INSET * s, INSET * s),
        )

    def _columns(self, text: PosterType, plan: Plan) -> Columns:
        """The columns of the cards. The width of a date is that of an event of weight 2."""
        s = self.sized.sheet.scale
        digits = len(str(len(self.sized.workshop.article.events)))
        numeral = max(8.5 * s, sans_width(digits, text.size("date")) + NUMBER_WHITE * s)
        size = _era_size(text)
        width = self.unit * WIDTHS[1] - numeral
        return Columns(
            plan.frame,
            numeral,
            date_width=width,
            detail_width=0.0,
            column_gap=0.0,
            month_width=0.0,
            label_room=(0.0, 0.0),
            label_size=text.year,
            short_dates=self.short,
            era_size=size,
        )

    def _has_room(self, text: PosterType, plan: Plan) -> bool:
        """Whether no word and no date is wider than its column, and no headline has too many lines."""
        columns = self._columns(text, plan)
        for event in self.sized.workshop.view.events:
            own = replace(columns, date_width=self.unit * WIDTHS[event.weight - 1] - columns.number_width)
            size, headline = text.size(f"headline-{event.weight}"), lines.plain(event.headline_html)
            most = MOST_LINES[event.weight - 1]
            if not growth.has_room([event], replace(self.rung, sides=1), text, own):
                return False
            if lines.count(headline, faces.HEADLINES, size, own.date_width) > most:
                return False
        return True

    def _estimates(self, text: PosterType, plan: Plan) -> Mapping[str, float]:
        """Heights of the cards in mm, by event id, from the widths of their words."""
        columns, rung = self._columns(text, plan), replace(self.rung, sides=1)
        found = {}
        for event in self.sized.workshop.view.events:
            own = replace(columns, date_width=self.unit * WIDTHS[event.weight - 1] - columns.number_width)
            found[event.id] = growth.estimate(event, rung, text, own)
        return found

    def _standing(self, text: PosterType, plan: Plan, found: Mapping[str, float]) -> Plan | None:
        """The plan with its ruler between the cards above and below; None where these are too high."""
        s, frame = self.sized.sheet.scale, plan.frame
        below, above = (max((found[card.id] for card in side.cards), default=0.0) for side in plan.sides)
        across = TICK * 0.6 * s + text.year * MM_PER_POINT + (TICK + 1.0) * s
        if plan.brackets:
            size = _era_size(text) * MM_PER_POINT * ERA_LEADING
            across += max(bracket.lines for bracket in plan.brackets) * size + (BRACKETS - TICK + 1.0) * s
        slack = frame.width - above - below - 2 * frame.number - across
        if slack < 0:
            return None
        upper = above + frame.number + slack / 2
        lower = upper + across
        return replace(plan, frame=replace(frame, axes=(lower, upper), eras=lower - (BRACKETS - BRACKET) * s))


def _era_size(text: PosterType) -> float:
    """Type size of the names of eras in pt: in proportion to the years."""
    return ERA * text.year


def heights(sized: Sized, rung: Rung, text: PosterType, columns: Columns, plan: Plan) -> Mapping[str, float]:
    """Heights of the cards in mm, by event id, as the typesetter sets them."""
    workshop = sized.workshop
    part = workshop.composer.part
    widths = {card.id: card.height for card in plan.cards}

    def measured(event: EventView) -> MeasuredPart:
        card = CardView(event, placed.card_date(event, columns), _width(widths[event.id], columns), "stacked right")
        return MeasuredPart(event.id, part("timeline", "event_card", card, rung.detail), mm(widths[event.id]))

    own = ladder.properties(sized, text, columns)
    return workshop.heights("poster", workshop.view, sized.sheet, own, [measured(one) for one in workshop.view.events])


def _width(width: float, columns: Columns) -> str:
    return f"--date-width: {mm(width - columns.number_width)}"


def view(laid: Laid, name: str) -> tuple[LaneView, Mapping[str, Drawing]]:
    """The timeline for the template, and its drawing by file name."""
    (lane,) = laid.lanes
    plan, columns, events = lane.plan, lane.columns, laid.sized.workshop.view.events
    found = heights(laid.sized, laid.rung, laid.text, columns, plan)
    number = laid.text.leading("date")
    drawing = lying.timeline(plan, found, number)
    words = lying.ruler_labels(plan, Ruler(laid.text.year, columns.era_size), laid.sized.workshop.view.calendar)
    cards = [
        CardView(event, placed.card_date(event, columns), place, "stacked right")
        for event, place in _places(laid, found, events)
    ]
    timeline = placed.lying(f"{name}.svg", drawing, words, cards)
    return placed.lane("", timeline, replace(columns, frame=replace(plan.frame, width=plan.frame.height)), 0.0), {
        f"{name}.svg": drawing
    }


def _places(laid: Laid, found: Mapping[str, float], events: tuple[EventView, ...]) -> Iterator[tuple[EventView, str]]:
    """Each event with the place of its card as CSS: below the ruler from a common head, above it on a common foot."""
    (lane,) = laid.lanes
    frame, by_id = lane.plan.frame, {event.id: event for event in events}
    lower, upper = frame.axes
    tops = [
        {card.id: lower + frame.number for card in lane.plan.sides[0].cards},
        {card.id: upper - frame.number - found[card.id] for card in lane.plan.sides[1].cards},
    ]
    for card in lane.plan.cards:
        top = tops[0].get(card.id, tops[1].get(card.id, 0.0))
        yield by_id[card.id], f"--left: {mm(card.top)}; --top: {mm(top)}; {_width(card.height, lane.columns)}"


def properties(laid: Laid) -> dict[str, str]:
    """The size of the timeline as CSS custom properties."""
    frame = laid.lanes[0].plan.frame
    return {"spine-width": mm(frame.height), "spine-height": mm(frame.width)}
