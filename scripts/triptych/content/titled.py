"""The titles of a source that are in another language than the article stand in elements that say so.

A title keeps the signs of its own language there, and on a page from right to left its words and signs their order.
"""

import re
from collections.abc import Iterator

from babel import Locale, UnknownLocaleError
from markupsafe import Markup

from triptych.content import customs
from triptych.content.letters import is_turned
from triptych.content.model import Reference

_GAP = r"(?:&\#?\w+;|<[^>]*>|[^\w<&])*?"
"""Between two words of a title, as it is set: signs, spaces, emphasis."""
_QUOTES = "“”‘’«»\"'"
_WORD = re.compile(r"\w+")


def marked(html: str, item: Reference, language: str) -> Markup:
    """The HTML of a source in a list in `language`, with each title that is in another language in an element."""
    own = spoken(item, language)
    if own and (customs.has(language) or is_turned(language)):
        direction = f' dir="{"rtl" if is_turned(own) else "ltr"}"' if is_turned(language) != is_turned(own) else ""
        for title in _titles(item):
            html = _within(html, title, f'<bdi class="as-typed"{direction} lang="{own}">')
    return Markup(html)  # as safe as it was


def spoken(item: Reference, language: str) -> str:
    """The tag of the language of a source, if it is known and another than `language`; else nothing."""
    own = str((item.model_extra or {}).get("language", "")).strip().replace("_", "-")
    try:
        Locale.parse(own, sep="-")
    except (UnknownLocaleError, ValueError):
        return ""
    return own if own.lower().split("-")[0] != language.lower().split("-")[0] else ""


def _titles(item: Reference) -> Iterator[str]:
    yield item.title
    if container := (item.model_extra or {}).get("container-title"):
        yield str(container)


def _within(html: str, title: str, element: str) -> str:
    """Some HTML with a title in an element, wherever it stands; it may have other quotation marks and spaces."""
    words = [*_WORD.finditer(title)]
    if not words:
        return html
    before, after = (_signs(part) for part in (title[: words[0].start()], title[words[-1].end() :]))
    pattern = before + _GAP.join(re.escape(word[0]) for word in words) + r"(?!\w)" + after
    return re.sub(rf"(?<!\w){pattern}", lambda found: f"{element}{found[0]}</bdi>", html, count=1)


def _signs(text: str) -> str:
    """A pattern for the signs at an end of a title: each may be missing, and a quotation mark another."""
    return "".join(f"[{_QUOTES}]?" if sign in _QUOTES else f"(?:{re.escape(sign)})?" for sign in text if sign != " ")
