"""An article becomes the input of other typesetters: its composed HTML, and the same text for Typst."""

import json
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.inside import typst
from triptych.build import pipeline
from triptych.build.pipeline import Order
from triptych.compose.html import Composed, Composer
from triptych.compose.views import ArticleView
from triptych.content.prose import ASSETS
from triptych.design import where


@dataclass(frozen=True, slots=True)
class Page:
    """A document as it was last composed, and the values of its template."""

    composed: Composed
    article: ArticleView
    values: Mapping[str, Any]


def pages(article: Path, order: Order) -> dict[str, Page]:
    """The documents, by name, as they are composed during a build."""
    found: dict[str, Page] = {}
    document = Composer.document

    def listening(
        composer: Composer, name: str, view: ArticleView, sheet: Any, created: str, properties: Any, **values: Any
    ) -> Composed:
        composed = document(composer, name, view, sheet, created, properties, **values)
        if values.get("template") != "measure":
            found[name] = Page(composed, view, {**values, "sheet": sheet, "properties": properties})
        return composed

    with patch.object(Composer, "document", listening):
        pipeline.documents(article, order, where.templates())
    return found


def export(article: Path, folder: Path, order: Order) -> None:
    """Write each document as HTML, with styles and drawings, and as Typst, into a folder."""
    shutil.copytree(article, folder, dirs_exist_ok=True)
    shutil.copytree(where.templates().folders[-1] / "styles", folder / "styles", dirs_exist_ok=True)
    for path in (folder / "styles").rglob("*.css"):
        path.write_text(_located(path.read_text(encoding="utf-8"), folder), encoding="utf-8")
    shutil.copy(typst.TEMPLATES / "common.typ", folder)
    for name, page in pages(article, order).items():
        (folder / "art").mkdir(exist_ok=True)
        for file, drawing in page.composed.art.items():
            (folder / "art" / f"{name}-{file}").write_text(drawing, encoding="utf-8")
        text = _located(page.composed.html, folder, name)
        links = "".join(f'<link rel="stylesheet" href="styles/{style}">' for style in page.composed.styles)
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
        (folder / f"{name}.linked.html").write_text(text.replace("</head>", f"{links}</head>"), encoding="utf-8")
        (folder / f"{name}.styles").write_text(" ".join(page.composed.styles), encoding="utf-8")
        (folder / f"{name}.typ").write_text(typst.text(name, page.article, page.values), encoding="utf-8")


def _located(text: str, folder: Path, name: str = "") -> str:
    """A text with file addresses instead of those that only our typesetter understands."""
    place = folder.resolve().as_uri()
    text = text.replace("asset://art/", f"{place}/art/{name}-").replace("asset://styles/", f"{place}/styles/")
    return text.replace(ASSETS, f"{place}/")


def main(article: str, folder: str, *options: str) -> None:
    """Export the named documents of an article, or all of them. The option `sheet=…` sets the poster's sheet."""
    sheet = next((option.removeprefix("sheet=") for option in options if option.startswith("sheet=")), None)
    names = tuple(option for option in options if option in pipeline.DOCUMENTS) or tuple(pipeline.DOCUMENTS)
    export(Path(article), Path(folder), Order(names, sheet=sheet))
    print(json.dumps(names))


if __name__ == "__main__":
    main(*sys.argv[1:])
