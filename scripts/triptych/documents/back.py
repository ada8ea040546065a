"""The back of a fact sheet: whole sources, how to read the marks, questions, how it was checked and whom to tell."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from triptych.compose import placed
from triptych.compose.html import MeasuredPart
from triptych.compose.placed import MarkView
from triptych.content.cite import Source
from triptych.content.errors import FitError
from triptych.design.sheets import mm
from triptych.documents.workshop import SLACK, Workshop
from triptych.timeline.drawing import Drawing

SIDE, GAP = 18.0, 7.0
"""Margins on both sides, since holes are on the right of a back, and the white space between the columns, in mm."""
TYPES = ((9.5, 11.6, 1.2), (9.5, 11.2, 0.7), (9.0, 11.0, 1.0), (9.0, 10.6, 0.6), (8.5, 10.4, 0.8))
"""Size and leading of its sources, in pt, and the space between two, in mm, from the largest."""
SECTION_GAP = 3.5
"""White space below a section, as a multiple of that between two sources."""
MOST_SECTIONS = 6
"""Most sections of the back."""
LESS_WHITE = TYPES[-1][2] - min(gap for _, _, gap in TYPES)
"""By how much a larger type may have less white between two sources than the smallest, in mm. Its lines are higher."""
LONG_ADDRESS = 45
"""Where there is no room, an address of more characters than this gives way to its site."""
BELOW_RULE = 1.5
"""White space between the rule above the second column and the sources that go on there, in mm."""
SITES, QUESTIONS, TITLES = "long addresses", "the questions", "all of each source but its short title"
"""What the back leaves out, in this order."""


@dataclass(frozen=True, slots=True)
class BackView:
    """What the back prints, beside what is in the article."""

    sources: tuple[Source, ...]
    rule: str
    """How to open a source by its number, or by its site; empty where each has its whole address."""
    marks: tuple[MarkView, ...]
    questions: tuple[Markup, ...]
    margins: tuple[float, float]
    """The upper and the lower margin, in mm."""
    size: tuple[float, float, float] = TYPES[0]
    begun: int = 0
    """Number of the first sources that stand at the foot of the first column."""
    in_short: bool = False
    """Whether the sources have their short titles alone."""
    cut: tuple[str, ...] = ()
    """What is left out, for lack of room."""

    @property
    def before(self) -> tuple[Source, ...]:
        """The sources of the first column."""
        return self.sources[: self.begun]

    @property
    def after(self) -> tuple[Source, ...]:
        """The sources of the second column."""
        return self.sources[self.begun :]

    @property
    def properties(self) -> Mapping[str, str]:
        """Its measures as CSS custom properties."""
        size, leading, gap = self.size
        return {
            "back-margin": " ".join(map(mm, (self.margins[0], SIDE, self.margins[1]))),
            "back-height": f"calc(var(--page-height) - {mm(sum(self.margins) + SLACK)})",
            "back-gap": mm(GAP),
            "below-rule": mm(BELOW_RULE),
            "whole-gap": mm(gap),
            "back-section": mm(SECTION_GAP * gap),
            "whole-size": f"{size:g}pt",
            "whole-leading": f"{leading:g}pt",
            **placed.key_properties(1.0),
        }

    @property
    def drawings(self) -> Mapping[str, Drawing]:
        """The drawings of its key."""
        return placed.key_drawings(1.0)


def back(workshop: Workshop, properties: Mapping[str, str], margins: tuple[float, float]) -> BackView:
    """The back in the largest type in which it is one page.

    Where the second column is too short for the sources, they begin in the first. Then long addresses give way to their
    sites, the questions go, and at last each source has its short title alone. Raises FitError.

    `properties` are those of the front; `margins` are the upper and the lower one, in mm.
    """
    over = 0.0
    for views in _tries(workshop, _whole(workshop, margins)):
        found, over = _in_columns(workshop, views[-1], properties)
        if over > LESS_WHITE * (len(found.sources) + SECTION_GAP * MOST_SECTIONS):
            continue
        for view in views:
            found, over = _in_columns(workshop, view, properties)
            if over <= 0:
                return found
    raise FitError(
        f"the back of the fact sheet is {over:.0f} mm too long for one page, even without its optional parts\n"
        "    Shorten the method, or cite fewer sources on the fact sheet."
    )


def _whole(workshop: Workshop, margins: tuple[float, float]) -> BackView:
    view, front = workshop.view, workshop.view.front
    status = [line for column in view.status for line in column.statements]
    sources = view.sources_of(view.events, view.figures, status, view.resources, view.leads)
    short = bool(front.redirects and view.address and sources)
    number = sources[0].number if sources else 0
    return BackView(
        sources=tuple(_addressed(source, 0 if short else math.inf) for source in sources),
        rule=view.words.open_source.format(number, f"{view.address}/{number}") if short else "",
        marks=workshop.marks,
        questions=view.questions_html,
        margins=margins,
    )


def _addressed(source: Source, most: float) -> Source:
    """A source with its whole address, or only its site where the address has more characters than `most`."""
    whole = source.url.split("://", 1)[-1].rstrip("/")
    return replace(source, address=whole if len(whole) <= most else whole.partition("/")[0].removeprefix("www."))


def _tries(workshop: Workshop, view: BackView) -> Iterator[Sequence[BackView]]:
    """The back, ever shorter; each time in all types, from the largest, or in the smallest alone."""
    yield [replace(view, size=size) for size in TYPES]
    if not view.rule and any(len(source.address) > LONG_ADDRESS for source in view.sources):
        sites = tuple(_addressed(source, LONG_ADDRESS) for source in view.sources)
        view = replace(view, sources=sites, rule=workshop.view.words.search_site, cut=(SITES,))
        yield [replace(view, size=size) for size in TYPES]
    if view.questions:
        view = replace(view, questions=(), cut=(*view.cut, QUESTIONS))
        yield [replace(view, size=TYPES[-1])]
    yield [replace(view, size=TYPES[-1], in_short=True, cut=(*view.cut, TITLES))]


def _in_columns(workshop: Workshop, view: BackView, properties: Mapping[str, str]) -> tuple[BackView, float]:
    """The back with its sources in the second column, or else from the foot of the first.

    Returns by how many mm it is too long for its page, too.
    """
    edges = _edges(workshop, view, properties)

    def height(name: str) -> float:
        return edges[name][1] - edges[name][0]

    room = workshop.paper.height - sum(view.margins) - SLACK - height("part-back-head") - height("part-back-foot")
    left, right = height("part-back-left"), height("part-back-right")
    if right <= room or not view.sources:
        return view, max(left, right) - room
    top, end = edges["part-back-right"]
    begins = [edges[f"whole-{source.key}"][0] for source in view.sources]
    for number, begin in enumerate(begins[1:], start=1):
        if end - begin + BELOW_RULE <= room:
            return replace(view, begun=number), left + begin - top - room
    return view, max(left, right) - room


def _edges(workshop: Workshop, view: BackView, properties: Mapping[str, str]) -> Mapping[str, tuple[float, float]]:
    """Upper and lower edges of the parts of the back, and of each source in one column, in mm."""
    part, article = workshop.composer.part, workshop.view
    live = workshop.paper.width - 2 * SIDE
    column = mm((live - GAP) / 2)
    parts: Sequence[MeasuredPart] = (
        MeasuredPart("back-head", part("back", "back_head", article), mm(live)),
        MeasuredPart("back-left", part("back", "back_left", article, view), column),
        MeasuredPart("back-right", part("back", "back_right", article, view), column),
        MeasuredPart("back-foot", part("back", "back_foot", article), mm(live)),
    )
    return workshop.edges("factsheet", article, workshop.paper, {**properties, **view.properties}, parts)
