"""Type sizes for each sheet and page, in pt."""

from bisect import bisect
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property, lru_cache

from triptych.content.units import MM_PER_POINT
from triptych.design.sheets import Sheet

CROWDED = (0.88, 1.0, 1.3)
"""Headlines of events of weight 1, 2 and 3 on a crowded poster, as multiples of the design's headline."""
TIERS = (1.0, 1.25, 1.75)
"""The same on a poster whose type has grown to its room: three tiers that are seen from two metres."""
SUMMARY, FOLLOWS = 1.14, 0.7
"""Size of a summary as a multiple of the design's, and the share of the growth of headlines that it follows."""
YEARS_FOLLOW = 0.4
"""The share of the growth of headlines that the labels of the scale follow."""

LIGHT_LEADING = 1.12
"""Leading of a headline of weight 1 whose type has grown, as a multiple of its size."""
HEADLINES_APART = 1.11
"""Leading of a poster's headlines where marks above capitals meet tails of the line before, as a multiple of theirs."""
TITLE_APART, POSTER_TITLE_APART = 1.08, 1.15
"""The same of a title, and of a poster's, which is set closer."""
BASELINE = 0.7
"""Twice the distance from the middle of a line down to its baseline, as a multiple of the type size."""

HEADLINE_WHITE = 0.15
"""White between a headline and the summary under it, as a multiple of the headline's size."""


@dataclass(frozen=True)
class PosterType:
    """Type sizes of a poster, in pt.

    Type grows more slowly than the sheet: its x-height is 0.2 degrees of visual angle at the usual reading distance.
    """

    body: float
    headline: float
    year: float
    deck: float
    title: float
    floor: float
    """Smallest body text on this sheet."""
    growth: float = 0.0
    """Size of the headlines as a multiple of the design's, where the type has grown to its room; else 0."""
    beside: bool = False
    """Whether dates whose type has grown stand beside their headlines."""

    higher: tuple[float, float] = (1.0, 1.0)
    """Leading of text and of headlines, as multiples of those of Latin."""
    air: tuple[float, float] = (0.0, 0.0)
    """White above and below a headline, as multiples of its size."""
    apart: float = 1.0
    """Leading of headlines, as a multiple of that of their script."""

    def grown(self, growth: float, beside: bool = False) -> "PosterType":
        """The same sizes with text on the cards that has grown, and labels of the scale in proportion.

        `beside`: whether dates stand beside their headlines. What stands around the timeline keeps its size.
        """
        year = self.year * (1 + YEARS_FOLLOW * (max(growth, 1.0) - 1))
        return replace(self, growth=growth, year=year, beside=beside)

    def in_ratio(self, title: float, text: float) -> "PosterType":
        """The same sizes in the ratios of a theme: of title and deck, and of the text, never below the floor."""
        body = max(self.body * text, self.floor)
        return replace(self, title=self.title * title, deck=self.deck * title, body=body)

    def in_language(self, language: str) -> "PosterType":
        """The same sizes with the leading of the script of a language."""
        text = in_script(language)[1]
        return self if text == 1.0 else replace(self, higher=(text, _ARABIC_HEADLINES[0]), air=_ARABIC_HEADLINES[1])

    @property
    def larger(self) -> float:
        """What has room to grow with the headlines, as a multiple of the design's: never smaller than that."""
        return max(self.growth, 1.0)

    @property
    def least_growth(self) -> float:
        """The growth at which a summary is as small as it may be on this sheet."""
        return 1 + (self.floor / (self.body * SUMMARY) - 1) / FOLLOWS

    def cards_in(self, factor: float) -> "PosterType":
        """The same sizes with all text but title and deck scaled by a factor, but body text never below the floor."""
        factor = max(factor, self.floor / self.body)
        return replace(self, body=self.body * factor, headline=self.headline * factor)

    def size(self, name: str) -> float:
        """A type size in pt, rounded to a hundredth as in the CSS. Raises KeyError for an unknown name."""
        return self._set[name][0]

    def leading(self, name: str) -> float:
        """The leading of a type size, in mm. Raises KeyError for an unknown name."""
        return self._set[name][1]

    @cached_property
    def _set(self) -> Mapping[str, tuple[float, float]]:
        """Each size in pt as it is set, and its leading in mm; kept, since a search asks for them often."""
        return {
            name: (round(size, 2), size * ratio * self._higher(name) * MM_PER_POINT)
            for name, (size, ratio) in self.sizes.items()
        }

    def _higher(self, name: str) -> float:
        """What a leading is multiplied with. Masthead and title have their own in the style sheets."""
        text, headlines = self.higher
        return headlines * self.apart if name.startswith("headline") else 1.0 if name in ("head", "title") else text

    @property
    def sizes(self) -> dict[str, tuple[float, float]]:
        """Each size in pt, and its leading as a multiple of it. The ratios are those of the A3 design."""
        sources = max(8.5, self.body * 8.6 / 11)
        return {
            **(self._grown_cards if self.growth else self._cards),
            "head": (self.body * 10.5 / 11, 1),
            "deck": (self.deck, 20.5 / 15),
            "title": (self.title, 47 / 45),
            "caption": (max(9.0, self.body * 10 / 11), 13 / 10),
            "sources": (sources, 11 / 8.6),
            "picture": (sources * (1 + FOLLOWS * (self.larger - 1)), 11 / 8.6),
        }

    @property
    def _cards(self) -> dict[str, tuple[float, float]]:
        """The sizes and leadings of the cards of a crowded poster."""
        light, medium, heavy = (self.headline * tier for tier in CROWDED)
        return {
            "body": (self.body, 14.6 / 11),
            "headline-1": (max(light, self.body), 16 / 13.5),
            "headline-2": (medium, 16 / 13.5),
            "headline-3": (heavy, 15.5 / 13.5),
            "date": (self.body * 10.5 / 11, 14.6 / 10.5),
        }

    @property
    def _grown_cards(self) -> dict[str, tuple[float, float]]:
        """The same where the type has grown: the larger the type, the less white between its lines."""
        light, medium, heavy = (self.headline * self.growth * tier for tier in TIERS)
        summary = self.body * SUMMARY * (1 + FOLLOWS * (self.growth - 1))
        light, date = max(light, summary), max(self.body * 10.5 / 11 * self.growth, self.floor)
        on_one_line = ((LIGHT_LEADING * self.apart + BASELINE) * light / date) - BASELINE
        return {
            "body": (summary, 1.3),
            "headline-1": (light, LIGHT_LEADING),
            "headline-2": (medium, 1.08),
            "headline-3": (heavy, 1.08),
            "date": (date, on_one_line if self.beside else 1.28),
        }

    @property
    def properties(self) -> dict[str, str]:
        """Sizes and leadings as CSS custom properties."""
        sizes = self.sizes
        properties = {f"{name}-size": f"{size:.2f}pt" for name, (size, _) in sizes.items()}
        leadings = {
            f"{name}-leading": f"{size * ratio * self._higher(name):.2f}pt"
            for name, (size, ratio) in sizes.items()
            if ratio > 1
        }
        above, below = self.air
        air = {"headline-above": above, "headline-below": below, "stacked-white": HEADLINE_WHITE}
        return properties | leadings | {name: f"{white:g}em" for name, white in air.items()}


