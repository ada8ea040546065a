"""An article becomes its documents: read, check, lay out, compose, typeset, prove, finish."""

import gc
import importlib
import multiprocessing
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import lru_cache
from pathlib import Path

from triptych.build import finish, inspection, themes
from triptych.build.order import Order as Order
from triptych.check import rules
from triptych.compose import views, words
from triptych.compose.html import Composer
from triptych.content import disk, kin, logos, pictures, read
from triptych.content.errors import NothingToPrint, Problem, TriptychError
from triptych.content.files import Files
from triptych.content.kinds import KINDS, ONE_INK, Kind
from triptych.content.pictures import BLACK, Faulty, Proportions
from triptych.design import faces, sheets
from triptych.design.sheets import PAPERS
from triptych.design.where import Templates
from triptych.documents.parallel import parallel
from triptych.documents.workshop import Document, Workshop
from triptych.guard import worker
from triptych.pdf import carried
from triptych.pdf.carried import Carried, Making
from triptych.review import printed as what_prints
from triptych.review import statements
from triptych.review.printed import Printed
from triptych.typeset.pages import Typesetter

Maker = Callable[[Workshop], Document]
"""Makes a document from the workshop of its article."""


def _maker(kind: Kind) -> Maker:
    """The function that makes a kind of document, `triptych.documents.NAME.NAME`, in the faces of its article."""
    maker: Maker = getattr(importlib.import_module(f"triptych.documents.{kind.name}"), kind.name)

    def make(shop: Workshop) -> Document:
        with faces.wearing(shop.composer.theme.faces or faces.HOUSE):
            return maker(shop)

    return make


DOCUMENTS: Mapping[str, Maker] = {name: _maker(kind) for name, kind in KINDS.items()}
"""The function for every document, by the name of its file."""
REMOVED = "removed: the article no longer has what it prints"
"""What is said after the name of a removed PDF."""
UNDATED = datetime(1980, 1, 1, tzinfo=UTC)
"""The moment of the PDFs of an article without a date: fixed, so that their bytes are the same whenever made."""


MANY_OBJECTS = 50_000
"""Objects made between two searches for garbage; a document is made of a million."""


def settle() -> None:
    """Exclude loaded objects from garbage collection, and collect seldom: saves a sixth of the build time.

    Call once, at process start. Forked processes also keep sharing this memory.
    """
    gc.freeze()
    gc.set_threshold(MANY_OBJECTS)


def documents(
    folder: Path,
    order: Order,
    templates: Templates,
    progress: Callable[[str], None] = lambda name: None,
    warn: Callable[[Sequence[Problem]], None] = lambda problems: None,
    processes: int = 1,
    skip: Callable[[str], None] = lambda reason: None,
) -> tuple[Document, ...]:
    """Make the documents of an article; writes nothing.

    Calls `warn` with the warnings, and `progress` with the name of each finished document. With more than one process,
    forks them after the article is read and checked. Raises TriptychError.
    """
    shop = workshop(folder, order, templates)
    warn(shop.warnings)
    if len(order.documents) == 1:
        require(shop, *order.documents)
    return every(shop, possible(shop, skip, order.documents or tuple(DOCUMENTS)), processes, progress)


def every(
    shop: Workshop, names: Sequence[str], processes: int = 1, progress: Callable[[str], None] = lambda name: None
) -> tuple[Document, ...]:
    """Make each document. Raises the errors of all that cannot be made as one."""
    made = attempts(shop, names, processes, progress)
    if failed := [one for one in made if isinstance(one, TriptychError)]:
        raise _together(failed)
    return tuple(one for one in made if isinstance(one, Document))


def _together(failed: Sequence[TriptychError]) -> TriptychError:
    """The errors of several documents as one, of the kind of the first."""
    first, *others = failed
    return type(first)("\n".join(dict.fromkeys(map(str, failed)))) if others else first


