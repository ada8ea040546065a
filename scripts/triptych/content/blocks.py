"""Blocks of Markdown as CommonMark and GitHub read them: lists, tables after a line, headings, notes.

Works with prose.py; Python-Markdown's own lists need four spaces and an empty line before them.
"""

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from xml.etree import ElementTree

import markdown
from markdown import util
from markdown.blockprocessors import BlockProcessor, HashHeaderProcessor
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import code_escape

_ITEM = re.compile(r"( {0,3})([*+-]|(\d{1,9})[.)])(?:( +)(.*))?$")
_RULE = re.compile(r" {0,3}([*_-])(?: *\1){2,} *$")
_ENDS_PARAGRAPH = re.compile(r" {0,3}(?:#{1,6} |>|`{3}|~{3}|\x02)")
_NO_PARAGRAPH = re.compile(r"(?: {4}| {0,3}(?:#{1,6} |\x02[^\x03]*\x03$))")
_DELIMITERS = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?$|^ {0,3}\|? *:?-+:? *(?:\| *:?-+:? *)+$")
_FENCE = re.compile(r"(?P<before>(?:[ >]|[*+-] +|\d{1,9}[.)] +)*?)(?P<fence>`{3,}(?=[^`]*$)|~{3,})(?P<info>.*)$")
_FENCE_IN_ITEM = re.compile(r"[ >]*(?:[*+-]|\d{1,9}[.)]) ")
_STASHED = re.compile(r" {0,3}\x02[^\x02\x03]*\x03 *")
_ALERT = re.compile(r"\[!(\w+)\][ \t]*(?:\n|$)")
_FENCED_NOTE = re.compile(r"(:{3,})[ \t]*(?:\{?[ \t]*\.?([\w-]+)[^}\n]*\}?)[ \t]*:*$")
_TASK = re.compile(r"\[([ xX])\][ \t]+(?=\S)")
_CODE = r"(?<!`)(?P<ticks>`+)(?!`)(?s:.*?)(?<!`)(?P=ticks)(?!`)"
_CODE_OR_NOTE = re.compile(rf"\\.|{_CODE}|\^\[")
_BRACKETS = re.compile(rf"\\.|{_CODE}|[][]|\n[ \t]*\n")
DONE, OPEN = "☑", "☐"
"""Marks of a task in a list."""


class Blocks(Extension):
    """Lists, tables, headings and notes in place of Python-Markdown's own."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        md.ESCAPED_CHARS = list(string.punctuation)
        processors = md.parser.blockprocessors
        for name in ("indent", "olist", "ulist"):
            processors.deregister(name)
        processors.register(_Lists(md.parser), "lists", 82)
        processors.register(_TableBelow(md.parser), "table below a line", 81)
        processors.register(_Heading(md.parser), "hashheader", 70)
        processors.register(_Stashed(md.parser), "stashed", 81.5)
        processors.register(_Underlined(md.parser), "setextheader", 60)
        md.preprocessors.register(_Fences(md), "fenced code", 25)
        md.preprocessors.register(_FencedNotes(md), "fenced notes", 16)
        md.preprocessors.register(_InlineNotes(md), "inline notes", 15)
        md.treeprocessors.register(_Alerts(md), "alerts", 40)
        md.treeprocessors.register(_Levels(md), "levels", 39)


class _Marker(NamedTuple):
    """The mark at the start of a list's item."""

    kind: str
    """What all items of the list share: the bullet, or the sign after the number."""
    number: int
    content: str
    offset: int
    """Spaces before the text of the item; deeper lines belong to it."""

    @property
    def interrupts(self) -> bool:
        """Whether it starts a list right after a line of text."""
        return bool(self.content.strip()) and self.number == 1


