"""Sheets and the type that suits them: sizes in mm, type in pt, and the columns of each document's timeline."""

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass, replace

from triptych.geometry import LANE, Frame
from triptych.model import Paper

POINT = 25.4 / 72
"""One point in mm."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: width and height in mm."""

    width: float
    height: float

    @property
    def scale(self) -> float:
        """Factor for geometry: 1 for A3."""
        return min(self.width, self.height) / 297

    @property
    def landscape(self) -> bool:
        return self.width > self.height


PAPERS: Mapping[Paper, Sheet] = {Paper.A4: Sheet(210, 297), Paper.LETTER: Sheet(215.9, 279.4)}
SHEETS: Mapping[str, Sheet] = {
    "a3": Sheet(297, 420),
    "tabloid": Sheet(279.4, 431.8),
    "a2": Sheet(420, 594),
    "arch-c": Sheet(457.2, 609.6),
    "18x24in": Sheet(457.2, 609.6),
    "a1": Sheet(594, 841),
    "arch-d": Sheet(609.6, 914.4),
    "24x36in": Sheet(609.6, 914.4),
    "a0": Sheet(841, 1189),
}
"""Sheets by name, the small first."""


def sheet(name: str) -> Sheet:
    """A sheet by its name, with `-landscape` where it lies on its side, or by its size in mm or inches.

    For example a2, a2-landscape, 500x700mm or 20x30in. The model has checked the form.
    """
    upright = name.removesuffix("-landscape")
    found = SHEETS.get(upright)
    if found is None:
        width, height = (float(side) for side in upright[:-2].split("x"))
        factor = 25.4 if upright.endswith("in") else 1.0
        found = Sheet(width * factor, height * factor)
    return found if upright == name else Sheet(found.height, found.width)


@dataclass(frozen=True, slots=True)
class PosterType:
    """Type sizes of a poster, in pt.

    Type grows more slowly than the sheet, to an x-height of 0.2 degrees of visual angle from where it is read.
    """

    body: float
    headline: float
    year: float
    deck: float
    title: float
    floor: float
    """Least size of body text on this sheet."""

    def cards_in(self, factor: float) -> "PosterType":
        """The same with the text of the cards enlarged or made smaller, but not below its floor."""
        factor = max(factor, self.floor / self.body)
        return replace(self, body=self.body * factor, headline=self.headline * factor)

    def size(self, name: str) -> float:
        """A size as printed, to a hundredth of a point."""
        return round(self._sizes[name][0], 2)

    def leading(self, name: str) -> float:
        """A leading in mm."""
        size, ratio = self._sizes[name]
        return size * ratio * POINT

    @property
    def _sizes(self) -> dict[str, tuple[float, float]]:
        """Sizes, each with its leading as a share of it; ratios are those of the A3 design."""
        return {
            "body": (self.body, 14.6 / 11),
            "headline-1": (max(self.headline * 0.88, self.body), 16 / 13.5),
            "headline-2": (self.headline, 16 / 13.5),
            "headline-3": (self.headline * 1.3, 15.5 / 13.5),
            "date": (self.body * 10.5 / 11, 14.6 / 10.5),
            "deck": (self.deck, 20.5 / 15),
            "title": (self.title, 47 / 45),
            "caption": (max(9.0, self.body * 10 / 11), 13 / 10),
            "sources": (max(8.5, self.body * 8.6 / 11), 11 / 8.6),
        }

    @property
    def properties(self) -> dict[str, str]:
        """Sizes and leadings as CSS custom properties."""
        sizes = self._sizes
        properties = {f"{name}-size": f"{size:.2f}pt" for name, (size, _) in sizes.items()}
        leadings = {f"{name}-leading": f"{size * ratio:.2f}pt" for name, (size, ratio) in sizes.items() if ratio > 1}
        return properties | leadings


_POSTER_TYPE: Mapping[float, PosterType] = {
    297: PosterType(body=11, headline=13.5, year=23, deck=15, title=45, floor=10),
    420: PosterType(body=14, headline=17, year=29, deck=19, title=64, floor=12),
    594: PosterType(body=18, headline=22, year=38, deck=25, title=90, floor=15),
    841: PosterType(body=24, headline=29, year=50, deck=33, title=128, floor=18),
}
"""By the short side in mm, A3 to A0."""


