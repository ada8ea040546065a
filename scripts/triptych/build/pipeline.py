"""An article becomes its documents: read, check, lay out, compose, typeset, prove, finish."""

import gc
import importlib
import multiprocessing
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from triptych.build import finish
from triptych.check import rules
from triptych.compose import views, words
from triptych.compose.html import Composer
from triptych.content import read, uses
from triptych.content.errors import NothingToPrint, Problem, StyleError, TriptychError
from triptych.content.kinds import KINDS, Kind, Paper
from triptych.design import sheets
from triptych.design.sheets import PAPERS
from triptych.design.where import Templates
from triptych.documents.workshop import Document, Workshop
from triptych.pdf import carried
from triptych.pdf.carried import Carried, Making
from triptych.typeset.pages import Typesetter

Maker = Callable[[Workshop], Document]
"""Makes a document from all that the documents of an article share."""


def _maker(kind: Kind) -> Maker:
    """The function of a kind of document: of its name, in the module of its name."""
    maker: Maker = getattr(importlib.import_module(f"triptych.documents.{kind.name}"), kind.name)
    return maker


DOCUMENTS: Mapping[str, Maker] = {name: _maker(kind) for name, kind in KINDS.items()}
"""Every document that can be ordered, by the name of its file."""


UNDATED = datetime(1980, 1, 1, tzinfo=UTC)
"""The moment of the PDFs of an article without a date: fixed, so that their bytes are the same whenever made."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for: the documents, their sheets, and the moment to date them by."""

    documents: tuple[str, ...] = ()
    """Those asked for by name; all that the article has something for where there is none."""
    paper: Paper | None = None
    """The article's own where None."""
    sheet: str | None = None
    larger: bool = False
    """Take a larger sheet when the events do not fit on the one asked for."""
    moment: datetime | None = None
    """The article's date where None, or else `UNDATED`."""
    theme: str = ""
    """A file of templates/styles/themes: `mono` prints in one ink."""
    creep: float = 0.0
    """Of a booklet: how far the pages of each inner sheet move towards the fold, in mm."""


def settle() -> None:
    """Let the garbage collector pass over what is loaded, a tenth of the time of a build; once, when a process starts.

    What is forked from the process keeps sharing the memory too.
    """
    gc.freeze()


def documents(
    folder: Path,
    order: Order,
    templates: Templates,
    progress: Callable[[str], None] = lambda name: None,
    warn: Callable[[Sequence[Problem]], None] = lambda problems: None,
    processes: int = 1,
    skip: Callable[[str], None] = lambda reason: None,
) -> tuple[Document, ...]:
    """Make the documents of an article, telling of warnings, of each that is done and of each that is skipped, and why.

    More than one process are forked when all that they share is read and loaded. Raises TriptychError; writes nothing.
    """
    shop = workshop(folder, order, templates)
    warn(shop.warnings)
    names = order.documents or possible(shop, skip)
    for name in names:
        require(shop, name)
    if min(processes, len(names)) > 1:
        return _made_beside_each_other(shop, names, progress, processes)
    made = []
    for name in names:
        made.append(DOCUMENTS[name](shop))
        progress(name)
    return tuple(made)


def possible(shop: Workshop, skip: Callable[[str], None] = lambda reason: None) -> tuple[str, ...]:
    """The documents that an article has something for; says of each other one why it is skipped."""
    found = []
    for name in DOCUMENTS:
        try:
            require(shop, name)
        except NothingToPrint as error:
            skip(str(error))
        else:
            found.append(name)
    return tuple(found)


def require(shop: Workshop, name: str) -> None:
    """That an article has something for a document. Raises NothingToPrint."""
    kind = KINDS[name]
    if not kind.needs & shop.article.parts:
        raise NothingToPrint(f"no {kind.caption}: {kind.lacks}")


def _made_beside_each_other(
    shop: Workshop, documents: Sequence[str], progress: Callable[[str], None], processes: int
) -> tuple[Document, ...]:
    """Make documents in forked processes, as many at a time. Where several fail, the first in order is told."""
    fork = multiprocessing.get_context("fork")
    names = sorted(documents, key=lambda name: -KINDS[name].cost)
    try:
        with ProcessPoolExecutor(min(processes, len(names)), fork, initializer=_inherit, initargs=(shop,)) as pool:
            futures = {pool.submit(_document, name): name for name in names}
            for future in as_completed(futures):
                if not future.exception():
                    progress(futures[future])
            made = {name: future for future, name in futures.items()}
            return tuple(made[name].result() for name in documents)
    except BrokenProcessPool:
        raise TriptychError("the system stopped a process: make the documents one by one, with --processes 1") from None


_inherited: list[Workshop] = []
"""In a forked process: the workshop that it was forked with."""


def _inherit(shop: Workshop) -> None:
    _inherited[:] = [shop]


def _document(name: str) -> Document:
    return DOCUMENTS[name](_inherited[0])


def write(documents: Sequence[Document], folder: Path) -> tuple[Path, ...]:
    """Put finished documents in a folder, all or none."""
    files = {f"{document.name}.pdf": document.pdf for document in documents}
    finish.write({folder: files})
    return tuple(folder / name for name in files)


def workshop(folder: Path, order: Order, templates: Templates) -> Workshop:
    """Read and check an article, and lay out the tools to set it. Raises TriptychError."""
    files, warnings = rules.checked(folder)
    front = files.article.front
    printed = words.words(front.language, templates)
    dated = datetime.combine(front.date, time(), UTC) if front.date else UNDATED
    moment = order.moment or dated
    paper_name, sheet_name = order.paper or front.paper, order.sheet or front.sheet
    return Workshop(
        article=files.article,
        view=views.printable(files.article, printed, citation_style(folder, templates)),
        composer=Composer(templates, order.theme),
        typesetter=Typesetter(templates, folder),
        paper=PAPERS[paper_name],
        paper_name=paper_name,
        sheet=sheets.sheet(sheet_name),
        sheet_name=sheet_name,
        larger=order.larger,
        moment=moment,
        warnings=warnings,
        making=Making(
            slug=files.article.slug,
            content=carried.content(folder),
            templates=templates.digest(),
            order={
                "paper": str(paper_name),
                "sheet": sheet_name,
                **({"larger": ""} if order.larger else {}),
                **({"theme": order.theme} if order.theme else {}),
            },
            moment=moment.isoformat(),
        ),
    )


def citation_style(folder: Path, templates: Templates) -> Path:
    """The CSL style of an article: its own, where its folder has one. Raises StyleError."""
    own = folder / uses.CITATION_STYLE
    if own.is_file() and not read.inside(folder, uses.CITATION_STYLE):
        raise StyleError(f"{own} is a link that leads out of the article's folder: put the file itself there")
    return own if own.is_file() else templates.file(uses.CITATION_STYLE)


def remade(found: Carried, folder: Path, templates: Templates) -> bytes:
    """The PDF that what a handout carries gives here, from the folder into which its content was unpacked."""
    asked = found.manifest.order
    order = Order(
        documents=(found.document,),
        paper=asked.paper,
        sheet=asked.sheet,
        larger=asked.larger is not None,
        moment=datetime.fromisoformat(found.manifest.moment),
        theme=asked.theme or "",
    )
    (document,) = documents(folder, order, templates)
    return document.pdf
