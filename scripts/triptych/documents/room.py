"""What the estimate of a timeline on a sheet depends on, as values: the same values always have the same estimate."""

from dataclasses import dataclass, field, replace

from triptych.compose.views import EventView
from triptych.content.calendars import Calendar
from triptych.content.dates import When
from triptych.design import faces, lines
from triptych.design.sheets import POSTER_MARGIN, Sheet
from triptych.design.sizes import HEADLINES_APART, PosterType, poster_type
from triptych.documents import pictured
from triptych.documents.pictured import Printable
from triptych.documents.workshop import Workshop
from triptych.timeline.columns import Spread
from triptych.timeline.spine import Bare, bare

BANNER_ASIDE = 0.2
"""Share of a banner's width for title, deck and key."""
ASIDE = 0.27
"""Share of a landscape sheet's width for title, deck and key, beside the timeline."""
KEY, TITLE_GAP = 62.0, 8.0
"""Width of the key beside the title, and the white space between them, at the scale of A3, in mm."""
LANDSCAPE_TITLE, LEAST_TITLE = 0.8, 0.5
"""Size of the title on a landscape sheet, and the least size that makes room for a long word, as shares of its own."""
KEY_BELOW_TITLE = 1.35
"""Largest size of title and deck where the key stands at the foot, as a multiple of the design's."""
BANNER_TITLE, BESIDE_LINES = 1.46, 3
"""Largest size of the title of a banner, as a multiple of the design's, and the most lines of one beside a timeline."""
TITLE_LINES = 2
"""Most lines of a title that is larger than the design's."""


@dataclass(frozen=True, slots=True)
class Subject:
    """The events and eras of an article, its title, and how its language and its theme set type."""

    events: tuple[Bare, ...]
    views: tuple[EventView, ...]
    pictures: tuple[Printable, ...]
    eras: tuple[tuple[When, str], ...]
    """The time of each era, and its label."""
    title: str
    language: str
    calendar: Calendar
    ratios: tuple[float, float]
    """The theme's sizes of titles and of texts, as multiples of the design's."""
    tall: bool
    """Whether lines of large type stand farther apart."""


def subject(workshop: Workshop) -> Subject:
    """The part of an article on which an estimate depends."""
    article, view, theme = workshop.article, workshop.view, workshop.composer.theme
    return Subject(
        events=bare(article.events),
        views=tuple(view.events),
        pictures=tuple(pictured.printable(workshop)),
        eras=tuple((era.date, shown.label) for era, shown in zip(article.eras, view.eras, strict=True)),
        title=view.title_html.striptags(),
        language=view.front.language,
        calendar=view.calendar,
        ratios=(theme.title_ratio or 1.0, theme.text_ratio or 1.0),
        tall=workshop.tall,
    )


@dataclass(frozen=True, slots=True)
class Room:
    """A sheet for a subject, and the lengths that follow from it, in mm."""

    subject: Subject
    sheet: Sheet
    key_below: bool = field(default=False, kw_only=True)
    """Whether the key stands at the foot, and the title has all the width."""
    pictured: frozenset[str] = field(default=frozenset(), kw_only=True)
    """The ids of the events whose cards have a picture."""
    follow: float = field(default=0.0, kw_only=True)
    """The share of the growth of headlines that these pictures follow."""

    @property
    def type(self) -> PosterType:
        """The sheet's type, with the ratios of the theme and the leading of the script."""
        text = poster_type(self.sheet).in_ratio(*self.subject.ratios).in_language(self.subject.language)
        return replace(text, apart=HEADLINES_APART) if self.subject.tall else text

    @property
    def margin(self) -> float:
        """Margin on each side."""
        return POSTER_MARGIN * self.sheet.scale

    @property
    def live(self) -> float:
        """Width between the margins."""
        return self.sheet.width - 2 * self.margin

    @property
    def aside(self) -> float:
        """Width of the column beside a landscape timeline, with the white space after it; 0 on an upright sheet."""
        share = BANNER_ASIDE if self.sheet.banner else ASIDE
        return self.live * share if self.sheet.landscape else 0.0

    @property
    def spread(self) -> Spread:
        """Use of the timeline's width, before a rung is chosen."""
        return Spread(eras=1 if self.subject.eras else 0)

    @property
    def title_room(self) -> float:
        """Width that the title has."""
        if self.key_below:
            return self.live
        beside = self.aside if self.sheet.landscape else self.live - KEY * self.sheet.scale
        return beside - TITLE_GAP * self.sheet.scale

    @property
    def title_size(self) -> float:
        """The title's size in pt: smaller for a word wider than its column, larger where the key stands elsewhere."""
        room, size, title = self.title_room, self.type.title, self.subject.title
        share = LANDSCAPE_TITLE if self.sheet.landscape else 1.0
        wider = lines.WIDER if self.sheet.landscape else 1.0
        most = BANNER_TITLE if self.sheet.banner else KEY_BELOW_TITLE
        number = BESIDE_LINES if self.sheet.landscape else TITLE_LINES
        if self.key_below or self.sheet.landscape:
            steps = (share + step / 100 for step in range(round(100 * (most - share)), 0, -1))
            fits = (one for one in steps if lines.count(title, faces.TITLE, wider * size * one, room) <= number)
            share = next(fits, share)
        widest = max(faces.width(word, faces.TITLE, size) for word in title.split(" "))
        return size * max(min(share, room / (wider * widest)), LEAST_TITLE)
