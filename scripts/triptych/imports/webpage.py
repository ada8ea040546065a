"""A web page loses what only serves its use on a screen, such as its navigation and its forms."""

from lxml import etree, html

_SERVING = "//nav|//form|//button|//dialog|//noscript|//*[@role='navigation' or @role='search' or @role='dialog']"


def text_of(page: str) -> tuple[str, list[str]]:
    """The page without such parts, and a note where there were some; as it is where it is no HTML."""
    try:
        root = html.document_fromstring(page.encode(), parser=html.HTMLParser(no_network=True, encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return page, []
    serving = [part for part in root.xpath(_SERVING) if part.getparent() is not None]
    if not serving:
        return page, []
    words = sum(len(part.text_content().split()) for part in serving)
    for part in serving:
        part.drop_tree()
    kept = html.tostring(root, encoding="unicode")
    return kept, [f"navigation, forms and buttons of the page, left out: {words} words"] if words else []
