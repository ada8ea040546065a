"""The logo of a house becomes a drawing in one ink."""

import re

from lxml import etree

_PAINT = re.compile(r"\b(fill|stroke|stop-color|color)(\s*:\s*)(?!none\b|url\()([^;}]+)")
_ATTRIBUTES = ("fill", "stroke", "stop-color", "color")
_WHITE = re.compile(r"(?i)^\s*(white|#fff|#ffffff|transparent|none|url\(.*)\s*$")


def in_one_ink(svg: bytes, ink: str) -> str:
    """A drawing with each colour but white replaced by an ink."""
    root = etree.fromstring(svg, etree.XMLParser(resolve_entities=False, no_network=True))
    root.set("fill", root.get("fill", ink))
    for element in root.iter(etree.Element):
        for name in _ATTRIBUTES:
            if name in element.attrib:
                element.set(name, _inked(element.get(name, ""), ink))
        if "style" in element.attrib:
            element.set("style", _declared(element.get("style", ""), ink))
        if etree.QName(element).localname == "style" and element.text:
            element.text = _declared(element.text, ink)
    return str(etree.tostring(root, encoding="unicode"))


def _declared(style: str, ink: str) -> str:
    return _PAINT.sub(lambda found: f"{found[1]}{found[2]}{_inked(found[3], ink)}", style)


def _inked(colour: str, ink: str) -> str:
    return colour if _WHITE.match(colour) else ink
