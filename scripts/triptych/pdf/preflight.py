"""A PDF for a press becomes the list of checks that a print shop makes first. Reads the PDF with pikepdf."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pikepdf

from triptych.content.units import MM_PER_POINT
from triptych.pdf import prove
from triptych.pdf.polish import LEAST_LINE

MOST_INK = 300
"""Limit of the total ink on one place, in per cent: more does not dry on coated paper."""
LEAST_BLEED = 3.0
"""Least bleed, in mm."""
SMALL, MOST_INKS = 12.0, 2
"""In type smaller than this, in pt, more inks than these show at its edges where they are not printed on each other."""
CMYK_INKS = ("cyan", "magenta", "yellow", "black")
_CMYK = {"k", "K"}
_STROKES = {"S", "s", "B", "B*", "b", "b*"}
_FILLS = {"f", "F", "f*"}
_SET = {"sc", "SC", "scn", "SCN"}


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check."""

    passed: bool
    what: str
    """The rule, as a sentence."""
    found: str
    """What the file contains."""


def findings(pdf: bytes, roll: float | None = None) -> tuple[Finding, ...]:
    """The results of all checks, in the order in which a print shop makes them. `roll`: the width of its roll in mm."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return (
            _standard(document),
            _intent(document),
            *_boxes(document),
            _faces(pdf),
            *_inks(document),
            _lines(document),
            _small_type(document),
            _transparency(document),
            _pictures(document),
            _extras(document),
            *_fits(document, roll),
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


def _lines(document: pikepdf.Pdf) -> Finding:
    thin = sorted({round(width, 2) for page in document.pages for width in _widths(page, pikepdf.Matrix())})
    hair = [width for width in thin if width < LEAST_LINE - 0.005]
    found = f"{hair[0]} pt" if hair else f"{thin[0]} pt is the thinnest" if thin else "no lines"
    return Finding(not hair, f"No line is thinner than {LEAST_LINE} pt.", found)


def _widths(holder: Any, matrix: pikepdf.Matrix) -> Iterator[float]:
    """Width in pt of each line that a page or form draws, and of each bar that it fills."""
    outside: list[tuple[pikepdf.Matrix, float]] = []
    width, bars = 1.0, list[float]()
    for operands, operator in _instructions(holder):
        name = str(operator)
        if name == "q":
            outside.append((matrix, width))
        elif name == "Q":
            matrix, width = outside.pop()
        elif name == "cm":
            matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
        elif name == "w":
            width = float(operands[0])
        elif name == "re":
            bars.append(min(abs(float(side)) for side in operands[2:]))
        elif name in _STROKES:
            yield width * _scale(matrix)
            bars = []
        elif name in _FILLS:
            yield from (bar * _scale(matrix) for bar in bars if bar > 0)
            bars = []
        elif name in ("n", "W", "W*", "BT"):
            bars = []
        elif name == "Do" and (form := _form(holder, operands[0])) is not None:
            yield from _widths(form, matrix)


def _scale(matrix: pikepdf.Matrix) -> float:
    return float(abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5)


def _form(holder: Any, name: Any) -> Any:
    """A form by the name that a page or another form gives it; None for a picture."""
    held: Any = holder.obj if isinstance(holder, pikepdf.Page) else holder
    thing = held.Resources.XObject.get(str(name)) if "/XObject" in held.get("/Resources", {}) else None
    return thing if thing is not None and thing.get("/Subtype") == "/Form" else None


def _small_type(document: pikepdf.Pdf) -> Finding:
    many = {inks for page in document.pages for inks, size in _types(page) if inks > MOST_INKS and size < SMALL}
    what = f"Type smaller than {SMALL:.0f} pt is of {MOST_INKS} inks at most."
    return Finding(not many, what, f"{max(many)} inks" if many else f"{MOST_INKS} at most")


def _types(page: pikepdf.Page) -> Iterator[tuple[int, float]]:
    """Number of inks and size in pt of each text of a page."""
    outside: list[tuple[pikepdf.Matrix, int]] = []
    matrix, inks, size, text = pikepdf.Matrix(), 1, 0.0, pikepdf.Matrix()
    space = "CMYK"
    for operands, operator in _instructions(page):
        name = str(operator)
        if name == "q":
            outside.append((matrix, inks))
        elif name == "Q":
            matrix, inks = outside.pop()
        elif name == "cm":
            matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
        elif name == "cs":
            space = str(operands[0])[1:]
        elif name == "k" or (name in ("sc", "scn") and len(operands) == len(CMYK_INKS) and space != "Pattern"):
            inks = sum(float(value) > 0 for value in operands)
        elif name == "Tm":
            text = pikepdf.Matrix(*map(float, operands))
        elif name == "Tf":
            size = float(operands[1])
        elif name == "TJ":
            yield inks, size * _scale(text @ matrix)


def _fits(document: pikepdf.Pdf, roll: float | None) -> Iterator[Finding]:
    """That each sheet with its marks is no wider than the roll, on its side if need be."""
    if roll:
        wide = max(narrower(page) for page in document.pages)
        yield Finding(
            wide <= roll + 0.1, f"The sheet with its marks fits a roll of {roll:g} mm.", f"{wide:.0f} mm wide"
        )


def narrower(page: pikepdf.Page) -> float:
    """The shorter side of a page with its marks, in mm."""
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    return min(right - left, top - bottom) * MM_PER_POINT


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
