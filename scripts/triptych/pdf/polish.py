"""A tagged PDF from the typesetter becomes one that a screen reader reads well.

Running heads, folios and the words on a drawing's scale become artefacts (ISO 32000-1, 14.8.2.2). Table headers get a
scope (table 349), lists a numbering (table 347), list items consist of a label and a body (ISO 14289-1, 7.2), no level
of headings is skipped (7.4.2), and each link is one (7.18.5): the typesetter repeats it for each part of its text.
"""

import hashlib
import io
import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from babel import Locale, UnknownLocaleError
from pikepdf import Array, Dictionary, Name, Operator

from triptych.pdf import glyphs, hashes, tags

HEADING = re.compile(r"H([1-6])")
"""The role of a heading, with its level."""


def polished(pdf: bytes, foreign: Mapping[str, str] | None = None, articles: Sequence[str] = ()) -> bytes:
    """The PDF with complete tags. The same input gives the same bytes.

    `foreign`: the language tag of each text in another language than the document's, by the text without white space.
    `articles`: the language tag of each article in the document, none of which runs over from one page to the next.
    """
    contents = tags.contents_of(pdf) if foreign else []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = {page.objgen: number for number, page in enumerate(document.pages)}
        mending = _Mending(document, pages, contents, foreign or {})
        for element in tags.inner(document.Root.StructTreeRoot):
            mending.visit(element, 0, in_head=False)
        _name_languages(document, articles)
        parents = tags.parents(document)
        for number, page in enumerate(document.pages):
            marks = parents[int(page.StructParents)]
            _leave_out(page, mending.repeated)
            loose = {mark for mark in range(len(marks)) if (number, mark) not in mending.tagged}
            if loose:
                page.Contents = document.make_stream(pikepdf.unparse_content_stream(list(_as_artefacts(page, loose))))
                for mark in loose:
                    marks[mark] = None
        _turn(document)
        glyphs.reread(document)
        hashes.seal(document)
        return saved(document)


def _leave_out(page: Any, repeated: set[Any]) -> None:
    """Remove the links of a page that repeat another."""
    if repeated and "/Annots" in page.obj:
        page.Annots = Array([note for note in page.Annots if note.objgen not in repeated])


def _name_languages(document: pikepdf.Pdf, articles: Sequence[str]) -> None:
    """Say in which language each article is, where there are several."""
    found = [item for item in _below(document.Root.StructTreeRoot) if tags.role(item) == "Art"] if any(articles) else []
    for element, language in zip(found, articles, strict=True) if found else ():
        element.Lang = pikepdf.String(language)


def _below(element: Any) -> Iterator[Any]:
    for child in tags.inner(element):
        yield child
        yield from _below(child)


def _turn(document: pikepdf.Pdf) -> None:
    """Tell a program that shows two pages side by side when a document is read from right to left."""
    language = str(document.Root.get("/Lang", "")) or "en"
    with suppress(UnknownLocaleError, ValueError):
        if Locale.parse(language, sep="-").text_direction == "rtl":
            if "/ViewerPreferences" not in document.Root:
                document.Root.ViewerPreferences = Dictionary()
            document.Root.ViewerPreferences.Direction = Name("/R2L")


def saved(document: pikepdf.Pdf) -> bytes:
    """A PDF as bytes. The same document gives the same bytes."""
    target = io.BytesIO()
    document.save(target, deterministic_id=True, fix_metadata_version=False)
    return target.getvalue()


_IDENTIFIER = re.compile(rb"xmp\.did:[0-9a-f-]{36}")


def for_press(pdf: bytes) -> bytes:
    """A PDF for a press: without links, with crop marks in all inks, and with an identifier derived from its pages."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            if "/Annots" in page.obj:
                del page.obj["/Annots"]
        for form in [item for item in document.objects if isinstance(item, pikepdf.Stream)]:
            if form.get("/Subtype") == "/Form" and b"0 0 0 RG" in form.read_bytes():
                form.write(pikepdf.unparse_content_stream(list(_in_all_inks(form))))
        drawn = b"".join(page.Contents.read_bytes() for page in document.pages)
        identifier = uuid.uuid5(uuid.NAMESPACE_URL, hashlib.sha256(drawn).hexdigest())
        metadata = document.Root.Metadata.read_bytes()
        document.Root.Metadata.write(_IDENTIFIER.sub(f"xmp.did:{identifier}".encode(), metadata))
        return saved(document)


def _in_all_inks(form: Any) -> Iterator[tuple[Any, Any]]:
    """The typesetter's crop marks, which it strokes in RGB, stroked in all four inks."""
    instructions: Any = pikepdf.parse_content_stream(form)
    for operands, operator in instructions:
        name = str(operator)
        if name == "RG":
            yield [1, 1, 1, 1], Operator("K")
        elif name == "B":
            yield [], Operator("S")
        elif name not in ("rg", "gs"):
            yield operands, operator


