"""Sources become numbered entries, with the same number in every document. A CSL style formats the entries."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from babel import Locale
from markupsafe import Markup

from triptych.content import calendars, citation_styles, customs, formatting, issued, letters, prose, titled, typography
from triptych.content.calendars import printed_year
from triptych.content.citation_styles import CitationStyle, Unusable
from triptych.content.errors import StyleError
from triptych.content.issued import DATES, Issued
from triptych.content.model import Article, Reference, Traced
from triptych.content.names import NAMES
from triptych.content.prose import Mention


@dataclass(frozen=True, slots=True)
class Source:
    """A cited source, ready to print."""

    key: str
    number: int
    text_html: Markup
    """The full entry, by the CSL style, up to an address within it."""
    address_within: bool
    """Whether the style prints the address within the entry."""
    rest_html: Markup
    """The entry after the address within it."""
    short: str
    """Short title and year, for a run-in list."""
    url: str
    address: str
    """The web address as printed."""
    note: str
    """Note about the copy that was read, or empty."""


def numbers(article: Article) -> dict[str, int]:
    """Each cited key and its number from 1, by first citation: in brief, prose, charts, figures, events, support,
    positions.

    Positions come last: the poster prints none, so a new position does not change its numbers.
    """
    found: dict[str, int] = {}
    for key in _cited(article):
        found.setdefault(key, len(found) + 1)
    return found


def names(article: Article) -> dict[str, str]:
    """Each key and the names that a sentence prints for it: one or two authors, the first of more, or the title."""
    language = article.front.language
    return {reference.id: customs.kept(_names(reference, language), language) for reference in article.references}


def _names(item: Reference, language: str) -> str:
    people = [str(author.get("family") or author.get("literal") or author.get("given") or "") for author in item.author]
    found = [name for name in people if name]
    if not found:
        return typography.curled(item.title_short or item.title)
    if len(found) > 2:
        return f"{found[0]} {formatting.term('et-al', language)}"
    joining = "&" if language.split("-")[0] == "en" else formatting.term("and", language)
    return customs.prefixed(f" {joining} ".join(found), language)


def _cited(article: Article) -> Iterator[str]:
    known = {reference.id for reference in article.references}
    return (mention.name for mention in _mentions(article) if not mention.named or mention.name in known)


def _mentions(article: Article) -> Iterator[Mention]:
    front = article.front
    support = front.support
    yield from _mentioned(front.deck or "", front.factsheet_deck or "", *front.in_brief, article.prose)
    yield from _traced(one.chart for one in article.charts)
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
    try:
        read, entries = _entries(cited, style, article.front.language)
    except Unusable as error:
        raise StyleError(f"{style} {error}\n    {error.remedy}") from None
    return tuple(
        _source(_Record(item, item.model_dump_json()), numbered[item.id], entry, read, article.front.language)
        for item, entry in zip(cited, entries, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Record:
    """A source, the same as another one that has all the same fields."""

    item: Reference = field(compare=False)
    fields: str
    """All of them, as JSON."""


_DOI_ADDRESS = r"https?://(?:dx\.)?doi\.org/|doi:\s*"
"""What stands before a DOI where it is printed or exported."""


@lru_cache(maxsize=256)
def _source(record: _Record, number: int, entry: str, style: CitationStyle, language: str) -> Source:
    """A source ready to print, its address within the entry if the style prints it there. Kept for the next draft."""
    item = record.item
    before, address, after = _parted(entry, item)
    follows, own = not style.prints("URL"), str((item.model_extra or {}).get("language", ""))
    return Source(
        key=item.id,
        number=number,
        text_html=letters.in_language(_unbroken(before.lstrip(), item, language), own),
        address_within=bool(address),
        rest_html=letters.in_language(_unbroken(after.rstrip(), item, language), own),
        short=_short(item, language),
        url=_link(item, address) if address or follows else "",
        address=address or (printed_address(_link(item), item.title) if follows else ""),
        note=customs.kept(typography.curled(str((item.model_extra or {}).get("note", ""))), language),
    )


def _unbroken(html: str, item: Reference, language: str) -> Markup:
    html = calendars.in_case(customs.prefixed(html, language), Locale.parse(language, sep="-"))
    html = prose.without_markup(typography.unbroken(html))
    return customs.kept_html(titled.marked(html, item, language), language)


def _parted(entry: str, item: Reference) -> tuple[str, str, str]:
    """The HTML of an entry before its web address, the address as it prints, and the HTML after it."""
    entry = re.sub(r"\s*</?div[^>]*>\s*", "", entry)
    entry = re.sub(r"(?<!\.)\.\.$", ".", entry)
    doi = _doi(item)
    for address in filter(None, (item.URL, doi and f"https://doi.org/{doi}", doi)):
        if (written := formatting.escaped(address)) in entry:
            before, after = entry.split(written, 1)
            same = formatting.escaped(doi) if doi and doi in address else written
            again = rf"[\s,;.]*({_DOI_ADDRESS})?{re.escape(same)}"
            return before, address, re.sub(again, "", after, flags=re.I)
    return entry, "", ""


def _link(item: Reference, printed: str = "") -> str:
    """The address that a reader opens: its own, or that of its DOI."""
    doi = _doi(item)
    if doi and (not item.URL or (printed and printed != item.URL)):
        return f"https://doi.org/{doi}"
    return item.URL or ""


def _doi(item: Reference) -> str:
    """The DOI without the address of doi.org, which some programs export with it."""
    return re.sub(rf"^({_DOI_ADDRESS})", "", str((item.model_extra or {}).get("DOI", "")), flags=re.I)


@lru_cache(maxsize=64)
def _formatted(items: str, style: Path, language: str, _changed: int) -> tuple[str, ...]:
    """Each item of a CSL-JSON list, formatted as HTML. Cached until the items or the style change. Raises Unusable."""
    return formatting.entries(json.loads(items), _style(style, _changed), language)


@lru_cache(maxsize=16)
def _style(style: Path, _changed: int) -> CitationStyle:
    return citation_styles.read(style)


def _entries(cited: Sequence[Reference], style: Path, language: str) -> tuple[CitationStyle, tuple[str, ...]]:
    """The style, and each source as HTML. Raises Unusable."""
    changed = style.stat().st_mtime_ns if style.is_file() else 0
    read = _style(style, changed)
    items = json.dumps([_csl(item, read) for item in cited])
    entries = _formatted(items, style, language, changed) if cited else ()
    for item, entry in zip(cited, entries, strict=True):
        if not _recognised(_named_and_titled(item), entry):
            reason = f"it prints neither the title nor a name of the source `{item.id}`, whose type is `{item.type}`"
            raise Unusable(reason, remedy="Use another style, or another `type`, such as document.")
    return read, entries


@lru_cache(maxsize=256)
def _recognised(named: str, entry: str) -> bool:
    """Whether an entry has a word of the title or of a name: some styles leave both out for a law or a film."""
    words = _words(unescape(prose.without_markup(named)))
    return not words or bool(words & _words(unescape(prose.without_markup(entry))))


def _named_and_titled(item: Reference) -> str:
    given = {"author": item.author, **(item.model_extra or {})}
    people = (name for role in NAMES for name in given.get(role) or ())
    return " ".join([item.title, *(text for name in people for text in name.values())])


def unusable(article: Article, style: Path) -> Unusable | None:
    """What prevents a CSL style from formatting the sources that an article cites, or nothing."""
    known = {reference.id: reference for reference in article.references}
    cited = [known[key] for key in numbers(article) if key in known]
    try:
        _entries(cited, style, article.front.language)
    except Unusable as error:
        return error
    return None


ADDRESS_CHARACTERS = 52
"""Most characters of an address that always prints whole."""
_WORD = re.compile(r"(?<![^\W_])[^\W\d_]{3,}(?![^\W_])")


def printed_address(url: str, title: str = "") -> str:
    """A web address without scheme, `www.` and last slash.

    A long one is only its site where its path ends in words of the title, by which a reader finds the page.
    """
    address = url.split("://", 1)[-1].removeprefix("www.").rstrip("/")
    site, _, path = address.partition("/")
    return address if len(address) <= ADDRESS_CHARACTERS or not _repeats(path, title) else site


WORDS_SHARED = 2
"""Words that the end of a path shares with the title, and by which the title leads to the page."""


def _repeats(path: str, title: str) -> bool:
    """Whether the last part of the path that has words says the title again. A query in the path never does."""
    parts = [words for words in map(_words, unquote(path).split("/")) if words]
    return not set("?=") & set(path) and len(_words(title) & (parts or [set()])[-1]) >= WORDS_SHARED


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)}


def _short(item: Reference, language: str) -> str:
    short = item.title_short or (item.model_extra or {}).get("container-title-short")
    name = typography.curled(str(short or item.title))
    name = name if not short and titled.spoken(item, language) else customs.kept(name, language)
    year = _year(item.issued, language)
    if not year or name.endswith(f" {year}"):
        return name
    return f"{name}{customs.kept(',', language) if name[-1:].isdigit() else ''} {year}"


def _year(issued: Issued | None, language: str) -> str:
    """The year or years of a source, with `c.` where they are not sure; the words that stand for a date."""
    if not issued or not issued.when:
        return issued.words if issued else ""
    locale = Locale.parse(language, sep="-")
    years = "–".join("" if year is None else printed_year(year, locale) for year in issued.years)
    return years if issued.when.exact else f"{formatting.circa(language)} {years}"


def _csl(item: Reference, style: CitationStyle) -> dict[str, Any]:
    """An item as CSL-JSON: the note prints after the entry, and an address that the style prints only once."""
    kept = item.model_dump(by_alias=True, exclude_none=True, exclude={"issued", "note", *DATES})
    kept = {name: value for name, value in kept.items() if isinstance(value, str) or name in NAMES}
    for name in ("title", "container-title", "collection-title"):
        if name in kept:
            kept[name] = typography.curled(_marked(str(kept[name])))
    if doi := _doi(item):
        kept["DOI"] = doi
        if style.prints("DOI") and _doi_of(item.URL or "") == doi.lower():
            kept.pop("URL")
    given = {"issued": item.issued} | {name: (item.model_extra or {}).get(name) for name in DATES}
    return kept | {name: issued.csl(date) for name, date in given.items() if date}


def _doi_of(url: str) -> str:
    """The DOI in lower case that an address of doi.org leads to, or nothing."""
    found = re.match(r"https?://(dx\.)?doi\.org/(.+)", unquote(url), re.I)
    return found[2].lower() if found else ""


def _marked(text: str) -> str:
    """A text of CSL with emphasis as its only markup."""
    return unescape(prose.without_markup(text)) if "<" in text else text
