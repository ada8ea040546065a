"""An article becomes a timeline poster: on the requested sheet, on a larger one, on panels, or with a histogram."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from triptych.compose import placed
from triptych.compose.placed import LaneView
from triptych.compose.views import ArticleView, EventView
from triptych.content.errors import FitError
from triptych.content.kinds import BANNER
from triptych.content.model import GREATEST_SIDE, Event
from triptych.design import faces
from triptych.design.sheets import SHEETS, sheet
from triptych.design.sizes import PosterType
from triptych.documents import banner, crowd, growth, index, ladder, lanes, pictured
from triptych.documents.crowd import Selection
from triptych.documents.ladder import FAR, ROOMY, Around, Laid, Lane, Rung, Sized
from triptych.documents.workshop import Document, Fit, Workshop, checked, judged, left_out, proved
from triptych.timeline import marks, spine
from triptych.timeline.columns import Columns, Spread
from triptych.timeline.drawing import Bar, Drawing
from triptych.timeline.plan import FULL, Crowded, Overfull, Plan

MOST_PANELS = 4
"""Most sheets of one poster."""
FOLLOW = (1.0, 0.85, 0.7, 0.55, 0.4, 0.25, 0.1)
"""Shares of the growth of headlines that pictures follow, to try."""
SMALLER = 0.97
"""Least size of headlines that larger pictures leave, as a share of that beside pictures of the design's size."""
FEW = 2
"""With so few events, the fact sheet says as much as a poster."""
LEAST_TIMELINE = 0.4
"""Least height of a timeline with a selection, as a share of the sheet's: else the sources follow the index."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A layout for the poster: one timeline, several on panels, or one with a selection of the events."""

    sized: Sized
    panels: Sequence[Laid]
    chosen: Selection | None = None


def poster(workshop: Workshop) -> Document:
    """The poster on the requested sheet, on a larger one if the options allow it, or on panels.

    Raises FitError when the events do not fit or a text is lost, StyleError for an unknown typeface.
    """
    return judged(lambda one: _document(_setting(one)), workshop)


def plans(workshop: Workshop) -> tuple[Plan, ...]:
    """The geometry of the poster's timeline: one plan for each panel. Raises FitError when the events do not fit."""
    return tuple(plan for panel in _setting(workshop).panels for plan in panel.plans)


def _setting(workshop: Workshop) -> Setting:
    """All events on one sheet, or else on panels, or else a selection of them with a histogram of all."""
    asked = ladder.on_sheet(workshop, workshop.sheet_name, workshop.sheet)
    if asked.sheet.banner:
        return _on_banner(asked)
    sizes = (asked, *(_larger(asked) if workshop.larger else ()))
    many = len(workshop.article.events) >= crowd.MANY
    for lay in (_with_histogram,) if many else (_on_one_sheet, _on_panels, _with_histogram):
        for sized in sizes:
            with suppress(Overfull, Crowded):
                return lay(sized)
    raise _no_room(asked)


def _on_banner(sized: Sized) -> Setting:
    """The events above and below a ruler. Raises FitError where they do not fit."""
    if laid := banner.laid_out(sized):
        return Setting(sized, [laid])
    longer = f"{min(2 * sized.sheet.width, GREATEST_SIDE):.0f}x{sized.sheet.height:.0f}mm-{BANNER}"
    raise FitError(
        f"the {len(sized.workshop.article.events)} events do not fit on {sized.name}, even without summaries\n"
        f"    Take a longer banner such as {longer}, a sheet without -{BANNER}, or fewer events."
    )


def _on_one_sheet(sized: Sized) -> Setting:
    """Lanes, if there are; type that has grown to its room; where it would be too small, the fit ladder.

    Raises Overfull.
    """
    laid = lanes.laid_out(sized) or growth.laid_out(sized) or ladder.laid_out(sized)
    if laid.rung.detail == "headline" and not laid.text.growth:
        laid = growth.headlines(sized) or laid
    return Setting(sized, [_with_pictures(sized, laid) or laid])


def _with_pictures(sized: Sized, laid: Laid) -> Laid | None:
    """The layout with as many pictures as hold in no smaller type than text may be; None where none holds.

    A picture gives way before words do: `laid` is the layout without pictures.
    """
    if laid.rung.detail != "summary" or not laid.text.growth:
        return None
    lay = lanes.laid_out if len(laid.lanes) > 1 else growth.laid_out
    order = pictured.weightiest(sized.workshop, _without_place(laid))
    best, few, many = None, 0, len(order) + 1
    count = len(order)
    while few < count < many:
        if found := _holding(sized, lay, frozenset(order[:count])):
            best, few = found, count
        else:
            many = count
        count = (few + many) // 2
    return _with_larger_pictures(best, lay) if best else None


