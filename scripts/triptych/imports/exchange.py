"""Texts with their translations, as a catalogue of gettext (PO) or as XLIFF 1.2, for the programs of translators.

Both have the key of each text, its words in the original, and those of the translation; Markdown passes as it is. XLIFF
is written by lxml: its simple form has six elements, which every such program reads.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, read_po, write_po
from lxml import etree

from triptych.content import kin
from triptych.content.errors import UsageError

LARGEST = 20_000_000
"""Most bytes of a file."""
_SINCE = datetime(2025, 1, 1, tzinfo=UTC)
"""The date in the head of a file: fixed, so that a file is the same whenever it is made."""
_XLIFF = "urn:oasis:names:tc:xliff:document:1.2"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
T = TypeVar("T")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Unit:
    """One text."""

    key: str
    original: str
    translation: str
    """Empty where there is none."""
    unsure: bool = False
    """Whether a translator must look at it again."""
    before: str = ""
    """The words of the original that it translates, if these are others now."""
    remark: str = ""
    where: str = ""
    """Its file, and the line in it."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """The texts of an article in two languages."""

    article: str
    source: str
    language: str
    units: tuple[Unit, ...]


def written(found: Exchange, ending: str) -> bytes:
    """The file with some texts, by the end of its name. Raises UsageError."""
    return _of(ending, {".po": _po, ".xlf": _xliff, ".xliff": _xliff})(found)


def received(path: Path) -> Exchange:
    """The texts of a file; which article they belong to, it may not say. Raises UsageError and OSError."""
    read = _of(path.suffix.lower(), {".po": _from_po, ".xlf": _from_xliff, ".xliff": _from_xliff})
    data = path.read_bytes()
    if len(data) > LARGEST:
        raise UsageError(f"{path} is larger than {LARGEST // 1_000_000} MB")
    try:
        found = read(data)
    except (PoFileError, ValueError, LookupError, etree.XMLSyntaxError) as error:
        reason = next(iter(str(error).splitlines()), "it is damaged")
        raise UsageError(f"{path} cannot be read: {reason}") from None
    if not kin.is_language(found.language):
        raise UsageError(f"{path} does not say a language that is known: `{found.language}`; write a tag such as fr")
    return found


def _of(ending: str, makers: Mapping[str, T]) -> T:
    if ending not in makers:
        raise UsageError(f"`{ending}` is no form for translators: there are {', '.join(makers)}")
    return makers[ending]


def _clean(text: str | None) -> str:
    """A text from a file of others, without control characters."""
    return _UNPRINTABLE.sub("", (text or "").replace("\r\n", "\n").replace("\r", "\n")).strip()


# PO.


def _po(found: Exchange) -> bytes:
    head = f"# The texts of {found.article}. Keep {{#names}}, [@sources] and the signs of Markdown as they are."
    catalog = Catalog(
        Locale.parse(found.language, sep="-"),
        project=found.article,
        version="1",
        creation_date=_SINCE,
        revision_date=_SINCE,
        header_comment=head,
        msgid_bugs_address="",
        last_translator="",
        language_team="",
        fuzzy=False,
    )
    for unit in found.units:
        file, _, line = unit.where.rpartition(":")
        message = catalog.add(
            unit.original,
            unit.translation,
            locations=[(file, int(line))] if line else [],
            flags=["fuzzy"] if unit.unsure else [],
            auto_comments=[unit.remark] if unit.remark else [],
            previous_id=[unit.before] if unit.before else [],
            context=unit.key,
        )
        message.flags -= {"python-format", "python-brace-format"}  # Babel takes {#names} and 5 % for a program's
    target = io.BytesIO()
    write_po(target, catalog, width=0, include_previous=True, sort_output=False)
    return target.getvalue()


def _from_po(data: bytes) -> Exchange:
    text = data.decode("utf-8-sig")
    language = re.search(r'^"Language: *([^\\"]+?) *(?:\\n)?"$', text, re.MULTILINE)
    catalog = read_po(io.StringIO(text), abort_invalid=True, ignore_obsolete=True)
    units = tuple(_unit(message) for message in catalog if message.id and message.context)
    return Exchange("", "", language[1].replace("_", "-") if language else "", units)


def _unit(message: Message) -> Unit:
    original, translation = (one if isinstance(one, str) else "" for one in (message.id, message.string))
    return Unit(str(message.context), _clean(original), _clean(translation), message.fuzzy)


# XLIFF.


def _xliff(found: Exchange) -> bytes:
    root = etree.Element(_named("xliff"), {"version": "1.2"}, nsmap={None: _XLIFF})
    file = etree.SubElement(
        root,
        _named("file"),
        {
            "original": found.article,
            "source-language": found.source,
            "target-language": found.language,
            "datatype": "plaintext",
        },
    )
    body = etree.SubElement(file, _named("body"))
    for unit in found.units:
        _add(body, unit)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _add(body: Any, unit: Unit) -> None:
    entry = etree.SubElement(body, _named("trans-unit"), {"id": unit.key, _SPACE: "preserve"})
    _text(entry, "source", unit.original)
    if unit.translation:
        state = "needs-review-translation" if unit.unsure else "translated"
        _text(entry, "target", unit.translation, {"state": state})
    for note in filter(None, (unit.remark, unit.where)):
        _text(entry, "note", note)
    if unit.before:
        earlier = etree.SubElement(entry, _named("alt-trans"), {"alttranstype": "previous-version"})
        _text(earlier, "source", unit.before)
        _text(earlier, "target", unit.translation)


def _text(parent: Any, name: str, text: str, attributes: Mapping[str, str] | None = None) -> None:
    etree.SubElement(parent, _named(name), dict(attributes or {})).text = text


def _named(name: str) -> str:
    return f"{{{_XLIFF}}}{name}"


def _from_xliff(data: bytes) -> Exchange:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.doctype:
        raise ValueError("it has a document type, which no XLIFF needs")
    if root.tag != _named("xliff"):
        raise ValueError("it is no XLIFF 1.2")
    files = root.findall(_named("file"))
    language = next((one.get("target-language", "") for one in files), "")
    source = next((one.get("source-language", "") for one in files), "")
    units = tuple(_from_entry(one) for file in files for one in file.iter(_named("trans-unit")))
    return Exchange("", source, language.replace("_", "-"), units)


def _from_entry(entry: Any) -> Unit:
    original, target = (entry.find(_named(name)) for name in ("source", "target"))
    state = target.get("state", "") if target is not None else ""
    texts = ("".join(one.itertext()) if one is not None else "" for one in (original, target))
    words, translation = map(_clean, texts)
    return Unit(entry.get("id", ""), words, translation, state.startswith(("needs-", "new")))
