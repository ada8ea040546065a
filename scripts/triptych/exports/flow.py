"""The whole article becomes one run of reading, as pandoc takes it, with its pictures within it."""

import base64
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from uuid import NAMESPACE_URL, uuid5

import pypdfium2
from lxml import html as markup
from lxml.html import HtmlElement
from PIL import Image, ImageOps

from triptych.compose import spaces
from triptych.compose.html import Composed
from triptych.compose.isolation import isolated
from triptych.compose.views import ArticleView
from triptych.content import kin, numerals, pictures, prose, uses
from triptych.content.letters import in_their_language
from triptych.content.units import MM_PER_INCH
from triptych.design.sheets import Sheet
from triptych.documents import large
from triptych.documents.workshop import Workshop
from triptych.imports import pandoc
from triptych.imports.pandoc import Tree

FORM = "html+epub_html_exts"
"""What pandoc reads: HTML in which a note may be marked as in a book."""
KEPT = ("PNG", "JPEG")
"""Forms of pictures that every program shows."""
WIDEST, AROUND = 30, 9
"""Most characters for which a column of a table in Word is as wide, and what a word in it needs beside its own."""
MARGIN, CAPTION = 25.0, 20.0
"""Margin of a page in Word, all round, and the height to keep below a picture for its caption, in mm."""
SECTION = "\ue000"
"""Before the heading of a section, in a text."""
DOTS = 150
"""Dots an inch of a drawing that becomes a picture."""
WORD_DOTS = 72
"""Dots an inch of a picture that does not say how many it has, in Word."""
_LEFT_OUT = "//*[@class='track'] | //section[@id='section-sources']//span[@class='number']"
"""What only a page shows: bars, and the numbers of a list, which numbers itself."""
BACK = "\u21a9\ufe0e"
"""The sign of a link back, shown as text."""


@dataclass(frozen=True, slots=True)
class Flow:
    """An article in one run of reading."""

    view: ArticleView
    tree: Tree
    """As pandoc has it."""
    pictured: bool
    """Whether it has pictures."""
    moment: datetime
    path: Path
    """The folder of the article, for messages."""

    @property
    def title(self) -> str:
        return spaces.told(self.view.title_html)

    @property
    def deck(self) -> str:
        return spaces.told(self.view.deck_html)

    @property
    def masthead(self) -> str:
        return masthead(self.view)

    @property
    def identifier(self) -> str:
        """The same for the same article in the same language, whenever it is made."""
        front = self.view.front
        name = front.address or f"triptych:{front.publisher}/{front.number}/{front.title}"
        return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{name}#{front.language}')}"

    def written(self, form: str, meta: Mapping[str, Any], *options: str) -> bytes:
        """It in another form, with facts about it: texts, lists of texts, or texts by name."""
        whole_tree = {**self.tree, "meta": {name: _meta(value) for name, value in meta.items() if value}}
        return pandoc.written(self.path, whole_tree, form, self.moment, *options)


def masthead(view: ArticleView) -> str:
    """Publisher, number and day, as far as the article has them."""
    return spaces.plain(" · ".join(part for part in (view.front.publisher, view.number, view.date) if part))


def _meta(value: Any) -> dict[str, Any]:
    """A fact as pandoc has it: text is never read as markup."""
    if isinstance(value, Mapping):
        return {"t": "MetaMap", "c": {name: _meta(one) for name, one in value.items()}}
    if isinstance(value, list | tuple):
        return {"t": "MetaList", "c": [_meta(one) for one in value]}
    return {"t": "MetaString", "c": str(value)}


