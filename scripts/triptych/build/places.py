"""One article becomes a copy for each place that hands it out: only who that is, and its QR code, differ."""

import multiprocessing
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import replace
from itertools import islice
from pathlib import Path

from triptych.build import library, pipeline
from triptych.build.library import RENEWED_AFTER, Outcome
from triptych.build.pipeline import Order
from triptych.compose import views
from triptych.content import cite, places
from triptych.content.errors import FitError, TriptychError
from triptych.content.model import Place
from triptych.design.where import Templates
from triptych.documents.workshop import Document, Workshop
from triptych.guard import worker
from triptych.pdf import prove

DOCUMENTS = ("factsheet", "poster")
"""What is made for each place, if nobody says."""


def alike(copies: Mapping[str, Place]) -> Mapping[str, Place]:
    """The places, each with the room of the longest: so what fits beside one fits beside each."""
    texts = [", ".join(filter(None, (one.name, one.address, one.telephone))) for one in copies.values()]
    addresses = [cite.printed_address(one.url or "") for one in copies.values()]
    room, address = (round(max(map(views.ems, some)), 2) for some in (texts, addresses))
    return {name: place.model_copy(update={"room": room, "address_room": address}) for name, place in copies.items()}


def proven(outcomes: Iterable[Outcome], copies: Mapping[str, Place]) -> Iterator[Outcome]:
    """The outcomes; one whose documents say anything else than the first, beside the place, becomes an error."""
    first: dict[str, Counter[str]] = {}
    for one in outcomes:
        name = one.article.name
        found = {path.name: _letters(path.read_bytes(), copies[name]) for path in one.paths}
        differing = [file for file, letters in found.items() if first.setdefault(file, letters) != letters]
        yield (
            replace(one, paths=(), exit_code=FitError.exit_code, error=_differs(name, differing)) if differing else one
        )


def _differs(name: str, files: Sequence[str]) -> str:
    return (
        f"{name}: {' and '.join(files)} does not say the same as that of the first place, beside the place itself\n"
        "    Shorten the longest name or address in places.csv, or the article: the sheet is full."
    )


def _letters(pdf: bytes, place: Place) -> Counter[str]:
    """How often each letter is printed beside a place, its web address and the marks that only say how sheets fit."""
    given = (place.name, place.address, place.telephone, cite.printed_address(place.url or ""))
    own = Counter("".join("".join(filter(None, given)).split()))
    return Counter("".join("".join(prove.page_texts(pdf)).split())) - own


def outcomes(
    article: Path, copies: Mapping[str, Place], output: Path, order: Order, templates: Templates, processes: int
) -> Iterator[Outcome]:
    """Make and write the copy of each place into a folder with its name; yield each outcome when it is known.

    The article is read and checked once. What was measured for the first copy is used again for each part that has the
    same HTML and the same styles. Raises TriptychError where the article itself cannot be made.
    """
    shop = pipeline.workshop(article, order, templates)
    left = iter(copies.items())
    for name, place in islice(left, 1):
        yield _outcome(article, shop, name, place, output, order)
    while some := [*islice(left, RENEWED_AFTER * processes)]:
        yield from _by_several(article, shop, some, output, order, processes)


def _by_several(
    article: Path, shop: Workshop, some: Sequence[tuple[str, Place]], output: Path, order: Order, processes: int
) -> Iterator[Outcome]:
    """The outcomes for some places, by processes that inherit what was measured before."""
    _inherited[:] = [shop]
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(min(processes, len(some)), fork, worker.end_with, (os.getpid(),)) as pool:
        waiting = [pool.submit(_inherited_outcome, article, name, place, output, order) for name, place in some]
        yield from (done.result() for done in as_completed(waiting))


_inherited: list[Workshop] = []
"""In a forked process: the workshop of the article."""


def _inherited_outcome(article: Path, name: str, place: Place, output: Path, order: Order) -> Outcome:
    return _outcome(article, _inherited[0], name, place, output, order)


def _outcome(article: Path, shop: Workshop, name: str, place: Place, output: Path, order: Order) -> Outcome:
    try:
        found = made(shop, place, order)
    except TriptychError as error:
        return library.failed(article / name, error)
    return library.written(article / name, output / name, found, order)


def made(shop: Workshop, place: Place, order: Order) -> library.Made:
    """The documents of the copy of a place. Raises TriptychError."""
    own = of_place(shop, place)
    skipped: list[str] = []
    names = pipeline.possible(own, skipped.append, order.documents)
    return tuple(_document(own, name) for name in names), tuple(skipped)


def _document(shop: Workshop, name: str) -> Document:
    return pipeline.DOCUMENTS[name](shop)


def of_place(shop: Workshop, place: Place) -> Workshop:
    """The workshop of the copy of a place, which it names as the head of an article does: each PDF carries it."""
    article = replace(shop.article, front=shop.article.front.model_copy(update={"place": place}))
    content = shop.making.content
    return replace(
        shop,
        article=article,
        view=views.printable(article, shop.view.words, shop.style),
        making=replace(shop.making, content={**content, places.HEAD: places.given(content[places.HEAD], place)}),
    )
