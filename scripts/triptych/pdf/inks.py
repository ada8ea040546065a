"""A PDF becomes one in a single ink: every colour a shade of grey, or a tint of an ink that a press calls by its name.

A printer screens what is not one of its inks: dark grey in three colours prints with four.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

from triptych.content.pictures import BLACK
from triptych.pdf import instructions

_RED, _GREEN, _BLUE = 0.299, 0.587, 0.114
"""How light each colour seems (ITU-R BT.601)."""
_GREYS = {"rg": "g", "RG": "G", "g": "g", "G": "G"}
_INKS = {"g": ("cs", "scn"), "G": ("CS", "SCN")}
_SPACE = "OneInk"


def in_one(document: pikepdf.Pdf, ink: str) -> None:
    """Let a PDF of black, greys and colours print with one ink: black, or the one of this colour."""
    space = None if ink == BLACK else document.make_indirect(_separation(ink))
    if space is not None:
        _tint(document, space)
    for holder in _drawn(document):
        drawing = pikepdf.unparse_content_stream([*_in_grey(holder, "" if space is None else _SPACE)])
        _prepare(holder, space)
        if isinstance(holder, pikepdf.Page):
            holder.Contents = document.make_stream(drawing)
        else:
            holder.write(drawing)


def _drawn(document: pikepdf.Pdf) -> Iterator[Any]:
    """Everything that draws: pages, forms and patterns."""
    yield from document.pages
    for item in list(document.objects):
        if isinstance(item, pikepdf.Stream) and (item.get("/Subtype") == "/Form" or item.get("/PatternType") == 1):
            yield item


def _in_grey(holder: Any, space: str) -> Iterator[Any]:
    """The instructions of a page or form, with each colour a grey, or a tint of the ink of this name."""
    for one in instructions.read(holder):
        name = str(one.operator)
        grey = _GREYS.get(name)
        if not grey:
            yield instructions.kept(one, name)
            continue
        level = _level([float(share) for share in one.operands])
        if not space:
            yield [_number(level)], Operator(grey)
        else:
            yield [Name(f"/{space}")], Operator(_INKS[grey][0])
            yield [_number(1 - level)], Operator(_INKS[grey][1])


def _level(colour: Sequence[float]) -> float:
    """How light a colour is, from 0 to 1."""
    if len(colour) == 1 or len(set(colour)) == 1:
        return colour[0]
    red, green, blue = colour
    return _RED * red + _GREEN * green + _BLUE * blue


def _number(level: float) -> Any:
    return round(level) if level in (0.0, 1.0) else round(level, 4)


def _prepare(holder: Any, space: Any) -> None:
    """Let a page or form know no colour, only grey or the ink, under the name that it uses; also where it blends."""
    held = holder.obj if isinstance(holder, pikepdf.Page) else holder
    resources = held.get("/Resources", Dictionary())
    if "/ColorSpace" in resources:
        del resources.ColorSpace
    if space is not None:
        resources.ColorSpace = Dictionary({f"/{_SPACE}": space})
    for shading in resources.get("/Shading", {}).values():
        _shade(shading, space)
    held.Resources = resources
    if "/CS" in held.get("/Group", {}):
        del held.Group.CS


def _separation(ink: str) -> Array:
    """An ink of its own (ISO 32000-1, 8.6.6.4), with its colour for a screen."""
    colour = [int(ink[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    tint = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1, C0=Array([1, 1, 1]), C1=Array(map(_rounded, colour)))
    return Array([Name.Separation, Name(f"/Ink {ink[1:].upper()}"), Name.DeviceRGB, tint])


def _rounded(share: float) -> Any:
    return round(share, 4)


def _tint(document: pikepdf.Pdf, space: Any) -> None:
    """Let the grey pictures print in an ink, of which black has all; what only says where they are clear stays."""
    pictures = [one for one in document.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"]
    masks = {one.SMask.objgen for one in pictures if "/SMask" in one}
    for picture in pictures:
        if picture.get("/ColorSpace") == "/DeviceGray" and picture.objgen not in masks:
            picture.ColorSpace = space
            picture.Decode = Array([1, 0])


def _shade(shading: Any, space: Any) -> None:
    """Let a gradient run from grey to grey, or from tint to tint."""
    shading.ColorSpace = Name.DeviceGray if space is None else space
    for function in _functions(shading.Function):
        for name in ("/C0", "/C1") if len(function.C0) > 1 else ():
            level = _level([float(one) for one in function[name]])
            function[name] = Array([_number(level if space is None else 1 - level)])


def _functions(function: Any) -> Iterator[Any]:
    """The functions of two colours of which a gradient consists."""
    if "/Functions" in function:
        for one in function.Functions:
            yield from _functions(one)
    else:
        yield function
