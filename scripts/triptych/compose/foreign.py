"""The texts of an original that a translation does not have yet: each is printed, marked as of its own language."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from markupsafe import Markup
from pydantic import BaseModel

from triptych.content.letters import is_turned
from triptych.content.model import Article
from triptych.content.prose import Block, Renderer

START, END = "\u2062", "\u2063"
"""Invisible signs around such a text, until it is HTML."""
PLAIN = re.compile(r"eras\.\d+\.label|.*\.(?:alt|lane|value)|charts\..*\.(?:columns|names)\.\d+")
"""The keys of texts that are printed without markup."""
_LISTS = ("events", "eras", "figures")


def marked(source: Article) -> Article:
    """An article in which each text of its original stands between two signs."""
    if not source.foreign:
        return source
    charts = (replace(one, chart=_marked(one.chart, f"charts.{one.chart.id}", source.foreign)) for one in source.charts)
    return replace(
        source,
        front=_marked(source.front, "", source.foreign),
        positions=_marked(source.positions, "", source.foreign),
        charts=tuple(charts),
        **{name: _marked(getattr(source, name), name, source.foreign) for name in _LISTS},
    )


def _marked(value: Any, key: str, keys: Collection[str]) -> Any:
    if isinstance(value, str):
        return f"{START}{value}{END}" if key in keys and not PLAIN.fullmatch(key) else value
    if isinstance(value, tuple):
        return tuple(_entry(one, key, number, keys) for number, one in enumerate(value, start=1))
    if not isinstance(value, BaseModel):
        return value
    fields = {name: info.alias or name for name, info in type(value).model_fields.items()}
    changed = {
        name: _marked(getattr(value, name), f"{key}.{alias}" if key else alias, keys) for name, alias in fields.items()
    }
    return value.model_copy(update={name: new for name, new in changed.items() if new is not getattr(value, name)})


def _entry(value: Any, key: str, number: int, keys: Collection[str]) -> Any:
    """An entry of a list, whose texts are known by its id or by its number."""
    by_number = _marked(value, f"{key}.{number}", keys)
    name = getattr(value, "id", "")
    return _marked(by_number, f"{key}.{name}", keys) if name else by_number


class Foreign:
    """How the texts of an original are marked in HTML."""

    def __init__(self, source: Article) -> None:
        language, own = source.original_language, source.front.language
        turned = is_turned(language) != is_turned(own) if language else False
        direction = "rtl" if is_turned(language) else "ltr"
        self._attributes = f'lang="{language}"' + (f' dir="{direction}"' if turned else "")
        self._texts = source.foreign_prose

    def line(self, html: Markup) -> Markup:
        """A line with an element in the place of each pair of signs."""
        if START not in html:
            return html
        return Markup(str(html).replace(START, f"<span {self._attributes}>").replace(END, "</span>"))

    def blocks(self, blocks: Sequence[Block], renderer: Renderer) -> tuple[Block, ...]:
        """The blocks of the prose, those of the original marked."""
        theirs = {block.html for text in self._texts for block in renderer.blocks(text)}
        return tuple(
            replace(block, html=Markup(re.sub(r"^<(\w+)", rf"<\1 {self._attributes}", str(block.html))))
            if block.html in theirs
            else block
            for block in blocks
        )
