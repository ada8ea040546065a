"""A text of another program becomes prose in Markdown, with its pictures, its sources and what was left out."""

import base64
import json
import re
import tempfile
import urllib.parse
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from triptych.compose import words
from triptych.design import where
from triptych.imports import extract, found, mediawiki, office, origin, pandoc, sources, tree, webpage
from triptych.imports.found import Found
from triptych.imports.pandoc import Tree
from triptych.typeset import fonts, libraries

with libraries.needed(), fonts.shown():
    from triptych.typeset import assets

FORMS = {
    **{".docx": "docx+citations", ".odt": "odt", ".html": "html", ".htm": "html", ".xhtml": "html"},
    **{".md": "markdown", ".markdown": "markdown", ".wiki": "mediawiki", ".mediawiki": "mediawiki", ".rst": "rst"},
    **{".txt": "extract"},
}
"""Pandoc's name of the form of a file, by the end of the file's name."""
_BOLD = (*office.FORMS, ".html", ".htm", ".xhtml")
"""Ends of the names of files whose authors may set a heading in bold type alone."""


@dataclass(slots=True)
class _Pictures:
    """The pictures of a document: those in it, and those beside it."""

    path: Path
    media: Path
    """The folder of the pictures that were in it."""
    kept: dict[str, bytes] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)

    def keep(self, address: str) -> str | None:
        """The name in the article's folder of a picture, by its address in the document; None if it cannot be kept."""
        if address in self.names:
            return self.names[address]
        if (read := self._read(address)) is None:
            return None
        name = self._free(_plain_name(address), read)
        if reason := _refused(read, name):
            self.notes.append(f"the picture `{Path(address).name[:80]}` was left out: {reason}")
            return None
        self.kept[name] = read
        self.names[address] = name
        return name

    def _read(self, address: str) -> bytes | None:
        if found_here := re.match(r"data:image/[a-z+.-]+;base64,(.+)", address, re.DOTALL):
            return _decoded(found_here[1])
        if re.match(r"[a-z][a-z0-9+.-]*:", address, re.IGNORECASE):
            self.notes.append(f"the picture `{address[:120]}` was left out: nothing is fetched from the network")
            return None
        folder = self.path.parent.resolve()
        file = (folder / urllib.parse.unquote(address)).resolve()
        inside = file.is_relative_to(folder) or file.is_relative_to(self.media.resolve())
        if not inside or not file.is_file() or file.stat().st_size > found.LARGEST:
            self.notes.append(f"the picture `{address[:120]}` was left out: it is not beside the file")
            return None
        return file.read_bytes()

    def _free(self, name: str, read: bytes) -> str:
        stem, end, number = Path(name).stem, Path(name).suffix, 1
        while self.kept.get(name, read) != read:
            number += 1
            name = f"{stem}-{number}{end}"
        return name


def _decoded(text: str) -> bytes | None:
    try:
        return base64.b64decode(urllib.parse.unquote(text))
    except ValueError:
        return None


def _plain_name(address: str) -> str:
    if found_here := re.match(r"data:image/([a-z]+)", address):
        return f"picture.{found_here[1].replace('jpeg', 'jpg')}"
    file = Path(urllib.parse.unquote(address.partition("?")[0]))
    stem = re.sub(r"[^a-z0-9]+", "-", file.stem.lower()).strip("-")[:60] or "picture"
    return f"{stem}{file.suffix.lower()}"


def _refused(picture: bytes, name: str) -> str | None:
    """Why a picture cannot be printed; None where it can."""
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / name).write_bytes(picture)
        return assets.refusal(Path(place), name)


def read(path: Path, address: str) -> Found:
    """What a text file holds. `address` is where it comes from. Raises BadImport."""
    form = FORMS[path.suffix.lower()]
    if path.suffix.lower() in office.FORMS:
        found.data(path)
        found.check_packed(path)
    with tempfile.TemporaryDirectory() as place:
        media = Path(place) / "pictures"
        parsed, notes = _parsed(path, form, media)
        try:
            return _cleaned(path, parsed, notes, address, _Pictures(path, media))
        except RecursionError:
            raise pandoc.too_deep(path) from None


def _parsed(path: Path, form: str, media: Path) -> tuple[Tree, list[str]]:
    """The tree of a file, and notes on it."""
    if form in ("docx+citations", "odt"):
        options = ("--track-changes=all",) if form.startswith("docx") else ()
        return pandoc.tree(path, form, path.read_bytes(), media, *options), []
    text = found.text(path)
    if form == "extract" and extract.is_one(text):
        title, blocks, notes = extract.read(text)
        return {"meta": {"title": {"t": "MetaString", "c": title}}, "blocks": blocks}, notes
    form = {"extract": "markdown", "html": "html+raw_html"}.get(form, form)
    text = mediawiki.with_whole_notes(text) if form == "mediawiki" else text
    shown, notes = webpage.text_of(text) if form.startswith("html") else (text, [])
    parsed = pandoc.tree(path, form, shown.encode(), media)
    if form.startswith("html"):
        parsed["page"] = text
    return parsed, notes


