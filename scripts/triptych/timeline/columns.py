"""The columns of each document's timeline: the positions of its axes, marks, labels and cards, in mm."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from triptych.content.units import MM_PER_POINT
from triptych.design import faces, lines
from triptych.design.sheets import Sheet, mm
from triptych.design.sizes import PosterType
from triptych.timeline.plan import LANE, Frame

LEAST_ERA = 9.0
"""Smallest type of the name of an era, in pt."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a timeline's cards: widths in mm, in order from a card's inner edge outwards."""

    frame: Frame
    number_width: float
    date_width: float
    """Width of the date and the gap after it; where date and headline are stacked, width of the whole text."""
    detail_width: float
    """Width of the column of the summary or headline beside the date; 0 where there is no such column."""
    column_gap: float
    month_width: float
    """Width of a label beside a magnifier's axis."""
    label_room: tuple[float, float]
    """Left and right limit of the scale's labels, in mm from the left of the timeline."""
    label_size: float
    """Type size of the scale's labels, in pt."""
    short_months: bool = False
    """Whether a magnifier's heading abbreviates months."""
    short_dates: bool = False
    """Whether the cards' dates abbreviate months."""
    era_size: float = LEAST_ERA
    """Type size of the names of eras, in pt."""
    end_size: float = 0.0
    """Type size of the labels of the scale's ends, in pt; 0 where these have none."""
    stretch_size: float = 0.0
    """Type size of the words that state the longest stretch without an entry, in pt."""
    leading: float = 0.0
    """Leading of a card's date and headline, in pt; 0 where the sheet's type sizes set it."""
    histogram: float = 0.0
    """Room between the bars of spans and the scale's labels, in mm; 0 where `label_room` has it."""

    def resized(self, height: float) -> "Columns":
        """The same columns in a frame of another height, in mm."""
        return replace(self, frame=replace(self.frame, height=height))

    @property
    def card_width(self) -> float:
        """Width of a whole card, in mm."""
        return self.number_width + self.date_width + self.detail_width

    @property
    def properties(self) -> dict[str, str]:
        """The columns as CSS custom properties."""
        return {
            "spine-width": mm(self.frame.width),
            "spine-height": mm(self.frame.height),
            "number-width": mm(self.number_width),
            "date-width": mm(self.date_width),
            "detail-width": mm(self.detail_width),
            "column-gap": mm(self.column_gap),
            "lens-leading": f"{LENS_LEADING:g}",
            **({"date-leading": f"{self.leading:g}pt"} if self.leading else {}),
        }


TICK = 4.6
"""Length of a labelled tick at the scale of A3, in mm."""
LABEL_WHITE = 0.9
"""White space between a label of the scale and its tick at the scale of A3, in mm."""
BAR_WIDTH = 2.2
"""Width of the bar of a span at the scale of A3, in mm."""
BAR_WHITE = 0.6
"""White space between a label and the bar of a span, at the scale of A3, in mm."""
BRACKET, ERA_WHITE = 2.2, 1.0
"""Distance of an era's bracket from the inner edge of the strip of eras, and white space between it and the era's
name, at the scale of A3, in mm."""
ERAS_APART, PANEL_WHITE = 1.5, 2.5
"""White space between the strip of eras and the labels of a scale with two axes, and within the ground of a magnifier
left of these, at the scale of A3, in mm."""
ERA_LEADING = 1.2
"""Leading of the names of eras, as a multiple of their type size."""
ERA = 1.25
"""Type size of the names of eras, as a multiple of that of a caption."""
LENS_LEADING = 1.2
"""Leading of a magnifier's labels, as a multiple of their type size."""
FACTSHEET_LEADING, BRIEFING_LEADING = 11.8, 12.4
"""Leading of the dates and headlines of events, in pt."""
PAGE_HISTOGRAM = 7.0
"""Length of a histogram's longest bar and the white space beside it, on A4 or Letter, in mm."""
INSET, LAST_INSET = 3.0, 5.0
"""White space between the upper and the lower end of a poster's box and those of its axis, at the scale of A3, in mm:
the lower one has room for the label of the end."""
BUNDLE = 0.85
"""Least distance between two leaders where they enter the zone that they cross, at the scale of A3, in mm."""
END, LARGEST_END = 0.62, 13.0
"""Size of a label of the scale's ends as a share of the others, and its greatest size in pt at the scale of A3."""
STRETCH, STRETCH_WHITE = 2.1, 6.0
"""Distance from the axis of the line beside the longest stretch without an entry, and the least white space between the
words that state it and a card, at the scale of A3, in mm."""
OUTLIER_LINES = 4
"""Lines of the words that say how long before the scale an outlier was."""
PAGE_LANE, PAGE_LANES = 2.0, 3
"""Distance between two lanes of span marks on A4 or Letter, in mm, and most lanes beside the axis."""
PAGE_OUTLIER, PAGE_SIZE = 11.7, 9.0
"""Leading and size of these words on A4 or Letter, in pt."""
PITCH = 3.2
"""Marks that are closer together than this form a dense run, at the scale of A3, in mm."""
LANE_NUMBER, LANE_NUMERAL, LANE_GAP = 11.0, 5.4, 4.0
"""Distance from the axis of a lane to the numbers of its events, their width, and the white space between two lanes,
at the scale of A3, in mm."""
LENS_AXIS, LENS_NUMBER, LENS_ZONE = 18.6, 25.0, 7.5
"""Distances of a magnifier's axis and of the numbers of events from the axis of a lane with a magnifier, and the end of
the zone that leaders cross, at the scale of A3, in mm."""
LANE_LABEL_SIZE = 0.46
"""Type size of the labels of the second lane's scale, as a share of that of a year."""
LIGHT_TICK = 0.55
"""Length of a tick of such a scale, as a share of that of the first."""
CLOSE_NUMBER = 24.0
"""Distance from the axis to the numbers of events where no magnifier stands between, at the scale of A3, in mm."""
CLOSE = 0.6
"""White space between two cards of a magnifier in type that has grown, as a share of that between others."""
MOST_LANES = 12
"""Most lanes of span marks beside one axis of a poster."""
HISTOGRAM = 11.0
"""Length of a histogram's longest bar and the white space beside it, at the scale of A3, in mm."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How a poster's timeline uses its width."""

    sides: int = 1
    lanes: int = 0
    """Number of lanes of span marks to leave room for."""
    eras: int = 0
    """Lines of the names of eras."""
    histogram: bool = False
    label: float = 0.0
    """Width in mm that the scale's longest label needs at least."""
    number: float = 0.0
    """Width in mm that the largest number of an event needs at least."""
    date: float = 0.0
    """Width in mm of a date beside its headline; 0 where the date stands above the headline."""
    headline: float = 0.0
    """Share of the text's width for date and headline, beside the summary; 0 for the width of the design."""
    lens: int = 0
    """Lanes of span marks within a magnifier."""
    close: bool = False
    """Whether the cards stand close to the axis, with no room for a magnifier's axis between."""


