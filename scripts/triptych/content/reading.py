"""What has been read of an article's folder so far, file by file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from triptych.content.errors import Problem
from triptych.content.files import HOUSE
from triptych.content.marked import Marked
from triptych.content.model import Charted, Model
from triptych.content.tables import Dialect
from triptych.content.texts import Text


@dataclass(slots=True)
class Reading:
    """Results so far, while the files are read."""

    models: dict[str, Model] = field(default_factory=dict)
    nodes: dict[str, Marked] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    faulty: set[str] = field(default_factory=set)
    tables: dict[str, str] = field(default_factory=dict)
    prose: str = ""
    prose_line: int = 1
    prose_lines: Sequence[tuple[Path, int]] = ()
    charts: list[Charted] = field(default_factory=list)
    cells: list[tuple[Any, Any]] = field(default_factory=list)
    """The titles and the rows of each chart, as they are written."""
    originals: dict[str, Marked] = field(default_factory=dict)
    """Of a translation: the documents of its original."""
    texts: dict[str, Text] = field(default_factory=dict)
    """Those of a translation in YAML, by their keys."""
    charted: dict[str, Text] = field(default_factory=dict)
    """Those of the charts of its original."""
    translated: tuple[str, int] | None = None
    """The prose of a translation, and the line on which it starts."""
    lent: frozenset[str] = frozenset()
    """Names of the fields of the head that hold texts of the house, of which a translation may have its own."""

    @property
    def dialect(self) -> Dialect:
        """How the tables of the article are written, by its head or else by its house."""
        given = [model for model in (self.models.get("article.md"), self.models.get(HOUSE)) if model]
        said = {name: getattr(model, name) for model in reversed(given) for name in model.model_fields_set}
        if head := self.originals.get("article.md"):
            said["language"] = head.plain().get("language") or getattr(self.models.get(HOUSE), "language", None)
        return Dialect(said.get("language") or "en", said.get("dates"))
