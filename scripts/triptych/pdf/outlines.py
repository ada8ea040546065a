"""The bookmarks of a PDF nest as its headings do. Uses pikepdf."""

from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf


def nest(document: pikepdf.Pdf, headings: Sequence[int]) -> None:
    """Nest the bookmarks by the levels of the headings, in order; leave them if there is not one for each heading."""
    root: Any = document.Root.get("/Outlines")
    items = [*_below(root)] if root is not None else []
    if not items or len(items) != len(headings):
        return
    above: list[tuple[int, Any]] = [(0, root)]
    children: dict[Any, list[Any]] = {}
    for item, level in zip(items, headings, strict=True):
        while above[-1][0] >= level:
            above.pop()
        item.Parent = above[-1][1]
        children.setdefault(above[-1][1].objgen, []).append(item)
        above.append((level, item))
    for holder in (root, *items):
        _hang(holder, children.get(holder.objgen, []))
    root.Count = len(items)


def _hang(holder: Any, items: Sequence[Any]) -> None:
    """Hang bookmarks below another, in order."""
    for name in ("/First", "/Last", "/Count"):
        if name in holder:
            del holder[name]
    for number, item in enumerate(items):
        for name, other in (("/Prev", number - 1), ("/Next", number + 1)):
            if name in item:
                del item[name]
            if 0 <= other < len(items):
                item[name] = items[other]
    if items:
        holder.First, holder.Last, holder.Count = items[0], items[-1], len(items)


def _below(holder: Any) -> Iterator[Any]:
    item = holder.get("/First")
    while item is not None:
        yield item
        yield from _below(item)
        item = item.get("/Next")
