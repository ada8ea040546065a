"""The HTML of a document becomes the tree of elements that the typesetter reads."""

from xml.etree.ElementTree import Element, SubElement

from selectolax.lexbor import LexborHTMLParser, LexborNode

_TEXT, _COMMENT = "-text", "-comment"
"""What the parser calls these, which are no elements."""


def fill(root: Element, html: str) -> None:
    """Put the elements of a whole page of HTML into a root, as browsers read them, without comments.

    It knows no drawings and formulas, which have elements of their own: templates show them as pictures.
    """
    root.clear()
    if page := LexborHTMLParser(html).root:
        root.attrib.update(_attributes(page))
        _fill(root, page)


def _fill(element: Element, node: LexborNode) -> None:
    last: Element | None = None
    for child in node.iter(include_text=True):
        if child.tag == _TEXT:
            text = child.text_content or ""
            if last is None:
                element.text = (element.text or "") + text
            else:
                last.tail = (last.tail or "") + text
        elif child.tag != _COMMENT:
            last = SubElement(element, child.tag or "", _attributes(child))
            _fill(last, child)


def _attributes(node: LexborNode) -> dict[str, str]:
    return {name: value or "" for name, value in node.attributes.items()}
