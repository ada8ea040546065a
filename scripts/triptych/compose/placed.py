"""Timeline plans and columns of sources become values for templates: positions as CSS, drawings as files.

Lengths are in mm.
"""

import math
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from markupsafe import Markup

from triptych.compose import views
from triptych.compose.views import ArticleView, EventView, PictureView
from triptych.content.cite import Source
from triptych.content.dates import Precision, When
from triptych.design.galley import Galley
from triptych.design.sheets import mm
from triptych.timeline import drawing, labels
from triptych.timeline.columns import Columns
from triptych.timeline.drawing import ART, Bar, Drawing
from triptych.timeline.plan import Card, Mark, Plan, Shape


@dataclass(frozen=True, slots=True)
class LabelView:
    """Words on a timeline."""

    classes: str
    """CSS classes."""
    text: str
    place: str
    """Position as CSS custom properties."""
    read_aloud: bool
    """Whether screen readers read it. They skip the scale, since each event has its date."""


@dataclass(frozen=True, slots=True)
class CardPicture:
    """A picture on a card."""

    view: PictureView
    width: float
    """Its width in mm."""
    height: float
    """Its height with its caption and the white space above both, in mm."""
    lines: tuple[Markup, ...]
    """What stands below it, line by line."""

    @property
    def style(self) -> str:
        """Its width as a CSS custom property."""
        return _style(picture_properties(self.width))


@dataclass(frozen=True, slots=True)
class CardView:
    """An event's card."""

    event: EventView
    date: str
    place: str
    """Position as CSS custom properties."""
    arrangement: str
    """CSS classes: columns, row or stacked, and the side."""
    picture: CardPicture | None = None


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A timeline."""

    style: str
    """Its drawing and the drawing's size as CSS custom properties."""
    labels: tuple[LabelView, ...]
    cards: tuple[CardView, ...]


@dataclass(frozen=True, slots=True)
class LaneView:
    """A lane of a poster's timeline."""

    name: str
    """Empty where it is the only one."""
    place: str
    """Position and width as CSS custom properties."""
    head: str
    """Position and width of its name as CSS custom properties."""
    timeline: TimelineView


@dataclass(frozen=True, slots=True)
class MarkView:
    """One shape of mark in a key."""

    art: str
    """Address of its drawing."""
    text: str
    short: str
    """Its meaning in short; empty if the shape needs no explanation."""


@dataclass(frozen=True, slots=True)
class PlacedSource:
    """A source in a column."""

    source: Source
    place: str
    """Position as CSS custom properties."""


@dataclass(frozen=True, slots=True)
class SourcesView:
    """Sources in columns."""

    style: str
    """Height of the columns as a CSS custom property."""
    sources: tuple[PlacedSource, ...]
    short: bool = False
    """Whether each source is named in short, since the whole list stands elsewhere."""


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """An event in the index of a poster, on its page."""

    event: EventView
    place: str
    """Position as CSS custom properties; empty in the first column."""
    name: str
    """Name of its element, if it ends a column; else empty."""


@dataclass(frozen=True, slots=True)
class IndexView:
    """The index of a poster."""

    style: str
    """White space below its last entry as a CSS custom property: other columns may be higher."""
    entries: tuple[IndexEntry, ...]


def timeline(
    article: ArticleView,
    plan: Plan,
    columns: Columns,
    arrangement: str,
    name: str = "timeline",
    bars: Sequence[Bar] = (),
    strokes: Sequence[float] = (),
    pictures: Mapping[str, CardPicture] = MappingProxyType({}),
) -> tuple[TimelineView, dict[str, Drawing]]:
    """A plan for the template, and its drawing by file name.

    `arrangement` of the cards: columns, row or stacked. `name` distinguishes several timelines of one document. `bars`
    are those of a histogram, `strokes` the heights in mm of events without a card. `pictures`: those on the cards, by
    event id.
    """
    picture = drawing.timeline(plan, bars, strokes)
    style = {"drawing": f"url({ART}{name}.svg)", "drawing-top": mm(picture.top), "drawing-height": mm(picture.height)}
    events = {event.id: event for event in article.events}
    cards = tuple(
        CardView(
            events[card.id],
            card_date(events[card.id], columns),
            _place(plan, columns, number, card),
            f"{arrangement} {('right', 'left')[number]}",
            pictures.get(card.id),
        )
        for number, side in enumerate(plan.sides)
        for card in side.cards
    )
    view = TimelineView(
        style=_style(style),
        labels=tuple(_label(label) for label in labels.labels(plan, columns, article.calendar)),
        cards=tuple(sorted(cards, key=lambda card: card.event.number)),
    )
    return view, {f"{name}.svg": picture}


def lying(name: str, picture: Drawing, words: Iterable[labels.Label], cards: Sequence[CardView]) -> TimelineView:
    """A timeline on its side for the template, with its drawing of this name."""
    style = {"drawing": f"url({ART}{name})", "drawing-top": mm(picture.top), "drawing-height": mm(picture.height)}
    return TimelineView(_style(style), tuple(_label(label) for label in words), tuple(cards))


def picture_properties(width: float) -> dict[str, str]:
    """The width of a picture in mm as a CSS custom property."""
    return {"picture-width": mm(width)}


