"""An article becomes one package to hand on: its documents and editions, with a page of contents and checksums."""

import hashlib
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

import pypdfium2
from babel.units import format_unit

from triptych.build import pipeline, together
from triptych.build.editions import EditionMaker, Files
from triptych.build.pipeline import Order
from triptych.compose import spaces
from triptych.compose.isolation import isolated
from triptych.compose.views import ArticleView
from triptych.content import kin, numerals
from triptych.content.errors import MissingTool, NothingToPrint
from triptych.content.kinds import KINDS, Edition
from triptych.content.letters import in_their_language
from triptych.content.units import MM_PER_POINT
from triptych.design.sheets import PAPERS, SHEETS
from triptych.design.where import Templates
from triptych.pdf import carried

CONTENTS, STYLE, SUMS = "index.html", "pack.css", "SHA256SUMS"
WIDTH = 240
"""Width of the picture of a page, in pixels."""
SLACK = 1.0
"""How far a page may be from the size of its paper, in mm."""
WORDS: Mapping[Edition, str] = {
    **{
        Edition.MONO: "edition_mono",
        Edition.LARGE: "large",
        Edition.TILES: "tiles",
        Edition.BOOKLET: "edition_booklet",
    },
    **{Edition.PAIR: "edition_pair", Edition.DUPLEX: "edition_duplex", Edition.HTML: "edition_html"},
    **{Edition.EPUB: "edition_epub", Edition.DOCX: "edition_docx", Edition.TEXT: "edition_text"},
    **{Edition.PRESS: "edition_press"},
}
"""The words that name the editions."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a package, as its page of contents shows it."""

    path: str
    title: str
    size: str
    paper: str
    """The size of its first page; empty if it has none."""
    checksum: str
    picture: str = ""
    """The path of a picture of its first page; empty if it has none."""
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True)
class Group:
    """The documents, or the files of an edition."""

    title: str
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """A package, and what was left out of it."""

    data: bytes
    count: int
    notes: tuple[str, ...]


def pack(
    folder: Path, order: Order, templates: Templates, makers: Mapping[Edition, EditionMaker], processes: int = 1
) -> Pack:
    """The package of an article, with these editions, made by so many processes. Raises TriptychError."""
    jobs = [partial(one, folder, order, templates) for one in (_documents, *makers.values())]
    documents, *each = together.each(jobs, processes)
    first = documents()
    sets, notes = {"": dict(first)}, [*first.notes]
    for name, made in zip(makers, each, strict=True):
        try:
            sets[name] = dict(made())
        except (NothingToPrint, MissingTool) as error:
            notes.append(f"{name} left out: {error}")
    shop = pipeline.shared(folder, order, templates)
    pictures: dict[str, bytes] = {}
    groups = [_group(shop.view, name, files, pictures) for name, files in sets.items()]
    html = shop.composer.report(
        "pack/index.html.jinja", article=shop.view, groups=groups, document=next(iter(sets[""]), "")
    )
    html = numerals.native_html(spaces.out_of_links(html), shop.view.front.language)
    html = isolated(in_their_language(html), shop.view.mirrored)
    files = {_path(name, file): data for name, group in sets.items() for file, data in group.items()}
    page = {CONTENTS: spaces.kept(html).encode(), STYLE: templates.file(f"pack/{STYLE}").read_bytes()}
    every = {**files, **pictures, **page}
    sums = "".join(f"{_checksum(data)}  {path}\n" for path, data in sorted(every.items()))
    packed = {f"{_name(folder)}/{path}": data for path, data in {**every, SUMS: sums.encode()}.items()}
    return Pack(carried.zipped(packed), len(files), tuple(notes))


def _documents(folder: Path, order: Order, templates: Templates) -> Files:
    """The documents that the article can fill, with why it lacks the others."""
    skipped: list[str] = []
    shop = pipeline.shared(folder, order, templates)
    made = pipeline.every(shop, pipeline.possible(shop, skipped.append))
    return Files({f"{one.name}.pdf": one.pdf for one in made}, skipped)


def _name(folder: Path) -> str:
    """The name of the folder in the package."""
    return kin.output_name(folder).replace("/", "-")


def _path(edition: str, file: str) -> str:
    return f"{edition}/{file}" if edition else file


def _group(view: ArticleView, edition: str, files: Mapping[str, bytes], pictures: dict[str, bytes]) -> Group:
    """The files that somebody opens; adds the pictures of their pages. Of a web page, that is the page alone."""
    shown = {name: data for name, data in files.items() if edition != Edition.HTML or name == "index.html"}
    title = view.words[WORDS[Edition(edition)]] if edition else ""
    return Group(spaces.plain(title), tuple(_files(view, edition, shown, pictures)))


def _files(view: ArticleView, edition: str, files: Mapping[str, bytes], pictures: dict[str, bytes]) -> Iterator[File]:
    for name, data in files.items():
        path, stem = _path(edition, name), PurePosixPath(name).stem
        title = spaces.plain(view.words[stem]) if stem in KINDS else name
        size = spaces.plain(_size(len(data), view.front.language))
        if not name.endswith(".pdf"):
            yield File(path, title, size, "", _checksum(data))
            continue
        width, height, drawn, shape = _first_page(data)
        picture = f"thumbnails/{path.replace('/', '-').removesuffix('.pdf')}.png"
        pictures[picture] = drawn
        yield File(path, title, size, _paper(width, height), _checksum(data), picture, *shape)


def _first_page(pdf: bytes) -> tuple[float, float, bytes, tuple[int, int]]:
    """Width and height of the first page in mm, a picture of it as PNG, and the size of that in pixels."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        wide, high = page.get_size()
        seen = page.render(scale=WIDTH / wide).to_pil().convert("RGB")
    target = io.BytesIO()
    seen.save(target, "PNG", optimize=True)
    return wide * MM_PER_POINT, high * MM_PER_POINT, target.getvalue(), seen.size


def _paper(width: float, height: float) -> str:
    """The name of a size of paper, where it has one, and its sides in mm."""
    known = {str(name): (sheet.width, sheet.height) for name, sheet in (*PAPERS.items(), *SHEETS.items())}
    near = (name for name, sides in known.items() if _is_near(sorted(sides), sorted((width, height))))
    name = next(near, "").upper() if width else ""
    return " · ".join(part for part in (name, f"{width:.0f} × {height:.0f} mm") if part)


def _is_near(sides: Sequence[float], others: Sequence[float]) -> bool:
    return all(abs(one - other) <= SLACK for one, other in zip(sides, others, strict=True))


def _size(count: int, language: str) -> str:
    """A size in kilobytes or megabytes, in words of a language."""
    unit, value = ("megabyte", count / 1e6) if count >= 1e6 else ("kilobyte", max(1, round(count / 1e3)))
    return str(format_unit(round(value, 1), f"digital-{unit}", "short", locale=language.replace("-", "_")))


def _checksum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