@dataclass(frozen=True, slots=True)
class _Mending:
    """Walks the tag tree, corrects each element, and collects the content that is tagged."""

    document: pikepdf.Pdf
    pages: Mapping[Any, int]
    """Index of each page, from 0, by its object."""
    contents: Sequence[tags.Content]
    """Texts of the pages; empty without foreign texts."""
    foreign: Mapping[str, str]
    """Language tags, by text without white space."""
    tagged: set[tuple[int, int]] = field(default_factory=set)
    """Page index and number of each marked content in the tree."""
    repeated: set[Any] = field(default_factory=set)
    """The objects of the links that repeat the one around them: of bold text in it, or of text in another direction."""
    above: list[int] = field(default_factory=list)
    """Levels of the headings that the next one may stand under, as in the template."""

    def visit(self, element: Any, page: int, in_head: bool) -> None:
        """Correct an element and those below it, and collect their marked content."""
        page = self.pages[element.Pg.objgen] if "/Pg" in element else page
        role = tags.role(element)
        self._mend(element, role, in_head)
        if role not in ("Link", "Figure"):
            self._leave_out_links(element)
        if self.foreign and role in ("Span", "NonStruct", "P", "BlockQuote", "LBody"):
            text = "".join("".join(self._texts(element, page)).split())
            if text in self.foreign:
                element.Lang = pikepdf.String(self.foreign[text])
        for kid in tags.kids(element):
            if isinstance(kid, int):
                self.tagged.add((page, kid))
            elif kid.get("/Type") == "/MCR":
                self.tagged.add((self.pages[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)))
            elif "/S" in kid:
                self.visit(kid, page, in_head or role == "THead")

    def _leave_out_links(self, element: Any) -> None:
        """Remove the links that stand in an element that is none."""
        kids = tags.kids(element)
        links = [kid for kid in kids if not isinstance(kid, int) and kid.get("/Type") == "/OBJR"]
        if links:
            self.repeated.update(kid.Obj.objgen for kid in links)
            element.K = Array([kid for kid in kids if kid not in links])

    def _mend(self, element: Any, role: str, in_head: bool) -> None:
        if role == "Div":
            _leave_out_scale(element)
        elif role == "LI":
            self._give_body(element)
        elif role == "L":
            element.A = Dictionary(O=Name.List, ListNumbering=_numbering(element))
        elif role == "TH":
            attributes: Any = element.get("/A", Dictionary(O=Name.Table))
            attributes.Scope = Name.Column if in_head else Name.Row
            element.A = attributes
        elif level := HEADING.fullmatch(role):
            element.S = Name(f"/H{self._level(int(level[1]))}")

    def _level(self, printed: int) -> int:
        """The level of a heading under those above, with none skipped: a poster may have none over its events."""
        while self.above and self.above[-1] >= printed:
            self.above.pop()
        self.above.append(printed)
        return len(self.above)

    def _texts(self, element: Any, page: int) -> Iterator[str]:
        """The texts of an element and of all elements below it."""
        for kid in tags.kids(element):
            if isinstance(kid, int):
                yield from (piece.text for piece in self.contents[page].get(kid, ()))
            elif "/S" in kid:
                yield from self._texts(kid, self.pages[kid.Pg.objgen] if "/Pg" in kid else page)

    def _give_body(self, entry: Any) -> None:
        """Put everything in a list item except its label into a body: the typesetter does not do so for notes."""
        parts = tags.inner(entry)
        loose = [part for part in parts if tags.role(part) not in ("Lbl", "LBody")]
        if loose:
            body = self.document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.LBody, P=entry, K=Array(loose)))
            for part in loose:
                part.P = body
            entry.K = Array([*(part for part in parts if tags.role(part) == "Lbl"), body])


def _leave_out_scale(element: Any) -> None:
    """Remove the words on a drawing's scale from the tree: the list of events already has all dates.

    In the templates, only these words are a <span> directly in a <div>.
    """
    scale = [part for part in tags.inner(element) if tags.role(part) == "Span"]
    if scale:
        gone = {part.objgen for part in scale}
        element.K = [kid for kid in tags.kids(element) if isinstance(kid, int) or kid.objgen not in gone]


def _numbering(element: Any) -> Name:
    """The numbering of a list: decimal if its items have labels, otherwise none."""
    labelled = any(tags.role(part) == "Lbl" for entry in tags.inner(element) for part in tags.inner(entry))
    return Name.Decimal if labelled else Name("/None")


def _as_artefacts(page: Any, loose: set[int]) -> Iterator[tuple[Any, Any]]:
    """The instructions of a page, with the marked content outside the tags turned into pagination artefacts."""
    instructions: Any = pikepdf.parse_content_stream(page)
    for operands, operator in instructions:
        named = str(operator) == "BDC" and isinstance(operands[1], Dictionary)
        if named and int(operands[1].get("/MCID", -1)) in loose:
            yield [Name.Artifact, Dictionary(Type=Name.Pagination)], Operator("BDC")
        else:
            yield operands, operator