def attempts(
    shop: Workshop, names: Sequence[str], processes: int, progress: Callable[[str], None] = lambda name: None
) -> list[Document | TriptychError]:
    """Make each document, or find why it cannot be made, in the order of their names."""
    if min(processes, len(names)) > 1:
        return _attempted_in_parallel(shop, names, progress, processes)
    tried = []
    for name in names:
        tried.append(_attempt(shop, name))
        progress(name)
    return tried


def _attempt(shop: Workshop, name: str) -> Document | TriptychError:
    try:
        return DOCUMENTS[name](shop)
    except TriptychError as error:
        return error


def possible(
    shop: Workshop, skip: Callable[[str], None] = lambda reason: None, names: Sequence[str] = tuple(DOCUMENTS)
) -> tuple[str, ...]:
    """Those of some documents that an article has something for; says of each other one why it is skipped.

    Raises NothingToPrint if it has something for none.
    """
    lacking: list[NothingToPrint] = []
    found = []
    for name in names:
        try:
            require(shop, name)
        except NothingToPrint as error:
            lacking.append(error)
        else:
            found.append(name)
    if lacking and not found:
        raise lacking[0]
    for reason in lacking:
        skip(str(reason))
    return tuple(found)


def require(shop: Workshop, name: str) -> None:
    """That an article has something for a document. Raises NothingToPrint."""
    kind = KINDS[name]
    if not kind.needs & shop.article.parts:
        raise NothingToPrint(f"no {kind.caption}: {kind.lacks}")


def _attempted_in_parallel(
    shop: Workshop, documents: Sequence[str], progress: Callable[[str], None], processes: int
) -> list[Document | TriptychError]:
    """Try documents in forked processes, those that take longest first; in this one, if the system has too few."""
    fork = multiprocessing.get_context("fork")
    names = sorted(documents, key=lambda name: -KINDS[name].cost)
    try:
        with ProcessPoolExecutor(min(processes, len(names)), fork, _inherit, (shop, os.getpid())) as pool:
            with worker.pool_starts():
                futures = {pool.submit(_inherited_attempt, name): name for name in names}
            for future in as_completed(futures):
                if not future.exception():
                    progress(futures[future])
            made = {name: future for future, name in futures.items()}
            return [made[name].result() for name in documents]
    except (BrokenProcessPool, BlockingIOError, RuntimeError):  # the last two: no more processes, no more threads
        return [_attempt(shop, name) for name in documents]


_inherited: list[Workshop] = []
"""In a forked process: the workshop that it inherits."""


def _inherit(shop: Workshop, parent: int) -> None:
    worker.serve(parent)
    _inherited[:] = [shop]


def _inherited_attempt(name: str) -> Document | TriptychError:
    return _attempt(_inherited[0], name)


def write(documents: Sequence[Document], order: Order, folder: Path) -> tuple[tuple[Path, ...], Sequence[str]]:
    """Write finished documents into a folder, all or none, and remove those that the article has nothing for now.

    Returns the paths of the documents, and the names of the removed PDFs: those that we made, of documents in the
    order. Raises UsageError and OSError.
    """
    files = {f"{document.name}.pdf": document.pdf for document in documents}
    asked = [f"{name}.pdf" for name in order.documents or DOCUMENTS]
    gone = finish.ours(folder, [name for name in asked if name not in files])
    finish.write({folder: files}, gone)
    return tuple(folder / name for name in files), gone


def workshop(folder: Path, order: Order, templates: Templates) -> Workshop:
    """Read and check an article, and collect what its documents share. Raises TriptychError."""
    return prepared(*inspection.checked(folder, templates, order.theme), order, templates)


def shared(folder: Path, order: Order, templates: Templates) -> Workshop:
    """The workshop of an article, one for all its editions in this process, until one of its files changes.

    An edition need not measure again what an earlier one has measured. Raises TriptychError.
    """
    order = replace(order, documents=(), creep=0.0, languages=())
    root = kin.root(folder.resolve())
    shop = _shared(folder, order, templates, disk.stamp([root, *templates.folders], root.parent))
    faces.wear(shop.composer.theme.faces or faces.HOUSE)
    return shop


