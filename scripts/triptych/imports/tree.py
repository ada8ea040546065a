"""A tree of pandoc becomes one of the blocks that Triptych prints, with a count of each and of what is left out."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from triptych.imports.pandoc import Node

PLAIN = ["", [], []]
"""The attributes of a node that has none."""
KEPT_ADDRESSES = ("http://", "https://", "mailto:", "tel:")
MOST_WORDS = 12
"""Most words of a heading that is known by its bold type alone."""
_INLINE = {"Emph", "Strong", "Strikeout", "Superscript", "Subscript"}
_UNWRAPPED = {"Underline": "underlining", "SmallCaps": "small capitals"}


def text(nodes: Any) -> str:
    """The words of blocks or inlines, without marks and notes."""
    if isinstance(nodes, list):
        return "".join(map(text, nodes))
    if not isinstance(nodes, dict) or "t" not in nodes:
        return ""
    match nodes["t"]:
        case "Str":
            return str(nodes["c"])
        case "Space" | "SoftBreak" | "LineBreak":
            return " "
        case "Code" | "Math":
            return str(nodes["c"][1])
        case "Note" | "RawInline" | "RawBlock":
            return ""
        case "Quoted":
            single = nodes["c"][0]["t"] == "SingleQuote"
            return f"‘{text(nodes['c'][1])}’" if single else f"“{text(nodes['c'][1])}”"
        case _:
            return text(nodes.get("c", ""))


def words(written: str) -> list[Node]:
    """A text as inlines."""
    parts: list[Node] = []
    for word in written.split():
        parts += [{"t": "Space"}, {"t": "Str", "c": word}]
    return parts[1:]


def walked(node: Any) -> Iterator[Node]:
    """Every block and inline in a node, outermost first."""
    if isinstance(node, list):
        for item in node:
            yield from walked(item)
    elif isinstance(node, dict):
        if "t" in node:
            yield node
        for item in node.values():
            yield from walked(item)


@dataclass(slots=True)
class Cleaner:
    """Turns blocks into those that Triptych prints."""

    address: str = ""
    """The address of the document, for links that name only a part of one."""
    picture: Callable[[str], str | None] = lambda _: None
    """The name in the article's folder of a picture by its address in the document; None if it cannot be kept."""
    citation: Callable[[str], str | None] = lambda _: None
    """The key of a source that a template of MediaWiki names; None if it names none."""
    described: Mapping[str, str] = field(default_factory=dict)
    """What pictures show, by the names of their files, where the tree does not say it."""
    counts: Counter[str] = field(default_factory=Counter)
    lost: Counter[str] = field(default_factory=Counter)
    """What was left out or changed, and how often."""
    comments: list[str] = field(default_factory=list)
    undescribed: list[str] = field(default_factory=list)
    """The names of pictures of which the document does not say what they show."""
    keys: dict[str, str] = field(default_factory=dict)
    """Keys of cited sources, each as it was and as Triptych allows it."""
    targets: frozenset[str] = frozenset()
    """The headings that a link leads to."""

    def blocks(self, given: Iterable[Node]) -> list[Node]:
        """Blocks, each as one or more that Triptych prints, or none."""
        return [block for node in given for block in self._block(node)]

    def _block(self, node: Node) -> list[Node]:
        kind: str = node["t"]
        content: Any = node.get("c")
        match kind:
            case "Para" | "Plain":
                return self._paragraph(kind, content)
            case "LineBlock":
                lines = [node for line in content for node in (*self.inlines(line), {"t": "LineBreak"})]
                return [{"t": "Para", "c": lines[:-1]}]
            case "Header":
                return self._heading(content)
            case "BlockQuote":
                self.counts["quotation"] += 1
                return [{"t": kind, "c": self.blocks(content)}]
            case "BulletList":
                self.counts["list"] += 1
                return [{"t": kind, "c": [self.blocks(item) for item in content]}]
            case "OrderedList":
                self.counts["list"] += 1
                return [
                    {
                        "t": kind,
                        "c": [
                            [content[0][0], {"t": "Decimal"}, {"t": "Period"}],
                            *[list(map(self.blocks, content[1]))],
                        ],
                    }
                ]
            case "DefinitionList":
                self.counts["list"] += 1
                return [
                    {
                        "t": kind,
                        "c": [
                            [self.inlines(term), [self.blocks(meaning) for meaning in meanings]]
                            for term, meanings in content
                        ],
                    }
                ]
            case "Table":
                return self._table(content)
            case "Figure":
                return self._figure(content)
            case "Div":
                return self.blocks(content[1])
            case "CodeBlock":
                return [{"t": kind, "c": [PLAIN, content[1]]}]
            case "HorizontalRule":
                return [node]
            case _:
                self._raw(content)
                return []

    def _paragraph(self, kind: str, content: list[Node]) -> list[Node]:
        inlines = self.inlines(content)
        return [{"t": kind, "c": inlines}] if text(inlines).strip() or _visible(inlines) else []

    def _heading(self, content: list[Any]) -> list[Node]:
        level, attributes, inlines = content
        inlines = self.inlines([node for node in inlines if node["t"] != "LineBreak"])
        if not text(inlines).strip():
            return []
        self.counts["heading"] += 1
        name = attributes[0] if attributes[0] in self.targets else ""
        return [{"t": "Header", "c": [level, [name, [], []], inlines]}]

    def _figure(self, content: list[Any]) -> list[Node]:
        """A figure as a picture in a paragraph of its own, with its caption."""
        _, (_, caption), inner = content
        pictures = [node for node in walked(inner) if node["t"] == "Image"]
        if len(pictures) != 1:
            return [*self.blocks(inner), *self.blocks(caption)]
        attributes, alternative, (source, title) = pictures[0]["c"]
        below = text(caption).strip()
        alternative = alternative or words(below)
        title = title if below in ("", text(alternative).strip()) else below
        kept = self._picture({"t": "Image", "c": [attributes, alternative, [source, title]]})
        return [{"t": "Para", "c": kept}] if kept else self.blocks(caption)

    def _table(self, content: list[Any]) -> list[Node]:
        """A table with one line in each cell, and no cell over several."""
        _, (_, caption), columns, head, bodies, foot = content
        self.counts["table"] += 1
        count = len(columns)
        heads = self._rows(head[1], count)
        rows = [row for body in bodies for row in self._rows([*body[2], *body[3]], count)] + self._rows(foot[1], count)
        if len(heads) > 1:
            self.lost["further rows of table heads, printed as rows"] += len(heads) - 1
        table = [
            PLAIN,
            [None, []],
            [[column[0], {"t": "ColWidthDefault"}] for column in columns],
            [PLAIN, heads[:1]],
            [[PLAIN, 0, [], [*heads[1:], *rows]]],
            [PLAIN, []],
        ]
        below = [
            {"t": "Para", "c": [*words("Table: "), {"t": "Space"}, *line]} for line in _paragraphs(self.blocks(caption))
        ]
        return [{"t": "Table", "c": table}, *below[:1]]

    def _rows(self, given: list[Any], count: int) -> list[Any]:
        """Rows of one cell a column; a joined cell stands in the first of its places."""
        over: dict[int, int] = {}
        rows = []
        for _, cells in given:
            row: list[Any] = [None] * count
            waiting = iter(cells)
            column = 0
            while column < count:
                if over.get(column, 0):
                    over[column] -= 1
                    column += 1
                    continue
                cell = next(waiting, None)
                if cell is None:
                    column += 1
                    continue
                _, _, down, across, blocks = cell
                self.lost["joined cells of tables, written in the first of their places"] += down * across > 1
                row[column] = self._cell(blocks)
                for place in range(column, min(column + across, count)):
                    over[place] = down - 1
                column += max(across, 1)
            rows.append([PLAIN, [[PLAIN, {"t": "AlignDefault"}, 1, 1, cell or []] for cell in row]])
        return rows

    def _cell(self, blocks: list[Node]) -> list[Node]:
        """The paragraphs of a cell as one, each on a new line."""
        line: list[Node] = []
        for part in _paragraphs(self.blocks(blocks)):
            line += [{"t": "RawInline", "c": ["html", "<br>"]}, *part] if line else part
        return [{"t": "Plain", "c": [{"t": "Space"} if node["t"] == "LineBreak" else node for node in line]}]

    def inlines(self, given: Iterable[Node]) -> list[Node]:
        """Inlines, each as those that Triptych prints."""
        return [inline for node in given for inline in self._inline(node)]

    def _inline(self, node: Node) -> list[Node]:
        kind: str = node["t"]
        content: Any = node.get("c")
        match kind:
            case "Str" | "Space" | "LineBreak":
                return [node]
            case "SoftBreak":
                return [{"t": "Space"}]
            case _ if kind in _INLINE:
                inner = self.inlines(content)
                return [{"t": kind, "c": inner}] if inner else []
            case _ if kind in _UNWRAPPED:
                self.lost[f"words in {_UNWRAPPED[kind]}, printed plain"] += 1
                return self.inlines(content)
            case "Quoted":
                left, right = "‘’" if content[0]["t"] == "SingleQuote" else "“”"
                return [{"t": "Str", "c": left}, *self.inlines(content[1]), {"t": "Str", "c": right}]
            case "Code":
                return [{"t": kind, "c": [PLAIN, content[1]]}]
            case "Math":
                self.lost["formulas, kept as they are typed"] += 1
                return [{"t": "Code", "c": [PLAIN, content[1]]}]
            case "Cite":
                return self._cite(content)
            case "Link":
                return self._link(content)
            case "Image":
                return self._picture(node)
            case "Note":
                return self._note(content)
            case "Span":
                return self._span(content)
            case _:
                self._raw(content)
                return []

    def _cite(self, content: list[Any]) -> list[Node]:
        citations, written = content
        self.counts["citation"] += len(citations)
        kept = []
        for one in citations:
            key = self.keys.setdefault(one["citationId"], allowed_key(one["citationId"]))
            parts = {name: self.inlines(one[name]) for name in ("citationPrefix", "citationSuffix")}
            kept.append({**one, "citationId": key, **parts})
        return [{"t": "Cite", "c": [kept, written]}]

    def _link(self, content: list[Any]) -> list[Node]:
        attributes, inner, (target, _) = content
        inner = self.inlines(_without_underlining(inner))
        target = urljoin(self.address, f"/wiki/{target}") if "wikilink" in attributes[1] and self.address else target
        if target.startswith("#"):
            if target[1:] in self.targets:
                self.counts["link"] += 1
                return [{"t": "Link", "c": [PLAIN, inner, [target, ""]]}]
            self.lost["links to places that are not headings, printed as words"] += 1
            return inner
        target = urljoin(self.address, target) if self.address else target
        if target.startswith(KEPT_ADDRESSES):
            self.counts["link"] += 1
            return [{"t": "Link", "c": [PLAIN, inner or words(target), [target, ""]]}]
        self.lost["links within the site that it comes from, printed as words: give its address with --address"] += 1
        return inner

    def _picture(self, node: Node) -> list[Node]:
        _, alternative, (source, title) = node["c"]
        name = self.picture(source)
        if name is None:
            return []
        self.counts["picture"] += 1
        if not (described := text(alternative).strip() or self.described.get(source.rpartition("/")[2], "")):
            described = title or "Picture without a description"
            self.undescribed.append(name)
        title = "" if re.sub(r"\W", "", title) == re.sub(r"\W", "", described) or title.startswith("fig:") else title
        return [{"t": "Image", "c": [PLAIN, words(described), [name, title]]}]

    def _note(self, content: list[Node]) -> list[Node]:
        templates = [str(node["c"][1]) for node in walked(content) if node["t"] in ("RawBlock", "RawInline")]
        if templates and not text(content).strip():
            keys = [key for one in templates if (key := self.citation(one))]
            return self._cite_keys(keys)
        if not (blocks := self.blocks(content)):
            return []
        self.counts["footnote"] += 1
        return [{"t": "Note", "c": blocks}]

    def _cite_keys(self, keys: list[str]) -> list[Node]:
        if not keys:
            return []
        self.counts["citation"] += len(keys)
        kept = [
            {
                **{"citationId": key, "citationPrefix": [], "citationSuffix": []},
                **{"citationMode": {"t": "NormalCitation"}, "citationNoteNum": 0, "citationHash": 0},
            }
            for key in keys
        ]
        return [{"t": "Space"}, {"t": "Cite", "c": [kept, words(f"[@{'; @'.join(keys)}]")]}]

    def _span(self, content: list[Any]) -> list[Node]:
        (_, classes, pairs), inner = content
        if "deletion" in classes or "paragraph-deletion" in classes or "comment-end" in classes:
            return []
        if "comment-start" in classes:
            who = dict(pairs).get("author", "somebody")
            self.comments.append(f"{who}: {text(inner).strip()}")
            return []
        return self.inlines(inner)

    def _raw(self, content: Any) -> None:
        form, raw = content if isinstance(content, list) and len(content) == 2 else ("", "")
        if form == "html" and (medium := re.match(r"<(iframe|video|audio|object|embed)\b", str(raw))):
            self.lost[f"films, sounds and other pages in the page, as `<{medium[1]}>`"] += 1
        if form == "html" and str(raw).startswith("<"):
            return
        template = re.match(r"\{\{\s*([^|}\n]+)", str(raw))
        self.lost[f"templates `{template[1].strip()}`" if template else f"pieces of {form or 'unknown'} code"] += 1


