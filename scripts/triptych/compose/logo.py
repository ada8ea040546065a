"""A drawing in SVG becomes the same in one ink, or in shades of a colour."""

import re
from collections.abc import Callable

import tinycss2.color5
from lxml import etree

from triptych.content import colours

_PAINT = re.compile(r"\b(fill|stroke|stop-color|color)(\s*:\s*)([^;}]+)")
_ATTRIBUTES = ("fill", "stroke", "stop-color", "color")
_WHITE = re.compile(r"(?i)^\s*(white|#fff|#ffffff)\s*$")


def in_one_ink(svg: bytes, ink: str) -> str:
    """A drawing with each colour but white replaced by an ink."""
    return _recoloured(svg, lambda colour: colour if _WHITE.match(colour) else ink, ink)


def in_shades(svg: bytes, tone: str) -> bytes:
    """A drawing in which each colour is a shade of a tone, as dark as before where that is black."""
    return _recoloured(svg, lambda colour: _shade(colour, tone), tone).encode()


def _shade(colour: str, tone: str) -> str:
    """The mixture of a tone with white by the lightness of a colour (ITU-R BT.601, as a photograph gets)."""
    found = tinycss2.color5.parse_color(colour)
    red, green, blue = found.to("srgb").coordinates if found and found != "currentcolor" else (0.0, 0.0, 0.0)
    level = min(max(0.299 * red + 0.587 * green + 0.114 * blue, 0.0), 1.0)
    return colours.lighter(tone, 1 - level).lower()


def _recoloured(svg: bytes, other: Callable[[str], str], black: str) -> str:
    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))
    root.set("fill", root.get("fill", black))
    for element in root.iter(etree.Element):
        for name in _ATTRIBUTES:
            if name in element.attrib:
                element.set(name, _changed(element.get(name, ""), other))
        if "style" in element.attrib:
            element.set("style", _declared(element.get("style", ""), other))
        if etree.QName(element).localname == "style" and element.text:
            element.text = _declared(element.text, other)
    return str(etree.tostring(root, encoding="unicode"))


def _declared(style: str, other: Callable[[str], str]) -> str:
    return _PAINT.sub(lambda found: f"{found[1]}{found[2]}{_changed(found[3], other)}", style)


def _changed(value: str, other: Callable[[str], str]) -> str:
    """A colour changed; nothing else, such as `none` or a reference to a gradient."""
    found = tinycss2.color5.parse_color(value.strip())
    return other(value.strip()) if found and found != "currentcolor" and found.alpha > 0 else value
