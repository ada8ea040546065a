"""An article becomes its editions: the same content and templates for other readers, printers and folds."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.compose.html import Composer
from triptych.content.errors import UsageError
from triptych.design.where import Templates
from triptych.documents import large, screen, tiles
from triptych.documents.poster import poster
from triptych.documents.workshop import Workshop
from triptych.pdf import impose, preflight
from triptych.typeset.pages import Typesetter

Edition = Callable[[Path, Order, Templates], Mapping[str, bytes]]
"""Makes the files of an edition, by name, from an article's folder, an order and the templates."""


def mono(folder: Path, order: Order, templates: Templates) -> dict[str, bytes]:
    """The documents in one ink, for cheap copies."""
    documents = pipeline.documents(folder, replace(order, documents=(), theme="mono"), templates)
    return {f"{document.name}.pdf": document.pdf for document in documents}


def tiled(folder: Path, order: Order, templates: Templates) -> dict[str, bytes]:
    """The poster cut for an office printer, with a plan to put it together."""
    shop = pipeline.workshop(folder, order, templates)
    pipeline.require(shop, "poster")
    return {f"poster-{shop.paper_name}.pdf": tiles.tiles(shop, poster(shop), shop.paper_name).pdf}


def booklet(folder: Path, order: Order, templates: Templates) -> dict[str, bytes]:
    """The briefing as a saddle-stitched booklet of half its paper, to print on both sides and fold."""
    shop = pipeline.workshop(folder, order, templates)
    pipeline.require(shop, "briefing")
    document = pipeline.DOCUMENTS["briefing"](shop)
    paper = shop.paper
    pdf = impose.spreads(document.pdf, list(impose.saddle(document.pages)), paper.height, paper.width, order.creep)
    return {"briefing.pdf": pdf}


def pair(folder: Path, order: Order, templates: Templates) -> dict[str, bytes]:
    """Two fact sheets on one sheet of twice the paper, to be cut apart."""
    shop = pipeline.workshop(folder, order, templates)
    pipeline.require(shop, "factsheet")
    document = pipeline.DOCUMENTS["factsheet"](shop)
    return {"factsheets.pdf": impose.spreads(document.pdf, [(0, 0)], 2 * shop.paper.width, shop.paper.height, 0.0)}


def large_print(folder: Path, order: Order, templates: Templates) -> dict[str, bytes]:
    """The documents in one column of 18 point type, for people who see little."""
    shop = pipeline.workshop(folder, replace(order, theme="mono"), templates)
    documents = (large.large(shop, name) for name in pipeline.possible(shop))
    return {f"{document.name}.pdf": document.pdf for document in documents}


def on_screen(folder: Path, order: Order, templates: Templates) -> dict[str, bytes]:
    """The article as one page for the screen."""
    return dict(screen.page(pipeline.workshop(folder, order, templates), folder, templates))


def press(profile: Path | None, folder: Path, order: Order, templates: Templates) -> dict[str, bytes]:
    """The documents for a print shop as PDF/X-4, with a preflight in plain words. Raises UsageError."""
    if not profile or not profile.is_file():
        raise UsageError(
            f"the press edition needs the ICC profile of the press; `{profile or ''}` is no file\n"
            "    Ask your print shop for theirs, and write make press PROFILE=path/to/it.icc."
        )
    shop = press_workshop(profile, folder, order, templates)
    files = {f"{name}.pdf": pipeline.DOCUMENTS[name](shop).pdf for name in pipeline.possible(shop)}
    found = [(name, preflight.findings(pdf)) for name, pdf in files.items()]
    page = Composer(templates).report("review/preflight.html.jinja", title=folder.resolve().name, documents=found)
    style = templates.file("review/review.css").read_bytes()
    return {**files, "preflight.html": page.encode(), "review.css": style}


def press_workshop(profile: Path, folder: Path, order: Order, templates: Templates) -> Workshop:
    """The tools to set an article in the inks of a press: the only ones that are given its ICC profile."""
    shop = pipeline.workshop(folder, replace(order, theme="press"), templates)
    return replace(shop, typesetter=Typesetter(templates, folder, profile))


def editions(profile: Path | None = None) -> Mapping[str, Edition]:
    """Every edition beside the documents themselves, by the name of its folder; the profile is for `press` alone."""
    return {
        "mono": mono,
        "large": large_print,
        "tiles": tiled,
        "booklet": booklet,
        "pair": pair,
        "html": on_screen,
        "press": partial(press, profile),
    }