def _without_underlining(inlines: list[Node]) -> list[Node]:
    """The words of a link without the line below them, with which programs show that it is one."""
    return [one for node in inlines for one in (node["c"] if node["t"] == "Underline" else [node])]


def with_bold_headings(blocks: list[Node]) -> tuple[list[Node], list[str]]:
    """Blocks in which a short paragraph in bold alone, with other text below, is a heading; and these headings.

    One that stands below a heading is of the level under the highest, since authors set the small ones in bold.
    """
    levels = [block["c"][0] for block in blocks if block["t"] == "Header"]
    below_title = levels[1:] if levels and all(level > levels[0] for level in levels[1:]) else levels
    highest = min(below_title or levels, default=1)
    found: list[Node] = []
    names: list[str] = []
    level = highest
    for block, after in zip(blocks, [*blocks[1:], None], strict=True):
        if block["t"] == "Header":
            level = highest + 1
        elif after and _is_bold(block) and (not found or (after["t"] != "Header" and not _is_bold(after))):
            line = [inner for node in block["c"] for inner in (node["c"] if node["t"] == "Strong" else [node])]
            names.append(text(line).strip())
            block = {"t": "Header", "c": [level, PLAIN, line]}
        found.append(block)
    return found, names


def _is_bold(block: Node) -> bool:
    """Whether a block is a short paragraph in bold alone that is no sentence."""
    if block["t"] not in ("Para", "Plain"):
        return False
    plain = [node for node in block["c"] if node["t"] not in ("Space", "LineBreak")]
    written = text(block["c"]).strip()
    if not plain or any(node["t"] != "Strong" for node in plain) or _visible(plain):
        return False
    return len(written.split()) <= MOST_WORDS and not re.search(r"[.!…;,][\"”’)]*$", written)