def flow(shop: Workshop, folder: Path, *, in_rows: bool = False, for_word: bool = False) -> Flow:
    """An article in one run of reading. Raises StyleError, MissingTool and BadImport.

    `in_rows`: each row of a table is a list, each picture its text. `for_word`: words that stay together keep the
    characters for it, and columns of tables are as wide as their texts need. Else, where it is not in rows, each source
    and each note ends with links to where it is cited.
    """
    view = shop.view
    html = shop.composer.report(
        "flow/flow.html.jinja",
        article=view,
        title=spaces.told(view.title_html),
        masthead=masthead(view),
        parts=tuple(map(large.part, view.blocks)) if in_rows else view.blocks,
        untitled=not (view.blocks and view.blocks[0].html.lstrip().startswith("<h")),
        in_rows=in_rows,
    )
    html = numerals.native_html(spaces.out_of_links(html), view.front.language)
    html = isolated(in_their_language(html), view.mirrored)
    page = markup.fromstring(html if for_word else spaces.kept(html))
    if in_rows:
        _notes_told(page)
        _pictures_told(page, view)
    else:
        _notes(page, ways_back=not for_word)
        _pictures_within(page, shop, folder)
    if for_word:
        _widths(page)
        _heights(page, shop.paper)
    elif not in_rows:
        _ways_back(page, view)
    _simplified(page)
    for heading in page.iter("h2") if in_rows else ():
        heading.text = f"{SECTION}{heading.text or ''}"
    found = pandoc.tree(folder, FORM, markup.tostring(page, encoding="unicode").encode())
    tree = {name: found[name] for name in ("pandoc-api-version", "blocks")}
    return Flow(view, tree, bool(page.xpath("//img")), shop.moment, folder)


def _notes_told(page: HtmlElement) -> None:
    """Mark each note of the author, and where it is cited, by a star: numbers are those of sources."""
    for number, link in enumerate(page.xpath("//a[@class='footnote-ref']"), start=1):
        link.text = f" *{number}"
        target = page.get_element_by_id(link.get("href")[1:], None)
        if target is not None and target.tag == "li":
            first = target[0] if len(target) else target
            first.text = f"*{number} {(first.text or '').lstrip()}"
    for one in page.xpath("//div[@class='footnote']/ol"):
        for item in one:
            item.tag = "div"
        one.drop_tag()
    for raised in page.xpath("//sup[a[@class='footnote-ref']]"):
        raised.drop_tag()


def _notes(page: HtmlElement, ways_back: bool) -> None:
    """Mark each note of the author, and where it is cited, as pandoc knows them."""
    for number, link in enumerate(page.xpath("//a[@class='footnote-ref']"), start=1):
        raised = link.getparent()
        link.set("epub:type", "noteref")
        if raised.tag == "sup":
            raised.tag = "span"
            raised.set("id", f"note-{number}")
        target = page.get_element_by_id(link.get("href")[1:], None)
        if target is not None and target.tag == "li":
            _as_aside(target, f"#note-{number}" if ways_back else "")
    for place in page.xpath("//div[@class='footnote']"):
        for aside in place.xpath(".//li[@data-note]"):
            aside.tag = "aside"
            del aside.attrib["data-note"]
            place.addprevious(aside)
        place.drop_tree()


def _as_aside(target: HtmlElement, back: str) -> None:
    target.set("epub:type", "footnote")
    target.set("data-note", "yes")
    if back:
        last = target[-1] if len(target) else target
        last.append(_link_back(back, BACK))


def _link_back(to: str, text: str, label: str = "") -> HtmlElement:
    link = markup.Element("a", {"href": to, "role": "doc-backlink"})
    link.text = text
    link.tail = " "
    if label:
        link.set("aria-label", label)
    return link


def _ways_back(page: HtmlElement, view: ArticleView) -> None:
    """Name each place that cites a source, and link them at the end of the source."""
    counted: Counter[str] = Counter()
    for link in page.xpath("//a[starts-with(@href, '#source-')]"):
        key = link.get("href")[1:]
        counted[key] += 1
        link.set("id", f"cite-{key}-{counted[key]}")
        link.set("role", "doc-biblioref")
        link.set("epub:type", "biblioref")
    for item in page.xpath("//li[starts-with(@id, 'source-')]"):
        if len(item):
            item[-1].tail = f"{item[-1].tail or ''} "
        else:
            item.text = f"{item.text or ''} "
        for number in range(1, counted[item.get("id")] + 1):
            label = spaces.plain(view.words.way_back.format(view.count(number)))
            link = _link_back(f"#cite-{item.get('id')}-{number}", f"{BACK}{number}" if number > 1 else BACK, label)
            item.append(link)


