"""The briefing's timeline: a part of a page, a whole page, several pages of one scale, or the weightiest events."""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from triptych.compose import placed, views
from triptych.compose.html import MeasuredPart
from triptych.compose.placed import TimelineView
from triptych.compose.views import EventView
from triptych.content.errors import FitError
from triptych.content.model import Event
from triptych.content.units import MM_PER_POINT
from triptych.design.sheets import mm
from triptych.documents import cards, chosen, copyfit
from triptych.documents.chosen import NOTHING, Others
from triptych.documents.copyfit import MARGINS, PART, Edges
from triptych.documents.workshop import SLACK, Workshop, checked
from triptych.timeline import apart, marks, spine
from triptych.timeline.columns import BRIEFING_LEADING, Columns, briefing_columns, factsheet_columns
from triptych.timeline.drawing import Drawing
from triptych.timeline.plan import Crowded, Overfull, Plan

LEAST = 90.0
"""Least height of a timeline, in mm."""
LOWEST, EACH = 28.0, 25.0
"""Least height of a timeline that saves a page, and the height that each event may add to it to fill one, in mm."""
FULL = 0.92
"""The largest share of the timeline's height that its cards may fill where that saves a page."""
FILL = 0.8
"""The share of the timeline's height that its cards should fill."""
MOST_PAGES = 3
"""Most pages of the timeline."""
RULE = "timeline-rule"
MORE = "timeline-more"
"""Names of measured parts: the rule of choice, and the title of a further page."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a figure has of a page."""

    width: float
    height: float
    """Between the margins, in mm."""
    stacked: bool = False
    """Whether dates stand above headlines, since the page is narrow."""

    @property
    def arrangement(self) -> str:
        """How the texts of a card stand."""
        return "stacked" if self.stacked else "row"


@dataclass(frozen=True, slots=True)
class FigurePage:
    """A page of the figure."""

    name: str
    title: str
    """Printed on each page after the first, which has the title of the figure."""
    view: TimelineView


@dataclass(frozen=True, slots=True)
class Figure1:
    """The briefing's timeline, ready for the template."""

    heights: Sequence[float]
    """Height in mm of each of its pages, of the first without its heading."""
    properties: Mapping[str, str]
    values: Mapping[str, Any]
    """The values of the template."""
    drawings: Mapping[str, Drawing]
    shown: int
    """Number of events with a card."""


def room_of(workshop: Workshop) -> Room:
    """What the figure of the briefing has."""
    top, _, bottom = MARGINS[workshop.paper_name]
    return Room(copyfit.live(workshop), workshop.paper.height - top - bottom)


def columns_of(workshop: Workshop, room: Room) -> Columns:
    """The columns of the figure. The frame's height is 0."""
    crowd = chosen.crowd_of(workshop.article.events, workshop.view.calendar)
    if room.stacked:
        return factsheet_columns(room.width, crowd=crowd)
    return briefing_columns(room.width, 0.0, crowd)


def measured(workshop: Workshop, columns: Columns, room: Room) -> Iterator[MeasuredPart]:
    """The parts of the figure to measure: the cards that may fit, the rule of choice, the title of a further page."""
    if not workshop.view.events:
        return
    part, live = workshop.composer.part, mm(room.width)
    yield from cards.on_page(workshop, columns, room.arrangement).parts(_carded(workshop))
    yield MeasuredPart(RULE, part("timeline", "figure_rule", _likely_rule(workshop)), live)
    yield MeasuredPart(MORE, part("timeline", "figure_more", workshop.view.words.figure_1_more), live)


def known_heights(workshop: Workshop, room: Room) -> Mapping[str, float]:
    """Heights of the cards that follow from widths, in mm by the names of their elements."""
    way = cards.on_page(workshop, columns_of(workshop, room), room.arrangement)
    return cards.by_element(way.known(_carded(workshop)))


