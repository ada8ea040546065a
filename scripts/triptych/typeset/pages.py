"""Composed HTML becomes pages, heights and PDF bytes. Imports WeasyPrint, as do only its three helpers beside it.

WeasyPrint thinks in CSS pixels; everything that leaves this module is in mm.
"""

import io
import logging
import math
import sys
import traceback
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from triptych.compose.html import Composed
from triptych.content import pictures
from triptych.content.errors import StyleError
from triptych.content.units import MM_PER_PIXEL
from triptych.design.where import Templates
from triptych.typeset import fonts, libraries, tree, warnings
from triptych.typeset.warnings import Warned

with libraries.needed(), fonts.shown():
    import pydyf
    import weasyprint
    from weasyprint.text.ffi import ffi, fontconfig, harfbuzz, pango
    from weasyprint.text.fonts import FontConfiguration

    from triptych.typeset import early
    from triptych.typeset.assets import AssetFetcher
    from triptych.typeset.early import Wanted


_UA_IDENTIFIER = Path(__file__).with_name("pdfua.xmp").read_bytes()
"""The PDF/UA-1 identifier with the extension schema that PDF/A asks for (ISO 19005-3, 6.6.2.3.3)."""


class Edges(dict[str, tuple[float, float]]):
    """Upper and lower edge in mm of each anchor of a document; StyleError for one that no template sets."""

    def __missing__(self, name: str) -> tuple[float, float]:
        raise _no_anchor(name)


def _no_anchor(name: str) -> StyleError:
    return StyleError(
        f"no template gives an element the name `{name}`, by which its place on paper is found\n"
        f"    Put `id` back into the template that draws it: it must come to `{name}`."
    )


@dataclass(frozen=True, slots=True)
class Pages:
    """A document laid out, not yet written."""

    document: Any
    body: Any
    """The parsed HTML's root element, for proving that every word is on paper."""
    html: str
    """The HTML as it was composed."""

    @property
    def count(self) -> int:
        return len(self.document.pages)

    def clipped(self) -> Iterator[str]:
        """Every text that a box with hidden overflow cuts off; it would be in the PDF but not on the paper."""
        for page in self.document.pages:
            yield from _clipped(page._page_box, (-math.inf, -math.inf, math.inf, math.inf))

    def off_the_paper(self) -> Iterator[str]:
        """Every picture that reaches over the edge of its page, or of a box that cuts it off, with its page."""
        for number, page in enumerate(self.document.pages, start=1):
            window = 0.0, 0.0, page.width, page.height
            yield from (f"page {number}: the picture `{name}`" for name in _cut(page._page_box, window))

    def foreign(self) -> Mapping[str, str]:
        """The language of each text that the document marks as of another language, by the text without white space."""
        marked = (element for element in self.body.iter() if isinstance(element.tag, str) and element.get("lang"))
        return {
            "".join("".join(element.itertext()).split()): element.get("lang")
            for element in marked
            if element is not self.body
        }

    def links(self) -> Mapping[str, str]:
        """What each link within the document says of where it goes, by its target: its title, or its text."""
        found = [link for link in self.body.iter("a") if link.get("href", "").startswith("#")]
        return {unquote(link.get("href")[1:]): link.get("title") or " ".join(_text(link).split()) for link in found}

    def notes(self) -> Sequence[tuple[str, str]]:
        """The notes, in order: the name of the place of its mark, and what a link there says."""
        found = [note for note in self.body.iter("li") if note.get("data-back")]
        return [(note.get("id").replace("fn:", "fnref:", 1), note.get("data-back")) for note in found]

    def marks(self) -> Mapping[str, str]:
        """What each mark of standing says, by the mark."""
        found = [one for one in self.body.iter() if one.get("class") == "standing"]
        return {_text(one): one.get("aria-label") for one in found if one.get("aria-label")}

    def articles(self) -> list[str]:
        """The language of each `article` element, in order; of one that names none, an empty text."""
        return [element.get("lang", "") for element in self.body.iter("article")]

    def start_of(self, name: str) -> float:
        """Upper edge of an element, in mm from the top of the page on which it starts."""
        for page in self.document.pages:
            if name in page.anchors:
                return float(page.anchors[name][1]) * MM_PER_PIXEL
        raise _no_anchor(name)

    def end_of(self, name: str) -> tuple[int, float]:
        """Number of the page on which an element ends, and its lower edge in mm from the top of that page."""
        ends = [
            (number, page.anchors[name][3]) for number, page in enumerate(self.document.pages) if name in page.anchors
        ]
        if not ends:
            raise _no_anchor(name)
        number, end = ends[-1]
        return number + 1, float(end) * MM_PER_PIXEL

    def boxes(self) -> Iterator[tuple[str, int, tuple[float, ...]]]:
        """Every anchor, the number of its page, and its left, top, right and bottom edge there in mm."""
        for number, page in enumerate(self.document.pages, start=1):
            yield from (
                (name, number, tuple(edge * MM_PER_PIXEL for edge in box)) for name, box in page.anchors.items()
            )

    def sizes(self) -> Iterator[tuple[float, float]]:
        """Width and height of each page in mm."""
        yield from ((page.width * MM_PER_PIXEL, page.height * MM_PER_PIXEL) for page in self.document.pages)

    def anchors(self) -> Iterator[tuple[str, int]]:
        """Every anchor and the number of its page."""
        for number, page in enumerate(self.document.pages, start=1):
            yield from ((name, number) for name in page.anchors)

    def starts(self) -> Mapping[str, int]:
        """The number of the page on which each anchor starts."""
        found: dict[str, int] = {}
        for name, number in self.anchors():
            found.setdefault(name, number)
        return found