@lru_cache(maxsize=4)
def _shared(folder: Path, order: Order, templates: Templates, _stamp: object) -> Workshop:
    return prepared(*rules.valid(*inspection.shared(folder, templates, order.theme)), order, templates)


def prepared(files: Files, warnings: tuple[Problem, ...], order: Order, templates: Templates) -> Workshop:
    """Collect what the documents of an article share, whatever its problems. Raises TriptychError."""
    folder = files.folder
    front = files.article.front
    printed = words.words(front.language, templates, folder)
    dated = datetime.combine(front.date, time(), UTC) if front.date else UNDATED
    moment = order.moment or dated
    paper_name, sheet_name = order.paper or front.paper, order.sheet or front.sheet
    theme = themes.chosen(folder, order.theme, templates)
    style = statements.citation_style(folder, templates)
    typesetter = Typesetter(templates, folder, tone=theme.tone(one_ink=order.theme == ONE_INK))
    inks = order.theme if order.theme in themes.INKS else ""
    faces.wear(theme.faces or faces.HOUSE)
    return Workshop(
        article=files.article,
        view=views.printable(files.article, printed, style),
        composer=Composer(templates, inks, _logo(files, "logo"), _logo(files, "logo_one_ink"), theme),
        typesetter=typesetter,
        paper=PAPERS[paper_name],
        paper_name=paper_name,
        sheet=sheets.sheet(sheet_name),
        sheet_name=sheet_name,
        larger=order.larger,
        moment=moment,
        warnings=warnings,
        style=style,
        proportions=_proportions(files),
        over=(),
        ink=(theme.one_ink or BLACK) if order.theme == ONE_INK else "",
        making=Making(
            slug=files.article.slug,
            content=carried.content(files.given, files),
            templates=templates.digest(),
            order={
                "paper": str(paper_name),
                "sheet": sheet_name,
                **({"larger": ""} if order.larger else {}),
                **({"theme": order.theme} if order.theme else {}),
            },
            moment=moment.isoformat(),
            translation=kin.tag(files.given),
        ),
    )


def _proportions(files: Files) -> dict[str, Proportions]:
    """How large each picture may print, by its address, without those that cannot: they are problems."""
    found = {}
    for one in files.article.pictures:
        with suppress(OSError, ValueError, SyntaxError):
            found[views.address(one)] = pictures.proportions(files.folder / (one.image or ""))
    return found


def _logo(files: Files, field: str) -> bytes:
    """A logo of the house; empty if there is none, or none that can be printed: then it is a problem."""
    try:
        return logos.drawn(path) if (path := logos.path(files, field)) else b""
    except Faulty:
        return b""


def look(folder: Path, content: Mapping[str, bytes], templates: Templates) -> Printed:
    """What the documents print of an article with these files. Raises ContentError and StyleError."""
    article = read.whole(folder).article
    own = words.own(article.front.language, templates, folder)
    return what_prints.printed(
        article, statements.citation_style(folder, templates), own, content.get(carried.THEME, b"")
    )


def remade(found: Carried, folder: Path, templates: Templates) -> bytes:
    """Make a handout again here, as a PDF. `folder` has its unpacked content."""
    asked = found.manifest.order
    order = Order(
        documents=(found.document,),
        paper=asked.paper,
        sheet=asked.sheet,
        larger=asked.larger is not None,
        moment=datetime.fromisoformat(found.manifest.moment),
        theme=asked.theme or "",
    )
    if found.manifest.beside is not None:
        sides = (folder, kin.root(folder) / found.manifest.beside)
        return parallel(*(workshop(side, order, templates) for side in sides)).pdf
    (document,) = documents(folder, order, templates)
    return document.pdf
