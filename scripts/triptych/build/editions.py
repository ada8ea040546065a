"""An article becomes its editions: the same content for other readers, printers and formats."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from triptych.build import inspection, pipeline
from triptych.build.pipeline import Order
from triptych.compose.html import Composer
from triptych.content import kin, read
from triptych.content.errors import UsageError
from triptych.content.kinds import Edition, Paper
from triptych.design.sheets import SHEETS
from triptych.design.where import Templates
from triptych.documents import booklet as booklets
from triptych.documents import factsheet, large, screen, tiles
from triptych.documents.parallel import parallel
from triptych.documents.poster import poster
from triptych.documents.workshop import Document, Workshop
from triptych.pdf import impose, preflight
from triptych.typeset.pages import Typesetter


class Files(dict[str, bytes]):
    """The files of an edition by name."""

    def __init__(self, files: Mapping[str, bytes], notes: Sequence[str] = ()) -> None:
        """`notes` are those for the author: what was left out to fit."""
        super().__init__(files)
        self.notes = tuple(notes)


LARGER = {Paper.A4: "a3", Paper.LETTER: "tabloid"}
"""The sheet of twice the size of each paper, which many printers of offices have too."""
EditionMaker = Callable[[Path, Order, Templates], Files]
"""From an article's folder, an order and the templates, the files of an edition."""


def mono(folder: Path, order: Order, templates: Templates) -> Files:
    """The documents in one ink, for cheap copies."""
    shop = pipeline.shared(folder, replace(order, theme="mono"), templates)
    return _files(pipeline.every(shop, pipeline.possible(shop)))


def _files(documents: Iterable[Document]) -> Files:
    """The files of some documents, with the notes of all."""
    made = [*documents]
    notes = (f"{document.name}: {note}" for document in made for note in document.notes)
    return Files({f"{document.name}.pdf": document.pdf for document in made}, [*notes])


def tiled(folder: Path, order: Order, templates: Templates) -> Files:
    """The poster cut into sheets of paper, and into sheets twice as large, with a plan to put them together."""
    shop = pipeline.shared(folder, order, templates)
    pipeline.require(shop, "poster")
    whole = poster(shop)
    larger = LARGER[shop.paper_name]
    papers = {str(shop.paper_name): shop.paper, larger: SHEETS[larger]}
    return Files({f"poster-{name}.pdf": tiles.tiles(shop, whole, paper).pdf for name, paper in papers.items()})


def booklet(folder: Path, order: Order, templates: Templates) -> Files:
    """The briefing set anew as a booklet of half the paper size, to print on both sides, fold and staple."""
    shop = pipeline.shared(folder, order, templates)
    pipeline.require(shop, "briefing")
    document = booklets.booklet(shop)
    paper = shop.paper
    pairs = list(impose.saddle(document.pages, shop.view.mirrored))
    pdf = impose.spreads(document.pdf, pairs, paper.height, paper.width, order.creep)
    return Files({"briefing.pdf": pdf}, document.notes)


def pair(folder: Path, order: Order, templates: Templates) -> Files:
    """Two fact sheets side by side on paper of twice the width, to cut apart; or the briefing in two languages."""
    if order.languages:
        folders = _in_languages(folder, order.languages)
        document = parallel(*(pipeline.shared(one, order, templates) for one in folders.values()))
        return Files({f"briefing-{'-'.join(folders)}.pdf": document.pdf}, document.notes)
    shop = pipeline.shared(folder, order, templates)
    pipeline.require(shop, "factsheet")
    document = pipeline.DOCUMENTS["factsheet"](shop)
    sheets = impose.spreads(document.pdf, [(0, 0)], 2 * shop.paper.width, shop.paper.height, 0.0)
    return Files({"factsheets.pdf": sheets}, document.notes)