def _text(element: Any) -> str:
    return "".join(element.itertext())


@cache
def _fonts() -> FontConfiguration:
    """The faces, loaded once."""
    return FontConfiguration()


@cache
def _style(templates: Templates, name: str, _changed: int) -> weasyprint.CSS:
    """A stylesheet, parsed once, and again when one in their folders has changed."""
    fetcher = AssetFetcher({"styles": _styles(templates)}, {})
    with _no_warnings(fetcher, templates):
        return weasyprint.CSS(url=f"asset://styles/{name}", url_fetcher=fetcher, font_config=_fonts())


def _styles(templates: Templates) -> tuple[Path, ...]:
    """The folders of stylesheets that there are."""
    return tuple(path for folder in templates.folders if (path := folder / "styles").is_dir())


def _press(profile: Path) -> dict[str, Any]:
    """The profile of a press, under the name of its inks. Raises StyleError where it is none of four inks."""
    inks = ("cyan", "magenta", "yellow", "black")
    try:
        found = weasyprint.css.ColorProfile(io.BytesIO(profile.read_bytes()), str(profile), None, inks)
    except OSError as error:
        raise StyleError(f"{profile} is not an ICC profile that can be read: {error}") from None
    if profile.read_bytes()[16:20] != b"CMYK":
        raise StyleError(f"{profile} is not a profile of four inks: ask your print shop for theirs")
    return {"device-cmyk": found}


