"""What pandoc does not read in files of Word and LibreOffice: the title, the language, and what pictures show."""

import zipfile
from collections import Counter
from pathlib import Path

from lxml import etree

FORMS = (".docx", ".odt")
"""Ends of the names of these files."""
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def described(path: Path) -> dict[str, str]:
    """What the pictures of a file of LibreOffice show, by their names."""
    said = {}
    for frame in _part(path, ".odt", "content.xml").iter(f"{_DRAW}frame"):
        words = [node.text for node in frame if node.tag in (f"{_SVG}desc", f"{_SVG}title") and node.text]
        for picture in frame.iter(f"{_DRAW}image"):
            if words:
                said[picture.get(_HREF, "").rpartition("/")[2]] = max(words, key=len).strip()
    return said


def title(path: Path) -> str:
    """The title in the properties of a file of LibreOffice; empty for one of Word, which pandoc reads."""
    return (_part(path, ".odt", "meta.xml").findtext(f".//{_TITLE}") or "").strip()


def language(path: Path) -> str:
    """The tag of the language in which most of a file is marked to be; empty where nothing says it."""
    for properties in _part(path, ".odt", "styles.xml").iter("{*}text-properties"):
        if code := properties.get(f"{_FO}language"):
            return "-".join(filter(None, (code, properties.get(f"{_FO}country"))))
    styles = _part(path, ".docx", "word/styles.xml")
    usual = next((one.get(f"{_WORD}val", "") for one in styles.iter(f"{_WORD}lang")), "")
    signs: Counter[str] = Counter()
    for run in _part(path, ".docx", "word/document.xml").iter(f"{_WORD}r"):
        marked = run.find(f"{_WORD}rPr/{_WORD}lang")
        code = usual if marked is None else marked.get(f"{_WORD}val", usual)
        signs[code] += sum(len(text.text or "") for text in run.iter(f"{_WORD}t"))
    return max(signs, key=lambda code: signs[code], default="")


def _part(path: Path, end: str, part: str) -> etree._Element:
    """A part of a file whose name ends so; empty for files of others."""
    if path.suffix.lower() != end:
        return etree.Element("none")
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with zipfile.ZipFile(path) as packed:
        return etree.fromstring(packed.read(part), parser) if part in packed.namelist() else etree.Element("none")
