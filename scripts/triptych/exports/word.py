"""The article becomes a file for a word processor, DOCX, for those who must edit it or read it there."""

import io
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triptych.content.errors import MissingTool
from triptych.documents.workshop import Workshop
from triptych.exports import flow
from triptych.exports.flow import MARGIN
from triptych.imports import pandoc
from triptych.pdf import carried

if TYPE_CHECKING:
    from docx.document import Document

BODY, HEADINGS = "Georgia", "Arial"
"""Faces that each system has, or one as wide."""
OTHER = "Times New Roman"
"""The face of scripts written from right to left."""
INK, ACCENT = "1B1B1A", "0F4C55"
"""The colours of text, and of headings where a theme gives none."""
TITLES = ("Title", "Subtitle", "Author", "Date", "Heading 1", "Heading 2", "Heading 3", "Heading 4")
"""Styles of which the weight is ours; elsewhere bold is that of the text, or of the head of a table."""
COLOURED = ("Heading 1", "Heading 2")
SIZES = {
    **{"Normal": 11, "Title": 24, "Subtitle": 13, "Author": 10, "Date": 10, "Heading 1": 16, "Heading 2": 12.5},
    **{"Heading 3": 11, "Heading 4": 11, "Caption": 10, "Footnote Text": 9.5, "Compact": 11},
}
"""Sizes of type in points."""
BOLD = ("Title", "Author", "Date", "Heading 1", "Heading 2", "Heading 3", "Heading 4")
"""Styles in bold; these and captions are in the face of headings."""
SPACE = {"Heading 1": (20, 6), "Heading 2": (14, 3), "Heading 3": (12, 3), "Title": (0, 6), "Subtitle": (0, 12)}
"""Space before and after a style, in points."""
REFERENCE = "reference.docx"
"""The file with pandoc's styles, on which ours are based."""


def file(shop: Workshop, folder: Path) -> bytes:
    """The file for a word processor. Raises StyleError, MissingTool and BadImport."""
    found = flow.flow(shop, folder, for_word=True)
    view, front = found.view, found.view.front
    facts: dict[str, Any] = {
        "title": found.title,
        "subtitle": found.deck,
        "author": [front.publisher] if front.publisher else [],
        "date": " · ".join(part for part in (view.draft, view.number, view.date) if part),
        "lang": front.language,
        "dir": "rtl" if view.mirrored else "",
        "description": found.deck,
    }
    with tempfile.NamedTemporaryFile(suffix=".docx") as reference:
        reference.write(_reference(shop, pandoc.data(folder, REFERENCE)))
        reference.flush()
        return found.written("docx", facts, "--shift-heading-level-by=-1", f"--reference-doc={reference.name}")


def _reference(shop: Workshop, given: bytes) -> bytes:
    """A file with our styles, on the paper of the article."""
    document = _library(given)
    accent = (shop.composer.theme.accent or ACCENT).lstrip("#")
    for name, size in SIZES.items():
        _style(document, name, size, accent)
    _sheet(document, shop)
    _table(document, shop.view.mirrored)
    if shop.view.mirrored:
        _turned(document)
    target = io.BytesIO()
    document.save(target)
    with zipfile.ZipFile(target) as parts:
        return carried.zipped({name: parts.read(name) for name in parts.namelist()})  # pandoc keeps their times


def _library(given: bytes) -> "Document":
    try:
        import docx
    except ModuleNotFoundError:
        raise MissingTool(
            "this needs python-docx, which is not installed: run `make import`, which installs it"
        ) from None
    return docx.Document(io.BytesIO(given))


def _style(document: "Document", name: str, size: float, accent: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    style = next(one for one in document.styles if one.name == name)
    bold = name in BOLD if name in TITLES else None
    style.font.bold = style.font.cs_bold = bold
    style.font.italic = style.font.cs_italic = None
    style.font.size = Pt(size)
    style.font.color.rgb = RGBColor.from_string(accent if name in COLOURED else INK)
    before, after = SPACE.get(name, (0, 6))
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.LEFT
    properties = style.element.get_or_add_rPr()
    for old in (*properties.findall(qn("w:spacing")), *properties.findall(qn("w:szCs"))):
        properties.remove(old)
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    own, other = (HEADINGS, HEADINGS) if bold or name == "Caption" else (BODY, OTHER)
    for kind, face in (("ascii", own), ("hAnsi", own), ("eastAsia", own), ("cs", other)):
        fonts.set(qn(f"w:{kind}"), face)
    properties.find(qn("w:sz")).addnext(_element("szCs", val=f"{round(2 * size)}"))


def _element(tag: str, **attributes: str) -> Any:
    """An element of a file for Word."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _turned(document: "Document") -> None:
    """Each paragraph begins on the right, where the language does."""
    normal = next(one for one in document.styles if one.name == "Normal")
    properties = normal.element.get_or_add_pPr()
    after = next((one for one in properties if one.tag.rpartition("}")[2] in ("spacing", "ind", "jc")), None)
    turned = _element("bidi")
    properties.append(turned) if after is None else after.addprevious(turned)


def _sheet(document: "Document", shop: Workshop) -> None:
    """The paper, its margins, and the number of each page at its foot."""
    from docx.shared import Mm

    section = document.sections[0]
    section.page_width, section.page_height = Mm(shop.paper.width), Mm(shop.paper.height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    section.footer_distance = section.header_distance = Mm(MARGIN / 2)
    foot = section.footer.paragraphs[0]._p
    foot.remove(foot.pPr)  # a style that the file does not have
    foot.append(_element("fldSimple", instr="PAGE"))


def _table(document: "Document", mirrored: bool) -> None:
    """A rule below each row of a table, each row whole on a page, and a bold head."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    style = next(one for one in document.styles if one.name == "Table").element
    for old in [found for tag in ("basedOn", "tblPr", "tblStylePr") for found in style.findall(qn(f"w:{tag}"))]:
        style.remove(old)
    turned = "<w:bidiVisual/>" if mirrored else ""
    line = 'w:val="single" w:sz="4" w:space="0" w:color="8B867C"'
    style.append(
        parse_xml(
            f"<w:tblPr {nsdecls('w')}>{turned}<w:tblBorders><w:bottom {line}/><w:insideH {line}/></w:tblBorders>"
            '<w:tblCellMar><w:top w:w="40" w:type="dxa"/><w:left w:w="0" w:type="dxa"/>'
            '<w:bottom w:w="40" w:type="dxa"/><w:right w:w="120" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        )
    )
    style.append(parse_xml(f"<w:trPr {nsdecls('w')}><w:cantSplit/></w:trPr>"))
    style.append(
        parse_xml(f'<w:tblStylePr {nsdecls("w")} w:type="firstRow"><w:rPr><w:b/><w:bCs/></w:rPr></w:tblStylePr>')
    )
