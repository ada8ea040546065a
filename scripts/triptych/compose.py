"""Values ready to print, and a plan, become a document's HTML and its drawings. Sole importer of Jinja."""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tinycss2
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from triptych import drawing, typography
from triptych.dates import Calendar, Precision, When
from triptych.drawing import Drawing
from triptych.sheets import Columns, Sheet, mm
from triptych.spine import Lens, Mark, Plan, Shape, Tick
from triptych.views import ArticleView, EventView

ART = "asset://art/"
"""Address under which a composed document asks for its drawings."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A document ready to typeset."""

    html: str
    art: Mapping[str, str]
    """Its drawings by file name, as SVG."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document whose height is wanted."""

    name: str
    html: Markup
    width: str
    """As CSS writes it."""


@dataclass(frozen=True, slots=True)
class Label:
    """Words on a timeline's scale."""

    role: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class PlanView:
    """What the templates need of a plan."""

    labels: tuple[Label, ...]


@dataclass(frozen=True, slots=True)
class MarkView:
    """One shape of mark for a key."""

    art: str
    text: str
    short: str
    """For a line of text; empty where the shape speaks for itself."""


class Composer:
    """Templates, opened once."""

    def __init__(self, templates: Path) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(templates),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._palette = _palette(templates / "styles" / "tokens.css")

    def part(self, file: str, macro: str, *values: Any) -> Markup:
        """One part of a document, by the macro that draws it."""
        module = self._environment.get_template(f"parts/{file}.html.jinja").module
        return Markup(getattr(module, macro)(*values))

    def document(
        self,
        name: str,
        article: ArticleView,
        sheet: Sheet,
        created: str,
        properties: Mapping[str, str],
        *,
        template: str = "",
        drawings: Mapping[str, Drawing] | None = None,
        **values: Any,
    ) -> Composed:
        """A whole document.

        `name` is that of its stylesheet, and of its template unless another is given; `properties` are CSS custom
        properties of the root; `created` is the date in the PDF, as ISO 8601.
        """
        html = self._environment.get_template(f"{template or name}.html.jinja").render(
            article=article,
            document=name,
            title=f"{typography.plain(article.title_html.striptags())} – {article.words[name]}",
            description=typography.plain(article.deck_html.striptags()),
            created=created,
            version_line=article.version_line,
            properties={"page-width": mm(sheet.width), "page-height": mm(sheet.height), **properties},
            **values,
        )
        return Composed(html, {file: self._svg(picture) for file, picture in (drawings or {}).items()})

    def _svg(self, picture: Drawing) -> str:
        widths = {"axis": 0.53, "line": 0.35, "hair": 0.194, "dash": 0.8}
        return self._environment.get_template("parts/drawing.svg.jinja").render(
            drawing=picture,
            palette=self._palette,
            strokes={name: f"{width * picture.stroke:.3f}" for name, width in widths.items()},
        )


def _palette(tokens: Path) -> dict[str, str]:
    """The colours that tokens.css defines, for drawings, which do not see custom properties."""
    rules = tinycss2.parse_stylesheet(tokens.read_text(encoding="utf-8"), skip_comments=True, skip_whitespace=True)
    return {
        declaration.lower_name.removeprefix("--").replace("-", "_"): tinycss2.serialize(declaration.value).strip()
        for rule in rules
        if rule.type == "qualified-rule"
        for declaration in tinycss2.parse_blocks_contents(rule.content)
        if declaration.type == "declaration" and "#" in tinycss2.serialize(declaration.value)
    }


def timeline_values(
    article: ArticleView, plan: Plan, columns: Columns, events: Mapping[str, EventView]
) -> dict[str, Any]:
    """The values by which a template sets a timeline."""
    return {
        "plan": PlanView(tuple(_labels(plan, columns, article.calendar))),
        "events": [(events[card.id], f"--top: {mm(card.top)}") for card in plan.cards],
    }


def first_and_last_year(plan: Plan, calendar: Calendar) -> tuple[str, str]:
    """The years in which a timeline's scale starts and ends."""
    first, last = (tick.day for tick in (plan.years[0], plan.years[-1]))
    return calendar.part(first, Precision.YEAR), calendar.part(last - 1, Precision.YEAR)


