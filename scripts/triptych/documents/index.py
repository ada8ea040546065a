"""The index of a poster: every event in order, in columns whose places follow from the heights of the entries.

The typesetter would set columns of its own several times to fill them. An entry whose lines are not sure is measured.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from triptych.compose import placed
from triptych.compose.html import MeasuredPart
from triptych.compose.placed import IndexEntry, IndexView
from triptych.compose.views import EventView
from triptych.content.units import MM_PER_POINT
from triptych.design import faces, lines
from triptych.design.galley import Galley, pages
from triptych.design.sheets import SourceColumns, mm
from triptych.documents.ladder import Sized
from triptych.documents.workshop import SLACK, Misjudged
from triptych.typeset import heights
from triptych.typeset.heights import Style, Unsure
from triptych.typeset.pages import Pages

SIZE, LEADING = 9.0, 11.6
"""Size and leading of an entry, in pt."""
HEADING, BELOW_HEADING = 19.0, 3.0
"""Leading of the heading in pt, and the white space below it in mm."""
MARGIN = 18.0
"""White space around a page, in mm."""
COLUMNS, GAP = 2, 7.0
"""Number of columns, and the white space in mm between two of them."""
NUMBER = 10.0
"""Room for the number before an entry, in mm."""
BESIDE_DATE = 0.5
"""White space after a date, in em."""
BOLD = replace(faces.TEXT, weight=600)
"""The face of dates."""


@dataclass(frozen=True, slots=True)
class Index:
    """An index with each entry at its place. `ends`: lower edges in mm of those that end a column, by name."""

    view: IndexView
    ends: Mapping[str, float]

    def prove(self, set_pages: Pages) -> None:
        """Check that each column ends where its heights say. Raises Misjudged."""
        for name, _, (_, _, _, bottom) in set_pages.boxes():
            if name in self.ends and abs(bottom - self.ends[name]) > SLACK:
                raise Misjudged(name)


def properties(sized: Sized) -> dict[str, str]:
    """What the style sheet needs, as CSS custom properties."""
    return {
        "index-width": mm(sized.workshop.paper.width),
        "index-height": mm(sized.workshop.paper.height),
        "index-margin": mm(MARGIN),
        "index-size": f"{SIZE:g}pt",
        "index-leading": f"{LEADING:g}pt",
        "index-heading": f"{HEADING:g}pt",
        "index-below-heading": mm(BELOW_HEADING),
        "index-column": mm(_columns(sized).width),
        "index-number": mm(NUMBER),
        "index-beside-date": f"{BESIDE_DATE:g}em",
    }


def index(sized: Sized, events: Sequence[EventView], own: Mapping[str, str]) -> Index:
    """The index of some events. `own`: the poster's CSS custom properties."""
    found = heights_of(sized, events, own)
    head = HEADING * MM_PER_POINT + BELOW_HEADING
    room = sized.workshop.paper.height - 2 * MARGIN
    entries, ends, left, below = list[IndexEntry](), dict[str, float](), iter(events), 0.0
    for number, galley in enumerate(pages([found[event.id] for event in events], COLUMNS, room - head, room)):
        part = [next(left) for _ in galley.columns]
        top = MARGIN if number else MARGIN + head
        last = _ends(part, found, galley, top)
        entries += placed.index_entries(part, galley, _columns(sized).step, last, is_first=not number)
        ends |= last
        below = top + galley.height - [*last.values()][-1]
    return Index(placed.index_view(entries, below), ends)


def known_heights(sized: Sized, events: Sequence[EventView]) -> Mapping[str, float]:
    """Heights in mm of the entries that are sure, by the events' ids."""
    known = dict[str, float]()
    for event in events if sized.workshop.shaped else ():
        with suppress(Unsure):
            known[event.id] = _lines(sized, event) * LEADING * MM_PER_POINT
    return known


def heights_of(sized: Sized, events: Sequence[EventView], own: Mapping[str, str]) -> Mapping[str, float]:
    """Heights of entries in mm, by the events' ids: those that are not sure are measured."""
    workshop, known = sized.workshop, known_heights(sized, events)
    unsure = [event for event in events if event.id not in known]
    measured = workshop.heights("poster", workshop.view, sized.sheet, own, [*_parts(sized, unsure)])
    return {**known, **measured}


def _parts(sized: Sized, events: Sequence[EventView]) -> Iterator[MeasuredPart]:
    width = mm(_columns(sized).width)
    for event in events:
        yield MeasuredPart(event.id, sized.workshop.composer.part("poster", "measured_entry", event), width)


def _lines(sized: Sized, event: EventView) -> int:
    """Number of lines of an entry. Raises Unsure."""
    view = sized.workshop.view
    html = str(sized.workshop.composer.settled(str(event.cited_headline_html), view))
    style = Style(faces.TEXT, SIZE, lines.REFERENCE * SIZE)
    before = _before(event, view.front.language)
    return heights.count(html, style, _columns(sized).width - NUMBER, view.front.language, before)


def _before(event: EventView, language: str) -> float:
    """Length in mm of a date and the white space after it, on the line on which its headline starts. Raises Unsure."""
    date = heights.length(event.short_date, BOLD, language) + BESIDE_DATE
    return (date + heights.length(" ", faces.TEXT, language)) * SIZE * MM_PER_POINT


def _ends(events: Sequence[EventView], found: Mapping[str, float], galley: Galley, top: float) -> Mapping[str, float]:
    """Lower edges in mm of the last entry of each column of a page, by name."""
    ends = dict[int, tuple[str, float]]()
    for event, column in zip(events, galley.columns, strict=True):
        _, above = ends.get(column, ("", top))
        ends[column] = placed.entry_name(event), above + found[event.id]
    return dict(ends.values())


def _columns(sized: Sized) -> SourceColumns:
    return SourceColumns(COLUMNS, GAP, sized.workshop.paper.width - 2 * MARGIN)