def _in_languages(folder: Path, languages: Sequence[str]) -> Mapping[str, Path]:
    """The folders of an article in two of its languages, by their tags. Raises UsageError."""
    folder = kin.root(folder)
    known = {read.files(folder)[0].article.front.language: folder}
    known |= {kin.tag(one): one for one in kin.translations(folder)}
    found = {}
    for language in languages:
        tag = next((tag for tag in known if language in (tag, tag.split("-")[0])), "")
        if not tag:
            raise UsageError(
                f"the article is not in `{language}`, but in: {', '.join(known)}\n"
                f"    Translate it in {folder / language}, or name two of these languages, such as en,fr."
            )
        found[tag] = known[tag]
    if len(found) != 2:
        raise UsageError(f"`{','.join(languages)}` are not two languages: write two, such as en,fr")
    return found


def duplex(folder: Path, order: Order, templates: Templates) -> Files:
    """The fact sheet with its back: whole sources, how to read the marks, questions, and whom to tell."""
    shop = pipeline.shared(folder, order, templates)
    pipeline.require(shop, "factsheet")
    document = factsheet.duplex(shop)
    return Files({"factsheet.pdf": document.pdf}, document.notes)


def large_print(folder: Path, order: Order, templates: Templates) -> Files:
    """The documents in one column of 18 point type, for readers with low vision."""
    shop = pipeline.shared(folder, replace(order, theme="mono"), templates)
    return _files(large.large(shop, name) for name in pipeline.possible(shop))


def on_screen(folder: Path, order: Order, templates: Templates) -> Files:
    """The article as one web page."""
    shop = pipeline.shared(folder, order, templates)
    return Files(screen.page(shop, folder, templates, screen.languages(folder, languages(folder, templates))))


def languages(folder: Path, templates: Templates) -> dict[str, str]:
    """The languages in which an article can be made, by the names of the folders of translations; none if it is one."""
    root, found = kin.root(folder), dict[str, str]()
    for one in (root, *kin.translations(root)):
        files, problems = inspection.shared(one, templates)
        if one.resolve() == folder.resolve() or all(problem.warning for problem in problems):
            found[kin.tag(one)] = files.article.front.language
    return found if len(found) > 1 else {}


def press(profile: Path | None, folder: Path, order: Order, templates: Templates) -> Files:
    """The documents for a print shop, as PDF/X-4, with a preflight report. Raises UsageError."""
    if not profile or not profile.is_file():
        raise UsageError(
            f"the press edition needs the ICC profile of the press: `{profile or ''}` is not a file\n"
            "    Ask your print shop for its profile, then run make press PROFILE=path/to/it.icc."
        )
    shop = press_workshop(profile, folder, order, templates)
    files = {f"{name}.pdf": pipeline.DOCUMENTS[name](shop).pdf for name in pipeline.possible(shop)}
    found = [(name, preflight.findings(pdf, shop.view.front.roll)) for name, pdf in files.items()]
    notes = [
        f"{name} fails this check: {one.what} Found: {one.found}"
        for name, all_found in found
        for one in all_found
        if not one.passed
    ]
    page = Composer(templates).report("review/preflight.html.jinja", title=folder.resolve().name, documents=found)
    style = templates.file("review/review.css").read_bytes()
    return Files({**files, "preflight.html": page.encode(), "review.css": style}, notes)


def press_workshop(profile: Path, folder: Path, order: Order, templates: Templates) -> Workshop:
    """The workshop of the press edition, the only one with an ICC profile."""
    shop = pipeline.shared(folder, replace(order, theme="press"), templates)
    return replace(shop, typesetter=Typesetter(templates, kin.root(folder), profile, shop.typesetter.tone))


def editions(profile: Path | None = None) -> Mapping[Edition, EditionMaker]:
    """Every edition by the name of its folder. Only `press` uses the ICC profile."""
    return {
        Edition.MONO: mono,
        Edition.LARGE: large_print,
        Edition.TILES: tiled,
        Edition.BOOKLET: booklet,
        Edition.PAIR: pair,
        Edition.DUPLEX: duplex,
        Edition.HTML: on_screen,
        Edition.PRESS: partial(press, profile),
    }
