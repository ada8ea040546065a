"""Printable values and a plan become the HTML and the drawings of a document."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import segno
from markupsafe import Markup

from triptych.compose import links, look
from triptych.compose import logo as logos
from triptych.compose.breaks import breakable
from triptych.compose.isolation import isolated
from triptych.compose.palette import Palette
from triptych.compose.rendering import Rendering
from triptych.compose.views import ArticleView
from triptych.content import numerals, typography
from triptych.content.letters import in_their_language
from triptych.content.model import Theme
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
    """Its stylesheets, relative to templates/styles; empty if the HTML contains them."""


@dataclass(frozen=True, slots=True)
class MeasuredPart:
    """A part of a document, to measure its height."""

    name: str
    html: Markup
    width: str
    """A CSS length."""
    height: float | None = None
    """Its height in mm, if that is known without measuring."""

    @property
    def anchor(self) -> str:
        return f"part-{self.name}"


STROKES = {
    **{"axis": 0.53, "line": 0.35, "hair": 0.194, "edge": 0.12, "band": 0.176},
    **{"dash": 0.55, "dots": 1.8, "under": 0.9, "track": 0.141},
    **{"series": 0.53, "second": 0.318, "context": 0.176, "reach": 0.494, "outline": 0.265},
}
"""Width in mm of each kind of line of a drawing, at the scale of A3."""


LEAST_STROKE = 0.0885
"""Width in mm of the thinnest line of an edition in other inks: a quarter of a point."""


class Composer:
    """Renders documents and reports from templates, in the look of a theme."""

    def __init__(
        self, templates: Templates, inks: str = "", logo: bytes = b"", one_ink: bytes = b"", theme: Theme | None = None
    ) -> None:
        """`inks` is a stylesheet in styles/themes, by its name without .css, that sets the colours of an edition.

        `logo` is that of the house, `one_ink` the same drawn for one ink, if there is such a drawing.
        """
        self._logo, self._one_ink = logo, one_ink
        self.theme = theme or Theme()
        colours = {} if inks else look.coloured(self.theme)  # an edition in other inks has its own
        self._look = {**colours, **look.formed(self.theme)}
        self._inks = (f"themes/{inks}.css",) if inks else ()
        self._templates = templates
        self._rendering = Rendering(templates)
        self._drawn: dict[Drawing, str] = {}
        self._palette = Palette([templates.file(f"styles/{file}") for file in ("tokens.css", *self._inks)], colours)

    def part(self, file: str, macro: str, *values: Any) -> Markup:
        """One part of a document, from a macro in templates/parts. Raises StyleError."""
        return self._rendering.part(f"parts/{file}.html.jinja", macro, *values)

    def report(self, template: str, **values: Any) -> str:
        """An HTML page for the screen. Raises StyleError."""
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
        apart: bool = False,
        word: str = "",
        over: Sequence[str] = (),
        **values: Any,
    ) -> Composed:
        """A whole document.

        `name` is its stylesheet, and its template unless `template` is given; `properties` are CSS custom properties of
        the root element; `created` is the date in the PDF, as ISO 8601. `apart` says that its parts are in several
        languages, and that each is settled. `word` is the name of the word for the document, if it is not its own.
        `over` are stylesheets over its own.
        Raises StyleError.
        """
        html = self._rendering.page(
            f"{template or name}.html.jinja",
            article=article,
            document=name,
            title=f"{typography.plain(article.title_html.striptags())} – {article.words[word or name]}",
            description=typography.plain((article.deck_html or article.title_html).striptags()),
            created=created,
            running_line=article.running_line,
            properties={
                "page-width": mm(sheet.width),
                "page-height": mm(sheet.height),
                "lines-together": f"{LINES_TOGETHER}",
                **self._look,
                **_counters(article.front.language),
                **properties,
            },
            **values,
        )
        art = self.art(drawings or {})
        if article.front.address:
            art["qr.svg"] = _qr(article.front.address)
        if self._logo:
            art["logo.svg"] = self._inked_logo() if self._in_one_ink else self._logo.decode()
        html = html if apart else self.settled(links.described(html, article), article)
        return Composed(html, art, (f"{name}.css", *self._mirror(name, article), *over, *self._inks))

    def settled(self, html: str, article: ArticleView) -> Markup:
        """HTML of an article with the digits of its language, and each run of the other direction by itself."""
        settle = _settled if len(html) <= SHORT else _settled.__wrapped__
        return settle(html, article.front.language, article.mirrored)

    def art(self, drawings: Mapping[str, Drawing]) -> dict[str, str]:
        """Drawings as SVG, by file name. Raises StyleError."""
        for picture in drawings.values():
            if picture not in self._drawn:
                self._drawn[picture] = self._svg(picture)
        return {file: self._drawn[picture] for file, picture in drawings.items()}

    @property
    def _in_one_ink(self) -> bool:
        """Whether the theme has no colours but those of its inks."""
        return bool(self._inks)

    def _inked_logo(self) -> str:
        return self._one_ink.decode() if self._one_ink else logos.in_one_ink(self._logo, self._palette["ink"])

    def _mirror(self, name: str, article: ArticleView) -> Sequence[str]:
        """The stylesheets that mirror a document, where its language is written from right to left."""
        found = ("rtl.css", f"rtl_{name}.css") if article.mirrored else ()
        return [file for file in found if self._templates.file(f"styles/{file}").is_file()]

    def _svg(self, picture: Drawing) -> str:
        least = LEAST_STROKE if self._inks else 0.0
        svg = self._rendering.page(
            "parts/drawing.svg.jinja",
            drawing=picture,
            palette=self._palette,
            strokes={name: f"{max(width * picture.stroke, least):.3f}" for name, width in STROKES.items()},
        )
        self._palette.check()
        self._rendering.check_xml("parts/drawing.svg.jinja", svg)
        return svg


SHORT, KEPT = 1000, 2000
"""Texts of up to so many characters stay in memory, and so many of them: each is tried in many widths."""


@lru_cache(KEPT)
def _settled(html: str, language: str, mirrored: bool) -> Markup:
    html = numerals.native_html(breakable(html), language)
    return Markup(isolated(in_their_language(html), mirrored))  # as safe as it was


def _counters(language: str) -> Mapping[str, str]:
    """How pages and lists are counted, where a language has digits of its own."""
    style = numerals.style(language)
    return {"digits": style} if style else {}


def _qr(address: str) -> str:
    """A QR code (ISO/IEC 18004) of an address as SVG, without a quiet zone."""
    target = io.BytesIO()
    segno.make_qr(address, error="m").save(target, kind="svg", border=0, xmldecl=False, svgns=True, nl=False)
    return target.getvalue().decode()