class Typesetter:
    """Lays out the documents of one article."""

    def __init__(self, templates: Templates, article: Path, profile: Path | None = None, tone: str = "") -> None:
        """`profile` is the ICC profile of a press, if they are for one; `tone` is the colour in whose shades
        pictures print; empty for their own colours.

        Raises StyleError for a face.
        """
        fonts.check()
        self._profile = profile
        self.tone = tone
        self._templates = templates
        self._folders = {"styles": _styles(templates), "article": (article,)}
        self._measured: dict[object, Edges] = {}

    @property
    def tagged(self) -> bool:
        """Whether its PDFs have tags; those for a press have none."""
        return self._profile is None

    def pages(self, composed: Composed) -> Pages:
        """Lay out a document. Raises StyleError for anything that the typesetter warns of."""
        return self.laid_out(composed)

    def laid_out(self, composed: Composed, wanted: Wanted | None = None) -> Pages:
        """The same, and every layout comes here; shows the page that is wanted early, if one is."""
        fetcher = AssetFetcher(self._folders, composed.art, self.tone)
        with _no_warnings(fetcher, self._templates):
            shown = pictures.within_their_dots(composed.html, self._folders["article"][0])
            html = weasyprint.HTML(string="", base_url="asset://article/", url_fetcher=fetcher)
            tree.fill(html.etree_element, shown)
            styles = self._parsed(composed.styles)
            with early.given(wanted, fetcher, _fonts()) if wanted else nullcontext():
                document = html.render(
                    stylesheets=styles,
                    font_config=_fonts(),
                    pdf_variant="pdf/x-4" if self._profile else "pdf/a-3a",
                    color_profiles=_press(self._profile) if self._profile else None,
                )
        return Pages(document, html.etree_element, composed.html)

    @cached_property
    def styled(self) -> int:
        """Another number when a stylesheet has changed, came or went, since another typesetter began."""
        return hash(tuple((str(path), path.stat().st_mtime_ns) for path in self._templates.files("styles").values()))

    def _parsed(self, names: Sequence[str]) -> list[weasyprint.CSS]:
        styled = self.styled
        return [_style(self._templates, name, styled) for name in names]

    def edges(self, composed: Composed) -> Mapping[str, tuple[float, float]]:
        """Upper and lower edge in mm of each anchor of a document composed to be measured, on its one endless page.

        What was measured before is not laid out again.
        """
        key = composed.html, composed.styles, tuple(composed.art.items()), self.styled
        if key not in self._measured:
            self._measured[key] = self._edges(composed)
        return self._measured[key]

    def _edges(self, composed: Composed) -> Edges:
        page, *more = self.laid_out(composed).document.pages
        if more:
            raise StyleError(
                "what is measured breaks over pages\n    Take the `break-before` or `break-after` out again."
            )
        return Edges(
            {name: (top * MM_PER_PIXEL, bottom * MM_PER_PIXEL) for name, (_, top, _, bottom) in page.anchors.items()}
        )

    def sketch(self, pages: Pages) -> bytes:
        """The pages as a PDF to look at: without tags and not compressed, in half the time."""
        with _no_warnings(pages.document.url_fetcher, self._templates):
            return bytes(pages.document.write_pdf(uncompressed_pdf=True))

    def pdf(self, pages: Pages, files: Mapping[str, bytes] | None = None, moment: datetime | None = None) -> bytes:
        """Write a document as a tagged PDF that is both PDF/A-3a and PDF/UA-1.

        It carries the files as what it was made from, dated by the moment.
        """
        attachments = [
            weasyprint.Attachment(
                string=data, name=name, description=name, created=moment, modified=moment, relationship="Source"
            )
            for name, data in (files or {}).items()
        ]
        options: dict[str, Any] = {
            "pdf_variant": "pdf/a-3a",
            "finisher": _add_ua_identifier,
            "attachments": attachments,
        }
        if self._profile:
            options = {"pdf_variant": "pdf/x-4", "pdf_identifier": b"press"}
        with _no_warnings(pages.document.url_fetcher, self._templates):
            return bytes(pages.document.write_pdf(**options))


CLIP_TOLERANCE = 0.5
"""Pixels by which the typesetter may round."""


_Window = tuple[float, float, float, float]
"""Left, top, right and bottom edge of what is seen, in pixels."""


def _cut(box: Any, window: _Window) -> Iterator[str]:
    """Descriptions of the pictures below a box, in WeasyPrint's tree of boxes, that reach out of the window."""
    box = getattr(box, "_box", box)
    window = _window(box, window)
    if hasattr(box, "replacement"):
        x, y = box.content_box_x(), box.content_box_y()
        if not _within((x, y, x + box.width, y + box.height), window):
            yield (box.element.get("alt") or box.element_tag) if box.element is not None else box.element_tag
    for child in getattr(box, "children", ()):
        yield from _cut(child, window)


