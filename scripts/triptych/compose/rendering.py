"""Templates and values become HTML; errors in a template name its file and line. Sole importer of Jinja."""

import difflib
import re
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from importlib.metadata import version
from importlib.util import cache_from_source
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket
from jinja2.exceptions import TemplateRuntimeError
from jinja2.utils import missing
from lxml import etree
from markupsafe import Markup

from triptych.content import home
from triptych.content.errors import StyleError, TriptychError
from triptych.design.where import Templates

REMEDY = "Correct the template there, or use the one that came with Triptych."


class _Loader(FileSystemLoader):
    def get_source(self, environment: Environment, template: str) -> Any:
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as error:
            path = Templates(tuple(map(Path, self.searchpath))).file(template)
            raise StyleError(f"{path}: byte {error.start} is not UTF-8 text\n    Save the file as UTF-8.") from None


class _Undefined(StrictUndefined):
    """A name that a template uses and that does not exist. Suggests the closest name, for an attribute."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return str(self._undefined_hint)
        message = f"there is no `{self._undefined_name}` here"
        if (owner := self._undefined_obj) is missing:
            return message
        names = [str(name) for name in (owner if isinstance(owner, dict) else dir(owner))]
        near = difflib.get_close_matches(str(self._undefined_name), [name for name in names if name[:1] != "_"], n=1)
        return f"{message}: did you mean `{near[0]}`?" if near else message


KEPT = f"%s.{sys.implementation.cache_tag}.jinja-{version('jinja2')}"
"""Name of a compiled template: another one in another version of Python or Jinja. Change it with the environment."""


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates, each until its text or its path changes; not kept where nobody may write."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError, EOFError, ValueError, UnpicklingError):  # a damaged file is one that is not there
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled(templates: Templates) -> _Compiled | None:
    """The program's templates as Jinja compiled them, where Python keeps this module compiled, if it does.

    Those of tests and of other folders are compiled each time: nothing would ever remove them.
    """
    folder = Path(cache_from_source(__file__)).parent
    kept = folder.is_dir() and not sys.dont_write_bytecode and templates.folders == home.templates()
    return _Compiled(str(folder), KEPT) if kept else None


@cache
def _environment(templates: Templates) -> Environment:
    """The Jinja environment of some templates, which compiles each once, and again after a change."""
    return Environment(
        loader=_Loader(templates.folders),
        bytecode_cache=_compiled(templates),
        autoescape=True,
        undefined=_Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Rendering:
    """Renders templates."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates
        self._environment = _environment(templates)

    def page(self, name: str, **values: Any) -> str:
        """Render a whole template. Raises StyleError."""
        with self._explained(name):
            return self._environment.get_template(name).render(**values)

    def part(self, name: str, macro: str, *values: Any) -> Markup:
        """Render a macro of a template. Raises StyleError."""
        with self._explained(name, macro):
            module = self._environment.get_template(name).module
            if not hasattr(module, macro):
                raise TemplateRuntimeError(f"the macro `{macro}` is missing")
            return Markup(getattr(module, macro)(*values))

    def check_xml(self, name: str, text: str) -> None:
        """Check that the output of a template is XML. Raises StyleError."""
        try:
            etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False))
        except etree.XMLSyntaxError as error:
            path = self._templates.file(name)
            raise StyleError(f"{path}: the output is not XML: {error.msg}\n    {REMEDY}") from error

    @contextmanager
    def _explained(self, name: str, macro: str = "") -> Iterator[None]:
        """Raise StyleError for any error in a template, with its file and line."""
        try:
            yield
        except TriptychError:
            raise
        except TemplateSyntaxError as error:
            place = f"{error.filename or self._templates.file(name)}:{error.lineno}"
            raise StyleError(f"{place}: the template cannot be read: {error.message}\n    {REMEDY}") from error
        except TemplateNotFound as error:
            near = _near_template(str(error.name), self._environment.list_templates())
            hint = f"Did you mean `{near}`?" if near else "Put the file back."
            place = self._place(error, self._templates.file(name), macro)
            raise StyleError(f"{place}: there is no template `{error.name}`\n    {hint}") from error
        except Exception as error:
            place = self._place(error, self._templates.file(name), macro)
            raise StyleError(f"{place}: {_said(error)}\n    {REMEDY}") from error

    def _place(self, error: Exception, path: Path, macro: str) -> str:
        """File and line of an error: of the innermost template, or else of the macro or the file."""
        frames = traceback.extract_tb(error.__traceback__)
        for frame in reversed(frames):
            if Path(frame.filename).suffix == ".jinja":
                return f"{frame.filename}:{frame.lineno}"
        if not path.is_file():
            return str(path)
        text = path.read_text(encoding="utf-8")
        found = re.search(rf"macro\s+{re.escape(macro)}\b", text) if macro else None
        return f"{path}:{1 + text.count(chr(10), 0, found.start() if found else 0)}"


def _said(error: Exception) -> str:
    """The message of an error, for a person who edits templates."""
    if isinstance(error, RecursionError):
        return "the template calls itself forever"
    return str(error) if isinstance(error, TemplateRuntimeError) else f"{type(error).__name__}: {error}"


def _near_template(name: str, names: Sequence[str]) -> str:
    """The template of the same folder and type whose name is nearest, if one is near; else nothing."""
    folder, _, file = name.rpartition("/")
    stem, _, ending = file.partition(".")
    stems = {
        other.rpartition("/")[2].partition(".")[0]: other
        for other in names
        if other != name and other.rpartition("/")[0] == folder and other.endswith(ending)
    }
    near = difflib.get_close_matches(stem, stems, n=1)
    return stems[near[0]] if near else ""