def _visible(inlines: list[Node]) -> bool:
    return any(node["t"] in ("Image", "Note", "Cite") for node in walked(inlines))


def _paragraphs(blocks: list[Node]) -> Iterator[list[Node]]:
    """The lines of text in blocks."""
    for block in blocks:
        if block["t"] in ("Para", "Plain"):
            yield block["c"]
        elif block["t"] == "CodeBlock":
            yield [{"t": "Code", "c": [PLAIN, " ".join(block["c"][1].split())]}]
        elif block["t"] == "Header":
            yield block["c"][2]
        elif block["t"] in ("BulletList", "BlockQuote", "OrderedList"):
            for item in block["c"][1] if block["t"] == "OrderedList" else block["c"]:
                yield from _paragraphs(item if isinstance(item, list) else [item])
        elif block["t"] in ("DefinitionList", "Table"):
            yield words(text(block["c"]))


def line(blocks: list[Node]) -> list[Node]:
    """The inlines of blocks as those of one paragraph."""
    whole: list[Node] = []
    for part in _paragraphs(blocks):
        whole += [{"t": "Space"}, *part]
    return [{"t": "Space"} if node["t"] in ("LineBreak", "Note", "Image") else node for node in whole[1:]]


def allowed_key(key: str) -> str:
    """A citation key with only the characters that Triptych allows."""
    return re.sub(r"[\s!\"'()*,;=@\[-^`{|}]+", "-", key.strip()).lstrip("-!#$%&+./:<>?_~") or "source"