_POSTER_TYPE: Mapping[float, PosterType] = {
    297: PosterType(body=11, headline=13.5, year=23, deck=15, title=45, floor=10),
    420: PosterType(body=14, headline=17, year=29, deck=19, title=64, floor=12),
    594: PosterType(body=18, headline=22, year=38, deck=25, title=90, floor=15),
    841: PosterType(body=24, headline=29, year=50, deck=33, title=128, floor=18),
}
"""Type of the sheets A3 to A0, by their short side in mm."""


@lru_cache(maxsize=32)
def poster_type(sheet: Sheet) -> PosterType:
    """Type for any sheet: interpolated linearly, by its short side, between the two nearest sheets of the design."""
    sides = sorted(_POSTER_TYPE)
    side = min(max(min(sheet.width, sheet.height), sides[0]), sides[-1])
    above = min(max(bisect(sides, side), 1), len(sides) - 1)
    small, large = _POSTER_TYPE[sides[above - 1]], _POSTER_TYPE[sides[above]]
    part = (side - sides[above - 1]) / (sides[above] - sides[above - 1])
    return PosterType(
        **{
            one.name: getattr(small, one.name) + part * (getattr(large, one.name) - getattr(small, one.name))
            for one in fields(PosterType)
            if one.name not in ("growth", "beside", "higher", "air")
        }
    )


@dataclass(frozen=True, slots=True)
class BriefingType:
    """Type sizes and leadings of the briefing's running text and sources, in pt."""

    body: float
    leading: float
    sources: float
    sources_leading: float

    @property
    def properties(self) -> dict[str, str]:
        """Sizes and leadings as CSS custom properties."""
        return {
            "body-size": f"{self.body:g}pt",
            "body-leading": f"{self.leading:g}pt",
            "sources-size": f"{self.sources:g}pt",
            "sources-leading": f"{self.sources_leading:g}pt",
        }

    def relative(self, other: "BriefingType") -> float:
        """Estimated height of running text in this type, as a share of its height in the other type."""
        return self.body * self.leading / (other.body * other.leading)


_ARABIC = (1.11, 1.2)
"""Size and leading of running text in Arabic, as multiples: its small letters are lower, and its tall ones taller."""

_ARABIC_HEADLINES = (1.45, (0.25, 0.28))
"""Leading of a poster's headlines in Arabic, as a multiple, and the white above and below each: its vowels stand high,
and the tails of its last letters reach low."""


def in_script(language: str) -> tuple[float, float]:
    """Size and leading of the running text of a language, as multiples of those of Latin."""
    return _ARABIC if language.partition("-")[0] == "ar" else (1.0, 1.0)


BRIEFING_TYPE = (
    BriefingType(body=10.5, leading=15, sources=9, sources_leading=12),
    BriefingType(body=10.5, leading=14.2, sources=8.5, sources_leading=10.6),
    BriefingType(body=10, leading=13.3, sources=8.5, sources_leading=10.6),
)
"""The briefing's types, from the largest to the smallest."""
BOOKLET_TYPE = (
    BriefingType(body=10, leading=13.8, sources=8.5, sources_leading=10.8),
    BriefingType(body=10.5, leading=14.5, sources=8.5, sources_leading=10.8),
    BriefingType(body=11, leading=15.2, sources=9, sources_leading=11.6),
)
"""The types of a booklet, on pages of half the paper, from the smallest to the largest."""
BRIEFING_LARGER = (
    BriefingType(body=16, leading=22.5, sources=9, sources_leading=12),
    BriefingType(body=13, leading=18.5, sources=9, sources_leading=12),
)
"""Types of a briefing that fills less than half a page, from the largest."""