def poster_columns(sheet: "Sheet", width: float, text: PosterType, spread: Spread) -> Columns:
    """The columns of the A3 design at the sheet's scale, for a timeline of this width in mm.

    With cards on one side, the scale's labels stand left of the axis. With cards on two sides, the labels stand in a
    band between two axes, right of the eras, and the texts of a card are stacked. The height of the frame is 0: see
    `Columns.resized`.
    """
    s = sheet.scale
    eras = _eras_width(text, spread, s)
    label = max(4 * 0.56 * text.year * MM_PER_POINT, spread.label)
    inner = label + (TICK + 1.4) * s + spread.lanes * LANE * s
    numeral = max(8.5 * s, spread.number)
    if spread.sides == 1:
        axis = eras + max(27 * s, inner + 2 * s) + HISTOGRAM * s * spread.histogram
        axes: tuple[float, ...] = (axis,)
        within = LANE * s * max(spread.lens - 1, 0)
        reach, zone, lens_axis, number = width - axis, (3 * s, 20 * s), 34.5 * s + within, 42 * s + within
        if spread.close:
            zone, number = (3 * s, 15 * s), CLOSE_NUMBER * s
        room = (eras, axis - (TICK + LABEL_WHITE) * s - spread.lanes * LANE * s - HISTOGRAM * s * spread.histogram)
        text_width = reach - number - numeral - 4 * s
        headline = spread.headline * text_width or 72 * s
        widths = (numeral, headline, text_width - headline)
    else:
        strip = eras + ERAS_APART * s if eras else 0.0
        band = 2 * inner - label + HISTOGRAM * s * spread.histogram + strip
        within = LANE * s * spread.lens
        axes = ((width + band) / 2, (width - band) / 2)
        reach, zone = (width - band) / 2, (3 * s, 12 * s)
        lens_axis, number = 23.5 * s + within, 30.5 * s + within
        side = (TICK + LABEL_WHITE) * s + spread.lanes * LANE * s
        room = (axes[1] + side + strip, axes[0] - side - HISTOGRAM * s * spread.histogram)
        eras += axes[1] + side if eras else 0.0
        text_width = reach - number - numeral - PANEL_WHITE * s
        date = spread.date or text_width
        widths = (numeral, date, text_width - date)
    places = _Places(width, axes, zone, lens_axis, number, reach, eras)
    return _columns(s, text, places, widths, room, short_dates=spread.date > 0)


@dataclass(frozen=True, slots=True)
class LanePlace:
    """The place of a lane: the distance from the left of the timeline to its left edge in mm, and its columns."""

    left: float
    columns: Columns


