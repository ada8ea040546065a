"""The back of a fact sheet: whole sources, how to read the marks, questions, how it was checked and whom to tell."""

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
TYPES = ((9.5, 11.6), (9.0, 11.0), (8.5, 10.4))
"""Size and leading of its sources, in pt, from the largest."""


@dataclass(frozen=True, slots=True)
class BackView:
    """What the back prints, beside what is in the article."""

    sources: tuple[Source, ...]
    rule: str
    """How to open a source by its number; empty where each has its whole address."""
    marks: tuple[MarkView, ...]
    questions: tuple[Markup, ...]
    margins: tuple[float, float]
    """The upper and the lower margin, in mm."""
    size: tuple[float, float] = TYPES[0]

    @property
    def properties(self) -> Mapping[str, str]:
        """Its measures as CSS custom properties."""
        size, leading = self.size
        return {
            "back-margin": " ".join(map(mm, (self.margins[0], SIDE, self.margins[1]))),
            "back-height": f"calc(var(--page-height) - {mm(sum(self.margins) + SLACK)})",
            "back-gap": mm(GAP),
            "whole-size": f"{size:g}pt",
            "whole-leading": f"{leading:g}pt",
            **placed.key_properties(1.0),
        }

    @property
    def drawings(self) -> Mapping[str, Drawing]:
        """The drawings of its key."""
        return placed.key_drawings(1.0)


def back(workshop: Workshop, properties: Mapping[str, str], margins: tuple[float, float]) -> BackView:
    """The back in the largest type in which it is one page, at last without questions. Raises FitError.

    `properties` are those of the front; `margins` are the upper and the lower one, in mm.
    """
    over = 0.0
    for view in _tries(_whole(workshop, margins)):
        over = _over(workshop, view, properties)
        if over <= 0:
            return view
    raise FitError(
        f"the back of the fact sheet is {over:.0f} mm too long for one page\n"
        "    Cite fewer sources on the fact sheet, or give the house short addresses with `redirects`."
    )


def _whole(workshop: Workshop, margins: tuple[float, float]) -> BackView:
    view, front = workshop.view, workshop.view.front
    status = [line for column in view.status for line in column.statements]
    sources = view.sources_of(view.events, view.figures, status, view.resources, view.leads)
    short = bool(front.redirects and view.address and sources)
    number = sources[0].number if sources else 0
    return BackView(
        sources=tuple(_addressed(source, short) for source in sources),
        rule=view.words.open_source.format(number, f"{view.address}/{number}") if short else "",
        marks=workshop.marks,
        questions=view.questions_html,
        margins=margins,
    )


def _addressed(source: Source, short: bool) -> Source:
    """A source with its whole address, or only its site where its number leads to it."""
    whole = source.url.split("://", 1)[-1].rstrip("/")
    return replace(source, address=whole.partition("/")[0].removeprefix("www.") if short else whole)


def _tries(view: BackView) -> Iterator[BackView]:
    yield from (replace(view, size=size) for size in TYPES)
    if view.questions:
        yield replace(view, size=TYPES[-1], questions=())


def _over(workshop: Workshop, view: BackView, properties: Mapping[str, str]) -> float:
    """By how many mm the back is too long for its page."""
    part, article = workshop.composer.part, workshop.view
    live = workshop.paper.width - 2 * SIDE
    column = mm((live - GAP) / 2)
    parts: Sequence[MeasuredPart] = (
        MeasuredPart("back-head", part("back", "back_head", article), mm(live)),
        MeasuredPart("back-left", part("back", "back_left", article, view), column),
        MeasuredPart("back-right", part("back", "back_right", article, view), column),
        MeasuredPart("back-foot", part("back", "back_foot", article), mm(live)),
    )
    heights = workshop.heights("factsheet", article, workshop.paper, {**properties, **view.properties}, parts)
    columns = max(heights["back-left"], heights["back-right"])
    return heights["back-head"] + columns + heights["back-foot"] + sum(view.margins) + SLACK - workshop.paper.height