def _with_larger_pictures(laid: Laid, lay: Callable[[Sized], Laid | None]) -> Laid:
    """The layout with pictures that follow the growth of its type as far as its headlines stay nearly as large."""
    best, least = laid, SMALLER * laid.text.size("headline-1")
    few, many = 0, len(FOLLOW)
    while few < many:
        half = (few + many) // 2
        found = _holding(replace(laid.sized, follow=FOLLOW[half]), lay, laid.sized.pictured)
        if found and found.sized.pictured == laid.sized.pictured and found.text.size("headline-1") >= least:
            best, many = found, half
        else:
            few = half + 1
    return best


def _holding(sized: Sized, lay: Callable[[Sized], Laid | None], shown: frozenset[str]) -> Laid | None:
    """The layout with the pictures of these events that have a place in it; None if it does not hold."""
    found = lay(replace(sized, pictured=shown))
    if found is None or found.rung.detail != "summary":
        return None
    lost = shown & _without_place(found)
    return _holding(sized, lay, shown - lost) if lost else found


def _without_place(laid: Laid) -> frozenset[str]:
    """The ids of the events whose cards never have a picture."""
    return frozenset(one for plan in laid.plans for one in pictured.without_place(plan))


def _larger(sized: Sized) -> Iterator[Sized]:
    """The larger sheets of the ISO A series, in the orientation of the given one, from small to large."""
    suffix = "-landscape" if sized.sheet.landscape else ""
    area = sized.sheet.width * sized.sheet.height
    for name in ("a3", "a2", "a1", "a0"):
        if SHEETS[name].width * SHEETS[name].height > area * 1.01:
            yield ladder.on_sheet(sized.workshop, name + suffix, sheet(name + suffix))


def _on_panels(sized: Sized) -> Setting:
    """The timeline divided into equal periods, one a sheet, on as few sheets as fit. Raises Overfull, Crowded."""
    for count in range(2, MOST_PANELS):
        with suppress(Overfull, Crowded):
            return Setting(sized, _panels(sized, count))
    return Setting(sized, _panels(sized, MOST_PANELS))


def _panels(sized: Sized, count: int) -> list[Laid]:
    """The timeline divided into a number of equal periods, one a sheet, in the largest type that holds.

    Raises Overfull, Crowded.
    """
    rung, text, spread = ladder.tightest(sized)
    note = sized.workshop.view.words.panel

    def laid(text: PosterType, spread: Spread, around: Around, measured: bool) -> list[Laid]:
        columns = ladder.columns_of(sized, text, spread).resized(around.left)
        plans = _plans_of_periods(sized, count, _panel_heights(sized, rung, text, columns, measured), columns)
        if any(ladder.widened(sized, plan, columns, spread) != spread for plan in plans):
            raise Overfull(math.inf)  # too many lanes, or labels that are too long, for the width
        return [Laid(sized, rung, text, (Lane(columns, checked(plan)),), around) for plan in plans]

    def grown(by: float, measured: bool) -> list[Laid] | None:
        text = sized.type.grown(by, rung.arrangement == "row")
        own = ladder.spread_of(sized, rung, text)
        with suppress(Overfull, Crowded):
            panels = laid(text, replace(spread, date=own.date, number=own.number), around, measured)
            first = panels[0].columns
            if growth.has_room(sized.workshop.view.events, rung, text, first) and all(
                panel.fill <= FULL and ladder.is_near(panel.plans[0]) for panel in panels
            ):
                return panels
        return None

    smallest = laid(text, spread, ladder.around_timeline(sized, text, note), True)
    around = ladder.around_timeline(sized, sized.type, note)
    return growth.held(sized, grown, growth.least_headline(sized)) or smallest


def _panel_heights(sized: Sized, rung: Rung, text: PosterType, columns: Columns, measured: bool) -> Mapping[str, float]:
    """Heights in mm of the cards of all panels by event id, measured or estimated."""
    if measured:
        return ladder.card_heights(sized, rung, text, columns)
    return {event.id: growth.estimate(event, rung, text, columns) for event in sized.workshop.view.events}


def _plans_of_periods(sized: Sized, count: int, heights: Mapping[str, float], columns: Columns) -> list[Plan]:
    """A plan for each of a number of equal periods. Raises Overfull, Crowded."""
    events = spine.ordered(sized.workshop.article.events)
    numbers = {event.id: number for number, event in enumerate(events, start=1)}
    eras = ladder.eras(sized, columns.era_size)
    periods = spine.periods([event.date for event in events], count)
    plans = []
    for first, last in periods:
        part = [event for event in events if first <= max(marks.middle(event.date), periods[0][0]) < last]
        if not part:
            raise Overfull(math.inf)  # a sheet without events
        carded = {event.id: heights[event.id] for event in part}
        shown = [era for era in eras if era.date.start < last and era.date.end > first]
        plans.append(spine.plan(part, carded, columns.frame, shown, numbers, (first, last)))
    return plans


