"""The article becomes one page for the screen, which loads nothing from elsewhere and works without a script."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from babel import Locale

from triptych.compose import links, spaces
from triptych.compose.isolation import isolated
from triptych.compose.views import ArticleView, EventView
from triptych.content import kin, numerals, pictures, prose, uses
from triptych.content.letters import in_their_language
from triptych.content.model import Event
from triptych.design.where import Templates
from triptych.documents import axis, link_preview
from triptych.documents.browser import callable_numbers, modern
from triptych.documents.workshop import Workshop
from triptych.timeline.drawing import ART

_DATA = "\ue000"
"""Where the facts for search engines go, as they are."""
DOT = 0.035
"""Width of a dot with the white beside it, as a share of the scale on a wide screen."""


@dataclass(frozen=True, slots=True)
class Dot:
    """An event on the scale."""

    event: EventView
    place: str
    """From the start of the scale, and its row, as CSS."""
    row: int


@dataclass(frozen=True, slots=True)
class Language:
    """The page of the same article in a language."""

    tag: str
    name: str
    """As the language calls itself."""
    direction: str
    """ltr or rtl."""
    address: str
    """From the page that links it; empty for that page itself."""


def languages(folder: Path, tags: Mapping[str, str]) -> tuple[Language, ...]:
    """The pages of an article in its languages, as they stand beside each other in its folder of build/.

    `tags` are those of the languages, by the names of the folders of translations: empty for the original.
    """
    here = kin.tag(folder)
    up = "../../" if here else "../"
    return tuple(_language(tag, "" if name == here else f"{up}{name}/html/index.html") for name, tag in tags.items())


def _language(tag: str, address: str) -> Language:
    locale = Locale.parse(tag, sep="-")
    name = locale.get_language_name(locale) or tag
    return Language(tag, name, locale.text_direction, address.replace("//", "/"))


def page(
    workshop: Workshop, folder: Path, templates: Templates, others: Sequence[Language] = ()
) -> Mapping[str, bytes]:
    """The files of the page by name: `index.html`, its style and script, and the pictures that it shows.

    `others` are the languages of the article, its own among them; none if it has only one.
    """
    view = workshop.view
    events = workshop.article.events
    dots, marks = _dots(view, events), axis.marks(view, events)
    html = workshop.composer.report(
        "web/index.html.jinja",
        article=view,
        dots=dots,
        rows=1 + max((dot.row for dot in dots), default=0),
        axis=marks,
        card=link_preview.facts(view),
        data=_DATA,
        languages=others,
        alternates=_alternates(view.front.address, others),
        digits=numerals.style(view.front.language),
    )
    html = spaces.out_of_links(links.led_back(links.described(html, view)))
    html = numerals.native_html(callable_numbers(html), view.front.language)
    html = modern(spaces.kept(isolated(in_their_language(html), view.mirrored)))
    html = html.replace(_DATA, _structured(view, workshop.moment))
    fixed = {name: templates.file(f"web/{name}").read_bytes() for name in ("page.css", "page.js")}
    drawings = {name: drawn for name, drawn in workshop.art.items() if f"{ART}{name}" in html}
    html = html.replace(prose.ASSETS, "").replace(ART, "")
    shown = {name: svg.encode() for name, svg in workshop.composer.art(drawings).items()}
    for name in uses.pictures(folder):
        body = (kin.root(folder) / name).read_bytes()
        if name.lower().endswith(".pdf"):
            html = html.replace(f'src="{quote(name)}"', f'src="{quote(name)}.png"')
            name, body = f"{name}.png", pictures.printable(body)
        shown[name] = body
    picture = link_preview.picture(workshop, dots, marks)
    return {**shown, "index.html": html.encode(), link_preview.NAME: picture, **fixed}


def _alternates(address: str | None, languages: Sequence[Language]) -> Mapping[str, str]:
    """The whole address of the page in each language: search engines take no other. None without that of the page."""
    if not address:
        return {}
    return {one.tag: urljoin(f"{address.rstrip('/')}/", one.address) if one.address else address for one in languages}


def _dots(view: ArticleView, events: tuple[Event, ...]) -> list[Dot]:
    """The events by their place between the first and the last."""
    if not events:
        return []
    days = {event.id: axis.day(event.date) for event in events}
    first, last = min(days.values()), max(days.values())
    length = (last - first) or 1.0
    return list(_in_rows((event, (days[event.id] - first) / length) for event in view.events))


def _in_rows(placed: Iterable[tuple[EventView, float]]) -> Iterator[Dot]:
    """Each event in the first row in which its dot touches no other; they come in the order of time."""
    ends: list[float] = []
    for event, at in placed:
        row = next((number for number, end in enumerate(ends) if end + DOT <= at), len(ends))
        ends[row : row + 1] = [at]
        yield Dot(event, f"--at: {at:.2%}; --row: {row}", row)


def _structured(view: ArticleView, moment: datetime) -> str:
    """What a search engine reads (schema.org Article), safe inside a script element. All of it is plain text."""
    front = view.front
    house = {"@type": "Organization", "name": front.publisher} if front.publisher else None
    facts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": spaces.told(view.title_html),
        "description": spaces.told(view.deck_html),
        "image": link_preview.address(front),
        "datePublished": front.date and front.date.isoformat(),
        "dateModified": front.date and max(front.date, moment.date()).isoformat(),
        "inLanguage": front.language,
        "version": front.version,
        "author": house,
        "publisher": house,
        "license": front.licence and (front.licence.url or front.licence.name),
        "citation": [
            {"@type": "CreativeWork", "name": spaces.plain(source.short), **({"url": source.url} if source.url else {})}
            for source in view.sources
        ],
        "url": front.address,
        "isBasedOn": front.source_article and front.source_article.url,
    }
    facts = {name: value for name, value in facts.items() if value}
    return json.dumps(facts, ensure_ascii=False, indent=2).replace("<", "\\u003c")
