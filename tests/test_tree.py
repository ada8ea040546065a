"""The tree of a document is the one that the typesetter's own parser makes of its HTML."""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, tostring

import pytest
import tinyhtml5

from tests.conftest import HARROWBY, TEMPLATES
from triptych.build import pipeline
from triptych.build.order import Order
from triptych.typeset import tree
from triptych.typeset.pages import Pages


def filled(html: str) -> str:
    root = Element("html", {"lang": "of the page before"})
    tree.fill(root, html)
    return tostring(root, encoding="unicode")


def parsed(html: str) -> str:
    found = tostring(tinyhtml5.parse(html, namespace_html_elements=False), encoding="unicode")
    return re.sub(r"<!--.*?-->", "", found)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "no element",
        "<!doctype html>\n<html lang='en' dir=ltr>\n<title>A &amp; b</title>\n<body class='one two'>\n<p>a\n</body>\n",
        "<p>a<p>b<ul><li>c<li>d<b>e</ul>f<br>g<wbr>h<img src='a.png' alt>i<hr>",
        "<table><caption>a</caption><tr><td>b<td>c</table>d",
        "a &nbsp;&hellip;&#8217;&amp;amp; &unknown; & b < c",
        "<p>a<!-- b -->c<b>d</b><!-- e -->f</p><!-- g -->",
        "<pre>\n a\r\n\r\n\tb </pre><p> \n </p>",
        '<a href="?a=b&amp;c=&quot;d&quot;" hidden data-x="1 < 2">e</a>',
        "<b>a<i>b</b>c</i><ruby>d<rt>e</ruby>",
    ],
)
def test_html_is_read_as_by_the_typesetter(html: str) -> None:
    assert filled(html) == parsed(html)


def test_a_document_is_read_as_by_the_typesetter(layouts: Sequence[Pages]) -> None:
    pipeline.documents(HARROWBY, Order(("factsheet",)), TEMPLATES)
    assert [filled(one.html) for one in layouts] == [parsed(one.html) for one in layouts]
    assert len(layouts) > 1