def _marker(line: str) -> _Marker | None:
    found = _ITEM.match(line)
    if not found or _RULE.match(line):
        return None
    indent, mark, number, spaces, content = found.groups(default="")
    wide = len(spaces) if content.strip() and len(spaces) <= 4 else 1
    content = " " * (len(spaces) - wide) + content if content.strip() else ""
    return _Marker(mark[-1], int(number or 1), content, len(indent) + len(mark) + wide)


@dataclass(frozen=True, slots=True)
class _Scanned:
    """One list as found in the source."""

    first: _Marker
    items: Sequence[Sequence[str]]
    """Lines of each item, without its indent."""
    loose: bool
    """Whether empty lines part its items, or the parts of an item."""
    used: int
    """Lines that it takes."""


def _scan(lines: Sequence[str]) -> _Scanned | None:
    """The list that starts with the first line."""
    first = _marker(lines[0])
    if not first:
        return None
    items: list[list[str]] = []
    at, used, parted = 0, 0, False
    while at < len(lines) and (marker := _marker(lines[at])) and marker.kind == first.kind:
        parted = parted or at > used
        item = [marker.content, *_belonging(lines[at + 1 :], marker)]
        at += len(item)
        while len(item) > 1 and not item[-1]:
            item.pop()
        items.append(item)
        used = at
        while not lines[used - 1].strip():
            used -= 1
    return _Scanned(first, items, parted or any(map(_is_parted, items)), used)


def _belonging(lines: Sequence[str], marker: _Marker) -> Iterator[str]:
    """The lines after an item's first that belong to it, without its indent; empty ones at the end too."""
    last = marker.content
    started, parted = bool(last.strip()), False
    for line in lines:
        if not line.strip():
            last, parted = "", True
            yield last
        elif line.startswith(" " * marker.offset) and (started or not parted):
            last, started = line[marker.offset :], True
            yield last
        elif _continues(line, last):
            last = line.lstrip()
            yield last
        else:
            return


def _continues(line: str, last: str) -> bool:
    """Whether a line without indent goes on with the paragraph above it."""
    if not last.strip() or _NO_PARAGRAPH.match(last) or _RULE.match(line) or _ENDS_PARAGRAPH.match(line):
        return False
    return not _marker(line)


def _is_parted(item: Sequence[str]) -> bool:
    """Whether an empty line stands between two parts of an item, lists within it apart."""
    at, before = 0, ""
    while at < len(item):
        marker = _marker(item[at])
        if marker and (not before or marker.interrupts) and (within := _scan(item[at:])):
            at += within.used
            before = item[at - 1]
            continue
        if not item[at].strip() and any(item[:at]) and any(item[at:]):
            return True
        before = item[at]
        at += 1
    return False


class _Lists(BlockProcessor):
    """A list by the rules of CommonMark: what belongs to an item stands as far in as the item's text."""

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        return not util.nearing_recursion_limit() and self._start(block.split("\n")) is not None

    @staticmethod
    def _start(lines: Sequence[str]) -> int | None:
        """Index of the line on which a list starts."""
        for index, line in enumerate(lines):
            if (marker := _marker(line)) and (not index or marker.interrupts):
                return index
        return None

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        start = self._start(lines) or 0
        if start:
            self.parser.parseBlocks(parent, ["\n".join(lines[:start])])
        rest = "\n\n".join(["\n".join(lines[start:]), *blocks]).split("\n")
        if found := _scan(rest):
            self._add(parent, found)
            after = "\n".join(rest[found.used :])
            blocks[:] = after.split("\n\n") if after else []

    def _add(self, parent: ElementTree.Element, found: _Scanned) -> None:
        ordered = found.first.kind in ".)"
        parts = ElementTree.SubElement(parent, "ol" if ordered else "ul")
        if ordered and found.first.number != 1:
            parts.set("start", str(found.first.number))
        for lines in found.items:
            item = ElementTree.SubElement(parts, "li")
            if task := _TASK.match(lines[0]):
                item.set("class", "task")
                lines = [f"{OPEN if task.group(1) == ' ' else DONE} {lines[0][task.end() :]}", *lines[1:]]
            self.parser.parseBlocks(item, "\n".join(lines).split("\n\n"))
            if not found.loose and len(item) and item[0].tag == "p" and len(item) == 1:
                item.text = item[0].text
                item.remove(item[0])


