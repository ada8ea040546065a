"""A name becomes the folder of a new article: short, valid, with comments, ready to build."""

import json
from pathlib import Path

from pydantic import ValidationError

from triptych.build import finish
from triptych.compose import words
from triptych.content.errors import UsageError
from triptych.content.model import FrontMatter
from triptych.design.where import Templates

FOLDER = "start"
"""Where, in the templates, the files of a new article are."""


def article(folder: Path, title: str, language: str, templates: Templates) -> tuple[Path, ...]:
    """Write a new article and return its files. Raises UsageError where the folder exists or a value is wrong."""
    if folder.exists() or folder.is_symlink():
        raise UsageError(f"{folder} is there already: give another name")
    if folder.name.startswith(".") or not folder.name.isprintable():
        raise UsageError(f"{folder.name!a} is not a name for an article: write letters, digits and hyphens")
    try:
        FrontMatter.model_validate({"title": title, "language": language})
    except ValidationError as error:
        fault = error.errors()[0]
        cause = fault.get("ctx", {}).get("error", "it is empty")
        raise UsageError(f"--{fault['loc'][0]} is `{fault['input']}`: {cause}") from None
    words.words(language, templates)
    values = {"TITLE": json.dumps(title, ensure_ascii=False), "LANGUAGE": language}
    texts = {
        Path(name).name: path.read_text(encoding="utf-8") for name, path in sorted(templates.files(FOLDER).items())
    }
    for name, text in texts.items():
        for mark, value in values.items():
            text = text.replace(f"%{mark}%", value)
        texts[name] = text
    finish.write({folder: {name: text.encode() for name, text in texts.items()}})
    return tuple(folder / name for name in texts)