def _with_histogram(sized: Sized) -> Setting:
    """Cards for the events of highest weight, a histogram of all events, and an index that lists them all.

    Where too many spans at one time keep out a card, one side with all lanes is tried as well. Raises Overfull.
    """
    found = _selected(sized, *ladder.tightest(sized))
    if found.chosen and found.chosen.crowded:
        with suppress(Overfull):
            laned = _selected(sized, *ladder.laned(sized))
            return max(found, laned, key=lambda setting: len(setting.panels[0].cards))
    return found


def _selected(sized: Sized, rung: Rung, text: PosterType, spread: Spread) -> Setting:
    """The selection on a rung, with no more lanes of span marks than there is room for. Raises Overfull."""
    workshop = sized.workshop
    spread = replace(spread, histogram=True)
    note = workshop.view.words.selection + "0" * 12
    around = ladder.around_timeline(sized, text, note)
    if around.left < LEAST_TIMELINE * sized.sheet.height:
        around = ladder.around_timeline(sized, text, note, listed=False)
    views = {event.id: event for event in workshop.view.events}
    while True:
        columns = ladder.columns_of(sized, text, spread).resized(around.left)
        if ladder.narrow(columns, text):
            raise Overfull(math.inf)
        columns = replace(columns, frame=replace(columns.frame, lanes=spread.lanes + 1))
        heights = _measuring(sized, rung, text, columns, views)
        chosen = crowd.selection(
            workshop.article.events, heights, columns.frame, ladder.eras(sized, ladder.era_size(text)), FULL
        )
        wider = ladder.widened(sized, chosen.plan, columns, spread)
        if wider == spread:
            return Setting(sized, [Laid(sized, rung, text, (Lane(columns, checked(chosen.plan)),), around)], chosen)
        spread = wider


def _measuring(
    sized: Sized, rung: Rung, text: PosterType, columns: Columns, views: Mapping[str, EventView]
) -> Callable[[Sequence[Event]], Mapping[str, float]]:
    """A function from events to the heights of their cards in mm, by id."""
    return lambda events: ladder.card_heights(sized, rung, text, columns, [views[event.id] for event in events])


def _document(setting: Setting) -> Document:
    """Set the sheets, one for each panel, and the index if there is a selection."""
    panels, chosen = setting.panels, setting.chosen
    first = panels[0]
    sized = first.sized
    workshop, view = sized.workshop, ladder.titled(sized)
    sheets: list[dict[str, Any]] = []
    drawings: dict[str, Drawing] = placed.key_drawings(sized.sheet.scale) | workshop.art
    for number, laid in enumerate(panels, start=1):
        views, drawn = _lanes(view, laid, f"timeline-{number}", chosen.bars if chosen else ())
        drawings |= drawn
        note = _note(view, laid, number, len(panels), chosen)
        sources = laid.around.sources if number == len(panels) else None
        sheets.append({"lanes": views, "note": note, "sources": sources})
    own = ladder.properties(sized, first.text, first.columns) | index.properties(sized)
    listed = index.index(sized, view.events, own) if chosen else None
    turned = banner.properties(first) if sized.sheet.banner else {}
    composed = workshop.composed(
        "poster",
        view,
        sized.sheet,
        own | first.around.properties | lanes.properties(first) | turned,
        drawings=drawings,
        sheets=sheets,
        detail=first.rung.detail,
        marks=workshop.marks,
        landscape=sized.sheet.landscape,
        key_below=sized.key_below,
        credits=first.around.credits,
        lead=first.around.lead,
        index=listed.view if listed else None,
        index_sources=() if first.around.sources else ladder.cited(view),
    )
    pages = workshop.typesetter.pages(composed)
    if not sized.sheet.banner:
        proved(pages, {name: height for laid in panels for name, height in ladder.known_heights(laid).items()})
    if listed and workshop.shaped:
        listed.prove(pages)
    after = [number for name, number in pages.anchors() if name == "section-index"]
    if (min(after) - 1 if after else pages.count) != len(panels):
        raise FitError(f"the poster needs {pages.count} pages of {sized.name}\n    Shorten its title, deck or sources.")
    fit = Fit(full=max(laid.fill for laid in panels), drift=max(laid.drift for laid in panels))
    return workshop.finished("poster", pages, _notes(sized, panels, chosen), fit)


