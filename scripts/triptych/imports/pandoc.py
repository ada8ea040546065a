"""Documents become trees of blocks and back, by pandoc, without network and with limits of time and memory."""

import json
import os
import re
import subprocess
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from triptych.content.errors import MissingTool
from triptych.imports.found import BadImport

Tree = dict[str, Any]
"""A document as pandoc has it in JSON: `blocks`, and `meta` by name."""
Node = dict[str, Any]
"""A block or an inline: its type `t` and its content `c`."""
PATIENCE = 120
"""Seconds that it may take."""
MEMORY = "-M1G"
"""Most memory, as an option of its run-time system."""
_NO_MEMORY = 251
"""The exit code of its run-time system at that limit."""
MARKDOWN = (
    "markdown-smart-raw_attribute-raw_tex-simple_tables-multiline_tables-grid_tables-link_attributes-bracketed_spans"
    "-native_spans-native_divs-markdown_in_html_blocks-fenced_divs-fenced_code_attributes-inline_code_attributes"
    "-auto_identifiers-line_blocks-implicit_figures-tex_math_dollars-fancy_lists-example_lists-yaml_metadata_block"
)
"""Pandoc's Markdown, of which only what Triptych reads is written."""
_CODE = re.compile(r"((?<!`)(`+)(?!`).*?(?<!`)\2(?!`)|^(?: {4}|\t).*$)|\\\\|\\[<@]", re.MULTILINE | re.DOTALL)
"""Code, which stays, and signs after a backslash."""
_ENTITIES = {"\\<": "&lt;", "\\@": "&#64;"}
"""Signs that Python-Markdown does not take after a backslash, in another form."""


def tree(path: Path, form: str, given: bytes, media: Path | None = None, *options: str) -> Tree:
    """A document as a tree, with `warnings` of what could not be read.

    The pictures in it go into the folder `media`. Raises BadImport and MissingTool.
    """
    kept = [f"--extract-media={media}"] if media else []
    whole, said = _run(path, given, "--from", form, "--to", "json", *kept, *options)
    try:
        found: Tree = json.loads(whole)
    except RecursionError:
        raise too_deep(path) from None
    found["warnings"] = [" ".join(one.split())[:300] for one in said.split("[WARNING] ")[1:]]
    return found


def too_deep(path: Path) -> BadImport:
    """The error: a document has too many quotations, lists or boxes within each other."""
    return BadImport(f"{path} is nested too deep: it has quotations, lists or boxes within each other without end")


def markdown(path: Path, found: Tree) -> str:
    """A tree as Markdown, each paragraph on one line."""
    given = json.dumps(found).encode()
    written = _run(path, given, "--from", "json", "--to", MARKDOWN, "--wrap=none")[0].decode()
    return _CODE.sub(lambda found: found[1] or _ENTITIES.get(found[0], found[0]), written)


def converted(path: Path, given: bytes, form: str, to: str) -> bytes:
    """A document in another form."""
    return _run(path, given, "--from", form, "--to", to, "--wrap=none")[0]


def written(path: Path, found: Tree, to: str, moment: datetime, *options: str) -> bytes:
    """A tree in another form, a packed one too. `moment` is when it says that it was made.

    Its pictures must be within it: pandoc then reads nothing but the files of the options, which a sandbox refuses.
    """
    at = {"SOURCE_DATE_EPOCH": str(int(moment.timestamp()))}
    options = ("--from", "json", "--to", to, "--standalone", "--output", "-", *options)
    return _run(path, json.dumps(found).encode(), *options, shut=False, variables=at)[0]


def data(path: Path, name: str) -> bytes:
    """A file that pandoc comes with."""
    return _run(path, b"", "--print-default-data-file", name)[0]


def _run(
    path: Path, given: bytes, *options: str, shut: bool = True, variables: Mapping[str, str] | None = None
) -> tuple[bytes, str]:
    """What pandoc writes, and what it says; if it is `shut` in, it reads no other files. Raises BadImport."""
    command = [_program(), *(["--sandbox"] if shut else []), *options, "+RTS", MEMORY, "-RTS"]
    try:
        done = subprocess.run(  # noqa: S603 our own command, without a shell
            command,
            input=given,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
            env={**os.environ, **(variables or {})},
        )
    except subprocess.TimeoutExpired:
        raise BadImport(f"{path} takes longer than {PATIENCE} seconds to read: give a smaller part of it") from None
    said = done.stderr.decode(errors="replace")
    if done.returncode == _NO_MEMORY:
        raise BadImport(f"{path} takes too much memory to read: give a smaller part of it")
    if done.returncode:
        reason = " ".join(said.partition("HasCallStack")[0].split())
        raise BadImport(f"{path} cannot be read: {reason[:300] or 'it is damaged'}")
    return done.stdout, said


def _program() -> str:
    try:
        import pypandoc
    except ModuleNotFoundError:
        raise MissingTool("this needs pandoc, which is not installed: run `make import`, which installs it") from None
    return str(pypandoc.get_pandoc_path())