def _cleaned(path: Path, parsed: Tree, notes: list[str], address: str, pictures: _Pictures) -> Found:
    notes = [*notes, *(f"the reader of the file says: {one}" for one in parsed.pop("warnings", ()))]
    given = origin.of_page(parsed.pop("page")) if "page" in parsed else _origin(parsed)
    cited = sources.Cited()
    cleaner = tree.Cleaner(
        address=address or given.get("url", ""),
        picture=pictures.keep,
        citation=cited.key,
        described=office.described(path),
        targets=tree.targets(parsed),
    )
    blocks = cleaner.blocks(parsed["blocks"])
    bold: list[str] = []
    if path.suffix.lower() in _BOLD:
        blocks, bold = tree.with_bold_headings(blocks)
        cleaner.counts["heading"] += len(bold)
    result = Found(counts=cleaner.counts, pictures=pictures.kept, origin=given)
    result.title, blocks = _title(path, parsed, blocks, cleaner, bold)
    notes += [f"the line `{name}`, in bold alone, became a heading" for name in bold if name != result.title]
    result.prose = _markdown(path, blocks)
    if subtitle := tree.meta(parsed, "subtitle"):
        result.head["deck"] = subtitle
    if language := tree.meta(parsed, "lang") or office.language(path):
        _set_language(result, language)
    result.references = sources.completed([*_listed(path, parsed), *cited.entries], cleaner.keys, notes)
    left = [f"{what}: {number}" for what, number in cleaner.lost.items() if number]
    left += [f"{name} has no description: write what it shows in its brackets" for name in cleaner.undescribed]
    comments = [f"a comment of {comment}" for comment in cleaner.comments]
    result.notes = [*notes, *pictures.notes, *left, *comments]
    return result


def _set_language(result: Found, language: str) -> None:
    """Give an article its language, where there are fixed words in it."""
    if language.partition("-")[0].lower() in words.known(where.templates()):
        result.head["language"] = language
    else:
        result.notes.append(
            f"the text is in `{language}`, in which nothing can be printed yet: its language is English"
        )


def _title(
    path: Path, parsed: Tree, blocks: list[Any], cleaner: tree.Cleaner, bold: list[str]
) -> tuple[str, list[Any]]:
    """The title, by the document, its only first heading, its first line in bold, or its name; and the other blocks."""
    first = [block for block in blocks if block["t"] == "Header" and block["c"][0] == 1]
    styled = [block for block in first if tree.text(block["c"][2]).strip() not in bold]
    given = tree.meta(parsed, "title") or office.title(path)
    only = tree.text(styled[0]["c"][2]).strip() if len(styled) == 1 else ""
    title = only if not given or (only and given.startswith(only)) else given
    if not title and bold and blocks[0] in first and blocks[0] not in styled:
        title = bold[0]
    repeated = [block for block in first if tree.text(block["c"][2]).strip() == title]
    cleaner.counts["heading"] -= len(repeated)
    blocks = [block for block in blocks if block not in repeated]
    if title and blocks and blocks[0]["t"] == "Para" and tree.text(blocks[0]["c"]).strip() == title:
        blocks = blocks[1:]
    return title or found.named_after(path), tree.shifted(blocks)


def _markdown(path: Path, blocks: list[Any]) -> str:
    whole = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": blocks}
    return pandoc.markdown(path, whole).strip() if blocks else ""


def _listed(path: Path, parsed: Tree) -> list[found.Entry]:
    """The sources that a document lists in its own head or citations."""
    if "references" not in parsed.get("meta", {}):
        return []
    whole = {"pandoc-api-version": [1, 23, 1], "meta": {"references": parsed["meta"]["references"]}, "blocks": []}
    return sources.read_json(path, pandoc.converted(path, json.dumps(whole).encode(), "json", "csljson"))


def _origin(parsed: Tree) -> found.Entry:
    names = {
        **{"url": ("url", "address", "source"), "licence": ("licence", "license", "rights"), "date": ("date",)},
        **{"publisher": ("publisher", "author"), "revision": ("revision", "version")},
    }
    known = {name: next(filter(None, (tree.meta(parsed, key) for key in keys)), "") for name, keys in names.items()}
    return {name: value for name, value in known.items() if value}
