"""Claims, passages and sources of an article become places: where each is written, and where it prints."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from triptych.content import claims, prose
from triptych.content.claims import Claim
from triptych.content.files import PROSE, Files
from triptych.content.marked import Loc
from triptych.content.typography import shortened
from triptych.preview import links
from triptych.preview.news import PageBox as PageBox
from triptych.preview.news import Place as Place
from triptych.typeset.pages import Pages

LONGEST = 90
"""Most characters of a place's text."""
_PREFIXES = {"event": "event", "agreed": "claim-agreed", "disputed": "claim-disputed", "not known": "claim-not-known"}


def places(files: Files, document: str, boxes: Mapping[str, tuple[PageBox, ...]]) -> tuple[Place, ...]:
    """Everything that a document prints: claims, then passages, then sources, each in the order of the files.

    `boxes` are those of each anchor, by its name.
    """
    found = [
        *(
            _of_claim(files, claim, document, boxes)
            for claim in claims.claims(files.article)
            if document in claim.documents
        ),
        *_passages(files, boxes),
        *_sources(files, boxes),
    ]
    return tuple(place for place in found if place.boxes or place.kind == "era")


def as_json(document: str, found: Sequence[Place]) -> str:
    """The places of a document as the browser gets them."""
    return json.dumps({"name": document, "places": [asdict(place) for place in found]}, ensure_ascii=False)


def boxes(pages: Pages) -> Mapping[str, tuple[PageBox, ...]]:
    """The boxes of each anchor of a document's pages, by the anchor's name."""
    found: dict[str, tuple[PageBox, ...]] = {}
    for name, page, (left, top, right, bottom) in pages.boxes():
        found[name] = (*found.get(name, ()), PageBox(page, left, top, right, bottom))
    return found


def _of_claim(files: Files, claim: Claim, document: str, boxes: Mapping[str, tuple[PageBox, ...]]) -> Place:
    prefix = _PREFIXES.get(claim.kind, f"claim-{claim.kind.replace(' ', '-')}")
    anchor = "claim-deck" if claim.kind == "deck" else f"{prefix}-{claim.name}"
    text = shortened(claim.printed(document), LONGEST)
    return Place(claim.kind, claim.name, text, *_written(files, claim.file, claim.loc), boxes.get(anchor, ()))


def _passages(files: Files, boxes: Mapping[str, tuple[PageBox, ...]]) -> Iterator[Place]:
    for passage in prose.texts(files.article.prose).values():
        text = shortened(" ".join(passage.text.split()), LONGEST)
        written = _written(files, "article.md", (PROSE, passage.line, 1))
        yield Place("passage", passage.name, text, *written, boxes.get(passage.name, ()))


def _sources(files: Files, boxes: Mapping[str, tuple[PageBox, ...]]) -> Iterator[Place]:
    for index, source in enumerate(files.article.references):
        written = _written(files, "sources.yaml", ("references", index))
        text = shortened(source.title, LONGEST)
        yield Place("source", source.id, text, *written, boxes.get(f"source-{source.id}", ()))


def _written(files: Files, name: str, loc: Loc) -> tuple[str, str]:
    """Where a value is written, for a person and for an editor."""
    path, (line, _), cell = files.written(name, *loc)
    return links.written(path, line, cell=cell)
