"""The article as a timeline poster: on the sheet asked for, on a larger one, on panels, or with a histogram."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from triptych import compose, crowd, ladder, marks, spine
from triptych.crowd import Selection
from triptych.drawing import Drawing
from triptych.errors import FitError
from triptych.geometry import Crowded, Overfull, Plan
from triptych.ladder import FAR, FULL, ROOMY, Laid, Sized
from triptych.model import Event
from triptych.sheets import SHEETS, sheet
from triptych.views import ArticleView
from triptych.workshop import Document, Fit, Workshop, checked, crowded

MOST_PANELS = 4


def poster(workshop: Workshop) -> Document:
    """The poster on the sheet asked for, on a larger one if that is allowed, or on panels. Raises FitError."""
    errors: list[Overfull] = []
    try:
        if len(workshop.article.events) >= crowd.MANY:
            return _with_histogram(Sized(workshop, workshop.sheet_name, workshop.sheet))
        for sized in _sheets(workshop):
            try:
                return _document(sized, [ladder.laid_out(sized)])
            except Overfull as error:
                errors.append(error)
        sized = Sized(workshop, workshop.sheet_name, workshop.sheet)
        if panels := _panels(sized):
            return _document(sized, panels)
    except Crowded as error:
        raise crowded("poster") from error
    raise _too_long(workshop, errors[0].over)


def plans(workshop: Workshop) -> tuple[Plan, ...]:
    """The geometry of the poster's timeline, one plan for each panel. Raises Overfull or Crowded."""
    sized = Sized(workshop, workshop.sheet_name, workshop.sheet)
    try:
        return (ladder.laid_out(sized).plan,)
    except Overfull:
        if panels := _panels(sized):
            return tuple(panel.plan for panel in panels)
        raise


def _sheets(workshop: Workshop) -> Iterator[Sized]:
    """The sheet asked for and, when that is allowed, each larger one."""
    yield Sized(workshop, workshop.sheet_name, workshop.sheet)
    if workshop.larger:
        yield from (Sized(workshop, name, sheet(name)) for name in _larger(workshop))


def _larger(workshop: Workshop) -> Iterator[str]:
    """Names of the sheets of the ISO series that are larger, lying as the one asked for."""
    suffix = "-landscape" if workshop.sheet.landscape else ""
    area = workshop.sheet.width * workshop.sheet.height
    for name in ("a3", "a2", "a1", "a0"):
        if SHEETS[name].width * SHEETS[name].height > area * 1.01:
            yield name + suffix


def _panels(sized: Sized) -> list[Laid]:
    """The timeline cut into consecutive periods of one length, a sheet each, as few as fit; or nothing."""
    events = spine.ordered(sized.workshop.article.events)
    numbers = {event.id: number for number, event in enumerate(events, start=1)}
    rung, text, spread = ladder.tightest(sized)
    around = ladder.around_timeline(sized, text, sized.workshop.view.words["panel"])
    columns = ladder.columns_of(sized, text, spread).resized(around.left)
    heights = ladder.card_heights(sized, rung, text, columns)
    for count in range(2, MOST_PANELS + 1):
        periods = spine.periods([event.date for event in events], count)
        try:
            panels = []
            for first, last in periods:
                part = [event for event in events if first <= max(marks.middle(event.date), periods[0][0]) < last]
                carded = {event.id: heights[event.id] for event in part}
                eras = [era for era in ladder.eras(sized) if era.date.start < last and era.date.end > first]
                plan = spine.plan(part, carded, columns.frame, eras, numbers, (first, last))
                panels.append(Laid(rung, text, columns, checked(plan), around))
            return panels
        except Overfull:
            continue
    return []


def _with_histogram(sized: Sized) -> Document:
    """Cards for the weightiest of very many events, a histogram of all, and an index that lists them."""
    workshop = sized.workshop
    rung, text, spread = ladder.tightest(sized)
    spread = replace(spread, histogram=True)
    around = ladder.around_timeline(sized, text, workshop.view.words["selection"] + "0" * 12)
    columns = ladder.columns_of(sized, text, spread).resized(around.left)
    views = {event.id: event for event in workshop.view.events}

    def heights(events: Sequence[Event]) -> Mapping[str, float]:
        return ladder.card_heights(sized, rung, text, columns, [views[event.id] for event in events])

    chosen = crowd.selection(workshop.article.events, heights, columns.frame, ladder.eras(sized), FULL)
    return _document(sized, [Laid(rung, text, columns, checked(chosen.plan), around)], chosen)


def _document(sized: Sized, panels: Sequence[Laid], chosen: Selection | None = None) -> Document:
    """Set the sheets, one for each panel, and the index of a selection."""
    workshop, view = sized.workshop, sized.workshop.view
    first = panels[0]
    sheets: list[dict[str, Any]] = []
    drawings: dict[str, Drawing] = compose.key_drawings(sized.sheet.scale)
    for number, laid in enumerate(panels, start=1):
        bars = chosen.bars if chosen else ()
        timeline, drawn = compose.timeline(
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
        raise FitError(f"the poster takes {pages.count} pages of {sized.name}\n    Shorten its title, deck or sources.")
    fit = Fit(full=max(laid.plan.fill for laid in panels), drift=max(laid.plan.drift for laid in panels))
    return workshop.finished("poster", pages, _notes(sized, panels, chosen), fit)


def _note(view: ArticleView, laid: Laid, number: int, count: int, chosen: Selection | None) -> str:
    """What a sheet must say of itself: which part of the time it shows, or how its events were chosen."""
    if chosen:
        counted = view.words[f"bin_{chosen.bin}"]
        return view.words["selection"].format(len(chosen.plan.cards), len(view.events), counted, chosen.most)
    if count > 1:
        return view.words["panel"].format(number, count, *compose.years(laid.plan, view.calendar))
    return ""


def _notes(sized: Sized, panels: Sequence[Laid], chosen: Selection | None) -> list[str]:
    """What an author should know."""
    fill = max(laid.plan.fill for laid in panels)
    drift = max(laid.plan.drift for laid in panels)
    notes = [f"cards stand at most {drift:.0f} mm from their dates; the sheet is {fill:.0%} full"]
    if sized.name != sized.workshop.sheet_name:
        notes.append(f"set on {sized.name}, since the events do not fit on {sized.workshop.sheet_name}")
    if len(panels) > 1:
        notes.append(f"set on {len(panels)} sheets, each a part of the time")
    if chosen:
        notes.append(
            f"cards for the {len(chosen.plan.cards)} weightiest of {len(sized.workshop.article.events)} events"
        )
    if fill < ROOMY:
        notes.append("the sheet looks empty: a smaller sheet would do")
    if drift > FAR * panels[0].columns.frame.height:
        notes.append("some cards stand far from their dates: a larger sheet would bring them nearer")
    return notes


def _too_long(workshop: Workshop, over: float) -> FitError:
    """The last rung of the ladder: how much too long, what weighs least, which sheet would do."""
    lightest = sorted(workshop.article.events, key=lambda event: event.weight)[:3]
    for name in _larger(workshop):
        try:
            ladder.laid_out(Sized(workshop, name, sheet(name)))
        except Overfull:
            continue
        hint = f"or use the sheet {name}, the smallest that works"
        break
    else:
        hint = "or tell the time in two articles: no sheet holds them all"
    short = "too narrow for any column" if math.isinf(over) else f"{math.ceil(over)} mm over with headlines alone"
    return FitError(
        f"the poster does not fit on {workshop.sheet_name}: {short}\n"
        f"    Take out events that weigh least, such as {', '.join(f'`{event.id}`' for event in lightest)}, {hint}."
    )
