"""What is the least for this typesetter: a process that only sets and writes, and a build whose heights are given."""

import json
import multiprocessing
import os
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

Edges = Mapping[str, tuple[float, float]]
"""Upper and lower edge of each measured part, in mm, by its name."""
FORMAT: Mapping[str, Any] = {"pdf_variant": "pdf/a-3a"}
DRAFTS = 5
"""Times that a document is drawn for the screen, after one that is not timed."""


class Plain:
    """Sets the composed documents in the current folder, with fonts and stylesheets loaded once."""

    def __init__(self) -> None:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        self._weasyprint, self._fonts = weasyprint, FontConfiguration()
        self._styles: dict[str, weasyprint.CSS] = {}

    def pages(self, name: str) -> Any:
        """A document laid out, not yet written."""
        wanted = Path(f"{name}.styles").read_text(encoding="utf-8").split()
        for one in wanted:
            if one not in self._styles:
                self._styles[one] = self._weasyprint.CSS(f"styles/{one}", font_config=self._fonts)
        styles = [self._styles[one] for one in wanted]
        return self._weasyprint.HTML(f"{name}.html").render(stylesheets=styles, font_config=self._fonts, **FORMAT)

    def write(self, names: Sequence[str]) -> None:
        """Set and write documents, one after the other."""
        for name in names:
            self.pages(name).write_pdf(f"{name}.floor.pdf", **FORMAT)

    def seconds(self, name: str) -> float:
        """Seconds until a document is set and drawn for the screen, where all is loaded: the median of some times."""
        found = []
        for _ in range(DRAFTS + 1):
            start = time.perf_counter()
            self.pages(name).write_pdf(uncompressed_pdf=True)
            found.append(time.perf_counter() - start)
        return median(found[1:])


def plain(folder: Path, *names: str) -> None:
    """Set and write the composed documents in a folder in this process."""
    os.chdir(folder)
    Plain().write(names)


def shared(folder: Path, first: str, *names: str) -> None:
    """The same, where a copy of this process does all but the first document."""
    os.chdir(folder)
    setting = Plain()
    copy = multiprocessing.get_context("fork").Process(target=setting.write, args=(names,))
    copy.start()
    setting.write([first])
    copy.join()


def drafts(folder: Path, *names: str) -> None:
    """Print the seconds that each document takes to be set and drawn for the screen, in a process that stays."""
    os.chdir(folder)
    setting = Plain()
    print(json.dumps({name: setting.seconds(name) for name in names}))


def measured(article: Path, file: str | Path) -> list[bytes]:
    """The PDFs of an article; writes what was measured for them into a file."""
    from triptych.compose.html import Composed
    from triptych.typeset.pages import Typesetter

    found: dict[str, Edges] = {}
    edges = Typesetter.edges

    def listening(typesetter: Typesetter, composed: Composed) -> Edges:
        return found.setdefault(composed.html, edges(typesetter, composed))

    with patch.object(Typesetter, "edges", listening):
        made = _made(article)
    Path(file).write_text(json.dumps(found), encoding="utf-8")
    return made


def given(article: Path, file: str | Path, processes: str = "1") -> list[bytes]:
    """The same with what a file says was measured for them, made in so many processes: nothing is measured."""
    from triptych.compose.html import Composed
    from triptych.typeset.pages import Edges as Known
    from triptych.typeset.pages import Typesetter

    known = json.loads(Path(file).read_text(encoding="utf-8"))

    def told(_: Typesetter, composed: Composed) -> Edges:
        return Known(known[composed.html])

    with patch.object(Typesetter, "edges", told):
        return _made(article, int(processes))


def _made(article: Path, processes: int = 1) -> list[bytes]:
    from triptych.build import pipeline
    from triptych.build.pipeline import Order
    from triptych.design import where

    pipeline.settle()
    made = pipeline.documents(article, Order(), where.templates(), processes=processes)
    return [document.pdf for document in made]


def main(what: str, first: str, *others: str) -> None:
    """Do one of them, by its name."""
    {one.__name__: one for one in (plain, shared, drafts, measured, given)}[what](Path(first), *others)


if __name__ == "__main__":
    main(*sys.argv[1:])
