"""Sheets and the type that suits them: sizes in mm, type in pt, and the columns of each document's timeline."""

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass, replace

from triptych.model import Paper, SheetName
from triptych.spine import Frame

POINT = 25.4 / 72
"""One point in mm."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet in portrait: width and height in mm."""

    width: float
    height: float

    @property
    def scale(self) -> float:
        """Factor for geometry: 1 for A3."""
        return min(self.width, self.height) / 297


PAPERS: Mapping[Paper, Sheet] = {Paper.A4: Sheet(210, 297), Paper.LETTER: Sheet(215.9, 279.4)}
SHEETS: Mapping[SheetName, Sheet] = {
    SheetName.A3: Sheet(297, 420),
    SheetName.A2: Sheet(420, 594),
    SheetName.A1: Sheet(594, 841),
    SheetName.A0: Sheet(841, 1189),
    SheetName.TABLOID: Sheet(279.4, 431.8),
    SheetName.ARCH_C: Sheet(457.2, 609.6),
    SheetName.ARCH_D: Sheet(609.6, 914.4),
}


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

    @property
    def at_floor(self) -> "PosterType":
        """The same with the text of the cards at its floor."""
        return replace(self, body=self.floor, headline=self.headline * self.floor / self.body)

    @property
    def properties(self) -> dict[str, str]:
        """Sizes and leadings as CSS custom properties; ratios are those of the A3 design."""
        sizes = {
            "body": (self.body, 14.6 / 11),
            "headline": (self.headline, 16 / 13.5),
            "date": (self.body * 10.5 / 11, 14.6 / 10.5),
            "year": (self.year, 1.0),
            "deck": (self.deck, 20.5 / 15),
            "title": (self.title, 47 / 45),
            "caption": (max(9.0, self.body * 10 / 11), 13 / 10),
            "sources": (max(8.5, self.body * 8.6 / 11), 11 / 8.6),
        }
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
    """Columns of a timeline's cards: x and widths in mm from the timeline's left edge."""

    frame: Frame
    number_width: float
    date_width: float
    """Width of the date, or of date and headline where they are stacked, with the gap after it."""
    detail_width: float
    """Width of the summary, or of the headline; 0 where there is no such column."""
    column_gap: float
    month_width: float
    """Width that a month's short name takes beside a magnifier's axis."""
    short_months: bool = False
    """Months in a magnifier's heading are abbreviated."""

    def resized(self, height: float) -> "Columns":
        return replace(self, frame=replace(self.frame, height=height))

    @property
    def properties(self) -> dict[str, str]:
        return {
            "spine-width": mm(self.frame.width),
            "spine-height": mm(self.frame.height),
            "card-left": mm(self.frame.number),
            "number-width": mm(self.number_width),
            "date-width": mm(self.date_width),
            "detail-width": mm(self.detail_width),
            "column-gap": mm(self.column_gap),
        }


POSTER_MARGIN = 15.0


def poster_columns(sheet: Sheet, text: PosterType) -> Columns:
    """The A3 design's columns at the sheet's scale."""
    s = sheet.scale
    width = sheet.width - 2 * POSTER_MARGIN * s
    number, number_width, date_width, column_gap = 69 * s, 8.5 * s, 72 * s, 5 * s
    frame = Frame(
        width=width,
        height=0,
        axis=27 * s,
        zone=(30 * s, 50 * s),
        lens_axis=64 * s,
        number=number,
        gap=3.6 * s,
        port=text.body * 14.6 / 11 * POINT / 2,
        pitch=3.2 * s,
        lens_head=9 * s,
        lens_pad=3.2 * s,
        open_zone=9 * s,
        lane=2.9 * s,
        least_mark=2 * s,
        year_label=text.year * POINT * 1.3,
    )
    detail = width - number - number_width - date_width - 4 * s
    return Columns(frame, number_width, date_width, detail, column_gap, month_width=7.5 * s)


def factsheet_columns(width: float) -> Columns:
    """Date over headline, in the right column of the fact sheet."""
    frame = Frame(
        width=width,
        height=0,
        axis=14.8,
        zone=(16.8, 22.6),
        lens_axis=25.2,
        number=28.4,
        gap=1.7,
        port=11.8 * POINT / 2,
        pitch=2.6,
        lens_head=6.4,
        lens_pad=2,
        open_zone=7,
        lane=2,
        least_mark=1.7,
        year_label=11.5 * POINT * 1.3,
    )
    return Columns(frame, 5.4, width - 28.4 - 5.4, 0, 0, month_width=7, short_months=True)


def briefing_columns(width: float, height: float) -> Columns:
    """Date beside headline, the width of the page."""
    frame = Frame(
        width=width,
        height=height,
        axis=17,
        zone=(19.2, 33.5),
        lens_axis=45,
        number=49,
        gap=1.6,
        port=12.4 * POINT / 2,
        pitch=2.6,
        lens_head=6.4,
        lens_pad=2,
        open_zone=7,
        lane=2,
        least_mark=1.7,
        year_label=14 * POINT * 1.3,
    )
    return Columns(frame, 6.5, 40, width - 49 - 6.5 - 40 - 2, 2, month_width=7)


def mm(length: float) -> str:
    """A length in mm as CSS writes it, to a micrometre."""
    return f"{round(length, 3):g}mm"
