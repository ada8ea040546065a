"""An article becomes a timeline poster: on the requested sheet, on a larger one, on panels, or with a histogram."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from triptych.compose import placed
from triptych.compose.views import ArticleView
from triptych.content.errors import FitError
from triptych.content.model import Event
from triptych.design.sheets import SHEETS, sheet
from triptych.documents import crowd, ladder
from triptych.documents.crowd import Selection
from triptych.documents.ladder import FAR, FULL, ROOMY, Laid, Sized
from triptych.documents.workshop import Document, Fit, Workshop, checked, crowded
from triptych.timeline import marks, spine
from triptych.timeline.drawing import Drawing
from triptych.timeline.plan import Crowded, Overfull, Plan

MOST_PANELS = 4
"""Most sheets of one poster."""


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
    return _document(_setting(workshop))


def plans(workshop: Workshop) -> tuple[Plan, ...]:
    """The geometry of the poster's timeline: one plan for each panel. Raises FitError when the events do not fit."""
    return tuple(panel.plan for panel in _setting(workshop).panels)


def _setting(workshop: Workshop) -> Setting:
    many = len(workshop.article.events) >= crowd.MANY
    lay = _with_histogram if many else _on_one_sheet
    asked = Sized(workshop, workshop.sheet_name, workshop.sheet)
    shortages = []
    try:
        for sized in (asked, *(_larger(asked) if workshop.larger else ())):
            try:
                return lay(sized)
            except Overfull as error:
                shortages.append(error.over)
        if not many and (panels := _panels(asked)):
            return Setting(asked, panels)
    except Crowded as error:
        raise crowded("poster") from error
    raise _too_long(asked, "" if many else _shortage(shortages[0]), lay)


def _on_one_sheet(sized: Sized) -> Setting:
    return Setting(sized, [ladder.laid_out(sized)])


def _larger(sized: Sized) -> Iterator[Sized]:
    """The larger sheets of the ISO A series, in the orientation of the given one, from small to large."""
    suffix = "-landscape" if sized.sheet.landscape else ""
    area = sized.sheet.width * sized.sheet.height
    for name in ("a3", "a2", "a1", "a0"):
        if SHEETS[name].width * SHEETS[name].height > area * 1.01:
            yield Sized(sized.workshop, name + suffix, sheet(name + suffix))


def _panels(sized: Sized) -> list[Laid]:
    """The timeline divided into equal periods, one a sheet, on as few sheets as fit; empty if none fits."""
    events = spine.ordered(sized.workshop.article.events)
    numbers = {event.id: number for number, event in enumerate(events, start=1)}
    rung, text, spread = ladder.tightest(sized)
    around = ladder.around_timeline(sized, text, sized.workshop.view.words.panel)
    columns = ladder.columns_of(sized, text, spread).resized(around.left)
    heights = ladder.card_heights(sized, rung, text, columns)
    for count in range(2, MOST_PANELS + 1):
        periods = spine.periods([event.date for event in events], count)
        try:
            panels = []
            for first, last in periods:
                part = [event for event in events if first <= max(marks.middle(event.date), periods[0][0]) < last]
                if not part:
                    raise Overfull(math.inf)  # a sheet without events
                carded = {event.id: heights[event.id] for event in part}
                eras = [era for era in ladder.eras(sized) if era.date.start < last and era.date.end > first]
                plan = spine.plan(part, carded, columns.frame, eras, numbers, (first, last))
                panels.append(Laid(rung, text, columns, checked(plan), around))
            return panels
        except Overfull:
            continue
    return []


def _with_histogram(sized: Sized) -> Setting:
    """Cards for the events of highest weight, a histogram of all events, and an index that lists them all."""
    workshop = sized.workshop
    rung, text, spread = ladder.tightest(sized)
    spread = replace(spread, histogram=True)
    around = ladder.around_timeline(sized, text, workshop.view.words.selection + "0" * 12)
    columns = ladder.columns_of(sized, text, spread).resized(around.left)
    views = {event.id: event for event in workshop.view.events}

    def heights(events: Sequence[Event]) -> Mapping[str, float]:
        return ladder.card_heights(sized, rung, text, columns, [views[event.id] for event in events])

    chosen = crowd.selection(workshop.article.events, heights, columns.frame, ladder.eras(sized), FULL)
    return Setting(sized, [Laid(rung, text, columns, checked(chosen.plan), around)], chosen)


