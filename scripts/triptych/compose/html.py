"""Values ready to print, and a plan, become a document's HTML and its drawings."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import segno
from markupsafe import Markup

from triptych.compose.palette import Palette
from triptych.compose.rendering import Rendering
from triptych.compose.views import ArticleView
from triptych.content import typography
from triptych.design.pagination import LINES_TOGETHER
from triptych.design.sheets import Sheet, mm
from triptych.design.where import Templates
from triptych.timeline.drawing import Drawing


@dataclass(frozen=True, slots=True)
class Composed:
    """A document ready to typeset."""

    html: str
    art: Mapping[str, str]
    """Its drawings by file name, as SVG."""
    styles: tuple[str, ...] = ()
    """Its stylesheets, below templates/styles; none where it brings its own."""


@dataclass(frozen=True, slots=True)
class MeasuredPart:
    """A part of a document whose height is wanted."""

    name: str
    html: Markup
    width: str
    """As CSS writes it."""

    @property
    def anchor(self) -> str:
        return f"part-{self.name}"


class Composer:
    """Templates, and the colours of the drawings."""

    def __init__(self, templates: Templates, theme: str = "") -> None:
        """`theme` names a stylesheet below styles/themes that sets the design's tokens anew."""
        self._theme = (f"themes/{theme}.css",) if theme else ()
        self._rendering = Rendering(templates)
        self._palette = Palette([templates.file(f"styles/{file}") for file in ("tokens.css", *self._theme)])

    def part(self, file: str, macro: str, *values: Any) -> Markup:
        """One part of a document, by the macro that draws it. Raises StyleError."""
        return self._rendering.part(f"parts/{file}.html.jinja", macro, *values)

    def report(self, template: str, **values: Any) -> str:
        """A page for the screen. Raises StyleError."""
        return self._rendering.page(template, **values)

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
        properties of the root; `created` is the date in the PDF, as ISO 8601. Raises StyleError.
        """
        html = self._rendering.page(
            f"{template or name}.html.jinja",
            article=article,
            document=name,
            title=f"{typography.plain(article.title_html.striptags())} – {article.words[name]}",
            description=typography.plain((article.deck_html or article.title_html).striptags()),
            created=created,
            version_line=article.version_line,
            properties={
                "page-width": mm(sheet.width),
                "page-height": mm(sheet.height),
                "lines-together": f"{LINES_TOGETHER}",
                **properties,
            },
            **values,
        )
        art = {file: self._svg(picture) for file, picture in (drawings or {}).items()}
        if article.front.address:
            art["qr.svg"] = _qr(article.front.address)
        return Composed(html, art, (f"{name}.css", *self._theme))

    def _svg(self, picture: Drawing) -> str:
        widths = {"axis": 0.53, "line": 0.35, "hair": 0.194, "edge": 0.12, "dash": 0.55}
        svg = self._rendering.page(
            "parts/drawing.svg.jinja",
            drawing=picture,
            palette=self._palette,
            strokes={name: f"{width * picture.stroke:.3f}" for name, width in widths.items()},
        )
        self._palette.check()
        self._rendering.check_xml("parts/drawing.svg.jinja", svg)
        return svg


def _qr(address: str) -> str:
    """A QR code (ISO/IEC 18004) of an address, without the white around it."""
    target = io.BytesIO()
    segno.make_qr(address, error="m").save(target, kind="svg", border=0, xmldecl=False, svgns=True, nl=False)
    return target.getvalue().decode()
