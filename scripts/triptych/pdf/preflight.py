"""A PDF for a press becomes the list of checks that a print shop makes first. Reads the PDF with pikepdf."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from triptych.content.units import MM_PER_POINT
from triptych.pdf import prove

MOST_INK = 300
"""Limit of the total ink on one place, in per cent: more does not dry on coated paper."""
LEAST_BLEED = 3.0
"""Least bleed, in mm."""
_CMYK = {"k", "K"}
_SET = {"sc", "SC", "scn", "SCN"}


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check."""

    passed: bool
    what: str
    """The rule, as a sentence."""
    found: str
    """What the file contains."""


def findings(pdf: bytes) -> tuple[Finding, ...]:
    """The results of all checks, in the order in which a print shop makes them."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return (
            _standard(document),
            _intent(document),
            *_boxes(document),
            _faces(pdf),
            *_inks(document),
            _transparency(document),
            _pictures(document),
            _extras(document),
        )


def _standard(document: pikepdf.Pdf) -> Finding:
    metadata = document.Root.Metadata.read_bytes() if "/Metadata" in document.Root else b""
    stated = b"PDF/X-4" in metadata and b"GTS_PDFXVersion" in metadata
    return Finding(stated, "The file is marked as PDF/X-4.", f"PDF {document.pdf_version}")


def _intent(document: pikepdf.Pdf) -> Finding:
    intents = [intent for intent in document.Root.get("/OutputIntents", []) if intent.get("/S") == "/GTS_PDFX"]
    embedded = [intent for intent in intents if "/DestOutputProfile" in intent]
    names = ", ".join(str(intent.get("/OutputConditionIdentifier", "")) for intent in embedded)
    return Finding(bool(embedded), "The colour profile of the press is embedded.", names or "none")


def _boxes(document: pikepdf.Pdf) -> Iterator[Finding]:
    sizes, bleeds, nested = set(), set(), True
    for page in document.pages:
        trim, bleed, media = ([float(edge) for edge in box] for box in (page.trimbox, page.bleedbox, page.mediabox))
        sizes.add(f"{(trim[2] - trim[0]) * MM_PER_POINT:.1f} × {(trim[3] - trim[1]) * MM_PER_POINT:.1f} mm")
        bleeds.add(
            round(min(trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3]) * MM_PER_POINT, 1)
        )
        nested &= media[0] <= bleed[0] <= trim[0] and trim[2] <= bleed[2] <= media[2]
    yield Finding(nested and len(sizes) == 1, "All pages have the same trim size.", ", ".join(sorted(sizes)))
    least = min(bleeds)
    yield Finding(
        least >= LEAST_BLEED, f"There are {LEAST_BLEED:.0f} mm of bleed, and the marks are outside it.", f"{least} mm"
    )


def _faces(pdf: bytes) -> Finding:
    missing = [name for name, how in prove.faces(pdf) if how == "not embedded"]
    return Finding(not missing, "All fonts are embedded.", ", ".join(missing) or "none is missing")


def _inks(document: pikepdf.Pdf) -> Iterator[Finding]:
    colours = set(_colours(document))
    other = sorted({space for space, _ in colours if space != "CMYK"})
    inks = [values for space, values in colours if space == "CMYK" and values != (1.0, 1.0, 1.0, 1.0)]  # no marks
    heaviest = max((round(sum(values) * 100) for values in inks), default=0)
    rich = [values for values in inks if values[3] == 1.0 and sum(values[:3]) > 0]
    yield Finding(not other, "Text and drawings use only the four process inks.", ", ".join(other) or "CMYK")
    yield Finding(heaviest < MOST_INK, f"The total ink is below {MOST_INK} % everywhere.", f"{heaviest} % at most")
    black = not rich and (0.0, 0.0, 0.0, 1.0) in inks
    yield Finding(black, "Black text uses only black ink.", f"{len(rich)} richer blacks")


def _colours(document: pikepdf.Pdf) -> Iterator[tuple[str, tuple[float, ...]]]:
    """Colour space and values (0 to 1) of each colour that a page or a form sets."""
    for stream in _streams(document):
        space = "Gray"
        instructions: Any = pikepdf.parse_content_stream(stream)
        for operands, operator in instructions:
            name = str(operator)
            if name in ("cs", "CS"):
                space = {"/DeviceCMYK": "CMYK", "/DeviceGray": "Gray"}.get(str(operands[0]), str(operands[0])[1:])
            elif name in ("rg", "RG"):
                yield "RGB", tuple(map(float, operands))
            elif name in _CMYK or (name in _SET and space == "CMYK"):
                yield "CMYK", tuple(map(float, operands))
            elif name in _SET and space != "Pattern":
                yield space, tuple(float(value) for value in operands if not isinstance(value, pikepdf.Name))


def _streams(document: pikepdf.Pdf) -> Iterator[Any]:
    yield from document.pages
    for item in document.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Form":
            yield item


def _transparency(document: pikepdf.Pdf) -> Finding:
    seen = []
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            blended = str(item.get("/BM", "/Normal")) not in ("/Normal", "/Compatible")
            masked = "/SMask" in item and str(item.get("/SMask")) != "/None"
            if blended or masked:
                seen.append("a blend or a mask")
    for stream in _streams(document):
        holder: Any = stream.obj if isinstance(stream, pikepdf.Page) else stream
        states: Any = holder.get("/Resources", {}).get("/ExtGState", {})
        used = {str(ops[0]) for ops, op in _instructions(stream) if str(op) == "gs"}
        seen += [f"alpha {name}" for name in used if _alpha(states.get(name, {})) < 1]
    return Finding(not seen, "Nothing is transparent.", ", ".join(sorted(set(seen))) or "nothing")


def _instructions(stream: Any) -> Sequence[Any]:
    instructions: Any = pikepdf.parse_content_stream(stream)
    return list(instructions)


def _alpha(state: Any) -> float:
    return min(float(state.get("/ca", 1)), float(state.get("/CA", 1)))


def _pictures(document: pikepdf.Pdf) -> Finding:
    spaces = [
        str(item.get("/ColorSpace", "mask"))
        for item in document.objects
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image"
    ]
    plain = [space for space in spaces if space == "/DeviceRGB"]
    found = (
        f"{len(spaces)} pictures, {len(plain)} in RGB: ask the print shop to convert them"
        if plain
        else f"{len(spaces)} pictures"
    )
    return Finding(not plain, "Pictures use the inks of the press.", found)


def _extras(document: pikepdf.Pdf) -> Finding:
    notes = sum(len(page.get("/Annots", [])) for page in document.pages)
    active = [name for name in ("/AcroForm", "/OpenAction", "/AA") if name in document.Root]
    return Finding(
        not notes and not active, "There are no links, forms or scripts.", f"{notes} links" if notes else "none"
    )