def _carded(workshop: Workshop) -> Sequence[EventView]:
    """The events whose cards may fit, in the order of time."""
    ids = {event.id for event in _candidates(workshop)}
    return [event for event in workshop.view.events if event.id in ids]


def _candidates(workshop: Workshop) -> Sequence[Event]:
    """The events that may have a card, in the order of choice: all, if they are few enough for several pages."""
    events = workshop.article.events
    if len(events) <= chosen.MOST_STROKES:
        return [*chosen.in_order(events)]
    card = BRIEFING_LEADING * MM_PER_POINT + briefing_columns(0.0, 0.0).frame.gap
    return [*islice(chosen.in_order(events), int(workshop.paper.height / card))]


def figure_1(workshop: Workshop, edges: Edges, room: Room) -> Figure1:
    """The figure in the least room that holds all events; else a whole page with the weightiest.

    `edges` are those of the parts in `measured` and of the figure's heading. Raises FitError.
    """
    columns = columns_of(workshop, room)
    if not workshop.view.events:
        return Figure1((0.0,), columns.properties, {"figure_pages": ()}, {}, 0)
    order = _candidates(workshop)
    heights = {event.id: copyfit.height(edges, event.id) for event in order}
    if len(order) == len(workshop.article.events) and (laid := _with_all(workshop, columns, heights, edges, room)):
        return _drawn(workshop, laid, edges, room)
    return _drawn(workshop, _with_chosen(workshop, columns, order, heights, edges, room), edges, room)


@dataclass(frozen=True, slots=True)
class _Laid:
    """A layout: one plan a page, all of one scale."""

    columns: Columns
    plans: Sequence[Plan]
    rule: str = ""
    """How its events were chosen; empty where all have a card."""
    others: Others = NOTHING
    """What stands for those without one."""


def _with_all(
    workshop: Workshop, columns: Columns, heights: Mapping[str, float], edges: Edges, room: Room
) -> _Laid | None:
    """All events on a part of a page, a whole page or several; None where they do not fit."""
    events = workshop.article.events
    whole = _whole_page(room, edges)
    for height in _heights(workshop, sum(heights.values()), edges, whole, room):
        columns = columns.resized(height)
        with suppress(Overfull, Crowded):
            return _Laid(columns, [checked(spine.plan(events, heights, columns.frame))])
    for count in range(2, MOST_PAGES + 1):
        with suppress(Overfull, Crowded):
            return _Laid(columns, [checked(plan) for plan in _consecutive(events, heights, columns, count)])
    return None


def _heights(workshop: Workshop, cards: float, edges: Edges, whole: float, room: Room) -> Sequence[float]:
    """The heights to try for a timeline on one page, in mm; `cards` is that of all its cards together."""
    usual = min(max(cards / FILL, LEAST), PART)
    if room.stacked:
        return [height for height in (usual, whole) if height <= whole]
    most = _greatest(len(workshop.article.events), usual, whole)
    return copyfit.suited(workshop, edges, usual, max(cards / FULL, LOWEST), most), usual, PART, whole


def _greatest(count: int, usual: float, whole: float) -> float:
    """The greatest height in mm of the timeline of so many events, to fill a page: more would only be white."""
    return max(usual, min(whole - SLACK, LOWEST + count * EACH))


def _consecutive(events: Sequence[Event], heights: Mapping[str, float], columns: Columns, count: int) -> Iterator[Plan]:
    """Plans of consecutive periods of one length; an outlier stands above the first, with white above the others.

    Raises Overfull, also where a period has no event; Crowded.
    """
    ordered = spine.ordered(events)
    numbers = {event.id: number for number, event in enumerate(ordered, start=1)}
    lone, scaled = apart.without_outlier(ordered)
    head = max((spine.above_scale(columns.frame, heights[event.id]) for event in lone), default=0.0)
    frame = replace(columns.frame, head=head)
    periods = spine.periods([event.date for event in scaled], count)
    for number, (first, last) in enumerate(periods):
        part = [event for event in scaled if first <= max(marks.middle(event.date), periods[0][0]) < last]
        if not part:
            raise Overfull(math.inf)
        above = () if number else lone
        yield spine.plan([*above, *part], heights, frame, (), numbers, (first, last), bool(above))