def poster_type(sheet: Sheet) -> PosterType:
    """Type for any sheet, between the two sizes of the design that are nearest to its short side."""
    sides = sorted(_POSTER_TYPE)
    side = min(max(min(sheet.width, sheet.height), sides[0]), sides[-1])
    above = min(max(bisect(sides, side), 1), len(sides) - 1)
    small, large = _POSTER_TYPE[sides[above - 1]], _POSTER_TYPE[sides[above]]
    part = (side - sides[above - 1]) / (sides[above] - sides[above - 1])
    return PosterType(
        **{
            name: getattr(small, name) + part * (getattr(large, name) - getattr(small, name))
            for name in PosterType.__slots__
        }
    )


@dataclass(frozen=True, slots=True)
class BriefingType:
    """Type of the briefing's running text and sources, in pt."""

    body: float
    leading: float
    sources: float
    sources_leading: float

    @property
    def properties(self) -> dict[str, str]:
        return {
            "body-size": f"{self.body:g}pt",
            "body-leading": f"{self.leading:g}pt",
            "sources-size": f"{self.sources:g}pt",
            "sources-leading": f"{self.sources_leading:g}pt",
        }

    def relative(self, other: "BriefingType") -> float:
        """Height of running text in this type, as a share of its height in the other."""
        return self.body * self.leading / (other.body * other.leading)


BRIEFING_TYPE = (
    BriefingType(body=10.5, leading=15, sources=9, sources_leading=12),
    BriefingType(body=10.5, leading=14.2, sources=8.5, sources_leading=10.6),
    BriefingType(body=10, leading=13.4, sources=8.5, sources_leading=10.6),
)
"""From the design's type to its floor."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a timeline's cards: widths in mm, from a card's inner edge outwards."""

    frame: Frame
    number_width: float
    date_width: float
    """Width of the date, or of all the text where it is stacked, with the gap after it."""
    detail_width: float
    """Width of the summary, or of the headline; 0 where there is no such column."""
    column_gap: float
    month_width: float
    """Width that a label takes beside a magnifier's axis."""
    label_room: tuple[float, float]
    """Where the scale's labels may stand: left and right, in mm from the left of the timeline."""
    label_size: float
    """Type size of the scale's labels, in pt."""
    short_months: bool = False
    """Months in a magnifier's heading are abbreviated."""
    short_dates: bool = False
    """Months in the cards' dates are abbreviated."""

    def resized(self, height: float) -> "Columns":
        return replace(self, frame=replace(self.frame, height=height))

    @property
    def card_width(self) -> float:
        return self.number_width + self.date_width + self.detail_width

    @property
    def properties(self) -> dict[str, str]:
        return {
            "spine-width": mm(self.frame.width),
            "spine-height": mm(self.frame.height),
            "number-width": mm(self.number_width),
            "date-width": mm(self.date_width),
            "detail-width": mm(self.detail_width),
            "column-gap": mm(self.column_gap),
        }


@dataclass(frozen=True, slots=True)
class SourceColumns:
    """Columns of sources between margins; lengths in mm."""

    count: int
    gap: float
    live: float
    """Width of all."""

    @property
    def width(self) -> float:
        return (self.live - (self.count - 1) * self.gap) / self.count

    @property
    def step(self) -> float:
        """From the left of one to that of the next."""
        return self.width + self.gap

    @property
    def properties(self) -> dict[str, str]:
        return {"source-columns": f"{self.count}", "source-gap": mm(self.gap), "source-width": mm(self.width)}


POSTER_MARGIN = 15.0
TICK = 4.6
"""Length of a labelled tick, at the scale of A3."""
ERAS = 9.0
"""Width of the strip of eras, at the scale of A3."""
LENS_LEADING = 1.2
"""Leading of a magnifier's labels, as a multiple of their type size."""
HISTOGRAM = 11.0
"""Length of the longest bar of a histogram, with the white beside it, at the scale of A3."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How a poster's timeline uses its width."""

    sides: int = 1
    lanes: int = 0
    """Lanes of span marks to leave room for."""
    eras: bool = False
    histogram: bool = False
    date: float = 0.0
    """Width of the dates in mm where they stand beside the headlines; 0 where they stand over them."""