@dataclass(frozen=True, slots=True)
class LaneNeeds:
    """What a lane needs beside its axis."""

    spans: int = 0
    """Lanes of span marks."""
    lens: bool = False
    """Whether it has room for a magnifier's axis."""
    label: float = 0.0
    """Width in mm of the longest label of a scale after the first one."""


def lane_columns(
    sheet: "Sheet", width: float, text: PosterType, spread: Spread, needs: Sequence[LaneNeeds], pitch: float = PITCH
) -> list[LanePlace]:
    """The columns of lanes side by side, in a width in mm. `needs`: what each lane needs beside its axis.

    The first axis has the labels of the scale and the eras beside it, each other smaller labels. All cards are equally
    wide. Marks closer together than `pitch`, in mm at the scale of A3, ask for a magnifier; 0 for none.
    """
    s, count = sheet.scale, len(needs)
    eras = _eras_width(text, spread, s)
    label = max(4 * 0.56 * text.year * MM_PER_POINT, spread.label)
    small = LANE_LABEL_SIZE * text.year
    least = 4 * 0.56 * small * MM_PER_POINT
    labels = [label + 0.5 * s, *(max(least, need.label) for need in needs[1:])]
    ticks = [TICK * s, *[TICK * LIGHT_TICK * s] * (count - 1)]
    sides = [LANE * s * need.spans for need in needs]
    inner = [sum(parts, 0.9 * s) for parts in zip(labels, ticks, sides, strict=True)]
    inner[0] += eras
    numbers = [(LENS_NUMBER if need.lens else LANE_NUMBER) * s for need in needs]
    numeral = max(LANE_NUMERAL * s, spread.number)
    text_width = (width - sum(inner) - sum(numbers) - LANE_GAP * s * (count - 1)) / count - numeral
    places, left = [], 0.0
    for number, (axis, out, need) in enumerate(zip(inner, numbers, needs, strict=True)):
        reach = out + numeral + text_width
        room = (0.0 if number else eras, axis - ticks[number] - 0.9 * s - sides[number])
        zone = (2 * s, (LENS_ZONE if need.lens else LANE_NUMBER - 1.5) * s)
        lens_axis = LENS_AXIS * s if need.lens else out
        at = _Places(axis + reach, (axis,), zone, lens_axis, out, reach, 0.0 if number else eras)
        found = _columns(s, text, at, (numeral, text_width, 0.0), room)
        frame = replace(found.frame, pitch=pitch * s, light=number > 0, band=ticks[number])
        size, ends = (small, 0.0) if number else (text.year, found.end_size)
        places.append(LanePlace(left, replace(found, frame=frame, label_size=size, end_size=ends)))
        left += axis + reach + LANE_GAP * s
    return places


@dataclass(frozen=True, slots=True)
class _Places:
    """The places of a frame's columns, in mm, as in `Frame`."""

    width: float
    axes: tuple[float, ...]
    zone: tuple[float, float]
    lens_axis: float
    number: float
    reach: float
    eras: float


def _eras_width(text: PosterType, spread: Spread, s: float) -> float:
    """Width of the strip of eras, in mm."""
    name = spread.eras * ERA * text.size("caption") * MM_PER_POINT * ERA_LEADING
    return name + (BRACKET + ERA_WHITE) * s if spread.eras else 0.0


def _columns(
    s: float,
    text: PosterType,
    places: _Places,
    widths: tuple[float, float, float],
    room: tuple[float, float],
    short_dates: bool = False,
) -> Columns:
    """The columns of a poster at a scale, with the design's distances."""
    frame = Frame(
        width=places.width,
        height=0,
        axes=places.axes,
        zone=places.zone,
        lens_axis=places.lens_axis,
        number=places.number,
        reach=places.reach,
        gap=3.6 * s,
        port=text.leading("date") / 2,
        pitch=PITCH * s,
        lens_head=(6.8 if text.growth else 9) * s,
        lens_pad=(2.0 if text.growth else 3.2) * s,
        open_zone=9 * s,
        lane=LANE * s,
        least_mark=2 * s,
        label=text.year * MM_PER_POINT * (2.0 if text.growth else 1.3),
        lens_label=text.body * MM_PER_POINT * LENS_LEADING,
        eras=places.eras,
        lanes=MOST_LANES,
        insets=(INSET * s, LAST_INSET * s),
        closeness=CLOSE if text.growth else 1.0,
        bundle=BUNDLE * s,
        band=TICK * s,
        stretch=text.size("body") * MM_PER_POINT + 2 * STRETCH_WHITE * s,
        outlier=text.year * MM_PER_POINT * (1.3 + END) + OUTLIER_LINES * text.leading("caption"),
    )
    return Columns(
        frame,
        *widths,
        5 * s,
        7.5 * s,
        room,
        text.year,
        short_dates=short_dates,
        era_size=ERA * text.size("caption"),
        end_size=min(END * text.year, LARGEST_END * s),
        stretch_size=text.size("body"),
    )


