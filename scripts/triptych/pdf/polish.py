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
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

from triptych.content import letters
from triptych.pdf import glyphs, hashes, inks, instructions, outlines, placed_glyphs, tags

HEADING = re.compile(r"H([1-6])")
"""The role of a heading, with its level."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a screen reader is told that the pages do not say."""

    foreign: Mapping[str, str] = field(default_factory=dict)
    """The language tag of each text in another language than the document's, by the text without white space."""
    articles: Sequence[str] = ()
    """The language tag of each article in the document, none of which runs over from one page to the next."""
    links: Mapping[str, str] = field(default_factory=dict)
    """Where each link within the document leads, by the name of its target."""
    notes: Sequence[tuple[str, str]] = ()
    """For each note, the name of the place of its mark, and what a link to it says."""
    marks: Mapping[str, str] = field(default_factory=dict)
    """What each mark means that stands alone in its element."""


def polished(pdf: bytes, told: Told | None = None, ink: str = "") -> bytes:
    """The PDF with complete tags. The same input gives the same bytes.

    `ink`: the colour of its one ink; empty where it prints in several.
    """
    pdf, told = _readable(pdf), told or Told()
    contents = tags.contents_of(pdf) if told.foreign or told.notes or told.marks else []
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pages = {page.objgen: number for number, page in enumerate(document.pages)}
        mending = _Mending(document, pages, contents, told)
        for element in tags.inner(document.Root.StructTreeRoot):
            mending.visit(element, 0, in_head=False)
        _name_languages(document, told.articles)
        _describe_links(document, told.links)
        mending.lead_back()
        outlines.nest(document, mending.headings)
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
        if ink:
            inks.in_one(document, ink)
        hashes.seal(document)
        return saved(document)