def timeline_drawings(plan: Plan) -> dict[str, Drawing]:
    """The timeline's drawing and those of its key, by file name."""
    return {"timeline.svg": drawing.timeline(plan), **key_drawings(plan.frame.lane / 2.9)}


def key_drawings(unit: float) -> dict[str, Drawing]:
    """A drawing of each shape of mark, by file name; `unit` is 1 at the scale of A3."""
    return {f"key-{name}.svg": drawing.sample(mark, unit) for name, mark in _samples(unit).items()}


def timeline_properties(plan: Plan, columns: Columns) -> dict[str, str]:
    """The measures of a timeline, as CSS custom properties."""
    picture = drawing.timeline(plan)
    return {
        **columns.properties,
        "drawing": f"url({ART}timeline.svg)",
        "drawing-top": mm(picture.top),
        "drawing-height": mm(picture.height),
        "key-mark": mm(4 * plan.frame.lane / 2.9),
    }


def _labels(plan: Plan, columns: Columns, calendar: Calendar) -> Iterator[Label]:
    frame, unit = plan.frame, plan.frame.lane / 2.9
    years_end = frame.axis - (drawing.YEAR_TICK + 0.9) * unit - plan.lanes * frame.lane
    for tick in plan.years:
        if tick.labelled:
            yield Label(
                "year", calendar.part(tick.day, Precision.YEAR), _ending(years_end, tick.y + 0.6 * unit, frame.width)
            )
    for lens in plan.lenses:
        place = (
            f"--left: {mm(frame.number + columns.number_width)}; --top: {mm(lens.top)}; --height: {mm(frame.lens_head)}"
        )
        yield Label("lens-heading", _heading(lens, calendar, columns.short_months), place)
        months_end = frame.lens_axis - 3.4 * unit - frame.lane * max((mark.lane for mark in lens.marks), default=0)
        roomy = months_end - frame.zone[1] >= columns.month_width
        for tick in _with_room(lens, frame.year_label / 1.6) if roomy else ():
            yield Label("month", calendar.month(tick.day, short=True), _ending(months_end, tick.y, frame.width))


def _with_room(lens: Lens, room: float) -> Iterator[Tick]:
    """Months whose name does not touch the next month's tick."""
    ends = [tick.y for tick in lens.months[1:]] + [lens.axis[1]]
    return (tick for tick, end in zip(lens.months, ends, strict=True) if end - tick.y >= room)


def _ending(x: float, y: float, width: float) -> str:
    return f"--right: {mm(width - x)}; --top: {mm(y)}"


def _heading(lens: Lens, calendar: Calendar, short: bool) -> str:
    """For example: October and November 2018, enlarged 16 times."""
    return calendar.words["enlarged"].format(calendar.months(lens.start, lens.end - 1, short), round(lens.zoom))


def _samples(unit: float) -> dict[str, Mark]:
    """A mark of each shape that a key may explain, by its name, in the order of the key."""
    top, bottom = 0.3 * unit, 3.7 * unit
    return {
        "dot": Mark(Shape.DOT, 2 * unit, 2 * unit),
        "within": Mark(Shape.WITHIN, top, bottom),
        "dashed": Mark(Shape.WITHIN, top, bottom, dashed=True),
        "lasted": Mark(Shape.LASTED, top, bottom),
        "open_start": Mark(Shape.WITHIN, top, bottom, open_start=True),
        "open_end": Mark(Shape.WITHIN, top, bottom, open_end=True),
    }


def mark_key(article: ArticleView, dates: Iterable[When]) -> tuple[MarkView, ...]:
    """What each shape of mark means, for the shapes that these dates have."""
    used = {name for date in dates for name in _shapes(date)}
    return tuple(
        MarkView(f"{ART}key-{name}.svg", article.words[f"key_{name}"], article.words.get(f"short_{name}", ""))
        for name in _samples(1.0)
        if name in used
    )


def _shapes(date: When) -> Iterator[str]:
    if not date.exact:
        yield "dashed"
    elif math.isinf(date.start):
        yield "open_start"
    elif math.isinf(date.end):
        yield "open_end"
    elif date.lasted:
        yield "lasted"
    else:
        yield "dot" if date.precision is Precision.DAY else "within"
