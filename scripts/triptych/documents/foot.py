"""The version and the key at the foot of a fact sheet, side by side: their height, without setting them."""

from contextlib import suppress
from html import unescape

from markupsafe import escape

from triptych.compose.views import ArticleView
from triptych.content.units import MM_PER_POINT
from triptych.design import faces
from triptych.design.sheets import mm
from triptych.documents.workshop import Workshop
from triptych.typeset import heights
from triptych.typeset.heights import Style, Unsure

SIZE, LEADING = 9.0, 11.4
"""Size and leading of the foot in pt."""
GAP, ABOVE = 6.0, 1.0
"""White in mm between the version and the key, and above them."""
DOUBT = 0.1
"""By how much the version may be longer or shorter, in mm: the typesetter rounds each letter."""
NAME = "version-line"
"""Anchor of the two."""
PROPERTIES = {
    "foot-size": f"{SIZE:g}pt",
    "foot-leading": f"{LEADING:g}pt",
    "foot-gap": mm(GAP),
    "above-version": mm(ABOVE),
}
"""Their measures as CSS custom properties."""


def lines(workshop: Workshop, view: ArticleView, key: str, width: float) -> int:
    """Lines that both take in a width in mm; 0 where they must be measured, or where there is no short version."""
    if not workshop.shaped or not view.version_line or view.long_version or view.address:
        return 0
    with suppress(Unsure):
        return _beside(workshop, view, key, width - _length(workshop, view)) if key else 1
    return 0


def height(count: int) -> float:
    """Height in mm of so many lines, with the white above."""
    return ABOVE + count * LEADING * MM_PER_POINT


def _length(workshop: Workshop, view: ArticleView) -> float:
    """Length of the version in mm. Raises Unsure."""
    settled = str(workshop.composer.settled(str(escape(view.version_line)), view))
    if "<" in settled:
        raise Unsure
    return heights.length(unescape(settled), faces.TEXT, view.front.language) * SIZE * MM_PER_POINT


def _beside(workshop: Workshop, view: ArticleView, key: str, left: float) -> int:
    """Lines of the key in what the version leaves of the width in mm. Raises Unsure.

    WeasyPrint gives up the white between the two before it breaks the key.
    """
    html = str(workshop.composer.settled(str(escape(key)), view))

    def count(width: float) -> int:
        return heights.count(html, Style(faces.TEXT, SIZE), width, view.front.language)

    if (most := count(left - DOUBT)) == 1 or most == count(left - GAP - DOUBT):
        return most
    raise Unsure