def targets(blocks: Any) -> frozenset[str]:
    """The names of headings to which links of a tree lead."""
    named = {node["c"][1][0] for node in walked(blocks) if node["t"] == "Header"}
    linked = {
        node["c"][2][0].removeprefix("#")
        for node in walked(blocks)
        if node["t"] == "Link" and node["c"][2][0][:1] == "#"
    }
    return frozenset(name for name in named & linked if re.fullmatch(r"[A-Za-z][\w-]*", name))


def shifted(blocks: list[Node]) -> list[Node]:
    """Blocks whose highest heading is of level 2, since the title of the article is the only first heading."""
    levels = [block["c"][0] for block in blocks if block["t"] == "Header"]
    up = 2 - min(levels, default=2)
    return [
        {"t": "Header", "c": [min(block["c"][0] + up, 6), *block["c"][1:]]} if block["t"] == "Header" else block
        for block in blocks
    ]


def meta(found: Mapping[str, Any], name: str) -> str:
    """A field of a tree's metadata as one line of text; lists are joined by commas."""
    node = found.get("meta", {}).get(name)
    if not node:
        return ""
    if node["t"] == "MetaString":
        return str(node["c"]).strip()
    if node["t"] == "MetaList":
        return ", ".join(filter(None, (text(item.get("c")).strip() for item in node["c"])))
    return " ".join(text(node.get("c")).split())