def _readable(pdf: bytes) -> bytes:
    """A PDF in which all who copy, search or listen find what is written in another script."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if not glyphs.reread(document):
            return pdf
        placed_glyphs.place(document)
        return saved(document)


def _describe_links(document: pikepdf.Pdf, links: Mapping[str, str]) -> None:
    """Let each link within the document say where it leads."""
    for page in document.pages:
        notes: Any = page.obj.get("/Annots", Array())
        for note in notes:
            if "/Dest" in note and (text := links.get(str(note.Dest))):
                note.Contents = pikepdf.String(text)


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
    if letters.is_turned(str(document.Root.get("/Lang", ""))):
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
    with pikepdf.open(io.BytesIO(_readable(pdf))) as document:
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


LEAST_LINE = 0.25
"""The thinnest line that a press prints whole, in pt."""
_PIXEL = 0.75
"""A pixel of the typesetter in pt."""


def _in_all_inks(form: Any) -> Iterator[tuple[Any, Any]]:
    """The typesetter's crop marks, which it strokes in RGB, stroked in all four inks, and none too thin."""
    matrix, outside = pikepdf.Matrix(), list[pikepdf.Matrix]()
    for operands, operator in instructions.read(form):
        name = str(operator)
        if name == "q":
            outside.append(matrix)
        elif name == "Q":
            matrix = outside.pop()
        elif name == "cm":
            matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
        if name == "RG":
            yield [1, 1, 1, 1], Operator("K")
        elif name == "w":
            least = LEAST_LINE / (_PIXEL * abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5)
            yield [max(float(operands[0]), round(least + 0.0005, 3))], operator
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
    told: Told
    tagged: set[tuple[int, int]] = field(default_factory=set)
    """Page index and number of each marked content in the tree."""
    repeated: set[Any] = field(default_factory=set)
    """The objects of the links that repeat the one around them: of bold text in it, or of text in another direction."""
    above: list[int] = field(default_factory=list)
    """Levels of the headings that the next one may stand under, as in the template."""
    headings: list[int] = field(default_factory=list)
    """Level of each heading, in order."""
    noted: list[tuple[Any, int]] = field(default_factory=list)
    """Entries of lists within a part of the text, with labels, and their pages: the last ones are the notes."""

    def visit(self, element: Any, page: int, in_head: bool) -> None:
        """Correct an element and those below it, and collect their marked content.

        A heading within a section does not stand over what follows the section.
        """
        page = self.pages[element.Pg.objgen] if "/Pg" in element else page
        role = tags.role(element)
        over = len(self.above)
        self._mend(element, role, in_head)
        if role not in ("Link", "Figure"):
            self._leave_out_links(element)
        if (self.told.foreign or self.told.marks) and role in ("Span", "NonStruct", "P", "BlockQuote", "LBody"):
            self._tell(element, page)
        for kid in tags.kids(element):
            if isinstance(kid, int):
                self.tagged.add((page, kid))
            elif kid.get("/Type") == "/MCR":
                self.tagged.add((self.pages[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)))
            elif "/S" in kid:
                self.visit(kid, page, in_head or role == "THead")
        if role == "Sect":
            del self.above[over:]

    def _tell(self, element: Any, page: int) -> None:
        """Say in which language an element is, and what it means if it is a mark alone."""
        text = "".join("".join(self._texts(element, page)).split())
        if text in self.told.foreign:
            element.Lang = pikepdf.String(self.told.foreign[text])
        if text in self.told.marks and tags.role(element) == "Span" and "/Alt" not in element.P:
            element.Alt = pikepdf.String(self.told.marks[text])

    def lead_back(self) -> None:
        """Make the number of each note a link to its mark in the text."""
        notes = self.noted[-len(self.told.notes) :] if len(self.noted) >= len(self.told.notes) else []
        for (label, page), (target, text) in zip(notes, self.told.notes, strict=False):
            marked = [int(span.K[0]) for span in tags.inner(label)]
            if pieces := [piece for mark in marked for piece in self.contents[page].get(mark, ())]:
                self._link(label, page, tags.around(piece.box for piece in pieces), target, text)

    def _link(self, label: Any, number: int, box: tags.Box, target: str, text: str) -> None:
        """Put a link around what a label holds."""
        document, page = self.document, self.document.pages[number]
        parents = document.Root.StructTreeRoot.ParentTree.Nums
        key = max(int(one) for one in list(parents)[::2]) + 1
        note = document.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=tags.on_paper(box, [float(edge) for edge in page.trimbox]),
                BS=Dictionary(W=0),
                F=4,
                Contents=pikepdf.String(text),
                Dest=pikepdf.String(target),
                StructParent=key,
            )
        )
        held = Dictionary(Type=Name.OBJR, Obj=note, Pg=page.obj)
        link = Dictionary(Type=Name.StructElem, S=Name.Link, P=label, Pg=page.obj, K=Array([held, *tags.kids(label)]))
        link = document.make_indirect(link)
        for kid in tags.inner(label):
            kid.P = link
        label.K = Array([link])
        parents.extend(Array([key, link]))
        if "/Annots" not in page.obj:
            page.obj.Annots = Array()
        page.obj.Annots.append(note)

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
            self._date(element)
        elif role == "LI":
            self._give_body(element)
            self._note(element)
        elif role == "L":
            element.A = Dictionary(O=Name.List, ListNumbering=_numbering(element))
        elif role == "TH":
            attributes: Any = element.get("/A", Dictionary(O=Name.Table))
            attributes.Scope = Name.Column if in_head else Name.Row
            element.A = attributes
        elif level := HEADING.fullmatch(role):
            found = self._level(int(level[1]))
            element.S = Name(f"/H{found}")
            self.headings.append(found)

    def _date(self, element: Any) -> None:
        """Put the date of an event into its heading: the two stand alone together."""
        parts = tags.inner(element)
        if [tags.role(part) for part in parts] == ["NonStruct", "H3"]:
            date, heading = parts
            date.P = heading
            heading.K = Array([date, *tags.kids(heading)])
            element.K = Array([heading])

    def _note(self, entry: Any) -> None:
        """Remember the label of an entry that may be a note."""
        if "/P" in entry and tags.role(entry.P) == "L" and "/P" in entry.P and tags.role(entry.P.P) == "Div":
            page = self.pages[entry.Pg.objgen] if "/Pg" in entry else 0
            self.noted.extend((part, page) for part in tags.inner(entry) if tags.role(part) == "Lbl")

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
                yield from (piece.text for piece in tags.written(self.contents[page].get(kid, ()), turned=False))
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


def _as_artefacts(page: Any, loose: set[int]) -> Iterator[Any]:
    """The instructions of a page, with the marked content outside the tags turned into pagination artefacts."""
    for one in instructions.read(page):
        name = str(one.operator)
        if name == "BDC" and _mark(one.operands[1]) in loose:
            yield [Name.Artifact, Dictionary(Type=Name.Pagination)], Operator("BDC")
        else:
            yield instructions.kept(one, name)


def _mark(properties: Any) -> int:
    """The number of a marked content; -1 without one."""
    return int(properties.get("/MCID", -1)) if isinstance(properties, Dictionary) else -1
