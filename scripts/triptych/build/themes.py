"""The theme of an article: that of a build, or its `theme.yaml`, or that of all, over one that came with Triptych."""

from collections.abc import Iterator
from pathlib import Path

from triptych.content import nodes, typed
from triptych.content.errors import ContentError, Problem
from triptych.content.files import Files
from triptych.content.kinds import ONE_INK, THEMES
from triptych.content.model import Theme
from triptych.design.faces import HOUSE
from triptych.design.where import Templates

NAME = "theme.yaml"
"""In the folder of an article, or in the folder above for all of them."""
INKS = (ONE_INK, "press")
"""Themes that are stylesheets in templates/styles/themes: for one ink, and for a press."""


def path(folder: Path) -> Path:
    """The theme file of an article: its own, or else that of the folder above, which may be missing too."""
    own = folder / NAME
    return own if own.is_file() else folder.resolve().parent / NAME


def shipped(name: str, templates: Templates) -> Theme:
    """A theme that came with Triptych. Raises ContentError where its file is wrong."""
    return _whole(templates.file(f"themes/{name}.yaml"))


def _whole(file: Path) -> Theme:
    theme, found = typed.shaped(file, Theme)
    if found:
        raise ContentError(found)
    return theme


def chosen(folder: Path, asked: str, templates: Templates) -> Theme:
    """The theme of an article; `asked` is that of a build. Raises ContentError where a file is wrong."""
    if asked in THEMES:
        return shipped(asked, templates)
    own = _whole(path(folder)) if path(folder).is_file() else Theme()
    return own.over(shipped(own.base, templates)) if own.base else own


def set_of_faces(folder: Path, asked: str, templates: Templates) -> str:
    """The set of faces that an article prints in, by its name; that of the house where a file is wrong."""
    try:
        return chosen(folder, asked, templates).faces or HOUSE
    except ContentError:
        return HOUSE


def problems(files: Files, templates: Templates) -> Iterator[Problem]:
    """What is wrong in the theme of an article: its fields, and colours in which a page would be hard to read."""
    file = path(files.folder)
    if not file.is_file():
        return
    theme, found = typed.shaped(file, Theme)
    yield from found
    if found:
        return
    whole = theme.over(shipped(theme.base, templates)) if theme.base else theme
    for field, reason, hint in whole.faults():
        name = field.replace("_", "-")
        place = nodes.place(file, name)
        yield Problem(file, *place, "unreadable-theme", f"`{name}` {reason}", hint)