class _Stashed(BlockProcessor):
    """Code between fences is a block of its own, even right after a line of text."""

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        return "\n" in block and any(map(_STASHED.fullmatch, block.split("\n")))

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        at = next(index for index, line in enumerate(lines) if _STASHED.fullmatch(line))
        parts = ("\n".join(lines[:at]), lines[at].strip(), "\n".join(lines[at + 1 :]))
        blocks[:0] = [part for part in parts if part]


class _TableBelow(BlockProcessor):
    """A table right after a line of text starts where its head starts."""

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        return bool(self._start(block.split("\n")))

    @staticmethod
    def _start(lines: Sequence[str]) -> int:
        """Index of the table's head; 0 where the block has no table, or starts with it."""
        heads = (at for at in range(len(lines) - 1) if "|" in lines[at] and _DELIMITERS.match(lines[at + 1]))
        return next(heads, 0)

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        start = self._start(lines)
        self.parser.parseBlocks(parent, ["\n".join(lines[:start])])
        blocks.insert(0, "\n".join(lines[start:]))


class _Heading(HashHeaderProcessor):
    """A heading needs a space after its number signs, as in CommonMark: `#HimToo` is a hashtag."""

    RE = re.compile(
        r"(?:^|\n) {0,3}(?P<level>#{1,6})[ \t]+(?P<header>(?:\\.|[^\\\n]|\\(?=\n|$))+?)(?:[ \t]+#+)?[ \t]*(?:\n|$)"
    )


