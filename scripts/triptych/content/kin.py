"""The folder of a translation, such as content/opening/fr, and that of its original, the folder above."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from babel import Locale, UnknownLocaleError

from triptych.content.kinds import HEADS, TEXTS

RECORD = "originals.yaml"
"""Of a translation: the words of the original that each of its texts translates."""


def original(folder: Path) -> Path | None:
    """The folder of the article that a folder translates: the one above, if it has an article. None for an article."""
    real = folder.resolve()
    if not is_language(real.name) or not has_article(real.parent):
        return None
    return folder.parent if folder.name == real.name else real.parent


def root(folder: Path) -> Path:
    """The folder of an article: for a translation, that of its original."""
    return original(folder) or folder


def tag(folder: Path) -> str:
    """The language of a translation, by the name of its folder; empty for an article."""
    return folder.resolve().name if original(folder) else ""


def output_name(folder: Path) -> str:
    """The name of an article's folder in build/: `opening`, or `opening/fr` for a translation."""
    name = tag(folder)
    return f"{root(folder).resolve().name}/{name}" if name else folder.resolve().name


def translations(folder: Path) -> Sequence[Path]:
    """The folders of the translations of an article, by the names of their languages. A translation has none."""
    if not folder.is_dir() or not has_article(folder) or original(folder):
        return ()
    return tuple(sorted(one for one in folder.iterdir() if is_language(one.name) and is_translation(one)))


def is_translation(folder: Path) -> bool:
    """Whether a folder with the name of a language has a file of texts."""
    return folder.is_dir() and any((folder / name).is_file() for name in TEXTS)


def has_article(folder: Path) -> bool:
    """Whether a folder has one of the files of which an article has at least one."""
    return any((folder / name).is_file() for name in HEADS)


@cache
def is_language(name: str) -> bool:
    """Whether a name is the tag of a language, as BCP 47 writes it: fr, pt-BR, zh-Hant."""
    try:
        return bool(re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]+)*", name) and Locale.parse(name, sep="-"))
    except (ValueError, UnknownLocaleError):
        return False