def _window(box: Any, window: _Window) -> _Window:
    """What is seen of a box's content: the window, without what the box hides."""
    if box.style["overflow"] == "visible" or not hasattr(box, "padding_box_x"):
        return window
    x, y = box.padding_box_x(), box.padding_box_y()
    right, bottom = x + box.padding_width(), y + box.padding_height()
    return max(window[0], x), max(window[1], y), min(window[2], right), min(window[3], bottom)


def _within(edges: _Window, window: _Window) -> bool:
    near = (edges[0] - window[0], edges[1] - window[1], window[2] - edges[2], window[3] - edges[3])
    return min(near) >= -CLIP_TOLERANCE


def _clipped(box: Any, window: _Window) -> Iterator[str]:
    """Texts below a box, in WeasyPrint's tree of boxes, that reach out of the window: left, top, right, bottom."""
    box = getattr(box, "_box", box)  # absolutely placed boxes stand behind a placeholder
    window = _window(box, window)
    if text := getattr(box, "text", ""):
        right, bottom = box.position_x + box.width, box.position_y + box.margin_height()
        if not _within((box.position_x, box.position_y, right, bottom), window):
            yield text
    for child in getattr(box, "children", ()):
        yield from _clipped(child, window)


def _add_ua_identifier(_document: object, pdf: pydyf.PDF) -> None:
    packets = [item for item in pdf.objects if getattr(item, "extra", {}).get("Type") == "/Metadata"]
    (packet,) = packets
    data = b"\n".join(part if isinstance(part, bytes) else part.data for part in packet.stream)
    packet.stream[:] = [data.replace(b"</rdf:RDF>", _UA_IDENTIFIER + b"</rdf:RDF>")]


def native_libraries() -> Mapping[str, str]:
    """Versions of what WeasyPrint has loaded that is not Python's."""
    ffi.cdef("const char *hb_version_string(void); int FcGetVersion(void);", override=True)
    return {
        "Pango": _dotted(pango.pango_version()),
        "HarfBuzz": ffi.string(harfbuzz.hb_version_string()).decode(),
        "Fontconfig": _dotted(fontconfig.FcGetVersion()),
    }


def _dotted(version: int) -> str:
    """A version that a library gives as one number: 15206 is 1.52.6."""
    return f"{version // 10000}.{version // 100 % 100}.{version % 100}"


def _watched(computed: Any, token: Any, parent: Any) -> Any:
    """What `var()` stands for, by WeasyPrint's own function; it passes over most of those that have no value."""
    found = _resolve_var(computed, token, parent)
    if found == []:
        logging.getLogger("weasyprint").warning("%s%s", warnings.NO_VALUE, token.serialize())
    return found


_resolve_var = weasyprint.css.resolve_var
weasyprint.css.resolve_var = _watched


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[Warned] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings.append(warnings.warned(record.getMessage(), sys._getframe()))


@contextmanager
def _no_warnings(fetcher: AssetFetcher, templates: Templates) -> Iterator[None]:
    """Raise StyleError for whatever WeasyPrint or fontTools logs: none of it is normal."""
    collector = _Collector()
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    for logger in loggers:
        logger.addHandler(collector)
        logger.propagate = False
    try:
        yield
    except weasyprint.urls.FatalURLFetchingError as error:
        frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
        raise StyleError(warnings.text([warnings.warned(str(error), frames[-1])], templates)) from error
    finally:
        for logger in loggers:
            logger.removeHandler(collector)
    if found := [*map(Warned, fetcher.refused), *collector.warnings]:
        raise StyleError("the typesetter warned:\n    " + warnings.text(found, templates).replace("\n", "\n    "))
