"""Sources become numbered entries, with the same number in every document. Sole importer of citeproc.

A CSL style (docs.citationstyles.org) formats the entries.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from lxml import etree
from markupsafe import Markup

from triptych.content import prose, typography
from triptych.content.calendars import printed_year
from triptych.content.errors import StyleError
from triptych.content.model import Article, Reference, Traced
from triptych.content.prose import Mention


@dataclass(frozen=True, slots=True)
class Source:
    """A cited source, ready to print."""

    key: str
    number: int
    text_html: Markup
    """The full entry, by the CSL style."""
    short: str
    """Short title and year, for a run-in list."""
    url: str
    address: str
    """The web address as printed, without its scheme."""
    note: str
    """Note about the copy that was read, or empty."""


def numbers(article: Article) -> dict[str, int]:
    """Each cited key and its number from 1, by first citation: in brief, prose, figures, events, support, positions.

    Positions come last: the poster prints none, so a new position does not change its numbers.
    """
    found: dict[str, int] = {}
    for key in _cited(article):
        found.setdefault(key, len(found) + 1)
    return found


def names(article: Article) -> dict[str, str]:
    """Each key and the names that a sentence prints for it: one or two authors, the first of more, or the title."""
    return {reference.id: _names(reference) for reference in article.references}


def _names(item: Reference) -> str:
    people = [str(author.get("family") or author.get("literal") or author.get("given") or "") for author in item.author]
    found = [name for name in people if name]
    if not found:
        return typography.curled(item.title_short or item.title)
    return f"{found[0]} et al." if len(found) > 2 else " & ".join(found)


def _cited(article: Article) -> Iterator[str]:
    known = {reference.id for reference in article.references}
    return (mention.name for mention in _mentions(article) if not mention.named or mention.name in known)


def _mentions(article: Article) -> Iterator[Mention]:
    front = article.front
    support = front.support
    yield from _mentioned(front.deck or "", front.factsheet_deck or "", *front.in_brief, article.prose)
    yield from _traced((*article.figures, *article.events, *article.eras))
    yield from _mentioned(
        front.method or "", front.corrections or "", front.contact or "", (support and support.note) or ""
    )
    for resource in support.resources if support else ():
        yield from _mentioned(resource.description or "")
        yield from map(_plain, resource.sources)
    yield from _traced((*article.positions.parties, *article.statements))


def _plain(key: str) -> Mention:
    return Mention(key, 0)


def _traced(found: Iterable[Traced]) -> Iterator[Mention]:
    for traced in found:
        yield from _mentioned(*traced.texts.values())
        yield from map(_plain, traced.sources)


def _mentioned(*texts: str) -> Iterator[Mention]:
    for text in texts:
        yield from prose.citations(text)


def sources(article: Article, numbered: Mapping[str, int], style: Path) -> tuple[Source, ...]:
    """The cited sources in the order of their numbers, formatted by a CSL style file. Raises StyleError."""
    references = {reference.id: reference for reference in article.references}
    cited = [references[key] for key in numbered]
    changed = style.stat().st_mtime_ns if style.is_file() else 0
    entries = _entries(json.dumps([_csl(item) for item in cited]), style, changed)
    return tuple(
        Source(
            key=item.id,
            number=numbered[item.id],
            text_html=prose.without_markup(typography.unbroken(entry)),
            short=_short(item, article.front.language),
            url=item.URL or "",
            address=printed_address(item.URL or ""),
            note=typography.curled(str((item.model_extra or {}).get("note", ""))),
        )
        for item, entry in zip(cited, entries, strict=True)
    )


@lru_cache(maxsize=16)
def _entries(items: str, style: Path, _changed: int) -> tuple[str, ...]:
    """Each item of a CSL-JSON list, formatted as HTML. Cached until the items or the style change."""
    cited = json.loads(items)
    with _usable(style):
        bibliography = CitationStylesBibliography(_style(style), CiteProcJSON(cited), formatter.html)
        for item in cited:
            bibliography.register(Citation([CitationItem(item["id"])]))
        entries = tuple(str(entry) for entry in bibliography.bibliography())
        if len(entries) != len(cited):
            raise ValueError(f"it prints only {len(entries)} of {len(cited)} sources")
        return entries


@contextmanager
def _usable(path: Path) -> Iterator[None]:
    """Raise StyleError for any error that a style causes in citeproc."""
    try:
        yield
    except RecursionError:
        reason = "its elements are nested too deep"
    except etree.XMLSyntaxError as error:
        reason = f"line {error.lineno}: {error.msg}"
    except ValueError as error:
        reason = str(error)
    except Exception as error:  # citeproc checks nothing
        reason = f"the program that formats sources fails on it ({type(error).__name__}: {error})"
    else:
        return
    raise StyleError(
        f"{path} is not a usable CSL style: {' '.join(reason.split())}\n"
        "    Use a style from the repository of citationstyles.org, or remove the file."
    )


def _style(path: Path) -> CitationStylesStyle:
    """Read a style. Raises XMLSyntaxError, and ValueError if it cannot print a bibliography."""
    if not path.is_file():
        raise ValueError("there is no such file")
    tree = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)).getroot()
    if tree.tag != f"{_CSL}style":
        raise ValueError("it is XML of another kind")
    parent = tree.find(f"{_CSL}info/{_CSL}link[@rel='independent-parent']")
    if parent is not None:
        raise ValueError(f"it only refers to another style; use that one, {parent.get('href')}")
    if tree.find(f"{_CSL}bibliography/{_CSL}layout") is None:
        raise ValueError("it has no bibliography")
    _check_macros(tree)
    return CitationStylesStyle(str(path), validate=False)


_CSL = "{http://purl.org/net/xbiblio/csl}"
MOST_STEPS = 50_000
"""Most elements that a style evaluates for one source, with each macro counted at every call."""


def _check_macros(style: Any) -> None:
    """Check that no macro is missing or calls itself, and that they stay below MOST_STEPS. Raises ValueError."""
    macros = {macro.get("name"): macro for macro in style.iter(f"{_CSL}macro")}
    steps: dict[str, int] = {}

    def count(element: Any, above: tuple[str, ...]) -> int:
        called = [part.get("macro") for part in element.iter(f"{_CSL}text", f"{_CSL}key") if part.get("macro")]
        for name in called:
            if name not in macros:
                raise ValueError(f"it calls the macro `{name}`, which is missing")
            if name in above:
                raise ValueError(f"its macro `{name}` calls itself")
            if name not in steps:
                steps[name] = count(macros[name], (*above, name))
        return len(list(element.iter())) + sum(steps[name] for name in called)

    if sum(count(layout, ()) for layout in style.iter(f"{_CSL}layout", f"{_CSL}sort")) > MOST_STEPS:
        raise ValueError(f"its macros take more than {MOST_STEPS} steps for a source")


ADDRESS_CHARACTERS = 52
"""Most characters of a printed address; a longer one prints as its site, with the full link."""


def printed_address(url: str) -> str:
    """A web address without scheme, `www.` and last slash; only the site if it is too long."""
    address = url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    return address if len(address) <= ADDRESS_CHARACTERS else address.split("/", 1)[0]


def _short(item: Reference, language: str) -> str:
    name = item.title_short or str((item.model_extra or {}).get("container-title-short") or item.title)
    name = typography.curled(name)
    return f"{name} {printed_year(item.issued[0], Locale.parse(language, sep='-'))}" if item.issued else name


def _csl(item: Reference) -> dict[str, Any]:
    """An item as CSL-JSON, without address, note and date of access, which the style must not print."""
    kept = item.model_dump(by_alias=True, exclude_none=True, exclude={"issued", "URL"})
    for field in ("note", "accessed"):
        kept.pop(field, None)
    for field in ("title", "container-title", "collection-title"):
        if field in kept:
            kept[field] = typography.curled(str(kept[field]))
    if not item.issued:
        return kept
    year, *rest = item.issued
    in_csl = year - 1 if year < 1 else year  # in CSL the year -44 is 44 BC
    return kept | {"issued": {"date-parts": [[in_csl, *rest]]}}