def _document(setting: Setting) -> Document:
    """Set the sheets, one for each panel, and the index if there is a selection."""
    sized, panels, chosen = setting.sized, setting.panels, setting.chosen
    workshop, view = sized.workshop, sized.workshop.view
    first = panels[0]
    sheets: list[dict[str, Any]] = []
    drawings: dict[str, Drawing] = placed.key_drawings(sized.sheet.scale)
    for number, laid in enumerate(panels, start=1):
        bars = chosen.bars if chosen else ()
        timeline, drawn = placed.timeline(
            view, laid.plan, laid.columns, laid.rung.arrangement, f"timeline-{number}", bars
        )
        drawings |= drawn
        note = _note(view, laid, number, len(panels), chosen)
        sources = laid.around.sources if number == len(panels) else None
        sheets.append({"timeline": timeline, "note": note, "sources": sources})
    composed = workshop.composed(
        "poster",
        view,
        sized.sheet,
        ladder.properties(sized, first.text, first.columns),
        drawings=drawings,
        sheets=sheets,
        detail=first.rung.detail,
        marks=workshop.marks,
        landscape=sized.sheet.landscape,
        index=view.events if chosen else (),
    )
    pages = workshop.typesetter.pages(composed)
    index = [number for name, number in pages.anchors() if name == "section-index"]
    if (min(index) - 1 if index else pages.count) != len(panels):
        raise FitError(f"the poster needs {pages.count} pages of {sized.name}\n    Shorten its title, deck or sources.")
    fit = Fit(full=max(laid.plan.fill for laid in panels), drift=max(laid.plan.drift for laid in panels))
    return workshop.finished("poster", pages, _notes(sized, panels, chosen), fit)


def _note(view: ArticleView, laid: Laid, number: int, count: int, chosen: Selection | None) -> str:
    """The note printed on a sheet: which part of the time it shows, or how its events were chosen."""
    if chosen:
        counted = view.words[f"bin_{chosen.bin}"]
        return view.words.selection.format(len(chosen.plan.cards), len(view.events), counted, chosen.most)
    if count > 1:
        return placed.panel(laid.plan, number, count, view)
    return ""


def _notes(sized: Sized, panels: Sequence[Laid], chosen: Selection | None) -> list[str]:
    """Notes for the author: how full the sheet is, how far cards stand from their dates, what was changed to fit."""
    fill = max(laid.plan.fill for laid in panels)
    drift = max(laid.plan.drift for laid in panels)
    notes = [f"the card farthest from its date: {drift:.0f} mm; the sheet is {fill:.0%} full"]
    if sized.name != sized.workshop.sheet_name:
        notes.append(f"set on {sized.name}: the events do not fit on {sized.workshop.sheet_name}")
    if len(panels) > 1:
        notes.append(f"set on {len(panels)} sheets, one period on each")
    if chosen:
        count = len(sized.workshop.article.events)
        notes.append(f"cards for {len(chosen.plan.cards)} of {count} events: those of highest weight")
    if drift > FAR * panels[0].columns.frame.height:
        notes.append("some cards are far from their dates: a larger sheet brings them nearer")
    elif fill < ROOMY:
        notes.append("the sheet looks empty: a smaller sheet is enough")
    return notes


def _shortage(over: float) -> str:
    """By how much the last rung of the ladder is too long, in words for the author."""
    return "too narrow for any column" if math.isinf(over) else f"{math.ceil(over)} mm too long, even without summaries"


def _too_long(asked: Sized, shortage: str, lay: Callable[[Sized], Setting]) -> FitError:
    """The error for the author: how much too long, which events have the least weight, which sheet is large enough."""
    name = next((larger.name for larger in _larger(asked) if _holds(larger, lay)), "")
    works = f"use the sheet {name}, the smallest that works"
    hint = works if name else "divide the events between two articles: no sheet holds them all"
    if not shortage:
        return FitError(
            f"the poster does not fit on {asked.name}: title, sources and support leave no room for cards\n"
            f"    Cite fewer sources in its events, or {hint}."
        )
    lightest = sorted(asked.workshop.article.events, key=lambda event: event.weight)[:3]
    return FitError(
        f"the poster does not fit on {asked.name}: {shortage}\n"
        f"    Remove events of low weight, such as {', '.join(f'`{event.id}`' for event in lightest)}, or {hint}."
    )


def _holds(sized: Sized, lay: Callable[[Sized], Setting]) -> bool:
    """Whether a poster fits on a sheet. With `larger`, every larger sheet has already been tried without success."""
    if sized.workshop.larger:
        return False
    try:
        lay(sized)
    except (Overfull, Crowded):
        return False
    return True
