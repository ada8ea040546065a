"""What a file or the user says of where a text comes from becomes `source-article`, and its licence what it asks."""

import re
from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, urlsplit

from lxml import etree, html

from triptych.imports.found import Entry

_CREATIVE_COMMONS = re.compile(r"creativecommons\.org/(?:licenses/([a-z-]+)/([\d.]+)|publicdomain/zero/([\d.]+))")
_WIKIPEDIA = "CC BY-SA 4.0"
"""The licence of all text of Wikipedia."""


def of_page(page: str) -> Entry:
    """The title, address, licence, publisher, date and revision that a web page gives of itself."""
    try:
        root = html.document_fromstring(page.encode(), parser=html.HTMLParser(no_network=True, encoding="utf-8"))
    except (etree.ParserError, ValueError):
        return {}
    found = {
        "url": _first(root, "//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"),
        "licence": _first(root, "//*[@rel='license']/@href", "//meta[@name='dcterms.license']/@content"),
        "publisher": _first(root, "//meta[@property='og:site_name']/@content", "//meta[@name='publisher']/@content"),
        "date": _first(
            root,
            "//meta[@name='dcterms.date']/@content",
            "//meta[@property='article:modified_time']/@content",
            "//meta[@property='article:published_time']/@content",
        ),
        "revision": next(iter(re.findall(r'"wgRevisionId":\s*(\d+)', page)), ""),
    }
    if not found["url"] and (saved := re.search(r"<!-- saved from url=\(\d+\)(https?://\S+)", page)):
        found["url"] = saved[1]
    return {name: value for name, value in found.items() if value}


def _first(root: html.HtmlElement, *paths: str) -> str:
    found = (str(value).strip() for path in paths for value in root.xpath(path))
    return next(filter(None, found), "")


def whole(title: str, *given: Mapping[str, str]) -> Entry:
    """What is known of the origin, later values before earlier ones; empty where only the title is known."""
    known = {name: value for one in given for name, value in one.items() if value}
    site = urlsplit(known.get("url", "")).hostname or ""
    if site.endswith("wikipedia.org"):
        known = {"publisher": "Wikipedia", "licence": _WIKIPEDIA, **known}
        if old := parse_qs(urlsplit(known["url"]).query).get("oldid"):
            known.setdefault("revision", old[0])
    if known.get("licence"):
        known["licence"] = licence_name(known["licence"])
    if not known.get("url", "http").startswith("http"):
        del known["url"]
    if known.get("date"):
        known["date"] = known["date"][:10] if re.match(r"\d{4}-\d\d-\d\d", known["date"]) else ""
    order = ("title", "publisher", "url", "licence", "revision", "date")
    known = {"title": title} | known
    return {name: known[name] for name in order if known.get(name)} if len(known) > 1 else {}


def licence_name(given: str) -> str:
    """A licence by its short name: `CC BY-SA 4.0` for its address at Creative Commons; else as given."""
    found = _CREATIVE_COMMONS.search(given)
    if not found:
        return given
    return f"CC0 {found[3]}" if found[3] else f"CC {found[1].upper()} {found[2]}"


def demands(licence: str) -> Iterator[str]:
    """What a licence forbids or asks for, a sentence each."""
    name = licence.upper()
    if re.search(r"ALL RIGHTS RESERVED|COPYRIGHT|©", name):
        yield f"its licence, `{licence}`, forbids reuse without permission: ask the owner before you print"
    if re.search(r"\bND\b|NO ?DERIVATIVES", name):
        yield f"its licence, `{licence}`, forbids to share a changed version: ask the owner before you print"
    if re.search(r"\bNC\b|NON-?COMMERCIAL", name):
        yield f"its licence, `{licence}`, forbids commercial use"
    if re.search(r"\bSA\b|SHARE-?ALIKE|\bGFDL\b|GNU FREE DOC|\bODBL\b", name):
        yield f"its licence, `{licence}`, asks you to share what you make from it under the same licence"
