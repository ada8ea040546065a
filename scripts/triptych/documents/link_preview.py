"""What other sites show of a link to the page: a picture with the title and the timeline, and facts (Open Graph)."""

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import pypdfium2
from babel import Locale

from triptych.compose import spaces
from triptych.compose.views import ArticleView
from triptych.content import typography
from triptych.content.model import FrontMatter
from triptych.design.sheets import Sheet
from triptych.documents.axis import Mark
from triptych.documents.workshop import Workshop

if TYPE_CHECKING:
    from triptych.documents.screen import Dot

NAME = "card.png"
WIDTH, HEIGHT = 1200, 630
"""Of the picture in pixels, as sites show it without cutting it."""
SHEET = Sheet(WIDTH / 96 * 25.4, HEIGHT / 96 * 25.4)
TITLES = ((30, 82), (60, 68), (100, 50), (180, 43))
"""Up to how many characters a title has a size, in pixels."""
SMALLEST = 36
LONGEST_TITLE, LONGEST_DECK, LONGEST = 260, 200, 300
"""Most characters of the title, of the deck, and of both in the picture."""
PITCH, ABOVE = 24, 72
"""Pixels from one row of dots to the next, and most from the axis to the highest."""


def address(front: FrontMatter) -> str:
    """Where the picture stands: beside the page, whose address the article may give."""
    return f"{front.address.rstrip('/')}/{NAME}" if front.address else NAME


def facts(view: ArticleView) -> Mapping[str, str]:
    """The names and contents of the elements `meta`."""
    front = view.front
    title, deck, locale = (
        spaces.told(view.title_html),
        spaces.told(view.deck_html),
        Locale.parse(front.language, sep="-"),
    )
    given = {
        "og:type": "article",
        "og:title": title,
        "og:description": deck,
        "og:url": front.address,
        "og:site_name": front.publisher,
        "og:locale": f"{locale.language}_{locale.territory}" if locale.territory else locale.language,
        "og:image": address(front),
        "og:image:width": f"{WIDTH}",
        "og:image:height": f"{HEIGHT}",
        "og:image:alt": title,
        "article:published_time": front.date and front.date.isoformat(),
        "twitter:card": "summary_large_image",
        "twitter:title": title,
        "twitter:description": deck,
        "twitter:image": address(front),
        "twitter:image:alt": title,
    }
    return {name: content for name, content in given.items() if content}


def picture(workshop: Workshop, dots: Sequence["Dot"], marks: Sequence[Mark]) -> bytes:
    """The picture as PNG: publisher, title, deck and the timeline in the look of the article."""
    view = workshop.view
    title = typography.shortened(spaces.told(view.title_html), LONGEST_TITLE)
    size = next((size for most, size in TITLES if len(title) <= most), SMALLEST)
    rows = max((dot.row for dot in dots), default=0) or 1
    composed = workshop.composed(
        "card",
        view,
        SHEET,
        {"title-px": f"{size}px", "pitch": f"{min(PITCH, ABOVE / rows):.2f}px"},
        word="briefing",
        shown_title=title,
        deck=typography.shortened(spaces.told(view.deck_html), min(LONGEST_DECK, LONGEST - len(title))),
        dots=dots,
        marks=marks,
    )
    pdf = workshop.typesetter.sketch(workshop.typesetter.pages(composed))
    with pypdfium2.PdfDocument(pdf) as document:
        seen = document[0].render(scale=96 / 72).to_pil().convert("RGB").crop((0, 0, WIDTH, HEIGHT))
    target = io.BytesIO()
    seen.save(target, "PNG", optimize=True)
    return target.getvalue()