def _widths(page: HtmlElement) -> None:
    """Give the columns of each table widths, and set what its rows are about in bold."""
    for table in page.xpath("//table"):
        rows = [["".join(cell.itertext()).strip() for cell in row.iter("th", "td")] for row in table.iter("tr")]
        if len({len(row) for row in rows}) != 1:
            continue
        needs = [max(min(max(map(len, column)), WIDEST), _longest(column)) for column in zip(*rows, strict=True)]
        group = markup.Element("colgroup")
        group.extend(markup.Element("col", {"style": f"width: {100 * need / sum(needs):.0f}%"}) for need in needs)
        caption = table.find("caption")
        table.insert(0 if caption is None else 1, group)
    for head in page.xpath("//tbody//th"):
        strong = markup.Element("strong")
        strong.text, head.text = head.text, None
        strong.extend([*head])
        head.append(strong)


def _heights(page: HtmlElement, paper: Sheet) -> None:
    """Give a picture that would be too high for a page of this paper the width with which it fits."""
    wide, high = paper.width - 2 * MARGIN, paper.height - 2 * MARGIN - CAPTION
    for image in page.xpath("//img"):
        with Image.open(io.BytesIO(base64.b64decode(image.get("src").partition(",")[2]))) as picture:
            dots = picture.info.get("dpi", (WORD_DOTS,))[0] or WORD_DOTS
            shown = min(MM_PER_INCH * picture.width / dots, wide)
            if shown * picture.height / picture.width > high:
                image.set("width", f"{high * picture.width / picture.height:.0f}mm")


def _longest(texts: Sequence[str]) -> int:
    return max((len(word) for text in texts for word in text.split()), default=0) + AROUND


def _pictures_told(page: HtmlElement, view: ArticleView) -> None:
    """The text of each picture in its place."""
    for image in page.xpath("//img"):
        told = markup.Element("p")
        told.text = view.words.picture_told.format(image.get("alt") or "")
        image.getparent().replace(image, told)


def _pictures_within(page: HtmlElement, shop: Workshop, folder: Path) -> None:
    """Each picture as part of the document."""
    known = set(uses.pictures(folder))
    for image in page.xpath("//img"):
        name = unquote(image.get("src").removeprefix(prose.ASSETS))
        if name in known:
            kind, body = _shown(shop, name, (kin.root(folder) / name).read_bytes())
            image.set("src", f"data:image/{kind};base64,{base64.b64encode(body).decode()}")
        else:
            image.drop_tree()


def _shown(shop: Workshop, name: str, body: bytes) -> tuple[str, bytes]:
    """A picture in a form that every program shows, and the name of the form."""
    if name.lower().endswith(".svg"):
        return "png", _drawn(shop, name)
    body = pictures.printable(body)
    with Image.open(io.BytesIO(body)) as picture:
        turned = picture.getexif().get(0x0112, 1) != 1
        if picture.format in KEPT and not turned:
            return str(picture.format).lower(), body
        upright = ImageOps.exif_transpose(picture)
        target = io.BytesIO()
        (upright if upright.mode in ("RGB", "RGBA", "L", "LA") else upright.convert("RGBA")).save(target, "PNG")
    return "png", target.getvalue()


def _drawn(shop: Workshop, name: str) -> bytes:
    """A drawing as a picture."""
    page = markup.Element("img", {"src": f"{prose.ASSETS}{name}", "style": "width: 160mm; display: block"})
    style = "<style>@page { size: 160mm 300mm; margin: 0 }</style>"
    pages = shop.typesetter.pages(Composed(f"{style}{markup.tostring(page, encoding='unicode')}", {}))
    with pypdfium2.PdfDocument(shop.typesetter.sketch(pages)) as pdf:
        seen = pdf[0].render(scale=DOTS / 72).to_pil().convert("RGB")
    bottom = ImageOps.invert(seen).getbbox()
    target = io.BytesIO()
    seen.crop((0, 0, seen.width, bottom[3] if bottom else 1)).save(target, "PNG")
    return target.getvalue()


def _simplified(page: HtmlElement) -> None:
    """Leave out what only a page shows, and name elements as pandoc knows them."""
    for element in page.xpath(_LEFT_OUT):
        element.drop_tree()
    for heading in page.xpath("//section[@id='section-colophon']//h2"):
        heading.tag = "h3"
    for element in [*page.iter("bdi")]:
        element.tag = "span"
    for element in page.iter("th"):
        element.attrib.pop("scope", None)  # pandoc makes a plain cell of one that is not the first of its row
    for element in [*page.iter("section", "main", "header")]:
        element.drop_tag()