def _with_chosen(
    workshop: Workshop,
    columns: Columns,
    order: Sequence[Event],
    heights: Mapping[str, float],
    edges: Edges,
    room: Room,
) -> _Laid:
    """The weightiest events on a whole page. Raises FitError where not even one fits."""
    events = workshop.article.events
    columns = columns.resized(_whole_page(room, edges) - copyfit.height(edges, RULE))
    try:
        plan, count = chosen.fitting(events, order, heights, columns.frame)
    except Overfull as error:
        raise FitError(
            f"the briefing's timeline is {error.over:.0f} mm too long for a page, with a single event\n"
            f"    Shorten the headline of `{order[0].id}`."
        ) from None
    others = chosen.others(events, plan)
    return _Laid(columns, [checked(plan)], _rule(workshop, count, others), others)


def _whole_page(room: Room, edges: Edges) -> float:
    """The height of the timeline below its heading on a page of its own, in mm."""
    heading = edges["part-timeline"][1] - edges["section-timeline"][0]
    return room.height - max(heading, copyfit.height(edges, MORE)) - SLACK


def _rule(workshop: Workshop, count: int, others: Others) -> str:
    """How the events were chosen, and what stands for those without a card."""
    view, words = workshop.view, workshop.view.words
    counts = view.count(count), view.count(len(view.events))
    if not others.bin:
        return words.figure_1_strokes.format(*counts)
    return words.figure_1_bars.format(*counts, words[f"bin_{others.bin}"], view.count(others.most))


def _likely_rule(workshop: Workshop) -> str:
    """The rule before the events are chosen, at its longest."""
    count = len(workshop.view.events)
    histogram = chosen.has_histogram(workshop.article.events)
    return _rule(workshop, count, Others(bin="century", most=count) if histogram else NOTHING)


def _drawn(workshop: Workshop, laid: _Laid, edges: Edges, room: Room) -> Figure1:
    """The figure with its drawings and titles."""
    view, frame = workshop.view, laid.columns.frame
    pages, drawings = [], dict(placed.key_drawings(frame.unit))
    for number, plan in enumerate(laid.plans, start=1):
        name = f"timeline-{number}" if number > 1 else "timeline"
        timeline, art = placed.timeline(
            view, plan, laid.columns, room.arrangement, name, bars=laid.others.bars, strokes=laid.others.strokes
        )
        drawings |= art
        pages.append(FigurePage(f"section-{name}", _title_of_more(workshop, plan), timeline))
    more = frame.height + copyfit.height(edges, MORE)
    rule = copyfit.height(edges, RULE) if laid.rule else 0.0
    shown = {card.id for plan in laid.plans for card in plan.cards}
    return Figure1(
        heights=(frame.height + rule, *(more for _ in laid.plans[1:])),
        properties=laid.columns.properties | placed.key_properties(frame.unit),
        values={
            "figure_pages": pages,
            "figure_rule": laid.rule,
            "figure_title": view.scale.title,
            "marks": placed.mark_key(view, (one.date for one in workshop.article.events if one.id in shown)),
        },
        drawings=drawings,
        shown=len(shown),
    )


def _title_of_more(workshop: Workshop, plan: Plan) -> str:
    """The title of a further page, with the years of its events."""
    words = workshop.view.words
    shown = {card.id for card in plan.cards}
    reach = spine.reach([event.date for event in workshop.article.events if event.id in shown])
    first, last = views.stretch(workshop.view.calendar, plan.graduation.unit, *reach)
    return words.figure_1_more.format(words.span.format(first, last) if last else first)
