"""A template of MediaWiki that cites a source, such as `{{cite news |title=…}}`, becomes an entry of `sources.yaml`."""

import re

from triptych.content import issued
from triptych.content.dates import BadDate
from triptych.imports import phrases
from triptych.imports.found import Entry

_TYPES = {
    **{"news": "article-newspaper", "newspaper": "article-newspaper", "magazine": "article-magazine"},
    **{"journal": "article-journal", "book": "book", "web": "webpage", "report": "report", "thesis": "thesis"},
}
_FIELDS = {
    **{"url": "URL", "doi": "DOI", "isbn": "ISBN", "volume": "volume", "issue": "issue", "pages": "page"},
    **{"page": "page", "publisher": "publisher", "work": "container-title", "website": "container-title"},
    **{"newspaper": "container-title", "journal": "container-title", "magazine": "container-title"},
}
_NOTE = re.compile(r"""<ref\s+name\s*=\s*(["']?)([^"'>/]+?)\1\s*>(.*?)</ref>""", re.DOTALL)
_AGAIN = re.compile(r"""<ref\s+name\s*=\s*(["']?)([^"'>/]+?)\1\s*/>""")


def with_whole_notes(text: str) -> str:
    """MediaWiki's markup with each note that is used again, as `<ref name="a" />`, written out."""
    whole = {found[2]: found[3] for found in _NOTE.finditer(text)}
    return _AGAIN.sub(lambda found: f"<ref>{whole[found[2]]}</ref>" if found[2] in whole else found[0], text)


def source(template: str) -> Entry | None:
    """The source that a template cites; None if it cites none, or gives no title."""
    found = re.fullmatch(r"\{\{\s*(?:cite|citation)\s*(\w*)\s*\|(.*)\}\}", template.strip(), re.DOTALL | re.IGNORECASE)
    if not found:
        return None
    given = dict(_parameters(found[2]))
    if not (title := given.get("title")):
        return None
    entry: Entry = {"type": _TYPES.get(found[1].lower(), "document"), "title": title}
    if people := _authors(given):
        entry["author"] = people
    if when := _date(given.get("date") or given.get("year") or ""):
        entry["issued"] = when
    entry |= {field: given[name] for name, field in _FIELDS.items() if given.get(name)}
    return entry


def _parameters(inner: str) -> list[tuple[str, str]]:
    """Names and values, split where a `|` stands outside of links and other templates."""
    parts = re.split(r"\|(?![^\[]*\]\])(?![^{]*\}\})", inner)
    pairs = [part.partition("=") for part in parts]
    return [(name.strip().lower(), _plain(value)) for name, _, value in pairs if value.strip()]


def _plain(value: str) -> str:
    """A value without the marks of links and emphasis."""
    return re.sub(r"\[\[(?:[^|\]]*\|)?([^\]]*)\]\]|'{2,}", lambda found: found[1] or "", value).strip()


def _authors(given: dict[str, str]) -> list[dict[str, str]]:
    people = []
    for number in ("", *map(str, range(1, 30))):
        family = given.get(f"last{number}") or given.get(f"author{number}")
        if not family:
            continue
        first = given.get(f"first{number}")
        people.append({"family": family, "given": first} if first else {"literal": family})
    return people


def _date(value: str) -> str | None:
    for candidate in (value, *(found.edtf for found in phrases.dates(value, "en"))):
        try:
            if issued.read(candidate).when:
                return candidate
        except BadDate:
            continue
    return None