def _lanes(
    view: ArticleView, laid: Laid, name: str, bars: Sequence[Bar]
) -> tuple[Sequence[LaneView], Mapping[str, Drawing]]:
    """The lanes of a sheet for the template, and their drawings by file name."""
    if laid.sized.sheet.banner:
        one, drawn = banner.view(laid, name)
        return [one], drawn
    views, drawings = [], dict[str, Drawing]()
    for number, lane in enumerate(laid.lanes):
        own = f"{name}-{number}" if number else name
        shown = ladder.card_pictures(laid.sized, laid.rung, laid.text, lane.columns)
        timeline, drawn = placed.timeline(
            view, lane.plan, lane.columns, laid.rung.arrangement, own, bars, pictures=shown
        )
        drawings |= drawn
        views.append(placed.lane(lane.name, timeline, lane.columns, lane.left))
    return views, drawings


def _note(view: ArticleView, laid: Laid, number: int, count: int, chosen: Selection | None) -> str:
    """The note printed on a sheet: which part of the time it shows, or how its events were chosen."""
    if chosen:
        counted = view.words[f"bin_{chosen.bin}"]
        counts = view.count(len(chosen.plan.cards)), view.count(len(view.events))
        return view.words.selection.format(*counts, counted, view.count(chosen.most))
    if count > 1:
        return placed.panel(laid.plans[0], number, count, view)
    return ""


def _notes(sized: Sized, panels: Sequence[Laid], chosen: Selection | None) -> list[str]:
    """Notes for the author: how full the sheet is, how far cards stand from their dates, what was changed to fit."""
    fill = max(laid.fill for laid in panels)
    drift = max(laid.drift for laid in panels)
    notes = [f"the card farthest from its date: {drift:.0f} mm; the sheet is {fill:.0%} full"]
    notes.append(_distances(sized, panels))
    if panels[0].rung.detail == "headline" and any(event.summary_html for event in sized.workshop.view.events):
        notes.append(left_out("the summaries of the events"))
    notes += pictured.note(len(sized.pictured), len(sized.subject.pictures))
    if sized.name != sized.workshop.sheet_name:
        notes.append(f"set on {sized.name}: the events do not fit on {sized.workshop.sheet_name}")
    if lanes.has_lanes(sized.workshop.article) and len(panels[0].lanes) == 1:
        notes.append(f"the lanes of the events do not fit on {sized.name}: set as one timeline")
    if len(panels) > 1:
        notes.append(f"set on {len(panels)} sheets, one period on each")
    if chosen:
        count = len(sized.workshop.article.events)
        notes.append(f"cards for {len(chosen.plan.cards)} of {count} events: those of highest weight")
    if drift > FAR * panels[0].columns.frame.room:
        notes.append("some cards are far from their dates: a larger sheet brings them nearer")
    elif len(sized.workshop.article.events) <= FEW:
        notes.append("so few events say as much on the fact sheet")
    elif fill < ROOMY and not chosen:
        notes.append("the sheet looks empty: a smaller sheet is enough")
    return notes


def _distances(sized: Sized, panels: Sequence[Laid]) -> str:
    """The distances from which the texts on the cards read."""
    ids, text = {card.id for laid in panels for card in laid.cards}, panels[0].text
    shown = [event for event in sized.workshop.view.events if event.id in ids]
    sizes = sorted({text.size(f"headline-{event.weight}") for event in shown})
    ends = (f"{faces.reading_distance(faces.HEADLINES, size):.1f}" for size in (sizes[0], sizes[-1]))
    note = f"headlines read from as far as {' to '.join(dict.fromkeys(ends))} m"
    if panels[0].rung.detail == "summary" and any(event.summary_html for event in shown):
        note += f", summaries from {faces.reading_distance(faces.TEXT, text.size('body')):.1f} m"
    return note


def _no_room(asked: Sized) -> FitError:
    """The error for the author: no card fits, so what stands around them is too much."""
    name = next((larger.name for larger in _larger(asked) if _holds(larger)), "")
    larger = f", or use the sheet {name}, the smallest that works" if name else ""
    return FitError(
        f"the poster does not fit on {asked.name}: title, sources and support leave no room for cards\n"
        f"    Shorten its title or deck, cite fewer sources in its events{larger}."
    )


def _holds(sized: Sized) -> bool:
    """Whether a poster fits on a sheet. With `larger`, every larger sheet has already been tried without success."""
    if sized.workshop.larger:
        return False
    with suppress(Overfull, Crowded):
        _with_histogram(sized)
        return True
    return False
