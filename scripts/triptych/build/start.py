"""A name becomes the folder of a new article: short, valid, with comments, ready to build."""

import json
import re
from pathlib import Path

from pydantic import ValidationError

from triptych.build import finish, workbooks
from triptych.compose import words
from triptych.content import columns, disk, typed
from triptych.content.errors import UsageError
from triptych.content.model import FILES, FrontMatter
from triptych.design.where import Templates

FOLDER = "start"
"""Where, in the templates, the files of a new article are."""


def article(folder: Path, title: str, language: str, templates: Templates, tables: bool = False) -> tuple[Path, ...]:
    """Write a new article and return its files, with workbooks in the place of YAML for `tables`.

    Raises UsageError where the folder exists or a value is wrong.
    """
    if folder.exists() or folder.is_symlink():
        raise UsageError(f"{folder} is there already: give another name")
    if folder.name.startswith("."):
        raise UsageError(f"{folder.name!a} is not a name for an article: write letters, digits and hyphens")
    disk.check_name(folder.name)
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
    files = {name: text.encode() for name, text in texts.items()}
    if tables:
        head = re.sub(r"\b(\w+)\.yaml", r"\1.xlsx", texts["article.md"])
        files = {"article.md": head.encode(), **_workbooks(language, templates)}
    finish.write({folder: files})
    return tuple(folder / name for name in files)


def _workbooks(language: str, templates: Templates) -> dict[str, bytes]:
    """The workbooks of a new article, with the rows that its YAML files have."""
    found = {}
    for stem, about in columns.TABLES.items():
        content, _ = typed.shaped(templates.file(f"{FOLDER}/{stem}.yaml"), FILES[f"{stem}.yaml"])
        found[f"{stem}.xlsx"] = workbooks.workbook(about, language, tuple(workbooks.rows(about, content)))
    return found