def poster_columns(sheet: "Sheet", width: float, text: PosterType, spread: Spread) -> Columns:
    """The A3 design's columns at the sheet's scale, for a timeline so wide; on two sides the text is stacked.

    On one side the scale's labels stand at the left of the axis; on two they stand in a band between two axes.
    """
    s = sheet.scale
    eras = ERAS * s * spread.eras
    label = 4 * 0.56 * text.year * POINT
    inner = label + (TICK + 1.4) * s + spread.lanes * LANE * s
    if spread.sides == 1:
        axis = eras + max(27 * s, inner + 2 * s) + HISTOGRAM * s * spread.histogram
        axes: tuple[float, ...] = (axis,)
        reach, zone, lens_axis, number = width - axis, (3 * s, 20 * s), 34.5 * s, 42 * s
        room = (eras, axis - (TICK + 0.9) * s - spread.lanes * LANE * s - HISTOGRAM * s * spread.histogram)
        widths = (8.5 * s, 72 * s, reach - number - 80.5 * s - 4 * s)
    else:
        band = 2 * inner - label + HISTOGRAM * s * spread.histogram
        centre = (width + eras) / 2
        axes = (centre + band / 2, centre - band / 2)
        reach, zone, lens_axis, number = (width - eras - band) / 2, (3 * s, 12 * s), 23.5 * s, 30.5 * s
        side = (TICK + 0.9) * s + spread.lanes * LANE * s
        room = (axes[1] + side, axes[0] - side - HISTOGRAM * s * spread.histogram)
        text_width = reach - number - 8.5 * s
        date = spread.date or text_width
        widths = (8.5 * s, date, text_width - date)
    frame = Frame(
        width=width,
        height=0,
        axes=axes,
        zone=zone,
        lens_axis=lens_axis,
        number=number,
        reach=reach,
        gap=3.6 * s,
        port=text.body * 14.6 / 11 * POINT / 2,
        pitch=3.2 * s,
        lens_head=9 * s,
        lens_pad=3.2 * s,
        open_zone=9 * s,
        lane=LANE * s,
        least_mark=2 * s,
        label=text.year * POINT * 1.3,
        lens_label=text.body * POINT * LENS_LEADING,
        eras=eras,
    )
    return Columns(frame, *widths, 5 * s, 7.5 * s, room, text.year, short_dates=spread.date > 0)


def factsheet_columns(width: float) -> Columns:
    """Date over headline, in the right column of the fact sheet."""
    frame = _page_frame(
        width, axis=14.8, number=13.6, zone=(2, 6.8), lens_axis=8.6, gap=1.7, leading=11.8, label_size=11.5
    )
    text_width = frame.reach - frame.number - 5.4
    return Columns(frame, 5.4, text_width, 0, 0, 7, _page_label_room(frame), 11.5, short_months=True)


def briefing_columns(width: float, height: float) -> Columns:
    """Date beside headline, the width of the page."""
    frame = _page_frame(width, axis=17, number=32, zone=(2.2, 15.5), lens_axis=26, gap=1.6, leading=12.4, label_size=14)
    text_width = frame.reach - frame.number - 6.5
    return Columns(frame, 6.5, 40, text_width - 40 - 2, 2, 6.2, _page_label_room(frame), 14).resized(height)


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
) -> Frame:
    """The frame of a timeline on a page of A4 or Letter, its height still to come; type in pt."""
    return Frame(
        width=width,
        height=0,
        axes=(axis,),
        zone=zone,
        lens_axis=lens_axis,
        number=number,
        reach=width - axis,
        gap=gap,
        port=leading * POINT / 2,
        pitch=2.6,
        lens_head=6.4,
        lens_pad=2,
        open_zone=7,
        lane=2,
        least_mark=1.7,
        label=label_size * POINT * 1.3,
        lens_label=9 * POINT * LENS_LEADING,
    )


def _page_label_room(frame: Frame) -> tuple[float, float]:
    return 0.0, frame.axes[0] - (TICK + 0.9) * frame.unit


def sans_width(characters: int, size: float) -> float:
    """Width in mm that so much text in our sans takes at most, by its type size in pt."""
    return characters * 0.54 * size * POINT


def mm(length: float) -> str:
    """A length in mm as CSS writes it, to a micrometre."""
    return f"{round(length, 3):g}mm"