def lane(name: str, view: TimelineView, columns: Columns, left: float) -> LaneView:
    """A lane for the template. `left` is the distance from the left of all lanes to its left edge, in mm."""
    frame = columns.frame
    place = {"left": mm(left), "spine-width": mm(frame.width)}
    head = {"left": mm(frame.axes[0]), "width": mm(frame.reach)}
    return LaneView(name, _style(place), _style(head), view)


def sources_in_columns(sources: Sequence[Source], galley: Galley, step: float, short: bool = False) -> SourcesView:
    """Sources in columns. `step` is the distance from the left edge of one column to that of the next, in mm."""
    placed = (
        PlacedSource(source, _style({"left": mm(column * step), "rise": mm(0 - rise)}))
        for source, column, rise in zip(sources, galley.columns, galley.rises, strict=True)
    )
    return SourcesView(_style({"height": mm(galley.height)}), tuple(placed), short)


def index_view(entries: Iterable[IndexEntry], below: float) -> IndexView:
    """An index. `below`: white space below its last entry, in mm."""
    return IndexView(_style({"below": mm(below)}), tuple(entries))


def index_entries(
    events: Sequence[EventView], galley: Galley, step: float, ends: Container[str], is_first: bool
) -> Iterator[IndexEntry]:
    """The entries of one page of an index. `step`: as above. `ends`: the names of those that end a column."""
    for number, (event, column, rise) in enumerate(zip(events, galley.columns, galley.rises, strict=True)):
        place = {"left": mm(column * step)} if column else {}
        if rise:
            place["rise"] = mm(0 - rise)
        if not number and not is_first:
            place["break"] = "page"
        name = entry_name(event)
        yield IndexEntry(event, _style(place), name if name in ends else "")


def entry_name(event: EventView) -> str:
    """The name of the element of an event in the index."""
    return f"index-{event.id}"


def card_date(event: EventView, columns: Columns) -> str:
    """An event's date in words, with abbreviated months if its column is narrow."""
    return event.short_date if columns.short_dates else event.date


def _place(plan: Plan, columns: Columns, side: int, card: Card) -> str:
    axis, number = plan.frame.axes[side], plan.frame.number
    left = axis + number if side == 0 else axis - number - columns.card_width
    return _style({"left": mm(left), "top": mm(card.top)})


def _label(label: labels.Label) -> LabelView:
    style = {"left": mm(label.left), "top": mm(label.top), "width": mm(label.width), "height": mm(label.height)}
    if label.size:
        style["size"] = f"{label.size:.2f}pt"
    return LabelView(f"{label.role} {label.align}", label.text, _style(style), read_aloud=label.role.startswith("era"))


def _style(properties: Mapping[str, str]) -> str:
    return "; ".join(f"--{name}: {value}" for name, value in properties.items())


def panel(plan: Plan, number: int, count: int, view: ArticleView) -> str:
    """The words that say which part of the time one sheet of several shows."""
    ends = (tick.day for tick in (plan.graduation.major[0], plan.graduation.major[-1]))
    first, last = views.stretch(view.calendar, plan.graduation.unit, *ends)
    if last:
        return view.words.panel.format(number, count, first, last)
    return view.words.panel_within.format(number, count, first)


def key_drawings(unit: float) -> dict[str, Drawing]:
    """A drawing of each shape of mark, by file name; `unit` is 1 at the scale of A3."""
    return {f"key-{name}.svg": drawing.sample(mark, unit) for name, mark in _samples(unit).items()}


def key_properties(unit: float) -> dict[str, str]:
    """The size of the drawings of a key as a CSS custom property; `unit` is 1 at the scale of A3."""
    return {"key-mark": mm(drawing.SAMPLE * unit)}


def _samples(unit: float) -> dict[str, Mark]:
    """A sample of each shape of mark, by its name, in the order of a key."""
    top, bottom = 0.3 * unit, 3.7 * unit
    return {
        "dot": Mark(Shape.DOT, 2 * unit, 2 * unit),
        "within": Mark(Shape.WITHIN, top, bottom),
        "dashed": Mark(Shape.WITHIN, top, bottom, dashed=True),
        "lasted": Mark(Shape.LASTED, top, bottom),
        "open_start": Mark(Shape.WITHIN, top, bottom, open_start=True),
        "open_end": Mark(Shape.WITHIN, top, bottom, open_end=True),
    }


def mark_key(article: ArticleView, dates: Iterable[When]) -> tuple[MarkView, ...]:
    """The key to the shapes of mark that these dates have."""
    shown = tuple(dates)
    used = {name for date in shown for name in _shapes(date)}
    finest = {date.precision for date in shown if "dot" in _shapes(date)}
    dot = "key_dot_time" if finest == {Precision.TIME} else "key_dot"
    return tuple(
        MarkView(
            f"{ART}key-{name}.svg",
            article.words[dot if name == "dot" else f"key_{name}"],
            article.words[f"short_{name}"],
        )
        for name in _samples(1.0)
        if name in used
    )


def _shapes(date: When) -> Iterator[str]:
    if not date.exact:
        yield "dashed"
    elif math.isinf(date.start):
        yield "open_start"
    elif math.isinf(date.end):
        yield "open_end"
    elif date.lasted:
        yield "lasted"
    else:
        yield "dot" if date.precision in (Precision.DAY, Precision.TIME) else "within"
