"""Links say where they go, marks what they mean, and sources and notes lead back to where the text has them.

A title of a link becomes its description in the PDF. Nothing of this is seen on paper.
"""

import re
from html import escape, unescape
from urllib.parse import unquote

from triptych.compose.views import ArticleView
from triptych.content.prose import MARKS

_CITATION = re.compile(r'<a href="#source-([^"]+)">')
_NOTE_MARK = re.compile(r'<a class="footnote-ref" href="#fn:([^"]+)">([^<]*)')
_NOTE = re.compile(r'<li id="fn:([^"]+)"')
_END_OF_NOTE = re.compile(r'(<li id="fn:([^"]+)" data-back="([^"]*)".*?)(?=(?:</p>)?\s*</li>)', re.DOTALL)
# A space before a number is within the link: the typesetter may part a line before a link that follows one.
_NUMBER = re.compile(r'(<(?:li|span) id="source-([^"]+)"[^>]*><span class="number">)(\s*)(\d+)')
_STANDING = re.compile(rf'<(sup|span) class="standing">([{"".join(MARKS.values())}])<')


def described(html: str, article: ArticleView) -> str:
    """The HTML of an article with descriptions of its links and marks, and with ways back."""
    numbers = {source.key: source for source in article.sources}
    words = article.words
    cited: set[str] = set()
    marks = dict(_NOTE_MARK.findall(html))

    def citation(found: re.Match[str]) -> str:
        source = numbers.get(unescape(unquote(found[1])))
        if not source:
            return found[0]
        name = "" if source.key in cited else f' id="cited-{escape(source.key)}"'
        cited.add(source.key)
        told = f"{words.source} {source.number}{article.colon} {source.short}"
        return f'<a{name} href="#source-{found[1]}" title="{escape(told)}">'

    def number(found: re.Match[str]) -> str:
        key = unescape(found[2])
        if key not in cited:
            return found[0]
        told = words.back_to_source.format(found[4])
        return f'{found[1]}<a href="#cited-{found[2]}" title="{escape(told)}">{found[3]}{found[4]}</a>'

    def note(found: re.Match[str]) -> str:
        return f'{found[0]} data-back="{escape(words.back_to_note.format(marks.get(found[1], "")))}"'

    def note_mark(found: re.Match[str]) -> str:
        told = words.note_number.format(found[2])
        return f'<a class="footnote-ref" href="#fn:{found[1]}" title="{escape(told)}">{found[2]}'

    html = _NUMBER.sub(number, _CITATION.sub(citation, html))
    html = _NOTE_MARK.sub(note_mark, _NOTE.sub(note, html))
    return _STANDING.sub(lambda found: _standing(found, article), html)


def _standing(found: re.Match[str], article: ArticleView) -> str:
    name = next(name for name, mark in MARKS.items() if mark == found[2])
    told = escape(article.words[f"standing_{name}"])
    return f'<{found[1]} class="standing" role="img" aria-label="{told}">{found[2]}<'


def led_back(html: str) -> str:
    """The same for a screen: an arrow at the end of each note leads back to its mark."""
    return _END_OF_NOTE.sub(
        lambda found: f'{found[1]} <a class="back" href="#fnref:{found[2]}" aria-label="{found[3]}">↩\ufe0e</a>', html
    )