@dataclass(frozen=True, slots=True)
class Crowd:
    """What a timeline on A4 or Letter leaves room for."""

    histogram: bool = False
    digits: int = 2
    """Digits of the largest number of an event."""
    label: float = 0.0
    """Width in mm that the scale's longest label needs at least."""
    told: str = ""
    """The words that say how long before the scale an outlier was; empty without one."""


FEW = Crowd()
"""Room for fewer than a hundred events, each with its card, and for years of four digits."""
DIGIT = 1.75
"""Width of a digit of an event's number, in mm."""


def factsheet_columns(width: float, growth: float = 1.0, crowd: Crowd = FEW) -> Columns:
    """Columns of the fact sheet's right column, of this width in mm: date above headline. The frame's height is 0.

    `growth`: size of the type, as a multiple of the design's.
    """
    bars = PAGE_HISTOGRAM * crowd.histogram
    leading, label_size = FACTSHEET_LEADING * growth, 11.5 * growth
    number_width = (5.4 + DIGIT * max(crowd.digits - 2, 0)) * growth
    frame = _page_frame(
        width,
        axis=_page_axis(14.8 * growth, crowd),
        number=13.6,
        zone=(2, 6.8),
        lens_axis=8.6,
        gap=1.7 * growth,
        leading=leading,
        label_size=label_size,
        told=crowd.told,
        growth=growth,
    )
    text_width = frame.reach - frame.number - number_width
    return Columns(
        frame,
        number_width,
        text_width,
        0,
        0,
        7,
        _page_label_room(frame),
        label_size,
        short_months=True,
        leading=leading,
        histogram=bars,
    )


def briefing_columns(width: float, height: float, crowd: Crowd = FEW) -> Columns:
    """Columns across the briefing's page, width and height in mm: date beside headline."""
    bars = PAGE_HISTOGRAM * crowd.histogram
    frame = _page_frame(
        width,
        axis=_page_axis(17, crowd),
        number=32,
        zone=(2.2, 15.5),
        lens_axis=26,
        gap=1.6,
        leading=BRIEFING_LEADING,
        label_size=14,
        told=crowd.told,
    )
    number_width = 6.5 + DIGIT * max(crowd.digits - 3, 0)
    text_width = frame.reach - frame.number - number_width
    widths = (number_width, 40, text_width - 40 - 2)
    room = _page_label_room(frame)
    columns = Columns(frame, *widths, 2, 6.2, room, 14, leading=BRIEFING_LEADING, histogram=bars)
    return columns.resized(height)


def page_size(growth: float) -> float:
    """Size of the small words beside an axis on A4 or Letter, in pt: it grows less than the cards' type."""
    return PAGE_SIZE * min(growth, 1.2)


def _page_axis(least: float, crowd: Crowd) -> float:
    """Distance of the axis from the edge, in mm: the labels of the scale stand beside all lanes of span marks."""
    beside = max(TICK + LABEL_WHITE, PAGE_LANES * PAGE_LANE + BAR_WIDTH / 2 + BAR_WHITE)
    return max(least, crowd.label + beside) + PAGE_HISTOGRAM * crowd.histogram


def _page_frame(
    width: float,
    *,
    axis: float,
    number: float,
    zone: tuple[float, float],
    lens_axis: float,
    gap: float,
    leading: float,
    label_size: float,
    told: str,
    growth: float = 1.0,
) -> Frame:
    """The frame of a timeline on A4 or Letter, with height 0. Lengths in mm; `leading` and `label_size` in pt.

    `told`: the words that say how long before the scale an outlier was. `growth`: as above.
    """
    size, beside = page_size(growth), width - axis - STRETCH * PAGE_LANE / LANE
    count = lines.count(told, faces.TEXT, size, beside) if told else 1
    return Frame(
        width=width,
        height=0,
        axes=(axis,),
        zone=zone,
        lens_axis=lens_axis,
        number=number,
        reach=width - axis,
        gap=gap,
        port=leading * MM_PER_POINT / 2,
        pitch=2.6,
        lens_head=6.4,
        lens_pad=2,
        open_zone=7,
        lane=PAGE_LANE,
        least_mark=1.7,
        lanes=PAGE_LANES,
        label=label_size * MM_PER_POINT * 1.3,
        lens_label=9 * MM_PER_POINT * LENS_LEADING,
        told=math.ceil(count * size / PAGE_SIZE) * PAGE_OUTLIER * MM_PER_POINT,
    )


def _page_label_room(frame: Frame) -> tuple[float, float]:
    return 0.0, frame.axes[0] - (TICK + LABEL_WHITE) * frame.unit
