"""What ties claims to passages and sources becomes problems where it is loose: the right names, without support."""

import re
from collections.abc import Iterator

from triptych.content import claims, prose
from triptych.content.errors import Problem
from triptych.content.files import Files
from triptych.content.model import Standing
from triptych.content.typography import shortened


def loose(files: Files) -> Iterator[Problem]:
    """Sources that no passage of their claim cites, figures on unconfirmed passages, and paragraphs without a tie."""
    yield from _uncited(files)
    yield from _unconfirmed(files)
    yield from _untied(files)


def _uncited(files: Files) -> Iterator[Problem]:
    """Sources of a claim that none of its passages cites."""
    passages = prose.texts(files.article.prose)
    for claim in claims.claims(files.article):
        named = [passages[name] for name in claim.passages if name in passages]
        cited = {key for passage in named for key in passage.sources}
        for number, key in enumerate(claim.sources):
            if named and cited and key not in cited:
                message = f"source `{key}` of {claim.title} is not cited in its passage"
                hint = "Cite it there, or name the passage that cites it."
                loc = (*claim.loc, "sources", number)
                yield files.problem(claim.file, loc, "uncited-source", message, hint, warning=True)


def _unconfirmed(files: Files) -> Iterator[Problem]:
    """Key figures on a passage that is marked as unconfirmed."""
    passages = prose.texts(files.article.prose)
    for index, figure in enumerate(files.article.figures):
        for number, name in enumerate(figure.passages):
            if name in passages and passages[name].standing == Standing.UNCONFIRMED:
                message = f"figure `{figure.id}` rests on the passage `{name}`, which is unconfirmed"
                hint = "Move it to `not-known` in positions.yaml, or name a passage that is confirmed."
                loc = ("figures", index, "passages", number)
                yield files.problem("figures.yaml", loc, "unconfirmed-figure", message, hint)


FIRST_WORDS = 48
"""Most characters of a paragraph in a message."""
_PARAGRAPH = re.compile(r"<p[\s>]")


def _untied(files: Files) -> Iterator[Problem]:
    """Paragraphs that have no name, cite no source, and stand before no paragraph that a name covers with them."""
    text = files.article.prose
    if not prose.texts(text) or not files.article.references:
        return
    waiting: list[prose.Block] = []
    for block in (*prose.rendered(text), None):
        if block is None or re.match(r"<h\d", block.html):
            yield from (_loose_paragraph(files, one) for one in waiting)
            waiting = []
        elif 'id="' in block.html:
            waiting = []
        elif _PARAGRAPH.match(block.html) and not any(prose.keys_in(block.html)):
            words = block.html.striptags().strip()
            if words and not words.endswith(":"):
                waiting.append(block)


def _loose_paragraph(files: Files, block: prose.Block) -> Problem:
    words = " ".join(block.html.striptags().split())
    message = f"the paragraph “{shortened(words, FIRST_WORDS)}” has neither a name nor a source"
    hint = "Cite what it rests on, or give it a name, `{#name}`, at its end."
    line = _line(files.article.prose, words)
    return files.in_prose(line, 1, "untied-paragraph", message, hint, warning=True)


def _line(text: str, words: str) -> int:
    """The line of the prose at which a paragraph starts, by its first letters; 1 where none is found."""
    letters = re.sub(r"\W+", "", words)[:FIRST_LETTERS]
    for number, line in enumerate(text.splitlines(), start=1):
        if letters and re.sub(r"\W+", "", line).startswith(letters):
            return number
    return 1


FIRST_LETTERS = 16
"""By how many letters a paragraph is found in the prose."""