class _Underlined(BlockProcessor):
    """A heading with a line of `=` or `-` below it, which may have several lines."""

    RE = re.compile(r"((?: {0,3}(?![>*+-] |>|\d{1,9}[.)] |[*_] *[*_] *[*_])\S.*\n)+?) {0,3}(=+|-+) *(?:\n|$)")

    def test(self, parent: ElementTree.Element, block: str) -> bool:
        return bool(self.RE.match(block))

    def run(self, parent: ElementTree.Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        if found := self.RE.match(block):
            heading = ElementTree.SubElement(parent, "h1" if "=" in found.group(2) else "h2")
            heading.text = "\n".join(line.strip() for line in found.group(1).strip().split("\n"))
            if rest := block[found.end() :]:
                blocks.insert(0, rest)


class _Levels(Treeprocessor):
    """The article's title is the only first heading: in the prose, `#` prints as `##`.

    Where the prose starts with `#`, its other headings move down by one too.
    """

    def run(self, root: ElementTree.Element) -> None:
        headings = [element for element in root.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
        all_move = bool(headings) and headings[0].tag == "h1"
        for heading in headings:
            level = int(heading.tag[1])
            if level == 1 or all_move:
                heading.tag = f"h{min(level + 1, 6)}"


class _Alerts(Treeprocessor):
    """A quotation that starts with `[!NOTE]` is a note, as on GitHub; its title is the word in the brackets."""

    def run(self, root: ElementTree.Element) -> None:
        for quote in root.iter("blockquote"):
            first = quote[0] if len(quote) else None
            if first is not None and first.tag == "p" and (found := _ALERT.match(first.text or "")):
                quote.tag = "div"
                quote.set("class", f"admonition {found.group(1).lower()}")
                first.text = (first.text or "")[found.end() :]
                if not first.text.strip() and not len(first):
                    quote.remove(first)
                title = ElementTree.Element("p", {"class": "admonition-title"})
                title.text = found.group(1).capitalize()
                quote.insert(0, title)


class _Fences(Preprocessor):
    """Code between fences is put aside before anything else reads it, wherever it stands."""

    def run(self, lines: list[str]) -> list[str]:
        done: list[str] = []
        at = 0
        while at < len(lines):
            found = _FENCE.match(lines[at])
            if found and (not re.match(" {4}", lines[at]) or _is_in_item(done, len(found["before"]))):
                end, code = _fenced(lines, at + 1, found)
                language = (found["info"].split() or [""])[0].strip("{}.")
                kind = f' class="language-{code_escape(language)}"' if language else ""
                text = "".join(f"{line}\n" for line in code)
                html = f"<pre><code{kind}>{code_escape(text)}</code></pre>"
                done.append(found["before"] + self.md.htmlStash.store(html))
                at = end
            else:
                done.append(lines[at])
                at += 1
        return done


def _is_in_item(above: Sequence[str], indent: int) -> bool:
    """Whether a line so far in belongs to an item of a list: without one, it is code already."""
    for line in reversed(above):
        if line.strip():
            if (marker := _marker(line.lstrip())) and len(line) - len(line.lstrip()) + marker.offset <= indent:
                return True
            if not line.startswith(" "):
                return False
    return False


def _fenced(lines: Sequence[str], start: int, opening: re.Match[str]) -> tuple[int, list[str]]:
    """Index of the line after some code between fences, and the lines of the code without their indent."""
    fence, width = opening["fence"], len(opening["before"])
    closing = re.compile(rf" {{0,3}}{re.escape(fence[0])}{{{len(fence)},}} *$")
    quoted = ">" in opening["before"]
    code: list[str] = []
    for index in range(start, len(lines)):
        line = lines[index]
        kept = re.sub(rf"^[ >]{{0,{width}}}", "", line) if quoted else re.sub(rf"^ {{0,{width}}}", "", line)
        if closing.match(kept):
            return index + 1, code
        inside = line.startswith(" " * width) or not line.strip()
        if (quoted and not line.lstrip().startswith(">")) or (_FENCE_IN_ITEM.match(opening["before"]) and not inside):
            return index, code  # the quotation or the item ends, and the code with it
        code.append(kept)
    while code and not code[-1].strip():
        code.pop()
    return len(lines), code


class _FencedNotes(Preprocessor):
    """`::: warning` to `:::`, as in Pandoc, becomes a note of Python-Markdown, `!!! warning`."""

    def run(self, lines: list[str]) -> list[str]:
        done: list[str] = []
        opened: list[int] = []
        for line in lines:
            text = line.strip()
            if found := _FENCED_NOTE.match(text):
                done.extend(["", f"{'    ' * len(opened)}!!! {found.group(2).lower()}"])
                opened.append(len(done))
            elif opened and re.fullmatch(r":{3,}", text):
                opened.pop()
                done.append("")
            else:
                done.append(f"{'    ' * len(opened)}{line}" if line else line)
        return lines if opened else done


class _InlineNotes(Preprocessor):
    """`^[A note.]` becomes a footnote with a name of its own."""

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        notes: list[str] = []
        done, at = [], 0
        for start, end in _inline_notes(text):
            notes.append(" ".join(text[start + 2 : end].split()))
            done.extend([text[at:start], f"[^inline-{len(notes)}]"])
            at = end + 1
        done.append(text[at:])
        added = [line for number, note in enumerate(notes, 1) for line in ("", f"[^inline-{number}]: {note}")]
        return [*"".join(done).split("\n"), *added]


def _inline_notes(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each `^[…]` outside code: of the `^` and of the bracket that closes it."""
    end = 0
    for found in _CODE_OR_NOTE.finditer(text):
        if not found.group().startswith("^") or found.start() < end:
            continue
        depth = 0
        for sign in _BRACKETS.finditer(text, found.end() - 1):
            if sign.group().startswith("\n"):
                break
            depth += {"[": 1, "]": -1}.get(sign.group(), 0)
            if not depth:
                end = sign.start()
                yield found.start(), end
                break
