"""The lines of a title end after a colon or a comma, where that takes no more lines."""

from dataclasses import replace
from itertools import pairwise

from markupsafe import Markup

from triptych.compose.views import ArticleView
from triptych.content.typography import NO_BREAK
from triptych.design import faces, lines


def ended_at_signs(view: ArticleView, size: float, room: float) -> ArticleView:
    """The article with such a title: in so many pt, in so many mm. One whose lines end so anyway stays as it is."""
    title = view.title_html.striptags()
    found = lines.at_signs(title, faces.TITLE, lines.WIDER * size, room)
    if not found or "<" in view.title_html or _by_itself(found, size, room):
        return view
    return replace(view, title_html=Markup(" ").join(line.replace(" ", NO_BREAK) for line in found))


def _by_itself(found: tuple[str, ...], size: float, room: float) -> bool:
    """Whether each line is full, so that the typesetter ends it there."""
    return all(faces.width(f"{one} {other.split(' ')[0]}", faces.TITLE, size) > room for one, other in pairwise(found))
