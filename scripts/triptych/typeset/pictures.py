"""The pictures of an article that no document can load become problems."""

from collections.abc import Iterator
from urllib.parse import unquote

from triptych.content import prose, uses
from triptych.content.errors import Problem
from triptych.content.read import Files
from triptych.design.where import Templates
from triptych.typeset import fonts, libraries

with libraries.needed(), fonts.shown():
    from triptych.typeset import assets


def problems(files: Files, _templates: Templates) -> Iterator[Problem]:
    """Each picture in a text of the article that is missing, outside its folder, broken or of another type."""
    for address in dict.fromkeys(uses.addresses(files.article)):
        name = unquote(address.removeprefix(prose.ASSETS))
        if reason := assets.refusal(files.folder, name):
            texts = (name, address.removeprefix(prose.ASSETS))
            yield files.located(texts, "missing-picture", f"the picture `{name}` cannot be printed: {reason}")
