"""What is the least for this typesetter: a process that only sets and writes, and a build whose heights are given."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

Edges = Mapping[str, tuple[float, float]]
"""Upper and lower edge of each measured part, in mm, by its name."""


def plain(folder: Path, names: Sequence[str]) -> None:
    """Set and write the composed documents in a folder, one after the other, with fonts and stylesheets loaded once."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    os.chdir(folder)
    fonts, styles = FontConfiguration(), dict[str, weasyprint.CSS]()
    for name in names:
        wanted = Path(f"{name}.styles").read_text(encoding="utf-8").split()
        styles |= {one: weasyprint.CSS(f"styles/{one}", font_config=fonts) for one in wanted if one not in styles}
        weasyprint.HTML(f"{name}.html").write_pdf(
            f"{name}.floor.pdf",
            pdf_variant="pdf/a-3a",
            stylesheets=[styles[one] for one in wanted],
            font_config=fonts,
        )


def measured(article: Path, file: Path) -> list[bytes]:
    """The PDFs of an article; writes what was measured for them into a file."""
    from triptych.compose.html import Composed
    from triptych.typeset.pages import Typesetter

    found: list[Edges] = []
    edges = Typesetter.edges

    def listening(typesetter: Typesetter, composed: Composed) -> Edges:
        found.append(edges(typesetter, composed))
        return found[-1]

    with patch.object(Typesetter, "edges", listening):
        made = _made(article)
    file.write_text(json.dumps(found), encoding="utf-8")
    return made


def given(article: Path, file: Path) -> list[bytes]:
    """The PDFs of an article with what a file says was measured for them: nothing is."""
    from triptych.typeset.pages import Edges as Known
    from triptych.typeset.pages import Typesetter

    known = iter(json.loads(file.read_text(encoding="utf-8")))
    with patch.object(Typesetter, "edges", lambda *_: Known(next(known))):
        return _made(article)


def _made(article: Path) -> list[bytes]:
    from triptych.build import pipeline
    from triptych.build.pipeline import Order
    from triptych.design import where

    pipeline.settle()
    return [document.pdf for document in pipeline.documents(article, Order(), where.templates())]


def main(what: str, first: str, *others: str) -> None:
    """Do one of the three."""
    if what == "plain":
        plain(Path(first), others)
    else:
        {"measured": measured, "given": given}[what](Path(first), Path(others[0]))


if __name__ == "__main__":
    main(*sys.argv[1:])
