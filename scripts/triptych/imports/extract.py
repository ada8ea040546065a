"""A Wikipedia plain-text extract becomes a tree: `== Heading ==` lines, paragraphs, and lists of hyphens."""

import re

from triptych.imports import tree
from triptych.imports.pandoc import Node

HEADING = re.compile(r"^(={1,6})\s*(.+?)\s*\1$")
_ITEM = re.compile(r"^[-*•]\s+(.+)$")
_SIGN = re.compile(r"(?<=[^\s\[])\[(?:\d{1,3}|[a-z]|note \d+|citation needed|edit)\](?!\()")
"""The sign of a reference, which an extract has without the reference."""
_NUMBERED = re.compile(r"^1\. (\w+)")


def is_one(text: str) -> bool:
    """Whether a text has a line such as `== Heading ==`."""
    return any(HEADING.match(line.strip()) for line in text.splitlines())


def read(text: str) -> tuple[str, list[Node], list[str]]:
    """The title, the blocks, and a note of each hashtag that was repaired."""
    repaired, notes = repaired_tags(text)
    repaired, signs = _SIGN.subn("", repaired)
    if signs:
        notes.append(f"signs of references, such as [1], left out: {signs}")
    title, blocks = "", list[Node]()
    for line in filter(None, map(str.strip, repaired.splitlines())):
        if found := HEADING.match(line):
            level = len(found[1])
            if level == 1 and not title:
                title = found[2]
            else:
                blocks.append({"t": "Header", "c": [level, tree.PLAIN, tree.words(found[2])]})
        elif found := _ITEM.match(line):
            item = [{"t": "Plain", "c": tree.words(found[1])}]
            if blocks and blocks[-1]["t"] == "BulletList":
                blocks[-1]["c"].append(item)
            else:
                blocks.append({"t": "BulletList", "c": [item]})
        else:
            blocks.append({"t": "Para", "c": tree.words(line)})
    kept: list[Node] = []
    empty: list[str] = []
    for block in reversed(blocks):
        if _is_empty(block, kept[-1] if kept else None):
            empty.append(tree.text(block["c"][2]))
        else:
            kept.append(block)
    notes += [f"the heading `{heading}` has nothing below it: it was left out" for heading in reversed(empty)]
    return title, kept[::-1], notes


def _is_empty(block: Node, after: Node | None) -> bool:
    """Whether a block is a heading with nothing below it."""
    if block["t"] != "Header":
        return False
    return after is None or (after["t"] == "Header" and after["c"][0] <= block["c"][0])


def repaired_tags(text: str) -> tuple[str, list[str]]:
    """Each paragraph that starts with `1. Name` for `#Name`, where the text elsewhere has the tag `#Name`.

    Such extracts read the `#` of a hashtag as the sign of a numbered list.
    """
    lines, notes = text.splitlines(), []
    for number, line in enumerate(lines):
        found = _NUMBERED.match(line.strip())
        if found and re.search(rf"#{re.escape(found[1])}\b", text):
            lines[number] = f"#{line.strip().removeprefix('1. ')}"
            notes.append(f"line {number + 1} begins with `1. {found[1]}`: it was read as `#{found[1]}`, as elsewhere")
    return "\n".join(lines), notes
